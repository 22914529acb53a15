"""What the desks of events and places say before anything is saved, and that it hinders nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from conflict.admin.event_hints import degrees_in_words, nearest
from conflict.models import Article, Claim, Event, Place
from tests.admin.test_desks import event_form
from tests.make import D, make_event

pytestmark = pytest.mark.django_db

SIMILAR, ADD = "/admin/conflict/event/similar/", "/admin/conflict/event/add/"
WHERE, ADD_PLACE = "/admin/conflict/place/where/", "/admin/conflict/place/add/"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"title": "Odesa hit by missile strikes", "date": "2024-11-19"}, True),  # a day later
        ({"title": "Odesa hit by missile strikes", "date": "2024-11-21"}, True),
        ({"title": "Odesa hit by missile strikes", "date": "2024-11-22"}, False),
        ({"title": "Odesa hit by missile strikes", "date": "2024-11", "precision": "month"}, True),
        ({"title": "Odesa hit by missile strikes", "date": "2024-10", "precision": "month"}, False),
        ({"title": "Missile strikes", "date": "2024-11-01", "end_date": "2024-11-17", "precision": "span"}, True),
        ({"title": "Ракетні удари по Одесі", "date": "2024-11-18"}, True),
        ({"title": "Talks in Istanbul", "date": "2024-11-18"}, False),
        ({"title": "Odesa hit by missile strikes", "date": "2024-1"}, False),  # not yet a date
        ({"title": "Odesa hit by missile strikes", "date": "yesterday"}, False),
        ({"title": "", "date": "2024-11-18"}, False),
        ({}, False),
    ],
)
def test_similar_events_are_named_while_the_form_is_filled_in(curator: Client, asked: Any, found: bool) -> None:
    make_event(
        title="Missile strike hits Odesa",
        date=D(2024, 11, 18),
        translations={"uk": {"title": "Ракетний удар по Одесі"}},
    )
    response = curator.get(SIMILAR, asked)
    assert response.status_code == 200
    assert ("Missile strike hits Odesa" in response.text) == found


def test_an_event_is_not_similar_to_itself(curator: Client) -> None:
    event = make_event(title="Missile strike hits Odesa")
    asked = {"title": event.title, "date": "2024-11-19"}
    assert "Odesa" in curator.get(SIMILAR, asked).text
    assert "Odesa" not in curator.get(SIMILAR, {**asked, "but": event.pk}).text


def test_a_similar_event_is_saved_all_the_same_and_said_after(curator: Client) -> None:
    make_event(title="An attack on the port")
    response = curator.post(ADD, event_form(), follow=True)
    assert Event.objects.filter(slug="an-attack").exists()
    assert "A similar event is there already: An attack on the port (19 November 2024)" in response.text


def test_what_was_no_cause_to_look_is_not_said_again(curator: Client) -> None:
    make_event(title="An attack on the port")
    curator.post(ADD, event_form(), follow=True)
    event = Event.objects.get(slug="an-attack")
    change = reverse("admin:conflict_event_change", args=[event.pk])
    assert "similar event" not in curator.post(change, event_form(summary="More."), follow=True).text
    assert "similar event" in curator.post(change, event_form(title="The attack on the port"), follow=True).text


@pytest.mark.parametrize("address", [SIMILAR, WHERE])
def test_hints_are_for_those_who_may_see_the_desk(client: Client, django_user_model: Any, address: str) -> None:
    assert client.get(address).status_code == 302
    user = django_user_model.objects.create_user("guest", password="a password", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_source"))
    client.force_login(user)
    assert client.get(address).status_code == 403


def test_a_month_is_given_and_shown_as_a_month(curator: Client) -> None:
    curator.post(ADD, event_form(precision="month", date="2024-05"))
    event = Event.objects.get()
    assert (event.precision, event.date) == ("month", D(2024, 5, 1))
    change = reverse("admin:conflict_event_change", args=[event.pk])
    assert 'name="date" value="2024-05"' in curator.get(change).text
    curator.post(change, event_form(precision="month", date="2024-05", summary="More."))
    event.refresh_from_db()
    assert (event.summary, event.date) == ("More.", D(2024, 5, 1))


def test_claims_are_found_by_their_words_and_linked_to_an_event(curator: Client) -> None:
    article = Article.objects.create(slug="a-piece", title="A piece")
    claims = [
        Claim.objects.create(document=article, text=text, speaker="A speaker", certainty="claimed")
        for text in ("The port burns", "It rains")
    ]
    query = {"term": "burns", "app_label": "conflict", "model_name": "claim_events", "field_name": "claim"}
    found = curator.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [row["text"] for row in found] == ["The port burns"]
    curator.post(ADD, event_form(claims=[claims[0].pk]))
    event = Event.objects.get()
    assert list(event.claims.all()) == claims[:1]
    page = curator.get(reverse("admin:conflict_event_change", args=[event.pk])).text
    assert "The port burns" in page
    assert "It rains" not in page


# -- Coordinates --------------------------------------------------------------------------------------------


def test_where_coordinates_lie_is_said_in_words_with_the_nearest_places(curator: Client) -> None:
    for slug, latitude, longitude in (
        ("odesa", 46.4825, 30.7233),
        ("kyiv", 50.4501, 30.5234),
        ("aden", 12.8, 45.0),
    ):
        Place.objects.create(slug=slug, name=slug.title(), latitude=latitude, longitude=longitude)
    Place.objects.create(slug="nowhere", name="Nowhere")
    text = curator.get(WHERE, {"latitude": "46.5", "longitude": "30.7"}).text
    assert "46.5° N, 30.7° E" in text
    assert text.index("Odesa") < text.index("2.6 km") < text.index("Kyiv") < text.index("439 km")
    swapped = curator.get(WHERE, {"latitude": "30.7", "longitude": "46.5"}).text
    assert swapped.index("Aden") < swapped.index("Odesa")


@pytest.mark.parametrize(
    "asked", [{}, {"latitude": "46"}, {"latitude": "96", "longitude": "30"}, {"latitude": "x"}]
)
def test_unfinished_coordinates_say_nothing(curator: Client, asked: dict[str, str]) -> None:
    response = curator.get(WHERE, asked)
    assert (response.status_code, response.text.strip()) == (200, "")


def test_directions_are_named_on_every_quarter_of_the_globe() -> None:
    assert degrees_in_words(46.4825, 30.7233) == "46.4825° N, 30.7233° E"
    assert degrees_in_words(-33.87, -70.5) == "33.87° S, 70.5° W"


def test_a_place_is_not_nearest_to_itself(db: None) -> None:
    place = Place.objects.create(slug="odesa", name="Odesa", latitude=46.4825, longitude=30.7233)
    assert nearest((46.4825, 30.7233), but=place.pk) == []


@pytest.mark.parametrize("pair", ["46.4825, 30.7233", "46.4825;30.7233", " 46.4825 ,30.7233 "])
def test_a_pair_from_a_map_may_be_pasted_whole(curator: Client, pair: str) -> None:
    curator.post(ADD_PLACE, {"name": "Odesa", "slug": "odesa", "latitude": pair, "longitude": ""})
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (46.4825, 30.7233)


@pytest.mark.parametrize("latitude", ["46,4825,30,7233", "46.4825 30.7233", "N46.48", "46°28′57″"])
def test_coordinates_that_could_be_read_in_two_ways_are_refused(curator: Client, latitude: str) -> None:
    response = curator.post(ADD_PLACE, {"name": "Odesa", "slug": "odesa", "latitude": latitude, "longitude": ""})
    assert "Enter a number of degrees such as 46.4825." in response.text
    assert not Place.objects.exists()
