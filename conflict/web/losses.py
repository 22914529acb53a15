"""The reported losses: any categories and days in one chart and its table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.queries import ExplorerQuery, Offered
from conflict.web.asof import as_of, shown_version
from conflict.web.context import newest_version
from conflict.web.explorer import explored, opened_part, page_address
from conflict.web.figures import wants_part
from conflict.web.kept import kept, read_stamp


@require_safe
@as_of
@vary_on_headers("HX-Request", "HX-History-Restore-Request", "HX-Trigger")
def losses(request: HttpRequest) -> HttpResponse:
    """Show the categories and days that are asked for, as a chart and as its table. Six queries."""
    return kept(request, read_stamp(request), lambda: _explored(request))


def _explored(request: HttpRequest) -> HttpResponse:
    """Answer what the explorer is asked, five queries, or say what is wrong with it."""
    offered = Offered.read(as_of_version=shown_version(request) is not None)
    form = ExplorerQuery.of(request.GET, newest=newest_version(request), offered=offered)
    valid = form.is_valid()
    if valid and (resolved := form.resolved) is not None:
        return redirect(f"{request.path}?{resolved}")
    context: dict[str, Any] = {"form": form, "part": wants_part(request), "opened": opened_part(request)}
    if valid:
        # A browser that asks for the page itself paints the chart first; what htmx asks for is there at once.
        context |= explored(request, form) | {"later": not request.htmx}  # type: ignore[attr-defined]
    template = "web/losses.html#losses" if wants_part(request) else "web/losses.html"
    response = render(request, template, context, status=200 if valid else 400)
    if valid and wants_part(request):
        response["HX-Push-Url"] = page_address(request.path, form.canonical)
    return response
