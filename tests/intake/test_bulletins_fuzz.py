"""Bulletins made from known figures, then damaged: no crash, no figure that differs unsaid from the printed.

The oracle is the generator: it knows which number it printed for which category, and on which line.
"""

import re
import time

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from conflict.intake.bulletins import read_bulletin

LABELS = {
    "personnel": ("Personnel", "особового складу / personnel", "особовий склад", "military personnel"),
    "tanks": ("Tanks", "танків / tanks", "танки", "tanks"),
    "armoured-vehicles": (
        "Armored Personnel Vehicles (APVs)",
        "бойових броньованих машин / troop-carrying AFVs",
        "ББМ",
        "armoured combat vehicles",
    ),
    "artillery": (
        "Artillery Systems",
        "артилерійських систем / artillery systems",
        "артсистеми",
        "artillery systems",
    ),
    "mlrs": ("Multiple Launch Rocket Systems (MLRS)", "РСЗВ / MLRS", "РСЗВ", "multiple-launch rocket systems"),
    "air-defence": (
        "Anti-Aircraft Warfare Systems",
        "засоби ППО / anti-aircraft systems",
        "засоби ППО",
        "air defence systems",
    ),
    "aircraft": ("Aircraft", "літаків / aircraft", "літаки", "fixed-wing aircraft"),
    "helicopters": ("Helicopters", "гелікоптерів / helicopters", "гелікоптери", "helicopters"),
    "uavs": (
        "Operational-Tactical Level UAVs",
        "БПЛА оперативно-тактичного рівня / UAVs operational-tactical level",
        "БПЛА",
        "operational-tactical UAVs",
    ),
    "cruise-missiles": (
        "Cruise Missiles",
        "крилаті ракети / cruise missiles",
        "крилаті ракети",
        "cruise missiles",
    ),
    "ships": ("Boats/Warships", "кораблі /катери / warships / boats", "кораблі/катери", "ships/boats"),
    "submarines": ("Submarines", "підводні човни / submarines", "підводні човни", "submarines"),
    "vehicles": (
        "Vehicles and Fuel Tanks",
        "автомобільної техніки та автоцистерн/ vehicles and fuel tanks",
        "автомобільна техніка та автоцистерни",
        "vehicles and fuel tankers",
    ),
    "special-equipment": (
        "Special Equipment",
        "спеціальна техніка / special equipment",
        "спецтехніка",
        "special vehicles and other equipment",
    ),
}
NOISE = (
    "",
    "Дані уточнюються.",
    "Слава Україні!",
    "Over the past day, 147 combat engagements took place.",
    "Day 1000 of the war",
    "https://t.me/GeneralStaffZSU/9382",
    "The Tu-160 was used for the first time in over 550 days.",
    "На фронті відбулося 147 бойових зіткнень.",
)
GROUPINGS = ("", ",", " ", "\u00a0", "\u2009", "'")
DASHES = ("–", "-", "—", "‒", "−", ":")
INTRUDERS = "\u202e\u202d\u2066\u200b\u200e\u00ad٣९３²,.' -+/()x_*:\u0336"


def grouped(value, mark):
    return f"{value:,}".replace(",", mark)


@st.composite
def bulletins(draw):
    """The lines of a bulletin: (category or None, text, total, change) in one of five layouts."""
    style = draw(st.sampled_from(["english", "bilingual", "ukrainian", "number first", "telegram"]))
    dash, mark = draw(st.sampled_from(DASHES)), draw(st.sampled_from(GROUPINGS))
    lines = []
    for category in draw(st.permutations(sorted(LABELS)))[: draw(st.integers(1, 14))]:
        total = draw(st.integers(0, 1_500_000))
        change = draw(st.none() | st.integers(-99, min(2_000, total)))
        number = grouped(total, mark)
        sign = "" if change is None else f"{'-' if change < 0 else '+'}{grouped(abs(change), mark)}"
        english, both, ukrainian, behind = LABELS[category]
        if style == "english":
            line = f"• {english}: {number} units" + (f" ({sign} compared to the previous day)" if sign else "")
        elif style == "bilingual":
            line = f"{both} {dash} {number}" + (f" ({sign})" if sign else "") + draw(st.sampled_from([" од", ""]))
        elif style == "ukrainian":
            line = f"- {ukrainian} {dash} {number}" + (f" ({sign} за минулу добу)" if sign else "") + ";"
        elif style == "number first":
            line = f"{number} ({sign or '+0'}) {behind}"
            change = 0 if change is None else change
        else:
            line = f"🔹*{ukrainian}:* {number}" + (f" <i>({sign})</i>" if sign else "")
        lines.append((category, line, total, change))
    for _ in range(draw(st.integers(0, 3))):
        lines.insert(draw(st.integers(0, len(lines))), (None, draw(st.sampled_from(NOISE)), None, None))
    return lines


def spots(text):
    """Where numbers stand in a line."""
    return [match.span() for match in re.finditer(r"[0-9](?:[0-9,' \u00a0\u2009]*[0-9])?", text)]


def is_of_a_number(text, place):
    """Whether a character is a digit, or a sign before one: without it another number is printed."""
    return text[place].isdigit() or (text[place] in "+-−–" and text[place + 1 :][:1].isdigit())


