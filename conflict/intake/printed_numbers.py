"""The numbers that stand in a piece of printed text, read as the reader of bulletins reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conflict.intake.bulletin_tokens import tokenise
from conflict.intake.labels import default_labels

_SIGNS = "+-\u2212\u2012\u2013"


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number with its place in the text, digits or a number word; ``value`` is without its sign."""

    start: int
    end: int
    value: int


def numbers_in(text: str) -> list[PrintedNumber]:
    """Return the exact numbers of a piece of text, in order; what cannot be trusted as a number is none."""
    tokens = tokenise(text, default_labels())
    return [PrintedNumber(token.start, token.end, token.value) for token in tokens if token.kind == "number"]


def places_of(text: str, total: int | None, change: int | None) -> tuple[list[PrintedNumber], bool]:
    """Return where a total and a change stand in a text, and whether everything stated does stand there.

    A number serves once: "1 (+1)" prints both a total and a change of one, "1" prints only one of them.
    """
    numbers = numbers_in(text)
    found: list[PrintedNumber] = []
    whole = True
    for wanted, signed in ((total, False), (change, True)):
        place = next((number for number in numbers if wanted is not None and number.value == abs(wanted)), None)
        if place is not None:
            numbers.remove(place)
            found.append(_with_sign(text, place) if signed else place)
        elif wanted is not None:
            whole = False
    return sorted(found, key=lambda number: number.start), whole


def _with_sign(text: str, number: PrintedNumber) -> PrintedNumber:
    if number.start and text[number.start - 1] in _SIGNS:
        return replace(number, start=number.start - 1)
    return number
