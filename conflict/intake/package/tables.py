"""The tables of the package: their columns, what each means, what it may hold, and what it refers to.

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


def _text(name: str, words: str, *, required: bool = False, options: tuple[str, ...] = ()) -> Column:
    return Column(name, "string", words, required=required, options=options)


def _count(name: str, words: str, *, required: bool = False, least: int = 0, refers: str = "") -> Column:
    return Column(name, "integer", words, required=required, least=least, most=LARGEST, refers=refers)


def _signed(name: str, words: str) -> Column:
    return Column(name, "integer", words, required=False, least=-LARGEST, most=LARGEST)


def _day(name: str, words: str, *, required: bool = False) -> Column:
    return Column(name, "date", words, required=required)


def _of(table: str, words: str, *, name: str = "", required: bool = True) -> Column:
    """Return a column that names a row of another table by that table's key."""
    key = {"parties": "party", "sources": "source", "categories": "category", "documents": "document"}
    key |= {"events": "event", "actors": "actor", "places": "place", "reports": "report"}
    key |= {"questions": "question", "wars": "war"}
    return Column(name or key[table], "string", words, required=required, refers=f"{table}.{key[table]}")


_TRANSLATIONS = Column(
    "translations", "object", _("the row’s words in other languages, by language and column"), required=True
)
_PARTY = _of("parties", _("whose losses are counted"))
_SOURCE = _of("sources", _("who states the figure"))
_CATEGORY = _of("categories", _("what is counted"))
_SINCE = _count("from_version", _("the version from which on it counts"), required=True, least=1)
_UNTIL = _count("to_version", _("the version from which on it no longer counts; empty while it does"), least=1)
_SINCE_VERSION = Column(_SINCE.name, "integer", _SINCE.words, least=1, most=LARGEST, refers="versions.version")
_UNTIL_VERSION = Column(
    _UNTIL.name, "integer", _UNTIL.words, required=False, least=1, most=LARGEST, refers="versions.version"
)
_TOTAL = _("how many since day 1")
_COMPUTED = _signed("computed_change", _("the total less that of the nearest earlier accepted day"))
_SPAN = _count("days_since_previous", _("how many days lie between the two"), least=1)

LOSS_QUALIFIERS = ("about", "more-than", "at-least")
QUALIFIERS = ("exactly", "about", "at least", "more than")
CERTAINTIES = ("confirmed", "reported", "claimed", "disputed", "rejected")
THEMES = (
    *("milestone", "front", "strike", "energy", "naval", "nuclear", "chemical", "aid", "foreign-forces"),
    *("diplomacy", "justice"),
)
COUNTS_OF_WARS = ("dead", "dead-and-missing", "killed-and-wounded")
FINDINGS = ("gap", "fall", "arithmetic", "disagreement", "repeat", "outlier", "sum", "unknown-category")
_CERTAINTY = _text("certainty", _("how sure that is"), required=True, options=CERTAINTIES)
_CERTAINTY_NOTE = _text("certainty_note", _("why it is so sure, or not"))

LOSSES = Table(
    "losses",
    _("Reported losses, as accepted"),
    _(
        "One row for each figure that the ledger accepts: the table to begin with. It is made of points, entries "
        "and documents, which hold the same and more."
    ),
    (
        _day("date", _("the day of the report, in the conflict’s own time zone"), required=True),
        _count("day", _("the number of the day; the first day of the conflict is 1"), required=True, least=1),
        _SOURCE,
        _PARTY,
        _CATEGORY,
        _count("total", _TOTAL, required=True),
        _signed("printed_change", _("the change on the day before as the document prints it")),
        _COMPUTED,
        _SPAN,
        _text("qualifier", _("how the document qualifies the total; empty: not at all"), options=LOSS_QUALIFIERS),
        _of("documents", _("the document that it was read from")),
        _text("document_url", _("an address at which it can be read; empty: none is known")),
        Column("version", "integer", _("the version that accepted it"), least=1, most=LARGEST),
    ),
    key=("source", "party", "category", "date"),
    versioned=True,
    derived=True,
)

PARTIES = Table(
    "parties",
    _("Parties"),
    _("The belligerents whose losses are reported."),
    (
        _text("party", _("its short name"), required=True),
        _text("name", _("its name"), required=True),
        _TRANSLATIONS,
    ),
    key=("party",),
    versioned=True,
)

SOURCES = Table(
    "sources",
    _("Sources"),
    _("Whoever makes a statement."),
    (
        _text("source", _("its short name"), required=True),
        _text("name", _("its name"), required=True),
        _text(
            "kind",
            _("what it is"),
            required=True,
            options=("belligerent", "government", "organisation", "researchers", "media"),
        ),
        _text("url", _("its address")),
        _text("meaning", _("what its figures mean")),
        _TRANSLATIONS,
    ),
    key=("source",),
    versioned=True,
)

