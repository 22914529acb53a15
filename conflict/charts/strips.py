"""Events on the scale of the war's days: a strip for each theme, a mark for each event, and how many each month.

A mark's shape says how sure the event is, as in the lists. What reaches over days is drawn over them: a span as
a bar, one that goes on as a bar that leaves the picture, a date known to the month as a thin line over that
month. Places are percentages of the plot and texts are pixels, as in `svg`: what depends on the room is there
once for a phone and once for a wide page, and the stylesheet shows one.

Beyond `MOST_MARKS` events single marks would lie on each other: then a strip shows how many each month holds.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.calendar import last_of_month
from conflict.charts.chart import number_in_words
from conflict.charts.labels import shorten, text_width
from conflict.charts.scale import FRAMES, Frame, Scale
from conflict.charts.svg import _line, _percent, markup

MOST_MARKS = 150
"""So many events are drawn and named one by one."""

ROW = 22  # px from one row of a strip to the next
MARK = 13  # px that a mark keeps for itself
NAME_AT = 9  # px from the middle of a mark to its name
USUAL_NAME = 190  # px that is kept for a name; where nothing follows, up to LONGEST_NAME
LONGEST_NAME = 460
ROWS_FOR_NAMES = 3  # a strip grows to so many rows for the sake of names, and further only for its marks
DENSITY = 44  # px, the height of the picture of how many

SHAPES: Mapping[str, str] = {
    "confirmed": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "reported": "M-4.3 0a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0z",
    "claimed": "M-4.3 0a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0z",
    "disputed": "M-4-4h8v8h-8z",
    "rejected": "M0-5.4L5.4 0 0 5.4-5.4 0zM-2.7-2.7L2.7 2.7",
}
"""The marks of the certainties, around their middle: full, half full and empty circle, square, crossed diamond."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as it is drawn: the days it reaches over (``last`` None: it goes on), and where it leads.

    ``precision`` "month": some day from ``first`` to ``last``, which are those of the month. ``words`` say when,
    what, and how sure, for those who do not see the picture.
    """

    href: str
    name: str
    words: str
    strip: str
    first: dt.date
    last: dt.date | None
    precision: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One theme's events in their order; ``href`` narrows the timeline to the theme."""

    key: str
    name: str
    href: str
    drawing: SafeString
    count: int


# -- The strips ----------------------------------------------------------------------------------------------


def strips(
    happenings: Sequence[Happening], scale: Scale, names: Mapping[str, str], hrefs: Mapping[str, str]
) -> list[Strip]:
    """Draw a strip for each key of ``names`` that has an event, in their order.

    ``hrefs`` give for each strip where its name leads. More than `MOST_MARKS` events become circles, one a month.
    """
    apart = len(happenings) <= MOST_MARKS
    most = max(Counter((h.strip, scale.month_of(h.first)) for h in happenings).values(), default=1)
    found = []
    for key, name in names.items():
        own = sorted((h for h in happenings if h.strip == key), key=lambda h: h.first)
        if own:
            drawn = _marks(own, scale, name) if apart else _circles(own, scale, name, most)
            found.append(Strip(key, name, hrefs[key], drawn, len(own)))
    return found


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mark stands: its row, counted from 0 at the top, and its name if there is room for one."""

    happening: Happening
    row: int
    text: str


def lay_out(happenings: Sequence[Happening], scale: Scale, frame: Frame) -> list[Spot]:
    """Give each mark a row in which it touches no other, and a name where the row has room to its right.

    ``happenings`` ascend by date. A mark goes to the highest row that leaves the name before it whole, else to
    the highest that is free, else, where all rows are taken, over the one that ends first.
    """
    rows: list[list[Happening]] = [[] for _row in range(frame.most_rows)]
    chosen = [_row_of(happening, rows, scale, frame) for happening in happenings]
    following: dict[int, Happening] = {}
    spots = []
    for happening, row in zip(reversed(happenings), reversed(chosen), strict=True):
        after = following.get(row)
        right = _left(after, scale, frame) - 4 if after else frame.plot_width + 8.0
        spots.append(Spot(happening, row, _name(happening, scale, frame, right)))
        following[row] = happening
    return spots[::-1]


def _row_of(happening: Happening, rows: list[list[Happening]], scale: Scale, frame: Frame) -> int:
    left = _left(happening, scale, frame)
    ends = [_right(row[-1], scale, frame) if row else float("-inf") for row in rows]
    named = [
        _right(row[-1], scale, frame) + text_width(shorten(row[-1].name, USUAL_NAME)) if row else ends[n]
        for n, row in enumerate(rows)
    ]
    used = max((n for n, row in enumerate(rows) if row), default=-1)
    free = [n for n in range(len(rows)) if named[n] < left and n <= used + 1 and n < ROWS_FOR_NAMES]
    free = free or [n for n in range(len(rows)) if ends[n] <= left]
    row = free[0] if free else ends.index(min(ends))
    rows[row].append(happening)
    return row


def _name(happening: Happening, scale: Scale, frame: Frame, right: float) -> str:
    room = min(right - _right(happening, scale, frame) - NAME_AT + MARK / 2, LONGEST_NAME)
    text = shorten(happening.name, room) if room > 30 else ""
    # One or two words of a longer name mislead more than a mark alone does.
    return text if text == happening.name or len(text.split()) > 2 else ""


def _left(happening: Happening, scale: Scale, frame: Frame) -> float:
    x = min(_middle(happening, scale), scale.fraction(max(happening.first, scale.start), of_day=0))
    return x * frame.plot_width - MARK / 2


def _right(happening: Happening, scale: Scale, frame: Frame) -> float:
    """Return where the mark ends, and what it reaches over, in pixels."""
    x = _middle(happening, scale) * frame.plot_width + MARK / 2
    if happening.precision == "day":
        return x
    end = 1.0 if happening.last is None else min(scale.fraction(happening.last, of_day=1), 1.0)
    return max(x, end * frame.plot_width)


def _middle(happening: Happening, scale: Scale) -> float:
    """Return where the mark stands: at the day, at a span's first, in the middle of a month; never outside."""
    if happening.precision == "month" and happening.last:
        first, last = max(happening.first, scale.start), min(happening.last, scale.end)
        return (scale.fraction(first, of_day=0) + scale.fraction(last, of_day=1)) / 2
    return max(scale.fraction(happening.first), 0.0)


