"""How fast a total rose before and after a day: two means side by side, which say nothing of a cause."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import Series, change_over

DAYS = 30
"""Days on each side, where nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Around:
    """The mean change a day up to a day and after it; None where it is not known.

    ``days_before`` and ``days_after`` say how many days each mean speaks of: fewer than were asked for where
    the reports begin or end inside the window, and 0 where there is no mean. ``gap`` is the longest span
    without reports that either mean takes as even, 1 for none.
    """

    category: str
    day: dt.date
    before: float | None
    after: float | None
    days_before: int
    days_after: int
    gap: int = 1

    @property
    def difference(self) -> float | None:
        """How much higher the mean after is, as a share of the mean before; None where that says nothing."""
        if self.before is None or self.after is None or self.before <= 0:
            return None
        return self.after / self.before - 1


def around(series: Series, day: dt.date, days: int = DAYS) -> Around:
    """Compare the ``days`` reports up to and with that of ``day`` with as many after it.

    A report is of its morning: what happened on the day itself is counted in the next one, and so the day's
    own report still speaks of the days before. Where the reports begin or end inside a window, its mean is
    that of the part they cover. The mean is None where that part is shorter than half the window, or than a
    span without reports that its border cuts: it would only repeat the span's own rate. Raises ValueError for
    less than one day.
    """
    if days < 1:
        raise ValueError(f"A mean is taken over one day or more, not {days}.")
    if len(series.observations) < 2:
        return Around(series.category, day, None, None, 0, 0)
    before, days_before, gap_before = _mean(series, day - (days - 1) * ONE_DAY, day)
    after, days_after, gap_after = _mean(series, day + ONE_DAY, day + days * ONE_DAY)
    return Around(series.category, day, before, after, days_before, days_after, max(gap_before, gap_after))


def _mean(series: Series, start: dt.date, end: dt.date) -> tuple[float | None, int, int]:
    """Return the mean over the covered part of the days, how many these are, and the longest span cut."""
    wanted = (end - start).days + 1
    first = max(start, series.observations[0].date + ONE_DAY)
    last = min(end, series.observations[-1].date)
    covered = (last - first).days + 1
    if covered < 1 or 2 * covered < wanted:
        return None, 0, 1
    value = change_over(series, first, last)
    if value.value is None or value.gap > covered:
        return None, 0, 1
    return value.value / covered, covered, value.gap
