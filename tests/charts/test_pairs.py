"""Two totals on one logarithmic scale."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from conflict.charts.pairs import Scale, row_drawing, scale_drawing
from conflict.charts.tree import percent


def test_the_scale_spans_the_totals_with_whole_powers_of_ten() -> None:
    assert Scale.of([12, 6183]) == Scale(1, 4)
    assert Scale.of([100]) == Scale(2, 3)
    assert Scale.of([]) == Scale(0, 1)
    assert Scale.of([0, 5]) == Scale(0, 1)


def test_rates_below_one_have_a_place_of_their_own() -> None:
    scale = Scale.of([0.03, 1200])
    assert scale == Scale(-2, 4)
    assert scale.percent(0.001) == scale.percent(0) == pytest.approx(3)
    assert Scale.of([0.0001, 5]) == Scale(-2, 1)
    axis = ElementTree.fromstring(scale_drawing(Scale(-2, 0)))  # noqa: S314 - our own markup
    assert [text.text for text in axis.iter("text")] == ["0.01", "0.1", "1"]


def test_equal_ratios_are_equal_distances() -> None:
    scale = Scale(0, 4)
    assert scale.percent(100) - scale.percent(10) == pytest.approx(scale.percent(5000) - scale.percent(500))
    assert scale.percent(1) == pytest.approx(3)
    assert scale.percent(10_000) == pytest.approx(97)


def test_a_row_has_a_dot_and_a_diamond_in_their_places() -> None:
    scale = Scale(0, 4)
    row = ElementTree.fromstring(row_drawing(scale, dot=1000, diamond=10, label="Tanks"))  # noqa: S314 - our own markup
    assert row.find("circle").get("cx") == percent(scale.percent(1000))
    assert row.find("svg").get("x") == percent(scale.percent(10))
    assert row.get("aria-label") == "Tanks"


def test_what_is_not_known_has_no_mark() -> None:
    row = ElementTree.fromstring(row_drawing(Scale(0, 4), dot=None, diamond=10, label="x"))  # noqa: S314 - our own markup
    assert row.find("circle") is None
    assert row.find("svg") is not None
    other = ElementTree.fromstring(row_drawing(Scale(0, 4), dot=10, diamond=None, label="x"))  # noqa: S314 - our own markup
    assert other.find("circle") is not None
    assert other.find("svg") is None and not other.findall("line[@class='pair-line']")


def test_the_axis_names_every_power() -> None:
    axis = ElementTree.fromstring(scale_drawing(Scale(1, 4)))  # noqa: S314 - our own markup
    assert [text.text for text in axis.iter("text")] == ["10", "100", "1,000", "10,000"]


def test_numbers_that_would_touch_on_a_phone_wait_for_more_room() -> None:
    axis = ElementTree.fromstring(scale_drawing(Scale(2, 7)))  # noqa: S314 - our own markup
    shown = {text.text: text.get("class") for text in axis.iter("text")}
    assert shown == {
        "100": None,
        "1,000": None,
        "10,000": None,
        "100,000": None,
        "1,000,000": "wide",
        "10,000,000": None,
    }
