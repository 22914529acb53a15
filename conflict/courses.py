"""The courses that a query asks for, for pages and exports: loaded from the points, and measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from conflict.analysis.relative import indexed, shares
from conflict.analysis.series import (
    PERIODS,
    Measured,
    Series,
    changes_per_day,
    mean_rate,
    per_period,
    totals,
)
from conflict.models import Category, Point
from conflict.queries import LEDGER, Asked


@dataclass(frozen=True, slots=True)
class Course:
    """What one source states of one category: its whole series, and on which days an earlier version differed."""

    source: str  # slugs
    category: Category
    series: Series
    changed: frozenset[dt.date] = frozenset()

    @property
    def key(self) -> str:
        return self.series.category


def key_of(source: str, category: str) -> str:
    """Name a course in charts and tables: the category's slug, and the source where it is not the ledger's own."""
    return category if source == LEDGER["source"] else f"{category}@{source}"


def load_courses(asked: Asked, categories: Sequence[Category] | None = None) -> list[Course]:
    """Return a course for each category asked for, or of those given, from each source asked for. One query.

    Of the ledger's own source there is one for every category, also without a report; of others only where they
    state something. The range is not applied: a rate in it must know the report before.
    """
    chosen = asked.categories if categories is None else categories
    points = Point.objects.known_at(asked.version).filter(source__slug__in=asked.sources)
    points = points.filter(party__slug=LEDGER["party"]).in_categories(c.slug for c in chosen)
    columns = ("source__slug", "category_id", "date", "total", "printed_change", "to_version_id")
    rows = points.order_by("source_id", "category_id", "date", "from_version_id").values_list(*columns)
    found = {key: _stand(cells, asked.version) for key, cells in groupby(rows, key=lambda row: row[:2])}
    courses = []
    for source in asked.sources:
        for category in chosen:
            if (source, category.pk) in found or source == LEDGER["source"]:
                stated, changed = found.get((source, category.pk), ([], frozenset()))
                series = Series.of(key_of(source, category.slug), category.get_unit_display(), stated)
                courses.append(Course(source, category, series, changed))
    return courses


def _stand(
    cells: Iterable[tuple], version: int | None
) -> tuple[list[tuple[dt.date, int, int | None]], frozenset[dt.date]]:
    """Take of each day's points, oldest first, the one that stands, and the days that once had another total."""
    stated: list[tuple[dt.date, int, int | None]] = []
    changed: set[dt.date] = set()
    earlier: set[int] = set()
    day = None
    for _source, _category, date, total, printed, closed in cells:
        if date != day:
            day, earlier = date, set()
        if closed is not None and (version is None or closed <= version):
            earlier.add(total)
            continue
        stated.append((date, total, printed))
        if earlier - {total}:
            changed.add(date)
    return stated, frozenset(changed)


def measure_all(asked: Asked, series: Sequence[Series]) -> list[Measured]:
    """Take the measure that is asked for of every series, over all its days.

    A share is one of the last total in the range. An index is 100 on its base day, or else on the first day of
    the range. Raises ValueError for a measure that there is not.
    """
    return [_measure(asked, s) for s in series]


def order_of(asked: Asked, courses: Sequence[Course]) -> tuple[int | None, bool]:
    """Return by which course a table of these is sorted, None for the days, and whether downwards."""
    name = asked.sort.removeprefix("-")
    column = next((n for n, course in enumerate(courses) if course.key == name), None)
    return column, asked.sort != name


def _measure(asked: Asked, series: Series) -> Measured:
    if asked.measure == "total":
        return totals(series)
    if asked.measure == "change":
        return changes_per_day(series)
    if asked.measure == "share":
        return shares(series, until=asked.end)
    if asked.measure == "index":
        return indexed(series, base=asked.base or asked.start)
    kind, _, what = asked.measure.partition("-")
    if kind == "mean" and what.isdecimal():
        return mean_rate(series, days=int(what))
    for period in PERIODS:
        if (kind, what) == ("per", period):
            return per_period(series, period)
    raise ValueError(f"There is no measure {asked.measure}.")
