"""The ledger made anew: what a rebuild follows, and in which words it says what does not fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from conflict.ledger.acceptance import Cell
from conflict.ledger.publishing import decide, withdraw
from conflict.ledger.rebuilding import rebuild
from conflict.ledger.settling import settle
from conflict.models import Category, Decision, LossEntry, Point, Report, Version
from conflict.models.guards import guards_lifted
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@once
def ledger(db: None) -> None:
    """Three versions: two days, a dataset's other reading of the second, and the decision for it."""
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(D(2024, 11, 19), tanks=9382))
    publish_records(make_record(D(2024, 11, 19), document="orc-losses", tanks=9381))
    decide(entry=LossEntry.objects.get(total=9381), reason="seen", by="curator")


def end_the_decision() -> None:
    """End it in a version of its own, with nothing decided in its place."""
    cell = LossEntry.objects.get(total=9381)
    place = Cell(cell.report.source_id, cell.report.party_id, cell.category_id, cell.report.date)
    Decision.objects.update(to_version_id=4)
    settle(cells=[place], number=4, time=timezone.now(), kind="decision", by="curator", reason="undone")


def test_a_decision_that_ended_is_followed_no_longer() -> None:
    end_the_decision()

    assert list(Point.objects.standing().order_by("date").values_list("total", flat=True)) == [9365, 9382]
    assert rebuild().differences == []


def test_a_decision_whose_end_was_forgotten_is_noticed() -> None:
    end_the_decision()
    with guards_lifted():
        Decision.objects.update(to_version=None)

    assert not rebuild().identical


@pytest.mark.parametrize(
    ("change", "differences"),
    [
        (
            lambda: Version.objects.filter(number=1).update(opened=3, closed=1),
            ["Version 1 says that it opened 3 points and closed 1; its reports give 2 and 0."],
        ),
        (
            lambda: Version.objects.filter(number=3).update(reason="another"),
            ["The hash of version 3 does not fit its changes."],
        ),
        (
            lambda: Version.objects.filter(number=2).update(previous_hash="0" * 64),
            ["The hash of version 2 does not fit its changes."],
        ),
        (
            lambda: Version.objects.filter(number=2).update(hash="0" * 64),
            ["The hash of version 2 does not fit its changes.", "The hash of version 3 does not fit its changes."],
        ),
        (
            lambda: Point.objects.filter(total=9365).delete(),
            [
                "The point of {tanks} on 2024-11-18, 9365 since version 1, follows from the reports but is not "
                "stored.",
            ],
        ),
        (
            lambda: Point.objects.filter(total=9365).update(total=9366),
            [
                "The point of {tanks} on 2024-11-18, 9365 since version 1, follows from the reports but is not "
                "stored.",
                "The point of {tanks} on 2024-11-18, 9366 since version 1, is stored but does not follow from the "
                "reports.",
            ],
        ),
    ],
)
def test_a_rebuild_says_what_differs_and_nothing_else(
    change: Callable[[], object], differences: list[str]
) -> None:
    with guards_lifted():
        change()
    tanks = f"category {Category.objects.get(slug='tanks').pk}"

    assert rebuild().differences == [difference.format(tanks=tanks) for difference in differences]


def test_a_rebuild_takes_back_what_was_withdrawn_and_counts_what_it_went_through() -> None:
    withdraw(reports=list(Report.objects.filter(document__slug="orc-losses")), reason="a slip", by="curator")
    told: list[tuple[int, int]] = []

    rebuilt = rebuild(progress=lambda done, of: told.append((done, of)))

    assert rebuilt.identical
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert (rebuilt.versions, rebuilt.points) == (4, Point.objects.count())
