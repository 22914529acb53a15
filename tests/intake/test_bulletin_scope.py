"""Figures of less than the whole war: of another army, of one region, of a week. None of them is read."""

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import LOOSE, NEITHER, reasons, told, totals
from tests.intake.test_bulletins_layouts import figures

PART = "losses in one part of the war, not in all of it"
ELSE = "losses of someone else"
USED = "a number of what is not said to be lost"
SPAN = "losses of another span than one day or the war"
LIST = "\ntanks – 300 (+2)\nartillery systems – 120"


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Losses in the Kursk region as of 19 November 2024:", PART),
        ("In the Kursk region, since the start of the operation:", PART),
        ("Russian losses in the Kursk operation", PART),
        ("The total losses of the enemy near Bakhmut:", PART),
        ("Втрати ворога в Курській області станом на 19 листопада 2024:", PART),
        ("З початку Курської операції знищено:", PART),
        ("Потери противника на Покровском направлении:", PART),
        ("Ukrainian losses:", ELSE),
        ("Ukraine's losses as of 19 November 2024:", ELSE),
        ("Втрати ЗСУ:", ELSE),
        ("In the past week:", SPAN),
        ("Total losses in a month:", SPAN),
        ("Losses since 1 January 2024:", SPAN),
        ("Losses since the start of the year:", SPAN),
        ("Total losses since the beginning of the current month:", SPAN),
        ("Losses since the start of 2024:", SPAN),
        ("Losses for November 2024:", SPAN),
        ("Russian losses, November 2024:", SPAN),
        ("In November 2024", SPAN),
        ("За тиждень", SPAN),
        ("Over the past day Russia launched:", USED),
        ("Росія застосувала за добу:", USED),
        ("Втрати за листопад 2024 року:", SPAN),
        ("Втрати з початку поточного року:", SPAN),
    ],
)
def test_a_list_under_a_heading_that_limits_it_is_not_read_whatever_its_lines_say(heading, reason):
    record = read_bulletin(heading + LIST)
    assert record.entries == ()
    assert reasons(record) == [(2, reason), (3, reason)]


@pytest.mark.parametrize(
    ("text", "count", "reason"),
    [
        ("In the Kursk region Russia has lost 300 tanks and 120 artillery systems.", 2, PART),
        ("In total Russia has lost 300 tanks and 120 artillery systems in the Kursk region.", 2, PART),
        ("In total Russia has lost 300 tanks, 120 artillery systems on the Pokrovsk axis.", 2, PART),
        ("Over the past day on the Pokrovsk axis the enemy lost 300 soldiers and 5 tanks.", 2, PART),
        ("За минулу добу на Покровському напрямку ліквідовано 300 окупантів, знищено 5 танків.", 2, PART),
        ("Since the start of the counteroffensive Russia has lost 300 tanks.", 1, PART),
        ("In Kursk: tanks 300, helicopters 2", 2, PART),
        ("Tanks: 300 in the Kursk region", 1, PART),
        ("As of 19 November 2024 Ukraine lost 300 tanks (+2).", 1, ELSE),
        ("Ukraine's losses: tanks – 300, helicopters – 2", 2, ELSE),
        ("Losses of Ukraine in total: 300 tanks", 1, ELSE),
        ("Russia said that Ukraine had lost 300 tanks over the past day", 1, ELSE),
        ("The Russian Defence Ministry said it had destroyed 51 drones over the past day", 1, ELSE),
        ("Over the past day Russian air defences shot down 51 drones", 1, ELSE),
        ("Wagner lost 20,000 soldiers, North Korea lost 3 tanks", 2, ELSE),
        ("Losses over the past week: tanks – 300 (+2), helicopters – 2", 2, SPAN),
    ],
)
def test_a_sentence_that_limits_its_figures_is_not_read(text, count, reason):
    record = read_bulletin(text)
    assert record.entries == ()
    assert [problem.reason for problem in record.problems] == [reason] * count
    assert len({problem.category for problem in record.problems}) == count


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Losses in the Kursk region:\ntanks – 300 (+2)\nTotal losses of the enemy:\ntanks – 9,382 (+17)", [3]),
        ("Losses in the Kursk region:\ntanks – 300 (+2)\nRussian losses\ntanks – 9,382 (+17)", [3]),
        ("Losses in the Kursk region:\ntanks – 300\nThe total losses are as follows.\ntanks – 9,382 (+17)", [3]),
        ("Losses in the Kursk region:\ntanks – 300\nTotal losses: tanks – 9,382 (+17)", [3]),
        ("Losses in the Kursk region:\ntanks – 300\nThe fighting goes on.\nhelicopters – 2", []),
        ("In the Kursk region: tanks – 300 (+2)\ntanks – 120 (+2)", []),
    ],
)
def test_a_limit_holds_until_another_heading(text, read):
    record = read_bulletin(text)
    assert figures(record) == ({"tanks": (9382, 17, "")} if read else {})
    assert {problem.reason for problem in record.problems} == {PART}


