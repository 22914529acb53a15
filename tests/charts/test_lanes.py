"""Lanes of days: where stops stand, what is not known of their days, and which labels have room."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.charts.labels import text_width
from conflict.charts.lanes import FRAMES, Stop, lane, years
from tests.make import D

FIRST, LAST, DAY = D(2022, 2, 24), D(2026, 11, 26), D(2024, 11, 19)


def make_stop(date: dt.date = DAY, label: str = "1,000", **fields) -> Stop:
    return Stop(date, label, **{"words": f"Tanks {label}", "address": "/there/", **fields})


def draw(*stops: Stop, first: dt.date = FIRST, last: dt.date = LAST):
    return fromstring(lane(stops, first=first, last=last))  # noqa: S314 - our own


def test_a_stop_stands_where_its_day_lies_and_leads_on_without_a_stop_of_the_tab_key():
    root = draw(make_stop(D(2022, 3, 6)), first=D(2022, 3, 1), last=D(2022, 3, 11))
    (link,) = root.iter("a")
    assert (link.attrib["href"], link.attrib["tabindex"]) == ("/there/", "-1")
    assert link.find("circle").attrib["cx"] == "50.00%"
    assert link.find("title").text == "Tanks 1,000"
    assert root.attrib["aria-hidden"] == "true"


def test_days_on_any_of_which_a_figure_may_have_been_reached_are_a_bar():
    root = draw(
        make_stop(D(2022, 3, 6), earliest=D(2022, 3, 4)), make_stop(D(2022, 3, 8), earliest=D(2022, 3, 8)),
        first=D(2022, 3, 1), last=D(2022, 3, 11),
    )  # fmt: skip
    (bar,) = [line for line in root.iter("line") if line.attrib["class"] == "lane-span"]
    assert (bar.attrib["x1"], bar.attrib["x2"]) == ("30.00%", "50.00%")


def test_stops_outside_the_days_are_not_drawn_and_no_stops_are_a_bare_line():
    assert not list(draw(make_stop(D(2021, 1, 1)), make_stop(D(2027, 1, 1))).iter("a"))
    assert draw().find("line") is not None


def test_a_time_of_one_day_is_drawn():
    (link,) = draw(make_stop(FIRST), last=FIRST).iter("a")
    assert link.find("circle").attrib["cx"] == "0.00%"


def test_labels_are_escaped():
    assert draw(make_stop(label="<b>")).find(".//b") is None


def test_the_weightier_label_has_room_before_a_lighter_one():
    light, heavy = make_stop(D(2024, 11, 18), "900"), make_stop(D(2024, 11, 17), "800", weight=1)
    names = [text.attrib["class"] for text in draw(light, heavy).iter("text")]
    assert names == ["lane-label lane-not-narrow lane-not-wide", "lane-label"]


@given(
    st.lists(st.tuples(st.integers(0, 1736), st.integers(1, 1_000_000), st.integers(0, 3)), max_size=40),
    st.sampled_from(list(FRAMES)),
)
def test_no_two_labels_of_a_layout_touch(drawn, frame):
    stops = [make_stop(FIRST + dt.timedelta(days=day), f"{n:,}", weight=weight) for day, n, weight in drawn]
    spans = []
    for text in draw(*stops).iter("text"):
        if f"lane-not-{frame}" in text.attrib["class"]:
            continue
        x, long = float(text.attrib["x"].rstrip("%")) / 100 * FRAMES[frame], text_width(text.text)
        left = x - {"start": 0, "middle": long / 2, "end": long}[text.attrib["text-anchor"]]
        spans.append((left, left + long))
    assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans)))


def test_years_stand_where_they_begin_unless_they_would_be_cut_off():
    root = fromstring(years(D(2022, 2, 24), D(2024, 1, 3)))  # noqa: S314 - our own
    assert [text.text for text in root.iter("text")] == ["2022", "2023"]
    assert float(root.find("text").attrib["x"].rstrip("%")) == pytest.approx(0)
