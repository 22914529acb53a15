"""What the desks have in common: how they print figures and days, what they refuse, and how they keep history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from conflict.admin.fields import FieldsOfTheDesks
from conflict.analysis.calendar import day_number

MINUS = "\N{MINUS SIGN}"


def figure(number: int | None) -> str:
    """Print a total: 9,382; ``None`` is "not stated", never 0."""
    return gettext("not stated") if number is None else number_format(number, force_grouping=True)


def change(number: int | None) -> str:
    """Print a change with its sign: +17, −3, 0; ``None`` is "not stated"."""
    if number is None:
        return gettext("not stated")
    sign = "+" if number > 0 else MINUS if number < 0 else ""
    return sign + number_format(abs(number), force_grouping=True)


def day_of(date: dt.date | None) -> str:
    """Print the number of a day, 1,000; a date before day 1 has none."""
    if date is None or date < settings.CONFLICT_START:
        return "—"
    return number_format(day_number(date, first_day=settings.CONFLICT_START), force_grouping=True)


def date_in_words(date: dt.date | None) -> str:
    return gettext("not known") if date is None else date_format(date, "DATE_FORMAT")


def desk_url(row: models.Model, page: str = "change") -> str:
    """Return the address of a row's page on its desk."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def desk_link(row: models.Model | None, text: str | None = None) -> SafeString | str:
    """Link to a row's desk; ``None`` gives a dash."""
    if row is None:
        return "—"
    return format_html('<a href="{}">{}</a>', desk_url(row), text or str(row))


def list_link(model: type[models.Model], text: str, **where: Any) -> SafeString:
    """Link to a desk's list, filtered."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=where)
    return format_html('<a href="{}">{}</a>', address, text)


def original_link(address: str) -> SafeString | str:
    """Link to a page outside; it learns nothing of where the reader comes from."""
    if not address:
        return gettext("no address known")
    if not address.startswith(("https://", "http://")):
        return address
    return format_html('<a href="{0}" rel="noopener noreferrer" class="original">{0}</a>', address)


def public_link(row: Any) -> SafeString | str:
    """Link to the page that readers see; a dash while the site has none for it."""
    try:
        address = row.get_absolute_url()
    except NoReverseMatch:
        return "—"
    return format_html('<a href="{}">{}</a>', address, gettext("page that readers see"))


class Desk(FieldsOfTheDesks, admin.ModelAdmin):
    """A desk whose rows are never deleted while something in the ledger stands on them."""

    list_per_page = 50
    show_full_result_count = False  # counting 40,000 points a second time says nothing that the filters do not
    slug_from = ""  # the field whose words propose the slug of a new row
    fixed_once_made: Sequence[str] = ("slug",)  # a slug is an address, and the hashes of versions name it

    @admin.display(description=_("name"), ordering="name")
    def named(self, row: Any) -> str:
        """Return a row's name in the curator's language; the form shows it in every language."""
        return str(row.word("name"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.fixed_once_made] if obj is not None else fields

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Put the words in other languages last, where the model's own order would have them first."""
        fields = list(super().get_fields(request, obj))
        if self.fields is None and "translations" in fields:
            fields.remove("translations")
            fields.append("translations")
        return fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {"slug": [self.slug_from]} if obj is None and self.slug_from else {}

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """Say what stands on the rows, in one line each and not one line a row: a dataset has 1,500 reports."""
        rows = list(objs)
        protected = []
        for relation in self.model._meta.related_objects:
            if relation.on_delete is not models.PROTECT:
                continue
            held = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows}).count()
            if held:
                names = relation.related_model._meta
                name = names.verbose_name if held == 1 else names.verbose_name_plural
                protected.append(f"{number_format(held, force_grouping=True)} {name}")
        if protected:
            return [str(row) for row in rows], {}, set(), protected
        return super().get_deleted_objects(rows, request)


class ReadOnlyDesk(Desk):
    """A desk at which everything can be read and nothing written."""

    fixed_once_made = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WhyForm(forms.ModelForm):
    """A form that asks why: the answer stands in the row's history."""

    why = forms.CharField(
        label=_("why"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One sentence for the history of this page: what was changed and on what ground."),
    )


class HistoryDesk(Desk, SimpleHistoryAdmin):
    """A desk that keeps who changed what, when and why."""

    form: type[forms.ModelForm] = WhyForm
    object_history_list_template = "admin/history_list.html"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._change_reason = form.cleaned_data.get("why") or None
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Give the rows beside the main one the same reason."""
        for row in formset.forms:
            row.instance._change_reason = form.cleaned_data.get("why") or None
        super().save_formset(request, form, formset, change)
