"""What can be found: one row of text for each article, claim, event, reported day, category, actor and place.

The rows are made from the tables by triggers, and so are right whoever writes: the ORM, in bulk, by loaddata or
in raw SQL. They are derived and nothing else: `migrate` puts everything here in place, and makes the rows anew
after a migration or where this file says something new; `manage.py rebuild_search` makes them anew at any time.

    search_text    id, kind, key, title, text
    search_index   its words: on SQLite the FTS5 index, on PostgreSQL the tsvectors of the title and of both, and
                   the pairs of words that follow each other: of two frequent words nearly every row holds both,
                   and to look in each for where they stand would take most of a search's time
    search_state   which edition of this file the triggers are of

``id`` is kind, date (YYYYMMDD, 0 where there is none) and key written one after the other, in 1, 8 and 10
digits: so that counting by type and year, and newest first, need no row but only the index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, models, transaction
from django.utils.translation import gettext_lazy as _

from conflict.models.folding import MODIFIER_APOSTROPHE, PLAIN_CYRILLIC

KEYS, DATES = 10**10, 10**8
TITLE, TEXT = 2_000, 100_000  # how many characters of a title and of a text are searched


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


# -- What is found, and by which words ----------------------------------------------------------------------

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
            condition="t.status = 'published' AND NOT EXISTS (SELECT 1 FROM conflict_report r2 WHERE "
            f"{_SAME_DAY.format('t')} AND r2.status = 'published' AND r2.id < t.id)",
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


# -- The rows, and the triggers that keep them --------------------------------------------------------------


def _joined(db: Dialect, parts: Sequence[str], most: int) -> str:
    if not parts:
        return "''"
    joined = " || ".join(f"COALESCE(NULLIF({part}, '') || ' · ', '')" for part in parts)
    return db.limited.format(f"rtrim({joined}, ' ·')", most)


def _fill(db: Dialect, feed: Feed, keys: str = "") -> str:
    """Return the statement that makes the rows of one kind, all of them or those of some keys."""
    date = db.date(feed.date, "YYYYMMDD") if feed.date != "NULL" else "NULL"
    rows = f"COALESCE(CAST({date} AS BIGINT), 0)"
    among = f"AND {db.within.format('t.id', keys)}" if keys else ""
    return (
        "INSERT INTO search_text (id, kind, key, title, text) SELECT "
        f"({feed.kind.value} * {DATES}::BIGINT + {rows}) * {KEYS} + t.id, {feed.kind.value}, t.id, "
        f"{_joined(db, feed.title, TITLE)}, {_joined(db, feed.text, TEXT)} "
        f"FROM {feed.tables} WHERE {feed.condition} {among} "
        # On PostgreSQL another transaction may have made the row since this statement's neighbour deleted it.
        "ON CONFLICT (kind, key) DO UPDATE SET id = excluded.id, title = excluded.title, text = excluded.text"
    ).replace("::BIGINT", "" if type(db) is Dialect else "::BIGINT")


def _refresh(db: Dialect, feed: Feed, watch: Watch, rows: Sequence[str]) -> str:
    keys = " UNION ".join(watch.keys.replace("row.", f"{row}.") for row in rows)
    rid = f"DELETE FROM search_text WHERE kind = {feed.kind.value} AND {db.within.format('key', keys)}"
    return f"{rid}; {_fill(db, feed, keys)};"


def _triggers(db: Dialect) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each trigger's name, table, event, condition and statements."""
    for feed in feeds(db):
        for watch in feed.watches:
            changed = " OR ".join(db.differs.format(f"OLD.{c}", f"NEW.{c}") for c in watch.columns)
            for event, rows, when in (
                ("INSERT", ["NEW"], ""),
                ("UPDATE", ["OLD", "NEW"], f"WHEN ({changed})"),
                ("DELETE", ["OLD"], ""),
            ):
                name = f"search_{feed.kind.name.lower()}_{watch.table}_{event.lower()}"
                yield name, watch.table, event, when, _refresh(db, feed, watch, rows)


