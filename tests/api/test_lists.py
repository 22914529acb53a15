"""What the lists hold: readings, versions, events, articles, claims, findings, and what is found."""

from __future__ import annotations

import dataclasses
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conflict.intake.records import EntryRecord
from conflict.ledger.publishing import withdraw
from conflict.models import Actor, Category, Claim, Document, Event, EventActor, EventFigure, Place, Report, Source
from tests.api.conftest import body_of
from tests.make import D, make_document, make_event, make_record, publish_records

pytestmark = pytest.mark.django_db


# -- Reports ------------------------------------------------------------------------------------------------


def test_the_readings_that_count_are_listed_newest_first(ask, ledger):
    found = ask("reports")
    assert len(found) == 12
    assert [row["date"] for row in found] == sorted((row["date"] for row in found), reverse=True)
    day = [row for row in found if row["date"] == "2024-11-03"]
    assert {(row["document"]["slug"], row["revision"], row["status"], row["stated"]) for row in day} == {
        ("bulletin", 2, "published", 3),
        ("orc-losses", 1, "published", 1),
    }
    assert day[0]["url"] == "http://testserver/reports/2024-11-03/"


def test_a_past_version_lists_the_readings_that_counted_then(ask, ledger):
    found = ask("reports?version=1")
    assert len(found) == 8
    assert {(row["revision"], row["status"], row["to_version"]) for row in found} == {(1, "published", None)}


def test_readings_can_be_narrowed_by_source_and_days(ask, ledger):
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    publish_records(dataclasses.replace(make_record(D(2024, 11, 5), "oryx-by-model", tanks=3500), source="oryx"))
    (only,) = ask("reports?source=oryx")
    assert (only["source"], only["url"]) == ("oryx", None)
    assert {row["date"] for row in ask("reports?from=2024-11-07&to=2024-11-08")} == {"2024-11-07", "2024-11-08"}


def test_a_day_holds_what_is_accepted_and_every_reading(ask, ledger):
    found = ask("reports/2024-11-03.json")
    assert (found["day"], found["version"]) == (984, 3)
    assert {row["category"]: row["total"] for row in found["accepted"]} == {"personnel": 702_100, "tanks": 9011}
    readings = {(r["document"]["slug"], r["revision"]): r for r in found["readings"]}
    assert {key: reading["status"] for key, reading in readings.items()} == {
        ("bulletin", 1): "superseded",
        ("bulletin", 2): "published",
        ("orc-losses", 1): "published",
    }
    entries = {entry["category"]: entry for entry in readings["bulletin", 2]["entries"]}
    assert entries["tanks"] == {"category": "tanks", "total": 9011, "change": 6, "qualifier": None, "text": None}
    assert entries["submarines"]["total"] is None


def test_a_day_as_it_stood_knows_nothing_of_later_readings(ask, ledger):
    found = ask("reports/2024-11-03.json?version=1")
    ((reading),) = found["readings"]
    assert (reading["revision"], reading["status"], reading["to_version"]) == (1, "published", None)
    assert {row["category"]: row["total"] for row in found["accepted"]} == {"personnel": 702_000, "tanks": 9010}


def test_a_reading_keeps_qualifier_remarks_and_the_text_as_printed(ask, ledger):
    entry = EntryRecord("tanks", 9050, 9, "about", "tanks - about 9050 (+9)", 10, 33)
    document = make_document("a-bulletin", url="https://example.org/day", language="en", publisher="A ministry")
    record = dataclasses.replace(
        make_record(D(2024, 11, 12), document), entries=(entry,), remarks={"direction": "Kursk"}
    )
    publish_records(record)
    (reading,) = ask("reports/2024-11-12.json")["readings"]
    assert reading["remarks"] == {"direction": "Kursk"}
    assert reading["document_url"] == "https://example.org/day"
    assert reading["entries"][0]["text"] == "tanks - about 9050 (+9)"
    (loss,) = ask("losses.json?from=2024-11-12")
    assert (loss["qualifier"], loss["document_url"]) == ("about", "https://example.org/day")


@pytest.mark.parametrize("day", ["2024-11-05", "2024-11-31", "2024-1-1", "yesterday", "２０２４-11-05"])
def test_a_day_without_a_report_is_not_found(ask, ledger, day):
    assert day[:5] in ask(f"reports/{day}.json", 404)["detail"]


def test_a_draft_is_never_shown(ask, ledger):
    from conflict.ledger.publishing import save_draft

    save_draft(record=make_record(D(2024, 11, 20), tanks=9500))
    ask("reports/2024-11-20.json", 404)
    assert "2024-11-20" not in {row["date"] for row in ask("reports")}


# -- Versions -----------------------------------------------------------------------------------------------


