"""The map as SVG: which places it shows, in which order, and where their names stand."""

from __future__ import annotations

import math
from itertools import combinations
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.charts.labels import text_width
from conflict.charts.maps import APART, FRAMES, GAP, LINE, Mark, centres, drawing, place_names, radius
from conflict.charts.projection import HEIGHT, WIDTH


def make_mark(name: str = "Odesa", longitude: float = 30.72, latitude: float = 46.48, **fields) -> Mark:
    words = {"words": f"{name}: 1 event", "address": f"/places/{name.lower()}/"}
    return Mark(name=name, longitude=longitude, latitude=latitude, **{**words, **fields})


def draw(*marks: Mark):
    return fromstring(drawing(marks, outline="/static/img/outline.svg", label="A map"))  # noqa: S314 - our own


def test_each_place_is_a_link_with_a_full_name_and_a_mark():
    root = draw(make_mark(words="Odesa, Ukraine: 2 events", count=2))
    (link,) = root.iter("a")
    assert link.attrib["href"] == "/places/odesa/"
    assert link.attrib["aria-label"] == "Odesa, Ukraine: 2 events"
    assert [circle.attrib["class"] for circle in link.iter("circle")] == ["map-hit", "map-mark"]
    assert root.attrib["aria-label"] == "A map"


def test_places_beyond_the_frame_are_not_drawn():
    root = draw(make_mark(), make_mark("Brussels", 4.35, 50.85), make_mark("Rio", -43.2, -22.9))
    assert [link.attrib["href"] for link in root.iter("a")] == ["/places/odesa/"]


def test_outline_comes_from_the_file_that_the_site_serves():
    hrefs = [use.attrib["href"] for use in draw(make_mark()).iter("use")]
    assert hrefs == [f"/static/img/outline.svg#{part}" for part in ("land", "ukraine", "borders")]


def test_areas_of_marks_are_as_their_numbers_of_events():
    assert radius(4) == pytest.approx(2 * radius(1))
    square = draw(make_mark(count=9, is_area=True)).find(".//rect")
    circle = draw(make_mark(count=9)).find(".//circle[@class='map-mark']")
    assert float(square.attrib["width"]) ** 2 == pytest.approx(math.pi * float(circle.attrib["r"]) ** 2, rel=0.01)


@given(
    st.lists(st.tuples(st.floats(30, 31), st.floats(50, 50.5), st.integers(1, 9)), max_size=8),
    st.sampled_from(list(FRAMES.values())),
)
def test_no_mark_lies_on_the_middle_of_another(places, width):
    marks = [make_mark(str(n), *place[:2], count=place[2]) for n, place in enumerate(places)]
    middles = centres(marks, width)
    for (one, mark), (other, beside) in combinations(zip(middles, marks, strict=True), 2):
        assert math.dist(one, other) >= max(mark.radius, beside.radius)


def test_a_mark_that_moves_is_near_its_spot_and_one_alone_stands_on_it():
    kyiv, hospital = make_mark("Kyiv", 30.52, 50.45, count=5), make_mark("Hospital", 30.48, 50.45)
    odesa = make_mark()
    for width in FRAMES.values():
        moved = centres([kyiv, hospital, odesa], width)
        far = (0, kyiv.radius + APART + 1, 0)
        for mark, (x, y), most in zip((kyiv, hospital, odesa), moved, far, strict=True):
            across, down = mark.spot
            assert math.dist((x, y), (across * width, down * width * HEIGHT / WIDTH)) <= most + 0.001


def test_names_are_escaped():
    root = draw(make_mark("<b>Odesa</b>"))
    assert root.find(".//b") is None


def test_a_name_without_room_is_there_for_those_who_point_at_its_mark():
    root = draw(
        make_mark("Kyiv", 30.5234, 50.4501, count=9), *(make_mark(f"Near {n}", 30.5, 50.45) for n in range(9))
    )
    names = [text for text in root.iter("text") if "map-name" in text.attrib.get("class", "")]
    assert len(names) == 2 * 10
    assert any("map-unnamed" in text.attrib["class"] for text in names)


@given(
    st.lists(st.tuples(st.floats(23, 40), st.floats(45, 55), st.integers(1, 9), st.integers(2, 16)), max_size=25),
    st.sampled_from(list(FRAMES.values())),
)
def test_no_name_touches_another_name_a_mark_or_the_edge(places, width):
    marks = [make_mark("n" * long, x, y, count=count) for x, y, count, long in places]
    standing = place_names(marks, centres(marks, width), width)
    height = width * HEIGHT / WIDTH
    boxes = []
    for mark, (x, y), found in zip(marks, centres(marks, width), standing, strict=True):
        if found:
            anchor, dx, dy = found
            long = text_width(mark.name)
            left = x + dx - {"start": 0, "middle": long / 2, "end": long}[anchor]
            boxes.append((left, y + dy - LINE + 4, left + long, y + dy + 4))
            distance = max(abs(dx), abs(dy))
            assert distance >= mark.radius + GAP - 0.001
    for index, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= width and bottom <= height
        for other in boxes[index + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
