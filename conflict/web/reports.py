"""The bulletins, month by month and day by day."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflict.models import Point, Report


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "web/reports.html", {"days": Report.objects.published().dates("date", "month")})


@require_safe
def month(request: HttpRequest, month: dt.date) -> HttpResponse:
    reports = Report.objects.published().filter(date__year=month.year, date__month=month.month).order_by("date")
    if not reports:
        raise Http404("No report of this month.")
    return render(request, "web/reports_month.html", {"month": month, "reports": reports})


@require_safe
def report(request: HttpRequest, date: dt.date) -> HttpResponse:
    points = Point.objects.standing().of_day(date).with_documents()
    if not points:
        raise Http404("No report of this day.")
    return render(request, "web/report.html", {"date": date, "points": points})
