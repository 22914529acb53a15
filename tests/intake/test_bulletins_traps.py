"""The traps of printed bulletins: what must not be read, and that it is reported with its line."""

import datetime as dt
from pathlib import Path

import pytest

from conflict.intake.bulletins import MOST_PROBLEMS, read_bulletin
from conflict.intake.labels import CASE_ENDINGS, Labels, LabelTableError, default_labels
from tests.intake.bulletin_texts import DAY_1000, expected
from tests.intake.test_bulletins_layouts import figures

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "articles"


def article(name):
    path = ARTICLES / name
    if not path.is_file():
        pytest.skip("the founding articles are not here")
    return path.read_text(encoding="utf-8")


def totals(record):
    return {entry.category: entry.total for entry in record.entries}


def reasons(record):
    return [(problem.line, problem.reason) for problem in record.problems]


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


# The day of issue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("For the past day, 22 November 2024, the losses:", "2024-11-23"),
        ("За минулу добу, 22 листопада 2024 року, втрати:", "2024-11-23"),
        ("За минувшие сутки, 22 ноября 2024 года, потери:", "2024-11-23"),
        ("Протягом доби 31 грудня 2024 року", "2025-01-01"),
        ("For the past day, 22 November. As of 23 November 2024", "2024-11-23"),
        ("As of November 19, 2024", "2024-11-19"),
        ("As of 06:00 on Nov. 19, 2024", "2024-11-19"),
        ("станом на 19 листопада 2024 року", "2024-11-19"),
        ("на ранок 19.11.2024", "2024-11-19"),
        ("по состоянию на 19 ноября 2024 г.", "2024-11-19"),
        ("from 24.02.22 to 19.11.24", "2024-11-19"),
        ("з 24.02.22 по 19.11.24", "2024-11-19"),
        ("24.02.22-19.11.24", "2024-11-19"),
        ("Between February 24, 2022 and April 16, 2024", "2024-04-16"),
        ("from 24 February 2022 to 19 November 2024", "2024-11-19"),
        ("Losses, 2024-11-19", "2024-11-19"),
        ("19/11/2024", "2024-11-19"),
        ("Day 1,000 of the war, 19 November", "2024-11-19"),
        ("1000-й день, 19 листопада", "2024-11-19"),
        ("Losses", None),
        ("Since February 24, 2022", None),
    ],
)
def test_day_of_issue_is_found(text, day):
    record = read_bulletin(text + "\nTanks: 9,382 (+17)\n")
    assert record.date == (dt.date.fromisoformat(day) if day else None)
    assert record.problems == ()
    assert totals(record) == {"tanks": 9382}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Losses on 19 November", "a date without a year"),
        ("As of 19 November 2024 and as of 20 November 2024", "several days"),
        ("Losses, 19.11.2024, updated 20.11.2024", "several days"),
        ("As of 31.02.2024", "a date that does not exist"),
        ("As of 1 January 2020", "before the first day"),
    ],
)
def test_doubtful_day_is_a_problem_and_no_date(text, reason):
    record = read_bulletin(text + "\nTanks: 9,382 (+17)\n")
    assert record.date is None
    assert totals(record) == {"tanks": 9382}
    assert [problem.line for problem in record.problems] == [1]
    assert reason in record.problems[0].reason


def test_given_date_is_kept_and_a_text_that_speaks_of_another_day_is_a_problem():
    text = "Tanks: 9,382\nLosses as of 19 November"
    assert read_bulletin(text, date=dt.date(2024, 11, 19)).problems == ()
    record = read_bulletin(text, date=dt.date(2024, 11, 20))
    assert record.date == dt.date(2024, 11, 20)
    assert [problem.line for problem in record.problems] == [2]


