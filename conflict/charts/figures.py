"""A chart as a Plotly figure, for the script that takes over from the server's drawing.

Only the courses and the axes are here. Ticks, grid, events and names stay those of the drawing, under and over
Plotly, until the reader zooms; so nothing moves when Plotly arrives. What is the same for every chart (no ground,
no legend, no ticks) the script adds. Colours are those of the light theme; what travels has the names of the
tokens instead, which the script exchanges for the reader's own.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.safestring import SafeString

from conflict.analysis.series import Value
from conflict.charts import theme
from conflict.charts.axes import time_axis, value_axis
from conflict.charts.chart import Chart, Trace, days_in_words, number_in_words
from conflict.charts.courses import Run, block_runs, line_runs, lone_values
from conflict.charts.packing import packed_numbers
from conflict.charts.svg import BARS_APART

DAY = 86_400_000  # milliseconds, Plotly's unit of time


def figure(chart: Chart) -> dict[str, Any]:
    """Give the chart as a JSON-able dict of `data` and `layout`.

    No string in it holds < or >, which Plotly would read as markup, and no number is NaN or infinite. Values
    are rounded to the decimals they are shown with. A chart without figures gives no traces.
    """
    if not chart.numbers or chart.start is None:
        return {"data": [], "layout": {}}
    data: list[dict[str, Any]] = []
    for index, trace in enumerate(chart.traces):
        draw = {"bars": _bars, "steps": _steps}.get(chart.kind, _lines)
        data += draw(chart, trace, theme.LIGHT[theme.series_token(index)])
    made = {"data": data, "layout": _layout(chart)}
    cleaned: dict[str, Any] = _without_markup(made)
    return cleaned


def payload(chart: Chart) -> dict[str, Any]:
    """Give the figure as it travels to static/js/chart.js, which undoes the packing of long lists.

    Dates become a first date and steps in half days, widths a unit and counts, numbers see `packed_numbers`.
    What is so in most traces is left out, and colours are named by their tokens.
    """
    made: dict[str, Any] = _with_tokens(figure(chart))
    numbers = partial(packed_numbers, days=1 if chart.spans_days else _days_of_a_mean(chart))
    for trace in made["data"]:
        _leave_out(trace, _USUAL)
        for key, pack in (("x", _packed_dates), ("y", numbers), ("width", _packed_widths)):
            if isinstance(trace.get(key), list) and len(trace[key]) > _SHORT:
                trace[key] = pack(trace[key])
    if chart.kind == "bars" and chart.step in ("day", "week"):
        for trace, (_light, values) in zip(made["data"], _bar_values(chart, chart.traces[0]), strict=True):
            if len(values) > _SHORT:
                trace["hovertext"] = _packed_texts(values, chart.traces[0].decimals)
    if layout := made["layout"]:
        _leave_out(layout, {"separators": ".,", "hovermode": "x unified"})
        _leave_out(layout["xaxis"], {"type": "date"})
        _leave_out(layout["yaxis"], {"type": "linear"})
    return made


def _days_of_a_mean(chart: Chart) -> int:
    """Return over how many days each value of the lines is taken; 1 too where no course has one."""
    return next((trace.values[-1].days for trace in chart.traces if trace.values), 1)


def payload_json(chart: Chart) -> SafeString:
    """Give the payload as compact JSON without NaN, for a `<template data-figure>` as it is."""
    written = json.dumps(payload(chart), allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return SafeString(written.translate(_NO_MARKUP))  # safe in an element: nothing in it opens or ends one


def _leave_out(node: dict[str, Any], usual: Mapping[str, Any]) -> None:
    for key, value in usual.items():
        if node.get(key) == value:
            del node[key]


_USUAL = {
    "type": "scatter",
    "mode": "lines",
    "hoverinfo": "x+y+name",
    "dx": DAY,
    "yhoverformat": ",.0f",
    "fillcolor": "--accent-soft",
    "line": {"color": "--series-1", "width": 2},
}
_NO_MARKUP = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&"}
_TOKENS = {theme.LIGHT[t]: f"--{t}" for t in ("accent-soft", *map(theme.series_token, range(theme.SERIES)))}


def _with_tokens(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            k: _TOKENS[v] if k in ("color", "fillcolor") and isinstance(v, str) else _with_tokens(v)
            for k, v in node.items()
        }
    return [_with_tokens(value) for value in node] if isinstance(node, list) else node


_SHORT = 8  # so many values travel as they are


def _packed_dates(dates: list[str]) -> dict[str, Any]:
    halves = [2 * dt.date.fromisoformat(d[:10]).toordinal() + (len(d) > 10) for d in dates]
    return {"first": dates[0], "halves": [after - before for before, after in pairwise(halves)]}


def _packed_texts(values: Sequence[Value], decimals: int) -> dict[str, Any]:
    """Pack what is shown at bars: the days that each speaks of, and the months' names; the rest is in x and y."""
    months = [str(date_format(dt.date(2001, month, 1), "SHORT_MONTH_FORMAT")) for month in range(1, 13)]
    days = [value.days for value in values]
    return {"months": months, "days": days if len(set(days)) > 1 else days[0], "decimals": decimals}


