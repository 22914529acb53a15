"""The desk of events, and of the places and actors that they name."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import Desk, HistoryDesk, WhyForm, date_in_words, day_of, original_link, public_link
from conflict.admin.event_hints import HintsOfEvents, HintsOfPlaces
from conflict.admin.fields import FieldsOfTheDesks
from conflict.models import Actor, Claim, Event, EventActor, EventFigure, Place

COORDINATES = re.compile(
    r"\s*([+\u2212-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,;]\s*([+\u2212-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*"
)


class PlaceForm(forms.ModelForm):
    """Takes coordinates as two numbers, or as maps give them, both in the first box: 46.4825, 30.7233."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_apart(data), *args, **kwargs)
        if "latitude" in self.fields:
            self.fields["latitude"].help_text = _(
                "Degrees, north positive: 46.4825. A pair from a map may be pasted here whole: 46.4825, 30.7233."
            )
            self.fields["longitude"].help_text = _("Degrees, east positive: 30.7233.")
            for name in ("latitude", "longitude"):
                self.fields[name].widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})
                self.fields[name].error_messages["invalid"] = _("Enter a number of degrees such as 46.4825.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            raise forms.ValidationError(_("Give both coordinates or neither."))
        for name, limit in (("latitude", 90), ("longitude", 180)):
            degrees = values.get(name)
            if degrees is not None and not -limit <= degrees <= limit:
                self.add_error(name, _("Between −%(limit)s and %(limit)s degrees.") % {"limit": limit})
        return values


def _apart(data: Any) -> Any:
    """Put a pair of coordinates that was pasted into the box of the latitude into both boxes."""
    pair = COORDINATES.fullmatch(data.get("latitude") or "") if data else None
    if pair is None or (data.get("longitude") or "").strip():
        return data
    data = data.copy()
    data["latitude"], data["longitude"] = (number.replace("\u2212", "-") for number in pair.groups())
    return data


@admin.register(Place)
class PlaceDesk(HintsOfPlaces, Desk):
    form = PlaceForm
    list_display = ["named", "slug", "latitude", "longitude", "is_area"]
    list_filter = [("latitude", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug", "translations"]
    slug_from = "name"


@admin.register(Actor)
class ActorDesk(Desk):
    list_display = ["named", "slug", "source"]
    list_select_related = ["source"]
    autocomplete_fields = ["source"]
    search_fields = ["name", "slug", "translations"]
    slug_from = "name"


class EventForm(WhyForm):
    """Says in words what the database would only refuse, takes a month as a month, and links claims by search."""

    claims = forms.ModelMultipleChoiceField(
        Claim.objects.all(),
        label=_("claims"),
        required=False,
        help_text=_("What articles state of it: search by words or by the speaker."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "date" in self.fields:
            field: Any = self.fields["date"]
            field.input_formats = ["%Y-%m-%d", "%Y-%m"]
            field.help_text = _("A day, 2024-11-19. Where only the month is known, the month alone: 2024-11.")
            if self.instance.pk and self.instance.has_no_day:
                self.initial["date"] = f"{self.instance.date:%Y-%m}"
        if "claims" in self.fields:
            claims: Any = self.fields["claims"]
            through = Claim.events.through._meta.get_field("claim")  # a field that leads to claims, to search them
            claims.widget = AutocompleteSelectMultiple(through, admin.site, choices=claims.choices)
            if self.instance.pk:
                self.initial.setdefault("claims", self.instance.claims.all())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        date, end, precision = values.get("date"), values.get("end_date"), values.get("precision")
        if date is None:
            return values
        is_month = bool(re.fullmatch(r"\s*[0-9]{4}-[0-9]{1,2}\s*", self["date"].data or ""))
        if precision == Event.Precision.MONTH and date.day != 1:
            self.add_error("date", _("Of a month whose day is not known, give the month alone: 2024-11."))
        elif precision and precision != Event.Precision.MONTH and is_month:
            self.add_error("date", _("This is a month. Give the day, or say that the date is known to the month."))
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
class EventDesk(HintsOfEvents, HistoryDesk):
    form = EventForm
    list_display = ["titled", "when", "day", "theme", "certainty", "place"]
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
        (_("Where it was read"), {"fields": ["source_name", "source_url", "read_at", "articles", "claims"]}),
        (_("Other languages"), {"fields": ["translations"], "classes": ["collapse"]}),
        (_("For the history"), {"fields": ["why"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The link of claims is stored with the claims."""
        super().save_related(request, form, formsets, change)
        if "claims" in form.cleaned_data:
            form.instance.claims.set(form.cleaned_data["claims"])

    @admin.display(description=_("title"), ordering="title")
    def titled(self, event: Event) -> str:
        return event.word("title")

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
