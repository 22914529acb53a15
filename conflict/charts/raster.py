"""A standalone SVG as PNG, with the letters of a font that a package brings: the renderer has none of its own."""

from __future__ import annotations

from functools import cache

from conflict.charts.standalone import FONT


def png(svg: str) -> bytes:
    """Render a picture of `charts.standalone` at its own size. Raises ValueError where the SVG cannot be read."""
    import resvg_py  # late: 20 ms that no page needs

    made = resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=list(font_files()),
        font_family=FONT,
        sans_serif_family=FONT,
    )
    return bytes(made)


@cache
def font_files() -> tuple[str, ...]:
    """Return the upright letters of the font, in all weights."""
    import fontpkg

    return (str(fontpkg.path(FONT)),)
