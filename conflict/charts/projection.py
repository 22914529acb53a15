"""From degrees to a place on the map: Lambert's conformal conic projection, and the frame that the map shows.

Angles are kept, so that coasts look as they do in an atlas; with standard parallels through the frame its scale
varies by less than half a percent in it. The Earth is taken as a sphere: at this size nobody sees the difference.
The outline in static/img/outline.svg was drawn with the same functions (fixtures/outline.py).
"""

from __future__ import annotations

import math

RADIUS = 6371.0  # km
MERIDIAN, PARALLELS = 31.5, (46.0, 54.0)  # degrees: the one that is upright, and those that are true to scale

LEFT, RIGHT, TOP, BOTTOM = -745.0, 785.0, -920.0, 520.0
"""The frame in km east and south of 31.5° E, 48.5° N: all of Ukraine, and the lands around it as far as Moscow."""

WIDTH, HEIGHT = RIGHT - LEFT, BOTTOM - TOP


def _conic() -> tuple[float, float, float]:
    south, north = (math.radians(parallel) for parallel in PARALLELS)
    n = math.log(math.cos(south) / math.cos(north)) / math.log(_stretch(north) / _stretch(south))
    f = math.cos(south) * _stretch(south) ** n / n
    return n, f, RADIUS * f / _stretch(math.radians(48.5)) ** n


def _stretch(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


_N, _F, _RHO = _conic()


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return how many km east and south of 31.5° E, 48.5° N a place lies on the map."""
    latitude = min(max(latitude, -89.9), 90.0)
    rho = RADIUS * _F / _stretch(math.radians(latitude)) ** _N
    angle = _N * math.radians((longitude - MERIDIAN + 180) % 360 - 180)
    return rho * math.sin(angle), rho * math.cos(angle) - _RHO


def in_frame(longitude: float, latitude: float) -> tuple[float, float] | None:
    """Return where in the frame a place lies, as fractions of its width and height; None where it is beyond it."""
    x, y = project(longitude, latitude)
    across, down = (x - LEFT) / WIDTH, (y - TOP) / HEIGHT
    return (across, down) if 0 <= across <= 1 and 0 <= down <= 1 else None


def numbers() -> dict[str, float]:
    """Return what a script needs to do the same: static/js/places.js."""
    return {"meridian": MERIDIAN, "n": _N, "f": RADIUS * _F, "rho": _RHO, "left": LEFT, "top": TOP}
