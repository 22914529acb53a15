"""Every measure against a slow twin that spreads each span over its days one by one, in exact fractions."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.series import (
    PERIODS,
    Series,
    binned,
    change_over,
    changes_per_day,
    in_range,
    mean_rate,
    per_period,
    period_start,
    rate_per_month,
    totals,
    usual_rate,
)

DAY = dt.timedelta(days=1)
START = dt.date(2024, 1, 1)  # a Monday


@st.composite
def series(draw):
    """Make a series of none, one or many reports, with gaps, falls and days without change."""
    steps = draw(st.lists(st.tuples(st.integers(1, 40) | st.just(1), st.integers(-30, 200)), max_size=40))
    date, total = START + draw(st.integers(0, 400)) * DAY, 10_000
    rows = [] if not draw(st.booleans()) and not steps else [(date, total, None)]
    for days, change in steps:
        date, total = date + days * DAY, total + change
        rows.append((date, total, draw(st.none() | st.just(change))))
    return Series.of("tanks", "tanks", rows)


def daily(given_series):
    """Return for each day its share of the change, and the first and last day of the span it lies in."""
    shares = {}
    for before, now in zip(given_series.observations, given_series.observations[1:], strict=False):
        days = (now.date - before.date).days
        for n in range(1, days + 1):
            share = Fraction(now.total - before.total, days)
            shares[before.date + n * DAY] = (share, before.date + DAY, now.date)
    return shares


def over(shares, start, end):
    """Return the change over some days and the longest span their borders cut, None where a day is not covered."""
    days = [start + n * DAY for n in range((end - start).days + 1)]
    if any(day not in shares for day in days):
        return None, 1
    cut = [(last - first).days + 1 for _, first, last in map(shares.get, days) if first < start or last > end]
    return sum(shares[day][0] for day in days), max(cut, default=1)


NAMES = {  # what all days of a period have in common
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "year": lambda day: day.year,
}


def close(value, exact):
    return value == pytest.approx(float(exact), abs=1e-6)


def make(*rows):
    return Series.of("tanks", "tanks", [(dt.date.fromisoformat(d), total, None) for d, total in rows])


@given(series())
def test_totals_are_the_reported_ones_with_the_days_since_the_report_before(s):
    measured = totals(s)
    assert [(v.start, v.end, v.value) for v in measured.values] == [
        (o.date, o.date, o.total) for o in s.observations
    ]
    assert [v.gap for v in measured.values] == [o.days or 1 for o in s.observations]


@given(series())
def test_changes_per_day_are_each_spans_own_mean_over_its_own_days(s):
    shares = daily(s)
    values = changes_per_day(s).values
    assert len(values) == max(len(s.observations) - 1, 0)
    for v in values:
        assert {shares[v.start + n * DAY] for n in range(v.days)} == {shares[v.end]}
        assert close(v.value, shares[v.end][0])
        assert v.gap == v.days


@given(series())
def test_changes_times_their_days_sum_to_the_rise_of_the_total(s):
    total = sum(v.value * v.days for v in changes_per_day(s).values)
    assert close(total, s.observations[-1].total - s.observations[0].total if s.observations else 0)


@given(series(), st.sampled_from((1, 7, 14, 30)))
def test_mean_rate_agrees_with_adding_the_days_of_its_window(s, days):
    shares = daily(s)
    values = mean_rate(s, days=days).values
    assert [v.end for v in values] == [o.date for o in s.observations]
    for v in values:
        assert v.days == days
        change, gap = over(shares, v.start, v.end)
        if change is None or gap > days:
            assert v.value is None
        else:
            assert close(v.value, change / days)
            assert v.gap == gap


@given(series(), st.sampled_from(PERIODS))
def test_periods_agree_with_adding_their_days(s, period):
    shares = daily(s)
    values = per_period(s, period).values
    seen = [v.start + n * DAY for v in values for n in range(v.days)]
    assert seen == sorted(shares)  # every covered day once, in order, and no other
    for v in values:
        change, gap = over(shares, v.start, v.end)
        # A span longer than the whole calendar period says nothing about that period alone.
        whole = sum(NAMES[period](v.end + n * DAY) == NAMES[period](v.end) for n in range(-366, 367))
        if gap > whole:
            assert v.value is None
        else:
            assert close(v.value, change)
            assert (v.gap, v.partial) == (gap, v.days < whole)


@given(series())
def test_a_month_s_rate_is_its_change_over_the_days_covered(s):
    for month, rate in zip(per_period(s, "month").values, rate_per_month(s).values, strict=True):
        assert (rate.value is None) == (month.value is None)
        assert month.value is None or close(rate.value, Fraction(month.value) / month.days)


@given(series(), st.sampled_from((7, 30)))
def test_usual_rate_is_the_last_mean_rate(s, days):
    values = mean_rate(s, days=days).values
    expected = values[-1].value if values else None
    usual = usual_rate(s, days=days)
    assert usual is None if expected is None else close(usual, expected)


@given(series(), st.integers(0, 60))
def test_bins_keep_every_day_and_the_whole_change(s, most):
    changes = changes_per_day(s)
    bins = binned(changes, most=most)
    total = sum(v.value * v.days for v in changes.values)
    assert close(sum(v.value * v.days for v in bins.values), Fraction(total))
    days = [v.start + n * DAY for v in bins.values for n in range(v.days)]
    assert days == sorted(daily(s))


def test_few_daily_changes_are_not_binned_and_many_become_weeks_from_monday():
    rows = [(START + n * DAY, 100 + n * n, None) for n in range(400)]
    changes = changes_per_day(Series.of("tanks", "tanks", rows))
    assert binned(changes.between(START, START + 150 * DAY)).bin_days == 1
    weeks = binned(changes)
    assert weeks.bin_days == 7
    assert [v.start.weekday() for v in weeks.values[1:]] == [0] * (len(weeks.values) - 1)
    assert {v.gap for v in weeks.values} == {1}


def test_a_span_longer_than_a_week_stays_one_bar_with_its_length():
    rows = [(START + n * DAY, 100 + n, None) for n in range(400) if not 100 <= n < 130]
    bins = binned(changes_per_day(Series.of("tanks", "tanks", rows))).values
    (long,) = [v for v in bins if v.gap > 1]
    assert long.gap == 31
    assert long.days >= 31


def test_a_fall_of_a_total_is_a_negative_change_and_is_kept():
    s = make(("2024-01-01", 100), ("2024-01-02", 90), ("2024-01-03", 95))
    assert [o.change for o in s.observations] == [None, -10, 5]
    assert [v.value for v in changes_per_day(s).values] == [-10, 5]


def test_the_first_report_has_neither_change_nor_span():
    (only,) = make(("2024-01-01", 100)).observations
    assert (only.change, only.days) == (None, None)
    assert changes_per_day(make(("2024-01-01", 100))).values == ()


def test_a_change_across_missing_days_is_one_value_over_the_span_not_many():
    s = make(("2024-01-01", 100), ("2024-01-05", 110))
    (value,) = changes_per_day(s).values
    assert (value.start, value.end, value.value, value.gap) == (dt.date(2024, 1, 2), dt.date(2024, 1, 5), 2.5, 4)
    assert s.missing_days == 3


def test_a_window_shorter_than_the_span_it_cuts_is_not_known():
    s = make(("2024-01-01", 0), ("2024-01-16", 150), ("2024-01-17", 160), ("2024-01-31", 300))
    assert [v.value for v in mean_rate(s, days=7).values] == [None, None, None, None]
    assert [v.value for v in mean_rate(s, days=30).values] == [None, None, None, 10]


def test_a_window_between_two_reports_is_exact_whatever_is_missing_inside():
    s = make(("2024-01-01", 0), ("2024-01-05", 30), ("2024-01-08", 70))
    assert mean_rate(s, days=7).values[-1].value == 10
    assert mean_rate(s, days=7).values[-1].gap == 1


def test_whole_months_of_daily_reports_are_whole_numbers():
    rows = [(dt.date(2024, 1, 31) + n * DAY, n * n, None) for n in range(60)]
    february = per_period(Series.of("tanks", "tanks", rows), "month").values[0]
    assert (february.start, february.end, february.partial) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29), False)
    assert february.value == 29**2
    assert isinstance(february.value, int)


def test_a_measure_of_no_reports_has_no_values():
    none = Series.of("tanks", "tanks", [])
    assert totals(none).values == changes_per_day(none).values == mean_rate(none, days=7).values == ()
    assert per_period(none, "week").values == ()
    assert usual_rate(none) is None
    assert binned(changes_per_day(none)).values == ()


def test_dates_that_do_not_ascend_are_refused_by_name():
    with pytest.raises(ValueError, match="tanks do not ascend: 2024-01-01 follows 2024-01-01"):
        make(("2024-01-01", 1), ("2024-01-01", 2))


def test_a_mean_over_no_days_is_refused():
    with pytest.raises(ValueError, match="one day or more, not 0"):
        mean_rate(make(("2024-01-01", 1)), days=0)


def test_a_range_keeps_the_values_whose_last_day_lies_inside():
    rows = [(START + n * DAY, n * n, None) for n in range(10)]
    kept = changes_per_day(Series.of("tanks", "tanks", rows)).between(START + 3 * DAY, START + 5 * DAY)
    assert [v.value for v in kept.values] == [5, 7, 9]


@given(series(), st.none() | st.integers(0, 500), st.none() | st.integers(0, 500))
def test_a_picture_of_some_days_keeps_the_values_that_end_in_them(s, first, last):
    start, end = (None if n is None else START + n * DAY for n in (first, last))
    for measured in (totals(s), per_period(s, "month"), mean_rate(s, days=7)):
        kept = in_range(measured, start, end).values
        assert kept == tuple(v for v in measured.values if (start or v.end) <= v.end <= (end or v.end))
    assert in_range(changes_per_day(s), start, end) == binned(changes_per_day(s).between(start, end))


def test_a_series_keeps_its_names_and_what_documents_print():
    rows = [(START, 10, 3), (START + DAY, 15, 4), (START + 2 * DAY, 20, None)]
    s = Series.of("tanks", "pieces", rows)
    assert (s.category, s.unit) == ("tanks", "pieces")
    assert [(o.printed_change, o.change) for o in s.observations] == [(3, None), (4, 5), (None, 5)]
    assert s.missing_days == 0


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        (totals, "total"),
        (changes_per_day, "change"),
        (lambda s: mean_rate(s, days=7), "mean-7"),
        (lambda s: per_period(s, "quarter"), "per-quarter"),
        (rate_per_month, "rate-month"),
    ],
)
@pytest.mark.parametrize("count", [0, 40])
def test_a_measure_says_what_it_is_and_of_what(measure, name, count):
    s = Series.of("tanks", "pieces", [(START + n * DAY, n, None) for n in range(count)])
    measured = measure(s)
    assert (measured.measure, measured.category, measured.unit) == (name, "tanks", "pieces")
    assert measured.bin_days == 1


def test_the_change_of_one_day_is_a_whole_number():
    s = make(("2024-01-01", 1), ("2024-01-02", 3), ("2024-01-04", 6))
    assert [repr(v.value) for v in changes_per_day(s).values] == ["2", "1.5"]


@pytest.mark.parametrize("month", range(1, 13))
def test_a_quarter_begins_with_its_first_month(month):
    first = {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4, 7: 7, 8: 7, 9: 7, 10: 10, 11: 10, 12: 10}[month]
    for day in (1, 17, 28):
        assert period_start("quarter", dt.date(2023, month, day)) == dt.date(2023, first, 1)


def test_a_week_is_known_beside_a_span_of_its_own_length_and_not_beside_a_longer_one():
    # The reports end on a Wednesday; the span before it began a week, or eight days, earlier.
    weekly = make(("2024-01-01", 0), ("2024-01-03", 4), ("2024-01-10", 18), ("2024-01-17", 32))
    assert [v.value for v in per_period(weekly, "week").values] == [pytest.approx(12), pytest.approx(14), 6]
    longer = make(("2024-01-01", 0), ("2024-01-02", 2), ("2024-01-10", 18), ("2024-01-17", 32))
    assert [v.value for v in per_period(longer, "week").values] == [None, None, 6]


def test_the_usual_rate_is_that_of_thirty_days_before_the_last_report():
    rows = [(START + n * DAY, 0 if n < 10 else 100 + 3 * n, None) for n in range(41)]
    s = Series.of("tanks", "tanks", rows)
    assert usual_rate(s) == 3
    assert usual_rate(s) != usual_rate(s, days=31)
    assert usual_rate(make(("2024-01-01", 0))) is None


def test_a_change_over_days_names_them_and_the_span_that_their_border_cuts():
    s = make(("2024-01-01", 0), ("2024-01-11", 100))
    value = change_over(s, dt.date(2024, 1, 3), dt.date(2024, 1, 4))
    assert (value.start, value.end, value.days, value.gap) == (dt.date(2024, 1, 3), dt.date(2024, 1, 4), 2, 10)
    assert value.value == pytest.approx(20)


def test_as_many_days_as_fit_are_not_binned_and_one_more_is():
    s = Series.of("tanks", "tanks", [(START + n * DAY, n * n, None) for n in range(16)])
    changes = changes_per_day(s)
    assert binned(changes, most=15) is changes
    weeks = binned(changes, most=14)
    assert weeks.bin_days == 7
    # From Tuesday to Sunday, a whole week, and two days more; a mean that is whole is an int.
    assert [(v.start, v.end, v.partial) for v in weeks.values] == [
        (START + DAY, START + 6 * DAY, True),
        (START + 7 * DAY, START + 13 * DAY, False),
        (START + 14 * DAY, START + 15 * DAY, True),
    ]
    assert [repr(v.value) for v in weeks.values] == ["6", "19", "28"]


def test_a_picture_joins_many_daily_changes_and_leaves_every_other_measure_alone():
    s = Series.of("tanks", "tanks", [(START + n * DAY, n, None) for n in range(500)])
    assert in_range(changes_per_day(s), None, None).bin_days == 7
    assert in_range(changes_per_day(s), None, START + 30 * DAY).bin_days == 1
    assert in_range(totals(s), None, None) == totals(s)
