"""Lanes of days: what was reached when, one lane under another on the same scale of days.

A lane is 100 % wide and has its texts and marks in pixels, as the other drawings do. Which labels have room
differs between a phone and a desk: one without room carries the name of each of `FRAMES` in which it has none.
Lanes are for the eye and the pointer: a table with the same links stands on the page, so they are hidden from
assistive technology.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString

from conflict.charts.labels import text_width
from conflict.charts.svg import markup

FRAMES = {"narrow": 320.0, "wide": 600.0}
"""The least width of a lane in pixels in each layout; must match the stylesheet."""

MIDDLE, RADIUS, BETWEEN = 24, 4, 6  # px: the height of the line and of a dot on it; between two labels


@dataclass(frozen=True, slots=True)
class Stop:
    """What was reached on ``date``, or on some day from ``earliest`` on; of two labels the weightier has room."""

    date: dt.date
    label: str
    words: str
    address: str
    earliest: dt.date | None = None
    weight: int = 0


def lane(stops: Sequence[Stop], *, first: dt.date, last: dt.date) -> SafeString:
    """Draw the stops between two days: dots with labels, and a bar before a dot whose day is not known."""
    root = Element("svg", {"class": "lane", "aria-hidden": "true"})
    for year in range(first.year + 1, last.year + 1):
        at = _percent(_part(dt.date(year, 1, 1), first, last))
        SubElement(root, "line", {"class": "grid", "x1": at, "x2": at, "y1": "0", "y2": "100%"})
    SubElement(root, "line", {"class": "lane-line", "x2": "100%", "y1": str(MIDDLE), "y2": str(MIDDLE)})
    shown = [stop for stop in stops if first <= stop.date <= last]
    rooms = {frame: _labelled(shown, first, last, width) for frame, width in FRAMES.items()}
    for index, stop in enumerate(shown):
        part = _part(stop.date, first, last)
        link = SubElement(root, "a", {"class": "lane-stop", "href": stop.address, "tabindex": "-1"})
        SubElement(link, "title").text = stop.words
        if stop.earliest is not None and stop.earliest < stop.date:
            start = _percent(_part(max(stop.earliest, first), first, last))
            ends = {"x1": start, "x2": _percent(part), "y1": str(MIDDLE), "y2": str(MIDDLE)}
            SubElement(link, "line", {"class": "lane-span", **ends})
        SubElement(link, "circle", {"cx": _percent(part), "cy": str(MIDDLE), "r": str(RADIUS)})
        hidden = "".join(f" lane-not-{frame}" for frame in FRAMES if index not in rooms[frame])
        name = SubElement(link, "text", {"class": f"lane-label{hidden}", "x": _percent(part), "y": "12"})
        name.set("text-anchor", _anchor(part))
        name.text = stop.label
    return markup(root)


def years(first: dt.date, last: dt.date) -> SafeString:
    """Draw the years under lanes between two days, each where it begins."""
    root = Element("svg", {"class": "lane lane-years", "aria-hidden": "true"})
    for year in range(first.year, last.year + 1):
        part = _part(max(dt.date(year, 1, 1), first), first, last)
        if part <= 0.94:  # else it would be cut off
            SubElement(root, "text", {"x": _percent(part), "dx": "3", "y": "12"}).text = str(year)
    return markup(root)


def _labelled(stops: Sequence[Stop], first: dt.date, last: dt.date, width: float) -> set[int]:
    """Return which stops have room for their labels: the weightier ones first, of equal ones the later."""
    taken: list[tuple[float, float]] = []
    found = set()
    for index in sorted(range(len(stops)), key=lambda i: (-stops[i].weight, -i)):
        part, long = _part(stops[index].date, first, last), text_width(stops[index].label)
        left = part * width - {"start": RADIUS, "middle": long / 2, "end": long - RADIUS}[_anchor(part)]
        if _is_free(left, left + long, taken):
            taken.append((left, left + long))
            found.add(index)
    return found


def _is_free(left: float, right: float, taken: Iterable[tuple[float, float]]) -> bool:
    return all(right + BETWEEN <= start or end + BETWEEN <= left for start, end in taken)


def _anchor(part: float) -> str:
    return "start" if part < 0.08 else "end" if part > 0.92 else "middle"


def _part(date: dt.date, first: dt.date, last: dt.date) -> float:
    """Return where a day lies between two others, from 0 to 1."""
    return (date - first).days / ((last - first).days or 1)


def _percent(part: float) -> str:
    return f"{part:.2%}"
