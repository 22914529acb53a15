"""What can be found: one row of text for each article, claim, event, reported day, category, actor and place.

The rows are made from the tables by triggers, and so are right whoever writes: the ORM, in bulk, by loaddata or
in raw SQL. They are derived and nothing else: `migrate` puts everything here in place, and makes the rows anew
after a migration or where this file or `search_texts` (which words a row has) says something new;
`manage.py rebuild_search` makes them anew at any time.

    search_text    id, kind, key, title, text
    search_index   its words: on SQLite the FTS5 index, on PostgreSQL the tsvectors of the title and of both, and
                   the pairs of words that follow each other: of two frequent words nearly every row holds both,
                   and to look in each for where they stand would take most of a search's time
    search_state   which edition of the statements the triggers are of

What the rows of a kind are is a view (``search_report_rows`` and so on), which the triggers copy from.

``id`` is kind, date (YYYYMMDD, 0 where there is none) and key written one after the other, in 1, 8 and 10
digits: so that counting by type and year, and newest first, need no row but only the index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.db import connections, transaction

from conflict.models.folding import MODIFIER_APOSTROPHE, PLAIN_CYRILLIC
from conflict.models.search_texts import Dialect, Feed, Kind, PostgresDialect, Watch, dialect_of, feeds

KEYS, DATES = 10**10, 10**8
TITLE, TEXT = 2_000, 100_000  # how many characters of a title and of a text are searched


# -- The rows, and the triggers that keep them --------------------------------------------------------------


def _joined(db: Dialect, parts: Sequence[str], most: int) -> str:
    if not parts:
        return "''"
    joined = " || ".join(f"COALESCE(NULLIF({part}, '') || ' · ', '')" for part in parts)
    return db.limited.format(f"rtrim({joined}, ' ·')", most)


def _rows(db: Dialect, feed: Feed) -> str:
    """Return the query that makes the rows of one kind."""
    date = db.date(feed.date, "YYYYMMDD") if feed.date != "NULL" else "NULL"
    kind_and_date = f"CAST({feed.kind.value * DATES} AS BIGINT) + COALESCE(CAST({date} AS BIGINT), 0)"
    return (
        f"SELECT ({kind_and_date}) * {KEYS} + t.id AS id, {feed.kind.value} AS kind, t.id AS key, "
        f"{_joined(db, feed.title, TITLE)} AS title, {_joined(db, feed.text, TEXT)} AS text "
        f"FROM {feed.tables} WHERE {feed.condition}"
    )


def _view(kind: Kind) -> str:
    return f"search_{kind.name.lower()}_rows"


def _fill(rows: str, among: str = "TRUE") -> str:
    """Return the statement that writes rows of a query or a view, all of them or those among some."""
    return (
        f"INSERT INTO search_text (id, kind, key, title, text) SELECT id, kind, key, title, text FROM {rows} "
        # On PostgreSQL another transaction may have made the row since this statement's neighbour deleted it.
        f"WHERE {among} ON CONFLICT (kind, key) DO UPDATE "
        "SET id = excluded.id, title = excluded.title, text = excluded.text"
    )


def _refresh(db: Dialect, feed: Feed, watch: Watch, rows: Sequence[str]) -> str:
    keys = " UNION ".join(watch.keys.replace("row.", f"{row}.") for row in rows)
    among = db.within.format("key", keys)
    rid = f"DELETE FROM search_text WHERE kind = {feed.kind.value} AND {among}"
    return f"{rid}; {_fill(_view(feed.kind), among)};"


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


def _views(db: Dialect) -> Iterator[str]:
    """Say once, as a view, what the rows of each kind are.

    A connection to SQLite parses the whole schema before its first query. With the queries in the triggers, three
    a table, that took it 14 ms.
    """
    for feed in feeds(db):
        yield f"CREATE VIEW {_view(feed.kind)} AS {_rows(db, feed)}"


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
    yield from _views(Dialect())
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
    yield from _views(PostgresDialect())
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
            again = f"DELETE FROM search_text WHERE kind = {feed.kind.value}; {_fill(_view(feed.kind))};"
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
    edition = hashlib.sha256("".join(statements).encode()).hexdigest()
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
    """Take the triggers and views away, as a migration needs it; ``install_search`` then puts all in place anew.

    SQLite refuses to rename a table while a trigger of another one names it, and PostgreSQL to change a column
    that a view shows.
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
        for kind in Kind:
            cursor.execute(f"DROP VIEW IF EXISTS {_view(kind)}")
        cursor.execute("DELETE FROM search_state")


def rebuild_search(using: str = "default") -> dict[Kind, int]:
    """Make every row anew from the tables and return how many there are of each kind."""
    connection = connections[using]
    db = dialect_of(connection.vendor)
    counts = {}
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_text")
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM search_index")  # what no row accounts for
        for feed in feeds(db):
            cursor.execute(_fill(f"({_rows(db, feed)}) AS made"))
            cursor.execute("SELECT count(*) FROM search_text WHERE kind = %s", [feed.kind.value])
            (counts[feed.kind],) = cursor.fetchone()
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    return counts
