"""The tables behind the charts: the same values, in any order, the first of them or one year at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.urls import reverse
from django.utils.formats import date_format

from conflict.analysis.rows import Row, rows_of
from conflict.analysis.series import Observation, Series, Value
from conflict.charts.chart import Chart, days_in_words
from conflict.courses import Course, order_of
from conflict.queries import LEDGER, Asked
from conflict.web.marks import Note, NotesByCourse

NEWEST = 30  # rows of a chart's table that stand open before a year is chosen
NEWEST_DAYS = 14  # rows of a category's reports

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row of a chart's table: the days it speaks of, the address of their report, a cell for each category.

    ``address`` is "" where there is no report to lead to; ``notes`` are of the whole day.
    """

    last: dt.date
    days: str
    address: str
    cells: tuple[Cell, ...]
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table, None where the category says nothing of these days; ``decimals``: of its column."""

    value: Value | None
    decimals: int
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Opened(Generic[Line]):
    """The rows that stand open: all, the first, or one year's. ``years`` are those that can be opened."""

    rows: Sequence[Line]
    years: tuple[int, ...]
    year: int | None
    count: int  # of all rows

    @property
    def whole(self) -> bool:
        return len(self.rows) == self.count


def values_of(
    charts: Sequence[Chart],
    courses: Sequence[Course],
    asked: Asked,
    notes: NotesByCourse,
) -> Opened[ValueRow]:
    """Return the values of charts as rows, in the order asked for. ``courses``: those of the traces, in order."""
    chart, traces = charts[0], [trace for chart in charts for trace in chart.traces]
    reported = {o.date for c in courses if c.source == LEDGER["source"] for o in c.series.observations}
    decimals = [trace.decimals for trace in traces]
    by, downwards = order_of(asked, courses)
    period = None if chart.step == "day" else chart.step
    rows = rows_of([trace.values for trace in traces], period=period, by=by, downwards=downwards)

    def made(row: Row) -> ValueRow:
        first = row.start if chart.spans_days or chart.step != "day" else row.end
        cells = tuple(
            Cell(value, places, notes.between(trace.key, first, row.end) if value else [])
            for trace, value, places in zip(traces, row.values, decimals, strict=True)
        )
        days, address = _days(chart, row.start, row.end), _address(chart, row.end, reported)
        return ValueRow(row.end, days, address, cells, notes.between("", first, row.end))

    open_ones = opened(rows, year=asked.year, date=lambda row: row.end, newest=NEWEST)
    return Opened([made(row) for row in open_ones.rows], open_ones.years, open_ones.year, open_ones.count)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table can be sorted by: its name in addresses, its label, and how it is sorted now."""

    key: str
    label: str
    sorted: str  # as aria-sort says it
    following: str  # what `sort` is after one press: downwards first

    @classmethod
    def of(cls, key: str, label: str, sort: str) -> Column:
        words = {key: "ascending", f"-{key}": "descending"}
        return cls(key, label, words.get(sort, "none"), key if sort == f"-{key}" else f"-{key}")


def observations_of(series: Series, *, year: int | None) -> Opened[Observation]:
    """Return what was reported of one category day by day, newest first."""
    return opened(series.observations[::-1], year=year, date=lambda row: row.date, newest=NEWEST_DAYS)


def opened(
    rows: Sequence[Line], *, year: int | None, date: Callable[[Line], dt.date], newest: int
) -> Opened[Line]:
    """Open the rows of a year, or without one the first, or all where there are at most twice as many."""
    years = tuple(sorted({date(row).year for row in rows}, reverse=True))
    if year is not None:
        return Opened([row for row in rows if date(row).year == year], years, year, len(rows))
    if len(rows) <= 2 * newest:
        return Opened(rows, (), None, len(rows))
    return Opened(rows[:newest], years, None, len(rows))


def _days(chart: Chart, start: dt.date, end: dt.date) -> str:
    """Write the days of a row: a mean over many days stands at its last one, as on the chart."""
    if chart.step == "day" and not chart.spans_days:
        return str(date_format(end, "SHORT_DATE_FORMAT"))
    return days_in_words(Value(start, end, None), chart.step)


def _address(chart: Chart, end: dt.date, reported: set[dt.date]) -> str:
    if end in reported and chart.step != "month":
        return reverse("report", args=[end])
    month = end.replace(day=1)
    if chart.step == "month" and any(date.replace(day=1) == month for date in reported):
        return reverse("reports-month", args=[month])
    return ""
