"""The first page: what the latest report says, the course so far, and the state of the account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import Observation, Series, rate_per_month, usual_rate
from conflict.charts.chart import ChartEvent
from conflict.charts.svg import sparkline
from conflict.models import Category, Event, Point, Report
from conflict.models.reports import Readings
from conflict.queries import LEDGER, PERSONNEL, Asked, PageQuery
from conflict.web.asof import as_of
from conflict.web.context import newest_version
from conflict.web.errors import Way, unreadable
from conflict.web.figures import figure_of, wants_part
from conflict.web.headline import headline
from conflict.web.series import chart_events, last_day, load_series
from conflict.wording import rate

LATEST_EVENTS = 5


@require_safe
@as_of
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def overview(request: HttpRequest) -> HttpResponse:
    """Show the latest report and the course of the personnel figure. Six queries; its chart alone, four."""
    categories = list(Category.objects.all())
    form = PageQuery(
        request.GET,
        categories=categories,
        newest=newest_version(request),
        defaults={"category": [c.slug for c in categories if c.slug == PERSONNEL]},
    )
    if not form.is_valid():
        return _unreadable(request, form)
    asked = form.asked
    if wants_part(request):
        context = {"figure": figure_of(asked, load_series(asked))}
        return render(request, "web/overview.html#figure", context)
    series = load_series(asked, categories)
    latest = last_day(series)
    if latest is None:
        return render(request, "web/overview.html", {"asked": asked})
    return render(request, "web/overview.html", _context(asked, categories, series, latest))


def _context(
    asked: Asked, categories: Sequence[Category], series: Sequence[Series], latest: dt.date
) -> dict[str, Any]:
    readings = Report.objects.at_version(asked.version).of(**LEDGER).readings_a_day()
    points = Point.objects.at_version(asked.version).of(**LEDGER).of_day(latest)
    points = points.with_documents().with_changed_mark()
    taken = list(points.select_related("source").order_by("category__order"))
    points_of = {point.category_id: point for point in taken}
    rows = rows_of(categories, series, points_of, differing=readings[latest].totals)
    by_slug = {s.category: s for s in series}
    today = asked.version is None  # what a version does not fix is shown of today alone
    events, named = events_of() if today else ([], [])
    return {
        "asked": asked,
        "latest": latest,
        "days_ago": (timezone.localdate() - latest).days if today else None,
        "news": headline(by_slug.get(PERSONNEL, Series(PERSONNEL, "")), latest),
        "taken": taken[0],
        "figure": figure_of(asked, [by_slug[c.slug] for c in asked.categories], named),
        "rows": [row for row in rows if row.last.date == latest],
        "earlier": [row for row in rows if row.last.date != latest],
        "prints_changes": any(row.last.printed_change is not None for row in rows if row.last.date == latest),
        "events": events,
        "account": account_of(series, readings),
    }


def events_of() -> tuple[list[Event], list[ChartEvent]]:
    """Return the newest events, and those that charts name. One query."""
    newest = Event.objects.newest_first().values("pk")[:LATEST_EVENTS]
    held: list[Any] = list(Event.objects.annotate(is_new=Q(pk__in=newest)).named_or("is_new").newest_first())
    return [event for event in held if event.is_new], chart_events(held)


# -- The day's report ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A category in the table: its last total, its usual rate a day (None: not known), its course in small.

    ``differing``: how many different totals the readings of the day state, 0 where they agree. ``point``: of the
    latest day, None where that states no total.
    """

    category: Category
    last: Observation
    rate: float | None
    course: SafeString
    differing: int
    point: Point | None


def rows_of(
    categories: Sequence[Category],
    series: Sequence[Series],
    points: Mapping[int, Point],
    *,
    differing: Mapping[int, int],
) -> list[Row]:
    """Return a row for every category that has a total, in the order of the categories."""
    rows = []
    for category, one in zip(categories, series, strict=True):
        if not one.observations:
            continue
        usual = usual_rate(one)
        words = _("%(category)s: reported losses a day by month, from zero; now %(rate)s") % {
            "category": category,
            "rate": rate(usual),
        }
        course = sparkline(rate_per_month(one), label=words)
        differ, point = differing.get(category.pk, 0), points.get(category.pk)
        rows.append(Row(category, one.observations[-1], usual, course, differ, point))
    return rows


# -- The state of the account -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Account:
    """How complete and how consistent the ledger is, counted over all categories."""

    first: dt.date
    days: int  # with a report
    missing: int  # without one, between the first and the last
    agree: int  # days on which two or more readings state the same
    differ: int  # days on which they do not
    differences: int  # figures on those days
    newest_difference: dt.date | None
    falls: int  # of a total, from one report to the next


def account_of(series: Sequence[Series], readings: Mapping[dt.date, Readings]) -> Account:
    """Count the days of the ledger. ``series`` hold at least one total."""
    differing = {date: len(found.totals) for date, found in readings.items() if found.totals}
    days = {o.date for s in series for o in s.observations}
    return Account(
        first=min(days),
        days=len(days),
        missing=(max(days) - min(days)) // ONE_DAY + 1 - len(days),
        agree=sum(found.count > 1 and not found.totals for found in readings.values()),
        differ=len(differing),
        differences=sum(differing.values()),
        newest_difference=max(differing, default=None),
        falls=sum((o.change or 0) < 0 for s in series for o in s.observations),
    )


def _unreadable(request: HttpRequest, form: PageQuery) -> HttpResponse:
    explanation = " ".join(f"{fault.label}: {fault.sentence}" for fault in form.faults)
    ways = [
        Way(reverse("overview"), _("The latest report")),
        Way(reverse("losses"), _("Choose categories and dates")),
    ]
    return unreadable(request, title=_("This cannot be read"), explanation=explanation, ways=ways)
