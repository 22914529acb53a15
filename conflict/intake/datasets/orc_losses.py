"""The orc-losses transcription of the General Staff's daily reports: one file, newest day first.

``null`` where the report states nothing; `sourceUri` is the ministry's page of that day. `unarmoredVehicles`
is the General Staff's vehicles and fuel tanks throughout, also before 1 May 2022, as the file itself has it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from conflict.intake.datasets.definition import PARTY, SOURCE, Dataset, Day, Reader, frozen
from conflict.intake.records import DatasetRecord, ReportRecord
from conflict.intake.strict_json import read_entries, shown

FILE = "russian-losses.json"

CATEGORIES = {
    "personnel": "personnel",
    "tanks": "tanks",
    "afvs": "armoured-vehicles",
    "artillery": "artillery",
    "airDefense": "air-defence",
    "rocketSystems": "mlrs",
    "unarmoredVehicles": "vehicles",
    "fixedWingAircraft": "aircraft",
    "rotaryWingAircraft": "helicopters",
    "uavs": "uavs",
    "ships": "ships",
    "submarines": "submarines",
    "specialEquipment": "special-equipment",
    "missiles": "cruise-missiles",
}
ADDRESS_KEY = "sourceUri"

LONGEST_ADDRESS = 500
"""Characters of an address that a report keeps; the longest in the file has 237."""

# The address becomes a link on our pages: nothing but a web address may.
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"\\@]+(?:[/?#][^\s<>\"]*)?")


def read(payloads: Mapping[str, bytes], *, first_day: dt.date, today: dt.date) -> DatasetRecord:
    """The reports of the file, in order of date, each with its entries in the file's order.

    ``null`` is an entry without a total. ``remarks`` keep unknown keys and a `sourceUri` that is no web
    address. Raises `DatasetError`.
    """
    document = DATASET.document(payloads, today=today)
    reader = Reader(FILE, CATEGORIES, frozenset({"date", ADDRESS_KEY}), first_day, today)
    warnings: list[str] = []
    skipped: list[str] = []
    reports: list[ReportRecord] = []
    for entry in read_entries(payloads[FILE], file=FILE):
        day = reader.day(entry)
        address = _read_address(day, warnings=warnings)
        if not day.entries:
            skipped.append(f"{day.date} states no figure")
            continue
        reports.append(
            ReportRecord(
                source=SOURCE,
                party=PARTY,
                date=day.date,
                document=document,
                entries=tuple(day.entries),
                cited_url=address,
                remarks=frozen(day.remarks),
            )
        )
    reports.sort(key=lambda report: report.date)
    return DatasetRecord(
        document=document,
        reports=tuple(reports),
        warnings=(*warnings, *reader.warnings()),
        skipped=tuple(sorted(skipped)),
    )


def _read_address(day: Day, *, warnings: list[str]) -> str:
    if day.entry.values.get(ADDRESS_KEY) is None:
        return ""
    address = day.entry.text(ADDRESS_KEY)
    if len(address) <= LONGEST_ADDRESS and _WEB_ADDRESS.fullmatch(address):
        return address
    day.remarks[ADDRESS_KEY] = address
    warnings.append(
        f"{day.entry.file}, entry {day.entry.number} ({day.date}), key {shown(ADDRESS_KEY)}: "
        f"{shown(address)} is no usable web address and was kept as a remark."
    )
    return ""


DATASET = Dataset(
    name="orc-losses",
    title="Orc Losses",
    publisher="Lod Softworks LLC and contributors",
    licence="MIT",
    page="https://github.com/lod-db/orc-losses",
    urls={FILE: "https://raw.githubusercontent.com/lod-db/orc-losses/main/" + FILE},
    categories={FILE: CATEGORIES},
    read=read,
)
