"""The map: places of events by theme and period, the same in words, and what it refuses."""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re

import pytest
from django.utils import timezone

from conflict.models import Event, EventFigure, Place
from tests.make import D, make_event

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ODESA = {"slug": "odesa", "name": "Odesa, Ukraine", "latitude": 46.4825, "longitude": 30.7233}


def make_place(slug: str = "odesa", **fields) -> Place:
    return Place.objects.create(**{**ODESA, "slug": slug, **fields})


def test_an_event_stands_on_the_map_and_in_words_with_its_figures_and_who_gives_them(client, words_of):
    event = make_event(title="Missiles hit Odesa", place=make_place(), source_name="A paper")
    EventFigure.objects.create(event=event, label="killed", value=10, unit="people", qualifier="at least")
    EventFigure.objects.create(event=event, label="injured", value=44, unit="people", order=1)
    response = client.get("/map/")
    page, words = response.content.decode(), words_of(response)
    assert 'aria-label="Odesa, Ukraine: 1 event"' in page
    assert "Odesa, Ukraine 1 event 19 November 2024 day 1,000 Missiles hit Odesa confirmed the front" in words
    assert "killed: at least 10 people injured: 44 people as given by A paper" in words
    assert "54" not in words


def test_places_beyond_the_frame_or_without_coordinates_are_named_beside_the_map(client, words_of):
    make_event("one", place=make_place())
    make_event("two", place=make_place("rio", name="Rio de Janeiro, Brazil", latitude=-22.9, longitude=-43.2))
    make_event("three", place=make_place("somewhere", name="Somewhere", latitude=None, longitude=None))
    words = words_of(client.get("/map/"))
    assert "Beyond the map Rio de Janeiro, Brazil 1 event Somewhere 1 event · no coordinates" in words


def test_a_map_without_a_place_in_its_frame_says_so(client):
    make_event(place=make_place("rio", latitude=-22.9, longitude=-43.2))
    page = client.get("/map/").content.decode()
    assert "None of these places lies on the map" in page
    assert 'class="map"' not in page


def test_an_event_without_a_place_is_not_on_the_map(client, words_of):
    make_event()
    words = words_of(client.get("/map/"))
    assert "0 events with a place, 0 places" in words
    assert "no event with a place yet" in words


def test_the_map_says_how_crimea_is_drawn_and_from_whom_the_outline_is(client, words_of):
    make_event(place=make_place())
    words = words_of(client.get("/map/"))
    assert "resolution 68/262 ): Crimea is Ukraine’s" in words
    assert "Natural Earth , public domain" in words


def test_a_wide_area_is_a_square(client):
    make_event(place=make_place("ukraine", name="Ukraine", is_area=True))
    page = client.get("/map/").content.decode()
    assert 'class="map-place map-area"' in page
    assert '<rect class="map-mark"' in page and '<circle class="map-mark"' not in page


# -- Filters ------------------------------------------------------------------------------------------------


def touches(event: Event, start: dt.date | None, end: dt.date | None) -> bool:
    """Say the slow way, day after day, whether an event may have been in a period."""
    if event.precision == "month":
        days = calendar.monthrange(event.date.year, event.date.month)[1]
        last = event.date.replace(day=days)
    elif event.precision == "span":
        last = event.end_date or D(2027, 12, 31)
    else:
        last = event.date
    span = (event.date + dt.timedelta(days=n) for n in range((last - event.date).days + 1))
    return any((start is None or start <= day) and (end is None or day <= end) for day in span)


