"""The desks' first page names the work to do, and asks a fixed number of questions for it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from conflict.admin.start import work_to_do
from conflict.models import Finding, Report
from tests.make import make_record, make_reference, publish_records

START = "/admin/"


def publish_until(last: dt.date, *, days: int = 3) -> None:
    publish_records(*(make_record(last - dt.timedelta(days=n), f"day-{n}", tanks=9000 - n) for n in range(days)))


def test_start_says_how_many_days_wait_for_a_report(editor: Client) -> None:
    make_reference()
    publish_until(timezone.localdate() - dt.timedelta(days=4))
    page = editor.get(START).content.decode()
    assert "is missing." in page and "4 days ago." in page


def test_start_says_that_the_report_of_today_is_published(editor: Client) -> None:
    make_reference()
    publish_until(timezone.localdate())
    page = editor.get(START).content.decode()
    assert "is published." in page and "is missing." not in page


def test_start_says_that_nothing_was_published_yet(editor: Client, db: None) -> None:
    page = editor.get(START).content.decode()
    assert "No report has been published yet." in page


def test_start_names_drafts_and_counts_open_findings_by_severity(editor: Client, ledger: Report) -> None:
    Report.objects.create(
        source=ledger.source, party=ledger.party, date=dt.date(2024, 11, 20), document=ledger.document
    )
    for n, severity in enumerate(("note", "doubt", "doubt")):
        Finding.objects.create(
            key=f"k{n}", kind="fall", severity=severity, source=ledger.source, party=ledger.party,
            date=ledger.date, found=timezone.now(),
        )  # fmt: skip
    page = editor.get(START).content.decode()
    assert "1 draft waits to be published or deleted." in page
    assert "2024-11-20" in page
    assert [(severity, count) for severity, _, count in work_to_do().findings] == [("doubt", 2), ("note", 1)]
    assert "doubt: 2" in page
    assert "Version 1" in page


@pytest.mark.parametrize("days", [1, 8])
def test_work_costs_five_queries_whatever_there_is(days: int, db: None, django_assert_num_queries) -> None:
    make_reference()
    publish_until(dt.date(2024, 11, 19), days=days)
    with django_assert_num_queries(5):
        work_to_do()
