"""Two figures a row on one logarithmic scale: a dot and a diamond, and the line between them.

One picture a row, so that names and figures stay text of the page and nothing has to be read sideways. Places
are percentages, texts are pixels; `scale_drawing` is the axis that all rows share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString

from conflict.charts.chart import number_in_words
from conflict.charts.labels import text_width
from conflict.charts.tree import line, markup, percent, text

EDGE = 3.0  # per cent kept free on both sides, for the marks
NARROWEST = 328  # px: a picture on the narrowest phone
APART = 6  # px between two numbers of the axis
LEAST = -2  # the lowest power of ten that a scale begins with: 0.01


@dataclass(frozen=True, slots=True)
class Scale:
    """Powers of ten from ``low`` to ``high``, as exponents."""

    low: int
    high: int

    @classmethod
    def of(cls, figures: Iterable[float]) -> Scale:
        """Span the figures with whole powers of ten; 0 and less stand at the left end, as its own number does."""
        logs = [math.log10(figure) for figure in figures if figure > 0]
        low = max(math.floor(min(logs, default=0)), LEAST)
        return cls(low, max(math.ceil(max(logs, default=0)), low + 1))

    def percent(self, figure: float) -> float:
        """Return the place of a figure, per cent of the width from the left."""
        share = (math.log10(max(figure, 10.0**self.low)) - self.low) / (self.high - self.low)
        return EDGE + (100 - 2 * EDGE) * share


def row_drawing(scale: Scale, *, dot: float | None, diamond: float | None, label: str) -> SafeString:
    """Draw one row: a dot for one figure, a diamond for the other; None is not drawn."""
    root = Element("svg", {"class": "pair", "height": "22", "role": "img", "aria-label": label})
    grid(root, scale, height=22)
    at = None if diamond is None else percent(scale.percent(diamond))
    if dot is not None:
        to = percent(scale.percent(dot))
        if at is not None:
            line(root, "pair-line", (at, to), ("11", "11"))
        SubElement(root, "circle", {"class": "pair-dot", "cx": to, "cy": "11", "r": "5"})
    if at is not None:
        # A nested picture, so that the diamond keeps its pixels at a place in per cent.
        mark = SubElement(root, "svg", {"x": at, "overflow": "visible"})
        SubElement(mark, "path", {"class": "pair-diamond", "d": "M0 4.5l6.5 6.5-6.5 6.5-6.5-6.5z"})
    return markup(root)


def grid(root: Element, scale: Scale, *, height: int) -> None:
    """Draw a line at every power of ten."""
    for power in range(scale.low, scale.high + 1):
        x = percent(scale.percent(10.0**power))
        line(root, "grid", (x, x), ("0", str(height)))


def scale_drawing(scale: Scale) -> SafeString:
    """Draw the numbers of the axis; hidden from assistive technology, which has the figures.

    Both ends are always there. What would touch another number on a phone is shown where there is more room.
    """
    root = Element("svg", {"class": "pair", "height": "18", "aria-hidden": "true"})
    powers = range(scale.low, scale.high + 1)
    labels = {power: number_in_words(10.0**power, max(0, -power)) for power in powers}
    taken = NARROWEST * scale.percent(10.0**scale.low) / 100 + text_width(labels[scale.low], 11)
    last = NARROWEST * scale.percent(10.0**scale.high) / 100 - text_width(labels[scale.high], 11)
    for power, label in labels.items():
        place, half = scale.percent(10.0**power), text_width(label, 11) / 2
        attributes = {"text_anchor": "start" if power == scale.low else "end" if power == scale.high else "middle"}
        if scale.low < power < scale.high:
            centre = NARROWEST * place / 100
            if taken + APART <= centre - half and centre + half + APART <= last:
                taken = centre + half
            else:
                attributes["class_"] = "wide"
        text(root, label, x=percent(place), y="13", **attributes)
    return markup(root)


def key_drawing(kind: Literal["dot", "diamond"]) -> SafeString:
    """Draw a mark for the legend."""
    root = Element("svg", {"class": "day-key", "viewBox": "0 0 14 14", "aria-hidden": "true"})
    if kind == "dot":
        SubElement(root, "circle", {"class": "pair-dot", "cx": "7", "cy": "7", "r": "5"})
    else:
        SubElement(root, "path", {"class": "pair-diamond", "d": "M7 .5L13.5 7 7 13.5.5 7z"})
    return markup(root)
