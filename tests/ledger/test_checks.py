"""The rules over readings: examples, and slow obvious twins where the counting is not obvious."""

from __future__ import annotations

import datetime as dt
import statistics
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.ledger import checks
from conflict.ledger.checks import (
    Compared,
    Noticed,
    Stated,
    Usual,
    find_arithmetic,
    find_falls,
    find_gaps,
    find_outliers,
    find_repeats,
    find_unknown_categories,
    find_wrong_sum,
)

D = dt.date
FIRST = D(2024, 11, 1)
ONE = dt.timedelta(days=1)


def series(*totals: int | None, first: D = FIRST, printed: dict[int, int] | None = None) -> dict[D, Stated]:
    """One total a day from ``first`` on; None is a day that is not stated."""
    return {
        first + n * ONE: Stated(total, (printed or {}).get(n), n)
        for n, total in enumerate(totals)
        if total is not None
    }


offsets = st.sets(st.integers(0, 60), max_size=30)
sparse = st.dictionaries(st.integers(0, 80), st.integers(0, 40), max_size=60).map(
    lambda days: {FIRST + n * ONE: Stated(total) for n, total in days.items()}
)


# -- Gaps ---------------------------------------------------------------------------------------------------


def test_a_gap_is_a_run_of_missing_days_with_its_length() -> None:
    assert find_gaps([FIRST, FIRST + ONE, FIRST + 5 * ONE]) == [
        Noticed("gap", "note", D(2024, 11, 3), "", D(2024, 11, 5), {"days": 3, "span": 4})
    ]


def test_each_gap_is_told_of_also_behind_days_without_one() -> None:
    gaps = find_gaps([FIRST + n * ONE for n in (0, 2, 3, 5)])

    assert [(gap.date, gap.end_date) for gap in gaps] == [(D(2024, 11, 2),) * 2, (D(2024, 11, 5),) * 2]


@pytest.mark.parametrize(("missing", "severity"), [(6, "note"), (7, "doubt"), (29, "doubt"), (30, "error")])
def test_a_longer_gap_is_graver(missing: int, severity: str) -> None:
    assert [gap.severity for gap in find_gaps([FIRST, FIRST + (missing + 1) * ONE])] == [severity]


def test_no_days_and_one_day_have_no_gap() -> None:
    assert find_gaps([]) == find_gaps([FIRST]) == []


@given(offsets)
def test_gaps_cover_exactly_the_missing_days(days: set[int]) -> None:
    dates = {FIRST + n * ONE for n in days}
    covered = [gap.date + n * ONE for gap in find_gaps(dates) for n in range((gap.end_date - gap.date).days + 1)]
    span = range(min(days), max(days) + 1) if days else range(0)

    assert covered == [FIRST + n * ONE for n in span if n not in days]


# -- Falls and arithmetic -----------------------------------------------------------------------------------


def test_a_total_below_the_one_before_is_a_fall_also_across_missing_days() -> None:
    evidence = {"total": 11, "previous": 12, "previous_date": "2024-11-02"}

    assert find_falls(series(10, 12, None, 11, 11, 15)) == [
        Noticed("fall", "doubt", D(2024, 11, 4), "12>11", None, evidence)
    ]


def test_other_figures_are_another_cause() -> None:
    assert find_falls(series(12, 11))[0].cause != find_falls(series(12, 10))[0].cause


@given(sparse)
def test_falls_are_found_as_a_slow_search_finds_them(stated: dict[D, Stated]) -> None:
    slow = {
        day
        for day in stated
        if any(
            stated[day].total < stated[before].total and not any(before < other < day for other in stated)
            for before in stated
            if before < day
        )
    }
    assert {fall.date for fall in find_falls(stated)} == slow


def test_a_printed_change_of_another_size_is_found() -> None:
    evidence = {
        "printed": 12,
        "computed": 13,
        "total": 9330,
        "previous": 9317,
        "previous_date": "2024-11-02",
    }

    assert find_arithmetic(series(9300, 9317, 9330, printed={1: 17, 2: 12})) == [
        Noticed("arithmetic", "doubt", D(2024, 11, 3), "12/13", None, evidence)
    ]


