"""What reading a document gave, before it is stored.

Frozen dataclasses without a database: intake makes them, the ledger stores them.
``None`` means "not stated" everywhere in this module and is never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LARGEST = 10**9
"""A printed number above this is refused: no category of any war comes near it."""

QUALIFIERS = ("", "about", "more-than", "at-least")
"""How sure a document is of a number; ``""`` when it prints the number alone."""


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One category's figure as one document states it.

    ``total`` is cumulative, ``change`` is the change as printed (it may be negative). ``text`` is the exact
    piece of the document that both were read from; ``start`` and ``end`` are its offsets in that text
    (``text == document[start:end]``), ``None`` for documents that are not prose. ``total_at`` and ``change_at``
    are the offsets of the two numbers alone, ``None`` where a number is not stated or the document is not prose.
    """

    category: str
    total: int | None
    change: int | None = None
    qualifier: str = ""
    text: str = ""
    start: int | None = None
    end: int | None = None
    total_at: tuple[int, int] | None = None
    change_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a document that could not be read with certainty. ``line`` counts from 1."""

    line: int
    text: str
    reason: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class BulletinRecord:
    """One daily loss report, as read from its printed text, entries in the order in which they are printed.

    ``date`` is the day of issue, ``None`` if it was neither given nor found in the text.
    """

    date: dt.date | None
    entries: tuple[EntryRecord, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """Where we read something. ``slug`` is the identity: the same slug read again is the same document."""

    slug: str
    kind: str  # "article", "bulletin" or "dataset"
    title: str = ""
    url: str = ""
    publisher: str = ""
    language: str = ""  # BCP 47, "" when it has none (a dataset)
    published: dt.date | None = None
    retrieved: dt.date | None = None
    sha256: str = ""  # of the bytes read, hexadecimal
    text: str = ""  # of a bulletin: as printed
    licence: str = ""
    title_is_printed: bool = True


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What one source stated about one party's losses as of one date, read from one document.

    ``source`` and ``party`` are slugs. ``cited_url`` is the address that the document itself gives for this
    day. ``remarks`` is what it states beside figures, by the document's own keys.
    """

    source: str
    party: str
    date: dt.date
    document: DocumentRecord
    entries: tuple[EntryRecord, ...]
    cited_url: str = ""
    remarks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class DatasetRecord:
    """A whole dataset: its reports in order of date, and what was noticed, in words.

    ``skipped`` has one text for each day that gave no report: the day, and why.
    """

    document: DocumentRecord
    reports: tuple[ReportRecord, ...]
    warnings: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """By how much a category's total was corrected on a date beyond that day's losses; never 0."""

    date: dt.date
    category: str
    difference: int


@dataclass(frozen=True, slots=True)
class ModelCountRecord:
    """How many of one model a report counts under ``category`` (a slug), by the words of its document.

    ``group`` is the document's own category. The totals of a category's models add up to its entry's total.
    """

    category: str
    group: str
    model: str
    manufacturer: str
    total: int
