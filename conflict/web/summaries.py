"""An article's summary with its claims marked where they stand in it: by their words, or by their figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from conflict.analysis.quotations import find_number, find_words
from conflict.models import Article, Claim

_PARAGRAPH = re.compile(r"\n\s*\n")
SMALLEST_FIGURE = 10
"""A smaller number may stand anywhere and mean anything."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some characters of a summary. ``claim`` is the place of a claim in the list, counted from 1; 0 for none."""

    text: str
    claim: int = 0


def summary_of(article: Article, claims: Sequence[Claim]) -> list[list[Passage]]:
    """Return the paragraphs of a summary in the reader's language, cut at the claims that stand in it.

    A claim stands where its own words do; a counted one also where its figure is printed, if that is there once
    and no other claim counts the same. A claim found in neither way is in the list of claims alone.
    """
    text = article.word("text")
    places = _places(text, claims)
    paragraphs, begin = [], 0
    for end, following in [*(match.span() for match in _PARAGRAPH.finditer(text)), (len(text), len(text))]:
        paragraphs.append(list(_cut(text, begin, end, places)))
        begin = following
    return [paragraph for paragraph in paragraphs if any(passage.text.strip() for passage in paragraph)]


def _places(text: str, claims: Sequence[Claim]) -> list[tuple[int, int, int]]:
    counted = Counter(claim.figure for claim in claims)
    kept: list[tuple[int, int, int]] = []
    for number, claim in enumerate(claims, 1):
        span = find_words(text, claim.word("text"))
        figure = claim.figure
        if span is None and figure is not None and figure >= SMALLEST_FIGURE and counted[figure] == 1:
            span = find_number(text, figure)
        if span is not None and all(span[1] <= start or end <= span[0] for start, end, _number in kept):
            kept.append((*span, number))
    return sorted(kept)


def _cut(text: str, begin: int, end: int, places: Sequence[tuple[int, int, int]]) -> list[Passage]:
    passages, done = [], begin
    for start, stop, number in places:
        if begin <= start and stop <= end:
            passages += [Passage(text[done:start]), Passage(text[start:stop], number)]
            done = stop
    return [passage for passage in [*passages, Passage(text[done:end])] if passage.text]
