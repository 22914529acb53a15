"""Which numbers of a sentence belong to which label, how far that reaches, and where nothing is certain."""

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import LOOSE, NEITHER, TOGETHER, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("9 ships/boats", ["ships 9 -"]),
        ("9 ships boats", ["ships 9 -"]),
        ("• 1) 9 ships", ["ships 9 -"]),
        ("1. 9 ships", ["ships 9 -"]),
        ("3) +17 tanks", ["tanks - +17"]),
        ("1 ) 9 ships", [f"{NEITHER}: ships", LOOSE]),
        ("100. 9 ships", [f"{NEITHER}: ships", LOOSE]),
        ("9 tanks lost", [f"{NEITHER}: tanks"]),
        ("tanks 9 ships", ["? a number that stands between two labels: tanks"]),
        ("9 tanks, ships", ["? one number for several labels: tanks"]),
        ("(9 tanks)", [LOOSE]),
    ],
)
def test_a_line_that_is_one_number_and_its_label_is_a_line_of_a_list(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize("text", ["≈ 28 ships", "about 28 ships/boats", "> 28 ships", "понад 28 кораблів"])
def test_the_words_that_qualify_a_number_belong_to_the_text_it_came_from(text):
    (entry,) = read_bulletin(text).entries
    assert entry.qualifier
    assert entry.text == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("9,382 of the of the of the tanks in total", ["tanks 9382 -"]),
        ("9,382 of the of the of the of tanks in total", [LOOSE]),
        ("9,382 brand new shiny tanks in total", ["? an unknown label: tanks"]),
        ("9,382 brand new shiny fast tanks in total", [LOOSE]),
    ],
)
def test_six_words_at_most_lie_between_a_number_and_its_label_three_where_one_is_unknown(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks: +17, in total they have by now come to 9,382", ["tanks 9382 +17"]),
        ("Tanks: +17 in total, 9,382", ["tanks - +17", LOOSE]),
        ("Tanks: +17 in total; 9,382", ["tanks - +17", LOOSE]),
        ("Tanks: 9,382," + " word" * 37 + " +17", ["tanks 9382 +17"]),
        ("Tanks: 9,382," + " word" * 38 + " +17", ["tanks 9382 -", LOOSE]),
        ("Tanks: 9,382, the T-72 +17", ["tanks 9382 +17"]),
        ("Tanks: 9,382, some robots (500), +17", ["tanks 9382 -", LOOSE]),
        ("Tanks: 9,382, robots 500, +17", ["tanks 9382 -", LOOSE]),
        ("Tanks: 9,382, tank crews and others, +17", ["tanks 9382 -", LOOSE]),
        ("Tanks: 9,382, including 17 of the last day", ["tanks 9382 +17"]),
        ("Tanks: 9,382, another 17 a b c over the week", [f"{NEITHER}: tanks", LOOSE]),
        ("Tanks: total 9,382, in total they come to 9,400", ["tanks 9382 -", LOOSE]),
        ("Tanks: another 17, with 18 more", ["tanks - +17", LOOSE]),
        ("Tanks: from 9,365 to 9,382", [f"{NEITHER}: tanks", LOOSE]),
        ("Tanks rose from 9,365 to 9,382", ["tanks 9382 -"]),
        ("Of 9,400 tanks in total 17 were lost", ["? a change that is greater than the total: tanks"]),
    ],
)
def test_a_second_number_is_of_the_item_before_where_nothing_else_lies_between(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("(+17). Tanks: 9,382", ["tanks 9382 -", LOOSE]),
        ("(12 days) Tanks: 9,382", ["tanks 9382 -"]),
        ("(T-72) Tanks: 9,382", ["tanks 9382 -"]),
        ("days 9+17", [TOGETHER]),
        ("9+17 tanks", [f"{TOGETHER}: tanks", TOGETHER]),
    ],
)
def test_a_number_of_nothing_is_told_unless_it_is_no_figure(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("51 of 60 tanks were lost over the past day", True),
        ("51 out of 60 tanks were lost over the past day", True),
        ("9,000 to 9,382 tanks in total", True),
        ("9,000 or 9,382 tanks in total", True),
        ("Between 9,000 and 9,382 tanks in total", True),
        ("Знищено 51 із 60 танків за добу", True),
        ("9,000-9,382 tanks in total", False),
    ],
)
def test_of_two_numbers_before_one_label_neither_is_taken(text, loose):
    assert told(text) == [f"{TOGETHER}: tanks"] + [LOOSE] * loose


def test_a_number_in_the_name_of_a_model_is_no_second_number():
    assert told("The T-72 and 9,382 tanks in total") == ["tanks 9382 -"]


@pytest.mark.parametrize(
    "text", ["17 tanks were damaged and 3 destroyed over the past day", "3 tanks were captured over the past day"]
)
def test_a_number_of_what_is_not_lost_is_neither_a_total_nor_beside_one(text):
    assert told(text)[0] == "? a number of what is not said to be lost: tanks"
