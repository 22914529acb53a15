"""Oryx's count by model, read as one report: what is summed, what is moved, what is left out and said."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest

from conflict.intake.datasets.oryx import GROUPS, fingerprint, read_count
from conflict.intake.records import ModelCountRecord
from conflict.intake.strict_json import DatasetError

DAY, TODAY = dt.date(2023, 1, 15), dt.date(2024, 11, 19)
KEYS = ("equipment_oryx", "equipment_ua", "model", "manufacturer", "losses_total")

TANKS = ("Tanks", "Tanks", "T-62M", "the Soviet Union", 50)
MORE_TANKS = ("Tanks", "Tanks", "T-72B3", "Russia", 1300)
CARRIERS = ("Armoured Personnel Carriers", "Armoured Personnel Carriers", "BTR-80", "the Soviet Union", 2)
FIGHTING = ("Infantry Fighting Vehicles", "Armoured Personnel Carriers", "BMP-2", "the Soviet Union", 3)
MISSILES = ("Surface-To-Air Missile Systems", "Multiple Rocket Launchers", "Pantsir-S1", "Russia", 14)
ROBOTS = ("Robots", "Ground Robots", "Uran-9", "Russia", 1200)


def payload(*rows):
    return json.dumps([dict(zip(KEYS, row, strict=True)) for row in rows]).encode()


def read(*rows):
    return read_count(payload(*rows), date=DAY, today=TODAY)


def test_a_category_is_the_sum_of_its_models_and_names_its_groups():
    count = read(TANKS, FIGHTING, MORE_TANKS, CARRIERS)
    assert [(e.category, e.total, e.text) for e in count.report.entries] == [
        ("tanks", 1350, "the sum of 2 models: Tanks 1,350"),
        (
            "armoured-vehicles",
            5,
            "the sum of 2 models: Infantry Fighting Vehicles 3, Armoured Personnel Carriers 2",
        ),
    ]
    assert count.counts[0] == ModelCountRecord("tanks", "Tanks", "T-62M", "the Soviet Union", 50)
    assert [e.text for e in read(TANKS).report.entries] == ["1 model: Tanks 50"]
    assert (count.unplaced, count.moved) == ((), ())


def test_the_report_is_of_the_day_asked_for_and_its_document_of_the_file():
    count = read(TANKS)
    report, document = count.report, count.report.document
    assert (report.source, report.party, report.date) == ("oryx", "russia", DAY)
    assert (document.slug, document.kind, document.retrieved) == ("oryx-by-model", "dataset", TODAY)
    assert document.sha256 == hashlib.sha256(payload(TANKS)).hexdigest()
    assert document.title and document.url.startswith("https://") and document.publisher and document.licence
    assert report.remarks["counts by model"] == f"1 models, SHA-256 of their lines {fingerprint(count.counts)}"


def test_missiles_against_aircraft_are_moved_to_air_defence_and_it_is_said():
    count = read(MISSILES)
    assert [(e.category, e.total) for e in count.report.entries] == [("air-defence", 14)]
    (sentence,) = count.moved
    assert sentence == (
        "Surface-To-Air Missile Systems: the file says Multiple Rocket Launchers, here it is air-defence, for "
        "missiles against aircraft are air defence, not rocket artillery"
    )
    assert [group.name for group in GROUPS if group.why] == ["Surface-To-Air Missile Systems"]


def test_an_unknown_group_is_left_out_and_named_with_its_losses():
    other = ("Robots", "Ground Robots", "Marker", "Russia", 34)
    count = read(TANKS, ROBOTS, other)
    assert count.unplaced == ("Robots (Ground Robots): 2 models, 1,234 in all",)
    assert count.report.remarks["left out: Robots (Ground Robots)"] == "2 models, 1,234 in all"
    assert [one.model for one in count.counts] == ["T-62M"]
    assert read(TANKS, ROBOTS).unplaced == ("Robots (Ground Robots): 1 model, 1,200 in all",)


def test_a_known_group_under_another_category_is_unknown():
    assert read(TANKS, ("Tanks", "Helicopters", "T-90", "Russia", 1)).unplaced == (
        "Tanks (Helicopters): 1 model, 1 in all",
    )


def test_a_file_of_unknown_groups_alone_is_refused_by_its_name():
    with pytest.raises(DatasetError, match="none of its groups of equipment is known") as fault:
        read_count(payload(ROBOTS), date=DAY, today=TODAY, file="counts.json")
    assert fault.value.file == "counts.json"


def test_the_fingerprint_tells_counts_apart_whose_sums_are_the_same_and_knows_no_order():
    one = [ModelCountRecord("tanks", "Tanks", "A", "x", 1), ModelCountRecord("tanks", "Tanks", "B", "x", 2)]
    two = [ModelCountRecord("tanks", "Tanks", "A", "x", 2), ModelCountRecord("tanks", "Tanks", "B", "x", 1)]
    assert fingerprint(one) == fingerprint(reversed(one)) != fingerprint(two)
    assert fingerprint(one) == hashlib.sha256(b"Tanks\tA\tx\t1\nTanks\tB\tx\t2\n").hexdigest()
