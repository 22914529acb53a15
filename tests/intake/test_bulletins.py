"""From the items of a text to its entries: what repeats, what sums, what is left over, and where it stands."""

import datetime as dt

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import LOOSE, told

SEPARATORS = "a number whose separators are not thousands"
DIFFERS = "? this total differs from the list's 9,382: tanks"
AMBIGUOUS = "? a label that may mean several categories: vehicles"
TARGETS = "Aircraft: 369 (+1)\nHelicopters: 329 (+1)\nUAVs: 19,111 (+2)\nCruise missiles: 2,754 (+1)"
OF_TARGETS = ["aircraft 369 +1", "helicopters 329 +1", "uavs 19111 +2", "cruise-missiles 2754 +1"]


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("About 9,000", True),
        ("About 9,400", True),
        ("About 9,390", True),
        ("About 9,391", False),
        ("About 9,383", False),
        ("About 10,382", False),
        ("About 9,300", True),
        ("About 9,280", False),
        ("9,390", False),
        ("9,382", True),
        ("More than 9,300", True),
        ("More than 9,382", True),
        ("More than 9,400", False),
        ("More than 9,200", False),
        ("At least 9,380", True),
        ("9.4 thousand", True),
        ("9.3 thousand", True),
        ("9.2 thousand", False),
    ],
)
def test_what_prose_says_of_a_figure_of_the_list_agrees_with_it_as_far_as_its_wording_claims(said, agrees):
    assert told(f"{said} tanks in total.\nTanks: 9,382") == ["tanks 9382 -"] + [DIFFERS] * (not agrees)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("About 9,300 tanks in total. 9,382 tanks in total", ["tanks 9382 -"]),
        ("9,300 tanks in total. 9,382 tanks in total", ["? two different totals for one category: tanks"]),
        ("Tanks: 9,382. Tanks: 9,383", ["? two different totals for one category: tanks"]),
        (
            "18 tanks over the past day\nTanks: 9,382 (+17)",
            ["tanks 9382 +17", "? this change differs from the list's 17: tanks"],
        ),
        ("Tanks: 17 (+17)", ["tanks 17 +17"]),
        ("Tanks: 17 (+18)", ["? a change that is greater than the total: tanks"]),
        ("Tanks: 9,382 (+5,000)", ["tanks 9382 -", "? a change greater than that of any day: tanks"]),
        ("Tanks: 9,382 (+4,999)", ["tanks 9382 +4999"]),
        ("1.02 million soldiers in total", ["? a rounded number, no exact figure: personnel"]),
        ("Tanks: 9,38 (+17)\nShips: 28", ["ships 28 -", "tanks - +17", f"? {SEPARATORS}: tanks"]),
    ],
)
def test_a_category_has_one_figure_or_a_problem(text, lines):
    assert sorted(told(text)) == sorted(lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Vehicles: 100", [AMBIGUOUS]),
        ("Vehicles: 100\nTanks: 9,382", ["tanks 9382 -", AMBIGUOUS]),
        ("Vehicles: 100\nAPVs: 50", ["vehicles 100 -", "armoured-vehicles 50 -"]),
        ("Vehicles: 100\nAPVs: 50\nVehicles and fuel tanks: 50", ["armoured-vehicles 50 -", "vehicles 50 -"]),
        ("Vehicles: 50\nAPVs: 50\nVehicles and fuel tanks: 50", ["armoured-vehicles 50 -", "vehicles 50 -"]),
        (
            "Vehicles: 99\nAPVs: 50\nVehicles and fuel tanks: 50",
            ["armoured-vehicles 50 -", "vehicles 50 -", AMBIGUOUS],
        ),
    ],
)
def test_a_word_for_a_category_or_a_sum_is_told_by_what_else_is_printed(text, lines):
    assert told(text) == lines


def test_a_word_means_the_category_of_its_time():
    assert "military-vehicles 100 -" in told("Vehicles: 100\nFuel tanks: 76\nAPVs: 50\nApril 27, 2022")


