"""Figures that the headline of a report spells out, read from the address that is made of it.

The ministry's page of a report has its headline in its address, transliterated: ``.../1-270-osib-28-bpla-ta-
37-artsistem``, "1,270 persons, 28 UAVs and 37 artillery systems". Such a figure is the day's change or the
total; which of the two is for the reader to find out.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

WORDS = {
    "personnel": r"osib|osobi|okupant\w*",
    "tanks": r"tank\w*",
    "armoured-vehicles": r"bojov\w+-bronovan\w+|bbm",
    "artillery": r"artsistem\w*|artilerijsk\w+-sistem\w*",
    "mlrs": r"rszv",
    "air-defence": r"zas(?:i|o)b\w*-ppo",
    "aircraft": r"litak\w*",
    "helicopters": r"(?:gelikopter|vertol)\w*",
    "uavs": r"bpla",
    "cruise-missiles": r"krilat\w+-raket\w*",
    "ships": r"korabl\w*",
}
"""How the words of the headlines read in addresses, by category."""

_BETWEEN = r"-(?:(?:odinicz|vorozh\w+|rosijsk\w+)-)*"
_FIGURE = re.compile(
    r"(?<!\w)(?P<figure>[0-9]{1,3}(?:-[0-9]{3}){1,2}|[0-9]{1,9})"
    + _BETWEEN
    + "(?:"
    + "|".join(f"(?P<{slug.replace('-', '_')}>{words})" for slug, words in WORDS.items())
    + r")(?![^\W_])"
)


def figures_in_address(address: str) -> dict[str, int]:
    """Return the figure that an address gives for each category, in no doubt; a category named twice is left out.

    An address that is no web address, or spells out nothing, gives none.
    """
    path = unquote(address.partition("://")[2].partition("/")[2])
    found: dict[str, int] = {}
    twice = set()
    for match in _FIGURE.finditer(path):
        slug = next(name for name in WORDS if match[name.replace("-", "_")])
        if slug in found:
            twice.add(slug)
        found[slug] = int(match["figure"].replace("-", ""))
    return {slug: figure for slug, figure in found.items() if slug not in twice}
