"""The only writer of reports, entries, points, versions and decisions.

Each function is one transaction and at most one version, and is idempotent: the same input twice writes
nothing the second time and says so.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from conflict.intake.progress import Progress
from conflict.intake.records import DocumentRecord, EntryRecord, ReportRecord
from conflict.ledger.acceptance import Cell
from conflict.ledger.errors import BadReport, StaleReport
from conflict.ledger.planning import Named, Plan, check_reports, plan_reports, report_key, revisions_of
from conflict.ledger.settling import Settlement
from conflict.ledger.writing import (
    Act,
    cells_of,
    end_reports,
    make_entries,
    make_report,
    next_number,
    take_turns,
    write_reports,
    write_version,
)
from conflict.models import Decision, Document, LossEntry, Report, Version


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write did. ``version`` is ``None`` when there was nothing new."""

    version: Version | None
    created: tuple[ReportRecord, ...] = ()
    changed: tuple[ReportRecord, ...] = ()
    unchanged: tuple[ReportRecord, ...] = ()
    opened: int = 0
    closed: int = 0


def publish(
    *,
    reports: Iterable[ReportRecord],
    reason: str,
    by: str,
    kind: str = Version.Kind.PUBLICATION,
    time: dt.datetime | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Publish reports: one transaction, one version, points with computed change and days since the previous.

    A report that is already there with the same figures is left alone; one whose document now states other
    figures becomes the next revision and the one before is superseded. Raises ``UnknownName`` or ``BadReport``,
    and then nothing was written.
    """
    act = Act(kind, reason, by, time)
    records = tuple(reports)
    check_reports(records)
    with transaction.atomic():
        take_turns()
        names = Named.load(records)
        plan = plan_reports(records, names)
        if not plan.created and not plan.changed:
            return Outcome(None, unchanged=tuple(plan.unchanged))
        number = next_number()
        touched = write_reports(plan, names, number, progress)
        if progress:
            progress("points and findings", 0, len(touched))
        settlement = write_version(act, cells=touched, number=number)
    return _outcome(settlement, plan)


def plan_only(*, reports: Iterable[ReportRecord]) -> Outcome:
    """Say what ``publish`` would do, and write nothing."""
    records = tuple(reports)
    check_reports(records)
    plan = plan_reports(records, Named.load(records, write=False))
    return Outcome(None, tuple(plan.created), tuple(plan.changed), tuple(plan.unchanged))


def save_draft(*, record: ReportRecord, replaces: Report | None = None) -> Report:
    """Store a report as a draft, which no page shows; ``replaces`` is the draft that it is a new state of.

    Raises ``StaleReport`` where that draft has been published or deleted in the meantime.
    """
    check_reports((record,))
    with transaction.atomic():
        take_turns()
        names = Named.load((record,))
        held = revisions_of([names.documents[record.document.slug]])
        report = make_report(record, names, revision=held.get(report_key(record), 0) + 1)
        if replaces is not None:
            if not Report.objects.filter(pk=replaces.pk, status=Report.Status.DRAFT).exists():
                raise StaleReport("This draft has been published or deleted since it was opened.")
            report.pk, report.revision = replaces.pk, replaces.revision
            LossEntry.objects.filter(report=replaces).delete()
        report.save()
        LossEntry.objects.bulk_create(make_entries(report, record.entries, names))
    return report


def publish_draft(*, report: Report, reason: str, by: str, time: dt.datetime | None = None) -> Outcome:
    """Publish a stored draft as it stands. A draft that is published already says "nothing new"."""
    act = Act(Version.Kind.PUBLICATION, reason, by, time)
    with transaction.atomic():
        take_turns()
        held = Report.objects.filter(pk=report.pk, status=Report.Status.DRAFT).first()
        record = record_of(held or report)
        check_reports((record,))
        if held is None:
            return Outcome(None, unchanged=(record,))
        plan = plan_reports((record,), Named.load((record,), write=False))
        if plan.unchanged:
            held.delete()
            return Outcome(None, unchanged=(record,))
        number = next_number()
        touched = cells_of([held, *plan.superseded])
        end_reports(plan.superseded, Report.Status.SUPERSEDED, number)
        held.status, held.from_version_id = Report.Status.PUBLISHED, number
        held.save()
        settlement = write_version(act, cells=touched, number=number)
    return _outcome(settlement, plan)


def delete_drafts(*, reports: Collection[Report]) -> None:
    """Throw drafts away. Raises ``StaleReport``, and deletes none, where one was published meanwhile."""
    with transaction.atomic():
        take_turns()
        held = list(Report.objects.filter(pk__in=[report.pk for report in reports]))
        if any(report.status != Report.Status.DRAFT for report in held):
            raise StaleReport("One of these has been published meanwhile.")
        for report in held:
            report.delete()


def withdraw(*, reports: Collection[Report], reason: str, by: str, time: dt.datetime | None = None) -> Outcome:
    """Take published reports back; each cell gets its next best reading, or none."""
    act = Act(Version.Kind.WITHDRAWAL, reason, by, time)
    with transaction.atomic():
        take_turns()
        held = list(Report.objects.published().filter(pk__in=[report.pk for report in reports]))
        if not held:
            return Outcome(None)
        number = next_number()
        touched = cells_of(held)
        end_reports(held, Report.Status.WITHDRAWN, number)
        settlement = write_version(act, cells=touched, number=number)
    return Outcome(settlement.version, opened=settlement.opened, closed=settlement.closed)


def decide(*, entry: LossEntry, reason: str, by: str, time: dt.datetime | None = None) -> Outcome:
    """Let a curator's word decide which reading a cell takes; it stands until another decision."""
    act = Act(Version.Kind.DECISION, reason, by, time)
    with transaction.atomic():
        take_turns()
        report = Report.objects.get(pk=entry.report_id)
        if report.status != Report.Status.PUBLISHED or entry.total is None:
            raise BadReport("Only a stated total of a published report can be decided for.")
        place = {
            "source_id": report.source_id,
            "party_id": report.party_id,
            "category_id": entry.category_id,
            "date": report.date,
        }
        standing = Decision.objects.standing().filter(**place).first()
        if standing is not None and standing.entry_id == entry.pk:
            return Outcome(None)
        number = next_number()
        if standing is not None:
            Decision.objects.filter(pk=standing.pk).update(to_version_id=number)
        Decision.objects.create(entry=entry, from_version_id=number, **place)
        cell = Cell(report.source_id, report.party_id, entry.category_id, report.date)
        settlement = write_version(act, cells=[cell], number=number)
    return Outcome(settlement.version, opened=settlement.opened, closed=settlement.closed)


def record_of(report: Report) -> ReportRecord:
    """Return a stored report as the record it would be read as. Three queries."""
    document = report.document
    entries = report.entries.select_related("category").order_by("pk")
    return ReportRecord(
        source=report.source.slug,
        party=report.party.slug,
        date=report.date,
        document=_document_record(document, sha256=report.sha256 or document.sha256),
        entries=tuple(_entry_record(entry) for entry in entries),
        cited_url=report.cited_url,
        remarks=report.remarks,
    )


def _document_record(document: Document, *, sha256: str) -> DocumentRecord:
    fields = {item.name: getattr(document, item.name) for item in dataclasses.fields(DocumentRecord)}
    return DocumentRecord(**{**fields, "sha256": sha256})


def _entry_record(entry: LossEntry) -> EntryRecord:
    return EntryRecord(
        category=entry.category.slug,
        total=entry.total,
        change=entry.change,
        qualifier=entry.qualifier,
        text=entry.text,
        start=entry.start,
        end=entry.end,
    )


def _outcome(settlement: Settlement, plan: Plan) -> Outcome:
    return Outcome(
        settlement.version,
        created=tuple(plan.created),
        changed=tuple(plan.changed),
        unchanged=tuple(plan.unchanged),
        opened=settlement.opened,
        closed=settlement.closed,
    )
