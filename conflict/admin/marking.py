"""A text that was read, line by line, with every number that was taken from it marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from conflict.intake.records import EntryRecord


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line. ``category`` is the slug that the number was read for, "" for other words.

    ``anchor`` is the category's slug at the first of its numbers, where its row leads to.
    """

    text: str
    category: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, counted from 1; ``doubtful`` where the reader had a problem with it."""

    number: int
    pieces: tuple[Piece, ...]
    doubtful: bool


def marked_lines(text: str, entries: Iterable[EntryRecord], *, doubtful: Collection[int] = ()) -> list[Line]:
    """Cut a text into its lines and mark the numbers of the entries; a line ends at a line feed."""
    places = sorted(
        (*place, entry.category)
        for entry in entries
        for place in (entry.total_at, entry.change_at)
        if place is not None
    )
    seen: set[str] = set()
    lines, at, begin = [], 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        end = begin + len(line)
        pieces, done = [], begin
        while at < len(places) and places[at][0] < end:
            start, stop, category = places[at]
            at += 1
            if start < done or stop > end:  # two categories read from one number: it is marked once
                continue
            pieces.append(Piece(text[done:start]))
            pieces.append(Piece(text[start:stop], category, "" if category in seen else category))
            seen.add(category)
            done = stop
        pieces.append(Piece(text[done:end]))
        lines.append(Line(number, tuple(piece for piece in pieces if piece.text), number in doubtful))
        begin = end + 1
    return lines