def _sqlite() -> Iterator[str]:
    folded = {column: _nested_replace(f"{{row}}{column}") for column in ("title", "text")}
    plain = ", ".join(f"{sql.format(row='')} AS {column}" for column, sql in folded.items())
    old, new = (", ".join(sql.format(row=f"{row}.") for sql in folded.values()) for row in ("OLD", "NEW"))
    remove = f"INSERT INTO search_index (search_index, rowid, title, text) VALUES ('delete', OLD.id, {old});"
    add = f"INSERT INTO search_index (rowid, title, text) VALUES (NEW.id, {new});"
    yield (
        "CREATE TABLE search_text (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key INTEGER NOT NULL "
        f"CHECK (key BETWEEN 0 AND {KEYS - 1}), title TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (kind, key))"
    )
    yield f"CREATE VIEW search_folded AS SELECT id, {plain} FROM search_text"
    yield (
        "CREATE VIRTUAL TABLE search_index USING fts5(title, text, content='search_folded', content_rowid='id', "
        "prefix='2 3', tokenize=\"unicode61 remove_diacritics 2 categories 'L* Nd'\")"
    )
    for event, statements in (("INSERT", add), ("UPDATE", remove + add), ("DELETE", remove)):
        yield f"CREATE TRIGGER search_words_{event.lower()} AFTER {event} ON search_text BEGIN {statements} END"
    for name, table, event, when, statements in _triggers(Dialect()):
        yield f"CREATE TRIGGER {name} AFTER {event} ON conflict_{table} FOR EACH ROW {when} BEGIN {statements} END"


def _nested_replace(column: str) -> str:
    sql = f"replace({column}, '{MODIFIER_APOSTROPHE}', ' ')"
    for letter, plain in PLAIN_CYRILLIC.items():
        sql = f"replace({sql}, '{chr(letter)}', '{plain}')"
    return sql


def _postgres() -> Iterator[str]:
    folded = (
        "regexp_replace(lower(normalize(translate({}, '" + MODIFIER_APOSTROPHE + "', ' '), NFD) "
        "COLLATE \"und-x-icu\"), '[\\u0300-\\u036f]+', '', 'g')"
    )
    words = (
        "SELECT left(word, 255) AS word, place + {} AS place, '{}' AS weight FROM regexp_split_to_table("
        + folded
        + ", '[^[:alnum:]]+' COLLATE \"und-x-icu\") WITH ORDINALITY AS w(word, place) WHERE word <> ''"
    )
    # Made by hand and not by to_tsvector, whose parser sees numbers, hosts and paths, each in its own way. The
    # words of the text are counted from beyond any title, so that no phrase spans both.
    yield (
        "CREATE OR REPLACE FUNCTION search_vector(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE "
        "PARALLEL SAFE AS $$ SELECT COALESCE(string_agg('''' || word || ''':' || LEAST(place, 16383) || weight, "
        f"' '), '')::tsvector FROM ({words.format(0, 'A', 'title')} UNION ALL "
        f"{words.format(TITLE, 'B', 'body')}) AS words $$"
    )
    # A pair begins with a space, so that no beginning of a word is the beginning of a pair. A tsvector has room
    # for 1 MB: what lies beyond half a million bytes of a text, which few scripts need for 100,000 characters, has
    # no pairs.
    yield (
        "CREATE OR REPLACE FUNCTION search_pairs(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE "
        "PARALLEL SAFE AS $$ "
        "SELECT array_to_tsvector(COALESCE(array_agg(' ' || word || ' ' || after), '{}')) FROM "
        "(SELECT word, lead(word) OVER w AS after, lead(place) OVER w - place AS apart, "
        "sum(octet_length(word) + 2) OVER w AS bytes FROM "
        f"({words.format(0, 'A', 'title')} UNION ALL {words.format(TITLE, 'B', 'body')}) AS words "
        "WINDOW w AS (ORDER BY place)) AS pairs WHERE apart = 1 AND bytes < 500000 $$"
    )
    yield (
        f"CREATE TABLE search_text (id BIGINT PRIMARY KEY, kind INTEGER NOT NULL, key BIGINT NOT NULL "
        f"CHECK (key BETWEEN 0 AND {KEYS - 1}), title TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (kind, key))"
    )
    # Counting what is found takes no more than ids, so its cost is that of the pages on which they lie. PostgreSQL
    # moves the vectors out of a row to where they are not in the way, but only out of a row of more than 2 kB: so
    # each is given room, blanks that take 40 bytes, and 150 rows then share a page instead of 5.
    columns = ("title", "words", "pairs")
    yield (
        "CREATE TABLE search_index (id BIGINT PRIMARY KEY, title tsvector NOT NULL, words tsvector NOT NULL, "
        "pairs tsvector NOT NULL, room text NOT NULL DEFAULT repeat(' ', 2100)) WITH (toast_tuple_target = 128)"
    )
    # Not compressed: taking vectors apart again to weigh them would cost more than the space is worth.
    yield f"ALTER TABLE search_index {', '.join(f'ALTER {column} SET STORAGE EXTERNAL' for column in columns)}"
    for column in columns:
        yield f"CREATE INDEX search_index_{column} ON search_index USING gin ({column}) WITH (fastupdate = off)"
    yield (
        "CREATE OR REPLACE FUNCTION search_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP <> 'INSERT' THEN DELETE FROM search_index WHERE id = OLD.id; END IF; "
        "IF TG_OP <> 'DELETE' THEN INSERT INTO search_index (id, title, words, pairs) VALUES "
        "(NEW.id, search_vector(NEW.title, '') || search_pairs(NEW.title, ''), "
        "search_vector(NEW.title, NEW.text), search_pairs(NEW.title, NEW.text)); END IF; RETURN NULL; END $$"
    )
    yield (
        "CREATE TRIGGER search_words AFTER INSERT OR UPDATE OR DELETE ON search_text FOR EACH ROW "
        "EXECUTE FUNCTION search_words()"
    )
    for name, table, event, when, statements in _triggers(PostgresDialect()):
        yield (
            # Plans made while the tables were all but empty would read them whole for each row of a long import.
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off "
            f"AS $$ BEGIN {statements} RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON conflict_{table} FOR EACH ROW {when} "
            f"EXECUTE FUNCTION {name}()"
        )
    for feed in feeds(PostgresDialect()):
        for watch in feed.watches:
            name = f"search_{feed.kind.name.lower()}_{watch.table}_truncate"
            again = f"DELETE FROM search_text WHERE kind = {feed.kind.value}; {_fill(PostgresDialect(), feed)};"
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {again} RETURN NULL; END $$"
            )
            yield (
                f"CREATE TRIGGER {name} AFTER TRUNCATE ON conflict_{watch.table} FOR EACH STATEMENT "
                f"EXECUTE FUNCTION {name}()"
            )


