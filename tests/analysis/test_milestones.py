import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from conflict.analysis.milestones import (
    anniversaries,
    figures_passed,
    milestone_days,
    next_days,
    next_figure,
    record_day,
    record_month,
    round_days,
    round_figures,
)
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


# -- Days of the calendar: walked one by one ----------------------------------------------------------------


def walked(first, until):
    """Count day after day, and say of each which milestones it is: (date, kind, figure)."""
    found, date, number = [], first, 1
    while date <= until:
        if number % 100 == 0:
            found.append((date, "day", number))
        tomorrow = date + DAY
        same_day = (date.month, date.day) == (first.month, first.day)
        # The last of February stands for 29 February where there is none.
        stands_in = (first.month, first.day, date.month, tomorrow.month) == (2, 29, 2, 3) and date.day == 28
        if date.year > first.year and (same_day or stands_in):
            found.append((date, "anniversary", date.year - first.year))
        date, number = tomorrow, number + 1
    return found


@given(st.dates(dt.date(1995, 1, 1), dt.date(2030, 12, 31)), st.integers(-3, 3000))
@example(dt.date(2024, 2, 29), 1462)
@example(dt.date(2024, 2, 29), 365)
@example(dt.date(2022, 2, 24), 365)
@example(dt.date(2022, 2, 24), 364)
def test_milestone_days_are_those_that_a_walk_through_the_calendar_finds(first, length):
    until = first + length * DAY
    expected = sorted(walked(first, until))
    assert sorted((m.date, m.kind, m.figure) for m in milestone_days(first_day=first, until=until)) == expected
    dates = [m.date for m in milestone_days(first_day=first, until=until)]
    assert dates == sorted(dates)


@given(st.dates(dt.date(1995, 1, 1), dt.date(2030, 12, 31)), st.integers(-400, 3000))
def test_the_next_days_are_the_first_that_the_walk_finds_later(first, length):
    after = first + length * DAY
    later = [m for m in walked(first, max(after, first) + 2 * 366 * DAY) if m[0] > after]
    expected = {kind: next(m for m in later if m[1] == kind) for kind in ("day", "anniversary")}
    found = next_days(first_day=first, after=after)
    assert {m.kind: (m.date, m.kind, m.figure) for m in found} == expected
    assert found[0].date <= found[1].date


def test_a_leap_day_has_an_anniversary_every_year():
    days = anniversaries(first_day=dt.date(2024, 2, 29), until=dt.date(2028, 2, 29))
    assert [m.date.isoformat() for m in days] == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


# -- Next figures and records -------------------------------------------------------------------------------


@given(st.integers(1, 10**7))
def test_the_next_figure_is_the_first_rung_above_all_totals(total):
    rungs = [step * 10**power for power in range(9) for step in (1, 2, 5)]
    series = Series.of("tanks", "tanks", [(FIRST, total, None), (FIRST + DAY, total // 2, None)])
    assert next_figure(series) == min(rung for rung in rungs if rung > total)


def test_nothing_reported_has_no_next_figure():
    assert next_figure(Series.of("tanks", "tanks", [])) is None
    assert next_figure(Series.of("tanks", "tanks", [(FIRST, 0, None)])) is None


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(-40, 400)), max_size=40))
def test_a_record_day_is_the_highest_rise_between_two_days_in_a_row(steps):
    totals = {FIRST: 1000}
    for days, change in steps:
        totals[max(totals) + days * DAY] = max(totals[max(totals)] + change, 0)
    rises = {
        date: total - totals[date - DAY]
        for date, total in totals.items()
        if date - DAY in totals and total > totals[date - DAY]
    }
    found = record_day(Series.of("tanks", "tanks", [(date, total, None) for date, total in totals.items()]))
    if not rises:
        assert found is None
    else:
        best = max(rises.values())
        assert found is not None
        assert (found.date, found.change) == (min(d for d, rise in rises.items() if rise == best), best)


