"""Storing findings: once per cause, with what people said of them, around cells and over the whole ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from conflict.intake.datasets.petroivaniuk import CorrectionRecord
from conflict.intake.records import ReportRecord
from conflict.ledger import findings
from conflict.ledger.acceptance import Cell
from conflict.ledger.findings import (
    UnsettledFinding,
    check_all,
    count_findings,
    explain_by_corrections,
    recheck,
    settle_finding,
)
from conflict.ledger.publishing import decide, withdraw
from conflict.models import Category, Check, Claim, Document, Finding, LossEntry, Party, Report, Source, Version
from tests.make import D, make_document, make_record, publish_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ONE = dt.timedelta(days=1)
FIRST = D(2024, 6, 1)


def cells_of(*records: ReportRecord) -> set[Cell]:
    slugs = dict(Category.objects.values_list("slug", "pk"))
    source, party = Source.objects.get().pk, Party.objects.get().pk
    return {Cell(source, party, slugs[e.category], record.date) for record in records for e in record.entries}


def publish_and_recheck(*records: ReportRecord, **fields: Any) -> None:
    outcome = publish_records(*records, **fields)
    if outcome.version:
        recheck(cells=cells_of(*records), version=outcome.version.number)


def run(document: str, *totals: int | None, category: str = "tanks", first: dt.date = FIRST) -> list[ReportRecord]:
    return [
        make_record(first + n * ONE, document, **{category: total})
        for n, total in enumerate(totals)
        if total is not None
    ]


def standing(**fields: Any) -> list[Finding]:
    return list(
        Finding.objects.standing().filter(**fields).order_by("date", F("document__slug").asc(nulls_first=True))
    )


def snapshot() -> set[tuple]:
    """Everything that a check decides about the standing findings."""
    return {
        (f.key, f.severity, f.category_id, f.document_id, f.date, f.end_date, repr(sorted(f.evidence.items())))
        for f in standing()
    }


# -- What is found ------------------------------------------------------------------------------------------


def test_a_fall_is_found_in_the_dataset_and_in_the_accepted_ledger() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105))
    check_all()

    found = standing(kind="fall")

    assert [(f.date, f.document and f.document.slug) for f in found] == [
        (D(2024, 6, 3), None),
        (D(2024, 6, 3), "petroivaniuk"),
    ]
    assert found[0].category is not None
    assert found[0].category.slug == "tanks"
    assert found[0].evidence["previous"] == 110


def test_a_gap_is_of_the_whole_day_and_of_its_own_document() -> None:
    publish_records(*run("petroivaniuk", 100, None, None, 110), *run("orc-losses", 100, 101, 102, 110))
    check_all()

    (gap,) = standing(kind="gap")

    assert (gap.category, gap.document and gap.document.slug) == (None, "petroivaniuk")
    assert (gap.date, gap.end_date, gap.evidence["days"]) == (D(2024, 6, 2), D(2024, 6, 3), 2)


def test_a_category_that_a_report_does_not_state_is_no_gap() -> None:
    publish_records(*run("petroivaniuk", 100, None, 110), make_record(D(2024, 6, 2), "petroivaniuk", personnel=5))
    check_all()

    assert standing(kind="gap") == []


def test_an_arithmetic_finding_is_about_the_accepted_figures() -> None:
    publish_records(make_record(FIRST, tanks=100), make_record(FIRST + ONE, "next", tanks=(110, 12)))
    check_all()

    (noticed,) = standing(kind="arithmetic")

    assert noticed.document is None
    assert (noticed.evidence["printed"], noticed.evidence["computed"]) == (12, 10)


def test_a_disagreement_keeps_both_readings_and_names_the_likely_one() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 120), *run("orc-losses", 100, 210, 120))
    check_all()

    (noticed,) = standing(kind="disagreement")

    assert noticed.document is None
    assert noticed.evidence["readings"] == {"petroivaniuk": 110, "orc-losses": 210}
    assert noticed.evidence["neighbours"] == {"petroivaniuk": [100, 120], "orc-losses": [100, 120]}
    assert (noticed.evidence["likely"], noticed.evidence["accepted"]) == ("petroivaniuk", "petroivaniuk")
    assert noticed.severity == "note"


def test_a_disagreement_is_an_error_where_the_ledger_accepts_the_unlikely_reading() -> None:
    publish_records(*run("petroivaniuk", 100, 210, 120), *run("orc-losses", 100, 110, 120))
    check_all()
    assert [f.severity for f in standing(kind="disagreement")] == ["error"]

    entry = LossEntry.objects.get(total=110)
    decide(entry=entry, reason="It fits its neighbours.", by="curator")
    recheck(cells=cells_of(*run("orc-losses", None, 110)), version=Version.objects.count())

    assert [f.severity for f in standing(kind="disagreement")] == ["note"]


def test_a_headline_in_the_cited_address_speaks_for_a_reading() -> None:
    (record,) = run("orc-losses", None, 110)
    cited = ReportRecord(
        record.source, record.party, record.date, record.document, record.entries, "https://x.example/12-tankiv"
    )
    publish_records(
        *run("petroivaniuk", 100, 112, 130), cited, *run("orc-losses", 100), *run("orc-losses", None, None, 130)
    )
    check_all()

    (noticed,) = standing(kind="disagreement")

    assert (noticed.evidence["likely"], noticed.evidence["reason"]) == ("petroivaniuk", "headline")


def test_a_copied_over_day_is_found_and_speaks_for_the_other_document() -> None:
    for category in ("tanks", "submarines"):
        publish_records(*run("petroivaniuk", 100, 101, 102, category=category, first=FIRST))
        break
    publish_records(*run("orc-losses", 100, 100, 102))
    check_all()

    (repeat,) = standing(kind="repeat")
    (disagreement,) = standing(kind="disagreement")

    assert (repeat.document and repeat.document.slug, repeat.category) == ("orc-losses", None)
    assert (disagreement.evidence["likely"], disagreement.evidence["reason"]) == ("petroivaniuk", "repeat")


def test_a_sum_that_is_not_its_parts_is_found() -> None:
    publish_records(make_record(FIRST, tanks=100, artillery=50))
    article = Document.objects.create(slug="an-article", kind="article", title="An article")
    claim = Claim.objects.create(
        document=article, text="160 vehicles", speaker="A ministry", certainty="claimed", figure=160, date=FIRST
    )
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    check_all()

    (noticed,) = standing(kind="sum")

    assert (noticed.document, noticed.date) == (article, FIRST)
    assert noticed.evidence["parts"] == {"tanks": 100, "artillery": 50}
    assert (noticed.evidence["figure"], noticed.evidence["sum"]) == (160, 150)


def test_a_key_without_a_category_is_one_finding_over_all_its_days() -> None:
    days = [
        ReportRecord(r.source, r.party, r.date, r.document, r.entries, remarks={"ekranoplans": str(n)})
        for n, r in enumerate(run("petroivaniuk", 100, 110, 120))
    ]
    publish_and_recheck(*days[:2])
    publish_and_recheck(days[2])

    (noticed,) = standing(kind="unknown-category")

    assert (noticed.date, noticed.end_date) == (FIRST, FIRST + 2 * ONE)
    assert noticed.evidence == {"key": "ekranoplans"}
    check_all()
    assert standing(kind="unknown-category") == [noticed]


# -- Once per cause, and what people say of it --------------------------------------------------------------


def test_the_same_check_again_finds_nothing_new() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105), *run("orc-losses", 100, 210, 105))
    Finding.objects.all().delete()

    first, second = check_all(), check_all()

    assert (first.new, first.kept, first.passed) == (Finding.objects.count(), 0, 0)
    assert (second.new, second.kept, second.passed) == (0, first.new, 0)


def test_an_explanation_is_kept_through_every_check() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105))
    check_all()
    finding = standing(kind="fall")[0]
    settle_finding(finding=finding, state="explained", words="The General Staff corrected it.", by="curator")

    check_all()
    publish_and_recheck(*run("petroivaniuk", None, None, None, 120))

    finding.refresh_from_db()
    assert (finding.state, finding.words, finding.decided_by) == (
        "explained",
        "The General Staff corrected it.",
        "curator",
    )
    assert finding.decided is not None


def test_a_finding_whose_cause_has_gone_passes_and_returns_with_its_words() -> None:
    spoiled = run("petroivaniuk", 100, 110, 105)
    publish_records(*spoiled)
    check_all()
    finding = standing(kind="fall", document__slug="petroivaniuk")[0]
    settle_finding(finding=finding, state="dismissed", words="A typing error.", by="curator")

    publish_and_recheck(*run("petroivaniuk", None, None, 115))
    finding.refresh_from_db()
    assert finding.passed is not None
    assert standing(kind="fall") == []

    publish_and_recheck(spoiled[2])
    finding.refresh_from_db()
    assert (finding.passed, finding.state, finding.words) == (None, "dismissed", "A typing error.")


def test_other_figures_in_the_same_place_are_another_finding() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105))
    check_all()
    finding = standing(kind="fall", document__slug="petroivaniuk")[0]
    settle_finding(finding=finding, state="dismissed", words="A small correction.", by="curator")

    publish_and_recheck(*run("petroivaniuk", None, None, 5))

    (noticed,) = standing(kind="fall", document__slug="petroivaniuk")
    assert (noticed.state, noticed.evidence["total"]) == ("open", 5)


def test_findings_pass_when_their_reports_are_withdrawn() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105))
    check_all()

    withdraw(reports=list(Report.objects.all()), reason="A test.", by="tests")
    check_all()

    assert standing() == []
    assert Finding.objects.exclude(passed=None).exists()


def test_a_filled_gap_becomes_two_and_the_first_keeps_its_words() -> None:
    publish_and_recheck(*run("petroivaniuk", 100, None, None, None, None, None, 110))
    gap = standing(kind="gap", document__slug="petroivaniuk")[0]
    settle_finding(finding=gap, state="explained", words="The typist was ill.", by="curator")

    publish_and_recheck(*run("petroivaniuk", None, None, None, 105))

    assert [
        (g.date.day, g.end_date and g.end_date.day, g.state) for g in standing(kind="gap", document=gap.document)
    ] == [
        (2, 3, "explained"),
        (5, 6, "open"),
    ]


def test_settling_needs_words_a_name_and_a_known_state() -> None:
    publish_records(*run("petroivaniuk", 100, 90))
    check_all()
    finding = standing(kind="fall")[0]

    unsaid = "To explain or dismiss a finding takes a sentence and a name."
    for state, words, by, fault in [
        ("explained", " ", "me", unsaid),
        ("dismissed", "so", "", unsaid),
        ("gone", "so", "me", "A finding is open, explained or dismissed, not 'gone'."),
    ]:
        with pytest.raises(UnsettledFinding) as refused:
            settle_finding(finding=finding, state=state, words=words, by=by)
        assert str(refused.value) == fault
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(state="dismissed")
    finding.refresh_from_db()
    assert finding.state == "open"


def test_a_settled_finding_can_be_opened_again() -> None:
    publish_records(*run("petroivaniuk", 100, 90))
    check_all()
    finding = standing(kind="fall")[0]
    settle_finding(finding=finding, state="dismissed", words="So it is.", by="curator")

    settle_finding(finding=finding, state="open", words="", by="curator")

    finding.refresh_from_db()
    assert (finding.state, finding.words, finding.decided) == ("open", "", None)


# -- Known corrections --------------------------------------------------------------------------------------


def test_a_known_correction_explains_the_falls_it_accounts_for() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105), *run("orc-losses", 100, 110, 105))
    check_all()

    explained = explain_by_corrections(
        corrections=[CorrectionRecord(date=D(2024, 6, 3), category="tanks", difference=-9)], by="import_losses"
    )

    assert explained == 3  # both datasets and the accepted ledger
    for finding in standing(kind="fall"):
        assert finding.state == "explained"
        assert finding.decided_by == "import_losses"
        assert "−9" in finding.words
        assert "2024" in finding.words


@pytest.mark.parametrize(
    ("date", "difference", "category"),
    [
        (D(2024, 6, 3), -4, "tanks"),  # smaller than the fall of 5
        (D(2024, 6, 3), 9, "tanks"),
        (D(2024, 6, 4), -9, "tanks"),
        (D(2024, 6, 1), -9, "tanks"),
        (D(2024, 6, 3), -9, "artillery"),
    ],
)
def test_a_correction_that_does_not_fit_explains_nothing(date: dt.date, difference: int, category: str) -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105))
    check_all()

    corrections = [CorrectionRecord(date=date, category=category, difference=difference)]

    assert explain_by_corrections(corrections=corrections, by="import_losses") == 0
    assert {f.state for f in standing(kind="fall")} == {"open"}


def test_a_correction_upwards_explains_the_outlier_it_makes() -> None:
    totals = [1000 + 10 * n for n in range(20)]
    publish_records(*run("petroivaniuk", *totals, totals[-1] + 90))
    check_all()
    assert len(standing(kind="outlier")) == 2

    date = FIRST + 20 * ONE
    explain_by_corrections(corrections=[CorrectionRecord(date=date, category="tanks", difference=80)], by="import")

    assert {f.state for f in standing(kind="outlier")} == {"explained"}


def test_what_a_person_has_settled_is_not_explained_again() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105))
    check_all()
    for finding in standing(kind="fall"):
        settle_finding(finding=finding, state="dismissed", words="Mine.", by="curator")

    corrections = [CorrectionRecord(date=D(2024, 6, 3), category="tanks", difference=-9)]

    assert explain_by_corrections(corrections=corrections, by="import_losses") == 0
    assert {f.words for f in standing(kind="fall")} == {"Mine."}


def test_a_correction_explains_no_finding_of_another_kind() -> None:
    publish_records(*run("petroivaniuk", 100, 110, None, 105))
    publish_records(make_record(D(2024, 6, 2), "next", tanks=(110, 12)))
    check_all()

    explain_by_corrections(corrections=[CorrectionRecord(D(2024, 6, 4), "tanks", -9)], by="import_losses")

    assert {f.kind for f in standing() if f.state == "explained"} == {"fall"}
    assert {"gap", "arithmetic"} <= {f.kind for f in standing(state="open")}


def test_a_correction_accounts_for_an_outlier_of_its_own_day_or_of_the_next() -> None:
    totals = [1000 + 10 * n for n in range(20)]
    publish_records(*run("petroivaniuk", *totals, totals[-1] + 90))
    check_all()
    for days, explained in [(21, 0), (18, 0), (19, 2)]:
        correction = CorrectionRecord(date=FIRST + days * ONE, category="tanks", difference=80)
        assert explain_by_corrections(corrections=[correction], by="import") == explained


def test_what_checks_did_adds_up() -> None:
    one, other = findings.Rechecked(1, 2, 3, 4), findings.Rechecked(10, 20, 30, 40)
    assert one + other == findings.Rechecked(11, 22, 33, 44)


def test_a_recheck_leaves_the_findings_of_others_alone(others: None) -> None:
    falls = run("petroivaniuk", 100, 90)
    elsewhere = [replace(record, source="other-staff") for record in falls]
    theirs = [replace(record, party="other") for record in falls]
    outcome = publish_records(*falls, *elsewhere, *theirs)
    assert outcome.version is not None
    check_all()
    held = snapshot()

    category = Category.objects.get(slug="tanks").pk
    source, party = Source.objects.get(slug="general-staff").pk, Party.objects.get(slug="russia").pk
    done = recheck(cells={Cell(source, party, category, FIRST)}, version=outcome.version.number)

    assert (done.new, done.passed) == (0, 0)
    assert snapshot() == held


# -- Counts -------------------------------------------------------------------------------------------------


def test_counts_are_per_dataset_and_for_the_accepted_ledger() -> None:
    publish_records(*run("petroivaniuk", 100, 110, 105), *run("orc-losses", 100, 210, None, None, 120))
    check_all()

    counts = count_findings()

    assert counts["disagreement"] == {"cells": 1, "days": 1, "decided": 0}
    assert counts["fall"] == {"petroivaniuk": 1, "orc-losses": 1, "accepted": 1}
    assert counts["gap"] == {"petroivaniuk": 0, "orc-losses": 1, "accepted": 1}


# -- When it was checked ------------------------------------------------------------------------------------


def test_an_empty_ledger_has_no_findings() -> None:
    assert check_all() == findings.Rechecked()
    assert count_findings()["disagreement"] == {"cells": 0, "days": 0, "decided": 0}


def test_findings_found_with_a_version_carry_its_time() -> None:
    time = dt.datetime(2024, 6, 5, 12, tzinfo=dt.UTC)

    publish_and_recheck(*run("petroivaniuk", 100, 90), time=time)

    assert {f.found for f in standing()} == {time}


def test_a_version_counts_as_checked_if_the_one_before_it_does() -> None:
    records = run("petroivaniuk", 100, 110, 120, 130)
    for record in records[:2]:
        publish_records(record)
    Check.objects.all().delete()

    recheck(cells=cells_of(records[1]), version=2)
    assert not Check.objects.exists()

    check_all()
    assert [check.version_id for check in Check.objects.all()] == [2]

    publish_records(records[2])
    recheck(cells=cells_of(records[2]), version=3)
    newest = Check.objects.first()
    assert newest is not None
    assert newest.version_id == 3


def test_a_document_with_a_long_name_has_a_key_all_the_same() -> None:
    slug = "d" * 120
    document = make_document(slug, "dataset")
    publish_records(make_record(FIRST, document, tanks=10), make_record(FIRST + ONE, document, tanks=9))
    check_all()
    check_all()

    assert len(standing(kind="fall", document__slug=slug)) == 1


def test_a_source_that_does_not_report_daily_has_no_gaps() -> None:
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    record = make_record(D(2023, 1, 1), document=make_document("oryx", "dataset", sha256="e" * 64), tanks=1)
    later = make_record(D(2024, 1, 1), document=make_document("oryx", "dataset", sha256="e" * 64), tanks=2)
    publish_records(replace(record, source="oryx"), replace(later, source="oryx"))
    assert not Finding.objects.filter(kind="gap").exists()


def test_a_dataset_held_in_excerpts_has_no_gaps_of_its_own() -> None:
    for day in (1, 9):
        publish_records(make_record(D(2023, 1, day), document=make_document("typed-in", "dataset"), tanks=day))
    assert list(Finding.objects.filter(kind="gap").values_list("document", flat=True)) == [None]
