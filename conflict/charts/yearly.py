"""Year over year on one axis: each calendar year of a category as a line from January to December."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element, SubElement

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from conflict.analysis.series import Measured, Value
from conflict.charts import theme
from conflict.charts.axes import ValueAxis, value_axis
from conflict.charts.chart import Chart, Trace, days_in_words, number_in_words, summary
from conflict.charts.labels import text_width
from conflict.charts.svg import LABEL_GAP, MARGIN_STEP
from conflict.charts.tree import line, markup, percent, text, titled

MONTHS = 12


def yearly_chart(measured: Measured, *, title: str, y_label: str) -> Chart:
    """Describe a measure by month (`rate_per_month`) as one trace a year, the oldest first."""
    years = groupby(measured.values, key=lambda v: v.end.year)
    traces = tuple(Trace(str(year), str(year), tuple(values)) for year, values in years)
    dates = [v.end for trace in traces for v in trace.values]
    return Chart(
        title=title,
        unit=measured.unit,
        y_label=y_label,
        kind="line",
        traces=traces,
        start=min(dates, default=None),
        end=max(dates, default=None),
        step="month",
    )


def yearly_drawing(chart: Chart) -> SafeString:
    """Draw the chart of `yearly_chart`: months are columns, and a value stands in the middle of its month.

    Months that are not known leave a hole; a line to or from a month that had to be estimated across days
    without a report is dashed. The legend stands under the picture's title.
    """
    if not chart.numbers:
        return markup(Element("div", {"class": "chart-box chart-empty"}))
    values = value_axis(chart)
    left = math.ceil((max(text_width(label) for _tick, label in values.ticks) + LABEL_GAP) / MARGIN_STEP)
    root = Element("div", {"class": "chart-figure"})
    legend = SubElement(root, "ul", {"class": "chart-legend", "aria-hidden": "true"})
    for index, trace in enumerate(chart.traces):
        SubElement(legend, "li", {"class": _ink(index, "key")}).text = trace.label
    box = SubElement(root, "div", {"class": f"chart-box chart-left-{min(max(left, 3), 14)}"})
    plot = SubElement(box, "div", {"class": "chart-plot"})
    picture = SubElement(plot, "svg", {"class": "chart-picture", "role": "img", "aria-label": summary(chart)})
    text(picture, chart.y_label, class_="chart-unit", x=str(-left * MARGIN_STEP), y="-12")
    _grid(picture, values)
    for index, trace in enumerate(chart.traces):
        _year(picture, chart, trace, index, values)
    return markup(root)


def month_rows(chart: Chart) -> Iterator[tuple[str, list[Value | None]]]:
    """Give the table behind the picture: each month's name and its value in every year, None where it has none."""
    for month in range(1, MONTHS + 1):
        row = [next((v for v in trace.values if v.end.month == month), None) for trace in chart.traces]
        yield date_format(dt.date(2024, month, 1), "F"), row


def _grid(picture: Element, values: ValueAxis) -> None:
    for value, label in values.ticks:
        y = percent(100 * (1 - values.fraction(value)))
        line(picture, "chart-grid", ("0", "100%"), (y, y))
        text(picture, label, class_="chart-tick chart-tick-y", x=str(-LABEL_GAP), y=y, dy="0.33em")
    zero = percent(100 * (1 - values.fraction(max(0.0, values.low))))
    line(picture, "chart-zero", ("0", "100%"), (zero, zero))
    for month in range(1, MONTHS + 1):
        # One letter tells the months apart where there is no room for three: their order says the rest.
        name = date_format(dt.date(2024, month, 1), "SHORT_MONTH_FORMAT")
        for shown, label in (("chart-at-narrow", name[:1]), ("chart-at-medium chart-at-wide", name)):
            text(picture, label, class_=f"chart-tick chart-tick-x {shown}", x=_middle(month), y="100%", dy="20")


def _year(picture: Element, chart: Chart, trace: Trace, index: int, values: ValueAxis) -> None:
    def height(value: Value) -> str:
        return percent(100 * (1 - values.fraction(value.value or 0)))

    # Its months are a row: the keyboard goes along it, and from it to another year (static/js/chart.js).
    row = SubElement(picture, "g")
    known = [v for v in trace.values if v.value is not None]
    for before, now in pairwise(known):
        if now.end.month - before.end.month == 1:
            light = " chart-light" if before.gap > 1 or now.gap > 1 else ""
            ends = (_middle(before.end.month), _middle(now.end.month)), (height(before), height(now))
            line(row, f"chart-line {_ink(index, 'ink')}{light}", *ends)
    for value in known:
        place = {"cx": _middle(value.end.month), "cy": height(value), "r": "3.5"}
        dot = SubElement(row, "circle", {"class": f"year-dot {_ink(index, 'ink')}", **place})
        titled(dot, f"{days_in_words(value, chart.step)}: {number_in_words(value.value or 0, chart.decimals)}")


def _middle(month: int) -> str:
    return percent(100 * (month - 0.5) / MONTHS)


def _ink(index: int, kind: str) -> str:
    return theme.series_token(index).replace("series", f"chart-{kind}")
