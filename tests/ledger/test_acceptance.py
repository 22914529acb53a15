"""Which reading is taken, and what follows for the points: against a twin that makes the whole series anew."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from conflict.ledger.acceptance import (
    Cell,
    Reading,
    Standing,
    accept,
    accept_series,
    rank,
    series_of,
    settle_series,
)

DAY = dt.timedelta(days=1)
START = dt.date(2024, 1, 1)
ORDER = ["first", "second"]


def reading(entry: int, *, document: str = "bulletin", since: int = 1, total: int = 100) -> Reading:
    return Reading(entry, total, None, document, document != "bulletin", since)


def taken(*readings: Reading, decided: int | None = None) -> int | None:
    found = accept(readings, decided_entry=decided, dataset_order=ORDER)
    return found.entry if found else None


def test_a_bulletin_comes_before_every_dataset_and_datasets_in_their_order() -> None:
    unnamed, second, first = (reading(n, document=slug) for n, slug in enumerate(("third", "second", "first")))
    bulletin = reading(9)
    assert taken(unnamed, second, first, bulletin) == 9
    assert taken(unnamed, second, first) == 2
    assert taken(unnamed, second) == 1
    assert taken(unnamed) == 0
    assert taken() is None
    assert [rank(one, dataset_order=ORDER)[:2] for one in (bulletin, first, second, unnamed)] == [
        *((0, 0), (1, 0), (1, 1), (1, 2)),
    ]


def test_of_two_bulletins_the_one_published_last_is_taken_and_of_one_version_the_one_written_last() -> None:
    assert taken(reading(1, since=1), reading(2, since=3), reading(3, since=2)) == 2
    assert taken(reading(4, since=2), reading(5, since=2)) == 5
    datasets = [reading(n, document="first", since=since) for n, since in ((1, 7), (2, 5))]
    assert taken(*datasets) == 1
    assert taken(reading(1, document="third"), reading(2, document="third")) == 2


def test_a_decision_comes_before_all_and_one_without_its_reading_is_forgotten() -> None:
    assert taken(reading(1), reading(2, document="first"), decided=2) == 2
    assert taken(reading(1), reading(2, document="first"), decided=8) == 1


def test_a_series_takes_for_each_date_what_its_own_cell_holds() -> None:
    series = (1, 2, 3)
    held = {Cell(*series, START): [reading(1), reading(2, document="first")], Cell(9, 2, 3, START): [reading(7)]}
    decisions = {Cell(*series, START): 2}
    found = accept_series(series, [START, START + DAY], held, decisions=decisions, dataset_order=ORDER)
    assert {date: one and one.entry for date, one in found.items()} == {START: 2, START + DAY: None}
    assert accept_series(series, [START], held, decisions={}, dataset_order=ORDER)[START].entry == 1


values = st.tuples(st.integers(1, 5), st.integers(0, 9), st.none() | st.integers(0, 3))  # entry, total, printed
days = st.integers(0, 12).map(lambda n: START + n * DAY)


def whole(totals: dict[dt.date, tuple[int, int, int | None]]) -> dict[dt.date, Standing]:
    """Make every point of a series from nothing: its change and its days count from the point before."""
    points, before = {}, None
    for date in sorted(totals):
        entry, total, printed = totals[date]
        change = None if before is None else total - before.total
        apart = None if before is None else (date - before.date).days
        before = points[date] = Standing(date, entry, total, printed, change, apart)
    return points


@given(st.dictionaries(days, values), st.dictionaries(days, st.none() | values, min_size=1))
def test_the_points_closed_and_opened_lead_to_the_series_made_from_nothing(held, accepted) -> None:
    points = whole(held)
    first = max((date for date in points if date < min(accepted)), default=min(accepted))
    last = min((date for date in points if date > max(accepted)), default=max(accepted))
    standing = {date: point for date, point in points.items() if first <= date <= last}  # no more is promised
    after = {date: stated for date, stated in {**held, **accepted}.items() if stated is not None}
    readings = {
        date: None if stated is None else Reading(*stated, "bulletin", False, 1)
        for date, stated in accepted.items()
    }
    closed, opened = settle_series(standing, readings)
    result = dict(points)
    for point in closed:
        assert result.pop(point.date) == point
    for point in opened:
        assert point.date not in result
        result[point.date] = point
    assert result == whole(after)
    assert not set(closed) & set(opened)
    assert [p.date for p in closed] == sorted(p.date for p in closed)
    assert [p.date for p in opened] == sorted(p.date for p in opened)


def test_the_point_behind_a_first_one_that_goes_is_the_first_and_has_no_change() -> None:
    standing = whole({START: (1, 5, None), START + 2 * DAY: (2, 9, 4)})

    closed, opened = settle_series(standing, {START: None})

    assert closed == list(standing.values())
    assert opened == [Standing(START + 2 * DAY, 2, 9, 4, None, None)]


def test_a_point_whose_neighbour_changed_keeps_its_change_where_the_first_loaded_is_not_the_first() -> None:
    standing = {START + n * DAY: Standing(START + n * DAY, n, 5 * n, None, 5, 1) for n in (7, 8)}

    closed, opened = settle_series(standing, {START + 8 * DAY: Reading(9, 41, None, "bulletin", False, 1)})

    assert closed == [standing[START + 8 * DAY]]
    assert opened == [Standing(START + 8 * DAY, 9, 41, None, 6, 1)]


def test_cells_are_grouped_by_series_in_one_order_whatever_theirs() -> None:
    cells = [Cell(2, 1, 1, START), Cell(1, 1, 2, START + DAY), Cell(1, 1, 2, START)]
    grouped = series_of(cells)
    assert list(grouped.items()) == [((1, 1, 2), [START, START + DAY]), ((2, 1, 1), [START])]
