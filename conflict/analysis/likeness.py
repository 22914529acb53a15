"""How alike two titles are, and how far two points of the globe lie apart."""

from __future__ import annotations

import math
import re

ALIKE = 0.5
"""From this share on two titles are taken for those of one event."""

EARTH = 6371.0088  # km, mean radius

_WORD = re.compile(r"\w{3,}")
_STEM = 5  # letters: "strikes" and "strike" are one word, as are Russia and Russian


def likeness(first: str, second: str) -> float:
    """Return which share of the shorter title's words the other has too, 0 to 1.

    Words of one or two letters do not count. Words are compared by their first five letters, so that their
    endings do not count either. A title without a word is like no other.
    """
    own, other = ({word[:_STEM] for word in _WORD.findall(text.casefold())} for text in (first, second))
    if not own or not other:
        return 0.0
    return len(own & other) / min(len(own), len(other))


def kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the distance of two points given as (latitude, longitude) in degrees, along a great circle."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (first, second))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
