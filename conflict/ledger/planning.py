"""What a wish to publish asks for: whether it can be stored, what its names stand for, and what of it is new."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from conflict.intake.records import LARGEST, QUALIFIERS, DocumentRecord, EntryRecord, ReportRecord
from conflict.ledger.errors import BadReport, UnknownName
from conflict.ledger.settling import CHUNK
from conflict.models import Category, Document, LossEntry, Party, Report, Source

Key = tuple[str, str, dt.date, str]
"""What a report is a revision of: the slugs of source and party, the date, the slug of the document."""


@dataclass(slots=True)
class Plan:
    """What publishing would do: the records by what is known of them, and the reports they supersede.

    ``revisions`` is the highest revision so far of each report of the records' documents, drafts included.
    """

    created: list[ReportRecord] = field(default_factory=list)
    changed: list[ReportRecord] = field(default_factory=list)
    unchanged: list[ReportRecord] = field(default_factory=list)
    superseded: list[Report] = field(default_factory=list)
    revisions: dict[Key, int] = field(default_factory=dict)


def check_reports(records: Sequence[ReportRecord]) -> None:
    """Raise ``BadReport`` where one cannot be stored as it is."""
    keys = set()
    for record in records:
        place = f"The report of {record.date} from {record.document.slug}"
        if report_key(record) in keys:
            raise BadReport(f"{place} is given twice.")
        keys.add(report_key(record))
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


def report_key(report: ReportRecord) -> Key:
    return (report.source, report.party, report.date, report.document.slug)


def _key_of_stored(report: Report) -> Key:
    return (report.source.slug, report.party.slug, report.date, report.document.slug)


@dataclass(slots=True)
class Named:
    """The rows behind the slugs that a set of records names."""

    sources: dict[str, Source]
    parties: dict[str, Party]
    categories: dict[str, Category]
    documents: dict[str, Document]

    @classmethod
    def load(cls, records: Sequence[ReportRecord], *, write: bool = True) -> Named:
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


def _documents_reports(documents: Iterable[Document]) -> list[Report]:
    return list(
        Report.objects.filter(document__in=list(documents))
        .select_related("source", "party", "document")
        .order_by("revision")
    )


def revisions_of(documents: Iterable[Document]) -> dict[Key, int]:
    """Return the highest revision so far of each report of some documents, drafts included. One query."""
    return _revisions(_documents_reports(documents))


def _revisions(reports: Iterable[Report]) -> dict[Key, int]:
    return {_key_of_stored(report): report.revision for report in reports}


def plan_reports(records: Sequence[ReportRecord], names: Named) -> Plan:
    """Compare records with what is published. Two queries more, whatever the number of records."""
    held = _documents_reports(names.documents.values())
    plan = Plan(revisions=_revisions(held))
    published = {_key_of_stored(report): report for report in held if report.status == Report.Status.PUBLISHED}
    stated: dict[int, dict[str, tuple[int | None, int | None, str]]] = {}
    rows = LossEntry.objects.filter(
        report__status=Report.Status.PUBLISHED, report__document__in=list(names.documents.values())
    ).values_list("report_id", "category__slug", "total", "change", "qualifier")
    for report_id, category, *figures in rows.iterator(CHUNK):
        stated.setdefault(report_id, {})[category] = tuple(figures)  # type: ignore[assignment]
    for record in records:
        report = published.get(report_key(record))
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
