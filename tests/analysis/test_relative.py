"""Shares and indices against a slow twin that looks through all days one by one, in exact fractions."""

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.relative import indexed, shares
from conflict.analysis.series import Series
from tests.analysis.test_series import DAY, START, close, make, series

days = st.none() | st.integers(-10, 900).map(lambda n: START + n * DAY)


def by_day(s):
    return {o.date: o.total for o in s.observations}


@given(series(), days)
def test_shares_are_parts_of_the_last_total_of_the_range(s, until):
    totals = {day: total for day, total in by_day(s).items() if until is None or day <= until}
    values = shares(s, until=until).values
    assert [v.end for v in values] == [v.start for v in values] == sorted(totals)
    for v in values:
        whole = totals[max(totals)]
        assert close(v.value, Fraction(100 * totals[v.end], whole)) if whole else v.value is None


@given(series(), days)
def test_an_index_is_a_part_of_the_total_on_its_base_day(s, base):
    totals = by_day(s)
    later = [day for day in totals if base is None or day >= base]
    whole = totals[min(later)] if later else 0
    values = indexed(s, base=base).values
    assert [v.end for v in values] == sorted(totals)
    for v in values:
        assert close(v.value, Fraction(100 * totals[v.end], whole)) if whole else v.value is None


@given(series(), days)
def test_relative_measures_say_how_many_days_lie_before_a_report(s, day):
    spans = {o.date: o.days or 1 for o in s.observations}
    for measured in (shares(s, until=day), indexed(s, base=day)):
        assert all(v.gap == spans[v.end] for v in measured.values)


def test_the_last_day_is_100_percent_and_a_fall_may_come_from_more():
    s = make(("2024-01-01", 50), ("2024-01-03", 210), ("2024-01-04", 200))
    assert [v.value for v in shares(s).values] == [25, 105, 100]
    assert [v.value for v in shares(s, until=dt.date(2024, 1, 2)).values] == [100]


def test_the_base_of_an_index_is_the_first_report_from_its_day_on():
    s = make(("2024-01-01", 50), ("2024-01-03", 200), ("2024-01-04", 300))
    assert [v.value for v in indexed(s, base=dt.date(2024, 1, 2)).values] == [25, 100, 150]
    assert [v.value for v in indexed(s).values] == [100, 400, 600]
    assert [v.value for v in indexed(s, base=dt.date(2024, 1, 5)).values] == [None, None, None]


def test_of_nothing_there_is_no_share():
    s = make(("2024-01-01", 0), ("2024-01-02", 0))
    assert [v.value for v in shares(s).values] == [v.value for v in indexed(s).values] == [None, None]
    none = Series.of("tanks", "tanks", [])
    assert shares(none).values == indexed(none).values == ()


def test_shares_and_indices_say_what_they_measure_of_what():
    s = make(("2024-01-01", 5), ("2024-01-04", 10))
    assert [(m.measure, m.category, m.unit) for m in (shares(s), indexed(s))] == [
        ("share", s.category, s.unit),
        ("index", s.category, s.unit),
    ]


def test_the_day_up_to_which_shares_are_taken_is_one_of_theirs():
    s = make(("2024-01-01", 5), ("2024-01-04", 10), ("2024-01-05", 20))
    until = dt.date(2024, 1, 4)
    assert [(v.end, v.value) for v in shares(s, until=until).values] == [(dt.date(2024, 1, 1), 50), (until, 100)]