def test_each_wrong_change_is_found_also_behind_days_that_print_none_or_the_right_one() -> None:
    days = series(9300, 9317, 9330, 9331, 9331, printed={0: 5, 1: 17, 3: 0, 4: 0})

    assert [noticed.date for noticed in find_arithmetic(days)] == [D(2024, 11, 4)]


def test_a_printed_change_is_not_checked_across_a_missing_day() -> None:
    assert find_arithmetic(series(9300, None, 9330, printed={2: 12})) == []


def test_a_change_that_is_not_printed_is_not_zero() -> None:
    assert find_arithmetic(series(9300, 9330)) == []


# -- Outliers -----------------------------------------------------------------------------------------------


def climbing(*changes: int) -> dict[D, Stated]:
    totals = [1000]
    for change in changes:
        totals.append(totals[-1] + change)
    return series(*totals)


def test_a_change_far_outside_the_recent_spread_is_an_outlier() -> None:
    evidence = {
        "change": 90,
        "median": 10,
        "spread": 3.2,  # the Poisson spread of 10, more than 1.4826 times the MAD of 1
        "times": 25.3,
        "lowest": 8,
        "highest": 12,
        "days": 25,
    }

    assert find_outliers(climbing(*[10, 12, 9, 11, 8] * 5, 90)) == [
        Noticed("outlier", "doubt", FIRST + 26 * ONE, "90", None, evidence)
    ]


def test_far_outside_is_more_than_six_spreads_and_more_than_twice_the_farthest() -> None:
    def found(*changes: int) -> list[int]:
        return [outlier.evidence["change"] for outlier in find_outliers(climbing(*changes))]

    assert found(*[0] * 20, 6) == []
    assert found(*[0] * 20, 7) == [7]
    assert found(*[0] * 19, 4, 8) == []
    assert found(*[0] * 19, 4, 9) == [9]
    assert found(*[20] * 19, 10, 40) == []
    assert found(*[40] * 19, 32, 0) == [0]  # as far below as 80 would be above


def test_the_farthest_below_counts_as_one_above_does_and_both_are_told() -> None:
    assert find_outliers(climbing(*[40] * 19, 5, 0)) == []

    (outlier,) = find_outliers(climbing(7, *[10] * 20, 14, 75))

    evidence = outlier.evidence
    assert (evidence["lowest"], evidence["highest"], evidence["times"]) == (7, 14, 20.6)


def test_what_is_recent_is_thirty_changes_of_forty_five_days() -> None:
    assert find_outliers(climbing(900, *[10] * 29, 900)) == []
    assert len(find_outliers(climbing(900, *[10] * 30, 900))) == 1

    def after_pause(days: int) -> list[Noticed]:
        totals = [stated.total for stated in climbing(900, *[10] * 9).values()]
        on = [totals[-1] + 10 * n for n in range(20)]
        return find_outliers(series(*totals, *[None] * days, *on, on[-1] + 900))

    assert after_pause(15) == []  # the first 900 lies 45 days back
    assert len(after_pause(16)) == 1


def test_an_outlier_says_the_lowest_and_the_highest_of_the_changes_before() -> None:
    (outlier,) = find_outliers(climbing(*[10, 12, 9, 11, 8] * 3, 7, 13, 90))

    assert (outlier.evidence["lowest"], outlier.evidence["highest"], outlier.evidence["days"]) == (7, 13, 17)
    assert outlier.evidence["times"] == 25.3
    assert (outlier.evidence["median"], outlier.evidence["change"]) == (10, 90)


@pytest.mark.parametrize(("change", "is_far"), [(29, False), (30, False), (31, True)])
def test_an_outlier_lies_twice_as_far_out_as_the_farthest_change_before(change: int, is_far: bool) -> None:
    assert bool(find_outliers(climbing(*[10] * 14, 0, change))) == is_far  # ten below the median


def test_a_busy_category_that_stands_still_is_an_outlier() -> None:
    (outlier,) = find_outliers(climbing(*[1500, 1490, 1510, 1480, 1520] * 5, 0))

    assert outlier.evidence["change"] == 0


def test_bursts_like_the_bursts_before_are_no_outliers() -> None:
    assert find_outliers(climbing(*[0, 0, 0, 0, 80] * 6, 0, 90)) == []


