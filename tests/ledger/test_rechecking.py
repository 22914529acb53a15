"""Checking only around what was touched finds what checking the whole ledger finds: random ledgers say so."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conflict.intake.records import ReportRecord
from conflict.ledger.acceptance import Cell
from conflict.ledger.findings import Rechecked, check_all, recheck
from conflict.ledger.neighbourhood import Names, neighbourhoods, read_around
from conflict.ledger.publishing import withdraw
from conflict.models import Category, Finding, LossEntry, Party, Report, Source, Version
from tests.ledger.test_findings import FIRST, ONE, cells_of, run, snapshot
from tests.make import make_record, publish_records
from tests.sweeps import in_a_sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

DOCUMENTS = ["petroivaniuk", "orc-losses", "bulletin"]


def cells_held(**fields: Any) -> set[Cell]:
    """The cells that published reports state."""
    entries = LossEntry.objects.filter(report__status="published", **fields).select_related("report")
    return {Cell(e.report.source_id, e.report.party_id, e.category_id, e.report.date) for e in entries}


def cells_stated(*records: ReportRecord) -> set[Cell]:
    sources, parties = (
        dict(Source.objects.values_list("slug", "pk")),
        dict(Party.objects.values_list("slug", "pk")),
    )
    slugs = dict(Category.objects.values_list("slug", "pk"))
    return {
        Cell(sources[record.source], parties[record.party], slugs[entry.category], record.date)
        for record in records
        for entry in record.entries
    }


def publish_and_compare(*records: ReportRecord) -> None:
    """Publish, check around what was touched, then everything: the second check must change nothing."""
    # A day read again touches the cells that its revision before stated too.
    before = cells_held(report__date__in=[record.date for record in records])
    outcome = publish_records(*records)
    if outcome.version:
        recheck(cells=before | cells_stated(*records), version=outcome.version.number)
    compare()


def compare() -> None:
    around_touched = snapshot()
    check_all()
    assert around_touched == snapshot()


@pytest.mark.parametrize("seed", in_a_sweep(range(8), but=(0, 1)))
def test_rechecking_what_was_touched_finds_what_checking_everything_finds(seed: int) -> None:
    """Publish random days of random documents in random order: the ledger's findings never lag behind."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(14):
        start = chance.randrange(0, 600)
        stride = chance.choice([1, 1, 1, 2, 40, 90])
        records = []
        for n in range(chance.randrange(1, 25)):
            day = start + n * stride
            total = 1000 + 10 * day + chance.choice([0, 0, 0, 0, 7, 300, -400])
            figures: dict[str, Any] = {"tanks": (total, chance.choice([None, 10, 12]))}
            if chance.random() < 0.5:
                figures["submarines"] = (1 + day // 200, None)
            records.append(make_record(FIRST + day * ONE, chance.choice(DOCUMENTS), **figures))
        published = list(Report.objects.published())
        if published and chance.random() < 0.3:
            some = chance.sample(published, min(3, len(published)))
            touched = cells_held(report__in=some)
            outcome = withdraw(reports=some, reason="A test.", by="tests")
            assert outcome.version is not None
            recheck(cells=touched, version=outcome.version.number)
            compare()
        else:
            publish_and_compare(*{(r.date, r.document.slug): r for r in records}.values())


@pytest.mark.parametrize("seed", range(8))
def test_rechecking_sparse_reports_of_several_sources_finds_the_same(seed: int, others: None) -> None:
    """Few days far apart: what is compared lies outside the days read, and beside it stands another source's."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(5):
        records = {}
        for _ in range(chance.randrange(1, 5)):
            day = 70 * chance.randrange(0, 7) + chance.choice([0, 0, 1, 35])
            total = 1000 + 10 * day + chance.choice([0, 0, 7, -700])
            record = make_record(
                FIRST + day * ONE,
                chance.choice(DOCUMENTS),
                **{chance.choice(["tanks", "submarines"]): (total, chance.choice([None, 10]))},
            )
            place = chance.choice(
                [("general-staff", "russia"), ("general-staff", "other"), ("other-staff", "russia")]
            )
            record = replace(record, source=place[0], party=place[1])
            records[record.source, record.party, record.date, record.document.slug] = record
        publish_and_compare(*records.values())


@pytest.mark.parametrize(
    "days",
    [
        [(0, 1000), (300, 900), (150, 1200)],  # a fall goes, another comes far behind the touched day
        [(0, 1000), (300, 1300), (150, 1100)],  # a long gap becomes two
        [(300, 1300), (600, 1200), (0, 1400)],  # a new first day makes the next total a fall
        [(0, 1000), (1, 1010), (40, 1400), (20, 1500)],
        [(200, 5), (201, 6), (202, 4), (100, 9)],
    ],
)
@pytest.mark.parametrize("document", ["petroivaniuk", "bulletin"])
def test_what_a_touched_day_does_far_behind_it_is_found(days: list[tuple[int, int]], document: str) -> None:
    for day, total in days:
        publish_and_compare(make_record(FIRST + day * ONE, document, tanks=(total, 10)))


def test_rechecking_a_new_day_reads_no_more_in_a_longer_ledger() -> None:
    days = 1000
    totals = [10 * n for n in range(days)]
    publish_records(*run("petroivaniuk", *totals[:400]), *run("orc-losses", *totals[:400]))
    short = cost_of(399)
    publish_records(
        *run("petroivaniuk", *[None] * 400, *totals[400:]), *run("orc-losses", *[None] * 400, *totals[400:])
    )
    long = cost_of(days - 1)

    assert long == short
    queries, rows = long
    assert queries < 30
    assert 0 < rows < 1000


def cost_of(day: int) -> tuple[int, int]:
    """Return how many queries a recheck of one day's cell takes, and how many totals it reads."""
    cells = cells_of(make_record(FIRST + day * ONE, "petroivaniuk", tanks=1))
    check_all()
    with CaptureQueriesContext(connection) as queries:
        recheck(cells=cells, version=Version.objects.count())
    (where,) = neighbourhoods(cells)
    around = read_around(where, Names.load())
    rows = sum(len(s) for documents in around.stated.values() for s in documents.values())
    return len(queries), rows + sum(len(points) for points in around.points.values())


def test_cells_far_apart_have_neighbourhoods_of_their_own() -> None:
    near, far = neighbourhoods(cells_of(*(make_record(FIRST + n * ONE, tanks=1) for n in (0, 5, 900))))

    assert near.touched_last == FIRST + 5 * ONE
    assert far.touched_last == FIRST + 900 * ONE
    assert near.first is not None
    assert near.last is not None
    assert (FIRST - near.first, near.last - FIRST) == (
        far.last - far.touched_last,
        far.last - far.touched_last + 5 * ONE,
    )
    assert near.first in near
    assert near.last in near
    assert near.first - ONE not in near
    assert near.last + ONE not in near


def test_cells_of_two_sources_have_neighbourhoods_of_their_own() -> None:
    (cell,) = cells_of(make_record(tanks=1))
    found = neighbourhoods([cell, replace(cell, source=cell.source + 1), replace(cell, party=cell.party + 1)])
    assert {(where.source, where.party) for where in found} == {
        (cell.source, cell.party),
        (cell.source + 1, cell.party),
        (cell.source, cell.party + 1),
    }


def test_nothing_touched_is_nothing_checked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert recheck(cells=[], version=1) == Rechecked()


def test_what_a_check_did_is_summed_over_sources_and_neighbourhoods(others: None) -> None:
    falls = run("bulletin", 100, 90)
    elsewhere = [replace(record, source="other-staff") for record in falls]
    later = run("bulletin", 200, 190, first=FIRST + 900 * ONE)
    outcome = publish_records(*falls, *elsewhere, *later)
    assert outcome.version is not None
    cells = cells_held()

    said: list[tuple[str, int, int]] = []
    Finding.objects.all().delete()
    assert check_all(progress=lambda what, done, total: said.append((what, done, total))) == Rechecked(new=4)
    assert said == [("sources", 0, 2), ("sources", 1, 2)]
    Finding.objects.all().delete()
    assert recheck(cells=cells, version=outcome.version.number) == Rechecked(new=4, kept=1)
    assert recheck(cells=cells, version=outcome.version.number) == Rechecked(kept=5)  # the gap by both its ends
    assert check_all() == Rechecked(kept=4)

    Finding.objects.update(passed=outcome.version.time)
    assert recheck(cells=cells, version=outcome.version.number) == Rechecked(kept=5, returned=4)
    withdraw(reports=list(Report.objects.all()), reason="A test.", by="tests")
    Finding.objects.update(passed=None)
    assert recheck(cells=cells, version=outcome.version.number) == Rechecked(passed=4)
    Finding.objects.update(passed=None)
    assert check_all() == Rechecked(passed=4)
