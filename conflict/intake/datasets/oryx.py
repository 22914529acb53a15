"""Oryx's count by model, as a file beside Petro Ivaniuk's dataset gives it: one total a model, no date.

Oryx is another source than the General Staff and counts something else: what a photograph or a video shows.
The file sorts its models by Oryx's groups and says which of the General Staff's categories each group is. That
is followed, but for one group that it plainly puts in the wrong place; a group that is not in `GROUPS` is left
out and named, never guessed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from conflict.intake.datasets import petroivaniuk
from conflict.intake.datasets.definition import PARTY, frozen
from conflict.intake.datasets.petroivaniuk import ORYX, OryxRecord, read_oryx
from conflict.intake.records import DocumentRecord, EntryRecord, ModelCountRecord, ReportRecord
from conflict.intake.strict_json import DatasetError

SOURCE = "oryx"
DOCUMENT = "oryx-by-model"


class Group(NamedTuple):
    """A group of Oryx, the General Staff's category that the file gives for it, and ours.

    ``why`` says why ours is not the file's, "" where it is.
    """

    name: str
    printed: str
    category: str
    why: str = ""


GROUPS = (
    Group("Tanks", "Tanks", "tanks"),
    Group("Armoured Fighting Vehicles", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Infantry Fighting Vehicles", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Armoured Personnel Carriers", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Mine-Resistant Ambush Protected", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Infantry Mobility Vehicles", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Command Posts And Communications Stations", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Engineering Vehicles And Equipment", "Armoured Personnel Carriers", "armoured-vehicles"),
    Group("Self-Propelled Anti-Tank Missile Systems", "Artillery Systems", "artillery"),
    Group("Artillery Support Vehicles And Equipment", "Artillery Systems", "artillery"),
    Group("Towed Artillery", "Artillery Systems", "artillery"),
    Group("Self-Propelled Artillery", "Artillery Systems", "artillery"),
    Group("Multiple Rocket Launchers", "Multiple Rocket Launchers", "mlrs"),
    Group("Anti-Aircraft Guns", "Anti-aircraft Warfare Systems", "air-defence"),
    Group("Self-Propelled Anti-Aircraft Guns", "Anti-aircraft Warfare Systems", "air-defence"),
    Group(
        "Surface-To-Air Missile Systems",
        "Multiple Rocket Launchers",
        "air-defence",
        "missiles against aircraft are air defence, not rocket artillery",
    ),
    Group("Radars", "Special Equipment", "special-equipment"),
    Group("Jammers And Deception Systems", "Special Equipment", "special-equipment"),
    Group("Aircraft", "Aircrafts", "aircraft"),
    Group("Helicopters", "Helicopters", "helicopters"),
    Group("Unmanned Combat Aerial Vehicles", "Unmanned Aerial Vehicles", "uavs"),
    Group("Reconnaissance Unmanned Aerial Vehicles", "Unmanned Aerial Vehicles", "uavs"),
    Group("Naval Ships", "Warships, Boats", "ships"),
    Group("Trucks, Vehicles and Jeeps", "Vehicle and Fuel Tank", "vehicles"),
)
"""As the file prints both, in its order."""

_KNOWN: Mapping[tuple[str, str], Group] = {(group.name, group.printed): group for group in GROUPS}


@dataclass(frozen=True, slots=True)
class OryxCount:
    """The file as one report, its models, and what a reader of it must know, in sentences.

    ``unplaced`` names each group that was left out, ``moved`` each that is not where the file puts it.
    """

    report: ReportRecord
    counts: tuple[ModelCountRecord, ...]
    unplaced: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def read_count(payload: bytes, *, date: dt.date, today: dt.date, file: str = ORYX) -> OryxCount:
    """Read the file as what Oryx counted up to ``date``, which the file itself does not say.

    A category's total is the sum of its models. Raises `DatasetError`, also where no group is known.
    """
    records = read_oryx(payload, file=file)
    counts = tuple(
        ModelCountRecord(group.category, record.category, record.model, record.manufacturer, record.total)
        for record in records
        if (group := _group(record))
    )
    if not counts:
        raise DatasetError("none of its groups of equipment is known", file=file)
    left_out = _left_out(records)
    remarks = {"counts by model": f"{len(counts)} models, SHA-256 of their lines {fingerprint(counts)}"}
    remarks |= {f"left out: {name}": words for name, words in left_out.items()}
    report = ReportRecord(
        source=SOURCE,
        party=PARTY,
        date=date,
        document=_document(payload, today=today),
        entries=tuple(_entry(category, counts) for category in dict.fromkeys(one.category for one in counts)),
        remarks=frozen(remarks),
    )
    present = {(record.category, record.equipment_ua) for record in records}
    return OryxCount(
        report=report,
        counts=counts,
        unplaced=tuple(f"{name}: {words}" for name, words in left_out.items()),
        moved=tuple(
            f"{group.name}: the file says {group.printed}, here it is {group.category}, for {group.why}"
            for group in GROUPS
            if group.why and (group.name, group.printed) in present
        ),
    )


def fingerprint(counts: Iterable[ModelCountRecord]) -> str:
    """The SHA-256 of the counts, hexadecimal: of the lines "group, model, maker, total" between tabs, sorted.

    It tells two counts apart whose categories have the same sums.
    """
    lines = sorted(f"{one.group}\t{one.model}\t{one.manufacturer}\t{one.total}\n" for one in counts)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _group(record: OryxRecord) -> Group | None:
    return _KNOWN.get((record.category, record.equipment_ua))


def _left_out(records: Sequence[OryxRecord]) -> dict[str, str]:
    groups: dict[str, list[OryxRecord]] = {}
    for record in records:
        if _group(record) is None:
            groups.setdefault(f"{record.category} ({record.equipment_ua})", []).append(record)
    return {
        name: f"{len(models)} {'model' if len(models) == 1 else 'models'}, {sum(m.total for m in models):,} in all"
        for name, models in groups.items()
    }


def _entry(category: str, counts: Sequence[ModelCountRecord]) -> EntryRecord:
    """The sum of a category's models, with the groups that it is made of as its text."""
    groups: dict[str, int] = {}
    models = [one for one in counts if one.category == category]
    for one in models:
        groups[one.group] = groups.get(one.group, 0) + one.total
    parts = ", ".join(f"{name} {total:,}" for name, total in groups.items())
    what = "1 model" if len(models) == 1 else f"the sum of {len(models)} models"
    return EntryRecord(category=category, total=sum(groups.values()), text=f"{what}: {parts}")


def _document(payload: bytes, *, today: dt.date) -> DocumentRecord:
    return DocumentRecord(
        slug=DOCUMENT,
        kind="dataset",
        title="Oryx’s counts by model, as transcribed in the 2022 Ukraine Russia War Dataset",
        url=petroivaniuk.DATASET.page,
        publisher=petroivaniuk.DATASET.publisher,
        retrieved=today,
        sha256=hashlib.sha256(payload).hexdigest(),
        licence=petroivaniuk.DATASET.licence,
    )
