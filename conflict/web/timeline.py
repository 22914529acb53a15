"""The events in their order, by theme, with the milestones that the calendar makes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.analysis.milestones import Milestone, round_days
from conflict.models import Event, Report
from conflict.queries import LEDGER
from conflict.web.errors import Way, unreadable

EVERY = 1000  # days from one milestone to the next


class ThemeForm(forms.Form):
    """The theme that the timeline is narrowed to; none shows every event."""

    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), required=False, choices=[("", gettext_lazy("all")), *Event.Theme.choices]
    )

    def clean_theme(self) -> str:
        theme: str = self.cleaned_data["theme"]
        if len(self.data.getlist("theme")) > 1:  # type: ignore[attr-defined]
            raise forms.ValidationError(gettext_lazy("One theme at a time."))
        return theme


@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the events, all or of one theme, by year and month. Three queries."""
    form = ThemeForm(request.GET)
    if not form.is_valid():
        return _no_theme(request)
    chosen = form.cleaned_data["theme"]
    counts = dict(Event.objects.order_by().values_list("theme").annotate(Count("pk")))
    events = Event.objects.oldest_first().select_related("place")
    context = {
        "chosen": chosen,
        "themes": [(slug, words, counts[slug]) for slug, words in Event.Theme.choices if slug in counts],
        "count": sum(counts.values()),
        "shown": counts.get(chosen, 0) if chosen else sum(counts.values()),
        "years": years_of(events.with_theme(chosen) if chosen else events, _milestones()),
    }
    htmx = request.htmx  # type: ignore[attr-defined]
    part = "#list" if htmx and not htmx.history_restore_request else ""
    return render(request, f"web/timeline.html{part}", context)


# -- Years and months ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Month:
    """One month's events and milestones in their order. ``events`` counts the former alone."""

    first: dt.date
    rows: list[Event | Marker] = field(default_factory=list)

    @property
    def events(self) -> int:
        return sum(isinstance(row, Event) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Marker:
    """A milestone of the calendar on the timeline. ``reported``: whether the ledger has a report of that day."""

    milestone: Milestone
    reported: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A month in a year's picture, in units of its viewBox; text, because numbers in templates get commas."""

    x: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year's months that have anything, and a picture of how many events each of the twelve has."""

    number: str
    events: int
    months: list[Month]
    bars: list[Bar]


def years_of(events: Iterable[Event], markers: Sequence[Marker]) -> list[Year]:
    """Group events and milestones by year and month, oldest first; the pictures share one scale."""
    months: dict[dt.date, Month] = {}
    rows: list[tuple[dt.date, Event | Marker]] = [(marker.milestone.date, marker) for marker in markers]
    rows += [(event.date, event) for event in events]
    for date, row in sorted(rows, key=lambda row: row[0]):  # stable: a milestone before the events of its day
        first = date.replace(day=1)
        months.setdefault(first, Month(first)).rows.append(row)
    most = max((month.events for month in months.values()), default=0)
    by_year: dict[int, list[Month]] = {}
    for month in months.values():
        by_year.setdefault(month.first.year, []).append(month)
    return [
        Year(str(year), sum(month.events for month in group), group, _bars(group, most))
        for year, group in by_year.items()
    ]


def _bars(months: Sequence[Month], most: int) -> list[Bar]:
    """Draw a year in a viewBox of 120 by 24: each month 10 wide, the fullest month of all years 24 high."""
    counts = Counter({month.first.month: month.events for month in months})
    bars = []
    for month in range(1, 13):
        height = round(24 * counts[month] / most, 1) if most else 0
        bars.append(Bar(str(10 * (month - 1) + 1), str(round(24 - height, 1)), str(height)))
    return bars


def _milestones() -> list[Marker]:
    days = round_days(first_day=settings.CONFLICT_START, until=timezone.localdate(), every=EVERY)
    dates = [milestone.date for milestone in days]
    reported = set(Report.objects.published().of(**LEDGER).filter(date__in=dates).values_list("date", flat=True))
    return [Marker(milestone, milestone.date in reported) for milestone in days]


def _no_theme(request: HttpRequest) -> HttpResponse:
    page = reverse("timeline")
    return unreadable(
        request,
        title=_("There is no such theme"),
        explanation=_("The timeline can be narrowed to one of these themes, and to no other."),
        ways=[
            Way(page, _("all events")),
            *(Way(f"{page}?theme={slug}", str(words)) for slug, words in Event.Theme.choices),
        ],
    )
