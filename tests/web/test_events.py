"""The page of one event."""

from __future__ import annotations

from itertools import pairwise

import pytest

from conflict.models import Actor, Article, Claim, EventActor, EventFigure, Place, Source
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


def test_an_event_shows_what_is_known_of_it(client, words_of):
    place = Place.objects.create(slug="odesa", name="Odesa, Ukraine", latitude=46.4825, longitude=30.7233)
    event = make_event(
        "odesa-strike",
        title="Missiles hit Odesa",
        summary="Ten people were killed.",
        date=D(2024, 11, 18),
        theme="strike",
        certainty="confirmed",
        certainty_note="The city says so too.",
        place=place,
        source_name="A paper",
        source_url="https://example.org/odesa",
    )
    for order, name in enumerate(["Ukraine", "Russia"]):
        EventActor.objects.create(
            event=event, actor=Actor.objects.create(slug=name.lower(), name=name), order=order
        )
    EventFigure.objects.create(event=event, label="injured", value=44, unit="people", qualifier="at least")
    EventFigure.objects.create(event=event, label="range", value="1234.500", unit="kilometres", order=1)
    response = client.get("/events/odesa-strike/")
    words = words_of(response)
    assert "18 November 2024 · day 999 · strikes Missiles hit Odesa confirmed The city says so too." in words
    assert "Ten people were killed." in words
    assert "Odesa, Ukraine 46.4825, 30.7233" in words
    assert "Who Ukraine , Russia" in words
    assert "injured at least 44 people" in words
    assert "range 1,234.5 kilometres" in words
    assert b'<a href="https://example.org/odesa" rel="noopener external">A paper</a>' in response.content


def test_an_event_leads_to_the_report_of_its_day(client, words_of):
    make_reference()
    publish_records(make_record(DAY_1000, personnel=724050))
    make_event()
    response = client.get("/events/an-event/")
    assert b'href="/reports/2024-11-19/"' in response.content
    assert "724,050 personnel, killed and wounded together, as General Staff of Ukraine states" in words_of(
        response
    )


def test_an_event_without_a_report_of_its_day_says_so_and_links_none(client):
    make_event()
    response = client.get("/events/an-event/")
    assert b"no total of personnel for this day" in response.content
    assert b'href="/reports/2024-11-19/"' not in response.content


def test_an_event_of_a_month_is_tied_to_no_day(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 11, 1), personnel=694950))
    make_event(date=D(2024, 11, 1), precision="month")
    words = words_of(client.get("/events/an-event/"))
    assert "in November 2024 the day is not known" in words
    assert "694,950" not in words
    assert "day 982" not in words


def test_claims_and_articles_that_speak_of_an_event_are_on_its_page(client, words_of):
    event = make_event()
    article = Article.objects.create(slug="a-piece", title="A piece")
    event.articles.add(article)
    source = Source.objects.create(slug="kremlin", name="Kremlin", kind="belligerent")
    claim = Claim.objects.create(
        document=article,
        text="unacceptable",
        quoted=True,
        speaker="A spokesman",
        source=source,
        certainty="confirmed",
    )
    claim.events.add(event)
    response = client.get("/events/an-event/")
    assert b"<q>unacceptable</q>" in response.content
    assert "A spokesman ( Kremlin , belligerent) confirmed In A piece" in words_of(response)
    assert response.content.count(b'href="/articles/a-piece/"') == 2


def test_neighbours_follow_the_order_of_the_timeline(client):
    for slug, title, date in [
        ("first", "Z", D(2024, 1, 1)),
        ("second", "A", D(2024, 1, 2)),
        ("third", "B", D(2024, 1, 2)),
        ("twin", "B", D(2024, 1, 2)),
        ("last", "A", D(2024, 1, 3)),
    ]:
        make_event(slug, title=title, date=date)
    order = ["first", "second", "third", "twin", "last"]
    for before, after in pairwise(order):
        assert f'rel="next" href="/events/{after}/"'.encode() in client.get(f"/events/{before}/").content
        assert f'rel="prev" href="/events/{before}/"'.encode() in client.get(f"/events/{after}/").content
    assert b'rel="next"' not in client.get("/events/last/").content


def test_an_unknown_event_leads_back_to_the_timeline(client):
    response = client.get("/events/nothing/")
    assert response.status_code == 404
    assert "“nothing”" in response.content.decode()
    assert b'<li><a href="/timeline/">' in response.content


def test_an_event_costs_as_many_queries_with_more_of_everything(client, queries_of):
    event = make_event()
    small = queries_of("/events/an-event/")
    for number in range(10):
        article = Article.objects.create(slug=f"piece-{number}", title="A piece")
        event.articles.add(article)
        source = Source.objects.create(slug=f"source-{number}", name=f"Source {number}", kind="media")
        for text in ("one", "two"):
            claim = Claim.objects.create(
                document=article, text=text, speaker="S", source=source, certainty="claimed", date=DAY_1000
            )
            claim.events.add(event)
        actor = Actor.objects.create(slug=f"actor-{number}", name="An actor")
        EventActor.objects.create(event=event, actor=actor, order=number)
        EventFigure.objects.create(event=event, label=f"figure {number}", value=1, unit="units")
        make_event(f"event-{number}")
    assert queries_of("/events/an-event/") == small
