"""Where the names of events stand on a chart, without touching one another.

The server does not know the reader's font. Widths are those of a wide system font, so that a name may take
less room than was kept for it, and never more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    ``positions`` are the events' places on the plot, 0 to 1. A name keeps clear of every other name in its row
    and of the lines that come down from the rows above it.
    """
    spots: list[_Spot] = []
    waiting = sorted(zip(events, positions, strict=True), key=lambda e: (-e[0].weight, e[0].date))
    # High rows leave the most room while names are sought. Then all come down to the plot as far as they can,
    # which opens the high rows for a second round.
    for _round in range(2):
        left_out = []
        for event, position in waiting:
            spot = _find_spot(event, position, frame, spots) if len(spots) < frame.most_events else None
            if spot:
                spots.append(spot)
            else:
                left_out.append((event, position))
        waiting = left_out
        _lower(spots, frame)
    spots.sort(key=lambda spot: (spot.x, spot.row))
    return [Placed(s.event, s.text, s.row, "start" if s.left == s.x else "end") for s in spots]


def _lower(spots: list[_Spot], frame: Frame) -> None:
    """Bring each name down to the lowest row in which it stays free of the others."""
    for i, spot in enumerate(spots):
        others = spots[:i] + spots[i + 1 :]
        for row in reversed(range(spot.row + 1, frame.rows)):
            if _is_free(lower := replace(spot, row=row), others):
                spots[i] = lower
                break


@dataclass(frozen=True, slots=True)
class _Spot:
    """A name with its line at ``x``; ``left`` and ``right`` are the ends of both together, in pixels."""

    event: ChartEvent
    text: str
    row: int
    x: float
    left: float
    right: float


def _find_spot(event: ChartEvent, position: float, frame: Frame, taken: Sequence[_Spot]) -> _Spot | None:
    x = position * frame.plot_width
    for most in (frame.most_text, frame.most_text / 2):
        text = shorten(event.label, most)
        # One or two words of a longer name mislead more than a dot does.
        if text != event.label and len(text.split()) < 3:
            continue
        width = _BESIDE + text_width(text)
        for row in range(frame.rows):
            for left, right in ((x, x + width), (x - width, x)):
                spot = _Spot(event, text, row, x, left, right)
                on_page = left >= -_LEFT_ROOM and right <= frame.plot_width + _RIGHT_ROOM
                if on_page and _is_free(spot, taken):
                    return spot
    return None


def _is_free(spot: _Spot, others: Sequence[_Spot]) -> bool:
    """Whether a name touches no other in its row, and no line runs through a name of a lower row."""
    for other in others:
        if spot.row == other.row and spot.left < other.right + _APART and other.left - _APART < spot.right:
            return False
        upper, lower = (spot, other) if spot.row < other.row else (other, spot)
        if upper.row < lower.row and lower.left - 3 < upper.x < lower.right + 3:
            return False
    return True