def test_versions_say_who_why_and_what(ask, ledger):
    found = ask("versions")
    assert [row["number"] for row in found] == [3, 2, 1]
    assert found[0]["previous_hash"] == found[1]["hash"]
    assert (found[2]["previous_hash"], found[2]["by"], found[2]["reason"]) == (None, "tests", "a test")
    assert [row["number"] for row in ask("versions?version=2")] == [2, 1]


def test_a_version_sets_old_beside_new(ask, ledger):
    found = ask("versions/3")
    changes = {(row["category"], row["date"]): row for row in found["changes"]}
    tanks = changes["tanks", "2024-11-03"]
    assert tanks["what"] == "total"
    assert (tanks["old"]["total"], tanks["new"]["total"], tanks["new"]["printed_change"]) == (9010, 9011, 6)
    assert changes["tanks", "2024-11-04"]["what"] == "computed"
    assert found["opened"] == len(found["changes"])


def test_a_withdrawn_figure_has_no_new_one(ask, ledger):
    withdraw(reports=[Report.objects.get(date=D(2024, 11, 10))], reason="A test", by="tests")
    changes = ask("versions/4")["changes"]
    assert {(row["what"], row["category"], row["new"]) for row in changes} == {
        ("removed", "personnel", None),
        ("removed", "tanks", None),
    }
    assert {row["old"]["total"] for row in changes} == {707_000, 9035}


@pytest.mark.parametrize("number", ["0", "4", "-1", "one", "99999999999999999999", "１", "1.0"])
def test_a_version_that_there_is_not_is_not_found(ask, ledger, number):
    assert number in ask(f"versions/{number}", 404)["detail"]


# -- What is counted, events, articles ----------------------------------------------------------------------


def test_categories_stand_in_the_sources_order_with_their_words(ask, ledger):
    Category.objects.filter(slug="tanks").update(
        definition="Battle tanks.", translations={"uk": {"name": "танки"}}, first_day=D(2022, 2, 24)
    )
    found = ask("categories")
    assert [row["slug"] for row in found] == ["personnel", "tanks", "artillery", "submarines"]
    assert found[1]["definition"] == "Battle tanks."
    assert found[1]["translations"]["uk"]["name"] == "танки"
    assert found[1]["url"] == "http://testserver/losses/tanks/"


def test_sources_say_what_their_figures_mean(ask, ledger):
    Source.objects.update(meaning="Killed and wounded.")
    (source,) = ask("sources")
    assert (source["slug"], source["kind"], source["meaning"]) == (
        "general-staff",
        "belligerent",
        "Killed and wounded.",
    )


@pytest.fixture
def told(ledger):
    place = Place.objects.create(slug="kyiv", name="Kyiv", latitude=50.45, longitude=30.52)
    event = make_event("strike", theme="strike", place=place, certainty="disputed", date=D(2024, 11, 5))
    actor = Actor.objects.create(slug="ukraine", name="Ukraine")
    EventActor.objects.create(event=event, actor=actor)
    EventFigure.objects.create(event=event, label="killed", value="10.5", unit="people", qualifier="about")
    make_event("siege", precision="span", date=D(2024, 1, 1), end_date=D(2024, 11, 4))
    article = Document.objects.create(slug="paper", kind="article", title="A paper", published=D(2024, 11, 6))
    Document.objects.create(slug="undated", kind="article", title="Undated")
    claim = Claim.objects.create(
        document=article, text="Ten were killed", speaker="A mayor", certainty="disputed", figure=10, unit="people"
    )
    claim.events.add(event)
    event.articles.add(article)


def test_an_event_carries_its_source_certainty_place_and_figures(ask, told):
    event = ask("events?theme=strike")[0]
    assert event["certainty"] == "disputed"
    assert event["place"] == {"slug": "kyiv", "name": "Kyiv", "latitude": 50.45, "longitude": 30.52}
    assert event["actors"] == ["Ukraine"]
    assert event["figures"] == [{"label": "killed", "value": 10.5, "unit": "people", "qualifier": "about"}]
    assert event["articles"] == ["paper"]
    assert event["source_url"] == "https://example.org/"


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["siege", "strike"]),
        ("?from=2024-11-04", ["siege", "strike"]),
        ("?from=2024-11-05", ["strike"]),
        ("?to=2024-11-04", ["siege"]),
        ("?certainty=disputed", ["strike"]),
        ("?theme=nuclear", []),
    ],
)
def test_events_are_those_whose_span_touches_the_days(ask, told, query, slugs):
    assert [event["slug"] for event in ask(f"events{query}")] == slugs


