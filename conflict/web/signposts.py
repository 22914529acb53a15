"""What machines ask a site for: which pages there are, which to leave alone, how to search it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conflict.models import Article, Category, Event, Point, Report, Version
from conflict.queries import LEDGER

PAGES = (
    *("overview", "losses", "reports", "timeline", "milestones", "articles", "compare-sources", "integrity"),
    *("versions", "about", "data", "data-use"),
)
"""Pages of which there is one each."""

CHANGED = Max(Coalesce("to_version__time", "from_version__time"))
"""When a version changed something of a set of reports or points last."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Leave everything to everyone, but what is a form's answer, a frame for other sites, or for curators."""
    address = request.build_absolute_uri(reverse("sitemap"))
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in ("admin:index", "search", "oembed")),
        "Disallow: /*?version=",
        "Disallow: /*&version=",
        "",
        f"Sitemap: {address}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


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


class _Pages(Sitemap):
    """Pages that speak of the whole ledger: they change with its newest version."""

    def items(self) -> Sequence[str]:
        if not hasattr(self, "_newest"):
            self._newest = Version.objects.newest()
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> dt.datetime | None:
        return self._newest.time if self._newest else None


class _Dated(Sitemap):
    """Addresses with the time of the last version that changed what they show, as pairs."""

    def items(self) -> list[tuple[str, dt.datetime | None]]:
        if not hasattr(self, "_held"):  # asked several times for one answer
            self._held = list(self.dated())
        return self._held

    def dated(self) -> Iterable[tuple[str, dt.datetime | None]]:
        raise NotImplementedError

    def location(self, item: tuple[str, dt.datetime | None]) -> str:
        return item[0]

    def lastmod(self, item: tuple[str, dt.datetime | None]) -> dt.datetime | None:
        return item[1]


class _Reports(_Dated):
    def dated(self) -> Iterable[tuple[str, dt.datetime | None]]:
        reports = Report.objects.once_published().of(**LEDGER).order_by("date").values_list("date")
        for date, time in reports.annotate(time=CHANGED):
            yield reverse("report", args=[date]), time


class _Categories(_Dated):
    def dated(self) -> Iterable[tuple[str, dt.datetime | None]]:
        points = Point.objects.of(**LEDGER).order_by().values_list("category__slug")
        times = dict(points.annotate(time=CHANGED))
        for slug in Category.objects.values_list("slug", flat=True):
            yield reverse("category", args=[slug]), times.get(slug)


class _Versions(_Dated):
    def dated(self) -> Iterable[tuple[str, dt.datetime | None]]:
        for number, time in Version.objects.order_by("number").values_list("number", "time"):
            yield reverse("version", args=[number]), time


class _Events(_Dated):
    """Events are edited outside the versions: when one was edited last is not said."""

    def dated(self) -> Iterable[tuple[str, dt.datetime | None]]:
        for slug in Event.objects.oldest_first().values_list("slug", flat=True):
            yield reverse("event", args=[slug]), None


class _Articles(_Dated):
    def dated(self) -> Iterable[tuple[str, dt.datetime | None]]:
        articles = Article.objects.order_by("slug").values_list("slug")
        for slug, time in articles.annotate(time=Max("reports__from_version__time")):
            yield reverse("article", args=[slug]), time


SITEMAPS: dict[str, Any] = {
    "pages": _Pages,
    "categories": _Categories,
    "reports": _Reports,
    "versions": _Versions,
    "events": _Events,
    "articles": _Articles,
}
INDEX: dict[str, Any] = {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"}
