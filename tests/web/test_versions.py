"""The pages of versions, and ?version=N on any page that takes it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conflict.ledger.publishing import decide, withdraw
from conflict.models import LossEntry, Point, Report, Source, Version
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db

DAY = D(2024, 11, 18)
NEXT = D(2024, 11, 19)


@pytest.fixture
@once
def corrected() -> None:
    """Version 1 states 9,365 and 9,382 tanks; version 2 corrects the first day to 9,360."""
    make_reference()
    publish_records(make_record(DAY, tanks=9365, personnel=722440), make_record(NEXT, tanks=9382))
    publish_records(make_record(DAY, tanks=9360, personnel=722440), reason="A digit was misread.", by="Olena")


def many(days: int) -> None:
    make_reference()
    records = [make_record(D(2022, 3, 1) + dt.timedelta(days=n), tanks=100 + n) for n in range(days)]
    publish_records(*records)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(client, address)
    return len(captured)


# -- The list -----------------------------------------------------------------------------------------------


def test_versions_are_listed_newest_first_with_who_and_why(client: Client, corrected: None) -> None:
    html = page(client, "/versions/")
    assert html.index("A digit was misread.") < html.index("a test")
    assert "Olena" in html
    assert Version.objects.get(number=2).hash in html
    assert "manage.py verify_ledger" in html
    assert Version.objects.get(number=1).hash not in html


def test_an_empty_ledger_says_so(client: Client) -> None:
    assert "no version yet" in page(client, "/versions/")


def test_the_list_has_fifty_versions_a_page(client: Client) -> None:
    make_reference()
    for n in range(51):
        publish_records(make_record(D(2022, 3, 1) + dt.timedelta(days=n), tanks=100 + n), reason=f"Day {n}.")
    first, second = page(client, "/versions/"), page(client, "/versions/?page=2")
    assert "Day 50." in first and "Day 0." not in first
    assert "Day 0." in second and "Day 1." not in second
    assert 'rel="next" href="/versions/?page=2"' in first
    assert 'rel="prev" href="/versions/"' in second


@pytest.mark.parametrize("asked", ["x", "-1", "0", "1.5", "\u0663", "1_0", "2", "99999999999999999999", "%00"])
def test_a_page_that_is_not_there_is_refused_helpfully(client: Client, corrected: None, asked: str) -> None:
    for address in ("/versions/", "/versions/2/"):
        html = page(client, f"{address}?page={asked}", 400)
        assert f'href="{address}"' in html


def test_the_list_asks_a_fixed_number_of_queries(client: Client, corrected: None) -> None:
    few = queries(client, "/versions/")
    for n in range(8):
        publish_records(make_record(D(2023, 1, 1 + n), tanks=5000 + n))
    assert queries(client, "/versions/") == few <= 4


# -- One version --------------------------------------------------------------------------------------------


def test_a_version_shows_old_beside_new_and_the_change_that_follows(client: Client, corrected: None) -> None:
    html = page(client, "/versions/2/")
    changed, moved = html.index("Figure changed<"), html.index("Only the computed change moved<")
    assert changed < html.index("9,365") < html.index("9,360") < moved
    assert "+17" in html[moved:] and "+22" in html[moved:]
    assert 'href="/reports/2024-11-18/tanks/"' in html
    assert Version.objects.get(number=1).hash in html
    # The day's other category, with its total unchanged, was read again in the next revision.
    assert "Same figure from another reading" in html
    assert "A digit was misread." in html and "Olena" in html


def test_a_version_links_its_neighbours(client: Client, corrected: None) -> None:
    first, second = page(client, "/versions/1/"), page(client, "/versions/2/")
    assert 'rel="next" href="/versions/2/"' in first and 'rel="prev"' not in first
    assert 'rel="prev" href="/versions/1/"' in second and 'rel="next"' not in second


def test_new_and_removed_figures_are_told_apart(client: Client, corrected: None) -> None:
    withdraw(reports=[Report.objects.published().get(date=NEXT)], reason="Not of that day.", by="Olena")
    html = page(client, "/versions/3/")
    assert "Figure removed" in html and "New figure" not in html
    assert "no longer count" in html
    assert "New figure" in page(client, "/versions/1/")


def test_a_decision_names_the_reading_that_it_chose(client: Client, corrected: None) -> None:
    publish_records(make_record(NEXT, "petroivaniuk", tanks=9999))
    decide(entry=LossEntry.objects.get(total=9999), reason="The headline says so.", by="Olena")
    html = page(client, "/versions/4/")
    assert "Decided" in html and "9,999" in html


def test_a_figure_of_another_source_is_named_and_not_linked(client: Client, corrected: None) -> None:
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    record = make_record(D(2024, 11, 1), "petroivaniuk", tanks=3500)
    publish_records(dataclasses.replace(record, source="oryx"))
    html = page(client, "/versions/3/")
    assert "3,500" in html and "Oryx" in html
    assert "/reports/2024-11-01/" not in html


def test_what_a_version_did_is_counted_and_shown_a_hundred_at_a_time(client: Client) -> None:
    many(230)
    first, last = page(client, "/versions/1/"), page(client, "/versions/1/?page=3")
    assert "230 · new figure" in first
    assert first.count('<time datetime="20') == 101  # the version's own and a hundred days
    assert last.count('<time datetime="20') == 31
    page(client, "/versions/1/?page=4", 400)


def test_the_counts_of_a_version_add_up_to_its_points(corrected: None) -> None:
    for version in Version.objects.all():
        opened = list(Point.objects.opened_in(version.number).values_list("what", "old"))
        assert len(opened) == version.opened
        removed = Point.objects.removed_in(version.number).count()
        assert sum(old is not None for _what, old in opened) + removed == version.closed


def test_a_version_asks_a_fixed_number_of_queries(client: Client) -> None:
    many(3)
    few = queries(client, "/versions/1/")
    publish_records(
        *[make_record(D(2023, 1, 1) + dt.timedelta(days=n), tanks=9 + n, artillery=n) for n in range(150)]
    )
    assert queries(client, "/versions/2/") == few <= 10


@pytest.mark.parametrize("address", ["/versions/7/", "/versions/0/", "/versions/99999999999999999999999/"])
def test_a_version_that_does_not_exist_is_not_found(client: Client, corrected: None, address: str) -> None:
    assert "the newest is 2" in page(client, address, 404)


# -- ?version=N ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", ["x", "0", "-1", "1.0", "\u0661", "1_0", "%2B1", "1&version=2", "99999999999999"]
)
def test_a_version_that_cannot_be_read_is_refused(client: Client, corrected: None, asked: str) -> None:
    html = page(client, f"/versions/?version={asked}", 400)
    assert 'href="/versions/"' in html


def test_a_version_that_the_ledger_does_not_have_is_not_found(client: Client, corrected: None) -> None:
    html = page(client, "/versions/?page=1&version=3", 404)
    assert "the newest is 2" in html
    assert 'href="/versions/?page=1"' in html


def test_nothing_after_the_version_is_shown(client: Client, corrected: None) -> None:
    html = page(client, "/versions/?version=1")
    assert "A digit was misread." not in html
    assert Version.objects.get(number=1).hash in html
    assert "yet when it stood at version 1" in page(client, "/versions/2/?version=1", 404)


def test_a_past_page_says_so_and_leads_to_today(client: Client, corrected: None) -> None:
    html = page(client, "/versions/1/?page=1&version=1")
    assert "as it stood at" in html
    assert 'href="/versions/1/?page=1"' in html
    assert "as it stood at" not in page(client, "/versions/1/")


def test_links_of_a_past_page_keep_the_version(client: Client, corrected: None) -> None:
    html = page(client, "/versions/1/?version=2")
    assert 'href="/versions/2/?version=2"' in html
    assert 'href="/reports/2024-11-18/tanks/?version=2"' in html


def test_a_past_page_may_be_kept_for_good(client: Client, corrected: None) -> None:
    response = client.get("/versions/?version=1")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    etag = response["ETag"]
    again = client.get("/versions/?version=1", headers={"If-None-Match": etag})
    assert again.status_code == 304 and again["Cache-Control"] == response["Cache-Control"]
    assert client.get("/versions/?version=2", headers={"If-None-Match": etag}).status_code == 200
    assert client.get("/versions/1/?version=1", headers={"If-None-Match": etag}).status_code == 200
    # "Is there any page at all?" is not answered by what was not looked for.
    assert client.get("/versions/2/?version=1", headers={"If-None-Match": "*"}).status_code == 404


def test_a_page_of_today_is_known_by_its_own_bytes(client: Client, corrected: None) -> None:
    response = client.get("/versions/")
    assert response["Cache-Control"] == "no-cache"
    held = {"If-None-Match": response["ETag"]}
    assert client.get("/versions/", headers=held).status_code == 304
    publish_records(make_record(D(2024, 11, 20), tanks=9400))
    assert client.get("/versions/", headers=held).status_code == 200


def test_refusals_are_not_kept(client: Client, corrected: None) -> None:
    for address in ("/versions/?version=x", "/versions/?version=9", "/versions/1/?version=1&page=9"):
        response = client.get(address)
        assert "ETag" not in response and "immutable" not in response.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/versions/", "/versions/1/", "/reports/2024-11-18/tanks/"])
def test_a_past_page_stays_the_same_to_the_byte(client: Client, corrected: None, address: str) -> None:
    before = page(client, f"{address}?version=1")
    publish_records(make_record(DAY, tanks=1), make_record(NEXT, "petroivaniuk", tanks=2), reason="Other figures.")
    withdraw(reports=Report.objects.published().filter(date=DAY), reason="All of it.", by="Olena")
    assert page(client, f"{address}?version=1") == before


def test_only_reading_is_allowed(client: Client, corrected: None) -> None:
    for address in ("/versions/", "/versions/1/", "/reports/2024-11-18/tanks/"):
        assert client.post(address).status_code == 405
