"""Make the ledger anew from its published reports and say whether it is the same."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflict.ledger.rebuilding import rebuild
from conflict.management.progress import Progress

SHOWN = 20


class Command(BaseCommand):
    requires_migrations_checks = True
    help = "Make all points anew from the published reports and say whether the ledger is the same (it must be)."

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stderr) as progress:
            rebuilt = rebuild(progress=lambda done, of: progress("versions", done, of))
        counts = f"{rebuilt.versions:,} versions, {rebuilt.points:,} points"
        if not rebuilt.identical:
            for sentence in rebuilt.differences[:SHOWN]:
                self.stderr.write(sentence)
            raise CommandError(f"The ledger differs in {len(rebuilt.differences):,} places ({counts}).")
        self.stdout.write(f"The ledger is identical: {counts}.")
