"""Petro Ivaniuk's transcription of the General Staff's daily reports: equipment and personnel in two files.

Both are lists of objects, one a day, cumulative totals; keys come and go. The two files are one dataset and
give one report a day. `military auto` and `fuel tank` (to 30 April 2022) are categories of their own: nobody
printed their sum. A corrections file and a count by Oryx lie beside them; functions of their own read them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from conflict.intake.datasets.definition import PARTY, SOURCE, Corrections, Dataset, Day, Reader, frozen
from conflict.intake.records import LARGEST, CorrectionRecord, DatasetRecord, ReportRecord
from conflict.intake.strict_json import read_entries, shown

EQUIPMENT = "russia_losses_equipment.json"
PERSONNEL = "russia_losses_personnel.json"
CORRECTIONS = "russia_losses_equipment_correction.json"
ORYX = "russia_losses_equipment_oryx.json"

EQUIPMENT_CATEGORIES = {
    "aircraft": "aircraft",
    "helicopter": "helicopters",
    "tank": "tanks",
    "APC": "armoured-vehicles",
    "field artillery": "artillery",
    "MRL": "mlrs",
    "anti-aircraft warfare": "air-defence",
    "ground robotic systems": "ground-robots",
    "drone": "uavs",
    "cruise missiles": "cruise-missiles",
    "naval ship": "ships",
    "submarines": "submarines",
    "vehicles and fuel tanks": "vehicles",
    "special equipment": "special-equipment",
    "military auto": "military-vehicles",
    "fuel tank": "fuel-tankers",
    "mobile SRBM system": "srbm",
}
PERSONNEL_CATEGORIES = {"personnel": "personnel", "POW": "prisoners"}

QUALIFIER_KEY = "personnel*"
QUALIFIER_WORDS = {"about": "about", "more": "more-than"}
DIRECTION_KEY = "greatest losses direction"

_RAW = "https://raw.githubusercontent.com/PetroIvaniuk/2022-Ukraine-Russia-War-Dataset/main/data/"


@dataclass(frozen=True, slots=True)
class OryxRecord:
    """How many of one model Oryx counted in photographs, undated. Both categories are as printed."""

    category: str
    model: str
    manufacturer: str
    total: int
    equipment_ua: str


def read(payloads: Mapping[str, bytes], *, first_day: dt.date, today: dt.date) -> DatasetRecord:
    """The reports of both files, in order of date; personnel first, then equipment, each in its file's order.

    A day in only one file gives a report with what that file states. ``remarks`` keep the day's direction of
    greatest losses, a `day` that disagrees with the date, and unknown keys. Raises `DatasetError`.
    """
    document = DATASET.document(payloads, today=today)
    equipment = Reader(
        EQUIPMENT, EQUIPMENT_CATEGORIES, frozenset({"date", "day", DIRECTION_KEY}), first_day, today
    )
    personnel = Reader(
        PERSONNEL, PERSONNEL_CATEGORIES, frozenset({"date", "day", QUALIFIER_KEY}), first_day, today
    )
    warnings: list[str] = []
    by_date = _read_days((personnel, equipment), payloads, warnings=warnings)
    for here, there in ((equipment, personnel), (personnel, equipment)):
        warnings.extend(_only_in(here, there))
    warnings.extend(equipment.warnings() + personnel.warnings())
    reports: list[ReportRecord] = []
    skipped: list[str] = []
    for date, days in sorted(by_date.items()):
        if not any(day.entries for day in days):
            skipped.append(f"{date} states no figure")
            continue
        reports.append(
            ReportRecord(
                source=SOURCE,
                party=PARTY,
                date=date,
                document=document,
                entries=tuple(entry for day in days for entry in day.entries),
                remarks=frozen(_merged(days)),
            )
        )
    return DatasetRecord(
        document=document, reports=tuple(reports), warnings=tuple(warnings), skipped=tuple(skipped)
    )


def _read_days(
    readers: Sequence[Reader], payloads: Mapping[str, bytes], *, warnings: list[str]
) -> dict[dt.date, list[Day]]:
    """Read each reader's file; return what the files say of each date."""
    by_date: dict[dt.date, list[Day]] = {}
    for reader in readers:
        for entry in read_entries(payloads[reader.file], file=reader.file):
            day = reader.day(entry)
            _read_day_number(day, first_day=reader.first_day, warnings=warnings)
            by_date.setdefault(day.date, []).append(day)
    for day in (day for days in by_date.values() for day in days):
        if day.entry.file == PERSONNEL:
            _read_qualifier(day, warnings=warnings)
        elif DIRECTION_KEY in day.entry.values:
            day.remarks[DIRECTION_KEY] = day.entry.text(DIRECTION_KEY)
    return by_date


