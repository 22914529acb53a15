"""Which course is likely where documents differ for days on end: the usual rate, and who lags behind whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from conflict.ledger.checks import FEWEST, Compared, Stated
from conflict.ledger.likelihood import Verdict, weigh

D = dt.date
ONE = dt.timedelta(days=1)
DAY = D(2024, 6, 20)  # the first day in question
BEFORE = 1000  # what is agreed for the day before


def judge(
    documents: Mapping[str, list[int | None]], *, after: int, changes: list[int], on: int = 0, days: int = 32
) -> Verdict:
    """Weigh day ``on`` of those that the documents give each its own course of; around these they agree."""
    span = len(next(iter(documents.values())))
    agreed = {DAY - ONE: BEFORE, DAY + span * ONE: after}
    for n in range(days):
        step = changes[n % len(changes)]
        agreed[DAY - (n + 2) * ONE] = agreed[DAY - (n + 1) * ONE] - step
        agreed[DAY + (span + n + 1) * ONE] = agreed[DAY + (span + n) * ONE] + step
    compared = Compared.of(
        {
            slug: {
                **{day: Stated(total) for day, total in agreed.items()},
                **{DAY + n * ONE: Stated(total) for n, total in enumerate(course) if total is not None},
            }
            for slug, course in documents.items()
        }
    )
    assert not {DAY + n * ONE for n in range(span)} & compared.agreed.keys()
    return weigh(DAY + on * ONE, compared)


# -- The usual rate: twenty a day, with a spread of the root of twenty -----------------------------------------


@pytest.mark.parametrize(
    ("documents", "after", "likely"),
    [
        # One strays little on the day itself, and far on the next.
        ({"a": [1020, 1040, 1060], "b": [1021, 1059, 1061]}, 1080, 1020),
        ({"a": [1020, 1040, 1060], "b": [1019, 1021, 1059]}, 1080, 1020),
        # Both stray as far, one above and one below.
        ({"a": [1035], "b": [1005]}, 1040, None),
        # The days that only one of them states are passed over: ten astray, and then half as much in four days.
        ({"a": [1020, None, 1060, None], "b": [1030, 1040, None, None]}, 1100, 1020),
        ({"a": [1020, None, 1060, None], "b": [1028, 1040, None, None]}, 1100, None),
        ({"a": [1020, None, 1060, None], "b": [1010, 1040, None, None]}, 1100, 1020),
        # Who states what a stray document states is not blamed for the rest of its course.
        ({"a": [1020, 1040, 1060], "b": [1036, 1041, 1061], "c": [1020, 1059, 1061]}, 1080, 1020),
        # Three readings, of which one fits.
        ({"a": [1038], "b": [1020], "c": [1002]}, 1040, 1020),
        ({"a": [1038], "b": [1021], "c": [1019]}, 1040, None),
    ],
)
def test_the_whole_course_is_set_beside_the_usual_rate(
    documents: dict[str, list[int | None]], after: int, likely: int | None
) -> None:
    verdict = judge(documents, after=after, changes=[20])

    assert verdict.usual is not None
    assert (verdict.usual.median, verdict.usual.spread) == (20, pytest.approx(20**0.5))
    assert verdict.votes.get("rate") == likely


@pytest.mark.parametrize(("missing", "known"), [(0, True), (1, False)])
def test_fifteen_changes_are_enough_for_a_usual_one(missing: int, known: bool) -> None:
    days = {DAY + n * ONE: Stated(1000 + 20 * n) for n in range(-(8 - missing), FEWEST // 2 + 3)}
    compared = Compared.of({"a": {**days, DAY: Stated(1001)}, "b": {**days, DAY: Stated(1002)}})

    assert (weigh(DAY, compared).usual is not None) is known


# -- Lags: a category that moves every fourth day --------------------------------------------------------------


@pytest.mark.parametrize(
    ("documents", "after", "on", "likely"),
    [
        ({"a": [1001], "b": [1000]}, 1002, 0, 1001),
        # A day that only one of them states is no disagreement, wherever it lies.
        ({"a": [1000, 1001], "b": [None, 1000]}, 1002, 1, 1001),
        ({"a": [1001, 1001, 1001], "b": [1000, None, 1000]}, 1002, 2, 1001),
        # One overshoots what both say afterwards.
        ({"a": [1003], "b": [1000]}, 1002, 0, None),
        # Three readings: two have moved, and not the same way.
        ({"a": [1001], "b": [1000], "c": [1002]}, 1003, 0, None),
        # Neither repeats the agreed one.
        ({"a": [1001], "b": [1002]}, 1003, 0, None),
        # One of those that lag goes its own way later.
        ({"a": [1001, 1001], "b": [1000, 1000], "c": [1000, 1005]}, 1006, 1, None),
        ({"a": [1001, 1001], "b": [1000, 1000], "c": [1000, 1000]}, 1006, 1, 1001),
    ],
)
def test_who_repeats_the_agreed_total_lags_behind_who_has_moved_on(
    documents: dict[str, list[int | None]], after: int, on: int, likely: int | None
) -> None:
    verdict = judge(documents, after=after, on=on, changes=[0, 0, 0, 1])

    assert verdict.votes.get("lag") == likely
    assert "standstill" not in verdict.votes


# -- Neighbours, headlines, and what is told where nothing decides ---------------------------------------------


def test_between_two_equal_totals_the_one_that_stands_still_is_likely() -> None:
    verdict = judge({"a": [1000], "b": [1010]}, after=1000, changes=[0, 0, 0, 1])

    assert (verdict.likely, verdict.reason) == ("a", "neighbours")


def test_a_headline_counts_from_the_agreed_day_before_where_its_document_is_new() -> None:
    agreed = {DAY + n * ONE: Stated(1000 + 20 * n) for n in range(-9, 10) if n}
    documents = {"a": {**agreed, DAY: Stated(1001)}, "b": agreed, "bulletin": {DAY: Stated(1004)}}

    verdict = weigh(DAY, Compared.of(documents), headline=[24])

    assert (verdict.likely, verdict.reason, verdict.votes["headline"]) == ("bulletin", "headline", 1004)


def test_an_agreement_on_one_side_alone_is_told_and_decides_nothing() -> None:
    agreed = {DAY - ONE: Stated(1000)}
    compared = Compared.of({"a": {**agreed, DAY: Stated(1010)}, "b": {**agreed, DAY: Stated(1020)}})

    verdict = weigh(DAY, compared)

    assert (verdict.likely, verdict.reason) == (None, "no-neighbours")
    assert (verdict.before, verdict.after) == ((DAY - ONE, 1000), None)


def test_what_an_undecided_disagreement_was_judged_by_is_told_as_well() -> None:
    verdict = judge({"a": [1020], "b": [1022]}, after=1040, changes=[20])

    assert (verdict.likely, verdict.reason) == (None, "undecided")
    assert (verdict.before, verdict.after) == ((DAY - ONE, 1000), (DAY + ONE, 1040))
    assert verdict.usual is not None
