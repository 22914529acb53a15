"""The only writer of reports, entries, points, versions and decisions.

Each function is one transaction and at most one version, and is idempotent: the same input twice writes
nothing the second time and says so.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from conflict.intake.records import LARGEST, QUALIFIERS, DocumentRecord, EntryRecord, ReportRecord
from conflict.ledger.acceptance import Cell
from conflict.ledger.errors import BadReport, StaleReport, UnknownName
from conflict.ledger.findings import recheck
from conflict.ledger.settling import Settlement, settle
from conflict.models import Category, Decision, Document, LossEntry, Party, Report, Source, Version

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write did. ``version`` is ``None`` when there was nothing new."""

    version: Version | None
    created: tuple[ReportRecord, ...] = ()
    changed: tuple[ReportRecord, ...] = ()
    unchanged: tuple[ReportRecord, ...] = ()
    opened: int = 0
    closed: int = 0

    def __str__(self) -> str:
        if self.version is None:
            return f"nothing new: {len(self.unchanged)} reports are already there"
        return (
            f"version {self.version.number}: {len(self.created)} reports created, {len(self.changed)} changed, "
            f"{len(self.unchanged)} unchanged; {self.opened} points opened, {self.closed} closed"
        )


@dataclass(slots=True)
class _Plan:
    """What publishing would do: the records by what is known of them, and the reports they supersede."""

    created: list[ReportRecord] = field(default_factory=list)
    changed: list[ReportRecord] = field(default_factory=list)
    unchanged: list[ReportRecord] = field(default_factory=list)
    superseded: list[Report] = field(default_factory=list)
    revisions: dict[tuple[str, str, dt.date, str], int] = field(default_factory=dict)


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
    records = tuple(reports)
    _check(records, reason=reason, by=by)
    with transaction.atomic():
        take_turns()
        names = _Names.load(records)
        plan = _plan(records, names)
        if not plan.created and not plan.changed:
            return Outcome(None, unchanged=tuple(plan.unchanged))
        number = _next_number()
        touched = _write_reports(plan, names, number, progress)
        settlement = _settle(cells=touched, number=number, time=time, kind=kind, by=by, reason=reason)
    return _outcome(settlement, plan)


def plan_only(*, reports: Iterable[ReportRecord]) -> Outcome:
    """Say what ``publish`` would do, and write nothing."""
    records = tuple(reports)
    _check(records, reason="dry run", by="dry run")
    plan = _plan(records, _Names.load(records, write=False))
    return Outcome(None, tuple(plan.created), tuple(plan.changed), tuple(plan.unchanged))


def save_draft(*, record: ReportRecord, replaces: Report | None = None) -> Report:
    """Store a report as a draft, which no page shows; ``replaces`` is the draft that it is a new state of.

    Raises ``StaleReport`` where that draft has been published or deleted in the meantime.
    """
    _check((record,), reason="draft", by="draft")
    with transaction.atomic():
        take_turns()
        names = _Names.load((record,))
        held = _revisions(_documents_reports([names.documents[record.document.slug]]))
        report = _report(record, names, revision=held.get(_key(record), 0) + 1)
        if replaces is not None:
            if not Report.objects.filter(pk=replaces.pk, status=Report.Status.DRAFT).exists():
                raise StaleReport("This draft has been published or deleted since it was opened.")
            report.pk, report.revision = replaces.pk, replaces.revision
            LossEntry.objects.filter(report=replaces).delete()
        report.save()
        LossEntry.objects.bulk_create(_entries(report, record.entries, names))
    return report


def publish_draft(*, report: Report, reason: str, by: str, time: dt.datetime | None = None) -> Outcome:
    """Publish a stored draft as it stands. A draft that is published already says "nothing new"."""
    with transaction.atomic():
        take_turns()
        held = Report.objects.filter(pk=report.pk, status=Report.Status.DRAFT).first()
        record = record_of(held or report)
        _check((record,), reason=reason, by=by)
        if held is None:
            return Outcome(None, unchanged=(record,))
        plan = _plan((record,), _Names.load((record,), write=False))
        if plan.unchanged:
            held.delete()
            return Outcome(None, unchanged=(record,))
        number = _next_number()
        touched = _cells_of([held, *plan.superseded])
        _end_reports(plan.superseded, Report.Status.SUPERSEDED, number)
        held.status, held.from_version_id = Report.Status.PUBLISHED, number
        held.save()
        settlement = _settle(
            cells=touched,
            number=number,
            time=time,
            kind=Version.Kind.PUBLICATION,
            by=by,
            reason=reason,
        )
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
    if not reason.strip() or not by.strip():
        raise BadReport("A withdrawal needs a reason and a name.")
    with transaction.atomic():
        take_turns()
        held = list(Report.objects.published().filter(pk__in=[report.pk for report in reports]))
        if not held:
            return Outcome(None)
        number = _next_number()
        touched = _cells_of(held)
        _end_reports(held, Report.Status.WITHDRAWN, number)
        settlement = _settle(
            cells=touched,
            number=number,
            time=time,
            kind=Version.Kind.WITHDRAWAL,
            by=by,
            reason=reason,
        )
    return Outcome(settlement.version, opened=settlement.opened, closed=settlement.closed)


