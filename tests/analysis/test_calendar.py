import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.calendar import date_of_day, day_number, last_of_month

FIRST = dt.date(2022, 2, 24)


def test_first_day_is_day_one_and_the_thousandth_falls_on_19_november_2024():
    assert day_number(FIRST, first_day=FIRST) == 1
    assert day_number(dt.date(2024, 11, 19), first_day=FIRST) == 1000
    assert date_of_day(1000, first_day=FIRST) == dt.date(2024, 11, 19)


def test_days_before_the_first_are_not_days_of_the_conflict():
    assert day_number(dt.date(2022, 2, 23), first_day=FIRST) == 0
    with pytest.raises(ValueError, match="counted from 1, not 0"):
        date_of_day(0, first_day=FIRST)


def test_a_day_beyond_the_calendar_is_refused_with_its_number():
    with pytest.raises(ValueError, match="Day 9999999 lies beyond"):
        date_of_day(9_999_999, first_day=FIRST)


@given(st.dates(min_value=FIRST))
def test_day_numbers_and_dates_are_each_others_inverse(date):
    assert date_of_day(day_number(date, first_day=FIRST), first_day=FIRST) == date


def test_the_last_day_of_a_month_is_that_of_its_year():
    assert last_of_month(dt.date(2024, 2, 3)) == dt.date(2024, 2, 29)
    assert last_of_month(dt.date(2023, 2, 28)) == dt.date(2023, 2, 28)
    assert last_of_month(dt.date(2024, 12, 31)) == dt.date(2024, 12, 31)
