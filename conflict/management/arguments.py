"""Reading what a command was given: a fault is a sentence that names it."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import CommandError

from conflict.asking import read_day
from conflict.intake.fetch import LARGEST_BODY


def day(text: str) -> dt.date:
    """Read a day as every query does. Raises ``ArgumentTypeError``."""
    try:
        return read_day(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day of the calendar; a day is written 2024-11-19") from None


def read_file(path: Path) -> bytes:
    """Return the bytes of a file, no more of them than a download may have. Raises ``CommandError``."""
    try:
        with path.open("rb") as file:
            payload = file.read(LARGEST_BODY + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if len(payload) > LARGEST_BODY:
        raise CommandError(f"{path} is larger than {LARGEST_BODY:,} bytes.")
    return payload
