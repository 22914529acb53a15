"""What may be asked of each address: Django forms, those of the pages wherever a page asks the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conflict.api.freshness import newest_version
from conflict.api.paging import CursorField, LimitField, PagedForm, purpose_of
from conflict.api.problems import Fault, bad_query, not_found
from conflict.asking import AskedForm, CountField, SpanForm, check_version, read_day, shown
from conflict.filters import FindingsForm, SearchForm
from conflict.models import Category, Source
from conflict.models.articles import Certainty
from conflict.queries import LossesQuery
from conflict.timeline_query import TimelineQuery

Form = TypeVar("Form", bound=forms.Form)


def read(request: HttpRequest, form: Form) -> Form:
    """Return the form where all of the query is understood. Raises a refusal that names every fault otherwise."""
    if isinstance(cursor := form.fields.get("cursor"), CursorField):
        cursor.purpose = purpose_of(request)
    faults = [
        Fault(shown(name), _("There is no such parameter here."))
        for name in request.GET
        if name not in form.fields
    ]
    faults += [
        Fault(name, shown(str(sentence), 300)) for name, sentences in form.errors.items() for sentence in sentences
    ]
    if faults:
        raise bad_query(faults)
    return form


def read_date(text: str) -> dt.date:
    """Read the day in an address. Raises a refusal (404) where the calendar has no such day."""
    try:
        return read_day(text)
    except ValueError:
        raise not_found(
            _("“%(text)s” is not a day of the calendar. A day is written 2024-11-19.") % {"text": shown(text)}
        ) from None


class NothingAsked(AskedForm):
    """An address without parameters."""


class VersionAsked(AskedForm):
    """The version at which the ledger is read; none is today's."""

    version = CountField(label=gettext_lazy("Version"), required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        self.request = request

    def clean_version(self) -> int | None:
        newest = newest_version(self.request)
        return check_version(self.cleaned_data["version"], newest=newest.number if newest else 0)


def choice(label: Any, choices: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:
    """Make a field of one of several words, or of none."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", ""), *choices],
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is none of those that there are.")},
    )


class SeriesQuery(VersionAsked, SpanForm):
    """Which days of a course, by which source."""

    source = choice(gettext_lazy("Source"))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        rows: QuerySet[Any, tuple[str, str]] = Source.objects.values_list("slug", "name")
        field.choices = [("", ""), *rows]


class ReportsQuery(SeriesQuery, PagedForm):
    """Which readings are listed."""


class PagedQuery(AskedForm, PagedForm):
    """A long list and nothing else."""


class PagedVersionQuery(VersionAsked, PagedForm):
    """A long list of one version of the ledger."""


class EventsQuery(TimelineQuery, PagedForm):
    """Which events are listed: the form of the timeline, in pages by cursor."""


class ArticlesQuery(SpanForm, PagedForm):
    """Which articles are listed, by the day of publication."""


class ClaimsQuery(SpanForm, PagedForm):
    """Which claims are listed; ``from`` and ``to`` are of the day that a claim speaks of."""

    article = forms.SlugField(label=gettext_lazy("Article"), required=False)
    event = forms.SlugField(label=gettext_lazy("Event"), required=False)
    certainty = choice(gettext_lazy("Certainty"), Certainty.choices)


class FindingsQuery(FindingsForm, PagedForm):
    """Which findings are listed: the form of the page, in pages by cursor."""


class SearchQuery(SearchForm, PagedForm):
    """What is searched for: the form of the page, in pages by cursor."""

    page = None  # type: ignore[assignment]


class CompatQuery(VersionAsked):
    """What a compatible face holds: the dataset's own readings, or what the ledger accepts."""

    READINGS, ACCEPTED = "readings", "accepted"

    figures = choice(
        gettext_lazy("Figures"), [(READINGS, gettext_lazy("readings")), (ACCEPTED, gettext_lazy("accepted"))]
    )


class LossesExport(LossesQuery):
    """The figures as one long table, whole or, where a limit is asked for, in pages: the form of the pages.

    Nothing asked is every category and day of the account. It takes what the pages take, so that the query of a
    page is one of the API too; scale changes nothing here. ``measured``: a measure is asked for, and not the
    figures as they stand.
    """

    limit = LimitField(label=gettext_lazy("Limit"), required=False, default=None)
    cursor = CursorField(label=gettext_lazy("Cursor"), required=False)

    def __init__(self, request: HttpRequest, categories: Sequence[Category]) -> None:
        super().__init__(
            request.GET,
            categories=categories,
            sources=list(Source.objects.all()),
            newest=newest_version(request),
            defaults={"category": [category.slug for category in categories]},
        )
        self.measured = bool(request.GET.get("measure"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.measured and cleaned.get("limit"):
            self.add_error("limit", _("The values of a measure come whole."))
        if cleaned.get("cursor") and not cleaned.get("limit"):
            self.add_error("cursor", _("A cursor needs the limit that it was given with."))
        return cleaned
