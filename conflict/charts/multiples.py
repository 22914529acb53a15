"""Small pictures of one measure, a category each, on one time axis and each on a scale of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.series import Value
from conflict.charts.axes import time_axis
from conflict.charts.chart import Chart, Trace, days_in_words, number_in_words
from conflict.charts.courses import block_runs
from conflict.charts.tree import joined, line, markup, percent, text, titled

WIDTH, HEIGHT = 2_400, 800  # the units of paths: a tenth of a pixel in a plot of 240 x 80
PLOT, BELOW = 80, 18  # px: the plot, and the years under it

Place = Callable[[float, float], tuple[float, float]]  # (ordinal of a day, value) to units of a path


@dataclass(frozen=True, slots=True)
class Small:
    """The picture of one category, and its highest value: None where nothing is known."""

    trace: Trace
    drawing: SafeString
    highest: Value | None


def small_drawings(chart: Chart) -> list[Small]:
    """Draw each trace of a chart of steps by itself, over the time axis that they all share.

    Each picture reaches from zero (lower where a value is negative) to its own highest value. What is not
    known leaves a hole, and what had to be taken as even is dashed.
    """
    return [Small(trace, _drawing(chart, trace), _highest(trace)) for trace in chart.traces]


def _highest(trace: Trace) -> Value | None:
    return max((v for v in trace.values if v.value is not None), key=lambda v: v.value or 0, default=None)


def _drawing(chart: Chart, trace: Trace) -> SafeString:
    root = Element("svg", {"class": "small", "height": str(PLOT + BELOW), "role": "img"})
    root.set("aria-label", _summary(chart, trace))
    known = [v.value for v in trace.values if v.value is not None]
    if not known or chart.start is None or chart.end is None:
        text(root, _("not stated"), x="50%", y=str(PLOT // 2), text_anchor="middle")
        return markup(root)
    time = time_axis(chart)
    low, high = min(0.0, *known), max(0.0, *known)
    span = (high - low) or 1.0

    def at(day: float, value: float) -> tuple[float, float]:
        return time.fraction(day) * WIDTH, (high - value) / span * HEIGHT

    for year, day in _new_years(chart.start, chart.end):
        x = percent(100 * time.fraction(day.toordinal()))
        line(root, "grid", (x, x), ("0", str(PLOT)))
        if time.fraction(day.toordinal()) < 0.9:
            text(root, str(year), x=x, y=str(PLOT + 14), dx="3")
    zero = str(round(high / span * PLOT, 1))
    paths = SubElement(
        root,
        "svg",
        {
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "preserveAspectRatio": "none",
            "width": "100%",
            "height": str(PLOT),
            "overflow": "visible",
        },
    )
    for light in (False, True):
        runs = [run.values for run in block_runs(chart, trace) if run.light == light]
        for kind in ("area", "line") if not light else ("line",):
            drawn = "".join(_contour(values, at, closed=kind == "area") for values in runs)
            if drawn:
                SubElement(paths, "path", {"class": f"small-{kind}{' small-light' if light else ''}", "d": drawn})
    line(root, "small-zero", ("0", "100%"), (zero, zero))
    _values(paths, chart, trace, at)
    return markup(root)


def _values(paths: Element, chart: Chart, trace: Trace, at: Place) -> None:
    """Lay a place over each value that is known, for the pointer and for the keys: its days and its number."""
    row = SubElement(paths, "g", {"class": "small-hit", "data-name": trace.label})
    for value in trace.values:
        if value.value is not None:
            left, right = (
                round(at(day, 0)[0]) for day in (value.start.toordinal() - 0.5, value.end.toordinal() + 0.5)
            )
            place = SubElement(row, "path", {"d": f"M{left} 0h{right - left}v{HEIGHT}h{left - right}z"})
            titled(place, f"{days_in_words(value, chart.step)}: {number_in_words(value.value, trace.decimals)}")


def _contour(values: tuple[Value, ...], at: Place, *, closed: bool) -> str:
    """Draw the upper contour of values that stand side by side; ``closed``: down to zero, as an area."""
    corners = [
        corner
        for v in values
        for corner in (at(v.start.toordinal() - 0.5, v.value or 0), at(v.end.toordinal() + 0.5, v.value or 0))
    ]
    if not closed:
        return joined(corners)
    _x, base = at(0, 0)
    return joined([(corners[0][0], base), *corners, (corners[-1][0], base)]) + "z"


def _new_years(start: dt.date, end: dt.date) -> Iterator[tuple[int, dt.date]]:
    for year in range(start.year + 1, end.year + 1):
        yield year, dt.date(year, 1, 1)


def _summary(chart: Chart, trace: Trace) -> str:
    highest = _highest(trace)
    if highest is None:
        return _("%(label)s: not stated.") % {"label": trace.label}
    last = next(v for v in reversed(trace.values) if v.value is not None)
    return _("%(label)s: highest %(highest)s (%(highest_day)s), last %(last)s (%(last_day)s).") % {
        "label": trace.label,
        "highest": number_in_words(highest.value or 0, trace.decimals),
        "highest_day": days_in_words(highest, chart.step),
        "last": number_in_words(last.value or 0, trace.decimals),
        "last_day": days_in_words(last, chart.step),
    }
