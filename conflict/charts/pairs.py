"""Two totals a category on one logarithmic scale: a dot and a diamond, and the line between them.

One picture a row, so that names and figures stay text of the page and nothing has to be read sideways. Places
are percentages, texts are pixels; `scale_drawing` is the axis that all rows share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString

from conflict.charts.chart import number_in_words

EDGE = 3.0  # per cent kept free on both sides, for the marks


@dataclass(frozen=True, slots=True)
class Scale:
    """Powers of ten from ``low`` to ``high``, as exponents."""

    low: int
    high: int

    @classmethod
    def of(cls, totals: Iterable[int]) -> Scale:
        """Span the totals with whole powers of ten; a total of 0 stands at the left end, as 1 does."""
        logs = [math.log10(max(total, 1)) for total in totals]
        low = math.floor(min(logs, default=0))
        return cls(low, max(math.ceil(max(logs, default=0)), low + 1))

    def percent(self, total: int) -> float:
        """Return the place of a total, per cent of the width from the left."""
        share = (math.log10(max(total, 1)) - self.low) / (self.high - self.low)
        return EDGE + (100 - 2 * EDGE) * share


def row_drawing(scale: Scale, *, claimed: int | None, shown: int, label: str) -> SafeString:
    """Draw one category: a dot for ``claimed`` (None: no dot), a diamond for ``shown``."""
    root = Element("svg", {"class": "pair", "height": "22", "role": "img", "aria-label": label})
    for power in range(scale.low, scale.high + 1):
        x = _percent(scale.percent(10**power))
        SubElement(root, "line", {"class": "grid", "x1": x, "x2": x, "y1": "0", "y2": "22"})
    at = _percent(scale.percent(shown))
    if claimed is not None:
        to = _percent(scale.percent(claimed))
        SubElement(root, "line", {"class": "pair-line", "x1": at, "x2": to, "y1": "11", "y2": "11"})
        SubElement(root, "circle", {"class": "pair-claimed", "cx": to, "cy": "11", "r": "5"})
    # A nested picture, so that the diamond keeps its pixels at a place in per cent.
    mark = SubElement(root, "svg", {"x": at, "overflow": "visible"})
    SubElement(mark, "path", {"class": "pair-shown", "d": "M0 4.5l6.5 6.5-6.5 6.5-6.5-6.5z"})
    return _markup(root)


def scale_drawing(scale: Scale) -> SafeString:
    """Draw the numbers of the axis; hidden from assistive technology, which has the totals."""
    root = Element("svg", {"class": "pair", "height": "18", "aria-hidden": "true"})
    powers = range(scale.low, scale.high + 1)
    for power in powers:
        anchor = "start" if power == scale.low else "end" if power == scale.high else "middle"
        x = _percent(scale.percent(10**power))
        text = SubElement(root, "text", {"x": x, "y": "13", "text-anchor": anchor})
        text.text = number_in_words(10**power)
    return _markup(root)


def key_drawing(kind: str) -> SafeString:
    """Draw a mark for the legend: "claimed" or "shown"."""
    root = Element("svg", {"class": "day-key", "viewBox": "0 0 14 14", "aria-hidden": "true"})
    if kind == "claimed":
        SubElement(root, "circle", {"class": "pair-claimed", "cx": "7", "cy": "7", "r": "5"})
    else:
        SubElement(root, "path", {"class": "pair-shown", "d": "M7 .5L13.5 7 7 13.5.5 7z"})
    return _markup(root)


def _percent(number: float) -> str:
    return f"{number:.2f}%"


def _markup(root: Element) -> SafeString:
    return SafeString(tostring(root, encoding="unicode"))  # a tree escapes its texts
