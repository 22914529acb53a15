"""A calendar of the account: every day by whether its readings agree, years one under another.

A day has a shape as well as a colour. The picture is for the eye and the pointer: sixteen hundred stops of the
Tab key would help nobody, so it is hidden from assistive technology, and a table of the months stands beside
it. Shapes are drawn once and used by name, so that four years and a half stay light.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.charts.chart import number_in_words

PITCH = 12  # from one day to the next; a shape is 10 wide
LEFT = 40  # where the first week begins, after the number of the year
TOP = 16  # where Monday stands, under the names of the months
YEAR = TOP + 7 * PITCH + 10  # from one year to the next
WIDTH = LEFT + 54 * PITCH


class State(Enum):
    """How a day stands in the account, from best to worst."""

    AGREE = "agree"
    ONE = "one"
    DIFFER = "differ"
    MISSING = "missing"


SHAPES = {
    State.AGREE: "M0 0h10v10H0z",
    State.ONE: "M.7.7h8.6v8.6H.7z",
    State.DIFFER: "M5-1.5L11.5 5 5 11.5-1.5 5zM5 3.5L3.5 5 5 6.5 6.5 5z",
    State.MISSING: "M2 2l6 6M8 2L2 8",
}
"""A full square, an empty one, a diamond with a hole, a cross: in units of the picture, 10 by 10."""


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

    Weeks are columns, from Monday down. Nothing is drawn for days outside the account. The shapes of `legend`
    are the same.
    """
    years = [list(year) for _, year in groupby(days, lambda day: day.date.year)]
    drawn = [
        f'<svg class="calendar" viewBox="0 0 {WIDTH} {max(len(years), 1) * YEAR}" aria-hidden="true">',
        "<defs>",
        *(f'<path id="day-{s.value}" class="day-{s.value}" d="{d}"/>' for s, d in SHAPES.items()),
        "</defs>",
    ]
    for row, year in enumerate(years):
        drawn += _year(year, row * YEAR, address)
    drawn.append("</svg>")
    return SafeString("".join(drawn))  # numbers, dates and escaped words


def legend() -> list[tuple[SafeString, str]]:
    """Return each shape as a picture of its own with its words."""
    return [
        (
            SafeString(
                f'<svg class="day-key" viewBox="-2 -2 14 14" aria-hidden="true">'
                f'<path class="day-{state.value}" d="{shape}"/></svg>'
            ),
            in_words(state),
        )
        for state, shape in SHAPES.items()
    ]


def _year(days: Sequence[CalendarDay], top: int, address: Callable[[dt.date], str]) -> list[str]:
    number = days[0].date.year
    first = dt.date(number, 1, 1)
    monday = first.toordinal() - first.weekday()
    drawn = [f'<text class="calendar-year" x="0" y="{top + TOP + 9}">{number}</text>']
    for month in range(1, 13):
        start = dt.date(number, month, 1)
        # The name stands over the first week that is the month's from Monday on.
        x = LEFT + -(-(start.toordinal() - monday) // 7) * PITCH
        drawn.append(f'<text x="{x}" y="{top + 10}">{escape(date_format(start, "M"))}</text>')
    names = [escape(date_format(dt.date(number, month, 1), "M Y")) for month in range(1, 13)]
    missing = escape(_("no report here"))
    for day in days:
        column, weekday = divmod(day.date.toordinal() - monday, 7)
        x, y = LEFT + column * PITCH, top + TOP + weekday * PITCH
        words = f"{day.date.day} {names[day.date.month - 1]}"
        use = f'<use href="#day-{day.state.value}" x="{x}" y="{y}"'
        if day.state == State.MISSING:
            drawn.append(f"{use}><title>{words}: {missing}</title></use>")
            continue
        if day.differences:
            figures = ngettext("%(count)d figure differs", "%(count)d figures differ", day.differences)
            words += f": {escape(figures % {'count': day.differences})}"
        # Out of the order of Tab: the table of the months has the same links.
        drawn.append(f'<a href="{escape(address(day.date))}" tabindex="-1">{use}/><title>{words}</title></a>')
    return drawn
