"""Settings come from the environment; a value that cannot be right stops the start with a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRINT = "from conflict import settings as s; print({expression})"


def read(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own, with nothing but ``environment`` set."""
    return subprocess.run(
        [sys.executable, "-c", PRINT.format(expression=expression)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "x", "DEBUG": "maybe"}, "DEBUG is 'maybe': say true or false."),
        ({"SECRET_KEY": "x", "HTTPS": "2"}, "HTTPS is '2'"),
        ({"SECRET_KEY": "x", "CONFLICT_START": "24.02.2022"}, "CONFLICT_START is '24.02.2022'"),
        ({"SECRET_KEY": "x", "CONFLICT_START": "2999-01-01"}, "must not lie in the future"),
        ({"SECRET_KEY": "x", "CONFLICT_TIME_ZONE": "Europe/Nowhere"}, "no such time zone"),
        ({"SECRET_KEY": "x", "DATABASE_URL": "mysql://host/db"}, "DATABASE_URL begins with 'mysql'"),
        ({"SECRET_KEY": "x", "CACHE_URL": "memcached://host"}, "CACHE_URL begins with 'memcached'"),
        ({"SECRET_KEY": "x", "HSTS_SECONDS": "a year"}, "HSTS_SECONDS is 'a year'"),
        ({"SECRET_KEY": "x", "API_REQUESTS_PER_MINUTE": "-1"}, "a whole number of requests, 0 or more"),
    ],
)
def test_a_bad_value_stops_with_a_sentence(environment: dict[str, str], sentence: str) -> None:
    result = read("1", **environment)
    assert result.returncode != 0
    assert sentence in result.stderr.splitlines()[-1]


def test_production_is_the_default() -> None:
    result = read("s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS", SECRET_KEY="x")
    assert result.stdout.strip() == "False True True 31536000"


def test_sqlite_writers_wait_for_each_other() -> None:
    result = read("s.DATABASES['default']['OPTIONS']", SECRET_KEY="x", DATABASE_URL="sqlite://:memory:")
    assert "IMMEDIATE" in result.stdout
    assert "journal_mode=WAL" in result.stdout


def test_the_policy_allows_nothing_unsafe() -> None:
    result = read("s.CONTENT_SECURITY_POLICY", SECRET_KEY="x")
    assert "unsafe" not in result.stdout
    assert "'default-src': [\"'none'\"]" in result.stdout


@pytest.mark.parametrize("command", ["check", "import_losses", "read_bulletin"])
def test_a_command_says_the_sentence_and_nothing_else(command: str) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == ("SECRET_KEY is not set: give 50 random characters, or DEBUG=true at your own desk.\n")
