"""Claimed and photographed, side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from conflict.intake.records import EntryRecord, ModelCountRecord, ReportRecord
from conflict.ledger.model_counts import publish_counts
from conflict.ledger.publishing import withdraw
from conflict.models import Report, Source
from tests.make import D, make_document, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

DAY = D(2023, 1, 15)
PAGE = "/compare/sources/"
Words = Callable[[HttpResponse], str]


@pytest.fixture(autouse=True)
def reference() -> None:
    make_reference()
    meaning = "Counts only what a photograph shows."
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers", meaning=meaning)


def import_counts(date=DAY, models=(("T-62M", 50), ("T-72B3", 300)), **others) -> None:
    counts = [ModelCountRecord("tanks", "Tanks", model, "Russia", total) for model, total in models]
    for category, total in others.items():
        counts.append(ModelCountRecord(category, category.title(), f"a {category}", "Russia", total))
    sums: dict[str, int] = {}
    for one in counts:
        sums[one.category] = sums.get(one.category, 0) + one.total
    entries = tuple(EntryRecord(category, total) for category, total in sums.items())
    document = make_document("oryx-by-model", "dataset", title="Counts by model")
    report = ReportRecord("oryx", "russia", date, document, entries)
    publish_counts(report=report, counts=counts, reason="a test", by="tests")


def test_nothing_imported_explains_how(client: Client, words_of: Words) -> None:
    words = words_of(client.get(PAGE))
    assert "No count is imported yet" in words
    assert "python manage.py import_oryx --path russia_losses_equipment_oryx.json --date 2023-01-15" in words
    assert "Counts only what a photograph shows." in words


def test_totals_stand_side_by_side_with_their_ratio(client: Client, words_of: Words) -> None:
    publish_records(make_record(DAY, tanks=700, personnel=115000))
    import_counts()
    words = words_of(client.get(PAGE))
    assert "As of 15 January 2023" in words
    assert "Tanks 700 350 50 %" in words
    assert "Claimed, but not in this count of photographs: Personnel." in words


def test_the_nearest_claim_at_or_before_the_day_is_taken(client: Client, words_of: Words) -> None:
    publish_records(
        make_record(D(2023, 1, 13), tanks=690),
        make_record(DAY, personnel=5),
        make_record(D(2023, 1, 16), tanks=710),
    )
    import_counts()
    assert "Tanks 690 13 Jan 2023, 2 days before 350 51 %" in words_of(client.get(PAGE))


def test_no_claim_is_not_stated_and_has_no_ratio(client: Client, words_of: Words) -> None:
    publish_records(make_record(D(2023, 1, 16), tanks=710))
    import_counts()
    assert "Tanks not stated 350 not known" in words_of(client.get(PAGE))


def test_models_stand_under_their_category_largest_first(client: Client) -> None:
    import_counts()
    html = client.get(PAGE).content.decode()
    models = html.split('<details class="models">')[1]
    assert models.index("T-72B3") < models.index("T-62M")
    assert "2 models" in models


def test_more_seen_than_claimed_is_said_and_not_hidden(client: Client, words_of: Words) -> None:
    publish_records(make_record(DAY, tanks=100))
    import_counts()
    words = words_of(client.get(PAGE))
    assert "Tanks 100 350 350 %" in words
    assert "the two sort their equipment differently" in words


def test_a_tiny_share_is_not_shown_as_none(client: Client, words_of: Words) -> None:
    publish_records(make_record(DAY, tanks=1_000_000))
    import_counts()
    assert "< 1 %" in words_of(client.get(PAGE))


def test_another_day_can_be_chosen_and_a_strange_one_cannot(client: Client, words_of: Words) -> None:
    import_counts()
    import_counts(D(2023, 6, 1), models=(("T-62M", 90),))
    assert "As of 1 June 2023" in words_of(client.get(PAGE))
    assert "As of 15 January 2023" in words_of(client.get(f"{PAGE}?date=2023-01-15"))
    for asked in ("2023-01-16", "soon", "2023-02-30", "2022-01-01", "2023-01-15&date=2023-06-01"):
        response = client.get(f"{PAGE}?date={asked}")
        assert response.status_code == 400
        assert "There is no such count" in words_of(response)


def test_a_version_shows_the_count_as_it_stood(client: Client, words_of: Words) -> None:
    publish_records(make_record(DAY, tanks=700))
    import_counts()
    withdraw(reports=[Report.objects.get(source__slug="oryx")], reason="a test", by="tests")
    assert "No count is imported yet" in words_of(client.get(PAGE))
    assert "Tanks 700 350 50 %" in words_of(client.get(f"{PAGE}?version=2"))


def test_what_is_photographed_does_not_leak_into_the_claims(client: Client, words_of: Words) -> None:
    publish_records(make_record(D(2023, 1, 14), tanks=690), make_record(D(2023, 1, 16), tanks=710))
    import_counts()
    assert client.get("/reports/2023-01-15/").status_code == 404
    for address in ("/", "/losses/tanks/", "/reports/2023-01/", "/integrity/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "350" not in words_of(response)


def test_queries_do_not_grow_with_models_or_days(client: Client, queries_of: Callable[[str], int]) -> None:
    publish_records(make_record(DAY, tanks=700))
    import_counts()
    few = queries_of(PAGE)
    publish_records(*(make_record(D(2023, 2, n), tanks=700 + n, artillery=n) for n in range(1, 20)))
    import_counts(D(2023, 2, 10), models=[(f"T-{n}", n) for n in range(100)], artillery=3)
    assert queries_of(PAGE) == few == 5


def test_the_picture_has_words_for_those_who_do_not_see_it(client: Client) -> None:
    publish_records(make_record(DAY, tanks=700))
    import_counts()
    html = client.get(PAGE).content.decode()
    assert 'aria-label="Tanks: 700 claimed, 350 in photographs"' in html
    assert "style=" not in html
