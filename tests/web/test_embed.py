"""Frames for other sites: small, without cookies and forms, with their source; no other page may be framed."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from conflict.models import Actor, Event, EventActor, Place
from conflict.web.oembed import _FRAMES
from tests.make import D, make_event, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db
FRAMES = ["/embed/losses/", "/embed/timeline/", "/embed/figure/2024-11-19/tanks/"]


@pytest.fixture
@once
def ledger() -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365, personnel=722000))
    publish_records(make_record(tanks=(9382, 17), personnel=724050))
    make_event("an-event", theme="naval")


def framed(answer) -> bool:
    policy = answer.headers["Content-Security-Policy"]
    anyone = "frame-ancestors *" in policy
    assert anyone or "frame-ancestors 'none'" in policy
    assert anyone == ("X-Frame-Options" not in answer.headers)
    return anyone


@pytest.mark.parametrize("address", FRAMES)
def test_a_frame_may_stand_on_any_site_and_keeps_the_rest_of_the_policy(
    client: Client, ledger, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and framed(answer)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("address", FRAMES)
def test_a_frame_sets_no_cookie_holds_no_form_and_says_where_it_is_from(
    client: Client, ledger, address: str
) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
    assert not re.search(r"<(form|input|button|nav|iframe)\b", page)
    assert "hx-" not in page and "htmx" not in page
    assert "version 2" in page
    assert re.search(r'<a href="/[^"]*" target="_blank" rel="noopener">', page)
    if "timeline" not in address:
        assert "General Staff of Ukraine" in page and 'data-certainty="claimed"' in page


def test_links_of_a_frame_leave_it(client: Client, ledger) -> None:
    for address in FRAMES:
        assert '<base target="_blank">' in client.get(address).content.decode()


def test_a_frame_shows_any_query_of_the_explorer_and_leads_back_to_it(client: Client, ledger) -> None:
    query = "category=tanks&category=personnel&from=2024-11-18&to=2024-11-19&measure=total&scale=log"
    page = client.get(f"/embed/losses/?{query}").content.decode()
    assert "Personnel, Tanks" in page and "data-figure" in page
    assert f'href="/losses/?{query.replace("&", "&amp;")}"' in page


def test_a_frame_of_a_version_shows_what_stood_then_and_may_be_kept(client: Client, ledger) -> None:
    publish_records(make_record(tanks=9383))
    then = client.get("/embed/figure/2024-11-19/tanks/?version=2")
    assert "9,382" in then.content.decode() and "immutable" in then.headers["Cache-Control"]
    now = client.get("/embed/figure/2024-11-19/tanks/")
    assert "9,383" in now.content.decode() and "changed" in now.content.decode()
    again = client.get("/embed/figure/2024-11-19/tanks/", headers={"if-none-match": now.headers["ETag"]})
    assert again.status_code == 304 and framed(again)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/embed/losses/?category=ships", 400, "“ships” is not a category"),
        ("/embed/losses/?from=yesterday", 400, "is not a day of the calendar"),
        ("/embed/losses/?version=99", 404, "There is no version 99"),
        ("/embed/timeline/?theme=x", 400, "Theme: “x” is not a theme of the timeline."),
        ("/embed/timeline/?actor=nobody", 400, "knows no actor “nobody”"),
        ("/embed/timeline/?place=x%00", 400, "knows no place"),
        ("/embed/timeline/?from=2024-11-19&to=2024-11-18", 400, "lies before the first"),
        ("/embed/figure/2024-11-19/ships/", 404, "no such category"),
        ("/embed/figure/2023-11-19/tanks/", 404, "no report of this day"),
    ],
)
def test_what_cannot_be_shown_is_said_inside_the_frame(client: Client, ledger, address, status, words) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == status and framed(answer)
    assert words in page and "<nav" not in page and "<form" not in page


def test_a_category_that_is_not_stated_is_not_zero(client: Client, ledger) -> None:
    page = client.get("/embed/figure/2024-11-19/submarines/").content.decode()
    assert "not stated" in page and "Not stated is not zero" in page


def test_the_timeline_in_a_frame_is_narrowed_to_a_theme(client: Client, ledger) -> None:
    make_event("at-the-front", title="At the front")
    page = client.get("/embed/timeline/?theme=naval").content.decode()
    assert "An event" in page and "At the front" not in page and 'href="/timeline/?theme=naval"' in page


NARROWED = [
    ("theme=naval", {"an-event"}),
    ("theme=naval&theme=front", {"an-event", "at-the-front"}),
    ("certainty=disputed", {"at-the-front"}),
    ("actor=nato", {"at-the-front"}),
    ("place=odesa", {"an-event"}),
    ("q=front", {"at-the-front"}),
    ("from=2024-11-01&to=2024-11-30", {"an-event"}),
    ("month=2024-10", {"at-the-front"}),
    ("theme=naval&event=an-event", {"an-event"}),
    ("on=10-02", {"at-the-front"}),
    ("theme=chemical", set()),
]


@pytest.fixture
def events(ledger) -> None:
    make_event("at-the-front", title="At the front", date=D(2024, 10, 2), certainty="disputed")
    place = Place.objects.create(slug="odesa", name="Odesa")
    Event.objects.filter(slug="an-event").update(place=place, date=D(2024, 11, 5))
    nato = Actor.objects.create(slug="nato", name="NATO")
    EventActor.objects.create(event=Event.objects.get(slug="at-the-front"), actor=nato)


@pytest.mark.parametrize(("query", "slugs"), NARROWED)
def test_frame_api_and_timeline_show_the_same_events_for_the_same_query(
    client: Client, events, query: str, slugs: set[str]
) -> None:
    answer = client.get(f"/embed/timeline/?{query}")
    assert {event.slug for event in answer.context["events"]} == slugs
    assert {event["slug"] for event in client.get(f"/api/v1/events?{query}").json()} == slugs
    assert client.get(f"/timeline/?{query}").context["found"] == len(slugs)
    page = answer.content.decode()
    assert f'href="/timeline/?{query.replace("&", "&amp;")}"' in page
    assert ("No event answers all of this." in page) == (not slugs)


@pytest.mark.parametrize(("query", "slugs"), NARROWED)
def test_oembed_of_a_narrowed_timeline_is_its_frame(client: Client, events, query: str, slugs: set[str]) -> None:
    said = ask(client, f"http://testserver/timeline/?{query}").json()
    assert f'src="http://testserver/embed/timeline/?{query.replace("&", "&amp;")}"' in said["html"]
    assert said["title"].startswith("Timeline: ")


def test_a_narrowed_timeline_costs_a_query_for_each_thing_that_is_named(
    client: Client, events, queries_of
) -> None:
    costs = {
        "theme=naval&certainty=reported&from=2024-01-01": 2,
        "actor=nato": 3,
        "place=odesa": 3,
        "event=an-event": 3,
    }
    for number in range(40):
        make_event(f"event-{number}")
    assert {query: queries_of(f"/embed/timeline/?{query}") for query in costs} == costs
    # Around the search for words PostgreSQL is told, in a transaction of its own, to use its index.
    told = 3 if connection.vendor == "postgresql" else 0
    assert queries_of("/embed/timeline/?actor=nato&place=odesa&event=an-event&q=event") - told <= 7


def test_frames_cost_the_same_queries_at_any_size(client: Client, ledger, queries_of) -> None:
    before = [queries_of(address) for address in FRAMES]
    publish_records(*(make_record(D(2024, 10, day), tanks=9000 + day) for day in range(1, 29)))
    for number in range(40):
        make_event(f"event-{number}")
    assert [queries_of(address) for address in FRAMES] == before == [6, 2, 5]


def test_a_frame_is_smaller_than_30_kb_before_plotly(client: Client, demo: None) -> None:
    """The page with gzip, its styles and scripts with brotli, as the site sends them."""
    busiest = "category=personnel&category=tanks&category=artillery&category=mlrs&category=uav&category=vehicles"
    known = {"/embed/losses/?" + "&".join(part for part in busiest.split("&") if _known(part))}
    for address in [*FRAMES, *known]:
        answer = client.get(address)
        page = answer.content
        size = len(gzip.compress(page))
        for name in set(re.findall(rb'(?:href|src)="/static/([^"]+)"', page)):
            size += len(brotli.compress(Path(finders.find(name.decode())).read_bytes()))
        assert size < 30_000, (address, size)


def _known(part: str) -> bool:
    from conflict.models import Category

    return Category.objects.filter(slug=part.removeprefix("category=")).exists()


# -- No other page ------------------------------------------------------------------------------------------

EXAMPLES = {
    "slug": "tanks",
    "date": D(2024, 11, 19),
    "month": D(2024, 11, 1),
    "number": 1,
    "section": "pages",
    "category": "tanks",
    "form": "svg",
}


def every_address(patterns=None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            found += every_address(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            found.append((prefix + str(pattern.pattern), pattern))
    return found


@pytest.mark.sweep
def test_every_other_address_refuses_to_be_framed(client: Client, ledger, settings, tmp_path) -> None:
    """Every route of the site, filled in; what it answers does not matter, only that nobody may frame it."""
    settings.PACKAGE_DIR = tmp_path
    allowed, refusing = [], 0
    for route, pattern in every_address():
        path = re.sub(r"\^|\$|\\Z|\.\*|\(\?P<\w+>[^)]*\)", "1", route) if "^" in route else route
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(EXAMPLES.get(part[1], "x")), path)
        answer = client.get("/" + path.replace("2024-11-01", "2024-11"))
        if framed(answer):
            allowed.append(route)
            assert pattern.callback.may_be_framed
        else:
            refusing += 1
    assert sorted(allowed) == [
        "embed/figure/<date:date>/<slug:slug>/",
        "embed/losses/",
        "embed/timeline/",
    ]
    assert refusing > 40


# -- oEmbed -------------------------------------------------------------------------------------------------


def ask(client: Client, url: str, **parameters: str):
    return client.get("/oembed", {"url": url, **parameters})


@pytest.mark.parametrize(
    ("page", "frame"),
    [
        ("/losses/?category=tanks&measure=total", "/embed/losses/?category=tanks&measure=total"),
        ("/losses/", "/embed/losses/"),
        ("/losses/tanks/", "/embed/losses/?category=tanks"),
        ("/timeline/?theme=naval", "/embed/timeline/?theme=naval"),
        ("/reports/2024-11-19/tanks/?version=2", "/embed/figure/2024-11-19/tanks/?version=2"),
        ("/embed/losses/?category=tanks", "/embed/losses/?category=tanks"),
    ],
)
def test_oembed_gives_the_frame_of_a_page(client: Client, ledger, page: str, frame: str) -> None:
    said = ask(client, f"http://testserver{page}").json()
    assert said["version"] == "1.0" and said["type"] == "rich" and said["title"]
    source = re.search(r'src="([^"]+)"', said["html"])[1].replace("&amp;", "&")
    assert source == f"http://testserver{frame}"
    assert client.get(source.removeprefix("http://testserver")).status_code == 200
    assert f'width="{said["width"]}" height="{said["height"]}"' in said["html"]


def test_oembed_as_xml_says_the_same(client: Client, ledger) -> None:
    url = "http://testserver/losses/?category=tanks&category=personnel"
    answer = ask(client, url, format="xml")
    assert answer.headers["Content-Type"].startswith("text/xml")
    said = {part.tag: part.text for part in ET.fromstring(answer.content)}
    assert said == {name: str(value) for name, value in ask(client, url).json().items()}


def test_oembed_keeps_within_the_bounds_that_are_asked(client: Client, ledger) -> None:
    said = ask(client, "http://testserver/losses/", maxwidth="320", maxheight="200").json()
    assert (said["width"], said["height"]) == (320, 200)
    said = ask(client, "http://testserver/losses/", maxwidth="9000").json()
    assert said["width"] == 760


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"url": "http://testserver/losses/", "format": "yaml"}, 501),
        ({"url": "http://elsewhere.example/losses/"}, 404),
        ({"url": "http://testserver.elsewhere.example/losses/"}, 404),
        ({"url": "http://testserver@elsewhere.example/losses/"}, 404),
        ({"url": "javascript:alert(1)//testserver/losses/"}, 404),
        ({"url": "//testserver/losses/"}, 404),
        ({"url": "http://[::1/losses/"}, 404),
        ({"url": "http://testserver/about/"}, 404),
        ({"url": "http://testserver/nothing/"}, 404),
        ({"url": "http://testserver/losses/?category=ships"}, 404),
        ({"url": "http://testserver/losses/ships/"}, 404),
        ({"url": "http://testserver/timeline/?theme=x"}, 404),
        ({"url": "http://testserver/reports/2024-11-19/ships/"}, 404),
        ({"url": "http://testserver/reports/2024-02-30/tanks/"}, 404),
        ({}, 400),
        ({"url": "http://testserver/losses/", "maxwidth": "wide"}, 400),
        ({"url": "http://testserver/losses/", "maxheight": "0"}, 400),
    ],
)
def test_oembed_refuses_what_it_cannot_show(client: Client, ledger, parameters, status) -> None:
    answer = client.get("/oembed", parameters)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("page", "frame"),
    [
        ("/uk/losses/?category=tanks", "/uk/embed/losses/?category=tanks"),
        ("/uk/losses/tanks/", "/uk/embed/losses/?category=tanks"),
        ("/uk/timeline/?theme=naval", "/uk/embed/timeline/?theme=naval"),
        ("/uk/reports/2024-11-19/tanks/", "/uk/embed/figure/2024-11-19/tanks/"),
        ("/uk/embed/losses/", "/uk/embed/losses/"),
    ],
)
def test_oembed_answers_in_the_language_of_the_address(client: Client, ledger, page: str, frame: str) -> None:
    said = ask(client, f"http://testserver{page}").json()
    assert f'src="http://testserver{frame}"' in said["html"]
    shown = client.get(frame)
    assert shown.status_code == 200 and framed(shown) and '<html lang="uk"' in shown.content.decode()
    english = ask(client, f"http://testserver{page.removeprefix('/uk')}").json()
    assert 'src="http://testserver/embed/' in english["html"]
    assert ask(client, "http://testserver/de/losses/").status_code == 404


@pytest.mark.parametrize("language", ["", "/uk"])
def test_a_page_offers_the_frame_of_its_own_language(client: Client, ledger, language: str) -> None:
    page = client.get(f"{language}/losses/?category=tanks").content.decode()
    assert f'src="http://testserver{language}/embed/losses/?category=tanks"' in unescape(page)
    (address,) = re.findall(r'type="application/json\+oembed"[^>]* href="([^"]+)"', page)
    said = client.get(unescape(address).removeprefix("http://testserver")).json()
    assert f'src="http://testserver{language}/embed/losses/?category=tanks"' in said["html"]


def test_a_query_in_a_frame_is_escaped(client: Client, ledger) -> None:
    said = ask(client, 'http://testserver/losses/?category=tanks&x="><script>alert(1)</script>').json()
    assert "<script" not in said["html"] and said["html"].count('"') == 12


@pytest.mark.parametrize(
    "page", ["/losses/?category=tanks", "/losses/tanks/", "/timeline/", "/reports/2024-11-19/tanks/"]
)
def test_a_page_that_a_frame_shows_says_where_oembed_tells_of_it(client: Client, ledger, page: str) -> None:
    head = client.get(page).content.decode()
    links = re.findall(r'<link rel="alternate" type="([a-z/+]+oembed)" title="[^"]+" href="([^"]+)">', head)
    assert [kind for kind, _ in links] == ["application/json+oembed", "text/xml+oembed"]
    address = links[0][1].replace("&amp;", "&").removeprefix("http://testserver")
    assert json.loads(client.get(address).content)["type"] == "rich"


def test_a_page_without_a_frame_names_none(client: Client, ledger) -> None:
    assert "oembed" not in client.get("/about/").content.decode()
    assert set(_FRAMES) >= {"losses", "category", "timeline", "figure"}


def test_a_frame_shows_a_panel_for_each_category_too(client: Client, ledger) -> None:
    page = client.get("/embed/losses/?category=tanks&category=personnel&panels=1").content.decode()
    assert page.count("data-figure") == 2 and not re.search(r"<(form|input|button)\b", page)


def test_a_frame_since_an_event_leads_to_the_day_of_it(client: Client, ledger) -> None:
    make_event("begun", title="It began", short_title="Begun", date=D(2024, 11, 18))
    answer = client.get("/embed/losses/?category=tanks&since=begun")
    assert answer.status_code == 302 and framed(answer)
    assert answer.headers["Location"].startswith("/embed/losses/?") and "2024-11-18" in answer.headers["Location"]
