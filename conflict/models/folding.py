"""Words as search sees them, what a reader may ask for, and the piece of a text that answers. No database.

A word is a run of letters and decimal digits, in lower case and without its accents: "Łódź" is "łodz", "Київ"
is "киів". The query language is words, all of which must occur, the last of them perhaps only begun, and
"quoted phrases", whose words must follow each other. Every other character only parts words from each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_QUERY = 200
"""How many characters a query may have."""

MODIFIER_APOSTROPHE = "\u02bc"  # to Unicode a letter, to readers the apostrophe of об’єкт
PLAIN_CYRILLIC = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in "ЀЁЃЇЌЍЎЙйѐёѓїќѝў"}
"""Letters that Unicode takes apart into a plain letter and an accent, and that SQLite's tokeniser does not."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_RUN = re.compile(rf"(?:[^\W_{MODIFIER_APOSTROPHE}][\u0300-\u036f]*)+")
_QUOTES = '"“”„«»'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)([{_QUOTES}]?)|([^\s{_QUOTES}]+)")


class QueryTooLong(ValueError):
    """A query has more characters than ``LONGEST_QUERY``."""


def fold(text: str) -> str:
    """Return a text in lower case without accents; letters that bear none stay what they are."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text).lower())


def runs_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of a text begins and ends."""
    for run in _RUN.finditer(text):
        start = run.start()
        if not run.group().isascii():
            for place, char in enumerate(run.group(), run.start()):
                # \w also takes ½, ² and Ⅷ, which are neither letters nor decimal digits.
                if not (char.isalpha() or char.isdecimal() or _ACCENTS.match(char)):
                    if start < place:
                        yield start, place
                    start = place + 1
        if start < run.end():
            yield start, run.end()


Piece = tuple[str, bool]
"""A piece of a text, and whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other. ``begun``: of the last one only the beginning is given."""

    words: tuple[str, ...]
    typed: tuple[str, ...]  # the same words as they were typed, for a database that folds for itself
    begun: bool = False

    def found_in(self, words: list[str]) -> Iterator[int]:
        """Yield each place in a text's words at which the phrase begins."""
        length, last = len(self.words), self.words[-1]
        for place in range(len(words) - length + 1):
            end = words[place + length - 1]
            if (end.startswith(last) if self.begun else end == last) and (
                length == 1 or tuple(words[place : place + length - 1]) == self.words[:-1]
            ):
                yield place


def read_query(text: str) -> tuple[Phrase, ...]:
    """Return the phrases that a query asks for, all of which must occur; none where it holds no word.

    A word that signs part into several (2024-11-19) is a phrase. The last word is taken as begun, unless it is
    a single character or stands in a closed quotation. Raises ``QueryTooLong``.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryTooLong(text[:LONGEST_QUERY])
    phrases = []
    for piece in _PIECE.finditer(text):
        quoted, closing, bare = piece.groups()
        chunk = bare if quoted is None else quoted
        typed = tuple(chunk[start:end] for start, end in runs_of(chunk))
        if typed:
            phrases.append((typed, bool(closing)))
    return tuple(
        Phrase(
            words := tuple(fold(word) for word in typed),
            typed,
            begun=number == len(phrases) and not closed and len(words[-1]) > 1,
        )
        for number, (typed, closed) in enumerate(phrases, 1)
    )


def marks(pieces: Iterable[Piece]) -> int:
    """Return in how many pieces something is found."""
    return sum(found for _text, found in pieces)


def mark(text: str, phrases: tuple[Phrase, ...]) -> list[Piece]:
    """Return a text in pieces, each with whether a phrase of the query is found there."""
    return _cut(text, _spans(text, phrases), 0, len(text))


def excerpt(text: str, phrases: tuple[Phrase, ...], *, length: int = 240) -> list[Piece]:
    """Return in pieces, as ``mark`` does, about ``length`` characters of a text around the first place found."""
    spans = _spans(text, phrases)
    start = _word_start(text, max(0, spans[0][0] - length // 3)) if spans else 0
    if len(text) - start < length:
        start = _word_start(text, max(0, len(text) - length))
    start = min(start, spans[0][0]) if spans else start
    end = len(text) if start + length >= len(text) else text.rfind(" ", start, start + length)
    if end <= start:
        end = start + length
    pieces = _cut(text, spans, start, end)
    return [("… ", False)] * (start > 0) + pieces + [(" …", False)] * (end < len(text))


def _word_start(text: str, place: int) -> int:
    if place == 0:
        return 0
    space = text.find(" ", place, place + 40)
    return space + 1 if space >= 0 else place


def _spans(text: str, phrases: tuple[Phrase, ...]) -> list[tuple[int, int]]:
    runs = list(runs_of(text))
    words = [fold(text[start:end]) for start, end in runs]
    found = {
        (runs[place][0], runs[place + len(phrase.words) - 1][1])
        for phrase in phrases
        for place in phrase.found_in(words)
    }
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _cut(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, done = [], start
    for first, last in spans:
        first, last = max(first, done), min(last, end)
        if first < last:
            pieces += [(text[done:first], False), (text[first:last], True)]
            done = last
    return [piece for piece in [*pieces, (text[done:end], False)] if piece[0]]
