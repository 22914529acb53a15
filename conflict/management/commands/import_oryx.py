"""Import Oryx's counts by model as what a second source states, with its own meaning."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conflict.intake.datasets import DatasetError
from conflict.intake.datasets.oryx import OryxCount, read_count
from conflict.intake.datasets.petroivaniuk import ORYX
from conflict.ledger.model_counts import check_counts, publish_counts
from conflict.ledger.publishing import Outcome, plan_only
from conflict.management.arguments import day, read_file
from conflict.management.writing import or_nothing, say_published


class Command(BaseCommand):
    requires_migrations_checks = True
    """Read the file, publish it as one report of the source Oryx, say what was done."""

    help = (
        f"Reads Oryx's counts by model ({ORYX}, beside the dataset of Petro Ivaniuk) and publishes them as one "
        "report of the source Oryx: losses that a photograph or a video shows. The file has no date, so you say "
        "up to which day it counts. The same file for the same day again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, required=True, metavar="FILE", help=f"the file {ORYX}")
        parser.add_argument(
            "--date", type=day, required=True, metavar="YYYY-MM-DD", help="the day up to which it counts"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, date = options["path"], options["date"]
        today = timezone.localdate()
        if not settings.CONFLICT_START <= date <= today:
            raise CommandError(f"--date {date} lies outside the account, {settings.CONFLICT_START} to {today}.")
        try:
            count = read_count(read_file(path), date=date, today=today, file=str(path))
        except DatasetError as error:
            raise CommandError(f"{error} Nothing was written.") from error
        outcome = _publish(count, dry_run=options["dry_run"])
        self._report(count, outcome, dry_run=options["dry_run"])

    def _report(self, count: OryxCount, outcome: Outcome, *, dry_run: bool) -> None:
        total = sum(one.total for one in count.counts)
        self.stdout.write(
            f"Oryx, {count.report.date}: {len(count.counts):,} models read, {total:,} losses in "
            f"{len(count.report.entries)} categories."
        )
        for entry in count.report.entries:
            self.stdout.write(f"  {entry.category}: {entry.total:,}, {entry.text}")
        for sentence in count.moved:
            self.stdout.write(f"Moved: {sentence}.")
        for sentence in count.unplaced:
            self.stdout.write(self.style.WARNING(f"Left out, no category is known for it: {sentence}."))
        if dry_run:
            what = "created" if outcome.created else "changed" if outcome.changed else "left as it is"
            self.stdout.write(f"Dry run: nothing was written; the report would be {what}.")
        else:
            say_published(self, outcome)


def _publish(count: OryxCount, *, dry_run: bool) -> Outcome:
    with or_nothing():
        if dry_run:
            check_counts(report=count.report, counts=count.counts)
            return plan_only(reports=[count.report])
        return publish_counts(
            report=count.report,
            counts=count.counts,
            reason=f"Import of Oryx’s counts by model as of {count.report.date}, {len(count.counts):,} models.",
            by="import_oryx",
        )
