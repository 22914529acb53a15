"""The words by which the desk reads bulletins: the reader’s own table, and the labels of the categories."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from conflict.intake.labels import Labels, LabelTableError, Row, default_labels
from conflict.models import Category

_BETWEEN_WORDS = re.compile(r"[-/\".]")


def labels_of(categories: Iterable[Category]) -> tuple[Labels, tuple[str, ...]]:
    """Return the table with the labels of these categories laid over it, and the labels that cannot be used.

    A label holds from its category's first to its last day. One that the table knows already adds nothing.
    """
    return _laid_over(tuple(_rows(categories)))


def _rows(categories: Iterable[Category]) -> Iterator[Row]:
    for category in categories:
        since = category.first_day.isoformat() if category.first_day else "-"
        until = category.last_day.isoformat() if category.last_day else "-"
        for language, printed in sorted(category.labels.items()):
            for label in printed:
                yield (category.slug, language, since, until, label)


@functools.lru_cache(maxsize=4)
def _laid_over(rows: tuple[Row, ...]) -> tuple[Labels, tuple[str, ...]]:
    table = default_labels()
    more, faults = [], []
    for row in rows:
        try:
            Labels([row])
        except LabelTableError:
            faults.append(row[4])
            continue
        words = _BETWEEN_WORDS.sub(" ", row[4].lower()).split()
        length, meanings = table.match(words, 0, len(words))
        known = length == len(words) and any(row[0] in _slugs(meaning.what) for meaning in meanings)
        if not known:
            more.append(row)
    return Labels((*table.rows, *more)), tuple(faults)


def _slugs(what: str) -> list[str]:
    return what.replace("+", "|").split("|")
