"""Pictures of the whole account: weeks of all categories, small multiples, and one category's days and years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.levels import even_levels, mean_of
from conflict.analysis.series import Measured, Series, Value, changes_per_day, per_period, rate_per_month
from conflict.charts.chart import Chart, days_in_words, losses_chart
from conflict.charts.multiples import small_drawings
from conflict.charts.shades import calendar_drawing, calendar_legend, weeks_drawing, weeks_legend
from conflict.charts.yearly import month_rows, yearly_chart, yearly_drawing
from conflict.courses import Course
from conflict.models import Category
from conflict.queries import LEDGER, Asked, YearQuery
from conflict.web.asof import as_of, keep_version, requested_number
from conflict.web.category import no_category
from conflict.web.errors import Way, unreadable
from conflict.web.marks import NotesByCourse
from conflict.web.series import load_series
from conflict.web.tables import NEWEST, Opened, ValueRow, opened, values_of


@require_safe
@as_of
def weeks(request: HttpRequest) -> HttpResponse:
    """Show every week of every category against the category's own mean week. Three queries."""
    form = YearQuery(request.GET)
    if not form.is_valid():
        return _no_year(request, form)
    categories, series = load_all(request)
    measures = [per_period(s, "week") for s in series]
    chart = _chart(categories, measures, title=_("Reported losses by week"))
    shown = [(str(c), m) for c, m in zip(categories, measures, strict=True) if m.values]
    context = {
        "drawing": weeks_drawing(shown),
        "legend": weeks_legend(),
        "means": means_of(categories, measures),
        "chart": chart,
        "table": _table(chart, categories, series, form.cleaned_data["year"]),
    }
    return render(request, "web/weeks.html", context)


@require_safe
@as_of
def multiples(request: HttpRequest) -> HttpResponse:
    """Show the monthly rate of every category as a small picture of its own. Three queries."""
    form = YearQuery(request.GET)
    if not form.is_valid():
        return _no_year(request, form)
    categories, series = load_all(request)
    chart = _chart(categories, [rate_per_month(s) for s in series], title=_("Reported losses a day, by month"))
    named = {c.slug: c for c in categories}
    context = {
        "smalls": [(named[small.trace.key], small) for small in small_drawings(chart)],
        "chart": chart,
        "table": _table(chart, categories, series, form.cleaned_data["year"]),
    }
    return render(request, "web/multiples.html", context)


@require_safe
@as_of
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every day of one category as a calendar, one panel a year. Three queries."""
    form = YearQuery(request.GET)
    if not form.is_valid():
        return _no_year(request, form)
    categories, series = load_all(request, slug)
    if not series:
        return no_category(request, slug, categories)
    changes = changes_per_day(series[0])
    levels = even_levels(v.value for v in changes.values if v.value is not None)

    def address(day: dt.date) -> str:
        return keep_version(request, reverse("report", args=[day]))

    context = {
        "category": categories[0],
        "drawing": calendar_drawing(changes, levels, first=settings.CONFLICT_START, address=address),
        "legend": calendar_legend(levels),
        "changes": changes,
        "missing": series[0].missing_days,
        "table": opened(changes.values[::-1], year=form.cleaned_data["year"], date=lambda v: v.end, newest=NEWEST),
    }
    return render(request, "web/category_calendar.html", context)


@require_safe
@as_of
def years(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the years of one category as lines from January to December. Three queries."""
    categories, series = load_all(request, slug)
    if not series:
        return no_category(request, slug, categories)
    title = _("%(name)s: reported losses a day, by month") % {"name": categories[0]}
    chart = yearly_chart(
        rate_per_month(series[0]), title=title, y_label=_("%(unit)s a day") % {"unit": series[0].unit}
    )
    context = {
        "category": categories[0],
        "chart": chart,
        "drawing": yearly_drawing(chart),
        "rows": list(month_rows(chart)),
    }
    return render(request, "web/category_years.html", context)


# -- What they are made of ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mean:
    """What a category's shades stand for: its mean week, None where none rose, and its highest whole week."""

    category: Category
    mean: float | None
    highest: Value | None
    days: str
    known: int  # weeks


def _table(
    chart: Chart, categories: Sequence[Category], series: Sequence[Series], year: int | None
) -> Opened[ValueRow]:
    """Return the values of a chart of all categories as the rows of its table."""
    asked = Asked(tuple(categories), None, None, "", "linear", None, year=year)
    courses = [Course(LEDGER["source"], c, s) for c, s in zip(categories, series, strict=True)]
    return values_of([chart], courses, asked, NotesByCourse.of(()))


def load_all(request: HttpRequest, slug: str | None = None) -> tuple[list[Category], list[Series]]:
    """Return all categories, or the one of ``slug``, with their series at the page's version. Two queries.

    Where no category has that slug: all of them, without a series. Then one query.
    """
    categories = list(Category.objects.all())
    if slug is not None:
        chosen = [c for c in categories if c.slug == slug]
        if not chosen:
            return categories, []
        categories = chosen
    asked = Asked(tuple(categories), None, None, "total", "linear", requested_number(request))
    return categories, load_series(asked)


def means_of(categories: Sequence[Category], measures: Sequence[Measured]) -> list[Mean]:
    """Return the mean and the highest week of each category that has one."""
    found = []
    for category, measured in zip(categories, measures, strict=True):
        whole = [v for v in measured.values if v.value is not None and not v.partial]
        if whole:
            highest = max(whole, key=lambda v: v.value or 0)
            days = days_in_words(highest, "week")
            found.append(Mean(category, mean_of(measured), highest, days, len(whole)))
    return found


def _chart(categories: Sequence[Category], measures: Sequence[Measured], *, title: str) -> Chart:
    """Describe the picture of all categories that have a value, so that its table can be made of it."""
    stated = [m for m in measures if m.values]
    labels = {c.slug: str(c) for c in categories}
    return losses_chart(stated, labels=labels, title=title, y_label="", kind="steps")


def _no_year(request: HttpRequest, form: YearQuery) -> HttpResponse:
    return unreadable(
        request,
        title=_("This year cannot be opened"),
        explanation=str(form.errors["year"][0]),
        ways=[Way(keep_version(request, request.path), _("The picture with the newest rows"))],
    )
