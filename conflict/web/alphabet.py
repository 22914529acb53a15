"""Rows by their names in the reader's language, as its alphabet goes and not as the codes of letters do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from django.utils.formats import get_format

from conflict.models.sources import Translated

Row = TypeVar("Row", bound=Translated)


def by_name(rows: Iterable[Row]) -> list[Row]:
    """Return the rows in the order of the names that the reader sees."""
    return sorted(rows, key=lambda row: place_in_alphabet(row.word("name")))


def place_in_alphabet(name: str) -> tuple[tuple[int, int], ...]:
    """Return what names are sorted by: the letters of the active language, its own before any others.

    Case, quotation marks and spaces do not count. A letter with an accent that the alphabet does not hold
    stands where the letter without it does. The alphabet is ``ALPHABET`` of conflict/formats.
    """
    places = {letter: place for place, letter in enumerate(get_format("ALPHABET"))}
    found = []
    for letter in name.casefold():
        known = letter if letter in places else unicodedata.normalize("NFD", letter)[0]
        if known in places:
            found.append((0, places[known]))
        elif known.isalnum():
            found.append((1, ord(known)))
    return tuple(found)
