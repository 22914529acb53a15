"""The events in their order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflict.models import Event


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    return render(request, "web/timeline.html", {"events": Event.objects.newest_first()})
