"""The page of one event."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from conflict.analysis.calendar import ONE_DAY
from conflict.models import Actor, Article, Claim, EventActor, EventFigure, Place, Question, Source
from conflict.web.events import losses_around
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
    question = Question.objects.create(slug="how-many", text="How many?")
    report_days(DAY_1000, 1, 2)
    small = queries_of("/events/an-event/")
    for number in range(10):
        article = Article.objects.create(slug=f"piece-{number}", title="A piece")
        event.articles.add(article)
        source = Source.objects.create(slug=f"source-{number}", name=f"Source {number}", kind="media")
        for text in ("one", "two"):
            claim = Claim.objects.create(
                document=article,
                text=text,
                speaker="S",
                source=source,
                certainty="claimed",
                date=DAY_1000,
                question=question,
            )
            claim.events.add(event)
        actor = Actor.objects.create(slug=f"actor-{number}", name="An actor")
        EventActor.objects.create(event=event, actor=actor, order=number)
        EventFigure.objects.create(event=event, label=f"figure {number}", value=1, unit="units")
        make_event(f"event-{number}")
    assert queries_of("/events/an-event/") == small


# -- Claims that do not agree -------------------------------------------------------------------------------


def answer(text, question, *events, certainty="claimed", slug="a-piece"):
    article, _made = Article.objects.get_or_create(slug=slug, defaults={"title": f"Of {slug}"})
    claim = Claim.objects.create(
        document=article, text=text, speaker="A speaker", certainty=certainty, question=question
    )
    claim.events.set(events)
    return claim


def test_claims_that_answer_one_question_stand_side_by_side(client, words_of):
    found, accused = make_event("found"), make_event("accused")
    question = Question.objects.create(slug="agents", text="What is established?")
    answer("CS was found.", question, found, certainty="confirmed")
    answer("Chloropicrin is used.", question, accused, slug="another")
    answer("Something else.", None, found)
    for address in ("/events/found/", "/events/accused/"):
        response = client.get(address)
        words = words_of(response)
        section = words[words.index("What is established?") :]
        assert section.index("CS was found. A speaker confirmed In Of a-piece") < section.index(
            "Chloropicrin is used."
        )
        assert response.content.count(b"CS was found.") == 1
        assert b'<ul class="claims against">' in response.content
    assert client.get("/timeline/").content.count(b"statements differ") == 2
    words = words_of(client.get("/events/found/"))
    assert words.index("What articles state of it") < words.index("Something else.")


def test_a_single_answer_is_a_claim_like_others(client):
    event = make_event()
    answer("Alone.", Question.objects.create(slug="one", text="A question?"), event)
    page = client.get("/events/an-event/").content.decode()
    assert "A question?" not in page
    assert "Alone." in page


# -- The losses around its day ------------------------------------------------------------------------------


def report_days(first, *totals):
    make_reference()
    publish_records(
        *(make_record(first + n * ONE_DAY, personnel=total) for n, total in enumerate(totals) if total)
    )


def test_losses_around_an_event_are_two_means_and_every_day_and_no_cause(client, words_of):
    report_days(D(2024, 10, 1), *(100 * n + 50 * max(0, n - 49) + 1 for n in range(90)))  # 150 a day after 19 Nov
    make_event()
    response = client.get("/events/an-event/")
    words = words_of(response)
    assert "Personnel a day, mean of 30 days up to 19 November 2024 100" in words
    assert "Personnel a day, mean of 30 days after 150" in words
    assert "and no cause" in words
    assert b'class="chart-bar' in response.content
    link = "/losses/?category=personnel&amp;from=2024-10-21&amp;to=2024-12-19&amp;measure=change"
    assert link in response.content.decode()
    assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_days_without_reports_are_said_beside_the_losses_around(client, words_of):
    totals = [1 + 100 * n for n in range(90)]
    totals[55:60] = [None] * 5
    report_days(D(2024, 10, 1), *totals)
    make_event()
    assert "the longest span without a report has 5 days" in words_of(client.get("/events/an-event/"))


def test_a_span_that_the_window_cuts_is_drawn_whole(client):
    make_reference()
    dates = [D(2024, 10, 1), D(2024, 10, 31), *(D(2024, 11, n) for n in range(1, 31)), D(2025, 1, 15)]
    publish_records(*(make_record(date, personnel=1000 * n + 1) for n, date in enumerate(dates)))
    losses = losses_around(make_event())
    assert (losses.first, losses.last) == (D(2024, 10, 21), D(2024, 12, 19))
    assert (losses.chart.start, losses.chart.end) == (D(2024, 10, 2), D(2025, 1, 15))
    assert len(losses.chart.numbers) == 32


@pytest.mark.parametrize(
    "fields",
    [{"date": D(2024, 11, 1), "precision": "month"}, {"date": D(2014, 3, 18)}, {"date": D(2026, 11, 1)}],
)
def test_an_event_without_a_day_or_without_reports_shows_no_losses_around(client, fields):
    report_days(D(2024, 10, 1), *range(1, 60))
    make_event(**fields)
    assert b"Reported losses around this day" not in client.get("/events/an-event/").content


# -- For machines -------------------------------------------------------------------------------------------


def data_of(response):
    [script] = re.findall(rb'<script type="application/ld\+json">(.*?)</script>', response.content)
    graph = json.loads(script)
    assert graph["@context"] == "https://schema.org"
    [event] = [node for node in graph["@graph"] if node["@type"] == "Event"]
    return event


def test_an_event_is_told_in_the_words_of_schema_org(client):
    place = Place.objects.create(slug="odesa", name="Odesa", latitude=46.48, longitude=30.72)
    event = make_event(place=place, summary="What happened.", certainty="disputed", theme="strike")
    EventActor.objects.create(event=event, actor=Actor.objects.create(slug="opcw", name="OPCW"))
    data = data_of(client.get("/events/an-event/"))
    assert data["url"] == "http://testserver/events/an-event/"
    assert (data["startDate"], data["endDate"]) == ("2024-11-19", "2024-11-19")
    assert data["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 46.48, "longitude": 30.72}
    assert data["contributor"] == [{"@type": "Thing", "name": "OPCW"}]
    assert data["additionalProperty"]["value"] == "disputed"


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"date": D(2024, 5, 1), "precision": "month"}, "2024-05", None),
        ({"date": D(2024, 8, 6), "precision": "span"}, "2024-08-06", None),
        ({"date": D(2024, 6, 15), "end_date": D(2024, 6, 16), "precision": "span"}, "2024-06-15", "2024-06-16"),
    ],
)
def test_dates_for_machines_are_no_more_exact_than_is_known(client, fields, start, end):
    make_event(**fields)
    data = data_of(client.get("/events/an-event/"))
    assert (data["startDate"], data.get("endDate")) == (start, end)
    assert "location" not in data


def test_no_title_ends_the_script_that_it_stands_in(client):
    make_event(title="</script><script>alert(1)</script>&amp;")
    response = client.get("/events/an-event/")
    assert b"<script>alert" not in response.content
    assert data_of(response)["name"] == "</script><script>alert(1)</script>&amp;"