def test_day_number_is_never_trusted_against_the_date():
    record = read_bulletin("Day 999. As of 19 November 2024\nTanks: 9,382")
    assert record.date == dt.date(2024, 11, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("As of November 19 2024", "2024-11-19"),
        ("As of 19th of November, 2024", "2024-11-19"),
        ("From 24.02 to 19.11. Day 1000", "2024-11-19"),
        ("24.02-19.11. Day 1000", "2024-11-19"),
        ("Day 61. As of 25 April", "2022-04-25"),
        ("Day 1000. As of 27 February", "2025-02-27"),
        ("As of 29 February 2024", "2024-02-29"),
        ("As of 25 February 2022", "2022-02-25"),
        ("19.11.24", "2024-11-19"),
        ("11/19/2024", "2024-11-19"),
        ("at 06.00 on 19.11.2024", "2024-11-19"),
    ],
)
def test_a_day_said_in_another_way_or_near_a_day_number_is_found(text, day):
    record = read_bulletin(text + ". Tanks: 9,382")
    assert (record.date, totals(record), record.problems) == (dt.date.fromisoformat(day), {"tanks": 9382}, ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Day 60. As of 24 April", "a date without a year"),  # no war's first sixty days are counted so
        ("Day 1000. As of 28 February", "a date without a year"),  # 101 days from the thousandth
        ("As of 29 February 2023", "a date that does not exist"),
        ("2024-13-19", "a date that does not exist"),
        ("As of 23 February 2022", "the date 2022-02-23 lies before the first day"),
        ("19-11-2024", "several numbers run together"),
        (
            "As of 20 November 2024 and as of 19 November 2024",
            "several days could be the day of issue: 2024-11-19, 2024-11-20",
        ),
    ],
)
def test_what_makes_a_day_doubtful_is_said_in_words(text, reason):
    record = read_bulletin(text + ". Tanks: 9,382")
    assert (record.date, totals(record), reasons(record)) == (None, {"tanks": 9382}, [(1, reason)])


def test_a_text_of_another_day_than_the_given_one_says_both_and_where():
    record = read_bulletin("Tanks: 9,382\nAs of 19.11.2024", date=dt.date(2024, 11, 20))
    assert record.date == dt.date(2024, 11, 20)
    assert reasons(record) == [(2, "the text speaks of 2024-11-19, the date given is 2024-11-20")]


def test_a_number_that_looks_like_a_year_is_a_figure_where_a_figure_is_listed():
    assert figures(read_bulletin("Tanks: 2024 (+17)")) == {"tanks": (2024, 17, "")}
    assert totals(read_bulletin("Since 2022 Russia lost 9,382 tanks in total")) == {"tanks": 9382}


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
    assert reasons(record) == [(n, "a number that is neither said to be a total nor a change") for n in (2, 3)]


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


# Categories


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("• Hovercraft: 12 (+1)", [1]),
        ("Tanks: 9,382\n• Naval drones: 15\n• Tank crews: 120\n- операторів БпЛА — 120", [2, 3, 4]),
        ("- Бронепоїзди — 3 (+1)", [1]),
        ("Ballistic missiles – 33", [1]),
        ("Since the start Russia has lost 9,382 tanks, 12 hovercraft and one submarine.", [1]),
        ("9,382 tanks, 5,000 artillery shells and 30 tank crews were lost in total", [1]),
        ("танкери – 2", [1]),
        ("Tanks: 12 battalions", [1]),
    ],
)
def test_unknown_label_is_a_problem_with_its_line(text, lines):
    record = read_bulletin(text)
    assert sorted({problem.line for problem in record.problems}) == lines
    assert set(totals(record)) <= {"tanks", "submarines"}
    assert totals(record).get("tanks", 9382) == 9382


@pytest.mark.parametrize(
    "text",
    [
        "Aircraft and helicopters: 698",
        "Літаки, гелікоптери – 698",
        "Літаки, та гелікоптери – 698",
        "автомобільна техніка, та автоцистерни – 29548",
        "Tanks/APVs: 28,474",
        "698 aircraft and helicopters have been destroyed in total",
        "In total, 48,640 armored vehicles and trucks were lost.",
    ],
)
def test_one_number_for_several_categories_is_read_for_none(text):
    record = read_bulletin(text)
    assert record.entries == ()
    assert record.problems


def test_vehicles_that_may_include_the_armoured_ones_are_a_problem():
    record = read_bulletin(
        "As of 19 November 2024 Russia has lost 724,050 troops, 9,382 tanks and 48,640 vehicles."
    )
    assert totals(record) == {"personnel": 724050, "tanks": 9382}
    assert [problem.category for problem in record.problems] == ["vehicles"]


def test_vehicles_beside_armoured_vehicles_are_vehicles():
    record = read_bulletin("AFVs: 19,092 (+33)\nVehicles: 29,548 (+120)")
    assert totals(record) == {"armoured-vehicles": 19092, "vehicles": 29548}
    assert record.problems == ()


