"""The strips of the timeline: where marks stand, what they reach over, and which have names."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.charts import strips
from conflict.charts.scale import FRAMES, Scale, axis, day_ticks
from conflict.charts.strips import Happening

D = dt.date
DAY_1, DAY_1000 = D(2022, 2, 24), D(2024, 11, 19)
WAR = Scale(DAY_1, D(2026, 2, 24), DAY_1)
NAMES = {"front": "the front", "naval": "the sea"}
HREFS = {"front": "/?theme=front", "naval": "/?theme=naval"}


def happening(date=DAY_1000, **fields):
    given = {"href": "#a", "name": "An event", "words": "An event (confirmed)", "strip": "front"}
    return Happening(
        **{**given, "first": date, "last": date, "precision": "day", "certainty": "confirmed", **fields}
    )


def read(markup):
    return ElementTree.fromstring(f"<div>{markup}</div>")  # noqa: S314 - our own markup


def drawn(*happenings, scale=WAR):
    markup = strips.strips(happenings, scale, NAMES, HREFS)[0].drawing
    return read(markup)


def test_only_strips_with_events_are_drawn_in_the_order_of_the_themes():
    both = [happening(strip="naval"), happening(), happening()]
    assert [(strip.key, strip.count) for strip in strips.strips(both, WAR, NAMES, HREFS)] == [
        ("front", 2),
        ("naval", 1),
    ]
    assert [strip.key for strip in strips.strips(both[:1], WAR, NAMES, HREFS)] == ["naval"]


def test_a_mark_is_a_link_with_a_name_that_leads_to_its_event():
    link = next(drawn(happening(href="#odesa", words="18 Nov 2024: Odesa <hit>")).iter("a"))
    assert (link.get("href"), link.get("aria-label")) == ("#odesa", "18 Nov 2024: Odesa <hit>")
    assert link.find("use").get("href") == "#mark-confirmed"


def test_every_certainty_has_a_shape_of_its_own():
    assert set(strips.SHAPES) == {"confirmed", "reported", "claimed", "disputed", "rejected"}
    page = strips.key_of_shapes()
    assert all(f'id="mark-{name}"' in page for name in strips.SHAPES)


def test_a_span_reaches_from_its_first_day_to_the_end_of_its_last():
    scale = Scale(D(2024, 1, 1), D(2024, 1, 10), DAY_1)
    bar = next(
        r
        for r in drawn(happening(D(2024, 1, 2), last=D(2024, 1, 4), precision="span"), scale=scale).iter("rect")
        if r.get("class") == "strip-span"
    )
    assert (bar.get("x"), bar.get("width")) == ("10%", "30%")


def test_what_goes_on_and_what_ends_later_leave_the_picture_with_an_arrow():
    scale = Scale(D(2024, 1, 1), D(2024, 1, 10), DAY_1)
    for last, arrow in ((None, True), (D(2024, 2, 1), True), (D(2024, 1, 10), False)):
        uses = [
            u.get("href")
            for u in drawn(happening(D(2024, 1, 2), last=last, precision="span"), scale=scale).iter("use")
        ]
        assert ("#mark-on" in uses) == arrow


def test_a_date_known_to_the_month_stands_in_its_middle_over_a_thin_line():
    scale = Scale(D(2024, 4, 1), D(2024, 4, 30), DAY_1)
    picture = drawn(happening(D(2024, 4, 1), last=D(2024, 4, 30), precision="month"), scale=scale)
    assert next(picture.iter("use")).get("x") == "50%"
    assert [r.get("width") for r in picture.iter("rect") if r.get("class") == "strip-month"] == ["100%"]
    assert not [r for r in picture.iter("rect") if r.get("class") == "strip-span"]


def test_what_began_before_the_picture_stands_at_its_left_edge():
    scale = Scale(D(2024, 4, 1), D(2024, 4, 30), DAY_1)
    picture = drawn(happening(D(2023, 4, 1), last=D(2024, 4, 15), precision="span"), scale=scale)
    assert next(picture.iter("use")).get("x") == "0%"


days = st.dates(DAY_1, D(2026, 2, 24))


@given(st.lists(days, max_size=40), st.sampled_from(FRAMES))
def test_every_event_has_a_mark_and_names_touch_no_mark_behind_them(dates, frame):
    own = [happening(date, name="A name of some words") for date in sorted(dates)]
    spots = strips.lay_out(own, WAR, frame)
    assert [spot.happening for spot in spots] == own
    for row in range(frame.most_rows):
        in_row = [spot for spot in spots if spot.row == row]
        for before, after in pairwise(in_row):
            if before.text:
                x = strips._right(before.happening, WAR, frame)
                assert x + strips.text_width(before.text) <= strips._left(after.happening, WAR, frame) + 4


@given(st.lists(days, min_size=1, max_size=5, unique=True))
def test_few_events_never_lie_on_each_other(dates):
    for frame in FRAMES:
        spots = strips.lay_out([happening(date) for date in sorted(dates)], WAR, frame)
        for row in range(frame.most_rows):
            for before, after in pairwise(s for s in spots if s.row == row):
                assert (
                    strips._right(before.happening, WAR, frame) <= strips._left(after.happening, WAR, frame) + 1e-6
                )


def test_many_events_become_one_circle_a_month_with_its_count():
    many = [happening(D(2024, 5, 1 + n % 28)) for n in range(strips.MOST_MARKS)] + [happening(D(2024, 6, 3))]
    picture = drawn(*many)
    assert not list(picture.iter("a"))
    circles = {c.find("title").text: float(c.get("r")) for c in picture.iter("circle")}
    assert list(circles) == ["May 2024: 150", "June 2024: 1"]
    assert circles["May 2024: 150"] == 11
    assert "the front: 151 events; most in May 2024, 150" in next(picture.iter("svg")).get("aria-label")


def test_density_counts_the_months_and_the_days_of_a_short_scale():
    own = [happening(D(2024, 5, 1)), happening(D(2024, 5, 9)), happening(D(2024, 6, 1), precision="month")]
    bars = [t.text for t in read(strips.density(own, WAR, {})).iter("title")]
    assert bars == ["May 2024: 2", "June 2024: 1"]
    short = Scale(D(2024, 5, 1), D(2024, 6, 30), DAY_1)
    assert [t.text for t in read(strips.density(own, short, {})).iter("title")] == [
        "1 May 2024: 1",
        "9 May 2024: 1",
    ]


def test_the_fullest_month_is_as_high_as_the_picture_and_leads_to_its_zoom():
    own = [happening(D(2024, 5, 1)), happening(D(2024, 5, 2)), happening(D(2024, 6, 1))]
    root = read(strips.density(own, WAR, {D(2024, 5, 1): "/timeline/?month=2024-05"}))
    assert [float(r.get("height")) for r in root.iter("rect")] == [44, 22]
    assert [(a.get("href"), a.get("tabindex")) for a in root.iter("a")] == [("/timeline/?month=2024-05", "-1")]


def test_density_without_an_event_in_range_says_so():
    assert "No event begins in these days" in strips.density([], WAR, {})


@pytest.mark.parametrize(
    ("start", "end", "width", "numbers"),
    [
        (DAY_1, D(2026, 2, 24), 740, [1, 250, 500, 750, 1000, 1250]),
        (DAY_1, D(2026, 2, 24), 288, [1, 500, 1000]),
        (D(2024, 11, 1), D(2024, 11, 30), 740, [985, 990, 995, 1000, 1005, 1010]),
        (D(2022, 2, 20), D(2022, 2, 27), 740, [1, 2, 3, 4]),
        (D(2014, 3, 1), D(2014, 3, 31), 740, []),
    ],
)
def test_day_numbers_are_as_round_as_the_room_allows(start, end, width, numbers):
    assert day_ticks(Scale(start, end, DAY_1), width) == numbers


def test_a_day_stands_where_its_number_does():
    scale = Scale(DAY_1, D(2024, 11, 19), DAY_1)  # 1,000 days
    assert scale.fraction(DAY_1, of_day=0) == 0
    assert scale.fraction(D(2024, 11, 19), of_day=1) == 1
    assert scale.fraction(D(2023, 7, 8)) == pytest.approx(0.4995)  # day 500


def test_both_axes_are_drawn_once_for_each_frame():
    page = axis(WAR)
    assert page.count("<svg") == 2
    assert "day 1,000" in page
    assert ">2024<" in page
