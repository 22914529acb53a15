"""A total as a part of another total: measures that let categories of unlike size stand on one scale.

Both keep to reported days, as `series.totals` does: nothing is read between two reports.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right

from conflict.analysis.series import Measured, Observation, Series, Value

PERCENT = 100


def shares(series: Series, *, until: dt.date | None = None) -> Measured:
    """Give each total as a percentage of the last one reported up to ``until``; None: of the last of all.

    So the value of a day says how much of everything reported by the end had been reported by then: 100 on the
    last day, more before a fall. Days after ``until`` are left out. All values are None where the last total is
    0. ``gap`` is the number of days since the report before.
    """
    whole = last_until(series, until)
    return _relative("share", series, whole, series.observations if whole else (), until)


def indexed(series: Series, *, base: dt.date | None = None) -> Measured:
    """Give each total as a percentage of that on the day ``base``: the base is 100. None: the first report.

    Where that day was not reported, the first report after it is the base (`first_from`). Without such a
    report, or where its total is 0, all values are None. ``gap`` is the number of days since the report before.
    """
    return _relative("index", series, first_from(series, base), series.observations, None)


def first_from(series: Series, day: dt.date | None) -> Observation | None:
    """Return the first report on or after a day (None: of all), or None where there is none."""
    index = 0 if day is None else bisect_left(series.observations, day, key=lambda o: o.date)
    return series.observations[index] if index < len(series.observations) else None


def last_until(series: Series, day: dt.date | None) -> Observation | None:
    """Return the last report on or before a day (None: of all), or None where there is none."""
    reports = series.observations
    index = len(reports) if day is None else bisect_right(reports, day, key=lambda o: o.date)
    return reports[index - 1] if index else None


def _relative(
    measure: str,
    series: Series,
    whole: Observation | None,
    reports: tuple[Observation, ...],
    until: dt.date | None,
) -> Measured:
    values = tuple(
        Value(o.date, o.date, PERCENT * o.total / whole.total if whole and whole.total else None, o.days or 1)
        for o in reports
        if until is None or o.date <= until
    )
    return Measured(measure, series.category, series.unit, values)
