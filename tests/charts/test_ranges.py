"""Estimates as ranges: their ends, their open ends, and what is written on each picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from conflict.charts.labels import text_width
from conflict.charts.pairs import NARROWEST, Scale
from conflict.charts.ranges import key_drawing, range_drawing
from conflict.charts.shares import share_drawing

SCALE = Scale(2, 7)


def parsed(**given):
    fields = {"low": 1000, "high": 10_000, "counted": "military dead", "label": "A war", "dead_alone": True}
    return ElementTree.fromstring(range_drawing(SCALE, **{**fields, **given}))  # noqa: S314 - our own markup


def place(element, name):
    return float(element.get(name).rstrip("%"))


def test_a_bar_reaches_from_the_least_number_to_the_most():
    bar = parsed().find("rect")
    assert place(bar, "x") == pytest.approx(SCALE.percent(1000), abs=0.01)
    assert place(bar, "width") == pytest.approx(SCALE.percent(10_000) - SCALE.percent(1000), abs=0.01)
    assert len(parsed().findall("line[@class='range-end']")) == 2


def test_one_number_is_one_mark_without_a_length():
    root = parsed(high=1000)
    assert place(root.find("rect"), "width") == 0
    assert len(root.findall("line[@class='range-end']")) == 1


@pytest.mark.parametrize(("given", "way"), [({"high": None}, 1), ({"low": None}, -1)])
def test_an_end_that_is_not_named_is_an_arrow_to_its_side(given, way):
    root = parsed(**given)
    arrow = root.find("svg/line")
    assert float(arrow.get("x2")) * way > 0
    assert len(root.findall("line[@class='range-end']")) == 1


def test_what_is_counted_is_written_on_every_picture():
    for given in ({}, {"high": None}, {"low": 9_000_000, "high": 9_000_000}, {"counted": "x" * 80}):
        words = parsed(**given).find("text")
        assert words.text == given.get("counted", "military dead")
        assert 0 <= place(words, "x") <= 100


def test_words_never_leave_the_picture():
    near_the_end = parsed(low=8_000_000, high=8_000_000).find("text")
    assert near_the_end.get("text-anchor") == "end"
    too_long = parsed(low=20_000, high=20_000, counted="9,999,999 to 9,999,999 killed and wounded").find("text")
    assert too_long.get("text-anchor") == "middle"
    half = 50 * text_width(too_long.text) / NARROWEST
    assert half <= place(too_long, "x") <= 100 - half


def test_counts_of_others_than_the_dead_look_different():
    assert parsed(dead_alone=False).find("rect").get("class") == "range range-other"
    assert parsed().find("rect").get("class") == "range"
    assert "range-other" in key_drawing(dead_alone=False)
    assert "range-other" not in key_drawing(dead_alone=True)


def test_an_estimate_without_a_number_cannot_be_drawn():
    with pytest.raises(ValueError, match="names a least or a most number"):
        parsed(low=None, high=None)


def test_a_share_is_as_long_as_its_part_of_the_longest():
    def width(share):
        bar = ElementTree.fromstring(share_drawing(share, of=0.5, label="x")).find("rect")  # noqa: S314 - our own markup
        return None if bar is None else place(bar, "width")

    assert [width(share) for share in (0.5, 0.25, 0.0, None, -0.1)] == [100, 50, None, None, None]
