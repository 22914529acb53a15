"""The page of search: results with their certainty, facets, pages, marks that are safe, errors that help."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict.models import Actor, Article, Category, Claim, Place, Source
from tests.make import D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def make_one_of_each() -> None:
    make_reference()
    Category.objects.filter(slug="tanks").update(definition="Odesa is no tank")
    publish_records(make_record(tanks=1))
    place = Place.objects.create(slug="odesa", name="Odesa")
    Actor.objects.create(slug="mayor", name="Mayor of Odesa")
    make_event("strike", title="A strike on the port", place=place, certainty="disputed", theme="strike")
    article = Article.objects.create(
        slug="port", title="The port", text="All about Odesa.", publisher="The Paper", published=D(2023, 5, 2)
    )
    Claim.objects.create(document=article, order=1, text="Nothing happened", speaker="A", certainty="claimed")
    Claim.objects.create(
        document=article,
        order=2,
        text="Odesa burns",
        speaker="The mayor",
        certainty="reported",
        source=Source.objects.get(),
    )


def test_an_empty_query_shows_what_can_be_found(client, words_of):
    response = client.get("/search/")
    assert response.status_code == 200
    assert "What can be found" in words_of(response)
    assert b'href="/search/?q=day+1000"' in response.content
    assert b"<mark>" not in response.content


def test_each_type_is_found_with_what_a_reader_must_know_of_it(client, words_of):
    make_one_of_each()
    response = client.get("/search/", {"q": "odesa"})
    words = words_of(response)
    assert "6 results for “odesa”" in words
    assert "claim Odesa burns The mayor reported General Staff of Ukraine in The port" in words
    assert "event A strike on the port Odesa · A paper disputed 19 November 2024 day 1,000 strikes Odesa" in words
    assert "article The port All about Odesa . · The Paper The Paper 2 May 2023" in words
    assert "category Tanks Odesa is no tank units" in words
    assert "actor Mayor of Odesa 0 events" in words
    assert "place Odesa 1 event" in words
    page = response.content.decode()
    addresses = ["/articles/port/#claim-2", "/events/strike/", "/articles/port/", "/losses/tanks/"]
    for address in (*addresses, "/actors/mayor/", "/places/odesa/"):
        assert f'<a href="{address}">' in page
    assert client.get("/articles/port/").content.decode().count('id="claim-2"') == 1


@pytest.mark.parametrize("text", ["19 November 2024", "2024-11-19", "day 1000", "день 1,000", "19 листопада 2024"])
def test_a_report_is_found_by_its_day(client, text):
    make_reference()
    publish_records(make_record(tanks=1))
    page = client.get("/search/", {"q": text}).content.decode()
    assert '<a href="/reports/2024-11-19/">' in page


def test_counts_that_another_source_made_lead_to_where_they_are_shown(client):
    make_reference()
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    record = make_record(tanks=1)
    publish_records(type(record)("oryx", record.party, record.date, record.document, record.entries))
    page = client.get("/search/", {"q": "oryx"}).content.decode()
    assert '<a href="/compare/sources/?date=2024-11-19">' in page
    assert client.get("/compare/sources/?date=2024-11-19").status_code == 200


def test_types_and_years_narrow_and_count(client, words_of):
    make_one_of_each()
    response = client.get("/search/", {"q": "odesa", "type": "claim"})
    words = words_of(response)
    assert "1 result for “odesa”" in words
    assert "all types 6 categories 1 events 1 articles 1 claims 1 actors 1 places 1" in words
    assert "all years 1 2023 1" in words
    page = response.content.decode()
    assert re.search(r'id="type-claim"[^>]*aria-current="true"', page)
    assert 'href="/search/?q=odesa&amp;type=claim&amp;year=2023"' in page
    assert '<input type="hidden" form="search" name="type" value="claim">' in page
    assert "all years 6 2024 1 2023 2 no date 3" in words_of(client.get("/search/?q=odesa"))
    assert "category Tanks" in words_of(client.get("/search/?q=odesa&year=none"))


def test_a_type_without_results_stays_to_be_seen_and_left(client, words_of):
    make_one_of_each()
    words = words_of(client.get("/search/?q=burns&type=event&year=2019"))
    assert "Nothing is found for “burns”" in words
    assert "events 0" in words
    assert "2019 0" in words
    assert "Search all types and years" in words


def test_twenty_stand_on_a_page_and_the_rest_on_the_next(client, words_of):
    for number in range(45):
        make_event(f"e{number}", title=f"Odesa {number}", date=D(2024, 1, 1 + number % 28))
    seen = set()
    for page, count in ((1, 20), (2, 20), (3, 5)):
        response = client.get("/search/", {"q": "odesa", "page": page})
        assert f"45 results for “odesa” , page {page} of 3" in words_of(response).replace("”,", "” ,")
        addresses = re.findall(r'<p class="hit"><a href="([^"]*)"', response.content.decode())
        assert len(addresses) == count
        seen |= set(addresses)
    assert len(seen) == 45
    assert b'rel="next" href="/search/?q=odesa&amp;page=2"' in client.get("/search/?q=odesa").content


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=a&type=nothing", "“nothing” is not a type"),
        ("q=a&year=24", "A year is written in four digits"),
        ("q=a&year=0000", "A year is written in four digits"),
        ("q=a&year=٢٠٢٤", "A year is written in four digits"),
        ("q=a&page=0", "“0” is not a whole number above zero"),
        ("q=a&page=x", "“x” is not a whole number above zero"),
        ("q=a&q=b", "More than one value is given"),
        ("q=a&type=event&type=claim", "More than one value is given"),
        ("q=" + "x" * 201, "A search has at most 200 characters; this one has 201."),
        ("q=%00", "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_searched_for_is_refused_with_a_sentence(client, words_of, query, words):
    response = client.get(f"/search/?{query}")
    assert response.status_code == 400
    assert words in words_of(response)
    assert b'<input type="search"' in response.content
    assert client.get(f"/search/?{query}", headers=HTMX).status_code == 400


def test_a_page_beyond_the_last_is_refused_with_the_last(client):
    make_event(title="odesa")
    response = client.get("/search/?q=odesa&page=2")
    assert response.status_code == 400
    assert b'href="/search/?q=odesa"' in response.content


def test_signs_alone_are_told_from_words_that_are_not_found(client, words_of):
    assert "a search needs letters or digits" in words_of(client.get("/search/", {"q": "—!"}))
    assert "Nothing is found for “xyz”" in words_of(client.get("/search/", {"q": "xyz"}))


def test_marks_are_set_in_escaped_text(client):
    make_event(title="<script>alert('odesa')</script>", summary='<b>odesa</b> & "more"')
    page = client.get("/search/", {"q": "odesa"}).content.decode()
    assert "&lt;script&gt;alert(&#x27;<mark>odesa</mark>&#x27;)&lt;/script&gt;" in page
    assert "&lt;b&gt;<mark>odesa</mark>&lt;/b&gt; &amp; &quot;more&quot;" in page


def test_what_is_typed_is_escaped_wherever_it_is_repeated(client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_what_is_found_in_ukrainian_shows_those_words(client):
    make_event(title="A strike", translations={"uk": {"title": "Удар по Одесі", "summary": ""}})
    page = client.get("/search/", {"q": "удар"}).content.decode()
    note = ' <span class="tongue">Ukrainian</span>'
    assert f'<p class="excerpt"><span lang="uk"><mark>Удар</mark> по Одесі</span>{note}</p>' in page


def test_htmx_gets_the_results_their_number_and_a_title(client):
    make_event(title="Odesa")
    whole, part = client.get("/search/?q=odesa"), client.get("/search/?q=odesa", headers=HTMX)
    text = part.content.decode()
    assert "<html" not in text
    assert "<title>odesa · Search · Conflict Ledger</title>" in text
    assert '<p id="found" hx-swap-oob="innerHTML">1 result for “odesa”' in text
    results = text[text.index('<div id="results">') :].strip()
    assert results in whole.content.decode()
    assert '<p class="found" id="found" role="status">1 result for “odesa”' in whole.content.decode()
    restored = client.get("/search/?q=odesa", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in restored.content
    assert "HX-Request" in whole.headers["Vary"]


def test_typing_asks_after_a_pause_and_keeps_type_and_year(client):
    page = client.get("/search/?q=a").content.decode()
    box = re.search(r'<input type="search"[^>]*>', page)
    assert box
    for attribute in (
        'hx-trigger="input changed delay:200ms, search"',
        'hx-include="closest form"',
        'hx-replace-url="true"',
        'value="a"',
    ):
        assert attribute in box.group()


def test_a_search_costs_as_many_queries_with_more_rows(client, queries_of):
    make_one_of_each()
    small = queries_of("/search/?q=o+odesa"), queries_of("/search/?q=odesa")
    article = Article.objects.get()
    for number in range(30):
        place = Place.objects.create(slug=f"p{number}", name="Odesa")
        make_event(f"e{number}", title=f"Event {number}", summary="odesa", place=place)
        Claim.objects.create(document=article, text="Odesa", speaker=f"S{number}", certainty="claimed")
        Article.objects.create(slug=f"a{number}", title=f"Odesa {number}")
    assert queries_of("/search/?q=o+odesa") <= small[0]
    assert queries_of("/search/?q=odesa") <= small[1]
    assert queries_of("/search/") <= small[0]


@settings(suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=210), kind=st.sampled_from(["", "event", "x"]), year=st.sampled_from(["", "2024", "٣"])
)
def test_no_address_breaks_the_page(client, text, kind, year):
    response = client.get("/search/", {"q": text, "type": kind, "year": year})
    assert response.status_code in {200, 400}


def test_search_stands_in_the_navigation_and_is_only_read(client):
    assert b'<a href="/search/" aria-current="page" data-key="s">Search</a>' in client.get("/search/").content
    assert client.post("/search/").status_code == 405
