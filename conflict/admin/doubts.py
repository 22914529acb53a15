"""What a curator answers for with a sentence before publishing: a fall, a change that does not fit, an outlier.

The rules are those by which the ledger checks itself, asked of the figures before they are published.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from conflict.admin.figures import Row
from conflict.analysis.calendar import ONE_DAY
from conflict.ledger.checks import (
    WINDOW_DAYS,
    Stated,
    find_arithmetic,
    find_falls,
    find_outliers,
)
from conflict.ledger.sentences import sentence
from conflict.models import Category, Party, Point, Source

RULES = (find_falls, find_arithmetic, find_outliers)


@dataclass(frozen=True, slots=True)
class ThisText:
    """Stands where a finding names a document."""

    slug: str = ""


@dataclass(slots=True)
class Doubt:
    """One figure that asks for a reason, with all that ``sentences.sentence`` needs to tell it."""

    kind: str
    date: dt.date
    end_date: dt.date | None
    category: Category
    evidence: dict[str, Any]
    document: ThisText = field(default_factory=ThisText)

    @property
    def words(self) -> str:
        """Say in a sentence what is doubtful."""
        return sentence(self, titles={"": gettext("this text")})


def doubts_of(rows: Sequence[Row], *, source: Source, party: Party, date: dt.date) -> list[Doubt]:
    """Return what is doubtful of the totals of a day, set beside the accepted days before it. One query."""
    series: dict[int, dict[dt.date, Stated]] = defaultdict(dict)
    points = Point.objects.standing().filter(
        source=source, party=party, date__lt=date, date__gte=date - (WINDOW_DAYS + 1) * ONE_DAY
    )
    for category, day, total in points.order_by().values_list("category_id", "date", "total"):
        series[category][day] = Stated(total)
    doubts = []
    for row in rows:
        if row.total is None:
            continue
        days = series[row.category.pk]
        if row.before is not None:
            days[row.before.date] = Stated(row.before.total)
        days[date] = Stated(row.total, row.change)
        for rule in RULES:
            doubts += [
                Doubt(noticed.kind, date, noticed.end_date, row.category, noticed.evidence)
                for noticed in rule(days)
                if noticed.date == date
            ]
    return doubts
