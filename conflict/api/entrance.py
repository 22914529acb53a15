"""The one way into the API: which methods it answers, from which pages, and what may be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from conflict.api.freshness import freshen
from conflict.api.problems import NOT_ALLOWED, Refusal, problem

METHODS = "GET, HEAD, OPTIONS"
SEEN_BY_SCRIPTS = "ETag, Ledger-Version, Link, Retry-After"

View = Callable[..., HttpResponseBase]


def entrance(view: View) -> View:
    """Let requests in to a view of the API, and dress what it answers.

    HEAD is GET, and the server leaves the body out. Any page may read the API from a browser, and no cookie or
    password is ever looked at: there is nothing here that only some may see.
    """

    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        try:
            if request.method not in {"GET", "HEAD"}:
                raise Refusal(NOT_ALLOWED, _("%(method)s is not answered.") % {"method": str(request.method)[:20]})
            response = _got(request, lambda: view(request, *args, **kwargs))
        except Refusal as refusal:
            response = problem(request, refusal)
        if response.status_code == NOT_ALLOWED.status:
            response["Allow"] = METHODS
        for name, value in headers_of(request).items():
            response[name] = value
        response = freshen(request, response)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = SEEN_BY_SCRIPTS
        if request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
            response.streaming_content = iter(())  # the server takes other bodies away, but would make this one
        return response

    enter.csrf_exempt = True  # type: ignore[attr-defined]
    return enter


def headers_of(request: HttpRequest) -> dict[str, str]:
    """Return the headers that a view wants on its answer, to be added to."""
    if not hasattr(request, "_api_headers"):
        request._api_headers = {}  # type: ignore[attr-defined]
    headers: dict[str, str] = request._api_headers  # type: ignore[attr-defined]
    return headers


def _got(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Let the view answer HEAD as GET, which is all that it knows."""
    method, request.method = request.method, "GET"
    try:
        return answer()
    finally:
        request.method = method


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = METHODS
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = "86400"
    return response
