"""Estimates as ranges on one logarithmic scale, one picture a row: from the least number to the most.

What is counted is written on each picture itself, beside its bar, and counts of other things than the dead are
hatched: a bar that is seen alone, cut out or printed, still says that it is not the dead.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString

from conflict.charts.labels import text_width
from conflict.charts.pairs import NARROWEST, Scale, grid
from conflict.charts.tree import line, markup, percent, text

HEIGHT = 34  # px: the words stand over the bar
BAR = 20  # px: where its top is
THICK = 8
WIDER = 1.2  # a reader's letters may be so much wider than `text_width` takes them to be
OPEN = 22  # px: how far the arrow of an open end reaches


def range_drawing(
    scale: Scale, *, low: int | None, high: int | None, counted: str, label: str, dead_alone: bool
) -> SafeString:
    """Draw one estimate. One end None: the bar is open there, an arrow; both the same: a short upright mark.

    ``counted`` are the words written on the picture; ``dead_alone`` False hatches the bar. Raises ValueError
    where neither end is given.
    """
    if low is None and high is None:
        raise ValueError("An estimate names a least or a most number, or both.")
    ends = [scale.percent(end) for end in (low, high) if end is not None]
    root = Element("svg", {"class": "pair", "height": str(HEIGHT), "role": "img", "aria-label": label})
    grid(root, scale, height=HEIGHT)
    kind = "range" if dead_alone else "range range-other"
    first, last = min(ends), max(ends)
    attributes = {"class": kind, "x": percent(first), "y": str(BAR), "height": str(THICK)}
    SubElement(root, "rect", {**attributes, "width": percent(last - first)})
    if low is None or high is None:
        _open_end(root, kind, last, right=high is None)
    for end in sorted(set(ends)):
        at = percent(end)
        line(
            root,
            "range-end" if dead_alone else "range-end range-end-other",
            (at, at),
            (str(BAR - 3), str(BAR + THICK + 3)),
        )
    anchor, place = _place_of_words(counted, first, last)
    text(root, counted, class_="range-words", x=percent(place), y="13", text_anchor=anchor)
    return markup(root)


def _place_of_words(counted: str, first: float, last: float) -> tuple[str, float]:
    """Let the words begin at the bar or end at it, or stand over it where both would leave the picture."""
    width = 100 * WIDER * text_width(counted) / NARROWEST
    if first + width <= 100:
        return "start", first
    if last >= width:
        return "end", last
    half = min(width, 100) / 2
    return "middle", min(max((first + last) / 2, half), 100 - half)


def _open_end(root: Element, kind: str, at: float, *, right: bool) -> None:
    """Draw an arrow where one end is not named."""
    mark = SubElement(root, "svg", {"x": percent(at), "overflow": "visible"})
    way = OPEN if right else -OPEN
    middle = BAR + THICK / 2
    line(mark, "range-open", ("0", str(way)), (str(middle), str(middle)))
    tip = 5 if right else -5
    path = f"M{way - tip} {middle - 5}L{way} {middle}L{way - tip} {middle + 5}"
    SubElement(mark, "path", {"class": "range-open", "d": path})


def key_drawing(*, dead_alone: bool) -> SafeString:
    """Draw a bar for the legend."""
    root = Element("svg", {"class": "day-key", "viewBox": "0 0 14 14", "aria-hidden": "true"})
    kind = "range" if dead_alone else "range range-other"
    SubElement(root, "rect", {"class": kind, "x": "0", "y": "3", "width": "14", "height": "8"})
    return markup(root)
