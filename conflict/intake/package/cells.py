"""How one value stands in a cell of the package, and how it is read again: each exactly one way.

An empty cell is "not stated". A text that a spreadsheet would take for a formula is guarded
(``conflict.intake.formulas``), and the reader takes the apostrophe away again.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from conflict.intake.formulas import guarded, unguarded
from conflict.intake.package.columns import Column

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")


class BadCell(ValueError):
    """A cell that does not hold what its column says; the message is the end of a sentence."""


def written(value: Any) -> str:
    """Return the cell of a value; ``None`` is an empty one."""
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        case dt.date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case float():
            return f"{Decimal(repr(value)):f}"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return str(value)


def read(cell: str, column: Column) -> Any:
    """Return the value of a cell. An empty one is "" in a column of texts and ``None`` elsewhere.

    Raises ``BadCell``.
    """
    if cell == "":
        if column.required:
            raise BadCell("it is empty, and must not be")
        return "" if column.type == "string" else None
    value = _READERS[column.type](cell)
    if column.options and value not in column.options:
        raise BadCell(f"{shown(cell)} is none of {', '.join(column.options)}")
    if column.least is not None and value < column.least:
        raise BadCell(f"{shown(cell)} is below {column.least:,}")
    if column.most is not None and value > column.most:
        raise BadCell(f"{shown(cell)} is above {column.most:,}")
    return value


def shown(cell: str, most: int = 40) -> str:
    """Return a cell as a message can hold it."""
    return f"“{cell if len(cell) <= most else cell[:most] + '…'}”"


def _read_text(cell: str) -> str:
    if "\0" in cell:
        raise BadCell("it holds a sign that no text has")
    try:
        return unguarded(cell)
    except ValueError:
        raise BadCell(f"{shown(cell)} begins like a formula and has no apostrophe before it") from None


def _read_integer(cell: str) -> int:
    if not _INTEGER.fullmatch(cell):
        raise BadCell(f"{shown(cell)} is not a whole number")
    return int(cell)


def _read_number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise BadCell(f"{shown(cell)} is not a number")
    return Decimal(cell)


def _read_boolean(cell: str) -> bool:
    if cell not in {"true", "false"}:
        raise BadCell(f"{shown(cell)} is neither true nor false")
    return cell == "true"


def _read_day(cell: str) -> dt.date:
    try:
        if not _DAY.fullmatch(cell):
            raise ValueError
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise BadCell(f"{shown(cell)} is not a day of the calendar, written 2024-11-19") from None


def _read_time(cell: str) -> dt.datetime:
    try:
        if not _TIME.fullmatch(cell):
            raise ValueError
        return dt.datetime.fromisoformat(cell)
    except ValueError:
        raise BadCell(f"{shown(cell)} is not a time in UTC, written 2024-11-19T06:30:00Z") from None


def _read_object(cell: str) -> dict[str, Any]:
    try:
        value = json.loads(cell, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadCell(f"{shown(cell)} is not JSON") from None
    if not isinstance(value, dict):
        raise BadCell(f"{shown(cell)} is not a JSON object")
    return value


def _refuse(name: str) -> None:
    raise ValueError(name)


_READERS: dict[str, Callable[[str], Any]] = {
    "string": _read_text,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "date": _read_day,
    "datetime": _read_time,
    "object": _read_object,
}