def decide(*, entry: LossEntry, reason: str, by: str, time: dt.datetime | None = None) -> Outcome:
    """Let a curator's word decide which reading a cell takes; it stands until another decision."""
    if not reason.strip() or not by.strip():
        raise BadReport("A decision needs a reason and a name.")
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
        number = _next_number()
        if standing is not None:
            Decision.objects.filter(pk=standing.pk).update(to_version_id=number)
        Decision.objects.create(entry=entry, from_version_id=number, **place)
        cell = Cell(report.source_id, report.party_id, entry.category_id, report.date)
        settlement = _settle(
            cells=[cell],
            number=number,
            time=time,
            kind=Version.Kind.DECISION,
            by=by,
            reason=reason,
        )
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


# -- What is asked ------------------------------------------------------------------------------------------


def _check(records: Sequence[ReportRecord], *, reason: str, by: str) -> None:
    if not reason.strip() or not by.strip():
        raise BadReport("A publication needs a reason and a name.")
    keys = set()
    for record in records:
        place = f"The report of {record.date} from {record.document.slug}"
        if _key(record) in keys:
            raise BadReport(f"{place} is given twice.")
        keys.add(_key(record))
        if record.date < settings.CONFLICT_START:
            raise BadReport(f"{place} lies before day 1, {settings.CONFLICT_START}.")
        seen = set()
        for entry in record.entries:
            if entry.category in seen:
                raise BadReport(f"{place} states {entry.category} twice.")
            seen.add(entry.category)
            _check_entry(entry, place)


def _check_entry(entry: EntryRecord, place: str) -> None:
    if entry.total is not None and not 0 <= entry.total <= LARGEST:
        raise BadReport(f"{place} states {entry.total} {entry.category}: 0 to {LARGEST} is possible.")
    if entry.change is not None and abs(entry.change) > LARGEST:
        raise BadReport(f"{place} states a change of {entry.change} {entry.category}: too large.")
    if entry.qualifier not in QUALIFIERS:
        raise BadReport(f"{place} qualifies {entry.category} by {entry.qualifier!r}, which is not known.")


def _key(record: ReportRecord) -> tuple[str, str, dt.date, str]:
    return (record.source, record.party, record.date, record.document.slug)


@dataclass(slots=True)
class _Names:
    """The rows behind the slugs that a set of records names."""

    sources: dict[str, Source]
    parties: dict[str, Party]
    categories: dict[str, Category]
    documents: dict[str, Document]

    @classmethod
    def load(cls, records: Sequence[ReportRecord], *, write: bool = True) -> _Names:
        """Fetch every row that is named; raise ``UnknownName`` for one that is missing. Four queries."""
        documents = {record.document.slug: record.document for record in records}
        names = cls(
            sources={row.slug: row for row in Source.objects.all()},
            parties={row.slug: row for row in Party.objects.all()},
            categories={row.slug: row for row in Category.objects.all()},
            documents={row.slug: row for row in Document.objects.filter(slug__in=documents)},
        )
        for record in records:
            if record.source not in names.sources:
                raise UnknownName("source", record.source)
            if record.party not in names.parties:
                raise UnknownName("party", record.party)
            for entry in record.entries:
                if entry.category not in names.categories:
                    raise UnknownName("category", entry.category)
        if write:
            for slug, record_of_document in documents.items():
                if slug not in names.documents:
                    names.documents[slug] = _new_document(record_of_document)
        return names


def _new_document(record: DocumentRecord) -> Document:
    fields = {item.name: getattr(record, item.name) for item in dataclasses.fields(record)}
    document = Document(**fields)
    document.save()
    return document


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


def _documents_reports(documents: Iterable[Document]) -> list[Report]:
    return list(
        Report.objects.filter(document__in=list(documents))
        .select_related("source", "party", "document")
        .order_by("revision")
    )


def _revisions(reports: Iterable[Report]) -> dict[tuple[str, str, dt.date, str], int]:
    """Return the highest revision number of each report, drafts included."""
    return {
        (report.source.slug, report.party.slug, report.date, report.document.slug): report.revision
        for report in reports
    }


