"""The events as an Atom feed: stable names, what narrows it, and when an entry last changed."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest

from conflict.models import Event
from conflict.web.timeline_feed import MOST_ENTRIES
from tests.make import D, make_event

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "/timeline/feed.atom"


def read(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own markup


def texts(feed, tag):
    return [entry.findtext(f"{ATOM}{tag}") for entry in feed.iter(f"{ATOM}entry")]


def test_the_feed_holds_the_newest_events_first(client):
    make_event("old", title="The older", date=D(2024, 1, 1))
    make_event("new", title="The newer", date=D(2024, 5, 1), summary="What <happened>.", certainty="disputed")
    feed = read(client.get(ADDRESS))
    assert texts(feed, "title") == ["The newer", "The older"]
    assert texts(feed, "summary")[0] == "1 May 2024 · disputed\nWhat <happened>."
    assert texts(feed, "id") == ["http://testserver/events/new/", "http://testserver/events/old/"]
    assert [c.get("term") for c in next(feed.iter(f"{ATOM}entry")).iter(f"{ATOM}category")] == [
        "front",
        "disputed",
    ]


def test_what_narrows_the_timeline_narrows_its_feed(client):
    make_event("sea", title="At sea", theme="naval")
    make_event("front", title="At the front")
    feed = read(client.get(ADDRESS, {"theme": "naval"}))
    assert texts(feed, "title") == ["At sea"]
    assert feed.findtext(f"{ATOM}title") == "Timeline: the sea"
    assert feed.find(f"{ATOM}link[@rel='alternate']").get("href") == "http://testserver/timeline/?theme=naval"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"http://testserver{ADDRESS}?theme=naval"


def test_names_of_entries_stay_when_a_date_is_corrected(client):
    event = make_event(date=D(2024, 1, 1))
    before = texts(read(client.get(ADDRESS)), "id")
    event.date = D(2024, 1, 2)
    event.save()
    assert texts(read(client.get(ADDRESS)), "id") == before


def test_an_entry_says_when_a_desk_last_changed_it(client):
    event = make_event(date=D(2024, 7, 1))
    Event.history.all().delete()
    assert texts(read(client.get(ADDRESS)), "updated") == ["2024-07-01T00:00:00+03:00"]  # midnight in Kyiv
    event.history.create(
        **{f.attname: getattr(event, f.attname) for f in Event._meta.concrete_fields},
        history_date=dt.datetime(2025, 2, 3, 4, 5, tzinfo=dt.UTC),
        history_type="~",
    )
    assert texts(read(client.get(ADDRESS)), "updated") == ["2025-02-03T04:05:00+00:00"]
    assert texts(read(client.get(ADDRESS)), "published") == ["2024-07-01T00:00:00+03:00"]


def test_an_unknown_theme_is_refused_with_its_name(client):
    response = client.get(ADDRESS, {"theme": "sport"})
    assert response.status_code == 400
    assert "“sport” is not a theme of the timeline." in response.content.decode()


def test_a_reader_that_has_the_feed_is_not_sent_it_again(client):
    make_event()
    first = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    make_event("another")
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_feed_is_only_read_and_is_found_from_the_pages(client):
    make_event()
    assert client.post(ADDRESS).status_code == 405
    assert f'href="{ADDRESS}"' in client.get("/timeline/").content.decode()
    assert f'href="{ADDRESS}?theme=front"' in client.get("/events/an-event/").content.decode()


def test_the_feed_ends_and_costs_as_many_queries_with_more_events(client, queries_of):
    make_event()
    small = queries_of(ADDRESS)
    for number in range(MOST_ENTRIES + 5):
        make_event(f"event-{number}")
    assert queries_of(ADDRESS) == small
    assert len(texts(read(client.get(ADDRESS)), "id")) == MOST_ENTRIES
