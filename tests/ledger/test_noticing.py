"""What each rule is shown, and under which key its findings are stored: the same everywhere, for ever."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from conflict.intake.datasets.petroivaniuk import CorrectionRecord
from conflict.intake.records import ReportRecord
from conflict.ledger.findings import check_all, count_findings, explain_by_corrections
from conflict.ledger.noticing import KEY_LENGTH, key_of
from conflict.models import Category, Claim, Document, Finding, Source
from tests.ledger.test_findings import FIRST, ONE, run, standing
from tests.make import make_record, publish_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def with_remarks(records: list[ReportRecord], **remarks: str) -> list[ReportRecord]:
    return [replace(record, remarks=remarks) for record in records]


def claim(text: str, **fields: Any) -> Claim:
    """A sum of tanks and artillery that an article prints."""
    article, _ = Document.objects.get_or_create(slug="an-article", defaults={"kind": "article", "title": "One"})
    stated = {"figure": 160, "date": FIRST, "speaker": "A ministry", "certainty": "claimed", **fields}
    made = Claim.objects.create(document=article, text=text, **stated)
    made.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    return made


# -- Keys ---------------------------------------------------------------------------------------------------


def test_keys_name_kind_place_category_document_day_and_cause() -> None:
    publish_records(
        *with_remarks(run("petroivaniuk", 100, 110, None, 105), ekranoplans="1"),
        *run("orc-losses", 100, 101, None, 105),
    )
    check_all()
    assert {finding.key for finding in standing()} == {
        "unknown-category:general-staff:russia:*:petroivaniuk:*:ekranoplans",
        "disagreement:general-staff:russia:tanks:*:2024-06-02:101/110",
        "gap:general-staff:russia:*:*:2024-06-03:",
        "gap:general-staff:russia:*:orc-losses:2024-06-03:",
        "gap:general-staff:russia:*:petroivaniuk:2024-06-03:",
        "fall:general-staff:russia:tanks:*:2024-06-04:110>105",
        "fall:general-staff:russia:tanks:petroivaniuk:2024-06-04:110>105",
    }


@pytest.mark.parametrize("length", [KEY_LENGTH, KEY_LENGTH + 1, 5000])
def test_a_key_that_is_too_long_ends_in_the_hash_of_the_whole(length: int) -> None:
    whole = "gap:" + "x" * (length - 4)
    key = key_of("gap", "x" * (length - 4))
    assert len(key) == KEY_LENGTH
    if length == KEY_LENGTH:
        assert key == whole
    else:
        assert key == whole[: KEY_LENGTH - 65] + ":" + hashlib.sha256(whole.encode()).hexdigest()


# -- Sums that articles print -------------------------------------------------------------------------------


def test_a_wrong_sum_names_its_claim_and_the_category_that_it_is_about() -> None:
    publish_records(make_record(FIRST, tanks=100, artillery=50))
    tanks = Category.objects.get(slug="tanks")
    made = claim("160 armoured things", category=tanks)
    check_all()
    (noticed,) = standing(kind="sum")
    assert (noticed.category, noticed.evidence["claim"]) == (tanks, made.pk)
    assert noticed.key.startswith("sum:general-staff:russia:tanks:an-article:2024-06-01:")


def test_every_claim_is_looked_at_but_those_of_another_source_or_another_day() -> None:
    other = Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    publish_records(make_record(FIRST, tanks=100, artillery=50))
    claim("another source's", source=other)
    claim("no day", date=None)
    claim("no figure", figure=None)
    claim("no parts").parts.clear()
    wrong = claim("wrong", source=Source.objects.get(slug="general-staff"))
    check_all()
    assert [noticed.evidence["claim"] for noticed in standing(kind="sum")] == [wrong.pk]


@pytest.mark.parametrize(
    ("figure", "qualifier", "is_wrong"),
    [(150, "", False), (151, "", True), (140, "more than", False), (160, "more than", True)],
)
def test_a_sum_is_held_to_its_own_wording(figure: int, qualifier: str, is_wrong: bool) -> None:
    publish_records(make_record(FIRST, tanks=100, artillery=50))
    claim("so many", figure=figure, qualifier=qualifier)
    check_all()
    assert bool(standing(kind="sum")) == is_wrong


def test_a_sum_one_of_whose_parts_is_not_stated_cannot_be_wrong() -> None:
    publish_records(make_record(FIRST, tanks=100))
    claim("160 vehicles")
    check_all()
    assert standing(kind="sum") == []


# -- Unknown categories and headlines -----------------------------------------------------------------------


def test_unknown_keys_are_of_each_dataset_and_of_its_own_source(others: None) -> None:
    (ours,) = with_remarks(run("petroivaniuk", 100), ekranoplans="1")
    (theirs,) = with_remarks(run("orc-losses", 100), ekranoplans="1", airships="2")
    (typed,) = with_remarks(run("bulletin", 100), blimps="3")
    publish_records(ours, theirs, typed, replace(ours, source="other-staff"), replace(ours, party="other"))
    check_all()
    assert sorted(finding.key for finding in standing(kind="unknown-category")) == [
        "unknown-category:general-staff:other:*:petroivaniuk:*:ekranoplans",
        "unknown-category:general-staff:russia:*:orc-losses:*:airships",
        "unknown-category:general-staff:russia:*:orc-losses:*:ekranoplans",
        "unknown-category:general-staff:russia:*:petroivaniuk:*:ekranoplans",
        "unknown-category:other-staff:russia:*:petroivaniuk:*:ekranoplans",
    ]


def test_a_copied_over_day_s_headline_says_nothing_and_the_next_one_s_does() -> None:
    """The address of a day that was copied over was copied with it; those of other days go on counting."""

    def cited(records: list[ReportRecord], day: int, words: str) -> list[ReportRecord]:
        records[day] = replace(records[day], cited_url=f"https://x.example/{words}")
        return records

    theirs = cited(cited(run("orc-losses", 100, 100, 150, 130), 1, "0-tankiv"), 2, "11-tankiv")
    publish_records(*run("petroivaniuk", 100, 107, 118, 130), *theirs)
    check_all()
    first, second = standing(kind="disagreement")
    assert (first.evidence["likely"], first.evidence["reason"]) == ("petroivaniuk", "repeat")
    assert "headline" not in first.evidence["votes"]
    assert second.evidence["votes"]["headline"] == 118


# -- Counts and corrections ---------------------------------------------------------------------------------


def test_what_could_be_found_and_was_not_counts_nothing() -> None:
    publish_records(make_record(FIRST, "petroivaniuk", tanks=100), make_record(FIRST, "orc-losses", tanks=100))
    check_all()
    of_each = {"petroivaniuk": 0, "orc-losses": 0}
    of_the_ledger = {**of_each, "accepted": 0}
    assert count_findings() == {
        "disagreement": {"cells": 0, "days": 0, "decided": 0},
        "fall": of_the_ledger,
        "gap": of_the_ledger,
        "arithmetic": of_the_ledger,
        "outlier": of_the_ledger,
        "repeat": of_each,
        "sum": {},
        "unknown-category": of_each,
    }


def test_disagreements_are_counted_by_cell_by_day_and_by_whether_one_reading_is_likely() -> None:
    tanks = {"petroivaniuk": (100, 110, 120, 130, 140, 150), "orc-losses": (100, 210, 120, 130, 999, 150)}
    for document, totals in tanks.items():
        submarines = {1: {"submarines": 7 + (document == "orc-losses")}}
        days = [
            make_record(FIRST + n * ONE, document, tanks=total, **submarines.get(n, {}))
            for n, total in enumerate(totals)
        ]
        publish_records(*days)
    check_all()
    likely = [finding.evidence["likely"] for finding in standing(kind="disagreement")]
    counted = count_findings()["disagreement"]
    assert counted == {"cells": len(likely), "days": 2, "decided": sum(one is not None for one in likely)}
    assert counted["cells"] > counted["days"]
    assert 2 <= counted["decided"] < counted["cells"]


@pytest.mark.parametrize(
    ("day", "difference", "is_explained"),
    [(1, -5, True), (2, -5, True), (2, -4, False), (0, -5, False), (3, -5, False)],
)
def test_a_correction_accounts_for_a_fall_of_its_size_from_the_day_before_it(
    day: int, difference: int, is_explained: bool
) -> None:
    publish_records(*run("bulletin", 100, 110, 105, 120))
    check_all()
    explain_by_corrections(corrections=[CorrectionRecord(FIRST + day * ONE, "tanks", difference)], by="tests")
    explained = [finding for finding in standing(kind="fall") if finding.state == "explained"]
    assert [finding.date for finding in explained] == ([FIRST + 2 * ONE] if is_explained else [])
    if is_explained:
        assert explained[0].words == (
            f"The dataset’s list of corrections changes this total by −5 on {1 + day} June 2024."
        )


def test_corrections_explain_no_gap_and_nothing_of_another_source_or_party(others: None) -> None:
    falls = run("bulletin", 100, 110, 105)
    publish_records(*(replace(record, source="other-staff") for record in falls))
    publish_records(*(replace(record, party="other") for record in falls))
    publish_records(make_record(FIRST, tanks=1), make_record(FIRST + 5 * ONE, tanks=2))
    check_all()
    assert {finding.kind for finding in standing()} == {"fall", "gap"}
    corrections = [CorrectionRecord(FIRST + 2 * ONE, "tanks", -5)]
    assert explain_by_corrections(corrections=corrections, by="tests") == 0
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}
