"""A chart as SVG on the server: the first paint, the page without JavaScript, and print.

One drawing serves every width. Places are percentages of the plot, texts and strokes are pixels, and the
stylesheet (static/css/site.css) gives the plot its height and margins; so a text has 12 px on a phone and
on a wall, and Plotly, which lays out the same way, can stand exactly in its place. Only what depends on the
room (which events are named, which dates are labelled) is there once for each of `FRAMES`, and media queries
show one.

Colours come from classes. The markup is built as a tree, so that every text and address in it is escaped.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.series import Measured, Value
from conflict.charts import theme
from conflict.charts.axes import TimeAxis, ValueAxis, time_axis, time_ticks, value_axis
from conflict.charts.chart import Chart, ChartEvent, Trace, summary
from conflict.charts.courses import Run, block_runs, line_runs, lone_values, simplify, stretches
from conflict.charts.labels import FRAMES, Placed, place, text_width

WIDTH, HEIGHT = 12_000, 3_000  # the units of paths: a tenth of a pixel in a plot of 1,200 x 300
TOLERANCE = 3.0  # units a simplified line may stray

ROW = 18  # px from one row of event names to the next
MARGIN_STEP = 8  # px; the margins beside the plot are classes in such steps
LABEL_GAP = 8  # px between the plot and the labels beside it
WIDE_PLOT_HEIGHT = 270  # px; must match the stylesheet's wide box
Place = Callable[[float, float], tuple[float, float]]  # (ordinal of a day, value) to units of a path

BARS_APART = 80  # so many bars still stand apart; more of them become one contour


def drawing(chart: Chart) -> SafeString:
    """Draw a chart as the `<div class="chart-box">` of a page, safe to put into a template as it is.

    The picture is one image with `summary` as its name; the events lie over it as links, in the order of
    dates. A chart without figures says so in its place.
    """
    if not chart.numbers or chart.start is None:
        box = Element("div", {"class": "chart-box chart-empty"})
        SubElement(box, "p").text = _("No figures in this range.")
        return markup(box)
    values, time = value_axis(chart), time_axis(chart)
    left = math.ceil((max(text_width(label) for _, label in values.ticks) + LABEL_GAP) / MARGIN_STEP)
    ends = end_labels(chart, values)
    classes = ["chart-box", f"chart-left-{min(left, 14)}"]
    if chart.events:
        classes.append("chart-has-events")
    if ends:
        right = math.ceil((max(text_width(t.label) for t in chart.traces) + LABEL_GAP) / MARGIN_STEP)
        classes.append(f"chart-right-{min(right, 22)}")
    root = Element("div", {"class": "chart-figure"})
    if len(chart.traces) > 1:
        _legend(root, chart, hidden_where_wide=bool(ends))
    box = SubElement(root, "div", {"class": " ".join(classes)})
    plot = SubElement(box, "div", {"class": "chart-plot"})
    picture = SubElement(plot, "svg", {"class": "chart-picture", "role": "img", "aria-label": summary(chart)})
    _grid(picture, chart, values, time, left * MARGIN_STEP)
    paths = SubElement(
        picture,
        "svg",
        {
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "preserveAspectRatio": "none",
            "class": "chart-paths",
            "role": "none",
        },
    )
    for index, trace in enumerate(chart.traces):
        course(paths, chart, trace, index, values, time)
    _line(picture, "chart-zero", ("0", "100%"), _percent(1 - values.fraction(max(0.0, values.low))))
    for trace, index, height in ends:
        text = SubElement(
            picture,
            "text",
            {"class": f"chart-end chart-ink-{index} chart-at-wide", "x": "100%", "dx": "8", "y": _percent(height)},
        )
        text.text = trace.label
    if chart.events:
        _events(plot, chart, time)
    if chart.marks:
        _marks(plot, chart, time)
    # Only the script that can move through the values, or zoom, shows these.
    keys = {"role": "slider", "tabindex": "0", "aria-valuemin": "1", "aria-valuemax": "1", "aria-valuenow": "1"}
    name = _("Values one by one: arrow keys, Page Up and Down, Home and End")
    SubElement(plot, "div", {"class": "chart-keys", **keys, "aria-label": name, "hidden": ""})
    reset = SubElement(box, "button", {"type": "button", "class": "chart-reset", "hidden": ""})
    reset.text = _("Show the whole range")
    return markup(root)


def sparkline(measured: Measured, *, label: str) -> SafeString:
    """Draw the course of a measure as a picture of 150 x 28 for a table row, ``label`` being its name.

    The picture begins at zero (lower where a value is negative). Unknown values leave a hole; a value that
    stands alone is a dot. Without a known value the picture is empty, and its name must say so.
    """
    root = Element("svg", {"class": "spark-box", "viewBox": "0 0 150 28", "role": "img", "aria-label": label})
    known = [v.value for v in measured.values if v.value is not None]
    if known:
        low, high = min(0.0, *known), max(0.0, *known)
        first, last = measured.values[0].end.toordinal(), measured.values[-1].end.toordinal()

        def point(value: Value) -> str:
            x = 1.5 + 147 * (value.end.toordinal() - first) / ((last - first) or 1)
            y = 26 - 24 * ((value.value or 0) - low) / ((high - low) or 1)
            return f"{_short(x)},{_short(y)}"

        for run in _known_runs(measured.values):
            points = " ".join(point(v) for v in run)
            SubElement(
                root, "polyline", {"class": "spark", "points": points if len(run) > 1 else f"{points} {points}"}
            )
    return markup(root)


def _grid(picture: Element, chart: Chart, values: ValueAxis, time: TimeAxis, left: int) -> None:
    top = -(2 * ROW + 14) if chart.events else -12
    unit = SubElement(picture, "text", {"class": "chart-unit", "x": str(-left), "y": str(top)})
    unit.text = chart.y_label
    # What a zoomed Plotly chart replaces stands in a group of its own.
    scale = SubElement(picture, "g", {"class": "chart-scale"})
    for value, label in values.ticks:
        y = _percent(1 - values.fraction(value))
        _line(scale, "chart-grid", ("0", "100%"), y)
        text = SubElement(
            scale, "text", {"class": "chart-tick chart-tick-y", "x": str(-LABEL_GAP), "y": y, "dy": "0.33em"}
        )
        text.text = label
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for frame in FRAMES:
        for date, label in time_ticks(chart, width=frame.plot_width):
            seen[_percent(time.fraction(date.toordinal())), label].append(frame.name)
    for (x, label), frames in seen.items():
        group = SubElement(scale, "g", {"class": _shown_in(frames)} if len(frames) < len(FRAMES) else {})
        SubElement(group, "rect", {"class": "chart-mark", "x": x, "y": "100%", "width": "1", "height": "5"})
        text = SubElement(group, "text", {"class": "chart-tick chart-tick-x", "x": x, "y": "100%", "dy": "20"})
        text.text = label


def course(
    paths: Element,
    chart: Chart,
    trace: Trace,
    index: int,
    values: ValueAxis,
    time: TimeAxis,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> None:
    """Add the paths of one trace to a picture whose plot measures ``size`` tenths of a pixel."""
    width, height = size

    def at(day: float, value: float) -> tuple[float, float]:
        return time.fraction(day) * width, (1 - values.fraction(value)) * height

    base = (1 - values.fraction(0.0 if not values.log else values.low)) * height
    ink = theme.series_token(index).replace("series", "chart-ink")
    runs = block_runs(chart, trace) if chart.spans_days else line_runs(chart, trace)
    if chart.kind == "bars":
        apart = sum(len(run.values) for run in runs) <= BARS_APART
        for light in (False, True):
            drawn = "".join(_bars(run, at, base, apart=apart) for run in runs if run.light == light)
            _path(paths, f"chart-bar{' chart-light' if light else ''}", drawn)
        return
    lines = {
        id(run): [corner for v in run.values for corner in _top(v, at)]
        if chart.spans_days
        else _thinned(run.values, at)
        for run in runs
    }
    if chart.kind == "area":  # its upper edge is the line itself
        tops = [[point for run in joined for point in lines[id(run)]] for joined in stretches(runs)]
        areas = [_joined([(top[0][0], base), *top, (top[-1][0], base)]) + "z" for top in tops]
        _path(paths, "chart-area", "".join(areas))
    for light in (False, True):
        drawn = "".join(_joined(lines[id(run)]) for run in runs if run.light == light)
        _path(paths, f"chart-line {ink}{' chart-light' if light else ''}", drawn)
    if not chart.spans_days:
        dots = (at(v.end.toordinal(), v.value or 0) for v in lone_values(chart, trace, runs))
        _path(paths, f"chart-dots {ink}", "".join(f"M{round(x)} {round(y)}h0" for x, y in dots))


def _thinned(values: Iterable[Value], at: Place) -> list[tuple[float, float]]:
    return list(simplify([at(v.end.toordinal(), v.value or 0) for v in values], TOLERANCE))


def _top(value: Value, at: Place) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give the two upper corners of a bar: half a day around the days it speaks of."""
    return (
        at(value.start.toordinal() - 0.5, value.value or 0),
        at(value.end.toordinal() + 0.5, value.value or 0),
    )


