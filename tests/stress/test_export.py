"""Two million figures through the API, as CSV and JSON, in a process whose memory is watched.

The server is the site's own WSGI application with all its middleware, in a process of its own, so that nothing
of the tests counts. Where DATABASE_URL names PostgreSQL, the same runs there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST = 150  # MB resident
ROWS = 2_000_000
FIRST_DAY = "1700-01-01"  # so that eighteen categories have days enough

# One report and one entry a category stand behind all points: the rows that are walked are the points.
FILL = """
import datetime as dt
from django.core.management import call_command
from django.db import connection
from conflict.models import Category, LossEntry, Point, Source, Party, Version
from tests.make import make_record, publish_records

call_command("migrate", verbosity=0)
call_command("loaddata", "reference", verbosity=0)
slugs = list(Category.objects.values_list("slug", flat=True))[:18]
publish_records(make_record(dt.date(2026, 1, 1), **{slug.replace("-", "_"): 1 for slug in slugs}))
days = -(-rows // len(slugs))
first = dt.date(1700, 1, 1)
sql = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s - 1) "
    "INSERT INTO conflict_point (source_id, party_id, category_id, date, total, printed_change, computed_change, "
    "days_since_previous, entry_id, from_version_id) "
    "SELECT %s, %s, e.category_id, date('1700-01-01', '+' || i || ' days'), i, 1, 1, 1, e.id, 1 "
    "FROM conflict_lossentry e, n",
    "postgresql": "INSERT INTO conflict_point (source_id, party_id, category_id, date, total, printed_change, "
    "computed_change, days_since_previous, entry_id, from_version_id) "
    "SELECT %s, %s, e.category_id, date '1700-01-01' + i, i, 1, 1, 1, e.id, 1 "
    "FROM conflict_lossentry e, generate_series(0, %s - 1) AS n(i)",
}[connection.vendor]
keys = [Source.objects.get(slug="general-staff").pk, Party.objects.get(slug="russia").pk]
with connection.cursor() as cursor:
    cursor.execute(sql, [days, *keys] if connection.vendor == "sqlite" else [*keys, days])
    cursor.execute("ANALYZE")
print(Point.objects.count())
"""

# What a WSGI server does with a request, counting instead of sending.
SERVE = """
import json, time
from wsgiref.util import setup_testing_defaults
from conflict.wsgi import application

def megabytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))

def ask(path, query="", encoding=""):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost",
               "HTTP_ACCEPT_ENCODING": encoding}
    setup_testing_defaults(environ)
    begun, first, size, lines = time.perf_counter(), None, 0, 0
    body = application(environ, lambda status, headers: print(status, file=sys.stderr))
    for piece in body:
        first = first or time.perf_counter() - begun
        size, lines = size + len(piece), lines + piece.count(b"\\n")
    body.close()
    seconds, peak = time.perf_counter() - begun, megabytes("VmHWM")
    return {"seconds": seconds, "first": first, "bytes": size, "lines": lines, "peak": peak}

ask("/api/v1/losses.csv", "limit=1")
before = megabytes("VmRSS")
found = {"before": before, "answer": ask("/api/v1/losses." + kind, "", encoding)}
print(json.dumps(found))
"""


def run(code: str, environment: dict[str, str], **names: object) -> str:
    given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
    result = subprocess.run(
        [sys.executable, "-c", f"import sys, django; django.setup()\n{given}{code}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Give the address of a new, empty database: a file, or one of its own on the server of DATABASE_URL."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'ledger.sqlite3'}"
        return
    import psycopg

    name = f"stress_export_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give the environment of a database that holds two million points, made for this file alone."""
    with database(tmp_path_factory.mktemp("stress")) as address:
        environment = {
            "DATABASE_URL": address,
            "SECRET_KEY": "of-a-stress-test-that-serves-nobody-and-guards-nothing-at-all",
            "HTTPS": "false",
            "DEBUG": "false",
            "CONFLICT_START": FIRST_DAY,
            "API_REQUESTS_PER_MINUTE": "0",
            "DJANGO_SETTINGS_MODULE": "conflict.settings",
        }
        assert int(run(FILL, environment, rows=ROWS)) >= ROWS
        yield environment


@pytest.mark.stress
@pytest.mark.parametrize(("kind", "encoding"), [("csv", ""), ("csv", "br"), ("json", "gzip")])
def test_two_million_figures_leave_in_constant_memory(filled, kind, encoding, capsys):
    found = json.loads(run(SERVE, filled, kind=kind, encoding=encoding).splitlines()[-1])
    answer, vendor = found["answer"], filled["DATABASE_URL"].partition(":")[0]
    with capsys.disabled():
        print(f"\n{vendor}, {kind} {encoding or 'plain'}: peak {answer['peak']:.0f} MB resident")
        print(f"  before: {found['before']:.0f} MB; first byte after {answer['first']:.2f} s")
        print(f"  {answer['bytes'] / 1e6:.0f} MB in {answer['seconds']:.0f} s")
    if not encoding:
        assert answer["lines"] > ROWS
    assert answer["peak"] < MOST
