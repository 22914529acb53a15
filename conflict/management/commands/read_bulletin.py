"""Read one bulletin from a file or standard input and show what was read. Needs no database."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from conflict.analysis.calendar import day_number
from conflict.intake.bulletins import read_bulletin
from conflict.intake.records import BulletinRecord
from conflict.management.arguments import day

WITH_PROBLEMS = 3
NOTHING_READ = 2


class Command(BaseCommand):
    """manage.py read_bulletin [FILE|-] [--date YYYY-MM-DD] [--json]"""

    help = (
        "Read the text of a daily loss bulletin and print its figures. "
        "Exit code 0: read without problems; 3: read with problems; 2: no figure could be read."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE (default: standard input), --date, --json."""
        parser.add_argument(
            "file", nargs="?", default="-", metavar="FILE", help="a text file; - is standard input"
        )
        parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day of issue, where known")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the record; leave with the exit code that the help names."""
        first_day: dt.date = settings.CONFLICT_START
        record = read_bulletin(_text(options["file"]), date=options["date"], first_day=first_day)
        if options["json"]:
            self.stdout.write(
                json.dumps(as_json(record, first_day), ensure_ascii=False, indent=2, allow_nan=False)
            )
        else:
            self.stdout.write(as_table(record, first_day))
        if not record.entries:
            sys.exit(NOTHING_READ)
        if record.problems:
            sys.exit(WITH_PROBLEMS)


def as_json(record: BulletinRecord, first_day: dt.date) -> dict[str, Any]:
    """The record as the command prints it; null is "not stated"."""
    return {
        "date": record.date.isoformat() if record.date else None,
        "day": _day_number(record, first_day),
        "entries": {
            entry.category: {
                "total": entry.total,
                "change": entry.change,
                "qualifier": entry.qualifier or None,
                "text": entry.text,
            }
            for entry in record.entries
        },
        "problems": [
            {"line": problem.line, "text": problem.text, "reason": problem.reason} for problem in record.problems
        ],
    }


def as_table(record: BulletinRecord, first_day: dt.date) -> str:
    """The record for people: the day, a line for each category, then the problems."""
    number = _day_number(record, first_day)
    lines = [f"Date: {record.date.isoformat()} (day {number:,})" if record.date else "Date: not stated", ""]
    if record.entries:
        lines.append(f"{'Category':<18} {'Total':>11} {'Change':>8}  Qualifier")
    for entry in record.entries:
        total = "not stated" if entry.total is None else f"{entry.total:,}"
        change = "-" if entry.change is None else f"{entry.change:+,}"
        lines.append(f"{entry.category:<18} {total:>11} {change:>8}  {entry.qualifier}".rstrip())
    if not record.entries:
        lines.append("No figure could be read.")
    if record.problems:
        lines += ["", "Problems:"]
        lines += [
            f"  line {problem.line}: {problem.reason}: {' '.join(problem.text.split())[:120]}"
            for problem in record.problems
        ]
    return "\n".join(lines)


def _day_number(record: BulletinRecord, first_day: dt.date) -> int | None:
    return day_number(record.date, first_day=first_day) if record.date else None


def _text(name: str) -> str:
    """The text of a file, or of standard input; a UTF-8 byte order mark is no part of it."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: byte {error.start} is not UTF-8 text.") from error
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}.") from error
