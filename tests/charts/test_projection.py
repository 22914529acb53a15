"""The projection of the map, against its textbook form, and the frame that it fills."""

from __future__ import annotations

import math
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from conflict.charts.projection import HEIGHT, MERIDIAN, PARALLELS, RADIUS, WIDTH, in_frame, project

ROOT = Path(__file__).resolve().parent.parent.parent


def textbook(longitude: float, latitude: float) -> tuple[float, float]:
    """Snyder, Map Projections, formulas 15-1 to 15-4, with every step written out; y grows to the north."""
    phi, phi_1, phi_2, phi_0 = (math.radians(a) for a in (latitude, *PARALLELS, 48.5))
    quarter = math.pi / 4
    n = (math.log(math.cos(phi_1)) - math.log(math.cos(phi_2))) / (
        math.log(math.tan(quarter + phi_2 / 2)) - math.log(math.tan(quarter + phi_1 / 2))
    )
    big_f = math.cos(phi_1) * math.pow(math.tan(quarter + phi_1 / 2), n) / n
    rho = RADIUS * big_f / math.pow(math.tan(quarter + phi / 2), n)
    rho_0 = RADIUS * big_f / math.pow(math.tan(quarter + phi_0 / 2), n)
    theta = n * (math.radians(longitude) - math.radians(MERIDIAN))
    return rho * math.sin(theta), rho_0 - rho * math.cos(theta)


@given(st.floats(-100, 160), st.floats(-80, 89))
def test_projection_is_the_textbooks(longitude, latitude):
    x, y = project(longitude, latitude)
    east, north = textbook(longitude, latitude)
    assert x == approx(east, rel=1e-9, abs=1e-6)
    assert y == approx(-north, rel=1e-9, abs=1e-6)


@given(st.floats(21.5, 41.5), st.floats(44, 56), st.floats(0, 360))
def test_scale_is_true_within_a_hundredth_in_the_frame_whatever_the_direction(longitude, latitude, bearing):
    step = 0.01  # degrees
    dy = step * math.cos(math.radians(bearing))
    dx = step * math.sin(math.radians(bearing)) / math.cos(math.radians(latitude))
    (ax, ay), (bx, by) = project(longitude, latitude), project(longitude + dx, latitude + dy)
    assert math.hypot(bx - ax, by - ay) == approx(RADIUS * math.radians(step), rel=0.01)


def test_frame_holds_all_of_ukraine_and_moscow_and_nothing_far_away():
    corners = [(22.14, 48.1), (40.22, 49.3), (33.0, 52.37), (33.7, 44.39), (37.6, 55.76), (39.7, 47.2)]
    for corner in corners:
        across, down = in_frame(*corner) or (None, None)
        assert 0 < across < 1
        assert 0 < down < 1
    for beyond in [(4.35, 50.85), (-43.17, -22.9), (125.76, 39.04), (0, 90), (0, -90), (180, 0), (-180, 0)]:
        assert in_frame(*beyond) is None


def test_stylesheet_gives_the_map_the_shape_of_the_frame():
    shape = re.search(r"\.map \{[^}]*aspect-ratio: (\d+) / (\d+)", (ROOT / "static/css/site.css").read_text())
    assert shape is not None
    assert (float(shape[1]), float(shape[2])) == (WIDTH, HEIGHT)
