"""Sentences and lines, signs and brackets, before anything is read from them."""

import pytest

from conflict.intake.bulletin_segments import segments_of
from conflict.intake.bulletin_tokens import tokenise
from conflict.intake.labels import default_labels


def segments(text):
    return [segment for segment in segments_of(tokenise(text, default_labels())) if segment.tokens]


def told(tokens):
    """Tokens as words: +17 is a number with its sign, (...) a bracket with what it holds, !17 one not trusted."""
    return [
        f"({' '.join(told(token.inner))})"
        if token.kind == "group"
        else ("!" if token.kind == "bad" else "") + token.sign + token.text
        for token in tokens
    ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("tanks: 9382 (+17)", ["tanks", ":", "9382", "(+17)"]),
        ("tanks: 9382 +17", ["tanks", ":", "9382", "+17"]),
        ("tanks: 9382 + 17", ["tanks", ":", "9382", "+17"]),
        ("tanks: 9382 (-3)", ["tanks", ":", "9382", "(-3)"]),
        ("tanks: 9382 (- 3)", ["tanks", ":", "9382", "(- 3)"]),  # a dash, no sign
        ("tanks: -3", ["tanks", ":", "-3"]),
        ("tanks, -3", ["tanks", ",", "-3"]),
        ("tanks; -3", ["tanks", ";", "-3"]),
        ("tanks | -3", ["tanks", "|", "-3"]),
        ("tanks = -3", ["tanks", "=", "-3"]),
        ("tanks -3", ["tanks", "-", "3"]),  # a link
        ("tanks -+3", ["tanks", "-", "+3"]),
        ("+17 tanks", ["+17", "tanks"]),
        ("-17 tanks", ["-", "17", "tanks"]),  # the mark of a list
        ("tanks: ±3", ["tanks", ":", "!±3"]),
        ("tanks: +*17", ["tanks", ":", "!+17"]),
        ("tanks: ++17", ["tanks", ":", "+", "!+17"]),
        ("tanks: + +17", ["tanks", ":", "+", "+17"]),
        ("tanks +one", ["tanks", "+", "one"]),  # words have no sign
        ("tanks: +  17", ["tanks", ":", "!+17"]),  # what lies between?
        ("(-17) tanks", ["(-17)", "tanks"]),
        ("tanks ) -3", ["tanks", ")", "-", "3"]),
    ],
)
def test_signs_belong_to_the_number_behind_them_or_are_links(text, tokens):
    (segment,) = segments(text)
    assert told(segment.tokens) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("tanks (T-72) 9", ["tanks", "(t - 72)", "9"]),
        ("tanks ((a) b) 9", ["tanks", "(a)", "b", ")", "9"]),  # brackets within brackets end with the first
        ("tanks ) 9 (a)", ["tanks", ")", "9", "(a)"]),
        ("tanks (9 helicopters", ["tanks", "(", "!9", "helicopters"]),
        ("tanks (a) (9", ["tanks", "(a)", "(", "!9"]),
        ("tanks ()", ["tanks", "()"]),
        ("(9 tanks", ["(", "!9", "tanks"]),
        ("((a) 9) tanks", ["(a)", "9", ")", "tanks"]),
    ],
)
def test_brackets_are_one_token_and_an_open_one_is_not_trusted(text, tokens):
    (segment,) = segments(text)
    assert told(segment.tokens) == tokens


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tanks: ±3", "a number with an unclear sign"),
        ("tanks: ++17", "a number with an unclear sign"),
        ("tanks: +*17", "markup between a sign and its number"),
        ("(9 tanks", "a bracket that is not closed"),
    ],
)
def test_an_unclear_sign_says_so(text, why):
    (segment,) = segments(text)
    assert [token.why for token in segment.tokens if token.kind == "bad"] == [why]


def test_a_signed_number_begins_at_its_sign():
    (segment,) = segments("tanks: 9382 (+ 17)")
    (group,) = (token for token in segment.tokens if token.kind == "group")
    assert [(token.start, token.end) for token in group.inner] == [(13, 17)]
    assert (group.start, group.end) == (12, 18)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Tanks: 1", [(True, True)]),
        ("Tanks: 1\nShips: 2", [(True, True), (True, True)]),
        ("Tanks: 1. Ships: 2", [(True, False), (False, True)]),
        ("Tanks: 1. Ships: 2. Now: 3", [(True, False), (False, False), (False, True)]),
        ("Tanks: 1.\nShips: 2", [(True, False), (True, True)]),
        ("\n\nTanks: 1", [(True, True)]),
        ("… Tanks: 1", [(True, True)]),
    ],
)
def test_a_segment_says_whether_it_begins_and_ends_its_line(text, places):
    assert [(segment.starts_line, segment.ends_line) for segment in segments(text)] == places


def test_roles_are_those_of_all_words_but_of_none_in_brackets():
    (segment,) = segments("Over the past day Russia lost 9 tanks (total 9382)")
    assert {"@change", "@loss"} <= segment.roles()
    assert "@total" not in segment.roles()
