"""How long an import with all its checks takes, against writing the same rows raw into SQLite.

    python tests/benchmarks/bench_import.py

imports 1,626 days of 14 categories (of the public dataset where ../shared/data is present, else invented
ones) into a new database file, checks the whole ledger, and then inserts the very same rows, by plain
``executemany`` in one transaction, into another new database: with the same tables, indexes and triggers, and
with bare tables that have neither. The ratio to the first is to stay under 20; the second is told beside it.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "data" / "petroivaniuk"
MOST = 20
TABLES = ("document", "version", "report", "lossentry", "point", "finding")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        imported, empty = Path(folder) / "imported.sqlite3", Path(folder) / "raw.sqlite3"
        os.environ["DATABASE_URL"] = f"sqlite:///{imported}"
        os.environ.setdefault("DEBUG", "false")
        os.environ.setdefault("SECRET_KEY", "of-a-benchmark-that-serves-nobody-and-guards-nothing")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
        sys.path.insert(0, str(ROOT))

        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("loaddata", "reference", verbosity=0)
        connection.close()
        empty.write_bytes(imported.read_bytes())
        seconds, rows = import_with_checks()
        connection.close()
        raw, bare = insert_raw(imported, empty), insert_raw(imported, None)
    print(f"import with all checks  {seconds:6.2f} s   {rows}")
    print(f"the same rows raw       {raw:6.2f} s")
    print(f"the same rows, bare     {bare:6.2f} s   (tables without indexes, constraints and triggers)")
    print(
        f"ratio                   {seconds / raw:6.1f}     "
        f"(to stay under {MOST}; to the bare tables: {seconds / bare:.1f})"
    )
    return 0 if seconds / raw < MOST else 1


def import_with_checks() -> tuple[float, str]:
    """Return the seconds that publishing and checking take, and what was written, in words."""
    from conflict.ledger.findings import check_all
    from conflict.ledger.publishing import publish
    from conflict.models import Finding, LossEntry, Point

    records = read_records()
    start = time.perf_counter()
    publish(reports=records, reason="A benchmark.", by="bench_import", kind="import")
    published = time.perf_counter()
    if not Finding.objects.exists():  # publishing has not checked what it touched
        check_all()
    seconds = time.perf_counter() - start
    return seconds, (
        f"({published - start:.2f} s of it publishing; {len(records):,} reports, {LossEntry.objects.count():,} "
        f"entries, {Point.objects.count():,} points, {Finding.objects.count():,} findings)"
    )


def read_records() -> tuple:
    """Return the records of the public dataset, or invented ones of the same size."""
    from conflict.intake.datasets import DATASETS, read_dataset
    from conflict.intake.records import DocumentRecord, EntryRecord, ReportRecord

    first_day = dt.date(2022, 2, 24)
    if FOLDER.is_dir():
        files = {file: (FOLDER / file).read_bytes() for file in DATASETS["petroivaniuk"].files}
        return read_dataset("petroivaniuk", files, first_day=first_day, today=dt.date(2026, 8, 22)).reports
    categories = sorted({slug for file in DATASETS["orc-losses"].categories.values() for slug in file.values()})
    document = DocumentRecord(slug="invented", kind="dataset")
    return tuple(
        ReportRecord(
            "general-staff",
            "russia",
            first_day + dt.timedelta(days=1 + day),
            document,
            tuple(
                EntryRecord(slug, (day * (place + 1) * 7) // 3 + day % 5) for place, slug in enumerate(categories)
            ),
        )
        for day in range(1626)
    )


def insert_raw(imported: Path, empty: Path | None) -> float:
    """Copy the rows of one database into another and return the seconds; None is one of bare tables."""
    source = sqlite3.connect(imported)
    rows, columns = {}, {}
    for table in TABLES:
        cursor = source.execute(f"SELECT * FROM conflict_{table}")
        rows[table], columns[table] = cursor.fetchall(), [f'"{column[0]}"' for column in cursor.description]
    source.close()
    target = sqlite3.connect(empty or imported.with_name("bare.sqlite3"), isolation_level=None)
    target.execute("PRAGMA synchronous=FULL")
    if empty is None:
        for table in TABLES:
            target.execute(f"CREATE TABLE conflict_{table} ({', '.join(columns[table])})")
    start = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        marks = ", ".join("?" * len(columns[table]))
        target.executemany(f"INSERT INTO conflict_{table} VALUES ({marks})", rows[table])
    target.execute("COMMIT")
    seconds = time.perf_counter() - start
    target.close()
    return seconds


if __name__ == "__main__":
    sys.exit(main())
