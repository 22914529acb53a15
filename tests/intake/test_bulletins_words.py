"""Words and marks around a bulletin's labels and numbers: what they make of them, tried from both sides."""

import datetime as dt

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import reasons, totals
from tests.intake.test_bulletins_layouts import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("99) 28 ships", {"ships": (28, None, "")}),
        ("• 2) 28 ships", {"ships": (28, None, "")}),
        ("• +17 tanks", {"tanks": (None, 17, "")}),
        ("about 28 ships/boats", {"ships": (28, None, "about")}),
        ("≈ 28 ships", {"ships": (28, None, "about")}),
        ("three more tanks", {"tanks": (None, 3, "")}),
        ("9,382 / tanks in total", {"tanks": (9382, None, "")}),
        ("9,382 + tanks in total", {"tanks": (9382, None, "")}),
        ("9,382 about tanks in total", {"tanks": (9382, None, "")}),
        ("9,382 in total tanks", {"tanks": (9382, None, "")}),
        ("9,382 of the enemy's russian destroyed tanks in total", {"tanks": (9382, None, "")}),
        ("156 clashes, and tanks: 9,382", {"tanks": (9382, None, "")}),
        ("Tanks: +17, for a total of 9,382", {"tanks": (9382, 17, "")}),
        ("Tanks: +17; the total is 9,382", {"tanks": (9382, 17, "")}),
        ("Tanks: 17 units more, making the total 9,382", {"tanks": (9382, 17, "")}),
        ("Tanks: 17 in the past day; in total about 9,382", {"tanks": (9382, 17, "about")}),
        ("Tanks: +17, so far more than 9,382", {"tanks": (9382, 17, "more-than")}),
        ("Tanks: 9,382, about 17 over the past day", {"tanks": (9382, 17, "")}),
        ("Tanks: 9,382, including 17 over the past day", {"tanks": (9382, 17, "")}),
        ("Tanks: 9,382 units with 17 more", {"tanks": (9382, 17, "")}),
        ("Tanks: 9,382 units with 17 more than yesterday", {"tanks": (9382, 17, "")}),
        ("Aircraft: 369, up 1", {"aircraft": (369, 1, "")}),
    ],
)
def test_words_and_marks_around_a_number_say_what_it_is(text, expected):
    record = read_bulletin(text)
    assert figures(record) == expected
    assert record.problems == ()
    assert all(entry.text == text[entry.start : entry.end] for entry in record.entries)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("l 100 tanks in total", "letters and digits run together"),
        ("4 naval helicopters in total", "an unknown label"),
        ("17 more than yesterday tanks", "an unknown label"),
        ("9,382 very brand new tanks in total", "an unknown label"),
        ("9,382 very very brand new tanks in total", "a number without a known label"),
        ("9,382 of the enemy's russian destroyed damaged also tanks in total", "a number without a known label"),
        ("9,382 ; tanks in total", "a number without a known label"),
        ("9,382 including tanks in total", "an unknown label"),
        ("156 people days tanks in total", "a number without a known label"),
        ("17 over the day tanks", "an unknown label"),
        ("Lost: 28 ships", "a number that is neither said to be a total nor a change"),
        ("28 ships/boats: sunk", "a number that is neither said to be a total nor a change"),
        ("Tanks: 9,382 units with seventeen more", "a number that is neither said to be a total nor a change"),
        ("(+17)", "a number without a known label"),
        ("Tanks (+17): 9,382", "a number without a known label"),
    ],
)
def test_a_number_whose_words_do_not_say_what_it_is_is_not_read(text, reason):
    record = read_bulletin(text)
    assert record.entries == ()
    assert [problem.reason for problem in record.problems] == [reason]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Tanks: another 17, about 9,382 in total", 17),
        ("Tanks: +17 — 9,382 total", 17),
        ("Tanks: another 17 including 9,382 in total", 17),
    ],
)
def test_a_second_number_that_is_not_clearly_the_total_is_reported_beside_the_change(text, change):
    record = read_bulletin(text)
    assert figures(record) == {"tanks": (None, change, "")}
    assert reasons(record) == [(1, "a number without a known label")]


def test_the_number_of_a_list_line_has_two_digits_at_most():
    record = read_bulletin("100) 28 ships in total")
    assert figures(record) == {"ships": (28, None, "")}
    assert reasons(record) == [(1, "a number without a known label")]


