"""What is read around touched days: every day that a rule may look at, nearest ones far away, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conflict.intake.records import ReportRecord
from conflict.ledger import neighbourhood
from conflict.ledger.acceptance import Cell
from conflict.ledger.checks import Stated
from conflict.ledger.likelihood import NEIGHBOURHOOD
from conflict.ledger.neighbourhood import ACCEPTED, Around, Names, nearest_days, neighbourhoods, read_around
from conflict.models import Category, Document, LossEntry, Party, Source
from tests.make import D, make_record, publish_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("others")]

TOUCHED = D(2024, 6, 1)
READ = 2 * NEIGHBOURHOOD + 1
"""How far from a touched day the days lie that are read: a finding there may rest on days as far again."""
DATASET = "orc-losses"


def day(offset: int) -> dt.date:
    return TOUCHED + dt.timedelta(days=offset)


def stating(*offsets: int, document: str = DATASET, category: str = "tanks", **place: str) -> list[ReportRecord]:
    """Make a report of each day, with a total and a printed change that tell which day's they are."""
    return [replace(make_record(day(n), document, **{category: (1000 + n, abs(n) + 1)}), **place) for n in offsets]


def state(*offsets: int, **about: str) -> None:
    publish_records(*stating(*offsets, **about))


def state_beside(*offsets: int) -> None:
    """Publish the same days elsewhere: for another category, party and source, and in another document."""
    publish_records(
        *stating(*offsets, category="artillery"),
        *stating(*offsets, document="petroivaniuk", category="personnel"),
        *stating(*offsets, party="other"),
        *stating(*offsets, source="other-staff"),
    )


def cell(offset: int = 0, source: str = "general-staff", party: str = "russia") -> Cell:
    keys = [model.objects.get(slug=slug).pk for model, slug in ((Source, source), (Party, party))]
    return Cell(*keys, tanks(), day(offset))


def tanks() -> int:
    return Category.objects.get(slug="tanks").pk


def around(*offsets: int) -> Around:
    (where,) = neighbourhoods([cell(offset) for offset in offsets or (0,)])
    return read_around(where, Names.load())


def held(offsets: Iterable[int], document: str = DATASET) -> dict[dt.date, Stated]:
    """What the ledger holds of these days, as a rule is to see it."""
    entries = LossEntry.objects.filter(
        report__document__slug=document,
        report__source__slug="general-staff",
        report__party__slug="russia",
        category__slug="tanks",
    )
    found = {e.report.date: Stated(e.total, e.change, e.pk) for e in entries.select_related("report")}
    return {day(n): found[day(n)] for n in offsets}


@pytest.mark.parametrize(
    ("stated", "seen", "later"),
    [
        # Sparse: the nearest day on either side is read, however far it lies, and none behind it.
        ((-400, -200, 0, 200, 400), (-200, 0, 200), 200),
        # A day near the touched one may have fallen below a far one too.
        ((-200, -10, 0, 10, 200), (-200, -10, 0, 10), None),
        ((-200, -NEIGHBOURHOOD, 0, NEIGHBOURHOOD, 200), (-200, -NEIGHBOURHOOD, 0, NEIGHBOURHOOD), None),
        # The last days that are read, and the first that are not.
        ((-200, -READ, 0, READ, 200), (-READ, 0, READ), READ),
        ((-200, -READ - 1, 0, READ + 1, 200), (-READ - 1, 0, READ + 1), READ + 1),
        (
            (-200, -NEIGHBOURHOOD - 1, 0, NEIGHBOURHOOD + 1, 200),
            (-NEIGHBOURHOOD - 1, 0, NEIGHBOURHOOD + 1),
            NEIGHBOURHOOD + 1,
        ),
        # Nothing lies before, or after.
        ((0, 200, 300), (0, 200), 200),
        ((-300, -200, 0), (-200, 0), None),
        # The touched day is not stated any more: the next change now starts before it.
        ((-200, -10, 200), (-200, -10, 200), 200),
    ],
)
def test_a_series_is_read_as_far_as_its_nearest_days(
    stated: tuple[int, ...], seen: tuple[int, ...], later: int | None
) -> None:
    state(*stated)
    state_beside(-180, 180)

    found = around()

    assert found.stated[tanks()] == {DATASET: held(seen)}
    assert found.points[tanks()] == held(seen)
    edges = {(tanks(), document, day(later)) for document in (DATASET, ACCEPTED)} if later else set()
    assert {edge for edge in found.edges if edge[0] == tanks()} == edges
    for n in stated:
        kept = abs(n) <= NEIGHBOURHOOD or n == later
        assert [found.keeps(tanks(), document, day(n)) for document in (DATASET, ACCEPTED)] == [kept, kept]


