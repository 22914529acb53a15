"""Several measured courses as the rows of one table: what each says of the same days stands side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from conflict.analysis.series import PERIODS, Measured, Period, Value, period_start


@dataclass(frozen=True, slots=True)
class Row:
    """The days from ``start`` to ``end`` and what each course says of them: None where it says nothing."""

    start: dt.date
    end: dt.date
    values: tuple[Value | None, ...]


def period_of(measures: Sequence[Measured]) -> Period | None:
    """Return what one value of the measures stands for, None for a day or the days that each value names."""
    if any(m.bin_days == 7 for m in measures):
        return "week"
    name = measures[0].measure if measures else ""
    return next((period for period in PERIODS if name in (f"per-{period}", f"rate-{period}")), None)


def rows_of(
    courses: Sequence[Sequence[Value]],
    *,
    period: Period | None = None,
    by: int | None = None,
    downwards: bool = True,
) -> list[Row]:
    """Return a row for every span of days that any course speaks of.

    Values of one ``period`` share a row also where a course covers less of it than the others: the row then names
    all the days that any of them speaks of.

    In the order of the days, or of the values in column ``by``: the latest or highest first if ``downwards``.
    Rows without a known value in that column come last either way, and equal ones latest first.
    """
    spans: dict[tuple[dt.date, dt.date], list[Value | None]] = {}
    for column, values in enumerate(courses):
        for value in values:
            key = (value.end, value.start) if period is None else (period_start(period, value.end),) * 2
            spans.setdefault(key, [None] * len(courses))[column] = value
    latest = by is not None or downwards
    rows = [_row(spans[key]) for key in sorted(spans, reverse=latest)]
    if by is None:
        return rows

    def number(row: Row) -> float | None:
        value = row.values[by]
        return None if value is None else value.value

    known = [(n, row) for row in rows if (n := number(row)) is not None]
    known.sort(key=lambda pair: -pair[0] if downwards else pair[0])
    return [row for _n, row in known] + [row for row in rows if number(row) is None]


def _row(values: Sequence[Value | None]) -> Row:
    if len(values) == 1 and (value := values[0]) is not None:
        return Row(value.start, value.end, (value,))  # of one course there is nothing to compare, day after day
    known = [value for value in values if value is not None]
    return Row(min(v.start for v in known), max(v.end for v in known), tuple(values))
