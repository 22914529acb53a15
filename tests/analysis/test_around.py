"""The means before and after a day, against a twin that adds the days one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.around import around
from conflict.analysis.series import Series, change_over
from tests.analysis.test_series import DAY, START, close, daily, make, over, series


def slow_mean(s, start, end):
    """Return the mean, its days and the longest span cut, by looking at every day of the window."""
    shares = daily(s)
    window = [start + n * DAY for n in range((end - start).days + 1)]
    covered = [day for day in window if day in shares]
    if not covered or len(covered) * 2 < len(window):
        return None, 0, 1
    change, gap = over(shares, covered[0], covered[-1])
    return (None, 0, 1) if gap > len(covered) else (change / len(covered), len(covered), gap)


@given(series(), st.integers(-50, 1200), st.integers(1, 60))
def test_both_means_agree_with_adding_the_days_of_their_window(s, offset, days):
    day = START + offset * DAY
    found = around(s, day, days)
    before, days_before, gap_before = slow_mean(s, day - (days - 1) * DAY, day)
    after, days_after, gap_after = slow_mean(s, day + DAY, day + days * DAY)
    assert (found.days_before, found.days_after) == (days_before, days_after)
    assert found.gap == max(gap_before, gap_after)
    for mean, slow in ((found.before, before), (found.after, after)):
        assert mean is None if slow is None else close(mean, slow)


@given(series(), st.integers(-10, 900), st.integers(0, 90))
def test_a_change_over_any_days_agrees_with_adding_them(s, offset, length):
    start = START + offset * DAY
    value = change_over(s, start, start + length * DAY)
    change, gap = over(daily(s), start, start + length * DAY)
    assert value.value is None if change is None else close(value.value, change)
    assert change is None or value.gap == gap


def test_the_report_of_the_day_itself_still_counts_as_before():
    s = make(("2024-01-01", 0), ("2024-01-02", 10), ("2024-01-03", 20), ("2024-01-04", 120), ("2024-01-05", 220))
    found = around(s, dt.date(2024, 1, 3), 2)
    assert (found.before, found.after) == (10, 100)
    assert found.difference == pytest.approx(9)


def test_a_window_that_the_reports_cover_in_part_says_how_many_days_it_speaks_of():
    s = make(("2024-01-01", 0), ("2024-01-11", 100), ("2024-01-31", 300))
    found = around(s, dt.date(2024, 1, 11), 16)
    assert (found.before, found.days_before) == (10, 10)
    assert (found.after, found.days_after, found.gap) == (None, 0, 1)  # 16 of 20 days would repeat their rate
    assert around(s, dt.date(2024, 1, 11), 20).after == 10
    assert around(s, dt.date(2024, 1, 11), 21).days_before == 0  # less than half


def test_a_difference_to_nothing_says_nothing():
    s = make(("2024-01-01", 5), ("2024-01-02", 5), ("2024-01-03", 6))
    assert around(s, dt.date(2024, 1, 2), 1).difference is None
    assert around(Series.of("tanks", "tanks", []), dt.date(2024, 1, 2)).difference is None


def test_a_total_that_falls_after_gives_no_share():
    s = make(("2024-01-01", 0), ("2024-01-02", 5), ("2024-01-03", 3))
    found = around(s, dt.date(2024, 1, 2), 1)
    assert (found.before, found.after, found.difference) == (5, -2, None)


def test_no_days_and_days_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="not 0"):
        around(make(), dt.date(2024, 1, 1), 0)
    with pytest.raises(ValueError, match="lies before"):
        change_over(make(), dt.date(2024, 1, 2), dt.date(2024, 1, 1))


def test_a_comparison_says_of_what_and_of_which_day_it_is():
    for s in (make(), make(("2024-01-01", 1), ("2024-01-02", 2), ("2024-01-06", 9))):
        found = around(s, dt.date(2024, 1, 2), 2)
        assert (found.category, found.day) == ("tanks", dt.date(2024, 1, 2))
