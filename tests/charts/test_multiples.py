"""Small multiples: one time axis, a scale each, holes left open."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

from conflict.analysis.series import Series, rate_per_month
from conflict.charts.chart import losses_chart
from conflict.charts.multiples import HEIGHT, WIDTH, small_drawings
from tests.charts.make import daily_series


def chart_of(*series):
    measures = [rate_per_month(s) for s in series]
    labels = {s.category: s.category.title() for s in series}
    return losses_chart(measures, labels=labels, title="Rates", y_label="", kind="steps")


def parsed(small):
    return ElementTree.fromstring(small.drawing)  # noqa: S314 - our own markup


def corners(path):
    """Return the corners of a path of relative lines."""
    x = y = 0
    found = []
    for kind, dx, dy in re.findall(r"([Ml])(-?\d+) (-?\d+)", path):
        x, y = (int(dx), int(dy)) if kind == "M" else (x + int(dx), y + int(dy))
        found.append((x, y))
    return found


def line_of(small, name="small-line"):
    return corners(parsed(small).find(f".//path[@class='{name}']").get("d"))


def test_each_picture_reaches_from_zero_to_its_own_highest_value():
    smalls = small_drawings(chart_of(daily_series(400), daily_series(400, "uavs", scale=100.0)))
    for small in smalls:
        heights = [y for _x, y in line_of(small)]
        assert min(heights) == 0
        assert max(heights) <= HEIGHT
        assert small.highest.value == max(v.value for v in small.trace.values)


def test_all_pictures_share_one_time_axis():
    late = daily_series(400, "late", without=range(200))
    whole, part = small_drawings(chart_of(daily_series(400), late))
    assert line_of(whole)[0][0] == 0
    assert abs(line_of(whole)[-1][0] - WIDTH) <= 1 and abs(line_of(part)[-1][0] - WIDTH) <= 1
    assert line_of(part)[0][0] > WIDTH * 0.4
    years = [[t.text for t in parsed(small).iter("text")] for small in (whole, part)]
    assert years[0] == years[1] == ["2023"]


def test_months_that_are_not_known_leave_a_hole():
    (small,) = small_drawings(chart_of(daily_series(400, without=range(60, 200))))
    path = parsed(small).find(".//path[@class='small-line']").get("d")
    assert path.count("M") == 2


def test_months_across_days_without_a_report_are_dashed():
    (small,) = small_drawings(chart_of(daily_series(400, every=8)))
    assert parsed(small).find(".//path[@class='small-line small-light']") is not None


def test_the_name_of_a_picture_says_its_highest_and_its_last_value():
    rows = [(dt.date(2024, 1, 31), 0, None), (dt.date(2024, 2, 29), 290, None), (dt.date(2024, 3, 31), 445, None)]
    (small,) = small_drawings(chart_of(Series.of("tanks", "tanks", rows)))
    assert parsed(small).get("aria-label") == "Tanks: highest 10 (February 2024), last 5 (March 2024)."
    (without,) = small_drawings(chart_of(Series.of("tanks", "tanks", [])))
    assert parsed(without).get("aria-label") == "Tanks: not stated."
    assert without.highest is None


def test_falls_stand_below_the_line_of_zero():
    rows = [(dt.date(2024, 1, 31), 100, None), (dt.date(2024, 2, 29), 390, None), (dt.date(2024, 3, 31), 80, None)]
    (small,) = small_drawings(chart_of(Series.of("tanks", "tanks", rows)))
    assert max(y for _x, y in line_of(small)) == HEIGHT
    zero = float(parsed(small).find("line[@class='small-zero']").get("y1"))
    assert 0 < zero < 80


def test_each_known_month_has_a_place_that_says_its_figure():
    (small,) = small_drawings(chart_of(daily_series(400, without=range(60, 200))))
    row = parsed(small).find(".//g[@class='small-hit']")
    known = [v for v in small.trace.values if v.value is not None]
    assert row.get("data-name") == "Tanks"
    assert len(row) == len(known) < len(small.trace.values)
    lefts = [int(re.match(r"M(-?\d+) 0h(\d+)", place.get("d"))[1]) for place in row]
    assert lefts == sorted(set(lefts))
    assert row[-1].find("title").text.endswith(f": {known[-1].value:,.{small.trace.decimals}f}")
