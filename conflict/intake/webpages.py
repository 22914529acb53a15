"""A downloaded page as text that keeps its lines, and what the page states of itself.

HTML from outside is never kept: nh3 parses it as browsers do and leaves a handful of tags without attributes,
and what is left is read for its text. A statement is taken only where it is made in so many words (Open Graph,
JSON-LD, the title element); what is not stated stays empty.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import nh3

from conflict.intake.languages import language_code

LARGEST_PAGE = 2_000_000
"""Bytes; the largest pages of newspapers have under one million."""

MOST_TAGS = 20_000
"""Elements; newspapers' pages have some thousands. Parsing takes time with the square of their depth."""

LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_DATA = 100_000
"""Characters of one JSON-LD element that is read at all."""

_AROUND = frozenset({"header", "footer", "aside", "nav", "form"})
_MAIN = frozenset({"article", "main"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "li", "dl", "dt", "dd", "table", "tr"})
_PARAGRAPHS = frozenset({"p", "div", "section", "blockquote", "pre", "figure", "figcaption", "address", "details"})
_BLOCKS = _AROUND | _MAIN | _HEADINGS | _LISTS | _PARAGRAPHS | {"br", "hr", "summary", "fieldset"}
_CODE = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})
_NO_TEXT = _CODE | {"title", "textarea", "select", "button"}
_KEPT = _BLOCKS | {"td", "th"}

_TAG = re.compile(r"<[A-Za-z]")
_HTML_LANG = re.compile(r"<html\b[^<>]{0,2000}?\blang\s*=\s*[\"']?([A-Za-z0-9_-]{2,12})", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_CHARSET_SENT = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]{4,18}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SEVERAL_LINES = re.compile(r"\n{3,}")


class PageError(ValueError):
    """A download that is no page to read: one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text, and what it states of itself: "" and ``None`` where it does not.

    ``published`` is the day in the time zone that the page itself gives.
    """

    text: str
    title: str = ""
    publisher: str = ""
    language: str = ""  # BCP 47
    published: dt.date | None = None


def read_page(body: bytes, content_type: str = "") -> Page:
    """Read a downloaded page or plain text; raises `PageError` for anything else, or what is too large."""
    kind = content_type.partition(";")[0].strip().lower()
    if len(body) > LARGEST_PAGE:
        raise PageError(f"The page has {len(body):,} bytes; at most {LARGEST_PAGE:,} are read.")
    if kind not in {"", "text/html", "application/xhtml+xml", "text/plain"}:
        raise PageError(f"The address gives {kind[:60]}; only web pages and plain text can be read.")
    text = _decoded(body, content_type)
    if kind == "text/plain" or (not kind and "<" not in text[:2000]):
        return Page(_tidy(text.replace("\r\n", "\n").replace("\r", "\n")))
    return read_html(text)


def read_html(text: str) -> Page:
    """Read the HTML of a page: its text and what it states of itself; raises `PageError` for far too many tags."""
    if text.count("<") > 5 * MOST_TAGS or sum(1 for _tag in _TAG.finditer(text)) > MOST_TAGS:
        raise PageError(f"The page has more than {MOST_TAGS:,} elements: it is no article or bulletin.")
    stated = _stated(text)
    data = _linked_data(stated.scripts)
    language = _HTML_LANG.search(text[:20_000])
    return Page(
        text=text_of_html(text),
        title=_line(stated.meta.get("og:title") or _word(data, "headline") or stated.title, LONGEST_TITLE),
        publisher=_line(stated.meta.get("og:site_name") or _publisher(data), LONGEST_NAME),
        language=language_code(
            (language[1] if language else "") or stated.meta.get("og:locale", "") or _word(data, "inLanguage")
        ),
        published=_day(
            stated.meta.get("article:published_time")
            or stated.meta.get("datepublished")
            or _word(data, "datePublished")
        ),
    )


def text_of_html(text: str) -> str:
    """Reduce HTML to text, a line a paragraph, item, row or break; of the article alone if one is marked."""
    reader = _Lines()
    reader.feed(nh3.clean(text, tags=set(_KEPT), attributes={}, clean_content_tags=set(_NO_TEXT)))
    reader.close()
    return _tidy(reader.text)


