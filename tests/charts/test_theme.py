"""The stylesheets hold the theme's colours, and every reader can tell them apart."""

import itertools
import math
import re
from pathlib import Path

import pytest

from conflict.analysis.levels import STEPS
from conflict.charts import theme

CSS = Path(__file__).resolve().parent.parent.parent / "static" / "css"

# Full dichromacy, on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen(color, sight):
    rgb = linear(color)
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in SIGHTS[sight]]


def oklab(rgb):
    r, g, b = rgb
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def contrast(one, other):
    def luminance(color):
        r, g, b = linear(color)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_the_colours_of_categories_differ_to_every_sight(palette, sight):
    colors = [oklab(seen(palette[theme.series_token(n)], sight)) for n in range(theme.SERIES)]
    # 0.02 is about one just noticeable difference in Oklab; thin lines need several.
    assert min(math.dist(a, b) for a, b in itertools.combinations(colors, 2)) >= 0.09


PRINT = {**theme.LIGHT, "paper": "#ffffff"}


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK, PRINT], ids=["light", "dark", "print"])
def test_every_line_stands_out_from_the_paper_and_every_text_can_be_read(palette):
    for n in range(theme.SERIES):
        assert contrast(palette[theme.series_token(n)], palette["paper"]) >= 3
    for token in ("ink", "ink-2", "accent"):
        assert contrast(palette[token], palette["paper"]) >= 4.5


def test_the_stylesheets_hold_the_theme_s_colours():
    written = "\n".join(path.read_text() for path in CSS.glob("*.css"))
    declared = re.findall(r"(--[\w-]+: light-dark\([^)]*\);)", written)
    for token in theme.LIGHT:
        ours = [d for d in declared if d.startswith(f"--{token}:")]
        assert set(ours) == {f"--{token}: light-dark({theme.LIGHT[token]}, {theme.DARK[token]});"}, token


def test_the_seventh_trace_takes_the_first_colour_again():
    assert theme.series_token(6) == theme.series_token(0) == "series-1"


def shades(palette):
    """Read the shades of the calendars from the stylesheet and mix them as a browser does, in OKLab."""
    text = (CSS / "site.css").read_text(encoding="utf-8")
    found = []
    for step in range(1, STEPS + 1):
        rule = re.search(rf"\.shade-{step} {{ fill: ([^;]*);", text)[1]
        mixed = re.fullmatch(r"color-mix\(in oklab, var\(--([\w-]+)\) (\d+)%, var\(--([\w-]+)\)\)", rule)
        first, share, second = (
            mixed.groups() if mixed else (re.fullmatch(r"var\(--([\w-]+)\)", rule)[1], "100", "ink")
        )
        one, other = (oklab(linear(palette[token])) for token in (first, second))
        part = int(share) / 100
        found.append([part * a + (1 - part) * b for a, b in zip(one, other, strict=True)])
    return found


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_shades_of_calendars_are_told_apart_by_lightness_alone(palette):
    """So every sight, and a print without colour, reads them in the same order, away from the paper."""
    paper = oklab(linear(palette["paper"]))[0]
    away = [abs(lightness - paper) for lightness, _a, _b in shades(palette)]
    assert all(after - before > 0.09 for before, after in itertools.pairwise(away)), away
    assert away[0] > 0.05
