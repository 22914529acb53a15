"""A bulletin's text in plain characters, without markup, of the same length as it was printed."""

from __future__ import annotations

import html
import re

# Stand-ins of length one: \x01 markup, \x02 the rest of an HTML entity, \x03 something invisible,
# \x04 a mark that may change the character before it, \x05 a change of writing direction.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("‐‑‒–—―−⸺⸻﹘﹣－", "-"),
        **dict.fromkeys("’ʼ‘′ʹʻ＇´", "'"),
        **dict.fromkeys("«»“”„‟″", '"'),
        **dict.fromkeys("[{（［｛", "("),
        **dict.fromkeys("]}）］｝", ")"),
        **dict.fromkeys("∼≃≅", "≈"),
        **dict.fromkeys("*_~`#\ufe0e\ufe0f", "\x01"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u2061\u2062\u2063\u2064\u034f\u180e", "\x03"),
        **dict.fromkeys("\x00\x01\x02\x03\x04\x05\x06\x07\x08\u200e\u200f\u061c\u20e3\ufffd", "\x04"),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "\x05"),
        **dict.fromkeys("\r\u2028\u2029\x0b\x0c\x85", "\n"),
        "\t": "|",
        "│": "|",
        "¦": "|",
        "，": ",",
        "：": ":",
        "；": ";",
        "＋": "+",
        "➕": "+",
        "İ": "i",
        "ẞ": "ß",
    }
)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]{0,20})(?:[\s/][^<>]{0,1000})?>|<!--[^<>]{0,1000}-->")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset(("td", "th"))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|\bt\.me/)[^\s<>()]{1,2000}"
    r"|[@][A-Za-z0-9_]{3,64}\b|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}"
)
_COMBINED = re.compile(r"(.)([\u0300-\u036f]+)", re.DOTALL)
_COMPOSED = {"и\u0306": "й", "і\u0308": "ї", "е\u0308": "ё", "И\u0306": "й", "І\u0308": "ї", "Е\u0308": "ё"}
_ROUGHLY = re.compile(r"(?<!~)~(?=[ \u00a0]?[0-9])")
_KEYCAP = re.compile(r"(?m)^[ \t]*[0-9]\ufe0f?\u20e3")
_PLAIN[0xE000] = "\x01"
_PLAIN[0xE001] = "\x02"


def normalise(text: str) -> str:
    """The text in lower case and plain characters, of the same length."""
    if "\u20e3" in text:
        text = _KEYCAP.sub(lambda match: " " * len(match[0]), text)
    if "://" in text or "www." in text or "t.me/" in text or "@" in text:
        text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    if "~" in text:
        text = _ROUGHLY.sub("≈", text)
    if "<" in text:
        text = _TAG.sub(_blank_tag, text)
    if "&" in text:
        text = _ENTITY.sub(_plain_entity, text)
    if re.search("[\u0300-\u036f]", text):
        text = _COMBINED.sub(_compose, text)
    return text.translate(_PLAIN).lower()  # only İ becomes longer in lower case, and is an i in the table above


def _blank_tag(match: re.Match[str]) -> str:
    name = (match[1] or "").lower()
    first = "\n" if name in _BLOCKS else "|" if name in _CELLS else "\ue000"
    return first + "\ue000" * (len(match[0]) - 1)


def _plain_entity(match: re.Match[str]) -> str:
    letter = html.unescape(match[0])
    if len(letter) != 1 or letter in "\n\r<>":
        letter = " "
    return letter + "\ue001" * (len(match[0]) - 1)


def _compose(match: re.Match[str]) -> str:
    letter = _COMPOSED.get(match[0][:2])
    if letter:
        return letter + "\u200b" * (len(match[0]) - 1)
    mark = "\u200b" if match[1].isalpha() else "\u200e"
    return match[1] + mark * (len(match[0]) - 1)
