"""The only writer of counts by model: with their report, in one transaction and one version."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from conflict.intake.records import LARGEST, ModelCountRecord, ReportRecord
from conflict.ledger.errors import BadReport
from conflict.ledger.publishing import Outcome, publish
from conflict.models import Category, ModelCount, Report, Version

BATCH = 100


def publish_counts(
    *,
    report: ReportRecord,
    counts: Sequence[ModelCountRecord],
    reason: str,
    by: str,
    time: dt.datetime | None = None,
) -> Outcome:
    """Publish a report together with the models that its totals are the sums of.

    A report that is there already, with the same figures and remarks, is left alone; where counts move between
    models of one category, something in its remarks must tell (`intake.datasets.oryx.fingerprint`). Raises
    ``UnknownName`` or ``BadReport``, and then nothing was written.
    """
    check_counts(report=report, counts=counts)
    with transaction.atomic():
        outcome = publish(reports=[report], reason=reason, by=by, kind=Version.Kind.IMPORT, time=time)
        if outcome.version is None:
            return outcome
        held = Report.objects.published().get(
            source__slug=report.source,
            party__slug=report.party,
            date=report.date,
            document__slug=report.document.slug,
        )
        categories = {category.slug: category for category in Category.objects.all()}
        ModelCount.objects.bulk_create(
            [
                ModelCount(
                    report=held,
                    category=categories[one.category],
                    group=one.group,
                    model=one.model,
                    manufacturer=one.manufacturer,
                    total=one.total,
                )
                for one in counts
            ],
            batch_size=BATCH,
        )
    return outcome


def check_counts(*, report: ReportRecord, counts: Sequence[ModelCountRecord]) -> None:
    """Raise ``BadReport`` where a count cannot be stored, or the models of a category do not make its total."""
    place = f"The report of {report.date} from {report.document.slug}"
    sums: Counter[str] = Counter()
    seen = set()
    for one in counts:
        if not one.group or not one.model:
            raise BadReport(f"{place} counts a model without a name.")
        if (one.group, one.model, one.manufacturer) in seen:
            raise BadReport(f"{place} counts {one.model} ({one.manufacturer}) twice in {one.group}.")
        seen.add((one.group, one.model, one.manufacturer))
        if not 0 <= one.total <= LARGEST:
            raise BadReport(f"{place} counts {one.total} {one.model}: 0 to {LARGEST} is possible.")
        sums[one.category] += one.total
    stated = {entry.category: entry.total for entry in report.entries}
    for category in sorted(stated.keys() | sums.keys()):
        if category not in sums or stated.get(category) != sums[category]:
            raise BadReport(
                f"{place} states {stated.get(category)} {category}, but its models add up to {sums[category]}."
            )
