"""The makers of columns: each sort of column bounds and refers as its name says."""

import pytest

from conflict.intake.package.columns import Column, count, day, of, signed, text
from conflict.intake.package.tables import BY_NAME, TABLES
from conflict.intake.records import LARGEST


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (lambda: text("name", "its name"), Column("name", "string", "its name", required=False)),
        (lambda: text("name", "its name", required=True), Column("name", "string", "its name", required=True)),
        (
            lambda: text("kind", "w", options=("a", "b")),
            Column("kind", "string", "w", required=False, options=("a", "b")),
        ),
        (lambda: count("n", "w"), Column("n", "integer", "w", required=False, least=0, most=LARGEST)),
        (
            lambda: count("n", "w", required=True, least=1, refers="versions.version"),
            Column("n", "integer", "w", required=True, least=1, most=LARGEST, refers="versions.version"),
        ),
        (lambda: signed("n", "w"), Column("n", "integer", "w", required=False, least=-LARGEST, most=LARGEST)),
        (lambda: day("date", "w"), Column("date", "date", "w", required=False)),
        (lambda: day("date", "w", required=True), Column("date", "date", "w", required=True)),
        (lambda: of("parties", "w"), Column("party", "string", "w", required=True, refers="parties.party")),
        (
            lambda: of("events", "w", name="other", required=False),
            Column("other", "string", "w", required=False, refers="events.event"),
        ),
    ],
)
def test_a_made_column_is_the_one_written_out(make, column):
    assert make() == column


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("parties", "party"),
        ("sources", "source"),
        ("categories", "category"),
        ("documents", "document"),
        ("events", "event"),
        ("actors", "actor"),
        ("places", "place"),
        ("reports", "report"),
        ("questions", "question"),
        ("wars", "war"),
    ],
)
def test_a_column_of_another_table_is_named_for_its_key(table, key):
    assert (of(table, "w").name, of(table, "w").refers) == (key, f"{table}.{key}")
    assert BY_NAME[table].key == (key,)


def test_each_table_is_a_file_of_its_name():
    assert [table.file for table in TABLES] == [f"{name}.csv" for name in BY_NAME]
