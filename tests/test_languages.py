"""The languages of the site: complete catalogues, addresses, and pages that keep to one language."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from tests.browser.screenshots import EXAMPLES, PAGES

ROOT = Path(settings.BASE_DIR)
OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue(code: str) -> Catalog:
    with (ROOT / "locale" / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=code)


# -- Catalogues ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", OTHERS)
def test_catalogue_translates_every_text_in_every_plural_form(code: str) -> None:
    missing = [
        message.id
        for message in catalogue(code)
        if message.id and (message.fuzzy or not all(message.string if message.pluralizable else [message.string]))
    ]
    assert not missing


@pytest.mark.parametrize("code", OTHERS)
def test_translations_keep_the_places_of_what_is_filled_in(code: str) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>", text))

    changed = []
    for message in catalogue(code):
        if not message.id:
            continue
        if not message.pluralizable:
            if places(message.id) != places(message.string):
                changed.append(message.id)
            continue
        # A form for one thing may say it in words instead of the number.
        allowed, least = places(message.id[1]), places(message.id[0])
        changed += [
            message.id[0]
            for form in message.string
            if not least <= places(form) | {"%(count)d"} <= allowed | least | {"%(count)d"}
        ]
    assert not changed


def test_catalogue_holds_every_text_of_the_code(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        if os.environ.get("REQUIRE_GETTEXT") == "1":
            pytest.fail("REQUIRE_GETTEXT is set, and gettext is not installed.")
        pytest.skip("gettext is not installed.")
    for name in ("conflict", "templates", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--all",
        "--no-location",
        "--no-obsolete",
        "--verbosity=0",
    ]
    environment = {**os.environ, "SECRET_KEY": "messages", "DJANGO_SETTINGS_MODULE": "conflict.settings"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    for code in OTHERS:
        with (tmp_path / "locale" / code / "LC_MESSAGES" / "django.po").open("rb") as file:
            gathered = {message.id for message in read_po(file, locale=code)}
        held = {message.id for message in catalogue(code)}
        assert gathered - held == set(), "make messages, and translate what is new"
        assert held - gathered == set(), "make messages"


# -- Addresses ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_language_of_a_page_stands_in_its_address_alone(client: Client) -> None:
    english = client.get("/about/", headers={"accept-language": "uk"})
    ukrainian = client.get("/uk/about/", headers={"accept-language": "en"})
    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="uk"' in ukrainian.content.decode()


@pytest.mark.django_db
def test_switch_of_language_keeps_page_and_query(client: Client) -> None:
    page = client.get("/search/?q=odesa&type=event").content.decode()
    assert 'href="/uk/search/?q=odesa&amp;type=event"' in page
    back = client.get("/uk/search/?q=odesa&type=event").content.decode()
    assert 'href="/search/?q=odesa&amp;type=event"' in back


@pytest.mark.django_db
def test_page_names_its_translations_for_search_engines(client: Client) -> None:
    page = client.get("/uk/about/").content.decode()
    assert '<link rel="alternate" hreflang="en" href="http://testserver/about/">' in page
    assert '<link rel="alternate" hreflang="uk" href="http://testserver/uk/about/">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/about/">' in page


@pytest.mark.django_db
def test_links_of_a_page_stay_in_its_language(client: Client) -> None:
    page = client.get("/uk/about/").content.decode()
    inner = {a for a in re.findall(r'<a [^>]*?href="(/[^"#?]*)', page) if not a.startswith("/static/")}
    # Only the switch of language leads to the other.
    assert {a for a in inner if not a.startswith("/uk/")} == {"/about/"}


@pytest.mark.django_db
def test_errors_speak_the_language_of_their_address(client: Client) -> None:
    assert '<html lang="uk"' in client.get("/uk/no-such-page/").content.decode()
    assert '<html lang="uk"' in client.get("/uk/reports/2024-02-30/").content.decode()


# -- One language a page ------------------------------------------------------------------------------------

SKIPPED = {"script", "style", "template", "code", "textarea"}
# Newspapers, agencies and sites keep their own names in a Ukrainian text.
PUBLISHERS = (
    r"\b(?:Arkansas Democrat-Gazette|Axios|Bloomberg|CNBC-TV18|Cash|Channels TV|Common Dreams|Correlates of War|"
    r"Daily Sabah|Euromaidan Press|Graphic News|India TV|Kyiv Independent|Malay Mail|MarketScreener|Mint|NK News|"
    r"NY Morning|Naval News|Newsweek|Novinite|Ogres Zinas|Pakistan Times|Politico|Proto Thema|Radio Dalsan|"
    r"ReliefWeb|Shine|Tag24|"
    r"The Atlantic|The Defense Post|The Independent|The Insider|The Irish News|The Jerusalem Post|"
    r"The Moscow Times|The Sun Malaysia|Turkish Minute|UrduPoint|Vietnam\.vn|WP Tech|upday)\b"
)
# Proper names: of products, formats, whoever has no other name in Ukrainian; and the word that is searched for.
WORDS_OF_NO_LANGUAGE = re.compile(
    rf"{PUBLISHERS}|"
    r"Conflict Ledger|CSV|JSON|PNG|SVG|API|URL|HTML|SHA-256|MIT|BSD-3-Clause|BSD|CC0|Atom|iCalendar|RSS|Plotly|"
    r"PostgreSQL|Oryx|OpenAPI|Frictionless Data Package|Croissant|README|\.ics\b|"
    r"Creative Commons Attribution 4\.0|Python|pandas|Polars|Excel|Google|curl|oEmbed|BCP 47|UTC|WGS 84|"
    r"Natural Earth|2022 Ukraine Russia War Dataset|Orc Losses|Petro Ivaniuk|Lod Softworks LLC|\bodesa\b|"
    r"RFC|CORS|UTF-8|GET|HEAD|OPTIONS|Retry-After|«errors»|"  # of the API
    r"ATACMS|Storm Shadow|Taurus|Leopard 2|Abrams|Helsing|"
    r"Amnesty International|Human Rights Watch|Defense Express|Reuters|BBC|AFP|CNN|WAM|KTBB|JURIST|Wikipedia|"
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?|https?://\S+|\bN\b"
)


class Texts(HTMLParser):
    """The texts that a reader or a screen reader meets on a page, but those marked as of another language."""

    SAID = ("aria-label", "title", "alt", "placeholder")

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.stack, self.found = language, [], []

    def foreign(self) -> bool:
        return any(tag in SKIPPED or lang not in (None, self.language) for tag, lang in self.stack)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag not in VOID:
            self.stack.append((tag, held.get("lang")))
        if not self.foreign() and held.get("lang") in (None, self.language):
            self.found += [held[name] for name in self.SAID if held.get(name)]

    def handle_startendtag(self, tag, attrs):
        held = dict(attrs)
        if not self.foreign():
            self.found += [held[name] for name in self.SAID if held.get(name)]

    def handle_endtag(self, tag):
        while self.stack:
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data):
        if data.strip() and not self.foreign():
            self.found.append(data.strip())


VOID = {"meta", "link", "br", "img", "input", "hr", "wbr", "source", "track", "col", "area", "base", "embed"}


def texts(page: str, language: str) -> list[str]:
    reader = Texts(language)
    reader.feed(page)
    return reader.found


def pages() -> list[str]:
    return [path.format(**EXAMPLES) for path in PAGES.values()]


@pytest.mark.sweep
def test_no_ukrainian_page_mixes_in_english(client: Client, demo: None) -> None:
    mixed = {}
    for path in pages():
        page = client.get(f"/uk{path}").content.decode()
        english = [t for t in texts(page, "uk") if re.search(r"[A-Za-z]{3,}", WORDS_OF_NO_LANGUAGE.sub("", t))]
        if english:
            mixed[path] = english[:8]
    assert not mixed


@pytest.mark.sweep
def test_no_english_page_mixes_in_ukrainian(client: Client, demo: None) -> None:
    mixed = {}
    for path in pages():
        page = client.get(path).content.decode()
        if found := [t for t in texts(page, "en") if re.search(r"[\u0400-\u04ff]{3,}", t)]:
            mixed[path] = found[:8]
    assert not mixed


@pytest.fixture
def pseudo(tmp_path: Path, settings) -> None:
    """Translate every text to itself in brackets and half as long again, under the code of Ukrainian."""
    made = Catalog(locale="uk")
    for message in catalogue("uk"):
        if message.id:
            made[message.id] = Message(message.id, _stretched(message), context=message.context)
    folder = tmp_path / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, made)
    settings.LOCALE_PATHS = [tmp_path]
    yield


def _stretched(message: Message) -> str | tuple[str, ...]:
    def stretch(text: str) -> str:
        return f"⟦{text}{'~' * (len(text) // 2)}⟧"

    if message.pluralizable:
        return tuple(stretch(message.id[1]) for _ in message.string)
    return stretch(message.id)


@pytest.mark.sweep
def test_every_text_of_the_interface_goes_through_the_catalogue(client: Client, demo: None, pseudo: None) -> None:
    with override("uk"):
        pass
    bare = {}
    for path in pages():
        page = client.get(f"/uk{path}").content.decode()
        whole = re.sub(r"<(script|style|template)\b.*?</\1>", "", page, flags=re.S)
        outside = _outside_brackets(whole)
        english = [t for t in texts(outside, "uk") if re.search(r"[A-Za-z]{3,}", WORDS_OF_NO_LANGUAGE.sub("", t))]
        if english:
            bare[path] = english[:8]
    assert not bare


def _outside_brackets(page: str) -> str:
    """Take away what stands in ⟦ ⟧, however deep."""
    kept, depth = [], 0
    for piece in re.split(r"([⟦⟧])", page):
        if piece == "⟦":
            depth += 1
        elif piece == "⟧":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(piece)
        else:
            kept.append("".join(re.findall(r"<[^>]+>", piece)))
    return "".join(kept)
