"""Pictures that leave the site: a chart, or a card of words and figures, as one SVG of 1200 x 630.

It carries all that a picture must say where no page stands around it: title, unit, notes, source, licence,
version, address. Colours are written out, since no stylesheet goes along, and texts are cut to what the room
holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from conflict.charts import theme
from conflict.charts.axes import TimeAxis, time_axis, time_ticks, value_axis
from conflict.charts.chart import Chart, summary
from conflict.charts.labels import Frame, place, shorten, text_width
from conflict.charts.svg import course, end_labels, markup

WIDTH, HEIGHT = 1200, 630
"""What networks show a shared link with."""

FONT = "Noto Sans"
MARGIN = 48  # px on the left and on the right
INNER = WIDTH - 2 * MARGIN
BOLD = 1.08  # how much wider bold letters are
TITLE_SIZES = (40, 36, 33, 30)  # px: the first with which a title stands in one line, else in two
TEXT, SMALL = 18, 15  # px
STROKE = 10  # units of a path to a pixel


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a picture says of itself, in the reader's language: who stated this, under which terms, where to check.

    ``site`` heads the picture; ``version`` and ``address`` name the ledger's version and the page that shows it.
    """

    site: str
    subject: str
    source: str
    licence: str
    version: str
    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """What stands above a picture's chart or figures: a line of place and time, and the title."""

    title: str
    kicker: str = ""


@dataclass(slots=True)
class _Sheet:
    """A picture being set from its top: ``y`` is where the next thing may begin, ``bottom`` where it must end."""

    root: Element
    y: float = 0.0
    bottom: float = float(HEIGHT)


class _Area(NamedTuple):
    """A part of a picture, in pixels."""

    left: float
    top: float
    width: float
    height: float


