"""The timeline: dates as exactly as known, the list and the picture, zoom, facets, and what htmx gets."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from conflict.charts.strips import MOST_MARKS
from conflict.models import Actor, Article, Event, EventActor, EventFigure, Place
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def list_of(page):
    """Return the words of the list alone."""
    content = page.content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", content[content.index('id="list"') :]).split())


# -- The list -----------------------------------------------------------------------------------------------


def test_events_stand_under_their_year_and_month_oldest_first(client):
    make_event("later", title="The later", date=D(2024, 11, 20))
    make_event("earlier", title="The earlier", date=D(2023, 5, 2))
    words = list_of(client.get("/timeline/"))
    assert "2023 1 event May 2023 1 event 2 May 2023 day 433 The earlier" in words
    assert words.index("The earlier") < words.index("November 2024") < words.index("The later")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": D(2024, 11, 19)}, "19 November 2024 day 1,000 An event"),
        ({"date": D(2024, 5, 1), "precision": "month"}, "in May 2024 the day is not known An event"),
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
        ({"date": D(2024, 2, 29)}, "29 February 2024 day 736 An event"),
    ],
)
def test_a_date_is_no_more_exact_than_is_known(client, words_of, fields, words):
    make_event(**fields)
    assert words in words_of(client.get("/timeline/"))


def test_the_list_tells_all_that_the_event_holds(client, words_of):
    place = Place.objects.create(slug="odesa", name="Odesa, Ukraine")
    event = make_event(
        certainty="disputed",
        certainty_note="Moscow denies it.",
        place=place,
        theme="strike",
        summary="Ten people were killed.",
        source_url="https://example.org/odesa",
    )
    for order, name in enumerate(["Ukraine", "Russia"]):
        EventActor.objects.create(
            event=event, actor=Actor.objects.create(slug=name.lower(), name=name), order=order
        )
    EventFigure.objects.create(event=event, label="injured", value=44, unit="people", qualifier="at least")
    event.articles.add(Article.objects.create(slug="a-piece", title="A piece"))
    response = client.get("/timeline/")
    assert b'<span class="certainty" data-certainty="disputed">disputed</span>' in response.content
    words = words_of(response)
    assert "Ten people were killed. disputed strikes Odesa, Ukraine Ukraine, Russia Moscow denies it." in words
    assert "injured: at least 44 people Read at A paper Articles: A piece" in words
    assert b'<a href="https://example.org/odesa" rel="noopener external">' in response.content
    assert b'<li id="an-event">' in response.content


def test_what_reaches_into_a_period_from_before_stands_apart_from_it(client):
    make_event("on", title="It goes on", date=D(2024, 8, 6), precision="span")
    make_event("in", title="Inside", date=D(2025, 3, 2))
    words = list_of(client.get("/timeline/?year=2025"))
    assert "Began before, and reaches into these days since 6 August 2024 from day 895 It goes on" in words
    assert words.index("It goes on") < words.index("March 2025") < words.index("Inside")


def test_an_empty_timeline_says_so(client):
    response = client.get("/timeline/")
    assert response.status_code == 200
    assert b"The timeline has no event yet" in response.content


def test_titles_are_escaped_in_list_and_picture(client):
    make_event(title="<script>alert(1)</script>")
    page = client.get("/timeline/").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 3


# -- The picture --------------------------------------------------------------------------------------------


def test_each_event_is_a_link_in_the_strip_of_its_theme(client):
    make_event("sea", title="At sea", theme="naval", date=D(2022, 4, 14))
    page = client.get("/timeline/").content.decode()
    assert 'id="strip-naval"' in page
    assert 'id="strip-front"' not in page
    assert 'href="#sea"' in page
    assert 'aria-label="14 Apr 2022: At sea (confirmed)"' in page
    assert "24 February 2022 – " in page


def test_the_picture_goes_back_to_what_was_before_day_1(client, words_of):
    make_event(date=D(2014, 3, 18))
    assert "Events by theme 18 March 2014 –" in words_of(client.get("/timeline/"))


def test_nothing_found_draws_nothing_and_says_so(client):
    make_event()
    response = client.get("/timeline/?theme=justice")
    assert response.status_code == 200
    assert b"No event answers all of this" in response.content
    assert b'id="picture"' not in response.content


# -- Milestones ---------------------------------------------------------------------------------------------


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


def test_milestones_stay_out_of_other_periods_and_of_what_is_picked(client):
    make_event()
    assert "Day 1,000" in list_of(client.get("/timeline/?month=2024-11"))
    assert "Day 1,000" not in list_of(client.get("/timeline/?month=2024-10"))
    assert "Day 1,000" not in list_of(client.get("/timeline/?theme=front"))


# -- Narrowing and zooming ----------------------------------------------------------------------------------


def test_counts_beside_each_choice_are_of_what_it_would_show(client, words_of):
    make_event("front", title="At the front", certainty="claimed")
    make_event("sea", title="At sea", theme="naval")
    make_event("sea-too", title="At sea too", theme="naval", certainty="disputed")
    response = client.get("/timeline/?theme=naval&certainty=confirmed")
    assert "At sea too" not in list_of(response)
    assert "At the front" not in list_of(response)
    words = words_of(response)
    assert "1 of 3 events" in words
    assert "Theme the sea 1 Certainty confirmed 1 disputed 1" in words
    page = response.content.decode()
    assert re.search(r'name="theme" value="naval" id="f-theme-naval" checked', page)
    assert (
        'href="/timeline/?certainty=confirmed" hx-get="/timeline/?certainty=confirmed"' in page
    )  # without the theme


def test_several_themes_widen_the_choice(client):
    for theme in ("front", "naval", "energy"):
        make_event(theme, title=f"Of {theme}", theme=theme)
    words = list_of(client.get("/timeline/?theme=naval&theme=energy"))
    assert "Of naval" in words
    assert "Of energy" in words
    assert "Of front" not in words


def test_the_years_count_what_reaches_into_them_and_zoom_to_their_months(client, words_of):
    make_event("in-2023", date=D(2023, 5, 2))
    make_event("on", date=D(2024, 8, 6), end_date=D(2025, 2, 1), precision="span")
    words = words_of(client.get("/timeline/?year=2024"))
    assert "all years 2 2023 1 2024 1 2025 1" in words
    assert "August 1 September 1 October 1 November 1 December 1" in words


def test_zooming_to_an_event_shows_the_days_around_it(client):
    make_event("odesa", title="The strike", date=D(2024, 11, 18))
    make_event("near", title="A near one", date=D(2024, 12, 31))
    make_event("far", title="A far one", date=D(2025, 3, 1))
    response = client.get("/timeline/?event=odesa")
    assert "around “The strike”, 18 Nov 2024" in response.content.decode()
    assert b'<li id="odesa" class="zoomed">' in response.content
    assert "A near one" in list_of(response)
    assert "A far one" not in list_of(response)[: list_of(response).index("On this day")]


def test_on_this_day_are_events_of_earlier_years(client, settings, words_of):
    today = timezone.localdate()
    make_event("then", title="A year before", date=today.replace(year=today.year - 1, day=min(today.day, 28)))
    make_event("now", title="Of today", date=today)
    words = words_of(client.get("/timeline/"))
    section = words[words.index("On this day,") :]
    assert "Of today" not in section
    if today.day <= 28:
        assert "A year before" in section
        assert f"/timeline/?on={today:%m-%d}" in client.get("/timeline/").content.decode()


def test_a_calendar_day_shows_its_events_of_every_year(client):
    make_event("one", title="The one", date=D(2024, 2, 29))
    make_event("other", title="The other", date=D(2025, 2, 28))
    response = client.get("/timeline/?on=02-29")
    words = list_of(response)
    assert "The one" in words
    assert "The other" not in words[: words.index("On this day,")]


def test_the_form_keeps_the_zoom_and_drops_the_page(client):
    make_event()
    page = client.get("/timeline/?year=2024&page=1").content.decode()
    assert '<input type="hidden" name="year" value="2024">' in page
    assert 'name="page"' not in page


@pytest.mark.parametrize("theme", ["nothing", "<b>", "x" * 5000])
def test_an_unknown_theme_is_refused_with_the_themes_there_are(client, theme):
    response = client.get("/timeline/", {"theme": theme})
    assert response.status_code == 400
    assert b"is not a theme of the timeline" in response.content
    assert b'href="/timeline/?theme=energy"' in response.content
    assert b"<b>nothing" not in response.content
    assert b"x" * 50 not in response.content


def test_a_faulty_form_keeps_what_was_typed_and_what_can_be_read(client):
    make_event()
    page = client.get("/timeline/?theme=front&theme=naval&from=2024-02-30&q=odesa&year=x").content.decode()
    assert "“2024-02-30” is not a day of the calendar" in page
    assert 'value="2024-02-30"' in page
    assert 'value="odesa"' in page
    for theme in ("front", "naval"):
        assert f'<input type="hidden" name="theme" value="{theme}">' in page
    assert 'name="year"' not in page


def test_htmx_gets_the_named_part_from_the_same_template(client):
    make_event()
    whole, part = client.get("/timeline/"), client.get("/timeline/", headers=HTMX)
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b'<p id="found" hx-swap-oob="innerHTML">1 event' in part.content
    assert part.content[part.content.index(b'<div id="timeline"') :].strip() in whole.content
    restored = client.get("/timeline/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in restored.content
    for response in (whole, part):
        assert "HX-Request" in response.headers["Vary"]


def test_the_filters_stay_open_while_they_are_used(client):
    make_event()
    used = client.get("/timeline/?theme=front", headers={**HTMX, "HX-Trigger": "narrow-theme"})
    assert b'<details class="filters" open>' in used.content
    assert b'<details class="filters">' in client.get("/timeline/?theme=front").content


# -- Sizes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/timeline/", "/timeline/?theme=front", "/timeline/?year=2024&q=event", "/timeline/?actor=actor-0"]
)
def test_the_timeline_costs_as_many_queries_with_more_events(client, queries_of, address):
    fill(1)
    small = queries_of(address)
    fill(200, start=1)
    assert queries_of(address) <= small  # a first page of two need not know which thousandth days are reported
    assert Event.objects.count() == 201


def fill(count, start=0):
    for number in range(start, start + count):
        place = Place.objects.create(slug=f"place-{number}", name="A place")
        event = make_event(f"event-{number}", date=D(2024, 1 + number % 12, 1 + number % 28), place=place)
        actor = Actor.objects.create(slug=f"actor-{number}", name="An actor")
        EventActor.objects.create(event=event, actor=actor)
        EventFigure.objects.create(event=event, label="killed", value=1, unit="people")


def test_two_thousand_events_come_in_pages_and_a_picture_of_circles(client, words_of):
    Event.objects.bulk_create(
        Event(
            slug=f"event-{number}",
            title=f"Event {number}",
            date=D(2022, 2, 24) + (D(2026, 2, 24) - D(2022, 2, 24)) * number // 2000,
            theme=Event.Theme.values[number % 11],
            certainty="confirmed",
            source_name="A paper",
            source_url="https://example.org/",
        )
        for number in range(2000)
    )
    response = client.get("/timeline/")
    page = response.content.decode()
    assert "2,000 events" in words_of(response)
    assert page.count('class="what"') == MOST_MARKS
    assert "Page 1 of 14" in page
    assert 'class="strip-mark"' not in page
    assert page.count('class="strip-many"') > 400
    assert len(page) < 700_000
    last = client.get("/timeline/?page=14")
    assert "Event 1999" in list_of(last)
    assert client.get("/timeline/?page=15").status_code == 400


def test_a_milestone_stands_on_one_page_of_the_list_alone(client):
    for number in range(MOST_MARKS + 10):
        make_event(f"event-{number}", date=D(2024, 1 + number % 3, 1 + number % 28))
    make_event("last", date=D(2025, 1, 1))
    pages = [list_of(client.get(f"/timeline/?page={n}")) for n in (1, 2)]
    assert ["Day 1,000" in page for page in pages] == [False, True]


@pytest.mark.sweep
def test_every_event_of_the_demo_is_on_the_timeline_and_has_its_page(client, demo):
    page = client.get("/timeline/").content.decode()
    for slug in Event.objects.values_list("slug", flat=True):
        assert f'<li id="{slug}">' in page
        assert f'href="#{slug}"' in page
        assert client.get(f"/events/{slug}/").status_code == 200


def test_the_timeline_is_only_read(client):
    assert client.post("/timeline/").status_code == 405
