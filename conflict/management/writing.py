"""What every command that writes into the ledger says: why nothing was written, or what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from conflict.intake.package.reading import PackageError
from conflict.ledger.errors import LedgerError
from conflict.ledger.publishing import Outcome


@contextmanager
def or_nothing() -> Iterator[None]:
    """End the command with a sentence where what is within refuses to write: then nothing was written."""
    try:
        yield
    except (PackageError, LedgerError) as error:
        raise CommandError(f"{error} Nothing was written.") from error
    except DatabaseError as error:
        raise CommandError(f"The database refused: {error}. Nothing was written.") from error


def say_published(command: BaseCommand, outcome: Outcome) -> None:
    """Say which version was made, if one was."""
    if outcome.version is None:
        command.stdout.write("Nothing new: no version was made.")
    else:
        command.stdout.write(command.style.SUCCESS(f"Published as version {outcome.version.number}."))
