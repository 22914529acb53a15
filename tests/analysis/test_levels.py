"""The steps of a picture, against a twin that counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.levels import STEPS, Levels, against_mean, even_levels, mean_of, ranges
from conflict.analysis.series import Measured, per_period
from tests.analysis.test_series import close, series

numbers = st.lists(st.integers(-50, 5000) | st.floats(0, 5000, allow_subnormal=False), max_size=80)


@given(numbers, st.lists(st.integers(1, 1000), unique=True, max_size=6))
def test_a_step_is_one_more_than_the_bounds_below_the_value(values, bounds):
    levels = Levels(tuple(sorted(bounds)))
    for value in values:
        slow = -1 if value < 0 else 0 if value == 0 else 1 + sum(bound < value for bound in bounds)
        assert levels.of(value) == slow
        if value > 0:
            low, high = ranges(levels)[slow - 1]
            assert low < value and (high is None or value <= high)


@given(numbers)
def test_no_step_of_even_levels_is_without_a_bound_of_its_own(values):
    levels = even_levels(values)
    assert 1 <= levels.steps <= STEPS
    assert list(levels.bounds) == sorted(set(levels.bounds))
    above = [value for value in values if value > 0]
    assert all(0 < bound < max(above) for bound in levels.bounds)


def test_even_levels_divide_even_values_evenly_at_round_numbers():
    levels = even_levels(range(1, 1001))
    assert levels.bounds == (200, 400, 600, 800)
    counts = [sum(levels.of(n) == step for n in range(1, 1001)) for step in range(1, 6)]
    assert counts == [200] * 5
    assert even_levels([1393, 1393, 2000]).bounds == (1400,)


def test_equal_values_and_none_at_all_have_one_step():
    assert even_levels([3, 3, 3]).bounds == ()
    assert even_levels([]).steps == 1
    assert even_levels([0, -4]).steps == 1


@given(series())
def test_a_value_against_the_mean_has_the_step_of_its_ratio(s):
    weeks = per_period(s, "week")
    whole = [v.value for v in weeks.values if v.value is not None and not v.partial]
    mean = mean_of(weeks)
    if not whole or sum(whole) <= 0:
        assert mean is None
    else:
        assert close(mean, sum(whole) / len(whole))
    for value, step in zip(weeks.values, against_mean(weeks, mean), strict=True):
        if value.value is None:
            assert step is None
        elif value.value <= 0:
            assert step == (-1 if value.value < 0 else 0)
        elif mean is None:
            assert step is None
        else:
            assert step == 1 + sum(bound * mean < value.value for bound in (0.5, 1, 1.5, 2))


def test_a_mean_of_nothing_is_not_known():
    assert mean_of(Measured("per-week", "tanks", "tanks", ())) is None
    assert pytest.approx(2.9) == even_levels([2.93, 100]).bounds[0]
