"""The pages of places and actors: everything about one in one place."""

from __future__ import annotations

import pytest

from conflict.models import Actor, Article, Claim, Event, EventActor, EventFigure, Place, Source
from tests.make import DAY_1000, D, make_event

pytestmark = pytest.mark.django_db


def make_claim(text: str = "It happened", *, event: Event | None = None, slug: str = "piece", **fields) -> Claim:
    article, _new = Article.objects.get_or_create(slug=slug, defaults={"title": f"The article {slug}"})
    claim = Claim.objects.create(
        document=article, text=text, **{"speaker": "Somebody", "certainty": "claimed", **fields}
    )
    if event:
        claim.events.add(event)
    return claim


def make_actor(slug: str = "helsing", name: str = "Helsing", *, event: Event | None = None, **fields) -> Actor:
    actor = Actor.objects.create(slug=slug, name=name, **fields)
    if event:
        EventActor.objects.create(event=event, actor=actor, order=actor.pk)
    return actor


# -- Statements ---------------------------------------------------------------------------------------------


def test_a_speaker_is_known_by_name_alone_or_before_a_comma_and_in_other_languages(client, words_of):
    make_actor("zelenskyy", "Volodymyr Zelenskyy", translations={"uk": {"name": "Володимир Зеленський"}})
    make_claim("One thing", speaker="Volodymyr Zelenskyy, president of Ukraine")
    make_claim("Another thing", speaker="volodymyr zelenskyy")
    make_claim("A third thing", speaker="Володимир Зеленський")
    make_claim("A foreign thing", speaker="Volodymyr Zelenskyy’s adviser")
    words = words_of(client.get("/actors/zelenskyy/"))
    assert "One thing" in words and "Another thing" in words and "A third thing" in words
    assert "A foreign thing" not in words


def test_own_statements_are_not_told_twice(client):
    event = make_event()
    source = Source.objects.create(slug="opcw", name="An organisation", kind="organisation")
    make_actor("opcw", "OPCW", source=source, event=event)
    make_claim("Its own statement", event=event, source=source)
    make_claim("What another states", event=event)
    page = client.get("/actors/opcw/").content.decode()
    own, others = page.split('id="stated"')
    assert page.count("Its own statement") == 1 and "Its own statement" in own
    assert "What another states" in others


def test_a_claim_of_two_events_of_one_actor_is_told_once(client):
    one, two = make_event("one"), make_event("two")
    actor = make_actor(event=one)
    EventActor.objects.create(event=two, actor=actor)
    make_claim("Told once", event=one).events.add(two)
    page = client.get("/actors/helsing/").content.decode()
    assert page.count("Told once") == 1


def test_what_is_too_much_for_a_page_is_said_and_led_to(client, words_of):
    event = make_event(place=Place.objects.create(slug="odesa", name="Odesa, Ukraine"))
    for number in range(51):
        make_claim(f"Statement {number:02}", event=event, date=D(2024, 1, 1), order=number)
        make_event(f"event-{number}", place=event.place, date=D(2023, 1, 1))
    response = client.get("/places/odesa/")
    words = words_of(response)
    assert "Statement 49" in words and "Statement 50" not in words
    assert 'href="/search/?q=%22Odesa%22&amp;type=claim"' in response.content.decode()
    assert "52 events of the timeline are placed here." in words and "Page 1 of 2" in words
    assert client.get("/places/odesa/?page=2").status_code == 200
    assert client.get("/places/odesa/?page=3").status_code == 400
    make_actor(event=event)
    assert client.get("/actors/helsing/?page=2").status_code == 400


# -- What there is not --------------------------------------------------------------------------------------


def test_unknown_ones_lead_to_those_that_there_are(client):
    for address, index in (("/places/nowhere/", "/places/"), ("/actors/nobody/", "/actors/")):
        response = client.get(address)
        assert response.status_code == 404
        assert f'<a href="{index}">' in response.content.decode()


def test_one_that_is_named_nowhere_says_so(client, words_of):
    make_actor()
    Place.objects.create(slug="odesa", name="Odesa, Ukraine")
    assert "Named in no event of the timeline." in words_of(client.get("/actors/helsing/"))
    words = words_of(client.get("/places/odesa/"))
    assert "No event of the timeline is placed here." in words
    assert "Its coordinates are not known here." in words


def test_empty_indexes_say_so(client):
    assert b"No event names an actor yet" in client.get("/actors/").content
    assert b"No event names a place yet" in client.get("/places/").content


def test_names_are_escaped(client):
    make_actor(name="<script>alert(1)</script>")
    Place.objects.create(slug="odesa", name="<script>alert(1)</script>", latitude=46.5, longitude=30.7)
    for address in ("/actors/helsing/", "/places/odesa/", "/actors/", "/places/"):
        assert b"<script>alert" not in client.get(address).content


# -- Cost ---------------------------------------------------------------------------------------------------


def test_pages_cost_as_many_queries_with_more_of_everything(client, queries_of):
    source = Source.objects.create(slug="helsing", name="Helsing", kind="media")
    place = Place.objects.create(slug="odesa", name="Odesa, Ukraine", latitude=46.5, longitude=30.7)
    event = make_event(place=place)
    actor = make_actor(event=event, source=source)
    make_claim(event=event, date=DAY_1000)
    make_claim("Said", source=source)
    addresses = ("/places/odesa/", "/actors/helsing/", "/places/", "/actors/")
    small = [queries_of(address) for address in addresses]
    for number in range(20):
        more = make_event(f"event-{number}", place=place, date=D(2024, 1, 1 + number))
        EventActor.objects.create(event=more, actor=actor)
        make_actor(f"actor-{number}", f"Actor {number}", event=more)
        EventFigure.objects.create(event=more, label="killed", value=1, unit="people")
        make_claim(f"Claim {number}", event=more, slug=f"piece-{number}", date=D(2024, 1, 1 + number))
        make_claim(f"Said {number}", source=source, slug=f"piece-{number}")
    assert [queries_of(address) for address in addresses] == small


def test_they_are_only_read(client):
    for address in ("/places/", "/actors/", "/places/odesa/", "/actors/helsing/"):
        assert client.post(address).status_code == 405


def test_a_claim_leads_to_the_actor_as_which_its_source_speaks(client):
    event = make_event()
    source = Source.objects.create(slug="government", name="Government of Somewhere", kind="government")
    make_claim("By a spokesman", event=event, source=source, speaker="A spokesman")
    make_claim("By itself", event=event, source=source, speaker=source.name)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "/actors/" not in page
    assert page.count('href="/about/#source-government"') == 2
    make_actor("somewhere", "Somewhere", source=source)
    for address in (event.get_absolute_url(), "/articles/piece/"):
        page = client.get(address).content.decode()
        assert '(<a href="/actors/somewhere/">Government of Somewhere</a>, <a href="/about/#source-' in page
        assert '<a href="/actors/somewhere/">Government of Somewhere</a> (<a href="/about/#source-' in page
