"""How the site writes figures, changes, rates and days."""

from __future__ import annotations

import pytest

from conflict.models import Event
from conflict.wording import change, day_number, number, rate, when, when_in_words
from tests.make import DAY_1000, D


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not stated"), (0, "0"), (1456610, "1,456,610"), (-5, "−5"), (1352.6667, "1,353")],
)
def test_a_figure_is_grouped_and_none_is_no_zero(value, words):
    assert number(value) == words


@pytest.mark.parametrize(("value", "words"), [(None, "not stated"), (0, "0"), (1610, "+1,610"), (-3, "−3")])
def test_a_change_carries_its_sign(value, words):
    assert change(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        (0, "0"),
        (1352.6667, "1,353"),
        (16.4, "16"),
        (2.97, "3.0"),
        (0.0333, "0.03"),
        (-0.5, "−0.5"),
    ],
)
def test_a_rate_keeps_the_digits_that_matter_and_is_rounded(value, words):
    assert rate(value) == words


def test_days_are_counted_from_the_first():
    assert day_number(D(2022, 2, 24)) == "1"
    assert day_number(DAY_1000) == "1,000"


@pytest.mark.parametrize(
    ("precision", "first", "last", "short", "long"),
    [
        ("day", D(2024, 11, 19), None, "19 Nov 2024", "19 November 2024"),
        ("month", D(2024, 11, 1), None, "Nov 2024", "in November 2024"),
        ("span", D(2026, 1, 23), D(2026, 1, 24), "23–24 Jan 2026", "23–24 January 2026"),
        ("span", D(2026, 1, 23), D(2026, 2, 4), "23 Jan – 4 Feb 2026", "23 January – 4 February 2026"),
        ("span", D(2025, 12, 23), D(2026, 1, 4), "23 Dec 2025 – 4 Jan 2026", "23 December 2025 – 4 January 2026"),
        ("span", D(2024, 8, 6), None, "since 6 Aug 2024", "since 6 August 2024"),
    ],
)
def test_an_event_is_dated_as_exactly_as_it_is_known(precision, first, last, short, long):
    event = Event(precision=precision, date=first, end_date=last)
    assert (when(event), when_in_words(event)) == (short, long)
