"""The package's tables of the account: figures, reports, points, decisions, findings, and what these refer to."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from conflict.intake.package.columns import (
    CATEGORY,
    COMPUTED,
    FINDINGS,
    LOSS_QUALIFIERS,
    PARTY,
    SINCE_VERSION,
    SOURCE,
    SPAN,
    TOTAL,
    TRANSLATIONS,
    UNTIL_VERSION,
    Column,
    Table,
    count,
    day,
    of,
    signed,
    text,
)
from conflict.intake.records import LARGEST

LOSSES = Table(
    "losses",
    _("Reported losses, as accepted"),
    _(
        "One row for each figure that the ledger accepts: the table to begin with. It is made of points, entries "
        "and documents, which hold the same and more."
    ),
    (
        day("date", _("the day of the report, in the conflict’s own time zone"), required=True),
        count("day", _("the number of the day; the first day of the conflict is 1"), required=True, least=1),
        SOURCE,
        PARTY,
        CATEGORY,
        count("total", TOTAL, required=True),
        signed("printed_change", _("the change on the day before as the document prints it")),
        COMPUTED,
        SPAN,
        text("qualifier", _("how the document qualifies the total; empty: not at all"), options=LOSS_QUALIFIERS),
        of("documents", _("the document that it was read from")),
        text("document_url", _("an address at which it can be read; empty: none is known")),
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
        text("party", _("its short name"), required=True),
        text("name", _("its name"), required=True),
        TRANSLATIONS,
    ),
    key=("party",),
    versioned=True,
)

SOURCES = Table(
    "sources",
    _("Sources"),
    _("Whoever makes a statement."),
    (
        text("source", _("its short name"), required=True),
        text("name", _("its name"), required=True),
        text(
            "kind",
            _("what it is"),
            required=True,
            options=("belligerent", "government", "organisation", "researchers", "media"),
        ),
        text("url", _("its address")),
        text("meaning", _("what its figures mean")),
        TRANSLATIONS,
    ),
    key=("source",),
    versioned=True,
)

CATEGORIES = Table(
    "categories",
    _("Categories"),
    _("What is counted, and what the words mean."),
    (
        text("category", _("its short name"), required=True),
        text("name", _("its name"), required=True),
        text("short", _("its abbreviation or gloss")),
        text("unit", _("whether people or pieces are counted"), required=True, options=("people", "units")),
        count("order", _("its place in the source’s own order"), required=True),
        text("definition", _("what is counted, in words")),
        Column("labels", "object", _("how documents print its name, by language")),
        day("first_day", _("the first day on which it was stated")),
        day("last_day", _("the last day on which it was stated, where it is no longer")),
        TRANSLATIONS,
    ),
    key=("category",),
    versioned=True,
)

DOCUMENTS = Table(
    "documents",
    _("Documents and articles"),
    _("Where something was read. The text of an article is a summary in our own words."),
    (
        text("document", _("its short name"), required=True),
        text("kind", _("what it is"), required=True, options=("article", "bulletin", "dataset")),
        text("title", _("its title")),
        Column("title_is_printed", "boolean", _("whether the title is the document’s own")),
        text("url", _("its address")),
        text("publisher", _("who published it")),
        text("language", _("its language, as BCP 47 writes it")),
        day("published", _("the day on which it was published")),
        text("published_note", _("what there is to say about that day")),
        day("retrieved", _("the day on which we read it")),
        text("sha256", _("the SHA-256 of what was read")),
        text("licence", _("the licence under which it stands")),
        text("note", _("what there is to say about it")),
        text("text", _("of a bulletin: its text as printed; of an article: our summary")),
        TRANSLATIONS,
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
        text(
            "kind",
            _("what it was"),
            required=True,
            options=("publication", "import", "decision", "withdrawal", "rebuild"),
        ),
        text("by", _("who made it"), required=True),
        text("reason", _("why"), required=True),
        count("opened", _("how many points it opened"), required=True),
        count("closed", _("how many points it closed"), required=True),
        text("previous_hash", _("the hash of the version before; empty for the first")),
        text("hash", _("its SHA-256"), required=True),
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
        text("report", _("its name: source, party, day, document and revision"), required=True),
        SOURCE,
        PARTY,
        day("date", _("the day as of which it states"), required=True),
        of("documents", _("the document that it was read from")),
        count("revision", _("which reading of that document it is"), required=True, least=1),
        text(
            "status",
            _("whether it counts"),
            required=True,
            options=("published", "superseded", "withdrawn"),
        ),
        SINCE_VERSION,
        UNTIL_VERSION,
        text("cited_url", _("the address that the document itself gives for this day")),
        text("sha256", _("the SHA-256 of what was read")),
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
        of("reports", _("the report that states it")),
        CATEGORY,
        count("total", TOTAL),
        signed("change", _("the change as printed")),
        text("qualifier", _("how the document qualifies the total; empty: not at all"), options=LOSS_QUALIFIERS),
        text("text", _("the piece of the document’s text that it was read from")),
        count("start", _("where that piece begins in the text")),
        count("end", _("where it ends")),
    ),
    key=("report", "category"),
    versioned=True,
)

MODEL_COUNTS = Table(
    "model_counts",
    _("Counts by model"),
    _("How many of each model a report counts; only some sources count by model."),
    (
        of("reports", _("the report that states it")),
        CATEGORY,
        text("group", _("the source’s own category, as printed"), required=True),
        text("model", _("the model, as printed"), required=True),
        text("manufacturer", _("the manufacturer, as printed")),
        count("total", TOTAL, required=True),
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
        SOURCE,
        PARTY,
        CATEGORY,
        day("date", _("the day as of which it is stated"), required=True),
        count("total", TOTAL, required=True),
        signed("printed_change", _("the change on the day before as the document prints it")),
        COMPUTED,
        SPAN,
        of("reports", _("the report from which the ledger took it")),
        SINCE_VERSION,
        UNTIL_VERSION,
    ),
    key=("source", "party", "category", "date", "from_version"),
    versioned=True,
)

DECISIONS = Table(
    "decisions",
    _("Decisions"),
    _("A curator’s word on which reading the ledger takes for one figure."),
    (
        SOURCE,
        PARTY,
        CATEGORY,
        day("date", _("the day of the figure"), required=True),
        of("reports", _("the report whose figure is taken")),
        SINCE_VERSION,
        UNTIL_VERSION,
    ),
    key=("source", "party", "category", "date", "from_version"),
    versioned=True,
)

FINDING_TABLE = Table(
    "findings",
    _("Findings"),
    _("What checks noticed: gaps, falls, disagreements and the like, and how they were explained."),
    (
        text("key", _("what it is about: the same cause found again is the same finding"), required=True),
        text("kind", _("what was noticed"), required=True, options=FINDINGS),
        text("severity", _("how grave it is"), required=True, options=("note", "doubt", "error")),
        SOURCE,
        PARTY,
        of("categories", _("the category; empty where it concerns a whole day"), required=False),
        of("documents", _("the one document that it is about; empty: several, or the ledger"), required=False),
        day("date", _("the day"), required=True),
        day("end_date", _("the last day of a gap")),
        Column("evidence", "object", _("what its sentence is made of")),
        text("state", _("whether it is settled"), required=True, options=("open", "explained", "dismissed")),
        text("words", _("the explanation")),
        text("decided_by", _("who settled it")),
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
