"""The way in: methods, other sites' pages, what may be kept, encodings, and how often one may ask."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import brotli
import pytest
from django.core.cache import cache
from django.test import RequestFactory

from conflict.api import limits
from conflict.models import Document
from tests.api.conftest import body_of
from tests.make import D, make_event, make_record, publish_records

pytestmark = pytest.mark.django_db

STREAMED = ["losses.csv", "losses.json", "compat/petroivaniuk/equipment.json"]
WHOLE = ["series/tanks.json", "reports", "reports/2024-11-01.json", "versions", "events", "openapi.json"]


# -- Methods and other sites' pages -------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("address", ["losses.csv", "reports/2024-11-01.json", "openapi.json", "nowhere"])
def test_nothing_can_be_written(client, ledger, method, address):
    response = client.generic(method, f"/api/v1/{address}")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"
    assert method in response.json()["detail"]


@pytest.mark.parametrize("address", STREAMED + WHOLE)
def test_head_is_get_without_its_body(client, ledger, address):
    got, head = client.get(f"/api/v1/{address}"), client.head(f"/api/v1/{address}")
    assert head.status_code == 200
    assert body_of(head) == b""
    for name in ("Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin"):
        assert head[name] == got[name]
    if not got.streaming:
        assert head["Content-Length"] == str(len(got.content))


def test_head_of_a_stream_reads_no_figure(client, ledger, django_assert_num_queries):
    with django_assert_num_queries(5):
        body_of(client.head("/api/v1/losses.csv"))


@pytest.mark.parametrize("address", ["losses.csv", "reports", "versions/1", "nowhere"])
def test_any_page_may_read_the_api_and_no_cookie_is_meant(client, ledger, address):
    response = client.get(f"/api/v1/{address}", headers={"origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Link" in response["Access-Control-Expose-Headers"]
    assert not response.has_header("Access-Control-Allow-Credentials")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_a_browser_may_ask_first(client, ledger):
    response = client.options(
        "/api/v1/losses.json",
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "*"


def test_an_address_that_there_is_not_is_a_problem_too(client, ledger):
    for address in ("nowhere", "reports/", "losses", "reports/2024-11-01.csv"):
        response = client.get(f"/api/v1/{address}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        problem = response.json()
        assert problem["instance"] == f"/api/v1/{address}"
        assert problem["type"].endswith("#not-found")


# -- What may be kept ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", STREAMED + WHOLE)
def test_what_the_client_holds_is_not_sent_again(client, ledger, address):
    first = client.get(f"/api/v1/{address}")
    again = client.get(f"/api/v1/{address}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert body_of(again) == b""
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    weak = client.get(f"/api/v1/{address}", headers={"if-none-match": f"W/{first['ETag']}"})
    assert weak.status_code == 304


@pytest.mark.parametrize("address", [a for a in STREAMED + WHOLE if a not in {"events", "openapi.json"}])
def test_as_of_a_version_it_may_be_kept_for_good(client, ledger, address):
    pinned = client.get(f"/api/v1/{address}?version=1")
    assert pinned["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(f"/api/v1/{address}")["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("address", ["losses.csv", "losses.json", "series/tanks.json", "reports", "versions"])
def test_a_new_version_makes_another_answer(client, ledger, address):
    before = client.get(f"/api/v1/{address}")["ETag"]
    publish_records(make_record(D(2024, 11, 11), tanks=9100))
    response = client.get(f"/api/v1/{address}", headers={"if-none-match": before})
    assert response.status_code == 200
    assert response["ETag"] != before
    assert response["Ledger-Version"] == "4"


def test_an_answer_that_is_held_costs_no_reading_of_figures(client, ledger, django_assert_num_queries):
    etag = client.get("/api/v1/losses.csv")["ETag"]
    with django_assert_num_queries(5):
        assert client.get("/api/v1/losses.csv", headers={"if-none-match": etag}).status_code == 304


def test_what_is_edited_outside_the_versions_makes_another_answer_too(client, ledger):
    event = make_event(title="First")
    etag = client.get("/api/v1/events")["ETag"]
    event.title = "Second"
    event.save()
    assert client.get("/api/v1/events", headers={"if-none-match": etag}).status_code == 200
    etag = client.get("/api/v1/losses.csv")["ETag"]
    document = Document.objects.get(slug="bulletin")
    document.url = "https://example.org/moved"
    document.save()
    response = client.get("/api/v1/losses.csv", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert b"https://example.org/moved" in body_of(response)


def test_an_answer_with_other_filters_is_another(client, ledger):
    assert client.get("/api/v1/losses.csv")["ETag"] != client.get("/api/v1/losses.csv?category=tanks")["ETag"]


# -- Encodings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["losses.csv", "losses.json", "openapi.json"])
@pytest.mark.parametrize(
    ("encoding", "name"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")]
)
def test_answers_are_compressed_as_the_client_takes_them(client, ledger, address, encoding, name):
    plain = body_of(client.get(f"/api/v1/{address}"))
    response = client.get(f"/api/v1/{address}", headers={"accept-encoding": encoding})
    body = body_of(response)
    assert response["Content-Encoding"] == name
    assert (brotli.decompress if name == "br" else gzip.decompress)(body) == plain
    assert "Accept-Encoding" in response["Vary"]
    assert response["ETag"].startswith("W/")
    again = client.get(
        f"/api/v1/{address}", headers={"accept-encoding": encoding, "if-none-match": response["ETag"]}
    )
    assert again.status_code == 304
    assert not again.has_header("Content-Encoding")


def test_who_takes_no_encoding_gets_none(client, ledger):
    assert not client.get("/api/v1/openapi.json").has_header("Content-Encoding")
    assert "Accept-Encoding" in client.get("/api/v1/openapi.json")["Vary"]


# -- How often ----------------------------------------------------------------------------------------------


@pytest.fixture
def limited(settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock(monkeypatch):
    """Hold the clock ten seconds into a minute."""
    now = [dt.datetime(2026, 1, 1, 12, 0, 10, tzinfo=dt.UTC).timestamp()]
    monkeypatch.setattr(limits.time, "time", lambda: now[0])
    return now


def test_who_asks_too_often_is_told_when_to_ask_again(client, ledger, limited, clock):
    for _time in range(3):
        assert client.get("/api/v1/versions").status_code == 200
    response = client.get("/api/v1/losses.csv")
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"] == "50"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["type"].endswith("#too-many-requests")
    clock[0] += 50
    assert client.get("/api/v1/versions").status_code == 200


def test_each_client_has_a_count_of_its_own(client, ledger, limited, clock):
    for _time in range(4):
        client.get("/api/v1/versions", REMOTE_ADDR="198.51.100.1")
    assert client.get("/api/v1/versions", REMOTE_ADDR="198.51.100.1").status_code == 429
    assert client.get("/api/v1/versions", REMOTE_ADDR="198.51.100.2").status_code == 200


def test_zero_sets_no_limit(client, ledger, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    assert {client.get("/api/v1/versions").status_code for _time in range(10)} == {200}


@pytest.mark.parametrize(
    ("behind", "remote", "forwarded", "client_address"),
    [
        (False, "198.51.100.1", "203.0.113.9", "198.51.100.1"),
        (True, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", "made-up, 203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", "", "127.0.0.1"),
        (True, "127.0.0.1", "203.0.113.9, nonsense", "unknown"),
        (False, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (False, "", "", "unknown"),
    ],
)
def test_only_a_proxy_is_believed_about_the_client(settings, behind, remote, forwarded, client_address):
    settings.BEHIND_PROXY = behind
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert limits.client_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == client_address


def test_problems_are_json_whatever_is_asked(client, ledger):
    response = client.get("/api/v1/losses.csv?category=%22%3Cscript%3E")
    assert json.loads(response.content)["errors"][0]["parameter"] == "category"
    assert response["X-Content-Type-Options"] == "nosniff"
