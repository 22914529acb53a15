"""The map: where events happened, narrowed by theme and period, and the same in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.asking import SpanForm
from conflict.charts.maps import Mark, drawing
from conflict.models import Event, Place
from conflict.models.events import in_period
from conflict.web.alphabet import place_in_alphabet
from conflict.web.asof import PARTIAL_HEADERS
from conflict.web.figures import wants_part
from conflict.web.search import Facet

OUTLINE = "img/outline.svg"


class MapForm(SpanForm):
    """The theme and the period that the map is narrowed to; none are all. ``faults`` says what is wrong."""

    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        required=False,
        choices=[("", gettext_lazy("all")), *Event.Theme.choices],
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not a theme of the timeline.")},
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.order_fields(["theme", "from", "to"])

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day that a valid form asks for; None leaves that side open."""
        return self.cleaned_data["from"], self.cleaned_data["to"]

    def address(self, **changes: object) -> str:
        """Return the address of the map as a valid form asks for it, with another theme or period."""
        asked = {**self.cleaned_data, **changes}
        query = QueryDict(mutable=True)
        query.update({name: str(asked[name]) for name in self.fields if asked[name]})
        return f"{reverse('map')}?{query.urlencode()}" if query else reverse("map")


@require_safe
@vary_on_headers(*PARTIAL_HEADERS)
def places_on_map(request: HttpRequest) -> HttpResponse:
    """Show the places of events on an outline, and the same in words. Four queries."""
    form = MapForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        theme, period = form.cleaned_data["theme"], form.period
        of_theme = Event.objects.with_themes([theme]) if theme else Event.objects.all()
        places = places_of(of_theme.during(*period).placed().with_figures().newest_first())
        marks = [mark_of(there.place, len(there.events)) for there in places if there.place.latitude is not None]
        context |= {
            "themes": _themes(form),
            "years": _years(form, of_theme),
            "places": places,
            "beyond": [there for there in places if not _is_in_frame(there.place)],
            "events": sum(len(there.events) for there in places),
            "narrowed": any(form.cleaned_data.values()),
            "drawing": draw_places(marks),
        }
    part = "#places" if wants_part(request) else ""
    return render(request, f"web/map.html{part}", context, status=200 if form.is_valid() else 400)


# -- Places -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class There:
    """A place and what happened there."""

    place: Place
    events: list[Event] = field(default_factory=list)


def places_of(events: Iterable[Event]) -> list[There]:
    """Group events by their place, those with most events first, each place's in the order given."""
    found: dict[int, There] = {}
    for event in events:
        assert event.place is not None  # noqa: S101 - for the type checker: they are placed
        found.setdefault(event.place.pk, There(event.place)).events.append(event)
    return sorted(
        found.values(), key=lambda there: (-len(there.events), place_in_alphabet(there.place.word("name")))
    )


def mark_of(place: Place, count: int) -> Mark:
    """Return the mark of a place that has coordinates: on the map its name goes without its country."""
    assert place.latitude is not None and place.longitude is not None  # noqa: S101 - for the type checker
    name = place.word("name")
    words = ngettext("%(place)s: %(count)d event", "%(place)s: %(count)d events", count)
    return Mark(
        name=name.split(",")[0],
        words=words % {"place": name, "count": count},
        address=place.get_absolute_url(),
        longitude=place.longitude,
        latitude=place.latitude,
        count=count,
        is_area=place.is_area,
    )


def draw_places(marks: Sequence[Mark]) -> str:
    """Draw marks on the outline; "" where none of them lies in its frame."""
    count = sum(mark.spot is not None for mark in marks)
    if not count:
        return ""
    words = ngettext(
        "Map: %(count)d place in and around Ukraine", "Map: %(count)d places in and around Ukraine", count
    )
    return drawing(marks, outline=static(OUTLINE), label=words % {"count": count})


def _is_in_frame(place: Place) -> bool:
    return place.latitude is not None and mark_of(place, 1).spot is not None


# -- Choices ------------------------------------------------------------------------------------------------


def _themes(form: MapForm) -> list[Facet]:
    """Return every theme of which an event with a place lies in the period. One query."""
    chosen = form.cleaned_data["theme"]
    events = Event.objects.placed().during(*form.period).order_by()
    counts = dict(events.values_list("theme").annotate(Count("pk")))
    choices = [Facet("all", _("all themes"), sum(counts.values()), form.address(theme=""), not chosen)]
    for slug, words in Event.Theme.choices:
        if slug in counts or slug == chosen:
            address = form.address(theme=slug)
            choices.append(Facet(slug, str(words), counts.get(slug, 0), address, slug == chosen))
    return choices


def _years(form: MapForm, events: Any) -> list[Facet]:
    """Return every year of the conflict. An event that touches two years is counted in both. One query."""
    first, today = settings.CONFLICT_START, timezone.localdate()
    periods = {
        year: (max(dt.date(year, 1, 1), first), min(dt.date(year, 12, 31), today))
        for year in range(first.year, today.year + 1)
    }
    conditions = {f"in_{year}": Count("pk", filter=in_period(*period)) for year, period in periods.items()}
    counts = events.placed().order_by().aggregate(all=Count("pk"), **conditions)
    start, end = form.period
    everything = form.address(**{"from": None, "to": None})
    return [
        Facet("all", _("all years"), counts["all"], everything, start is None and end is None),
        *(
            Facet(
                str(year),
                str(year),
                counts[f"in_{year}"],
                form.address(**{"from": period[0], "to": period[1]}),
                period == (start, end),
            )
            for year, period in periods.items()
        ),
    ]
