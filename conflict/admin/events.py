"""The desk of events, and of the places and actors that they name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import Desk, HistoryDesk, WhyForm, date_in_words, day_of, original_link, public_link
from conflict.admin.fields import FieldsOfTheDesks
from conflict.models import Actor, Event, EventActor, EventFigure, Place


class PlaceForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            raise forms.ValidationError(_("Give both coordinates or neither."))
        for name, limit in (("latitude", 90), ("longitude", 180)):
            degrees = values.get(name)
            if degrees is not None and not -limit <= degrees <= limit:
                self.add_error(name, _("Between −%(limit)s and %(limit)s degrees.") % {"limit": limit})
        return values


@admin.register(Place)
class PlaceDesk(Desk):
    form = PlaceForm
    list_display = ["name", "slug", "latitude", "longitude", "is_area"]
    list_filter = [("latitude", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug", "translations"]
    slug_from = "name"


@admin.register(Actor)
class ActorDesk(Desk):
    list_display = ["name", "slug", "source"]
    list_select_related = ["source"]
    autocomplete_fields = ["source"]
    search_fields = ["name", "slug", "translations"]
    slug_from = "name"


class EventForm(WhyForm):
    """Says in words what the database would only refuse: which dates fit which precision."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        date, end, precision = values.get("date"), values.get("end_date"), values.get("precision")
        if date is None:
            return values
        if precision == Event.Precision.MONTH and date.day != 1:
            self.add_error("date", _("Of a month whose day is not known, give the first day."))
        if precision != Event.Precision.SPAN and end is not None:
            self.add_error("end_date", _("Only a span has a last day."))
        elif end is not None and end <= date:
            self.add_error("end_date", _("The last day of a span lies after its first."))
        return values


class EventActorInline(FieldsOfTheDesks, admin.TabularInline):
    model = EventActor
    extra = 0
    fields = ["actor", "order"]
    autocomplete_fields = ["actor"]


class EventFigureInline(FieldsOfTheDesks, admin.StackedInline):
    model = EventFigure
    extra = 0
    fields = ["label", ("qualifier", "value", "unit"), "order", "translations"]


@admin.register(Event)
class EventDesk(HistoryDesk):
    form = EventForm
    list_display = ["title", "when", "day", "theme", "certainty", "place"]
    list_filter = ["theme", "certainty", "precision", ("place", admin.EmptyFieldListFilter)]
    list_select_related = ["place"]
    search_fields = [
        "title",
        "short_title",
        "summary",
        "slug",
        "date",
        "place__name",
        "actors__name",
        "source_name",
    ]
    date_hierarchy = "date"
    ordering = ["-date", "title"]
    slug_from = "title"
    readonly_fields = ["day", "read_at", "public_page"]
    autocomplete_fields = ["place", "articles"]
    inlines = [EventActorInline, EventFigureInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "short_title", "summary", "theme", "public_page"]}),
        (_("When"), {"fields": ["precision", "date", "end_date", "day"]}),
        (_("How sure it is"), {"fields": ["certainty", "certainty_note"]}),
        (_("Where"), {"fields": ["place"]}),
        (_("Where it was read"), {"fields": ["source_name", "source_url", "read_at", "articles"]}),
        (_("Other languages"), {"fields": ["translations"], "classes": ["collapse"]}),
        (_("For the history"), {"fields": ["why"]}),
    ]

    @admin.display(description=_("when"), ordering="date")
    def when(self, event: Event) -> str:
        if event.precision == Event.Precision.MONTH:
            return date_format(event.date, "YEAR_MONTH_FORMAT")
        if event.precision == Event.Precision.SPAN:
            end = date_in_words(event.end_date) if event.end_date else gettext("goes on")
            return f"{date_in_words(event.date)} – {end}"
        return date_in_words(event.date)

    @admin.display(description=_("day"), ordering="date")
    def day(self, event: Event) -> str:
        return "—" if event.precision == Event.Precision.MONTH else day_of(event.date)

    @admin.display(description=_("original"))
    def read_at(self, event: Event) -> SafeString | str:
        return original_link(event.source_url)

    @admin.display(description=_("on the site"))
    def public_page(self, event: Event) -> SafeString | str:
        return public_link(event) if event.pk else "—"
