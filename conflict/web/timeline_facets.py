"""What the timeline can be narrowed to, how much each choice holds, and the addresses of those choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, F, JSONField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conflict.analysis.calendar import last_of_month
from conflict.models import Actor, Event, EventActor
from conflict.timeline_query import GROUPS, TimelineQuery
from conflict.web.alphabet import place_in_alphabet
from conflict.wording import when

PERIOD = ("from", "to", "year", "month", "event")
"""The ways to give a period: a zoom replaces them all."""

MOST_CHOICES = 60
"""So many actors or places are offered, those with the most events; search finds the others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a group, and how many events it would show: as if its group were not narrowed, the others are."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of which several values may be chosen. ``left_out``: choices that are not offered, for room."""

    name: str
    words: str
    choices: list[Choice]
    left_out: int

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Zoom:
    """A link to a year or a month of the timeline. ``count``: the events that reach into it."""

    words: str
    count: int
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice that narrows the timeline, and the address without it."""

    words: str
    address: str


class Held(NamedTuple):
    """How many events a value of a group holds. ``word`` and ``translations`` name an actor or a place."""

    group: str
    value: str
    word: str
    translations: dict[str, Any] | None
    events: int


TOTAL = "total"
"""The group of all events there are."""


def facets_of(form: TimelineQuery) -> tuple[int, list[Facet]]:
    """Return how many events there are, and the groups with what each choice holds, empty ones left out.

    One query.
    """
    events = {name: form.events(without=name).order_by() for name in GROUPS}
    parts = EventActor.objects.filter(event__in=events["actor"]).order_by()
    counts = [
        _counted(events["theme"], "theme", value=F("theme")),
        _counted(events["certainty"], "certainty", value=F("certainty")),
        _counted(parts, "actor", value=F("actor__slug"), word=F("actor__name"), named=F("actor__translations")),
        _counted(
            events["place"].placed(),
            "place",
            value=F("place__slug"),
            word=F("place__name"),
            named=F("place__translations"),
        ),
        _counted(Event.objects.order_by(), TOTAL),
    ]
    held = [Held(*row) for row in counts[0].union(*counts[1:], all=True)]
    facets = [_facet(form, name, [row for row in held if row.group == name]) for name in GROUPS]
    return sum(row.events for row in held if row.group == TOTAL), facets


def _counted(rows: QuerySet[Any], group: str, **columns: Any) -> QuerySet[Any]:
    """Count rows by a value, as columns of ``Held``."""
    none = {"value": Value(""), "word": Value(""), "named": Cast(Value(None), JSONField())}
    grouped = rows.annotate(group=Value(group), **{**none, **columns}).values("group", "value", "word", "named")
    return grouped.annotate(count=Count("pk")).values_list("group", "value", "word", "named", "count")


def _facet(form: TimelineQuery, name: str, held: Sequence[Held]) -> Facet:
    chosen, counts = form.asked.chosen[name], {row.value: row.events for row in held}
    words = dict(form.choices_of(name))  # of actors and places those that the address names
    if name in {"actor", "place"}:
        words = {row.value: str(Actor(name=row.word, translations=row.translations)) for row in held} | words
    choices = [
        Choice(value, its_words, counts.get(value, 0), value in chosen)
        for value, its_words in words.items()
        if counts.get(value) or value in chosen
    ]
    offered = choices
    if name in {"actor", "place"}:
        choices.sort(key=lambda choice: (-choice.count, place_in_alphabet(choice.words)))
        offered = [choice for n, choice in enumerate(choices) if n < MOST_CHOICES or choice.chosen]
    return Facet(name, str(form.fields[name].label), offered, len(choices) - len(offered))


# -- Zooming ------------------------------------------------------------------------------------------------


def years_of(form: TimelineQuery, events: Sequence[Event]) -> tuple[list[Zoom], list[Zoom]]:
    """Return a link to each year, and to each month where the period lies within one year.

    ``events`` are those asked for, as if their period had not been narrowed.
    """
    extents = [_extent(event.date, event.end_date, event.precision) for event in events]
    first = min([settings.CONFLICT_START, *(start for start, _end in extents)]).year
    last = max([timezone.localdate(), *(start for start, _end in extents)]).year
    asked, given = form.asked, form.cleaned_data
    years = [Zoom(_("all years"), len(events), address(form, **dict.fromkeys(PERIOD, "")), not _has_period(form))]
    for year in range(first, last + 1):
        count = _reaching(extents, dt.date(year, 1, 1), dt.date(year, 12, 31))
        if count:
            years.append(Zoom(str(year), count, zoom(form, year=str(year)), given["year"] == year))
    months = []
    if asked.start and asked.end and asked.start.year == asked.end.year:
        for month in range(1, 13):
            date = dt.date(asked.start.year, month, 1)
            count = _reaching(extents, date, last_of_month(date))
            if count:
                words = capfirst(date_format(date, "MONTH_FORMAT"))
                months.append(Zoom(words, count, zoom(form, month=f"{date:%Y-%m}"), given["month"] == date))
    return years, months


def _extent(date: dt.date, end: dt.date | None, precision: str) -> tuple[dt.date, dt.date]:
    if precision == Event.Precision.MONTH:
        return date, last_of_month(date)
    if precision == Event.Precision.SPAN:
        return date, end or dt.date.max
    return date, date


def _reaching(extents: Sequence[tuple[dt.date, dt.date]], first: dt.date, last: dt.date) -> int:
    return sum(start <= last and end >= first for start, end in extents)


def _has_period(form: TimelineQuery) -> bool:
    return any(form.cleaned_data[name] for name in PERIOD)


def zoom(form: TimelineQuery, **period: str) -> str:
    """Return the address of another period, what else is asked staying."""
    return address(form, **{**dict.fromkeys(PERIOD, ""), **period})


# -- What is chosen -----------------------------------------------------------------------------------------


def chosen_of(form: TimelineQuery) -> list[Chosen]:
    """Return what narrows the timeline, each with the address without it."""
    asked, given = form.asked, form.cleaned_data
    found = []
    for name in GROUPS:
        words = dict(form.choices_of(name))
        for value in asked.chosen[name]:
            rest = [other for other in asked.chosen[name] if other != value]
            found.append(Chosen(words[value], address(form, page="timeline", **{name: rest})))
    if given["q"]:
        found.append(Chosen(_("“%(words)s”") % {"words": given["q"]}, address(form, q="")))
    if given["on"]:
        found.append(Chosen(date_format(given["on"], "MONTH_DAY_FORMAT"), address(form, on="")))
    if _has_period(form):
        found.append(Chosen(period_in_words(form), zoom(form)))
    return found


def period_in_words(form: TimelineQuery) -> str:
    """Return which days the timeline shows, as exactly as they are given; "" for all."""
    asked, given = form.asked, form.cleaned_data
    given_by = [name for name in PERIOD if given[name]]
    if given_by == ["year"]:
        return str(given["year"])
    if given_by == ["month"]:
        return date_format(given["month"], "YEAR_MONTH_FORMAT")
    if given_by == ["event"]:
        return _("around “%(event)s”, %(when)s") % {"event": given["event"], "when": when(given["event"])}
    if asked.start and asked.end:
        days = {"first": date_format(asked.start), "last": date_format(asked.end)}
        return _("%(first)s – %(last)s") % days
    if asked.start:
        return _("from %(date)s on") % {"date": date_format(asked.start)}
    return _("up to %(date)s") % {"date": date_format(asked.end)} if asked.end else ""


def address(form: TimelineQuery, *, page: str = "timeline", **changes: str | Sequence[str]) -> str:
    """Return the address of what a valid form asks, with changes; an empty value leaves a part out."""
    query = QueryDict(mutable=True)
    for name in form.fields:
        asked: str | Sequence[str] = form.data.getlist(name) if name not in changes else changes[name]
        values = [asked] if isinstance(asked, str) else asked
        if any(values):
            query.setlist(name, [value for value in values if value])
    return f"{reverse(page)}?{query.urlencode()}" if query else reverse(page)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first day of each month from one date to another."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [
        dt.date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(count + 1)
    ]
