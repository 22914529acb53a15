"""What a table of the package is: its columns, what each means, what it may hold, and what it refers to.

One description serves the writer, the reader and the metadata (Frictionless, Croissant), so that they cannot
disagree. ``tests/package/test_tables.py`` holds the options against the models' own choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop as _  # a page translates them, the package does not

from conflict.intake.records import LARGEST

Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "object"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. An empty cell means "not stated"; ``required`` columns have none.

    ``options`` are the only values; ``least`` and ``most`` bound a number; ``refers`` is "table.column".
    """

    name: str
    type: Type
    words: str
    required: bool = True
    options: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the package. ``key``: the columns that name a row.

    ``versioned``: the chain of versions fixes its rows, so that a package as of a version has them.
    ``derived``: made of the other tables for the reader's ease; a restoration does not need it.
    """

    name: str
    title: str
    words: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    versioned: bool = False
    derived: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def text(name: str, words: str, *, required: bool = False, options: tuple[str, ...] = ()) -> Column:
    """Return a column of words; ``options`` are the only ones where there are any."""
    return Column(name, "string", words, required=required, options=options)


def count(name: str, words: str, *, required: bool = False, least: int = 0, refers: str = "") -> Column:
    """Return a column of whole numbers from ``least`` on."""
    return Column(name, "integer", words, required=required, least=least, most=LARGEST, refers=refers)


def signed(name: str, words: str) -> Column:
    """Return a column of whole numbers that may be negative, and may be missing."""
    return Column(name, "integer", words, required=False, least=-LARGEST, most=LARGEST)


def day(name: str, words: str, *, required: bool = False) -> Column:
    """Return a column of dates."""
    return Column(name, "date", words, required=required)


def of(table: str, words: str, *, name: str = "", required: bool = True) -> Column:
    """Return a column that names a row of another table by that table's key."""
    key = {"parties": "party", "sources": "source", "categories": "category", "documents": "document"}
    key |= {"events": "event", "actors": "actor", "places": "place", "reports": "report"}
    key |= {"questions": "question", "wars": "war"}
    return Column(name or key[table], "string", words, required=required, refers=f"{table}.{key[table]}")


TRANSLATIONS = Column(
    "translations", "object", _("the row’s words in other languages, by language and column"), required=True
)
PARTY = of("parties", _("whose losses are counted"))
SOURCE = of("sources", _("who states the figure"))
CATEGORY = of("categories", _("what is counted"))
SINCE_VERSION = count(
    "from_version", _("the version from which on it counts"), required=True, least=1, refers="versions.version"
)
UNTIL_VERSION = count(
    "to_version",
    _("the version from which on it no longer counts; empty while it does"),
    least=1,
    refers="versions.version",
)
TOTAL = _("how many since day 1")
COMPUTED = signed("computed_change", _("the total less that of the nearest earlier accepted day"))
SPAN = count("days_since_previous", _("how many days lie between the two"), least=1)

LOSS_QUALIFIERS = ("about", "more-than", "at-least")
QUALIFIERS = ("exactly", "about", "at least", "more than")
CERTAINTIES = ("confirmed", "reported", "claimed", "disputed", "rejected")
THEMES = (
    *("milestone", "front", "strike", "energy", "naval", "nuclear", "chemical", "aid", "foreign-forces"),
    *("diplomacy", "justice"),
)
COUNTS_OF_WARS = ("dead", "dead-and-missing", "killed-and-wounded")
FINDINGS = ("gap", "fall", "arithmetic", "disagreement", "repeat", "outlier", "sum", "unknown-category")
CERTAINTY = text("certainty", _("how sure that is"), required=True, options=CERTAINTIES)
CERTAINTY_NOTE = text("certainty_note", _("why it is so sure, or not"))
