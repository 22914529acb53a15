"""Counts by model: beside which report they are kept, and which counts are refused in which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from conflict.intake.records import LARGEST, ModelCountRecord, ReportRecord
from conflict.ledger import model_counts
from conflict.ledger.errors import BadReport
from conflict.ledger.model_counts import check_counts, publish_counts
from conflict.models import ModelCount, Party, Report, Source, Version
from tests.make import DAY_1000, make_record, make_reference, publish_records


def counted(*totals: int, group: str = "Tanks") -> list[ModelCountRecord]:
    return [ModelCountRecord("tanks", group, f"T-{n}", "", total) for n, total in enumerate(totals)]


def report(total: int | None = 5, **of: str) -> ReportRecord:
    return replace(make_record(document="orc-losses", tanks=total), **of)


@pytest.mark.django_db
def test_counts_are_kept_beside_their_own_report_of_several_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    make_reference()
    Source.objects.create(slug="other-staff", name="Another staff", kind="belligerent")
    Party.objects.create(slug="other", name="Another")
    monkeypatch.setattr(model_counts, "BATCH", 2)
    publish_records(
        make_record(tanks=7),
        report(source="other-staff"),
        report(party="other"),
        replace(report(), date=DAY_1000 - dt.timedelta(days=1)),
    )
    time = dt.datetime(2024, 11, 20, 12, 30, tzinfo=dt.UTC)

    outcome = publish_counts(report=report(), counts=counted(3, 0, 2), reason="counted", by="tests", time=time)

    held = Report.objects.get(
        source__slug="general-staff", party__slug="russia", document__slug="orc-losses", date=DAY_1000
    )
    assert list(ModelCount.objects.order_by("pk").values_list("report", "model", "total")) == [
        (held.pk, "T-0", 3),
        (held.pk, "T-1", 0),
        (held.pk, "T-2", 2),
    ]
    newest = Version.objects.newest()
    assert outcome.version == newest
    assert (newest.number, newest.time, newest.by, newest.reason) == (2, time, "tests", "counted")


@pytest.mark.parametrize("total", [0, LARGEST])
def test_no_loss_and_the_largest_number_can_be_counted(total: int) -> None:
    check_counts(report=report(total), counts=counted(total))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (counted(6, -1), "counts -1 T-1: 0 to 1000000000 is possible."),
        (counted(LARGEST + 1), "counts 1000000001 T-0: 0 to 1000000000 is possible."),
        (counted(5, group=""), "counts a model without a name."),
        ([replace(counted(5)[0], model="")], "counts a model without a name."),
        (2 * counted(5), "counts T-0 () twice in Tanks."),
        (counted(2, 2), "states 5 tanks, but its models add up to 4."),
        ([], "states 5 tanks, but its models add up to 0."),
        (
            [*counted(5), ModelCountRecord("artillery", "Guns", "D-30", "", 0)],
            "states None artillery, but its models add up to 0.",
        ),
    ],
)
def test_a_count_that_cannot_be_is_refused_with_its_report(counts: list[ModelCountRecord], said: str) -> None:
    with pytest.raises(BadReport) as refused:
        check_counts(report=report(), counts=counts)

    assert str(refused.value) == f"The report of 2024-11-19 from orc-losses {said}"


def test_a_model_may_stand_in_two_groups_or_be_of_two_makers() -> None:
    one = counted(1)[0]

    check_counts(
        report=report(3), counts=[one, replace(one, group="Captured"), replace(one, manufacturer="Russia")]
    )
