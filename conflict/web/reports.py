"""The bulletins, month by month and day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import ONE_DAY, last_of_month
from conflict.models import Claim, Event, Point, Report
from conflict.models.reports import DaysAround
from conflict.queries import LEDGER
from conflict.web.asof import as_of, keep_version, requested_number
from conflict.web.errors import Way, missing
from conflict.web.history import history_of
from conflict.web.printed import printed_texts
from conflict.web.readings import accepted_on, check_sum, read_day, side_by_side


@require_safe
@as_of
def index(request: HttpRequest) -> HttpResponse:
    """Show every month that has reports, and the newest one day by day. Five queries."""
    number = requested_number(request)
    reports = Report.objects.at_version(number).of(**LEDGER)
    months = reports.months()
    context: dict[str, object] = {"years": []}
    if months:
        newest = months[0][0]
        around = reports.days_around(newest, last_of_month(newest))
        years = years_of(dict(months), around)
        context = {"years": years, "around": around, "month": newest, "days": days_of(newest, around, number)}
    return render(request, "web/reports.html", context)


@require_safe
@as_of
def month(request: HttpRequest, month: dt.date) -> HttpResponse:
    """Show one month day by day, missing days as missing. Four queries."""
    number = requested_number(request)
    around = Report.objects.at_version(number).of(**LEDGER).days_around(month, last_of_month(month))
    days = days_of(month, around, number)
    if not any(day.readings for day in days):
        return _no_month(request, month, around)
    return render(request, "web/reports_month.html", {"month": month, "around": around, "days": days})


@require_safe
@as_of
def report(request: HttpRequest, date: dt.date) -> HttpResponse:
    """Show the report of one day: what is accepted, and every reading. Five queries.

    As of a version: without the day's events, what articles state of it, and the printed texts.
    """
    number = requested_number(request)
    categories = accepted_on(date, number)
    reports, points = read_day(date, number, categories)
    if not reports:
        around = Report.objects.at_version(number).of(**LEDGER).days_around(date)
        return no_report(request, date, around)
    rows = side_by_side(date, categories=categories, points=points, reports=reports)
    context: dict[str, object] = {
        "number": number,
        "date": date,
        "around": reports[0].around,
        "reports": reports,
        "documents": [(report, sum(row.took_from(report) for row in rows)) for report in reports],
        "published": [report for report in reports if report.status == Report.Status.PUBLISHED],
        "rows": rows,
        "personnel": next((row for row in rows if row.category.counts_people and row.point), None),
    }
    if number is None:
        context |= {"texts": printed_texts(reports), "steps": history_of(reports)}
        totals = {row.category.pk: row.point.total if row.point else None for row in rows}
        claims = Claim.objects.filter(date=date, figure__isnull=False).select_related("document").with_parts()
        context["sums"] = [(claim, *check_sum(claim, totals)) for claim in claims if claim.summed]
        context["events"] = Event.objects.on_day(date).oldest_first()
    return render(request, "web/report.html", context)


# -- Months and days ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """A month in the list of all: on how many of its days that are due there is a report."""

    first: dt.date
    days: int
    due: int

    @property
    def missing(self) -> int:
        return self.due - self.days


@dataclass(frozen=True, slots=True)
class Day:
    """A reported day, or a run of days without a report, which has no readings."""

    date: dt.date
    last: dt.date
    readings: int = 0
    differences: int = 0  # categories whose readings state different totals
    point: Point | None = None

    @property
    def length(self) -> int:
        return (self.last - self.date).days + 1


def years_of(days: Mapping[dt.date, int], around: DaysAround) -> list[tuple[int, list[Month]]]:
    """Return every year with its twelve months, newest year first; ``days`` says how many days are reported."""
    years = sorted({month.year for month in days}, reverse=True)
    firsts = {year: [dt.date(year, number, 1) for number in range(1, 13)] for year in years}
    return [
        (year, [Month(first, days.get(first, 0), len(days_due(first, around))) for first in firsts[year]])
        for year in years
    ]


def days_due(month: dt.date, around: DaysAround) -> list[dt.date]:
    """Return the days of a month on which a report is due: from the first reported day of all to the last."""
    if around.first is None or around.last is None:
        return []
    first, last = max(month, around.first), min(last_of_month(month), around.last)
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def days_of(month: dt.date, around: DaysAround, number: int | None = None) -> list[Day]:
    """Return the days of a month that are due, oldest first, with those missing joined to runs. Two queries.

    ``number`` is the version at which the ledger stood, ``None`` for now.
    """
    reports = Report.objects.at_version(number).of(**LEDGER).between(month, last_of_month(month))
    readings = reports.readings_a_day()
    points = Point.objects.at_version(number).of(**LEDGER).in_categories(["personnel"])
    points = points.between(month, last_of_month(month)).select_related("category").with_changed_mark()
    personnel = {point.date: point for point in points}
    days: list[Day] = []
    for reported, run in groupby(days_due(month, around), lambda date: date in readings):
        if reported:
            days += [Day(d, d, readings[d].count, len(readings[d].totals), personnel.get(d)) for d in run]
        else:
            dates = list(run)
            days.append(Day(dates[0], dates[-1]))
    return days


# -- What is not there --------------------------------------------------------------------------------------


def _no_month(request: HttpRequest, month: dt.date, around: DaysAround) -> HttpResponse:
    name = date_format(month, "YEAR_MONTH_FORMAT")
    ways = [
        Way(
            keep_version(request, reverse("reports-month", args=[day.replace(day=1)])),
            capfirst(date_format(day, "YEAR_MONTH_FORMAT")),
        )
        for day in (around.before, around.after)
        if day
    ]
    return missing(
        request,
        title=_("No reports of %(month)s") % {"month": name},
        explanation=_why_none(last_of_month(month), month, around),
        ways=ways,
    )


def no_report(request: HttpRequest, date: dt.date, around: DaysAround) -> HttpResponse:
    """Answer 404 for a day without a report: why there is none, and the nearest ones."""
    words = {"before": _("The nearest report before: %(date)s"), "after": _("The nearest report after: %(date)s")}
    ways = [
        Way(keep_version(request, reverse("report", args=[day])), words[side] % {"date": date_format(day)})
        for side, day in (("before", around.before), ("after", around.after))
        if day
    ]
    return missing(
        request,
        title=_("No report of %(date)s") % {"date": date_format(date)},
        explanation=_why_none(date, date, around),
        ways=ways,
    )


def _why_none(last: dt.date, first: dt.date, around: DaysAround) -> str:
    """Say why there is no report between two days: too early, too late, or simply none in the ledger."""
    if last < settings.CONFLICT_START:
        return _("The account begins with day 1, %(date)s.") % {"date": date_format(settings.CONFLICT_START)}
    if first > timezone.localdate():
        return _("This lies in the future: nobody can have reported it yet.")
    if around.last is None:
        return _("The ledger holds no report yet.")
    if first > around.last:
        return _("The newest report in the ledger is of %(date)s.") % {"date": date_format(around.last)}
    days = (last - first).days + 1
    return ngettext(
        "The ledger holds no report of this day. That does not say that nothing was reported.",
        "The ledger holds no report of any of these %(days)d days. That does not say that nothing was reported.",
        days,
    ) % {"days": days}