def _decoded(body: bytes, content_type: str) -> str:
    sent = _CHARSET_SENT.search(content_type)
    written = _CHARSET.search(body[:4096])
    name = sent[1] if sent else written[1].decode("ascii") if written else "utf-8"
    if body.startswith(b"\xef\xbb\xbf"):
        name = "utf-8-sig"
    try:
        return body.decode(name)
    except LookupError:
        raise PageError(f"The page says that its characters are {name[:30]}, which is not known.") from None
    except UnicodeDecodeError as error:
        raise PageError(
            f"Byte {error.start:,} of the page is not {name[:30]}: it cannot be read as text."
        ) from None


def _tidy(text: str) -> str:
    """Lines without blanks at their ends, at most one empty line between two, no control characters."""
    lines = ("".join(letter for letter in line if letter >= " " or letter == "\t") for line in text.split("\n"))
    return _SEVERAL_LINES.sub("\n\n", "\n".join(line.strip(" \t\xa0") for line in lines)).strip("\n")


class _Lines(HTMLParser):
    """Text of HTML that nh3 has made well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.everything: list[str] = []
        self.main: list[str] = []
        self.within_main = self.around = self.within_pre = 0

    @property
    def text(self) -> str:
        main = "".join(self.main)
        return main if main.strip() else "".join(self.everything)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.within_main += tag in _MAIN
        self.around += tag in _AROUND
        self.within_pre += tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        self.within_main -= tag in _MAIN
        self.around -= tag in _AROUND
        self.within_pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
        self._add(data if self.within_pre else _BLANKS.sub(" ", data))

    def _break(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._add(" ")
        elif tag in _BLOCKS:
            self._add("\n")

    def _add(self, piece: str) -> None:
        if self.around and not self.within_main:
            return
        self.everything.append(piece)
        if self.within_main:
            self.main.append(piece)


# -- What a page states of itself ---------------------------------------------------------------------------


class _Stated(HTMLParser):
    """The meta elements, the title and the JSON-LD of HTML that nh3 has made well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self.title = ""
        self._into = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self.meta.setdefault(name.lower(), values.get("content", ""))  # the first one counts
        elif tag == "title" and not self.title:
            self._into = "title"
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._into = "script"

    def handle_endtag(self, tag: str) -> None:
        self._into = ""

    def handle_data(self, data: str) -> None:
        if self._into == "title":
            self.title += data
        elif self._into == "script" and len(data) <= LONGEST_DATA:
            self.scripts.append(data)


def _stated(text: str) -> _Stated:
    reader = _Stated()
    reader.feed(
        nh3.clean(
            text,
            tags={"meta", "title", "script"},
            attributes={"meta": {"property", "name", "itemprop", "content"}, "script": {"type"}},
            clean_content_tags=set(),  # by default a script's content too
        )
    )
    reader.close()
    return reader


def _linked_data(scripts: list[str]) -> dict[str, Any]:
    """Return the first object of the JSON-LD that has a headline or a date of publication; {} if none has."""
    for script in scripts:
        try:
            read = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for thing in _things(read):
            if "headline" in thing or "datePublished" in thing:
                return thing
    return {}


def _things(read: Any) -> Iterator[dict[str, Any]]:
    for thing in read if isinstance(read, list) else [read]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _word(thing: dict[str, Any], key: str) -> str:
    value = thing.get(key)
    return value if isinstance(value, str) else ""


def _publisher(thing: dict[str, Any]) -> str:
    publisher = thing.get("publisher")
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    return _word(publisher, "name") if isinstance(publisher, dict) else ""


def _line(text: str, longest: int) -> str:
    """One line of text without entities or control characters; "" for one that is too long to be what it says."""
    line = " ".join(_tidy(html.unescape(text)).split())
    return line if len(line) <= longest else ""


def _day(text: str) -> dt.date | None:
    match = _DATE.fullmatch(text.strip())
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
