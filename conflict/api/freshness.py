"""How long an answer may be kept, and how it is known again.

As of a version: for good. Without one: it must be asked for again each time, and is known by the hash of the
newest version or, where it shows what is edited outside the versions, by its own bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from conflict.etags import FOR_GOOD, etag_of
from conflict.models import Document, Version


def newest_version(request: HttpRequest) -> Version | None:
    """Return the ledger's last version, ``None`` while it is empty. One query a request."""
    if not hasattr(request, "_api_newest"):
        request._api_newest = Version.objects.newest()  # type: ignore[attr-defined]
    version: Version | None = request._api_newest  # type: ignore[attr-defined]
    return version


def unless_known(request: HttpRequest, parts: list[str], make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Make an answer unless the client holds it: then 304, without making it. ``parts`` are what it depends on.

    The answer is one of figures: the newest version counts, and the documents, whose addresses are edited
    outside the versions. Two queries.
    """
    newest = newest_version(request)
    etag = etag_of(request.get_full_path(), newest.hash if newest else "", documents_stamp(), *parts)
    response = get_conditional_response(request, etag=etag) or make()
    if response.status_code in {200, 304}:
        response["ETag"] = etag
    return response


def documents_stamp() -> str:
    """Return what changes when a document is added or edited. One query."""
    edited = Document.history.aggregate(last=Max("history_id"))["last"]
    held = Document.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return f"{edited} {held['count']} {held['last']}"


def freshen(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Say how long an answer may be kept, and answer 304 where the client holds the very same bytes."""
    if response.status_code not in {200, 304}:
        return response
    pinned = bool(request.GET.get("version"))
    response["Cache-Control"] = FOR_GOOD if pinned else "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    if isinstance(response, HttpResponse) and response.status_code == 200 and not response.has_header("ETag"):
        response["ETag"] = etag = etag_of(response.content)
        return get_conditional_response(request, etag=etag, response=response) or response
    return response
