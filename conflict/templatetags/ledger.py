"""How the site writes figures, changes, days and certainty. Every template has these without loading them."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from conflict.models import Claim, Event, WarEstimate
from conflict.web.asof import keep_version, takes_version
from conflict.wording import change, day_number, number, rate, unbroken

register = template.Library()


register.filter("number", number)
register.filter("change", change)
register.filter("rate", rate)
register.filter("day_number", day_number)
register.filter("unbroken", unbroken)


@register.filter
def certainty(statement: Event | Claim | WarEstimate) -> SafeString:
    """Mark how sure an event, a claim or an estimate is, by a word and a shape."""
    return format_html(
        '<span class="certainty" data-certainty="{}">{}</span>',
        statement.certainty,
        statement.get_certainty_display(),
    )


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, name: str, words: str, key: str = "") -> SafeString:
    """Link a part of the site, marked where the reader is on it ("page") or below it ("true").

    ``key``: the letter that leads there after "g" (static/js/manners.js).
    """
    request: HttpRequest | None = context.get("request")
    address = reverse(name)
    path = request.path if request else ""
    current = "page" if path == address else "true" if path.startswith(address) else ""
    marked = format_html(' aria-current="{}"', current) if current else ""
    if key:
        marked = format_html('{} data-key="{}"', marked, key)
    if request and takes_version(address):
        address = keep_version(request, address)
    return format_html('<a href="{}"{}>{}</a>', address, marked, words)
