"""Reading a package again: every cell by its column, every reference, every hash; a fault names its place."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from conflict.intake.package.cells import BadCell, read, shown
from conflict.intake.package.columns import Table
from conflict.intake.package.tables import BY_NAME, TABLES
from conflict.intake.progress import Progress

DESCRIPTION = "datapackage.json"
LARGEST_DESCRIPTION = 4 << 20
LONGEST_CELL = 1 << 24  # characters; the longest text of a bulletin has some thousands

csv.field_size_limit(LONGEST_CELL)

Row = dict[str, Any]


class PackageError(ValueError):
    """A package that cannot be read: one sentence that names file, line and column where they are known."""

    def __init__(self, reason: str, *, file: str, line: int | None = None, column: str = "") -> None:
        self.file, self.line, self.column, self.reason = file, line, column, reason
        place = file
        if line is not None:
            place += f", line {line}"
        if column:
            place += f", column {column}"
        super().__init__(f"{place}: {reason}.")


class Package:
    """A package in a folder, or in the zip in which the site gives it."""

    def __init__(self, path: Path) -> None:
        """Read what the package says of itself. Raises ``PackageError`` where it says nothing that can be read."""
        self.path = path
        self._root: Path | zipfile.Path = path
        if not path.exists():
            raise PackageError("there is no such folder or file", file=str(path))
        if not path.is_dir():
            try:
                self._root = zipfile.Path(path)
                if len(held := list(self._root.iterdir())) == 1 and held[0].is_dir():
                    self._root = held[0]
            except (zipfile.BadZipFile, OSError) as error:
                raise PackageError(f"it is neither a folder nor a zip: {error}", file=str(path)) from error
        self.hashes = self._described()

    def check(self, progress: Progress | None = None) -> dict[str, int]:
        """Read every table and return how many rows each has. Raises ``PackageError`` at the first fault."""
        keys: dict[str, set[str]] = {}
        counts = {}
        for done, table in enumerate(TABLES):
            if progress:
                progress(f"reading {table.file}", done, len(TABLES))
            counts[table.name] = self._check_table(table, keys)
        for table in TABLES:
            if self._hash(table.file) != self.hashes[table.file]:
                raise PackageError(
                    f"it was changed since the package was written: its SHA-256 is not the one in {DESCRIPTION}",
                    file=table.file,
                )
        return counts

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        """Yield the rows of a table with the lines on which they begin, each value as its column says."""
        table = BY_NAME[name]
        with self._open(table.file) as file:
            lines = _Lines(file, table.file)
            reader = csv.reader(lines, strict=True)
            names = [column.name for column in table.columns]
            begins = 1
            try:
                for cells in reader:
                    line, begins = begins, reader.line_num + 1
                    if line == 1:
                        _check_header(cells, names, table.file)
                    else:
                        yield line, _values(cells, table, line)
            except csv.Error as error:
                raise PackageError(f"it is not CSV: {error}", file=table.file, line=begins) from None
            if begins == 1:
                raise PackageError("it is empty: not even the names of the columns are there", file=table.file)

    def _check_table(self, table: Table, keys: dict[str, set[str]]) -> int:
        """Check references and keys; ``keys`` gathers what other tables may refer to, by "table.column"."""
        seen: set[Any] = set()
        refers = [column for column in table.columns if column.refers]
        own = keys.setdefault(f"{table.name}.{table.key[0]}", set()) if len(table.key) == 1 else None
        count = 0
        for line, row in self.rows(table.name):
            count += 1
            key = tuple(row[name] for name in table.key)
            if key in seen:
                raise PackageError(
                    f"{shown(' '.join(map(str, key)))} was given on an earlier line",
                    file=table.file,
                    line=line,
                    column=table.key[0],
                )
            seen.add(key)
            if own is not None:
                own.add(key[0])
            if table.derived:
                continue
            for column in refers:
                value = row[column.name]
                if value not in {None, ""} and value not in keys[column.refers]:
                    raise PackageError(
                        f"{column.refers.partition('.')[0]}.csv has no {shown(str(value))}",
                        file=table.file,
                        line=line,
                        column=column.name,
                    )
        return count

    def _described(self) -> dict[str, str]:
        """Return the SHA-256 of each table's file, as the package's own description has it."""
        with self._open(DESCRIPTION) as file:
            text = file.read(LARGEST_DESCRIPTION + 1)
        try:
            if len(text) > LARGEST_DESCRIPTION:
                raise ValueError("it is too large")
            described = json.loads(text.decode())
            hashes = {part["path"]: part["hash"].removeprefix("sha256:") for part in described["resources"]}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise PackageError(
                f"it does not describe a package of this ledger: {error}", file=DESCRIPTION
            ) from None
        for table in TABLES:
            if table.file not in hashes:
                raise PackageError(f"it does not name {table.file}", file=DESCRIPTION)
        return hashes

    def _open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, (self._root / name).open("rb"))
        except (OSError, KeyError) as error:
            raise PackageError("the package has no such file", file=name) from error

    def _hash(self, name: str) -> str:
        with self._open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


class _Lines:
    """The lines of a file as text; one that is not UTF-8 is a fault that names its number."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name, self._number = file, name, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_CELL)
        if not line:
            raise StopIteration
        self._number += 1
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            raise PackageError(
                f"byte {error.start + 1} of it is not UTF-8", file=self._name, line=self._number
            ) from None


def _check_header(cells: list[str], names: list[str], file: str) -> None:
    for place, name in enumerate(names):
        if place >= len(cells) or cells[place] != name:
            found = shown(cells[place]) if place < len(cells) else "nothing"
            raise PackageError(f"{found} stands in its place", file=file, line=1, column=name)
    if len(cells) > len(names):
        raise PackageError("the package knows no such column", file=file, line=1, column=cells[len(names)])


def _values(cells: list[str], table: Table, line: int) -> Row:
    if len(cells) != len(table.columns):
        raise PackageError(
            f"{len(cells)} cells stand where {len(table.columns)} columns are", file=table.file, line=line
        )
    row = {}
    for cell, column in zip(cells, table.columns, strict=True):
        try:
            row[column.name] = read(cell, column)
        except BadCell as fault:
            raise PackageError(str(fault), file=table.file, line=line, column=column.name) from None
    return row