@pytest.mark.parametrize(
    ("first", "problem"),
    [
        ("Air targets: 22,563", []),
        ("Air targets: 22,564", ["? a sum that does not agree: its parts come to 22,563"]),
        ("Air targets: +5", []),
        ("Air targets: +6", ["? a sum that does not agree: its parts come to 5"]),
        ("About 22,600 air targets in total", []),
        (
            "Air targets: 22,564\nAir targets: +6",
            [
                "? a sum that does not agree: its parts come to 22,563",
                "? a sum that does not agree: its parts come to 5",
            ],
        ),
    ],
)
def test_a_printed_sum_is_held_against_its_parts(first, problem):
    assert told(f"{first}\n{TARGETS}") == [*OF_TARGETS, *problem]


def test_a_sum_without_all_its_parts_names_those_that_are_missing():
    text = "Air targets: 22,563\nAir targets: 22,563\nAircraft: 369\nHelicopters: 329"
    missing = "? a sum that cannot be checked: not stated: uavs, cruise-missiles"
    assert told(text) == ["aircraft 369 -", "helicopters 329 -", missing, missing]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("It spoke of 5 things.\nTanks: 9,382", False),
        ("It spoke of 5 things and 6 others.\nTanks: 9,382", False),
        ("It spoke of 5 things, 6 others, 7 more.\nTanks: 9,382", True),
        ("It lost 5 things.\nTanks: 9,382", True),
        ("It has lost 5 things.\nTanks: 9,382", True),
        ("It lost 9,382 things.\nTanks: 9,382", False),
        ("It lost 1,000 things.\nAir defence systems: 1,000", False),
        ("It lost 999 things.\nAir defence systems: 999", True),
        ("It lost 9.4 thousand things.\nTanks: 9,382", False),
        ("Crew 12\ne\nf\ng\nTanks: 9,382", True),
        ("Crew 12\ne\nf\ng\nh\nTanks: 9,382", False),
        ("Tanks: 9,382\nb\nc\nd\nCrew 12", True),
        ("Tanks: 9,382\nb\nc\nd\ne\nCrew 12", False),
        ("Tanks: 9,382. Including 17 per day.", True),
        ("Tanks: 9,382. It goes on. Including 17 per day.", False),
        ("It goes on. Including 17 per day. Tanks: 9,382", False),
    ],
)
def test_a_number_of_nothing_known_is_told_where_losses_are_spoken_of(text, reported):
    (figure, *problems) = told(text)
    assert not figure.startswith("?")
    assert problems == [LOOSE] * reported


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks: unknown", ["? a label without a figure: tanks"]),
        ("• Tanks a b: unknown", ["? a label without a figure: tanks"]),
        ("Tanks a b c: unknown", ["? no figure was found"]),
        ("Tanks", ["? no figure was found"]),
        ("Tanks; unknown", ["? no figure was found"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_label_that_leads_to_nothing_is_told(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_problem_names_its_line_and_shows_it_alone(end):
    (problem,) = read_bulletin(f"Losses{end}{end}Tanks: 9,38{end}Ships: 28").problems
    assert (problem.line, problem.text) == (3, "Tanks: 9,38")


def test_of_a_long_line_the_part_around_the_fault_is_shown():
    line = "word " * 100 + "Tanks: 9,38;" + " word" * 100
    (problem,) = (found for found in read_bulletin(line).problems if found.category == "tanks")
    assert len(problem.text) <= 300
    assert problem.text.index("9,38") == 150
    (problem,) = read_bulletin("Tanks: 9,38".ljust(300, ".")).problems
    assert len(problem.text) == 300
    assert read_bulletin("\n \n nothing").problems[0].line == 3


def test_a_category_of_another_time_is_told_with_the_day():
    record = read_bulletin("Fuel tanks: 76", date=dt.date(2024, 11, 19))
    (problem,) = record.problems
    assert (problem.reason, problem.category) == ("a category that was not reported on this date", "fuel-tankers")
    assert [(entry.category, entry.total) for entry in record.entries] == [("fuel-tankers", 76)]
    assert read_bulletin("Fuel tanks: 76", date=dt.date(2022, 4, 27)).problems == ()
    assert read_bulletin("Fuel tanks: 76\nas of 27.04").date == dt.date(2022, 4, 27)


def test_the_day_given_decides_which_way_a_slashed_date_is_read():
    assert read_bulletin("Losses as of 11/10/2024\nTanks: 9,382", date=dt.date(2024, 11, 10)).problems == ()
