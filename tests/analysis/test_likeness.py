"""Which titles are alike, and distances on the globe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.likeness import ALIKE, kilometres, likeness


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Missile strike hits Odesa", "Odesa hit by missile strikes", True),
        ("Missile strike hits Odesa", "MISSILE STRIKE HITS ODESA", True),
        ("Russian forces take Kherson", "Russia takes Kherson", True),
        ("Ракетний удар по Одесі", "Ракетного удару по Одесі зазнав порт", True),
        ("Missile strike hits Odesa", "North Korean troops arrive", False),
        ("Missile strike hits Odesa", "Missile factory opens", False),
        ("", "", False),
        ("of to in", "of to in", False),
    ],
)
def test_titles_of_one_event_are_alike_whatever_their_endings_and_order(first, second, alike):
    assert (likeness(first, second) >= ALIKE) == alike


@given(st.text(), st.text())
def test_likeness_is_a_share_and_has_no_direction(first, second):
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, second) == likeness(second, first)


KYIV, ODESA = (50.4501, 30.5234), (46.4825, 30.7233)
DEGREE = 111.195  # km along a meridian, or the equator


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        (KYIV, KYIV, 0),
        (KYIV, ODESA, 441.4),
        ((0, 0), (0, 1), DEGREE),
        ((60, 10), (60, 11), DEGREE / 2),
        ((0, 179.5), (0, -179.5), DEGREE),
        ((0, 0), (0, 180), 20_015.1),
        ((90, 0), (-90, 7), 20_015.1),
    ],
)
def test_distances_follow_the_great_circle(first, second, distance):
    assert kilometres(first, second) == pytest.approx(distance, rel=2e-3, abs=0.01)
    assert kilometres(second, first) == pytest.approx(kilometres(first, second))
