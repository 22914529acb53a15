"""The life of one figure: every reading, every version, every finding, and how to cite it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.citation import Citation, as_bibtex, as_text
from conflict.charts.chart import number_in_words
from conflict.ledger.sentences import sentence
from conflict.models import Category, Decision, Finding, LossEntry, Point, Report, Version
from conflict.queries import LEDGER
from conflict.web.asof import as_of, keep_version, requested_version, stand_at, with_version
from conflict.web.context import newest_version
from conflict.web.errors import Way, missing
from conflict.web.readings import in_order
from conflict.web.reports import no_report

REACH = 3  # days on either side that tell whether a figure fits

CELL = {f"{name}__slug": slug for name, slug in LEDGER.items()}


@require_safe
@as_of
def figure(request: HttpRequest, date: dt.date, slug: str) -> HttpResponse:
    """Tell the life of one figure. Six queries; as of a version five: findings are no part of one."""
    asked = requested_version(request)
    number = asked.number if asked else None
    category = Category.objects.filter(slug=slug).first()
    if category is None:
        return _no_category(request, date, slug)
    readings, reported = _readings(category, date, number)
    if not readings:
        around = Report.objects.at_version(number).of(**LEDGER).days_around(date)
        return no_report(request, date, around)
    points, near = _points(category, date, number)
    steps = life(points, number)
    accepted = steps[-1].new if steps else None
    version = newest_version(request)
    assert version is not None  # noqa: S101 - what is published has a version
    context = {
        "date": date,
        "category": category,
        "source": readings[0].report.source,
        "party": readings[0].report.party,
        "accepted": accepted,
        "was_changed": accepted is not None and any(point.total != accepted.total for point in points),
        "readings": readings,
        "steps": steps,
        "findings": None if asked else _findings(category, date, readings),
        "decisions": _decisions(category, date, number),
        "days": [Day(day, near.get(day), day in reported) for day in _days(date)],
        "citation": _cite(request, accepted, category, readings[0].report, version),
    }
    return render(request, "web/life.html", context)


# -- What is shown ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """One report of the day and its figure; ``entry`` is ``None`` where it does not mention the category."""

    report: Report
    entry: LossEntry | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one version did to the figure. ``new`` is ``None`` where it was removed."""

    version: Version
    old: Point | None
    new: Point | None
    what: Point.Change


@dataclass(frozen=True, slots=True)
class Day:
    """A day beside the figure's own: its point, or why there is none."""

    date: dt.date
    point: Point | None
    is_reported: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """How to cite the figure, in two forms, and its permanent address."""

    text: str
    bibtex: str
    address: str


def life(points: Sequence[Point], number: int | None) -> list[Step]:
    """Return what each version up to ``number`` (``None``: all) did to a cell, from all its points in order."""
    steps: list[Step] = []
    for point in points:
        old = steps[-1].new if steps else None
        steps.append(Step(point.from_version, old, point, point.change_from(old)))
        ended = point.to_version
        replaced = any(other.from_version_id == point.to_version_id for other in points)
        if ended is not None and not replaced and (number is None or ended.number <= number):
            steps.append(Step(ended, point, None, Point.Change.REMOVED))
    return steps


def _span(date: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last of the days around a day."""
    return date - REACH * ONE_DAY, date + REACH * ONE_DAY


def _days(date: dt.date) -> list[dt.date]:
    """Return a day and those around it, from day 1 on."""
    days = [date + n * ONE_DAY for n in range(-REACH, REACH + 1)]
    return [day for day in days if day >= settings.CONFLICT_START]


def _points(category: Category, date: dt.date, number: int | None) -> tuple[list[Point], dict[dt.date, Point]]:
    """Return all points of a cell, oldest first, and those that stand on the days around it. One query."""
    points = Point.objects.known_at(number).of(**LEDGER).filter(category=category).between(*_span(date))
    points = points.with_documents().with_changed_mark().select_related("from_version", "to_version")
    held = list(points.order_by("from_version_id"))
    near = [p for p in held if p.to_version_id is None or (number is not None and p.to_version_id > number)]
    return [point for point in held if point.date == date], {point.date: point for point in near}


def _readings(category: Category, date: dt.date, number: int | None) -> tuple[list[Reading], set[dt.date]]:
    """Return every report of a day that counts or once did, and which days around it have one that counts.

    Those that count come first. One query.
    """
    held = Report.objects.once_published().of(**LEDGER).between(*_span(date)).with_entries(of=category)
    reports = stand_at(held.select_related("from_version", "to_version"), number)
    reported = {report.date for report in reports if report.status == Report.Status.PUBLISHED}
    readings = in_order((r for r in reports if r.date == date), dataset_order=settings.DATASET_ORDER)
    return [Reading(report, next(iter(report.stated), None)) for report in readings], reported


def _findings(category: Category, date: dt.date, readings: Sequence[Reading]) -> list[tuple[Finding, str]]:
    """Return what checks noticed of the figure or of its whole day, in words; what has passed comes last."""
    on_day = Q(date=date, end_date__isnull=True) | Q(date__lte=date, end_date__gte=date)
    of_cell = Q(category=category) | Q(category__isnull=True)
    findings = Finding.objects.filter(on_day, of_cell, **CELL).select_related("category", "document")
    titles = {reading.report.document.slug: str(reading.report.document) for reading in readings}
    in_order = sorted(findings, key=lambda finding: (finding.passed is not None, finding.kind, finding.pk))
    return [(finding, sentence(finding, titles=titles)) for finding in in_order]


def _decisions(category: Category, date: dt.date, number: int | None) -> Iterable[Decision]:
    decisions = Decision.objects.filter(**CELL, category=category, date=date).order_by("from_version_id")
    if number is not None:
        decisions = decisions.filter(from_version__lte=number)
    return decisions.select_related("entry__report__document", "from_version")


def _cite(
    request: HttpRequest, point: Point | None, category: Category, report: Report, version: Version
) -> Cited:
    path = reverse("figure", args=[report.date, category.slug])
    address = request.build_absolute_uri(with_version(path, version.number))
    figure = _("not stated")
    if point is not None:
        figure = f"{point.entry.get_qualifier_display()} {number_in_words(point.total)}".strip()
    published = timezone.localtime(version.time).date()
    citation = Citation(
        site="Conflict Ledger",
        source=str(report.source),
        subject=_("Losses of %(party)s, %(category)s") % {"party": report.party, "category": category},
        figure=figure,
        date=report.date,
        date_in_words=date_format(report.date),
        document=str(point.entry.report.document) if point else "",
        version=version.number,
        published=published,
        published_in_words=date_format(published),
        address=address,
        key=f"ledger-{report.date.isoformat()}-{category.slug}",
    )
    return Cited(as_text(citation), as_bibtex(citation), address)


# -- What is not there --------------------------------------------------------------------------------------


def _no_category(request: HttpRequest, date: dt.date, slug: str) -> HttpResponse:
    ways = [Way(keep_version(request, c.get_absolute_url()), str(c)) for c in Category.objects.all()]
    return missing(
        request,
        title=_("There is no such category"),
        explanation=_("The ledger has no category “%(slug)s”. It has these:") % {"slug": slug},
        ways=ways,
    )
