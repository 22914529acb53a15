"""Rows of a table against a slow twin that looks up every span in every course."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.rows import period_of, rows_of
from conflict.analysis.series import Series, Value, changes_per_day, mean_rate, per_period, totals
from tests.analysis.test_series import series

measures = st.sampled_from(
    [totals, changes_per_day, lambda s: mean_rate(s, days=7), lambda s: per_period(s, "month")]
)


@given(st.lists(series(), min_size=1, max_size=3), measures)
def test_every_value_stands_once_in_the_row_of_its_days(many, measure):
    courses = [measure(s).values for s in many]
    rows = rows_of(courses)
    spans = [(row.end, row.start) for row in rows]
    assert spans == sorted({(v.end, v.start) for values in courses for v in values}, reverse=True)
    for column, values in enumerate(courses):
        said = [(row, row.values[column]) for row in rows]
        assert [v for _row, v in reversed(said) if v is not None] == list(values)
        assert all((v.start, v.end) == (row.start, row.end) for row, v in said if v is not None)
    assert rows_of(courses, downwards=False) == rows[::-1]


@given(st.lists(series(), min_size=2, max_size=2), st.booleans(), st.integers(0, 1))
def test_rows_are_sorted_by_a_column_with_the_unknown_last(many, downwards, by):
    courses = [mean_rate(s, days=7).values for s in many]
    rows = rows_of(courses, by=by, downwards=downwards)
    numbers = [row.values[by] and row.values[by].value for row in rows]
    known = [n for n in numbers if n is not None]
    assert known == sorted(known, reverse=downwards)
    assert numbers == [*known, *[None] * (len(numbers) - len(known))]
    assert sorted(rows, key=lambda row: (row.end, row.start), reverse=True) == rows_of(courses)


def test_equal_values_keep_the_latest_first_in_both_directions():
    days = [dt.date(2024, 1, n) for n in (1, 2, 3)]
    values = tuple(Value(day, day, n) for day, n in zip(days, (5, 7, 5), strict=True))
    assert [row.end.day for row in rows_of([values], by=0)] == [2, 3, 1]
    assert [row.end.day for row in rows_of([values], by=0, downwards=False)] == [3, 1, 2]


def test_no_course_has_no_rows():
    assert rows_of([]) == rows_of([totals(Series("tanks", "units")).values]) == []


def test_values_of_one_period_share_a_row_that_names_all_days_that_any_of_them_covers():
    day = dt.date
    whole = Value(day(2024, 1, 1), day(2024, 1, 31), 31.0)
    part, later = Value(day(2024, 1, 5), day(2024, 1, 20), 5.0), Value(day(2024, 2, 1), day(2024, 2, 29), 2.0)
    shared = rows_of([[whole], [part, later]], period="month")
    assert [(row.start, row.end, row.values) for row in shared] == [
        (day(2024, 2, 1), day(2024, 2, 29), (None, later)),
        (day(2024, 1, 1), day(2024, 1, 31), (whole, part)),
    ]
    assert [row.values for row in rows_of([[whole], [part, later]])] == [
        (None, later),
        (whole, None),
        (None, part),
    ]


def test_of_one_course_an_absent_value_makes_no_row_and_each_value_one():
    values = [
        Value(dt.date(2024, 1, 1), dt.date(2024, 1, 7), None),
        Value(dt.date(2024, 1, 8), dt.date(2024, 1, 14), 3),
    ]
    assert [(row.start, row.end, row.values) for row in rows_of([values], downwards=False)] == [
        (value.start, value.end, (value,)) for value in values
    ]


@pytest.mark.parametrize(
    ("measure", "period"),
    [
        *((f"per-{period}", period) for period in ("week", "month", "quarter", "year")),
        ("rate-month", "month"),
        ("total", None),
        ("mean-7", None),
        ("change", None),
    ],
)
def test_a_measure_says_what_period_one_value_stands_for(measure, period):
    taken = replace(totals(Series("tanks", "units")), measure=measure)
    assert period_of([taken]) == period
    assert period_of([taken, replace(taken, bin_days=7)]) == "week"  # days that were joined into weeks
    assert period_of([replace(taken, bin_days=2)]) == period


def test_of_no_measure_no_period_is_known():
    assert period_of([]) is None
