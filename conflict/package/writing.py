"""Writing the package: into a folder or a zip, whole or not at all, the same bytes for the same ledger."""

from __future__ import annotations

import csv
import hashlib
import json
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils.translation import override

from conflict.intake.package.cells import written
from conflict.intake.package.columns import Table
from conflict.intake.package.reading import DESCRIPTION
from conflict.intake.package.tables import TABLES
from conflict.intake.progress import Progress
from conflict.models import Document, Point, Version
from conflict.package import metadata, parquet
from conflict.package.metadata import Account, Written
from conflict.package.readme import readme
from conflict.package.rows import Contents

OWN = {table.file for table in TABLES} | {
    *(DESCRIPTION, "croissant.json", "dataset.json", "README.md", "CITATION.cff", parquet.FOLDER)
}
"""Everything that a package's folder can hold."""


class NothingToWrite(ValueError):
    """The ledger is empty, or has no such version."""


class ForeignFolder(ValueError):
    """The folder holds what no package wrote, and is left as it is."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written: the files of tables, and the SHA-256 of datapackage.json, which holds all of theirs."""

    version: Version
    files: tuple[Written, ...]
    sha256: str
    parquet: bool


def write_folder(
    folder: Path, *, number: int | None = None, with_parquet: bool = False, progress: Progress | None = None
) -> Packed:
    """Write the package of the ledger, or of a past version, into a folder, which appears whole or not at all.

    A package that is there already is replaced. Raises ``NothingToWrite``, ``ForeignFolder`` or ``OSError``.
    """
    folder = folder.absolute()
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    beside.mkdir()
    try:
        packed = _write(beside, number, with_parquet, progress)
        old = beside.with_name(f"{beside.name}.old")
        with suppress(FileNotFoundError):
            folder.rename(old)
        beside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return packed


def write_zip(path: Path, *, number: int | None = None) -> Packed:
    """Write the package as a zip, which appears whole or not at all. Raises ``NothingToWrite`` or ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as scratch:
        folder = Path(scratch)
        packed = _write(folder, number, False, None)
        name = f"conflict-ledger-v{packed.version.number}"
        whole = folder / "whole.zip"
        with zipfile.ZipFile(whole, "w") as archive:
            for file in sorted(folder.iterdir()):
                if file != whole:
                    # The time of the version, not of the day: the same ledger makes the same zip.
                    info = zipfile.ZipInfo(f"{name}/{file.name}", packed.version.time.timetuple()[:6])
                    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    info.create_system = 3
                    with file.open("rb") as source, archive.open(info, "w") as target:
                        shutil.copyfileobj(source, target)
        whole.rename(path)
    return packed


@contextmanager
def snapshot() -> Iterator[None]:
    """See the ledger as it is at one moment, whatever is published meanwhile, without keeping others waiting."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not atomic(), which takes SQLite's write lock at once.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("COMMIT")


def account_of(number: int | None = None) -> Account:
    """Return what the metadata say of the ledger. Three queries. Raises ``NothingToWrite``."""
    version = Version.objects.newest() if number is None else Version.objects.filter(number=number).first()
    if version is None:
        words = "is empty" if number is None else f"has no version {number}"
        raise NothingToWrite(f"The ledger {words}: there is nothing to export.")
    days = Point.objects.at_version(number).aggregate(first=Min("date"), last=Max("date"))
    return Account(
        conflict=settings.CONFLICT_NAME,
        start=settings.CONFLICT_START,
        version=version,
        past=number is not None,
        datasets=sorted(Document.objects.filter(kind=Document.Kind.DATASET), key=lambda one: one.slug),
        **days,
    )


def state(number: int | None = None) -> str:
    """Return a SHA-256 that changes whenever the package would: of the version, and of all that it does not fix.

    About as many queries as tables; it reads events, articles, claims and findings, but no figures.
    """
    account, contents = account_of(number), Contents(number)
    digest = hashlib.sha256(f"{TABLES!r} {account.version.hash} {account.past}".encode())
    for table in TABLES:
        if not table.versioned or table.name in {"parties", "sources", "categories", "documents"}:
            for row in contents.rows(table.name):
                digest.update(json.dumps([written(value) for value in row]).encode())
    return digest.hexdigest()


def _write(folder: Path, number: int | None, with_parquet: bool, progress: Progress | None) -> Packed:
    with snapshot(), override(settings.LANGUAGE_CODE):  # whoever asks: the same bytes
        account, contents, files = account_of(number), Contents(number), []
        for done, table in enumerate(TABLES):
            if progress:
                progress(f"writing {table.file}", done, len(TABLES))
            columns = parquet.columns(folder, table) if with_parquet else None
            files.append(_write_table(folder, table, contents, columns))
        described = metadata.as_json(metadata.data_package(account, files)).encode()
        texts = {
            "croissant.json": metadata.as_json(metadata.croissant(account, files)),
            "dataset.json": metadata.as_json(metadata.dataset(account)),
            "CITATION.cff": metadata.citation_file(account),
            "README.md": readme(account, files),
        }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    (folder / DESCRIPTION).write_bytes(described)
    return Packed(account.version, tuple(files), hashlib.sha256(described).hexdigest(), with_parquet)


def _write_table(folder: Path, table: Table, contents: Contents, columns: parquet.Columns | None) -> Written:
    path, count = folder / table.file, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        for row in contents.rows(table.name):
            writer.writerow(map(written, row))
            count += 1
            if columns:
                columns.add(row)
    if columns:
        columns.close()
    with path.open("rb") as file:
        return Written(table.file, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), count)


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ForeignFolder(f"{folder} is a file: name a folder.")
    if not folder.exists() or not (held := sorted(path.name for path in folder.iterdir())):
        return
    foreign = [name for name in held if name not in OWN]
    if foreign or DESCRIPTION not in held:
        name = foreign[0] if foreign else held[0]
        raise ForeignFolder(
            f"{folder} holds {name}, which no package of a ledger left there. Name an empty folder, or a new one."
        )
