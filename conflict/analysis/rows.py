"""Several measured courses as the rows of one table: what each says of the same days stands side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from conflict.analysis.series import Value


@dataclass(frozen=True, slots=True)
class Row:
    """The days from ``start`` to ``end`` and what each course says of them: None where it says nothing."""

    start: dt.date
    end: dt.date
    values: tuple[Value | None, ...]


def rows_of(courses: Sequence[Sequence[Value]], *, by: int | None = None, downwards: bool = True) -> list[Row]:
    """Return a row for every span of days that any course speaks of.

    In the order of the days, or of the values in column ``by``: the latest or highest first if ``downwards``.
    Rows without a known value in that column come last either way, and equal ones latest first.
    """
    spans: dict[tuple[dt.date, dt.date], list[Value | None]] = {}
    for column, values in enumerate(courses):
        for value in values:
            spans.setdefault((value.end, value.start), [None] * len(courses))[column] = value
    latest = by is not None or downwards
    rows = [Row(start, end, tuple(spans[end, start])) for end, start in sorted(spans, reverse=latest)]
    if by is None:
        return rows

    def number(row: Row) -> float | None:
        value = row.values[by]
        return None if value is None else value.value

    known = [(n, row) for row in rows if (n := number(row)) is not None]
    known.sort(key=lambda pair: -pair[0] if downwards else pair[0])
    return [row for _n, row in known] + [row for row in rows if number(row) is None]
