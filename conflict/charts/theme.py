"""The colours and measures that stylesheet, SVG and Plotly share.

The stylesheet holds the same values as custom properties (`--accent`, `--series-2`): SVG on a page takes
them from there through classes, the script resolves them for Plotly, and only pictures that leave the site
need the values themselves. A test keeps both sides equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SERIES = 6
"""How many categories one picture can tell apart, with normal sight and with each colour blindness."""

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#fbf9f4",
        "sheet": "#ffffff",
        "ink": "#1b1d21",
        "ink-2": "#5a5f69",
        "rule": "#dcd7cc",
        "accent": "#0b5c7a",
        "accent-soft": "#d9e9ef",
        "flag": "#a3400b",
        "series-1": "#0b5c7a",
        "series-2": "#943d0c",
        "series-3": "#667ce4",
        "series-4": "#a97821",
        "series-5": "#6a2029",
        "series-6": "#9988a7",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#14171c",
        "sheet": "#1a1e25",
        "ink": "#e8e6e1",
        "ink-2": "#a3a8b3",
        "rule": "#2e343e",
        "accent": "#6cc3e0",
        "accent-soft": "#173542",
        "flag": "#f0a05a",
        "series-1": "#6cc3e0",
        "series-2": "#d07824",
        "series-3": "#8c70c8",
        "series-4": "#ecb92f",
        "series-5": "#915158",
        "series-6": "#aef5db",
    }
)

FONT_SIZE = 12  # px, of every text in a chart, at every width
SPAN_OPACITY = 0.45  # of bars and lines across days without a report


def series_token(index: int) -> str:
    """Name the colour of the ``index``-th trace, counted from 0; beyond six the colours begin again."""
    return f"series-{index % SERIES + 1}"