@pytest.mark.parametrize(
    ("text", "expected", "refused"),
    [
        ("Tanks 9,382 helicopters 329", {"helicopters": 329}, 1),
        ("Tanks 9,382 units helicopters 329 units aircraft 369 units", {"aircraft": 369}, 2),
        ("Tanks 9,382, helicopters 329", {"tanks": 9382, "helicopters": 329}, 0),
        ("Tanks: 9,382 helicopters: 329", {"tanks": 9382, "helicopters": 329}, 0),
    ],
)
def test_a_number_between_two_labels_is_never_taken_for_the_wrong_one(text, expected, refused):
    record = read_bulletin(text)
    assert totals(record) == expected
    assert reasons(record) == [(1, "a number that stands between two labels")] * refused


@pytest.mark.parametrize(
    "text",
    [
        "За добу знищили в окупантів 17 танків",
        "За добу знищили в окупантів 17 танків 2 дні тому",
        "За добу знищили в окупантів 17 танків 33 ББМ",
    ],
)
def test_the_number_behind_a_label_belongs_to_the_label_behind_it_where_the_row_ends_with_one(text):
    record = read_bulletin(text)
    assert figures(record)["tanks"] == (None, 17, "")
    assert record.problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tanks (battle tanks): 9,382", {"tanks": (9382, None, "")}),
        ("Tanks | танки | 9,382", {"tanks": (9382, None, "")}),
        ("Tanks / танки: 9,382", {"tanks": (9382, None, "")}),
        ("Tanks танки: 9,382", {"tanks": (9382, None, "")}),
        ("Tanks: 9,382 units / танків: 9382", {"tanks": (9382, None, "")}),
        ("Tanks in total: 9,382", {"tanks": (9382, None, "")}),
        ("Tanks have reached 9,382", {"tanks": (9382, None, "")}),
        ("Tanks - daily 17", {"tanks": (None, 17, "")}),
        ("Tanks lost daily: 17", {"tanks": (None, 17, "")}),
        ("Tanks more: 17", {"tanks": (None, 17, "")}),
        ("Tanks: yesterday another 17", {"tanks": (None, 17, "")}),
        ("Tanks: helicopters 329", {"helicopters": (329, None, "")}),
    ],
)
def test_words_and_marks_between_a_label_and_its_number_say_what_it_is(text, expected):
    record = read_bulletin(text)
    assert figures(record) == expected
    assert record.problems == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tanks (T-72): 9,382", "a number without a known label"),
        ("Tanks (armored fighting vehicles): 9,382", "one number for several labels"),
        ("Tanks & helicopters: 329", "one number for several labels"),
        ("Tanks + helicopters: 329", "one number for several labels"),
        ("Tanks, aircraft 369", "one number for several labels"),
        ("tanks and helicopters and aircraft: 369", "one number for several labels"),
        ("698 aircraft / helicopters", "one number for several labels"),
        ("698 літаків/гелікоптерів", "one number for several labels"),
        ("Tanks helicopters: 329", "an unknown label or unit"),
        ("naval Tanks: 9,382", "an unknown label or unit"),
        ("Tanks: 19.11.2024 9,382", "an unknown label or unit"),
        ("Tanks: 06:00 9,382", "an unknown label or unit"),
        ("Tanks on 19.11.2024: 9,382", "a number without a known label"),
        ("Tanks: 06:00", "a label without a figure"),
        ("Tanks: a 9,382", "an unknown label or unit"),
        ("Tanks - burned 9,382", "an unknown label or unit"),
        ("Tanks burned - 9,382", "an unknown label"),
        ("Tanks burned: about 9,382", "an unknown label"),
        ("Tanks burned 9,382", "a number without a known label"),
        ("Tanks have 9,382", "a number without a known label"),
        ("Tanks destroyed in battles, 9,382", "a number without a known label"),
        ("Tanks < 9,382", "a number without a known label"),
        ("Tanks - weekly 430", "a number that is neither said to be a total nor a change"),
    ],
)
def test_what_parts_a_label_from_its_number_is_named_and_no_figure_is_read(text, reason):
    record = read_bulletin(text)
    assert record.entries == ()
    assert [problem.reason for problem in record.problems] == [reason]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tanks: 9,382 destroyed (+17)", (9382, 17, "")),
        ("Tanks: 9,382 lost units", (9382, None, "")),
        ("Tanks: 17 more", (None, 17, "")),
        ("Tanks | 9,382 | +17", (9382, 17, "")),
        ('Tanks: 9,382 "units"', (9382, None, "")),
        ("Tanks: 9,382units", (9382, None, "")),
        ("Tanks: 9,382 tanks", (9382, None, "")),
        ("Tanks: 9,382 танків - 9382", (9382, None, "")),
        ("9,382 tanks lost (+17)", (9382, 17, "")),
        ("9,382 tanks killed, +17", (9382, 17, "")),
        ("Tanks: 9,382 (up 17)", (9382, 17, "")),
        ("Tanks: 9,382 (17 more)", (9382, 17, "")),
        ("Tanks: 9,382 (17 more than yesterday)", (9382, 17, "")),
        ("Tanks: 9,382 (+ 17 за добу)", (9382, 17, "")),
        ("Tanks: 9,382 (за добу 17)", (9382, 17, "")),
        ("Tanks: 9,382 (3 days, +17)", (9382, 17, "")),
        ("Tanks: 17 (9,382 in total)", (9382, 17, "")),
        ("Tanks: 17 (9,382 total, daily)", (9382, 17, "")),
        ("Tanks: +17 (total of about 9,382)", (9382, 17, "about")),
    ],
)
def test_units_brackets_and_changes_behind_a_number_go_with_it(text, expected):
    record = read_bulletin(text)
    assert figures(record) == {"tanks": expected}
    assert record.problems == ()


