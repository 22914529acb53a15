"""The events in their order: on one scale with the war's days, and below it as prose, by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.analysis.calendar import ONE_DAY, last_of_month
from conflict.analysis.milestones import Milestone, round_days
from conflict.charts import strips
from conflict.charts.scale import Scale, axis
from conflict.models import Event, Report
from conflict.queries import LEDGER
from conflict.timeline_query import GROUPS, TimelineQuery
from conflict.web.figures import wants_part
from conflict.web.timeline_facets import (
    PERIOD,
    address,
    chosen_of,
    facets_of,
    months_between,
    period_in_words,
    years_of,
    zoom,
)
from conflict.web.versions import PageForm, Pages
from conflict.wording import when

EVERY = 1000  # days from one milestone to the next
KEPT = ("year", "month", "event", "on")
"""What the form has no box for, and keeps."""


@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "HX-Trigger")
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the events that are asked for, as a picture and by year and month. Six queries at most."""
    form = TimelineQuery.of(request.GET)
    part = wants_part(request)
    template = f"web/timeline.html{'#timeline' if part else ''}"
    if not form.is_valid():
        return render(request, template, {"form": form, "part": part, "kept": readable(form)}, status=400)
    at_any_time: list[Any] = list(
        form.events(without="period").with_fit(form.asked.start, form.asked.end).on_a_scale()
    )
    events = [event for event in at_any_time if event.fits]
    pages = PageForm(request, of=len(events), a_page=strips.MOST_MARKS)
    if not pages.is_valid():
        return pages.refusal()
    shown, same_day = details_of(events[pages.pages.start : pages.pages.end], timezone.localdate())
    years, months = years_of(form, at_any_time)
    total, facets = facets_of(form)
    context = {
        "form": form,
        "part": part,
        "filtering": part and (request.htmx.trigger or "").startswith("narrow"),  # type: ignore[attr-defined]
        "facets": facets,
        "chosen": chosen_of(form),
        "kept": [(name, value) for name in KEPT if (value := request.GET.get(name))],
        "years": years,
        "months": months,
        "period": period_in_words(form),
        "found": len(events),
        "total": total,
        "pages": pages.pages,
        "picture": picture_of(form, shown if len(shown) == len(events) else events),
        "listed": listed(shown, _milestones(form, events, pages.pages), start=form.asked.start),
        "today": timezone.localdate(),
        "same_day": same_day,
        "feed": address(form, page="timeline-feed", **dict.fromkeys(PERIOD, "")),
    }
    return render(request, template, context)


def readable(form: TimelineQuery) -> list[tuple[str, str]]:
    """Return what a faulty form asks for beside its boxes and can be read: it stays while the fault is mended."""
    data: Any = form.data
    return [
        (name, value)
        for name in (*GROUPS, *KEPT)
        if name not in form.errors
        for value in data.getlist(name)
        if value
    ]


def details_of(events: Sequence[Event], today: dt.date) -> tuple[list[Event], list[Event]]:
    """Return these events with all that is shown of them, and those of earlier years on this day of the calendar.

    The latter are the newest first. One query.
    """
    days = Event.objects.on_calendar_day(today.month, today.day).filter(date__year__lt=today.year)
    held = (
        Event.objects.with_details().with_difference().annotate(is_same_day=Q(pk__in=days.order_by().values("pk")))
    )
    wanted = held.filter(Q(pk__in=[event.pk for event in events]) | Q(is_same_day=True))
    found: dict[int, Any] = {event.pk: event for event in wanted.newest_first()}
    same_day = [event for event in found.values() if event.is_same_day]
    return [found[event.pk] for event in events if event.pk in found], same_day


# -- The picture --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    """The strips of the themes over the days that are shown, with how many events begin when."""

    strips: list[strips.Strip]
    shapes: SafeString
    density: SafeString
    axis: SafeString
    apart: bool  # whether each event has its own mark
    by_day: bool  # whether the density counts days, not months
    words: str


