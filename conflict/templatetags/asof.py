"""Links and words of a page that may show a past version of the ledger."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from conflict.models import Version
from conflict.web import asof

register = template.Library()


@register.simple_tag(takes_context=True)
def shown_version(context: template.Context) -> Version | None:
    """Return the version that the page was asked to show, ``None`` for today's."""
    request: HttpRequest | None = context.get("request")
    return asof.shown_version(request) if request else None


@register.simple_tag(takes_context=True)
def as_of_url(context: template.Context, target: Any, *args: Any) -> str:
    """Return an address of this site at the version that this page shows: of a named page, a row, or as given.

    {% as_of_url "report" date %}, {% as_of_url category %}, {% as_of_url "/losses/?category=tanks" %}
    """
    if not isinstance(target, str):
        address = target.get_absolute_url()
    elif target.startswith("/"):
        address = target
    else:
        address = reverse(target, args=args)
    request: HttpRequest | None = context.get("request")
    return asof.keep_version(request, address) if request else str(address)


@register.simple_tag(takes_context=True)
def today_url(context: template.Context) -> str:
    """Return the address of this page as the ledger stands today."""
    request: HttpRequest = context["request"]
    return asof.with_version(request.get_full_path(), None)