def test_a_record_month_is_covered_whole_and_says_what_it_took_as_even():
    def total_of(day):
        """10 a day, 30 in March; April rises by most and is cut by the last report."""
        march = min(max((day - dt.date(2022, 2, 28)).days, 0), 31)
        april = max((day - dt.date(2022, 3, 31)).days, 0)
        return 10 * (day - FIRST).days + 20 * march + 90 * april

    every = [FIRST + n * DAY for n in range(50)]  # up to 14 April
    series = Series.of("tanks", "tanks", [(day, total_of(day), None) for day in every])
    month = record_month(series)
    assert month is not None
    assert (month.start, month.end, month.value, month.gap) == (
        dt.date(2022, 3, 1),
        dt.date(2022, 3, 31),
        930,
        1,
    )
    holes = [day for day in every if not dt.date(2022, 3, 30) <= day <= dt.date(2022, 4, 2)]
    month = record_month(Series.of("tanks", "tanks", [(day, total_of(day), None) for day in holes]))
    assert month is not None and month.gap == 5


def test_no_whole_month_is_no_record():
    rows = [(dt.date(2022, 3, 2) + n * DAY, 10 * n, None) for n in range(40)]
    assert record_month(Series.of("tanks", "tanks", rows)) is None
    falling = [(dt.date(2022, 2, 28) + n * DAY, 1000 - n, None) for n in range(40)]
    assert record_month(Series.of("tanks", "tanks", falling)) is None
    assert record_day(Series.of("tanks", "tanks", falling)) is None


def test_a_figure_that_is_passed_names_its_kind_and_category():
    rows = [(FIRST, 90, None), (FIRST + DAY, 120, None)]
    (passed,) = figures_passed(Series.of("tanks", "tanks", rows))
    assert (passed.kind, passed.figure, passed.category, passed.exact) == ("total", 100, "tanks", True)


def test_the_smallest_ladders_begin_at_one():
    assert list(round_figures(1)) == [1]
    assert list(round_figures(2)) == [1, 2]
    assert list(round_figures(0)) == []


def test_no_anniversary_lies_beyond_the_last_day_asked_for():
    assert [m.figure for m in anniversaries(first_day=FIRST, until=dt.date(2024, 2, 23))] == [1]
    assert [m.figure for m in anniversaries(first_day=FIRST, until=dt.date(2024, 2, 24))] == [1, 2]


def test_after_an_anniversary_comes_the_next_and_of_two_on_one_day_the_round_day_is_first():
    found = {m.kind: m for m in next_days(first_day=FIRST, after=dt.date(2023, 2, 24))}
    assert found["anniversary"].date == dt.date(2024, 2, 24)
    # Day 366 is the first anniversary of a year without a leap day.
    both = next_days(first_day=FIRST, after=FIRST, every=366)
    assert [(m.kind, m.date) for m in both] == [
        ("day", dt.date(2023, 2, 24)),
        ("anniversary", dt.date(2023, 2, 24)),
    ]


def test_day_1_itself_is_no_round_day_when_nothing_has_begun():
    assert next_days(first_day=FIRST, after=FIRST - 10 * DAY, every=1)[0].figure == 1


def test_the_smallest_rise_is_a_record_and_of_equal_ones_the_first():
    day_1 = dt.date(2024, 1, 31)
    series = Series.of("ships", "ships", [(day_1 + n * DAY, total, None) for n, total in enumerate((5, 6, 6, 7))])
    assert record_day(series).date == day_1 + DAY
    # A rise of one in all of February, two in March, two in May, none in April.
    totals = {dt.date(2024, 1, 31): 5, dt.date(2024, 2, 29): 6, dt.date(2024, 3, 31): 8}
    totals |= {dt.date(2024, 4, 30): 8, dt.date(2024, 5, 31): 10}
    months = Series.of("ships", "ships", [(date, total, None) for date, total in totals.items()])
    record = record_month(months)
    assert (record.start, record.value) == (dt.date(2024, 3, 1), 2)
    february = Series.of("ships", "ships", [(date, totals[date], None) for date in sorted(totals)[:2]])
    assert record_month(february).value == 1
    still = Series.of("ships", "ships", [(dt.date(2024, 3, 31), 8, None), (dt.date(2024, 4, 30), 8, None)])
    assert record_month(still) is None
