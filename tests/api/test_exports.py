"""Rows as CSV and JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from itertools import islice, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.api.exports import PIECE, csv_pieces, json_pieces, safe_cell

# What spreadsheets are known to take for a formula, as lists of such attacks have it.
INJECTIONS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org","x")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "@A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula(text):
    written = b"".join(csv_pieces(["a", "b"], [(text, 1)])).decode()
    (row,) = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert row == [f"'{text}", "1"]


@pytest.mark.parametrize("cell", [-17, 0, -1.5, "Tanks", "a=b", "https://example.org/?a=1", "", None, "it's"])
def test_numbers_and_plain_texts_stay_what_they_are(cell):
    assert safe_cell(cell) == cell


def test_truth_is_written_as_in_json():
    assert b"".join(csv_pieces(["a"], [(True,), (False,)])) == b"a\r\ntrue\r\nfalse\r\n"


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.dates(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=20))
def test_every_row_can_be_read_back(rows):
    columns = ["first", "second"]
    objects = json.loads(b"".join(json_pieces(columns, rows)))
    plain = [[c.isoformat() if isinstance(c, dt.date) else c for c in row] for row in rows]
    assert [list(found.values()) for found in objects] == plain
    assert all(list(found) == columns for found in objects)
    read = list(csv.reader(io.StringIO(b"".join(csv_pieces(columns, rows)).decode(), newline="")))
    assert read[0] == columns
    assert read[1:] == [["" if c is None else str(safe_cell(c)) for c in row] for row in plain]


@pytest.mark.parametrize("write", [csv_pieces, json_pieces])
def test_the_first_piece_is_there_before_the_last_row_is_read(write):
    endless = repeat((1, "x"))
    pieces = list(islice(write(["a", "b"], endless), 3))
    assert sum(piece.count(b"x") for piece in pieces) in {2 * PIECE, 3 * PIECE}