@pytest.mark.parametrize(
    "text",
    [
        "The heaviest fighting went on in the Kursk region, where 12 attacks were repelled.\ntanks – 9,382 (+17)",
        "tanks – 9,382 (+17)\nThe heaviest losses were in the Kursk region.",
        "In the Kursk region the enemy lost a village.\nTotal losses of the enemy:\ntanks – 9,382 (+17)",
        "It was the third year of the war. Last week was calm.\nTotal losses of the enemy:\ntanks – 9,382 (+17)",
        "Since the start of the war three years ago:\ntanks – 9,382 (+17)",
        "Since the start of 2022's invasion:\ntanks – 9,382 (+17)",
        "tanks – 9,382 (+17), the most of them in the Kursk region",
        "tanks – 9,382 (+17) (in the Kursk region too)",
        "In total the enemy has lost 9,382 tanks on all axes.",
        "Усього на всіх напрямках знищено 9382 танки.",
        "Усього на фронті знищено 9382 танки.",
        "In the Kursk region the enemy attacked; in total it has lost 9,382 tanks (+17).",
    ],
)
def test_a_region_or_a_week_that_limits_no_figure_leaves_the_war_s_total(text):
    record = read_bulletin(text)
    assert totals(record) == {"tanks": 9382}
    assert record.problems == ()


def test_of_one_sentence_the_region_s_figure_is_left_and_the_war_s_is_read():
    record = read_bulletin(
        "In the Kursk region Russia lost 5 tanks over the day, and since the war began it has lost 9,382 tanks."
    )
    assert figures(record) == {"tanks": (9382, None, "")}
    assert reasons(record) == [(1, PART)]


def test_part_of_a_total_is_left_beside_it():
    record = read_bulletin("In total Russia has lost 9,382 tanks, 300 of them in the Kursk region.")
    assert figures(record) == {"tanks": (9382, None, "")}
    assert reasons(record) == [(1, "a number without a known label")]


OTHER_SPAN = "? a number of another span than one day: tanks"
UNSETTLED = f"{NEITHER}: tanks"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("+120 tanks over the week", [OTHER_SPAN]),
        ("Tanks: +120 over the week", [OTHER_SPAN]),
        ("Tanks: +120 in November 2024", [OTHER_SPAN]),
        ("Tanks: +120 in 2024", [OTHER_SPAN]),
        ("Tanks: 9,382 +120 weekly", [OTHER_SPAN, UNSETTLED]),
        ("Tanks: 9,382 (+120) over the past week", [OTHER_SPAN, UNSETTLED]),
        ("Tanks: 9,382 | +120 over the week", [OTHER_SPAN, UNSETTLED]),
        ("Tanks: 9,382 units, +120 of them over the week", [OTHER_SPAN, UNSETTLED]),
        ("танки — 9382 (+120) за тиждень", [OTHER_SPAN, UNSETTLED]),
        ("Russia has lost 9,382 tanks since the beginning of 2024", [UNSETTLED]),
        ("Since the beginning of the current month 120 tanks", [UNSETTLED]),
        ("З початку року знищено 9382 танки", [UNSETTLED]),
        ("Week: +120 tanks", [f"? {SPAN}: tanks"]),
        ("Over the past week, +120 tanks", [f"? {SPAN}: tanks"]),
        ("Over the past week, 9,382 (+120) tanks", [f"? {SPAN}: tanks"]),
        ("Tanks: 9,382; the week's rise was +120", [UNSETTLED, LOOSE]),
        ("Tanks: monthly 120, total 9,382", ["tanks 9382 -", UNSETTLED]),
        ("Tanks: average 17, total 9,382", ["tanks 9382 -", UNSETTLED]),
        ("Losses over the summer: tanks 300", [f"? {SPAN}: tanks"]),
    ],
)
def test_a_sign_makes_no_change_of_the_day_of_a_number_of_more_days(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Tanks: 9,382 (+17) since the war began in 2022",
        "Tanks: 9,382 (+17), the most this week",
        "Tanks: 9,382 (+17) over the past day of the week",
        "Tanks: 9,382 (+17) - a record of the month",
        "This week is over, on the past day +17 tanks; 9,382 tanks in total",
    ],
)
def test_words_on_another_span_that_say_nothing_of_the_number_change_nothing(text):
    assert told(text) == ["tanks 9382 +17"]