def _bars(run: Run, at: Place, base: float, *, apart: bool) -> str:
    if not apart:
        corners = [corner for v in run.values for corner in _top(v, at)]
        return _joined([(corners[0][0], base), *corners, (corners[-1][0], base)]) + "z"
    drawn = []
    for value in run.values:
        (left, y), (right, _y) = _top(value, at)
        inset = (right - left) * 0.08
        drawn.append(
            _joined([(left + inset, base), (left + inset, y), (right - inset, y), (right - inset, base)]) + "z"
        )
    return "".join(drawn)


def _events(plot: Element, chart: Chart, time: TimeAxis) -> None:
    """Lay the events over the picture: a line and a name where there is room, elsewhere a dot at the top."""
    overlay = SubElement(plot, "svg", {"class": "chart-events", "role": "group", "aria-label": _("Events")})
    positions = [time.fraction(e.date.toordinal()) for e in chart.events]
    named: dict[int, dict[Placed, list[str]]] = defaultdict(lambda: defaultdict(list))
    dotted: dict[int, list[str]] = defaultdict(list)
    for frame in FRAMES:
        placed = {id(p.event): p for p in place(chart.events, positions, frame)}
        for number, event in enumerate(chart.events):
            if id(event) in placed:
                named[number][placed[id(event)]].append(frame.name)
            elif frame.name != "narrow":
                dotted[number].append(frame.name)
    for number, event in enumerate(chart.events):
        x = _percent(positions[number])
        for spot, frames in named[number].items():
            link = _event_link(overlay, event, frames)
            y = str(-(_rows(frames) - spot.row) * ROW + 2)
            SubElement(link, "line", {"class": "chart-event-line", "x1": x, "x2": x, "y1": y, "y2": "100%"})
            _event_name(link, spot.text, x, y, starts=spot.side == "start")
            if spot.text != event.label:
                SubElement(link, "title").text = event.label
        if dotted[number]:
            link = _event_link(overlay, event, dotted[number], "chart-event-small")
            SubElement(link, "circle", {"class": "chart-event-dot", "cx": x, "cy": "0", "r": "2.5"})
            # Shown while the dot is pointed at or focused.
            _event_name(link, event.label, x, str(2 - ROW), starts=positions[number] < 0.5)