def test_a_change_across_missing_days_is_not_daily() -> None:
    days = climbing(*[10] * 20)
    days[max(days) + 2 * ONE] = Stated(days[max(days)].total + 900)

    assert find_outliers(days) == []


def test_too_few_changes_say_nothing() -> None:
    assert find_outliers(climbing(*[10] * (checks.FEWEST - 1), 900)) == []
    assert len(find_outliers(climbing(*[10] * checks.FEWEST, 900))) == 1


@given(
    st.lists(st.one_of(st.integers(0, 30), st.sampled_from([200, 900])), max_size=70), st.sets(st.integers(0, 70))
)
def test_outliers_are_found_as_a_slow_search_finds_them(changes: list[int], missing: set[int]) -> None:
    days = {day: stated for n, (day, stated) in enumerate(climbing(*changes).items()) if n not in missing}
    slow = set()
    daily = [(b, days[b].total - days[a].total) for a, b in pairwise(sorted(days)) if b - a == ONE]
    for place, (day, change) in enumerate(daily):
        recent = [c for d, c in daily[:place][-30:] if (day - d).days <= 45]
        if change < 0 or len(recent) < 15:
            continue
        middle = statistics.median(recent)
        spread = max(1.4826 * statistics.median([abs(c - middle) for c in recent]), max(middle, 1) ** 0.5)
        reach = max(abs(c - middle) for c in recent)
        if abs(change - middle) > 6 * spread and abs(change - middle) > 2 * reach:
            slow.add(day)

    assert {outlier.date for outlier in find_outliers(days)} == slow


def test_the_usual_change_has_a_spread_even_where_nothing_moves() -> None:
    usual = Usual.of([0] * 20)

    assert usual == Usual(0, 1.0, 20, 1.0)


def test_the_usual_change_keeps_a_half_and_is_whole_where_it_can_be() -> None:
    assert Usual.of([0, 1, 2, 3]) == Usual(1.5, max(1.4826, 1.5**0.5), 4, 0.25)
    assert repr(Usual.of([2, 4]).median) == "3"
    assert Usual.of([0, 0, 40, 100]).spread == pytest.approx(1.4826 * 20)


# -- Repeats ------------------------------------------------------------------------------------------------


def days_of(*rows: dict[str, int]) -> dict[D, dict[str, int]]:
    return {FIRST + n * ONE: row for n, row in enumerate(rows)}


def test_a_whole_day_repeated_while_another_document_moved_is_copied_over() -> None:
    copied = days_of({"tanks": 10, "mlrs": 5}, {"tanks": 10, "mlrs": 5})
    moved = days_of({"tanks": 10, "mlrs": 5}, {"tanks": 12, "mlrs": 5})

    found = find_repeats({"a": copied, "b": moved})

    evidence = {"categories": 2, "moved": {"b": 1}}
    assert found == {"a": [Noticed("repeat", "error", FIRST + ONE, "", None, evidence)]}