@st.composite
def damaged(draw):
    """A bulletin with one line damaged, which one, and whether its digits still are those that were printed."""
    lines = draw(bulletins())
    victims = [at for at, line in enumerate(lines) if line[0] is not None]
    at = draw(st.sampled_from(victims))
    category, text, total, change = lines[at]
    way = draw(st.sampled_from(["none", "insert", "delete", "swap", "join", "twice", "truncate", "replace"]))
    digits_kept = True
    if way == "insert":
        place = draw(st.integers(0, len(text)))
        intruder = draw(st.sampled_from(INTRUDERS))
        digits_kept = not (intruder in "+-" and text[place:].lstrip()[:1].isdigit())  # a sign prints a change
        text = text[:place] + intruder + text[place:]
    elif way == "delete":
        place = draw(st.integers(0, len(text) - 1))
        digits_kept = not is_of_a_number(text, place)
        text = text[:place] + text[place + 1 :]
    elif way == "swap":
        place = draw(st.integers(0, len(text) - 2))
        digits_kept = not (is_of_a_number(text, place) or is_of_a_number(text, place + 1))
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    elif way == "replace":
        start, end = draw(st.sampled_from(spots(text)))
        place = draw(st.integers(start, end - 1))
        text = text[:place] + draw(st.sampled_from("٣９०③lOxЗ\u202e")) + text[place + 1 :]
        digits_kept = False
    elif way == "truncate":
        text = text[: draw(st.integers(0, len(text)))]
        digits_kept = False
        del lines[at + 1 :]
    lines[at] = (category, text, total, change)
    if way == "twice":
        lines.insert(at, lines[at])
    if way == "join":  # noise would become part of the sentence
        lines = [line for line in lines if line[0] is not None]
    joint = " " if way == "join" else "\n"
    return way, category, digits_kept, lines, joint.join(line[1] for line in lines)


def printed_value(text, place):
    """The number that stands at a place, or None if that is anything but ASCII digits and their separators."""
    piece = text[slice(*place)]
    if not re.fullmatch(r"[+−–-]?\s?[0-9]{1,3}(?:[,'\s.]?[0-9]{3})*|[+−–-]?\s?[0-9]+", piece):
        return None
    return int(re.sub(r"[^0-9]", "", piece)) * (-1 if piece[0] in "−–-" else 1)


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
@given(damaged())
def test_no_figure_differs_from_the_printed_one_without_a_problem(example):
    way, victim, digits_kept, lines, text = example
    event(way)
    record = read_bulletin(text)
    found = {entry.category: entry for entry in record.entries}
    for entry in record.entries:
        assert entry.text == text[entry.start : entry.end]
        for place, value in ((entry.total_at, entry.total), (entry.change_at, entry.change)):
            if place is not None:
                assert printed_value(text, place) == value, (entry, text)
                before, beyond = text[: place[0]][-1:], text[place[1] :][:1]
                assert not before.isdigit() and not beyond.isdigit(), (entry, text)
    reported = {problem.category for problem in record.problems}
    reported_lines = {problem.line for problem in record.problems}
    for number, (category, _line, total, change) in enumerate(lines, 1):
        if category is None:
            continue
        entry = found.get(category)
        read = (entry.total, entry.change) if entry else (None, None)
        if read == (total, change):
            continue
        told = category in reported or number in reported_lines or (way == "join" and record.problems)
        if category == victim and not digits_kept:
            # The text prints other digits now: that they are read as printed was checked above.
            if way == "replace" and read != (None, None):
                assert told, (category, read, text)
            continue
        assert told, (way, category, read, (total, change), text)
    assert set(found) <= {line[0] for line in lines}


@given(
    st.text(
        alphabet=st.sampled_from("танкиtanks0123456789٣,.' -–+():;/|\n\u202e\u00a0<b>&ofandLРСЗВпосьце"),
        max_size=300,
    )
)
def test_any_text_at_all_is_read_without_a_crash(text):
    record = read_bulletin(text)
    for entry in record.entries:
        assert entry.text == text[entry.start : entry.end]
        for place, value in ((entry.total_at, entry.total), (entry.change_at, entry.change)):
            if place is not None and re.search("[0-9]", text[slice(*place)]):
                assert int(re.sub("[^0-9]", "", text[slice(*place)])) == abs(value)
    for problem in record.problems:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.reason


@given(st.text(max_size=400), st.integers(1, 3))
def test_all_of_unicode_is_read_without_a_crash(text, times):
    record = read_bulletin(text * times)
    assert not record.entries or record.entries[0].text in text * times


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("line", "totals"),
    [
        (
            "особового складу / personnel ‒ близько/ about 918180 (+1410) осіб / persons\nTanks: 9,382 (+17), ",
            {918180, 9382},
        ),
        ("over the past week +17 tanks ", set()),
        ("as of +17 tanks ", set()),
        ("launched another 17 tanks and ", set()),
        ("in the Kursk region 17 tanks, ", set()),
        ("17 of ", set()),
        ("tanks and ", set()),
        ("Tanks: 17 = -> ", set()),
        ("tanks 17 a day before the ", set()),
        ("1.2.3 ", set()),
    ],
)
def test_a_megabyte_takes_time_in_proportion_to_its_length(line, totals):
    times = []
    for size in (125_000, 1_000_000):
        text = (line * (size // len(line) + 1))[:size]
        begin = time.perf_counter()
        record = read_bulletin(text)
        times.append(time.perf_counter() - begin)
        assert {entry.total for entry in record.entries} >= totals
        assert record.entries or record.problems
    assert times[1] < 8 * times[0] * 3


def test_one_figure_printed_many_times_is_one_figure():
    assert (
        read_bulletin("Personnel: 918,180 (+1,410)\n" * 4_000).entries
        == read_bulletin("Personnel: 918,180 (+1,410)").entries
    )
