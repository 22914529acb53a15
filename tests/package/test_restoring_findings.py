"""What a package carries of findings, what is said while it is restored, and what refuses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conflict.intake.package.reading import Package
from conflict.ledger import restoring
from conflict.ledger.findings import check_all
from conflict.ledger.restoring import NotEmpty, restore
from conflict.models import Category, Claim, Document, Finding, Party, Point, Version
from conflict.package.writing import write_folder
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once


@pytest.fixture
@once
def doubted(db: None) -> None:
    """A dataset that falls, leaves a day out and counts on, and an article whose sum is wrong."""
    make_reference()
    days = [(17, 9350), (18, 9340), (20, 9390)]
    publish_records(
        *(make_record(D(2024, 11, day), "orc-losses", tanks=total, artillery=20000) for day, total in days)
    )
    article = Document.objects.create(slug="paper", kind="article", title="A paper")
    of = {"document": article, "speaker": "A ministry", "certainty": "claimed", "date": D(2024, 11, 18)}
    Claim.objects.create(text="Not counted", order=0, figure=1, **of)
    claim = Claim.objects.create(text="A sum", order=1, figure=29000, **of)
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    check_all()


def described() -> dict[str, tuple[str | None, str | None]]:
    """Findings by key, with the names of the document and the category that each is about."""
    found = Finding.objects.select_related("document", "category")
    return {
        finding.key: (
            finding.document and finding.document.slug,
            finding.category and finding.category.slug,
        )
        for finding in found
    }


def test_restored_findings_are_of_the_same_documents_and_claims(
    doubted: None, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    before = described()
    assert {key.partition(":")[0] for key in before} == {"gap", "fall", "sum"}
    assert {document for document, _ in before.values()} == {None, "orc-losses", "paper"}
    old = Claim.objects.get(text="A sum").pk
    write_folder(tmp_path / "package")
    elsewhere()

    restore(Package(tmp_path / "package"))

    assert described() == before
    claim = Claim.objects.get(text="A sum")
    assert claim.pk != old  # the key that the evidence held means nothing here
    assert Finding.objects.get(kind="sum").evidence["claim"] == claim.pk


def test_a_restored_ledger_checked_again_finds_nothing_new(
    doubted: None, tmp_path: Path, elsewhere: Callable[[], None]
) -> None:
    write_folder(tmp_path / "package")
    elsewhere()
    restore(Package(tmp_path / "package"))

    checked = check_all()

    assert (checked.new, checked.passed, checked.returned) == (0, 0, 0)
    assert checked.kept == Finding.objects.count() > 0


def test_restoring_tells_how_far_each_table_has_come(
    doubted: None, tmp_path: Path, elsewhere: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path / "package")
    points = Point.objects.count()
    elsewhere()
    monkeypatch.setattr(restoring, "CHUNK", 2)
    told: list[tuple[str, int, int]] = []

    restored = restore(Package(tmp_path / "package"), progress=lambda *step: told.append(step))

    assert points == restored.rows["points"] == 6
    assert [step for step in told if step[0] == "writing points"] == [
        ("writing points", done, 6) for done in (0, 2, 4)
    ]
    assert told[-1] == ("verifying versions", 0, 1)
    # Every file is read through before the first row is written.
    assert "writing" not in told[0][0]
    assert [name for name, _, _ in told] == sorted((name for name, _, _ in told), key=_stage)


def _stage(name: str) -> int:
    return 2 if name.startswith("verifying") else 1 if name.startswith("writing") else 0


@pytest.mark.parametrize(("held", "words"), [(1, "1 category"), (2, "2 categories")])
def test_a_database_that_is_not_empty_is_refused_with_what_it_holds(
    packed: Path, db: None, held: int, words: str
) -> None:
    for n in range(held):
        Category.objects.create(slug=f"one-{n}", name=f"One {n}", order=n)

    with pytest.raises(NotEmpty, match=rf"^The database is not empty: it holds {words}\. .*manage\.py migrate\.$"):
        restore(Package(packed))
    assert (Category.objects.count(), Party.objects.count(), Version.objects.count()) == (held, 0, 0)