def test_each_copied_day_is_told_of_with_every_document_that_moved_and_in_how_many_categories() -> None:
    still = {"tanks": 10, "mlrs": 5}
    first = days_of({}, {}, still, still, still, {**still, "ships": 1})
    moving = days_of({}, {}, *({"tanks": 10 + n, "mlrs": 5 + 2 * n} for n in range(4)))
    slower = days_of({}, {}, *({"tanks": 10 + n // 2, "ships": n} for n in range(4)))

    found = find_repeats({"a": first, "b": moving, "c": slower})

    assert {slug: [(day.date, day.evidence["moved"]) for day in days] for slug, days in found.items()} == {
        "a": [(FIRST + 3 * ONE, {"b": 2}), (FIRST + 4 * ONE, {"b": 2, "c": 1})]
    }


def test_a_quiet_day_that_all_documents_repeat_is_no_copy() -> None:
    quiet = days_of({"ships": 28}, {"ships": 28})

    assert find_repeats({"a": quiet, "b": quiet}) == {}


def test_a_repeated_day_without_another_document_is_not_judged() -> None:
    assert find_repeats({"a": days_of({"tanks": 10}, {"tanks": 10})}) == {}


def test_a_day_that_differs_in_one_category_is_no_copy() -> None:
    moved = days_of({"tanks": 10, "mlrs": 5}, {"tanks": 12, "mlrs": 5})

    assert find_repeats({"a": moved, "b": days_of({"tanks": 10}, {"tanks": 13})}) == {}


def test_a_document_that_skips_the_day_before_does_not_speak() -> None:
    copied = days_of({"tanks": 10}, {"tanks": 10})

    assert find_repeats({"a": copied, "b": {FIRST + ONE: {"tanks": 13}}}) == {}


def test_a_document_that_ends_the_day_before_says_nothing_of_a_copy() -> None:
    days = {FIRST: {"tanks": 5}, FIRST + ONE: {"tanks": 5}}

    assert find_repeats({"a": days, "b": {FIRST: {"tanks": 5}}}) == {}


# -- Sums and unknown categories ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "qualifier", "fits"),
    [
        (48640, "", True),
        (48641, "exactly", False),
        (48000, "more than", True),
        (48640, "more than", False),
        (48000, "at least", True),
        (48640, "at least", True),
        (48641, "at least", False),
        (49000, "about", True),
        (49140, "about", True),
        (49141, "about", False),
        (48639, "more than", True),
        (48000, "about", False),
    ],
)
def test_a_printed_sum_is_compared_in_its_own_words(figure: int, qualifier: str, fits: bool) -> None:
    parts = {"armoured-vehicles": 18640, "vehicles": 30000}

    noticed = find_wrong_sum(figure=figure, qualifier=qualifier, parts=parts, date=FIRST)

    assert (noticed is None) is fits
    if noticed:
        evidence = {"figure": figure, "sum": 48640, "parts": parts, "qualifier": qualifier}
        assert noticed == Noticed("sum", "doubt", FIRST, f"{figure}/48640", None, evidence)


@pytest.mark.parametrize(("total", "fits"), [(28, True), (29, False)])
def test_about_a_number_of_two_digits_is_that_number(total: int, fits: bool) -> None:
    assert (find_wrong_sum(figure=28, qualifier="about", parts={"ships": total}, date=FIRST) is None) is fits


def test_a_sum_with_an_unknown_part_is_not_judged() -> None:
    assert find_wrong_sum(figure=5, qualifier="", parts={"tanks": 4, "mlrs": None}, date=FIRST) is None


def test_keys_with_whole_numbers_are_unknown_categories_and_words_are_not() -> None:
    found = find_unknown_categories(
        [
            (FIRST, {"ekranoplans": "1", "day": "5", "greatest losses direction": "Bakhmut"}),
            (FIRST + 3 * ONE, {"ekranoplans": "2", "note": "１２"}),
        ]
    )

    evidence = {"key": "ekranoplans"}
    assert found == {
        "ekranoplans": Noticed("unknown-category", "note", FIRST, "ekranoplans", FIRST + 3 * ONE, evidence)
    }


def test_an_unknown_category_of_one_day_has_no_last_day_and_a_dash_alone_is_no_number() -> None:
    found = find_unknown_categories([(FIRST, {"corrected": "-5", "dash": "-", "range": "--5", "none": ""})])

    assert {key: noticed.end_date for key, noticed in found.items()} == {"corrected": None}


# -- Comparing ----------------------------------------------------------------------------------------------


def test_later_days_are_compared_also_behind_one_that_was_compared_already() -> None:
    compared = Compared.of({"a": series(1), "b": series(1, 2, 3), "c": series(1, 2, 4)})

    assert (compared.agreed, compared.disputed) == ({FIRST: 1, FIRST + ONE: 2}, [FIRST + 2 * ONE])


@given(st.lists(sparse, min_size=1, max_size=4))
def test_days_agree_or_differ_as_a_slow_comparison_says(documents: list[dict[D, Stated]]) -> None:
    compared = Compared.of({f"document-{n}": stated for n, stated in enumerate(documents)})
    every = {day for stated in documents for day in stated}
    totals = {day: [stated[day].total for stated in documents if day in stated] for day in every}

    assert compared.disputed == sorted(day for day in every if len(set(totals[day])) > 1)
    assert compared.agreed == {
        day: totals[day][0] for day in every if len(totals[day]) > 1 and len(set(totals[day])) == 1
    }
