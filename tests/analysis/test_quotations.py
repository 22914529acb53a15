"""Whether words stand in a text, whatever its line breaks and quotation marks."""

from __future__ import annotations

import pytest

from conflict.analysis.quotations import find_each, find_number, find_words


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("He said “it is\nover” today", "“it is over”", "it is\nover"),
        ("It’s a game-changer", "It's a game‑changer", "It’s a game-changer"),
        ("unacceptable", "accept", None),
        ("a.b", "axb", None),
        ("anything", " ", None),
    ],
)
def test_words_are_found_as_whole_words_in_any_printing(text, words, found):
    span = find_words(text, words)
    assert (text[slice(*span)] if span else None) == found


def test_a_pattern_in_the_words_is_no_pattern():
    assert find_words("aaaa", "a+") is None
    assert find_words("x a+ y", "a+") == (2, 4)


@pytest.mark.parametrize(
    ("text", "number", "found"),
    [
        ("4,000 drones", 4000, "4,000"),
        ("4\u00a0000 drones", 4000, "4\u00a0000"),
        ("4000 drones.", 4000, "4000"),
        ("14,000", 4000, None),
        ("4,000,000", 4000, None),
        ("4,000.5", 4000, None),
        ("4,000 and 4,000", 4000, None),
    ],
)
def test_a_number_is_found_where_it_stands_once(text, number, found):
    span = find_number(text, number)
    assert (text[slice(*span)] if span else None) == found


def test_passages_do_not_overlap():
    assert find_each("one two three", ["two three", "one two", "x"]) == [(0, 7, 1)]