# -- Putting it in place ------------------------------------------------------------------------------------


def install_search(using: str = "default") -> None:
    """Put the index and its triggers in place and fill it; nothing where this edition stands already."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    watched = {f"conflict_{watch.table}" for feed in feeds(Dialect()) for watch in feed.watches}
    if not watched <= tables:
        return  # migrated back to before the first migration
    statements = list(_postgres() if connection.vendor == "postgresql" else _sqlite())
    fills = "".join(_fill(_dialect(connection.vendor), feed) for feed in feeds(_dialect(connection.vendor)))
    edition = hashlib.sha256("".join([*statements, fills]).encode()).hexdigest()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS search_state (edition TEXT NOT NULL)")
        cursor.execute("SELECT edition FROM search_state")
        if cursor.fetchone() == (edition,):
            return
        lift_search(using)
        for statement in (
            *("DROP TABLE IF EXISTS search_index", "DROP VIEW IF EXISTS search_folded"),
            "DROP TABLE IF EXISTS search_text",
            *statements,
        ):
            cursor.execute(statement)
        rebuild_search(using)
        cursor.execute("INSERT INTO search_state (edition) VALUES (%s)", [edition])


def lift_search(using: str = "default") -> None:
    """Take the triggers away, as a migration needs it; ``install_search`` then puts all in place anew.

    SQLite refuses to rename a table while a trigger of another one names it.
    """
    connection = connections[using]
    if "search_state" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgname LIKE 'search\\_%' "
                "AND tgrelid::regclass::text LIKE 'conflict\\_%'"
            )
        else:
            cursor.execute(
                "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' "
                "AND name LIKE 'search\\_%' ESCAPE '\\' AND tbl_name LIKE 'conflict\\_%' ESCAPE '\\'"
            )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        cursor.execute("DELETE FROM search_state")


def rebuild_search(using: str = "default") -> dict[Kind, int]:
    """Make every row anew from the tables and return how many there are of each kind."""
    connection = connections[using]
    db = _dialect(connection.vendor)
    counts = {}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text")
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM search_index")  # what no row accounts for
        for feed in feeds(db):
            cursor.execute(_fill(db, feed))
            cursor.execute("SELECT count(*) FROM search_text WHERE kind = %s", [feed.kind.value])
            (counts[feed.kind],) = cursor.fetchone()
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    return counts


def _dialect(vendor: str) -> Dialect:
    return PostgresDialect() if vendor == "postgresql" else Dialect()
