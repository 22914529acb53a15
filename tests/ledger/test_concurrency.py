"""Several writers at once: each gets a version of its own, and none is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, connections

from conflict.ledger.rebuilding import rebuild
from conflict.models import Report, Version
from tests.make import D, make_record, make_reference, publish_records

WRITERS = 6
ROOT = Path(__file__).resolve().parent.parent.parent

ON_A_FILE = """
import multiprocessing, django
django.setup()
from django.core.management import call_command
from django.db import connections
from tests.ledger.test_concurrency import WRITERS, nothing_is_lost, write
from tests.make import make_reference
call_command("migrate", verbosity=0)
make_reference()
connections.close_all()
fork = multiprocessing.get_context("fork")
writers = [fork.Process(target=write, args=[writer]) for writer in range(WRITERS)]
for writer in writers:
    writer.start()
for writer in writers:
    writer.join()
assert [writer.exitcode for writer in writers] == [0] * WRITERS
nothing_is_lost()
"""


def write(writer: int) -> None:
    for day in range(1, 4):
        publish_records(make_record(D(2024, writer + 1, day), document=f"d{writer}", tanks=day))
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_take_turns_on_a_server() -> None:
    if connection.vendor == "sqlite":
        return _writers_take_turns_on_a_file()
    make_reference()
    threads = [Thread(target=write, args=[writer]) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    nothing_is_lost()
    return None


def nothing_is_lost() -> None:
    assert sorted(Version.objects.values_list("number", flat=True)) == list(range(1, 3 * WRITERS + 1))
    assert Report.objects.published().count() == 3 * WRITERS
    assert rebuild().identical


def _writers_take_turns_on_a_file() -> None:
    """SQLite in memory has no second process; a file has, and that is how a site runs."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/ledger.sqlite3",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        subprocess.run([sys.executable, "-c", ON_A_FILE], cwd=ROOT, env=environment, check=True)
