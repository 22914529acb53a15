"""The traps of printed bulletins: what must not be read, and that it is reported with its line."""

import datetime as dt
from pathlib import Path

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import DAY_1000, expected, reasons, totals
from tests.intake.test_bulletins_layouts import figures

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "articles"


def article(name):
    path = ARTICLES / name
    if not path.is_file():
        pytest.skip("the founding articles are not here")
    return path.read_text(encoding="utf-8")


# The founding articles


@pytest.mark.datasets
def test_founding_losses_article_is_read_in_full():
    record = read_bulletin(article("losses-2024-11-19.txt"))
    assert figures(record) == expected(DAY_1000)
    assert record.date == dt.date(2024, 11, 19)
    assert record.problems == ()


@pytest.mark.datasets
def test_founding_article_without_a_bulletin_gives_no_figure_but_says_so():
    record = read_bulletin(article("a-thousand-days.txt"))
    assert record.entries == ()
    assert {problem.line for problem in record.problems} == {2, 4, 9}


# Totals and changes


@pytest.mark.parametrize(
    "text",
    [
        "The Russian army lost two more tanks, 25 armored fighting vehicles over the past day.",
        "General Staff: Russia lost another 1,650 soldiers",
        "Over the past day: tanks – 17, artillery systems – 46",
        "Втрати ворога за минулу добу:\nтанки – 17\nББМ – 33",
        "За сутки уничтожено 1610 оккупантов, 17 танков и одна РСЗО.",
        "+17 tanks, +33 APVs",
        "Tanks: +17\nAPVs: +33",
        "Tanks increased by 17.",
        "As of 19 November 2024, Russia lost 1,610 soldiers and 17 tanks over the past day.",
    ],
)
def test_change_is_never_taken_for_a_total(text):
    record = read_bulletin(text)
    assert record.entries
    assert all(entry.total is None and entry.change is not None for entry in record.entries)


@pytest.mark.parametrize(
    "text",
    [
        "Russia lost 1,610 soldiers and 17 tanks.",
        "Over the past day, Russia lost two tanks\n- tanks – 854\n- artillery systems – 403",
        "Втрати ворога за добу:\n- особовий склад – 724050\n- танки – 9382",
        "Over the past day Russia lost 724,050 soldiers.",
        "Germany has supplied 4,000 drones since the beginning of the war.",
        "In 2024 Russia lost 430,790 soldiers.",
        "Листопад: росія втратила 45 720 військових, 307 танків за місяць.",
        "The average daily losses in November were 1,523 personnel.",
        "Ukraine has lost 1,000 tanks since the beginning of the war.",
        "A daily total of 1,610 soldiers were eliminated.",
        "Total losses for the day:\ntanks – 17\nAPVs – 33",
    ],
)
def test_number_that_may_be_either_is_reported_and_not_read_as_a_total(text):
    record = read_bulletin(text)
    assert all(total is None for total in totals(record).values())
    assert record.problems


def test_change_said_in_one_line_of_a_list_is_said_of_that_line_alone():
    record = read_bulletin(
        "Tanks: 9,382\nUAVs: 38 over the past day\nMLRS: 1,252\nAircraft: 369, up 1 from yesterday"
    )
    assert figures(record) == {
        "tanks": (9382, None, ""),
        "uavs": (None, 38, ""),
        "mlrs": (1252, None, ""),
        "aircraft": (369, 1, ""),
    }


@pytest.mark.parametrize(
    "said",
    [
        "Tanks: 9,382. Including 17 over the past day.",
        "Танки: 9382. З них 17 за добу.",
        "Танки: 9382. В том числе 17 за сутки.",
    ],
)
def test_change_in_a_sentence_of_its_own_is_reported_and_not_lost(said):
    record = read_bulletin(f"{said}\nHelicopters: 329", date=dt.date(2024, 11, 19))
    assert [(entry.category, entry.total, entry.change) for entry in record.entries] == [
        ("tanks", 9382, None),
        ("helicopters", 329, None),
    ]
    (problem,) = record.problems
    assert "17" in problem.text


