"""The command read_bulletin: what it prints, its exit codes, and that it needs no database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from conflict.management.commands.read_bulletin import Command

ROOT = Path(__file__).resolve().parents[2]
GOOD = "Losses as of 19.11.2024\nTanks: 9,382 (+17)\nособового складу – близько 724050 (+1610) осіб\nMLRS: 1,252\n"


def run(text, *arguments, tmp_path):
    """Exit code and output of the command for a text in a file."""
    path = tmp_path / "bulletin.txt"
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()
    code = 0
    try:
        call_command("read_bulletin", str(path), *arguments, stdout=out)
    except SystemExit as leave:
        code = leave.code
    return code, out.getvalue()


def test_read_bulletin_prints_json_with_figures_as_printed(tmp_path):
    code, out = run(GOOD, "--json", tmp_path=tmp_path)
    assert code == 0
    assert json.loads(out) == {
        "date": "2024-11-19",
        "day": 1000,
        "entries": {
            "tanks": {"total": 9382, "change": 17, "qualifier": None, "text": "Tanks: 9,382 (+17)"},
            "personnel": {
                "total": 724050,
                "change": 1610,
                "qualifier": "about",
                "text": "особового складу – близько 724050 (+1610) осіб",
            },
            "mlrs": {"total": 1252, "change": None, "qualifier": None, "text": "MLRS: 1,252"},
        },
        "problems": [],
    }


def test_read_bulletin_prints_a_table_for_people(tmp_path):
    code, out = run(GOOD + "Hovercraft: 12 (+1)\n", tmp_path=tmp_path)
    assert code == 3
    assert "2024-11-19 (day 1,000)" in out
    assert "tanks" in out and "9,382" in out and "+17" in out
    assert "line 5" in out and "Hovercraft" in out


def test_read_bulletin_leaves_with_3_when_there_are_problems(tmp_path):
    code, out = run("Tanks: 9,382 (+17)\nAircraft: 1,42\n", "--json", tmp_path=tmp_path)
    assert code == 3
    problems = json.loads(out)["problems"]
    assert [(p["line"], p["text"]) for p in problems] == [(2, "Aircraft: 1,42")]
    assert set(problems[0]) == {"line", "text", "reason"}


@pytest.mark.parametrize("text", ["", "Слава Україні!\n", "Tanks: 1,42\n"])
def test_read_bulletin_leaves_with_2_when_no_figure_could_be_read(text, tmp_path):
    code, out = run(text, "--json", tmp_path=tmp_path)
    assert code == 2
    assert json.loads(out)["entries"] == {}


def test_read_bulletin_takes_the_date_from_the_command_line(tmp_path):
    code, out = run("Tanks: 9,382", "--json", "--date", "2024-11-20", tmp_path=tmp_path)
    assert code == 0
    assert (json.loads(out)["date"], json.loads(out)["day"]) == ("2024-11-20", 1001)


@pytest.mark.parametrize("date", ["2024-13-01", "20241120", "19.11.2024", "２０２４-11-20"])
def test_read_bulletin_refuses_a_date_of_another_form(date, tmp_path):
    with pytest.raises(CommandError, match="not a day of the calendar"):
        run("Tanks: 9,382", "--date", date, tmp_path=tmp_path)


def test_read_bulletin_names_a_file_that_is_missing_or_no_text(tmp_path):
    with pytest.raises(CommandError, match="missing"):
        call_command("read_bulletin", str(tmp_path / "missing.txt"))
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(CommandError, match="byte 0 is not UTF-8"):
        call_command("read_bulletin", str(tmp_path / "picture"))


def test_read_bulletin_needs_no_database_and_no_checks():
    assert Command.requires_system_checks == []
    assert Command.requires_migrations_checks is False


def test_read_bulletin_reads_where_no_database_answers(tmp_path):
    (tmp_path / "bulletin.txt").write_text(GOOD, encoding="utf-8")
    nowhere = {**os.environ, "SECRET_KEY": "x", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"}
    command = [sys.executable, "manage.py", "read_bulletin", str(tmp_path / "bulletin.txt"), "--json"]
    result = subprocess.run(command, cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["entries"]


def test_read_bulletin_reads_standard_input_with_an_unreachable_database(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "read_bulletin", "-", "--json"],
        cwd=ROOT,
        input=GOOD.encode(),
        capture_output=True,
        timeout=60,
        env={
            "PATH": "/usr/bin:/bin",
            "SECRET_KEY": "only for this test",
            "DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/db.sqlite3",
        },
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["entries"]["tanks"]["total"] == 9382
    assert not list(tmp_path.rglob("*.sqlite3"))
