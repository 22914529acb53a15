"""Restore a ledger from its package of data into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from conflict.intake.package.reading import Package
from conflict.ledger.restoring import restore
from conflict.management.progress import Progress
from conflict.management.writing import or_nothing


class Command(BaseCommand):
    requires_migrations_checks = True
    help = (
        "Restores a ledger from a package that export_data wrote, or from the zip of /data/: the same reports, "
        "points, versions and hashes. Only into an empty database, and only a package that is whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", type=Path, metavar="DIR", help="the package's folder")

    def handle(self, *args: Any, **options: Any) -> None:
        with or_nothing(), Progress(self.stderr) as progress:
            restored = restore(Package(options["package"]), progress=progress)
        for name, count in restored.rows.items():
            self.stdout.write(f"{name}: {count:,}")
        verified = restored.verified
        self.stdout.write(
            self.style.SUCCESS(
                f"Restored: {verified.versions:,} versions, {verified.points:,} points; newest hash "
                f"{verified.newest_hash or 'none'}."
            )
        )
