"""A calendar of the account: every day by whether its readings agree. A day has a shape as well as a colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.charts import days as calendar_of_days
from conflict.charts.chart import number_in_words
from conflict.charts.days import Day, Shape, key


class State(Enum):
    """How a day stands in the account, from best to worst."""

    AGREE = "agree"
    ONE = "one"
    DIFFER = "differ"
    MISSING = "missing"


SHAPES = {
    State.AGREE: Shape("M0 0h10v10H0z", "day-agree"),
    State.ONE: Shape("M.7.7h8.6v8.6H.7z", "day-one"),
    State.DIFFER: Shape("M5-1.5L11.5 5 5 11.5-1.5 5zM5 3.5L3.5 5 5 6.5 6.5 5z", "day-differ"),
    State.MISSING: Shape("M2 2l6 6M8 2L2 8", "day-missing"),
}
"""A full square, an empty one, a diamond with a hole, a cross."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day, how many readings it has, and in how many categories these state different totals."""

    date: dt.date
    readings: int = 0
    differences: int = 0

    @property
    def state(self) -> State:
        if not self.readings:
            return State.MISSING
        if self.differences:
            return State.DIFFER
        return State.AGREE if self.readings > 1 else State.ONE


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The days of one month by state: the table behind the picture."""

    first: dt.date
    days: tuple[CalendarDay, ...]

    def of(self, state: State) -> list[CalendarDay]:
        return [day for day in self.days if day.state == state]

    @property
    def reported(self) -> int:
        return sum(day.state != State.MISSING for day in self.days)

    @property
    def agree(self) -> int:
        return len(self.of(State.AGREE))

    @property
    def one(self) -> int:
        return len(self.of(State.ONE))

    @property
    def differ(self) -> list[CalendarDay]:
        return self.of(State.DIFFER)

    @property
    def missing(self) -> list[tuple[dt.date, dt.date]]:
        """Runs of days without a report, as first and last day."""
        runs = groupby(self.days, lambda day: day.state == State.MISSING)
        found = [list(run) for missing, run in runs if missing]
        return [(run[0].date, run[-1].date) for run in found]


def months_of(days: Sequence[CalendarDay]) -> list[CalendarMonth]:
    """Group days, oldest first, by month; the newest month comes first."""
    grouped = groupby(days, lambda day: (day.date.year, day.date.month))
    months = [list(month) for _, month in grouped]
    return [CalendarMonth(month[0].date.replace(day=1), tuple(month)) for month in reversed(months)]


def count_states(days: Sequence[CalendarDay]) -> dict[State, int]:
    """Count the days by state, every state named."""
    counts = dict.fromkeys(State, 0)
    for day in days:
        counts[day.state] += 1
    return counts


def in_words(state: State) -> str:
    """Name a state as the legend does."""
    return {
        State.AGREE: _("two readings or more, and they agree"),
        State.ONE: _("one reading only"),
        State.DIFFER: _("the readings differ"),
        State.MISSING: _("no report here"),
    }[state]


def summary(days: Sequence[CalendarDay]) -> str:
    """Say in a sentence what the calendar shows: the words that stand for the picture."""
    if not days:
        return _("No day has a report yet.")
    counts = count_states(days)
    return _(
        "Days from %(first)s to %(last)s: %(agree)s on which all readings agree, %(one)s with one reading only, "
        "%(differ)s on which the readings differ, %(missing)s without a report here."
    ) % {
        "first": date_format(days[0].date),
        "last": date_format(days[-1].date),
        **{state.value: number_in_words(count) for state, count in counts.items()},
    }


def drawing(days: Sequence[CalendarDay], *, address: Callable[[dt.date], str]) -> SafeString:
    """Draw the days, oldest first and none twice, as SVG; ``address`` is where a reported day leads.

    The shapes of `legend` are the same.
    """
    shapes = {shape.kind: shape for shape in SHAPES.values()}
    return calendar_of_days.drawing([_drawn(day, address) for day in days], shapes)


def legend() -> list[tuple[SafeString, str]]:
    """Return each shape as a picture of its own with its words."""
    return [(key(shape), in_words(state)) for state, shape in SHAPES.items()]


def _drawn(day: CalendarDay, address: Callable[[dt.date], str]) -> Day:
    shape = SHAPES[day.state].kind
    if day.state == State.MISSING:
        return Day(day.date, shape, _("no report here"))
    figures = ""
    if day.differences:
        figures = ngettext("%(count)d figure differs", "%(count)d figures differ", day.differences)
        figures %= {"count": day.differences}
    return Day(day.date, shape, figures, address(day.date))
