"""A range of days among its like: what was reported of it, its rank, and the range before."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.milestones import record_day
from conflict.analysis.series import Observation, Series, Value, changes_over

NEAR = 15
"""Days after day 1 up to which a first report may be read as the change since day 1."""


@dataclass(frozen=True, slots=True)
class RangeFacts:
    """What was reported of the days ``first`` to ``last``, as far as reports cover what was asked for.

    ``change`` and ``before`` speak of this range and of the equally long one that ends the day before it; their
    value is None where a span without reports at a border is longer than the whole range, or where reports do
    not reach (``before`` alone). ``rank`` is that of the change, 1 being the highest, among the ``ranges`` of
    equal length laid end to end before and after this one, as far as their change is known; None where this
    one's is not. ``unknown`` counts the others.
    """

    category: str
    change: Value
    highest: Observation | None  # the highest rise of a single day inside
    before: Value
    rank: int | None
    ranges: int
    unknown: int

    @property
    def mean(self) -> float | None:
        """The mean change a day."""
        return None if self.change.value is None else self.change.value / self.change.days

    @property
    def ratio(self) -> float | None:
        """The change as a multiple of that of the range before; None where either is not known or it was none."""
        if self.change.value is None or self.before.value is None or self.before.value <= 0:
            return None
        return self.change.value / self.before.value


def counted_from(series: Series, first_day: dt.date) -> Series:
    """Put the zero before day 1 in front of a series whose first report comes soon after: totals count from there.

    A series that begins later is left alone: nobody said how much of its first total fell on which day.
    """
    if not series.observations or not 0 <= (series.observations[0].date - first_day).days <= NEAR:
        return series
    first, *rest = series.observations
    before = first_day - ONE_DAY
    counted = replace(first, change=first.total, days=(first.date - before).days)
    return replace(series, observations=(Observation(before, 0), counted, *rest))


def range_facts(series: Series, start: dt.date | None, end: dt.date | None) -> RangeFacts | None:
    """Return what was reported of a range, cut to the days between the first report and the last.

    None leaves a side open. Returns None where no day of it is covered.
    """
    if len(series.observations) < 2:
        return None
    earliest, latest = series.observations[0].date + ONE_DAY, series.observations[-1].date
    first, last = max(start or earliest, earliest), min(end or latest, latest)
    if last < first:
        return None
    step = (last - first).days * ONE_DAY + ONE_DAY
    places = range(-((first - earliest) // step), (latest - last) // step + 1)  # whole ranges, this one being 0
    spans = ((first + n * step, last + n * step) for n in {*places, 0, -1})
    found = [_of_its_own(value) for value in changes_over(series, spans)]
    change, before = (next(v for v in found if v.start == start) for start in (first, first - step))
    others = [v for v in found if v is not change and v.start >= earliest]
    known = [v.value for v in others if v.value is not None]
    rank = None if change.value is None else 1 + sum(value > change.value for value in known)
    inside = slice(
        bisect_left(series.observations, first, key=lambda o: o.date),
        bisect_right(series.observations, last, key=lambda o: o.date),
    )
    return RangeFacts(
        category=series.category,
        change=change,
        highest=record_day(replace(series, observations=series.observations[inside])),
        before=before,
        rank=rank,
        ranges=len(known) + (rank is not None),
        unknown=len(others) - len(known),
    )


def _of_its_own(value: Value) -> Value:
    """Call a change unknown that would only repeat the rate of a span longer than its own days."""
    return value if value.gap <= value.days else replace(value, value=None)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value and its rank, which equal values share."""

    rank: int
    value: Value


def highest(values: Iterable[Value], *, most: int) -> list[Ranked]:
    """Return the ``most`` highest values, of equal ones the earliest first, and with them all that equal the last.

    Unknown values, those of periods that are not covered whole, and those that did not rise hold no rank.
    """
    known = [v for v in values if v.value is not None and v.value > 0 and not v.partial]
    known.sort(key=lambda v: (-(v.value or 0), v.end))
    ranked: list[Ranked] = []
    for number, value in enumerate(known, start=1):
        equal = bool(ranked) and ranked[-1].value.value == value.value
        if number > most and not equal:
            break
        ranked.append(Ranked(ranked[-1].rank if equal else number, value))
    return ranked
