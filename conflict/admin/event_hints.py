"""What desks say before anything is saved: which events are similar, where coordinates lie. It hinders nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from conflict.admin.desks import date_in_words
from conflict.analysis.calendar import last_of_month
from conflict.analysis.likeness import ALIKE, kilometres, likeness
from conflict.models import Event, Place

DAYS_APART = 3
"""How many days the dates of one event may differ by between two accounts of it."""

NEAREST = 3


class HintForm(forms.Form):
    """What stands in the form of an event or a place while it is filled in; unfinished values are none."""

    title = forms.CharField(required=False, max_length=1000)
    date = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%Y-%m"])
    end_date = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    precision = forms.ChoiceField(required=False, choices=Event.Precision.choices)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180)
    but = forms.IntegerField(required=False)

    def read(self) -> dict[str, Any]:
        """Return what could be read."""
        self.is_valid()
        return self.cleaned_data


def similar_events(
    *, title: str, date: dt.date | None, end: dt.date | None, precision: str, but: int | None = None
) -> list[Event]:
    """Return the events near a date, or in its month or span, whose titles are alike, the likest first. One query.

    None where title or date are not known yet. ``but`` is the key of the event itself.
    """
    if date is None or not title.strip():
        return []
    last = last_of_month(date) if precision == Event.Precision.MONTH else end
    found = [
        (max(likeness(title, event.title), likeness(title, event.word("title", "uk"))), event)
        for event in Event.objects.near(date, last, days=DAYS_APART).exclude(pk=but or 0)
    ]
    return [event for share, event in sorted(found, key=lambda pair: -pair[0]) if share >= ALIKE]


class HintsOfEvents(admin.ModelAdmin):
    """The part of the events' desk that looks for similar ones, while the form is filled in and after saving."""

    change_form_template = "admin/conflict/event/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.similar_view)
        return [path("similar/", view, name="conflict_event_similar"), *super().get_urls()]

    def similar_view(self, request: HttpRequest) -> HttpResponse:
        """Show the events that the one in the form may be the same as. One query."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = HintForm(request.GET).read()
        similar = similar_events(
            title=asked.get("title", ""),
            date=asked.get("date"),
            end=asked.get("end_date"),
            precision=asked.get("precision", ""),
            but=asked.get("but"),
        )
        return render(request, "admin/conflict/event/similar.html", {"similar": similar})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Say after saving too which events are similar: without scripts nobody was told before."""
        super().save_related(request, form, formsets, change)
        event: Event = form.instance
        if change and not {"title", "date", "end_date", "precision"} & set(form.changed_data):
            return
        similar = similar_events(
            title=event.title, date=event.date, end=event.end_date, precision=event.precision, but=event.pk
        )
        if similar:
            titles = "; ".join(f"{other} ({date_in_words(other.date)})" for other in similar)
            words = ngettext(
                "It is saved. A similar event is there already: %(titles)s. If they are one, delete either.",
                "It is saved. Similar events are there already: %(titles)s. If they are one, delete the others.",
                len(similar),
            )
            messages.warning(request, words % {"titles": titles})


class HintsOfPlaces(admin.ModelAdmin):
    """The part of the places' desk that says in words where coordinates lie."""

    change_form_template = "admin/conflict/place/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.where_view)
        return [path("where/", view, name="conflict_place_where"), *super().get_urls()]

    def where_view(self, request: HttpRequest) -> HttpResponse:
        """Show where the coordinates in the form lie, and which known places are nearest. One query."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = HintForm(request.GET).read()
        point = (asked.get("latitude"), asked.get("longitude"))
        context: dict[str, Any] = {}
        if point[0] is not None and point[1] is not None:
            here = (point[0], point[1])
            context = {"words": degrees_in_words(*here), "nearest": nearest(here, but=asked.get("but"))}
        return render(request, "admin/conflict/place/where.html", context)


def nearest(here: tuple[float, float], *, but: int | None = None) -> list[tuple[Place, str]]:
    """Return the nearest places of the ledger with their distances in words. One query."""
    others = Place.objects.filter(latitude__isnull=False).exclude(pk=but or 0)
    found = sorted(
        ((kilometres(here, (p.latitude or 0, p.longitude or 0)), p) for p in others), key=lambda pair: pair[0]
    )
    return [
        (place, gettext("%(distance)s km") % {"distance": number_format(distance, 0 if distance >= 10 else 1)})
        for distance, place in found[:NEAREST]
    ]


def degrees_in_words(latitude: float, longitude: float) -> str:
    """Write coordinates with their directions: 46.4825° N, 30.7233° E."""
    north = gettext("%(degrees)s° N") if latitude >= 0 else gettext("%(degrees)s° S")
    east = gettext("%(degrees)s° E") if longitude >= 0 else gettext("%(degrees)s° W")
    return f"{north % {'degrees': f'{abs(latitude):g}'}}, {east % {'degrees': f'{abs(longitude):g}'}}"