def _marks(own: Sequence[Happening], scale: Scale, name: str) -> SafeString:
    layouts = [(frame, lay_out(own, scale, frame)) for frame in FRAMES]
    same = layouts[0][1] == layouts[1][1]
    written = []
    for frame, spots in layouts[:1] if same else layouts:
        rows = max(spot.row for spot in spots) + 1
        strip = Element(
            "svg",
            {
                "class": f"strip-plot strip-rows-{rows} {'' if same else frame.classes}".strip(),
                "role": "group",
                "aria-label": name,
            },
        )
        for date in scale.years():
            x = _percent(scale.fraction(date, of_day=0))
            SubElement(strip, "line", {"class": "chart-grid", "x1": x, "x2": x, "y1": "0", "y2": "100%"})
        for spot in spots:
            _mark(strip, spot, scale)
        written.append(markup(strip))
    return SafeString("".join(written))


def _mark(strip: Element, spot: Spot, scale: Scale) -> None:
    happening = spot.happening
    y = ROW * spot.row + ROW / 2 + 2
    link = SubElement(strip, "a", {"href": happening.href, "class": "strip-mark", "aria-label": happening.words})
    SubElement(link, "title").text = happening.words
    if happening.precision != "day":
        _reach(link, happening, scale, y)
    x = _percent(_middle(happening, scale))
    # What can be hit is larger than what is seen.
    SubElement(
        link,
        "rect",
        {
            "class": "strip-hit",
            "x": x,
            "y": str(y - 12),
            "width": "24",
            "height": "24",
            "transform": "translate(-12 0)",
        },
    )
    SubElement(link, "use", {"href": f"#mark-{happening.certainty}", "x": x, "y": str(y)})
    if spot.text:
        beyond = happening.precision != "day" and _end(happening, scale) > _middle(happening, scale)
        at, dx = (_percent(_end(happening, scale)), 5) if beyond else (x, NAME_AT)
        text = SubElement(
            link, "text", {"class": "strip-name", "x": at, "dx": str(dx), "y": str(y), "dy": "0.34em"}
        )
        text.text = spot.text


def _reach(link: Element, happening: Happening, scale: Scale, y: float) -> None:
    """Draw the days that an event reaches over, with an arrow where it goes on, or began before the picture."""
    first = max(scale.fraction(happening.first, of_day=0), 0.0)
    end = _end(happening, scale)
    thin = happening.precision == "month"
    SubElement(
        link,
        "rect",
        {
            "class": "strip-month" if thin else "strip-span",
            "x": _percent(first),
            "width": _percent(max(end - first, 0)),
            "y": str(y - (1 if thin else 2)),
            "height": "2" if thin else "4",
        },
    )
    if happening.last is None or happening.last > scale.end:
        SubElement(link, "use", {"href": "#mark-on", "x": "100%", "y": str(y)})


def _end(happening: Happening, scale: Scale) -> float:
    return 1.0 if happening.last is None else min(scale.fraction(happening.last, of_day=1), 1.0)


