import datetime as dt

import pytest
from django.utils import translation

from conflict.analysis.relative import shares
from conflict.analysis.series import Series, changes_per_day, mean_rate, per_period, totals
from conflict.charts.chart import losses_chart, summary
from conflict.charts.courses import block_runs
from tests.charts.make import DAY, START, daily_series, make_event

LABELS = {"tanks": "Tanks", "aircraft": "Aircraft"}


def chart(*measures, **given):
    return losses_chart(measures, labels=LABELS, title="Losses", y_label="a day", **given)


def test_the_kind_of_picture_follows_the_measure():
    tanks, aircraft = daily_series(), daily_series(category="aircraft")
    assert chart(totals(tanks)).kind == "area"
    assert chart(mean_rate(tanks, days=14)).kind == "area"
    assert chart(changes_per_day(tanks)).kind == "bars"
    assert chart(per_period(tanks, "month")).kind == "bars"
    assert chart(totals(tanks), totals(aircraft)).kind == "line"
    assert chart(changes_per_day(tanks), changes_per_day(aircraft)).kind == "steps"
    assert chart(totals(tanks), scale="log").kind == "line"


def test_different_measures_do_not_share_a_chart():
    with pytest.raises(ValueError, match="one measure, not change, total"):
        chart(totals(daily_series()), changes_per_day(daily_series()))


def test_a_category_without_a_label_is_refused_by_name():
    with pytest.raises(ValueError, match="No label was given for drones"):
        chart(totals(daily_series(category="drones")))


def test_a_range_cuts_values_and_events():
    end = START + 59 * DAY
    made = chart(
        changes_per_day(daily_series()),
        start=START + 30 * DAY,
        end=end,
        events=[make_event(70), make_event(40), make_event(31)],
    )
    assert [len(t.values) for t in made.traces] == [30]
    assert [e.date for e in made.events] == [START + 31 * DAY, START + 40 * DAY]
    assert (made.start, made.end) == (START + 30 * DAY, end)


def test_more_than_200_days_of_changes_become_weeks_and_the_chart_says_so():
    assert chart(changes_per_day(daily_series(150))).notes == ()
    weekly = chart(changes_per_day(daily_series(400)))
    assert weekly.step == "week"
    assert "Daily changes are drawn as the mean of each week." in weekly.notes


def test_an_axis_that_does_not_begin_at_zero_says_so():
    late = chart(totals(daily_series()), start=START + 1500 * DAY)
    assert late.kind == "line"
    assert not late.from_zero
    assert "The axis does not begin at zero." in late.notes
    assert chart(totals(daily_series())).from_zero


def test_missing_days_are_announced_with_the_longest_span():
    made = chart(totals(daily_series(100, without={20, 21, 22, 50})))
    assert made.notes == ("Drawn lighter: not reported daily; the longest span without a report has 3 days.",)


def test_values_that_are_not_known_between_known_ones_are_announced():
    made = chart(mean_rate(daily_series(200, without=set(range(60, 120))), days=14))
    assert "Left blank: reports too far apart for this measure." in made.notes


def test_a_logarithmic_scale_announces_what_it_cannot_show():
    series = Series.of("tanks", "tanks", [(START, 10, None), (START + DAY, 10, None), (START + 2 * DAY, 15, None)])
    made = chart(changes_per_day(series), scale="log")
    assert "A logarithmic scale has no place for zero or for falls: such days are left out." in made.notes
    assert made.numbers == [5]


def test_the_summary_tells_first_last_and_highest_with_their_days():
    rows = [
        (dt.date(2024, 11, 17), 1000, None),
        (dt.date(2024, 11, 18), 2500, None),
        (dt.date(2024, 11, 19), 2400, None),
    ]
    made = chart(totals(Series.of("tanks", "tanks", rows)))
    assert summary(made) == (
        "Losses. Tanks: from 1,000 (17 Nov 2024) to 2,400 (19 Nov 2024); highest 2,500 (18 Nov 2024)."
    )


def test_the_summary_of_a_fall_writes_a_true_minus():
    rows = [(START, 1000, None), (START + DAY, 990, None), (START + 2 * DAY, 970, None)]
    assert "from −10 (26 Feb 2022) to −20 (27 Feb 2022)" in summary(
        chart(changes_per_day(Series.of("tanks", "t", rows)))
    )


def test_a_chart_of_nothing_says_so():
    empty = chart(totals(Series.of("tanks", "tanks", [])))
    assert (empty.start, empty.end) == (None, None)
    assert summary(empty) == "Losses: no figures in this range."


def test_numbers_are_grouped_as_the_reader_s_language_groups_them():
    rows = [(START, 1_456_610, None)]
    with translation.override("uk"):
        assert "1\xa0456\xa0610" in summary(chart(totals(Series.of("tanks", "tanks", rows))))


def test_decimals_follow_the_size_of_the_numbers():
    assert chart(mean_rate(daily_series(scale=50), days=14)).decimals == 0
    assert chart(mean_rate(daily_series(), days=14)).decimals == 1
    assert chart(mean_rate(daily_series(scale=0.1), days=14)).decimals == 2
    assert chart(totals(daily_series())).decimals == 0


def test_a_period_that_is_covered_in_part_is_drawn_lighter_and_said_to_be():
    months = chart(per_period(daily_series(100), "month"))
    (trace,) = months.traces
    light = [v for run in block_runs(months, trace) if run.light for v in run.values]
    assert light == [v for v in trace.values if v.partial]
    assert len(light) == 2
    assert any("drawn lighter" in note for note in months.notes)
    weeks = chart(changes_per_day(daily_series(400)))
    # A mean of a few days stands beside means of a week as their equal.
    assert not [run for run in block_runs(weeks, weeks.traces[0]) if run.light]


def test_percentages_keep_a_decimal_and_notes_given_come_first():
    shown = chart(shares(daily_series(100)), notes=("100 percent is the last total.",))
    assert shown.traces[0].decimals == 1
    assert shown.notes[0] == "100 percent is the last total."
