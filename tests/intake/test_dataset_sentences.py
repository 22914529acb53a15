"""What the reading of a dataset says of what it passes over, refuses or keeps apart, in whole sentences."""

import datetime as dt
import json

import pytest

from conflict.intake.datasets import DatasetError, read_dataset
from conflict.intake.datasets.petroivaniuk import EQUIPMENT, PERSONNEL, read_corrections, read_oryx
from conflict.intake.records import CorrectionRecord
from conflict.intake.strict_json import shown
from tests.intake.test_datasets import (
    APRIL,
    APRIL_PERSONNEL,
    MAY,
    MAY_PERSONNEL,
    MODEL,
    NEWEST,
    OLDEST,
    SPAN,
    orc_losses,
    petroivaniuk,
)
from tests.intake.test_oryx import ROBOTS, TANKS, read


def test_days_behind_one_without_figures_are_read():
    record = orc_losses(NEWEST, {"date": "2024-11-18"}, OLDEST)
    assert [report.date.isoformat() for report in record.reports] == ["2022-02-27", "2024-11-19"]
    empty = {"date": "2022-04-30", "day": 66}
    record = petroivaniuk(equipment=[empty, MAY], personnel=[empty, MAY_PERSONNEL])
    assert [report.date.isoformat() for report in record.reports] == ["2022-05-01"]


def test_orc_losses_are_the_general_staff_s_figures_of_russia():
    (report,) = orc_losses(NEWEST).reports
    assert (report.source, report.party) == ("general-staff", "russia")


@pytest.mark.parametrize(("length", "is_kept"), [(500, True), (501, False)])
def test_the_longest_address_is_a_link_and_a_longer_one_a_remark(length, is_kept):
    address = "https://mod.gov.ua/".ljust(length, "a")
    record = orc_losses(NEWEST | {"sourceUri": address})
    assert record.reports[0].cited_url == (address if is_kept else "")
    sentence = (
        f'russian-losses.json, entry 1 (2024-11-19), key "sourceUri": {shown(address)} '
        "is no usable web address and was kept as a remark."
    )
    assert record.warnings == (() if is_kept else (sentence,))


def test_days_in_one_file_alone_are_counted_with_the_first_and_the_last():
    days = [{"date": f"2022-05-0{day}", "tank": 1000 + day} for day in (2, 3, 4)]
    record = petroivaniuk(equipment=[APRIL, MAY, *days])
    assert record.warnings == (f"3 days are in {EQUIPMENT} alone, not in {PERSONNEL} (2022-05-02 to 2022-05-04).",)


def test_what_both_files_say_alike_is_one_remark_and_what_they_say_otherwise_two():
    record = petroivaniuk(
        equipment=[APRIL | {"note": "revised", "mark": "a"}, MAY | {"note": "late"}],
        personnel=[APRIL_PERSONNEL | {"note": "revised", "mark": "b"}, MAY_PERSONNEL],
    )
    april, may = record.reports
    assert april.remarks["note"] == "revised"
    assert (april.remarks[f"mark ({EQUIPMENT})"], april.remarks[f"mark ({PERSONNEL})"]) == ("a", "b")
    assert dict(may.remarks) == {"note": "late"}


def test_the_document_was_retrieved_on_the_day_of_reading():
    assert petroivaniuk().document.retrieved == SPAN["today"]


def test_day_0_is_a_day_number_that_disagrees():
    record = petroivaniuk(equipment=[APRIL | {"day": 0}, MAY])
    assert record.reports[0].remarks["day"] == "0"


def test_personnel_are_corrected_too():
    correction = json.dumps([{"date": "2022-10-13", "personnel": -10}]).encode()
    assert read_corrections(correction, **SPAN) == (CorrectionRecord(dt.date(2022, 10, 13), "personnel", -10),)


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (lambda: read_corrections(b'[{"date": "2022-10-13", "balloons": 1}]', **SPAN), "the key is no category"),
        (lambda: read_oryx(json.dumps([MODEL | {"colour": "green"}]).encode()), "the key is unknown"),
        (lambda: read_oryx(json.dumps([MODEL, MODEL]).encode()), "entry 1 counts the same model"),
        (
            lambda: read_dataset("petroivaniuk", {EQUIPMENT: b"[]"}, **SPAN),
            f"the file is missing; petroivaniuk is {EQUIPMENT} and {PERSONNEL}",
        ),
        (lambda: read(ROBOTS), "none of its groups of equipment is known"),
    ],
)
def test_a_file_that_is_refused_says_why(reading, reason):
    with pytest.raises(DatasetError) as caught:
        reading()
    assert caught.value.reason == reason
    assert caught.value.file.endswith(".json")


def test_a_model_of_which_none_was_lost_is_counted():
    assert read_oryx(json.dumps([MODEL | {"losses_total": 0}]).encode())[0].total == 0


def test_a_count_by_model_says_what_it_is_and_names_its_file_where_it_is_faulty():
    assert read(TANKS).report.document.title == (
        "Oryx’s counts by model, as transcribed in the 2022 Ukraine Russia War Dataset"
    )
    with pytest.raises(DatasetError) as caught:
        read(TANKS, (*TANKS[:-1], -1))
    assert caught.value.file == "russia_losses_equipment_oryx.json"
