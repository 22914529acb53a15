"""The package's tables of what happened and what was said: places, actors, events, claims, earlier wars."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from conflict.intake.package.columns import (
    CERTAINTY,
    CERTAINTY_NOTE,
    COUNTS_OF_WARS,
    QUALIFIERS,
    THEMES,
    TRANSLATIONS,
    Column,
    Table,
    count,
    day,
    of,
    text,
)

PLACES = Table(
    "places",
    _("Places"),
    _("Named places. Coordinates stand for a point in a place, not for its outline."),
    (
        text("place", _("its short name"), required=True),
        text("name", _("its name"), required=True),
        Column("latitude", "number", _("degrees north, WGS 84"), required=False, least=-90, most=90),
        Column("longitude", "number", _("degrees east, WGS 84"), required=False, least=-180, most=180),
        Column("is_area", "boolean", _("whether it is a country, a region or a sea")),
        TRANSLATIONS,
    ),
    key=("place",),
)

ACTORS = Table(
    "actors",
    _("Actors"),
    _("States, organisations and persons that take part in events."),
    (
        text("actor", _("its short name"), required=True),
        text("name", _("its name"), required=True),
        of("sources", _("the source as which it makes statements of its own"), required=False),
        TRANSLATIONS,
    ),
    key=("actor",),
)

EVENTS = Table(
    "events",
    _("Events"),
    _("What happened, when as exactly as is known, where, and how sure that is."),
    (
        text("event", _("its short name"), required=True),
        text("title", _("its title")),
        text("short_title", _("its title on charts; empty: it is not named there")),
        text("summary", _("what happened, in our own words")),
        day("date", _("its day; the first day of a span or a month"), required=True),
        day("end_date", _("the last day of a span; empty where it goes on")),
        text("precision", _("how exactly the day is known"), required=True, options=("day", "month", "span")),
        text("theme", _("what it is about"), required=True, options=THEMES),
        CERTAINTY,
        CERTAINTY_NOTE,
        of("places", _("where it happened"), required=False),
        text("source_name", _("where it was read")),
        text("source_url", _("the address at which it was read")),
        text("articles", _("the articles on it: short names of documents, with a space between")),
        TRANSLATIONS,
    ),
    key=("event",),
)

EVENT_ACTORS = Table(
    "event_actors",
    _("Actors of events"),
    _("Who took part in an event."),
    (
        of("events", _("the event")),
        of("actors", _("who took part")),
        count("order", _("in which order they are named"), required=True),
    ),
    key=("event", "actor"),
)

EVENT_FIGURES = Table(
    "event_figures",
    _("Figures of events"),
    _("Numbers that belong to an event, as its source gives them."),
    (
        of("events", _("the event")),
        count("order", _("in which order they are named"), required=True),
        text("label", _("what is counted"), required=True),
        Column("value", "number", _("how many or how much"), least=0),
        text("unit", _("of what")),
        text("qualifier", _("how exact that is"), required=True, options=QUALIFIERS),
        TRANSLATIONS,
    ),
    key=("event", "label"),
)

QUESTIONS = Table(
    "questions",
    _("Questions"),
    _("What several claims answer differently; none of them is called the right one."),
    (
        text("question", _("its short name"), required=True),
        text("text", _("the question"), required=True),
        TRANSLATIONS,
    ),
    key=("question",),
)

CLAIMS = Table(
    "claims",
    _("Claims"),
    _("Attributed statements in articles: who said it, whether it is quoted, how sure it is."),
    (
        text("claim", _("its name: the document and a running number"), required=True),
        of("documents", _("the article that holds it")),
        count("order", _("its place in the article"), required=True),
        text("text", _("the statement: in our own words, or the speaker’s where it is quoted")),
        Column("quoted", "boolean", _("whether it is a quotation")),
        text("speaker", _("who says so"), required=True),
        of("sources", _("the source that the speaker speaks for"), required=False),
        CERTAINTY,
        CERTAINTY_NOTE,
        of("categories", _("what it counts"), required=False),
        Column("figure", "integer", _("the figure, where it is a counted statement"), required=False, least=0),
        text("unit", _("of what")),
        text("qualifier", _("how exact that is"), options=QUALIFIERS),
        day("date", _("the day that it is of; empty where it is not of one day")),
        of("questions", _("the question that it answers"), required=False),
        text("parts", _("categories whose totals must add up to the figure, with a space between")),
        text("events", _("the events that it speaks of, with a space between")),
        TRANSLATIONS,
    ),
    key=("claim",),
)

WARS = Table(
    "wars",
    _("Wars"),
    _("Earlier wars and this one, to read its figures against."),
    (
        text("war", _("its short name"), required=True),
        text("name", _("its name"), required=True),
        count("first_year", _("the year in which it began"), required=True),
        count("last_year", _("the year in which it ended; empty while it goes on")),
        TRANSLATIONS,
    ),
    key=("war",),
)

WAR_ESTIMATES = Table(
    "war_estimates",
    _("Estimates of wars’ losses"),
    _("What one author says that one side lost in a war: a number, a range, or one end of a range."),
    (
        of("wars", _("the war")),
        count("order", _("in which order they are named"), required=True),
        text("side", _("whose losses"), required=True),
        text("counts", _("what is counted"), required=True, options=COUNTS_OF_WARS),
        count("low", _("the least; empty: the author names none"), least=1),
        count("high", _("the most; empty: the author names none"), least=1),
        text("author", _("whose estimate it is"), required=True),
        day("as_of", _("the day up to which it counts; often only its month is known")),
        CERTAINTY,
        text("note", _("what there is to say about it")),
        text("source_name", _("where it was read")),
        text("source_url", _("the address at which it was read")),
        TRANSLATIONS,
    ),
    key=("war", "side", "counts", "author", "as_of"),
)
