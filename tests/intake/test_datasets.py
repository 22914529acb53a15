"""The reading of the two public datasets, on small files composed here in their two shapes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest

from conflict.intake.datasets import DATASETS, DatasetError, read_dataset
from conflict.intake.datasets.petroivaniuk import (
    CORRECTIONS,
    EQUIPMENT,
    ORYX,
    PERSONNEL,
    CorrectionRecord,
    OryxRecord,
    read_corrections,
    read_oryx,
)
from conflict.intake.records import EntryRecord

FIRST_DAY = dt.date(2022, 2, 24)
TODAY = dt.date(2026, 8, 22)
SPAN = {"first_day": FIRST_DAY, "today": TODAY}

APRIL = {
    "date": "2022-04-30",
    "day": 66,
    "aircraft": 190,
    "tank": 1008,
    "military auto": 1674,
    "fuel tank": 76,
    "drone": 0,
    "mobile SRBM system": 4,
    "greatest losses direction": "Izyum",
}
MAY = {
    "date": "2022-05-01",
    "day": 67,
    "aircraft": 192,
    "tank": 1026,
    "drone": 245,
    "vehicles and fuel tanks": 1796,
}
APRIL_PERSONNEL = {"date": "2022-04-30", "day": 66, "personnel": 23200, "personnel*": "about", "POW": 421}
MAY_PERSONNEL = {"date": "2022-05-01", "day": 67, "personnel": 23500, "personnel*": "more"}

NEWEST = {
    "date": "2024-11-19",
    "sourceUri": "https://mod.gov.ua/news/vtrati-–-19-listopada-(2024)",
    "personnel": 724050,
    "tanks": 9382,
    "unarmoredVehicles": 29548,
    "submarines": None,
}
OLDEST = {"date": "2022-02-27", "sourceUri": None, "personnel": 4300, "tanks": 146, "unarmoredVehicles": 30}


def petroivaniuk(*, equipment=(APRIL, MAY), personnel=(APRIL_PERSONNEL, MAY_PERSONNEL)):
    payloads = {EQUIPMENT: json.dumps(equipment).encode(), PERSONNEL: json.dumps(personnel).encode()}
    return read_dataset("petroivaniuk", payloads, **SPAN)


def orc_losses(*days):
    return read_dataset("orc-losses", {"russian-losses.json": json.dumps(days).encode()}, **SPAN)


def test_two_files_of_one_day_give_one_report_in_the_files_order():
    april, may = petroivaniuk().reports
    assert [(entry.category, entry.total) for entry in april.entries] == [
        ("personnel", 23200),
        ("prisoners", 421),
        ("aircraft", 190),
        ("tanks", 1008),
        ("military-vehicles", 1674),
        ("fuel-tankers", 76),
        ("uavs", 0),
        ("srbm", 4),
    ]
    assert (april.source, april.party, april.date) == ("general-staff", "russia", dt.date(2022, 4, 30))
    assert [entry.category for entry in may.entries] == ["personnel", "aircraft", "tanks", "uavs", "vehicles"]


def test_the_ended_keys_are_never_summed_to_vehicles():
    april, may = petroivaniuk().reports
    assert "vehicles" not in {entry.category for entry in april.entries}
    assert 1674 + 76 not in {entry.total for entry in april.entries}
    assert may.entries[-1] == EntryRecord(category="vehicles", total=1796)


def test_personnel_carries_the_printed_qualifier():
    april, may = petroivaniuk().reports
    assert [entry.qualifier for entry in april.entries[:3]] == ["about", "", ""]
    assert may.entries[0].qualifier == "more-than"


def test_what_is_stated_beside_figures_is_kept_by_its_own_key():
    april, may = petroivaniuk().reports
    assert dict(april.remarks) == {"greatest losses direction": "Izyum"}
    assert dict(may.remarks) == {}


def test_a_qualifier_we_do_not_know_stays_as_a_remark_with_a_warning():
    day = MAY_PERSONNEL | {"personnel*": "up to"}
    record = petroivaniuk(personnel=[APRIL_PERSONNEL, day])
    assert record.reports[1].entries[0].qualifier == ""
    assert record.reports[1].remarks["personnel*"] == "up to"
    assert record.warnings == (
        f'{PERSONNEL}, entry 2 (2022-05-01), key "personnel*": '
        '"up to" qualifies no figure here and was kept as a remark.',
    )


def test_a_day_number_that_disagrees_with_its_date_is_a_warning_and_a_remark():
    record = petroivaniuk(equipment=[APRIL, MAY | {"day": 68}])
    assert record.reports[1].date == dt.date(2022, 5, 1)
    assert record.reports[1].remarks["day"] == "68"
    assert record.warnings == (
        f"{EQUIPMENT}, entry 2 (2022-05-01): the file says day 68, the date is day 67; the date was taken.",
    )


def test_day_numbers_wrong_in_both_files_are_both_kept():
    same = petroivaniuk(equipment=[MAY | {"day": 68}], personnel=[MAY_PERSONNEL | {"day": 68}])
    assert dict(same.reports[0].remarks) == {"day": "68"}
    other = petroivaniuk(equipment=[MAY | {"day": 68}], personnel=[MAY_PERSONNEL | {"day": 66}])
    assert dict(other.reports[0].remarks) == {f"day ({PERSONNEL})": "66", f"day ({EQUIPMENT})": "68"}


def test_a_day_in_one_file_alone_is_read_and_named():
    record = petroivaniuk(personnel=[MAY_PERSONNEL])
    assert [entry.category for entry in record.reports[0].entries][:2] == ["aircraft", "tanks"]
    assert record.warnings == (f"2022-04-30 is in {EQUIPMENT} alone, not in {PERSONNEL}.",)


def test_days_without_any_figure_are_skipped_with_a_reason():
    record = orc_losses(NEWEST, {"date": "2024-11-18", "sourceUri": "https://mod.gov.ua/"})
    assert len(record.reports) == 1
    assert record.skipped == ("2024-11-18 states no figure",)
    empty = {"date": "2022-05-02", "day": 68}
    record = petroivaniuk(equipment=[APRIL, empty], personnel=[APRIL_PERSONNEL, empty])
    assert len(record.reports) == 1
    assert record.skipped == ("2022-05-02 states no figure",)


def test_unknown_keys_are_named_with_their_number_and_kept_as_remarks():
    record = petroivaniuk(
        equipment=[APRIL | {"balloons": 7, "note": "revised", "list": [1]}, MAY | {"balloons": 8}]
    )
    assert record.warnings == (
        f'{EQUIPMENT}: the key "balloons" is unknown, it was not read as a figure (2 entries have it).',
        f'{EQUIPMENT}: the key "note" is unknown, it was not read as a figure (1 entry has it).',
        f'{EQUIPMENT}: the key "list" is unknown, it was not read as a figure (1 entry has it).',
    )
    assert dict(record.reports[0].remarks) == {
        "balloons": "7",
        "note": "revised",
        "greatest losses direction": "Izyum",
    }
    assert "balloons" not in {entry.category for report in record.reports for entry in report.entries}


def test_a_flood_of_unknown_keys_is_counted_and_not_listed():
    record = orc_losses(NEWEST | {f"key {number}": number for number in range(500)})
    assert len(record.warnings) == 21
    assert record.warnings[-1] == "russian-losses.json: 480 more keys are unknown."


def test_orc_losses_is_read_oldest_first_with_null_as_not_stated():
    record = orc_losses(NEWEST, OLDEST)
    oldest, newest = record.reports
    assert (oldest.date, newest.date) == (dt.date(2022, 2, 27), dt.date(2024, 11, 19))
    assert newest.entries == (
        EntryRecord(category="personnel", total=724050),
        EntryRecord(category="tanks", total=9382),
        EntryRecord(category="vehicles", total=29548),
        EntryRecord(category="submarines", total=None),
    )
    assert "submarines" not in {entry.category for entry in oldest.entries}
    assert EntryRecord(category="vehicles", total=30) in oldest.entries


def test_orc_losses_cites_the_ministrys_page():
    oldest, newest = orc_losses(NEWEST, OLDEST).reports
    assert newest.cited_url == NEWEST["sourceUri"]
    assert oldest.cited_url == ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "mod.gov.ua/news",
        "https://",
        "https://a b",
        'https://mod.gov.ua/"x',
        "https://a@b/",
        "",
    ],
)
def test_what_is_no_web_address_never_becomes_a_link(address):
    record = orc_losses(NEWEST | {"sourceUri": address})
    assert record.reports[0].cited_url == ""
    assert record.reports[0].remarks["sourceUri"] == address
    assert "is no usable web address" in record.warnings[0]


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"tanks": True}, "tanks", "true is not a whole number"),
        ({"tanks": 9382.0}, "tanks", "9382.0 is not a whole number"),
        ({"tanks": "9382"}, "tanks", '"9382" is not a whole number'),
        ({"tanks": [9382]}, "tanks", "[9382] is not a whole number"),
        ({"tanks": -1}, "tanks", "-1 is negative"),
        ({"tanks": 10**9 + 1}, "tanks", "1000000001 is above 1,000,000,000, no figure of this war comes near it"),
        ({"date": 20241119}, "date", "20241119 is not a text"),
        ({"date": None}, "date", "null is not a text"),
        ({"date": "19.11.2024"}, "date", '"19.11.2024" is not a date written as 2022-02-24'),
        ({"date": "2022-02-23"}, "date", "the date lies before the first day, 2022-02-24"),
        ({"date": "2026-08-23"}, "date", "the date lies in the future, today is 2026-08-22"),
        ({"date": "2022-02-27"}, "date", "entry 1 has the same date"),
        ({"sourceUri": 5}, "sourceUri", "5 is not a text"),
    ],
)
def test_a_fault_names_file_entry_and_key(change, key, reason):
    with pytest.raises(DatasetError) as caught:
        orc_losses(OLDEST, NEWEST | change)
    error = caught.value
    assert (error.file, error.entry, error.key, error.reason) == ("russian-losses.json", 2, key, reason)
    assert str(error).startswith("russian-losses.json, entry 2")
    assert str(error).endswith(f', key "{key}": {reason}.')


def test_today_and_the_largest_number_are_still_taken():
    (report,) = orc_losses({"date": "2026-08-22", "tanks": 10**9}).reports
    assert report.entries[0].total == 10**9


def test_the_first_day_and_nothing_lost_are_taken_too():
    (report,) = orc_losses({"date": "2022-02-24", "tanks": 0}).reports
    assert (report.date, report.entries[0].total) == (FIRST_DAY, 0)


def test_an_entry_without_a_date_is_refused():
    with pytest.raises(DatasetError, match=r'entry 1, key "date": the key is missing\.'):
        orc_losses({"tanks": 1})


@pytest.mark.parametrize("change", [{"day": "66"}, {"day": -1}, {"greatest losses direction": 5}, {"tank": 1.5}])
def test_petroivaniuks_equipment_is_read_as_strictly(change):
    with pytest.raises(DatasetError) as caught:
        petroivaniuk(equipment=[APRIL | change])
    assert (caught.value.file, caught.value.entry) == (EQUIPMENT, 1)
    assert caught.value.key in change


@pytest.mark.parametrize("change", [{"personnel*": 1}, {"POW": "421"}, {"personnel": False}, {"day": 66.0}])
def test_petroivaniuks_personnel_is_read_as_strictly(change):
    with pytest.raises(DatasetError) as caught:
        petroivaniuk(personnel=[APRIL_PERSONNEL | change])
    assert (caught.value.file, caught.value.entry) == (PERSONNEL, 1)
    assert caught.value.key in change


def test_the_same_date_twice_within_one_file_is_refused():
    with pytest.raises(DatasetError, match=r"entry 2 \(2022-04-30\), key \"date\": entry 1 has the same date"):
        petroivaniuk(equipment=[APRIL, APRIL])


def test_both_files_of_a_dataset_are_needed_and_no_others():
    with pytest.raises(DatasetError, match=f"^{PERSONNEL}: the file is missing"):
        read_dataset("petroivaniuk", {EQUIPMENT: b"[]"}, **SPAN)
    with pytest.raises(DatasetError, match=r"^other\.json: the file is no part of the dataset orc-losses"):
        read_dataset("orc-losses", {"russian-losses.json": b"[]", "other.json": b"[]"}, **SPAN)


def test_the_document_says_what_was_read():
    record = orc_losses(NEWEST)
    document = record.document
    assert (document.slug, document.kind, document.licence) == ("orc-losses", "dataset", "MIT")
    assert (document.title, document.url) == ("Orc Losses", DATASETS["orc-losses"].page)
    assert document.publisher == DATASETS["orc-losses"].publisher != ""
    assert document.sha256 == hashlib.sha256(json.dumps([NEWEST]).encode()).hexdigest()
    assert document.retrieved == TODAY
    assert all(report.document is document for report in record.reports)


def test_the_fingerprint_of_two_files_is_that_of_their_sha256sum_lines():
    files = {EQUIPMENT: json.dumps([MAY]).encode(), PERSONNEL: json.dumps([MAY_PERSONNEL]).encode()}
    lines = "".join(f"{hashlib.sha256(payload).hexdigest()}  {name}\n" for name, payload in files.items())
    record = read_dataset("petroivaniuk", dict(reversed(files.items())), **SPAN)
    assert record.document.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    assert record.reports and all(report.document is record.document for report in record.reports)


def test_the_registry_names_each_dataset_its_files_and_their_addresses():
    assert list(DATASETS) == ["petroivaniuk", "orc-losses"]
    for name, dataset in DATASETS.items():
        assert dataset.name == name
        assert dataset.licence == "MIT"
        assert set(dataset.categories) == set(dataset.files)
        for file, url in dataset.urls.items():
            assert url.startswith("https://raw.githubusercontent.com/")
            assert url.endswith((f"/main/{file}", f"/main/data/{file}"))


def test_each_category_has_one_key_in_a_dataset():
    for dataset in DATASETS.values():
        slugs = [slug for categories in dataset.categories.values() for slug in categories.values()]
        assert len(slugs) == len(set(slugs))


def test_corrections_are_dated_differences_without_the_zeros():
    payload = json.dumps(
        [
            {"date": "2022-10-13", "day": 231, "tank": 0, "APC": -25, "personnel": 0, "naval ship": 1},
            {"date": "2023-05-27", "day": 458, "tank": -5},
        ]
    ).encode()
    assert read_corrections(payload, **SPAN) == (
        CorrectionRecord(date=dt.date(2022, 10, 13), category="armoured-vehicles", difference=-25),
        CorrectionRecord(date=dt.date(2022, 10, 13), category="ships", difference=1),
        CorrectionRecord(date=dt.date(2023, 5, 27), category="tanks", difference=-5),
    )


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"balloons": 1}, "balloons"),
        ({"tank": None}, "tank"),
        ({"tank": True}, "tank"),
        ({"tank": -(10**9) - 1}, "tank"),
        ({"date": "2022-02-01"}, "date"),
        ({"date": "2026-08-23"}, "date"),
    ],
)
def test_corrections_are_read_strictly(change, key):
    day = {"date": "2022-10-13", "tank": 0} | change
    with pytest.raises(DatasetError) as caught:
        read_corrections(json.dumps([day]).encode(), **SPAN)
    assert (caught.value.file, caught.value.entry, caught.value.key) == (CORRECTIONS, 1, key)


MODEL = {
    "equipment_oryx": "Tanks",
    "model": "T-62M",
    "manufacturer": "the Soviet Union",
    "losses_total": 50,
    "equipment_ua": "Tanks",
}


def test_oryx_is_read_as_printed():
    assert read_oryx(json.dumps([MODEL]).encode()) == (
        OryxRecord(
            category="Tanks", model="T-62M", manufacturer="the Soviet Union", total=50, equipment_ua="Tanks"
        ),
    )


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        ([MODEL, MODEL | {"losses_total": 51}], "model"),
        ([MODEL, MODEL | {"model": 62}], "model"),
        ([MODEL, MODEL | {"losses_total": -1}], "losses_total"),
        ([MODEL, MODEL | {"colour": "green"}], "colour"),
        ([MODEL, {"equipment_oryx": "Tanks", "model": "T-72"}], "manufacturer"),
    ],
)
def test_oryx_is_read_strictly(entries, key):
    with pytest.raises(DatasetError) as caught:
        read_oryx(json.dumps(entries).encode())
    assert (caught.value.file, caught.value.entry, caught.value.key) == (ORYX, 2, key)
