"""Bare numbers: what their sentence, their heading or the text before makes of them, if that is enough."""

import pytest

from tests.intake.bulletin_texts import LOOSE, NEITHER, told

TANKS, SHIPS, PERSONNEL = (f"{NEITHER}: {category}" for category in ("tanks", "ships", "personnel"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Russia has lost 120 tanks.", ["tanks 120 -"]),
        ("Over the past day it attacked. Russia has lost 120 tanks.", [TANKS]),
        ("Over the past day it attacked. In total it is much. Russia has lost 120 tanks.", ["tanks 120 -"]),
        ("In total it is much. Over the past day it attacked. Russia has lost 120 tanks.", [TANKS]),
        ("Russia has lost 120 tanks. Over the past day it attacked.", [TANKS]),
        ("This number includes the past day. Russia has lost 120 tanks.", ["tanks 120 -"]),
        ("Russia has lost 9,382 tanks over the past day.", ["tanks 9382 -"]),
        ("As of 19 November 2024, 120 tanks.", ["tanks 120 -"]),
        ("9,382 tanks and 28 ships were lost.", ["tanks 9382 -", "ships 28 -"]),
        ("5,000 tanks destroyed.", ["tanks 5000 -"]),
        ("4,999 tanks destroyed.", [TANKS]),
    ],
)
def test_has_lost_means_so_far_unless_the_text_speaks_of_a_day(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Over the past day:", "tanks - +17"),
        ("Over the past day, it attacked:", "tanks - +17"),
        ("Over the past day it attacked.\na b c d e f g h i j k l m n:", "tanks - +17"),
        ("Over the past day it attacked. 5 ships:", "tanks - +17"),
        ("In total:", "tanks 17 -"),
        ("In total", "tanks 17 -"),
        ("As of 19 November 2024", "tanks 17 -"),
        ("from 24.02.22 to 19.11.24", "tanks 17 -"),
        ("As of today:", "tanks 17 -"),
        ("Станом на сьогодні:", "tanks 17 -"),
        ("По состоянию на сегодня:", "tanks 17 -"),
        ("Today's losses:", "tanks - +17"),
        ("Сьогоднішні втрати:", "tanks - +17"),
        ("Вчерашние потери:", "tanks - +17"),
        ("", "tanks 17 -"),
        ("Over the past day", TANKS),
        ("Over the past day it attacked.", TANKS),
        ("Over the past day it attacked.\na b c d e f g h i j k l", TANKS),
        ("Over the past day it attacked.\na b c d e f g h i j k l m", TANKS),  # too far to be the heading
        ("Over the past day it attacked. 5 ships.", TANKS),
        ("Total losses of the day:", TANKS),
        ("The daily average increase:", "? losses of another span than one day or the war: tanks"),
        ("An average of two more:", TANKS),
    ],
)
def test_a_list_is_of_what_its_heading_says(heading, line):
    assert line in told(f"{heading}\nTanks: 17")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Over the past day it attacked.\nTanks: 9,382\nShips: 1", ["tanks 9382 -", "ships 1 -"]),
        ("Over the past day it attacked.\nTanks: 5,000\nShips: 1", ["tanks 5000 -", "ships 1 -"]),
        ("Over the past day it attacked.\n" + "a " * 13 + "\nTanks: 5,000", ["tanks 5000 -"]),
        ("Over the past day it attacked.\nTanks: 4,999\nShips: 1", [TANKS, SHIPS]),
        ("Over the past day: Tanks: 17\nShips: 1", ["tanks - +17", "ships - +1"]),
        ("Over the past day: Tanks: 4,999\nShips: 1", ["tanks - +4999", "ships - +1"]),
        ("Over the past day: Tanks: 9,382\nShips: 1", [TANKS, SHIPS]),
        (
            "Over the past day it attacked.\n" + "a " * 13 + "\nTanks: 17\nShips: 9 (+1)",
            ["tanks 17 -", "ships 9 +1"],
        ),
        ("In total: tanks: 17\nShips: 1", ["tanks 17 -", "ships 1 -"]),
        ("Tanks: 17 over the past day\nShips: 6,000", ["tanks - +17", "ships 6000 -"]),
        ("Tanks: 17 over the past day\nShips: 1", ["tanks - +17", SHIPS]),
        ("Tanks: 17\nOver the past day:\nShips: 1", ["ships - +1", TANKS]),
        ("Tanks: 17\nThe enemy attacked.\nShips: 1 (+1)", ["tanks 17 -", "ships 1 +1"]),
        ("Tanks 17 today (+3)", [TANKS, LOOSE]),  # which of them is today's?
        ("Tanks: 9,382 on average", [TANKS]),
        ("19 (total 9,382) tanks", ["tanks 9382 +19"]),
    ],
)
def test_the_numbers_of_a_list_are_all_totals_or_all_changes(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("In total 9,382 tanks, over the past day 17 ships", ["tanks 9382 -", "ships - +17"]),
        ("Over the past day 17 tanks; 28 ships in total", ["tanks - +17", "ships 28 -"]),
        ("Tank losses rose to 4,999 tanks over the past day", [TANKS]),
        ("Tank losses rose to 5,000 tanks over the past day", ["tanks 5000 -"]),
        ("17 tanks from 24.02.22 to 19.11.24", ["tanks 17 -"]),
        ("Total losses in the day: tanks 17", [TANKS]),
        (
            "As of 19 November 2024 about 724,050 troops have been lost, a daily average increase of 1,610 troops",
            ["personnel 724050 +1610 about"],
        ),
        (
            "In total, 9,382 tanks, 28 ships, and over the past day 17 APVs, 3 UAVs",
            ["tanks 9382 -", "ships 28 -", "armoured-vehicles - +17", "uavs - +3"],
        ),
        ("Over the past day 17 tanks and in total 28 ships were lost", [TANKS, SHIPS]),
        ("A total of 120 tanks were lost over the past day", [TANKS]),
        ("A total of 5,120 tanks were lost over the past day", ["tanks 5120 -"]),
        ("A total of 120 tanks (+3) over the past day", ["tanks 120 +3"]),
        ("Tank losses rose to 120 tanks over the past day", [TANKS]),
        ("A total of 120 tanks, 3 of them over the past day", ["tanks 120 +3"]),
    ],
)
def test_a_sentence_that_speaks_of_both_is_read_clause_by_clause(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A day earlier the losses were 1,690 soldiers", PERSONNEL),
        ("1,690 soldiers were lost the day before", PERSONNEL),
        ("The losses are 1,610 soldiers, more than a day earlier", "personnel - +1610"),
        ("Tanks: 9,382, an increase of 17 on the day before", "tanks 9382 +17"),
        ("Tanks: 9,382 (17 more than the day before)", "tanks 9382 +17"),
        ("Tanks: 9,382 (+17 from a day earlier)", "tanks 9382 +17"),
        ("Compared to the previous day, losses fell to 1,610 soldiers", "personnel - +1610"),
        ("The record was 2,030 soldiers in one day", PERSONNEL),
        ("Рекордні втрати за добу: 2030 окупантів", PERSONNEL),
        ("Рекордные потери за сутки: 2030 солдат", PERSONNEL),
        ("Russia loses about 1,500 soldiers per day", PERSONNEL),
        ("Up to 1,500 soldiers are lost daily", PERSONNEL),
        ("In the last 48 hours, 3,000 soldiers were lost", PERSONNEL),
        ("Over the past 24 hours, 1,610 soldiers were lost", "personnel - +1610"),
        ("За останні 48 годин знищено 3000 окупантів", PERSONNEL),
        ("Станом на 10 годин знищено 724050 окупантів", "personnel 724050 -"),
        ("Since Monday 1,690 soldiers were lost", PERSONNEL),
        ("Overnight 1,690 soldiers were lost", PERSONNEL),
    ],
)
def test_the_figure_of_another_day_a_night_or_a_habit_is_not_that_of_the_day(text, line):
    assert told(text) == [line]


@pytest.mark.parametrize(
    ("between", "line"),
    [
        ("", "tanks 17 -"),
        ("a b c d e f g h i j k l", "tanks 17 -"),
        ("a b c d e f g h i j k l m", TANKS),
        ("a b c d e f g h i j k l m\na b c d e f g h i j k l m:", TANKS),
        ("5 ships.", TANKS),
        ("5 ships:", "tanks 17 -"),
        ("Over the past week it went on.", "tanks 17 -"),
        ("Over the past day it went on.", TANKS),
    ],
)
def test_words_on_totals_lead_up_to_a_list_twelve_tokens_behind_them_at_most(between, line):
    assert line in told(f"Over the past day it attacked. In total it is much.\n{between}\nTanks: 17")