@pytest.mark.parametrize(
    "said",
    [
        "Over the past day there were 156 combat clashes.",
        "Over the past day the enemy carried out 4 missile strikes.",
        "За добу відбулося 156 бойових зіткнень, ворог завдав 4 ракетних ударів.",
    ],
)
def test_what_else_happened_in_a_day_is_no_change(said):
    record = read_bulletin(f"Tanks: 9,382 (+17). {said}", date=dt.date(2024, 11, 19))
    assert [(entry.total, entry.change) for entry in record.entries] == [(9382, 17)]
    assert record.problems == ()


def test_change_greater_than_the_total_is_a_problem_and_neither_is_trusted():
    record = read_bulletin("Tanks: 17 (+9,382)")
    assert record.entries == ()
    assert reasons(record) == [(1, "a change that is greater than the total")]


def test_change_greater_than_that_of_any_day_is_a_problem_and_the_total_is_read():
    record = read_bulletin("Tanks: 12,382 (+9,382)\nPersonnel: 724,050 (+4,999)")
    assert figures(record) == {"tanks": (12382, None, ""), "personnel": (724050, 4999, "")}
    assert reasons(record) == [(1, "a change greater than that of any day")]


def test_one_thing_of_which_a_word_says_what_became_of_it_is_read():
    assert figures(read_bulletin("Over the past day Russia lost 1 ship sunk.")) == {"ships": (None, 1, "")}


@pytest.mark.parametrize(
    "said",
    ["(previous day: 9,365)", "(9,365 yesterday)", "(was 9,365)", "(average 12 per day)", "(307 per month)"],
)
def test_number_in_brackets_that_is_no_change_of_the_day_is_reported(said):
    record = read_bulletin(f"Tanks: 9,382 {said}")
    assert figures(record) == {"tanks": (9382, None, "")}
    assert [problem.line for problem in record.problems] == [1]


def test_unsigned_number_in_brackets_is_no_change():
    record = read_bulletin("Tanks: 9,382 (17)")
    assert figures(record) == {"tanks": (9382, None, "")}
    assert len(record.problems) == 1


def test_no_change_and_an_absent_change_are_not_the_same():
    record = read_bulletin("Tanks: 9,382 (+0)\nAircraft: 369")
    assert figures(record) == {"tanks": (9382, 0, ""), "aircraft": (369, None, "")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tanks rose from 9,365 to 9,382.", (9382, None, "")),
        ("Tanks rose from 9,365 to a total of about 9,382.", (9382, None, "about")),
        ("The number of tanks has risen from 9,365 to 9,382 over the past day.", (9382, None, "")),
        ("Tanks rose from 9,365 by 17 to 9,382.", (9382, 17, "")),
        ("Tanks rose from 9,365 by 17.", (None, 17, "")),
        ("Кількість танків зросла з 9365 до 9382.", (9382, None, "")),
    ],
)
def test_the_total_of_the_day_before_is_neither_the_total_nor_the_change(text, expected):
    record = read_bulletin(text)
    assert figures(record) == {"tanks": expected}
    assert record.problems == ()


@pytest.mark.parametrize(
    "said",
    [
        "including 430 over the past month",
        "and 430 over the past week",
        "with 430 more in a month",
        "with 430 more a day on average",
        "з них 430 за місяць",
    ],
)
def test_what_was_lost_in_another_span_than_a_day_is_no_change(said):
    record = read_bulletin(f"Since the start Russia lost 9,382 tanks, {said}.")
    assert figures(record) in ({"tanks": (9382, None, "")}, {})
    assert "a number without a known label" in {problem.reason for problem in record.problems}


@pytest.mark.parametrize("text", ["Tanks: +17 (+18)", "+17 tanks (+18)", "Tanks: +17, up by 18"])
def test_of_two_changes_of_one_label_neither_is_read(text):
    record = read_bulletin(text)
    assert record.entries == ()
    assert reasons(record) == [(1, "two changes for one label")]


@pytest.mark.parametrize("text", ["about 17 tanks (total 9,382)", "Tanks: another about 17, for a total of 9,382"])
def test_what_is_said_of_the_change_is_not_said_of_the_total(text):
    assert figures(read_bulletin(text)) == {"tanks": (9382, 17, "")}


