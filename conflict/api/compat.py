"""Compatible faces: the files of two public datasets, key by key, so that their users can move without rewriting.

By default a file holds what the ledger imported from that very dataset: a clone of it, nulls and addresses
included. With ``figures=accepted`` it holds the figures that the ledger accepts, in the same form.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api.describing import described
from conflict.api.figures import CHUNK
from conflict.api.freshness import unless_known
from conflict.api.questions import CompatQuery, read
from conflict.api.readings import day_number, version_of
from conflict.intake.datasets import orc_losses, petroivaniuk
from conflict.models import LossEntry, Point, Report
from conflict.queries import LEDGER, PERSONNEL

router = Router(tags=[gettext_noop("Compatible faces")])

Values = dict[str, Any]

QUALIFIER_WORDS = {qualifier: word for word, qualifier in petroivaniuk.QUALIFIER_WORDS.items()}


class Stated(NamedTuple):
    """One figure of a day. ``total`` None: the document says that there is none."""

    category: str
    total: int | None
    qualifier: str
    url: str


@dataclass(frozen=True, slots=True)
class Face:
    """One file: whose dataset it is of, its keys by our categories, and how it is written."""

    dataset: str
    keys: Mapping[str, str]  # category to key, in the newest order of the keys
    write: Callable[[Face, dt.date, list[Stated], Mapping[str, str]], Values]
    indent: int
    ascii_only: bool
    newest_first: bool = False


def _equipment(face: Face, date: dt.date, stated: list[Stated], remarks: Mapping[str, str]) -> Values:
    day = _dated(date, remarks, petroivaniuk.EQUIPMENT)
    day |= {face.keys[one.category]: one.total for one in stated}
    if petroivaniuk.DIRECTION_KEY in remarks:
        day[petroivaniuk.DIRECTION_KEY] = remarks[petroivaniuk.DIRECTION_KEY]
    return day


def _personnel(face: Face, date: dt.date, stated: list[Stated], remarks: Mapping[str, str]) -> Values:
    day = _dated(date, remarks, petroivaniuk.PERSONNEL)
    for one in stated:
        day[face.keys[one.category]] = one.total
        if one.category == PERSONNEL:
            word = QUALIFIER_WORDS.get(one.qualifier) or remarks.get(petroivaniuk.QUALIFIER_KEY)
            day |= {petroivaniuk.QUALIFIER_KEY: word} if word else {}
    return day


def _russian_losses(face: Face, date: dt.date, stated: list[Stated], remarks: Mapping[str, str]) -> Values:
    addresses = [one.url for one in sorted(stated, key=lambda one: one.category != PERSONNEL) if one.url]
    address = addresses[0] if addresses else remarks.get(orc_losses.ADDRESS_KEY)
    totals = {one.category: one.total for one in stated}
    figures = {key: totals.get(category) for category, key in face.keys.items()}
    return {"date": date.isoformat(), orc_losses.ADDRESS_KEY: address, **figures}


def _dated(date: dt.date, remarks: Mapping[str, str], file: str) -> Values:
    """Begin a day with its number: the one that the file itself printed where it differs from the calendar's."""
    printed = remarks.get(f"day ({file})") or remarks.get("day")
    return {"date": date.isoformat(), "day": int(printed) if printed else day_number(date)}


def _keys(categories: Mapping[str, str]) -> dict[str, str]:
    return {category: key for key, category in categories.items()}


EQUIPMENT = Face("petroivaniuk", _keys(petroivaniuk.EQUIPMENT_CATEGORIES), _equipment, 4, True)
PERSONNEL_FILE = Face("petroivaniuk", _keys(petroivaniuk.PERSONNEL_CATEGORIES), _personnel, 4, True)
RUSSIAN_LOSSES = Face("orc-losses", _keys(orc_losses.CATEGORIES), _russian_losses, 2, False, newest_first=True)


@router.get(
    "compat/petroivaniuk/equipment.json",
    description=gettext_noop(
        "`russia_losses_equipment.json` of the dataset of Petro Ivaniuk: the same keys in the same order."
    ),
    **described(list[Values], CompatQuery),
)
def petroivaniuk_equipment(request: HttpRequest) -> HttpResponseBase:
    return _file(request, EQUIPMENT)


@router.get(
    "compat/petroivaniuk/personnel.json",
    description=gettext_noop(
        "`russia_losses_personnel.json` of the dataset of Petro Ivaniuk: the same keys in the same order."
    ),
    **described(list[Values], CompatQuery),
)
def petroivaniuk_personnel(request: HttpRequest) -> HttpResponseBase:
    return _file(request, PERSONNEL_FILE)


@router.get(
    "compat/orc-losses/russian-losses.json",
    description=gettext_noop(
        "`russian-losses.json` of the dataset Orc Losses: newest day first, `null` where nothing is stated."
    ),
    **described(list[Values], CompatQuery),
)
def orc_losses_file(request: HttpRequest) -> HttpResponseBase:
    return _file(request, RUSSIAN_LOSSES)


def _file(request: HttpRequest, face: Face) -> HttpResponseBase:
    form = read(request, CompatQuery(request))
    version = version_of(request, form)
    days = _accepted if form.cleaned_data["figures"] == CompatQuery.ACCEPTED else _readings

    def make() -> HttpResponseBase:
        pieces = _written(face, days(face, version))
        return StreamingHttpResponse(pieces, content_type="application/json; charset=utf-8")

    return unless_known(request, [face.dataset, str(version)], make)


def _readings(face: Face, version: int | None) -> Iterator[Values]:
    """Walk the days of a dataset as they were imported. Two queries."""
    held = Report.objects.at_version(version).of(**LEDGER).filter(document__slug=face.dataset)
    remarks = dict(held.values_list("pk", "remarks"))
    entries = LossEntry.objects.filter(report__in=held, category__slug__in=face.keys)
    rows = entries.order_by("-report__date" if face.newest_first else "report__date", "pk").values_list(
        "report_id", "report__date", "category__slug", "total", "qualifier", "report__cited_url"
    )
    for (key, date), of_day in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row[:2]):
        yield face.write(face, date, [Stated(*row[2:]) for row in of_day], remarks[key])


def _accepted(face: Face, version: int | None) -> Iterator[Values]:
    """Walk the days of the accepted figures, in the order of the newest file's keys. One query."""
    places = {category: place for place, category in enumerate(face.keys)}
    points = Point.objects.at_version(version).of(**LEDGER).in_categories(face.keys)
    rows = points.order_by("-date" if face.newest_first else "date").values_list(
        "date",
        "category__slug",
        "total",
        "entry__qualifier",
        "entry__report__cited_url",
        "entry__report__document__url",
    )
    for date, of_day in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        stated = [Stated(slug, total, word, cited or url) for _date, slug, total, word, cited, url in of_day]
        yield face.write(face, date, sorted(stated, key=lambda one: places[one.category]), {})


def _written(face: Face, days: Iterable[Values]) -> Iterator[bytes]:
    """Write days as the dataset's own file has them, to the last blank."""
    margin, between = " " * face.indent, "[\n"
    for day in days:
        text = json.dumps(day, indent=face.indent, ensure_ascii=face.ascii_only)
        yield (between + margin + text.replace("\n", f"\n{margin}")).encode()
        between = ",\n"
    yield b"[]" if between == "[\n" else b"\n]"
