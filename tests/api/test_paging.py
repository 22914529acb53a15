"""Every long list in pages: together they are the whole, whatever is written meanwhile."""

from __future__ import annotations

import json

import pytest
from django.core.signing import Signer

from conflict.models import Claim, Document
from tests.api.conftest import body_of
from tests.make import D, make_event, make_record, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db


def next_of(response) -> str:
    links = response.get("Link", "")
    return links.partition(">")[0].removeprefix("<") if 'rel="next"' in links else ""


def walk(client, address: str, between=lambda: None) -> list:
    found = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        rows = json.loads(body_of(response))
        found += rows["changes"] if isinstance(rows, dict) else rows
        address = next_of(response)
        between()
    return found


@pytest.fixture
@once
def full(ledger):
    article = Document.objects.create(
        slug="an-article", kind="article", title="An article", published=D(2024, 11, 1)
    )
    for n in range(5):
        make_event(f"event-{n}", title=f"Event {n}", date=D(2024, 11, 1 + n // 2))
        Document.objects.create(slug=f"article-{n}", kind="article", title=f"Article {n}")
        Claim.objects.create(
            document=article, order=n // 2, text=f"Claim {n}", speaker="Someone", certainty="claimed"
        )
    publish_records(*(make_record(D(2024, 12, n), "petroivaniuk", tanks=9100 + n) for n in (1, 5, 9)))
    publish_records(*(make_record(D(2024, 12, n), "orc-losses", tanks=9200 + n) for n in (1, 5, 9)))


LISTS = ["reports", "versions", "versions/1", "events", "articles", "claims", "findings"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_together_are_the_whole(client, full, address, limit):
    whole = walk(client, f"/api/v1/{address}?limit=1000")
    assert len(whole) > 4
    assert walk(client, f"/api/v1/{address}?limit={limit}") == whole


@pytest.mark.parametrize("address", ["reports", "versions", "reports?version=2"])
def test_a_report_published_between_two_pages_shifts_nothing(client, full, address):
    glue = "&" if "?" in address else "?"
    whole = walk(client, f"/api/v1/{address}{glue}limit=1000")
    days = iter(range(1, 29))
    pages = walk(
        client,
        f"/api/v1/{address}{glue}limit=2",
        between=lambda: publish_records(make_record(D(2024, 10, next(days)), tanks=8000)),
    )
    assert pages == whole


@pytest.mark.parametrize("address", ["events", "articles", "claims", "search?q=event"])
def test_nothing_inserted_between_two_pages_makes_a_row_come_twice(client, full, address):
    numbers = iter(range(1, 99))

    def insert() -> None:
        n = next(numbers)
        if "search" not in address:  # search is asked anew for each page
            make_event(f"a-new-event-{n}", title=f"New {n}", date=D(2024, 1, n))

    glue = "&" if "?" in address else "?"
    found = walk(client, f"/api/v1/{address}{glue}limit=2", between=insert)
    names = [row.get("slug") or row.get("id") or row["url"] for row in found]
    assert len(set(names)) == len(names) >= 5


def test_the_first_page_is_linked_and_holds_no_cursor(client, full):
    second = client.get(next_of(client.get("/api/v1/reports?limit=2&from=2024-11-02")))
    assert second.status_code == 200
    assert '<http://testserver/api/v1/reports?limit=2&from=2024-11-02>; rel="first"' in second["Link"]


def test_a_last_page_links_no_next(client, full):
    assert not client.get("/api/v1/events?limit=1000").has_header("Link")


@pytest.mark.parametrize("address", LISTS)
def test_a_cursor_that_was_tampered_with_is_refused(client, full, address):
    cursor = next_of(client.get(f"/api/v1/{address}?limit=1")).rpartition("cursor=")[2]
    forged = Signer(key="another", salt="conflict.api.cursor").sign_object(["x", None, [1]])
    for bad in (cursor[:-1], "x" + cursor, forged, "a:b", ":", "%00"):
        response = client.get(f"/api/v1/{address}?limit=1&cursor={bad}")
        assert response.status_code == 400
        assert response.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "ten", "1.5", "１"])
def test_a_limit_that_cannot_be_is_refused(client, full, limit):
    response = client.get(f"/api/v1/reports?limit={limit}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "limit"
