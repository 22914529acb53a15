import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.milestones import figures_passed, round_days, round_figures
from conflict.analysis.series import Series

FIRST = dt.date(2022, 2, 24)
DAY = dt.timedelta(days=1)


def test_every_hundredth_day_up_to_the_last_is_a_milestone():
    days = round_days(first_day=FIRST, until=dt.date(2024, 11, 19))
    assert [m.figure for m in days] == list(range(100, 1001, 100))
    assert days[-1].date == dt.date(2024, 11, 19)
    assert round_days(first_day=FIRST, until=FIRST) == ()


def test_the_ladder_is_scaled_to_the_series():
    assert list(round_figures(1_456_610)) == [100_000, 200_000, 500_000, 1_000_000]
    assert list(round_figures(12_251)) == [1_000, 2_000, 5_000, 10_000]
    assert list(round_figures(2)) == [1, 2]
    assert list(round_figures(0)) == []


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(-40, 400)), max_size=60), st.integers(0, 500))
def test_a_figure_is_passed_by_the_first_report_at_or_above_it(steps, first_total):
    rows = [(FIRST, first_total, None)]
    for days, change in steps:
        rows.append((rows[-1][0] + days * DAY, max(rows[-1][1] + change, 0), None))
    series = Series.of("tanks", "tanks", rows)
    expected = []
    for figure in round_figures(max(total for _, total, _ in rows)):
        date = next(date for date, total, _ in rows if total >= figure)
        if date != FIRST:
            expected.append((figure, date, max(d for d, _, _ in rows if d < date) + DAY))
    assert [(m.figure, m.date, m.earliest) for m in figures_passed(series)] == expected


def test_a_figure_passed_across_missing_days_is_not_exact():
    series = Series.of(
        "tanks", "tanks", [(FIRST, 900, None), (FIRST + DAY, 950, None), (FIRST + 5 * DAY, 1010, None)]
    )
    (passed,) = [m for m in figures_passed(series) if m.figure == 1000]
    assert not passed.exact
    assert passed.earliest == FIRST + 2 * DAY


def test_no_reports_pass_no_figures():
    assert figures_passed(Series.of("tanks", "tanks", [])) == ()
