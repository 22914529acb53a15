import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.series import changes_per_day, mean_rate, totals
from conflict.charts.chart import losses_chart
from conflict.charts.courses import block_runs, line_runs, lone_values, simplify, stretches
from tests.charts.make import START, daily_series


def charted(measured):
    chart = losses_chart([measured], labels={"tanks": "Tanks"}, title="T", y_label="")
    return chart, chart.traces[0]


def test_a_line_across_missing_days_is_light_and_the_rest_is_whole():
    runs = line_runs(*charted(totals(daily_series(10, without={4, 5}))))
    assert [(run.light, len(run.values)) for run in runs] == [(False, 4), (True, 2), (False, 4)]
    assert runs[1].values == (runs[0].values[-1], runs[2].values[0])


def test_a_value_between_two_gaps_is_a_dot():
    chart, trace = charted(totals(daily_series(9, without={3, 5})))
    assert [v.date for v in map(_Day, lone_values(chart, trace, line_runs(chart, trace)))] == [
        START + dt.timedelta(days=4)
    ]


class _Day:
    def __init__(self, value):
        self.date = value.end


def test_unknown_values_leave_a_hole_that_no_line_bridges():
    chart, trace = charted(mean_rate(daily_series(200, without=set(range(80, 120))), days=7))
    assert len(stretches(line_runs(chart, trace))) == 2
    crossing = [
        r for r in line_runs(chart, trace) if r.values[0].end < START + dt.timedelta(days=90) < r.values[-1].end
    ]
    assert crossing == []


def test_bars_side_by_side_are_one_contour_and_a_span_is_its_own():
    runs = block_runs(*charted(changes_per_day(daily_series(10, without={4, 5}))))
    assert [(run.light, len(run.values)) for run in runs] == [(False, 3), (True, 1), (False, 3)]


@given(
    st.lists(st.tuples(st.floats(0.5, 50), st.floats(-1000, 1000)), max_size=80),
    st.floats(0.1, 50),
)
def test_a_simplified_line_strays_no_further_than_its_tolerance(steps, tolerance):
    points, x = [], 0.0
    for dx, y in steps:
        x += dx
        points.append((x, y))
    kept = list(simplify(points, tolerance))
    assert kept == [p for p in points if p in kept]
    assert (kept[:1], kept[-1:]) == (points[:1], points[-1:])
    for x, y in points:
        left = max((p for p in kept if p[0] <= x), default=None)
        right = min((p for p in kept if p[0] >= x), default=None)
        on = left[1] if left == right else left[1] + (right[1] - left[1]) * (x - left[0]) / (right[0] - left[0])
        assert abs(on - y) <= tolerance * 1.000001 + 1e-6


def test_a_straight_line_is_its_two_ends():
    assert list(simplify([(n, 2 * n) for n in range(100)], 0.1)) == [(0, 0), (99, 198)]