USED_UAVS = f"? {USED}: uavs"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Over the past day Russia launched 120 drones.", [USED_UAVS]),
        ("Russia launched a total of 120 drones overnight.", [USED_UAVS]),
        ("Russia launched another 120 drones, and 300 drones in all.", [USED_UAVS]),
        ("Over the past day 120 drones were launched.", [USED_UAVS]),
        ("За добу росіяни запустили 120 БПЛА.", [USED_UAVS]),
        ("Launched UAVs: 120", [USED_UAVS]),
        ("Ukraine received another 40 tanks over the past day.", [f"? {USED}: tanks"]),
        ("Russia has mobilised 1,200 soldiers over the past day.", [f"? {USED}: personnel"]),
        ("Over the past day the enemy lost 5 tanks and used 120 UAVs.", ["tanks - +5", USED_UAVS]),
        ("Over the past day it used 120 UAVs and lost 5 tanks.", ["tanks - +5", USED_UAVS]),
        ("Over the past day it used 120 UAVs; 5 tanks less.", [USED_UAVS, UNSETTLED]),
        ("Over the past day 100 UAVs were shot down that were launched.", ["uavs - +100"]),
        ("It launched 120 drones over the past day, 100 UAVs were shot down.", ["uavs - +100", USED_UAVS]),
        ("It launched 120 drones and destroyed 5 tanks over the past day.", ["tanks - +5", USED_UAVS]),
        ("Data received as of 19 November 2024:\nTanks: 9,382", ["tanks 9382 -"]),
        ("It launched an attack.\nTanks: 9,382", ["tanks 9382 -"]),
    ],
)
def test_what_the_nearest_verb_calls_used_or_supplied_is_no_loss(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(
    "heading", ["In November 2024 it attacked\nAnd went on", "In November 2024 it attacked along the whole front"]
)
def test_a_sentence_on_another_span_that_is_no_heading_limits_nothing(heading):
    assert told(heading + "\nTanks: 9,382 (+17)") == ["tanks 9382 +17"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("British intelligence estimates that Russia has lost 700,000 soldiers", ["personnel 700000 -"]),
        ("At least 9,000 tanks have been lost, according to Oryx", ["tanks 9000 - at-least"]),
        ("За добу Повітряні сили збили 51 БПЛА", ["uavs - +51"]),
    ],
)
def test_a_figure_beside_the_name_of_another_source_is_kept_with_a_problem(text, lines):
    category = lines[0].partition(" ")[0]
    assert told(text) == [*lines, f"? another source is named beside it: {category}"]


def test_who_is_named_behind_a_figure_puts_its_sentence_in_doubt():
    said = "the Russian Defence Ministry said"
    assert told(f"17 tanks were destroyed over the past day, {said}.") == [UNSETTLED]


def test_another_source_without_a_figure_is_no_problem():
    assert told("Oryx counts losses, too.\nTanks: 9,382 (+17)") == ["tanks 9382 +17"]


PART_OF_TANKS = f"? {PART}: tanks"
OVER_SIXTEEN = "Losses in the Kursk region and along the whole front line and far behind it on that day"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("In the Kursk region 5 tanks; in total 9,382 tanks", ["tanks 9382 -", PART_OF_TANKS]),
        ("In the Kursk region 5 tanks, and in total 9,382 tanks", ["tanks 9382 -", PART_OF_TANKS]),
        ("In total, in the Kursk region, 5 tanks", [PART_OF_TANKS]),
        ("In the Kursk region 5 tanks; 28 ships (+1)", ["ships 28 +1", PART_OF_TANKS]),
        ("In the Kursk region 5 tanks, 28 ships (+1)", [PART_OF_TANKS, f"? {PART}: ships"]),
        ("Losses in the Kursk region\nIt attacked.\nTanks: 300", [PART_OF_TANKS]),
        ("It lost much in the Kursk region. And so on.\nTanks: 300", ["tanks 300 -"]),
        (f"{OVER_SIXTEEN}\nTanks: 300", ["tanks 300 -"]),
        (f"{OVER_SIXTEEN.removesuffix(' that day')}\nTanks: 300", [PART_OF_TANKS]),
        ("In the past week of the war\nTanks: 300", [f"? {SPAN}: tanks"]),
        ("In the past week of the long war\nTanks: 300", ["tanks 300 -"]),
        (
            "In the Kursk region:\nTanks: 300\nIn total: ships 28\nAircraft: 3",
            ["ships 28 -", "aircraft 3 -", PART_OF_TANKS],
        ),
        (
            "In the Kursk region:\nTanks: 300\nIn total 28 ships\nAircraft: 3",
            ["ships 28 -", "aircraft 3 -", PART_OF_TANKS],
        ),
        (
            "In the Kursk region:\nAircraft (MiG): - \nTanks: 300",
            ["? a label without a figure: aircraft", PART_OF_TANKS],
        ),
        ("Received:\nUAVs: 120", [USED_UAVS]),
        ("Received in total:\nUAVs: 120", [USED_UAVS]),
    ],
)
def test_a_limit_holds_until_its_list_or_clause_ends(text, lines):
    assert sorted(told(text)) == sorted(lines)
