"""Findings in words, case by case: one or many, named or not, and why a reading is likely."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from conflict.ledger.checks import Noticed
from conflict.ledger.sentences import number, reason, sentence, signed
from tests.ledger.test_sentences import D, described, told

FEBRUARY = ["2024-02-01", 1000]
MARCH = ["2024-03-02", 1250]


def disagreement(why: str, likely: str | None = "orc-losses", **evidence: Any) -> Noticed:
    readings = {"orc-losses": 1234, "paper": 1243}
    known = {"readings": readings, "likely": likely, "reason": why, "before": FEBRUARY, "after": MARCH, **evidence}
    return Noticed("disagreement", "doubt", D(2024, 2, 14), "", None, known)


# -- Numbers and names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (1, "+1"), (-1, "−1"), (1000, "+1,000"), (-1234567, "−1,234,567")],
)
def test_a_change_has_a_sign_but_none_is_none(value: int, written: str) -> None:
    assert signed(value) == written


@pytest.mark.parametrize(("value", "written"), [(9, "9"), (9.0, "9"), (9.5, "9.5"), (1234.5, "1,234.5")])
def test_a_half_is_written_and_a_whole_one_is_not(value: float, written: str) -> None:
    assert number(value) == written


def test_numbers_and_days_are_the_readers() -> None:
    fall = Noticed("fall", "doubt", D(2024, 2, 14), "", None, {"total": 3797, "previous": 13799})
    fall.evidence["previous_date"] = "2024-02-13"

    with translation.override("uk"):
        text = told(fall, document="orc-losses").replace("\N{NO-BREAK SPACE}", "_")

    assert [figure for figure in ("3_797", "13_799", "10_002") if figure not in text] == []
    assert "14 лютого 2024" in text and "13 лютого 2024" in text


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        ("gap", {"days": 1}),
        ("gap", {"days": 21}),
        ("fall", {"total": 1, "previous": 2, "previous_date": "2024-02-13"}),
        ("arithmetic", {"printed": 5, "computed": -4, "total": 1, "previous": 5}),
        ("outlier", {"change": 0, "median": 9.5, "lowest": 3, "highest": 12, "days": 30}),
        ("repeat", {"categories": 14, "moved": {"газета": 1}}),
        ("unknown-category", {"key": "дирижаблі"}),
    ],
)
def test_nothing_of_a_ukrainian_sentence_is_left_in_english(kind: str, evidence: dict[str, Any]) -> None:
    with translation.override("uk"):
        text = told(Noticed(kind, "note", D(2024, 2, 14), "", None, evidence), category="Танки")

    assert not re.findall("[A-Za-z]+", text)


@pytest.mark.parametrize(("days", "words"), [(2, "2 дні"), (5, "5 днів"), (21, "21 день"), (24, "24 дні")])
def test_the_days_of_a_gap_are_counted_as_the_language_does(days: int, words: str) -> None:
    with translation.override("uk"):
        assert f" за {words}, від " in told(Noticed("gap", "note", D(2024, 2, 14), "", None, {"days": days}))


@pytest.mark.parametrize(
    ("document", "where"), [(None, "The accepted ledger"), ("orc-losses", "Orc Losses"), ("paper", "Paper")]
)
@pytest.mark.parametrize(
    ("last", "days", "missing"),
    [(14, 1, "14 February 2024"), (15, 2, "2 days, from 14 February 2024 to 15 February 2024")],
)
def test_a_gap_begins_with_whose_it_is(
    document: str | None, where: str, last: int, days: int, missing: str
) -> None:
    gap = Noticed("gap", "note", D(2024, 2, 14), "", D(2024, 2, last), {"days": days})

    assert told(gap, document=document) == f"{where} has no report for {missing}."


def test_a_document_that_is_words_alone_is_named_by_them() -> None:
    finding = described(Noticed("gap", "note", D(2024, 2, 14), "", None, {"days": 1}))
    finding.document = "the text in your hands"

    assert sentence(finding).startswith("The text in your hands has no report")


def test_the_same_key_on_one_day_and_on_many() -> None:
    once = Noticed("unknown-category", "note", D(2024, 2, 14), "x", None, {"key": "zeppelins"})
    often = Noticed("unknown-category", "note", D(2024, 2, 14), "x", D(2024, 3, 1), {"key": "zeppelins"})

    assert told(once, document="orc-losses").startswith("Orc Losses counts “zeppelins” on 14 February 2024, for")
    assert "“zeppelins” from 14 February 2024 to 1 March 2024, for" in told(often, document="orc-losses")


def test_a_copied_day_says_in_how_many_categories_each_other_document_moved() -> None:
    moved = {"petroivaniuk": 8, "paper": 1}
    repeat = Noticed("repeat", "error", D(2024, 2, 14), "", None, {"categories": 14, "moved": moved})

    text = told(repeat, document="orc-losses")

    assert text.startswith("Orc Losses repeats on 14 February 2024 all 14 totals")
    assert "(paper in 1 category, Petro Ivaniuk’s dataset in 8 categories)" in text


@pytest.mark.parametrize(("change", "written"), [(0, "0"), (1, "+1"), (1900, "+1,900")])
def test_an_outlier_gives_its_change_and_the_range_before(change: int, written: str) -> None:
    evidence = {"change": change, "days": 30, "lowest": 3, "highest": 12, "median": 9.5}

    text = told(Noticed("outlier", "doubt", D(2024, 2, 14), "", None, evidence))

    assert text.startswith(f"Tanks: the change on 14 February 2024 is {written} in the accepted ledger. The 30 ")
    assert text.endswith("between 3 and 12, with a median of 9.5.")


# -- Why a reading is likely --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "evidence", "said"),
    [
        ("headline", {}, ["Likely 1,234 (Orc Losses)"]),
        ("neighbours", {}, ["the agreed 1,000 of 1 February 2024 and 1,250 of 2 March 2024"]),
        ("standstill", {}, ["repeated the 1,000 of 1 February 2024"]),
        ("lag", {}, ["since the 1,000 of 1 February 2024", "both give 1,250 on 2 March 2024"]),
        ("rate", {"usual": [9.5, 3.2]}, ["between 1 February 2024 and 2 March 2024", "the usual 9.5 a day"]),
        ("original", {"before": None, "after": None}, ["Likely 1,234 (Orc Losses)"]),
    ],
)
def test_a_reason_gives_the_figures_and_days_that_it_rests_on(
    why: str, evidence: dict[str, Any], said: list[str]
) -> None:
    text = reason(described(disagreement(why, **evidence)), titles={"orc-losses": "Orc Losses"})

    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize("why", ["no-neighbours", "contradiction", "undecided"])
def test_where_nobody_is_likely_nobody_is_named(why: str) -> None:
    text = reason(described(disagreement(why, likely=None, before=None, after=None)))

    assert "Likely" not in text
    assert not any(character.isdigit() for character in text)


def test_only_a_disagreement_has_a_reason() -> None:
    assert reason(described(Noticed("gap", "note", D(2024, 2, 14), "", None, {"days": 1}))) == ""


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (None, ""),
        ("digit", " The two differ in one digit."),
        ("transposed", " The two differ by neighbouring digits in each other’s place."),
    ],
)
def test_a_disagreement_tells_readings_slip_and_reason_in_this_order(slip: str | None, said: str) -> None:
    noticed = disagreement("undecided", likely=None, slip=slip)

    assert told(noticed) == (
        f"Tanks on 14 February 2024: Orc Losses states 1,234, paper states 1,243.{said} "
        "Nothing speaks for one of them alone: which is right is not decided."
    )