def picture_of(form: TimelineQuery, events: Sequence[Event]) -> Picture | None:
    """Draw the events on the days of the period, or of the whole war; None without an event."""
    if not events:
        return None
    asked, first_day = form.asked, settings.CONFLICT_START
    last = max(timezone.localdate(), *(event.end_date or event.date for event in events))
    start = asked.start or min(first_day, events[0].date)
    scale = Scale(start, max(asked.end or last, start), first_day)
    apart = len(events) <= strips.MOST_MARKS
    happenings = [happening_of(event, named=apart) for event in events]
    names = {slug: str(words) for slug, words in Event.Theme.choices}
    hrefs = {slug: address(form, theme=slug) for slug in names}
    months = {month: zoom(form, month=f"{month:%Y-%m}") for month in months_between(scale.start, scale.end)}
    return Picture(
        strips=strips.strips(happenings, scale, names, hrefs),
        shapes=strips.key_of_shapes(),
        density=strips.density(happenings, scale, months),
        axis=axis(scale),
        apart=apart,
        by_day=scale.is_short,
        words=_("%(first)s – %(last)s") % {"first": date_format(scale.start), "last": date_format(scale.end)},
    )


def happening_of(event: Event, *, named: bool = True) -> strips.Happening:
    """Return an event as the picture draws it; it leads to its place in the list. ``named``: with its words."""
    last = event.date if event.precision == Event.Precision.DAY else event.end_date
    return strips.Happening(
        href=f"#{event.slug}",
        name=(event.word("short_title") or str(event)) if named else "",
        words=_("%(when)s: %(title)s (%(certainty)s)")
        % {"when": when(event), "title": event, "certainty": event.get_certainty_display()}
        if named
        else "",
        strip=event.theme,
        first=event.date,
        last=last_of_month(event.date) if event.has_no_day else last,
        precision=event.precision,
        certainty=event.certainty,
    )


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
class Year:
    """One year's months that have anything."""

    number: str
    events: int
    months: list[Month]


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: what began before the period and reaches into it, and the rest by year and month."""

    earlier: list[Event]
    years: list[Year]


def listed(events: Iterable[Event], markers: Sequence[Marker], *, start: dt.date | None) -> Listed:
    """Group events and milestones by year and month, oldest first."""
    months: dict[dt.date, Month] = {}
    earlier: list[Event] = []
    rows: list[tuple[dt.date, Event | Marker]] = [(marker.milestone.date, marker) for marker in markers]
    for event in events:
        begins = (
            event.date if start is None or event.precision != Event.Precision.MONTH else max(event.date, start)
        )
        if start and begins < start:
            earlier.append(event)
        else:
            rows.append((event.date, event))
    for date, row in sorted(rows, key=lambda row: row[0]):  # stable: a milestone before the events of its day
        first = date.replace(day=1)
        months.setdefault(first, Month(first)).rows.append(row)
    by_year: dict[int, list[Month]] = {}
    for month in months.values():
        by_year.setdefault(month.first.year, []).append(month)
    years = [Year(str(year), sum(m.events for m in group), group) for year, group in by_year.items()]
    return Listed(earlier, years)


def _milestones(form: TimelineQuery, events: Sequence[Event], page: Pages) -> list[Marker]:
    """Return the thousandth days that belong on this page of the list: none where events are picked.

    One query at most.
    """
    first_day, today = settings.CONFLICT_START, timezone.localdate()
    starts, ends = [form.asked.start or first_day], [form.asked.end or today]
    if page.number > 1:
        starts.append(events[page.start - 1].date + ONE_DAY)
    if page.number < page.last:
        ends.append(events[page.end - 1].date)
    days = [] if form.narrows else round_days(first_day=first_day, until=today, every=EVERY)
    days = [day for day in days if max(starts) <= day.date <= min(ends)]
    if not days:
        return []
    published = Report.objects.published().of(**LEDGER).filter(date__in=[day.date for day in days])
    reported = set(published.values_list("date", flat=True))
    return [Marker(day, day.date in reported) for day in days]
