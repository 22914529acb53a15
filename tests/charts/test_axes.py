import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.series import Series, changes_per_day, totals
from conflict.charts.axes import time_axis, time_ticks, value_axis
from conflict.charts.chart import losses_chart
from conflict.charts.labels import FRAMES, text_width
from tests.charts.make import DAY, START


def chart_of(numbers, measure=totals, **given):
    rows = [(START + n * DAY, number, None) for n, number in enumerate(numbers)]
    return losses_chart(
        [measure(Series.of("tanks", "tanks", rows))], labels={"tanks": "Tanks"}, title="T", y_label="", **given
    )


def over(start, days):
    rows = [(start, 0, None), (start + days * DAY, 100, None)]
    return losses_chart([totals(Series.of("t", "t", rows))], labels={"t": "T"}, title="T", y_label="")


@given(st.lists(st.integers(0, 2_000_000), min_size=1, max_size=20), st.sampled_from(["linear", "log"]))
def test_every_value_stands_on_the_axis_and_ticks_are_within_and_distinct(numbers, scale):
    chart = chart_of(numbers, scale=scale)
    axis = value_axis(chart)
    assert all(-1e-9 <= axis.fraction(n) <= 1 + 1e-9 for n in chart.numbers)
    places = [axis.fraction(value) for value, _ in axis.ticks]
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    assert places == sorted(set(places))
    labels = [label for _, label in axis.ticks]
    assert len(set(labels)) == len(labels)
    if scale == "linear" and max(numbers) > min(numbers):
        assert 2 <= len(labels) <= 12


def test_ticks_are_round_and_grouped_by_thousands():
    ticks = value_axis(chart_of([0, 1_456_610])).ticks
    assert [label for _, label in ticks] == ["0", "500,000", "1,000,000", "1,500,000"]


def test_an_axis_with_falls_contains_zero_and_the_lowest():
    axis = value_axis(chart_of([100, 90, 140], changes_per_day))
    assert axis.low <= -10
    assert (0, "0") in axis.ticks


def test_ticks_of_whole_numbers_are_whole():
    assert [label for _, label in value_axis(chart_of([0, 2])).ticks] == ["0", "1", "2"]


def test_a_log_axis_has_powers_of_ten():
    ticks = value_axis(chart_of([1, 200_000], scale="log")).ticks
    assert [label for _, label in ticks] == ["1", "10", "100", "1,000", "10,000", "100,000"]


def test_bars_have_half_a_day_of_room_at_both_ends_and_lines_have_none():
    lines, bars = chart_of([1, 5, 9]), chart_of([1, 5, 9], changes_per_day)
    assert time_axis(lines).fraction(START.toordinal()) == 0
    assert time_axis(lines).fraction((START + 2 * DAY).toordinal()) == 1
    assert time_axis(bars).fraction((START + DAY).toordinal()) == 0.25


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 4000))
def test_date_labels_never_touch_and_stay_on_the_page_at_any_width(start, days):
    chart = over(start, days)
    axis = time_axis(chart)
    for frame in FRAMES:
        spans = []
        for date, label in time_ticks(chart, width=frame.plot_width):
            assert chart.start <= date <= chart.end
            centre = axis.fraction(date.toordinal()) * frame.plot_width
            spans.append((centre - text_width(label) / 2, centre + text_width(label) / 2))
        assert all(a[1] < b[0] for a, b in pairwise(spans))
        assert all(right <= frame.plot_width + 14 for _, right in spans)


@pytest.mark.parametrize(
    ("start", "days", "labels"),
    [
        (dt.date(2022, 2, 25), 1626, ["2023", "2024", "2025", "2026"]),
        (dt.date(2024, 11, 1), 29, ["4 Nov 2024", "18 Nov"]),
        (dt.date(2024, 9, 1), 90, ["Sep 2024", "Oct", "Nov"]),
    ],
)
def test_a_phone_shows_years_months_or_days_by_the_range(start, days, labels):
    assert [label for _, label in time_ticks(over(start, days), width=230)] == labels


def test_a_wide_chart_names_the_year_first_and_where_it_turns():
    labels = [label for _, label in time_ticks(over(dt.date(2024, 10, 15), 150), width=780)]
    assert labels == ["Nov 2024", "Dec", "2025", "Feb", "Mar"]