def test_period_and_theme_choose_what_a_plain_recount_does(client):
    chance = random.Random(3)  # noqa: S311
    place = make_place()
    for number in range(60):
        date = D(2022, 1, 1) + dt.timedelta(days=chance.randrange(1200))
        precision = chance.choice(["day", "month", "span", "span"])
        ends = date + dt.timedelta(days=chance.randrange(1, 200)) if chance.random() < 0.7 else None
        make_event(
            f"e{number}",
            date=date.replace(day=1) if precision == "month" else date,
            end_date=ends if precision == "span" else None,
            precision=precision,
            theme=chance.choice(["front", "strike", "naval"]),
            place=place if chance.random() < 0.9 else None,
        )
    events = list(Event.objects.all())
    for _ in range(25):
        start, end = (
            D(2022, 2, 24) + dt.timedelta(days=chance.randrange(1100)) if chance.random() < 0.8 else None
            for _ in range(2)
        )
        if start and end and end < start:
            start, end = end, start
        theme = chance.choice(["", "front", "strike", "nuclear"])
        asked = {"theme": theme, "from": start or "", "to": end or ""}
        page = client.get("/map/", asked).content.decode()
        shown = set(re.findall(r'<a href="/events/([^"]*)/"', page))
        in_period = [e for e in events if e.place_id and touches(e, start, end)]
        assert shown == {e.slug for e in in_period if theme in ("", e.theme)}
        counts = dict(re.findall(r'id="theme-([^"]*)"[^>]*>[^<]*<span class="quiet">(\d+)', page))
        assert int(counts["all"]) == len(in_period)
        assert int(counts.get("naval", 0)) == sum(e.theme == "naval" for e in in_period)
        years = dict(re.findall(r'id="year-([^"]*)"[^>]*>[^<]*<span class="quiet">(\d+)', page))
        of_2023 = [e for e in events if e.place_id and touches(e, D(2023, 1, 1), D(2023, 12, 31))]
        assert int(years["2023"]) == sum(theme in ("", e.theme) for e in of_2023)


def test_choices_keep_each_other_in_the_address(client):
    make_event(place=make_place(), theme="strike")
    page = client.get("/map/?theme=strike&from=2024-01-01&to=2024-12-31").content.decode()
    year = '<a id="year-2024" href="/map/?theme=strike&amp;from=2024-01-01&amp;to=2024-12-31"'
    assert year in page
    assert re.search(r'id="year-2024"[^>]*aria-current="true"', page)
    assert '<a id="theme-all" href="/map/?from=2024-01-01&amp;to=2024-12-31"' in page
    assert '<a id="year-all" href="/map/?theme=strike"' in page
    assert '<input type="hidden" name="theme" value="strike">' in page


def test_the_first_year_begins_with_day_1_and_the_last_ends_today(client):
    make_event(place=make_place())
    page = client.get("/map/").content.decode()
    today = timezone.localdate()
    assert 'href="/map/?from=2022-02-24&amp;to=2022-12-31"' in page
    assert f"to={today.isoformat()}" in page
    assert client.get(f"/map/?from={today.year}-01-01&to={today.isoformat()}").status_code == 200


def test_nothing_found_leads_back_to_the_whole_map(client, words_of):
    make_event(place=make_place())
    response = client.get("/map/?theme=justice")
    assert response.status_code == 200
    assert "No event of this theme and period names a place." in words_of(response)
    assert b'<a href="/map/">The whole map</a>' in response.content


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("theme=nothing", "“nothing” is not a theme of the timeline."),
        ("theme=<b>", "“&lt;b&gt;” is not a theme"),
        ("theme=front&theme=naval", "More than one value is given."),
        ("from=2024-02-30", "“2024-02-30” is not a day of the calendar."),
        ("from=2014-01-01", "lies before day 1"),
        ("to=2099-01-01", "lies in the future"),
        ("from=2024-02-02&to=2024-01-01", "The last day, 1 January 2024, lies before the first, 2 February 2024."),
        ("from=" + "9" * 5000, "is not a day of the calendar"),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(client, query, sentence):
    for headers in ({}, HTMX):
        response = client.get(f"/map/?{query}", headers=headers)
        assert response.status_code == 400
        assert sentence in response.content.decode()
        assert b"<b>&" not in response.content


def test_htmx_gets_the_places_alone_from_the_same_template(client):
    make_event(place=make_place())
    whole, part = client.get("/map/"), client.get("/map/", headers=HTMX)
    assert part.content.strip().startswith(b'<div id="places">')
    assert part.content.strip() in whole.content
    restored = client.get("/map/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in restored.content
    for response in (whole, part):
        assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("address", ["/map/", "/map/?theme=front&from=2023-01-01"])
def test_the_map_costs_as_many_queries_with_more_of_everything(client, queries_of, address):
    make_event(place=make_place())
    small = queries_of(address)
    for number in range(30):
        place = make_place(f"place-{number}", latitude=47 + number / 10)
        event = make_event(f"event-{number}", date=D(2024, 1, 1 + number % 28), place=place)
        EventFigure.objects.create(event=event, label="killed", value=1, unit="people")
    assert queries_of(address) == small


def test_the_map_is_only_read(client):
    assert client.post("/map/").status_code == 405
