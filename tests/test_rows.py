"""The demo that tests copy is the one that loaddata loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction

from conflict.models import Category, Source
from tests.make import make_reference
from tests.rows import Rows, of_the_run, put


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


@pytest.mark.sweep
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


@pytest.mark.django_db
def test_rows_of_the_run_are_worked_out_by_the_first_who_asks_and_leave_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reference.rows"
    first = of_the_run(path, make_reference)
    assert not Category.objects.exists()

    def never() -> None:
        raise AssertionError("worked out twice")

    second = of_the_run(path, never)
    assert second == first
    put(second)
    assert (Category.objects.count(), Source.objects.get().slug) == (4, "general-staff")


@pytest.mark.django_db
def test_a_fault_while_rows_are_worked_out_is_raised_and_nothing_is_kept(tmp_path: Path) -> None:
    def fail() -> None:
        make_reference()
        raise LookupError("half-way")

    with pytest.raises(LookupError, match="half-way"):
        of_the_run(tmp_path / "broken.rows", fail)
    assert not Category.objects.exists()
    assert not (tmp_path / "broken.rows").exists()
