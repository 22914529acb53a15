"""Which texts are searched: how a row of search text is made from the tables, for each kind of what is found.

SQL for both databases: `conflict.models.search_index` makes of it the rows, and the triggers that keep them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.IntegerChoices):
    """What is found."""

    CATEGORY = 1, _("categories")
    REPORT = 2, _("reports")
    EVENT = 3, _("events")
    ARTICLE = 4, _("articles")
    CLAIM = 5, _("claims")
    ACTOR = 6, _("actors")
    PLACE = 7, _("places")


@dataclass(frozen=True, slots=True)
class Watch:
    """A table of which a change makes rows anew: ``keys`` are theirs, SQL in which ``row`` is the changed row."""

    table: str
    columns: tuple[str, ...]
    keys: str = "SELECT row.id"


@dataclass(frozen=True, slots=True)
class Feed:
    """How the rows of one kind are made: SQL over the table ``t``, for both databases, and what it looks at."""

    kind: Kind
    tables: str
    date: str
    title: tuple[str, ...]
    text: tuple[str, ...]
    watches: tuple[Watch, ...]
    condition: str = "TRUE"


class Dialect:
    """What the two databases write differently: here SQLite."""

    concat = "group_concat({}, ' · ')"
    limited = "substr({}, 1, {})"
    differs = "{} IS NOT {}"
    within = "{} IN ({})"

    def words(self, table: str, field: str) -> str:
        """Return SQL for what a row's translations say for a field. Malformed ones say nothing, and no error."""
        return (
            f"(SELECT group_concat(j.value, ' · ') FROM json_tree({table}.translations) j "
            f"WHERE j.key = '{field}' AND j.type = 'text')"
        )

    def date(self, column: str, shape: str) -> str:
        for word, sign in (("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d")):
            shape = shape.replace(word, sign)
        return f"strftime('{shape}', {column})"

    def days_since(self, column: str, first: str) -> str:
        return f"CAST(julianday({column}) - julianday('{first}') AS INTEGER)"

    def plain(self, column: str) -> str:
        return f"CAST({column} AS TEXT)"

    def grouped(self, column: str) -> str:
        return f"printf('%,d', {column})"


class PostgresDialect(Dialect):
    concat = "string_agg({}, ' · ')"
    limited = "left({}, {})"
    differs = "{} IS DISTINCT FROM {}"
    within = "{} = ANY (ARRAY({}))"  # to the planner a few keys; IN is a join, perhaps with the whole table

    def words(self, table: str, field: str) -> str:
        path = f'$.**."{field}" ? (@.type() == "string")'
        return (
            f"(SELECT string_agg(DISTINCT j #>> '{{}}', ' · ') "
            f"FROM jsonb_path_query({table}.translations, '{path}') j)"
        )

    def date(self, column: str, shape: str) -> str:
        return f"to_char({column}, '{shape}')"

    def days_since(self, column: str, first: str) -> str:
        return f"({column} - DATE '{first}')"

    def plain(self, column: str) -> str:
        return f"trim_scale({column}::numeric)::text"

    def grouped(self, column: str) -> str:
        return f"to_char({column}, 'FM999,999,999,999,999,999,999')"


_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "uk": (
        *("січня", "лютого", "березня", "квітня", "травня", "червня", "липня"),
        *("серпня", "вересня", "жовтня", "листопада", "грудня"),
    ),
}
_SAME_DAY = "r2.source_id = {0}.source_id AND r2.party_id = {0}.party_id AND r2.date = {0}.date"