CATEGORIES = Table(
    "categories",
    _("Categories"),
    _("What is counted, and what the words mean."),
    (
        _text("category", _("its short name"), required=True),
        _text("name", _("its name"), required=True),
        _text("short", _("its abbreviation or gloss")),
        _text("unit", _("whether people or pieces are counted"), required=True, options=("people", "units")),
        _count("order", _("its place in the source’s own order"), required=True),
        _text("definition", _("what is counted, in words")),
        Column("labels", "object", _("how documents print its name, by language")),
        _day("first_day", _("the first day on which it was stated")),
        _day("last_day", _("the last day on which it was stated, where it is no longer")),
        _TRANSLATIONS,
    ),
    key=("category",),
    versioned=True,
)

DOCUMENTS = Table(
    "documents",
    _("Documents and articles"),
    _("Where something was read. The text of an article is a summary in our own words."),
    (
        _text("document", _("its short name"), required=True),
        _text("kind", _("what it is"), required=True, options=("article", "bulletin", "dataset")),
        _text("title", _("its title")),
        Column("title_is_printed", "boolean", _("whether the title is the document’s own")),
        _text("url", _("its address")),
        _text("publisher", _("who published it")),
        _text("language", _("its language, as BCP 47 writes it")),
        _day("published", _("the day on which it was published")),
        _text("published_note", _("what there is to say about that day")),
        _day("retrieved", _("the day on which we read it")),
        _text("sha256", _("the SHA-256 of what was read")),
        _text("licence", _("the licence under which it stands")),
        _text("note", _("what there is to say about it")),
        _text("text", _("of a bulletin: its text as printed; of an article: our summary")),
        _TRANSLATIONS,
    ),
    key=("document",),
    versioned=True,
)

VERSIONS = Table(
    "versions",
    _("Versions"),
    _("Every change of the ledger, chained: each hash covers what the version changed and the hash before it."),
    (
        Column("version", "integer", _("its number"), least=1, most=LARGEST),
        Column("time", "datetime", _("when it was made, in UTC")),
        _text(
            "kind",
            _("what it was"),
            required=True,
            options=("publication", "import", "decision", "withdrawal", "rebuild"),
        ),
        _text("by", _("who made it"), required=True),
        _text("reason", _("why"), required=True),
        _count("opened", _("how many points it opened"), required=True),
        _count("closed", _("how many points it closed"), required=True),
        _text("previous_hash", _("the hash of the version before; empty for the first")),
        _text("hash", _("its SHA-256"), required=True),
    ),
    key=("version",),
    versioned=True,
)

REPORTS = Table(
    "reports",
    _("Reports"),
    _(
        "What one source stated of one party’s losses as of one day, as read from one document, in revisions. All "
        "that ever counted are here, in the order in which they began to."
    ),
    (
        _text("report", _("its name: source, party, day, document and revision"), required=True),
        _SOURCE,
        _PARTY,
        _day("date", _("the day as of which it states"), required=True),
        _of("documents", _("the document that it was read from")),
        _count("revision", _("which reading of that document it is"), required=True, least=1),
        _text(
            "status",
            _("whether it counts"),
            required=True,
            options=("published", "superseded", "withdrawn"),
        ),
        _SINCE_VERSION,
        _UNTIL_VERSION,
        _text("cited_url", _("the address that the document itself gives for this day")),
        _text("sha256", _("the SHA-256 of what was read")),
        Column("remarks", "object", _("what the document states beside figures, by its own keys")),
    ),
    key=("report",),
    versioned=True,
)

ENTRIES = Table(
    "entries",
    _("Loss entries"),
    _("Each category’s figure in each report, accepted or not."),
    (
        _of("reports", _("the report that states it")),
        _CATEGORY,
        _count("total", _TOTAL),
        _signed("change", _("the change as printed")),
        _text("qualifier", _("how the document qualifies the total; empty: not at all"), options=LOSS_QUALIFIERS),
        _text("text", _("the piece of the document’s text that it was read from")),
        _count("start", _("where that piece begins in the text")),
        _count("end", _("where it ends")),
    ),
    key=("report", "category"),
    versioned=True,
)