def test_a_far_day_is_the_same_documents_own() -> None:
    state(-200, 0, 200)
    state(-180, 180, document="petroivaniuk")

    found = around()

    assert found.stated[tanks()] == {DATASET: held([-200, 0, 200])}
    assert found.edges == {(tanks(), DATASET, day(200)), (tanks(), ACCEPTED, day(180))}


def test_bulletins_are_told_from_datasets_also_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbourhood, "CHUNK", 4)  # the names of one document at a time
    state(0, 1, 2)
    bulletins = ["first", "second", "third"]
    for offset, slug in enumerate(bulletins):
        state(offset, offset + 3, document=slug)

    found = around()

    assert found.stated[tanks()] == {
        DATASET: held([0, 1, 2]),
        **{slug: held([offset, offset + 3], slug) for offset, slug in enumerate(bulletins)},
    }
    assert found.originals == {slug: Document.objects.get(slug=slug).pk for slug in bulletins}


def test_the_newest_day_of_a_long_ledger_costs_three_queries() -> None:
    state(-READ - 1, -READ, -NEIGHBOURHOOD - 1, -NEIGHBOURHOOD, -1, 0)
    (where,) = neighbourhoods([cell()])
    names = Names.load()

    with CaptureQueriesContext(connection) as queries:
        found = read_around(where, names)

    assert len(queries) == 3  # totals, points, and whether any point is newer
    assert found.points[tanks()] == held([-READ, -NEIGHBOURHOOD - 1, -NEIGHBOURHOOD, -1, 0])


@pytest.mark.parametrize(
    ("document", "inside", "nearest"),
    [
        (DATASET, (), {-20, 30}),
        (DATASET, (-10,), {30}),
        (DATASET, (10,), {-20}),
        (DATASET, (-10, 10), set()),
        (ACCEPTED, (), {-15, 25}),
        (ACCEPTED, (0,), {-15, 25}),
    ],
)
def test_a_gap_leads_to_the_nearest_day_outside(document: str, inside: tuple[int, ...], nearest: set[int]) -> None:
    state(-40, -20, 30, 50)
    state(-60, -15, 25, 60, document="petroivaniuk")
    state(-12, 12, source="other-staff")

    found = nearest_days(around(), document, {day(n) for n in inside}, day(-10), day(10))

    assert found == {day(n) for n in nearest}


@pytest.mark.parametrize(
    ("touched", "spans"),
    [
        ([0], [(0, 0)]),
        ([0, 4 * NEIGHBOURHOOD], [(0, 4 * NEIGHBOURHOOD)]),
        ([0, 4 * NEIGHBOURHOOD + 1], [(0, 0), (4 * NEIGHBOURHOOD + 1,) * 2]),
        ([600, 0, 300, 1000], [(0, 600), (1000, 1000)]),
    ],
)
def test_days_near_each_other_share_a_neighbourhood(touched: list[int], spans: list[tuple[int, int]]) -> None:
    found = neighbourhoods([cell(n) for n in touched])

    assert [(where.first, where.touched_last, where.last) for where in found] == [
        (day(first - NEIGHBOURHOOD), day(last), day(last + NEIGHBOURHOOD)) for first, last in spans
    ]


def test_each_source_and_party_has_neighbourhoods_of_its_own() -> None:
    touched = [cell(), cell(1, source="other-staff"), cell(2, party="other"), cell(3)]

    assert {(where.source, where.party, where.touched_last) for where in neighbourhoods(touched)} == {
        (one.source, one.party, one.date) for one in touched[1:]
    }
