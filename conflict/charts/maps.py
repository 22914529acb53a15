"""A map of places as SVG: marks with names over an outline that the site serves itself.

As in the charts, places are percentages of the picture and texts and marks are pixels, so that one drawing serves
every width. Which names have room beside their marks differs: each is there once for each of `FRAMES`, and media
queries show one; a name without room shows while its mark is pointed at or focused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.charts.labels import text_width
from conflict.charts.projection import HEIGHT, WIDTH, in_frame
from conflict.charts.svg import markup

FRAMES = {"narrow": 320.0, "wide": 560.0}
"""The least width in pixels that the map has in each layout; must match the stylesheet."""

SMALLEST = 5.0  # px: the radius of a mark of one event; areas are as the numbers of events
UNITS = 2  # of the outline's drawing, to a kilometre
BAR = 200  # km that the scale shows
LINE, GAP = 15.0, 4.0  # px: the height of a name, and how far it stands from its mark
APART = 3.0  # px that the middle of a mark keeps from the edge of another
TURNS = 24  # directions in which a mark may move
THUMB = 7.0  # px around a mark that a finger may hit, where no other mark is nearer
Middle = tuple[float, float]
"""Where a mark stands: pixels from the left and from the top of a frame."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with ``count`` events. ``name`` is what fits on a map, ``words`` is said in full."""

    name: str
    words: str
    address: str
    longitude: float
    latitude: float
    count: int = 1
    is_area: bool = False

    @property
    def spot(self) -> tuple[float, float] | None:
        """Where in the frame it lies, as fractions of its width and height; None beyond it."""
        return in_frame(self.longitude, self.latitude)

    @property
    def radius(self) -> float:
        """Half the width in pixels of its mark."""
        return radius(self.count)