def _marks(plot: Element, chart: Chart, time: TimeAxis) -> None:
    """Lay what was found of figures under the axis; where one points, its words stand in place of the dates."""
    overlay = SubElement(
        plot, "svg", {"class": "chart-events", "role": "group", "aria-label": _("Findings and changed figures")}
    )
    for mark in chart.marks:
        position = time.fraction(mark.date.toordinal())
        x = _percent(position)
        link = SubElement(
            overlay,
            "a",
            {
                "href": mark.href,
                "class": f"chart-event chart-event-small chart-note-{mark.kind}",
                "data-date": mark.date.isoformat(),
                "aria-label": mark.label,
            },
        )
        place = SubElement(link, "svg", {"x": x, "y": "100%", "class": "chart-note", "role": "none"})
        SubElement(place, "path", {"class": "chart-note-area", "d": "M-12-12h24v24h-24z"})
        SubElement(place, "path", {"class": "chart-note-sign", "d": "M0 1l5 8h-10z"})
        _event_name(link, mark.label, x, "100%", starts=position < 0.5, down="20")


def _event_link(overlay: Element, event: ChartEvent, frames: list[str], kind: str = "") -> Element:
    return SubElement(
        overlay,
        "a",
        {
            "href": event.href,
            "class": f"chart-event {kind} {_shown_in(frames)}".replace("  ", " "),
            "data-date": event.date.isoformat(),
            "aria-label": f"{date_format(event.date, 'DATE_FORMAT')}: {event.label}",
        },
    )


