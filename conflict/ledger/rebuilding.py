"""The ledger made anew from its published reports and decisions, to see whether it is the same.

Version by version: which readings and decisions held then, which of them the rules accept, and which points
that opens and closes. The result must equal the stored points, past ones included, and every hash must fit.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from conflict.ledger.acceptance import Cell, Reading, Standing, accept_series, series_of, settle_series
from conflict.ledger.settling import CHUNK, READING_FIELDS, Life, Series, hash_of, read_lives, reading_of
from conflict.models import Decision, LossEntry, Report, Version


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild found. Each difference is a sentence; none means that the ledger is identical."""

    versions: int = 0
    points: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def identical(self) -> bool:
        return not self.differences


@dataclass(slots=True)
class _Happenings:
    """The readings and decisions that begin and end with each version."""

    begun: dict[int, list[tuple[Cell, Reading]]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[int, list[tuple[Cell, Reading]]] = field(default_factory=lambda: defaultdict(list))
    decided: dict[int, list[tuple[Cell, int]]] = field(default_factory=lambda: defaultdict(list))
    undecided: dict[int, list[tuple[Cell, int]]] = field(default_factory=lambda: defaultdict(list))


def rebuild(*, progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Make all points anew in memory and compare them with the stored ones. Nothing is written."""
    happenings = _read_happenings()
    versions = list(Version.objects.order_by("number"))
    readings: dict[Cell, dict[int, Reading]] = defaultdict(dict)
    decisions: dict[Cell, int] = {}
    standing: dict[Series, dict[dt.date, Standing]] = defaultdict(dict)
    since: dict[tuple[Series, dt.date], int] = {}
    lives: list[Life] = []
    result = Rebuilt(versions=len(versions))
    previous = ""
    for done, version in enumerate(versions):
        if progress:
            progress(done, len(versions))
        touched = _apply(happenings, version.number, readings, decisions)
        current = {cell: readings[cell].values() for cell in touched}
        opened: list[tuple[Series, Standing]] = []
        closed: list[tuple[Series, Standing]] = []
        for series, dates in series_of(touched).items():
            accepted = accept_series(
                series, dates, current, decisions=decisions, dataset_order=settings.DATASET_ORDER
            )
            out, into = settle_series(standing[series], accepted)
            for point in out:
                lives.append((series, point, since.pop((series, point.date)), version.number))
                del standing[series][point.date]
            for point in into:
                standing[series][point.date] = point
                since[series, point.date] = version.number
            opened += [(series, point) for point in into]
            closed += [(series, point) for point in out]
        _compare_version(result, version, previous, opened, closed)
        previous = version.hash
    lives += [(s, point, since[s, date], None) for s, points in standing.items() for date, point in points.items()]
    result.points = len(lives)
    _compare_points(result, set(lives))
    return result


def _apply(
    happenings: _Happenings,
    number: int,
    readings: dict[Cell, dict[int, Reading]],
    decisions: dict[Cell, int],
) -> set[Cell]:
    touched = set()
    for cell, reading in happenings.ended[number]:
        readings[cell].pop(reading.entry, None)
        touched.add(cell)
    for cell, reading in happenings.begun[number]:
        readings[cell][reading.entry] = reading
        touched.add(cell)
    for cell, _ in happenings.undecided[number]:
        decisions.pop(cell, None)
        touched.add(cell)
    for cell, entry in happenings.decided[number]:
        decisions[cell] = entry
        touched.add(cell)
    return touched


def _read_happenings() -> _Happenings:
    happenings = _Happenings()
    rows = (
        LossEntry.objects.exclude(report__status=Report.Status.DRAFT)
        .filter(total__isnull=False)
        .values_list("report__to_version_id", *READING_FIELDS)
    )
    for until, *row in rows.iterator(CHUNK):
        cell, reading = reading_of(tuple(row))
        happenings.begun[reading.since].append((cell, reading))
        if until is not None:
            happenings.ended[until].append((cell, reading))
    for decision in Decision.objects.all():
        cell = Cell(decision.source_id, decision.party_id, decision.category_id, decision.date)
        happenings.decided[decision.from_version_id].append((cell, decision.entry_id))
        if decision.to_version_id is not None:
            happenings.undecided[decision.to_version_id].append((cell, decision.entry_id))
    return happenings


def _compare_version(
    result: Rebuilt,
    version: Version,
    previous: str,
    opened: list[tuple[Series, Standing]],
    closed: list[tuple[Series, Standing]],
) -> None:
    if (version.opened, version.closed) != (len(opened), len(closed)):
        result.differences.append(
            f"Version {version.number} says that it opened {version.opened} points and closed {version.closed}; "
            f"its reports give {len(opened)} and {len(closed)}."
        )
    expected = hash_of(version, previous=previous, opened=opened, closed=closed)
    if version.previous_hash != previous or version.hash != expected:
        result.differences.append(f"The hash of version {version.number} does not fit its changes.")


def _compare_points(result: Rebuilt, expected: set[Life]) -> None:
    stored = set(read_lives())
    for life, where in [
        *((life, "follows from the reports but is not stored") for life in expected - stored),
        *((life, "is stored but does not follow from the reports") for life in stored - expected),
    ]:
        (_, _, category), point, since, _ = life
        result.differences.append(
            f"The point of category {category} on {point.date}, {point.total} since version {since}, {where}."
        )
