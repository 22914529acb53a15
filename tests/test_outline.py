"""The outline under the map: what it shows, and that it can be drawn anew where its package is at hand."""

from __future__ import annotations

import importlib.util
import os
import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from conflict.charts.projection import HEIGHT, LEFT, TOP, WIDTH, project

ROOT = Path(__file__).resolve().parent.parent
OUTLINE = ROOT / "static" / "img" / "outline.svg"
ATLAS = Path(os.environ.get("WORLD_ATLAS", ROOT.parent / "world-atlas" / "countries-10m.json"))
UNITS = 2


@pytest.fixture(scope="module")
def outline() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outline", ROOT / "fixtures" / "outline.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines_of(part: str) -> list[list[tuple[float, float]]]:
    """Return the lines of a part of the drawing in km, as ``project`` gives them."""
    (d,) = re.findall(rf'id="{part}"[^>]* d="([^"]*)"', OUTLINE.read_text())
    lines = []
    for line in d.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        lines.append([(x / UNITS + LEFT, y / UNITS + TOP) for x, y in points])
    return lines


def is_in(part: str, longitude: float, latitude: float, outline: ModuleType) -> bool:
    """Whether a place lies in an odd number of a part's rings."""
    return sum(outline._holds(ring, project(longitude, latitude)) for ring in lines_of(part)) % 2 == 1


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "country", "land"),
    [
        ("Kyiv", 30.52, 50.45, True, True),
        ("Lviv", 24.03, 49.84, True, True),
        ("Donetsk", 37.8, 48.0, True, True),
        ("Luhansk", 39.3, 48.57, True, True),
        ("Simferopol in Crimea", 34.1, 44.95, True, True),
        ("Kerch in Crimea", 36.4, 45.34, True, True),
        ("Moscow", 37.6, 55.76, False, True),
        ("Chișinău", 28.85, 47.0, False, True),
        ("Minsk", 27.57, 53.9, False, True),
        ("Krasnodar", 38.97, 45.04, False, True),
        ("the Black Sea", 31.5, 44.6, False, False),
        ("the Sea of Azov", 36.5, 46.1, False, False),
    ],
)
def test_each_place_lies_in_its_country_and_on_land_or_sea(outline, place, longitude, latitude, country, land):
    assert is_in("ukraine", longitude, latitude, outline) is country
    assert is_in("land", longitude, latitude, outline) is land


def test_no_border_crosses_the_isthmus_of_perekop_nor_crimea():
    near = [(33.7, 46.1), (34.4, 45.9), (34.1, 44.95), (33.5, 45.4)]
    for line in lines_of("borders"):
        for point in line:
            assert all(abs(point[0] - x) + abs(point[1] - y) > 40 for x, y in (project(*place) for place in near))


def test_outline_is_small_and_says_where_it_is_from():
    text = OUTLINE.read_text()
    assert len(text.encode()) < 40_000
    assert "Natural Earth" in text
    assert "public domain" in text
    assert f'viewBox="0 0 {WIDTH * UNITS:g} {HEIGHT * UNITS:g}"' in text


def test_outline_can_be_drawn_anew_byte_for_byte(outline):
    if not ATLAS.exists():
        pytest.skip(f"{ATLAS} is not there: `npm pack world-atlas@2.0.2`, or WORLD_ATLAS names the file.")
    assert outline.draw(ATLAS.read_bytes()) == OUTLINE.read_text()


def test_another_file_is_refused(outline, tmp_path, monkeypatch, capsys):
    other = tmp_path / "countries-10m.json"
    other.write_text("{}")
    monkeypatch.setattr("sys.argv", ["outline.py", str(other)])
    assert outline.main() == 1
    assert "is not countries-10m.json" in capsys.readouterr().err


def test_simplified_lines_stray_no_farther_than_told(outline):
    line = [(30 + n / 50, 48 + 0.05 * (n % 7) * (-1) ** n) for n in range(200)]
    kept = outline.simplify(line, 3.0)
    assert kept[0] == line[0] and kept[-1] == line[-1] and len(kept) < len(line)
    for point in line:
        place = project(*point)
        sides = pairwise(kept)
        assert min(outline._distance(place, project(*a), project(*b)) for a, b in sides) <= 3.0001


def test_ring_is_cut_at_the_box(outline):
    square = [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)]
    assert outline.area(outline.clip_ring(square, (0.0, 0.0, 5.0, 20.0))) == 50.0
    assert outline.clip_ring(square, (20.0, 20.0, 30.0, 30.0)) == []
