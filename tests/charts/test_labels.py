import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from conflict.charts.chart import ChartEvent
from conflict.charts.labels import FRAMES, place, shorten, text_width

WORDS = ("Kherson", "retaken", "dam", "Kakhovka", "of", "the", "in", "Ukraine", "I", "Zaporizhzhia")


@st.composite
def events(draw):
    made = []
    for n in range(draw(st.integers(0, 60))):
        label = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)))
        made.append(ChartEvent(dt.date(2022, 3, 1) + dt.timedelta(n), label, "/", weight=draw(st.integers(0, 3))))
    return made, [draw(st.floats(0, 1)) for _ in made]


@given(events(), st.sampled_from(FRAMES))
def test_names_touch_neither_each_other_nor_a_line(given_events, frame):
    made, positions = given_events
    at = {id(e): p * frame.plot_width for e, p in zip(made, positions, strict=True)}
    boxes = []
    for p in place(made, positions, frame):
        x, width = at[id(p.event)], text_width(p.text)
        boxes.append((p.row, x, x + 5 if p.side == "start" else x - 5 - width, width))
    assert len(boxes) <= frame.most_events
    for i, (row, x, left, width) in enumerate(boxes):
        assert left >= -20
        assert left + width <= frame.plot_width + 8
        for j, (other_row, _, other_left, other_width) in enumerate(boxes):
            if i == j:
                continue
            if row == other_row:
                assert left + width < other_left or other_left + other_width < left
            if row <= other_row:  # this one's line comes down past the other's name
                assert not other_left < x < other_left + other_width


def test_the_weightier_of_two_that_collide_is_named():
    light = ChartEvent(dt.date(2024, 1, 1), "The first by date", "/")
    heavy = ChartEvent(dt.date(2024, 1, 2), "The one that matters", "/", weight=5)
    assert [p.event for p in place([light, heavy], [0.0, 0.0], FRAMES[0])] == [heavy]


def test_a_long_name_is_cut_after_a_word_that_can_end_it():
    assert shorten("Kakhovka dam breached, flooding the Dnipro", text_width("Kakhovka dam breached, fl…")) == (
        "Kakhovka dam breached…"
    )
    assert shorten("Summit on Peace in Ukraine", text_width("Summit on Peace in…")) == "Summit on Peace…"
    assert shorten("Kherson", 1000) == "Kherson"


def test_a_name_of_many_words_is_not_cut_down_to_one():
    long = ChartEvent(dt.date(2024, 1, 1), "Extraordinarily Comprehensively Internationalised Negotiations", "/")
    assert place([long], [0.5], FRAMES[0]) == []
