"""Reading a file that a command was given: a fault is a sentence that names it."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandError

from conflict.intake.fetch import LARGEST_BODY


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
