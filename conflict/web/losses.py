"""The reported losses: any categories and days in one chart and its table, and each category by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.analysis.milestones import Milestone, figures_passed, record_day, record_month
from conflict.analysis.series import Observation, Series, Value, usual_rate
from conflict.models import Category, Point, Source
from conflict.queries import LEDGER, ExplorerQuery, PageQuery
from conflict.web.asof import as_of, keep_version
from conflict.web.context import newest_version
from conflict.web.errors import Way, missing
from conflict.web.explorer import explored, opened_part, page_address
from conflict.web.figures import figure_of, wants_part
from conflict.web.series import load_series
from conflict.web.tables import observations_of

PARTS = ("figure", "reported")
"""What htmx may ask of a category's page, by the id of the element that it replaces."""


@require_safe
@as_of
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "HX-Trigger")
def losses(request: HttpRequest) -> HttpResponse:
    """Show the categories and days that are asked for, as a chart and as its table. Six queries."""
    form = ExplorerQuery.of(request.GET, newest=newest_version(request))
    valid = form.is_valid()
    if valid and form.resolved is not None:
        return redirect(f"{request.path}?{form.resolved}")
    context: dict[str, Any] = {"form": form, "part": wants_part(request), "opened": opened_part(request)}
    if valid:
        context |= explored(request, form)
    template = "web/losses.html#losses" if wants_part(request) else "web/losses.html"
    response = render(request, template, context, status=200 if valid else 400)
    if valid and wants_part(request):
        response["HX-Push-Url"] = page_address(request.path, form.canonical)
    return response


@require_safe
@as_of
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "HX-Target")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one category: what it counts, its course, its key figures, what was reported of it. Six queries."""
    categories = list(Category.objects.all())
    category = next((c for c in categories if c.slug == slug), None)
    if category is None:
        return _no_category(request, slug, categories)
    form = PageQuery(
        request.GET,
        categories=[category],
        newest=newest_version(request),
        defaults={"category": slug},
    )
    context: dict[str, Any] = {
        "category": category,
        "form": form,
        "neighbours": _neighbours(category, categories),
    }
    if valid := form.is_valid():
        series = load_series(form.asked)
        context |= {
            "asked": form.asked,
            "source": Source.objects.filter(slug=LEDGER["source"]).first(),
            "figure": figure_of(form.asked, series),
            "facts": facts_of(series[0]),
            "table": observations_of(series[0], year=form.asked.year),
            "changed": changed_days(category, form.asked.version),
        }
    part = request.htmx.target if wants_part(request) and valid else None  # type: ignore[attr-defined]
    template = f"web/category.html#{part}" if part in PARTS else "web/category.html"
    return render(request, template, context, status=200 if valid else 400)


# -- One category -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """Key figures of one category. Rates are means a day, None where not known; so are the highest ones."""

    last: Observation
    month_rate: float | None  # over the last 30 days
    year_rate: float | None  # over the last 365 days
    highest_day: Observation | None  # of the changes over a single day
    highest_month: Value | None
    falls: int
    passed: tuple[Milestone, ...]  # round figures, newest first


def facts_of(series: Series) -> Facts | None:
    """Return the key figures of a category, None where it has no total."""
    if not series.observations:
        return None
    return Facts(
        last=series.observations[-1],
        month_rate=usual_rate(series, days=30),
        year_rate=usual_rate(series, days=365),
        highest_day=record_day(series),
        highest_month=record_month(series),
        falls=sum(after.total < before.total for before, after in pairwise(series.observations)),
        passed=figures_passed(series)[::-1],
    )


def changed_days(category: Category, number: int | None) -> set[dt.date]:
    """Return the days of which an earlier version showed another total. One query."""
    points = Point.objects.at_version(number).of(**LEDGER).in_categories([category.slug]).with_changed_mark()
    return set(points.filter(changed=True).values_list("date", flat=True))  # type: ignore[misc]


def _neighbours(category: Category, categories: Sequence[Category]) -> tuple[Category | None, Category | None]:
    """Return the categories before and after one in the source's order."""
    place = categories.index(category)
    return (
        categories[place - 1] if place else None,
        categories[place + 1] if place + 1 < len(categories) else None,
    )


def _no_category(request: HttpRequest, slug: str, categories: Sequence[Category]) -> HttpResponse:
    return missing(
        request,
        title=_("There is no such category"),
        explanation=_("Nothing that is reported has the name “%(slug)s” here. These are the categories:")
        % {"slug": slug},
        ways=[Way(keep_version(request, c.get_absolute_url()), str(c)) for c in categories],
    )
