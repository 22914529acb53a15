"""Pictures that leave the site: any view of the explorer as SVG and PNG, and what a shared link shows of a page.

A picture says where it comes from: source, licence, version, and the address at which the same version can be
read again. The drawing is made anew each time, like the page; the PNG of a drawing is kept, by the drawing's hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import day_number
from conflict.charts.chart import number_in_words
from conflict.charts.raster import png
from conflict.charts.standalone import Imprint, Words, card, charts_picture
from conflict.courses import load_courses
from conflict.models import Category, Event, Source, Version
from conflict.queries import LEDGER, PERSONNEL, Asked, ExplorerQuery
from conflict.web.asof import as_of, requested_number, with_version
from conflict.web.context import conflict_name, newest_version
from conflict.web.errors import unreadable
from conflict.web.explorer import charts_of, labels_of, page_address
from conflict.web.marks import events_of
from conflict.web.milestone import report_of
from conflict.web.milestones import first_day
from conflict.web.readings import accepted_on
from conflict.web.series import chart_events, load_series, picture
from conflict.wording import change, when_in_words

KEPT_SECONDS = 86_400
TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}


@require_safe
@as_of
def losses(request: HttpRequest, form: str) -> HttpResponse:
    """Draw what the explorer shows under the same query. Six queries."""
    query = ExplorerQuery.of(request.GET, newest=newest_version(request))
    if not query.is_valid():
        faults = " ".join(f"{fault.label}: {fault.sentence}" for fault in query.faults)
        return unreadable(request, title=_("This cannot be drawn"), explanation=faults)
    if (resolved := query.resolved) is not None:
        return redirect(f"{request.path}?{resolved}")
    asked, courses = query.asked, load_courses(query.asked)
    labels = labels_of(asked, courses, {source.slug: str(source) for source in query.sources})
    events = events_of(request, asked, courses, query.begins.values())
    title, charts = charts_of(asked, courses, labels, events)
    page = page_address(reverse("losses"), query.without("year"))
    imprint = _imprint(request, page, asked.categories, asked.sources)
    return _answer(form, charts_picture(charts, Words(title), imprint), "losses")


@require_safe
@as_of
def report(request: HttpRequest, date: dt.date) -> HttpResponse:
    """Set the figures that the ledger accepts of a day. Three queries."""
    number = requested_number(request)
    found = report_of(date, number, accepted_on(date, number))
    rows = [row for row in found["rows"] if row.point]
    if not rows:
        raise Http404
    words = Words(_("Report of %(date)s") % {"date": date_format(date)}, _day(date))
    made = card(
        words,
        _imprint(request, reverse("report", args=[date]), [row.category for row in rows]),
        paragraph=_("Totals since day 1, and beside them the change as printed, where one is stated."),
        rows=[
            (
                str(row.category),
                number_in_words(row.point.total),
                "" if row.printed_change is None else change(row.printed_change),
            )
            for row in rows
        ],
    )
    return _answer("png", made, f"report-{date}")


@require_safe
@as_of
def milestone(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the personnel figure from day 1 to a day. Five queries."""
    version = requested_number(request)
    personnel = Category.objects.filter(slug=PERSONNEL).first()
    try:
        date = first_day() + dt.timedelta(days=number - 1)
    except OverflowError:
        raise Http404 from None
    if personnel is None or number < 1:
        raise Http404
    asked = Asked((personnel,), first_day(), date, "mean-30", "linear", version)
    chart = picture(asked, load_series(asked), chart_events() if version is None else ())
    imprint = _imprint(request, reverse("milestone", args=[number]), [personnel])
    return _answer("png", charts_picture([chart], Words(chart.title, _day(date)), imprint), f"day-{number}")


@require_safe
@as_of
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Set what is known of an event, how surely, and from where. Two queries."""
    found = get_object_or_404(Event, slug=slug)
    kicker = f"{when_in_words(found)} · {found.get_certainty_display()}"
    imprint = Imprint(
        site="Conflict Ledger",
        subject=conflict_name(),
        source=_("Read at: %(name)s.") % {"name": found.source_name},
        licence=_("The summary is in our own words; the original is linked on the page."),
        version="Conflict Ledger",
        address=request.build_absolute_uri(found.get_absolute_url()),
    )
    made = card(Words(str(found), kicker), imprint, paragraph=found.word("summary"))
    return _answer("png", made, f"event-{slug}")


# -- What the pictures share --------------------------------------------------------------------------------


def _answer(form: str, svg: str, name: str) -> HttpResponse:
    content: Any = _kept_png(svg) if form == "png" else svg
    disposition = f'inline; filename="conflict-ledger-{name}.{form}"'
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": disposition})


def _kept_png(svg: str) -> bytes:
    """Return the PNG of a drawing, made once: a tenth of a second."""
    key = f"png-{hashlib.sha256(svg.encode()).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = png(svg)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _imprint(
    request: HttpRequest,
    address: str,
    categories: Iterable[Category],
    sources: Sequence[str] = (LEDGER["source"],),
) -> Imprint:
    """Say where a picture's figures come from. One query."""
    version = newest_version(request)
    names = ", ".join(str(source) for source in Source.objects.filter(slug__in=sources).order_by("pk"))
    said = _("Source: %(source)s.") % {"source": names or sources[0]}
    if LEDGER["source"] in sources:
        said = f"{said} {_('It is one party’s claim about the other.')}"
    if any(category.counts_people for category in categories):
        said = f"{said} {_('Personnel: killed and wounded.')}"
    return Imprint(
        site="Conflict Ledger",
        subject=conflict_name(),
        source=said,
        licence=_("Licence: the figures are published facts, free to use with their source named."),
        version=_version_in_words(version),
        address=request.build_absolute_uri(with_version(address, version.number if version else None)),
    )


def _version_in_words(version: Version | None) -> str:
    if version is None:
        return _("The ledger is empty")
    words = {"number": number_in_words(version.number), "date": date_format(version.time)}
    return _("Ledger version %(number)s of %(date)s") % words


def _day(date: dt.date) -> str:
    number = day_number(date, first_day=settings.CONFLICT_START)
    return _("Day %(number)s · %(date)s") % {"number": number_in_words(number), "date": date_format(date)}