def feeds(db: Dialect) -> Sequence[Feed]:
    """Return how the rows of each kind are made on a database."""
    events_of = "SELECT event_id FROM conflict_{} WHERE {} = row.id"
    claims_of = "SELECT id FROM conflict_claim WHERE {} = row.id"
    return (
        Feed(
            Kind.CATEGORY,
            "conflict_category t",
            date="NULL",
            title=("t.name", db.words("t", "name"), "t.short", db.words("t", "short")),
            text=("t.definition", db.words("t", "definition")),
            watches=(Watch("category", ("id", "name", "short", "definition", "translations")),),
        ),
        # A day that a source reports is found once, however many readings of it there are.
        Feed(
            Kind.REPORT,
            "conflict_report t JOIN conflict_source s ON s.id = t.source_id",
            date="t.date",
            title=_day_in_words(db),
            text=(
                "s.name",
                db.words("s", "name"),
                _read_at(db, "NULLIF(d.publisher, '')"),
                _read_at(db, "NULLIF(d.title, '')"),
            ),
            # || '' and + 0 keep a planner without statistics from an index that gives all that was ever published.
            condition="t.status || '' = 'published' AND NOT EXISTS (SELECT 1 FROM conflict_report r2 WHERE "
            f"{_SAME_DAY.format('t')} AND r2.status = 'published' AND r2.id + 0 < t.id)",
            watches=(
                Watch(
                    "report",
                    ("id", "source_id", "party_id", "date", "document_id", "status"),
                    f"SELECT row.id UNION SELECT r2.id FROM conflict_report r2 WHERE {_SAME_DAY.format('row')}",
                ),
                Watch(
                    "document",
                    ("id", "publisher", "title"),
                    "SELECT r2.id FROM conflict_report r1 JOIN conflict_report r2 ON "
                    f"{_SAME_DAY.format('r1')} WHERE r1.document_id = row.id",
                ),
                Watch(
                    "source",
                    ("id", "name", "translations"),
                    "SELECT id FROM conflict_report WHERE source_id = row.id",
                ),
            ),
        ),
        Feed(
            Kind.EVENT,
            "conflict_event t LEFT JOIN conflict_place p ON p.id = t.place_id",
            date="t.date",
            title=("t.title", db.words("t", "title"), "t.short_title", db.words("t", "short_title")),
            text=(
                "t.summary",
                "p.name",
                _related(db, "conflict_eventactor x JOIN conflict_actor a ON a.id = x.actor_id", "a.name"),
                _related(
                    db, "conflict_eventfigure x", f"x.label || ' ' || {db.plain('x.value')} || ' ' || x.unit"
                ),
                "t.certainty_note",
                "t.source_name",
                db.words("t", "summary"),
                db.words("p", "name"),
                _related(
                    db, "conflict_eventactor x JOIN conflict_actor a ON a.id = x.actor_id", db.words("a", "name")
                ),
                _related(db, "conflict_eventfigure x", db.words("x", "label")),
                db.words("t", "certainty_note"),
            ),
            watches=(
                Watch(
                    "event",
                    (
                        *("id", "title", "short_title", "summary", "date", "certainty_note", "source_name"),
                        *("place_id", "translations"),
                    ),
                ),
                Watch(
                    "place",
                    ("id", "name", "translations"),
                    "SELECT id FROM conflict_event WHERE place_id = row.id",
                ),
                Watch("eventactor", ("event_id", "actor_id"), "SELECT row.event_id"),
                Watch("actor", ("id", "name", "translations"), events_of.format("eventactor", "actor_id")),
                Watch(
                    "eventfigure", ("event_id", "label", "value", "unit", "translations"), "SELECT row.event_id"
                ),
            ),
        ),
        Feed(
            Kind.ARTICLE,
            "conflict_document t",
            date="t.published",
            title=("t.title", db.words("t", "title")),
            text=("t.text", "t.publisher", "t.note", db.words("t", "text"), db.words("t", "note")),
            condition="t.kind = 'article'",
            watches=(
                Watch(
                    "document",
                    ("id", "kind", "title", "text", "publisher", "note", "published", "translations"),
                ),
            ),
        ),
        Feed(
            Kind.CLAIM,
            "conflict_claim t LEFT JOIN conflict_document d ON d.id = t.document_id "
            "LEFT JOIN conflict_source s ON s.id = t.source_id "
            "LEFT JOIN conflict_category c ON c.id = t.category_id",
            date="COALESCE(t.date, d.published)",
            title=("t.text", db.words("t", "text")),
            text=(
                "t.speaker",
                "s.name",
                f"{db.plain('t.figure')} || ' ' || t.unit",
                db.grouped("t.figure"),
                "c.name",
                "t.certainty_note",
                db.words("t", "speaker"),
                db.words("s", "name"),
                db.words("t", "unit"),
                db.words("c", "name"),
                db.words("t", "certainty_note"),
            ),
            watches=(
                Watch(
                    "claim",
                    (
                        *("id", "text", "speaker", "figure", "unit", "certainty_note", "date", "document_id"),
                        *("source_id", "category_id", "translations"),
                    ),
                ),
                Watch("document", ("id", "published"), claims_of.format("document_id")),
                Watch("source", ("id", "name", "translations"), claims_of.format("source_id")),
                Watch("category", ("id", "name", "translations"), claims_of.format("category_id")),
            ),
        ),
        Feed(
            Kind.ACTOR,
            "conflict_actor t LEFT JOIN conflict_source s ON s.id = t.source_id",
            date="NULL",
            title=("t.name", db.words("t", "name")),
            text=("s.name", db.words("s", "name")),
            watches=(
                Watch("actor", ("id", "name", "source_id", "translations")),
                Watch(
                    "source",
                    ("id", "name", "translations"),
                    "SELECT id FROM conflict_actor WHERE source_id = row.id",
                ),
            ),
        ),
        Feed(
            Kind.PLACE,
            "conflict_place t",
            date="NULL",
            title=("t.name", db.words("t", "name")),
            text=(),
            watches=(Watch("place", ("id", "name", "translations")),),
        ),
    )


def _day_in_words(db: Dialect) -> tuple[str, ...]:
    """Return SQL for the ways in which a report's day is written."""
    day = f"CAST(CAST({db.date('t.date', 'DD')} AS INTEGER) AS TEXT)"
    year = db.date("t.date", "YYYY")
    dates = {
        language: f"{day} || ' ' || CASE {db.date('t.date', 'MM')} "
        + " ".join(f"WHEN '{number:02}' THEN '{name}'" for number, name in enumerate(names, 1))
        + f" END || ' ' || {year}"
        for language, names in _MONTHS.items()
    }
    number = f"({db.days_since('t.date', settings.CONFLICT_START.isoformat())} + 1)"
    plain, grouped = f"CAST({number} AS TEXT)", db.grouped(number)
    return (
        dates["en"],
        f"'day ' || {grouped}",
        dates["uk"],
        f"'день ' || {plain}",
        f"{plain} || '-й день'",
        f"'day ' || {plain}",
        db.date("t.date", "YYYY-MM-DD"),
        db.date("t.date", "DD.MM.YYYY"),
    )


def _read_at(db: Dialect, words: str) -> str:
    """Return SQL for what the documents say of themselves from which a day's reports were read."""
    return (
        f"(SELECT {db.concat.format('w.v')} FROM (SELECT DISTINCT {words} AS v FROM conflict_report r2 "
        f"JOIN conflict_document d ON d.id = r2.document_id WHERE {_SAME_DAY.format('t')} "
        "AND r2.status = 'published') w)"
    )


def _related(db: Dialect, tables: str, words: str) -> str:
    return (
        f"(SELECT {db.concat.format('w.v')} FROM "
        f"(SELECT {words} AS v FROM {tables} WHERE x.event_id = t.id ORDER BY x.{chr(34)}order{chr(34)}) w)"
    )


def dialect_of(vendor: str) -> Dialect:
    return PostgresDialect() if vendor == "postgresql" else Dialect()