def test_a_change_before_another_label_is_that_labels():
    record = read_bulletin("Tanks: 9,382 +17 helicopters")
    assert figures(record) == {"tanks": (9382, None, ""), "helicopters": (None, 17, "")}
    assert record.problems == ()


@pytest.mark.parametrize(
    ("behind", "reason"),
    [
        ("(- 17)", "a number in brackets that is neither a change nor a total"),
        ("(– 17 за добу)", "a number in brackets that is neither a change nor a total"),
        ("(daily - 17)", "a number in brackets that is neither a change nor a total"),
        ("(17 helicopters)", "a number in brackets that is neither a change nor a total"),
        ("(yesterday 9,365)", "a number in brackets that is neither a change nor a total"),
        ("(- no change)", "a sign without a number"),
        ("(+ no change)", "a sign without a number"),
        ("(+17 in a week)", "a number of another span than one day"),
        (", (+17)", "a number without a known label"),
        ("from (+17)", "a number without a known label"),
    ],
)
def test_what_stands_behind_a_number_and_is_no_certain_change_is_reported(behind, reason):
    record = read_bulletin(f"Tanks: 9,382 {behind}".replace(" ,", ","))
    assert figures(record) == {"tanks": (9382, None, "")}
    assert reasons(record) == [(1, reason)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over the past day:\ntanks – 4,999", {"tanks": (None, 4999, "")}),
        (
            "Over the past day:\ntanks – 17\npersonnel – 4,999",
            {"tanks": (None, 17, ""), "personnel": (None, 4999, "")},
        ),
        ("Losses of the past day\ntanks – 5,000", {"tanks": (5000, None, "")}),
        ("Over the past day:\ntanks – 17 (+3)\nMLRS – 33", {"tanks": (17, 3, ""), "mlrs": (33, None, "")}),
        ("Total losses:\ntanks – 17", {"tanks": (17, None, "")}),
        ("From 24.02.2022 to 19.11.2024:\ntanks – 17", {"tanks": (17, None, "")}),
        ("This number includes losses over the past day.\ntanks – 17", {"tanks": (17, None, "")}),
        (
            "They lost 1,610 troops over the past day. The total losses:\ntanks – 17",
            {"personnel": (None, 1610, ""), "tanks": (17, None, "")},
        ),
        ("Over the past day, Russia lost 4,999 soldiers.", {"personnel": (None, 4999, "")}),
        ("As of today, over the past day Russia lost 5,000 soldiers.", {"personnel": (5000, None, "")}),
        ("Russia lost 5,000 soldiers.", {"personnel": (5000, None, "")}),
        ("Russia has lost 4,999 soldiers.", {"personnel": (4999, None, "")}),
        ("Russia lost 17 tanks over the past day, 9,382 tanks in total.", {"tanks": (9382, 17, "")}),
    ],
)
def test_a_heading_a_cue_or_the_size_says_whether_numbers_are_totals_or_changes(text, expected):
    record = read_bulletin(text)
    assert figures(record) == expected
    assert record.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "Over the past day:\ntanks – 5,000",
        "Over the past day:\ntanks – 17\npersonnel – 5,000",
        "Losses of the past day\ntanks – 4,999",
        "Total losses of the day:\ntanks – 17",
        "Over the past day, Russia lost 5,000 soldiers.",
        "Russia lost 4,999 soldiers.",
    ],
)
def test_numbers_that_heading_and_size_leave_open_are_reported_and_not_read(text):
    record = read_bulletin(text)
    assert record.entries == ()
    assert {problem.reason for problem in record.problems} == {
        "a number that is neither said to be a total nor a change"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tanks: 9,382.Helicopters: 329", {"tanks": 9382, "helicopters": 329}),
        ("12. Tanks: 9,382", {"tanks": 9382}),
        ("Approx. 9,382 tanks in total", {"tanks": 9382}),
        ("tanks – 9382 од. літаки – 369 од. (+1)", {"tanks": 9382, "aircraft": 369}),
        ("Tanks: 9,382 (+17). Nov. 19, 2024", {"tanks": 9382}),
        ("Tanks: 9,382,", {"tanks": 9382}),
    ],
)
def test_points_part_sentences_but_not_what_they_abbreviate(text, expected):
    record = read_bulletin(text)
    assert (totals(record), record.problems) == (expected, ())


