"""The compatible faces: files that the users of two public datasets can read without rewriting a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from conflict.intake.datasets import DATASETS, orc_losses, petroivaniuk, read_dataset
from conflict.ledger.publishing import decide
from conflict.models import LossEntry, Party, Report, Source
from tests.api.conftest import body_of
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.django_db

FACES = {
    ("petroivaniuk", petroivaniuk.EQUIPMENT): "petroivaniuk/equipment.json",
    ("petroivaniuk", petroivaniuk.PERSONNEL): "petroivaniuk/personnel.json",
    ("orc-losses", orc_losses.FILE): "orc-losses/russian-losses.json",
}
SPAN = {"first_day": D(2022, 2, 24), "today": D(2026, 8, 22)}

EQUIPMENT = [
    {"date": "2024-11-01", "day": 982, "aircraft": 0, "tank": 9000, "field artillery": 20000},
    {"date": "2024-11-02", "day": 7, "tank": 9005, "field artillery": 20001, "greatest losses direction": "Kursk"},
]
PERSONNEL = [
    {"date": "2024-11-01", "day": 982, "personnel": 700000, "personnel*": "about", "POW": 3},
    {"date": "2024-11-03", "day": 984, "personnel": 702000, "personnel*": "more"},
    {"date": "2024-11-04", "day": 985, "personnel": 703000},
]
LOSSES = [
    {
        "date": f"2024-11-0{n}",
        "sourceUri": f"https://example.org/{n}",
        **{key: None if key == "submarines" else 100 * n + m for m, key in enumerate(orc_losses.CATEGORIES)},
    }
    for n in (4, 2, 1)
]


def file_of(client, face: str, query: str = "") -> bytes:
    response = client.get(f"/api/v1/compat/{face}{query}")
    assert response.status_code == 200
    return body_of(response)


def written(folder: Path) -> None:
    """Write small files of both datasets, in their own manner."""
    folder.mkdir(exist_ok=True)
    for name, days, indent in (
        (petroivaniuk.EQUIPMENT, EQUIPMENT, 4),
        (petroivaniuk.PERSONNEL, PERSONNEL, 4),
        (orc_losses.FILE, LOSSES, 2),
    ):
        (folder / name).write_text(json.dumps(days, indent=indent), encoding="utf-8")


def imported(folder: Path) -> None:
    for name in DATASETS:
        call_command("import_losses", name, "--path", str(folder), verbosity=0)


@once
def fill(folder: Path) -> None:
    call_command("loaddata", "reference", verbosity=0)
    imported(folder)


@pytest.fixture
def small(tmp_path):
    written(tmp_path)
    fill(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "file"), FACES)
def test_a_file_comes_back_to_the_last_byte(client, small, name, file):
    assert file_of(client, FACES[name, file]) == (small / file).read_bytes()


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("query", ["", "?figures=readings", "?figures=accepted"])
def test_the_importers_read_the_files(client, small, name, query):
    payloads = {file: file_of(client, FACES[name, file], query) for file in DATASETS[name].files}
    record = read_dataset(name, payloads, **SPAN)
    original = read_dataset(name, {file: (small / file).read_bytes() for file in DATASETS[name].files}, **SPAN)
    if "accepted" not in query:
        assert record.reports == tuple(
            type(report)(**{**_fields(report), "document": record.document}) for report in original.reports
        )
    assert {report.date for report in record.reports} >= {report.date for report in original.reports}


def _fields(report):
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


def test_accepted_figures_take_the_form_of_either_file(client, small):
    equipment = json.loads(file_of(client, "petroivaniuk/equipment.json", "?figures=accepted"))
    assert [day["date"] for day in equipment] == ["2024-11-01", "2024-11-02", "2024-11-04"]
    assert equipment[0]["tank"] == 9000  # petroivaniuk's, which comes before the other
    assert equipment[2]["tank"] == 401  # only the other states that day
    assert list(equipment[1])[:4] == ["date", "day", "aircraft", "helicopter"]
    losses = json.loads(file_of(client, "orc-losses/russian-losses.json", "?figures=accepted"))
    assert [day["date"] for day in losses] == ["2024-11-04", "2024-11-03", "2024-11-02", "2024-11-01"]
    assert all(list(day) == ["date", "sourceUri", *orc_losses.CATEGORIES] for day in losses)
    assert (losses[1]["personnel"], losses[1]["tanks"], losses[1]["sourceUri"]) == (
        702000,
        None,
        petroivaniuk.DATASET.page,
    )
    assert losses[3]["submarines"] is None


def test_a_decision_changes_the_accepted_face_and_not_the_clone(client, small):
    clone = file_of(client, "petroivaniuk/equipment.json")
    entry = LossEntry.objects.get(
        report__document__slug="orc-losses", report__date=D(2024, 11, 1), category__slug="tanks"
    )
    decide(entry=entry, reason="A test", by="tests")
    assert file_of(client, "petroivaniuk/equipment.json") == clone
    accepted = json.loads(file_of(client, "petroivaniuk/equipment.json", "?figures=accepted"))
    assert accepted[0]["tank"] == entry.total
    before = json.loads(file_of(client, "petroivaniuk/equipment.json", "?figures=accepted&version=2"))
    assert before[0]["tank"] == 9000


def test_a_past_version_of_the_dataset_can_be_read_again(client, small, tmp_path):
    first = file_of(client, "petroivaniuk/equipment.json")
    changed = [*EQUIPMENT[:1], {**EQUIPMENT[1], "tank": 9006}]
    (small / petroivaniuk.EQUIPMENT).write_text(json.dumps(changed, indent=4), encoding="utf-8")
    imported(small)
    assert json.loads(file_of(client, "petroivaniuk/equipment.json")) == changed
    assert file_of(client, "petroivaniuk/equipment.json", "?version=1") == first


def test_no_other_source_and_no_other_document_gets_in(client, small):
    before = file_of(client, "orc-losses/russian-losses.json")
    Source.objects.get_or_create(slug="oryx", defaults={"name": "Oryx", "kind": "researchers"})
    publish_records(make_record(D(2024, 11, 9), tanks=9999))
    assert file_of(client, "orc-losses/russian-losses.json") == before
    assert Party.objects.count() == 1
    assert Report.objects.filter(date=D(2024, 11, 9)).count() == 1


@pytest.mark.parametrize("face", FACES.values())
def test_a_ledger_without_the_dataset_gives_an_empty_list(client, face):
    make_reference()
    assert file_of(client, face) == b"[]"
    assert file_of(client, face, "?figures=accepted") == b"[]"


@pytest.mark.parametrize("face", FACES.values())
def test_a_face_costs_the_same_at_any_length(client, small, face, django_assert_num_queries):
    for query, cost in (("", 5), ("?figures=accepted", 4)):
        with django_assert_num_queries(cost):
            file_of(client, face, query)


def test_figures_of_another_kind_are_refused(client, small):
    response = client.get("/api/v1/compat/petroivaniuk/personnel.json?figures=guessed")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "figures"


@pytest.mark.datasets
@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public datasets are not in {FOLDER}")
def test_the_full_datasets_come_back_cell_by_cell(client, put_datasets):
    """Four years in one import: every key, value, null, address and blank of the three files."""
    put_datasets(*DATASETS)
    for (name, file), face in FACES.items():
        original, served = (FOLDER / name / file).read_bytes(), file_of(client, face)
        theirs, ours = json.loads(original), json.loads(served)
        assert len(theirs) == len(ours)
        for wanted, found in zip(theirs, ours, strict=True):
            assert list(found.items()) == list(wanted.items())
        assert served == original.rstrip()
