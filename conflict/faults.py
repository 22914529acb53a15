"""Who answers where no view did: below /api/ a problem that a program reads, elsewhere a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from conflict.api.problems import FAILED, NOT_FOUND, Refusal, problem
from conflict.web import errors

API = "/api/"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not request.path_info.startswith(API):
        return errors.not_found(request, exception)
    detail = _("%(path)s is no address of the API.") % {"path": request.path[:200]}
    return _to_anyone(problem(request, Refusal(NOT_FOUND, detail)))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; nothing is asked of the database, which may be what failed."""
    if not request.path_info.startswith(API):
        return errors.server_error(request)
    return _to_anyone(problem(request, Refusal(FAILED, str(FAILED.meaning))))


def _to_anyone(response: HttpResponse) -> HttpResponse:
    """Let a script of any page read what went wrong, as it may read every answer of the API."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
