"""The scale under the strips of the timeline: the dates of the calendar, and under them the days of the war."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.calendar import ONE_DAY, date_of_day, day_number, last_of_month
from conflict.charts.axes import time_axis, time_ticks
from conflict.charts.chart import Chart, number_in_words
from conflict.charts.svg import _percent, markup

SHORT = 100  # days: on a scale up to this long events are counted by the day
LEAST_DAY_LABEL = 74  # px from one day number to the next


@dataclass(frozen=True, slots=True)
class Frame:
    """A width that the strips are laid out for: the least that their plot measures while it is shown."""

    classes: str
    plot_width: int  # px
    most_rows: int


FRAMES = (
    Frame("chart-at-narrow chart-at-medium", plot_width=288, most_rows=5),
    Frame("chart-at-wide", plot_width=740, most_rows=5),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from ``start`` to ``end``, both whole, on a plot from 0 to 1. ``first_day`` is day 1."""

    start: dt.date
    end: dt.date
    first_day: dt.date

    def fraction(self, day: dt.date, *, of_day: float = 0.5) -> float:
        """Return how far right a moment of a day stands: its middle, or its beginning (0) or end (1)."""
        whole = (self.end - self.start).days + 1
        return ((day - self.start).days + of_day) / whole

    @property
    def is_short(self) -> bool:
        """Whether events are counted by the day, not by the month."""
        return (self.end - self.start).days <= SHORT

    @property
    def chart(self) -> Chart:
        """The same days as an empty chart, for what chooses ticks."""
        return Chart("", "", "", "bars", (), self.start, self.end)

    def month_of(self, date: dt.date) -> dt.date:
        """Return the first day of a date's month that the scale shows."""
        return max(max(date, self.start).replace(day=1), self.start)

    def years(self) -> Iterator[dt.date]:
        """Walk the first days of the years, or of the months where the scale holds no two years' beginnings."""
        if (self.end - self.start).days > 400:
            yield from (dt.date(year, 1, 1) for year in range(self.start.year + 1, self.end.year + 1))
            return
        date = last_of_month(self.start) + ONE_DAY
        while date <= self.end:
            yield date
            date = last_of_month(date) + ONE_DAY


def axis(scale: Scale) -> SafeString:
    """Draw the scale twice: the dates of the calendar, and under them the days of the war."""
    written = []
    for frame in FRAMES:
        root = Element("svg", {"class": f"strip-axis {frame.classes}", "aria-hidden": "true"})
        place = time_axis(scale.chart)
        for date, label in time_ticks(scale.chart, width=frame.plot_width):
            x = _percent(place.fraction(date.toordinal()))
            SubElement(root, "line", {"class": "chart-zero", "x1": x, "x2": x, "y1": "0", "y2": "5"})
            SubElement(root, "text", {"class": "chart-tick chart-tick-x", "x": x, "y": "17"}).text = label
        for number in day_ticks(scale, frame.plot_width):
            date = date_of_day(number, first_day=scale.first_day)
            at = scale.fraction(date)
            SubElement(
                root,
                "text",
                {
                    "class": "chart-tick strip-day",
                    "x": _percent(at),
                    "y": "34",
                    "text-anchor": "start" if at < 0.06 else "end" if at > 0.94 else "middle",
                },
            ).text = _("day %(number)s") % {"number": number_in_words(number)}
        written.append(markup(root))
    return SafeString("".join(written))


def day_ticks(scale: Scale, width: int) -> list[int]:
    """Choose the day numbers that are labelled: the roundest that leave room, and day 1 where there is room."""
    days = (scale.end - scale.start).days + 1
    steps = (1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2000, 5000)
    step = next((s for s in steps if s * width / days >= LEAST_DAY_LABEL), steps[-1])
    first = max(day_number(scale.start, first_day=scale.first_day), 1)
    last = day_number(scale.end, first_day=scale.first_day)
    numbers = list(range(-(-first // step) * step, last + 1, step))
    if first == 1 <= last and step > 1 and (step - 1) * width / days >= LEAST_DAY_LABEL:
        numbers.insert(0, 1)
    return numbers
