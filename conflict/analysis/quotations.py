"""Whether words stand in a text, and where: without regard to line breaks and to the shape of quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHAPES = {
    **dict.fromkeys("'’‘ʼ`", "['’‘ʼ`]"),
    **dict.fromkeys('"“”„«»', '["“”„«»]'),
    **dict.fromkeys("-‐‑‒–—−", "[-‐‑‒–—−]"),
}


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Return where the words stand in the text for the first time, as offsets; ``None`` if they do not."""
    pieces = words.strip().strip('"“”„«»').split()
    if not pieces:
        return None
    spelled = r"\s+".join("".join(_SHAPES.get(letter, re.escape(letter)) for letter in piece) for piece in pieces)
    match = re.search(rf"(?<!\w){spelled}(?!\w)", text)
    return match.span() if match else None


def find_number(text: str, number: int) -> tuple[int, int] | None:
    """Return where a number stands in the text, as offsets; ``None`` if it does not, or more than once."""
    grouped = rf"{number:,}".replace(",", "[,\u00a0\u2009\u202f ]?")
    found = list(re.finditer(rf"(?<![\w.,]){grouped}(?![\w]|[.,][0-9])", text))
    return found[0].span() if len(found) == 1 else None


def find_each(text: str, passages: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return (start, end, place in the list) of passages that stand in the text, in order, no two in one place."""
    spans = [(span, place) for place, words in enumerate(passages) if (span := find_words(text, words))]
    kept: list[tuple[int, int, int]] = []
    for (start, end), place in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, place))
    return kept
