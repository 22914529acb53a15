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
