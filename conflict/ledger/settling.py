"""From readings to points: what a version changes once its reports and decisions are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q

from conflict.ledger.acceptance import Cell, Reading, Standing, accept_series, series_of, settle_series
from conflict.ledger.chain import Change, version_hash
from conflict.models import Category, Decision, Document, LossEntry, Party, Point, Report, Source, Version

CHUNK = 2000

Series = tuple[int, int, int]

Life = tuple[Series, Standing, int, int | None]
"""A point with the versions between which it stands."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A version, and how many points it opened and closed."""

    version: Version
    opened: int
    closed: int


def settle(
    *, cells: Collection[Cell], number: int, time: dt.datetime, kind: str, by: str, reason: str
) -> Settlement:
    """Write version ``number`` and the points that follow from the readings of ``cells``.

    The caller holds the transaction and has written reports and decisions already.
    """
    time = time.replace(microsecond=0)  # what a fixture or a package can carry without loss
    readings = read_cells(cells)
    decisions = _decisions(cells)
    standing = _standing_around(cells)
    closed: list[tuple[Series, Standing]] = []
    opened: list[tuple[Series, Standing]] = []
    for series, dates in series_of(cells).items():
        accepted = accept_series(
            series, dates, readings, decisions=decisions, dataset_order=settings.DATASET_ORDER
        )
        out, into = settle_series(standing.get(series, {}), accepted)
        closed += [(series, point) for point in out]
        opened += [(series, point) for point in into]
    previous = Version.objects.newest()
    version = Version(
        number=number,
        time=time,
        kind=kind,
        by=by,
        reason=reason,
        opened=len(opened),
        closed=len(closed),
        previous_hash=previous.hash if previous else "",
    )
    version.hash = hash_of(version, previous=version.previous_hash, opened=opened, closed=closed)
    version.save(force_insert=True)
    _close_points(closed, number)
    _open_points(opened, number)
    return Settlement(version, len(opened), len(closed))


def read_cells(cells: Collection[Cell]) -> dict[Cell, list[Reading]]:
    """Return every published reading of the given cells. One query for each source and party."""
    found: dict[Cell, list[Reading]] = {}
    for where in _windows(cells):
        rows = LossEntry.objects.filter(
            report__status=Report.Status.PUBLISHED, total__isnull=False, **where("report__")
        ).values_list(*READING_FIELDS)
        for row in rows.iterator(CHUNK):
            cell, reading = reading_of(row)
            if cell in cells:
                found.setdefault(cell, []).append(reading)
    return found


READING_FIELDS = (
    "report__source_id",
    "report__party_id",
    "category_id",
    "report__date",
    "pk",
    "total",
    "change",
    "report__document__slug",
    "report__document__kind",
    "report__from_version_id",
)


def reading_of(row: tuple[Any, ...]) -> tuple[Cell, Reading]:
    """Return what a row of ``READING_FIELDS`` states, and of which cell."""
    entry, total, change, slug, kind, since = row[4:]
    return Cell(*row[:4]), Reading(entry, total, change, slug, kind == Document.Kind.DATASET, since)


def _decisions(cells: Collection[Cell]) -> dict[Cell, int]:
    standing = Decision.objects.standing()
    found = {Cell(row.source_id, row.party_id, row.category_id, row.date): row.entry_id for row in standing}
    return {cell: entry for cell, entry in found.items() if cell in cells}


class _Window:
    """The span of dates that a set of cells covers for one source and party, as filter arguments."""

    def __init__(self, source: int, party: int, first: dt.date, last: dt.date) -> None:
        self.source, self.party, self.first, self.last = source, party, first, last

    def __call__(self, prefix: str = "") -> dict[str, object]:
        return {
            f"{prefix}source_id": self.source,
            f"{prefix}party_id": self.party,
            f"{prefix}date__gte": self.first,
            f"{prefix}date__lte": self.last,
        }


def _windows(cells: Iterable[Cell]) -> Iterator[_Window]:
    spans: dict[tuple[int, int], list[dt.date]] = {}
    for cell in cells:
        spans.setdefault((cell.source, cell.party), []).append(cell.date)
    for (source, party), dates in spans.items():
        yield _Window(source, party, min(dates), max(dates))


STANDING_FIELDS = ("date", "entry_id", "total", "printed_change", "computed_change", "days_since_previous")
SERIES_FIELDS = ("source_id", "party_id", "category_id")


