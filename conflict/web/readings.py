"""The readings of one day side by side, and what the ledger takes from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from conflict.analysis.sums import Sum
from conflict.models import Category, Claim, Document, LossEntry, Point, Report
from conflict.models.reports import stand_at, tie_entries
from conflict.queries import LEDGER


@dataclass(frozen=True, slots=True)
class Cell:
    """One category in one reading. ``difference``: its total less the accepted one, ``None`` if one is missing."""

    report: Report
    entry: LossEntry | None
    taken: bool
    difference: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One category of one day: the accepted point, or ``None`` where no total is stated, and every reading."""

    category: Category
    point: Point | None
    entry: LossEntry | None  # what is shown: the accepted one or, without a total, the first that states a change
    cells: tuple[Cell, ...]

    @property
    def printed_change(self) -> int | None:
        return self.entry.change if self.entry else None

    @property
    def mentioned(self) -> bool:
        """Whether any reading speaks of the category at all, be it without a total."""
        return any(cell.entry for cell in self.cells)

    def took_from(self, report: Report) -> bool:
        """Whether the accepted total was read from this report."""
        return self.point is not None and self.point.entry.report_id == report.pk

    @property
    def readings_differ(self) -> bool:
        """Whether a reading that counts states another total than the accepted one."""
        return any(cell.difference and cell.report.status == Report.Status.PUBLISHED for cell in self.cells)

    @property
    def arithmetic_differs(self) -> bool:
        """Whether the printed change is not the difference of two totals that are one day apart."""
        return (
            self.point is not None
            and self.point.days_since_previous == 1
            and self.printed_change is not None
            and self.printed_change != self.point.computed_change
        )


def accepted_on(date: dt.date, number: int | None) -> list[Category]:
    """Return every category with what the ledger accepts of it on a day, for ``read_day``. One query."""
    return list(Point.objects.at_version(number).of(**LEDGER).of_day(date).with_changed_mark().by_category())


def read_day(
    date: dt.date, number: int | None, categories: Iterable[Category]
) -> tuple[list[Report], list[Point]]:
    """Return the readings of a day, those that count first, and the points that stand on it, tied to each other.

    ``categories`` are those of ``accepted_on`` that day. One query.
    """
    known: list[Any] = list(categories)
    held = Report.objects.once_published().of(**LEDGER).of_day(date).with_entries().with_days_around(number)
    reports = stand_at(tie_entries(held.select_related("from_version", "to_version"), known), number)
    entries = {entry.pk: entry for report in reports for entry in report.stated}
    points = []
    for category in known:
        for point in category.points_held:
            point.category, point.entry = category, entries[point.entry_id]
            points.append(point)
    return in_order(reports, dataset_order=settings.DATASET_ORDER), points


def side_by_side(
    date: dt.date, *, categories: Iterable[Category], points: Iterable[Point], reports: Sequence[Report]
) -> list[Row]:
    """Return a row for each category that is stated on a day or was to be expected on it, in the source's order.

    A category is expected between its first and its last day; one that only a withdrawn reading states is
    shown too.
    """
    accepted = {point.category_id: point for point in points}
    stated = {(report.pk, entry.category_id): entry for report in reports for entry in report.stated}
    mentioned = {category for _report, category in stated}
    rows = []
    for category in categories:
        if category.pk not in mentioned and category.pk not in accepted and not _expected(category, date):
            continue
        point = accepted.get(category.pk)
        cells = tuple(_cell(report, stated.get((report.pk, category.pk)), point) for report in reports)
        rows.append(Row(category, point, _shown(point, cells), cells))
    return rows


def in_order(reports: Iterable[Report], *, dataset_order: Sequence[str]) -> list[Report]:
    """Sort readings as the ledger ranks them: those that count first, articles and bulletins before datasets."""

    def place(report: Report) -> tuple[bool, bool, int, str, int]:
        document = report.document
        rank = dataset_order.index(document.slug) if document.slug in dataset_order else len(dataset_order)
        is_dataset = document.kind == Document.Kind.DATASET
        return (report.status != Report.Status.PUBLISHED, is_dataset, rank, document.slug, -report.revision)

    return sorted(reports, key=place)


def check_sum(claim: Claim, totals: Mapping[int, int | None]) -> tuple[Sum, list[tuple[Category, int | None]]]:
    """Return a claimed sum ``with_parts`` beside them; ``totals`` by category, ``None`` or absent: not stated."""
    parts = [(category, totals.get(category.pk)) for category in claim.summed]
    return Sum(claim.figure or 0, tuple(total for _category, total in parts)), parts


def _expected(category: Category, date: dt.date) -> bool:
    return (
        category.first_day is not None
        and category.first_day <= date
        and (category.last_day is None or date <= category.last_day)
    )


def _cell(report: Report, entry: LossEntry | None, point: Point | None) -> Cell:
    taken = entry is not None and point is not None and point.entry_id == entry.pk
    if entry is None or entry.total is None or point is None:
        return Cell(report, entry, taken, None)
    return Cell(report, entry, taken, entry.total - point.total)


def _shown(point: Point | None, cells: Sequence[Cell]) -> LossEntry | None:
    if point is not None:
        return point.entry
    counted = [cell.entry for cell in cells if cell.entry and cell.report.status == Report.Status.PUBLISHED]
    return next((entry for entry in counted if entry.change is not None), None)
