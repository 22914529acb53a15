"""Ranges and rankings against slow twins that add single days, in exact fractions."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.ranges import counted_from, highest, range_facts
from conflict.analysis.series import Series, Value, changes_per_day, per_period
from tests.analysis.test_series import DAY, START, close, daily, make, over, series

offsets = st.none() | st.integers(-20, 900)


def known_change(shares, start, end):
    change, gap = over(shares, start, end)
    return None if change is None or gap > (end - start).days + 1 else change


@given(series(), offsets, offsets)
def test_a_range_agrees_with_adding_its_days_and_those_of_its_like(s, first, last):
    start, end = (None if n is None else START + n * DAY for n in (first, last))
    shares = daily(s)
    asked = [day for day in shares if (start or day) <= day <= (end or day)]
    facts = range_facts(s, start, end)
    if not asked:
        assert facts is None
        return
    one, length = min(asked), len(asked)
    assert (facts.change.start, facts.change.end) == (one, max(asked))
    # Lay ranges of this length end to end over all covered days, this one being among them.
    places = {one + n * length * DAY for n in range(-1000, 1000)}
    whole = [p for p in sorted(places) if p in shares and p + (length - 1) * DAY in shares]
    changes = {p: known_change(shares, p, p + (length - 1) * DAY) for p in whole}
    own = changes.pop(one)
    others = [c for c in changes.values() if c is not None]
    before = known_change(shares, one - length * DAY, one - DAY)
    assert facts.unknown == len(changes) - len(others)
    assert (facts.change.value is None) == (own is None)
    assert (facts.before.value is None) == (before is None)
    assert before is None or close(facts.before.value, before)
    if own is None:
        assert facts.rank is facts.mean is facts.ratio is None
        return
    assert close(facts.change.value, own)
    assert close(facts.mean, own / length)
    assert facts.ranges == len(others) + 1
    if all(abs(c - own) > 1e-6 or c == own for c in others):
        assert abs(facts.rank - (1 + sum(c > own for c in others))) <= sum(c == own for c in others)
    days = [o for o in s.observations if o.days == 1 and o.date in asked and o.change > 0]
    assert (facts.highest is None) == (not days)
    assert not days or facts.highest.change == max(o.change for o in days)


def test_a_range_is_the_second_of_four_and_more_than_the_one_before():
    rows = [("2024-01-01", 0), ("2024-01-11", 100), ("2024-01-21", 150), ("2024-01-31", 230), ("2024-02-10", 250)]
    facts = range_facts(make(*rows), dt.date(2024, 1, 22), dt.date(2024, 1, 31))
    assert (facts.change.value, facts.mean, facts.rank, facts.ranges) == (80, 8, 2, 4)
    assert (facts.before.value, facts.ratio, facts.highest) == (50, 1.6, None)


def test_a_range_that_only_cuts_a_longer_span_is_not_known():
    facts = range_facts(make(("2024-01-01", 0), ("2024-03-01", 600)), dt.date(2024, 1, 5), dt.date(2024, 1, 9))
    assert (facts.change.value, facts.change.gap, facts.rank, facts.mean) == (None, 60, None, None)


@given(series())
def test_a_total_counts_from_day_1_where_the_first_report_comes_soon_after(s):
    if not s.observations:
        assert counted_from(s, START) is s
        return
    first = s.observations[0]
    for ahead in (0, 1, 15):
        day = first.date - ahead * DAY
        facts = range_facts(counted_from(s, day), day, None)
        assert facts.change.value == s.observations[-1].total
        assert facts.change.start == day
    assert counted_from(s, first.date - 16 * DAY) is s
    assert counted_from(s, first.date + DAY) is s


@given(series(), st.integers(1, 5))
def test_rankings_agree_with_counting_what_is_higher(s, most):
    for values in (changes_per_day(s).values, per_period(s, "week").values):
        whole = [v for v in values if v.value is not None and v.value > 0 and not v.partial]
        ranked = highest(values, most=most)
        for row in ranked:
            assert row.rank == 1 + sum(v.value > row.value.value for v in whole)
        assert {r.value for r in ranked} == {v for v in whole if 1 + sum(w.value > v.value for w in whole) <= most}
        assert [(r.rank, r.value.end) for r in ranked] == sorted((r.rank, r.value.end) for r in ranked)


def test_no_report_or_one_has_no_range_and_no_ranking():
    for s in (Series.of("tanks", "tanks", []), make(("2024-01-01", 100))):
        assert range_facts(s, None, None) is None
        assert highest(changes_per_day(s).values, most=3) == []


def test_a_period_that_is_covered_in_part_holds_no_rank():
    values = [Value(START, START + n * DAY, n) for n in (3, 5, 4)]
    assert [r.value.value for r in highest([values[0], replace(values[1], partial=True), values[2]], most=9)] == [
        4,
        3,
    ]


def test_the_zero_before_day_1_makes_the_first_report_a_change_over_its_days():
    s = make(("2024-01-03", 30), ("2024-01-04", 45))
    zero, first, second = counted_from(s, dt.date(2024, 1, 1)).observations
    assert (zero.date, zero.total, zero.change) == (dt.date(2023, 12, 31), 0, None)
    assert (first.change, first.days) == (30, 3)
    assert (second.change, second.days) == (15, 1)


def test_equal_ranges_share_their_rank_and_the_unknown_are_counted_apart():
    rows = [("2024-01-01", 0), ("2024-01-03", 10), ("2024-01-05", 20), ("2024-01-07", 25), ("2024-01-15", 65)]
    facts = range_facts(make(*rows), dt.date(2024, 1, 4), dt.date(2024, 1, 5))
    # Two known ranges beside this one, of 10 and 5; of the eight days at the end nobody knows the four pairs.
    assert (facts.category, facts.rank, facts.ranges) == ("tanks", 1, 3)
    assert facts.unknown == 4


def test_the_highest_day_of_a_range_lies_inside_it():
    rows = [("2024-01-01", 0), ("2024-01-02", 90), ("2024-01-03", 95), ("2024-01-04", 102), ("2024-01-05", 202)]
    facts = range_facts(make(*rows), dt.date(2024, 1, 3), dt.date(2024, 1, 4))
    assert (facts.highest.date, facts.highest.change) == (dt.date(2024, 1, 4), 7)
    early = range_facts(make(*rows), dt.date(2024, 1, 2), dt.date(2024, 1, 3))
    assert (early.highest.date, early.highest.change) == (dt.date(2024, 1, 2), 90)


def test_equal_values_share_a_rank_and_all_that_equal_the_last_are_shown():
    s = make(("2024-01-01", 0), ("2024-01-02", 1), ("2024-01-03", 6), ("2024-01-04", 7), ("2024-01-05", 8))
    ranked = highest(changes_per_day(s).values, most=2)
    assert [(r.rank, r.value.end.day, r.value.value) for r in ranked] == [
        (1, 3, 5),
        (2, 2, 1),
        (2, 4, 1),
        (2, 5, 1),
    ]
    assert [r.rank for r in highest(changes_per_day(s).values, most=1)] == [1]
    twice = make(("2024-01-01", 0), ("2024-01-02", 5), ("2024-01-03", 10), ("2024-01-04", 11))
    assert [r.rank for r in highest(changes_per_day(twice).values, most=3)] == [1, 1, 3]