def _circles(own: Sequence[Happening], scale: Scale, name: str, most: int) -> SafeString:
    """Draw a circle for each month, its area by how many events begin in it; the count is its title."""
    strip = Element("svg", {"class": "strip-plot strip-rows-1", "role": "img"})
    counts = Counter(scale.month_of(h.first) for h in own)
    fullest = max(counts, key=lambda month: counts[month])
    strip.set(
        "aria-label",
        _("%(theme)s: %(count)s events; most in %(month)s, %(most)s")
        % {
            "theme": name,
            "count": number_in_words(len(own)),
            "month": date_format(fullest, "YEAR_MONTH_FORMAT"),
            "most": number_in_words(counts[fullest]),
        },
    )
    for date in scale.years():
        x = _percent(scale.fraction(date, of_day=0))
        SubElement(strip, "line", {"class": "chart-grid", "x1": x, "x2": x, "y1": "0", "y2": "100%"})
    for month, count in sorted(counts.items()):
        last = min(last_of_month(month), scale.end)
        middle = (scale.fraction(month, of_day=0) + scale.fraction(last, of_day=1)) / 2
        radius = 2 + 9 * (count / most) ** 0.5
        circle = SubElement(
            strip,
            "circle",
            {"class": "strip-many", "cx": _percent(middle), "cy": str(ROW / 2 + 2), "r": f"{radius:.1f}"},
        )
        SubElement(
            circle, "title"
        ).text = f"{_capital(date_format(month, 'YEAR_MONTH_FORMAT'))}: {number_in_words(count)}"
    return markup(strip)


def key_of_shapes() -> SafeString:
    """Return the marks by name, once for a page: every strip draws with them."""
    root = Element("svg", {"class": "strip-shapes", "width": "0", "height": "0", "aria-hidden": "true"})
    for name, path in SHAPES.items():
        shape = SubElement(root, "g", {"id": f"mark-{name}"})
        SubElement(shape, "path", {"class": f"shape shape-{name}", "d": path})
        if name == "reported":
            SubElement(shape, "path", {"class": "shape-full", "d": "M0-4.3a4.3 4.3 0 0 0 0 8.6z"})
    SubElement(root, "path", {"id": "mark-on", "class": "shape-full", "d": "M-1-5L7 0-1 5z"})
    return markup(root)


# -- How many -----------------------------------------------------------------------------------------------


def density(happenings: Sequence[Happening], scale: Scale, hrefs: Mapping[dt.date, str]) -> SafeString:
    """Draw how many events begin in each month, or on each day where the scale is short.

    ``hrefs`` give where a month leads. What is known to the month alone is left out of the days.
    """
    by_day = scale.is_short
    counted = [h for h in happenings if scale.start <= h.first and not (by_day and h.precision == "month")]
    counts = Counter(h.first if by_day else scale.month_of(h.first) for h in counted)
    most = max(counts.values(), default=0)
    root = Element(
        "svg", {"class": "strip-density", "role": "group", "aria-label": _density_words(counts, by_day)}
    )
    for start, count in sorted(counts.items()):
        last = start if by_day else min(last_of_month(start), scale.end)
        left, right = scale.fraction(start, of_day=0), scale.fraction(last, of_day=1)
        height = DENSITY * count / most
        words = date_format(start, "DATE_FORMAT" if by_day else "YEAR_MONTH_FORMAT")
        words = f"{_capital(words)}: {number_in_words(count)}"
        parent = root
        if not by_day and hrefs.get(start.replace(day=1)):
            # Months are chosen by the links above it: sixty more stops of the Tab key would help nobody.
            parent = SubElement(
                root, "a", {"href": hrefs[start.replace(day=1)], "tabindex": "-1", "aria-label": words}
            )
        bar = SubElement(
            parent,
            "rect",
            {
                "class": "strip-bar",
                "x": _percent(left + 0.1 * (right - left)),
                "width": _percent(0.8 * (right - left)),
                "y": f"{DENSITY - height:.1f}",
                "height": f"{height:.1f}",
            },
        )
        SubElement(bar, "title").text = words
    _line(root, "chart-zero", ("0", "100%"), str(DENSITY))
    return markup(root)


def _density_words(counts: Mapping[dt.date, int], by_day: bool) -> str:
    if not counts:
        return _("No event begins in these days.")
    fullest = max(counts, key=lambda date: counts[date])
    words = (
        _("Events a day: the most, %(most)s, on %(date)s.")
        if by_day
        else _("Events a month: the most, %(most)s, in %(date)s.")
    )
    date = date_format(fullest, "DATE_FORMAT" if by_day else "YEAR_MONTH_FORMAT")
    return words % {"most": number_in_words(counts[fullest]), "date": date}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
