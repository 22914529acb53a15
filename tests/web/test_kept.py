"""Answers that are kept: the same bytes again without the work, and never anything that has changed since."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conflict.models import Category, Event, Finding, Party, Source
from conflict.web import losses as page
from tests.make import D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db
ADDRESS = "/losses/?category=tanks&measure=total"


@pytest.fixture
def made(monkeypatch):
    """Count how often the explorer's page is really made."""
    cache.clear()
    times, make = [], page.explored

    def counted(*given):
        times.append(1)
        return make(*given)

    monkeypatch.setattr(page, "explored", counted)
    return times


@pytest.fixture
def ledger(made):
    make_reference()
    make_event("strike", title="A strike", short_title="Strike", date=D(2024, 11, 5))
    publish_records(*(make_record(D(2024, 11, n), tanks=9300 + n) for n in range(1, 20)))


def test_the_same_page_is_made_once_and_costs_no_more_than_its_stamp(client, ledger, made, queries_of):
    first = client.get(ADDRESS)
    again = client.get(ADDRESS)
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert again["Vary"] == first["Vary"]
    assert len(made) == 1
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) == 1
    assert queries_of("/losses/?category=tanks&measure=change") <= 6


def test_the_part_that_htmx_asks_for_is_another_answer_with_its_own_headers(client, ledger, made):
    client.get(ADDRESS)
    htmx = {"hx-request": "true", "hx-trigger": "some-field"}
    part, again = client.get(ADDRESS, headers=htmx), client.get(ADDRESS, headers=htmx)
    assert len(made) == 2
    assert part.content == again.content
    assert again["HX-Push-Url"] == ADDRESS
    assert b"<header" not in again.content


@pytest.mark.parametrize(
    "change", ["version", "event", "new event", "category", "finding", "decided", "bulk", "sql"]
)
def test_a_change_of_anything_that_is_shown_is_seen_at_once(client, ledger, made, change):
    def note(**given):
        category = Category.objects.get(slug="tanks")
        source, party = category_source()
        return Finding.objects.create(
            **{
                "key": "k",
                "kind": "outlier",
                "severity": "note",
                "source": source,
                "party": party,
                "category": category,
                "date": D(2024, 11, 9),
                "found": timezone.now(),
                **given,
            }
        )

    finding = note() if change == "decided" else None
    before = client.get(ADDRESS).content
    if change == "version":
        publish_records(make_record(D(2024, 11, 20), tanks=9400))
    elif change == "event":
        event = Event.objects.get(slug="strike")
        event.short_title = "Another name"
        event.save()
    elif change == "new event":
        make_event("other", short_title="Another", date=D(2024, 11, 12))
    elif change == "category":
        Category.objects.filter(slug="tanks").update(name="Battle tanks")
    elif change == "sql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE conflict_event SET title = 'Said otherwise', short_title = 'Otherwise'")
    elif change == "bulk":
        Event.objects.update(date=D(2024, 11, 7))
    elif finding is None:
        note()
    else:
        Finding.objects.update(state="dismissed", words="Fine.", decided_by="tests", decided=timezone.now())
    after = client.get(ADDRESS).content
    assert len(made) == 2
    assert after != before


def test_a_change_of_a_source_makes_the_page_again(client, ledger, made):
    client.get(ADDRESS)
    Source.objects.update(meaning={"changed": "by hand"})
    client.get(ADDRESS)
    assert len(made) == 2


def category_source():
    return Source.objects.get(), Party.objects.get()


def test_what_cannot_be_shown_and_an_empty_ledger_are_not_kept(client, made):
    make_reference()
    for _time in range(2):
        client.get(ADDRESS)
    assert len(made) == 2
    publish_records(make_record(tanks=9382))
    assert client.get("/losses/?category=dragons").status_code == 400
    assert client.get("/losses/?category=dragons").status_code == 400


def test_a_page_as_of_a_version_is_kept_for_itself(client, ledger, made):
    client.get(f"{ADDRESS}&version=1")
    client.get(f"{ADDRESS}&version=1")
    client.get(ADDRESS)
    assert len(made) == 2


def test_a_return_visit_costs_a_few_hundred_bytes(client, ledger):
    first = client.get(ADDRESS, headers={"accept-encoding": "br"})
    again = client.get(ADDRESS, headers={"accept-encoding": "br", "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert sum(len(f"{name}: {value}\r\n") for name, value in again.items()) < 1_000
