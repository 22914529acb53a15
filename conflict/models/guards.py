"""Triggers: what was once published is never silently changed, whoever asks the database to.

Refused on SQLite and PostgreSQL alike, through the ORM, in bulk, by loaddata or in raw SQL:

- a point: deleting it; changing anything but closing it, once, while it stands;
- a version: changing or deleting it;
- a decision: deleting it; changing anything but ending it, once;
- a published, superseded or withdrawn report: deleting it; changing whose and which day's it is, going back;
- the entries of such a report, and its counts by model: changing or deleting them.

Writing a row again exactly as it stands is no change, so that loading the same fixture twice is harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections

_TABLES = ("version", "point", "decision", "report", "lossentry", "modelcount")
_NOT_DRAFT_REPORT = "(SELECT status FROM conflict_report WHERE id = OLD.report_id) <> 'draft'"


@dataclass(frozen=True, slots=True)
class Guard:
    """One rule. ``when`` is SQL over OLD and NEW that both databases read; ``""`` is always."""

    table: str
    event: str  # "UPDATE" or "DELETE"
    when: str
    sentence: str

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event.lower()}"


def _differs(*columns: str) -> str:
    return "(" + " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns) + ")"


def _reopens(column: str = "to_version_id") -> str:
    return f"(OLD.{column} IS NOT NULL AND {_differs(column)})"


_CELL = ("id", "source_id", "party_id", "category_id", "date")

GUARDS = (
    Guard("version", "DELETE", "", "a version is never deleted"),
    Guard(
        "version",
        "UPDATE",
        _differs("number", "time", "kind", "by", "reason", "opened", "closed", "previous_hash", "hash"),
        "a version is never changed",
    ),
    Guard("point", "DELETE", "", "a point is never deleted"),
    Guard(
        "point",
        "UPDATE",
        _differs(
            *_CELL,
            "total",
            "printed_change",
            "computed_change",
            "days_since_previous",
            "entry_id",
            "from_version_id",
        )
        + f" OR {_reopens()}",
        "a point is only ever closed, and only once",
    ),
    Guard("decision", "DELETE", "", "a decision is never deleted"),
    Guard(
        "decision",
        "UPDATE",
        _differs(*_CELL, "entry_id", "from_version_id") + f" OR {_reopens()}",
        "a decision is only ever ended, and only once",
    ),
    Guard("report", "DELETE", "OLD.status <> 'draft'", "a published report is never deleted, only withdrawn"),
    Guard(
        "report",
        "UPDATE",
        "OLD.status <> 'draft' AND ("
        + _differs("id", "source_id", "party_id", "date", "document_id", "revision", "from_version_id", "sha256")
        + f" OR {_reopens()} OR (OLD.status <> 'published' AND {_differs('status')}) OR NEW.status = 'draft')",
        "a published report is only ever superseded or withdrawn",
    ),
    Guard("lossentry", "DELETE", _NOT_DRAFT_REPORT, "an entry of a published report is never deleted"),
    Guard(
        "lossentry",
        "UPDATE",
        f"{_NOT_DRAFT_REPORT} AND "
        + _differs("id", "report_id", "category_id", "total", "change", "qualifier", "text", "start", "end"),
        "an entry of a published report is never changed: publish a new revision",
    ),
    Guard("modelcount", "DELETE", _NOT_DRAFT_REPORT, "a count of a published report is never deleted"),
    Guard(
        "modelcount",
        "UPDATE",
        f"{_NOT_DRAFT_REPORT} AND "
        + _differs("id", "report_id", "category_id", "group", "model", "manufacturer", "total"),
        "a count of a published report is never changed: publish a new revision",
    ),
)


def _sqlite(guard: Guard) -> Iterator[str]:
    # Django writes an UPDATE of every column by primary key, so the comparison must be by value (IS NOT).
    when = guard.when.replace("IS DISTINCT FROM", "IS NOT")
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.event} ON conflict_{guard.table} FOR EACH ROW "
        f"{'WHEN ' + when if when else ''} BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
    )


def _sqlite_replace(table: str) -> str:
    # INSERT OR REPLACE deletes the old row without a DELETE trigger where recursive_triggers is off.
    key = "number" if table == "version" else "id"
    return (
        f"CREATE TRIGGER IF NOT EXISTS guard_{table}_replace BEFORE INSERT ON conflict_{table} FOR EACH ROW "
        f"WHEN EXISTS (SELECT 1 FROM conflict_{table} WHERE {key} = NEW.{key}) "
        f"BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never replaced'); END"
    )


def _sqlite_replace_standing() -> str:
    return (
        "CREATE TRIGGER IF NOT EXISTS guard_point_replace_standing BEFORE INSERT ON conflict_point FOR EACH ROW "
        "WHEN NEW.to_version_id IS NULL AND EXISTS (SELECT 1 FROM conflict_point WHERE to_version_id IS NULL AND "
        "source_id = NEW.source_id AND party_id = NEW.party_id AND category_id = NEW.category_id "
        "AND date = NEW.date) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: point_stands_once'); END"
    )


def _postgres(guard: Guard) -> Iterator[str]:
    row = "OLD" if guard.event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {guard.when or 'TRUE'} THEN RAISE EXCEPTION '{guard.sentence}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.event} ON conflict_{guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
    )


def _postgres_truncate(table: str) -> Iterator[str]:
    name = f"guard_{table}_truncate"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION 'a row of the ledger is never deleted' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE TRUNCATE ON conflict_{table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _statements(vendor: str) -> Iterator[str]:
    for guard in GUARDS:
        yield from _postgres(guard) if vendor == "postgresql" else _sqlite(guard)
    if vendor == "postgresql":
        for table in _TABLES:
            yield from _postgres_truncate(table)
    else:
        for table in _TABLES:
            yield _sqlite_replace(table)
        yield _sqlite_replace_standing()


def _trigger_names(vendor: str) -> Iterator[tuple[str, str]]:
    for guard in GUARDS:
        yield guard.name, guard.table
    for table in _TABLES:
        yield f"guard_{table}_{'truncate' if vendor == 'postgresql' else 'replace'}", table
    if vendor != "postgresql":
        yield "guard_point_replace_standing", "point"


def install_guards(using: str = "default") -> None:
    """Put every trigger in place; harmless where they stand already."""
    connection = connections[using]
    if not {f"conflict_{table}" for table in _TABLES} <= set(connection.introspection.table_names()):
        return  # migrated back to before the first migration
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def lift_guards(using: str = "default") -> None:
    """Take the triggers away: before SQLite rebuilds a table that they name, and before a test is cleared away."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table in _trigger_names(connection.vendor):
            if f"conflict_{table}" in tables:
                on_table = f" ON conflict_{table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@contextmanager
def guards_lifted(using: str = "default") -> Iterator[None]:
    """Take the triggers away for a while: for emptying a test database, and for nothing else."""
    lift_guards(using)
    try:
        yield
    finally:
        install_guards(using)


def missing_guards(using: str = "default") -> list[str]:
    """Return the names of the triggers that do not stand; there must be none. One query."""
    connection = connections[using]
    catalogue = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name, _ in _trigger_names(connection.vendor) if name not in standing]
