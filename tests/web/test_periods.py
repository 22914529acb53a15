"""Two periods side by side."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.make import DAY_1000, D, make_days, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

PAGE = "/compare/periods/"
TWO_WEEKS = "first_from=2024-11-01&first_to=2024-11-05&second_from=2024-11-06&second_to=2024-11-15"


@pytest.fixture
def ledger():
    make_reference()
    publish_records(
        make_record(D(2024, 10, 31), personnel=1000, tanks=100, artillery=50),
        make_record(D(2024, 11, 5), personnel=1500, tanks=100, artillery=55),
        make_record(D(2024, 11, 15), personnel=3500, tanks=130, artillery=52),
    )


def test_nothing_asked_is_the_first_five_hundred_days_against_the_second(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2022, 2, 25), tanks=50),
        make_record(D(2023, 7, 8), tanks=4000),
        make_record(DAY_1000, tanks=9382),
    )
    words = words_of(client.get(PAGE))
    assert "From 24 February 2022 to 8 July 2023, and from 9 July 2023 to 19 November 2024" in words
    assert "Tanks 4,000 8.0 a day 5,382 11 a day +35 %" in words  # 5,382 to 4,000, both over 500 days
    assert "Not known in either period: Personnel, Artillery systems, Submarines." in words


def test_any_two_periods_are_compared_by_sum_mean_and_difference(client, ledger, words_of):
    words = words_of(client.get(f"{PAGE}?{TWO_WEEKS}"))
    assert "Personnel 500 100 a day 2,000 200 a day +100 %" in words


def test_what_has_no_difference_says_why(client, ledger, words_of):
    words = words_of(client.get(f"{PAGE}?{TWO_WEEKS}"))
    assert "Tanks 0 0 a day 30 3.0 a day –" in words  # nothing to measure by
    assert "Artillery systems 5 1.0 a day −3 −0.3 a day –" in words  # a correction is no rate
    assert "Not known in either period: Submarines." in words
    early = "first_from=2024-01-01&first_to=2024-01-31&second_from=2024-11-06&second_to=2024-11-15"
    one = words_of(client.get(f"{PAGE}?{early}"))
    assert "Personnel not known 2,000 200 a day not known" in one


def test_days_that_are_others_than_asked_for_are_named(client, ledger, words_of):
    asked = "first_from=2024-11-03&first_to=2024-11-06&second_from=2024-11-07&second_to=2024-11-15"
    words = words_of(client.get(f"{PAGE}?{asked}"))
    assert "Personnel 500 100 a day 1 Nov 2024 – 5 Nov 2024 2,000 200 a day 6 Nov 2024 – 15 Nov 2024" in words


def test_each_row_has_its_picture_named_in_words(client, ledger):
    page = client.get(f"{PAGE}?{TWO_WEEKS}").content.decode()
    assert 'aria-label="Personnel: 100 a day in the first period, 200 a day in the second"' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_to": ""}, "First period, to: This day is not given: two periods have four days."),
        ({"first_to": "2024-10-31"}, "First period, to: The last day, 31 October 2024, lies before the first"),
        ({"second_from": "2024-02-30"}, "Second period, from: “2024-02-30” is not a day of the calendar."),
        ({"second_from": "2021-01-01"}, "Second period, from: 1 January 2021 lies before day 1"),
        ({"second_to": "2999-01-01"}, "Second period, to: 1 January 2999 lies in the future."),
        ({"second_to": ["2024-11-15", "2024-11-16"]}, "Second period, to: More than one value is given."),
    ],
)
def test_faulty_periods_are_refused_by_name_and_stay_in_the_form(client, ledger, change, sentence, words_of):
    asked = dict(pair.split("=") for pair in TWO_WEEKS.split("&"))
    response = client.get(PAGE, {**asked, **change})
    assert response.status_code == 400
    assert sentence in words_of(response)
    assert 'value="2024-11-01"' in response.content.decode()
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<table" not in main


def test_what_was_typed_cannot_become_markup(client, ledger):
    page = client.get(f"{PAGE}?first_from=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in page


def test_periods_that_share_days_say_so(client, ledger, words_of):
    shared = "first_from=2024-11-01&first_to=2024-11-06&second_from=2024-11-06&second_to=2024-11-15"
    assert "share days" in words_of(client.get(f"{PAGE}?{shared}"))
    assert "share days" not in words_of(client.get(f"{PAGE}?{TWO_WEEKS}"))


def test_a_link_asks_for_the_last_days_against_those_before(client):
    make_reference()
    publish_records(*make_days(100))
    page = client.get(PAGE).content.decode()
    link = re.search(r'<a href="([^"]*)"[^>]*>the last 30 days and as many before</a>', page)[1].replace(
        "&amp;", "&"
    )
    first, second = client.get(link).context["first"], client.get(link).context["second"]
    assert second == (D(2024, 10, 21), DAY_1000)
    assert first == (D(2024, 9, 21), D(2024, 10, 20))


def test_an_empty_ledger_says_so(client, words_of):
    make_reference()
    assert "The ledger has no report near enough to these days." in words_of(client.get(PAGE))


def test_the_page_costs_as_many_queries_at_any_size(client, queries_of):
    make_reference()
    publish_records(*make_days(7))
    assert queries_of(PAGE) == 3
    publish_records(*make_days(120, last=DAY_1000 - dt.timedelta(days=7)))
    assert queries_of(PAGE) == 3
    assert queries_of(f"{PAGE}?{TWO_WEEKS}") == 3


def test_the_page_as_of_a_version_keeps_its_figures_and_its_form(client, ledger, words_of):
    publish_records(make_record(D(2024, 11, 15), document="another", personnel=9999))
    address = f"{PAGE}?{TWO_WEEKS}&version=1"
    page = client.get(address)
    assert "Personnel 500 100 a day 2,000 200 a day" in words_of(page)
    assert '<input type="hidden" name="version" value="1">' in page.content.decode()
    assert "immutable" in page["Cache-Control"]
