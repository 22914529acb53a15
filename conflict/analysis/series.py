"""The reported totals of one category over time, and what can be measured from them.

A total is cumulative. Between two reports only the difference is known: where days are missing, the change
over a span of n days gives the mean rate of the span and nothing about its single days. Every value here
says over which days it speaks and how long a span it had to take as even (``gap``), so that nothing is
interpolated silently. Totals that fall (a source corrects itself) give negative changes, and those are kept.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from conflict.analysis.calendar import ONE_DAY

Period = Literal["week", "month", "quarter", "year"]

PERIODS: tuple[Period, ...] = ("week", "month", "quarter", "year")

MOST_BARS = 200
"""More daily bars than this are drawn as means of a week."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One reported total. ``change`` and ``days`` count from the observation before: None for the first.

    ``printed_change`` is what the document itself says changed: None is "not stated", never 0.
    """

    date: dt.date
    total: int
    change: int | None = None
    days: int | None = None
    printed_change: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one category, in the order of their dates, no date twice."""

    category: str  # the slug
    unit: str  # what is counted, in the plural: "tanks"
    observations: tuple[Observation, ...] = ()

    @classmethod
    def of(cls, category: str, unit: str, rows: Iterable[tuple[dt.date, int, int | None]]) -> Series:
        """Make a series of rows (date, total, printed change or None), and compute changes and spans.

        Raises ValueError, naming the dates, where the dates do not ascend.
        """
        made: list[Observation] = []
        for date, total, printed in rows:
            if not made:
                made.append(Observation(date, total, None, None, printed))
                continue
            before = made[-1]
            days = (date - before.date).days
            if days < 1:
                raise ValueError(f"The dates of {category} do not ascend: {date} follows {before.date}.")
            made.append(Observation(date, total, total - before.total, days, printed))
        return cls(category, unit, tuple(made))

    @property
    def missing_days(self) -> int:
        """How many days between the first and the last observation have none of their own."""
        return sum(o.days - 1 for o in self.observations if o.days)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a measure: it speaks of the days from ``start`` to ``end``, both included.

    ``value`` None is "not known". ``gap`` is the length in days of the longest unreported span whose change
    the value takes as even over its days; 1 when it had to take none so. (Of a total: the days since the
    report before.) ``partial`` marks a calendar period that the observations cover only in part: ``start``
    and ``end`` are then the part covered.
    """

    start: dt.date
    end: dt.date
    value: float | None
    gap: int = 1
    partial: bool = False

    @property
    def days(self) -> int:
        """How many days the value speaks of."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure taken of a series. ``bin_days`` above 1: single days were joined into means of that many."""

    # "total", "change", "mean-7", ... "mean-30", "per-week", ... "per-year", "rate-month", "share", "index"
    measure: str
    category: str
    unit: str
    values: tuple[Value, ...]
    bin_days: int = 1

    def between(self, start: dt.date | None, end: dt.date | None) -> Measured:
        """Keep the values whose last day lies in the range, ends included; None leaves a side open."""
        kept = tuple(v for v in self.values if (not start or v.end >= start) and (not end or v.end <= end))
        return replace(self, values=kept)


def totals(series: Series) -> Measured:
    """Give the total on each reported day. ``gap`` is the number of days since the report before."""
    values = tuple(Value(o.date, o.date, o.total, o.days or 1) for o in series.observations)
    return Measured("total", series.category, series.unit, values)


def changes_per_day(series: Series) -> Measured:
    """Give the change per day for each span between two reports.

    Across n days the value is the mean rate of the span (change / n) and speaks of all n days; a single day's
    change is a whole number. The first report has none: nobody said how much of it fell on which day.
    """
    values = tuple(
        Value(o.date - (o.days - 1) * ONE_DAY, o.date, o.change if o.days == 1 else o.change / o.days, o.days)
        for o in series.observations
        if o.change is not None and o.days is not None
    )
    return Measured("change", series.category, series.unit, values)


def mean_rate(series: Series, *, days: int) -> Measured:
    """Give, for each report, the mean change per day over the ``days`` days that end with it.

    A window that begins on a reported day is exact, whatever is missing inside. A span that the window's
    border cuts counts with its mean rate for the days inside, and ``gap`` says how long it is. The value is
    None where the window begins before the first report, and where the span it cuts is longer than itself:
    such a window would only repeat the span's own rate under a finer name.
    """
    if days < 1:
        raise ValueError(f"A mean is taken over one day or more, not {days}.")
    course = _Course(series)
    values = []
    for o in series.observations:
        start = o.date - (days - 1) * ONE_DAY
        change, gap = course.change(start, o.date)
        known = change is not None and gap <= days
        values.append(Value(start, o.date, change / days if known and change is not None else None, gap))
    return Measured(f"mean-{days}", series.category, series.unit, tuple(values))


def per_period(series: Series, period: Period) -> Measured:
    """Give the change over each calendar period (weeks begin on Monday) between the first and last report.

    The first and last period are ``partial`` where the reports do not reach their ends. A span that crosses
    the border of a period counts with its mean rate for the days inside, and ``gap`` says how long it is.
    The value is None where a span is longer than the whole period: then nothing is known about this period
    alone.
    """
    if len(series.observations) < 2:
        return Measured(f"per-{period}", series.category, series.unit, ())
    course = _Course(series)
    first, last = series.observations[0].date + ONE_DAY, series.observations[-1].date
    values = []
    for start, end in periods(period, first, last):
        inner, outer = max(start, first), min(end, last)
        change, gap = course.change(inner, outer)
        known = change if gap <= (end - start).days + 1 else None
        values.append(Value(inner, outer, known, gap, (inner, outer) != (start, end)))
    return Measured(f"per-{period}", series.category, series.unit, tuple(values))