def _event_name(link: Element, name: str, x: str, y: str, *, starts: bool, down: str = "0.33em") -> None:
    beside = {"dx": "5"} if starts else {"dx": "-5", "text-anchor": "end"}
    SubElement(link, "text", {"class": "chart-event-name", "x": x, "y": y, "dy": down, **beside}).text = name


def _legend(root: Element, chart: Chart, *, hidden_where_wide: bool) -> None:
    shown = "chart-legend chart-at-narrow chart-at-medium" if hidden_where_wide else "chart-legend"
    # The picture's own name says all of this: the legend is for the eye.
    legend = SubElement(root, "ul", {"class": shown, "aria-hidden": "true"})
    for index, trace in enumerate(chart.traces):
        SubElement(
            legend, "li", {"class": theme.series_token(index).replace("series", "chart-key")}
        ).text = trace.label


def end_labels(
    chart: Chart, values: ValueAxis, *, apart: float = 15 / WIDE_PLOT_HEIGHT
) -> list[tuple[Trace, int, float]]:
    """Give each trace's name the height of its last value, 0 at the top to 1, kept ``apart``.

    Nothing where names would not stand at the end of their lines: one trace, more than six, or one that ends
    before the others.
    """
    if (
        not 1 < len(chart.traces) <= theme.SERIES
        or chart.kind == "bars"
        or chart.end is None
        or chart.start is None
    ):
        return []
    found = []
    for index, trace in enumerate(chart.traces):
        known = [v for v in trace.values if v.value is not None and (not values.log or v.value > 0)]
        known = [v for v in known if not (chart.sums and v.partial)] or known
        if not known or (chart.end - known[-1].end).days > 0.03 * (chart.end - chart.start).days:
            return []
        found.append((1 - values.fraction(known[-1].value or 0), index, trace))
    found.sort(key=lambda f: (f[0], f[1]))
    heights = [f[0] for f in found]
    for _round in range(100):
        for i, (upper, lower) in enumerate(pairwise(heights)):
            if lower - upper < apart:
                middle = (upper + lower) / 2
                heights[i], heights[i + 1] = middle - apart / 2, middle + apart / 2
    return [(trace, index + 1, height) for (_h, index, trace), height in zip(found, heights, strict=True)]


def _rows(frames: Iterable[str]) -> int:
    return next(frame.rows for frame in FRAMES if frame.name in frames)


def _known_runs(values: Iterable[Value]) -> list[list[Value]]:
    runs: list[list[Value]] = [[]]
    for value in values:
        if value.value is not None:
            runs[-1].append(value)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _line(parent: Element, name: str, across: tuple[str, str], y: str) -> None:
    SubElement(parent, "line", {"class": name, "x1": across[0], "x2": across[1], "y1": y, "y2": y})


def _path(parent: Element, classes: str, drawn: str) -> None:
    if drawn:
        SubElement(parent, "path", {"class": classes, "d": drawn})


def _joined(points: Iterable[tuple[float, float]]) -> str:
    """Write points as a path in whole units, each relative to the rounded one before it."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [f"{bx - ax}{'' if by < ay else ' '}{by - ay}" for (ax, ay), (bx, by) in pairwise(whole)]
    rest = "".join(s if i == 0 or s[0] == "-" else f" {s}" for i, s in enumerate(steps))
    return f"M{whole[0][0]} {whole[0][1]}l{rest}"


def _percent(fraction: float) -> str:
    return f"{_short(fraction * 100)}%"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _shown_in(frames: Iterable[str]) -> str:
    return " ".join(f"chart-at-{name}" for name in frames)


def markup(root: Element) -> SafeString:
    """Write a tree of elements as the markup that a template shows as it is."""
    # Safe because the serialiser escaped every text and attribute; control characters it would let through.
    written = tostring(root, encoding="unicode", short_empty_elements=False)
    return SafeString(written.translate(_CONTROL_CHARACTERS))


_CONTROL_CHARACTERS = dict.fromkeys(c for c in range(32) if chr(c) not in "\t\n\r")
