"""Publishing: versions, points, acceptance, withdrawal, decisions, drafts, and that nothing happens twice."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conflict.intake.records import EntryRecord
from conflict.ledger import planning, settling, writing
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
from conflict.ledger.verifying import verify
from conflict.models import Decision, Document, LossEntry, Party, Point, Report, Source, Version
from tests.make import D, make_document, make_record, publish_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


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
    with pytest.raises(BadReport, match=r"^A new version needs a reason and a name\.$"):
        publish_records(make_record(tanks=1), reason=" ")
    with pytest.raises(BadReport, match=r"^A new version needs a reason and a name\.$"):
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
    assert (second.version, len(second.unchanged)) == (None, 1)
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


def test_an_outcome_counts_what_was_created_changed_and_left_as_it_was() -> None:
    publish_records(*[make_record(D(2024, 11, day), tanks=9000 + day) for day in (15, 17)])
    records = [make_record(D(2024, 11, day), tanks=figure) for day, figure in ((15, 9015), (17, 9020), (19, 9021))]

    outcome, again = publish_records(*records), publish_records(*records)
    assert outcome.version is not None and outcome.version.number == 2
    assert [len(kind) for kind in (outcome.created, outcome.changed, outcome.unchanged)] == [1, 1, 1]
    assert (outcome.opened, outcome.closed) == (2, 1)
    assert (again.version, len(again.unchanged)) == (None, 3)


def test_a_version_keeps_who_when_and_why_for_each_kind() -> None:
    times = [dt.datetime(2024, 11, 20, hour, tzinfo=dt.UTC) for hour in range(4)]
    publish_records(make_record(tanks=9382), reason="morning", by="ada", time=times[0])
    draft = save_draft(record=make_record(document="second", tanks=9383))
    publish_draft(report=draft, reason="evening", by="eva", time=times[1])
    decide(entry=LossEntry.objects.get(total=9382), reason="seen", by="ida", time=times[2])
    withdraw(reports=[draft], reason="typo", by="una", time=times[3])

    assert list(Version.objects.order_by("number").values_list("kind", "reason", "by", "time")) == [
        ("publication", "morning", "ada", times[0]),
        ("publication", "evening", "eva", times[1]),
        ("decision", "seen", "ida", times[2]),
        ("withdrawal", "typo", "una", times[3]),
    ]


@pytest.mark.parametrize("by_draft", [False, True])
def test_a_category_that_the_next_revision_no_longer_states_loses_its_point(by_draft: bool) -> None:
    publish_records(make_record(tanks=9382, personnel=724050))
    if by_draft:
        outcome = publish_draft(report=save_draft(record=make_record(tanks=9382)), reason="r", by="b")
    else:
        outcome = publish_records(make_record(tanks=9382))

    assert standing("personnel") == []
    assert standing() == [(D(2024, 11, 19), 9382, None, None)]
    assert (outcome.opened, outcome.closed, len(outcome.changed)) == (1, 2, 1)


def test_a_draft_of_what_is_published_already_is_thrown_away() -> None:
    publish_records(make_record(tanks=9382))
    outcome = publish_draft(report=save_draft(record=make_record(tanks=9382)), reason="r", by="b")

    assert (outcome.version, len(outcome.unchanged)) == (None, 1)
    assert [(report.revision, report.status) for report in Report.objects.all()] == [(1, "published")]


def test_each_draft_of_a_day_gets_the_next_revision() -> None:
    first, second = (save_draft(record=make_record(tanks=total)) for total in (1, 2))
    assert (first.revision, second.revision) == (1, 2)
    publish_records(make_record(tanks=3))
    assert Report.objects.published().get().revision == 3


def test_a_draft_saved_again_keeps_nothing_of_what_it_said_before() -> None:
    draft = save_draft(record=make_record(tanks=9382, personnel=724050))
    again = save_draft(record=make_record(tanks=9383), replaces=draft)

    assert [(entry.category.slug, entry.total) for entry in again.entries.all()] == [("tanks", 9383)]
    assert not standing()


def test_who_opened_a_draft_that_is_no_longer_one_is_told_so_and_nothing_changes() -> None:
    draft = save_draft(record=make_record(tanks=9382))
    publish_draft(report=draft, reason="r", by="b")

    with pytest.raises(StaleReport, match=r"^This draft has been published or deleted since it was opened\.$"):
        save_draft(record=make_record(tanks=1), replaces=draft)
    with pytest.raises(StaleReport, match=r"^One of these has been published meanwhile\.$"):
        delete_drafts(reports=[draft])
    assert [entry.total for entry in LossEntry.objects.all()] == [9382]


def test_a_stored_report_reads_as_the_record_it_was_stored_from() -> None:
    document = make_document(
        title="Losses",
        url="https://example.org/b",
        publisher="A paper",
        language="uk",
        published=D(2024, 11, 19),
        retrieved=D(2024, 11, 20),
        sha256="a" * 64,
        text="танків близько 9382 (+17)",
        licence="CC BY",
        title_is_printed=False,
    )
    tanks = EntryRecord("tanks", 9382, 17, "about", "танків близько 9382 (+17)", 0, 25)
    record = replace(
        make_record(document=document, personnel=None),
        cited_url="https://example.org/cited",
        remarks={"key": "value"},
    )
    record = replace(record, entries=(tanks, *record.entries))

    publish_records(record)

    assert record_of(Report.objects.get()) == record
    assert publish_records(record).unchanged == (record,)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: replace(record, cited_url="https://example.org/other"),
        lambda record: replace(record, remarks={"key": "another"}),
        lambda record: replace(record, entries=(EntryRecord("tanks", 9382, 18),)),
        lambda record: replace(record, entries=(EntryRecord("tanks", 9382, None),)),
        lambda record: replace(record, entries=(EntryRecord("tanks", 9382, 17, "about"),)),
        lambda record: replace(record, entries=(*record.entries, EntryRecord("personnel", None))),
    ],
)
def test_whatever_a_document_now_states_otherwise_makes_a_revision(change) -> None:
    record = make_record(tanks=(9382, 17))
    publish_records(record)
    assert publish_records(change(record)).changed == (change(record),)


def test_a_document_read_again_keeps_when_it_was_last_found_to_have_changed() -> None:
    def publish_read(total: int, sha256: str, retrieved: dt.date | None) -> tuple[str, dt.date | None]:
        document = make_document(sha256=sha256, retrieved=retrieved)
        publish_records(make_record(document=document, tanks=total))
        return Document.objects.values_list("sha256", "retrieved").get()

    assert publish_read(1, "a" * 64, D(2024, 11, 20)) == ("a" * 64, D(2024, 11, 20))
    assert publish_read(2, "b" * 64, D(2024, 11, 21)) == ("b" * 64, D(2024, 11, 21))
    assert publish_read(3, "c" * 64, None) == ("c" * 64, D(2024, 11, 21))
    assert publish_read(4, "", D(2024, 11, 23)) == ("c" * 64, D(2024, 11, 21))
    assert publish_read(5, "c" * 64, D(2024, 11, 24)) == ("c" * 64, D(2024, 11, 21))
    assert [report.sha256[:1] for report in Report.objects.order_by("revision")] == ["a", "b", "c", "", "c"]


def test_the_last_figures_that_can_be_are_stored_on_day_1() -> None:
    publish_records(make_record(D(2022, 2, 24), tanks=(0, -(10**9)), personnel=(10**9, 10**9)))
    assert LossEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([EntryRecord("tanks", -1)], "states -1 tanks: 0 to 1000000000 is possible."),
        ([EntryRecord("tanks", 10**9 + 1)], "states 1000000001 tanks: 0 to 1000000000 is possible."),
        ([EntryRecord("tanks", 1, 10**9 + 1)], "states a change of 1000000001 tanks: too large."),
        ([EntryRecord("tanks", 1, -(10**9) - 1)], "states a change of -1000000001 tanks: too large."),
        ([EntryRecord("tanks", 1, 0, "nearly")], "qualifies tanks by 'nearly', which is not known."),
        ([EntryRecord("tanks", 1), EntryRecord("tanks", 2)], "states tanks twice."),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_a_sentence_that_names_it(entries, sentence) -> None:
    record = replace(make_record(), entries=tuple(entries))
    whole = f"^{re.escape(f'The report of 2024-11-19 from bulletin {sentence}')}$"
    with pytest.raises(BadReport, match=whole):
        publish_records(record)
    with pytest.raises(BadReport, match=whole):
        plan_only(reports=[record])
    with pytest.raises(BadReport, match=whole):
        save_draft(record=record)
    assert not Document.objects.exists()


def test_a_day_before_the_first_or_given_twice_is_refused_by_a_sentence_that_names_it() -> None:
    with pytest.raises(BadReport, match=r"^The report of 2022-02-23 from \S+ lies before day 1, 2022-02-24\.$"):
        publish_records(make_record(D(2022, 2, 23), tanks=1))
    with pytest.raises(BadReport, match=r"^The report of 2024-11-19 from bulletin is given twice\.$"):
        publish_records(make_record(tanks=1), make_record(tanks=2))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("source", lambda record: replace(record, source="nobody")),
        ("party", lambda record: replace(record, party="nobody")),
        ("category", lambda record: replace(record, entries=(EntryRecord("nobody", 1),))),
    ],
)
def test_a_name_that_the_ledger_does_not_have_is_said_with_its_kind_and_the_way_out(kind, change) -> None:
    with pytest.raises(UnknownName) as refused:
        publish_records(change(make_record(tanks=1)))
    assert str(refused.value) == (
        f"The ledger has no {kind} 'nobody'. Load the reference fixture first "
        f"(manage.py loaddata reference), or add the {kind} in the admin."
    )


def test_only_a_stated_total_that_is_published_can_be_decided_for() -> None:
    publish_records(make_record(tanks=9382, submarines=None))
    draft = save_draft(record=make_record(document="second", tanks=9383))
    for entry in (LossEntry.objects.get(total=None), draft.entries.get()):
        with pytest.raises(BadReport, match=r"^Only a stated total of a published report can be decided for\.$"):
            decide(entry=entry, reason="r", by="b")
    assert not Decision.objects.exists()


def test_a_second_decision_ends_the_first_and_leaves_those_of_other_cells() -> None:
    publish_records(make_record(tanks=9382, personnel=7), make_record(D(2024, 11, 18), tanks=3))
    publish_records(make_record(document="orc-losses", tanks=9300, personnel=6))
    tanks, dataset_tanks = LossEntry.objects.filter(category__slug="tanks", report__date=D(2024, 11, 19))
    decide(entry=LossEntry.objects.get(total=6), reason="r", by="b")
    decide(entry=dataset_tanks, reason="r", by="b")

    outcome = decide(entry=tanks, reason="r", by="b")

    assert (outcome.opened, outcome.closed) == (1, 1)
    assert list(Decision.objects.order_by("pk").values_list("entry__total", "from_version", "to_version")) == [
        *((6, 3, None), (9300, 4, 5), (9382, 5, None)),
    ]
    assert (standing()[-1][1], standing("personnel")[-1][1]) == (9382, 6)


def test_withdrawing_says_how_many_points_it_opened_and_closed() -> None:
    publish_records(*[make_record(D(2024, 11, day), tanks=9000 + day) for day in (15, 17, 19)])
    outcome = withdraw(reports=list(Report.objects.filter(date=D(2024, 11, 15))), reason="gone", by="x")
    assert (outcome.opened, outcome.closed, outcome.version.opened, outcome.version.closed) == (1, 2, 1, 2)
    assert list(Report.objects.order_by("date").values_list("status", "to_version")) == [
        *(("withdrawn", 2), ("published", None), ("published", None)),
    ]


def test_what_is_written_in_parts_is_the_same_as_what_is_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (planning, settling, writing):
        monkeypatch.setattr(module, "CHUNK", 4)
    days = [D(2024, 11, day) for day in range(1, 6)]
    told: list[tuple[str, int, int]] = []

    first = publish_records(
        *[make_record(day, tanks=9000 + day.day, personnel=day.day) for day in days],
        progress=lambda *step: told.append(step),
    )
    second = publish_records(*[make_record(day, tanks=9001 + day.day, personnel=day.day) for day in days])
    third = withdraw(reports=list(Report.objects.published().filter(date__gt=days[2])), reason="r", by="b")

    assert [(outcome.opened, outcome.closed) for outcome in (first, second, third)] == [(10, 0), (10, 10), (0, 4)]
    assert told == [
        *(("reports", done, 5) for done in (0, 4)),
        *(("entries", done, 10) for done in (0, 4, 8)),
        ("points and findings", 0, 10),
    ]
    assert [point[1] for point in standing()] == [9002, 9003, 9004]
    assert [point[1] for point in standing("personnel")] == [1, 2, 3]
    assert Report.objects.filter(status="superseded").count() == 5
    assert (rebuild().differences, verify().fault) == ([], None)


def test_each_source_and_party_has_its_own_points_and_decisions() -> None:
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    Party.objects.create(slug="ukraine", name="Ukraine")
    days = (D(2024, 11, 10), D(2024, 11, 19))

    def of_all(first: int, **of: str) -> list:
        return [replace(make_record(day, tanks=first + n), **of) for n, day in enumerate(days)]

    others = [*of_all(500, source="oryx"), *of_all(50, party="ukraine")]
    publish_records(*of_all(9000), *others)
    publish_records(*[replace(record, document=make_document("orc-losses", "dataset")) for record in others])
    decide(
        entry=LossEntry.objects.get(report__source__slug="oryx", report__document__kind="dataset", total=501),
        reason="r",
        by="b",
    )

    publish_records(make_record(D(2024, 11, 15), tanks=9100))

    rows = Point.objects.standing().order_by("source__slug", "party__slug", "date")
    assert list(rows.values_list("source__slug", "party__slug", "total", "computed_change")) == [
        ("general-staff", "russia", 9000, None),
        ("general-staff", "russia", 9100, 100),
        ("general-staff", "russia", 9001, -99),
        ("general-staff", "ukraine", 50, None),
        ("general-staff", "ukraine", 51, 1),
        ("oryx", "russia", 500, None),
        ("oryx", "russia", 501, 1),
    ]
    decided = Point.objects.standing().get(source__slug="oryx", total=501)
    assert decided.entry.report.document.slug == "orc-losses"
    assert (rebuild().differences, verify().fault) == ([], None)


def test_a_version_keeps_whole_seconds_which_any_copy_of_the_ledger_can_carry() -> None:
    time = dt.datetime(2024, 11, 20, 6, 30, 15, 999_999, tzinfo=dt.UTC)
    publish_records(make_record(tanks=1), time=time)
    assert Version.objects.get().time == time.replace(microsecond=0)
    assert verify().fault is None
