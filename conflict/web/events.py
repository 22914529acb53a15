"""One event: what is known of it, how surely, from where, and what the losses did around its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.around import DAYS, Around, around
from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import Series, changes_per_day
from conflict.charts.chart import Chart, ChartEvent, losses_chart
from conflict.charts.svg import drawing
from conflict.models import Category, Event, Point
from conflict.queries import LEDGER, PERSONNEL
from conflict.web.errors import Way, missing
from conflict.web.questions import IS_REPORTED, stated_in

FURTHER = 90
"""Days beyond the chart in which a report before or after it is looked for, so that its first span is whole."""


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one event with its figures, what articles state of it, and its neighbours. Six queries."""
    events = Event.objects.with_details().with_neighbours().annotate(is_reported=IS_REPORTED)
    event: Any = events.filter(slug=slug).first()
    if event is None:
        return missing(
            request,
            title=_("There is no such event"),
            explanation=_("No event of the timeline has the name “%(slug)s”.") % {"slug": slug},
            ways=[Way(reverse("timeline"), _("All events, in their order"))],
        )
    stated = stated_in(event.claims.all())
    points = Point.objects.standing().of(**LEDGER).in_categories([PERSONNEL])
    context = {
        "event": event,
        "actors": event.involved,
        "figures": event.given,
        "questions": stated.questions,
        "claims": stated.unquestioned,
        "reported": stated.reported | ({event.date} if event.is_reported else set()),
        "articles": event.told_in,
        # Of an event that is known to the month alone no day's report is its own.
        "personnel": None if event.has_no_day else points.of_day(event.date).select_related("source").first(),
        "losses": None if event.has_no_day else losses_around(event),
        "before": next(iter(event.before), None),
        "after": next(iter(event.after), None),
    }
    return render(request, "web/event.html", context)


# -- The losses around its day --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Losses:
    """What the reports of personnel say of the days around an event: both means, and each day's change."""

    category: Category
    around: Around
    chart: Chart
    drawing: SafeString
    first: dt.date
    last: dt.date


def losses_around(event: Event) -> Losses | None:
    """Set the mean rates before and after an event's day beside each other; None without figures. Two queries."""
    category = Category.objects.filter(slug=PERSONNEL).first()
    first = max(event.date - (DAYS - 1) * ONE_DAY, settings.CONFLICT_START)
    last = min(event.date + DAYS * ONE_DAY, timezone.localdate())
    if category is None or event.date < settings.CONFLICT_START or last <= first:
        return None
    points = Point.objects.standing().of(**LEDGER).in_categories([PERSONNEL])
    points = points.between(first - FURTHER * ONE_DAY, last + FURTHER * ONE_DAY).order_by("date")
    rows = points.values_list("date", "total", "printed_change")
    series = Series.of(category.slug, category.get_unit_display(), rows)
    changes = changes_per_day(series)
    # A span that the window cuts is drawn whole: it cannot be said what fell on which side.
    spans = [value for value in changes.values if value.end >= first and value.start <= last]
    mark = ChartEvent(event.date, event.word("short_title") or str(event), f"#{event.slug}", event.theme)
    chart = losses_chart(
        [replace(changes, values=tuple(spans))],
        labels={category.slug: str(category)},
        title=_("%(name)s: reported losses a day") % {"name": category},
        y_label=_("%(unit)s a day") % {"unit": series.unit},
        start=min([first, *(value.start for value in spans)]),
        end=max([last, *(value.end for value in spans)]),
        events=[mark],
    )
    if not chart.numbers:
        return None
    return Losses(category, around(series, event.date), chart, drawing(chart), first, last)
