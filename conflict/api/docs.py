"""The API's documentation for people, made from its own description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter of an address or a field of its answer."""

    name: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API, described."""

    name: str
    path: str
    words: tuple[tuple[str, bool], ...]  # in pieces, each with whether it is code
    example: str
    parameters: tuple[Row, ...]
    gives: str
    items: tuple[tuple[str, tuple[Row, ...]], ...]  # what the answer is made of: its name and fields


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show what can be asked and what comes back. No query of its own."""
    groups: dict[str, list[Address]] = {}
    for tag, address in addresses():
        groups.setdefault(tag, []).append(address)
    context = {"groups": groups, "kinds": KINDS, "base": request.build_absolute_uri("/api/v1/")}
    return render(request, "api/docs.html", context)


@cache
def addresses() -> tuple[tuple[str, Address], ...]:
    """Return every address with its group, in the order of the description."""
    return tuple(_addresses(api.get_openapi_schema()))


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
                words=pieces_of(operation["description"]),
                example=EXAMPLES[operation["operationId"]],
                parameters=tuple(
                    Row(p["name"], type_of(p["schema"]), p.get("description", "")) for p in operation["parameters"]
                ),
                gives=gives,
                items=items,
            ),
        )


def _answer(
    response: dict[str, Any], components: dict[str, Any]
) -> tuple[str, tuple[tuple[str, tuple[Row, ...]], ...]]:
    """Return what an address gives, in a word or two, and the fields of each kind of item in it."""
    ((media_type, content),) = response["content"].items()
    if media_type == "text/csv":
        return media_type, ()
    schema = content["schema"]
    item = schema.get("items", schema)
    names = [option["$ref"].rpartition("/")[2] for option in item.get("anyOf", [item]) if "$ref" in option]
    rows = {
        name: tuple(
            Row(field, type_of(its), its.get("description", ""))
            for field, its in components[name]["properties"].items()
        )
        for name in names
    }
    return type_of(schema), tuple(rows.items())


def pieces_of(description: str) -> tuple[tuple[str, bool], ...]:
    """Cut a description at its backticks."""
    pieces = " ".join(description.split()).split("`")
    return tuple((piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece)


def type_of(schema: dict[str, Any]) -> str:
    """Write the type of a value as people do: text, number, date; “or null” where it may be unknown."""
    if "anyOf" in schema:
        return " or ".join(type_of(option) for option in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if schema.get("type") == "array":
        return f"list of {type_of(schema['items'])}"
    if "format" in schema:
        return str(schema["format"])
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(
        schema.get("type", ""), schema.get("type", "anything")
    )
