"""oEmbed 1.0: which frame shows what a page of this site shows, for those who paste its address elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import validate_host
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.models import Category
from conflict.queries import ExplorerQuery
from conflict.timeline_query import TimelineQuery
from conflict.web.context import newest_version
from conflict.web.timeline_facets import chosen_of

WIDTH = 760
CACHE_SECONDS = 3600
FORMATS = ("json", "xml")


@dataclass(frozen=True, slots=True)
class Frame:
    """What shows a page in a frame: its address on this site, its title, and how high it is, in pixels."""

    path: str
    title: str
    height: int


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer which frame shows a page, in the language of its address. Four queries at most.

    404 for an address that is not of this site or that no frame shows, 501 for a format that there is not, 400 for
    what is no oEmbed request.
    """
    form = request.GET.get("format", "json")
    if form not in FORMATS:
        return _refused(501, _("There are the formats json and xml."))
    address = request.GET.get("url", "")
    if not address:
        return _refused(400, _("The address of a page is missing: ?url=…"))
    bounds = {name: request.GET.get(name) for name in ("maxwidth", "maxheight")}
    for name, bound in bounds.items():
        if bound is not None and (not re.fullmatch(r"[0-9]{1,5}", bound) or int(bound) == 0):
            return _refused(400, _("%(name)s is not a whole number of pixels above zero.") % {"name": name})
    frame = frame_of(request, address)
    if frame is None:
        return _refused(404, _("No page of this site with that address can be put into a frame."))
    size = {
        "width": min(WIDTH, int(bounds["maxwidth"] or WIDTH)),
        "height": min(frame.height, int(bounds["maxheight"] or frame.height)),
    }
    answer = _answer(request, frame, size, form)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return answer


def frame_of(request: HttpRequest, address: str) -> Frame | None:
    """Return the frame of a page of this site in the page's language, ``None`` where it has none.

    Four queries at most.
    """
    try:
        parts = urlsplit(address)
        query = QueryDict(parts.query)
        if parts.scheme not in {"http", "https"} or not validate_host(parts.netloc, [request.get_host()]):
            return None
    except ValueError:
        return None
    with override(get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(parts.path)
        except (Resolver404, Http404):
            return None
        if match.url_name not in _FRAMES:
            return None
        return _FRAMES[match.url_name](request, match.kwargs, query)


def _losses(request: HttpRequest, kwargs: dict[str, Any], query: QueryDict) -> Frame | None:
    if "slug" in kwargs:
        query = query.copy()
        query["category"] = kwargs["slug"]
    form = ExplorerQuery.of(query, newest=newest_version(request))
    if not form.is_valid():
        return None
    names = ", ".join(str(category) for category in form.asked.categories)
    title = _("Reported losses: %(names)s") % {"names": names} if names else _("Reported losses")
    return Frame(_with(reverse("embed-losses"), query), title, 520)


def _timeline(request: HttpRequest, kwargs: dict[str, Any], query: QueryDict) -> Frame | None:
    form = TimelineQuery.of(query)
    if not form.is_valid():
        return None
    chosen = ", ".join(one.words for one in chosen_of(form))
    title = _("Timeline: %(chosen)s") % {"chosen": chosen} if chosen else _("Timeline")
    return Frame(_with(reverse("embed-timeline"), query), title, 600)


def _figure(request: HttpRequest, kwargs: dict[str, Any], query: QueryDict) -> Frame | None:
    category = Category.objects.filter(slug=kwargs["slug"]).first()
    if category is None:
        return None
    title = f"{category}, {kwargs['date'].isoformat()}"
    return Frame(_with(reverse("embed-figure", kwargs=kwargs), query), title, 240)


_FRAMES = {
    "losses": _losses,
    "category": _losses,
    "timeline": _timeline,
    "figure": _figure,
    "embed-losses": _losses,
    "embed-timeline": _timeline,
    "embed-figure": _figure,
}
"""The pages that a frame can show, by the names of their addresses."""

SHOWN = frozenset(name for name in _FRAMES if not name.startswith("embed"))


def _with(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path


def _answer(request: HttpRequest, frame: Frame, size: dict[str, int], form: str) -> HttpResponse:
    source = request.build_absolute_uri(frame.path)
    html = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"></iframe>',
        source,
        str(size["width"]),
        str(size["height"]),
        frame.title,
    )
    said = {
        "version": "1.0",
        "type": "rich",
        "title": frame.title,
        "provider_name": "Conflict Ledger",
        "provider_url": request.build_absolute_uri(reverse("overview")),
        "cache_age": CACHE_SECONDS,
        **size,
        "html": str(html),
    }
    if form == "json":
        return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    parts = [(name, str(value)) for name, value in said.items()]
    return render(request, "embed/oembed.xml", {"parts": parts}, content_type="text/xml; charset=utf-8")


def _refused(status: int, sentence: str) -> HttpResponse:
    answer = HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
