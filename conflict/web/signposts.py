"""What machines ask a site for: which pages there are, which to leave alone, how to search it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.db.models.functions import Coalesce
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


class _Categories(_Dated):
    def dated(self) -> Iterable[Dated]:
        points = Point.objects.of(**LEDGER).order_by().values_list("category__slug")
        times = dict(points.annotate(time=CHANGED))
        for slug in Category.objects.values_list("slug", flat=True):
            for name in OF_CATEGORIES:
                yield name, (slug,), times.get(slug)


class _Milestones(_Dated):
    """The days that have come; what is said of them is edited outside the versions."""

    def dated(self) -> Iterable[Dated]:
        for found in milestone_days(first_day=settings.CONFLICT_START, until=timezone.localdate()):
            yield "milestone", (day_number(found.date, first_day=settings.CONFLICT_START),), None


class _Versions(_Dated):
    def dated(self) -> Iterable[Dated]:
        for number, time in Version.objects.order_by("number").values_list("number", "time"):
            yield "version", (number,), time


class _Events(_Dated):
    """Events are edited outside the versions: when one was edited last is not said."""

    def dated(self) -> Iterable[Dated]:
        for slug in Event.objects.oldest_first().values_list("slug", flat=True):
            yield "event", (slug,), None


class _Places(_Dated):
    def dated(self) -> Iterable[Dated]:
        for slug in Place.objects.order_by("slug").values_list("slug", flat=True):
            yield "place", (slug,), None


class _Actors(_Dated):
    def dated(self) -> Iterable[Dated]:
        for slug in Actor.objects.order_by("slug").values_list("slug", flat=True):
            yield "actor", (slug,), None


class _Articles(_Dated):
    def dated(self) -> Iterable[Dated]:
        articles = Article.objects.order_by("slug").values_list("slug")
        for slug, time in articles.annotate(time=Max("reports__from_version__time")):
            yield "article", (slug,), time


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
INDEX: dict[str, Any] = {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"}
