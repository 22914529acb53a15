"""Importing Oryx's counts by model: what is published, what is refused, and what stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from conflict.intake.datasets.oryx import GROUPS, read_count
from conflict.intake.datasets.petroivaniuk import ORYX
from conflict.intake.records import EntryRecord, ModelCountRecord
from conflict.ledger.errors import BadReport, UnknownName
from conflict.ledger.model_counts import publish_counts
from conflict.ledger.publishing import withdraw
from conflict.ledger.rebuilding import rebuild
from conflict.models import Category, ModelCount, Point, Report, Source, Version
from tests.make import D, make_document, make_record, make_reference

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "petroivaniuk" / ORYX
DAY = D(2023, 1, 15)

ROWS = [
    ("Tanks", "Tanks", "T-62M", "the Soviet Union", 50),
    ("Tanks", "Tanks", "T-72B3", "Russia", 300),
    ("Towed Artillery", "Artillery Systems", "122mm D-30 howitzer", "the Soviet Union", 39),
    ("Surface-To-Air Missile Systems", "Multiple Rocket Launchers", "Pantsir-S1", "Russia", 14),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference() -> None:
    make_reference()
    Category.objects.create(slug="air-defence", name="Air defence systems", order=10)
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write_file(rows: list[tuple[str, str, str, str, Any]] = ROWS) -> Path:
        keys = ("equipment_oryx", "equipment_ua", "model", "manufacturer", "losses_total")
        path = tmp_path / ORYX
        path.write_text(json.dumps([dict(zip(keys, row, strict=True)) for row in rows]))
        return path

    return write_file


def run(path: Path, date: str = "2023-01-15", **options: Any) -> str:
    out = StringIO()
    call_command("import_oryx", f"--path={path}", f"--date={date}", stdout=out, **options)
    return out.getvalue()


def totals(**of: Any) -> dict[str, int]:
    points = Point.objects.standing().filter(source__slug="oryx", **of)
    return dict(points.values_list("category__slug", "total"))


def test_category_totals_are_the_sums_of_their_models(write: Callable[..., Path]) -> None:
    printed = run(write())
    assert totals(date=DAY) == {"tanks": 350, "artillery": 39, "air-defence": 14}
    report = Report.objects.get(source__slug="oryx")
    assert (report.document.slug, report.document.kind, report.revision) == ("oryx-by-model", "dataset", 1)
    counts = report.model_counts.values_list("category__slug", "group", "model", "manufacturer", "total")
    assert set(counts) == {
        ("tanks", "Tanks", "T-62M", "the Soviet Union", 50),
        ("tanks", "Tanks", "T-72B3", "Russia", 300),
        ("artillery", "Towed Artillery", "122mm D-30 howitzer", "the Soviet Union", 39),
        ("air-defence", "Surface-To-Air Missile Systems", "Pantsir-S1", "Russia", 14),
    }
    assert report.entries.get(category__slug="tanks").text == "the sum of 2 models: Tanks 350"
    assert "4 models read, 403 losses in 3 categories" in printed
    assert "Published as version 1." in printed
    assert Version.objects.get().kind == Version.Kind.IMPORT


def test_a_group_that_the_file_sorts_otherwise_is_named(write: Callable[..., Path]) -> None:
    printed = run(write())
    assert "Moved: Surface-To-Air Missile Systems: the file says Multiple Rocket Launchers" in printed


def test_an_unknown_group_is_left_out_and_named_never_guessed(write: Callable[..., Path]) -> None:
    rows = [
        *ROWS,
        ("Hovercraft", "Warships, Boats", "Zubr", "Russia", 2),
        ("Tanks", "Aircrafts", "T-90M", "Russia", 7),
    ]
    printed = run(write(rows))
    assert "Left out, no category is known for it: Hovercraft (Warships, Boats): 1 model, 2 in all." in printed
    assert "Left out, no category is known for it: Tanks (Aircrafts): 1 model, 7 in all." in printed
    assert totals()["tanks"] == 350
    remarks = Report.objects.get(source__slug="oryx").remarks
    assert remarks["left out: Hovercraft (Warships, Boats)"] == "1 model, 2 in all"


def test_a_file_without_any_known_group_is_refused(write: Callable[..., Path]) -> None:
    with pytest.raises(CommandError, match="none of its groups of equipment is known"):
        run(write([("Hovercraft", "Boats", "Zubr", "Russia", 2)]))
    assert not Version.objects.exists()


def test_the_same_file_again_writes_nothing(write: Callable[..., Path]) -> None:
    run(write())
    assert "Nothing new: no version was made." in run(write())
    assert (Version.objects.count(), ModelCount.objects.count()) == (1, 4)


def test_a_dry_run_writes_nothing(write: Callable[..., Path]) -> None:
    assert "the report would be created" in run(write(), dry_run=True)
    assert not Version.objects.exists()
    assert not ModelCount.objects.exists()


def test_counts_that_move_between_models_make_the_next_revision(write: Callable[..., Path]) -> None:
    run(write())
    moved = [(*ROWS[0][:4], 60), (*ROWS[1][:4], 290), *ROWS[2:]]
    assert "Published as version 2." in run(write(moved))
    first, second = Report.objects.filter(source__slug="oryx").order_by("revision")
    assert (first.status, second.status) == ("superseded", "published")
    assert first.model_counts.get(model="T-62M").total == 50
    assert second.model_counts.get(model="T-62M").total == 60
    assert totals()["tanks"] == 350
    assert rebuild().identical


def test_another_day_is_another_report(write: Callable[..., Path]) -> None:
    run(write())
    run(write(), date="2023-06-01")
    assert list(Report.objects.order_by("date").values_list("date", flat=True)) == [DAY, D(2023, 6, 1)]


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        ("2022-02-23", "lies outside the account"),
        ("2999-01-01", "lies outside the account"),
        ("15.01.2023", "is not a day of the calendar"),
        ("2023-02-30", "is not a day of the calendar"),
        ("٢٠٢٣-01-15", "is not a day of the calendar"),
    ],
)
def test_a_date_that_cannot_be_is_refused(write: Callable[..., Path], date: str, fault: str) -> None:
    with pytest.raises(CommandError, match=fault):
        run(write(), date=date)
    assert not Version.objects.exists()


def test_the_date_must_be_given(write: Callable[..., Path]) -> None:
    with pytest.raises(CommandError, match="--date"):
        call_command("import_oryx", f"--path={write()}")


def test_a_bad_file_is_refused_with_its_place(write: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"entry 2.*losses_total.*negative.*Nothing was written"):
        run(write([ROWS[0], (*ROWS[1][:4], -1)]))
    with pytest.raises(CommandError, match="counts the same model"):
        run(write([ROWS[0], ROWS[0]]))
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "missing.json")
    assert not Version.objects.exists()


def test_a_missing_source_is_named_and_nothing_is_written(write: Callable[..., Path]) -> None:
    Source.objects.filter(slug="oryx").delete()
    with pytest.raises(CommandError, match="no source 'oryx'"):
        run(write())
    assert not ModelCount.objects.exists()


def test_a_withdrawn_report_keeps_its_counts(write: Callable[..., Path]) -> None:
    run(write())
    withdraw(reports=[Report.objects.get(source__slug="oryx")], reason="a test", by="tests")
    assert totals() == {}
    assert ModelCount.objects.count() == 4


def count_of(**changes: Any) -> ModelCountRecord:
    fields = {"category": "tanks", "group": "Tanks", "model": "T-62M", "manufacturer": "", "total": 50}
    return ModelCountRecord(**{**fields, **changes})


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        ([count_of(total=49)], "states 50 tanks, but its models add up to 49"),
        ([count_of(), count_of(category="artillery")], "twice in Tanks"),
        ([count_of(), count_of(category="artillery", model="D-30")], "states None artillery"),
        ([count_of(total=-1), count_of(model="T-72", total=51)], "counts -1 T-62M"),
        ([count_of(model="")], "without a name"),
        ([], "states 50 tanks, but its models add up to 0"),
    ],
)
def test_counts_that_do_not_make_the_totals_are_refused(counts: list[ModelCountRecord], fault: str) -> None:
    report = make_record(DAY, make_document("oryx-by-model", "dataset"), tanks=50)
    with pytest.raises(BadReport, match=fault):
        publish_counts(report=report, counts=counts, reason="a test", by="tests")
    assert not Report.objects.exists()


def test_a_category_that_the_ledger_lacks_leaves_nothing_written() -> None:
    document = make_document("oryx-by-model", "dataset")
    report = make_record(DAY, document)
    report = type(report)(
        "oryx", "russia", DAY, document, (EntryRecord(category="zeppelins", total=50, text="x"),)
    )
    with pytest.raises(UnknownName, match="zeppelins"):
        publish_counts(report=report, counts=[count_of(category="zeppelins")], reason="a test", by="tests")
    assert not ModelCount.objects.exists()


@pytest.mark.parametrize(
    "values", [{"total": -1}, {"total": 10**9 + 1}, {"model": ""}, {"group": ""}, {"model": "T-62M"}]
)
def test_the_database_refuses_an_impossible_count(write: Callable[..., Path], values: dict[str, Any]) -> None:
    run(write())
    report = Report.objects.get(source__slug="oryx")
    fields: dict[str, Any] = {
        "report": report,
        "category": Category.objects.get(slug="tanks"),
        "group": "Tanks",
        "model": "T-80",
        "manufacturer": "the Soviet Union",
        "total": 1,
    }
    ModelCount(**fields)  # valid as it stands
    with pytest.raises(IntegrityError), transaction.atomic():
        ModelCount.objects.create(**{**fields, **values})


def test_published_counts_are_neither_changed_nor_deleted(write: Callable[..., Path]) -> None:
    run(write())
    counts = ModelCount.objects.filter(model="T-62M")
    with pytest.raises(IntegrityError), transaction.atomic():
        counts.update(total=51)
    with pytest.raises(IntegrityError), transaction.atomic():
        counts.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        counts.update(group="Other")
    assert counts.get().total == 50


def test_each_group_stands_once_in_the_table() -> None:
    assert len({(group.name, group.printed) for group in GROUPS}) == len(GROUPS)


@pytest.mark.datasets
@pytest.mark.skipif(not DATA.exists(), reason="the public datasets are not on this machine")
def test_the_full_file_is_placed_whole() -> None:
    payload = DATA.read_bytes()
    count = read_count(payload, date=DAY, today=D(2026, 1, 1))
    printed = json.loads(payload)
    assert len(count.counts) == len(printed) == 338
    assert count.unplaced == ()
    assert sum(one.total for one in count.counts) == sum(row["losses_total"] for row in printed)
    by_category = {entry.category: entry.total for entry in count.report.entries}
    assert by_category["tanks"] == sum(r["losses_total"] for r in printed if r["equipment_oryx"] == "Tanks")
    assert by_category["air-defence"] == 16 + 23 + 92
    assert {(r["equipment_oryx"], r["equipment_ua"]) for r in printed} == {(g.name, g.printed) for g in GROUPS}
