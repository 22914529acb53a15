"""What the head of every page tells machines: the frame that shows it elsewhere, and what it is of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString

from conflict.web.context import asked_path, request_of
from conflict.web.linked import graph
from conflict.web.oembed import FORMATS, SHOWN

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context) -> SafeString:
    """Write the page's JSON-LD, escaped as Django's json_script escapes; a browser runs no such script."""
    request = request_of(context)  # type: ignore[arg-type]
    if request is None:
        return SafeString("")
    script = json_script(graph(request, context.flatten()))  # type: ignore[arg-type]
    return SafeString(script.replace('type="application/json"', 'type="application/ld+json"', 1))


@register.simple_tag(takes_context=True)
def frames(context: template.Context) -> list[dict[str, Any]]:
    """Return where oEmbed tells of the frame that shows this page; none where it has no frame."""
    request = request_of(context)  # type: ignore[arg-type]
    match = request.resolver_match if request else None
    if request is None or match is None or match.url_name not in SHOWN:
        return []
    page = request.build_absolute_uri(asked_path(request))
    return [
        {
            "type": "application/json+oembed" if form == "json" else "text/xml+oembed",
            "address": request.build_absolute_uri(
                f"{reverse('oembed')}?{urlencode({'url': page, 'format': form})}"
            ),
        }
        for form in FORMATS
    ]
