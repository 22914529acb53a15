"""What every public dataset has: its name, its files, whose it is, and a function that reads it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from conflict.intake.records import LARGEST, CorrectionRecord, DatasetRecord, DocumentRecord, EntryRecord
from conflict.intake.strict_json import DatasetError, Entry, shown

SOURCE = "general-staff"
PARTY = "russia"

MOST_KEYS_NAMED = 20
"""Unknown keys named one by one in the warnings; a file with more is not the dataset it claims to be."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """A list of known corrections: the file beside those of a dataset, and the function that reads its bytes."""

    file: str
    read: Callable[..., tuple[CorrectionRecord, ...]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One public dataset. ``files`` are the names of its files in reading order, ``urls`` their addresses.

    ``page`` is the address for people. ``categories`` names, for each file, the category of each key with a
    figure: with it a file can be written again from its reports, key by key. Without a list of corrections,
    ``corrections`` is None.
    """

    name: str
    title: str
    publisher: str
    licence: str
    page: str
    urls: Mapping[str, str]
    categories: Mapping[str, Mapping[str, str]]
    read: Callable[..., DatasetRecord]
    corrections: Corrections | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, all of which must be given."""
        return tuple(self.urls)

    def document(self, payloads: Mapping[str, bytes], *, today: dt.date) -> DocumentRecord:
        """The document that the reports are read from; `DatasetError` if a file is missing or foreign."""
        return DocumentRecord(
            slug=self.name,
            kind="dataset",
            title=self.title,
            url=self.page,
            publisher=self.publisher,
            retrieved=today,
            sha256=self.fingerprint(payloads),
            licence=self.licence,
        )

    def fingerprint(self, payloads: Mapping[str, bytes]) -> str:
        """The SHA-256 of what was read, hexadecimal.

        Of one file: of its bytes. Of several: of the lines that ``sha256sum`` prints for them, in the order
        of ``files`` (``sha256sum A B | sha256sum`` gives the same), so that anyone can check it.
        """
        missing = [name for name in self.files if name not in payloads]
        if missing:
            raise DatasetError(f"the file is missing; {self.name} is {' and '.join(self.files)}", file=missing[0])
        unexpected = [name for name in payloads if name not in self.files]
        if unexpected:
            raise DatasetError(f"the file is no part of the dataset {self.name}", file=unexpected[0])
        digests = [hashlib.sha256(payloads[name]).hexdigest() for name in self.files]
        if len(digests) == 1:
            return digests[0]
        lines = "".join(f"{digest}  {name}\n" for digest, name in zip(digests, self.files, strict=True))
        return hashlib.sha256(lines.encode()).hexdigest()


@dataclass(slots=True)
class Day:
    """What one file states for one date: figures in the order of its keys, the rest by its own keys."""

    date: dt.date
    entry: Entry
    entries: list[EntryRecord] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reader:
    """Reads the days of one file, and remembers what it could not place.

    ``categories`` gives the category of each key with a figure. ``others`` are the keys that the dataset's
    own module reads.
    """

    file: str
    categories: Mapping[str, str]
    others: frozenset[str]
    first_day: dt.date
    today: dt.date
    unknown: Counter[str] = field(default_factory=Counter)
    seen: dict[dt.date, int] = field(default_factory=dict)

    def day(self, entry: Entry) -> Day:
        """One entry: its date, its figures, and every unknown key as a remark.

        ``null`` gives an entry without a total, an absent key gives none.
        """
        day = Day(date=self._date(entry), entry=entry)
        for key, value in entry.values.items():
            if key in self.categories:
                total = None if value is None else entry.whole_number(key, lowest=0, highest=LARGEST)
                day.entries.append(EntryRecord(category=self.categories[key], total=total))
            elif key not in self.others:
                self.unknown[key] += 1
                if type(value) is int:
                    day.remarks[key] = str(value)
                elif isinstance(value, str):
                    day.remarks[key] = entry.text(key)
        return day

    def warnings(self) -> tuple[str, ...]:
        """A sentence for each unknown key, with the number of entries that have it."""
        named = self.unknown.most_common(MOST_KEYS_NAMED)
        sentences = [
            f"{self.file}: the key {shown(key)} is unknown, it was not read as a figure "
            f"({times:,} {'entry has' if times == 1 else 'entries have'} it)."
            for key, times in named
        ]
        if len(self.unknown) > len(named):
            sentences.append(f"{self.file}: {len(self.unknown) - len(named):,} more keys are unknown.")
        return tuple(sentences)

    def _date(self, entry: Entry) -> dt.date:
        date = entry.date()
        if date < self.first_day:
            raise entry.fault(f"the date lies before the first day, {self.first_day}", key="date")
        if date > self.today:
            raise entry.fault(f"the date lies in the future, today is {self.today}", key="date")
        if date in self.seen:
            raise entry.fault(f"entry {self.seen[date]} has the same date", key="date")
        self.seen[date] = entry.number
        return date


def frozen(remarks: Mapping[str, str]) -> Mapping[str, str]:
    """The same remarks, not to be changed any more."""
    return MappingProxyType(dict(remarks))
