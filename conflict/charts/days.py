"""Days laid out as a calendar: weeks are columns from Monday down, years stand one under another.

The picture is for the eye and the pointer: sixteen hundred stops of the Tab key would help nobody, so it is
hidden from assistive technology, and a table with the same links stands beside it. Shapes are drawn once and
used by name, so that four years and a half stay light.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString

PITCH = 12  # from one day to the next; a shape is 10 wide
LEFT = 40  # where the first week begins, after the number of the year
TOP = 16  # where Monday stands, under the names of the months
YEAR = TOP + 7 * PITCH + 10  # from one year to the next
WIDTH = LEFT + 54 * PITCH


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands for a kind of day: its path in units of the picture, 10 by 10, and the class that colours it."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is drawn: the name of its shape, its words after the date, and where it leads ("": nowhere)."""

    date: dt.date
    shape: str
    words: str = ""
    address: str = ""


def drawing(days: Sequence[Day], shapes: Mapping[str, Shape]) -> SafeString:
    """Draw days, oldest first and none twice, as SVG. Nothing is drawn for days that are not given."""
    years = [list(year) for _, year in groupby(days, lambda day: day.date.year)]
    drawn = [
        f'<svg class="calendar" viewBox="0 0 {WIDTH} {max(len(years), 1) * YEAR}" aria-hidden="true">',
        definitions(shapes),
    ]
    for row, year in enumerate(years):
        drawn += _year(year, row * YEAR)
    drawn.append("</svg>")
    return SafeString("".join(drawn))  # numbers, dates and escaped words


def definitions(shapes: Mapping[str, Shape]) -> str:
    """Write the shapes once, each under its name, for `use`."""
    paths = (f'<path id="{name}" class="{shape.kind}" d="{shape.path}"/>' for name, shape in shapes.items())
    return "".join(("<defs>", *paths, "</defs>"))


def key(shape: Shape) -> SafeString:
    """Draw a shape as a picture of its own, for the legend."""
    return SafeString(
        f'<svg class="day-key" viewBox="-2 -2 14 14" aria-hidden="true">'
        f'<path class="{shape.kind}" d="{shape.path}"/></svg>'
    )


def month_names(year: int, left: int, top: int) -> Iterable[str]:
    """Write each month's name over its first week."""
    for week, name in month_places(year):
        yield f'<text x="{left + week * PITCH}" y="{top + 10}">{escape(name)}</text>'


def month_places(year: int) -> Iterable[tuple[int, str]]:
    """Give each month's name and its first week: the first that is the month's from Monday on, 0 of the year's."""
    monday = first_monday(year)
    for month in range(1, 13):
        start = dt.date(year, month, 1)
        yield -(-(start.toordinal() - monday) // 7), date_format(start, "SHORT_MONTH_FORMAT")


def first_monday(year: int) -> int:
    """Return the ordinal of the Monday of the week in which 1 January lies."""
    first = dt.date(year, 1, 1)
    return first.toordinal() - first.weekday()


def _year(days: Sequence[Day], top: int) -> list[str]:
    number = days[0].date.year
    monday = first_monday(number)
    drawn = [f'<text class="calendar-year" x="0" y="{top + TOP + 9}">{number}</text>']
    drawn += month_names(number, LEFT, top)
    names = [escape(date_format(dt.date(number, month, 1), "SHORT_YEAR_MONTH_FORMAT")) for month in range(1, 13)]
    for day in days:
        column, weekday = divmod(day.date.toordinal() - monday, 7)
        x, y = LEFT + column * PITCH, top + TOP + weekday * PITCH
        words = f"{day.date.day} {names[day.date.month - 1]}{': ' if day.words else ''}{escape(day.words)}"
        use = f'<use href="#{day.shape}" x="{x}" y="{y}"'
        if day.address:
            # Out of the order of Tab: the table beside the picture has the same links.
            drawn.append(f'<a href="{escape(day.address)}" tabindex="-1">{use}/><title>{words}</title></a>')
        else:
            drawn.append(f"{use}><title>{words}</title></use>")
    return drawn
