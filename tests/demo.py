"""The demo's rows, copied: loaddata takes seconds for them, and many tests want them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

_KEPT_BY_MIGRATE = {"django_content_type", "auth_permission"}
_BY_NAME = "auth_group_permissions"  # a flush gives the permissions other keys


@dataclass(frozen=True, slots=True)
class Rows:
    """What the demo adds to an empty database."""

    tables: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]  # table: columns, rows
    permissions: dict[str, list[str]]  # group: code names, all of this application


def rows_of_the_demo() -> Rows:
    """Load the demo into the empty database, read it, and leave the database as it was."""
    with transaction.atomic():
        call_command("loaddata", "demo", verbosity=0)
        rows = Rows(
            {table: found for table in _tables() if (found := _read(table))[1]},
            {
                group.name: list(group.permissions.values_list("codename", flat=True))
                for group in Group.objects.all()
            },
        )
        transaction.set_rollback(True)
    return rows


def put(rows: Rows) -> None:
    """Write the rows of the demo into a database without any, as loaddata would."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.tables.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", values
            )
        for name, permissions in rows.permissions.items():
            ours = Permission.objects.filter(content_type__app_label="conflict", codename__in=permissions)
            Group.objects.get(name=name).permissions.set(ours)
        models = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table in rows.tables]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "postgresql":  # without statistics it plans as for empty tables
            cursor.execute("ANALYZE")


def _tables() -> list[str]:
    """Name the tables of every model, those of many-to-many relations last."""
    models = apps.get_models(include_auto_created=True)
    names = [model._meta.db_table for model in sorted(models, key=lambda model: bool(model._meta.auto_created))]
    return [name for name in names if name not in {*_KEPT_BY_MIGRATE, _BY_NAME}]


def _read(table: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return tuple(column[0] for column in cursor.description), cursor.fetchall()
