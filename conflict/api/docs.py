"""The API's documentation for people, made from its own description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.api.problems import KINDS
from conflict.api.routes import api

EXAMPLES = {
    "losses_csv": "losses.csv?category=tanks&category=uavs&from=2024-11-01&to=2024-11-30",
    "losses_json": "losses.json?category=personnel&limit=100",
    "series": "series/personnel.json?from=2024-01-01",
    "reports": "reports?from=2024-11-01&to=2024-11-30",
    "report": "reports/2024-11-19.json",
    "versions": "versions",
    "version": "versions/1?limit=20",
    "categories": "categories",
    "sources": "sources",
    "events": "events?theme=energy",
    "articles": "articles",
    "claims": "claims?certainty=claimed",
    "findings": "findings?kind=disagreement&state=open",
    "search": "search?q=tanks&type=article",
    "petroivaniuk_equipment": "compat/petroivaniuk/equipment.json",
    "petroivaniuk_personnel": "compat/petroivaniuk/personnel.json?figures=accepted",
    "orc_losses_file": "compat/orc-losses/russian-losses.json?figures=accepted",
}
"""One query for each operation, below the API's own address."""


Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is code."""


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter of an address or a field of its answer."""

    name: str
    type: Pieces
    words: Pieces


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API, described."""

    name: str
    path: str
    words: Pieces
    example: str
    parameters: tuple[Row, ...]
    gives: Pieces
    items: tuple[tuple[str, tuple[Row, ...]], ...]  # what the answer is made of: its name and fields


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses that belong together: their name, and their place on the page, one for every language."""

    name: str
    place: str
    addresses: tuple[Address, ...]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show what can be asked and what comes back, in the reader's language. No query of its own."""
    context = {"groups": groups(get_language()), "kinds": KINDS, "base": request.build_absolute_uri("/api/v1/")}
    return render(request, "api/docs.html", context)


@cache
def groups(language: str) -> tuple[Group, ...]:
    """Return every address in its group, told in a language, in the order of the description."""
    held: dict[str, list[Address]] = {}
    with override(language):
        for tag, address in _addresses(api.get_openapi_schema()):
            held.setdefault(tag, []).append(address)
        return tuple(Group(_(tag), slugify(tag), tuple(its)) for tag, its in held.items())


def _addresses(schema: dict[str, Any]) -> Iterator[tuple[str, Address]]:
    components = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        operation = operations["get"]
        gives, items = _answer(operation["responses"][200], components)
        yield (
            operation["tags"][0],
            Address(
                name=operation["operationId"],
                path=path,
                words=_told(operation["description"]),
                example=EXAMPLES[operation["operationId"]],
                parameters=tuple(
                    Row(p["name"], pieces_of(type_of(p["schema"])), _told(p.get("description", "")))
                    for p in operation["parameters"]
                ),
                gives=gives,
                items=items,
            ),
        )


def _answer(
    response: dict[str, Any], components: dict[str, Any]
) -> tuple[Pieces, tuple[tuple[str, tuple[Row, ...]], ...]]:
    """Return what an address gives, in a word or two, and the fields of each kind of item in it."""
    ((media_type, content),) = response["content"].items()
    if media_type == "text/csv":
        return ((media_type, True),), ()
    schema = content["schema"]
    item = schema.get("items", schema)
    names = [option["$ref"].rpartition("/")[2] for option in item.get("anyOf", [item]) if "$ref" in option]
    rows = {
        name: tuple(
            Row(field, pieces_of(type_of(its)), _told(its.get("description", "")))
            for field, its in components[name]["properties"].items()
        )
        for name in names
    }
    return pieces_of(type_of(schema)), tuple(rows.items())


def _told(description: str) -> Pieces:
    """Give a text of the description in the active language."""
    words = " ".join(description.split())
    return pieces_of(_(words)) if words else ()


def pieces_of(words: str) -> Pieces:
    """Cut a text at its backticks."""
    pieces = words.split("`")
    return tuple((piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece)


def type_of(schema: dict[str, Any]) -> str:
    """Write the type of a value as people do: text, number, date; “or null” where it may be unknown.

    In the active language; names and values that are code stand in backticks.
    """
    if "anyOf" in schema:
        return _(" or ").join(type_of(option) for option in schema["anyOf"])
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "enum" in schema:
        return " | ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return _("list of %(type)s") % {"type": type_of(schema["items"])}
    kind = schema.get("format") or schema.get("type", "anything")
    return {
        "string": _("text"),
        "integer": _("whole number"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "object": _("object"),
        "null": "`null`",
        "date": _("date"),
        "date-time": _("date and time"),
        "anything": _("anything"),
    }.get(kind, f"`{kind}`")
