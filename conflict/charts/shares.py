"""Parts of a whole, one picture a row: a bar as long as its share."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString

from conflict.charts.tree import markup, percent


def share_drawing(share: float | None, *, of: float, label: str) -> SafeString:
    """Draw a share, 0 to 1, against the longest bar's, ``of``; None and what is below 0 have no bar."""
    root = Element("svg", {"class": "share", "height": "14", "role": "img", "aria-label": label})
    if share is not None and share > 0 and of > 0:
        width = percent(min(100 * share / of, 100.0))
        SubElement(root, "rect", {"class": "bar", "width": width, "height": "14"})
    return markup(root)
