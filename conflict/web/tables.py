"""The tables behind the charts: the same values, newest first, the newest or one year at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.urls import reverse
from django.utils.formats import date_format

from conflict.analysis.series import Observation, Series, Value
from conflict.charts.chart import Chart, days_in_words

NEWEST = 30  # rows of a chart's table that stand open before a year is chosen
NEWEST_DAYS = 14  # rows of a category's reports

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row of a chart's table: the days it speaks of, the address of their report, a cell for each category.

    ``address`` is "" where there is no report to lead to.
    """

    last: dt.date
    days: str
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table, None where the category says nothing of these days; ``decimals``: of its column."""

    value: Value | None
    decimals: int


@dataclass(frozen=True, slots=True)
class Opened(Generic[Row]):
    """The rows that stand open: all, the newest, or one year's. ``years`` are those that can be opened."""

    rows: Sequence[Row]
    years: tuple[int, ...]
    year: int | None
    count: int  # of all rows

    @property
    def whole(self) -> bool:
        return len(self.rows) == self.count


def values_of(chart: Chart, series: Sequence[Series], *, year: int | None) -> Opened[ValueRow]:
    """Return the chart's own values as rows, newest first."""
    reported = {o.date for s in series for o in s.observations}
    rows: dict[tuple[dt.date, dt.date], list[Value | None]] = {}
    whole = _whole_periods(chart)
    for column, trace in enumerate(chart.traces):
        for value in trace.values:
            row = rows.setdefault(whole.get(value.end, (value.end, value.start)), [None] * len(chart.traces))
            row[column] = value
    decimals = [trace.decimals for trace in chart.traces]
    made = [
        ValueRow(end, _days(chart, start, end), _address(chart, end, reported), tuple(map(Cell, values, decimals)))
        for (end, start), values in sorted(rows.items(), key=lambda row: row[0], reverse=True)
    ]
    return opened(made, year=year, date=lambda row: row.last, newest=NEWEST)


def observations_of(series: Series, *, year: int | None) -> Opened[Observation]:
    """Return what was reported of one category day by day, newest first."""
    return opened(series.observations[::-1], year=year, date=lambda row: row.date, newest=NEWEST_DAYS)


def opened(rows: Sequence[Row], *, year: int | None, date: Callable[[Row], dt.date], newest: int) -> Opened[Row]:
    """Open the rows of a year, or without one the newest, or all where there are at most twice as many."""
    years = tuple(dict.fromkeys(date(row).year for row in rows))
    if year is not None:
        return Opened([row for row in rows if date(row).year == year], years, year, len(rows))
    if len(rows) <= 2 * newest:
        return Opened(rows, (), None, len(rows))
    return Opened(rows[:newest], years, None, len(rows))


def _whole_periods(chart: Chart) -> dict[dt.date, tuple[dt.date, dt.date]]:
    """Return the last and first day of the row of each value's last day, where rows are months or longer.

    One category may cover less of a month than the others; it is the same month.
    """
    if chart.step not in ("month", "quarter", "year"):
        return {}
    found: dict[str, tuple[dt.date, dt.date]] = {}
    values = [value for trace in chart.traces for value in trace.values]
    for value in values:
        name = days_in_words(value, chart.step)
        end, start = found.get(name, (value.end, value.start))
        found[name] = max(end, value.end), min(start, value.start)
    return {value.end: found[days_in_words(value, chart.step)] for value in values}


def _days(chart: Chart, start: dt.date, end: dt.date) -> str:
    """Write the days of a row: a mean over many days stands at its last one, as on the chart."""
    if chart.step == "day" and not chart.spans_days:
        return str(date_format(end, "j M Y"))
    return days_in_words(Value(start, end, None), chart.step)


def _address(chart: Chart, end: dt.date, reported: set[dt.date]) -> str:
    if end in reported and chart.step != "month":
        return reverse("report", args=[end])
    month = end.replace(day=1)
    if chart.step == "month" and any(date.replace(day=1) == month for date in reported):
        return reverse("reports-month", args=[month])
    return ""