def read_corrections(
    payload: bytes, *, first_day: dt.date, today: dt.date, file: str = CORRECTIONS
) -> tuple[CorrectionRecord, ...]:
    """The dated corrections, in the order of the file; differences of 0 correct nothing and are left out.

    Stricter than the reports: an unknown key is a `DatasetError`, for a correction of an unknown category
    cannot be applied. The file's own `day` is not used (two of its days disagree with their dates).
    """
    categories = EQUIPMENT_CATEGORIES | {"personnel": "personnel"}
    reader = Reader(file, {}, frozenset({"date", "day", *categories}), first_day, today)
    records = []
    for entry in read_entries(payload, file=file):
        date = reader.day(entry).date
        if reader.unknown:
            raise entry.fault("the key is no category", key=next(iter(reader.unknown)))
        for key in entry.values:
            if key not in categories:
                continue
            difference = entry.whole_number(key, lowest=-LARGEST, highest=LARGEST)
            if difference:
                records.append(CorrectionRecord(date=date, category=categories[key], difference=difference))
    return tuple(records)


def read_oryx(payload: bytes, *, file: str = ORYX) -> tuple[OryxRecord, ...]:
    """Oryx's count by model, in the order of the file: another source, of photographs only.

    Raises `DatasetError`, also for an unknown or missing key and for two entries of one category, model and
    maker.
    """
    keys = {"equipment_oryx", "model", "manufacturer", "losses_total", "equipment_ua"}
    seen: dict[tuple[str, str, str], int] = {}
    records = []
    for entry in read_entries(payload, file=file):
        unknown = next((key for key in entry.values if key not in keys), None)
        if unknown is not None:
            raise entry.fault("the key is unknown", key=unknown)
        record = OryxRecord(
            category=entry.text("equipment_oryx"),
            model=entry.text("model"),
            manufacturer=entry.text("manufacturer"),
            total=entry.whole_number("losses_total", lowest=0, highest=LARGEST),
            equipment_ua=entry.text("equipment_ua"),
        )
        identity = (record.category, record.model, record.manufacturer)
        if identity in seen:
            raise entry.fault(f"entry {seen[identity]} counts the same model", key="model")
        seen[identity] = entry.number
        records.append(record)
    return tuple(records)


def _read_day_number(day: Day, *, first_day: dt.date, warnings: list[str]) -> None:
    """Keep a day number only where it differs from the one that the date gives: the date is what counts."""
    if "day" not in day.entry.values:
        return
    printed = day.entry.whole_number("day", lowest=0, highest=LARGEST)
    computed = (day.date - first_day).days + 1
    if printed != computed:
        day.remarks["day"] = str(printed)
        warnings.append(
            f"{day.entry.file}, entry {day.entry.number} ({day.date}): the file says day {printed:,}, "
            f"the date is day {computed:,}; the date was taken."
        )


def _read_qualifier(day: Day, *, warnings: list[str]) -> None:
    """Give the word under `personnel*` to the entry it qualifies; a word not known to us stays a remark."""
    if QUALIFIER_KEY not in day.entry.values:
        return
    word = day.entry.text(QUALIFIER_KEY)
    for index, entry in enumerate(day.entries):
        if entry.category == "personnel" and word in QUALIFIER_WORDS:
            day.entries[index] = replace(entry, qualifier=QUALIFIER_WORDS[word])
            return
    day.remarks[QUALIFIER_KEY] = word
    warnings.append(
        f"{day.entry.file}, entry {day.entry.number} ({day.date}), key {shown(QUALIFIER_KEY)}: "
        f"{shown(word)} qualifies no figure here and was kept as a remark."
    )


def _only_in(here: Reader, there: Reader) -> list[str]:
    days = sorted(here.seen.keys() - there.seen.keys())
    if not days:
        return []
    if len(days) == 1:
        return [f"{days[0]} is in {here.file} alone, not in {there.file}."]
    return [f"{len(days):,} days are in {here.file} alone, not in {there.file} ({days[0]} to {days[-1]})."]


def _merged(days: Sequence[Day]) -> dict[str, str]:
    """The remarks of both files; a key that both have with different texts names its file."""
    times = Counter(key for day in days for key in day.remarks)
    merged: dict[str, str] = {}
    for day in days:
        for key, text in day.remarks.items():
            same = all(other.remarks.get(key, text) == text for other in days)
            merged[key if times[key] == 1 or same else f"{key} ({day.entry.file})"] = text
    return merged


DATASET = Dataset(
    name="petroivaniuk",
    title="2022 Ukraine Russia War Dataset",
    publisher="Petro Ivaniuk",
    licence="MIT",
    page="https://github.com/PetroIvaniuk/2022-Ukraine-Russia-War-Dataset",
    urls={EQUIPMENT: _RAW + EQUIPMENT, PERSONNEL: _RAW + PERSONNEL},
    categories={EQUIPMENT: EQUIPMENT_CATEGORIES, PERSONNEL: PERSONNEL_CATEGORIES},
    read=read,
    corrections=Corrections(CORRECTIONS, read_corrections),
)
