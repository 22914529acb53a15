"""The timeline: dates as exactly as known, themes, milestones, the partial for htmx."""

from __future__ import annotations

import pytest
from django.utils import timezone

from conflict.models import Event, Place
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def test_events_stand_under_their_year_and_month_oldest_first(client, words_of):
    make_event("later", title="The later", date=D(2024, 11, 20))
    make_event("earlier", title="The earlier", date=D(2023, 5, 2))
    words = words_of(client.get("/timeline/"))
    assert "2023 May 2023 1 event 2 May 2023 day 433 The earlier" in words
    assert words.index("The earlier") < words.index("November 2024") < words.index("The later")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": D(2024, 11, 19)}, "19 November 2024 day 1,000 An event"),
        ({"date": D(2024, 5, 1), "precision": "month"}, "in May 2024 An event"),
        (
            {"date": D(2024, 6, 15), "end_date": D(2024, 6, 16), "precision": "span"},
            "15–16 June 2024 days 843–844 An event",
        ),
        (
            {"date": D(2024, 6, 28), "end_date": D(2024, 7, 2), "precision": "span"},
            "28 June – 2 July 2024 days 856–860 An event",
        ),
        (
            {"date": D(2024, 12, 30), "end_date": D(2025, 1, 2), "precision": "span"},
            "30 December 2024 – 2 January 2025 days 1,041–1,044 An event",
        ),
        ({"date": D(2024, 8, 6), "precision": "span"}, "since 6 August 2024 from day 895 An event"),
        ({"date": D(2014, 3, 18)}, "18 March 2014 An event"),
    ],
)
def test_a_date_is_no_more_exact_than_is_known(client, words_of, fields, words):
    make_event(**fields)
    assert words in words_of(client.get("/timeline/"))


def test_certainty_is_a_word_and_a_shape_and_the_place_is_named(client, words_of):
    place = Place.objects.create(slug="odesa", name="Odesa, Ukraine")
    make_event(certainty="disputed", place=place, theme="strike")
    response = client.get("/timeline/")
    assert b'<span class="certainty" data-certainty="disputed">disputed</span>' in response.content
    assert "disputed strikes Odesa, Ukraine" in words_of(response)


def test_a_theme_narrows_the_events_and_counts_stand_beside_each(client, words_of):
    make_event("front", title="At the front")
    make_event("sea", title="At sea", theme="naval")
    make_event("sea-too", title="At sea too", theme="naval")
    response = client.get("/timeline/?theme=naval")
    words = words_of(response)
    assert "At sea too" in words
    assert "At the front" not in words
    assert "all 3 the front 1 the sea 2" in words
    page = response.content.decode()
    assert 'aria-current="true">the sea' in page
    assert 'href="/timeline/?theme=front" hx-get="/timeline/?theme=front"' in page


def test_a_theme_without_events_says_so(client):
    make_event()
    response = client.get("/timeline/?theme=justice")
    assert response.status_code == 200
    assert b"no event of this theme yet" in response.content


@pytest.mark.parametrize("theme", ["nothing", "front ", "<b>", "x" * 5000, ["front", "naval"]])
def test_an_unknown_theme_is_refused_with_the_themes_there_are(client, theme):
    response = client.get("/timeline/", {"theme": theme})
    assert response.status_code == 400
    assert b'href="/timeline/?theme=energy"' in response.content
    assert b"<b>" not in response.content


def test_htmx_gets_the_list_alone_from_the_same_template(client):
    make_event()
    whole, part = client.get("/timeline/"), client.get("/timeline/", headers=HTMX)
    assert b"<html" in whole.content
    assert part.content.strip().startswith(b'<div id="timeline">')
    assert part.content.strip() in whole.content
    restored = client.get("/timeline/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in restored.content
    for response in (whole, part):
        assert "HX-Request" in response.headers["Vary"]


def test_the_thousandth_day_is_computed_and_stands_without_an_event(client, words_of):
    words = words_of(client.get("/timeline/"))
    assert "19 November 2024 Day 1,000" in words
    assert "the report of this day" not in words


def test_the_thousandth_day_leads_to_its_report_where_there_is_one(client):
    make_reference()
    publish_records(make_record(DAY_1000, tanks=9382))
    assert b'href="/reports/2024-11-19/"' in client.get("/timeline/").content


def test_milestones_follow_the_first_day(client, settings, words_of):
    settings.CONFLICT_START = D(2014, 4, 14)
    words = words_of(client.get("/timeline/"))
    assert "7 January 2017 Day 1,000" in words
    assert "4 October 2019 Day 2,000" in words


def test_no_milestone_lies_in_the_future(client, settings, words_of):
    settings.CONFLICT_START = timezone.localdate()
    assert "Day 1,000" not in words_of(client.get("/timeline/"))


def test_the_picture_of_a_year_is_drawn_to_one_scale(client):
    for number in range(4):
        make_event(f"in-may-{number}", date=D(2024, 5, number + 1))
    make_event("in-june", date=D(2023, 6, 1))
    page = client.get("/timeline/").content.decode()
    assert '<rect class="bar" x="41" y="0.0" width="8" height="24.0"/>' in page  # May 2024, the fullest
    assert '<rect class="bar" x="51" y="18.0" width="8" height="6.0"/>' in page  # June 2023, a quarter of it


def test_an_empty_timeline_says_so(client):
    response = client.get("/timeline/")
    assert response.status_code == 200
    assert b"The timeline has no event yet" in response.content


def test_titles_are_escaped(client):
    make_event(title="<script>alert(1)</script>")
    assert b"<script>alert" not in client.get("/timeline/").content


@pytest.mark.parametrize("address", ["/timeline/", "/timeline/?theme=front"])
def test_the_timeline_costs_as_many_queries_with_more_events(client, queries_of, address):
    make_event()
    small = queries_of(address)
    for number in range(40):
        place = Place.objects.create(slug=f"place-{number}", name="A place")
        make_event(f"event-{number}", date=D(2024, 1, 1 + number % 28), place=place)
    assert queries_of(address) == small
    assert Event.objects.count() == 41


def test_the_timeline_is_only_read(client):
    assert client.post("/timeline/").status_code == 405