def charts_picture(charts: Sequence[Chart], words: Words, imprint: Imprint) -> str:
    """Draw a chart, or one panel beside another, with all their words."""
    notes = list(dict.fromkeys(note for chart in charts for note in chart.notes))
    sheet = _sheet(words, imprint, description=" ".join(map(summary, charts)), notes=notes)
    sheet.y += 14
    if len(charts) == 1:
        _chart(sheet.root, charts[0], _Area(MARGIN, sheet.y, INNER, sheet.bottom - sheet.y), TEXT)
        return markup(sheet.root)
    across = 2 if len(charts) == 4 else min(len(charts), 3 if len(charts) <= 6 else 4)
    down = -(-len(charts) // across)
    width, height = (INNER - 32 * (across - 1)) / across, (sheet.bottom - sheet.y) / down
    for number, chart in enumerate(charts):
        area = _Area(
            MARGIN + number % across * (width + 32), sheet.y + number // across * height, width, height - 10
        )
        name = ", ".join(trace.label for trace in chart.traces) or chart.title
        _text(
            sheet.root,
            _cut(name, width, SMALL * BOLD),
            area.left,
            area.top + 16,
            size=SMALL,
            fill="ink",
            bold=True,
        )
        area = _Area(area.left, area.top + 18, width, area.height - 18)
        _chart(sheet.root, replace(chart, events=()), area, SMALL)
    return markup(sheet.root)


def card(
    words: Words,
    imprint: Imprint,
    *,
    paragraph: str = "",
    rows: Sequence[tuple[str, str, str]] = (),
) -> str:
    """Set a card of words: a paragraph, then rows of (name, figure, beside it) in two columns, as many as fit."""
    sheet = _sheet(words, imprint, description=paragraph)
    sheet.y += 12
    most = int((sheet.bottom - sheet.y) // 36)
    for line in _wrapped(paragraph, INNER, 25, most=most):
        sheet.y += 36
        _text(sheet.root, line, MARGIN, sheet.y, size=25, fill="ink")
    column = (INNER - 48) / 2
    step = 34
    room = max(0, int((sheet.bottom - sheet.y - 8) // step))
    shown = rows[: 2 * room]
    half = -(-len(shown) // 2)
    for number, (name, figure, beside) in enumerate(shown):
        left = MARGIN + (column + 48) * (number // half)
        y = sheet.y + 8 + step * (number % half + 1)
        _line(sheet.root, "rule", left, y - 25, left + column)
        _text(sheet.root, shorten(name, column * 0.58 * 12 / 19), left, y, size=19, fill="ink")
        _text(sheet.root, figure, left + column - 110, y, size=19, fill="ink", anchor="end", bold=True)
        _text(sheet.root, beside, left + column, y, size=17, anchor="end")
    return markup(sheet.root)


def _sheet(words: Words, imprint: Imprint, *, description: str, notes: Sequence[str] = ()) -> _Sheet:
    """Begin a picture: its name for screen readers, head, title, and at the bottom where it comes from."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "font-family": f"'{FONT}', system-ui, sans-serif",
            "role": "img",
            "aria-labelledby": "name description",
        },
    )
    SubElement(root, "title", {"id": "name"}).text = words.title
    said = (description, imprint.source, imprint.licence, imprint.version, imprint.address)
    SubElement(root, "desc", {"id": "description"}).text = " ".join(s for s in said if s)
    SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": theme.LIGHT["paper"]})
    _text(root, imprint.site, MARGIN, 46, size=22, fill="accent", bold=True)
    left = MARGIN + text_width(imprint.site, 22 * BOLD) + 24
    _text(root, _cut(imprint.subject, WIDTH - MARGIN - left, TEXT), WIDTH - MARGIN, 46, size=TEXT, anchor="end")
    _line(root, "ink", MARGIN, 62, WIDTH - MARGIN, thick=2)
    sheet = _Sheet(root, y=66.0)
    _foot(sheet, imprint, notes)
    if words.kicker:
        sheet.y += 30
        _text(root, _cut(words.kicker, INNER, 20), MARGIN, sheet.y, size=20)
    size = next(
        (s for most in (1, 2) for s in TITLE_SIZES if len(_wrapped(words.title, INNER, s * BOLD)) <= most),
        TITLE_SIZES[-1],
    )
    for line in _wrapped(words.title, INNER, size * BOLD, most=2):
        sheet.y += round(size * 1.2)
        _text(root, line, MARGIN, sheet.y, size=size, fill="ink", bold=True)
    return sheet


def _foot(sheet: _Sheet, imprint: Imprint, notes: Sequence[str]) -> None:
    """Set notes, source, licence, version and address at the bottom, upwards, so that none is left out."""
    lines = [
        (line, "ink-2") for note in (imprint.source, imprint.licence) for line in _wrapped(note, INNER, SMALL)
    ]
    lines += [(line, "ink-2") for line in _wrapped(f"{imprint.version} · {imprint.address}", INNER, SMALL)]
    above = [(line, "ink") for note in notes for line in _wrapped(note, INNER, SMALL)]
    sheet.bottom = HEIGHT - 22
    for line, fill in reversed(lines):
        _text(sheet.root, line, MARGIN, sheet.bottom, size=SMALL, fill=fill)
        sheet.bottom -= 20
    sheet.bottom += 20 - SMALL - 9
    _line(sheet.root, "rule", MARGIN, sheet.bottom, WIDTH - MARGIN)
    sheet.bottom -= 12
    for line, fill in reversed(above):
        _text(sheet.root, line, MARGIN, sheet.bottom, size=SMALL, fill=fill)
        sheet.bottom -= 20
    sheet.bottom -= 6


def _chart(root: Element, chart: Chart, area: _Area, size: int) -> None:
    """Draw axes, courses, names and events of a chart in its area, with texts of a size."""
    if not chart.numbers or chart.start is None:
        _text(
            root, _cut(_("No figures in this range."), area.width, size), area.left, area.top + 2 * size, size=size
        )
        return
    values, time = value_axis(chart), time_axis(chart)
    _text(root, _cut(chart.y_label, area.width, size), area.left, area.top + size, size=size)
    top = area.top + size + (44 if chart.events else 0) + 18
    height = max(30, round(area.top + area.height - size - 8 - top))
    ends = end_labels(chart, values, apart=(size + 5) / height)
    widest = max((text_width(trace.label, size) for trace, _i, _h in ends), default=0.0)
    if widest > area.width / 4:
        ends = []
    left = round(area.left + max(text_width(label, size) for _v, label in values.ticks)) + 12
    width = round(area.left + area.width - left - (widest + 12 if ends else 0))
    if len(chart.traces) > 1 and not ends:
        _key(root, chart, area.left + text_width(chart.y_label, size) + 40, area.top + size)
    for value, label in values.ticks:
        y = top + (1 - values.fraction(value)) * height
        _line(root, "rule", left, y, left + width)
        _text(root, label, left - 12, y + size / 3, size=size, anchor="end")
    for date, label in time_ticks(chart, width=width * theme.FONT_SIZE / size):
        x = left + time.fraction(date.toordinal()) * width
        _box(root, "ink-2", x, top + height, 1, 6)
        _text(root, label, x, top + height + size + 8, size=size, anchor="middle")
    group = SubElement(root, "g", {"transform": f"translate({left} {top:.1f}) scale({1 / STROKE})"})
    for index, trace in enumerate(chart.traces):
        course(group, chart, trace, index, values, time, (width * STROKE, height * STROKE))
    for path in group:
        _color(path)
    zero = top + (1 - values.fraction(max(0.0, values.low))) * height
    _line(root, "ink-2", left, zero, left + width)
    for trace, index, part in ends:
        y = top + part * height + size / 3
        _text(root, trace.label, left + width + 12, y, size=size, fill=f"series-{index}")
    _events(root, chart, time, _Area(left, top, width, height))


def _events(root: Element, chart: Chart, time: TimeAxis, plot: _Area) -> None:
    """Name the events that find room above the plot, and draw their days down through it."""
    small = theme.FONT_SIZE / SMALL
    frame = Frame("picture", plot_width=int(plot.width * small), rows=2, most_events=9, most_text=300)
    for spot in place(chart.events, [time.fraction(e.date.toordinal()) for e in chart.events], frame):
        x = plot.left + time.fraction(spot.event.date.toordinal()) * plot.width
        y = plot.top - (frame.rows - spot.row) * 22 + 8
        attributes = {"stroke": theme.LIGHT["ink-2"], "stroke-dasharray": "2 3"}
        SubElement(
            root,
            "path",
            {"d": f"M{x:.1f} {y - 12:.1f}V{plot.top + plot.height:.1f}", "fill": "none", **attributes},
        )
        beside, anchor = (6, "start") if spot.side == "start" else (-6, "end")
        _text(root, spot.text, x + beside, y, size=SMALL, fill="ink", anchor=anchor)


def _key(root: Element, chart: Chart, x: float, y: float) -> None:
    """Name the traces in one line, each behind a piece of its colour; what does not fit is cut."""
    for index, trace in enumerate(chart.traces):
        label = _cut(trace.label, WIDTH - MARGIN - x - 30, TEXT)
        if not label.strip("…"):
            return
        _box(root, theme.series_token(index), x, y - 8, 22, 4)
        _text(root, label, x + 30, y, size=TEXT, fill="ink")
        x += 30 + text_width(label, TEXT) + 24


def _color(path: Element) -> None:
    """Write out the colours and strokes that a path's classes stand for in static/css/site.css."""
    classes = path.attrib.pop("class").split()
    light = "chart-light" in classes
    ink = next((c.replace("chart-ink", "series") for c in classes if c.startswith("chart-ink-")), "accent")
    if "chart-area" in classes:
        path.attrib |= {"fill": theme.LIGHT["accent-soft"]}
    elif "chart-bar" in classes:
        path.attrib |= {"fill": theme.LIGHT["accent"]}
        if light:
            path.attrib |= {"fill-opacity": str(theme.SPAN_OPACITY)}
    else:
        wide = 7.0 if "chart-dots" in classes else 2.0 if light else 3.0
        path.attrib |= {"fill": "none", "stroke": theme.LIGHT[ink], "stroke-width": str(round(wide * STROKE))}
        path.attrib |= {"stroke-linejoin": "round"}
        if "chart-dots" in classes:
            path.attrib |= {"stroke-linecap": "round"}
        if light:
            path.attrib |= {"stroke-dasharray": f"{3 * STROKE} {4 * STROKE}"}


def _wrapped(text: str, width: float, size: float, *, most: int | None = None) -> list[str]:
    """Break a text into lines of a width; a word longer than a line, an address say, is broken inside.

    With ``most`` lines allowed, the last ends with an ellipsis where more would follow.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if text_width(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while text_width(word, size) > width:
            cut = len(word)
            while text_width(word[:cut], size) > width:
                cut -= 1
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    lines += [line] if line else []
    if most is not None and len(lines) > most:
        return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, size)] if most > 0 else []
    return lines


def _cut(text: str, width: float, size: float) -> str:
    """Shorten a text to a width in pixels at a size."""
    return shorten(text, width * theme.FONT_SIZE / size) if width > 0 else ""


def _text(
    parent: Element,
    text: str,
    x: float,
    y: float,
    *,
    size: int,
    fill: str = "ink-2",
    anchor: str = "start",
    bold: bool = False,
) -> None:
    if not text:
        return
    attributes = {"x": f"{x:.0f}", "y": f"{y:.0f}", "font-size": str(size), "fill": theme.LIGHT[fill]}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    if bold:
        attributes["font-weight"] = "700"
    SubElement(parent, "text", attributes).text = text


def _line(parent: Element, token: str, left: float, y: float, right: float, *, thick: int = 1) -> None:
    _box(parent, token, left, y, right - left, thick)


def _box(parent: Element, token: str, x: float, y: float, width: float, height: float) -> None:
    at = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    SubElement(parent, "rect", {**at, "fill": theme.LIGHT[token]})
