"""Rows written once and copied from then on: what a ledger or loaddata works out takes many times as long."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management.color import no_style
from django.db import connection, transaction

_MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}
_BY_NAME = "auth_group_permissions"  # a flush gives the permissions other keys


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in a database beyond what migrate puts there."""

    tables: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]  # table: columns, rows
    permissions: dict[str, list[str]]  # group: code names, all of this application

    def without(self, other: Rows) -> Rows:
        tables = {}
        for table, (columns, rows) in self.tables.items():
            _, there = other.tables.get(table, ((), []))
            if new := [row for row in rows if row not in there]:
                tables[table] = (columns, new)
        return Rows(tables, {name: of for name, of in self.permissions.items() if name not in other.permissions})


def once(fill: Callable[..., None]) -> Callable[..., None]:
    """Let a function that adds rows, the same ones each time, work them out once and copy them for later tests."""
    kept: list[Rows] = []

    @wraps(fill)
    def filled(*arguments: Any, **fixtures: Any) -> None:
        if kept:
            put(kept[0])
        else:
            before = read()
            fill(*arguments, **fixtures)
            kept.append(read().without(before))

    return filled


def of_the_run(path: Path, fill: Callable[[], None]) -> Rows:
    """Give what ``fill`` adds to an empty ledger: the first of xdist's workers works it out, into ``path``."""
    with path.with_suffix(".door").open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not path.exists():
            with transaction.atomic():
                fill()
                path.write_bytes(pickle.dumps(read()))
                transaction.set_rollback(True)
    rows: Rows = pickle.loads(path.read_bytes())  # noqa: S301 (of our own making, a moment ago)
    return rows


def read() -> Rows:
    """Read every row that is not migrate's."""
    tables = {}
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for model in sorted(models, key=lambda model: bool(model._meta.auto_created)):
            table = model._meta.db_table
            if table not in {*_MADE_BY_MIGRATE, _BY_NAME}:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                if found := cursor.fetchall():
                    tables[table] = (tuple(column[0] for column in cursor.description), found)
    permissions = {g.name: list(g.permissions.values_list("codename", flat=True)) for g in Group.objects.all()}
    return Rows(tables, permissions)


def put(rows: Rows) -> None:
    """Write rows into a database that has only migrate's."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.tables.items():
            into = f"{connection.ops.quote_name(table)} ({', '.join(map(connection.ops.quote_name, columns))})"
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})", values)
        for name, permissions in rows.permissions.items():
            ours = Permission.objects.filter(content_type__app_label="conflict", codename__in=permissions)
            Group.objects.get(name=name).permissions.set(ours)
        models = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table in rows.tables]
        if resets := connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute("\n".join(resets))
        if connection.vendor == "postgresql" and sum(len(values) for _, values in rows.tables.values()) > 5_000:
            cursor.execute("ANALYZE")  # without statistics it plans as for empty tables
