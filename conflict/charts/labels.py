"""Where the names of events stand on a chart, without touching one another.

The server does not know the reader's font. Widths are those of a wide system font, so that a name may take
less room than was kept for it, and never more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conflict.charts.chart import ChartEvent
from conflict.charts.theme import FONT_SIZE

NARROW_LETTERS = frozenset("ijlIft1|.,:;'!()[]-– ")
WIDE_LETTERS = frozenset("mwMWQOДЖШЩЮФмшщюжф—…%")

_BESIDE = 5  # px between an event's line and its name
_APART = 10  # px between two names
_LEFT_ROOM = 20.0  # px that a name may stick out over the value labels
_RIGHT_ROOM = 8.0  # px that it may stick out on the right


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the widths that a chart is laid out for: the least its plot can measure while it is shown."""

    name: str
    plot_width: int  # px
    rows: int  # of event names above the plot
    most_events: int
    most_text: int  # px of one name where there is room, and half of it where there is not


FRAMES = (
    Frame("narrow", plot_width=230, rows=2, most_events=4, most_text=190),
    Frame("medium", plot_width=410, rows=2, most_events=7, most_text=240),
    Frame("wide", plot_width=780, rows=2, most_events=12, most_text=280),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An event whose name found room: ``row`` 0 is the highest, ``side`` where the name stands from its line."""

    event: ChartEvent
    text: str
    row: int
    side: str  # "start": right of the line; "end": left of it


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Estimate the width of a text in pixels, rather too wide than too narrow."""
    ems = sum(0.4 if c in NARROW_LETTERS else 0.95 if c in WIDE_LETTERS else 0.63 for c in text)
    return ems * size


def shorten(text: str, most: float) -> str:
    """Cut a text to ``most`` pixels after a whole word, with an ellipsis; a single long word is cut inside."""
    if text_width(text) <= most:
        return text
    words = text.split()
    while len(words) > 1 and text_width(" ".join(words) + "…") > most:
        words.pop()
    while len(words) > 1 and words[-1].lower() in _DANGLING:
        words.pop()
    kept = " ".join(words).rstrip(",.:;–-")
    while kept and text_width(kept + "…") > most:
        kept = kept[:-1]
    return kept + "…"


_DANGLING = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "by", "with", "from"))
"""English words that must not end a shortened name."""


def place(events: Sequence[ChartEvent], positions: Sequence[float], frame: Frame) -> list[Placed]:
    """Give names to as many events as find room, those of more weight first, and return them by date.

    ``positions`` are the events' places on the plot, 0 to 1. A name keeps clear of every other name in its
    row and of the lines that come down from the rows above it.
    """
    names: dict[int, list[tuple[float, float]]] = {row: [] for row in range(frame.rows)}
    lines: list[tuple[float, int]] = []
    found: list[tuple[float, Placed]] = []
    ranked = sorted(zip(events, positions, strict=True), key=lambda e: (-e[0].weight, e[0].date))
    for event, position in ranked:
        if len(found) >= frame.most_events:
            break
        x = position * frame.plot_width
        for most in (frame.most_text, frame.most_text / 2):
            text = shorten(event.label, most)
            # One or two words of a longer name mislead more than a dot does.
            if text != event.label and len(text.split()) < 3:
                continue
            spot = _free_spot(x, text_width(text), frame, names, lines)
            if spot is None:
                continue
            row, side, left, right = spot
            names[row].append((left, right))
            lines.append((x, row))
            found.append((position, Placed(event, text, row, side)))
            break
    return [placed for _, placed in sorted(found, key=lambda f: (f[0], f[1].row))]


def _free_spot(
    x: float,
    width: float,
    frame: Frame,
    names: dict[int, list[tuple[float, float]]],
    lines: list[tuple[float, int]],
) -> tuple[int, str, float, float] | None:
    """Find the lowest row with room for a name beside x; None when every row is taken."""
    for row in reversed(range(frame.rows)):
        below = [name for lower in range(row + 1, frame.rows) for name in names[lower]]
        for side in ("start", "end"):
            left, right = (x, x + _BESIDE + width) if side == "start" else (x - _BESIDE - width, x)
            if left < -_LEFT_ROOM or right > frame.plot_width + _RIGHT_ROOM:
                continue
            beside_another = any(left < r + _APART and le - _APART < right for le, r in names[row])
            # A line from a row above would run through this name; this line through the names below it.
            crossed = any(upper <= row and left - 3 < at < right + 3 for at, upper in lines)
            crossing = any(le - 3 < x < r + 3 for le, r in below)
            if not (beside_another or crossed or crossing):
                return row, side, left, right
    return None
