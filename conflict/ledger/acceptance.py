"""Which reading the ledger takes, and what follows from it for the points of a series. Pure functions.

The order, from the design: a curator's decision; an article or a pasted bulletin; datasets in their configured
order. Within one rank the reading that was published last is taken.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure's place: what one source says of one party's losses in one category on one date."""

    source: int
    party: int
    category: int
    date: dt.date

    @property
    def series(self) -> tuple[int, int, int]:
        return (self.source, self.party, self.category)


@dataclass(frozen=True, slots=True)
class Reading:
    """A stated total that could be accepted for a cell. ``since`` is the version that published it."""

    entry: int
    total: int
    printed_change: int | None
    document: str
    is_dataset: bool
    since: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The values of a point, without the versions between which it stands."""

    date: dt.date
    entry: int
    total: int
    printed_change: int | None
    computed_change: int | None = None
    days_since_previous: int | None = None


def rank(reading: Reading, *, dataset_order: Sequence[str]) -> tuple[int, int, int, int]:
    """Return the sort key of a reading: the smallest is accepted. Datasets not named in the order come last."""
    if not reading.is_dataset:
        return (0, 0, -reading.since, -reading.entry)
    place = dataset_order.index(reading.document) if reading.document in dataset_order else len(dataset_order)
    return (1, place, -reading.since, -reading.entry)


def accept(
    readings: Collection[Reading], *, decided_entry: int | None, dataset_order: Sequence[str]
) -> Reading | None:
    """Return the reading that the ledger takes for a cell, ``None`` where nothing is stated.

    A decision for an entry that is no longer published has lost its object; the ordinary order holds again.
    """
    for reading in readings:
        if reading.entry == decided_entry:
            return reading
    return min(readings, key=lambda reading: rank(reading, dataset_order=dataset_order), default=None)


def accept_series(
    series: tuple[int, int, int],
    dates: Iterable[dt.date],
    readings: Mapping[Cell, Collection[Reading]],
    *,
    decisions: Mapping[Cell, int],
    dataset_order: Sequence[str],
) -> dict[dt.date, Reading | None]:
    """Return the reading that the ledger takes for each of some dates of a series, or ``None``."""
    cells = {date: Cell(*series, date) for date in dates}
    return {
        date: accept(readings.get(cell, ()), decided_entry=decisions.get(cell), dataset_order=dataset_order)
        for date, cell in cells.items()
    }


def settle_series(
    standing: Mapping[dt.date, Standing], accepted: Mapping[dt.date, Reading | None]
) -> tuple[list[Standing], list[Standing]]:
    """Return the points of one series to close and to open.

    ``standing`` holds the points of the series at least from the nearest before the first date in
    ``accepted`` to the nearest after the last. ``accepted`` says for each touched date which reading is taken
    now (``None``: no longer any). The point after a touched date is touched too: its change starts there.
    """
    entries: dict[dt.date, Standing] = dict(standing)
    for date, reading in accepted.items():
        if reading is None:
            entries.pop(date, None)
        else:
            entries[date] = Standing(date, reading.entry, reading.total, reading.printed_change)
    dates = sorted(entries)
    affected: set[int] = set()
    for date in accepted:
        place = bisect_left(dates, date)  # of the date itself or, where it has gone, of the next
        affected.update(range(place, min(place + 2, len(dates))))
    opened = [_computed(entries[dates[i]], entries[dates[i - 1]] if i else None) for i in sorted(affected)]
    opened = [point for point in opened if standing.get(point.date) != point]
    gone = {date for date, reading in accepted.items() if reading is None}
    closed = [standing[date] for date in sorted({point.date for point in opened} | gone) if date in standing]
    return closed, opened


def _computed(point: Standing, previous: Standing | None) -> Standing:
    if previous is None:
        return replace(point, computed_change=None, days_since_previous=None)
    return replace(
        point,
        computed_change=point.total - previous.total,
        days_since_previous=(point.date - previous.date).days,
    )


def series_of(cells: Iterable[Cell]) -> dict[tuple[int, int, int], list[dt.date]]:
    """Group cells by series; series and dates in order, so that the same input writes the same rows."""
    grouped: dict[tuple[int, int, int], list[dt.date]] = {}
    for cell in cells:
        grouped.setdefault(cell.series, []).append(cell.date)
    return {series: sorted(dates) for series, dates in sorted(grouped.items())}
