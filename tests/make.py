"""Plain makers of rows and records for tests; every argument has a default that is valid."""

from __future__ import annotations

import datetime as dt
from typing import Any

from conflict.intake.records import DocumentRecord, EntryRecord, ReportRecord
from conflict.ledger.publishing import Outcome, publish
from conflict.models import Category, Event, Party, Source

D = dt.date
DAY_1000 = D(2024, 11, 19)


def make_reference() -> None:
    """Write one party, one source and four categories: enough for a ledger."""
    Party.objects.create(slug="russia", name="Russia")
    Source.objects.create(slug="general-staff", name="General Staff of Ukraine", kind="belligerent")
    for order, (slug, name, unit) in enumerate(
        [
            ("personnel", "Personnel", "people"),
            ("tanks", "Tanks", "units"),
            ("artillery", "Artillery systems", "units"),
            ("submarines", "Submarines", "units"),
        ]
    ):
        Category.objects.create(slug=slug, name=name, unit=unit, order=order)


def make_document(slug: str = "bulletin", kind: str = "bulletin", **fields: Any) -> DocumentRecord:
    return DocumentRecord(slug=slug, kind=kind, **fields)


def make_record(
    date: dt.date = DAY_1000, document: DocumentRecord | str = "bulletin", **figures: Any
) -> ReportRecord:
    """Make a report; ``tanks=9382`` states a total, ``tanks=(9382, 17)`` a total with its printed change."""
    if isinstance(document, str):
        whole = document in {"petroivaniuk", "orc-losses"}
        document = make_document(document, "dataset", sha256="d" * 64) if whole else make_document(document)
    entries = []
    for slug, figure in figures.items():
        total, change = figure if isinstance(figure, tuple) else (figure, None)
        entries.append(EntryRecord(slug.replace("_", "-"), total, change))
    return ReportRecord("general-staff", "russia", date, document, tuple(entries))


def make_days(count: int, *, last: dt.date = DAY_1000, apart: int = 1) -> list[ReportRecord]:
    """Make ``count`` reports, each ``apart`` days after the one before, up to ``last``."""
    first = last - dt.timedelta(days=apart * (count - 1))
    return [
        make_record(
            first + dt.timedelta(days=apart * n), personnel=700000 + n * 1000 + n % 7, tanks=(9000 + 2 * n, 2)
        )
        for n in range(count)
    ]


def publish_records(*records: ReportRecord, **fields: Any) -> Outcome:
    return publish(reports=records, **{"reason": "a test", "by": "tests", **fields})


def make_event(slug: str = "an-event", **fields: Any) -> Event:
    return Event.objects.create(
        slug=slug,
        **{
            "title": "An event",
            "date": DAY_1000,
            "theme": "front",
            "certainty": "confirmed",
            "source_name": "A paper",
            "source_url": "https://example.org/",
            **fields,
        },
    )