def _packed_widths(widths: list[int]) -> dict[str, Any]:
    unit = math.gcd(*widths)
    return {"unit": unit, "counts": [width // unit for width in widths]}


def _layout(chart: Chart) -> dict[str, Any]:
    values, time = value_axis(chart), time_axis(chart)
    ends = (math.log10(values.low), math.log10(values.high)) if values.log else (values.low, values.high)
    return {
        "separators": str(get_format("DECIMAL_SEPARATOR")) + str(get_format("THOUSAND_SEPARATOR")),
        "hovermode": "x" if chart.spans_days else "x unified",
        "xaxis": {"type": "date", "range": [_moment(time.start), _moment(time.end)]},
        "yaxis": {
            "type": chart.scale,
            "range": [_significant(end, digits=9 if values.log else 6) for end in ends],
            "title": {"text": chart.y_label},
        },
    }


def _lines(chart: Chart, trace: Trace, color: str) -> list[dict[str, Any]]:
    """Draw a trace as whole lines, as dots where a value stands alone, and as light lines between these."""
    runs = line_runs(chart, trace)
    whole = [run for run in runs if not run.light]
    base = {
        "type": "scatter",
        "name": trace.label,
        "hoverinfo": "x+y+name",
        "yhoverformat": f",.{trace.decimals}f",
    }
    fill = {"fill": "tozeroy", "fillcolor": theme.LIGHT["accent-soft"]} if chart.kind == "area" else {}
    data: list[dict[str, Any]] = []

    def joined(alike: list[Run]) -> Iterable[list[Run]]:
        # Plotly fills across a hole in a trace, so an area is a trace for each run.
        return [[run] for run in alike] if fill else [alike] if alike else []

    for some in joined([run for run in runs if run.light]):
        line = {"color": color, "width": 1.5, "dash": "2px,3px"}
        places = _places(trace, some)
        data.append({**base, **fill, "mode": "lines", "line": line, "hoverinfo": "skip", **places})
    for some in joined(whole):
        line = {"color": color, "width": 2}
        data.append({**base, **fill, "mode": "lines", "line": line, **_places(trace, some)})
    if lone := lone_values(chart, trace, runs):
        marker = {"color": color, "size": 5}
        data.append({**base, "mode": "markers", "marker": marker, **_places(trace, [Run(tuple(lone), True)])})
    return data


def _places(trace: Trace, runs: Sequence[Run]) -> dict[str, Any]:
    """Give x and y of lines: a first day and a step where days follow one another, else every day by name."""
    first, last = runs[0].values[0].end, runs[-1].values[-1].end
    days = range(first.toordinal(), last.toordinal() + 1)
    decimals = trace.decimals
    known = {v.end.toordinal(): _rounded(v.value, decimals) for run in runs for v in run.values}
    touching = any((b.values[0].end - a.values[-1].end).days < 2 for a, b in pairwise(runs))
    if not runs[0].light and not touching and len(days) <= 2 * len(known):
        return {"x0": first.isoformat(), "dx": DAY, "y": [known.get(day) for day in days]}
    x: list[str | None] = []
    y: list[float | None] = []
    for run in runs:
        if x:
            x.append(x[-1])
            y.append(None)
        x += [v.end.isoformat() for v in run.values]
        y += [_rounded(v.value, decimals) for v in run.values]
    return {"x": x, "y": y}


def _bars(chart: Chart, trace: Trace, color: str) -> list[dict[str, Any]]:
    """Draw a trace as bars as wide as the days they speak of, lighter ones where these were not reported."""
    drawn, decimals = _bar_values(chart, trace), trace.decimals
    share = 0.84 if sum(len(values) for _light, values in drawn) <= BARS_APART else 1.0
    data = []
    for light, values in drawn:
        widths = [round(v.days * DAY * share) for v in values]
        data.append(
            {
                "type": "bar",
                "name": trace.label,
                "x": [_moment((v.start.toordinal() + v.end.toordinal()) / 2) for v in values],
                "y": [_rounded(v.value, decimals) for v in values],
                "width": widths if len(set(widths)) > 1 else widths[0],
                "marker": {"color": color, "line": {"width": 0}, "opacity": theme.SPAN_OPACITY if light else 1},
                "hovertext": _texts(chart, trace, values),
                "hoverinfo": "text",
                "textposition": "none",
            }
        )
    return data


def _bar_values(chart: Chart, trace: Trace) -> list[tuple[bool, list[Value]]]:
    """Give the values of whole bars, then of lighter ones, each only where there are some."""
    runs = block_runs(chart, trace)
    alike = [(light, [v for run in runs if run.light == light for v in run.values]) for light in (False, True)]
    return [(light, values) for light, values in alike if values]


def _steps(chart: Chart, trace: Trace, color: str) -> list[dict[str, Any]]:
    """Draw a trace as steps over the days that each value speaks of."""
    data = []
    runs, decimals = block_runs(chart, trace), trace.decimals
    for light in (False, True):
        x: list[str] = []
        y: list[float | None] = []
        texts: list[str] = []
        for run in runs:
            if run.light != light:
                continue
            if x:
                x.append(x[-1])
                y.append(None)
                texts.append("")
            last = run.values[-1]
            x += [_moment(v.start.toordinal() - 0.5) for v in run.values]
            x.append(_moment(last.end.toordinal() + 0.5))
            y += [_rounded(v.value, decimals) for v in (*run.values, last)]
            texts += _texts(chart, trace, (*run.values, last), trace.label)
        if x:
            line = {"color": color, "shape": "hv", "width": 1.5 if light else 2}
            if light:
                line["dash"] = "2px,3px"
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": trace.label,
                    "line": line,
                    "x": x,
                    "y": y,
                    "hovertext": texts,
                    "hoverinfo": "text",
                }
            )
    return data


def _texts(chart: Chart, trace: Trace, values: Iterable[Value], label: str = "") -> list[str]:
    """Write what the pointer shows at each value: the days it speaks of, and the number."""
    before, decimals = f"{label}, " if label else "", trace.decimals
    return [f"{before}{days_in_words(v, chart.step)}: {number_in_words(v.value or 0, decimals)}" for v in values]


def _rounded(value: float | None, decimals: int) -> float | None:
    if value is None:
        return None
    return round(value, decimals) if decimals else round(value)


def _significant(number: float, *, digits: int) -> float:
    """Cut from an axis end what no screen shows. The digits of an exponent weigh more."""
    cut = float(f"{number:.{digits}g}")
    return int(cut) if cut.is_integer() else cut


def _moment(day: float) -> str:
    """Write an ordinal day as Plotly reads it; halves are noon of the day itself."""
    date = dt.date.fromordinal(math.floor(day)).isoformat()
    return date if day == math.floor(day) else f"{date} 12:00"


def _without_markup(node: Any) -> Any:
    """Take < and > out of every string."""
    if isinstance(node, str):
        return node.replace("<", "").replace(">", "")
    if isinstance(node, dict):
        return {key: _without_markup(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_without_markup(value) for value in node]
    return node
