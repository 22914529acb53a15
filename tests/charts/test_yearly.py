"""Year over year: a line a year over the months, and the table behind it."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest

from conflict.analysis.series import Series, rate_per_month
from conflict.charts.axes import value_axis
from conflict.charts.yearly import month_rows, yearly_chart, yearly_drawing
from tests.charts.make import daily_series


def chart_of(series):
    return yearly_chart(rate_per_month(series), title="Tanks", y_label="units a day")


def parsed(chart):
    return ElementTree.fromstring(yearly_drawing(chart))  # noqa: S314 - our own markup


def test_each_year_is_a_trace_of_its_own_months():
    chart = chart_of(daily_series(1000))
    assert [trace.label for trace in chart.traces] == ["2022", "2023", "2024"]
    for trace in chart.traces:
        assert {str(v.end.year) for v in trace.values} == {trace.label}
    assert sum(len(trace.values) for trace in chart.traces) == len(rate_per_month(daily_series(1000)).values)


def test_a_value_stands_in_the_middle_of_its_month_at_its_height():
    chart = chart_of(daily_series(400))
    axis = value_axis(chart)
    known = [v for trace in chart.traces for v in trace.values if v.value is not None]
    dots = list(parsed(chart).iter("circle"))
    assert len(dots) == len(known)
    for dot, value in zip(dots, known, strict=True):
        assert float(dot.get("cx").rstrip("%")) == pytest.approx(100 * (value.end.month - 0.5) / 12, abs=0.01)
        assert float(dot.get("cy").rstrip("%")) == pytest.approx(100 * (1 - axis.fraction(value.value)), abs=0.01)


def test_a_year_s_dots_lines_and_key_have_one_colour():
    root = parsed(chart_of(daily_series(400)))
    assert [key.get("class") for key in root.iter("li")] == ["chart-key-1", "chart-key-2"]
    assert {line.get("class") for line in root.iter("line") if "chart-line" in line.get("class")} == {
        "chart-line chart-ink-1",
        "chart-line chart-ink-2",
    }


def test_months_that_are_not_known_are_bridged_by_no_line_and_estimates_are_dashed():
    holes = parsed(chart_of(daily_series(300, without=range(60, 160))))
    months = [line for line in holes.iter("line") if "chart-line" in line.get("class")]
    dots = list(holes.iter("circle"))
    assert len(months) == len(dots) - 2  # two runs of months
    light = [
        line
        for line in parsed(chart_of(daily_series(300, every=9))).iter("line")
        if "chart-line" in line.get("class")
    ]
    assert light and all("chart-light" in line.get("class") for line in light)


def test_the_table_has_a_row_a_month_and_a_column_a_year():
    chart = chart_of(daily_series(400))
    rows = list(month_rows(chart))
    assert [name for name, _row in rows][:2] == ["January", "February"]
    assert len(rows) == 12
    for column, trace in enumerate(chart.traces):
        values = [row[column] for _name, row in rows if row[column] is not None]
        assert values == list(trace.values)


def test_a_category_without_a_rate_draws_an_empty_place():
    chart = chart_of(Series.of("tanks", "tanks", [(dt.date(2024, 1, 1), 5, None)]))
    assert chart.traces == ()
    assert parsed(chart).get("class") == "chart-box chart-empty"


def test_the_name_of_the_picture_says_each_year_s_course():
    assert "2023: from " in next(parsed(chart_of(daily_series(500))).iter("svg")).get("aria-label")


def test_the_months_of_a_year_are_a_row_for_the_keyboard():
    chart = chart_of(daily_series(400))
    rows = [[dot.find("title").text for dot in row.iter("circle")] for row in parsed(chart).iter("g")]
    assert [len(row) for row in rows] == [len(trace.values) for trace in chart.traces]
    assert all(
        words.split(":")[0].endswith(trace.label)
        for row, trace in zip(rows, chart.traces, strict=True)
        for words in row
    )
