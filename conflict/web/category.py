"""One category by itself: its course, its key figures, and what was reported of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.analysis.milestones import Milestone, figures_passed, record_day, record_period
from conflict.analysis.series import PERIODS, Observation, Series, Value, usual_rate
from conflict.analysis.years import Year, by_year
from conflict.charts.chart import days_in_words, number_in_words
from conflict.charts.shares import share_drawing
from conflict.models import Category, Point, Source
from conflict.queries import LEDGER, PageQuery
from conflict.web.asof import as_of, keep_version
from conflict.web.context import newest_version
from conflict.web.errors import Way, missing
from conflict.web.figures import figure_of, wants_part
from conflict.web.series import load_series
from conflict.web.tables import observations_of

PARTS = ("figure", "reported")
"""What htmx may ask of a category's page, by the id of the element that it replaces."""


@require_safe
@as_of
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "HX-Target")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one category: what it counts, its course, its key figures, what was reported of it. Six queries."""
    categories = list(Category.objects.all())
    category = next((c for c in categories if c.slug == slug), None)
    if category is None:
        return no_category(request, slug, categories)
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
            "years": years_of(series[0]),
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
    records: tuple[Record, ...]  # of calendar periods, from the week up; none where no whole one rose
    falls: int
    passed: tuple[Milestone, ...]  # round figures, newest first


@dataclass(frozen=True, slots=True)
class Record:
    """The highest calendar period of one kind."""

    name: str
    days: str
    value: Value


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of a category with its share as a bar. ``year`` None: what the first report had, of no known year."""

    year: Year | None
    change: float | None
    share: float | None
    drawing: SafeString

    @property
    def percent(self) -> float | None:
        return None if self.share is None else 100 * self.share


def records_of(series: Series) -> Iterator[Record]:
    """Return the highest week, month, quarter and year, as far as there are whole ones that rose."""
    names = {
        "week": _("Highest week"),
        "month": _("Highest month"),
        "quarter": _("Highest quarter"),
        "year": _("Highest year"),
    }
    for period in PERIODS:
        if (value := record_period(series, period)) is not None:
            yield Record(names[period], days_in_words(value, period), value)


def years_of(series: Series) -> list[YearRow]:
    """Return the years of a category, oldest first, each with its share of the total; none without a report."""
    years = by_year(series, first_day=settings.CONFLICT_START)
    if years is None:
        return []
    found: list[tuple[Year | None, float | None, float | None]] = [(y, y.change, y.share) for y in years.years]
    if years.before:
        found.insert(0, (None, years.before, years.share_before))
    longest = max((share or 0.0 for _year, _change, share in found), default=0.0)
    rows = []
    for year, change, share in found:
        words = {
            "year": year.number if year else _("before the first report"),
            "share": _("not known") if share is None else f"{number_in_words(100 * share, 1)} %",
        }
        label = _("%(year)s: %(share)s of the total") % words
        rows.append(YearRow(year, change, share, share_drawing(share, of=longest, label=label)))
    return rows


def facts_of(series: Series) -> Facts | None:
    """Return the key figures of a category, None where it has no total."""
    if not series.observations:
        return None
    return Facts(
        last=series.observations[-1],
        month_rate=usual_rate(series, days=30),
        year_rate=usual_rate(series, days=365),
        highest_day=record_day(series),
        records=tuple(records_of(series)),
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


def no_category(request: HttpRequest, slug: str, categories: Sequence[Category]) -> HttpResponse:
    """Answer 404 for a category that does not exist, and name those that do."""
    return missing(
        request,
        title=_("There is no such category"),
        explanation=_("Nothing that is reported has the name “%(slug)s” here. These are the categories:")
        % {"slug": slug},
        ways=[Way(keep_version(request, c.get_absolute_url()), str(c)) for c in categories],
    )