MODEL_COUNTS = Table(
    "model_counts",
    _("Counts by model"),
    _("How many of each model a report counts; only some sources count by model."),
    (
        _of("reports", _("the report that states it")),
        _CATEGORY,
        _text("group", _("the source’s own category, as printed"), required=True),
        _text("model", _("the model, as printed"), required=True),
        _text("manufacturer", _("the manufacturer, as printed")),
        _count("total", _TOTAL, required=True),
    ),
    key=("report", "group", "model", "manufacturer"),
    versioned=True,
)

POINTS = Table(
    "points",
    _("Points"),
    _(
        "The figure that the ledger accepted for a source, party, category and day, from one version until "
        "another: every one that ever stood. Those with an empty to_version stand."
    ),
    (
        _SOURCE,
        _PARTY,
        _CATEGORY,
        _day("date", _("the day as of which it is stated"), required=True),
        _count("total", _TOTAL, required=True),
        _signed("printed_change", _("the change on the day before as the document prints it")),
        _COMPUTED,
        _SPAN,
        _of("reports", _("the report from which the ledger took it")),
        _SINCE_VERSION,
        _UNTIL_VERSION,
    ),
    key=("source", "party", "category", "date", "from_version"),
    versioned=True,
)

DECISIONS = Table(
    "decisions",
    _("Decisions"),
    _("A curator’s word on which reading the ledger takes for one figure."),
    (
        _SOURCE,
        _PARTY,
        _CATEGORY,
        _day("date", _("the day of the figure"), required=True),
        _of("reports", _("the report whose figure is taken")),
        _SINCE_VERSION,
        _UNTIL_VERSION,
    ),
    key=("source", "party", "category", "date", "from_version"),
    versioned=True,
)

PLACES = Table(
    "places",
    _("Places"),
    _("Named places. Coordinates stand for a point in a place, not for its outline."),
    (
        _text("place", _("its short name"), required=True),
        _text("name", _("its name"), required=True),
        Column("latitude", "number", _("degrees north, WGS 84"), required=False, least=-90, most=90),
        Column("longitude", "number", _("degrees east, WGS 84"), required=False, least=-180, most=180),
        Column("is_area", "boolean", _("whether it is a country, a region or a sea")),
        _TRANSLATIONS,
    ),
    key=("place",),
)

ACTORS = Table(
    "actors",
    _("Actors"),
    _("States, organisations and persons that take part in events."),
    (
        _text("actor", _("its short name"), required=True),
        _text("name", _("its name"), required=True),
        _of("sources", _("the source as which it makes statements of its own"), required=False),
        _TRANSLATIONS,
    ),
    key=("actor",),
)

EVENTS = Table(
    "events",
    _("Events"),
    _("What happened, when as exactly as is known, where, and how sure that is."),
    (
        _text("event", _("its short name"), required=True),
        _text("title", _("its title")),
        _text("short_title", _("its title on charts; empty: it is not named there")),
        _text("summary", _("what happened, in our own words")),
        _day("date", _("its day; the first day of a span or a month"), required=True),
        _day("end_date", _("the last day of a span; empty where it goes on")),
        _text("precision", _("how exactly the day is known"), required=True, options=("day", "month", "span")),
        _text("theme", _("what it is about"), required=True, options=THEMES),
        _CERTAINTY,
        _CERTAINTY_NOTE,
        _of("places", _("where it happened"), required=False),
        _text("source_name", _("where it was read")),
        _text("source_url", _("the address at which it was read")),
        _text("articles", _("the articles on it: short names of documents, with a space between")),
        _TRANSLATIONS,
    ),
    key=("event",),
)

EVENT_ACTORS = Table(
    "event_actors",
    _("Actors of events"),
    _("Who took part in an event."),
    (
        _of("events", _("the event")),
        _of("actors", _("who took part")),
        _count("order", _("in which order they are named"), required=True),
    ),
    key=("event", "actor"),
)

EVENT_FIGURES = Table(
    "event_figures",
    _("Figures of events"),
    _("Numbers that belong to an event, as its source gives them."),
    (
        _of("events", _("the event")),
        _count("order", _("in which order they are named"), required=True),
        _text("label", _("what is counted"), required=True),
        Column("value", "number", _("how many or how much"), least=0),
        _text("unit", _("of what")),
        _text("qualifier", _("how exact that is"), required=True, options=QUALIFIERS),
        _TRANSLATIONS,
    ),
    key=("event", "label"),
)

QUESTIONS = Table(
    "questions",
    _("Questions"),
    _("What several claims answer differently; none of them is called the right one."),
    (
        _text("question", _("its short name"), required=True),
        _text("text", _("the question"), required=True),
        _TRANSLATIONS,
    ),
    key=("question",),
)

