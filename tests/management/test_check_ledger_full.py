"""The two public datasets in full: what the checks find, counted over by other means and by hand."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from conflict.intake.datasets import DATASETS
from conflict.intake.datasets.petroivaniuk import CORRECTIONS, read_corrections
from conflict.ledger.findings import explain_by_corrections
from conflict.models import Finding
from tests.make import D
from tests.recount import recount

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FOLDER = SHARED / "data"
SPAN: dict[str, Any] = {"first_day": D(2022, 2, 24), "today": D(2026, 8, 22)}

pytestmark = [
    pytest.mark.django_db,  # on every test: without a marked one there is no test database
    pytest.mark.datasets,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public datasets are not in {FOLDER}"),
]


def checked() -> str:
    out = StringIO()
    call_command("check_ledger", "--json", stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def full_answer(put_datasets: Callable[..., None], django_db_blocker: Any) -> Any:
    """Put both datasets into an empty ledger with the reference rows, check it, and undo everything."""
    if not FOLDER.is_dir():
        pytest.skip(f"the public datasets are not in {FOLDER}")
    with django_db_blocker.unblock(), transaction.atomic():
        put_datasets(*DATASETS)
        answer = json.loads(checked())
        corrections = read_corrections((FOLDER / "petroivaniuk" / CORRECTIONS).read_bytes(), **SPAN)
        explain_by_corrections(corrections=corrections, by="import_losses")
        answer["explained"] = Counter(
            Finding.objects.standing().filter(state="explained").values_list("kind", "document__slug")
        )
        transaction.set_rollback(True)
    return answer


def test_they_are_counted_as_an_independent_script_counts_them(full_answer: Any) -> None:
    slow, counted = recount(FOLDER), full_answer["findings"]

    assert {key: counted["disagreement"][key] for key in ("cells", "days")} == slow["disagreement"]
    for kind in ("fall", "gap"):
        for name, number in slow[kind].items():
            assert counted[kind][name] == number
    longest = max(item["evidence"]["days"] for item in full_answer["items"] if item["kind"] == "gap")
    assert longest == slow["longest gap"]
    for name, days in slow["repeat"].items():
        found = [i["date"] for i in full_answer["items"] if i["kind"] == "repeat" and i["document"] == name]
        assert found == days


def test_they_have_the_known_numbers_of_findings(full_answer: Any) -> None:
    counted = full_answer["findings"]

    assert (counted["disagreement"]["cells"], counted["disagreement"]["days"]) == (114, 99)
    assert (counted["fall"]["petroivaniuk"], counted["fall"]["orc-losses"]) == (13, 16)
    assert (counted["gap"]["petroivaniuk"], counted["gap"]["orc-losses"]) == (0, 33)


def test_the_disagreements_are_the_known_cells(full_answer: Any) -> None:
    with (SHARED / "facts" / "disagreements.csv").open(encoding="utf-8", newline="") as lines:
        known = {
            (row["date"], row["category"], int(row["petroivaniuk"]), int(row["orc_losses"]))
            for row in csv.DictReader(lines)
        }
    found = {
        (i["date"], i["category"], i["readings"]["petroivaniuk"], i["readings"]["orc-losses"])
        for i in full_answer["items"]
        if i["kind"] == "disagreement"
    }
    assert found == known


def test_as_many_are_decided_as_the_documentation_says(full_answer: Any) -> None:
    decided = Counter(
        (i["evidence"]["reason"], i["likely"]) for i in full_answer["items"] if i["kind"] == "disagreement"
    )
    stated = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")

    assert f"{sum(n for (_, likely), n in decided.items() if likely)} of the 114 are decided" in stated
    by_document = Counter(likely for (_, likely), n in decided.items() for _ in range(n))
    assert (
        f"{by_document['petroivaniuk']} for petroivaniuk and {by_document['orc-losses']} for orc-losses" in stated
    )
    by_rule = Counter()
    for (rule, _likely), number in decided.items():
        by_rule[rule] += number
    for rule, number in by_rule.items():
        assert any(
            line.startswith(f"| {rule} ") and line.rstrip().endswith(f"| {number} |")
            for line in stated.splitlines()
        ), (rule, number)


@pytest.mark.parametrize(
    ("date", "category", "likely"),
    [
        ("2024-11-03", "personnel", "petroivaniuk"),  # orc-losses repeats the day before
        ("2024-11-03", "cruise-missiles", "petroivaniuk"),
        ("2023-01-12", "personnel", "petroivaniuk"),  # 113,390 against 113,990
        ("2022-07-14", "armoured-vehicles", "orc-losses"),  # the headline says 3,852
        ("2026-04-10", "helicopters", "petroivaniuk"),  # one of 39 days of lag
        ("2025-06-03", "aircraft", None),  # both moved, both fit
        ("2022-02-27", "tanks", None),  # one of them begins here
    ],
)
def test_cells_checked_by_hand_are_judged_so(
    full_answer: Any, date: str, category: str, likely: str | None
) -> None:
    (item,) = [
        i
        for i in full_answer["items"]
        if (i["kind"], i["date"], i["category"]) == ("disagreement", date, category)
    ]
    assert item["likely"] == likely


def test_outliers_do_not_flood(full_answer: Any) -> None:
    found = full_answer["findings"]["outlier"]
    stated = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")

    for name in DATASETS:
        assert 10 <= found[name] <= 40
        assert f"{found[name]} ({name})" in " ".join(stated.split()), name


def test_the_known_corrections_explain_most_falls(full_answer: Any) -> None:
    assert full_answer["explained"]["fall", "petroivaniuk"] == 12
    assert full_answer["explained"]["fall", "orc-losses"] == 11


def test_every_finding_has_a_sentence(full_answer: Any) -> None:
    assert all(item["sentence"].endswith(".") for item in full_answer["items"])
    assert all(dt.date.fromisoformat(item["date"]) for item in full_answer["items"])
