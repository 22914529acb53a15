"""Days of a conflict, counted from 1."""

from __future__ import annotations

import calendar
import datetime as dt

ONE_DAY = dt.timedelta(days=1)


def day_number(date: dt.date, *, first_day: dt.date) -> int:
    """Return which day of the conflict a date is: ``date - first_day + 1``.

    The first day is day 1. A date before it gives 0 or less, which names no day of the conflict.
    """
    return (date - first_day).days + 1


def date_of_day(number: int, *, first_day: dt.date) -> dt.date:
    """Return the date of day ``number`` of the conflict.

    Raises ValueError for a number below 1 and for one beyond the last date of the calendar.
    """
    if number < 1:
        raise ValueError(f"Days are counted from 1, not {number}.")
    try:
        return first_day + dt.timedelta(days=number - 1)
    except OverflowError:
        raise ValueError(f"Day {number} lies beyond the calendar.") from None


def last_of_month(date: dt.date) -> dt.date:
    """Return the last day of a date's month."""
    return date.replace(day=calendar.monthrange(date.year, date.month)[1])
