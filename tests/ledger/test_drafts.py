"""Several drafts at once: what is done to one leaves the others alone, and takes none for another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conflict.ledger.errors import StaleReport
from conflict.ledger.publishing import plan_only, publish_draft, record_of, save_draft
from conflict.models import Document, Point, Report, Version
from tests.make import D, make_document, make_record, publish_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def drafts() -> tuple[Report, Report]:
    return (
        save_draft(record=make_record(D(2024, 11, 18), "monday", tanks=9365)),
        save_draft(record=make_record(D(2024, 11, 19), "tuesday", tanks=9382)),
    )


@pytest.mark.parametrize("place", [0, 1])
def test_the_draft_that_is_published_is_the_one_asked_for(place: int) -> None:
    both = drafts()

    publish_draft(report=both[place], reason="r", by="b")

    assert [report.status for report in Report.objects.order_by("date")] == [
        "published" if n == place else "draft" for n in range(2)
    ]
    assert Point.objects.get().total == (9365, 9382)[place]


def test_a_draft_published_twice_does_not_publish_another_the_second_time() -> None:
    first, second = drafts()
    publish_draft(report=first, reason="r", by="b")

    again = publish_draft(report=first, reason="r", by="b")

    assert (again.version, [record.date for record in again.unchanged]) == (None, [first.date])
    assert Report.objects.get(pk=second.pk).status == "draft"
    assert Version.objects.count() == 1


def test_a_draft_published_meanwhile_is_not_saved_over_though_others_are_open() -> None:
    first, _ = drafts()
    publish_draft(report=first, reason="r", by="b")

    with pytest.raises(StaleReport):
        save_draft(record=make_record(D(2024, 11, 18), "monday", tanks=1), replaces=first)
    assert record_of(Report.objects.get(pk=first.pk)).entries[0].total == 9365


def test_a_report_keeps_the_hash_of_the_file_that_it_was_read_from() -> None:
    then, now = (make_document("table", "dataset", sha256=letter * 64) for letter in "de")
    publish_records(make_record(D(2024, 11, 18), then, tanks=9365))
    publish_records(make_record(D(2024, 11, 19), now, tanks=9382))
    typed = save_draft(record=make_record(D(2024, 11, 20), replace(now, sha256=""), tanks=9390))
    reports = list(Report.objects.filter(document__slug="table").order_by("date"))

    assert Document.objects.get(slug="table").sha256 == "e" * 64
    assert [record_of(report).document.sha256[:1] for report in reports] == ["d", "e", "e"]
    assert (reports[2].pk, typed.sha256) == (typed.pk, "")


def test_planning_makes_no_document_and_no_draft_of_a_new_bulletin() -> None:
    plan = plan_only(reports=[make_record(document="unseen", tanks=9382)])

    assert len(plan.created) == 1
    assert not Document.objects.exists()
    assert not Report.objects.exists()
