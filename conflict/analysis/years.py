"""What each calendar year brought of a total, and its share of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import Series, change_over, periods


@dataclass(frozen=True, slots=True)
class Year:
    """The change over the days ``first`` to ``last`` of one year: None where reports are too far apart.

    ``share`` is of the last total, 0 to 1, None where it is 0 or the change is not known. ``gap`` is the
    longest span without reports that the year's border cuts and that was taken as even, 1 for none.
    """

    first: dt.date
    last: dt.date
    change: float | None
    share: float | None
    gap: int = 1

    @property
    def number(self) -> int:
        return self.first.year

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def rate(self) -> float | None:
        """The mean change a day."""
        return None if self.change is None else self.change / self.days

    @property
    def whole(self) -> bool:
        """Whether the days are those of the whole year."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a total, oldest first. ``before``: what had been lost by the first report, in no known year.

    With ``before``, the changes add up to ``total``, the last one, where all are known.
    """

    years: tuple[Year, ...]
    before: int
    total: int

    @property
    def share_before(self) -> float | None:
        return self.before / self.total if self.total else None


def by_year(series: Series, *, first_day: dt.date) -> Years | None:
    """Divide the last total into the calendar years that brought it; None without a report.

    A total counts since day 1, so all of a first report in the year of ``first_day`` belongs to that year,
    from ``first_day`` on. Where the first report comes in a later year, nobody said which year its total
    fell in, and it is kept apart as ``before``.
    """
    if not series.observations:
        return None
    opening, closing = series.observations[0], series.observations[-1]
    counted = opening.date.year == first_day.year
    start = first_day if counted else opening.date + ONE_DAY
    years = []
    for january, december in periods("year", start, closing.date) if start <= closing.date else ():
        first, last = max(january, start), min(december, closing.date)
        change, gap = _change(series, first, last, from_nothing=opening.total if first == first_day else None)
        known = change if gap <= (december - january).days + 1 else None
        share = known / closing.total if known is not None and closing.total else None
        years.append(Year(first, last, known, share, gap))
    return Years(tuple(years), 0 if counted else opening.total, closing.total)


def _change(
    series: Series, first: dt.date, last: dt.date, *, from_nothing: int | None
) -> tuple[float | None, int]:
    """Return the change and the longest span cut; ``from_nothing``: what the first report had already."""
    opening = series.observations[0]
    if from_nothing is None:
        value = change_over(series, first, last)
        return value.value, value.gap
    if last <= opening.date:
        return from_nothing, 1
    value = change_over(series, opening.date + ONE_DAY, last)
    return (None if value.value is None else from_nothing + value.value), value.gap
