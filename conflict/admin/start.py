"""The desks' first page: the work to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils import timezone

from conflict.models import Finding, Report, Version
from conflict.queries import LEDGER

SHOWN = 5  # drafts and versions that are named one by one


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for a curator. ``latest`` is the last day with a published report, None while there is none.

    ``waiting`` counts the days after it up to today, today included. ``findings`` are the open ones whose cause
    stands: (severity, its words, how many), the gravest first.
    """

    today: dt.date
    latest: dt.date | None
    waiting: int
    drafts: Sequence[Report]
    draft_count: int
    findings: Sequence[tuple[str, str, int]]
    versions: Sequence[Version]


def work_to_do() -> Work:
    """Read what waits for a curator today. Five queries."""
    today = timezone.localdate()
    published = Report.objects.published().of(**LEDGER)
    latest: dt.date | None = published.aggregate(latest=Max("date"))["latest"]
    drafts = Report.objects.filter(status=Report.Status.DRAFT)
    counted = Finding.objects.standing().filter(state=Finding.State.OPEN).values_list("severity")
    counts = dict(counted.annotate(count=Count("pk")).order_by())
    gravest = (Finding.Severity.ERROR, Finding.Severity.DOUBT, Finding.Severity.NOTE)
    return Work(
        today=today,
        latest=latest,
        waiting=0 if latest is None else max((today - latest).days, 0),
        drafts=list(drafts.select_related("source", "document").order_by("-date", "-pk")[:SHOWN]),
        draft_count=drafts.count(),
        findings=[(s.value, str(s.label), counts[s.value]) for s in gravest if counts.get(s.value)],
        versions=list(Version.objects.order_by("-number")[:SHOWN]),
    )
