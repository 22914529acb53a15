"""Views that any site may put into a frame: a chart, the timeline, one figure. No other page may be framed.

They set no cookie, hold no form, and each says whose figures it shows, how sure they are and of which version,
with a link to the page that it is a part of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from conflict.models import Category, Point, Report, Source
from conflict.queries import LEDGER, ExplorerQuery
from conflict.timeline_query import TimelineQuery
from conflict.web.asof import as_of, keep_version, requested_number, revalidated
from conflict.web.context import newest_version
from conflict.web.errors import missing, unreadable
from conflict.web.explorer import explored
from conflict.web.timeline_facets import address, chosen_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

NEWEST_EVENTS = 30


def framed(view: View[P]) -> View[P]:
    """Let any site put the answer into a frame, its errors too, which then have a small page of their own."""

    @wraps(view)
    def respond(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.embedded = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    wrapped: Any = xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(respond))
    wrapped.may_be_framed = True
    framed_view: View[P] = wrapped
    return framed_view


@framed
@require_safe
@as_of
def losses(request: HttpRequest) -> HttpResponse:
    """Show the chart of any query of the explorer. Six queries, as its page."""
    form = ExplorerQuery.of(request.GET, newest=newest_version(request))
    valid = form.is_valid()
    if valid and form.resolved is not None:
        return redirect(f"{request.path}?{form.resolved}")
    if not valid:
        faults = " ".join(f"{fault.label}: {fault.sentence}" for fault in form.faults)
        return unreadable(request, title=_("This query cannot be read"), explanation=faults)
    full = reverse("losses")
    context = {
        **explored(request, form),
        "full": f"{full}?{request.GET.urlencode()}" if request.GET else full,
        "sources": [source for source in form.sources if source.slug in form.asked.sources],
        "version": newest_version(request),
    }
    return render(request, "embed/losses.html", context)


@framed
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the newest events of those that the timeline shows under the same query. Four queries at most.

    One for the events and one for the frame; one more for what is named, and one for words.
    """
    form = TimelineQuery.of(request.GET)
    if not form.is_valid():
        faults = " ".join(f"{fault.label}: {fault.sentence}" for fault in form.faults)
        return unreadable(request, title=_("This query cannot be read"), explanation=faults)
    context = {
        "events": form.events().newest_first().select_related("place")[:NEWEST_EVENTS],
        "chosen": ", ".join(one.words for one in chosen_of(form)),
        "full": address(form),
        "version": newest_version(request),
    }
    return revalidated(request, render(request, "embed/timeline.html", context))


@framed
@require_safe
@as_of
def figure(request: HttpRequest, date: dt.date, slug: str) -> HttpResponse:
    """Show one figure and its change. Five queries at most."""
    number = requested_number(request)
    category = Category.objects.filter(slug=slug).first()
    reports = Report.objects.at_version(number).of(**LEDGER).of_day(date)
    if category is None or not reports.exists():
        return missing(
            request,
            title=_("There is no such figure"),
            explanation=_("The ledger has no report of this day, or no such category."),
        )
    points = Point.objects.at_version(number).of(**LEDGER).of_day(date).filter(category=category)
    context = {
        "date": date,
        "category": category,
        "point": points.select_related("entry__report__document", "category").with_changed_mark().first(),
        "full": keep_version(request, reverse("figure", args=[date, slug])),
        **_said(request),
    }
    return render(request, "embed/figure.html", context)


def _said(request: HttpRequest) -> dict[str, Any]:
    """Return who states the figures and at which version they are shown. One query, and one for the version."""
    return {
        "sources": Source.objects.filter(slug=LEDGER["source"]),
        "version": newest_version(request),
    }
