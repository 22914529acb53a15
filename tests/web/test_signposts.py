"""Sitemap, robots, OpenSearch and the repository's own citation: what machines ask a site for."""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from django.test import Client

from conflict.models import Document, Version
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
    make_event()


def addresses(client: Client) -> dict[str, str | None]:
    """Follow the index and return every address with its time."""
    found = {}
    index = ET.fromstring(client.get("/sitemap.xml").content)
    sections = [place.text.removeprefix("http://testserver") for place in index.iter(f"{MAP}loc")]
    assert len(sections) == 6
    for section in sections:
        for url in ET.fromstring(client.get(section).content).iter(f"{MAP}url"):
            found[url.findtext(f"{MAP}loc").removeprefix("http://testserver")] = url.findtext(f"{MAP}lastmod")
    return found


def test_every_address_of_the_sitemap_is_a_page(client: Client, ledger) -> None:
    found = addresses(client)
    for path in found:
        assert client.get(path).status_code == 200, path
    assert {
        "/",
        "/data/",
        "/losses/tanks/",
        "/reports/2024-11-19/",
        "/events/an-event/",
        "/articles/paper/",
    } <= set(found)
    assert Document.objects.get(slug="bulletin") and "/articles/bulletin/" not in found


def test_the_time_is_that_of_the_version_that_changed_the_page_last(client: Client, ledger) -> None:
    found = addresses(client)
    times = {version.number: version.time.date().isoformat() for version in Version.objects.all()}
    assert found["/reports/2024-11-18/"].startswith(times[3])
    assert found["/versions/1/"].startswith(times[1])
    assert found["/events/an-event/"] is None


def test_the_sitemap_costs_the_same_queries_at_any_size(client: Client, ledger, queries_of) -> None:
    paths = ["/sitemap.xml", "/sitemap-reports.xml", "/sitemap-categories.xml", "/sitemap-articles.xml"]
    before = [queries_of(path) for path in paths]
    publish_records(*(make_record(D(2024, 10, day), tanks=9000 + day) for day in range(1, 29)))
    assert [queries_of(path) for path in paths] == before == [7, 1, 2, 1]


def test_an_empty_ledger_has_a_sitemap(client: Client) -> None:
    assert "/about/" in addresses(client)
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_may_read_everything_but_answers_to_forms(client: Client, ledger) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Disallow: /admin/" in lines and "Disallow: /search/" in lines
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


def test_the_repository_says_how_to_cite_the_software() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "software"
    assert {"message", "title", "authors", "abstract"} <= set(cited)
    assert cited["version"] == project["version"] and cited["license"] == project["license"]["text"]
    assert all("name" in author for author in cited["authors"])
