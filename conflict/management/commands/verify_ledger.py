"""Walk the chain of versions and name the first that does not fit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflict.ledger.verifying import verify
from conflict.management.progress import Progress
from conflict.models.guards import missing_guards


class Command(BaseCommand):
    requires_migrations_checks = True
    help = "Walk the chain of versions, recompute every hash, and name the first version that does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        if missing := missing_guards():
            raise CommandError(
                f"{len(missing)} guards of the ledger are missing ({', '.join(missing)}): run manage.py migrate."
            )
        with Progress(self.stderr) as progress:
            verified = verify(progress=lambda done, of: progress("versions", done, of))
        counts = f"{verified.versions:,} versions, {verified.points:,} points"
        if verified.fault:
            raise CommandError(f"{verified.fault} ({counts})")
        self.stdout.write(f"The chain is whole: {counts}; newest hash {verified.newest_hash or 'none'}.")
