"""The pace of a total, the days it leads to, and two halves side by side."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.pace import FARTHEST, SLACK, Outlook, compare, halves, outlook, pace_of, stretch
from conflict.analysis.series import Series

FIRST = dt.date(2022, 2, 24)
DAY = dt.timedelta(days=1)


def daily(changes, *, start=FIRST, total=0):
    """Make a series with a report every day, which begins with ``total``."""
    rows = [(start, total, None)]
    for change in changes:
        rows.append((rows[-1][0] + DAY, rows[-1][1] + change, None))
    return Series.of("tanks", "tanks", rows)


# -- Pace ---------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 50), min_size=30, max_size=120))
def test_a_pace_is_the_mean_of_the_last_days(changes):
    pace = pace_of(daily(changes), days=30)
    assert pace.rate == pytest.approx(sum(changes[-30:]) / 30)
    assert pace.gap == 1


def test_a_pace_longer_than_what_was_reported_is_not_known():
    assert pace_of(daily([10] * 40), days=90).rate is None
    assert pace_of(Series.of("tanks", "tanks", []), days=30).rate is None


def test_a_pace_that_cuts_a_span_without_reports_says_how_long_it_is():
    rows = [(FIRST, 0, None), (FIRST + 20 * DAY, 200, None), (FIRST + 40 * DAY, 300, None)]
    pace = pace_of(Series.of("tanks", "tanks", rows), days=30)
    assert (pace.rate, pace.gap) == (pytest.approx((100 + 100) / 30), 20)
    assert pace_of(Series.of("tanks", "tanks", rows), days=15).rate is None  # it would repeat the span's own rate


# -- When a figure is reached -------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 50), min_size=95, max_size=120), st.integers(1, 4000))
def test_the_day_is_the_one_that_adding_the_pace_day_by_day_reaches(changes, missing):
    series = daily(changes)
    last = series.observations[-1]
    found = outlook(series, last.total + missing)
    assert found is not None
    for pace in found.paces:
        rate = Fraction(sum(changes[-pace.days :]), pace.days)
        date, reached, steps = last.date, Fraction(0), 0
        while reached < missing and steps <= FARTHEST:
            date, reached, steps = date + DAY, reached + rate, steps + 1
        assert pace.date == (date if steps <= FARTHEST else None)
    dates = [pace.date for pace in found.paces if pace.date]
    assert found.earliest == min(dates, default=None)
    assert found.latest == (max(dates) if len(dates) == 2 else None)


def test_a_pace_of_zero_or_below_gives_no_day():
    still = outlook(daily([10] * 60 + [0] * 30), 1000)
    assert still is not None
    assert [pace.rate for pace in still.paces] == [0, pytest.approx(600 / 90)]
    assert (still.paces[0].date, still.latest) == (None, None)
    assert still.earliest == still.paces[1].date == FIRST + 90 * DAY + 60 * DAY
    falling = outlook(daily([-1] * 100, total=500), 1000)
    assert falling is not None and falling.earliest is None


def test_an_unknown_pace_leaves_the_range_open():
    young = outlook(daily([10] * 40), 500)
    assert young is not None
    assert [pace.rate for pace in young.paces] == [10, None]
    assert (young.earliest, young.latest) == (FIRST + 50 * DAY, None)


def test_a_figure_that_was_reached_once_has_no_outlook():
    assert outlook(daily([100, 100, -50]), 200) is None
    assert outlook(Series.of("tanks", "tanks", []), 200) is None
    assert isinstance(outlook(daily([100, 100, -50]), 201), Outlook)


def test_a_day_beyond_ten_years_or_the_calendar_is_none():
    slow = outlook(daily([0] * 89 + [1]), 1000)
    assert slow is not None and slow.earliest is None
    late = outlook(daily([1] * 90, start=dt.date.max - 95 * DAY), 200)
    assert late is not None and late.earliest is None


# -- Halves -------------------------------------------------------------------------------------------------


def test_halves_add_up_to_the_total_and_name_their_days():
    series = daily([2] * 499 + [3] * 500)
    found = halves(series, first_day=FIRST, number=1000)
    assert found.first is not None and found.second is not None
    assert (found.first.first, found.first.last, found.first.change) == (FIRST, FIRST + 499 * DAY, 998)
    assert (found.second.first, found.second.last, found.second.change) == (
        FIRST + 500 * DAY,
        FIRST + 999 * DAY,
        1500,
    )
    assert (found.first.days, found.second.days) == (500, 500)
    assert found.second.rate == 3
    assert found.ratio == pytest.approx(3 / (998 / 500))


@given(st.dictionaries(st.integers(1, 60), st.integers(0, 500), max_size=30), st.integers(2, 60))
def test_halves_equal_a_search_for_the_nearest_report_before(totals, number):
    rows = [(FIRST + (day - 1) * DAY, total, None) for day, total in sorted(totals.items())]
    found = halves(Series.of("tanks", "tanks", rows), first_day=FIRST, number=number)

    def near(end):
        days = [day for day in range(end - SLACK, end + 1) if day in totals]
        return max(days, default=None)

    middle, end = near(number // 2), near(number)
    if middle is None:
        assert found.first is None and found.second is None
        return
    assert found.first is not None
    assert (found.first.days, found.first.change) == (middle, totals[middle])
    if end is None or end <= middle:
        assert found.second is None
    else:
        assert found.second is not None
        assert (found.second.days, found.second.change) == (end - middle, totals[end] - totals[middle])


def test_a_category_that_began_late_has_no_halves_to_compare():
    late = daily([1] * 400, start=FIRST + 600 * DAY)
    found = halves(late, first_day=FIRST, number=1000)
    assert (found.first, found.second, found.ratio) == (None, None, None)


def test_a_half_without_losses_is_no_measure_for_the_other():
    assert halves(daily([0] * 499 + [1] * 500), first_day=FIRST, number=1000).ratio is None


# -- Any two stretches --------------------------------------------------------------------------------------


spans = st.tuples(st.integers(1, 60), st.integers(0, 30)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.dictionaries(st.integers(1, 60), st.integers(0, 500), max_size=30), spans, spans)
def test_stretches_equal_a_search_for_the_reports_at_their_borders(totals, one, other):
    rows = [(FIRST + (day - 1) * DAY, total, None) for day, total in sorted(totals.items())]
    series = Series.of("tanks", "tanks", rows)

    def slow(first, last):
        """Walk back from each border, a day at a time; day 0 has a total of none."""
        found = []
        for border in (first - 1, last):
            day = border
            while day not in totals and border - day <= SLACK and not (border == first - 1 == 0):
                day -= 1
            found.append(0 if border == 0 else day if border - day <= SLACK else None)
        before, end = found
        if before is None or end is None or end <= before:
            return None
        return before + 1, end, totals[end] - (totals[before] if before else 0)

    def dates(span):
        return FIRST + (span[0] - 1) * DAY, FIRST + (span[1] - 1) * DAY

    found = compare(series, dates(one), dates(other), first_day=FIRST)
    for made, span in ((found.first, one), (found.second, other)):
        expected = slow(*span)
        if expected is None:
            assert made is None
        else:
            assert made is not None
            first, last = dates(expected[:2])
            assert (made.first, made.last, made.change) == (first, last, expected[2])
    if found.first and found.second and found.first.change > 0 and found.second.change >= 0:
        assert found.difference == pytest.approx(found.second.rate / found.first.rate - 1)
    else:
        assert found.difference is None


def test_equal_rates_differ_by_nothing_and_none_by_what_is_not_known():
    series = daily([2] * 99)
    days = (FIRST, FIRST + 9 * DAY), (FIRST + 50 * DAY, FIRST + 59 * DAY)
    assert compare(daily([2] * 99, total=2), *days, first_day=FIRST).difference == pytest.approx(0)
    assert stretch(series, FIRST + 200 * DAY, FIRST + 300 * DAY, first_day=FIRST) is None
