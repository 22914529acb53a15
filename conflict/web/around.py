"""Before and after an event: the mean rates of every category on both sides of a day, and no word of a cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.around import DAYS, Around, around
from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import Series
from conflict.charts.chart import rate_in_words
from conflict.charts.pairs import Scale, key_drawing, row_drawing, scale_drawing
from conflict.models import Category, Event
from conflict.web.errors import Way, missing
from conflict.web.periods import PeriodsForm
from conflict.web.pictures import load_all


@dataclass(frozen=True, slots=True)
class AroundRow:
    """A category on both sides of the day, with its picture."""

    category: Category
    around: Around
    drawing: SafeString

    @property
    def known(self) -> bool:
        return self.around.before is not None and self.around.after is not None

    @property
    def percent(self) -> float | None:
        return None if self.around.difference is None else 100 * self.around.difference


@require_safe
def event_around(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the mean rates in the 30 days before an event and in the 30 after. Four queries.

    Not as of a version: an event, and so its day, is edited outside the versions.
    """
    event = Event.objects.filter(slug=slug).first()
    if event is None or event.precision == Event.Precision.MONTH or event.date < settings.CONFLICT_START:
        return _no_day(request, slug, event)
    categories, series = load_all(request)
    day = event.date
    context: dict[str, Any] = {
        "event": event,
        "days": DAYS,
        "before": (day - (DAYS - 1) * ONE_DAY, day),
        "after": (day + ONE_DAY, day + DAYS * ONE_DAY),
        **_sides(categories, series, day),
    }
    if context["before"][0] >= settings.CONFLICT_START:
        names = zip(PeriodsForm.base_fields, (*context["before"], *context["after"]), strict=True)
        context["as_periods"] = reverse("compare-periods", query=dict(names))
    return render(request, "web/event_around.html", context)


def _sides(categories: Sequence[Category], series: Sequence[Series], day: dt.date) -> dict[str, Any]:
    sides = [around(s, day) for s in series]
    scale = Scale.of(rate for side in sides for rate in (side.before, side.after) if rate is not None)
    pairs = list(zip(categories, sides, strict=True))
    known = [(c, s) for c, s in pairs if s.before is not None or s.after is not None]
    return {
        "rows": [AroundRow(c, s, _drawing(scale, c, s)) for c, s in known],
        "unknown": [c for c, s in pairs if s.before is None and s.after is None],
        "longest": max((s.gap for _c, s in known), default=1),
        "scale": scale_drawing(scale),
        "keys": (key_drawing("dot"), key_drawing("diamond")),
    }


def _drawing(scale: Scale, category: Category, side: Around) -> SafeString:
    label = _("%(category)s: %(before)s a day before, %(after)s a day after") % {
        "category": category,
        "before": rate_in_words(side.before),
        "after": rate_in_words(side.after),
    }
    return row_drawing(scale, dot=side.before, diamond=side.after, label=label)


def _no_day(request: HttpRequest, slug: str, event: Event | None) -> HttpResponse:
    """Answer 404: there is no such event, or no day of it that the account covers."""
    ways = [Way(reverse("timeline"), _("All events, in their order"))]
    if event is None:
        explanation = _("No event of the timeline has the name “%(slug)s”.") % {"slug": slug}
        return missing(request, title=_("There is no such event"), explanation=explanation, ways=ways)
    if event.precision == Event.Precision.MONTH:
        explanation = _("Of this event the month alone is known: there is no day to look at from both sides.")
    else:
        explanation = _("This event lies before day 1, where the account begins.")
    ways.insert(0, Way(event.get_absolute_url(), str(event)))
    return missing(request, title=_("There is no before and after here"), explanation=explanation, ways=ways)
