"""The two public datasets in full, where the folder with them is present."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from conflict.intake.datasets import DATASETS, read_dataset
from conflict.intake.datasets.petroivaniuk import (
    CORRECTIONS,
    DIRECTION_KEY,
    ORYX,
    QUALIFIER_WORDS,
    read_corrections,
    read_oryx,
)

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FOLDER = SHARED / "data"

pytestmark = [
    pytest.mark.datasets,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public datasets are not in {FOLDER}"),
]

FIRST_DAY = dt.date(2022, 2, 24)
SPAN = {"first_day": FIRST_DAY, "today": dt.date(2026, 8, 22)}
DAY_1000 = dt.date(2024, 11, 19)


def payloads(name: str) -> dict[str, bytes]:
    return {file: (FOLDER / name / file).read_bytes() for file in DATASETS[name].files}


@pytest.fixture(scope="module")
def records():
    if not FOLDER.is_dir():
        pytest.skip("the public datasets are absent")
    return {name: read_dataset(name, payloads(name), **SPAN) for name in DATASETS}


def totals(record) -> dict[dt.date, dict[str, int | None]]:
    return {report.date: {entry.category: entry.total for entry in report.entries} for report in record.reports}


@pytest.mark.parametrize(
    ("name", "days", "first", "last"),
    [
        ("petroivaniuk", 1626, dt.date(2022, 2, 25), dt.date(2026, 8, 8)),
        ("orc-losses", 1449, dt.date(2022, 2, 27), dt.date(2026, 8, 22)),
    ],
)
def test_every_day_is_read_without_a_warning(records, name, days, first, last):
    record = records[name]
    dates = [report.date for report in record.reports]
    assert len(dates) == days
    assert (dates[0], dates[-1]) == (first, last)
    assert dates == sorted(dates)
    assert record.warnings == ()


@pytest.mark.parametrize("name", ["petroivaniuk", "orc-losses"])
def test_day_1000_has_the_published_totals_and_changes(records, name):
    by_date = totals(records[name])
    today, yesterday = by_date[DAY_1000], by_date[DAY_1000 - dt.timedelta(days=1)]
    changes = {
        category: (today[category], today[category] - yesterday[category])
        for category in ("personnel", "tanks", "uavs", "vehicles")
    }
    assert changes == {
        "personnel": (724_050, 1_610),
        "tanks": (9_382, 17),
        "uavs": (19_111, 38),
        "vehicles": (29_548, 120),
    }


def test_the_two_datasets_disagree_where_the_facts_say_so(records):
    first, second = totals(records["petroivaniuk"]), totals(records["orc-losses"])
    common = first.keys() & second.keys()
    differing = {
        (date.isoformat(), category, first[date][category], total)
        for date in common
        for category, total in second[date].items()
        if total is not None and first[date].get(category) is not None and first[date][category] != total
    }
    with (SHARED / "facts" / "disagreements.csv").open(encoding="utf-8", newline="") as lines:
        stated = {
            (line["date"], line["category"], int(line["petroivaniuk"]), int(line["orc_losses"]))
            for line in csv.DictReader(lines)
        }
    assert len(common) == 1435
    assert differing == stated
    assert len({date for date, *_ in differing}) == 99


@pytest.mark.parametrize(("name", "falls"), [("petroivaniuk", 13), ("orc-losses", 16)])
def test_totals_fall_as_often_as_is_known(records, name, falls):
    last: dict[str, int] = {}
    occasions = 0
    for report in records[name].reports:
        for entry in report.entries:
            if entry.total is None:
                continue
            occasions += entry.total < last.get(entry.category, 0)
            last[entry.category] = entry.total
    assert occasions == falls


def test_null_and_absent_are_told_apart(records):
    nulls = [e for report in records["orc-losses"].reports for e in report.entries if e.total is None]
    assert len(nulls) == 489 + 64 + 64 + 2
    assert all(e.total is not None for report in records["petroivaniuk"].reports for e in report.entries)
    assert "submarines" not in totals(records["petroivaniuk"])[dt.date(2023, 9, 13)]


@pytest.mark.parametrize("name", ["petroivaniuk", "orc-losses"])
def test_the_files_can_be_written_again_byte_for_byte(records, name):
    """What is kept suffices: the slow way back, from nothing but the reports and the table of keys."""
    dataset = DATASETS[name]
    words = {qualifier: word for word, qualifier in QUALIFIER_WORDS.items()}
    for file, categories in dataset.categories.items():
        keys = {slug: key for key, slug in categories.items()}
        days = []
        for report in records[name].reports:
            day: dict[str, object] = {"date": report.date.isoformat()}
            if name == "petroivaniuk":
                day["day"] = (report.date - FIRST_DAY).days + 1
            else:
                day["sourceUri"] = report.cited_url
            for entry in report.entries:
                if entry.category in keys:
                    day[keys[entry.category]] = entry.total
                    if entry.qualifier:
                        day["personnel*"] = words[entry.qualifier]
            if "tanks" in keys and DIRECTION_KEY in report.remarks:
                day[DIRECTION_KEY] = report.remarks[DIRECTION_KEY]
            days.append(day)
        ascii_and_indent = (True, 4) if name == "petroivaniuk" else (False, 2)
        ordered = days if name == "petroivaniuk" else days[::-1]
        written = json.dumps(ordered, ensure_ascii=ascii_and_indent[0], indent=ascii_and_indent[1])
        assert written == (FOLDER / name / file).read_text(encoding="utf-8").rstrip("\n")


def test_corrections_and_oryx_are_read_in_full():
    corrections = read_corrections((FOLDER / "petroivaniuk" / CORRECTIONS).read_bytes(), **SPAN)
    assert len({correction.date for correction in corrections}) == 28
    assert any(correction.difference < 0 for correction in corrections)
    models = read_oryx((FOLDER / "petroivaniuk" / ORYX).read_bytes())
    assert len(models) == 338
