"""A restored ledger is the same ledger; from a package that is not whole nothing is restored."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from conflict.intake.package.reading import Package, PackageError
from conflict.ledger.errors import LedgerError
from conflict.ledger.rebuilding import rebuild
from conflict.ledger.restoring import BrokenChain, NotEmpty, restore
from conflict.ledger.verifying import verify
from conflict.models import (
    Actor,
    Category,
    Claim,
    Document,
    Event,
    Finding,
    Place,
    Point,
    Report,
    Version,
    War,
    WarEstimate,
)
from conflict.package.writing import write_folder, write_zip
from tests.make import D, make_record, publish_records
from tests.package.conftest import rehash, spoil


def test_a_restored_ledger_is_identical(package: Path, tmp_path: Path, elsewhere) -> None:
    hashes = list(Version.objects.order_by("number").values_list("hash", flat=True))
    elsewhere()

    restored = restore(Package(package))

    assert list(Version.objects.order_by("number").values_list("hash", flat=True)) == hashes
    assert restored.verified.fault is None and restored.verified.versions == 7
    assert verify().newest_hash == hashes[-1]
    assert rebuild().identical
    write_folder(tmp_path / "again")
    for path in package.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_restored_demo_is_identical(demo: None, tmp_path: Path, elsewhere) -> None:
    write_folder(tmp_path / "demo")
    elsewhere()
    call_command("import_package", tmp_path / "demo", stdout=StringIO(), stderr=StringIO())
    call_command("verify_ledger", stdout=StringIO(), stderr=StringIO())
    write_folder(tmp_path / "again")
    for path in (tmp_path / "demo").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_a_restored_ledger_goes_on_as_the_first_would_have(package: Path, elsewhere) -> None:
    publish_records(make_record(D(2024, 11, 18), tanks=9367), time=Version.objects.get(number=1).time)
    expected = Version.objects.get(number=8).hash
    elsewhere()
    restore(Package(package))
    publish_records(make_record(D(2024, 11, 18), tanks=9367), time=Version.objects.get(number=1).time)
    assert Version.objects.get(number=8).hash == expected


def test_what_the_ledger_refers_to_by_key_is_found_again(package: Path, elsewhere) -> None:
    elsewhere()
    restore(Package(package))
    claim = Claim.objects.get(text="+5 more")
    assert {part.slug for part in claim.parts.all()} == {"tanks", "artillery"}
    assert [event.slug for event in claim.events.all()] == ["an-event"]
    assert claim.figure == 2**40
    event = Event.objects.get(slug="an-event")
    assert (event.place.latitude, event.place.longitude) == (46.4825, 30.7233)
    assert [str(actor) for actor in event.actors.all()] == ["NATO"]
    assert str(event.figures.get()) == "killed: 10.5 people"
    assert Document.objects.get(slug="paper").text == "One\r\ntwo, “three”\n"
    assert Category.objects.get(slug="tanks").definition == "=1+1"
    assert Place.objects.get(slug="nowhere").name == "-nowhere"
    assert {place.slug for place in Place.objects.filter(is_area=True)} == {"nowhere"}
    assert Actor.objects.get(slug="ukraine").source.slug == "general-staff"
    assert Actor.objects.get(slug="nato").source is None
    assert Claim.objects.get(text="Another").question.translations == {"uk": {"text": "Скільки?"}}
    assert claim.question is None
    assert [war.last_year for war in War.objects.order_by("slug")] == [None, 1902]
    estimates = list(WarEstimate.objects.order_by("author", "order").values_list("war__slug", "low", "high"))
    assert estimates == [("old", 7000, 7000), ("old", 6000, None), ("old", None, 250000)]
    assert Finding.objects.get(state="explained").words == "'quoted' words"


def test_a_zip_is_restored_as_its_folder(ledger, tmp_path: Path, elsewhere) -> None:
    write_zip(tmp_path / "whole.zip")
    elsewhere()
    assert restore(Package(tmp_path / "whole.zip")).rows["points"] == Point.objects.count()


def test_a_past_version_restores_the_ledger_of_then(ledger, tmp_path: Path, elsewhere) -> None:
    write_folder(tmp_path / "past", number=4)
    hash_then = Version.objects.get(number=4).hash
    elsewhere()
    assert restore(Package(tmp_path / "past")).verified.newest_hash == hash_then
    assert rebuild().identical


def test_search_finds_what_was_restored(package: Path, elsewhere, client) -> None:
    elsewhere()
    restore(Package(package))
    assert 'href="/articles/paper/"' in client.get("/search/?q=paper").content.decode()


def test_a_ledger_that_is_there_is_left_alone(package: Path) -> None:
    with pytest.raises(NotEmpty, match="holds 7 versions"):
        restore(Package(package))
    assert Version.objects.count() == 7


def test_reference_data_alone_count_as_a_ledger(package: Path, elsewhere) -> None:
    elsewhere()
    call_command("loaddata", "reference", verbosity=0)
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("import_package", package, stderr=StringIO())


FAULTS = [
    ("points", 3, "total", "many", r"points\.csv, line 3, column total: “many” is not a whole number"),
    ("points", 2, "total", "-1", r"points\.csv, line 2, column total: “-1” is below 0"),
    ("points", 2, "total", "12345678901", r"points\.csv, line 2, column total: .* is above 1,000,000,000"),
    ("points", 2, "date", "2024-02-30", r"points\.csv, line 2, column date: “2024-02-30” is not a day"),
    ("points", 2, "category", "", r"points\.csv, line 2, column category: it is empty"),
    ("points", 2, "category", "ships", r"points\.csv, line 2, column category: categories\.csv has no “ships”"),
    ("points", 2, "category", "submarines", r"points\.csv, line 2, column report: entries\.csv has no figure"),
    ("points", 2, "to_version", "99", r"points\.csv, line 2, column to_version: versions\.csv has no “99”"),
    ("points", 2, "to_version", "1", r"points\.csv, line 2: the ledger takes no such row: .*"),
    ("entries", 4, "qualifier", "nearly", r"entries\.csv, line 4, column qualifier: “nearly” is none of about"),
    ("entries", 2, "total", "١٢٣", r"entries\.csv, line 2, column total: “١٢٣” is not a whole number"),
    ("entries", 3, "report", "", r"entries\.csv, line 3, column report"),
    ("reports", 2, "status", "draft", r"reports\.csv, line 2, column status: “draft” is none of published"),
    ("reports", 2, "remarks", "{", r"reports\.csv, line 2, column remarks: “\{” is not JSON"),
    ("reports", 2, "remarks", "NaN", r"reports\.csv, line 2, column remarks: “NaN” is not JSON"),
    ("versions", 2, "time", "yesterday", r"versions\.csv, line 2, column time: “yesterday” is not a time in UTC"),
    ("categories", 2, "definition", "=1+1", r"categories\.csv, line 2, column definition: “=1\+1” begins like"),
    (
        "documents",
        2,
        "title_is_printed",
        "yes",
        r"documents\.csv, line 2, column title_is_printed: “yes” is neither",
    ),
    ("events", 2, "articles", "lost", r"events\.csv, line 2, column articles: documents\.csv has no “lost”"),
    ("claims", 3, "question", "which", r"claims\.csv, line 3, column question: questions\.csv has no “which”"),
    ("actors", 2, "source", "nobody", r"actors\.csv, line 2, column source: sources\.csv has no “nobody”"),
    ("places", 2, "is_area", "yes", r"places\.csv, line 2, column is_area: “yes” is neither true nor false"),
    ("war_estimates", 2, "war", "lost", r"war_estimates\.csv, line 2, column war: wars\.csv has no “lost”"),
    ("war_estimates", 2, "low", "0", r"war_estimates\.csv, line 2, column low: “0” is below 1"),
    ("war_estimates", 2, "low", "8000", r"war_estimates\.csv, line 2: the ledger takes no such row: .*"),
    ("wars", 3, "last_year", "1800", r"wars\.csv, line 3: the ledger takes no such row: .*"),
    ("claims", 2, "parts", "ships", r"claims\.csv, line 2, column parts: categories\.csv has no “ships”"),
    ("parties", 1, "name", "names", r"parties\.csv, line 1, column name: “names” stands in its place"),
    (
        "places",
        3,
        "place",
        "nowhere",
        r"places\.csv, line 3, column place: “nowhere” was given on an earlier line",
    ),
]


@pytest.mark.parametrize(("table", "line", "column", "cell", "said"), FAULTS)
def test_a_spoiled_cell_is_named_and_nothing_is_written(arrived, table, line, column, cell, said) -> None:
    spoil(arrived, table, line, column, cell)
    with pytest.raises(PackageError, match=said):
        restore(Package(arrived))
    assert not Version.objects.exists() and not Report.objects.exists() and not Category.objects.exists()


def test_a_plausible_change_is_noticed_by_the_hash_of_the_file(arrived) -> None:
    spoil(arrived, "points", 2, "total", "9000", hashes=False)
    with pytest.raises(PackageError, match=r"points\.csv: it was changed since the package was written"):
        restore(Package(arrived))


def test_a_forged_package_is_noticed_by_the_chain(arrived) -> None:
    spoil(arrived, "points", 2, "total", "9000")
    with pytest.raises(BrokenChain, match="Version 2 does not fit its points"):
        restore(Package(arrived))
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: b"", r"points\.csv, line 1: .*|points\.csv: it is empty"),
        (lambda text: text.replace(b"9382", b"93\xff2"), r"points\.csv, line \d+: byte \d+ of it is not UTF-8"),
        (lambda text: text.replace(b",9382", b',"9382'), r"points\.csv, line \d+: it is not CSV"),
        (
            lambda text: text.replace(b",9382", b"9382"),
            r"points\.csv, line \d+: 10 cells stand where 11 columns are",
        ),
        (lambda text: text.replace(b"source,", b"source,more,", 1), r"points\.csv, line 1, column party"),
        (lambda text: text.replace(b"to_version\n", b"to_version,more\n", 1), r"points\.csv, line 1, column more"),
    ],
)
def test_a_file_that_is_no_such_table_is_named_by_line(arrived, change, said) -> None:
    path = arrived / "points.csv"
    path.write_bytes(change(path.read_bytes()))
    rehash(arrived, path)
    with pytest.raises(PackageError, match=said):
        restore(Package(arrived))


def test_the_line_is_the_one_in_the_file_also_after_texts_of_several_lines(arrived) -> None:
    """The reason of version 5 runs over two lines, so that its row of the file is not its line."""
    path = arrived / "versions.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("7,"))
    assert at == 9
    path.write_text("\n".join(lines).replace("\n7,", "\nseven,"), encoding="utf-8")
    with pytest.raises(PackageError, match=r"versions\.csv, line 9, column version"):
        restore(Package(arrived))


def test_a_package_without_a_part_or_a_description_is_refused(arrived, tmp_path) -> None:
    (arrived / "claims.csv").unlink()
    with pytest.raises(CommandError, match=r"claims\.csv: the package has no such file\. Nothing was written"):
        call_command("import_package", arrived, stderr=StringIO())
    (arrived / "datapackage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(PackageError, match=r"datapackage\.json: it does not describe"):
        Package(arrived)
    with pytest.raises(PackageError, match="no such folder"):
        Package(tmp_path / "nowhere")
    (tmp_path / "text.zip").write_text("text")
    with pytest.raises(PackageError, match="neither a folder nor a zip"):
        Package(tmp_path / "text.zip")


def test_refusals_are_errors_of_the_ledger() -> None:
    assert issubclass(NotEmpty, LedgerError) and issubclass(BrokenChain, LedgerError)
