"""Import a public dataset: read it whole, publish it as one version, say what was done."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conflict.intake.datasets import DATASETS, Dataset, DatasetError, read_dataset
from conflict.intake.fetch import FetchError, fetch
from conflict.intake.records import CorrectionRecord, DatasetRecord
from conflict.ledger.findings import explain_by_corrections
from conflict.ledger.publishing import Outcome, plan_only, publish
from conflict.management.arguments import read_file
from conflict.management.progress import Progress
from conflict.management.writing import or_nothing, say_published
from conflict.models import Version

MOST_SKIPPED_NAMED = 20


class Command(BaseCommand):
    requires_migrations_checks = True
    """Read one of the public datasets and publish its reports in one transaction."""

    help = (
        "Reads a public dataset of daily loss reports and publishes what is new in it, as one version. Without "
        "--path or --url it is downloaded from its own public address. The same dataset again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dataset", choices=list(DATASETS), help="which dataset it is")
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--path", type=Path, help="the file, or the folder that holds the dataset's files")
        where.add_argument("--url", help="the file's address, or (with / at its end) that of the files' folder")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        dataset = DATASETS[options["dataset"]]
        with Progress(self.stderr) as progress:
            payloads, origins = self._payloads(dataset, options["path"], options["url"], progress)
            record = self._read(dataset, payloads, origins, progress)
            corrections = self._corrections(dataset, options["path"], origins, progress)
            for warning in record.warnings:
                self.stderr.write(f"Warning: {warning}")
            outcome = self._publish(dataset, record, dry_run=options["dry_run"], progress=progress)
        self._report(dataset, record, outcome, dry_run=options["dry_run"])
        if corrections and not options["dry_run"]:
            explained = explain_by_corrections(corrections=corrections, by="import_losses")
            self.stdout.write(f"{len(corrections):,} known corrections explain {explained:,} more findings.")

    def _payloads(
        self, dataset: Dataset, path: Path | None, url: str | None, progress: Progress
    ) -> tuple[dict[str, bytes], dict[str, str]]:
        """The bytes of the dataset's files, and where each came from, by the files' own names."""
        if path is not None:
            paths = _paths(dataset, path)
            progress.say(f"reading {path}")
            return {name: read_file(each) for name, each in paths.items()}, _printed(paths)
        urls = dict(dataset.urls) if url is None else _urls(dataset, url)
        payloads = {}
        for name, address in urls.items():
            progress.say(f"downloading {address}")
            try:
                payloads[name] = fetch(address, allow_hosts=settings.FETCH_ALLOW_HOSTS).body
            except FetchError as error:
                raise CommandError(f"{address}: {error}") from error
            except ValueError as error:
                raise CommandError(f"FETCH_ALLOW_HOSTS: {error}") from error
        return payloads, urls

    def _read(
        self, dataset: Dataset, payloads: dict[str, bytes], origins: dict[str, str], progress: Progress
    ) -> DatasetRecord:
        progress.say(f"reading {dataset.title}")
        today = timezone.localdate()
        try:
            return read_dataset(dataset.name, payloads, first_day=settings.CONFLICT_START, today=today)
        except DatasetError as error:
            placed = DatasetError(
                error.reason,
                file=origins.get(error.file, error.file),
                entry=error.entry,
                date=error.date,
                key=error.key,
            )
            raise CommandError(f"{placed} Nothing was written.") from error

    def _corrections(
        self, dataset: Dataset, path: Path | None, origins: dict[str, str], progress: Progress
    ) -> tuple[CorrectionRecord, ...]:
        """The known corrections that lie beside the dataset's files, if they do."""
        if dataset.corrections is None:
            return ()
        beside = next(iter(origins.values()))
        if path is not None:
            file = Path(beside).with_name(dataset.corrections.file)
            payload, origin = read_file(file) if file.exists() else None, str(file)
        else:
            origin = f"{beside.rpartition('/')[0]}/{dataset.corrections.file}"
            payload = self._downloaded_corrections(origin, progress)
        if payload is None:
            return ()
        today = timezone.localdate()
        try:
            return dataset.corrections.read(payload, first_day=settings.CONFLICT_START, today=today, file=origin)
        except DatasetError as error:
            raise CommandError(f"{error} Nothing was written.") from error

    def _downloaded_corrections(self, address: str, progress: Progress) -> bytes | None:
        progress.say(f"downloading {address}")
        try:
            return fetch(address, allow_hosts=settings.FETCH_ALLOW_HOSTS).body
        except FetchError as error:
            self.stderr.write(f"Without known corrections: {address}: {error}")
            return None

    def _publish(self, dataset: Dataset, record: DatasetRecord, *, dry_run: bool, progress: Progress) -> Outcome:
        progress.say("comparing with the ledger")
        with or_nothing():
            if dry_run:
                return plan_only(reports=record.reports)
            return publish(
                reports=record.reports,
                reason=f"Import of the dataset “{dataset.title}”, {len(record.reports):,} days.",
                by="import_losses",
                kind=Version.Kind.IMPORT,
                progress=lambda what, done, of: progress(f"writing {what}", done, of),
            )

    def _report(self, dataset: Dataset, record: DatasetRecord, outcome: Outcome, *, dry_run: bool) -> None:
        self.stdout.write(
            f"{dataset.title}: {len(record.reports) + len(record.skipped):,} days read, "
            f"{len(outcome.created):,} created, {len(outcome.unchanged):,} unchanged, "
            f"{len(outcome.changed):,} changed, {len(record.skipped):,} skipped."
        )
        for reason in _first(record.skipped):
            self.stdout.write(f"Skipped: {reason}.")
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
        else:
            say_published(self, outcome)


def _paths(dataset: Dataset, path: Path) -> dict[str, Path]:
    if not path.exists():
        raise CommandError(f"{path} does not exist.")
    if path.is_dir():
        return {name: path / name for name in dataset.files}
    if len(dataset.files) == 1:
        return {dataset.files[0]: path}
    if path.name not in dataset.files:
        raise CommandError(_both_are_needed(dataset, "the folder that holds them"))
    return {name: path.with_name(name) for name in dataset.files}


def _urls(dataset: Dataset, url: str) -> dict[str, str]:
    folder, _, last = url.rpartition("/")
    if last and len(dataset.files) == 1:
        return {dataset.files[0]: url}
    if last and last not in dataset.files:
        raise CommandError(_both_are_needed(dataset, "the address of their folder, with / at its end"))
    return {name: f"{folder}/{name}" for name in dataset.files}


def _both_are_needed(dataset: Dataset, what: str) -> str:
    return f"{dataset.title} is {' and '.join(dataset.files)}: give one of them by this name, or {what}."


def _printed(paths: dict[str, Path]) -> dict[str, str]:
    return {name: str(path) for name, path in paths.items()}


def _first(reasons: Sequence[str]) -> list[str]:
    named = list(reasons[:MOST_SKIPPED_NAMED])
    if len(reasons) > len(named):
        named.append(f"{len(reasons) - len(named):,} more days")
    return named
