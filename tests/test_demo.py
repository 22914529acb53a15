"""The demo that tests copy is the one that loaddata loads."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.demo import Rows, put


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table. How SQLite's index cuts itself into blocks is its own affair."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("search_index_", "sqlite_")):
                skipped = 1 if table == "auth_group_permissions" else 0  # its key
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = sorted((row[skipped:] for row in cursor.fetchall()), key=repr)
    return found


@pytest.mark.django_db
def test_the_copied_demo_is_in_every_row_the_loaded_one(demo_rows: Rows) -> None:
    with transaction.atomic():
        put(demo_rows)
        copied = everything()
        transaction.set_rollback(True)
    call_command("loaddata", "demo", verbosity=0)
    loaded = everything()
    assert loaded["search_text"] and loaded["conflict_point"]
    assert [table for table in loaded if loaded[table] != copied[table]] == []