@pytest.mark.parametrize("span", ["24 hours", "In 24-hours", "For the last 24 hours"])
def test_twenty_four_hours_are_a_day_and_no_figure(span):
    record = read_bulletin(f"{span}: tanks 17")
    assert (figures(record), record.problems) == ({"tanks": (None, 17, "")}, ())


@pytest.mark.parametrize(
    ("number", "reasons_given"),
    [
        ("9,38½", ["several numbers run together"] * 2),
        ("9,382 ①", ["several numbers run together"] * 2),
        ("½", ["digits other than 0-9"]),
        ("1st", ["a label without a figure"]),
        ("9382-й", ["a label without a figure"]),
        ("3rd 9,382", ["an unknown label or unit"]),
        ("9 thousand", ["a rounded number, no exact figure"]),
        ("twenty thousand", ["a rounded number, no exact figure"]),
        ("one hundred thousand", ["a number word that is not read"]),
        ("T-72 9,382", ["a number whose separators are not thousands"]),
        ("\u200e9,382", ["an invisible character beside a number"]),
        ("a9,382", ["letters and digits run together"]),
        ("a'9,382", ["letters and digits run together"]),
        ("a,9,382", ["letters and digits run together"]),
        ("9,382a", ["an unknown unit"]),
        ("9,382, 329", ["several numbers run together"] * 2),
        ("9,382; 329", ["several numbers run together"] * 2),
        ("9,382 - 329", ["several numbers run together"] * 2),
        ("9,382+17", ["several numbers run together"]),
        ("93,\n382", ["a number broken by the end of a line"] * 2),
    ],
)
def test_why_a_number_is_not_trusted_is_said_in_words(number, reasons_given):
    record = read_bulletin(f"Tanks: {number}")
    assert record.entries == ()
    assert [problem.reason for problem in record.problems] == reasons_given


@pytest.mark.parametrize("unit", ["battalions", "km", "attacks", "weeks", "кілометрів"])
def test_a_number_of_what_is_no_loss_is_not_read_for_the_label_before_it(unit):
    record = read_bulletin(f"Tanks: 382 {unit}\nHelicopters: 329 units")
    assert totals(record) == {"helicopters": 329}
    assert reasons(record) == [(1, "an unknown unit")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministry reported on tanks: 9,382", (9382, None, "")),
        ("naval, tanks: 9,382", (9382, None, "")),
        ("naval units tanks: 9,382", (9382, None, "")),
        ("naval losses tanks: 9,382", (9382, None, "")),
        ("Tanks: 9,382 (+17) and helicopters", (9382, 17, "")),
        ("Tanks: >9,382", (9382, None, "more-than")),
        ("Tanks: ≥9,382", (9382, None, "at-least")),
        ("Tanks: at least 9,382", (9382, None, "at-least")),
        ("Tanks: about / більше 9,382", (9382, None, "more-than")),
    ],
)
def test_words_of_no_other_thing_before_a_label_or_a_number_leave_it_what_it_is(text, expected):
    record = read_bulletin(text)
    assert (figures(record), record.problems) == ({"tanks": expected}, ())


def test_a_second_label_behind_a_comma_and_an_and_shares_the_number_unless_it_has_its_own():
    assert reasons(read_bulletin("9,382 tanks, and helicopters")) == [(1, "one number for several labels")]
    assert totals(read_bulletin("9,382 tanks, and helicopters: 329")) == {"tanks": 9382, "helicopters": 329}


@pytest.mark.parametrize(
    ("words", "found"), [("As of the", True), ("As of the early", True), ("As of the very early morning", False)]
)
def test_a_day_without_a_year_is_one_behind_as_of_and_two_words_at_most(words, found):
    record = read_bulletin(f"{words} 19.11, day 1000. Tanks: 9,382")
    assert (record.date, record.problems) == (dt.date(2024, 11, 19) if found else None, ())


