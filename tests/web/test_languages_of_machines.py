"""What leaves a page (pictures, feeds, kept answers, JSON-LD, the package) keeps to the page's language."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from conflict.models import Document
from conflict.package.writing import write_folder
from conflict.web import kept
from conflict.web.context import conflict_name
from tests.make import D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGES = {"en": "", "uk": "/uk"}
CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)


@pytest.fixture
def ledger() -> None:
    cache.clear()
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365, personnel=722000))
    publish_records(make_record(tanks=(9382, 17), personnel=724050))
    publish_records(make_record(D(2024, 11, 18), tanks=9366))
    make_event()


def test_a_picture_is_in_the_language_of_its_address_and_kept_apart(client: Client, ledger) -> None:
    words = {
        path: client.get(f"{path}?category=tanks").content.decode() for path in ("/losses.svg", "/uk/losses.svg")
    }
    assert not CYRILLIC.search(words["/losses.svg"])
    assert CYRILLIC.search(words["/uk/losses.svg"])
    english, ukrainian = (client.get(f"{path}?category=tanks") for path in ("/losses.png", "/uk/losses.png"))
    assert english.content != ukrainian.content and english["ETag"] != ukrainian["ETag"]
    assert client.get("/losses.png?category=tanks").content == english.content
    known = {"if-none-match": english["ETag"]}
    again = client.get("/uk/losses.png?category=tanks", headers=known)
    assert again.status_code == 200 and again.content == ukrainian.content


def test_a_page_shares_the_picture_of_its_own_language(client: Client, ledger) -> None:
    page = client.get("/uk/losses/?category=tanks").content.decode()
    assert re.search(r'property="og:image" content="http://testserver/uk/losses\.png\?', page)


@pytest.mark.parametrize("query", ["category=tanks", "category=tanks&version=1"])
def test_a_kept_page_is_never_given_in_another_language(client: Client, ledger, query: str) -> None:
    pages = {path: client.get(f"{path}?{query}") for path in ("/losses/", "/uk/losses/")}
    assert pages["/losses/"]["ETag"] != pages["/uk/losses/"]["ETag"]
    for path, first in pages.items():
        again = client.get(f"{path}?{query}")
        assert again.content == first.content
        assert f'<html lang="{"uk" if "uk" in path else "en"}"' in again.content.decode()
        etag = first["ETag"]
        assert client.get(f"{path}?{query}", headers={"if-none-match": etag}).status_code == 304
        other = next(p for p in pages if p != path)
        assert client.get(f"{other}?{query}", headers={"if-none-match": etag}).status_code == 200


def test_a_new_translation_is_a_new_release(settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    before = kept.release.__wrapped__()
    (tmp_path / "django.mo").write_bytes(b"")
    os.utime(tmp_path / "django.mo", ns=(2**62, 2**62))
    assert kept.release.__wrapped__() != before


@pytest.mark.parametrize("path", ["/feeds/reports.atom", "/feeds/corrections.atom", "/timeline/feed.atom"])
def test_a_feed_says_its_language_and_is_another_feed_in_each(client: Client, ledger, path: str) -> None:
    feeds = {code: ET.fromstring(client.get(f"{prefix}{path}").content) for code, prefix in LANGUAGES.items()}
    for code, feed in feeds.items():
        assert feed.get(XML_LANG) == code
        assert all(f"http://testserver{LANGUAGES[code]}/" in link.get("href") for link in feed.iter(f"{ATOM}link"))
    english, ukrainian = ({one.text for one in feed.iter(f"{ATOM}id")} for feed in feeds.values())
    assert len(english) == len(ukrainian) > 1 and not english & ukrainian


def test_the_ids_of_a_feed_are_those_of_before_in_the_first_language(client: Client, ledger) -> None:
    ids = [one.text for one in ET.fromstring(client.get("/feeds/reports.atom").content).iter(f"{ATOM}id")]
    assert all(re.match(r"tag:[^,]+,2022:(reports$|report/)", one) for one in ids)


@pytest.mark.parametrize("code", LANGUAGES)
def test_json_ld_says_the_language_of_the_page(client: Client, ledger, code: str) -> None:
    Document.objects.create(slug="paper", kind="article", title="A paper", language="de")
    page = client.get(f"{LANGUAGES[code]}/articles/paper/").content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    nodes = {node["@type"]: node for node in json.loads(script)["@graph"]}
    assert nodes["WebSite"]["inLanguage"] == nodes["WebPage"]["inLanguage"] == code
    assert nodes["WebPage"]["about"]["inLanguage"] == "de"
    assert nodes["WebSite"]["url"] == f"http://testserver{LANGUAGES[code]}/"
    with override(code):
        assert nodes["WebSite"]["about"] == conflict_name()


def test_the_package_is_the_same_bytes_whoever_asks(ledger, tmp_path: Path) -> None:
    write_folder(tmp_path / "en")
    with override("uk"):
        write_folder(tmp_path / "uk")
    for path in (tmp_path / "en").iterdir():
        assert path.read_bytes() == (tmp_path / "uk" / path.name).read_bytes(), path.name


def test_a_frame_leads_to_the_page_of_its_language(client: Client, ledger) -> None:
    page = client.get("/uk/embed/timeline/").content.decode()
    assert 'rel="canonical" href="http://testserver/uk/timeline/"' in page
    fault = client.get("/uk/embed/timeline/?theme=x").content.decode()
    assert 'href="/uk/"' in fault