@pytest.mark.parametrize(("stated", "problems"), [("48,640", 0), ("48,650", 1)])
def test_vehicles_of_both_kinds_are_checked_as_their_sum(stated, problems):
    record = read_bulletin(
        f"AFVs: 19,092\nVehicles and fuel tanks: 29,548\nIn total, {stated} vehicles were destroyed."
    )
    assert totals(record) == {"armoured-vehicles": 19092, "vehicles": 29548}
    assert len(record.problems) == problems


def test_fuel_tankers_are_no_tanks():
    record = read_bulletin("As of 23.04.2022: tanks - 854 units, tanks with fuel and lubricants - 76")
    assert totals(record) == {"tanks": 854, "fuel-tankers": 76}


@pytest.mark.parametrize(
    ("day", "category"),
    [("30.04.2022", "military-vehicles"), ("01.05.2022", "vehicles"), ("19.11.2024", "vehicles")],
)
def test_motor_vehicles_became_vehicles_and_fuel_tanks_in_may_2022(day, category):
    record = read_bulletin(f"Втрати станом на {day}\nавтомобільної техніки – 1701 од.")
    assert totals(record) == {category: 1701}
    assert record.problems == ()


def test_category_that_had_ended_is_reported():
    record = read_bulletin("As of 19.11.2024\nTanks with fuel and lubricants - 76")
    assert totals(record) == {"fuel-tankers": 76}
    assert [(p.line, p.category) for p in record.problems] == [(2, "fuel-tankers")]


def test_words_before_the_comma_are_no_part_of_a_label():
    record = read_bulletin("Крім того, танків – 9382 (+17); in addition, aircraft – 369")
    assert totals(record) == {"tanks": 9382, "aircraft": 369}
    assert record.problems == ()


def test_label_without_a_figure_is_a_problem():
    record = read_bulletin("Tanks: 9,382\nMLRS: no data\nРСЗВ — без змін\n- засоби ППО – 9:04;")
    assert [problem.line for problem in record.problems] == [2, 3, 4]


# Numbers


@pytest.mark.parametrize(
    "number",
    [
        "1,020.010",
        "1,42",
        "12,3456",
        "9,38O",
        "9,З82",
        "9, 382",
        "9. 382",
        "9  382",
        "9,\n382",
        "9٬382",
        "9·382",
        "9_382",
        "9**3**82",
        "93<b>82</b>",
        "٩٣٨٢",
        "９３８２",
        "𝟗𝟑𝟖𝟐",
        "93৮2",
        "938²",
        "Ⅸ",
        "9\u200b382",
        "9\u00ad382",
        "9\u200e382",
        "\u202e2839\u202c",
        "9\u03363\u03368\u03362\u0336",
        "9️⃣3️⃣8️⃣2️⃣",
        "9382-9400",
        "9382/9400",
        "5000000000",
        "99999999999999999999",
        "0382",
        "twenty-five",
        "двадцять п'ять",
        "one hundred",
        "півтори тисячі",
        "9.4 thousand",
        "9,4 тис.",
        "a dozen",
        "±9382",
        "minus 9382",
        "9382%",
    ],
)
def test_number_that_cannot_be_trusted_is_never_read(number):
    for text in (f"Tanks: {number} (+17)", f"Since the start {number} tanks were lost.", f"танки – {number} од."):
        record = read_bulletin(text)
        assert all(total is None for total in totals(record).values()), text
        assert record.problems, text


@pytest.mark.parametrize(
    "change", ["(+1,42)", "(+1O)", "(17)", "(+17", "(+-17)", "(+17/+18)", "(+٣)", "(+l)", "(±17)"]
)
def test_change_that_cannot_be_trusted_leaves_the_total(change):
    record = read_bulletin(f"Tanks: 9,382 {change}")
    assert figures(record) == {"tanks": (9382, None, "")}
    assert {problem.line for problem in record.problems} == {1}


def test_single_dotted_number_among_others_is_mangled():
    record = read_bulletin("Tanks: 9.382\nArtillery: 20,632")
    assert totals(record) == {"artillery": 20632}
    assert [problem.line for problem in record.problems] == [1]