def test_an_unexplained_number_word_in_a_list_is_reported():
    assert reasons(read_bulletin("Tanks: 9,382\n- two")) == [(2, "a number without a known label")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 more than tanks", (None, 17, "")),
        ("Tanks destroyed yesterday - about 17", (None, 17, "about")),
        ("Tanks: daily losses 17", (None, 17, "")),
        ("Tanks daily losses have 17", (None, 17, "")),
    ],
)
def test_words_of_a_day_or_of_more_make_a_change_wherever_they_stand(text, expected):
    record = read_bulletin(f"Total losses so far.\nHelicopters: 329\n{text}")
    assert figures(record) == {"helicopters": (329, None, ""), "tanks": expected}
    assert record.problems == ()


def test_a_number_between_two_labels_is_refused_over_its_bracket_too():
    record = read_bulletin("Tanks 9,382 (+17) helicopters 329")
    assert totals(record) == {"helicopters": 329}
    assert reasons(record)[0] == (1, "a number that stands between two labels")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Lost: 28 ships", "ships"),
        ("Tanks: 06:00", "tanks"),
        ("Tanks:\nArtillery systems: 5", "tanks"),
        ("military vehicles 100\nfuel tankers 76", "military-vehicles"),
        ("Tanks: -9,382 (+17)", "tanks"),
        ("Tanks: 9,382 (+17) (+18)", "tanks"),
        ("Tanks: 9,382\nIn all 9,400 tanks were destroyed.", "tanks"),
        ("Trebuchets: 12", None),
    ],
)
def test_a_problem_names_the_category_of_its_label(text, category):
    (problem,) = read_bulletin(text).problems
    assert problem.category == category


@pytest.mark.parametrize(
    "text",
    [
        "17 fewer tanks",
        "17 tanks fewer",
        "17 tanks fewer than yesterday",
        "Tanks: 17 less",
        "Tanks down by 17",
        "Tank losses decreased by 17",
        "Tank losses were reduced by 17",
        "Tank losses fell by 17 to 9,382",
        "танків менше на 17",
        "Втрати танків зменшилися на 17",
        "Потери танков уменьшились на 17",
    ],
)
def test_a_loss_that_became_smaller_is_reported_and_never_read_as_one_that_grew(text):
    record = read_bulletin(text)
    assert record.entries == ()
    assert len(record.problems) == 1


@pytest.mark.parametrize("change", ["17 fewer", "less 17", "down by 17", "на 17 менше"])
def test_a_decrease_in_brackets_is_reported_and_leaves_the_total(change):
    record = read_bulletin(f"Tanks: 9,382 ({change})")
    assert [(entry.total, entry.change) for entry in record.entries] == [(9382, None)]
    assert [problem.reason for problem in record.problems] == [
        "a number in brackets that is neither a change nor a total"
    ]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("no fewer than 9,382 tanks in total", "at-least"),
        ("не менше 9382 танків загалом", "at-least"),
        ("Tanks: 9,382 (+17), which is less than the day before", ""),
        ("Tanks: 9,382 - less than 1% of all", ""),
    ],
)
def test_words_of_less_that_are_of_something_else_leave_a_total(text, qualifier):
    record = read_bulletin(text)
    assert [(entry.total, entry.qualifier) for entry in record.entries] == [(9382, qualifier)]
    assert record.problems == ()


@pytest.mark.parametrize("text", ["120 damaged tanks", "damaged tanks - 120", "Tanks damaged: 120"])
def test_what_is_damaged_is_not_taken_for_what_is_lost(text):
    record = read_bulletin(text)
    assert record.entries == ()
    assert record.problems


@pytest.mark.parametrize(
    "text",
    [
        "200,000 Russian soldiers killed since the start of the war",
        "Personnel killed: 200,000",
        "особового складу – близько 200 000 осіб вбито",
        "Всего 200 000 солдат убито",
        "724,050 soldiers have been killed",
        "724,050 soldiers were killed in total",
    ],
)
def test_the_killed_alone_are_named_where_the_category_counts_the_wounded_with_them(text):
    (problem,) = read_bulletin(text).problems
    assert (problem.reason, problem.category) == (
        "the killed alone, where the category counts the wounded too",
        "personnel",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Personnel: 724,050 killed or wounded (+1,610)",
        "Personnel – 724,050 (+1,610) killed and wounded",
        "особового складу – 724050 (+1610) вбито й поранено",
        "9,382 tanks killed, +17",
        "Personnel: 724,050 (+1,610). In Odesa ten people were killed.",
    ],
)
def test_the_killed_are_no_matter_beside_the_wounded_for_things_or_in_another_sentence(text):
    record = read_bulletin(text)
    assert record.problems == ()
    assert len(record.entries) == 1 and record.entries[0].change in (1610, 17)
