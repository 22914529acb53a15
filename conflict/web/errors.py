"""What a reader sees where there is no page to show: which fault it is, and where to go from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _


class Way(NamedTuple):
    """A link that leads on from a page that does not exist."""

    address: str
    words: str


def missing(request: HttpRequest, *, title: str, explanation: str, ways: Sequence[Way] = ()) -> HttpResponse:
    """Answer 404 with what is missing, why, and the nearest that there is."""
    return render(
        request, _page(request, "404.html"), {"title": title, "explanation": explanation, "ways": ways}, status=404
    )


def unreadable(request: HttpRequest, *, title: str, explanation: str, ways: Sequence[Way] = ()) -> HttpResponse:
    """Answer 400 with which part of the address cannot be read, and what could stand there."""
    return render(
        request, _page(request, "400.html"), {"title": title, "explanation": explanation, "ways": ways}, status=400
    )


def _page(request: HttpRequest, usual: str) -> str:
    """Return the template of an error: in a frame on another site it is a small page of its own."""
    return "embed/fault.html" if getattr(request, "embedded", False) else usual


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith(reverse("reports")):
        explanation = _(
            "No report has this address, or the calendar has no such day. A day is written 2024-11-19."
        )
        return missing(request, title=_("There is no such report"), explanation=explanation)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the request's context, which asks the database and may be what failed."""
    try:
        page: str = render_to_string("500.html", {"conflict_name": gettext(settings.CONFLICT_NAME)})
    except Exception:  # the templates or the static files may be what is broken
        page = "<!doctype html><title>500</title><h1>Something went wrong here</h1><p>The fault is ours.</p>"
    return HttpResponseServerError(page)