def _plan(records: Sequence[ReportRecord], names: _Names) -> _Plan:
    """Compare records with what is published. Two queries more, whatever the number of records."""
    held = _documents_reports(names.documents.values())
    plan = _Plan(revisions=_revisions(held))
    published = {
        (report.source.slug, report.party.slug, report.date, report.document.slug): report
        for report in held
        if report.status == Report.Status.PUBLISHED
    }
    stated: dict[int, dict[str, tuple[int | None, int | None, str]]] = {}
    rows = LossEntry.objects.filter(
        report__status=Report.Status.PUBLISHED, report__document__in=list(names.documents.values())
    ).values_list("report_id", "category__slug", "total", "change", "qualifier")
    for report_id, category, *figures in rows.iterator(CHUNK):
        stated.setdefault(report_id, {})[category] = tuple(figures)  # type: ignore[assignment]
    for record in records:
        report = published.get(_key(record))
        if report is None:
            plan.created.append(record)
        elif (
            stated.get(report.pk, {}) == {e.category: (e.total, e.change, e.qualifier) for e in record.entries}
            and report.cited_url == record.cited_url
            and report.remarks == dict(record.remarks)
        ):
            plan.unchanged.append(record)
        else:
            plan.changed.append(record)
            plan.superseded.append(report)
    return plan


# -- What is written ----------------------------------------------------------------------------------------


def take_turns() -> None:
    """Let one writer in at a time. SQLite's BEGIN IMMEDIATE has done so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('conflict.ledger'))")


def _next_number() -> int:
    newest = Version.objects.newest()
    return newest.number + 1 if newest else 1


def _write_reports(plan: _Plan, names: _Names, number: int, progress: Progress | None) -> set[Cell]:
    """Write the reports of a plan and their entries; return every cell whose readings changed."""
    touched = set(_cells_of(plan.superseded))
    _end_reports(plan.superseded, Report.Status.SUPERSEDED, number)
    records = plan.created + plan.changed
    _refresh_documents(records, names)
    reports = [
        _report(record, names, revision=plan.revisions.get(_key(record), 0) + 1, number=number)
        for record in records
    ]
    for done in range(0, len(reports), CHUNK):
        if progress:
            progress("reports", done, len(reports))
        Report.objects.bulk_create(reports[done : done + CHUNK])
    entries = [
        entry
        for report, record in zip(reports, records, strict=True)
        for entry in _entries(report, record.entries, names)
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


def _refresh_documents(records: Sequence[ReportRecord], names: _Names) -> None:
    """Remember what a document read again was: its hash, and when it was retrieved."""
    for record in {record.document.slug: record.document for record in records}.values():
        document = names.documents[record.slug]
        if record.sha256 and document.sha256 != record.sha256:
            document.sha256 = record.sha256
            document.retrieved = record.retrieved or document.retrieved
            document.save(update_fields=["sha256", "retrieved"])


def _report(record: ReportRecord, names: _Names, *, revision: int, number: int | None = None) -> Report:
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


def _entries(report: Report, entries: Iterable[EntryRecord], names: _Names) -> list[LossEntry]:
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


def _end_reports(reports: Sequence[Report], status: str, number: int) -> None:
    keys = [report.pk for report in reports]
    for done in range(0, len(keys), CHUNK // 4):
        Report.objects.filter(pk__in=keys[done : done + CHUNK // 4]).update(status=status, to_version_id=number)


def _cells_of(reports: Sequence[Report]) -> set[Cell]:
    cells = set()
    keys = [report.pk for report in reports]
    for done in range(0, len(keys), CHUNK // 4):
        rows = LossEntry.objects.filter(report__in=keys[done : done + CHUNK // 4]).values_list(
            "report__source_id", "report__party_id", "category_id", "report__date"
        )
        cells |= {Cell(*row) for row in rows}
    return cells


def _settle(
    *, cells: Collection[Cell], number: int, time: dt.datetime | None, kind: str, by: str, reason: str
) -> Settlement:
    """Write the version and its points, and let the checks look at what it touched. No time is now."""
    settlement = settle(cells=cells, number=number, time=time or timezone.now(), kind=kind, by=by, reason=reason)
    if settlement.opened >= CHUNK and connection.vendor == "postgresql":
        # Its planner knows nothing of so many new rows until it is told, and reads them all for each of them.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE conflict_report, conflict_lossentry, conflict_point")
    recheck(cells=cells, version=number)
    return settlement


def _outcome(settlement: Settlement, plan: _Plan) -> Outcome:
    return Outcome(
        settlement.version,
        created=tuple(plan.created),
        changed=tuple(plan.changed),
        unchanged=tuple(plan.unchanged),
        opened=settlement.opened,
        closed=settlement.closed,
    )
