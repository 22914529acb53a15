"""The command that checks the whole ledger."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from conflict.models import Finding
from tests.make import D, make_record, make_reference, publish_records


def check(*arguments: str) -> str:
    out = StringIO()
    call_command("check_ledger", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def ledger(db: None) -> None:
    make_reference()
    publish_records(
        make_record(D(2024, 6, 1), "petroivaniuk", tanks=100, personnel=1000),
        make_record(D(2024, 6, 2), "petroivaniuk", tanks=110, personnel=1000),
        make_record(D(2024, 6, 5), "petroivaniuk", tanks=105, personnel=1200),
        make_record(D(2024, 6, 2), "orc-losses", tanks=101, personnel=1000),
    )
    Finding.objects.all().delete()


@pytest.mark.usefixtures("ledger")
def test_json_has_counts_by_kind_and_every_finding() -> None:
    answer = json.loads(check("--json"))

    assert answer["findings"]["disagreement"] == {"cells": 1, "days": 1, "decided": 0}
    assert answer["findings"]["fall"] == {"accepted": 1, "orc-losses": 0, "petroivaniuk": 1}
    assert answer["findings"]["gap"] == {"accepted": 1, "orc-losses": 0, "petroivaniuk": 1}
    assert answer["checked"] == {"new": 5, "kept": 0, "passed": 0}
    assert Counter(item["kind"] for item in answer["items"]) == {"disagreement": 1, "fall": 2, "gap": 2}
    disagreement = next(item for item in answer["items"] if item["kind"] == "disagreement")
    assert disagreement["source"] == "general-staff"
    assert disagreement["party"] == "russia"
    assert (disagreement["category"], disagreement["date"]) == ("tanks", "2024-06-02")
    assert disagreement["readings"] == {"petroivaniuk": 110, "orc-losses": 101}
    assert disagreement["likely"] is None
    assert "agree on no day" in disagreement["reason"]
    assert disagreement["sentence"].startswith("Tanks on ")
    fall = next(item for item in answer["items"] if item["kind"] == "fall" and item["document"])
    assert (fall["readings"], fall["state"]) == ({"petroivaniuk": 105}, "open")


@pytest.mark.usefixtures("ledger")
def test_the_table_says_what_stands_and_what_is_new() -> None:
    first, second = check(), check()

    assert "5 new, 0 kept, 0 passed" in first
    assert "0 new, 5 kept, 0 passed" in second
    assert "5 open, 0 explained, 0 dismissed" in second
    assert any(line.split() == ["fall", "petroivaniuk", "1"] for line in first.splitlines())


@pytest.mark.django_db
def test_an_empty_ledger_is_checked_without_a_finding() -> None:
    assert json.loads(check("--json"))["items"] == []
