"""Two totals on one logarithmic scale."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from conflict.charts.pairs import Scale, row_drawing, scale_drawing


def test_the_scale_spans_the_totals_with_whole_powers_of_ten() -> None:
    assert Scale.of([12, 6183]) == Scale(1, 4)
    assert Scale.of([100]) == Scale(2, 3)
    assert Scale.of([]) == Scale(0, 1)
    assert Scale.of([0, 5]) == Scale(0, 1)


def test_equal_ratios_are_equal_distances() -> None:
    scale = Scale(0, 4)
    assert scale.percent(100) - scale.percent(10) == pytest.approx(scale.percent(5000) - scale.percent(500))
    assert scale.percent(1) == pytest.approx(3)
    assert scale.percent(10_000) == pytest.approx(97)


def test_a_row_has_a_dot_and_a_diamond_in_their_places() -> None:
    scale = Scale(0, 4)
    row = ElementTree.fromstring(row_drawing(scale, claimed=1000, shown=10, label="Tanks"))  # noqa: S314 - our own markup
    assert row.find("circle").get("cx") == f"{scale.percent(1000):.2f}%"
    assert row.find("svg").get("x") == f"{scale.percent(10):.2f}%"
    assert row.get("aria-label") == "Tanks"


def test_what_is_not_claimed_has_no_dot() -> None:
    row = ElementTree.fromstring(row_drawing(Scale(0, 4), claimed=None, shown=10, label="x"))  # noqa: S314 - our own markup
    assert row.find("circle") is None
    assert row.find("svg") is not None


def test_the_axis_names_every_power() -> None:
    axis = ElementTree.fromstring(scale_drawing(Scale(1, 4)))  # noqa: S314 - our own markup
    assert [text.text for text in axis.iter("text")] == ["10", "100", "1,000", "10,000"]