def _standing_around(cells: Collection[Cell]) -> dict[Series, dict[dt.date, Standing]]:
    """Return the standing points from the nearest before the touched dates to the nearest after, by series."""
    standing: dict[Series, dict[dt.date, Standing]] = {}

    def take(rows: Iterable[tuple[Any, ...]]) -> None:
        for source, party, category, *values in rows:
            point = Standing(*values)
            standing.setdefault((source, party, category), {})[point.date] = point

    points = Point.objects.standing()
    for window in _windows(cells):
        take(points.filter(**window()).values_list(*SERIES_FIELDS, *STANDING_FIELDS).iterator(CHUNK))
        of_party = points.filter(source_id=window.source, party_id=window.party)
        edges = [
            *of_party.filter(date__lt=window.first).values_list(*SERIES_FIELDS).annotate(edge=Max("date")),
            *of_party.filter(date__gt=window.last).values_list(*SERIES_FIELDS).annotate(edge=Min("date")),
        ]
        if edges:
            at_edge = Q()
            for _, _, category, date in edges:
                at_edge |= Q(category_id=category, date=date)
            take(of_party.filter(at_edge).values_list(*SERIES_FIELDS, *STANDING_FIELDS))
    return standing


def hash_of(
    version: Version,
    *,
    previous: str,
    opened: Sequence[tuple[Series, Standing]],
    closed: Sequence[tuple[Series, Standing]],
) -> str:
    """Return the hash that a version must have, after a version with hash ``previous``, for these changes."""
    return version_hash(
        previous=previous,
        number=version.number,
        time=version.time,
        kind=version.kind,
        by=version.by,
        reason=version.reason,
        changes=describe(opened, closed),
    )


def read_lives() -> Iterator[Life]:
    """Yield every point that ever stood, in the order of writing. One query over the whole ledger."""
    rows: Iterable[tuple[Any, ...]] = (
        Point.objects.order_by("pk")
        .values_list(*SERIES_FIELDS, "from_version_id", "to_version_id", *STANDING_FIELDS)
        .iterator(CHUNK)
    )
    for source, party, category, since, until, *values in rows:
        yield (source, party, category), Standing(*values), since, until


def describe(
    opened: Sequence[tuple[Series, Standing]], closed: Sequence[tuple[Series, Standing]]
) -> Iterator[Change]:
    """Put changes into words that mean the same on every machine. Queries grow with the entries only."""
    slugs = _Slugs(point.entry for _, point in (*opened, *closed))
    for sign, points in (("+", opened), ("-", closed)):
        for series, point in points:
            yield slugs.change(sign, series, point)


class _Slugs:
    """The names behind primary keys, fetched once for a set of entries."""

    def __init__(self, entries: Iterable[int]) -> None:
        self.sources = dict(Source.objects.values_list("pk", "slug"))
        self.parties = dict(Party.objects.values_list("pk", "slug"))
        self.categories = dict(Category.objects.values_list("pk", "slug"))
        self.documents: dict[int, tuple[str, int]] = {}
        keys = sorted(set(entries))
        for done in range(0, len(keys), CHUNK):
            rows = LossEntry.objects.filter(pk__in=keys[done : done + CHUNK])
            for pk, slug, revision in rows.values_list("pk", "report__document__slug", "report__revision"):
                self.documents[pk] = (slug, revision)

    def change(self, sign: str, series: Series, point: Standing) -> Change:
        source, party, category = series
        document, revision = self.documents[point.entry]
        return Change(
            sign,
            self.sources[source],
            self.parties[party],
            self.categories[category],
            point.date.isoformat(),
            point.total,
            point.printed_change,
            point.computed_change,
            point.days_since_previous,
            document,
            revision,
        )


def _close_points(closed: Sequence[tuple[Series, Standing]], number: int) -> None:
    """Close standing points. The keys are few where a curator works and many where a dataset changed."""
    by_series: dict[Series, list[dt.date]] = {}
    for series, point in closed:
        by_series.setdefault(series, []).append(point.date)
    for (source, party, category), dates in by_series.items():
        series_points = Point.objects.standing().filter(source_id=source, party_id=party, category_id=category)
        for done in range(0, len(dates), CHUNK // 4):
            series_points.filter(date__in=dates[done : done + CHUNK // 4]).update(to_version_id=number)


def _open_points(opened: Sequence[tuple[Series, Standing]], number: int) -> None:
    for done in range(0, len(opened), CHUNK):
        Point.objects.bulk_create(
            Point(
                source_id=source,
                party_id=party,
                category_id=category,
                date=point.date,
                total=point.total,
                printed_change=point.printed_change,
                computed_change=point.computed_change,
                days_since_previous=point.days_since_previous,
                entry_id=point.entry,
                from_version_id=number,
            )
            for (source, party, category), point in opened[done : done + CHUNK]
        )
