"""The neighbourhood of a finding as a small picture: what each document states on the days around it.

Each document has its own mark and line, so that colour is not needed. The scale begins at the lowest value and
not at zero: the picture compares neighbours. The values stand in a table beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from conflict.charts.chart import number_in_words

WIDTH, HEIGHT = 280, 92
LEFT, RIGHT, TOP, BOTTOM = 8, 216, 12, 66
MARKS = 3
"""How many documents have a mark of their own; what comes after shares the last."""


@dataclass(frozen=True, slots=True)
class Strand:
    """What one document states: a total, or any other number, by day. ``mark`` 0 to 2 is its sign."""

    name: str
    mark: int
    values: Mapping[dt.date, int]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The days that are shown, ``None`` for days left out between; those that the finding is about; the strands.

    ``accepted`` is what the ledger took.
    """

    days: tuple[dt.date | None, ...]
    first: dt.date
    last: dt.date
    strands: tuple[Strand, ...]
    accepted: Mapping[dt.date, int]

    @property
    def dates(self) -> list[dt.date]:
        return [day for day in self.days if day is not None]

    def concerns(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def numbers_drawing(place: Neighbourhood, *, label: str) -> SafeString:
    """Draw each strand's values over the days: marks, lines from day to day, rings where accepted."""
    root = _frame(place, label)
    values = [value for strand in place.strands for value in strand.values.values()]
    if not values:
        return _markup(root)
    low, high = min(values), max(values)

    def y(value: int) -> float:
        return (TOP + BOTTOM) / 2 if high == low else BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)

    for strand in place.strands:
        known = [(x, y(strand.values[day])) for x, day in _places(place) if day in strand.values]
        together = [
            f"M{_short(a)} {_short(y(strand.values[before]))}L{_short(b)} {_short(y(strand.values[after]))}"
            for (a, before), (b, after) in pairwise(_places(place))
            if before in strand.values and after in strand.values and (after - before).days == 1
        ]
        mark = min(strand.mark, MARKS - 1)
        if together:
            SubElement(root, "path", {"class": f"near-line near-{mark}", "d": "".join(together)})
        SubElement(
            root,
            "path",
            {"class": f"near-mark near-{mark}", "d": "".join(_sign(mark, x, height) for x, height in known)},
        )
    rings = [(x, y(place.accepted[day])) for x, day in _places(place) if day in place.accepted]
    if rings:
        SubElement(root, "path", {"class": "near-ring", "d": "".join(_ring(x, h) for x, h in rings)})
    for value in {low, high}:
        text = SubElement(root, "text", {"x": str(RIGHT + 12), "y": _short(y(value) + 4)})
        text.text = number_in_words(value)
    return _markup(root)


def presence_drawing(place: Neighbourhood, *, label: str) -> SafeString:
    """Draw a row for each strand: its mark on the days that it states something of, a cross on the others."""
    root = _frame(place, label)
    step = (BOTTOM - TOP) / max(len(place.strands), 1)
    for row, strand in enumerate(place.strands):
        y = TOP + step * (row + 0.5)
        mark = min(strand.mark, MARKS - 1)
        there = "".join(_sign(mark, x, y) for x, day in _places(place) if day in strand.values)
        missing = "".join(_cross(x, y) for x, day in _places(place) if day not in strand.values)
        SubElement(root, "path", {"class": f"near-mark near-{mark}", "d": there or "M0 0"})
        SubElement(root, "path", {"class": "near-cross", "d": missing or "M0 0"})
    return _markup(root)


def sum_drawing(figure: int, parts: Sequence[int], *, label: str) -> SafeString:
    """Draw a printed sum as a bar, and under it its parts end to end, on one scale from zero."""
    root = Element(
        "svg", {"class": "near", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": label}
    )
    longest = max(figure, sum(parts), 1)

    def width(value: int) -> float:
        return (RIGHT - LEFT) * value / longest

    _bar(root, LEFT, 14, width(figure))
    done = 0
    for part in parts:
        _bar(root, LEFT + width(done), 46, max(width(part) - 1, 0.5), "near-part")
        done += part
    for value, y in ((figure, 28), (done, 60)):
        text = SubElement(root, "text", {"x": str(RIGHT + 12), "y": str(y)})
        text.text = number_in_words(value)
    return _markup(root)


def key_drawing(mark: int) -> SafeString:
    """Draw the mark of a document, for the legend; 0 to 2, and -1 for the ring of what is accepted."""
    root = Element("svg", {"class": "day-key", "viewBox": "0 0 14 14", "aria-hidden": "true"})
    if mark < 0:
        SubElement(root, "path", {"class": "near-ring", "d": _ring(7, 7)})
    else:
        mark = min(mark, MARKS - 1)
        SubElement(root, "path", {"class": f"near-mark near-{mark}", "d": _sign(mark, 7, 7)})
    return _markup(root)


def _frame(place: Neighbourhood, label: str) -> Element:
    root = Element(
        "svg", {"class": "near", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": label}
    )
    half = _step(place) / 2
    band = [x for x, day in _places(place) if place.concerns(day)]
    if band:
        SubElement(
            root,
            "rect",
            {
                "class": "near-band",
                "x": _short(band[0] - half),
                "y": "0",
                "width": _short(band[-1] - band[0] + 2 * half),
                "height": str(BOTTOM + 8),
            },
        )
    SubElement(root, "path", {"class": "grid", "d": f"M0 {BOTTOM + 8.5}H{RIGHT + 8}"})
    for place_of_gap, day in enumerate(place.days):
        if day is None:
            text = SubElement(root, "text", {"x": _short(LEFT + _step(place) * place_of_gap), "y": "42"})
            text.set("text-anchor", "middle")
            text.text = "…"
    for x, anchor, day in ((0, "start", place.dates[0]), (RIGHT + 8, "end", place.dates[-1])):
        text = SubElement(root, "text", {"x": str(x), "y": str(HEIGHT - 4), "text-anchor": anchor})
        text.text = date_format(day, "SHORT_DATE_FORMAT")
    return root


def _step(place: Neighbourhood) -> float:
    return (RIGHT - LEFT) / max(len(place.days) - 1, 1)


def _places(place: Neighbourhood) -> list[tuple[float, dt.date]]:
    step = _step(place)
    return [(LEFT + step * n, day) for n, day in enumerate(place.days) if day is not None]


def _sign(mark: int, x: float, y: float) -> str:
    """A dot, a square or a triangle around a place."""
    if mark == 0:
        return f"M{_short(x - 3)} {_short(y)}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"
    if mark == 1:
        return f"M{_short(x - 3.2)} {_short(y - 3.2)}h6.4v6.4h-6.4z"
    return f"M{_short(x)} {_short(y - 4)}l4 7h-8z"


def _ring(x: float, y: float) -> str:
    return f"M{_short(x - 6)} {_short(y)}a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"


def _cross(x: float, y: float) -> str:
    return f"M{_short(x - 3)} {_short(y - 3)}l6 6m0-6l-6 6"


def _bar(root: Element, x: float, y: float, width: float, kind: str = "near-sum") -> None:
    SubElement(
        root, "rect", {"class": kind, "x": _short(x), "y": _short(y), "width": _short(width), "height": "20"}
    )


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _markup(root: Element) -> SafeString:
    return SafeString(tostring(root, encoding="unicode"))  # a tree escapes its texts
