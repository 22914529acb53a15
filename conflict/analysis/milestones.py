"""Round days and round figures: computed from the calendar and the totals, never typed."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from conflict.analysis.calendar import date_of_day, day_number
from conflict.analysis.series import Observation, Period, Series, Value, per_period


@dataclass(frozen=True, slots=True)
class Milestone:
    """A round day of the conflict, an anniversary, or the first report whose total reached a round figure.

    ``kind`` "day": ``figure`` is the day's number and ``category`` is "". ``kind`` "anniversary": ``figure``
    counts the years since day 1. ``kind`` "total": ``date`` is the first report at or above ``figure``; where
    days before it went unreported, the figure may have been reached from ``earliest`` on, otherwise
    ``earliest`` equals ``date``.
    """

    kind: Literal["day", "anniversary", "total"]
    date: dt.date
    figure: int
    category: str = ""
    earliest: dt.date | None = None

    @property
    def exact(self) -> bool:
        """Whether the day itself is known, not only that it was passed by then."""
        return self.earliest is None or self.earliest == self.date


def round_days(*, first_day: dt.date, until: dt.date, every: int = 100) -> tuple[Milestone, ...]:
    """Give every ``every``-th day of the conflict up to and including ``until``."""
    count = day_number(until, first_day=first_day) // every
    return tuple(
        Milestone("day", date_of_day(n * every, first_day=first_day), n * every) for n in range(1, count + 1)
    )


def anniversaries(*, first_day: dt.date, until: dt.date) -> tuple[Milestone, ...]:
    """Give the same day of each later year up to and including ``until``.

    A conflict that began on 29 February has its anniversary on the last day of February in a common year.
    """
    days = (
        (years, anniversary(years, first_day=first_day)) for years in range(1, until.year - first_day.year + 1)
    )
    return tuple(Milestone("anniversary", date, years) for years, date in days if date <= until)


def anniversary(years: int, *, first_day: dt.date) -> dt.date:
    """Return the day ``years`` years after day 1. Raises ValueError beyond the last year of the calendar."""
    year = first_day.year + years
    if (first_day.month, first_day.day) == (2, 29) and not calendar.isleap(year):
        return dt.date(year, 2, 28)
    return first_day.replace(year=year)


def milestone_days(*, first_day: dt.date, until: dt.date) -> tuple[Milestone, ...]:
    """Give every 100th day and every anniversary up to and including ``until``, oldest first."""
    days = (
        *round_days(first_day=first_day, until=until),
        *anniversaries(first_day=first_day, until=until),
    )
    return tuple(sorted(days, key=lambda milestone: milestone.date))


def next_days(*, first_day: dt.date, after: dt.date, every: int = 100) -> tuple[Milestone, Milestone]:
    """Return the next ``every``-th day and the next anniversary after a day, the nearer one first."""
    number = (max(day_number(after, first_day=first_day), 0) // every + 1) * every
    years = max(after.year - first_day.year, 1)
    if anniversary(years, first_day=first_day) <= after:
        years += 1
    days = (
        Milestone("day", date_of_day(number, first_day=first_day), number),
        Milestone("anniversary", anniversary(years, first_day=first_day), years),
    )
    return days if days[0].date <= days[1].date else (days[1], days[0])


def figures_passed(series: Series) -> tuple[Milestone, ...]:
    """Give the first report at or above each round figure of the ladder, in the order of the figures.

    A figure that the very first report already stood at or above is left out: nobody reported when it was
    reached. A total that falls back and rises again has passed a figure once, the first time.
    """
    if not series.observations:
        return ()
    passed = []
    ladder = round_figures(max(o.total for o in series.observations))
    figure = next(ladder, None)
    for before, now in zip((None, *series.observations[:-1]), series.observations, strict=True):
        while figure is not None and now.total >= figure:
            if before is not None:
                earliest = before.date + dt.timedelta(days=1)
                passed.append(Milestone("total", now.date, figure, series.category, earliest))
            figure = next(ladder, None)
    return tuple(passed)


def round_figures(highest: int) -> Iterator[int]:
    """Walk the ladder 1, 2, 5, 10 ... of a series up to ``highest``, from one power of ten below its own.

    Personnel at 1,456,610 gives 100,000, 200,000, 500,000, 1,000,000; tanks at 12,251 give 1,000 to 10,000.
    """
    if highest < 1:
        return
    base = 10 ** max(len(str(highest)) - 2, 0)
    while True:
        for step in (1, 2, 5):
            if step * base > highest:
                return
            yield step * base
        base *= 10


def next_figure(series: Series) -> int | None:
    """Return the first figure of the ladder above every total so far; ``None`` where no total is above 0."""
    highest = max((o.total for o in series.observations), default=0)
    return next((figure for figure in round_figures(10 * highest) if figure > highest), None)


def record_day(series: Series) -> Observation | None:
    """Return the highest rise from one day to the next, of equal ones the first.

    Only reports of two days in a row say what one day brought; a rise over several days is no day's record.
    ``None`` where there are none such, or no total ever rose between them.
    """
    days = [o for o in series.observations if o.days == 1 and o.change is not None and o.change > 0]
    return max(days, key=lambda o: o.change or 0, default=None)


def record_month(series: Series) -> Value | None:
    """Return the calendar month with the highest rise, as `record_period` chooses it."""
    return record_period(series, "month")


def record_period(series: Series, period: Period) -> Value | None:
    """Return the calendar week, month, quarter or year with the highest rise, of equal ones the first.

    Only periods that the reports cover whole are compared. Its ``gap`` says how long a span without reports
    had to be taken as even at the period's borders. ``None`` where no period is known, or none rose.
    """
    whole = [v for v in per_period(series, period).values if not v.partial and v.value is not None and v.value > 0]
    return max(whole, key=lambda v: v.value or 0, default=None)
