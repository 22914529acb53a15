"""The description of the package against the models that it describes, and each cell written and read again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from conflict.intake.formulas import STARTS, guarded
from conflict.intake.package.cells import read, written
from conflict.intake.package.columns import Column
from conflict.intake.package.tables import BY_NAME, TABLES
from conflict.ledger.restoring import _WRITERS
from conflict.models import (
    Category,
    Claim,
    Document,
    Event,
    EventFigure,
    Finding,
    LossEntry,
    Report,
    Source,
    Version,
    WarEstimate,
)
from conflict.package.rows import _ROWS


@pytest.mark.parametrize(
    ("table", "column", "choices"),
    [
        ("sources", "kind", Source.Kind),
        ("categories", "unit", Category.Unit),
        ("documents", "kind", Document.Kind),
        ("versions", "kind", Version.Kind),
        ("entries", "qualifier", LossEntry.Qualifier),
        ("events", "precision", Event.Precision),
        ("events", "theme", Event.Theme),
        ("events", "certainty", Event._meta.get_field("certainty")),
        ("event_figures", "qualifier", EventFigure._meta.get_field("qualifier")),
        ("claims", "certainty", Claim._meta.get_field("certainty")),
        ("claims", "qualifier", Claim._meta.get_field("qualifier")),
        ("war_estimates", "counts", WarEstimate.Counts),
        ("war_estimates", "certainty", WarEstimate._meta.get_field("certainty")),
        ("findings", "kind", Finding.Kind),
        ("findings", "severity", Finding.Severity),
        ("findings", "state", Finding.State),
    ],
)
def test_what_a_column_may_hold_is_what_the_model_knows(table, column, choices) -> None:
    described = next(one for one in BY_NAME[table].columns if one.name == column)
    assert set(described.options) == {value for value, _ in choices.choices}


def test_reports_are_of_every_kind_but_drafts() -> None:
    described = next(one for one in BY_NAME["reports"].columns if one.name == "status")
    assert set(described.options) == set(Report.Status.values) - {"draft"}


def test_every_table_is_written_and_every_one_that_is_not_derived_restored() -> None:
    assert set(_ROWS) == {table.name for table in TABLES}
    assert set(_WRITERS) == {table.name for table in TABLES if not table.derived}


def test_every_column_and_table_says_what_it_is() -> None:
    for table in TABLES:
        assert gettext(table.words) and gettext(table.title)
        assert set(table.key) <= {column.name for column in table.columns}
        for column in table.columns:
            assert column.words
            if column.refers:
                name, _, key = column.refers.partition(".")
                assert BY_NAME[name].key == (key,)


VALUES = {
    "string": st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    "integer": st.integers(-(10**17), 10**17),
    "number": st.decimals(0, 10**9, places=3),
    "boolean": st.booleans(),
    "date": st.dates(dt.date(1000, 1, 1)),
    "datetime": st.datetimes(dt.datetime(1000, 1, 1), timezones=st.just(dt.UTC)),
    "object": st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_every_value_is_read_as_it_was_written(pair) -> None:
    kind, value = pair
    assert read(written(value), Column("x", kind, "")) == value


@given(st.floats(-180, 180, allow_nan=False))
def test_a_coordinate_keeps_every_bit(value) -> None:
    cell = written(value)
    assert "e" not in cell
    if len(cell) < 24:
        assert float(read(cell, Column("x", "number", ""))) == value


@given(st.text())
def test_no_text_begins_like_a_formula(text) -> None:
    assert written(text) == guarded(text) and not written(text).startswith(STARTS)


def test_nothing_is_not_the_same_as_zero() -> None:
    column = Column("x", "integer", "", required=False)
    assert (read("", column), read("0", column), written(None), written(0)) == (None, 0, "", "0")
    assert written(Decimal("10.500")) == "10.5" and written(Decimal("100.000")) == "100"


CALLED = {
    "number": "version",
    "from_version_id": "from_version",
    "to_version_id": "to_version",
    "entry_id": "report",  # with the category, which the row names too
    "version_id": "version",
}


@pytest.mark.parametrize("table", sorted(_WRITERS))
def test_nothing_that_a_row_holds_is_forgotten(table: str) -> None:
    """Every column of the database is one of the package, but for keys that mean nothing elsewhere."""
    model = _WRITERS[table].model
    columns = {column.name for column in BY_NAME[table].columns}
    singular = {"slug": BY_NAME[table].key[0]}
    for field in model._meta.concrete_fields:
        if field.name == "id":
            continue
        name = singular.get(field.name) or CALLED.get(field.attname) or CALLED.get(field.name) or field.name
        assert name in columns, f"{table}.csv lacks {field.name}: see docs/data.md on adding a column"
    for field in model._meta.many_to_many:
        assert field.name in columns or field.remote_field.through._meta.auto_created is False, field.name


def test_every_table_of_the_database_is_one_of_the_package() -> None:
    """A new model belongs into the package, or is named here with the reason why it does not."""
    packed = {writer.model for writer in _WRITERS.values()}
    models = {model for model in apps.get_app_config("conflict").get_models() if not model._meta.proxy}
    left_out = {model for model in models if model.__name__.startswith("Historical")}
    assert models - packed - left_out == set()
