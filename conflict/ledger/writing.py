"""What publishing writes: reports with their entries, which reports end, and the version that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from conflict.intake.progress import Progress
from conflict.intake.records import EntryRecord, ReportRecord
from conflict.ledger.acceptance import Cell
from conflict.ledger.errors import BadReport
from conflict.ledger.findings import recheck
from conflict.ledger.planning import Named, Plan, report_key
from conflict.ledger.settling import CHUNK, Settlement, settle
from conflict.models import LossEntry, Report, Version


@dataclass(frozen=True, slots=True)
class Act:
    """Why the ledger changes, by whom, and when (None is now). Raises ``BadReport`` without a reason or a name."""

    kind: str
    reason: str
    by: str
    time: dt.datetime | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.by.strip():
            raise BadReport("A new version needs a reason and a name.")


def take_turns() -> None:
    """Let one writer in at a time. SQLite's BEGIN IMMEDIATE has done so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('conflict.ledger'))")


def next_number() -> int:
    newest = Version.objects.newest()
    return newest.number + 1 if newest else 1


def write_reports(plan: Plan, names: Named, number: int, progress: Progress | None) -> set[Cell]:
    """Write the reports of a plan and their entries; return every cell whose readings changed."""
    touched = set(cells_of(plan.superseded))
    end_reports(plan.superseded, Report.Status.SUPERSEDED, number)
    records = plan.created + plan.changed
    _refresh_documents(records, names)
    reports = [
        make_report(record, names, revision=plan.revisions.get(report_key(record), 0) + 1, number=number)
        for record in records
    ]
    for done in range(0, len(reports), CHUNK):
        if progress:
            progress("reports", done, len(reports))
        Report.objects.bulk_create(reports[done : done + CHUNK])
    entries = [
        entry
        for report, record in zip(reports, records, strict=True)
        for entry in make_entries(report, record.entries, names)
    ]
    for done in range(0, len(entries), CHUNK):
        if progress:
            progress("entries", done, len(entries))
        LossEntry.objects.bulk_create(entries[done : done + CHUNK])
    for report, record in zip(reports, records, strict=True):
        for stated in record.entries:
            category = names.categories[stated.category]
            touched.add(Cell(report.source_id, report.party_id, category.pk, report.date))
    return touched


def _refresh_documents(records: Sequence[ReportRecord], names: Named) -> None:
    """Remember what a document read again was: its hash, and when it was retrieved."""
    for record in {record.document.slug: record.document for record in records}.values():
        document = names.documents[record.slug]
        if record.sha256 and document.sha256 != record.sha256:
            document.sha256 = record.sha256
            document.retrieved = record.retrieved or document.retrieved
            document.save(update_fields=["sha256", "retrieved"])


def make_report(record: ReportRecord, names: Named, *, revision: int, number: int | None = None) -> Report:
    return Report(
        source=names.sources[record.source],
        party=names.parties[record.party],
        date=record.date,
        document=names.documents[record.document.slug],
        revision=revision,
        status=Report.Status.PUBLISHED if number else Report.Status.DRAFT,
        from_version_id=number,
        cited_url=record.cited_url,
        sha256=record.document.sha256,
        remarks=dict(record.remarks),
    )


def make_entries(report: Report, entries: Iterable[EntryRecord], names: Named) -> list[LossEntry]:
    return [
        LossEntry(
            report=report,
            category=names.categories[entry.category],
            total=entry.total,
            change=entry.change,
            qualifier=entry.qualifier,
            text=entry.text,
            start=entry.start,
            end=entry.end,
        )
        for entry in entries
    ]


def end_reports(reports: Sequence[Report], status: str, number: int) -> None:
    keys = [report.pk for report in reports]
    for done in range(0, len(keys), CHUNK // 4):
        Report.objects.filter(pk__in=keys[done : done + CHUNK // 4]).update(status=status, to_version_id=number)


def cells_of(reports: Sequence[Report]) -> set[Cell]:
    cells = set()
    keys = [report.pk for report in reports]
    for done in range(0, len(keys), CHUNK // 4):
        rows = LossEntry.objects.filter(report__in=keys[done : done + CHUNK // 4]).values_list(
            "report__source_id", "report__party_id", "category_id", "report__date"
        )
        cells |= {Cell(*row) for row in rows}
    return cells


def write_version(act: Act, *, cells: Collection[Cell], number: int) -> Settlement:
    """Write the version and the points that follow for ``cells``, and let the checks look at what it touched."""
    settlement = settle(
        cells=cells,
        number=number,
        time=act.time or timezone.now(),
        kind=act.kind,
        by=act.by,
        reason=act.reason,
    )
    if settlement.opened >= CHUNK:
        tell_planner("conflict_report", "conflict_lossentry", "conflict_point")
    recheck(cells=cells, version=number)
    return settlement


def tell_planner(*tables: str) -> None:
    """Let PostgreSQL know of so many new rows, which it would read whole for each of them. No table is all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")
