"""Pictures of pages: the SVG and PNG of the explorer's views, and what a shared link shows."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.management import call_command

from conflict.web import share
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def ledger():
    cache.clear()
    make_reference()
    publish_records(
        *(make_record(D(2024, 11, n), personnel=(700_000 + n * 1000, 1000), tanks=9300 + n) for n in range(1, 20))
    )


def words_of(response):
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    return " ".join(node.text for node in root.iter("{http://www.w3.org/2000/svg}text"))


def card_of(page):
    return {
        name: html.unescape(content)
        for name, content in re.findall(
            r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', page
        )
    }


def test_the_explorer_s_view_can_be_taken_away_as_svg(client, ledger):
    response = client.get("/losses.svg?category=tanks&measure=total&from=2024-11-05")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    words = words_of(response)
    assert "Tanks: reported losses since day 1" in words
    assert "General Staff of Ukraine. It is one party’s claim about the other." in words
    assert "Licence:" in words
    assert "Ledger version 1 of" in words
    assert "http://testserver/losses/?category=tanks&from=2024-11-05&measure=total&version=1" in words
    assert "killed and wounded" not in words
    assert "Personnel: killed and wounded." in words_of(client.get("/losses.svg"))


def test_a_picture_as_of_a_version_stays_as_it_is(client, ledger):
    before = client.get("/losses.svg?category=tanks&measure=total&version=1")
    publish_records(make_record(DAY_1000, "petroivaniuk", tanks=9999), make_record(D(2024, 11, 20), tanks=9800))
    after = client.get("/losses.svg?category=tanks&measure=total&version=1")
    assert before.content == after.content
    assert "immutable" in after["Cache-Control"]
    assert client.get("/losses.svg?category=tanks&measure=total").content != before.content


@pytest.mark.parametrize(
    "address",
    ["/losses.png", "/losses.png?category=tanks&measure=change&scale=log", "/reports/2024-11-19.png"],
)
def test_every_share_picture_is_a_png_of_1200_by_630_and_is_asked_for_only_once(client, ledger, address):
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(PNG)
    assert response.content[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_panels_are_drawn_beside_one_another(client, ledger):
    words = words_of(client.get("/losses.svg?category=personnel&category=tanks&panels=1&measure=total"))
    assert "Personnel, Tanks: reported losses since day 1" in words
    assert "people" in words
    assert "units" in words


def test_a_range_since_an_event_is_drawn_under_its_own_days(client, ledger):
    make_event("strike", date=D(2024, 11, 10), short_title="A strike")
    response = client.get("/losses.svg?category=tanks&since=strike")
    assert response.status_code == 302
    assert "from=2024-11-10" in response["Location"]


def test_the_png_of_a_drawing_is_made_once(client, ledger, monkeypatch):
    made = []
    monkeypatch.setattr(share, "png", lambda svg: made.append(svg) or PNG)
    for _time in range(2):
        client.get("/losses.png?category=tanks")
    assert len(made) == 1
    publish_records(make_record(D(2024, 11, 20), tanks=9800))
    client.get("/losses.png?category=tanks")
    assert len(made) == 2


def test_a_query_that_cannot_be_read_is_refused_by_name(client, ledger):
    response = client.get("/losses.svg?category=dragons")
    assert response.status_code == 400
    assert "dragons" in response.content.decode()


def test_the_picture_of_a_report_sets_what_the_ledger_accepts(client, ledger, monkeypatch):
    monkeypatch.setattr(share, "png", lambda svg: svg.encode())
    words = words_of(client.get("/reports/2024-11-19.png"))
    assert "Day 1,000 · 19 November 2024 Report of 19 November 2024" in words
    assert "Personnel 719,000 +1,000" in words
    assert "Tanks 9,319" in words
    assert client.get("/reports/2024-11-25.png").status_code == 404


def test_the_picture_of_an_event_says_how_sure_it_is_and_where_it_was_read(client, ledger, monkeypatch):
    monkeypatch.setattr(share, "png", lambda svg: svg.encode())
    make_event("strike", title="A strike", summary="What is known.", certainty="claimed", source_name="A paper")
    words = words_of(client.get("/events/strike.png"))
    assert "claimed" in words.lower()
    assert "A strike What is known." in words
    assert "Read at: A paper." in words
    assert client.get("/events/none.png").status_code == 404


def test_the_picture_of_a_milestone_ends_with_its_day(client, ledger, monkeypatch):
    monkeypatch.setattr(share, "png", lambda svg: svg.encode())
    words = words_of(client.get("/milestones/day-1000.png"))
    assert "Day 1,000 · 19 November 2024" in words
    assert "Personnel: reported losses a day" in words
    for nowhere in ("/milestones/day-0.png", "/milestones/day-99999999.png"):
        assert client.get(nowhere).status_code == 404


def test_an_empty_ledger_has_a_picture_too(client, db):
    cache.clear()
    assert client.get("/losses.png").content.startswith(PNG)
    make_reference()
    assert "No figures in this range." in words_of(client.get("/losses.svg"))


@pytest.mark.parametrize(
    ("page", "picture", "title"),
    [
        ("/", "/losses.png", None),
        ("/?measure=total", "/losses.png?measure=total", None),
        (
            "/losses/?category=tanks&measure=total&year=2024",
            "/losses.png?category=tanks&measure=total",
            "Tanks: reported losses since day 1",
        ),
        ("/losses/tanks/?measure=total", "/losses.png?measure=total&category=tanks", "Tanks"),
        ("/losses/tanks/?version=1", "/losses.png?version=1&category=tanks", "Tanks"),
        ("/reports/2024-11-19/", "/reports/2024-11-19.png", "Report of 19 November 2024"),
        ("/reports/2024-11-19/?version=1", "/reports/2024-11-19.png?version=1", "Report of 19 November 2024"),
        ("/milestones/day-1000/", "/milestones/day-1000.png", "Day 1,000"),
        ("/events/an-event/", "/events/an-event.png", "An event"),
        ("/about/", "/losses.png", None),
    ],
)
def test_a_shared_link_shows_the_picture_of_the_very_page(client, ledger, page, picture, title):
    make_event()
    card = card_of(client.get(page).content.decode())
    assert card["og:image"] == f"http://testserver{picture}"
    assert card["twitter:card"] == "summary_large_image"
    assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")
    assert card["og:url"] == f"http://testserver{page}"
    assert card["og:description"]
    assert card["og:title"] == title if title else card["og:title"]
    assert client.get(picture).content.startswith(PNG)


def test_a_picture_costs_a_fixed_number_of_queries(queries_of, ledger):
    call_command("rebuild_search", verbosity=0)
    assert queries_of("/losses.svg") <= 6
    assert queries_of("/losses.svg?category=personnel&category=tanks") <= 6
    assert queries_of("/reports/2024-11-19.png") <= 6
    assert queries_of("/milestones/day-1000.png") <= 5
