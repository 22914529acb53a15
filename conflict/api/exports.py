"""Rows as CSV and JSON, piece by piece, in the memory of one piece whatever the number of rows.

Pure: rows in, bytes out. ``None`` is "not stated": an empty cell in CSV, null in JSON.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from conflict.intake.formulas import guarded

Cell = str | int | float | bool | dt.date | None

PIECE = 1000  # rows


def safe_cell(cell: Cell) -> Cell:
    """Return a cell as a spreadsheet may open it, texts guarded. Numbers are no texts: -17 stays -17."""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write rows under a header, in UTF-8, dates as 2024-11-19."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    yield _taken(buffer)
    rows = iter(rows)
    while piece := list(islice(rows, PIECE)):
        writer.writerows([safe_cell(cell) for cell in row] for row in piece)
        yield _taken(buffer)


def json_pieces(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write rows as an array of objects, one on a line."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_iso).encode
    rows, between = iter(rows), "["
    while piece := list(islice(rows, PIECE)):
        lines = (encode(dict(zip(columns, row, strict=True))) for row in piece)
        yield (between + "\n" + ",\n".join(lines)).encode()
        between = ","
    yield b"[]\n" if between == "[" else b"\n]\n"


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _iso(cell: dt.date) -> str:
    return cell.isoformat()
