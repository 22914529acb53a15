"""What findings and search may be asked: one form for the page and for the API. See ``conflict.queries``."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conflict.asking import AskedForm, CountField, SpanForm
from conflict.models import Category, Document, Finding, Report
from conflict.models.articles import TITLE_FIELDS
from conflict.models.folding import LONGEST_QUERY
from conflict.models.rows import read_together
from conflict.models.search import UNDATED, Results, search
from conflict.models.search_texts import Kind
from conflict.queries import LEDGER

TYPES = {kind.name.lower(): kind for kind in Kind}
NO_DATE = "none"

ACCEPTED = "accepted"
"""Stands where a dataset's slug would: the ledger's own points."""

PASSED = "passed"
"""Asks for findings whose cause is no longer in the readings, whatever their state."""


def offered() -> tuple[list[Category], list[Document]]:
    """Return what findings can be narrowed to: categories, and the datasets of the ledger. One query."""
    reports = Report.objects.once_published().of(**LEDGER).filter(document=OuterRef("pk"))
    datasets = Document.objects.filter(Exists(reports), kind=Document.Kind.DATASET)
    categories, held = read_together(
        Category.objects.only("slug", "name", "order", "translations"), datasets.only("kind", *TITLE_FIELDS)
    )
    return sorted(categories, key=attrgetter("order")), sorted(held, key=attrgetter("slug"))


class FindingsForm(SpanForm):
    """Which findings are asked for; nothing asked is every one that stands."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    where = forms.ChoiceField(label=gettext_lazy("Found in"), required=False)

    def __init__(self, data: QueryDict, *, categories: Sequence[Category], datasets: Sequence[Document]) -> None:
        super().__init__(data)
        self.order_fields(["kind", "category", "state", "where", "from", "to"])
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [("", _("every kind")), *Finding.Kind.choices],
            "category": [("", _("every category")), *((c.slug, str(c)) for c in categories)],
            "state": [("", _("all that stand")), *Finding.State.choices, (PASSED, _("no longer there"))],
            "where": [
                ("", _("everywhere")),
                *((d.slug, str(d)) for d in datasets),
                (ACCEPTED, _("the accepted ledger")),
            ],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = pairs
            field.error_messages["invalid_choice"] = _("“%(value)s” is none of those that there are.")

    @property
    def narrows(self) -> bool:
        """Whether anything at all is asked."""
        return any(self.cleaned_data.values())

    @cached_property
    def findings(self) -> QuerySet[Finding]:
        """Return the findings that a valid form asks for, newest day first."""
        asked = self.cleaned_data
        findings = Finding.objects.filter(source__slug=LEDGER["source"], party__slug=LEDGER["party"])
        findings = findings.exclude(passed=None) if asked["state"] == PASSED else findings.standing()
        if asked["state"] in Finding.State.values:
            findings = findings.filter(state=asked["state"])
        if asked["kind"]:
            findings = findings.filter(kind=asked["kind"])
        if asked["category"]:
            findings = findings.filter(category__slug=asked["category"])
        if asked["where"] == ACCEPTED:
            findings = findings.filter(document=None).exclude(kind=Finding.Kind.DISAGREEMENT)
        elif asked["where"]:
            in_readings = Q(kind=Finding.Kind.DISAGREEMENT, evidence__readings__has_key=asked["where"])
            findings = findings.filter(Q(document__slug=asked["where"]) | in_readings)
        if asked["from"]:
            findings = findings.annotate(last=Coalesce("end_date", F("date"))).filter(last__gte=asked["from"])
        if asked["to"]:
            findings = findings.filter(date__lte=asked["to"])
        return findings.select_related("category", "document").order_by("-date", "kind", "category__order", "pk")


class SearchForm(AskedForm):
    """What is searched for, and in which type and year; none are all. ``page`` is read when all is counted."""

    q = forms.CharField(
        label=gettext_lazy("Search for"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": gettext_lazy(
                "A search has at most %(limit_value)d characters; this one has %(show_value)d."
            )
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        required=False,
        choices=[(name, kind.label) for name, kind in TYPES.items()],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not a type of what can be found.")},
    )
    year = forms.RegexField(
        r"^(?:[1-9][0-9]{3}|none)\Z",
        label=gettext_lazy("Year"),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": gettext_lazy("A year is written in four digits, or “none” for what has no date.")
        },
    )
    page = CountField(label=gettext_lazy("Page"), required=False, widget=forms.HiddenInput)

    def find(self, *, limit: int, offset: int) -> Results:
        """Ask the index what a valid query finds."""
        asked = self.cleaned_data
        year = {"": None, NO_DATE: UNDATED}.get(asked["year"], asked["year"])
        return search(
            asked["q"],
            kinds=[TYPES[asked["type"]]] if asked["type"] else (),
            year=year if year is None else int(year),
            limit=limit,
            offset=offset,
        )

    def address(self, **changes: str) -> str:
        """Return the address of the first page of the same search with another type or year."""
        asked = {name: self.cleaned_data[name] for name in ("q", "type", "year")} | changes
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in asked.items() if value})
        return f"{reverse('search')}?{query.urlencode()}"

    @property
    def narrows(self) -> bool:
        """Whether a valid query asks for less than all types and years."""
        return bool(self.cleaned_data["type"] or self.cleaned_data["year"])
