"""Atom feeds: ids that stay, what was reported and what was corrected, and no answer twice."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from conflict.ledger.findings import settle_finding
from conflict.ledger.publishing import withdraw
from conflict.models import Finding, Report, Version
from tests.make import D, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feeds/reports.atom", "/feeds/corrections.atom"]


@pytest.fixture
def ledger() -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 17), personnel=724050))
    publish_records(make_record(document="petroivaniuk", tanks=9302))
    publish_records(make_record(D(2024, 11, 18), tanks=9366))


def feed(client: Client, address: str) -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def texts(root: ET.Element, name: str) -> list[str]:
    return [entry.findtext(f"{ATOM}{name}") or "" for entry in root.findall(f"{ATOM}entry")]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_atom_asks_for(client: Client, ledger, address: str) -> None:
    root = feed(client, address)
    for parent in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert parent.findtext(f"{ATOM}{name}"), name
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    own = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own[0].get("href") == f"http://testserver{address}"
    ids = texts(root, "id")
    assert ids and len(set(ids)) == len(ids)
    assert all(key.startswith("tag:localhost,2022:") for key in ids)


def test_ids_are_the_same_under_every_name_of_the_site(client: Client, ledger, settings) -> None:
    settings.ALLOWED_HOSTS = [".ledger.example", "other.example"]
    first = texts(ET.fromstring(client.get(FEEDS[0], headers={"host": "www.ledger.example"}).content), "id")
    second = texts(ET.fromstring(client.get(FEEDS[0], headers={"host": "other.example"}).content), "id")
    assert first == second and first[0].startswith("tag:ledger.example,2022:report/")


def test_reports_come_newest_version_first_with_their_figures(client: Client, ledger) -> None:
    root = feed(client, FEEDS[0])
    assert texts(root, "id")[0].endswith("report/general-staff/2024-11-18/bulletin/2")
    assert len(texts(root, "id")) == 3  # the superseded reading is no longer one
    words = next(text for text in texts(root, "summary") if "724,050" in text)
    assert "Tanks 9,382 (+17)" in words and "claimed" in words and "Personnel 724,050 (not stated)" in words
    assert root.findtext(f"{ATOM}updated") == Version.objects.newest().time.isoformat()


def test_a_changed_figure_is_a_correction_with_both_totals(client: Client, ledger) -> None:
    root = feed(client, FEEDS[1])
    assert texts(root, "title") == ["Tanks, 18 November 2024: 9,365 became 9,366"]
    assert texts(root, "id") == ["tag:localhost,2022:correction/general-staff/2024-11-18/tanks/3"]


def test_a_removed_figure_is_a_correction_and_a_moved_change_is_none(client: Client, ledger) -> None:
    withdraw(
        reports=list(Report.objects.filter(date=D(2024, 11, 18), status="published")), reason="a slip", by="c"
    )
    titles = texts(feed(client, FEEDS[1]), "title")
    assert titles[0] == "Tanks, 18 November 2024: 9,366 became not stated"
    assert len(titles) == 2  # that of the 19th has another computed change, and the same total


def test_an_explained_finding_is_a_correction_and_an_open_one_is_none(client: Client, ledger) -> None:
    finding = Finding.objects.get(kind="disagreement")
    settle_finding(finding=finding, state="explained", words="A digit was lost.", by="curator")
    root = feed(client, FEEDS[1])
    assert texts(root, "id")[0] == f"tag:localhost,2022:finding/{finding.key}"
    assert "A digit was lost." in texts(root, "summary")[0]
    assert len(texts(root, "id")) == 2


@pytest.mark.parametrize("address", FEEDS)
def test_who_has_the_feed_is_not_sent_it_again_until_it_changes(client: Client, ledger, address: str) -> None:
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    publish_records(make_record(D(2024, 11, 18), tanks=9367))
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_ledger_has_valid_empty_feeds_that_do_not_change(client: Client, address: str) -> None:
    root = feed(client, address)
    assert root.findtext(f"{ATOM}updated") == "2022-02-24T00:00:00+00:00"
    assert client.get(address).headers["ETag"] == client.get(address).headers["ETag"]


def test_feeds_cost_the_same_queries_at_any_size(client: Client, ledger, queries_of) -> None:
    before = [queries_of(address) for address in FEEDS]
    for total in (1, 2):
        publish_records(*(make_record(D(2024, 10, day), tanks=9000 + day + total) for day in range(1, 29)))
    assert len(texts(feed(client, FEEDS[1]), "id")) == 29
    assert [queries_of(address) for address in FEEDS] == before == [2, 3]
