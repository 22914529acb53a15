"""Sitemap, robots, OpenSearch and the repository's own citation: what machines ask a site for."""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from conflict.models import Actor, Category, Document, Event, Place, Version
from tests.make import D, make_document, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def ledger() -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 17)))
    publish_records(make_record(document=make_document("paper", "article", title="A paper"), tanks=9382))
    publish_records(make_record(D(2024, 11, 18), tanks=9366))
    event = make_event()
    Event.objects.filter(pk=event.pk).update(place=Place.objects.create(slug="odesa", name="Odesa"))
    Actor.objects.create(slug="nato", name="NATO")


def addresses(client: Client) -> dict[str, str | None]:
    """Follow the index and return every address with its time."""
    found = {}
    index = ET.fromstring(client.get("/sitemap.xml").content)
    sections = [place.text.removeprefix("http://testserver") for place in index.iter(f"{MAP}loc")]
    assert len(sections) == 9
    for section in sections:
        for url in ET.fromstring(client.get(section).content).iter(f"{MAP}url"):
            found[url.findtext(f"{MAP}loc").removeprefix("http://testserver")] = url.findtext(f"{MAP}lastmod")
    return found


@pytest.mark.sweep
def test_every_address_of_the_sitemap_is_a_page(client: Client, ledger) -> None:
    found = addresses(client)
    milestones = [path for path in found if "/day-" in path]
    for path in set(found) - set(milestones[2:]):
        assert client.get(path).status_code == 200, path
    assert {
        "/",
        "/uk/",
        "/data/",
        "/map/",
        "/uk/compare/wars/",
        "/places/odesa/",
        "/actors/nato/",
        "/milestones/day-1000/",
        "/losses/tanks/",
        "/losses/tanks/rankings/",
        "/losses/tanks/calendar/",
        "/losses/tanks/years/",
        "/reports/2024-11-19/",
        "/events/an-event/",
        "/articles/paper/",
    } <= set(found)
    assert Document.objects.get(slug="bulletin") and "/articles/bulletin/" not in found


def test_every_page_stands_there_once_in_each_language_and_names_the_others(client: Client, ledger) -> None:
    found = addresses(client)
    english = [path for path in found if not path.startswith("/uk/")]
    assert len(found) == 2 * len(english) == 2 * len({f"/uk{path}" for path in english} & set(found))
    rows = ET.fromstring(client.get("/sitemap-categories.xml").content).findall(f"{MAP}url")
    assert len(rows) == 2 * 4 * Category.objects.count()
    for row in rows:
        links = row.findall("{http://www.w3.org/1999/xhtml}link")
        others = {link.get("hreflang"): link.get("href") for link in links}
        path = row.findtext(f"{MAP}loc").removeprefix("http://testserver").removeprefix("/uk")
        page, ukrainian = f"http://testserver{path}", f"http://testserver/uk{path}"
        assert others == {"en": page, "uk": ukrainian, "x-default": page}


def test_the_time_is_that_of_the_version_that_changed_the_page_last(client: Client, ledger) -> None:
    found = addresses(client)
    times = {version.number: timezone.localdate(version.time).isoformat() for version in Version.objects.all()}
    assert found["/reports/2024-11-18/"].startswith(times[3])
    assert found["/versions/1/"].startswith(times[1])
    assert found["/events/an-event/"] is None


def test_the_sitemap_costs_the_same_queries_at_any_size(client: Client, ledger, queries_of) -> None:
    sections = ("reports", "categories", "articles", "places", "actors", "milestones")
    paths = ["/sitemap.xml", *(f"/sitemap-{section}.xml" for section in sections)]
    before = [queries_of(path) for path in paths]
    publish_records(*(make_record(D(2024, 10, day), tanks=9000 + day) for day in range(1, 29)))
    assert [queries_of(path) for path in paths] == before == [4, 1, 1, 1, 1, 1, 0]


def test_an_empty_ledger_has_a_sitemap(client: Client) -> None:
    assert "/about/" in addresses(client)
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_may_read_everything_but_answers_to_forms(client: Client, ledger) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert {f"Disallow: {path}" for path in ("/admin/", "/uk/admin/", "/search/", "/uk/search/")} <= set(lines)
    assert lines.count("Disallow: /oembed") == 1
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    forbidden = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert not [path for path in addresses(client) if path.startswith(tuple(forbidden))]


def test_a_browser_can_offer_the_search(client: Client, ledger) -> None:
    root = ET.fromstring(client.get("/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    url = next(url for url in root.findall(f"{space}Url") if url.get("type") == "text/html")
    assert url.get("template") == "http://testserver/search/?q={searchTerms}"
    assert len(root.findtext(f"{space}ShortName")) <= 16
    asked = url.get("template").replace("{searchTerms}", "paper").removeprefix("http://testserver")
    assert client.get(asked).status_code == 200
    assert 'rel="search" type="application/opensearchdescription+xml"' in client.get("/").content.decode()


def test_the_search_that_a_ukrainian_page_offers_is_ukrainian(client: Client, ledger) -> None:
    assert 'href="/uk/opensearch.xml"' in client.get("/uk/about/").content.decode()
    root = ET.fromstring(client.get("/uk/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{space}Language") == "uk"
    url = next(url for url in root.findall(f"{space}Url") if url.get("type") == "text/html")
    assert url.get("template") == "http://testserver/uk/search/?q={searchTerms}"


def test_the_repository_says_how_to_cite_the_software() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "software"
    assert {"message", "title", "authors", "abstract"} <= set(cited)
    assert cited["version"] == project["version"] and cited["license"] == project["license"]["text"]
    assert all("name" in author for author in cited["authors"])
