"""Restore a ledger from its package of data into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from conflict.intake.package.reading import Package, PackageError
from conflict.ledger.errors import LedgerError
from conflict.ledger.restoring import restore
from conflict.management.progress import Progress


class Command(BaseCommand):
    requires_migrations_checks = True
    help = (
        "Restores a ledger from a package that export_data wrote, or from the zip of /data/: the same reports, "
        "points, versions and hashes. Only into an empty database, and only a package that is whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", type=Path, metavar="DIR", help="the package's folder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Progress(self.stderr) as progress:
                restored = restore(Package(options["package"]), progress=progress)
        except (PackageError, LedgerError) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error}. Nothing was written.") from error
        for name, count in restored.rows.items():
            self.stdout.write(f"{name}: {count:,}")
        verified = restored.verified
        self.stdout.write(
            self.style.SUCCESS(
                f"Restored: {verified.versions:,} versions, {verified.points:,} points; newest hash "
                f"{verified.newest_hash or 'none'}."
            )
        )
