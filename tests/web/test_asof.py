"""Every page that takes ?version=N: old figures, the banner, links that stay in the version, and caching."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from conflict.ledger.publishing import withdraw
from conflict.models import Category, Claim, Document, Report
from tests.make import D, make_event, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db

DAY = D(2024, 11, 18)
NEXT = D(2024, 11, 19)
PAGES = [
    "/",
    "/losses/",
    "/losses/tanks/",
    "/reports/",
    "/reports/2024-11/",
    "/reports/2024-11-19/",
    "/reports/2024-11-19/tanks/",
    "/versions/",
    "/versions/1/",
]
TAKING_A_VERSION = {
    "overview",
    "losses",
    "category",
    "reports",
    "reports-month",
    "report",
    "figure",
    "versions",
    "version",
}


@pytest.fixture
@once
def corrected() -> None:
    """Version 1 states 9,382 tanks and 724,050 personnel on the second day; version 2 says 9,387 and 724,060."""
    make_reference()
    publish_records(
        make_record(DAY, tanks=9365, personnel=722440), make_record(NEXT, tanks=9382, personnel=724050)
    )
    publish_records(make_record(NEXT, tanks=9387, personnel=724060), reason="Misread.", by="Olena")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    ("address", "old", "new"),
    [
        ("/", "9,382", "9,387"),
        ("/losses/?category=tanks&measure=total", "9,382", "9,387"),
        ("/losses/tanks/", "9,382", "9,387"),
        ("/reports/", "724,050", "724,060"),
        ("/reports/2024-11/", "724,050", "724,060"),
        ("/reports/2024-11-19/", "9,382", "9,387"),
        ("/reports/2024-11-19/tanks/", "9,382", "9,387"),
    ],
)
def test_a_page_shows_the_figures_of_its_version(
    client: Client, corrected: None, address: str, old: str, new: str
) -> None:
    joint = "&" if "?" in address else "?"
    then, now = page(client, f"{address}{joint}version=1"), page(client, address)
    assert old in then and new not in then
    assert new in now
    assert page(client, f"{address}{joint}version=2").count(new) >= 1


@pytest.mark.parametrize("address", PAGES)
def test_a_past_page_says_so_in_one_banner(client: Client, corrected: None, address: str) -> None:
    then = page(client, f"{address}?version=1")
    assert then.count('class="asof"') == 1 and "as it stood at" in then
    assert 'class="asof"' not in page(client, address)


@pytest.mark.parametrize("address", PAGES)
def test_links_of_a_past_page_stay_in_its_version(client: Client, corrected: None, address: str) -> None:
    html = re.sub(r'<aside class="asof".*?</aside>', "", page(client, f"{address}?version=1"), flags=re.DOTALL)
    html = html.split("<main", 1)[1].split("</main>")[0]
    anchors = " ".join(re.findall(r"<a [^>]*>", html))
    links = re.findall(r'(?:href|hx-get)="(/[^"]*)"', anchors)
    assert links or address == "/versions/"
    for link in links:
        parts = urlsplit(link)
        if parts.path.startswith("/static/") or resolve(parts.path).url_name not in TAKING_A_VERSION:
            continue
        assert parse_qs(parts.query).get("version") == ["1"], link


@pytest.mark.parametrize("address", PAGES)
def test_a_past_page_stays_the_same_whatever_is_edited_later(
    client: Client, corrected: None, address: str
) -> None:
    before = page(client, f"{address}?version=2")
    make_event(date=NEXT, short_title="Named", title="A later event")
    article = Document.objects.create(slug="later", kind="article", title="A later article", text="It says.")
    claim = Claim.objects.create(
        document=article, text="A sum", speaker="Somebody", certainty="claimed", figure=5, date=NEXT
    )
    claim.parts.set(Category.objects.filter(slug="tanks"))
    publish_records(make_record(NEXT, tanks=1, personnel=2), make_record(DAY, "petroivaniuk", tanks=3))
    publish_records(make_record(D(2024, 11, 20), tanks=4), make_record(D(2024, 11, 16), tanks=1))
    withdraw(reports=Report.objects.published().filter(date=NEXT), reason="All of it.", by="Olena")
    assert page(client, f"{address}?version=2") == before


@pytest.mark.parametrize("address", PAGES)
def test_a_past_page_may_be_kept_and_todays_must_be_asked_for_again(
    client: Client, corrected: None, address: str
) -> None:
    then, now = client.get(f"{address}?version=1"), client.get(address)
    assert then["Cache-Control"] == "public, max-age=31536000, immutable"
    assert now["Cache-Control"] == "no-cache"
    with CaptureQueriesContext(connection) as captured:
        again = client.get(f"{address}?version=1", headers={"If-None-Match": then["ETag"]})
    assert again.status_code == 304 and len(captured) == 1
    assert client.get(address, headers={"If-None-Match": now["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", [page for page in PAGES if page not in {"/reports/", "/reports/2024-11/"}])
def test_todays_page_is_new_when_a_category_gets_another_name(
    client: Client, corrected: None, address: str
) -> None:
    held = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    Category.objects.filter(slug="tanks").update(name="Battle tanks")
    assert client.get(address, headers=held).status_code == (304 if address == "/versions/" else 200)


@pytest.mark.parametrize("address", ["/", "/reports/2024-11-19/"])
def test_todays_page_is_new_when_an_event_is_edited(client: Client, corrected: None, address: str) -> None:
    event = make_event(date=NEXT, short_title="Named", title="First words")
    held = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    event.title, event.short_title = "Other words", "Other"
    event.save()
    assert client.get(address, headers=held).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_version_that_is_not_there_is_refused_on_every_page(
    client: Client, corrected: None, address: str
) -> None:
    assert "the newest is 2" in page(client, f"{address}?version=3", 404)
    for nonsense in ("x", "0", "-1", "٣", "1_0"):
        page(client, f"{address}?version={nonsense}", 400)


@pytest.mark.parametrize("address", PAGES)
def test_a_version_costs_one_query_more_at_most(client: Client, corrected: None, address: str) -> None:
    def count(asked: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, asked)
        return len(captured)

    assert count(f"{address}?version=2") <= count(address) + 1


def test_the_form_of_a_past_page_asks_for_its_version_again(client: Client, corrected: None) -> None:
    hidden = '<input type="hidden" name="version" value="1">'
    assert hidden in page(client, "/losses/?version=1")
    assert hidden in page(client, "/losses/?version=1&to=never", 400)
    assert 'name="version"' not in page(client, "/losses/")


def test_a_part_of_a_past_page_is_not_taken_for_the_whole(client: Client, corrected: None) -> None:
    whole = client.get("/losses/?version=1")
    part = client.get("/losses/?version=1", headers={"HX-Request": "true"})
    assert part["ETag"] != whole["ETag"]
    assert "HX-Request" in whole["Vary"]
    assert len(part.content) < len(whole.content)


def test_a_changed_figure_is_marked_and_leads_to_its_life(client: Client, corrected: None) -> None:
    for address in ("/reports/2024-11-19/", "/", "/losses/tanks/"):
        html = page(client, address)
        assert re.search(r'<a class="mark" href="/reports/2024-11-19/tanks/"[^>]*>changed</a>', html), address
        assert ">changed</a>" not in page(client, f"{address}?version=1")
    assert ">changed</a>" not in page(client, "/reports/2024-11-18/")


def test_a_report_of_the_past_knows_no_later_reading(client: Client, corrected: None) -> None:
    publish_records(make_record(NEXT, "petroivaniuk", tanks=7777))
    then = page(client, "/reports/2024-11-19/?version=1")
    assert "petroivaniuk" not in then and "superseded" not in then
    now = page(client, "/reports/2024-11-19/")
    assert "petroivaniuk" in now and "superseded" in now


def test_a_day_first_reported_later_is_not_found_in_the_past(client: Client, corrected: None) -> None:
    publish_records(make_record(D(2024, 12, 1), tanks=9500))
    page(client, "/reports/2024-12-01/?version=2", 404)
    page(client, "/reports/2024-12/?version=2", 404)
    page(client, "/reports/2024-12-01/?version=3")
    assert "/reports/2024-12/" not in page(client, "/reports/?version=2")