CLAIMS = Table(
    "claims",
    _("Claims"),
    _("Attributed statements in articles: who said it, whether it is quoted, how sure it is."),
    (
        _text("claim", _("its name: the document and a running number"), required=True),
        _of("documents", _("the article that holds it")),
        _count("order", _("its place in the article"), required=True),
        _text("text", _("the statement: in our own words, or the speaker’s where it is quoted")),
        Column("quoted", "boolean", _("whether it is a quotation")),
        _text("speaker", _("who says so"), required=True),
        _of("sources", _("the source that the speaker speaks for"), required=False),
        _CERTAINTY,
        _CERTAINTY_NOTE,
        _of("categories", _("what it counts"), required=False),
        Column("figure", "integer", _("the figure, where it is a counted statement"), required=False, least=0),
        _text("unit", _("of what")),
        _text("qualifier", _("how exact that is"), options=QUALIFIERS),
        _day("date", _("the day that it is of; empty where it is not of one day")),
        _of("questions", _("the question that it answers"), required=False),
        _text("parts", _("categories whose totals must add up to the figure, with a space between")),
        _text("events", _("the events that it speaks of, with a space between")),
        _TRANSLATIONS,
    ),
    key=("claim",),
)

WARS = Table(
    "wars",
    _("Wars"),
    _("Earlier wars and this one, to read its figures against."),
    (
        _text("war", _("its short name"), required=True),
        _text("name", _("its name"), required=True),
        _count("first_year", _("the year in which it began"), required=True),
        _count("last_year", _("the year in which it ended; empty while it goes on")),
        _TRANSLATIONS,
    ),
    key=("war",),
)

WAR_ESTIMATES = Table(
    "war_estimates",
    _("Estimates of wars’ losses"),
    _("What one author says that one side lost in a war: a number, a range, or one end of a range."),
    (
        _of("wars", _("the war")),
        _count("order", _("in which order they are named"), required=True),
        _text("side", _("whose losses"), required=True),
        _text("counts", _("what is counted"), required=True, options=COUNTS_OF_WARS),
        _count("low", _("the least; empty: the author names none"), least=1),
        _count("high", _("the most; empty: the author names none"), least=1),
        _text("author", _("whose estimate it is"), required=True),
        _day("as_of", _("the day up to which it counts; often only its month is known")),
        _CERTAINTY,
        _text("note", _("what there is to say about it")),
        _text("source_name", _("where it was read")),
        _text("source_url", _("the address at which it was read")),
        _TRANSLATIONS,
    ),
    key=("war", "side", "counts", "author", "as_of"),
)

FINDING_TABLE = Table(
    "findings",
    _("Findings"),
    _("What checks noticed: gaps, falls, disagreements and the like, and how they were explained."),
    (
        _text("key", _("what it is about: the same cause found again is the same finding"), required=True),
        _text("kind", _("what was noticed"), required=True, options=FINDINGS),
        _text("severity", _("how grave it is"), required=True, options=("note", "doubt", "error")),
        _SOURCE,
        _PARTY,
        _of("categories", _("the category; empty where it concerns a whole day"), required=False),
        _of("documents", _("the one document that it is about; empty: several, or the ledger"), required=False),
        _day("date", _("the day"), required=True),
        _day("end_date", _("the last day of a gap")),
        Column("evidence", "object", _("what its sentence is made of")),
        _text("state", _("whether it is settled"), required=True, options=("open", "explained", "dismissed")),
        _text("words", _("the explanation")),
        _text("decided_by", _("who settled it")),
        Column("decided", "datetime", _("when"), required=False),
        Column("found", "datetime", _("when it was first noticed")),
        Column("passed", "datetime", _("when its cause had gone; empty while it stands"), required=False),
    ),
    key=("key",),
)

CHECKS = Table(
    "checks",
    _("Checks"),
    _("Which versions every check has looked at."),
    (
        Column("version", "integer", _("the version"), least=1, most=LARGEST, refers="versions.version"),
        Column("time", "datetime", _("when it was checked, in UTC")),
    ),
    key=("version",),
)

TABLES = (
    LOSSES,
    CATEGORIES,
    SOURCES,
    PARTIES,
    DOCUMENTS,
    VERSIONS,
    REPORTS,
    ENTRIES,
    MODEL_COUNTS,
    POINTS,
    DECISIONS,
    PLACES,
    ACTORS,
    EVENTS,
    EVENT_ACTORS,
    EVENT_FIGURES,
    QUESTIONS,
    CLAIMS,
    WARS,
    WAR_ESTIMATES,
    FINDING_TABLE,
    CHECKS,
)
"""In the order in which a restoration can write them: what is referred to comes first."""

BY_NAME = {table.name: table for table in TABLES}