@pytest.mark.parametrize("prefix", ["T-72", "Tu-160", "Ка-52", "F-16", "R-30", "C-400"])
def test_designations_are_no_numbers(prefix):
    record = read_bulletin(f"Losses include a {prefix}.\nTanks: 9,382 (+17)")
    assert figures(record) == {"tanks": (9382, 17, "")}
    assert record.problems == ()


def test_numbers_of_other_things_are_passed_over():
    record = read_bulletin(
        "Day 1,000. Over the past day, 147 combat engagements took place. 12% of 550 days at 06:00.\n"
        "На фронті за добу відбулося 147 бойових зіткнень. https://example.org/2024/11/19?tanks=1\nTanks: 9,382\n"
    )
    assert totals(record) == {"tanks": 9382}
    assert record.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "Secondo Kiev dall'inizio della guerra sono morti 1.099.530 soldati russi, 11.191 carri armati e 28 navi.",
        "Guerra in Ucraina, le perdite russe: 173.990 soldati, 3.616 carri armati, 306 aerei e 291 elicotteri",
        "مقتل وإصابة 930 عسكرياً روسياً خلال 24 ساعة، و1182610 منذ البداية",
        "اللقتلى ١١٨٢٦١٠",
    ],
)
def test_unknown_language_gives_problems_and_no_figures(text):
    record = read_bulletin(text)
    assert record.entries == ()
    assert record.problems


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff"])
def test_no_text_gives_nothing(text):
    record = read_bulletin(text)
    assert (record.date, record.entries) == (None, ())


def test_text_without_figures_says_so():
    assert [problem.reason for problem in read_bulletin("Слава Україні!").problems] == ["no figure was found"]


def test_problems_are_limited_in_number_and_length():
    record = read_bulletin("x" * 2_000 + ": 5 (+1)\n" + "Hovercraft: 12 (+1)\n" * 3_000)
    assert len(record.problems) == MOST_PROBLEMS
    assert all(len(problem.text) <= 300 for problem in record.problems)
    assert "5 (+1)" in record.problems[0].text


# Labels


def test_stress_marks_decomposed_letters_and_mixed_alphabets_are_still_labels():
    record = read_bulletin("лiтаки – 369\nособови\u0306 склад – 724050\nта\u0301нки – 9382")
    assert totals(record) == {"aircraft": 369, "personnel": 724050, "tanks": 9382}


def and_labels(*more):
    """The reader's own labels, and more: category, language and form."""
    return Labels((*default_labels().rows, *((slug, language, "-", "-", form) for slug, language, form in more)))


def test_new_category_and_new_labels_need_no_code():
    labels = and_labels(
        ("airships", "en", "airship(s)"),
        ("airships", "uk", "дирижабл~"),
        ("tanks", "it", "carro|carri armato|armati"),
    )
    record = read_bulletin("Airships: 3 (+1)\nдирижаблів – 3 (+1)\nCarri armati: 9,382", labels=labels)
    assert figures(record) == {"airships": (3, 1, ""), "tanks": (9382, None, "")}
    assert record.problems == ()
    assert read_bulletin("Airships: 3 (+1)").entries == ()


def test_label_of_two_categories_is_a_problem():
    labels = and_labels(("trolleys", "en", "tank(s)"))
    record = read_bulletin("Tanks: 9,382", labels=labels)
    assert record.entries == ()
    assert len(record.problems) == 1


@pytest.mark.parametrize("noun", ["танк", "танка", "танки", "танків", "танкам", "танками", "танках", "танков"])
def test_case_endings_are_part_of_a_label(noun):
    assert totals(read_bulletin(f"{noun} – 9382")) == {"tanks": 9382}


@pytest.mark.parametrize("noun", ["танкер", "танкіст", "танкетка", "танковий", "танкодром"])
def test_other_words_of_the_same_stem_are_not(noun):
    assert noun.removeprefix("танк") not in CASE_ENDINGS
    assert read_bulletin(f"{noun} – 9382").entries == ()


def test_every_category_has_labels_in_three_languages():
    known = {(row[0].split("|")[0], row[1]) for row in default_labels().rows if row[0][0] != "@"}
    slugs = {row[0].split("|")[0] for row in default_labels().rows if row[0][0] != "@" and "+" not in row[0]}
    assert len(slugs) == 19
    for slug in slugs:
        assert {(slug, "en"), (slug, "uk"), (slug, "ru")} <= known


