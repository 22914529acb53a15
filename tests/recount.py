"""Count what the checks must find in the two public datasets, slowly and by other means than the checks.

Reads the raw JSON files and nothing of the project:

    python tests/recount.py ../shared/data

prints the counts as JSON. Run it to see for yourself that `manage.py check_ledger --json` counts right.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

# The same thing under both datasets' keys. Keys that only one of them has follow below.
PAIRS = [
    ("personnel", "personnel"),
    ("aircraft", "fixedWingAircraft"),
    ("helicopter", "rotaryWingAircraft"),
    ("tank", "tanks"),
    ("APC", "afvs"),
    ("field artillery", "artillery"),
    ("MRL", "rocketSystems"),
    ("anti-aircraft warfare", "airDefense"),
    ("drone", "uavs"),
    ("cruise missiles", "missiles"),
    ("naval ship", "ships"),
    ("submarines", "submarines"),
    ("vehicles and fuel tanks", "unarmoredVehicles"),
    ("special equipment", "specialEquipment"),
]
ONLY_IN_THE_FIRST = ["military auto", "fuel tank", "mobile SRBM system", "POW", "ground robotic systems"]

Table = dict[str, dict[str, int]]
"""ISO date -> key -> total; a key that is absent or null is absent."""


def read(*files: Path) -> Table:
    """Read files of a list of objects, one a day, and lay them over each other by date."""
    table: Table = {}
    for file in files:
        for entry in json.loads(file.read_text(encoding="utf-8")):
            row = table.setdefault(entry["date"], {})
            row.update({key: value for key, value in entry.items() if type(value) is int and key != "day"})
    return table


def falls(table: Table, keys: list[str]) -> list[tuple[str, str]]:
    """For every key and day: is the last total stated on any earlier day higher?"""
    found = []
    for key in keys:
        stated = [day for day in sorted(table) if key in table[day]]
        for place, day in enumerate(stated):
            if place and table[stated[place - 1]][key] > table[day][key]:
                found.append((day, key))
    return found


def gaps(table: Table) -> list[tuple[str, int]]:
    """Walk the calendar day by day: each run of days that the table does not have, with its length."""
    found: list[tuple[str, int]] = []
    day, last = date.fromisoformat(min(table)), date.fromisoformat(max(table))
    inside = False
    while day <= last:
        if day.isoformat() in table:
            inside = False
        elif inside:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            inside = True
            found.append((day.isoformat(), 1))
        day += timedelta(days=1)
    return found


def repeats(table: Table, keys: list[str], other: Table, other_keys: list[str]) -> list[str]:
    """Days whose totals are all those of the day before, while the other table has moved."""
    found = []
    for day in sorted(table):
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        if before not in table or {k: table[day].get(k) for k in keys} != {k: table[before].get(k) for k in keys}:
            continue
        if before in other and day in other:
            shared = [k for k in other_keys if k in other[before] and k in other[day]]
            if any(other[before][k] != other[day][k] for k in shared):
                found.append(day)
    return found


def disagreements(first: Table, second: Table) -> list[tuple[str, str, int, int]]:
    return [
        (day, key, first[day][key], second[day][other])
        for day in sorted(first)
        if day in second
        for key, other in PAIRS
        if key in first[day] and other in second[day] and first[day][key] != second[day][other]
    ]


def recount(folder: Path) -> dict[str, object]:
    """Count everything in the folder of the two datasets."""
    first = read(
        folder / "petroivaniuk" / "russia_losses_personnel.json",
        folder / "petroivaniuk" / "russia_losses_equipment.json",
    )
    second = read(folder / "orc-losses" / "russian-losses.json")
    first_keys, second_keys = [pair[0] for pair in PAIRS], [pair[1] for pair in PAIRS]
    cells = disagreements(first, second)
    gaps_of_second = gaps(second)
    return {
        "disagreement": {"cells": len(cells), "days": len({day for day, *_ in cells})},
        "fall": {
            "petroivaniuk": len(falls(first, first_keys + ONLY_IN_THE_FIRST)),
            "orc-losses": len(falls(second, second_keys)),
        },
        "gap": {"petroivaniuk": len(gaps(first)), "orc-losses": len(gaps_of_second)},
        "longest gap": max(days for _, days in gaps_of_second),
        "missing days": sum(days for _, days in gaps_of_second),
        "repeat": {
            "petroivaniuk": repeats(first, first_keys, second, second_keys),
            "orc-losses": repeats(second, second_keys, first, first_keys),
        },
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder that holds the folders petroivaniuk and orc-losses.")
    print(json.dumps(recount(Path(sys.argv[1])), indent=1))
