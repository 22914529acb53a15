"""The package as it is written: valid, the same bytes for the same ledger, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from io import StringIO
from pathlib import Path

import frictionless
import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conflict.intake.package.tables import BY_NAME, TABLES
from conflict.models import Event, Finding, LossEntry, Version
from conflict.package import parquet, writing
from conflict.package.writing import ForeignFolder, NothingToWrite, state, write_folder, write_zip
from tests.make import D, make_record, publish_records

FILES = ["CITATION.cff", "README.md", "croissant.json", "datapackage.json", "dataset.json"]


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / BY_NAME[table].file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_package_is_valid_by_its_standard(package: Path) -> None:
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(TABLES)
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["ledger"] == {"version": 7, "hash": Version.objects.newest().hash, "past": False}


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_package_of_the_demo_is_valid(demo: None, tmp_path: Path) -> None:
    write_folder(tmp_path / "demo")
    assert frictionless.validate(str(tmp_path / "demo" / "datapackage.json")).valid


def test_the_standard_notices_a_spoiled_package(package: Path) -> None:
    text = (package / "points.csv").read_text(encoding="utf-8")
    (package / "points.csv").write_text(text.replace("9382", "many"), encoding="utf-8")
    assert not frictionless.validate(str(package / "datapackage.json")).valid


def test_the_same_ledger_makes_the_same_bytes(package: Path, tmp_path: Path) -> None:
    write_folder(tmp_path / "again")
    names = sorted(path.name for path in package.iterdir())
    assert names == sorted([*FILES, *(table.file for table in TABLES)])
    for name in names:
        assert (package / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_the_same_ledger_makes_the_same_zip(package: Path, tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip")
    write_zip(tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        for path in package.iterdir():
            assert archive.read(f"conflict-ledger-v7/{path.name}") == path.read_bytes()


def test_not_stated_is_an_empty_cell_and_never_zero(package: Path) -> None:
    cells = {row["category"]: row for row in rows_of(package, "losses") if row["date"] == "2024-11-19"}
    assert cells["tanks"]["total"] == "9302"
    assert cells["tanks"]["printed_change"] == ""
    assert cells["tanks"]["day"] == "1000"
    assert cells["tanks"]["computed_change"] == "-64"


def test_no_text_is_a_formula_and_numbers_are_left_alone(package: Path) -> None:
    for table in TABLES:
        text_columns = {column.name for column in table.columns if column.type == "string"}
        for row in rows_of(package, table.name):
            for name in text_columns:
                assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r")), (table.name, row)
    assert {row["definition"] for row in rows_of(package, "categories")} == {"", "'=1+1"}
    assert any(row["computed_change"].startswith("-") for row in rows_of(package, "points"))


def test_drafts_and_their_documents_stay_inside(package: Path) -> None:
    assert "unseen" not in {row["document"] for row in rows_of(package, "documents")}
    for path in package.iterdir():
        # As a figure: four digits may follow one another in a hash.
        assert not re.search(rb"unseen|(?<![0-9a-f])9400(?![0-9a-f])", path.read_bytes()), path.name


def test_every_version_of_a_figure_is_there(package: Path) -> None:
    lives = [
        (row["total"], row["from_version"], row["to_version"])
        for row in rows_of(package, "points")
        if row["date"] == "2024-11-18"
    ]
    assert lives == [("9365", "1", "4"), ("9366", "4", "6"), ("9366", "6", "")]
    assert [row["status"] for row in rows_of(package, "reports") if row["date"] == "2024-11-18"] == [
        "superseded",
        "published",
    ]


def test_a_past_version_has_what_stood_then_and_nothing_that_is_edited_outside(ledger, tmp_path) -> None:
    write_folder(tmp_path / "past", number=3)

    assert {row["total"] for row in rows_of(tmp_path / "past", "losses") if row["date"] == "2024-11-18"} == {
        "9365"
    }
    assert {row["status"] for row in rows_of(tmp_path / "past", "reports")} == {"published"}
    assert not any(row["to_version"] in {"4", "5", "6"} for row in rows_of(tmp_path / "past", "points"))
    for name in ("events", "claims", "findings", "checks", "decisions"):
        assert rows_of(tmp_path / "past", name) == []
    assert "Of a past version" in (tmp_path / "past" / "README.md").read_text(encoding="utf-8")
    assert frictionless.validate(str(tmp_path / "past" / "datapackage.json")).valid


def test_a_past_version_is_the_same_whatever_happens_later(ledger, tmp_path) -> None:
    write_folder(tmp_path / "before", number=3)
    publish_records(make_record(D(2024, 11, 18), tanks=9367))
    Event.objects.all().delete()
    write_folder(tmp_path / "after", number=3)
    for path in (tmp_path / "before").iterdir():
        assert path.read_bytes() == (tmp_path / "after" / path.name).read_bytes(), path.name


def test_croissant_describes_every_column_of_every_table(package: Path) -> None:
    described = json.loads((package / "croissant.json").read_text(encoding="utf-8"))
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    files = {part["@id"]: part for part in described["distribution"]}
    fields = {field["@id"] for record in described["recordSet"] for field in record["field"]}
    for table in TABLES:
        assert files[table.file]["sha256"] == hashlib.sha256((package / table.file).read_bytes()).hexdigest()
        assert {f"{table.name}/{column.name}" for column in table.columns} <= fields
    for record in described["recordSet"]:
        assert {key["@id"] for key in record["key"]} <= fields
        for field in record["field"]:
            assert field["source"]["fileObject"]["@id"] in files
            assert field.get("references", {"field": {"@id": field["@id"]}})["field"]["@id"] in fields


def test_the_readme_says_version_hash_licence_and_every_column(package: Path) -> None:
    text = (package / "README.md").read_text(encoding="utf-8")
    newest = Version.objects.newest()
    assert f"Version {newest.number}," in text and newest.hash in text
    assert "CC BY 4.0" in text and "killed *and* wounded" in text
    for table in TABLES:
        assert f"### {table.file}" in text
        for column in table.columns:
            assert f"| `{column.name}` |" in text


def test_the_citation_file_names_version_and_day(package: Path) -> None:
    cited = yaml.safe_load((package / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "dataset"
    assert cited["version"] == "7" and cited["authors"] and cited["message"]


def test_schema_org_knows_the_days_and_the_hash(package: Path) -> None:
    described = json.loads((package / "dataset.json").read_text(encoding="utf-8"))
    assert described["temporalCoverage"] == "2024-11-18/2024-11-20"
    assert described["identifier"] == f"sha256:{Version.objects.newest().hash}"


def test_writing_costs_the_same_queries_at_any_size(ledger, tmp_path) -> None:
    with CaptureQueriesContext(connection) as small:
        write_folder(tmp_path / "small")
    publish_records(*(make_record(D(2024, 10, day), tanks=9000 + day, personnel=700000) for day in range(1, 29)))
    with CaptureQueriesContext(connection) as large:
        write_folder(tmp_path / "large")
    assert len(large) == len(small) == 43


def test_the_state_changes_with_figures_and_with_what_is_edited_outside(ledger) -> None:
    states = [state(), state(3)]
    Event.objects.filter(slug="an-event").update(title="Another title")
    states.append(state())
    Finding.objects.filter(state="explained").update(words="Other words")
    states.append(state())
    publish_records(make_record(D(2024, 11, 18), tanks=9367))
    states.append(state())
    assert len(set(states)) == 5
    assert state(3) == states[1]


def test_a_folder_with_other_things_is_left_as_it_is(ledger, tmp_path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ForeignFolder, match=r"holds thesis\.txt"):
        write_folder(tmp_path / "mine")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("export_data", tmp_path / "mine", stderr=StringIO())
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    (tmp_path / "file").write_text("")
    with pytest.raises(ForeignFolder, match="is a file"):
        write_folder(tmp_path / "file")


def test_a_package_of_before_is_replaced_whole(package: Path) -> None:
    publish_records(make_record(D(2024, 11, 18), tanks=9367))
    write_folder(package)
    assert rows_of(package, "versions")[-1]["version"] == "8"
    assert [path.name for path in package.parent.iterdir()] == ["package"]


def test_a_fault_half_way_leaves_the_package_of_before(package: Path, monkeypatch) -> None:
    before = {path.name: path.read_bytes() for path in package.iterdir()}

    def fail(*args: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "readme", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("export_data", package, no_parquet=True, stderr=StringIO())
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before
    assert [path.name for path in package.parent.iterdir()] == ["package"]


@pytest.mark.django_db
def test_an_empty_ledger_has_nothing_to_export(tmp_path) -> None:
    with pytest.raises(NothingToWrite, match="is empty"):
        write_folder(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_how_much_it_wrote(ledger, tmp_path) -> None:
    out = StringIO()
    call_command("export_data", tmp_path / "all", stdout=out, stderr=StringIO())
    said = out.getvalue()
    entries = LossEntry.objects.exclude(report__status="draft").count()
    assert f"entries.csv: {entries} rows" in said
    digest = hashlib.sha256((tmp_path / "all" / "datapackage.json").read_bytes()).hexdigest()
    assert f"Version 7 is in {tmp_path / 'all'}: 22 tables" in said and digest in said
    with pytest.raises(CommandError, match="has no version 99"):
        call_command("export_data", tmp_path / "past", as_of=99, stderr=StringIO())


def test_parquet_holds_what_the_csv_holds(ledger, tmp_path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_folder(tmp_path / "both", with_parquet=True)
    for table in TABLES:
        held = pq.read_table(tmp_path / "both" / "parquet" / f"{table.name}.parquet").to_pylist()
        rows = rows_of(tmp_path / "both", table.name)
        assert len(held) == len(rows)
        for column in table.columns:
            assert [row[column.name] is None for row in held] == [row[column.name] == "" for row in rows]
    losses = pq.read_table(tmp_path / "both" / "parquet" / "losses.parquet").to_pylist()
    assert {row["total"] for row in losses if row["date"] == D(2024, 11, 18)} == {9366}


def test_without_pyarrow_the_command_says_so_and_writes_the_rest(ledger, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(parquet, "is_installed", lambda: False)
    out = StringIO()
    call_command("export_data", tmp_path / "all", stdout=out, stderr=StringIO())
    assert "No Parquet files: pyarrow is not installed" in out.getvalue()
    assert not (tmp_path / "all" / "parquet").exists()