class Box(NamedTuple):
    """A rectangle in pixels of a frame."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def radius(count: int) -> float:
    """Return half the width in pixels of the mark of a number of events."""
    return SMALLEST * math.sqrt(max(count, 1))


def drawing(marks: Sequence[Mark], *, outline: str, label: str) -> SafeString:
    """Draw the marks that lie in the frame, in their order, as links; ``outline`` is the address of outline.svg.

    Larger marks go first, so that a smaller one beside them is not covered.
    """
    root = Element("svg", {"class": "map", "role": "group", "aria-label": label})
    view = f"0 0 {WIDTH * UNITS:g} {HEIGHT * UNITS:g}"
    ground = SubElement(root, "svg", {"viewBox": view, "preserveAspectRatio": "none", "aria-hidden": "true"})
    for part in ("land", "ukraine", "borders"):
        SubElement(ground, "use", {"class": f"map-{part}", "href": f"{outline}#{part}"})
    _scale(root)
    shown = [mark for mark in marks if mark.spot]
    middles = {frame: centres(shown, width) for frame, width in FRAMES.items()}
    places = {frame: place_names(shown, middles[frame], width) for frame, width in FRAMES.items()}
    moved = {frame: _moved(shown, middles[frame], width) for frame, width in FRAMES.items()}
    reach = _reach(shown, middles["narrow"])
    for index, mark in enumerate(shown):
        across, down = mark.spot or (0.0, 0.0)
        classes = "map-place map-area" if mark.is_area else "map-place"
        link = SubElement(root, "a", {"class": classes, "href": mark.address, "aria-label": mark.words})
        spot = SubElement(link, "svg", {"x": f"{across:.2%}", "y": f"{down:.2%}", "class": "map-spot"})
        if any(moved[frame][index] != (0.0, 0.0) for frame in FRAMES):
            for frame in FRAMES:
                place = "translate({:.1f} {:.1f})".format(*moved[frame][index])
                _mark(SubElement(spot, "g", {"class": f"map-at-{frame}", "transform": place}), mark, reach[index])
        else:
            _mark(spot, mark, reach[index])
        for frame in FRAMES:
            anchor, dx, dy = places[frame][index] or _standing(mark, 0)
            dx, dy = dx + moved[frame][index][0], dy + moved[frame][index][1]
            name = SubElement(
                spot,
                "text",
                {
                    "class": f"map-name map-at-{frame}{'' if places[frame][index] else ' map-unnamed'}",
                    "text-anchor": anchor,
                    "x": f"{dx:.1f}",
                    "y": f"{dy:.1f}",
                    "aria-hidden": "true",
                },
            )
            name.text = mark.name
    return markup(root)


def _mark(parent: Element, mark: Mark, reach: float) -> None:
    SubElement(parent, "circle", {"class": "map-hit", "r": f"{reach:.1f}"})
    if mark.is_area:  # a square of the same area
        half = mark.radius * math.sqrt(math.pi) / 2
        side = f"{2 * half:.1f}"
        SubElement(
            parent,
            "rect",
            {"class": "map-mark", "x": f"{-half:.1f}", "y": f"{-half:.1f}", "width": side, "height": side},
        )
        return
    SubElement(parent, "circle", {"class": "map-mark", "r": f"{mark.radius:.1f}"})


def _scale(root: Element) -> None:
    scale = SubElement(root, "svg", {"class": "map-scale", "x": "2%", "y": "97%", "aria-hidden": "true"})
    SubElement(scale, "line", {"x1": "0", "x2": f"{BAR / WIDTH:.2%}", "y1": "0", "y2": "0"})
    SubElement(scale, "text", {"y": "-6"}).text = _("%(distance)d km") % {"distance": BAR}


# -- Places -------------------------------------------------------------------------------------------------


def centres(marks: Sequence[Mark], width: float) -> list[Middle]:
    """Return where the marks stand in pixels of a frame: on their spots, or beside a mark that would cover them.

    The first marks stand on their spots. A later one that would cover the middle of an earlier one, or the other
    way round, stands at the nearest place where both can be seen and hit.
    """
    height = width * HEIGHT / WIDTH
    placed: list[Middle] = []
    for mark in marks:
        across, down = mark.spot or (0.0, 0.0)
        earlier = [
            (middle, max(mark.radius, other.radius) + APART) for middle, other in zip(placed, marks, strict=False)
        ]
        placed.append(
            next(
                place
                for place in _places_around(across * width, down * height)
                if all(math.dist(place, middle) >= apart for middle, apart in earlier)
            )
        )
    return placed


def _places_around(x: float, y: float) -> Iterator[Middle]:
    """Give a spot, and then the places around it on ever wider rings, without an end."""
    yield x, y
    for ring in count(1):
        for turn in range(TURNS):
            angle = math.tau * turn / TURNS
            yield x - ring * math.cos(angle), y - ring * math.sin(angle)


def _moved(marks: Sequence[Mark], middles: Sequence[Middle], width: float) -> list[Middle]:
    """Return how far each mark stands from its spot, in pixels; 0 for almost all."""
    height = width * HEIGHT / WIDTH
    spots = [mark.spot or (0.0, 0.0) for mark in marks]
    return [(x - across * width, y - down * height) for (x, y), (across, down) in zip(middles, spots, strict=True)]


def _reach(marks: Sequence[Mark], middles: Sequence[Middle]) -> list[float]:
    """Return how far around its middle each mark answers to a finger: not beyond half the way to another."""
    found = []
    for index, mark in enumerate(marks):
        others = [*middles[:index], *middles[index + 1 :]]
        half = min((math.dist(middles[index], other) / 2 for other in others), default=math.inf)
        found.append(max(mark.radius, min(mark.radius + THUMB, half)))
    return found


# -- Names --------------------------------------------------------------------------------------------------


def _standing(mark: Mark, side: int) -> tuple[str, float, float]:
    """Return anchor and place of a name: right of its mark, left, above or below."""
    beside = mark.radius + GAP
    return (
        ("start", beside, 4.0),
        ("end", -beside, 4.0),
        ("middle", 0.0, -beside),
        ("middle", 0.0, beside + LINE - 4),
    )[side]


def place_names(
    marks: Sequence[Mark], middles: Sequence[Middle], width: float
) -> list[tuple[str, float, float] | None]:
    """Return for each mark, standing where ``centres`` says, where its name stands beside it; None without room.

    The first marks choose first. No name touches another, a mark, or the edge.
    """
    height = width * HEIGHT / WIDTH
    taken = [
        Box(x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius)
        for mark, (x, y) in zip(marks, middles, strict=True)
    ]
    chosen: list[tuple[str, float, float] | None] = []
    for index, mark in enumerate(marks):
        x, y = middles[index]
        others = taken[:index] + taken[index + 1 :]
        standing = None
        for side in range(4):
            anchor, dx, dy = _standing(mark, side)
            box = _box(mark.name, anchor, x + dx, y + dy)
            fits = box.left >= 0 and box.top >= 0 and box.right <= width and box.bottom <= height
            if fits and not _any(box, others):
                standing = (anchor, dx, dy)
                taken.append(box)
                break
        chosen.append(standing)
    return chosen


def _box(name: str, anchor: str, x: float, y: float) -> Box:
    long = text_width(name)
    left = x - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
    return Box(left, y - LINE + 4, left + long, y + 4)


def _any(box: Box, others: Iterable[Box]) -> bool:
    return any(box.meets(other) for other in others)
