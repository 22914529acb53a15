"""The desks of what everything else refers to: parties, sources, categories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import Desk, list_link, original_link
from conflict.models import Category, Party, Report, Source


@admin.register(Party)
class PartyDesk(Desk):
    list_display = ["named", "slug", "its_reports"]
    search_fields = ["name", "slug", "translations"]
    slug_from = "name"

    @admin.display(description=_("reports"))
    def its_reports(self, party: Party) -> SafeString:
        return list_link(Report, str(_("its reports")), party__exact=party.pk)


@admin.register(Source)
class SourceDesk(Desk):
    list_display = ["named", "slug", "kind", "its_reports"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "url", "translations"]
    slug_from = "name"
    readonly_fields = ["its_page", "its_reports"]

    @admin.display(description=_("its own page"))
    def its_page(self, source: Source) -> SafeString | str:
        return original_link(source.url)

    @admin.display(description=_("reports"))
    def its_reports(self, source: Source) -> SafeString | str:
        return "—" if source.pk is None else list_link(Report, str(_("its reports")), source__exact=source.pk)


@admin.register(Category)
class CategoryDesk(Desk):
    list_display = ["named", "short", "slug", "unit", "order", "first_day", "last_day"]
    list_filter = ["unit", ("last_day", admin.EmptyFieldListFilter)]
    search_fields = ["name", "short", "slug", "labels", "translations"]
    ordering = ["order"]
    slug_from = "name"

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        # The unit says what every figure of the category has counted so far.
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "unit"] if obj is not None else fields