@pytest.mark.parametrize(
    "row",
    [
        ("tanks", "en", "2022", "-", "tank"),
        ("tanks", "en", "-", "-", "123"),
        ("tanks", "en", "-", "31.12.2024", "t"),
    ],
)
def test_label_table_names_the_row_that_cannot_be_read(row):
    with pytest.raises(LabelTableError, match="Row 2"):
        Labels([("tanks", "en", "-", "-", "tank"), row])


@pytest.mark.parametrize("text", ["Tanks: 5", "As of 19.11.2024\nTanks: 5", "Tanks: 5\nAs of 18.11.2024", ""])
def test_a_date_that_is_given_is_that_of_the_record_whatever_the_text_says(text):
    assert read_bulletin(text, date=dt.date(2024, 11, 19)).date == dt.date(2024, 11, 19)


def test_label_table_gives_every_row_below_its_header(tmp_path):
    path = tmp_path / "labels.tsv"
    rows = [("tanks", "en", "-", "-", "tank(s)"), ("aircraft", "uk", "", "2024-12-31", "літак~")]
    lines = ["# a comment", "what\tlanguage\tsince\tuntil\tforms", *map("\t".join, rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert Labels.from_file(path).rows == tuple(rows)


def test_label_table_of_the_wrong_width_is_refused(tmp_path):
    path = tmp_path / "labels.tsv"
    path.write_text("what\tlanguage\tsince\tuntil\tforms\ntanks\ten\ttank\n", encoding="utf-8")
    with pytest.raises(LabelTableError, match="five columns"):
        Labels.from_file(path)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("one", 1),
        ("six", 6),
        ("twenty", 20),
        ("одна", 1),
        ("двох", 2),
        ("п'ять", 5),
        ("п’яти", 5),
        ("дев'ятнадцять", 19),
        ("двадцяти", 20),
    ],
)
def test_number_words_up_to_twenty_are_read(words, value):
    record = read_bulletin(f"Submarines: {words}")
    assert totals(record) == {"submarines": value}
    assert record.problems == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Naval tanks: 9,382", "an unknown label or unit"),
        ("tanks: l 100", "an unknown label or unit"),
        ("tanks: 9,382 widgets", "an unknown unit"),
        ("30 tank crews", "an unknown label"),
        ("tanks: 9,382 helicopters", "a number that stands between two labels"),
        ("Tanks and helicopters: 9,382", "one number for several labels"),
        ("9,382 tanks and helicopters", "one number for several labels"),
        ("Tanks: 9,382 %", "a share, no number of things"),
        ("Tanks: 9,382 (total 17)", "a change that is greater than the total"),
        ("Tanks 9:38 200", "a number without a known label"),
    ],
)
def test_what_forbids_a_figure_is_named_and_no_figure_is_read(text, reason):
    record = read_bulletin(text)
    assert record.entries == ()
    assert [problem.reason for problem in record.problems] == [reason]


@pytest.mark.parametrize(
    ("brackets", "change", "reasons"),
    [
        ("+17", 17, []),
        ("-", None, []),
        ("+", None, ["a sign without a number"]),
        ("+17, +18", None, ["several changes in brackets"]),
        ("+17 personnel", None, ["a number in brackets that is neither a change nor a total"]),
        ("17", None, ["a number in brackets that is neither a change nor a total"]),
        ("17 on average", None, ["a number of another span than one day"]),
    ],
)
def test_brackets_give_a_change_or_say_why_not_and_leave_the_total(brackets, change, reasons):
    record = read_bulletin(f"Tanks: 9,382 ({brackets})")
    assert figures(record) == {"tanks": (9382, change, "")}
    assert [problem.reason for problem in record.problems] == reasons


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tanks - 9,382, +17", (9382, 17, "")),
        ("tanks ≈ 9,382", (9382, None, "about")),
        ("Aircraft | 369", (369, None, "")),
        ("9,382 (+17) tanks", (9382, 17, "")),
    ],
)
def test_links_signs_and_order_of_one_line(text, expected):
    assert list(figures(read_bulletin(text)).values()) == [expected]
    assert read_bulletin(text).problems == ()
