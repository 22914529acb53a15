"""The reported losses: any categories and days in one chart and its table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.models import Category
from conflict.queries import PERSONNEL, PageQuery
from conflict.web.asof import as_of
from conflict.web.context import newest_version
from conflict.web.figures import figure_of, wants_part
from conflict.web.series import load_series
from conflict.web.tables import values_of


@require_safe
@as_of
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def losses(request: HttpRequest) -> HttpResponse:
    """Show the categories and days that are asked for, as a chart and as its table. Four queries."""
    categories = list(Category.objects.all())
    usual = [c.slug for c in categories if c.slug == PERSONNEL] or [c.slug for c in categories[:1]]
    form = PageQuery(
        request.GET,
        categories=categories,
        newest=newest_version(request),
        defaults={"category": usual, "measure": "mean", "scale": "linear"},
    )
    context: dict[str, Any] = {"form": form, "part": wants_part(request)}
    if valid := form.is_valid():
        series = load_series(form.asked)
        figure = figure_of(form.asked, series)
        context |= {
            "asked": form.asked,
            "figure": figure,
            "table": values_of(figure.chart, series, year=form.asked.year),
        }
    template = "web/losses.html#losses" if wants_part(request) else "web/losses.html"
    return render(request, template, context, status=200 if valid else 400)
