"""The desk of earlier wars: what was estimated of their losses, by whom, and where it was read."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import HistoryDesk
from conflict.admin.fields import FieldsOfTheDesks
from conflict.models import War, WarEstimate


class WarEstimateInline(FieldsOfTheDesks, admin.StackedInline):
    model = WarEstimate
    extra = 0
    fields = [
        "order",
        ("side", "counts"),
        ("low", "high", "as_of"),
        ("author", "certainty"),
        "note",
        ("source_name", "source_url"),
        "translations",
    ]


@admin.register(War)
class WarDesk(HistoryDesk):
    list_display = ["named", "first_year", "last_year"]
    search_fields = ["name", "slug", "translations", "estimates__side", "estimates__author"]
    slug_from = "name"
    inlines = [WarEstimateInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", ("first_year", "last_year")]}),
        (_("Other languages"), {"fields": ["translations"], "classes": ["collapse"]}),
        (_("For the history"), {"fields": ["why"]}),
    ]
