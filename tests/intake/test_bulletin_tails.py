"""Behind an item's number: brackets, signs, units, the label once more, and what makes it no number of things."""

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import LOOSE, NEITHER, TOGETHER, told

BRACKETS = "? a number in brackets that is neither a change nor a total: tanks"
TWO_CHANGES = "? two different changes for one category: tanks"
SHARE = "? a share, no number of things: tanks"
SIGN = "? a sign without a number: tanks"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks: 9,382 (17 more)", ["tanks 9382 +17"]),
        ("Tanks: 9,382 (in the past day 17 in total)", ["tanks 9382 +17"]),
        ("Tanks: 9,382 (about 17 more)", ["tanks 9382 +17"]),
        ("Tanks: 17 (total 9,382)", ["tanks 9382 +17"]),
        ("Tanks: 17 (9,382 in total)", ["tanks 9382 +17"]),
        ("Tanks: 17 (about 9,382 in all)", ["tanks 9382 +17 about"]),
        ("Tanks: 9,382 (-)", ["tanks 9382 -"]),
        ("Tanks: 9,382 (+)", ["tanks 9382 -", SIGN]),
        ("Tanks: 9,382 (- T)", ["tanks 9382 -", SIGN]),
        ("Tanks: 9,382 (+ one more)", ["tanks 9382 -", BRACKETS]),
        ("Tanks: 9,382 (17)", ["tanks 9382 -", BRACKETS]),
        ("Tanks: 9,382 (+17 ships)", ["tanks 9382 -", BRACKETS]),
        ("Tanks: 9,382 (+17, +3)", ["tanks 9382 -", "? several changes in brackets: tanks"]),
        ("Tanks: 9,382 (+17; 9,365 yesterday)", ["tanks 9382 +17", BRACKETS]),
        ("Tanks: 9,382 (9,382)", ["tanks 9382 -", BRACKETS]),
        ("Tanks: 17 (9,382)", [BRACKETS]),  # which of them is the total?
    ],
)
def test_a_number_in_brackets_is_what_its_sign_or_words_say(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks: 9,382 units, +17 units", ["tanks 9382 +17"]),
        ("Tanks: 9,382 +17 helicopters", ["tanks 9382 -", "helicopters - +17"]),
        ("+17 tanks, +33 APVs", ["tanks - +17", "armoured-vehicles - +33"]),
        ("Tanks: 17 up", ["tanks - +17"]),
        ("17 tanks up", ["tanks - +17"]),
        ("Tanks 9 more +17", [TWO_CHANGES]),
        ("Tanks: 9,382 (+17) up", [TWO_CHANGES]),
        ("17 tanks fewer", [f"{NEITHER}: tanks"]),
        ("Tanks: 9,382 %", [SHARE]),
        ("98 tanks %", [SHARE]),
        ("Tanks: 9,382 | 98 %", ["tanks 9382 -"]),
        ("Tanks: 9,382 km", ["? an unknown unit: tanks"]),
        ("Tanks: 9,382 crews", ["? an unknown unit: tanks"]),
        ("9,382 tank crews", ["? an unknown label: tanks"]),
        ("Tanks: 9,382 by 17", ["tanks 9382 -", LOOSE]),
    ],
)
def test_words_and_signs_behind_a_number_change_what_it_is(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Tanks: 9,382 / танків:", "Tanks: 9,382 / танків"),
        ("Tanks: 9,382 lost units", "Tanks: 9,382 lost units"),
        ("698 aircraft | units", "698 aircraft | units"),
        ("Tanks: 17 tank", "Tanks: 17 tank"),
        ("Ships: 3 до units", "Ships: 3"),
        ("Ships: 3 and units", "Ships: 3"),
    ],
)
def test_the_piece_of_text_ends_with_the_unit_or_the_label_in_another_language(text, piece):
    (entry,) = read_bulletin(text).entries
    assert entry.text == piece


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks: 9,365 → 9,382", [f"{TOGETHER}: tanks", LOOSE]),
        ("Tanks: 9,365 -> 9,382", [f"{TOGETHER}: tanks", LOOSE]),
        ("Tanks +17 = 9,382", [f"{TOGETHER}: tanks", LOOSE]),
        (
            "Tanks: 9,365 + 17 = 9,382",
            [f"{TOGETHER}: tanks", "? a number beside one that could not be read: tanks", LOOSE],
        ),
        ("Tanks = 9,382", ["tanks 9382 -"]),
        ("Tanks -> 9,382", ["tanks 9382 -"]),
        ("Tanks: > 9,382", ["tanks 9382 - more-than"]),
        ("Tanks: 9,382 -", ["tanks 9382 -"]),
        ("Tanks: 9,382 = helicopters 329", ["tanks 9382 -", "helicopters 329 -"]),
    ],
)
def test_a_sum_or_a_way_from_one_number_to_another_is_neither(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize("unit", ["од.", "шт.", "pcs.", "од", "units"])
def test_a_unit_with_a_point_closes_no_bracket(unit):
    assert told(f"Tanks: 9,382 {unit} (+17 {unit})\nShips: 28") == ["tanks 9382 +17", "ships 28 -"]
