"""Two sources in one category."""

from __future__ import annotations

import datetime as dt

import pytest

from conflict.analysis.comparison import Pair, Total

DAY = dt.date(2023, 1, 15)


def test_the_ratio_is_what_the_second_counts_of_the_first() -> None:
    pair = Pair("tanks", Total(dt.date(2023, 1, 13), 3106), Total(DAY, 1673))
    assert pair.ratio == pytest.approx(0.5386, abs=1e-4)
    assert pair.days_apart == 2


def test_nothing_stated_and_zero_have_no_ratio() -> None:
    assert Pair("tanks", None, Total(DAY, 5)).ratio is None
    assert Pair("tanks", None, Total(DAY, 5)).days_apart is None
    assert Pair("tanks", Total(DAY, 0), Total(DAY, 5)).ratio is None


def test_nothing_seen_is_a_share_of_zero() -> None:
    assert Pair("tanks", Total(DAY, 5), Total(DAY, 0)).ratio == 0
