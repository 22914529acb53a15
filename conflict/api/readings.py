"""The reports: every reading of every day, and one day whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.entrance import headers_of
from conflict.api.freshness import newest_version
from conflict.api.paging import take
from conflict.api.problems import not_found
from conflict.api.questions import ReportsQuery, VersionAsked, read, read_date
from conflict.models import Category, Document, Point, Report
from conflict.models.reports import stand_at, tie_entries
from conflict.queries import LEDGER

router = Router(tags=[gettext_noop("Reports")])


@router.get(
    "reports",
    description=gettext_noop(
        "The readings that count, newest day first: which source stated something of which day, read from where."
    ),
    **described(list[schemas.Reading], ReportsQuery),
)
def reports(request: HttpRequest) -> list[dict[str, Any]]:
    form = read(request, ReportsQuery(request))
    asked = form.cleaned_data
    version = version_of(request, form)
    rows = Report.objects.at_version(version).select_related("source", "party", "document")
    if asked["source"]:
        rows = rows.filter(source__slug=asked["source"])
    if asked["from"]:
        rows = rows.filter(date__gte=asked["from"])
    if asked["to"]:
        rows = rows.filter(date__lte=asked["to"])
    found = take(
        request, rows.annotate(entered=Count("entries")), order=["-date", "-pk"], page=asked, version=version
    )
    counts: list[int] = [report.entered for report in found]  # type: ignore[attr-defined]
    held = stand_at(found, version)
    return [_reading(request, report, stated) for report, stated in zip(held, counts, strict=True)]


@router.get(
    "reports/{date}.json",
    description=gettext_noop(
        "One day: the figures that the ledger accepts, and every reading of every source, superseded ones too."
    ),
    **described(schemas.Day, VersionAsked, missing=True),
)
def report(request: HttpRequest, date: str) -> dict[str, Any]:
    form = read(request, VersionAsked(request))
    version = version_of(request, form)
    day = read_date(date)
    held = Report.objects.once_published().of_day(day).with_entries().order_by("source__slug", "pk")
    readings = stand_at(tie_entries(held, Category.objects.all()), version)
    if not readings:
        raise not_found(_("The ledger holds no report of %(date)s.") % {"date": date})
    points = Point.objects.at_version(version).of_day(day).with_documents().select_related("source", "party")
    points = points.order_by("source__slug", "category__order")
    return {
        "date": day,
        "day": day_number(day),
        "version": version,
        "accepted": [_loss(request, point, version) for point in points],
        "readings": [_in_full(request, reading) for reading in readings],
    }


def version_of(request: HttpRequest, form: Any) -> int | None:
    """Return the number of the version that a list is of: asked for, of its walk, or the newest, if any.

    Reading the newest by its number keeps an answer in one piece while the next version is written.
    """
    newest, cursor = newest_version(request), form.cleaned_data.get("cursor")
    version = form.cleaned_data.get("version") or (cursor[0] if cursor else None)
    version = version or (newest.number if newest else None)
    if version is not None:
        headers_of(request)["Ledger-Version"] = str(version)
    return version


def day_number(date: Any) -> int:
    return int((date - settings.CONFLICT_START).days) + 1


def page_of(request: HttpRequest, report: Report) -> str | None:
    """Return the page that shows a report, ``None`` for sources that have none by day."""
    return page_of_day(request, report.source.slug, report.party.slug, report.date)


def page_of_day(request: HttpRequest, source: str, party: str, date: dt.date) -> str | None:
    """Return the page that shows what a source stated of a day, ``None`` for sources that have none by day."""
    return pages_by_day(request, source, party)(date)


def pages_by_day(request: HttpRequest, source: str, party: str) -> Callable[[dt.date], str | None]:
    """Return what gives `page_of_day` for each of a source's days.

    Resolving the address anew for each of millions of rows would take as long as reading and writing them.
    """
    if {"source": source, "party": party} != LEDGER:
        return lambda date: None
    some_day = settings.CONFLICT_START
    address = request.build_absolute_uri(reverse("report", args=[some_day]))
    before, after = address.rsplit(some_day.isoformat(), 1)
    return lambda date: f"{before}{date.isoformat()}{after}"


def document_of(document: Document) -> dict[str, Any]:
    return {
        "slug": document.slug,
        "kind": document.kind,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url or None,
        "language": document.language or None,
        "licence": document.licence or None,
    }


def _reading(request: HttpRequest, report: Report, stated: int) -> dict[str, Any]:
    return {
        "date": report.date,
        "day": day_number(report.date),
        "source": report.source.slug,
        "party": report.party.slug,
        "document": document_of(report.document),
        "document_url": report.original_url or page_of(request, report),
        "revision": report.revision,
        "status": report.status,
        "from_version": report.from_version_id,
        "to_version": report.to_version_id,
        "stated": stated,
        "url": page_of(request, report),
    }


def _in_full(request: HttpRequest, report: Report) -> dict[str, Any]:
    entries = [
        {
            "category": entry.category.slug,
            "total": entry.total,
            "change": entry.change,
            "qualifier": entry.qualifier or None,
            "text": entry.text or None,
        }
        for entry in report.stated
    ]
    return {
        **_reading(request, report, len(entries)),
        "sha256": report.sha256 or None,
        "remarks": report.remarks,
        "entries": entries,
    }


def _loss(request: HttpRequest, point: Point, version: int | None) -> dict[str, Any]:
    return {
        "date": point.date,
        "day": day_number(point.date),
        "source": point.source.slug,
        "party": point.party.slug,
        "category": point.category.slug,
        "total": point.total,
        "printed_change": point.printed_change,
        "computed_change": point.computed_change,
        "days_since_previous": point.days_since_previous,
        "qualifier": point.entry.qualifier or None,
        "document_url": point.entry.report.original_url
        or page_of_day(request, point.source.slug, point.party.slug, point.date),
        "version": version,
    }
