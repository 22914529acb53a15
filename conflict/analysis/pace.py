"""How fast a total rises, when that would bring it to a figure, and how two stretches of time compare.

A pace is a mean of days that were reported. What it says of days to come is arithmetic and no forecast: it
holds if nothing changes. Two windows that differ give a range, and where a window is not known or does not
rise, it gives no day at all.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from dataclasses import dataclass, replace

from conflict.analysis.calendar import ONE_DAY, date_of_day
from conflict.analysis.series import Observation, Series, last_mean

WINDOWS = (30, 90)
"""The days over which a pace is taken."""

FARTHEST = 3653
"""Days: beyond ten years a pace of weeks says nothing."""

SLACK = 15
"""Days that a report may lie before the day whose total it stands for, in the comparison of two stretches."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The mean change a day over the ``days`` days up to the last report, and the day on which it arrives.

    ``rate`` None: reports are too few or too far apart to know it. ``date`` None: the rate is not known, or
    not above zero, or leads beyond ten years. ``gap``: the longest span without reports that the rate takes
    as even, 1 for none.
    """

    days: int
    rate: float | None
    date: dt.date | None = None
    gap: int = 1


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a total would reach ``figure``, counted from its last report, at the pace of each window."""

    category: str
    figure: int
    last: Observation
    paces: tuple[Pace, ...]

    @property
    def earliest(self) -> dt.date | None:
        """The first of the days at which any known pace arrives; None where none does."""
        return min((pace.date for pace in self.paces if pace.date), default=None)

    @property
    def latest(self) -> dt.date | None:
        """The last of those days; None also where some pace never arrives, which leaves the range open."""
        dates = [pace.date for pace in self.paces if pace.date]
        return max(dates) if len(dates) == len(self.paces) else None


def pace_of(series: Series, *, days: int) -> Pace:
    """Return the mean change a day over the ``days`` days that end with the last report, without a date."""
    mean = last_mean(series, days=days)
    return Pace(days, None) if mean is None else Pace(days, mean.value, None, mean.gap)


def outlook(series: Series, figure: int) -> Outlook | None:
    """Return when a total would reach a figure; None without a report, or where it has been reached already."""
    if not series.observations or max(o.total for o in series.observations) >= figure:
        return None
    last = series.observations[-1]
    paces = []
    for days in WINDOWS:
        pace = pace_of(series, days=days)
        paces.append(replace(pace, date=_arrival(last, figure, pace.rate)))
    return Outlook(series.category, figure, last, tuple(paces))


def _arrival(last: Observation, figure: int, rate: float | None) -> dt.date | None:
    """Return the first day on which the total is at the figure, if every day brings the rate."""
    if rate is None or rate <= 0:
        return None
    # A rate that is no binary number must not push a day that fits exactly to the next.
    days = math.ceil(round((figure - last.total) / rate, 9))
    if days > FARTHEST or days > (dt.date.max - last.date).days:
        return None
    return last.date + days * ONE_DAY


# -- Two stretches of time ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was reported of the days ``first`` to ``last``, which end with a report and follow one.

    ``last`` lies before the end that was asked for where that day was not reported, and ``first`` before the
    first day where the day before it was not.
    """

    first: dt.date
    last: dt.date
    change: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def rate(self) -> float:
        """The mean change a day."""
        return self.change / self.days


@dataclass(frozen=True, slots=True)
class Compared:
    """One category in two stretches of time; None where it is not known."""

    category: str
    first: Stretch | None
    second: Stretch | None

    @property
    def ratio(self) -> float | None:
        """How many times the first stretch's mean a day the second's is; None where either is not known."""
        if self.first is None or self.second is None or self.first.change <= 0:
            return None
        return self.second.rate / self.first.rate

    @property
    def difference(self) -> float | None:
        """How much higher the second mean is, as a share of the first.

        None where the ratio is, and where the second is below zero: a total that fell was corrected, and a
        correction is no share of a rate.
        """
        return None if self.ratio is None or self.ratio < 0 else self.ratio - 1


def halves(series: Series, *, first_day: dt.date, number: int) -> Compared:
    """Compare the days 1 to ``number`` // 2 with those that follow up to day ``number``.

    A category whose first report comes later than the first half's end has no first half, and no second either.
    """
    middle = date_of_day(max(number // 2, 1), first_day=first_day)
    end = date_of_day(number, first_day=first_day)
    return compare(series, (first_day, middle), (middle + ONE_DAY, end), first_day=first_day)


def compare(
    series: Series, first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date], *, first_day: dt.date
) -> Compared:
    """Compare two stretches of time, each given by its first and last day. They may overlap."""
    return Compared(
        series.category,
        stretch(series, *first, first_day=first_day),
        stretch(series, *second, first_day=first_day),
    )


def stretch(series: Series, first: dt.date, last: dt.date, *, first_day: dt.date) -> Stretch | None:
    """Return what was reported of some days, None where it is not known.

    Each border is the last report up to it, at most 15 days before it: farther away it is not known. A total
    counts since day 1, so the change of days that begin with ``first_day`` is the total at their end. None also
    where both borders are the same report.
    """
    end = _at(series, last)
    if end is None:
        return None
    if first <= first_day:
        return Stretch(first_day, end.date, end.total)
    before = _at(series, first - ONE_DAY)
    if before is None or end.date <= before.date:
        return None
    return Stretch(before.date + ONE_DAY, end.date, end.total - before.total)


def _at(series: Series, date: dt.date) -> Observation | None:
    """Return the report of a day, or else the last one before it that is near enough."""
    index = bisect_right(series.observations, date, key=lambda o: o.date)
    if index == 0 or (date - series.observations[index - 1].date).days > SLACK:
        return None
    return series.observations[index - 1]
