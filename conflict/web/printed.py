"""Pasted bulletins as readers see them: the text as printed, each number marked and leading to its entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conflict.intake.printed_numbers import places_of
from conflict.models import Document, LossEntry, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text. ``name`` is what links to the piece call it, "" where nothing leads to it.

    ``entry`` is the entry that a number was read for; ``None`` for other words.
    """

    text: str
    name: str = ""
    entry: LossEntry | None = None


@dataclass(frozen=True, slots=True)
class PrintedText:
    """The text of one pasted bulletin. ``by_hand`` are entries that say something else than it prints."""

    report: Report
    pieces: tuple[Piece, ...]
    by_hand: tuple[LossEntry, ...]


def printed_texts(reports: Iterable[Report]) -> list[PrintedText]:
    """Return the texts of the bulletins among the reports, each once, marked for the first report read from it."""
    texts, seen = [], set()
    for report in reports:
        document = report.document
        if document.kind == Document.Kind.BULLETIN and document.text and document.pk not in seen:
            seen.add(document.pk)
            texts.append(_printed(report))
    return texts


def anchor(entry: LossEntry | None) -> str:
    """Return the name of the piece of text that an entry was read from, "" where its document's text is not held.

    The offsets must give the entry's own text: a document may have been read again since. No query, where
    the entry was fetched with its report and document.
    """
    if entry is None or entry.start is None or entry.end is None:
        return ""
    document = entry.report.document
    held = document.text if document.kind == Document.Kind.BULLETIN else ""
    if not entry.text or held[entry.start : entry.end] != entry.text:
        return ""
    return f"printed-{entry.report_id}-{entry.category.slug}"


def _printed(report: Report) -> PrintedText:
    text = report.document.text
    entries = report.stated
    placed = sorted((entry for entry in entries if anchor(entry)), key=lambda entry: (entry.start, entry.end))
    pieces: list[Piece] = []
    by_hand = [entry for entry in entries if not anchor(entry) and _states(entry)]
    done = 0
    for entry in placed:
        start, end = entry.start or 0, entry.end or 0
        if start < done:  # two categories read from one piece: the second gets a place to lead to
            pieces.append(Piece("", anchor(entry)))
            continue
        pieces.append(Piece(text[done:start]))
        marked, whole = _marked(entry)
        pieces += marked
        if not whole:
            by_hand.append(entry)
        done = end
    pieces.append(Piece(text[done:]))
    return PrintedText(report, tuple(piece for piece in pieces if piece.text or piece.name), tuple(by_hand))


def _marked(entry: LossEntry) -> tuple[list[Piece], bool]:
    """Cut the piece of an entry at its numbers; only a number that is printed there is marked as the entry's."""
    places, whole = places_of(entry.text, entry.total, entry.change)
    return list(_cut(entry, [(place.start, place.end) for place in places])), whole


def _cut(entry: LossEntry, places: list[tuple[int, int]]) -> Iterator[Piece]:
    text, done = entry.text, 0
    name = anchor(entry)
    if not places:
        yield Piece(text, name)
        return
    for start, end in places:
        yield Piece(text[done:start])
        yield Piece(text[start:end], name, entry)
        name, done = "", end
    yield Piece(text[done:])


def _states(entry: LossEntry) -> bool:
    return entry.total is not None or entry.change is not None
