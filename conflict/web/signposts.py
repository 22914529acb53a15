"""What machines ask a site for: which pages there are, which to leave alone, how to search it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index
from django.db.models import DateTimeField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import day_number
from conflict.analysis.milestones import milestone_days
from conflict.models import Actor, Article, Category, Event, Place, Point, Report, Version
from conflict.queries import LEDGER

PAGES = (
    *("overview", "losses", "reports", "timeline", "milestones", "map", "places", "actors", "articles"),
    *("compare-sources", "compare-categories", "compare-weeks", "compare-periods", "compare-wars"),
    *("integrity", "versions", "about", "data", "data-use"),
)
"""Pages of which there is one each."""

OF_CATEGORIES = ("category", "rankings", "category-calendar", "category-years")
"""Pages of which each category has one."""

Dated = tuple[str, tuple[Any, ...], dt.datetime | None]
"""The name of an address, what it is of, and when that changed last; None is not said."""

CHANGED = Max(Coalesce("to_version__time", "from_version__time"))
"""When a version changed something of a set of reports or points last."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Leave everything to everyone, but what is a form's answer, a frame for other sites, or for curators."""
    address = request.build_absolute_uri(reverse("sitemap"))
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in dict.fromkeys(_left_alone())),
        "Disallow: /*?version=",
        "Disallow: /*&version=",
        "",
        f"Sitemap: {address}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _left_alone() -> Iterable[str]:
    """Give what robots leave alone, in every language."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield from (reverse(name) for name in ("admin:index", "search", "oembed"))


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the site's search, so that a browser can offer it."""
    context = {
        "search": request.build_absolute_uri(reverse("search")),
        "own": request.build_absolute_uri(request.path),
    }
    return render(
        request, "web/opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )


class _InLanguages(Sitemap):
    """Pages that stand in every language of the site, each with the addresses of the others."""

    i18n = alternates = x_default = True


class _Pages(_InLanguages):
    """Pages that speak of the whole ledger: they change with its newest version."""

    def items(self) -> Sequence[str]:
        if not hasattr(self, "_newest"):
            self._newest = Version.objects.newest()
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> dt.datetime | None:
        return self._newest.time if self._newest else None


class _Dated(_InLanguages):
    """Pages with the time of the last version that changed what they show."""

    def items(self) -> list[Dated]:
        if not hasattr(self, "_held"):  # asked several times for one answer
            self._held = list(self.dated())
        return self._held

    def dated(self) -> Iterable[Dated]:
        raise NotImplementedError

    def location(self, item: Dated) -> str:
        return reverse(item[0], args=item[1])

    def lastmod(self, item: Dated) -> dt.datetime | None:
        return item[2]


class _Reports(_Dated):
    def dated(self) -> Iterable[Dated]:
        reports = Report.objects.once_published().of(**LEDGER).order_by("date").values_list("date")
        for date, time in reports.annotate(time=CHANGED):
            yield "report", (date,), time


class _OfSlugs(_Dated):
    """Pages of rows that are named by their slugs: each has as many as there are ``names`` of addresses."""

    names: tuple[str, ...]

    def rows(self) -> QuerySet[Any]:
        """Return the slugs, and under ``time`` when what their pages show changed last; null is not known."""
        raise NotImplementedError

    def dated(self) -> Iterable[Dated]:
        return self.of(self.rows())

    def of(self, rows: Iterable[tuple[str, dt.datetime | None]]) -> list[Dated]:
        """Return the pages of some rows, and keep them as those of the section."""
        self._held = [(name, (slug,), time) for slug, time in rows for name in self.names]
        return self._held


class _Categories(_OfSlugs):
    names = OF_CATEGORIES

    def rows(self) -> QuerySet[Any]:
        points = Point.objects.of(**LEDGER).filter(category=OuterRef("pk")).order_by().values("category")
        time = Subquery(points.annotate(time=CHANGED).values("time"))
        return Category.objects.order_by("order").annotate(time=time).values_list("slug", "time")


class _Milestones(_Dated):
    """The days that have come; what is said of them is edited outside the versions."""

    def dated(self) -> Iterable[Dated]:
        for found in milestone_days(first_day=settings.CONFLICT_START, until=timezone.localdate()):
            yield "milestone", (day_number(found.date, first_day=settings.CONFLICT_START),), None


class _Versions(_Dated):
    def dated(self) -> Iterable[Dated]:
        for number, time in Version.objects.order_by("number").values_list("number", "time"):
            yield "version", (number,), time


class _Edited(_OfSlugs):
    """Pages of what is edited outside the versions: when that was done last is not said."""

    model: type[Event | Place | Actor]
    order: tuple[str, ...] = ("slug",)

    def rows(self) -> QuerySet[Any]:
        never = Cast(Value(None), DateTimeField())
        return self.model.objects.order_by(*self.order).annotate(time=never).values_list("slug", "time")


class _Events(_Edited):
    names, model, order = ("event",), Event, ("date", "title")


class _Places(_Edited):
    names, model = ("place",), Place


class _Actors(_Edited):
    names, model = ("actor",), Actor


class _Articles(_OfSlugs):
    names = ("article",)

    def rows(self) -> QuerySet[Any]:
        articles = Article.objects.order_by("slug").annotate(time=Max("reports__from_version__time"))
        return articles.values_list("slug", "time")


SITEMAPS: dict[str, Any] = {
    "pages": _Pages,
    "categories": _Categories,
    "reports": _Reports,
    "milestones": _Milestones,
    "versions": _Versions,
    "events": _Events,
    "places": _Places,
    "actors": _Actors,
    "articles": _Articles,
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Name the sections of the sitemap, each with when a page of it changed last. Four queries."""
    sections = {name: section() for name, section in SITEMAPS.items()}
    of_slugs = {name: section for name, section in sections.items() if isinstance(section, _OfSlugs)}
    columns = ("section", "slug", "time")
    first, *others = (
        section.rows().order_by().annotate(section=Value(name)).values_list(*columns)
        for name, section in of_slugs.items()
    )
    rows: dict[str, list[tuple[str, dt.datetime | None]]] = {name: [] for name in of_slugs}
    for name, slug, time in first.union(*others, all=True):
        rows[name].append((slug, time))
    for name, section in of_slugs.items():
        section.of(rows[name])
    return index(request, sitemaps=sections, sitemap_url_name="sitemap-section")
