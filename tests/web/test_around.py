"""Before and after an event."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


def make_ledger(*, before=10, after=20, day=DAY_1000, days=40):
    make_reference()
    first = day - dt.timedelta(days=days)
    publish_records(
        *(
            make_record(
                first + dt.timedelta(days=n), tanks=1000 + before * min(n, days) + after * max(n - days, 0)
            )
            for n in range(2 * days + 1)
        )
    )


def test_the_means_of_thirty_days_stand_on_both_sides_with_the_note(client, words_of):
    make_ledger()
    make_event()
    words = words_of(client.get("/events/an-event/around/"))
    assert "30 days before, 30 days after" in words
    assert "in the reports from 21 October 2024 to 19 November 2024, and in those from 20 November 2024" in words
    assert "Tanks 10 20 +100 %" in words
    assert "This shows no cause." in words
    assert "Not known on either side: Personnel, Artillery systems, Submarines." in words


def test_a_side_that_reports_cover_in_part_says_how_many_days(client, words_of):
    make_ledger(days=20)
    make_event()
    assert "Tanks 10 20 days 20 20 days +100 %" in words_of(client.get("/events/an-event/around/"))


def test_too_few_reports_say_so(client, words_of):
    make_reference()
    make_event()
    words = words_of(client.get("/events/an-event/around/"))
    assert "too few reports around this day" in words
    assert "This shows no cause." in words


def test_the_same_days_are_linked_as_two_periods(client, words_of):
    make_ledger()
    make_event()
    page = client.get("/events/an-event/around/").content.decode()
    link = page.split('<a href="/compare/periods/')[1].split('"')[0].replace("&amp;", "&")
    words = words_of(client.get(f"/compare/periods/{link}"))
    assert "Tanks 300 10 a day 600 20 a day +100 %" in words


def test_of_a_span_the_first_day_divides(client, words_of):
    make_ledger()
    make_event(precision="span", end_date=D(2024, 12, 24))
    assert "here its first day divides before from after" in words_of(client.get("/events/an-event/around/"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"precision": "month", "date": D(2024, 11, 1)}, "the month alone is known"),
        ({"date": D(2021, 1, 1)}, "lies before day 1"),
    ],
)
def test_an_event_without_a_day_of_the_account_has_no_sides(client, fields, sentence, words_of):
    make_reference()
    make_event(**fields)
    response = client.get("/events/an-event/around/")
    assert response.status_code == 404
    assert sentence in words_of(response)
    assert 'href="/events/an-event/"' in response.content.decode()


def test_an_unknown_event_is_missing(client):
    assert client.get("/events/nothing/around/").status_code == 404


def test_the_page_costs_as_many_queries_at_any_size(client, queries_of):
    make_ledger(days=5)
    make_event()
    assert queries_of("/events/an-event/around/") == 4
    publish_records(*(make_record(D(2024, 1, 1) + dt.timedelta(days=n), tanks=n) for n in range(90)))
    assert queries_of("/events/an-event/around/") == 4
