"""One cell of a package: how each sort of value is written, read again, and refused in words."""

import datetime as dt
from decimal import Decimal

import pytest

from conflict.intake.package.cells import BadCell, read, shown, written
from conflict.intake.package.columns import Column

MOMENT = dt.datetime(2024, 11, 19, 6, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("string", "танки", "танки"),
        ("string", "=1+1", "'=1+1"),
        ("integer", -17, "-17"),
        ("number", Decimal("48.50"), "48.5"),
        ("number", Decimal("1E-7"), "0.0000001"),
        ("boolean", True, "true"),
        ("boolean", False, "false"),
        ("date", dt.date(2024, 11, 19), "2024-11-19"),
        ("datetime", MOMENT, "2024-11-19T06:30:00Z"),
        ("object", {"b": 1, "a": "ї"}, '{"a":"ї","b":1}'),
    ],
)
def test_a_value_is_written_in_one_way_and_read_again(kind, value, cell):
    assert written(value) == cell
    assert read(cell, Column("c", kind, "w")) == value


def test_times_are_written_in_utc_and_floats_without_an_exponent():
    kyiv = dt.timezone(dt.timedelta(hours=2))
    assert written(MOMENT.astimezone(kyiv)) == "2024-11-19T06:30:00Z"
    assert (written(1e-7), written([1, "ї"]), written(None)) == ("0.0000001", '[1,"ї"]', "")


@pytest.mark.parametrize(
    ("kind", "cell", "fault"),
    [
        ("string", "a\0b", "it holds a sign that no text has"),
        ("string", "=1", "“=1” begins like a formula and has no apostrophe before it"),
        ("integer", "1,5", "“1,5” is not a whole number"),
        ("number", "1e5", "“1e5” is not a number"),
        ("boolean", "yes", "“yes” is neither true nor false"),
        ("date", "19.11.2024", "“19.11.2024” is not a day of the calendar, written 2024-11-19"),
        ("date", "2024-02-30", "“2024-02-30” is not a day of the calendar, written 2024-11-19"),
        ("datetime", "2024-11-19", "“2024-11-19” is not a time in UTC, written 2024-11-19T06:30:00Z"),
        ("object", "[1]", "“[1]” is not a JSON object"),
        ("object", '{"a": NaN}', '“{"a": NaN}” is not JSON'),
        ("integer", "", "it is empty, and must not be"),
        ("integer", "0", "“0” is below 1"),
        ("integer", "1001", "“1001” is above 1,000"),
    ],
)
def test_a_cell_that_is_none_says_why(kind, cell, fault):
    bounds = {"least": 1, "most": 1000} if kind == "integer" else {}
    with pytest.raises(BadCell) as caught:
        read(cell, Column("c", kind, "w", **bounds))
    assert str(caught.value) == fault


def test_bounds_are_within_and_options_are_named():
    bounded = Column("c", "integer", "w", least=1, most=1000)
    assert [read(cell, bounded) for cell in ("1", "1000")] == [1, 1000]
    with pytest.raises(BadCell) as caught:
        read("c", Column("c", "string", "w", options=("a", "b")))
    assert str(caught.value) == "“c” is none of a, b"


@pytest.mark.parametrize(("length", "end"), [(39, ""), (40, ""), (41, "…"), (90, "…")])
def test_a_message_holds_forty_characters_of_a_cell(length, end):
    assert shown("x" * length) == f"“{'x' * min(length, 40)}{end}”"