def rate_per_month(series: Series) -> Measured:
    """Give the mean change per day of each calendar month: the small picture of a category's course."""
    months = per_period(series, "month")
    values = tuple(replace(v, value=None if v.value is None else v.value / v.days) for v in months.values)
    return replace(months, measure="rate-month", values=values)


def last_mean(series: Series, *, days: int) -> Value | None:
    """Give what `mean_rate` says of the ``days`` days that end with the last report; None without a report."""
    if not series.observations:
        return None
    before = series.observations[-1].date - days * ONE_DAY
    # Only the observations from the one before the window on matter.
    index = max(bisect_right(series.observations, before, key=lambda o: o.date) - 1, 0)
    return mean_rate(replace(series, observations=series.observations[index:]), days=days).values[-1]


def usual_rate(series: Series, *, days: int = 30) -> float | None:
    """Give the mean change per day over the last ``days`` days, or None where `mean_rate` knows none."""
    mean = last_mean(series, days=days)
    return None if mean is None else mean.value


def changes_over(series: Series, spans: Iterable[tuple[dt.date, dt.date]]) -> list[Value]:
    """Give the change over any spans of days, each from its first day to its last, both included.

    A span without reports that a border cuts counts with its mean rate for the days inside, and ``gap`` is its
    length. The value is None where the days are not covered by the first report and the last.
    """
    course = _Course(series)
    return [Value(start, end, *course.change(start, end)) for start, end in spans]


def change_over(series: Series, start: dt.date, end: dt.date) -> Value:
    """Give what `changes_over` says of one span. Raises ValueError where its last day lies before the first."""
    if end < start:
        raise ValueError(f"{end} lies before {start}.")
    (value,) = changes_over(series, [(start, end)])
    return value


def binned(changes: Measured, *, most: int = MOST_BARS) -> Measured:
    """Join daily changes into means of a week where more than ``most`` days are to be shown.

    No span is ever cut: each goes whole to the week (from Monday) in which it ends, so every mean is exact
    for the days it names; spans longer than a week therefore stay as they are.
    """
    if not changes.values or (changes.values[-1].end - changes.values[0].start).days < most:
        return changes
    values = []
    for _, group in groupby(changes.values, key=lambda v: v.end - v.end.weekday() * ONE_DAY):
        week = list(group)
        days = sum(v.days for v in week)
        change = sum(v.value * v.days for v in week if v.value is not None)
        values.append(Value(week[0].start, week[-1].end, _tidy(change / days), max(v.gap for v in week), days < 7))
    return replace(changes, values=tuple(values), bin_days=7)


def in_range(measured: Measured, start: dt.date | None, end: dt.date | None) -> Measured:
    """Give what a picture of some days shows: the values that end in them, many daily changes as weeks."""
    kept = measured.between(start, end)
    return binned(kept) if kept.measure == "change" else kept


def periods(period: Period, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Walk the calendar periods that touch the days ``first`` to ``last``: the first and last day of each."""
    start = period_start(period, first)
    while start <= last:
        following = period_start(period, start + _LONGEST[period])
        yield start, following - ONE_DAY
        start = following


_LONGEST = {  # from the first day of a period this leads into the next one and never past it
    "week": dt.timedelta(days=7),
    "month": dt.timedelta(days=31),
    "quarter": dt.timedelta(days=92),
    "year": dt.timedelta(days=366),
}


def period_start(period: Period, date: dt.date) -> dt.date:
    """Return the first day of the calendar period in which a date lies; weeks begin on Monday."""
    if period == "week":
        return date - date.weekday() * ONE_DAY
    if period == "month":
        return date.replace(day=1)
    if period == "quarter":
        return date.replace(month=date.month - (date.month - 1) % 3, day=1)
    return date.replace(month=1, day=1)


def _tidy(number: float) -> float:
    """Give a whole number as int: a week's mean of whole changes may be whole."""
    return int(number) if number == int(number) else number


class _Course:
    """The total as a function of the day, straight between two reports."""

    def __init__(self, series: Series) -> None:
        self.days = [o.date.toordinal() for o in series.observations]
        self.totals = [o.total for o in series.observations]

    def change(self, start: dt.date, end: dt.date) -> tuple[float | None, int]:
        """Return the change over the days, None if not covered, and the longest span their borders cut."""
        before, last = start.toordinal() - 1, end.toordinal()
        if not self.days or before < self.days[0] or last > self.days[-1]:
            return None, 1
        (total_before, gap_before), (total, gap) = self._total(before), self._total(last)
        return total - total_before, max(gap_before, gap)

    def _total(self, day: int) -> tuple[float, int]:
        """Return the total at a day and the length of the span it lies inside, 1 on a reported day."""
        right = bisect_left(self.days, day)
        if self.days[right] == day:
            return self.totals[right], 1
        left = right - 1
        span = self.days[right] - self.days[left]
        rise = self.totals[right] - self.totals[left]
        return self.totals[left] + rise * (day - self.days[left]) / span, span
