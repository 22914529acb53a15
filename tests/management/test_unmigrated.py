"""A database without tables: what a command says of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_TABLES = {"fetch_plotly", "read_bulletin"}


@pytest.mark.parametrize("command", sorted(name for name, app in get_commands().items() if app == "conflict"))
def test_a_command_that_needs_tables_looks_whether_they_are_there(command: str) -> None:
    assert load_command_class("conflict", command).requires_migrations_checks == (command not in WITHOUT_TABLES)


def test_a_command_says_how_to_make_the_tables(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    result = subprocess.run(
        [sys.executable, "manage.py", "import_package", str(tmp_path / "package")],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "x",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Run 'python manage.py migrate' to apply them." in result.stdout + result.stderr
