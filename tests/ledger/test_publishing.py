"""Publishing: versions, points, acceptance, withdrawal, decisions, drafts, and that nothing happens twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conflict.ledger.errors import BadReport, StaleReport, UnknownName
from conflict.ledger.publishing import (
    decide,
    delete_drafts,
    plan_only,
    publish,
    publish_draft,
    record_of,
    save_draft,
    withdraw,
)
from conflict.ledger.rebuilding import rebuild
from conflict.models import LossEntry, Point, Report, Version
from tests.make import D, make_document, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference(db: None) -> None:
    make_reference()


def standing(category: str = "tanks") -> list[tuple]:
    return list(
        Point.objects.standing()
        .in_categories([category])
        .order_by("date")
        .values_list("date", "total", "computed_change", "days_since_previous")
    )


def test_publish_makes_one_version_with_computed_changes_across_gaps() -> None:
    outcome = publish_records(
        make_record(D(2024, 11, 15), tanks=9300), make_record(D(2024, 11, 19), tanks=(9382, 17))
    )

    assert outcome.version is not None
    assert outcome.version.number == 1
    assert (outcome.opened, outcome.closed) == (2, 0)
    assert standing() == [(D(2024, 11, 15), 9300, None, None), (D(2024, 11, 19), 9382, 82, 4)]
    assert Point.objects.get(date=D(2024, 11, 19)).printed_change == 17


def test_the_same_reports_again_write_nothing() -> None:
    record = make_record(tanks=(9382, 17), personnel=(724050, 1610), submarines=None)
    publish_records(record)

    again = publish_records(record)

    assert again.version is None
    assert again.unchanged == (record,)
    assert str(again).startswith("nothing new")
    assert Version.objects.count() == Report.objects.count() == 1


def test_not_stated_is_kept_as_not_stated_and_makes_no_point() -> None:
    publish_records(make_record(tanks=9382, submarines=None))

    assert LossEntry.objects.get(category__slug="submarines").total is None
    assert standing("submarines") == []


def test_a_day_published_in_the_middle_recomputes_the_next_day_too() -> None:
    publish_records(make_record(D(2024, 11, 15), tanks=9300), make_record(D(2024, 11, 19), tanks=9382))

    outcome = publish_records(make_record(D(2024, 11, 17), tanks=9350))

    assert (outcome.opened, outcome.closed) == (2, 1)
    assert standing() == [
        (D(2024, 11, 15), 9300, None, None),
        (D(2024, 11, 17), 9350, 50, 2),
        (D(2024, 11, 19), 9382, 32, 2),
    ]


def test_a_changed_document_becomes_the_next_revision_and_the_first_stays_readable() -> None:
    publish_records(make_record(tanks=9382, personnel=724050))

    outcome = publish_records(make_record(tanks=9383, personnel=724050))

    assert len(outcome.changed) == 1
    first, second = Report.objects.order_by("revision")
    assert (first.status, first.revision, first.to_version_id) == ("superseded", 1, 2)
    assert (second.status, second.revision, second.from_version_id) == ("published", 2, 2)
    assert first.entries.get(category__slug="tanks").total == 9382
    assert Point.objects.at_version(1).get(category__slug="tanks").total == 9382
    assert Point.objects.at_version(2).get(category__slug="tanks").total == 9383


@pytest.mark.parametrize(
    ("documents", "accepted"),
    [
        (["petroivaniuk", "orc-losses"], "petroivaniuk"),
        (["orc-losses", "petroivaniuk"], "petroivaniuk"),
        (["bulletin", "petroivaniuk"], "bulletin"),
        (["petroivaniuk", "bulletin", "orc-losses"], "bulletin"),
        (["bulletin", "second-bulletin"], "second-bulletin"),
    ],
)
def test_acceptance_takes_bulletins_before_datasets_and_datasets_in_order(
    documents: list[str], accepted: str
) -> None:
    for number, document in enumerate(documents):
        publish_records(make_record(document=document, tanks=9000 + number))

    assert Point.objects.standing().get().entry.report.document.slug == accepted


def test_withdrawing_gives_back_the_next_best_reading_and_then_none() -> None:
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(document="orc-losses", tanks=9381))
    publish_records(make_record(document="bulletin", tanks=9382))
    assert standing()[-1][1] == 9382

    withdraw(reports=[Report.objects.get(document__slug="bulletin", date=D(2024, 11, 19))], reason="typo", by="x")
    assert standing()[-1] == (D(2024, 11, 19), 9381, 16, 1)

    withdraw(reports=list(Report.objects.filter(document__slug="orc-losses")), reason="gone", by="x")
    assert standing() == [(D(2024, 11, 18), 9365, None, None)]
    assert Version.objects.newest().kind == "withdrawal"


def test_withdrawing_in_the_middle_recomputes_the_next_change() -> None:
    publish_records(*[make_record(D(2024, 11, day), tanks=9000 + day) for day in (15, 17, 19)])

    withdraw(reports=list(Report.objects.filter(date=D(2024, 11, 17))), reason="gone", by="x")

    assert standing()[-1] == (D(2024, 11, 19), 9019, 4, 4)


def test_withdrawing_twice_writes_one_version() -> None:
    publish_records(make_record(tanks=1))
    report = Report.objects.get()
    withdraw(reports=[report], reason="gone", by="x")
    assert withdraw(reports=[report], reason="gone", by="x").version is None


def test_a_curators_decision_outranks_every_other_rule() -> None:
    publish_records(make_record(document="bulletin", tanks=9382), make_record(document="orc-losses", tanks=9300))
    entry = LossEntry.objects.get(report__document__slug="orc-losses")

    outcome = decide(entry=entry, reason="the page says 9,300", by="curator")

    assert outcome.version.kind == "decision"
    assert standing()[0][1] == 9300
    assert decide(entry=entry, reason="again", by="curator").version is None
    publish_records(make_record(document="second-bulletin", tanks=9400))
    assert standing()[0][1] == 9300


def test_the_ledger_rebuilt_is_identical_after_every_kind_of_version() -> None:
    publish_records(*[make_record(D(2024, 11, day), tanks=9000 + day, personnel=700000) for day in (1, 9, 19)])
    publish_records(make_record(D(2024, 11, 9), document="orc-losses", tanks=9500))
    publish_records(make_record(D(2024, 11, 5), document="petroivaniuk", tanks=9003, submarines=1))
    publish_records(make_record(D(2024, 11, 9), tanks=9010))
    decide(entry=LossEntry.objects.get(report__document__slug="orc-losses"), reason="r", by="b")
    withdraw(reports=list(Report.objects.published().filter(date=D(2024, 11, 5))), reason="r", by="b")

    rebuilt = rebuild()

    assert rebuilt.differences == []
    assert rebuilt.versions == 6
    assert rebuilt.points == Point.objects.count()


def test_a_rebuild_notices_a_point_that_no_report_gives() -> None:
    from conflict.models.guards import guards_lifted

    publish_records(make_record(tanks=9382))
    with guards_lifted():
        Point.objects.update(total=9383)

    assert [d for d in rebuild().differences if "9383" in d and "does not follow" in d]


def test_each_version_is_chained_to_the_one_before() -> None:
    publish_records(make_record(D(2024, 11, 18), tanks=1))
    publish_records(make_record(D(2024, 11, 19), tanks=2))

    first, second = Version.objects.order_by("number")

    assert first.previous_hash == ""
    assert second.previous_hash == first.hash
    assert len({first.hash, second.hash}) == 2


@pytest.mark.parametrize(
    ("record", "error", "words"),
    [
        (make_record(tanks=-1), BadReport, "-1 tanks"),
        (make_record(tanks=10**9 + 1), BadReport, "tanks"),
        (make_record(D(2022, 2, 23), tanks=1), BadReport, "before day 1"),
        (make_record(unicorns=1), UnknownName, "unicorns"),
    ],
)
def test_a_report_that_cannot_be_right_is_refused_whole(record, error, words) -> None:
    with pytest.raises(error, match=words):
        publish_records(make_record(D(2024, 11, 1), tanks=5), record)
    assert not Report.objects.exists()
    assert not Version.objects.exists()


def test_a_version_needs_a_reason_and_a_name() -> None:
    with pytest.raises(BadReport, match="reason"):
        publish_records(make_record(tanks=1), reason=" ")
    with pytest.raises(BadReport, match="name"):
        publish_records(make_record(tanks=1), by="")


def test_the_same_report_given_twice_is_refused() -> None:
    with pytest.raises(BadReport, match="twice"):
        publish_records(make_record(tanks=1), make_record(tanks=2))


def test_a_draft_makes_no_version_until_it_is_published_once() -> None:
    draft = save_draft(record=make_record(tanks=(9382, 17)))
    assert (draft.status, Version.objects.count(), Point.objects.count()) == ("draft", 0, 0)

    first = publish_draft(report=draft, reason="morning", by="curator")
    second = publish_draft(report=draft, reason="morning", by="curator")

    assert first.version.number == 1
    assert second.version is None
    assert Report.objects.get().pk == draft.pk
    assert Version.objects.count() == 1


def test_a_draft_is_saved_again_in_its_own_place() -> None:
    draft = save_draft(record=make_record(tanks=9382))
    again = save_draft(record=make_record(tanks=9383), replaces=draft)

    assert (again.pk, again.revision, Report.objects.count()) == (draft.pk, 1, 1)
    assert record_of(again).entries[0].total == 9383

    publish_draft(report=again, reason="r", by="b")
    with pytest.raises(StaleReport):
        save_draft(record=make_record(tanks=1), replaces=draft)


def test_a_published_draft_supersedes_the_revision_before() -> None:
    publish_records(make_record(tanks=9382))
    draft = save_draft(record=make_record(tanks=9385))
    assert draft.revision == 2

    publish_draft(report=draft, reason="correction", by="curator")

    assert Report.objects.get(revision=1).status == "superseded"
    assert standing()[0][1] == 9385
    assert rebuild().identical


def test_planning_says_what_publishing_would_do_and_writes_nothing() -> None:
    publish_records(make_record(D(2024, 11, 18), tanks=1), make_record(D(2024, 11, 19), tanks=2))

    plan = plan_only(
        reports=[
            make_record(D(2024, 11, d), document=make_document(), tanks=n) for d, n in ((18, 1), (19, 3), (20, 4))
        ]
    )

    assert [len(plan.unchanged), len(plan.changed), len(plan.created)] == [1, 1, 1]
    assert Version.objects.count() == 1


def test_publishing_a_day_costs_the_same_queries_however_many_days_are_held() -> None:
    start, counts = D(2023, 1, 1), []
    for held, until in ((0, 40), (40, 400)):
        days = range(held, until)
        publish_records(*[make_record(start + dt.timedelta(days=n), tanks=n, personnel=n) for n in days])
        with CaptureQueriesContext(connection) as queries:
            publish_records(make_record(start + dt.timedelta(days=until), tanks=until, personnel=until))
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 50


def test_drafts_are_deleted_all_or_none() -> None:
    drafts = [save_draft(record=make_record(D(2024, 11, day), tanks=day)) for day in (1, 2, 3)]
    publish_draft(report=drafts[2], reason="r", by="b")

    with pytest.raises(StaleReport):
        delete_drafts(reports=drafts)
    assert Report.objects.count() == 3

    delete_drafts(reports=drafts[:2])
    assert [report.pk for report in Report.objects.all()] == [drafts[2].pk]


def test_publishing_tells_of_each_step_while_it_lasts() -> None:
    told: list[tuple[str, int, int]] = []
    publish(
        reports=[make_record(tanks=9382)], reason="Bulletin", by="ada", progress=lambda *step: told.append(step)
    )
    assert told == [("reports", 0, 1), ("entries", 0, 1), ("points and findings", 0, 1)]
