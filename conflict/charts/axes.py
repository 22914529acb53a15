"""Where the ticks of a chart stand, and what they say."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import date_format

from conflict.analysis.calendar import ONE_DAY
from conflict.charts.chart import Chart, number_in_words
from conflict.charts.labels import text_width


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The value axis: its ends, and a label for each tick. On a log scale all are the plain values."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    log: bool = False

    def fraction(self, value: float) -> float:
        """Return how high a value stands: 0 at the bottom of the plot, 1 at its top."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The time axis in days: a day stands at its date, and a span of days is drawn half a day around it."""

    start: float  # ordinals of `datetime.date`
    end: float

    def fraction(self, day: float) -> float:
        """Return how far right a day stands: 0 at the left end of the plot, 1 at the right."""
        return (day - self.start) / (self.end - self.start)


def value_axis(chart: Chart) -> ValueAxis:
    """Choose the value axis of a chart: the coarsest round step that still gives four ticks.

    The axis ends where the data end, so that the picture is not half empty: its last tick may lie below its
    top.
    """
    numbers = chart.numbers or [0.0]
    low, high = min(numbers), max(numbers)
    if chart.scale == "log" and chart.numbers:
        return _log_axis(low, high)
    if chart.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (0.0, 1.0) if low == 0 else (low - abs(low) / 2, high + abs(high) / 2)
    room = (high - low) * 0.04
    low, high = (low if low == 0 else low - room), (high if high == 0 else high + room)
    step, decimals = _round_step(low, high, whole=chart.decimals == 0)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = tuple((n * step, number_in_words(n * step, decimals)) for n in range(first, last + 1))
    return ValueAxis(low, high, ticks)


def time_axis(chart: Chart) -> TimeAxis:
    """Choose the time axis of a chart that has a range."""
    if chart.start is None or chart.end is None:
        raise ValueError("A chart without a range has no time axis.")
    start, end = float(chart.start.toordinal()), float(chart.end.toordinal())
    if chart.spans_days or start == end:
        return TimeAxis(start - 0.5, end + 0.5)
    return TimeAxis(start, end)


def time_ticks(chart: Chart, *, width: float) -> tuple[tuple[dt.date, str], ...]:
    """Choose the dates that are labelled where the plot is ``width`` pixels wide: the finest that leave room."""
    if chart.start is None or chart.end is None:
        return ()
    axis = time_axis(chart)
    ticks: list[tuple[dt.date, str]] = []
    days = (chart.end - chart.start).days
    for unit, count in _STEPS:
        if days > _LONGEST[unit] or days / (_DAYS[unit] * count) > width / _LEAST_LABEL:
            continue
        ticks = list(_labelled(unit, list(_dates(unit, count, chart.start, chart.end))))
        centres = [axis.fraction(date.toordinal()) * width for date, _ in ticks]
        halves = [text_width(label) / 2 for _, label in ticks]
        spans = list(zip(centres, halves, strict=True))
        if all(b[0] - b[1] - a[0] - a[1] >= 14 for a, b in pairwise(spans)):
            break
    # A label that would stick out of the page on the right is left out; on the left the value labels give room.
    return tuple(
        (date, label)
        for date, label in ticks
        if axis.fraction(date.toordinal()) * width + text_width(label) / 2 <= width + 14
    )


_STEPS = (
    ("day", 1), ("day", 2), ("week", 1), ("week", 2),
    ("month", 1), ("month", 2), ("month", 3), ("month", 6),
    ("year", 1), ("year", 2), ("year", 5), ("year", 10),
)  # fmt: skip


_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_LONGEST = {"day": 40, "week": 100, "month": 2000, "year": 10**6}  # days of a range that readers count in these
_LEAST_LABEL = 30  # px: no label with its distance to the next is narrower


def _dates(unit: str, count: int, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """Walk the dates of a step from start to end: every n-th day or Monday, or the first of every n-th month."""
    if unit in ("day", "week"):
        step = count if unit == "day" else 7 * count
        offset = -start.toordinal() % step if unit == "day" else (1 - start.toordinal()) % 7
        date = start + offset * ONE_DAY
        while date <= end:
            yield date
            date += step * ONE_DAY
        return
    months = count if unit == "month" else 12 * count
    number = -(-(start.year * 12 + start.month - 1 + (start.day > 1)) // months) * months
    while (date := dt.date(number // 12, number % 12 + 1, 1)) <= end:
        yield date
        number += months


def _labelled(unit: str, dates: list[dt.date]) -> Iterator[tuple[dt.date, str]]:
    """Label dates as short as is clear: the year stands with the first label and where it turns."""
    year = None
    for date in dates:
        if unit == "year" or (unit == "month" and date.month == 1 and year is not None):
            label = str(date.year)
        elif date.year == year:
            label = str(date_format(date, "SHORT_MONTH_FORMAT" if unit == "month" else "SHORT_MONTH_DAY_FORMAT"))
        else:
            label = str(date_format(date, "SHORT_YEAR_MONTH_FORMAT" if unit == "month" else "SHORT_DATE_FORMAT"))
        year = date.year
        yield date, label


def _round_step(low: float, high: float, *, whole: bool) -> tuple[float, int]:
    """Return the coarsest step of 1, 2, 2.5 or 5 that gives four ticks, and the decimals it needs."""
    power = math.floor(math.log10(high - low))
    step, decimals = 1.0, 0
    for exponent in (power, power - 1):
        for digits, extra in ((5.0, 0), (2.5, 1), (2.0, 0), (1.0, 0)):
            if whole and digits * 10.0**exponent != round(digits * 10.0**exponent):
                continue
            step, decimals = digits * 10.0**exponent, max(0, extra - exponent)
            if math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) >= 3:
                return step, decimals
    return step, decimals


def _log_axis(low: float, high: float) -> ValueAxis:
    """Choose round ticks on a log scale: 1, 10, 100, and 2 and 5 between them where that leaves few."""
    if low == high:
        low, high = low / 2, high * 2
    low, high = low / 1.1, high * 1.1
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks: list[float] = []
    for steps in ((1,), (1, 3), (1, 2, 5), (1, 2, 3, 4, 5, 6, 7, 8, 9)):
        finer = [s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high]
        if ticks and len(finer) > 6:
            break
        ticks = finer
    labels = tuple((t, number_in_words(t, max(0, -math.floor(math.log10(t))))) for t in ticks)
    return ValueAxis(low, high, labels, log=True)
