"""Findings in words."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from conflict.ledger import likelihood
from conflict.ledger.checks import Compared, Noticed, Stated, find_falls, find_gaps, find_outliers
from conflict.ledger.likelihood import find_disagreements
from conflict.ledger.sentences import _REASONS, number, reason, sentence, signed
from conflict.models import Finding

D = dt.date
ONE = dt.timedelta(days=1)
TITLES = {"petroivaniuk": "Petro Ivaniuk’s dataset", "orc-losses": "Orc Losses"}


def told(noticed: Noticed, *, category: str | None = "Tanks", document: str | None = None) -> str:
    return sentence(described(noticed, category=category, document=document), titles=TITLES)


def described(noticed: Noticed, *, category: str | None = "Tanks", document: str | None = None) -> Any:
    return SimpleNamespace(
        kind=noticed.kind,
        date=noticed.date,
        end_date=noticed.end_date,
        category=category,
        document=document and SimpleNamespace(slug=document),
        evidence=noticed.evidence,
    )


def test_a_fall_says_from_what_to_what_and_where() -> None:
    (fall,) = find_falls({D(2023, 5, 27): Stated(3799), D(2023, 5, 28): Stated(3797)})

    text = told(fall, document="orc-losses")

    assert "Tanks" in text
    assert "3,797 in Orc Losses, 2 below the 3,799" in text
    assert "2023" in text


def test_a_finding_of_the_accepted_ledger_says_so() -> None:
    (fall,) = find_falls({D(2023, 5, 27): Stated(3799), D(2023, 5, 28): Stated(3797)})

    assert "the accepted ledger" in told(fall)


def test_a_gap_gives_its_length_and_both_ends() -> None:
    (one,) = find_gaps([D(2024, 1, 1), D(2024, 1, 3)])
    (many,) = find_gaps([D(2024, 1, 1), D(2024, 6, 1)])

    assert "no report for" in told(one, category=None, document="orc-losses")
    assert "151 days" in told(many, category=None, document="orc-losses")


def test_a_minus_is_a_minus_and_thousands_are_grouped() -> None:
    assert (number(-1234), signed(1234), signed(-9), number(0.5)) == ("−1,234", "+1,234", "−9", "0.5")


def test_an_outlier_says_what_is_usual() -> None:
    days = {D(2024, 1, 1) + n * ONE: Stated(10 * n) for n in range(20)}
    days[D(2024, 1, 21)] = Stated(900)
    (outlier,) = find_outliers(days)

    assert "+710" in told(outlier)
    assert "between 10 and 10" in told(outlier)


def test_a_disagreement_names_each_reading_and_why_one_is_likely() -> None:
    before, day, after = D(2023, 1, 11), D(2023, 1, 12), D(2023, 1, 13)
    documents = {
        "petroivaniuk": {before: Stated(112960), day: Stated(113390), after: Stated(114130)},
        "orc-losses": {before: Stated(112960), day: Stated(143390), after: Stated(114130)},
    }
    (noticed,) = find_disagreements(Compared.of(documents), accepted={})

    text = told(noticed, category="Personnel")

    assert "Petro Ivaniuk’s dataset states 113,390" in text
    assert "Orc Losses states 143,390" in text
    assert "The two differ in one digit." in text
    assert "Likely 113,390 (Petro Ivaniuk’s dataset)" in text
    assert "112,960" in text
    assert reason(described(noticed), titles=TITLES) in text


def test_a_key_without_a_category_is_quoted_as_it_is() -> None:
    noticed = Noticed("unknown-category", "note", D(2024, 1, 1), "x", None, {"key": "<b>%s</b>"})

    assert "“<b>%s</b>”" in told(noticed, category=None, document="orc-losses")


def test_every_rule_that_can_decide_has_its_words() -> None:
    rules = {*likelihood.STRONG, *likelihood.WEAK, "no-neighbours", "contradiction", "undecided"}

    assert set(_REASONS) == rules


@pytest.mark.parametrize("kind", Finding.Kind.values)
def test_every_kind_has_a_sentence(kind: str) -> None:
    evidence = {
        "gap": {"days": 3, "span": 4},
        "fall": {"total": 1, "previous": 2, "previous_date": "2024-01-01"},
        "arithmetic": {"printed": 5, "computed": -4, "total": 1, "previous": 5, "previous_date": "2024-01-01"},
        "disagreement": {"readings": {"a": 1, "b": 2}, "likely": None, "reason": "undecided"},
        "repeat": {"categories": 14, "moved": {"petroivaniuk": 8}},
        "outlier": {"change": 0, "median": 9.5, "spread": 2.0, "times": 8, "lowest": 3, "highest": 12, "days": 30},
        "sum": {"figure": 10, "sum": 9, "parts": {"tanks": 9}},
        "unknown-category": {"key": "ekranoplans"},
    }[kind]
    text = told(Noticed(kind, "note", D(2024, 1, 2), "", D(2024, 1, 4), evidence), document="orc-losses")

    assert text.endswith(".")
    assert "%(" not in text


@pytest.mark.parametrize(
    ("kind", "evidence", "category", "document", "last", "text"),
    [
        ("gap", {"days": 1}, None, "orc-losses", 2, "Orc Losses has no report for 2 January 2024."),
        (
            "gap",
            {"days": 3},
            None,
            None,
            4,
            "The accepted ledger has no report for 3 days, from 2 January 2024 to 4 January 2024.",
        ),
        (
            "gap",
            {"days": 2},
            None,
            "unnamed",
            3,
            "Unnamed has no report for 2 days, from 2 January 2024 to 3 January 2024.",
        ),
        (
            "fall",
            {"total": 1000, "previous": 2000, "previous_date": "2024-01-01"},
            "Tanks",
            None,
            None,
            "Tanks: the total on 2 January 2024 is 1,000 in the accepted ledger, 1,000 below the 2,000 of "
            "1 January 2024. A running total falls only where it is corrected or mistyped.",
        ),
        (
            "arithmetic",
            {"printed": 5, "computed": -4, "total": 1996, "previous": 2000, "previous_date": "2024-01-01"},
            "Tanks",
            "orc-losses",
            None,
            "Tanks: for 2 January 2024 a change of +5 is printed in Orc Losses, but the totals 2,000 and 1,996 "
            "differ by −4.",
        ),
        (
            "disagreement",
            {"readings": {"petroivaniuk": 1001, "orc-losses": 1010}, "likely": None, "slip": "transposed"},
            "Tanks",
            None,
            None,
            "Tanks on 2 January 2024: Petro Ivaniuk’s dataset states 1,001, Orc Losses states 1,010. The two "
            "differ by neighbouring digits in each other’s place. "
            "Nothing speaks for one of them alone: which is right is not decided.",
        ),
        (
            "disagreement",
            {"readings": {"petroivaniuk": 1001, "other": 1002}, "likely": None, "slip": None},
            "Tanks",
            None,
            None,
            "Tanks on 2 January 2024: Petro Ivaniuk’s dataset states 1,001, other states 1,002. "
            "Nothing speaks for one of them alone: which is right is not decided.",
        ),
        (
            "repeat",
            {"categories": 14, "moved": {"petroivaniuk": 8, "other": 1}},
            None,
            "orc-losses",
            None,
            "Orc Losses repeats on 2 January 2024 all 14 totals of the day before, while others moved "
            "(other in 1 category, Petro Ivaniuk’s dataset in 8 categories): a copied-over day.",
        ),
        (
            "outlier",
            {"change": 0, "median": 9.5, "lowest": 3, "highest": 12, "days": 30},
            "Tanks",
            None,
            None,
            "Tanks: the change on 2 January 2024 is 0 in the accepted ledger. The 30 daily changes before lie "
            "between 3 and 12, with a median of 9.5.",
        ),
        (
            "outlier",
            {"change": 1200, "median": 9, "lowest": 0, "highest": 12, "days": 30},
            "Tanks",
            None,
            None,
            "Tanks: the change on 2 January 2024 is +1,200 in the accepted ledger. The 30 daily changes before "
            "lie between 0 and 12, with a median of 9.",
        ),
        (
            "sum",
            {"figure": 1010, "sum": 1009, "parts": {"tanks": 1000, "mlrs": 9}},
            None,
            "orc-losses",
            None,
            "Orc Losses gives 1,010 as a sum for 2 January 2024; its parts (tanks 1,000, mlrs 9) add up to 1,009.",
        ),
        (
            "unknown-category",
            {"key": "ekranoplans"},
            None,
            "orc-losses",
            4,
            "Orc Losses counts “ekranoplans” from 2 January 2024 to 4 January 2024, "
            "for which the ledger has no category.",
        ),
        (
            "unknown-category",
            {"key": "ekranoplans"},
            None,
            "orc-losses",
            None,
            "Orc Losses counts “ekranoplans” on 2 January 2024, for which the ledger has no category.",
        ),
    ],
)
def test_a_finding_is_one_whole_sentence_or_two(
    kind: str, evidence: dict[str, Any], category: str | None, document: str | None, last: int | None, text: str
) -> None:
    evidence = {"reason": "undecided", **evidence} if kind == "disagreement" else evidence
    end = D(2024, 1, last) if last else None
    noticed = Noticed(kind, "note", D(2024, 1, 2), "", end, evidence)
    assert told(noticed, category=category, document=document) == text
