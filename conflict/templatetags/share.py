"""What a link to a page shows where it is shared: title, a sentence, and the picture for the very query."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags

from conflict.templatetags.linked import known_host
from conflict.web.asof import keep_version

register = template.Library()

WIDTH, HEIGHT = 1200, 630


@register.inclusion_tag("web/card.html", takes_context=True)
def share_card(
    context: dict[str, Any],
    title: object,
    view: str,
    *args: Any,
    description: object = "",
    query: bool = False,
    **asked: str,
) -> dict[str, Any]:
    """Give the elements of a shared link. ``query``: the picture is asked what the page is, and ``asked`` more.

    A page that failed so badly that it has no request has no card.
    """
    request = known_host(context)
    if request is None:
        return {}
    address = reverse(view, args=args)
    if query or asked:
        wanted = request.GET.copy() if query else QueryDict(mutable=True)
        wanted.pop("year", None)
        for name, value in asked.items():
            wanted[name] = value
        address = f"{address}?{wanted.urlencode()}" if wanted else address
    if not query:
        address = keep_version(request, address)
    return {
        "title": strip_tags(str(title)),
        "description": strip_tags(str(description)),
        "address": request.build_absolute_uri(),
        "picture": request.build_absolute_uri(address),
        "width": WIDTH,
        "height": HEIGHT,
    }
