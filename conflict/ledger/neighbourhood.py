"""The days around touched cells: what is stated there, read from the database once for every rule.

The whole ledger is the neighbourhood without bounds. A few touched cells have a small one: what is read
depends on the days around them, and not on how long the ledger is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from conflict.analysis.calendar import ONE_DAY
from conflict.ledger.acceptance import Cell
from conflict.ledger.checks import Stated
from conflict.ledger.likelihood import NEIGHBOURHOOD
from conflict.models import Category, Document, LossEntry, Party, Point, Report, Source

CHUNK = 2000
ACCEPTED = ""
"""Stands for a document's slug where the accepted ledger itself is meant."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The days of one source and party around touched cells; None bounds are the ledger's own ends.

    ``first`` to ``last`` are the days on which a finding may have come or gone; the days read lie further
    out by as much as any rule looks.
    """

    source: int
    party: int
    first: dt.date | None = None
    last: dt.date | None = None
    touched_last: dt.date | None = None

    @property
    def read_first(self) -> dt.date | None:
        return self.first and self.first - (NEIGHBOURHOOD + 1) * ONE_DAY

    @property
    def read_last(self) -> dt.date | None:
        return self.last and self.last + (NEIGHBOURHOOD + 1) * ONE_DAY

    def __contains__(self, date: dt.date) -> bool:
        return (self.first is None or self.first <= date) and (self.last is None or date <= self.last)

    def window(self, lookup: str) -> dict[str, Any]:
        """Return the filters that keep the days read, for a date behind ``lookup``."""
        bounds = {f"{lookup}__gte": self.read_first, f"{lookup}__lte": self.read_last}
        return {name: date for name, date in bounds.items() if date is not None}


def neighbourhoods(cells: Collection[Cell]) -> list[Neighbourhood]:
    """Return the neighbourhoods of cells; days that lie near each other share one."""
    dates: dict[tuple[int, int], set[dt.date]] = defaultdict(set)
    for cell in cells:
        dates[cell.source, cell.party].add(cell.date)
    margin = NEIGHBOURHOOD * ONE_DAY
    found = []
    for (source, party), days in sorted(dates.items()):
        runs: list[tuple[dt.date, dt.date]] = []
        for day in sorted(days):
            if runs and day - runs[-1][1] <= 4 * margin:
                runs[-1] = (runs[-1][0], day)
            else:
                runs.append((day, day))
        found += [Neighbourhood(source, party, a - margin, b + margin, b) for a, b in runs]
    return found


@dataclass(slots=True)
class Names:
    """The slugs behind primary keys, and which documents are datasets."""

    sources: dict[int, str]
    parties: dict[int, str]
    categories: dict[int, str]
    datasets: dict[int, str]
    # Datasets whose file was never read, of which single days were typed in: their gaps are ours, not theirs.
    excerpts: frozenset[str]
    # Sources that report every day, so that a day without a report is missing: belligerents, not researchers.
    daily: frozenset[int]

    @classmethod
    def load(cls) -> Names:
        """Fetch the names. Four queries."""
        sources = list(Source.objects.values_list("pk", "slug", "kind"))
        datasets = list(Document.objects.filter(kind=Document.Kind.DATASET).values_list("pk", "slug", "sha256"))
        return cls(
            sources={pk: slug for pk, slug, _ in sources},
            parties=dict(Party.objects.values_list("pk", "slug")),
            categories=dict(Category.objects.values_list("pk", "slug")),
            datasets={pk: slug for pk, slug, _ in datasets},
            excerpts=frozenset(slug for _, slug, sha256 in datasets if not sha256),
            daily=frozenset(pk for pk, _, kind in sources if kind == Source.Kind.BELLIGERENT),
        )


@dataclass(slots=True)
class Around:
    """What is stated in a neighbourhood: totals by category, document and day, with the points among them.

    ``edges`` are the later days, beyond the neighbourhood, whose change starts at a touched day.
    """

    where: Neighbourhood
    names: Names
    stated: dict[int, dict[str, dict[dt.date, Stated]]] = field(default_factory=lambda: defaultdict(dict))
    points: dict[int, dict[dt.date, Stated]] = field(default_factory=dict)
    originals: dict[str, int] = field(default_factory=dict)  # documents that are no datasets
    edges: set[tuple[int, str, dt.date]] = field(default_factory=set)

    def keeps(self, category: int, document: str, date: dt.date) -> bool:
        return date in self.where or (category, document, date) in self.edges


def read_around(where: Neighbourhood, names: Names) -> Around:
    """Read the totals and points of a neighbourhood. Two queries, and a few short ones for its edges."""
    around = Around(where, names)
    slugs = dict(names.datasets)
    rows = (
        _stated(where)
        .filter(**where.window("report__date"))
        .values_list("category_id", "report__date", "total", "change", "pk", "report__document_id")
    )
    unnamed: dict[int, list[tuple[int, dt.date, Stated]]] = defaultdict(list)
    for category, date, total, change, entry, document in rows.iterator(CHUNK):
        if total is None:
            continue
        slug = slugs.get(document)
        if slug is None:
            unnamed[document].append((category, date, Stated(total, change, entry)))
            continue
        series = around.stated[category].get(slug)
        if series is None:
            series = around.stated[category][slug] = {}
        series[date] = Stated(total, change, entry)
    keys = sorted(unnamed)
    for done in range(0, len(keys), CHUNK // 4):
        chunk = Document.objects.filter(pk__in=keys[done : done + CHUNK // 4])
        for document, slug in chunk.values_list("pk", "slug"):
            around.originals[slug] = document
            for category, date, stated in unnamed[document]:
                around.stated[category].setdefault(slug, {})[date] = stated
    points = _points(where).filter(**where.window("date"))
    for category, date, total, change, entry in points.values_list(*_POINT).iterator(CHUNK):
        around.points.setdefault(category, {})[date] = Stated(total, change, entry)
    _read_edges(around)
    return around


_POINT = ("category_id", "date", "total", "printed_change", "entry_id")


def _stated(where: Neighbourhood) -> QuerySet[LossEntry]:
    return LossEntry.objects.filter(
        report__status=Report.Status.PUBLISHED,
        report__source_id=where.source,
        report__party_id=where.party,
        total__isnull=False,
    )


def _points(where: Neighbourhood) -> QuerySet[Point]:
    return Point.objects.standing().filter(source_id=where.source, party_id=where.party).order_by()


def _read_edges(around: Around) -> None:
    """Add the nearest total before the days read, and after a touched day, where these days have none.

    Only sparse series and a category's first days need it: one short query each.
    """
    where = around.where
    if where.first is None or where.read_first is None or where.touched_last is None:
        return
    beyond = where.last is not None and _points(where).filter(date__gt=where.last).exists()
    for category, document, series in list(series_of_place(around)):
        inside = min((date for date in series if date >= where.first), default=None)
        if inside is not None and not any(date < inside for date in series):
            _add_edge(around, category, document, before=where.read_first)
        if beyond and not any(where.touched_last < date and date in where for date in series):
            later = min((date for date in series if date > where.touched_last), default=None)
            if later is None and where.read_last is not None:
                later = _add_edge(around, category, document, after=where.read_last)
            if later is not None:
                around.edges.add((category, document, later))


def series_of_place(around: Around) -> Iterator[tuple[int, str, dict[dt.date, Stated]]]:
    """Walk the series that are checked for themselves: of the accepted points and of each dataset."""
    datasets = set(around.names.datasets.values())
    for category, points in around.points.items():
        yield category, ACCEPTED, points
    for category, documents in around.stated.items():
        for slug, series in documents.items():
            if slug in datasets:
                yield category, slug, series


def _add_edge(
    around: Around,
    category: int,
    document: str,
    *,
    before: dt.date | None = None,
    after: dt.date | None = None,
) -> dt.date | None:
    """Add the nearest total before or after a day to a series and return its day, None where there is none."""
    where = around.where
    side = {"lt": before} if before else {"gt": after}
    order = "-" if before else ""
    row: tuple[Any, ...] | None
    if document == ACCEPTED:
        points = _points(where).filter(category_id=category, **{f"date__{k}": v for k, v in side.items()})
        row = points.order_by(f"{order}date").values_list("date", "total", "printed_change", "entry_id").first()
        series = around.points[category]
    else:
        entries = _stated(where).filter(
            category_id=category,
            report__document__slug=document,
            **{f"report__date__{k}": v for k, v in side.items()},
        )
        row = entries.order_by(f"{order}report__date").values_list("report__date", "total", "change", "pk").first()
        series = around.stated[category][document]
    if row is None:
        return None
    date, total, printed, entry = row
    if total is None:
        return None
    series[date] = Stated(total, printed, entry)
    return date


def nearest_days(around: Around, document: str, days: set[dt.date], first: dt.date, last: dt.date) -> set[dt.date]:
    """The nearest stated days outside the days read, asked for only where a gap could lead there."""
    days_of: QuerySet[Any]
    if document == ACCEPTED:
        days_of, lookup = _points(around.where), "date"
    else:
        days_of, lookup = _stated(around.where).filter(report__document__slug=document), "report__date"
    found = set()
    if first not in days:
        found |= set(
            days_of.filter(**{f"{lookup}__lt": first}).order_by(f"-{lookup}").values_list(lookup, flat=True)[:1]
        )
    if last not in days:
        found |= set(days_of.filter(**{f"{lookup}__gt": last}).order_by(lookup).values_list(lookup, flat=True)[:1])
    return found
