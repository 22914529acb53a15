"""What may be asked of the timeline: one form for its page, its feed, and links into it.

    ?theme=strike&theme=energy&actor=opcw&place=odesa&certainty=disputed&from=2024-01-01&to=2024-11-19&q=drones
    ?year=2024   ?month=2024-11   ?event=odesa-strike   ?on=11-19

Values of one group widen the choice, groups narrow it. A period given in several ways is what they share.
Nothing that is asked is replaced in silence: a value that cannot be read is an error that names it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conflict.analysis.calendar import last_of_month
from conflict.asking import CountField, SpanForm, shown
from conflict.models import Actor, Event, Place
from conflict.models.articles import Certainty
from conflict.models.events import EventQuerySet
from conflict.models.folding import LONGEST_QUERY
from conflict.models.rows import read_together
from conflict.models.search import keys_of
from conflict.models.search_texts import Kind

GROUPS = ("theme", "certainty", "actor", "place")
"""What several values may be chosen of."""

AROUND = dt.timedelta(days=45)
"""How far the timeline reaches to both sides of an event that it is zoomed to."""


@dataclass(frozen=True, slots=True)
class AskedEvents:
    """A query that was understood. Empty groups, None and "" do not narrow; ``start`` and ``end`` are included."""

    chosen: Mapping[str, tuple[str, ...]]  # by group, in the order of its choices
    start: dt.date | None
    end: dt.date | None
    on: dt.date | None  # a day of the calendar; its year says nothing
    event: Event | None
    text: str


class ManyField(forms.MultipleChoiceField):
    """Any of the choices, several of them; what is none of them is named."""

    def __init__(self, *, label: Any, refusal: Any, choices: Any = ()) -> None:
        super().__init__(label=label, required=False, choices=choices, error_messages={"invalid_choice": refusal})

    def validate(self, value: Any) -> None:
        for one in value:
            if not self.valid_value(one):
                message = self.error_messages["invalid_choice"]
                raise forms.ValidationError(message, "invalid_choice", params={"value": shown(one)})


class MonthField(forms.Field):
    """A month written 2024-11: its first day."""

    def clean(self, value: Any) -> dt.date | None:
        text = (value or "").strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
                raise ValueError(text)
            return dt.date.fromisoformat(f"{text}-01")
        except ValueError:
            raise forms.ValidationError(
                _("“%(value)s” is not a month of the calendar. A month is written 2024-11."),
                params={"value": shown(text)},
            ) from None


class CalendarDayField(forms.Field):
    """A day of the calendar without a year, written 11-19: that day of a leap year, so that 02-29 is one."""

    def clean(self, value: Any) -> dt.date | None:
        text = (value or "").strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
                raise ValueError(text)
            return dt.date.fromisoformat(f"2024-{text}")
        except ValueError:
            raise forms.ValidationError(
                _("“%(value)s” is not a day of the calendar. A day of any year is written 11-19."),
                params={"value": shown(text)},
            ) from None


class TimelineQuery(SpanForm):
    """Which events are asked for. ``actors``, ``places`` and ``events`` are those that can be named: see ``of``.

    Read ``asked`` and ``events()`` after ``is_valid()``; ``faults`` says what is wrong otherwise.
    """

    repeatable = frozenset(GROUPS)

    theme = ManyField(
        label=gettext_lazy("Theme"),
        refusal=gettext_lazy("“%(value)s” is not a theme of the timeline."),
        choices=Event.Theme.choices,
    )
    certainty = ManyField(
        label=gettext_lazy("Certainty"),
        refusal=gettext_lazy("“%(value)s” is not a certainty: confirmed, reported, claimed, disputed, rejected."),
        choices=Certainty.choices,
    )
    actor = ManyField(label=gettext_lazy("Who"), refusal=gettext_lazy("The ledger knows no actor “%(value)s”."))
    place = ManyField(label=gettext_lazy("Place"), refusal=gettext_lazy("The ledger knows no place “%(value)s”."))
    year = CountField(label=gettext_lazy("Year"), required=False)
    month = MonthField(label=gettext_lazy("Month"), required=False)
    on = CalendarDayField(label=gettext_lazy("On this day"), required=False)
    event = forms.CharField(label=gettext_lazy("Event"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": gettext_lazy("At most %(limit_value)d characters; these are %(show_value)d.")
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, data: QueryDict, *, actors: Iterable[Actor], places: Iterable[Place], events: Iterable[Event]
    ) -> None:
        super().__init__(data)
        self.named_events = {event.slug: event for event in events}
        self.order_fields([*GROUPS, "from", "to"])
        for name, rows in (("actor", actors), ("place", places)):
            choices = self.fields[name]
            assert isinstance(choices, ManyField)  # noqa: S101 - for the type checker
            choices.choices = [(row.slug, str(row)) for row in rows]

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """Make the form of an address, with what the address names. One query, none where it names nothing."""
        return cls(data, **named_in(data))

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise forms.ValidationError(_("%(year)s is no year of the calendar."), params={"year": str(year)})
        return year

    def clean_event(self) -> Event | None:
        slug: str = self.cleaned_data["event"]
        event = self.named_events.get(slug)
        if slug and event is None:
            raise forms.ValidationError(
                _("No event of the timeline has the name “%(slug)s”."), params={"slug": shown(slug)}
            )
        return event

    def check_order(self, first: str, last: str) -> None:
        """Refuse a period of which no day is left, in whichever ways it is given."""
        if self.errors:
            return
        start, end = self._period()
        if start and end and end < start:
            name = "to" if self.cleaned_data["to"] else "month" if self.cleaned_data["month"] else "year"
            message = _("Of these days none is left: the last, %(end)s, lies before the first, %(start)s.")
            params = {"end": date_format(end), "start": date_format(start)}
            self.add_error(name, forms.ValidationError(message, params=params))

    def _period(self) -> tuple[dt.date | None, dt.date | None]:
        """Return the days that all ways of giving a period share; None where none closes a side."""
        given = self.cleaned_data
        periods: list[tuple[dt.date | None, dt.date | None]] = [(given["from"], given["to"])]
        if given["year"]:
            periods.append((dt.date(given["year"], 1, 1), dt.date(given["year"], 12, 31)))
        if given["month"]:
            periods.append((given["month"], last_of_month(given["month"])))
        if given["event"]:
            periods.append(around(given["event"]))
        starts, ends = zip(*periods, strict=True)
        start = max((day for day in starts if day is not None), default=None)
        return start, min((day for day in ends if day is not None), default=None)

    @cached_property
    def asked(self) -> AskedEvents:
        """Return what a valid query asks for."""
        given, (start, end) = self.cleaned_data, self._period()
        chosen = {}
        for name in GROUPS:
            chosen[name] = tuple(value for value, _words in self.choices_of(name) if value in given[name])
        return AskedEvents(chosen, start, end, given["on"], given["event"], given["q"])

    def choices_of(self, name: str) -> list[tuple[str, str]]:
        """Return the values of a group with their words, in their order."""
        choices: Any = self.fields[name].choices  # type: ignore[attr-defined]
        return [(str(value), str(words)) for value, words in choices]

    @cached_property
    def found(self) -> frozenset[int] | None:
        """Return the keys of the events that hold the words asked for, ``None`` where none are. One query."""
        if not self.asked.text:
            return None
        return keys_of(self.asked.text, kind=Kind.EVENT)

    def events(self, *, without: str = "") -> EventQuerySet:
        """Return the events asked for, as if the group ``without`` (or "period") had not been narrowed."""
        asked, events = self.asked, Event.objects.all()
        if self.found is not None:
            events = events.filter(pk__in=self.found)
        if asked.on:
            events = events.on_calendar_day(asked.on.month, asked.on.day)
        if without != "period":
            events = events.during(asked.start, asked.end)
        for name, narrow in (
            ("theme", EventQuerySet.with_themes),
            ("certainty", EventQuerySet.with_certainties),
            ("actor", EventQuerySet.with_actors),
            ("place", EventQuerySet.at_places),
        ):
            if asked.chosen[name] and name != without:
                events = narrow(events, asked.chosen[name])
        return events

    @property
    def narrows(self) -> bool:
        """Whether a valid query asks for less than all events, its period aside."""
        asked = self.asked
        return bool(any(asked.chosen.values()) or asked.on or asked.text)


def named_in(data: QueryDict) -> dict[str, list[Any]]:
    """Return the ``actors``, ``places`` and ``events`` that an address names, by name. One query at most.

    They have their names; an event also what tells when it was.
    """
    named = {
        name: [slug for slug in data.getlist(name) if "\0" not in slug] for name in ("actor", "place", "event")
    }
    if not any(named.values()):
        return {"actors": [], "places": [], "events": []}
    actors, places, events = read_together(
        Actor.objects.filter(slug__in=named["actor"]).only("slug", "name", "translations"),
        Place.objects.filter(slug__in=named["place"]).only("slug", "name", "translations"),
        Event.objects.filter(slug__in=named["event"]).only(
            "slug", "title", "translations", "date", "end_date", "precision"
        ),
    )
    by_name = attrgetter("name")
    return {"actors": sorted(actors, key=by_name), "places": sorted(places, key=by_name), "events": events}


def around(event: Event) -> tuple[dt.date, dt.date]:
    """Return the days that are shown when the timeline is zoomed to an event."""
    last = last_of_month(event.date) if event.precision == Event.Precision.MONTH else event.end_date
    return event.date - AROUND, (last or event.date) + AROUND
