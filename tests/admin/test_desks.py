"""Every desk opens, finds, filters and keeps history; what must not be written cannot be."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conflict.ledger.publishing import decide
from conflict.models import (
    Actor,
    Article,
    Category,
    Check,
    Claim,
    Document,
    Event,
    EventActor,
    EventFigure,
    Finding,
    LossEntry,
    ModelCount,
    Party,
    Place,
    Point,
    Question,
    Report,
    Source,
    Version,
    War,
    WarEstimate,
)
from tests.admin.conftest import two_days
from tests.make import DAY_1000, D, make_event, make_record, publish_records
from tests.rows import once

DESKS = [model for model in admin.site._registry if model._meta.app_label == "conflict"]
READ_ONLY = {"point", "version", "decision", "check", "modelcount"}
INLINE = {"lossentry", "eventactor", "eventfigure", "warestimate"}


def address(row: models.Model, page: str = "change") -> str:
    return reverse(f"admin:conflict_{row._meta.model_name}_{page}", args=[row.pk])


def listing(name: str) -> str:
    return reverse(f"admin:conflict_{name}_changelist")


def fill(number: int) -> None:
    """Write ``number`` rows of everything that a page could show."""
    source, party = Source.objects.get(slug="general-staff"), Party.objects.get(slug="russia")
    tanks = Category.objects.get(slug="tanks")
    first = Article.objects.count()
    for n in range(first, first + number):
        place = Place.objects.create(slug=f"place-{n}", name=f"Place {n}", latitude=50, longitude=30)
        actor = Actor.objects.create(slug=f"actor-{n}", name=f"Actor {n}")
        article = Article.objects.create(slug=f"article-{n}", title=f"Article {n}", published=DAY_1000)
        event = make_event(f"event-{n}", place=place)
        EventActor.objects.create(event=event, actor=actor)
        EventFigure.objects.create(event=event, label="killed", value=10, unit="people")
        event.articles.add(article)
        war = War.objects.create(slug=f"war-{n}", name=f"War {n}", first_year=1950 + n)
        WarEstimate.objects.create(
            war=war, side="A side", counts="dead", low=10, author="Somebody", certainty="reported",
            source_name="A paper", source_url="https://example.org/",
        )  # fmt: skip
        claim = Claim.objects.create(
            document=article, text="So it is", speaker="A speaker", certainty="claimed", category=tanks, figure=5,
            unit="tanks", source=source, date=DAY_1000,
            question=Question.objects.create(slug=f"question-{n}", text=f"Question {n}?"),
        )  # fmt: skip
        claim.events.add(event)
        claim.parts.add(tanks)
        Finding.objects.create(
            key=f"finding-{n}", kind="gap", severity="note", source=source, party=party, category=tanks,
            document=article, date=DAY_1000, end_date=DAY_1000, evidence={"days": 1}, found=timezone.now(),
        )  # fmt: skip
        outcome = publish_records(
            make_record(D(2024, 10, 1) + n * (D(2024, 10, 2) - D(2024, 10, 1)), f"d-{n}", tanks=n)
        )
        assert outcome.version is not None
        entry = LossEntry.objects.get(report__document__slug=f"d-{n}")
        decide(entry=entry, reason="a test", by="tests")
        Check.objects.get_or_create(version=outcome.version, defaults={"time": timezone.now()})
        ModelCount.objects.create(report=entry.report, category=tanks, group="Tanks", model=f"T-{n}", total=n)


@pytest.fixture
@once
def filled(db: None) -> None:
    two_days()
    fill(2)


def test_every_model_has_a_desk_or_is_edited_in_one() -> None:
    from django.apps import apps

    tables = {
        model._meta.model_name
        for model in apps.get_app_config("conflict").get_models()
        if not model._meta.model_name.startswith("historical") and not model._meta.auto_created
    }
    assert tables | {"article"} == {model._meta.model_name for model in DESKS} | INLINE


@pytest.mark.sweep
@pytest.mark.parametrize("model", DESKS, ids=lambda model: model._meta.model_name)
def test_each_desk_lists_searches_filters_opens_and_shows_history(
    filled: None, admin_client: Client, model: type[models.Model]
) -> None:
    name, desk = model._meta.model_name, admin.site._registry[model]
    assert desk.search_fields, name
    plain = admin_client.get(listing(name))
    assert plain.status_code == 200
    assert plain.context["cl"].result_count >= 1
    assert admin_client.get(listing(name), {"q": "2024-11-19 tanks 1"}).status_code == 200
    if any(isinstance(field, models.DateField) for field in model._meta.fields):
        assert desk.date_hierarchy or name == "category", name
    for chosen in re.findall(r'<a href="(\?[^"]+)"', plain.text):
        assert admin_client.get(listing(name) + chosen.replace("&amp;", "&")).status_code == 200, chosen
    row = model._default_manager.first()
    assert admin_client.get(address(row)).status_code == 200
    assert admin_client.get(address(row, "history"), follow=True).status_code == 200
    added = admin_client.get(reverse(f"admin:conflict_{name}_add"))
    assert added.status_code == (403 if name in READ_ONLY | {"finding"} else 200)


@pytest.mark.sweep
@pytest.mark.parametrize("model", DESKS, ids=lambda model: model._meta.model_name)
def test_each_page_costs_the_same_queries_at_two_sizes(
    filled: None, admin_client: Client, model: type[models.Model]
) -> None:
    name = model._meta.model_name
    row = model._default_manager.first()

    def cost() -> list[int]:
        costs = []
        for page in (listing(name), address(row)):
            with CaptureQueriesContext(connection) as queries:
                assert admin_client.get(page).status_code == 200
            costs.append(len(queries))
        return costs

    cost()
    few = cost()
    fill(6)
    assert cost() == few
    assert max(few) <= 25, few


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_what_the_ledger_alone_writes_is_only_read(filled: None, admin_client: Client, name: str) -> None:
    model = next(model for model in DESKS if model._meta.model_name == name)
    row = model._default_manager.first()
    for page in ("change", "delete"):
        assert admin_client.post(address(row, page), {"post": "yes"}).status_code == 403
    assert admin_client.post(reverse(f"admin:conflict_{name}_add"), {}).status_code == 403
    before = model._default_manager.count()
    admin_client.post(listing(name), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model._default_manager.count() == before


@pytest.mark.sweep
@pytest.mark.parametrize("model", DESKS, ids=lambda model: model._meta.model_name)
def test_no_page_has_an_inline_script_or_style(
    filled: None, admin_client: Client, model: type[models.Model]
) -> None:
    row = model._default_manager.first()
    for page in (listing(model._meta.model_name), address(row), address(row, "history"), reverse("admin:index")):
        response = admin_client.get(page, follow=True)
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", response.text)
        assert not re.findall(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>\s*[^<\s]", response.text)


# -- The ledger ---------------------------------------------------------------------------------------------


def test_a_point_links_its_entry_report_and_document(ledger: Report, curator: Client) -> None:
    point = Point.objects.get(category__slug="tanks", date=DAY_1000)
    text = curator.get(address(point)).text
    for words in (
        f"{address(ledger)}#entry-{point.entry_id}",
        address(ledger.document),
        "9,382",
        "+17",
        "1,000",
        "/reports/2024-11-19/",
    ):
        assert words in text
    assert f'id="entry-{point.entry_id}"' in curator.get(address(ledger)).text


def test_a_missing_figure_is_not_stated_and_never_0(ledger: Report, curator: Client) -> None:
    point = Point.objects.get(category__slug="tanks", date=D(2024, 11, 18))
    row = curator.get(listing("point"), {"q": "2024-11-18 tanks"}).text
    assert '<td class="field-printed_change_">not stated</td>' in row
    assert '<td class="field-computed_change_">first of its series</td>' in row
    assert "not stated" in curator.get(address(point)).text


def test_points_are_filtered_by_whether_they_stand(ledger: Report, curator: Client) -> None:
    publish_records(make_record(DAY_1000, "tuesday", tanks=9383))
    for value, number in (("now", 3), ("no-more", 2)):
        assert curator.get(listing("point"), {"stands": value}).context["cl"].result_count == number


def test_a_version_shows_the_first_points_and_links_all(ledger: Report, curator: Client) -> None:
    publish_records(
        *(make_record(D(2023, 1, 1) + n * (D(2023, 1, 2) - D(2023, 1, 1)), f"n-{n}", tanks=n) for n in range(70))
    )
    version = Version.objects.newest()
    with CaptureQueriesContext(connection) as queries:
        text = curator.get(address(version)).text
    assert (
        len(re.findall(r'<tr><th scope="row"><a href="/admin/conflict/point/', text)) == 51
    )  # 50 opened, 1 closed
    assert "all 71 in the list of points" in text
    assert f"?from_version__exact={version.number}" in text
    assert len(queries) <= 12
    everything = curator.get(listing("point"), {"from_version__exact": version.number})
    assert everything.context["cl"].result_count == 71
    assert curator.get(listing("report"), {"from_version__exact": version.number}).context["cl"].result_count == 70


def test_a_finding_is_answered_in_words_with_name_and_time(filled: None, curator: Client) -> None:
    finding = Finding.objects.first()
    assert finding is not None
    refused = curator.post(address(finding), {"state": "explained", "words": "  "})
    assert "Say what explains it" in refused.text
    finding.refresh_from_db()
    assert finding.state == "open"

    curator.post(
        address(finding), {"state": "dismissed", "words": "No bulletin that day.", "kind": "fall", "key": "x"}
    )

    finding.refresh_from_db()
    assert (finding.state, finding.words, finding.decided_by) == ("dismissed", "No bulletin that day.", "curator")
    assert finding.decided is not None
    assert (finding.kind, finding.key) == ("gap", "finding-0")
    curator.post(address(finding), {"state": "open", "words": ""})
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.decided) == ("open", "", None)
    assert curator.post(address(finding, "delete"), {"post": "yes"}).status_code == 403


def test_a_report_counted_by_model_is_not_corrected_by_hand(filled: None, editor: Client) -> None:
    report = Report.objects.get(document__slug="d-0")
    correct = reverse("admin:conflict_report_correct", args=[report.pk])
    page = editor.get(address(report)).text
    assert correct not in page
    assert "corrected only by importing it again" in page
    assert editor.get(correct).status_code == 302
    assert editor.post(correct, {"_publish": "1", "tanks-total": "7", "reason": "x"}).status_code == 302
    assert report.entries.get().total == 0


# -- Documents and articles ---------------------------------------------------------------------------------


def article_form(**fields: Any) -> dict[str, Any]:
    return {
        "title": "A headline",
        "slug": "a-headline",
        "title_is_printed": "on",
        "url": "https://example.org/a",
        "claims-TOTAL_FORMS": 0,
        "claims-INITIAL_FORMS": 0,
        **fields,
    }


def test_an_article_is_written_with_its_claims_and_each_save_is_one_row_of_history(
    filled: None, curator: Client
) -> None:
    event, tanks = Event.objects.first(), Category.objects.get(slug="tanks")
    claim = {
        "claims-TOTAL_FORMS": 1,
        "claims-0-text": "Sums up to",
        "claims-0-speaker": "General Staff",
        "claims-0-certainty": "claimed",
        "claims-0-figure": "22,563",
        "claims-0-unit": "air targets",
        "claims-0-qualifier": "more than",
        "claims-0-date": "2024-11-19",
        "claims-0-order": "0",
        "claims-0-parts": [tanks.pk],
        "claims-0-events": [event.pk],
    }

    response = curator.post(
        reverse("admin:conflict_article_add"), article_form(why="read it", **claim), follow=True
    )

    assert "was added successfully" in response.text
    article = Article.objects.get(slug="a-headline")
    stored = article.claims.get()
    assert (stored.figure, list(stored.parts.all()), list(stored.events.all())) == (22563, [tanks], [event])
    row = Document.objects.get(pk=article.pk).history.get()
    assert (row.history_user.username, row.history_change_reason, row.history_type) == ("curator", "read it", "+")
    assert stored.history.get().history_change_reason == "read it"
    changed = article_form(title="Another headline", why="as printed", slug="elsewhere")
    curator.post(address(article), changed)
    article.refresh_from_db()
    assert (article.title, article.slug) == ("Another headline", "a-headline")
    assert Document.objects.get(pk=article.pk).history.count() == 2
    history = curator.get(address(article, "history"), follow=True).text
    assert "as printed" in history
    assert "A headline" in history


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": ""}, "This field is required"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"url": "ftp://example.org/"}, "Enter a valid URL"),
        ({"published": "19/11/2024"}, "Enter a valid date"),
        ({"translations_rest": '{"uk": {"title": 5}}'}, "a text is due"),
        ({"translations_rest": '{"uk": {"nonsense": "x"}}'}, "is not one of"),
        ({"translations_rest": '{"uk": "x"}'}, "an object of words is due"),
        ({"translations_rest": '{"UK!": {}}'}, "is not a language code"),
        ({"translations_rest": '{"uk": {}, "uk": {}}'}, "is given twice"),
        ({"translations_rest": '{"uk": NaN}'}, "NaN is not a value of JSON"),
        ({"translations_rest": "[1]"}, "An object is due"),
        ({"translations_rest": "{"}, "Line 1, column 2: this is not JSON"),
        ({"translations_rest": "[" * 100_000}, "nested too deeply"),
    ],
)
def test_what_an_article_cannot_hold_is_refused_in_words(
    ledger: Report, curator: Client, fields: dict[str, str], fault: str
) -> None:
    response = curator.post(reverse("admin:conflict_article_add"), article_form(**fields))
    assert response.status_code == 200
    assert fault in response.text.replace("&quot;", '"').replace("&#x27;", "'")
    assert not Article.objects.exists()


def test_words_in_another_language_have_boxes_and_unknown_languages_are_kept(
    ledger: Report, curator: Client
) -> None:
    fields = {
        "translations_uk-title": "Заголовок",
        "translations_uk-text": "",
        "translations_rest": '{"de": {"title": "Kopf"}}',
    }
    curator.post(reverse("admin:conflict_article_add"), article_form(**fields), follow=True)
    article = Article.objects.get()
    assert article.translations == {"uk": {"title": "Заголовок"}, "de": {"title": "Kopf"}}
    page = curator.get(address(article)).text
    assert 'lang="uk"' in page and 'value="Заголовок"' in page
    assert "Title, Українська" in page
    # Saved again as the form shows it, nothing changes; an emptied box takes its words away.
    curator.post(address(article), article_form(**fields, slug="elsewhere"), follow=True)
    article.refresh_from_db()
    assert article.translations == {"uk": {"title": "Заголовок"}, "de": {"title": "Kopf"}}
    curator.post(address(article), article_form(**{**fields, "translations_uk-title": ""}), follow=True)
    article.refresh_from_db()
    assert article.translations == {"de": {"title": "Kopf"}}


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"figure": "5"}, "A figure needs its unit"),
        ({"qualifier": "about"}, "Only a figure is qualified"),
        ({"parts": True}, "A sum can be checked only with its figure and its day"),
        ({"figure": "-5", "unit": "tanks"}, "greater than or equal to 0"),
        ({"figure": "٥", "unit": "tanks"}, "is not a whole number"),
        ({"speaker": ""}, "This field is required"),
    ],
)
def test_half_a_claim_is_refused_in_words(
    filled: None, curator: Client, fields: dict[str, Any], fault: str
) -> None:
    claim = Claim.objects.first()
    assert claim is not None
    if "parts" in fields:
        fields = {**fields, "parts": [Category.objects.first().pk]}
    base = {"text": "x", "speaker": "y", "certainty": "claimed", "order": "0"}
    response = curator.post(address(claim), {**base, **fields})
    assert response.status_code == 200
    assert fault in response.text


def test_a_document_that_reports_were_read_from_is_not_deleted_and_keeps_its_text(
    ledger: Report, curator: Client
) -> None:
    document = ledger.document
    for response in (
        curator.get(address(document, "delete")),
        curator.post(address(document, "delete"), {"post": "yes"}),
        curator.post(
            listing("document"), {"action": "delete_selected", "_selected_action": [document.pk], "post": "yes"}
        ),
    ):
        assert response.status_code == 200
        assert "1 report</li>" in response.text
    assert Document.objects.filter(pk=document.pk).exists()
    curator.post(
        address(document), {"title": "Tuesday", "text": "another text", "sha256": "0" * 64, "kind": "dataset"}
    )
    document.refresh_from_db()
    assert (document.title, document.text, document.kind, document.sha256) == ("Tuesday", "", "bulletin", "")


def test_the_deletion_page_of_a_large_dataset_counts_its_reports_and_lists_none(
    ledger: Report, admin_client: Client
) -> None:
    publish_records(
        *(
            make_record(D(2023, 1, 1) + n * (D(2023, 1, 2) - D(2023, 1, 1)), "petroivaniuk", tanks=n)
            for n in range(120)
        )
    )
    document = Document.objects.get(slug="petroivaniuk")
    with CaptureQueriesContext(connection) as queries:
        response = admin_client.get(address(document, "delete"))
    assert "120 reports</li>" in response.text
    assert "2023-01-05" not in response.text
    assert len(queries) <= 15
    for row in (Source.objects.get(), Party.objects.get(), Category.objects.get(slug="tanks")):
        assert "points</li>" in admin_client.get(address(row, "delete")).text


def test_a_pasted_bulletin_gets_the_hash_of_its_text(ledger: Report, curator: Client) -> None:
    import hashlib

    fields = {"kind": "bulletin", "slug": "pasted", "title": "", "text": "tanks 9382 (+17)"}
    curator.post(reverse("admin:conflict_document_add"), fields)
    document = Document.objects.get(slug="pasted")
    assert document.sha256 == hashlib.sha256(b"tanks 9382 (+17)").hexdigest()
    response = curator.post(reverse("admin:conflict_document_add"), {**fields, "kind": "article", "slug": "other"})
    assert "Select a valid choice" in response.text


def test_deleting_an_article_leaves_its_history(ledger: Report, curator: Client) -> None:
    article = Article.objects.create(slug="gone", title="Gone")
    key = article.pk
    curator.post(address(article, "delete"), {"post": "yes"})
    assert not Article.objects.exists()
    assert list(Document.history.filter(id=key).values_list("history_type", flat=True)) == ["-", "+"]


def test_an_article_can_be_put_back_to_an_earlier_state_as_a_new_row_of_history(
    ledger: Report, curator: Client
) -> None:
    article = Article.objects.create(slug="put-back", title="First")
    article.title = "Second"
    article.save()
    past = Document.history.filter(id=article.pk).last()
    page = reverse("admin:conflict_document_simple_history", args=[article.pk, past.pk])
    assert "First" in curator.get(page).text
    curator.post(page, {"title": "First", "title_is_printed": "on", "why": "the second was wrong"})
    article.refresh_from_db()
    assert article.title == "First"
    newest = Document.history.filter(id=article.pk).first()
    assert newest.history_change_reason == "the second was wrong"


# -- Events and what they name ------------------------------------------------------------------------------


def event_form(**fields: Any) -> dict[str, Any]:
    return {
        "title": "An attack",
        "slug": "an-attack",
        "precision": "day",
        "date": "2024-11-19",
        "theme": "strike",
        "certainty": "reported",
        "source_name": "A paper",
        "source_url": "https://example.org/",
        "eventactor_set-TOTAL_FORMS": 0,
        "eventactor_set-INITIAL_FORMS": 0,
        "figures-TOTAL_FORMS": 0,
        "figures-INITIAL_FORMS": 0,
        **fields,
    }


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"precision": "month"}, "give the month alone"),
        ({"date": "2024-11"}, "This is a month"),
        ({"date": "2024-13", "precision": "month"}, "Enter a valid date"),
        ({"end_date": "2024-11-20"}, "Only a span has a last day"),
        ({"precision": "span", "end_date": "2024-11-19"}, "lies after its first"),
        ({"precision": "year"}, "Select a valid choice"),
        ({"source_url": "data:text/html,x"}, "Enter a valid URL"),
    ],
)
def test_dates_that_do_not_fit_their_precision_are_refused_in_words(
    ledger: Report, curator: Client, fields: dict[str, str], fault: str
) -> None:
    response = curator.post(reverse("admin:conflict_event_add"), event_form(**fields))
    assert response.status_code == 200
    assert fault in response.text
    assert not Event.objects.exists()


def test_an_event_is_written_with_actors_and_figures_and_its_history(filled: None, curator: Client) -> None:
    actor = Actor.objects.first()
    fields = event_form(
        precision="span",
        why="first report",
        **{
            "eventactor_set-TOTAL_FORMS": 1,
            "eventactor_set-0-actor": actor.pk,
            "eventactor_set-0-order": 0,
            "figures-TOTAL_FORMS": 1,
            "figures-0-label": "drones",
            "figures-0-value": "1,500.5",
            "figures-0-unit": "drones",
            "figures-0-qualifier": "about",
            "figures-0-order": 0,
        },
    )
    curator.post(reverse("admin:conflict_event_add"), fields)
    event = Event.objects.get(slug="an-attack")
    assert list(event.actors.all()) == [actor]
    assert str(event.figures.get()) == "drones: 1500.5 drones"
    assert event.history.get().history_change_reason == "first report"
    row = curator.get(listing("event"), {"q": "attack"}).text
    assert "19 November 2024 – goes on" in row
    assert ">1,000<" in row


def test_the_day_of_an_event_known_to_the_month_is_not_pretended(ledger: Report, curator: Client) -> None:
    make_event("a-month", title="A month", date=D(2024, 11, 1), precision="month")
    row = curator.get(listing("event")).text
    assert "November 2024" in row
    assert "1 November 2024" not in row.replace("11 November", "")
    assert '<td class="field-day">—</td>' in row


def test_coordinates_come_in_pairs_and_on_the_globe(ledger: Report, curator: Client) -> None:
    add = reverse("admin:conflict_place_add")
    for fields, fault in (
        ({"latitude": "50"}, "both coordinates or neither"),
        ({"latitude": "91", "longitude": "30"}, "Between −90 and 90"),
        ({"latitude": "nan", "longitude": "30"}, "Enter a number"),
    ):
        response = curator.post(add, {"name": "A place", "slug": "a-place", **fields})
        assert fault in response.text
    assert not Place.objects.exists()


def test_printed_labels_have_their_shape_and_unit_and_slug_stay(ledger: Report, admin_client: Client) -> None:
    tanks = Category.objects.get(slug="tanks")
    fields = {"name": "Tanks", "order": tanks.order, "labels": '{"uk": "танки"}'}
    assert "a list of texts is due" in admin_client.post(address(tanks), fields).text
    fields |= {"labels": '{"uk": ["танки", "танків"]}', "slug": "moved", "unit": "people"}
    admin_client.post(address(tanks), fields)
    tanks.refresh_from_db()
    assert tanks.labels == {"uk": ["танки", "танків"]}
    assert (tanks.slug, tanks.unit) == ("tanks", "units")
    assert "танків" in admin_client.get(address(tanks)).text


def test_autocomplete_finds_documents_by_publisher(filled: None, curator: Client) -> None:
    Document.objects.filter(slug="article-1").update(publisher="A rare paper")
    query = {"term": "rare", "app_label": "conflict", "model_name": "report", "field_name": "document"}
    found = curator.get(reverse("admin:autocomplete"), query).json()
    assert [row["text"] for row in found["results"]] == ["Article 1"]


def test_a_curator_reads_but_does_not_change_what_everything_refers_to(ledger: Report, curator: Client) -> None:
    category = Category.objects.get(slug="tanks")
    assert curator.get(address(category)).status_code == 200
    assert curator.post(address(category), {"name": "Tins"}).status_code == 403
    assert Client().get(address(category)).status_code == 302