def test_articles_without_a_date_come_last(ask, told):
    found = ask("articles")
    assert [(row["slug"], row["published"], row["claims"]) for row in found] == [
        ("paper", "2024-11-06", 1),
        ("undated", None, 0),
    ]
    assert [row["slug"] for row in ask("articles?from=2024-01-01")] == ["paper"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?article=paper", 1),
        ("?event=strike", 1),
        ("?certainty=disputed", 1),
        ("?article=other", 0),
        ("?event=siege", 0),
    ],
)
def test_a_claim_says_who_and_how_sure(ask, told, query, count):
    found = ask(f"claims{query}")
    assert len(found) == count
    for claim in found:
        assert (claim["speaker"], claim["certainty"], claim["figure"]) == ("A mayor", "disputed", 10)
        assert (claim["article"], claim["events"]) == ("paper", ["strike"])


# -- Findings and search ------------------------------------------------------------------------------------


def test_findings_are_told_with_their_evidence(ask, ledger):
    (gap,) = ask("findings?kind=gap&where=accepted")
    assert (gap["date"], gap["end_date"], gap["state"]) == ("2024-11-05", "2024-11-06", "open")
    assert "5 Nov" in gap["sentence"]
    found = ask("findings?kind=disagreement&category=tanks")
    assert found
    assert all({"bulletin", "orc-losses"} & set(finding["evidence"]["readings"]) for finding in found)


def test_findings_are_those_of_the_page(client, ask, ledger):
    page = client.get("/integrity/?kind=disagreement").context["findings"]
    assert [f.sentence for f in page] == [f["sentence"] for f in ask("findings?kind=disagreement")]


def test_search_finds_what_the_page_finds(client, ask, told):
    page = client.get("/search/?q=paper").context["found"]
    assert [(f.type, str(f.title)) for f in page] == [
        (hit["type"], hit["title"].replace("paper", "<mark>paper</mark>")) for hit in ask("search?q=paper")
    ]
    (claim,) = ask("search?q=killed&type=claim")
    assert (claim["title"], claim["excerpt"]) == ("Ten were killed", "")
    assert ask("search") == []
    report = ask("search?q=report&type=report")
    assert all(hit["url"].startswith("http://testserver/reports/") for hit in report)


def test_search_quotes_the_one_sentence_that_answers(client, ask, told):
    Claim.objects.update(
        certainty_note="Counted by the city", translations={"uk": {"certainty_note": "За підрахунком міста"}}
    )
    (claim,) = ask("search?q=counted&type=claim")
    assert claim["excerpt"] == "Counted by the city"
    (shown,) = client.get("/search/?q=counted").context["found"]
    assert claim["excerpt"] == re.sub("</?mark>", "", str(shown.excerpt))


def test_search_runs_from_no_language_into_another(client, ask, told):
    Event.objects.update(
        summary="A depot burned down. ATACMS were named.",
        translations={"uk": {"summary": "Склад згорів. Названо ATACMS."}},
    )
    for hit in ask("search?q=atacms&type=event"):
        assert "A depot burned down. ATACMS were named." in hit["excerpt"]
        assert not re.search("[а-яґєії]", hit["excerpt"])
    found = client.get("/search/?q=згорів&type=event").context["found"]
    assert found
    assert all("Склад" in f.excerpt and "depot" not in f.excerpt for f in found)


def test_a_query_that_is_too_long_is_refused(ask, ledger):
    assert ask("search?q=" + "a" * 2000, 400)["errors"][0]["parameter"] == "q"


# -- What they cost -----------------------------------------------------------------------------------------

COSTS = {
    "reports": 3,
    "reports/2024-11-03.json": 4,
    "versions": 2,
    "versions/1": 3,
    "categories": 1,
    "sources": 1,
    "events": 5,
    "articles": 1,
    "claims": 3,
    "findings": 4,
    "search?q=paper&type=article": 3,
}


@pytest.mark.parametrize(("address", "cost"), COSTS.items())
def test_a_list_costs_the_same_at_any_length(client, told, address, cost):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            response = client.get(f"/api/v1/{address}")
            assert response.status_code == 200
            body_of(response)
        return sum("SAVEPOINT" not in query["sql"] for query in found)

    before = queries()
    article = Document.objects.get(slug="paper")
    for n in range(5):
        event = make_event(f"more-{n}", date=D(2024, 11, 5))
        EventFigure.objects.create(event=event, label="killed", value=n, unit="people")
        Document.objects.create(slug=f"paper-{n}", kind="article", title=f"Another paper {n}")
        Claim.objects.create(document=article, text=f"{n}", speaker="Someone", certainty="claimed").events.add(
            event
        )
    publish_records(*(make_record(D(2024, 11, n), "petroivaniuk", tanks=8000 + n) for n in range(1, 9)))
    assert (before, queries()) == (cost, cost)
    assert Event.objects.count() == 7
