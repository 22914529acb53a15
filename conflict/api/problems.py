"""What the API answers when it cannot: a problem (RFC 9457) that names the parameter and the fault."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in the documentation, its status, its title and what it means."""

    name: str
    status: int
    title: str | Promise
    meaning: str | Promise


BAD_QUERY = Kind(
    "bad-query",
    400,
    gettext_lazy("The query cannot be read"),
    gettext_lazy(
        "A parameter is unknown, given twice, or has a value that cannot be read. “errors” names each one."
    ),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    gettext_lazy("There is no such thing"),
    gettext_lazy("The address is not one of the API’s, or the ledger holds nothing of that name, day or number."),
)
NOT_ALLOWED = Kind(
    "not-allowed",
    405,
    gettext_lazy("The API is read-only"),
    gettext_lazy("Only GET, HEAD and OPTIONS are answered."),
)
TOO_MANY = Kind(
    "too-many-requests",
    429,
    gettext_lazy("Too many requests"),
    gettext_lazy(
        "One address may ask so many times a minute. “Retry-After” says in how many seconds to ask again."
    ),
)
FAILED = Kind(
    "failed",
    500,
    gettext_lazy("Something went wrong here"),
    gettext_lazy(
        "The fault is ours, not your request’s. Nothing in the ledger was changed by it. Please try again in a "
        "while."
    ),
)
KINDS = (BAD_QUERY, NOT_FOUND, NOT_ALLOWED, TOO_MANY, FAILED)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Refusal(Exception):
    """A request that cannot be answered; the entrance turns it into a problem."""

    def __init__(self, kind: Kind, detail: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.faults = kind, detail, tuple(faults)


def bad_query(faults: Sequence[Fault]) -> Refusal:
    """Refuse a query for what is wrong with its parameters, all of it at once."""
    return Refusal(BAD_QUERY, " ".join(f"{fault.parameter}: {fault.detail}" for fault in faults), faults)


def not_found(detail: str) -> Refusal:
    return Refusal(NOT_FOUND, detail)


def problem(request: HttpRequest, refusal: Refusal, *, retry_after: int | None = None) -> HttpResponse:
    """Write a refusal as a problem. ``retry_after``: in how many seconds the same will be answered."""
    kind = refusal.kind
    body: dict[str, Any] = {
        "type": f"{reverse('api-docs')}#{kind.name}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": refusal.detail,
        "instance": request.get_full_path(),
    }
    if refusal.faults:
        body["errors"] = [{"parameter": fault.parameter, "detail": fault.detail} for fault in refusal.faults]
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=kind.status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer every address below the API that is none of its own."""
    raise not_found(_("%(path)s is no address of the API.") % {"path": request.path[:200]})