@pytest.mark.parametrize(
    "heading",
    [
        "Total losses in a month:",
        "Total losses for the week:",
        "Total losses in 2024:",
        "Since the beginning of this year:",
        "Загальні втрати за тиждень:",
        "З початку місяця:",
        "З початку року знищено:",
    ],
)
def test_the_sum_of_a_week_a_month_or_a_year_is_no_total_of_the_war(heading):
    record = read_bulletin(f"{heading}\ntanks – 430\nhelicopters – 12")
    assert record.entries == ()
    assert reasons(record) == [(n, "losses of another span than one day or the war") for n in (2, 3)]


@pytest.mark.parametrize(
    "heading",
    [
        "Since it began in 2022, Russia lost:",
        "Since the start of the war three years ago:",
        "Втрати росіян з 24 лютого 2022 року по 19 листопада 2024 року:",
    ],
)
def test_words_for_when_the_war_began_leave_a_total_a_total(heading):
    record = read_bulletin(f"{heading}\ntanks – 430\nhelicopters – 12")
    assert totals(record) == {"tanks": 430, "helicopters": 12}
    assert record.problems == ()


# Contradictions


def test_prose_that_contradicts_the_list_is_a_problem_and_the_list_wins():
    record = read_bulletin(
        "За добу знищили 1420 окупантів.\nЗагальні втрати станом на 23.11.2024:\n"
        "- особовий склад — близько 729 720 (+1 410) осіб;\n"
    )
    assert figures(record) == {"personnel": (729720, 1410, "about")}
    assert [problem.line for problem in record.problems] == [1]


def test_prose_that_rounds_the_list_is_no_contradiction():
    record = read_bulletin(
        "Загальні втрати становлять уже понад 724 тис. осіб. Знищено більше 9380 танків, майже 2100 артсистем\n"
        "особового складу – близько 724050 (+1610) осіб\nтанків – 9382 (+17) од.\nартсистем – 2094 од."
    )
    assert totals(record) == {"personnel": 724050, "tanks": 9382, "artillery": 2094}
    assert record.problems == ()


def test_rounded_prose_that_cannot_stand_for_the_list_is_a_problem():
    record = read_bulletin("Since the start more than 9,500 tanks were destroyed.\nTanks – 9382 (+17)")
    assert figures(record) == {"tanks": (9382, 17, "")}
    assert [problem.line for problem in record.problems] == [1]


def test_two_different_totals_of_one_list_are_a_problem_and_no_total_is_trusted():
    record = read_bulletin("Tanks: 9,382 (+17)\nAircraft: 369\nTanks: 9,328 (+17)")
    assert figures(record) == {"tanks": (None, 17, ""), "aircraft": (369, None, "")}
    assert [(p.line, p.category) for p in record.problems] == [(1, "tanks"), (3, "tanks")]


def test_the_same_total_twice_is_no_problem():
    record = read_bulletin("Танки – 9382 (+17)\nTanks – 9,382 (+17)\nSince the start 9,382 tanks were lost.")
    assert figures(record) == {"tanks": (9382, 17, "")}
    assert record.problems == ()


@pytest.mark.parametrize(("total", "agrees"), [("22,563", True), ("22,564", False), ("2,563", False)])
def test_printed_sum_is_checked_against_the_entries(total, agrees):
    record = read_bulletin(
        "Aircraft: 369\nHelicopters: 329\nUAVs: 19,111 (+38)\nCruise missiles: 2,754 (+1)\n"
        f"In all, {total} air targets were shot down.\n"
    )
    assert len(record.entries) == 4
    assert [problem.line for problem in record.problems] == ([] if agrees else [5])


def test_sum_with_a_part_not_stated_is_reported_as_unchecked():
    record = read_bulletin("Aircraft: 369\nHelicopters: 329\nIn total 22,563 air targets were shot down.\n")
    assert [problem.line for problem in record.problems] == [3]
    assert "uavs" in record.problems[0].reason
