"""A strict reading of JSON lists of flat objects, as public datasets publish them.

Python's own reader takes a key given twice (the last wins), NaN, Infinity, numbers that overflow to infinity,
halves of characters, and any depth. Each of these is a fault here, and each fault names its place.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

DEEPEST = 8
"""Objects and lists inside one another; the datasets have one level."""

LONGEST_TEXT = 2_000
"""Characters of one text; the longest of the known datasets has 237."""

_BLANK = re.compile(r"[ \t\n\r]*")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_IN_TEXT = re.compile(r'"date"\s*:\s*"([0-9]{4}-[0-9]{2}-[0-9]{2})"')
_KEY_IN_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
_NEAR = 2_000  # how far back a fault's key is looked for: bounded, for a file may be one endless text


class DatasetError(ValueError):
    """A file that cannot be read as it stands: one sentence that names file, entry and key.

    ``entry`` counts from 1 in the order of the file; ``date`` is that entry's date as printed, ``""`` if none
    could be read; ``key`` is ``None`` if the fault lies in no one key.
    """

    def __init__(
        self, reason: str, *, file: str, entry: int | None = None, date: str = "", key: str | None = None
    ) -> None:
        self.file, self.entry, self.date, self.key, self.reason = file, entry, date, key, reason
        place = file
        if entry is not None:
            place += f", entry {entry}" + (f" ({date})" if date else "")
        if key is not None:
            place += f", key {shown(key)}"
        super().__init__(f"{place}: {reason}.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of the list: where it stands and what it holds. Its methods read one key each, or raise."""

    file: str
    number: int
    values: dict[str, Any]

    def fault(self, reason: str, *, key: str | None = None) -> DatasetError:
        """The error to raise for something wrong in this entry."""
        return DatasetError(reason, file=self.file, entry=self.number, date=_printed_date(self.values), key=key)

    def whole_number(self, key: str, *, lowest: int, highest: int) -> int:
        """The whole number under ``key``; ``true``, ``1.0`` and ``"1"`` are none."""
        value = self._given(key)
        if type(value) is not int:
            raise self.fault(f"{shown(value)} is not a whole number", key=key)
        if value < lowest:
            raise self.fault(f"{value} is {'negative' if lowest == 0 else f'below {lowest:,}'}", key=key)
        if value > highest:
            raise self.fault(f"{value} is above {highest:,}, no figure of this war comes near it", key=key)
        return value

    def text(self, key: str) -> str:
        """The text under ``key``, as it stands."""
        value = self._given(key)
        if not isinstance(value, str):
            raise self.fault(f"{shown(value)} is not a text", key=key)
        if len(value) > LONGEST_TEXT:
            raise self.fault(f"the text has {len(value):,} characters, more than {LONGEST_TEXT:,}", key=key)
        return value

    def date(self, key: str = "date") -> dt.date:
        """The date under ``key``, written YYYY-MM-DD in ASCII digits."""
        value = self.text(key)
        try:
            # fromisoformat alone would take 20220225 and 2022-W08-5 as well.
            if _ISO_DATE.fullmatch(value):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        raise self.fault(f"{shown(value)} is not a date written as 2022-02-24", key=key)

    def _given(self, key: str) -> Any:
        if key not in self.values:
            raise self.fault("the key is missing", key=key)
        return self.values[key]


def shown(value: object) -> str:
    """A value as a message may print it: as JSON, at most 60 characters, nothing invisible."""
    printed = json.dumps(value, ensure_ascii=False, default=str)
    printed = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in printed)
    return printed if len(printed) <= 60 else f"{printed[:57]}..."


def read_entries(payload: bytes, *, file: str) -> tuple[Entry, ...]:
    """Read a JSON list of objects, in its own order.

    Raises `DatasetError` for anything that is not UTF-8, not JSON, not a list of objects, or empty, and for
    keys given twice, NaN, Infinity, overflowing numbers, lone surrogates, NUL characters and nesting beyond
    `DEEPEST`.
    """
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(f"byte {error.start + 1:,} is not UTF-8", file=file) from None
    entries = tuple(_entries(text, file=file))
    if not entries:
        raise DatasetError("the list is empty", file=file)
    return entries


class _Fault:
    """Stands in a decoded value for what strict JSON does not have; found again when the value is walked."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class _Repeated(dict[str, Any]):
    """An object with a key given twice: the first such key."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    repeated = _Repeated(values)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            repeated.key = key
            break
        seen.add(key)
    return repeated


