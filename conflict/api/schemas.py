"""What the API's answers look like, for its description. ``None`` is "not stated" or "not known", never 0."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

Count = int | None
Translations = dict[str, dict[str, str]]


class Fault(Schema):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Problem(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] = []


class Loss(Schema):
    """One accepted figure."""

    date: dt.date
    day: int = Field(description=_("Day of the conflict; the first is day 1."))
    source: str
    party: str
    category: str
    total: int = Field(description=_("Cumulative since day 1."))
    printed_change: Count = Field(description=_("The change as the document prints it."))
    computed_change: Count = Field(description=_("The total less that of the nearest earlier figure."))
    days_since_previous: Count = Field(description=_("Over how many days the computed change runs."))
    qualifier: str | None = Field(description=_("`about`, `more-than` or `at-least`, as the document says."))
    document_url: str | None = Field(
        description=_(
            "Where the document can be read; where that is not known, our page of the day, which names it."
        )
    )
    version: int = Field(description=_("The version of the ledger that was read."))


class Value(Schema):
    """One value of a measure, where a measure is asked for."""

    start: dt.date = Field(description=_("The first day that the value speaks of."))
    end: dt.date = Field(description=_("The last."))
    source: str
    party: str
    category: str
    unit: str
    measure: str
    value: float | None
    gap_days: int = Field(description=_("The longest span without a report that the value takes as even."))
    partial: bool = Field(description=_("Whether the reports cover the period only in part."))
    version: int | None


class Series(Schema):
    """One category's whole course, compact. Either ``step`` or ``dates`` says which days the values are of."""

    source: str
    party: str
    category: str
    unit: str
    version: int | None
    start: dt.date | None
    step: int | None = Field(None, description=_("Days from one value to the next, where it is always the same."))
    dates: list[dt.date] | None = Field(None, description=_("The day of each value, where most days have none."))
    total: list[Count]
    change: list[Count] = Field(
        description=_("The change of this one day; `null` where the day before has no total.")
    )


class Document(Schema):
    """Where something was read."""

    slug: str
    kind: str
    title: str
    publisher: str
    url: str | None
    language: str | None
    licence: str | None


class Entry(Schema):
    """One category's figure in a report."""

    category: str
    total: Count
    change: Count = Field(description=_("As printed."))
    qualifier: str | None
    text: str | None = Field(description=_("As printed."))


class Reading(Schema):
    """What one source stated of one day, as read from one document."""

    date: dt.date
    day: int
    source: str
    party: str
    document: Document
    document_url: str | None = Field(
        description=_(
            "Where the document can be read; where that is not known, our page of the day, which names it."
        )
    )
    revision: int
    status: str
    from_version: int
    to_version: int | None
    stated: int = Field(description=_("How many categories it speaks of."))
    url: str | None


class ReadingInFull(Reading):
    """A reading with every figure in it."""

    sha256: str | None
    remarks: dict[str, Any] = Field(description=_("What the document states beside figures, by its own keys."))
    entries: list[Entry]


class Day(Schema):
    """Everything that is reported of one day: what the ledger accepts, and every reading."""

    date: dt.date
    day: int
    version: int | None
    accepted: list[Loss]
    readings: list[ReadingInFull]


class Version(Schema):
    """One change of the ledger."""

    number: int
    time: dt.datetime
    kind: str
    by: str
    reason: str
    opened: int = Field(description=_("How many figures began to stand with it."))
    closed: int = Field(description=_("How many ceased to."))
    previous_hash: str | None
    hash: str


class Figure(Schema):
    """A figure before or after a change."""

    total: int
    printed_change: Count
    computed_change: Count
    days_since_previous: Count
    document: str


class Change(Schema):
    """What a version did to one figure."""

    what: str = Field(description=_("`total`, `new`, `removed`, `reading` or `computed`."))
    source: str
    party: str
    category: str
    date: dt.date
    old: Figure | None
    new: Figure | None


class VersionInFull(Version):
    """A version with a page of what it changed, by category and day."""

    changes: list[Change]


class Category(Schema):
    """What is counted."""

    slug: str
    name: str
    short: str | None
    unit: str
    order: int
    definition: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    translations: Translations
    url: str


class Source(Schema):
    """Whoever makes a statement."""

    slug: str
    name: str
    kind: str
    meaning: str | None
    translations: Translations
    url: str | None


class Place(Schema):
    """A named place; a point in it, in degrees of WGS 84."""

    slug: str
    name: str
    latitude: float | None
    longitude: float | None


class EventFigure(Schema):
    """A number that belongs to an event."""

    label: str
    value: float
    unit: str
    qualifier: str


class Event(Schema):
    """Something that happened on a day, over a span, or in a month whose day is not known."""

    slug: str
    title: str
    summary: str | None
    date: dt.date
    end_date: dt.date | None
    precision: str = Field(description=_("`day`, `month` (`date` is its first day) or `span`."))
    theme: str
    certainty: str
    certainty_note: str | None
    place: Place | None
    actors: list[str]
    figures: list[EventFigure]
    source_name: str
    source_url: str
    articles: list[str]
    translations: Translations
    url: str


class Article(Schema):
    """A document that people read on the site. The summary is in our own words."""

    slug: str
    title: str
    title_is_printed: bool
    publisher: str
    language: str | None
    published: dt.date | None
    published_note: str | None
    retrieved: dt.date | None
    summary: str | None
    claims: int
    original_url: str | None
    translations: Translations
    url: str


class Claim(Schema):
    """An attributed statement in an article."""

    id: int
    article: str
    text: str
    quoted: bool
    speaker: str
    source: str | None
    certainty: str
    certainty_note: str | None
    category: str | None
    figure: Count
    unit: str | None
    qualifier: str | None
    date: dt.date | None
    parts: list[str] = Field(description=_("Categories whose totals of that day should add up to the figure."))
    events: list[str]
    translations: Translations
    url: str


class Finding(Schema):
    """What a check noticed."""

    key: str
    kind: str
    severity: str
    source: str
    party: str
    category: str | None
    document: str | None
    date: dt.date
    end_date: dt.date | None
    sentence: str
    evidence: dict[str, Any]
    state: str
    words: str | None
    decided_by: str | None
    decided: dt.datetime | None
    found: dt.datetime
    passed: dt.datetime | None = Field(description=_("When its cause was gone from the readings."))


class Hit(Schema):
    """Something that was found."""

    type: str
    title: str
    excerpt: str = Field(description=_("What answers in its text; empty where the title says it all."))
    url: str | None
