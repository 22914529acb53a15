"""One category by itself."""

from __future__ import annotations

import pytest

from conflict.models import Category
from tests.make import D, make_days, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger():
    make_reference()
    publish_records(*make_days(40))


def test_a_category_shows_what_was_reported_day_by_day(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2024, 11, 10), tanks=9300),
        make_record(D(2024, 11, 18), tanks=(9365, 5)),
        make_record(D(2024, 11, 19), tanks=9382),
    )
    words = words_of(client.get("/losses/tanks/"))
    assert "19 Nov 2024 1,000 9,382 not stated +17" in words
    assert "18 Nov 2024 999 9,365 +5 +65 in 8 days" in words
    assert "10 Nov 2024 991 9,300 not stated first figure" in words


def test_a_category_shows_its_definition_and_key_figures(client, words_of):
    make_reference()
    Category.objects.filter(slug="tanks").update(definition="Battle tanks, as counted.", first_day=D(2022, 2, 25))
    publish_records(
        *make_days(70, last=D(2024, 11, 17)),
        make_record(D(2024, 11, 18), tanks=9100),
        make_record(D(2024, 11, 19), tanks=10020),
    )
    words = words_of(client.get("/losses/tanks/"))
    assert "Battle tanks, as counted." in words
    assert "Total since day 1 10,020 19 November 2024" in words
    assert "Highest rise from one day to the next +920 19 November 2024" in words
    assert "Highest month +62 October 2024" in words
    assert "Falls of the total from one report to the next 1" in words
    assert "Counted in units, stated since 25 February 2022" in words
    assert "10,000 19 November 2024" in words  # the round figure passed
    assert "Mean a day, last 365 days not known" in words


def test_a_category_that_was_never_stated_says_so(client, ledger, words_of):
    response = client.get("/losses/submarines/")
    assert response.status_code == 200
    assert "No report in the ledger states a total of this category." in words_of(response)


def test_an_unknown_category_is_missing_and_the_known_ones_are_listed(client, ledger):
    response = client.get("/losses/dragons/")
    assert response.status_code == 404
    assert 'href="/losses/tanks/"' in response.content.decode()


def test_a_category_refuses_a_faulty_query_by_name(client, ledger, words_of):
    response = client.get("/losses/tanks/?to=never")
    assert response.status_code == 400
    assert "To: “never” is not a day of the calendar." in words_of(response)
    assert client.get("/losses/tanks/?category=personnel").status_code == 400


@pytest.mark.parametrize("part", ["figure", "reported"])
def test_htmx_gets_the_part_of_a_category_that_it_replaces(client, ledger, part):
    page = client.get("/losses/tanks/", headers={"HX-Request": "true", "HX-Target": part}).content.decode()
    assert "<html" not in page
    assert f'id="{part}"' in page


def test_the_years_of_a_category_add_up_to_its_total(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2022, 2, 25), tanks=100),
        make_record(D(2022, 12, 31), tanks=2500),
        make_record(D(2023, 12, 31), tanks=6000),
        make_record(D(2024, 11, 19), tanks=10000),
    )
    response = client.get("/losses/tanks/")
    words = words_of(response)
    assert "2022 24 Feb – 31 Dec 2,500 8.0 25.0 %" in words
    assert "2023 3,500 9.6 35.0 %" in words
    assert "2024 1 Jan – 19 Nov 4,000 12 40.0 %" in words
    assert sum(row.change for row in response.context["years"]) == 10000
    assert 'aria-label="2024: 40.0 % of the total"' in response.content.decode()


def test_what_a_category_had_at_a_late_first_report_has_no_year(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 5, 1), tanks=30), make_record(D(2024, 5, 31), tanks=60))
    assert "Before the first report 30 – 50.0 %" in words_of(client.get("/losses/tanks/"))


def test_a_category_leads_to_its_pictures_and_to_those_of_all(client, ledger):
    page = client.get("/losses/tanks/").content.decode()
    for address in ("/losses/tanks/calendar/", "/losses/tanks/years/", "/compare/weeks/", "/compare/categories/"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
