"""The chain of hashes: each version covers its own changes and the version before.

The text that is hashed names things by slugs and dates, never by primary keys, so that the same ledger on
another machine has the same hashes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One point opened ("+") or closed ("-") by a version, in words that mean the same on every machine."""

    sign: str
    source: str
    party: str
    category: str
    date: str
    total: int
    printed_change: int | None
    computed_change: int | None
    days_since_previous: int | None
    document: str
    revision: int

    @property
    def sort_key(self) -> tuple[str, str, str, str, str]:
        return (self.source, self.party, self.category, self.date, self.sign)


_values = attrgetter(*(field.name for field in fields(Change)))


def version_hash(
    *,
    previous: str,
    number: int,
    time: dt.datetime,
    kind: str,
    by: str,
    reason: str,
    changes: Iterable[Change],
) -> str:
    """Return the SHA-256, hexadecimal, of a version: a JSON list of its head and its changes in order."""
    head = [previous, number, time.astimezone(dt.UTC).isoformat(timespec="seconds"), kind, by, reason]
    body = [_values(change) for change in sorted(changes, key=lambda change: change.sort_key)]
    text = json.dumps([head, body], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