def _integer(digits: str) -> int | _Fault:
    return int(digits) if len(digits) <= 18 else _Fault(f"the number has {len(digits):,} digits")


def _fraction(digits: str) -> float | _Fault:
    number = float(digits)
    return number if math.isfinite(number) else _Fault(f"{shown(digits)} is beyond every number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_fraction,
    parse_constant=lambda name: _Fault(f"{name} is not a number"),
)


def _entries(text: str, *, file: str) -> Iterator[Entry]:
    """The list one element at a time, so that a fault in the text can be told by the number of its entry."""
    at = _skip_blank(text, 0)
    if text[at : at + 1] != "[":
        _refuse_top(text, at, file=file)
    at = _skip_blank(text, at + 1)
    number = 1
    while number > 1 or text[at : at + 1] != "]":
        start = at
        try:
            value, at = _DECODER.raw_decode(text, start)
        except RecursionError:
            raise DatasetError("lists or objects are nested too deeply", file=file, entry=number) from None
        except json.JSONDecodeError as error:
            raise _malformed(text, start, error, file=file, number=number) from None
        yield _checked(value, file=file, number=number)
        at = _skip_blank(text, at)
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] != ",":
            due = json.JSONDecodeError("a comma or the end of the list is due", text, at)
            raise _malformed(text, start, due, file=file, number=number)
        at = _skip_blank(text, at + 1)
        number += 1
    at = _skip_blank(text, at + 1)
    if at != len(text):
        raise DatasetError(f"{_position(text, at)}: something follows the end of the list", file=file)


def _refuse_top(text: str, at: int, *, file: str) -> NoReturn:
    if at == len(text):
        raise DatasetError("the file is empty", file=file)
    kind = {"{": "an object", '"': "a text"}.get(text[at])
    if kind is None:
        raise DatasetError(f"this is not JSON: it begins with {shown(text[at : at + 20])}", file=file)
    raise DatasetError(f"a list of objects is due, this is {kind}", file=file)


def _checked(value: Any, *, file: str, number: int) -> Entry:
    if isinstance(value, _Fault):
        raise DatasetError(value.reason, file=file, entry=number)
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else shown(value)
        raise DatasetError(f"an object is due, this is {kind}", file=file, entry=number)
    entry = Entry(file=file, number=number, values=value)
    if isinstance(value, _Repeated):
        raise entry.fault("the key is given twice", key=value.key)
    for key, inner in value.items():
        reason = _flaw(key, depth=1) or _flaw(inner, depth=1)
        if reason:
            raise entry.fault(reason, key=key)
    return entry


def _flaw(value: Any, *, depth: int) -> str:
    """What strict JSON would not have in ``value`` or anything inside it; ``""`` if nothing."""
    match value:
        case str():
            # PostgreSQL stores no NUL, no database a lone surrogate.
            if "\0" in value:
                return "the text holds a NUL character"
            if any("\ud800" <= char <= "\udfff" for char in value):
                return "the text holds half a character (a lone surrogate)"
            return ""
        case _Fault():
            return value.reason
        case _Repeated():
            return f"the key {shown(value.key)} inside it is given twice"
        case dict():
            inner = [*value.keys(), *value.values()]
        case list():
            inner = value
        case _:
            return ""
    if depth >= DEEPEST:
        return "lists or objects are nested too deeply"
    return next((reason for each in inner if (reason := _flaw(each, depth=depth + 1))), "")


def _malformed(text: str, start: int, error: json.JSONDecodeError, *, file: str, number: int) -> DatasetError:
    end = min(error.pos, len(text))
    date = _DATE_IN_TEXT.search(text, start, min(end, start + _NEAR))
    key = None
    for match in _KEY_IN_TEXT.finditer(text, max(start, end - _NEAR), end):
        key = match[1]
    message = error.msg[:1].lower() + error.msg[1:]
    return DatasetError(
        f"{_position(text, end)}: this is not JSON ({message})",
        file=file,
        entry=number,
        date=date[1] if date else "",
        key=key,
    )


def _position(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line:,}, column {at - text.rfind(chr(10), 0, at):,}"


def _skip_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _printed_date(values: dict[str, Any]) -> str:
    date = values.get("date")
    return date if isinstance(date, str) and _ISO_DATE.fullmatch(date) else ""
