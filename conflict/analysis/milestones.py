"""Round days and round figures: computed from the calendar and the totals, never typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from conflict.analysis.calendar import date_of_day, day_number
from conflict.analysis.series import Series


@dataclass(frozen=True, slots=True)
class Milestone:
    """A round day of the conflict, or the first report whose total reached a round figure.

    ``kind`` "day": ``figure`` is the day's number and ``category`` is "". ``kind`` "total": ``date`` is the
    first report at or above ``figure``; where days before it went unreported, the figure may have been
    reached from ``earliest`` on, otherwise ``earliest`` equals ``date``.
    """

    kind: Literal["day", "total"]
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
    for before, now in zip((None, *series.observations), series.observations, strict=False):
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
