"""One event."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conflict.models import Event


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "web/event.html", {"event": get_object_or_404(Event, slug=slug)})
