"""The demo that tests copy is the one that loaddata loads."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction

from tests.rows import Rows, put


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table, without the keys that the database makes up as they come.

    How SQLite's index cuts itself into blocks is its own affair.
    """
    made_up = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.auto_created}
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("search_index_", "sqlite_", "auth_group")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = sorted((row[table in made_up :] for row in cursor.fetchall()), key=repr)
    found["auth_group"] = sorted(Group.objects.values_list("name", "permissions__codename"))
    return found


@pytest.mark.django_db
def test_the_copied_demo_is_in_every_row_the_loaded_one(demo_rows: Rows) -> None:
    with transaction.atomic():
        put(demo_rows)
        copied = everything()
        transaction.set_rollback(True)
    call_command("loaddata", "demo", verbosity=0)
    loaded = everything()
    assert loaded["search_text"] and loaded["conflict_point"] and loaded["auth_group"]
    assert [table for table in loaded if loaded[table] != copied[table]] == []
