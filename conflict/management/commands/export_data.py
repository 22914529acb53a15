"""Write the package of data into a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conflict.management.progress import Progress
from conflict.package import parquet
from conflict.package.writing import ForeignFolder, NothingToWrite, Packed, write_folder


class Command(BaseCommand):
    requires_migrations_checks = True
    help = (
        "Writes the whole ledger as a package of data: CSV files with their metadata (Frictionless, Croissant, "
        "schema.org), a README and a citation, and Parquet files where pyarrow is installed. The same ledger "
        "makes the same files. `import_package` restores the ledger from them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="where to: empty, new, or an older package")
        parser.add_argument("--as-of", type=int, metavar="N", help="the figures as the ledger stood at version N")
        parser.add_argument("--no-parquet", action="store_true", help="CSV alone, also where pyarrow is installed")

    def handle(self, *args: Any, **options: Any) -> None:
        with_parquet = parquet.is_installed() and not options["no_parquet"]
        try:
            with Progress(self.stderr) as progress:
                packed = write_folder(
                    options["folder"], number=options["as_of"], with_parquet=with_parquet, progress=progress
                )
        except (NothingToWrite, ForeignFolder) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or options['folder']}: {error.strerror}. Nothing was written."
            ) from error
        self._report(packed, options["folder"], asked=not options["no_parquet"])

    def _report(self, packed: Packed, folder: Path, *, asked: bool) -> None:
        for file in packed.files:
            self.stdout.write(f"{file.name}: {file.rows:,} rows, {file.size:,} bytes")
        if not packed.parquet and asked:
            self.stdout.write(
                "No Parquet files: pyarrow is not installed (it comes with the extra “parquet”). The CSV files "
                "hold the same."
            )
        size = sum(file.size for file in packed.files)
        self.stdout.write(
            self.style.SUCCESS(
                f"Version {packed.version.number} is in {folder}: {len(packed.files)} tables, {size:,} bytes. "
                f"SHA-256 of datapackage.json: {packed.sha256}."
            )
        )
