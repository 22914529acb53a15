"""What was done to the readings of a day: by whom, when, why, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from conflict.models import Category, LossEntry, Report, Version


class Done(StrEnum):
    """What a version did to a reading."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Difference:
    """One category in which a revision differs from the one before; ``None`` where it was or is not stated."""

    category: Category
    before: LossEntry | None
    after: LossEntry | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that one version did to one reading."""

    version: Version
    report: Report
    done: Done
    differences: tuple[Difference, ...] = ()


def history_of(reports: Iterable[Report]) -> list[Step]:
    """Return the steps of the readings, newest first. No query, where versions and entries were fetched too."""
    steps = []
    latest: dict[int, Report] = {}
    for report in sorted(reports, key=lambda report: report.revision):
        before = latest.get(report.document_id)
        latest[report.document_id] = report
        if report.from_version is not None:
            follows = before is not None and before.status == Report.Status.SUPERSEDED
            done = Done.CORRECTED if follows else Done.PUBLISHED
            differences = _differences(before, report) if follows and before is not None else ()
            steps.append(Step(report.from_version, report, done, differences))
        if report.status == Report.Status.WITHDRAWN and report.to_version is not None:
            steps.append(Step(report.to_version, report, Done.WITHDRAWN))
    return sorted(steps, key=lambda step: step.version.number, reverse=True)


def _differences(before: Report, after: Report) -> tuple[Difference, ...]:
    old = {entry.category_id: entry for entry in before.stated}
    new = {entry.category_id: entry for entry in after.stated}
    categories = {entry.category_id: entry.category for entry in (*before.stated, *after.stated)}
    return tuple(
        Difference(category, old.get(key), new.get(key))
        for key, category in sorted(categories.items(), key=lambda item: item[1].order)
        if _stated(old.get(key)) != _stated(new.get(key))
    )


def _stated(entry: LossEntry | None) -> tuple[int | None, int | None, str] | None:
    return None if entry is None else (entry.total, entry.change, entry.qualifier)
