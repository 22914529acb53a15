"""How an address of the API is described: its parameters from its form, its answers from its schema."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from conflict.api import schemas
from conflict.api.paging import MOST, CursorField, LimitField
from conflict.asking import CountField, DayField
from conflict.filters import PASSED
from conflict.models import Finding
from conflict.queries import MEASURES, SCALES
from conflict.timeline_query import CalendarDayField, MonthField, TimelineQuery

WORDS = {
    "category": gettext_lazy("The slug of a category, as `/categories` gives it."),
    "from": gettext_lazy("The first day, such as 2024-01-01."),
    "to": gettext_lazy("The last day, included."),
    "source": gettext_lazy("The slug of a source, as `/sources` gives it."),
    "version": gettext_lazy("The ledger as it stood at this version; the answer never changes."),
    "measure": gettext_lazy("A measure instead of the totals; see the page of the losses."),
    "base": gettext_lazy("The day that is 100 where the measure is an index."),
    "scale": gettext_lazy("Taken so that the query of a page is one of the API; it changes nothing here."),
    "limit": gettext_lazy("How many rows a page has at most."),
    "cursor": gettext_lazy("Where a page begins: follow the header `Link`, which has it."),
    "theme": gettext_lazy("The theme of the events."),
    "certainty": gettext_lazy("How sure it is."),
    "article": gettext_lazy("The slug of an article."),
    "event": gettext_lazy("The slug of an event."),
    "kind": gettext_lazy("The kind of finding."),
    "state": gettext_lazy("Whether it is open, explained or dismissed; `passed`: its cause is gone."),
    "where": gettext_lazy("The slug of a dataset, or `accepted` for the accepted ledger."),
    "q": gettext_lazy("Words, and phrases in quotation marks; all of them are found."),
    "type": gettext_lazy("The type of what is found."),
    "year": gettext_lazy("The year of what is found, `none` for what has no date."),
    "figures": gettext_lazy("The dataset’s own readings, which is usual, or the accepted figures in its form."),
}

WORDS_OF_THE_TIMELINE = {
    "theme": gettext_lazy("Themes of the events: any of them."),
    "certainty": gettext_lazy("How sure it is: any of them."),
    "actor": gettext_lazy("Slugs of those who take part: any of them."),
    "place": gettext_lazy("Slugs of places: any of them."),
    "year": gettext_lazy("The days of a year."),
    "month": gettext_lazy("The days of a month, such as 2024-11."),
    "on": gettext_lazy("A day of the calendar in any year, such as 11-19."),
    "event": gettext_lazy("The slug of an event: the days around it."),
}
"""Of the form that asks for events, where it means something else by a name."""

CHOICES = {
    "kind": Finding.Kind.values,
    "state": [*Finding.State.values, PASSED],
    "measure": [slug for slug, _words in MEASURES],
    "scale": [slug for slug, _words in SCALES],
}
"""Of fields that learn their choices only when they are asked."""


IN_ADDRESS = {
    "category": gettext_lazy("The slug of a category, as `/categories` gives it."),
    "date": gettext_lazy("A day, such as 2024-11-19."),
    "number": gettext_lazy("The number of a version."),
}

LAST = ("limit", "cursor")


def described(
    schema: Any, form: type[forms.Form], *, media_type: str = "application/json", missing: bool = False
) -> dict[str, Any]:
    """Return what ninja wants to know of a GET: its responses and the parameters that ``form`` takes.

    ``missing``: the address names something that the ledger may not have, so that it may answer 404.
    """
    is_json = media_type == "application/json"
    responses = {200: schema if is_json else None, 304: None, 400: schemas.Problem, 429: schemas.Problem}
    extra: dict[str, Any] = {"parameters": parameters(form)}
    if missing:
        responses[404] = schemas.Problem
    if not is_json:
        extra["responses"] = {200: {"content": {media_type: {"schema": {"type": "string"}}}}}
    return {"response": responses, "openapi_extra": extra}


def parameters(form: type[forms.Form]) -> list[dict[str, Any]]:
    """Describe every field of a form as a parameter of the query."""
    fields: dict[str, forms.Field] = {}
    for name, field in form.base_fields.items():
        if name == "to":
            fields["from"] = field  # no attribute can have this name
        fields[name] = field
    words = {**WORDS, **WORDS_OF_THE_TIMELINE} if issubclass(form, TimelineQuery) else WORDS
    return [
        _parameter(name, fields[name], str(words[name])) for name in sorted(fields, key=lambda name: name in LAST)
    ]


def _parameter(name: str, field: forms.Field, words: str) -> dict[str, Any]:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": words,
        "schema": _schema(name, field),
    }


def _schema(name: str, field: forms.Field) -> dict[str, Any]:
    if isinstance(field, DayField):
        return {"type": "string", "format": "date"}
    if isinstance(field, MonthField):
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
    if isinstance(field, CalendarDayField):
        return {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"}
    if isinstance(field, LimitField):
        default = {} if field.default is None else {"default": field.default}
        return {"type": "integer", "minimum": 1, "maximum": MOST, **default}
    if isinstance(field, CountField):
        return {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    if isinstance(field, CursorField):
        return {"type": "string", "maxLength": field.max_length}
    if isinstance(field, forms.MultipleChoiceField):
        slugs = [slug for slug, _words in field.choices]  # type: ignore[misc,union-attr]
        return {"type": "array", "items": {"type": "string", **({"enum": slugs} if slugs else {})}}
    if isinstance(field, forms.ChoiceField):
        slugs = CHOICES.get(name) or [slug for slug, _words in field.choices if slug]  # type: ignore[misc,union-attr]
        return {"type": "string", **({"enum": slugs} if slugs else {})}
    if isinstance(field, forms.RegexField):
        return {"type": "string", "pattern": field.regex.pattern.replace(r"\Z", "$")}
    longest = getattr(field, "max_length", None)
    return {"type": "string", **({"maxLength": longest} if longest else {})}
