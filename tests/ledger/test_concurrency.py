"""Several writers at once: each gets a version of its own, and none is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, connections

from conflict.ledger.rebuilding import rebuild
from conflict.models import Report, Version
from tests.make import D, make_record, make_reference, publish_records

WRITERS = 6
ROOT = Path(__file__).resolve().parent.parent.parent

WRITE = """
import os, sys, django
django.setup()
from tests.make import D, make_record, publish_records
for day in range(1, 4):
    publish_records(make_record(D(2024, int(sys.argv[1]) + 1, day), document=f"d{sys.argv[1]}", tanks=day))
"""


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_take_turns_on_a_server() -> None:
    if connection.vendor == "sqlite":
        return _writers_take_turns_on_a_file()
    make_reference()

    def write(writer: int) -> None:
        for day in range(1, 4):
            publish_records(make_record(D(2024, writer + 1, day), document=f"d{writer}", tanks=day))
        connections.close_all()

    threads = [Thread(target=write, args=[writer]) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _nothing_is_lost()
    return None


def _nothing_is_lost() -> None:
    assert sorted(Version.objects.values_list("number", flat=True)) == list(range(1, 3 * WRITERS + 1))
    assert Report.objects.published().count() == 3 * WRITERS
    assert rebuild().identical


def _writers_take_turns_on_a_file() -> None:
    """SQLite in memory has no second process; a file has, and that is how a site runs."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/ledger.sqlite3",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }

        def run(*code: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen([sys.executable, *code], cwd=ROOT, env=environment)

        assert run("manage.py", "migrate", "--verbosity", "0").wait() == 0
        prepare = "import django; django.setup(); from tests.make import make_reference; make_reference()"
        assert run("-c", prepare).wait() == 0
        writers = [run("-c", WRITE, str(writer)) for writer in range(WRITERS)]
        assert [writer.wait() for writer in writers] == [0] * WRITERS
        check = (
            "import django; django.setup(); from tests.ledger.test_concurrency import _nothing_is_lost as c; c()"
        )
        assert run("-c", check).wait() == 0
