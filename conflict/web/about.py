"""What the figures mean and where they come from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflict.models import Category, Source


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(
        request, "web/about.html", {"categories": Category.objects.all(), "sources": Source.objects.all()}
    )
