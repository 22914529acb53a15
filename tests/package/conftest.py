"""A small ledger with every kind of row that a package carries, and the ways to write, spoil and restore one."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from conflict.intake.package.tables import BY_NAME
from conflict.intake.records import EntryRecord, ModelCountRecord, ReportRecord
from conflict.ledger.findings import settle_finding
from conflict.ledger.model_counts import publish_counts
from conflict.ledger.publishing import decide, save_draft, withdraw
from conflict.models import (
    Actor,
    Category,
    Claim,
    Document,
    Event,
    EventActor,
    EventFigure,
    Finding,
    LossEntry,
    Place,
    Question,
    Report,
    Source,
    War,
)
from conflict.models.guards import guards_lifted
from conflict.package.writing import write_folder
from tests.make import D, make_document, make_event, make_record, make_reference, publish_records
from tests.rows import once


def fill() -> None:
    """Publish, correct, decide, withdraw, count by model, explain; an event, a claim, a draft, odd texts."""
    make_reference()
    Category.objects.filter(slug="tanks").update(labels={"en": ["tanks"], "uk": ["танки"]}, definition="=1+1")
    publish_records(make_record(D(2024, 11, 17), tanks=9350), make_record(D(2024, 11, 18), tanks=9365))
    publish_records(make_record(tanks=(9382, 17), personnel=724050))
    publish_records(make_record(document="petroivaniuk", tanks=9302, artillery=20730))
    publish_records(make_record(D(2024, 11, 18), tanks=9366))
    decide(entry=LossEntry.objects.get(total=9302), reason="seen, on page “1”\nof the paper", by="curator")
    withdraw(reports=list(Report.objects.filter(date=D(2024, 11, 17))), reason="a slip", by="curator")
    counted = ReportRecord(
        "general-staff",
        "russia",
        D(2024, 11, 20),
        make_document("counted", "dataset", sha256="c" * 64),
        (EntryRecord("tanks", 5, None),),
    )
    models = [
        ModelCountRecord("tanks", "Tanks", "T-72", "USSR", 3),
        ModelCountRecord("tanks", "Tanks", "@T", "", 2),
    ]
    publish_counts(report=counted, counts=models, reason="counted", by="tests")
    save_draft(record=make_record(D(2024, 11, 21), "unseen", tanks=9400))
    finding = Finding.objects.standing().filter(kind="disagreement").first() or Finding.objects.first()
    settle_finding(finding=finding, state="explained", words="'quoted' words", by="curator")
    place = Place.objects.create(slug="odesa", name="Odesa", latitude=46.4825, longitude=30.7233)
    Place.objects.create(slug="nowhere", name="-nowhere", is_area=True)
    Actor.objects.create(slug="ukraine", name="Ukraine", source=Source.objects.get(slug="general-staff"))
    article = Document.objects.create(slug="paper", kind="article", title="A paper", text="One\r\ntwo, “three”\n")
    event = make_event(place=place, translations={"uk": {"title": "Подія"}})
    event.articles.add(article)
    EventActor.objects.create(event=event, actor=Actor.objects.create(slug="nato", name="NATO"), order=3)
    EventFigure.objects.create(event=event, label="killed", value="10.5", unit="people")
    make_event("span", precision="span", end_date=None)
    claim = Claim.objects.create(
        document=article, text="+5 more", speaker="Somebody", certainty="claimed", figure=2**40, unit="people"
    )
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    claim.events.add(event)
    question = Question.objects.create(
        slug="how-many", text="-How many?", translations={"uk": {"text": "Скільки?"}}
    )
    Claim.objects.create(
        document=article, text="Another", speaker="Nobody", certainty="disputed", order=1, question=question
    )
    fill_wars()


def fill_wars() -> None:
    """An ended war and one that goes on, with one number, a range, and ends of ranges, dated or not."""
    old = War.objects.create(slug="old", name="An old war", first_year=1899, last_year=1902)
    War.objects.create(slug="new", name="A new war", first_year=2022, translations={"uk": {"name": "Війна"}})
    same = {"side": "=one", "counts": "dead", "certainty": "reported", "source_name": "A book"}
    same |= {"author": "A. Author", "source_url": "https://books.example/"}
    old.estimates.create(low=7000, high=7000, note="+/- 5", **same)
    old.estimates.create(low=6000, as_of=D(1903, 1, 1), order=1, translations={"uk": {"side": "одна"}}, **same)
    old.estimates.create(high=250000, **same | {"author": "B. Author", "counts": "killed-and-wounded"})


@pytest.fixture
@once
def ledger(db: None) -> None:
    fill()


@pytest.fixture(scope="session")
def packed(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small ledger's package once, and leave the database empty."""
    folder = tmp_path_factory.mktemp("packed") / "package"
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        write_folder(folder)
        transaction.set_rollback(True)
    return folder


@pytest.fixture
def arrived(packed: Path, db: None, tmp_path: Path) -> Path:
    """Give a copy of that package beside an empty database, as on another machine."""
    return Path(shutil.copytree(packed, tmp_path / "package"))


@pytest.fixture
def package(ledger: None, tmp_path: Path) -> Path:
    """Give the folder of the small ledger's package."""
    write_folder(tmp_path / "package")
    return tmp_path / "package"


def empty() -> None:
    """Empty every table of the ledger, as on another machine."""
    with guards_lifted():
        for name in (
            "Check",
            "Finding",
            "Claim",
            "Question",
            "WarEstimate",
            "War",
            "EventFigure",
            "EventActor",
            "Event",
            "Actor",
            "Place",
            "Decision",
        ):
            apps.get_model("conflict", name)._base_manager.all().delete()
        for name in ("Point", "ModelCount", "LossEntry", "Report", "Version", "Document"):
            apps.get_model("conflict", name)._base_manager.all().delete()
        for name in ("Category", "Source", "Party"):
            apps.get_model("conflict", name)._base_manager.all().delete()
    assert not Event.objects.exists()


@pytest.fixture
def elsewhere() -> Callable[[], None]:
    """Give a function that empties the database."""
    return empty


def spoil(folder: Path, table: str, line: int, column: str, cell: str, *, hashes: bool = True) -> None:
    """Put another cell into a table, counted as the n-th row, and correct the hashes where asked."""
    path = folder / BY_NAME[table].file
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[line - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    if hashes:
        rehash(folder, path)


def rehash(folder: Path, path: Path) -> None:
    """Let datapackage.json say that a file is as it should be."""
    description = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for part in description["resources"]:
        if part["path"] == path.name:
            part["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
