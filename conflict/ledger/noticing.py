"""Lets every rule look at a neighbourhood of the ledger. Reads only; `findings` stores what they notice."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from conflict.intake.headlines import figures_in_address
from conflict.ledger import checks
from conflict.ledger.checks import Compared, Noticed
from conflict.ledger.likelihood import find_disagreements
from conflict.ledger.neighbourhood import (
    ACCEPTED,
    CHUNK,
    Around,
    Names,
    Neighbourhood,
    nearest_days,
    read_around,
    series_of_place,
)
from conflict.models import Claim, Document, Report

KEY_LENGTH = 300

SERIES_RULES = (checks.find_falls, checks.find_arithmetic, checks.find_outliers)
SERIES_KINDS = frozenset({"fall", "arithmetic", "outlier"})


@dataclass(frozen=True, slots=True)
class Found:
    """What was noticed, and where: ready to be stored under its key."""

    key: str
    source: int
    party: int
    category: int | None
    document: int | None
    noticed: Noticed


def notice(where: Neighbourhood, names: Names) -> tuple[list[Found], Around]:
    """Let every rule look at a neighbourhood; return what they noticed in it, and what they looked at."""
    around = read_around(where, names)
    found = list(_notice(around))
    return found, around


def key_of(*parts: object) -> str:
    """Return what a finding is about, as text that means the same on every machine."""
    key = ":".join(str(part) for part in parts)
    if len(key) <= KEY_LENGTH:
        return key
    return key[: KEY_LENGTH - 65] + ":" + hashlib.sha256(key.encode()).hexdigest()


def _notice(around: Around) -> Iterator[Found]:
    where, names = around.where, around.names
    documents = {slug: pk for pk, slug in names.datasets.items()} | around.originals
    place = (names.sources[where.source], names.parties[where.party])

    def found(
        noticed: Noticed, *, category: int | None = None, document: str = ACCEPTED, day: bool = True
    ) -> Found:
        key = key_of(
            noticed.kind,
            *place,
            names.categories[category] if category is not None else "*",
            document or "*",
            noticed.date.isoformat() if day else "*",
            noticed.cause,
        )
        return Found(key, where.source, where.party, category, documents.get(document), noticed)

    for category, slug, series in series_of_place(around):
        for rule in SERIES_RULES:
            for noticed in rule(series):
                if around.keeps(category, slug, noticed.date):
                    yield found(noticed, category=category, document=slug)
    repeats = checks.find_repeats(_days(around))
    for slug, copied in repeats.items():
        yield from (found(noticed, document=slug) for noticed in copied if noticed.date in where)
    for slug, noticed in _gaps(around):
        yield found(noticed, document=slug)
    copies = {(slug, noticed.date) for slug, copied in repeats.items() for noticed in copied}
    for category, noticed in _disagreements(around, copies):
        yield found(noticed, category=category)
    for claim, noticed in _sums(around):
        documents[claim.document.slug] = claim.document_id
        noticed.evidence["claim"] = claim.pk
        yield found(noticed, category=claim.category_id, document=claim.document.slug)
    for slug, noticed in _unknown_categories(around, documents):
        yield found(noticed, document=slug, day=False)


def _days(around: Around) -> dict[str, dict[dt.date, dict[str, int]]]:
    """Turn the datasets' series round: document -> date -> category -> total."""
    days: dict[str, dict[dt.date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for category, slug, series in series_of_place(around):
        if slug != ACCEPTED:
            name = around.names.categories[category]
            for date, stated in series.items():
                days[slug][date][name] = stated.total
    return days


def _disagreements(around: Around, copies: set[tuple[str, dt.date]]) -> Iterator[tuple[int, Noticed]]:
    compared = {category: Compared.of(documents) for category, documents in around.stated.items()}
    for category in compared:
        compared[category].disputed = [date for date in compared[category].disputed if date in around.where]
    headlines = _headlines(around, {date for one in compared.values() for date in one.disputed}, copies)
    for category, one in compared.items():
        accepted = {date: point.entry for date, point in around.points.get(category, {}).items()}
        name = around.names.categories[category]
        for noticed in find_disagreements(
            one,
            accepted=accepted,
            originals=around.originals,
            repeats=copies,
            headlines={date: figures[name] for date, figures in headlines.items() if name in figures},
        ):
            yield category, noticed


def _headlines(
    around: Around, dates: set[dt.date], copies: set[tuple[str, dt.date]]
) -> dict[dt.date, dict[str, set[int]]]:
    """Read what the headlines of disputed days spell out; a copied-over day has copied its address too."""
    found: dict[dt.date, dict[str, set[int]]] = {}
    days = sorted(dates)
    for done in range(0, len(days), CHUNK // 4):
        rows = (
            Report.objects.published()
            .filter(
                source_id=around.where.source, party_id=around.where.party, date__in=days[done : done + CHUNK // 4]
            )
            .exclude(cited_url="")
        )
        for date, address, slug in rows.values_list("date", "cited_url", "document__slug"):
            if (slug, date) in copies:
                continue
            for category, figure in figures_in_address(address).items():
                found.setdefault(date, {}).setdefault(category, set()).add(figure)
    return found


def _gaps(around: Around) -> Iterator[tuple[str, Noticed]]:
    """Find the gaps of each dataset read whole, and of the accepted ledger, that touch the neighbourhood."""
    where = around.where
    names = around.names
    if where.source not in names.daily:
        return
    dates: dict[str, set[dt.date]] = {
        slug: set() for slug in names.datasets.values() if slug not in names.excerpts
    }
    dates[ACCEPTED] = set()
    for _, slug, series in series_of_place(around):
        if slug in dates:
            dates[slug].update(series)
    for slug, days in dates.items():
        if where.read_first is not None and where.read_last is not None:
            days = {day for day in days if where.read_first <= day <= where.read_last}
            days |= nearest_days(around, slug, days, where.read_first, where.read_last)
        for noticed in checks.find_gaps(days):
            if noticed.date in where or (noticed.end_date and noticed.end_date in where) or _spans(noticed, where):
                yield slug, noticed


def _spans(noticed: Noticed, where: Neighbourhood) -> bool:
    return bool(where.first and noticed.date < where.first and noticed.end_date and noticed.end_date > where.first)


def _sums(around: Around) -> Iterator[tuple[Claim, Noticed]]:
    """Compare the sums that articles print with the accepted totals of their parts on that day."""
    where = around.where
    claims = (
        Claim.objects.filter(figure__isnull=False, date__isnull=False, parts__isnull=False)
        .filter(**where.window("date"))
        .select_related("document")
        .prefetch_related("parts")
        .order_by("pk")
        .distinct()
    )
    for claim in claims:
        date, figure = claim.date, claim.figure
        if date is None or figure is None or date not in where or claim.source_id not in (None, where.source):
            continue
        parts = {}
        for category in claim.parts.all():
            point = around.points.get(category.pk, {}).get(date)
            parts[category.slug] = point.total if point else None
        noticed = checks.find_wrong_sum(figure=figure, qualifier=claim.qualifier, parts=parts, date=date)
        if noticed is not None:
            yield claim, noticed


def _unknown_categories(around: Around, documents: dict[str, int]) -> Iterator[tuple[str, Noticed]]:
    """Find keys of the datasets that count something which the ledger has no category for."""
    where = around.where
    rows = (
        Report.objects.published()
        .filter(source_id=where.source, party_id=where.party, document__kind=Document.Kind.DATASET)
        .filter(**where.window("date"))
        .exclude(remarks={})
    )
    remarks: dict[str, list[tuple[dt.date, dict[str, str]]]] = defaultdict(list)
    for slug, date, words in rows.values_list("document__slug", "date", "remarks"):
        remarks[slug].append((date, words))
    for slug, stated in remarks.items():
        for noticed in checks.find_unknown_categories(stated).values():
            yield slug, noticed
