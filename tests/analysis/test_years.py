"""The years of a total, against a twin that gives every day its share."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.series import Series
from conflict.analysis.years import by_year
from tests.analysis.test_series import DAY, close, daily, make, over, series


@given(series(), st.integers(0, 500))
def test_years_agree_with_adding_their_days(s, earlier):
    if not s.observations:
        assert by_year(s, first_day=dt.date(2023, 1, 1)) is None
        return
    opening, closing = s.observations[0], s.observations[-1]
    first_day = opening.date - earlier * DAY
    shares = daily(s)
    found = by_year(s, first_day=first_day)
    known_from_the_start = first_day.year == opening.date.year
    if known_from_the_start:  # the first report's total lies on its own day, whichever it really was
        shares[opening.date] = (Fraction(opening.total), opening.date, opening.date)
        for n in range(1, earlier + 1):
            shares[opening.date - n * DAY] = (Fraction(0), opening.date - n * DAY, opening.date - n * DAY)
    assert found.before == (0 if known_from_the_start else opening.total)
    assert {day.year for day in shares} == {year.number for year in found.years}
    for year in found.years:
        days = sorted(day for day in shares if day.year == year.number)
        assert (year.first, year.last) == (days[0], days[-1])
        change, gap = over(shares, days[0], days[-1])
        assert year.gap == gap
        length = (dt.date(year.number + 1, 1, 1) - dt.date(year.number, 1, 1)).days
        assert (year.change is None) == (gap > length)
        if year.change is not None:
            assert close(year.change, change)
            assert close(year.rate, change / len(days))
            assert year.share is None if not closing.total else close(year.share, change / closing.total)
    if all(year.change is not None for year in found.years):
        assert found.before + sum(year.change for year in found.years) == pytest.approx(closing.total)


def test_a_first_report_in_the_year_of_day_1_belongs_to_that_year_whole():
    s = make(("2022-05-02", 40), ("2022-12-31", 100), ("2023-12-31", 400))
    found = by_year(s, first_day=dt.date(2022, 2, 24))
    assert [(y.number, y.change, y.share, y.whole) for y in found.years] == [
        (2022, 100, 0.25, False),
        (2023, 300, 0.75, True),
    ]
    assert (found.years[0].first, found.before) == (dt.date(2022, 2, 24), 0)


def test_what_was_there_at_a_later_first_report_has_no_year():
    found = by_year(make(("2026-05-01", 30), ("2026-05-31", 60)), first_day=dt.date(2022, 2, 24))
    assert (found.before, found.share_before) == (30, 0.5)
    assert [(y.number, y.change, y.share) for y in found.years] == [(2026, 30, 0.5)]


def test_a_total_of_nothing_has_no_shares():
    found = by_year(Series.of("x", "x", [(dt.date(2022, 3, 1), 0, None)]), first_day=dt.date(2022, 2, 24))
    assert [(y.change, y.share) for y in found.years] == [(0, None)]
    assert found.share_before is None


def test_a_year_inside_one_span_without_reports_is_not_known():
    found = by_year(make(("2022-06-01", 10), ("2024-06-01", 100)), first_day=dt.date(2022, 2, 24))
    assert [y.change for y in found.years] == [None, None, None]
