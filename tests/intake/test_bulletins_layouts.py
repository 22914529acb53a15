"""Every printed layout of the daily report, with real figures: what each text states, and nothing beside it."""

import html

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts_press import LAYOUTS


def figures(record):
    return {entry.category: (entry.total, entry.change, entry.qualifier) for entry in record.entries}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_read_in_full_and_without_problems(name):
    day, text, entries = LAYOUTS[name]
    record = read_bulletin(text)
    assert figures(record) == entries
    assert list(figures(record)) == list(entries), "the order printed"
    assert record.problems == ()
    assert record.date == day


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_figure_knows_its_place_in_the_text(name):
    _day, text, _entries = LAYOUTS[name]
    for entry in read_bulletin(text).entries:
        assert entry.text == text[entry.start : entry.end]
        for place, value in ((entry.total_at, entry.total), (entry.change_at, entry.change)):
            assert (place is None) == (value is None)
            if place is not None:
                assert entry.start <= place[0] < place[1] <= entry.end
                printed = html.unescape(text[slice(*place)])
                digits = "".join(letter for letter in printed if letter.isdigit())
                assert not digits or int(digits) == abs(value)


@pytest.mark.parametrize("name", LAYOUTS)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(name):
    day, text, entries = LAYOUTS[name]
    record = read_bulletin("\ufeff" + text.replace("\n", "\r\n"))
    assert figures(record) == entries
    assert (record.date, record.problems) == (day, ())


@pytest.mark.parametrize("name", LAYOUTS)
def test_capitals_change_nothing(name):
    _day, text, entries = LAYOUTS[name]
    if "<" not in text and "http" not in text:
        assert figures(read_bulletin(text.upper())) == entries
