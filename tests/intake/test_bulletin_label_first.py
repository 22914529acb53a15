"""From a label to its number: what may lie between, what joins labels, and where the way ends without one."""

import pytest

from tests.intake.bulletin_texts import LOOSE, NEITHER, told

UNSETTLED = f"{NEITHER}: tanks"
SHARED = "? one number for several labels: tanks"
STRANGE = "? an unknown label or unit: tanks"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks: 9,382", ["tanks 9382 -"]),
        ("Tanks | танки 9,382", ["tanks 9382 -"]),
        ("Tanks: tank 9,382", ["tanks 9382 -"]),
        ("Tanks 9 tank", ["tanks 9 -"]),
        ("Tanks (of all kinds): 9,382", ["tanks 9382 -"]),
        ("Tanks: 19.11.2024: 9,382", ["tanks 9382 -"]),
        ("Tanks: 06:00 - 9,382", ["tanks 9382 -"]),
        ("Tanks yesterday in all 17", ["tanks - +17"]),
        ("Tanks daily = -3", ["tanks - -3"]),
        ("Tanks: another" + " of the" * 4 + " 17", ["tanks - +17"]),
        ("Tanks: 9,382 units robots Aircraft: 369", ["tanks 9382 -", "? an unknown label or unit: aircraft"]),
        ("Tanks: 06:00 9,382", [STRANGE]),  # a time, or 6,009,382 in another writing?
        ("Tanks: brand new 9,382", [STRANGE]),
        ("Tanks: a by 9,382", [STRANGE]),
        ("Tanks: l 9", [STRANGE]),
        ("Tanks: з 9", [STRANGE]),
        ("Tanks: total +17", ["? a total with a sign: tanks"]),
        ("Tanks: by 18", [UNSETTLED]),
        ("Tanks monthly: 17", [UNSETTLED]),
        ("Tanks month 17", [UNSETTLED]),
        ("Tanks as many as 17", [LOOSE]),
        ("By tanks as 17", [LOOSE]),
        ("Tanks as 17 by", [LOOSE]),
        ("Tanks 19.11.2024 9,382", [LOOSE]),
        ("Tanks brand new 9,382", [LOOSE]),
        ("Tanks (+3)", [LOOSE]),
        ("Tanks (9): 9,382", [LOOSE]),
        ("Tanks, -3", [LOOSE]),
        ("Tanks ; 9,382", [LOOSE]),
        ("Tanks < 9,382", [LOOSE]),
        ("Tank crews: 120", ["? an unknown label"]),
    ],
)
def test_what_lies_between_a_label_and_its_number(text, lines):
    assert told(text) == lines


@pytest.mark.parametrize(("words", "line"), [(37, STRANGE), (38, LOOSE)])
def test_a_number_lies_thirty_nine_tokens_behind_its_label_at_most(words, line):
    assert told("Tanks:" + " word" * words + " 9,382") == [line]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tanks/APVs: 28,474", [SHARED]),
        ("Tanks & APVs: 28,474", [SHARED]),
        ("Tanks + APVs: 28,474", [SHARED]),
        ("Tanks, APVs: 28,474", [SHARED]),
        ("Tanks, and APVs: 28,474", [SHARED]),
        ("Tanks new and APVs: 28,474", [SHARED]),
        ("Tanks (APVs): 28,474", [SHARED]),
        ("Tanks and helicopters aircraft: 369", [SHARED]),
        ("Tanks | aircraft 369", ["aircraft 369 -"]),
        ("Tanks: aircraft: 369", ["aircraft 369 -"]),
        ("MLRS 9 tanks", ["? a number that stands between two labels: mlrs"]),
        ("MLRS: 9 tanks", ["? a number that stands between two labels: mlrs"]),
        ("MLRS 9 tanks:", ["mlrs 9 -"]),
        ("MLRS 9 tanks: 12", ["mlrs 9 -", "tanks 12 -"]),
        ("MLRS - 9 tanks - 12", ["mlrs 9 -", "tanks 12 -"]),
        (
            "MLRS 9 tanks 12 ships",
            [
                "? a number that stands between two labels: mlrs",
                "? a number that stands between two labels: tanks",
            ],
        ),
        ("У окупантів 17 танків за добу", ["tanks - +17"]),  # the troops' 17 tanks
        ("Окупанти 17 танки 9382", ["tanks 9382 -", "? a number that stands between two labels: personnel"]),
    ],
)
def test_one_number_belongs_to_one_label(text, lines):
    assert told(text) == lines
