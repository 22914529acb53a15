"""Which label and which number of a printed line stand for a category, and what is reported instead of read."""

import datetime as dt

import pytest

from conflict.intake.bulletins import MOST_PROBLEMS, read_bulletin
from conflict.intake.labels import CASE_ENDINGS, Labels, LabelTableError, default_labels
from tests.intake.bulletin_texts import totals
from tests.intake.test_bulletins_layouts import figures

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
        ("Over the past day Russia lost one tank crew.", "an unknown label"),
        ("Over the past day Russia lost 1 tank battalion.", "an unknown label"),
        ("Tanks: +5,000", "a change greater than that of any day"),
        ("Tanks: -5,000", "a change greater than that of any day"),
        ("Tanks: +9,382 total", "a change greater than that of any day"),
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
