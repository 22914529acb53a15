"""The desk at which an article is read: what is proposed, what is kept, what is refused, what is linked."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from conflict.models import Article, Claim, Document, Event, Report
from tests.admin.bulletins import LIST
from tests.admin.test_reading import fields_of, press
from tests.intake.local_server import page, serving
from tests.make import D, make_event, make_record, make_reference, publish_records

READ = reverse("admin:conflict_article_read")
ADD = reverse("admin:conflict_article_add")
HTML = """<!doctype html><html lang="en-GB"><head><title>Site | A headline</title>
<meta property="og:title" content="A headline &amp; more"><meta property="og:site_name" content="A Paper">
<meta property="article:published_time" content="2024-11-19T23:30:00+02:00"></head>
<body><nav>Menu</nav><article><p>“We will not stop”, she said.</p><p>About 4,000 drones came.</p>
<script>alert(1)</script><img src=x onerror=alert(1)></article></body></html>"""
TEXT = "“We will not stop”, she said.\n\nAbout 4,000 drones came."


def proposal(response: Any) -> dict[str, str]:
    """What the address of the form proposes."""
    assert response.status_code == 302, response.text
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def article_form(read: str = "", *claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    form: dict[str, Any] = {
        "title": "A headline",
        "slug": "a-headline",
        "title_is_printed": "on",
        "text": "Our summary.",
        "read": read,
        "claims-TOTAL_FORMS": len(claims),
        "claims-INITIAL_FORMS": 0,
        **fields,
    }
    for place, claim in enumerate(claims):
        values = {"speaker": "She", "certainty": "reported", "order": place, **claim}
        form |= {f"claims-{place}-{name}": value for name, value in values.items()}
    return form


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# -- What is proposed ---------------------------------------------------------------------------------------


def test_what_a_page_states_of_itself_is_proposed(curator: Client) -> None:
    given = proposal(curator.post(READ, {"text": HTML, "url": "https://example.org/a"}))
    assert given == {
        "read": sha256(TEXT),
        "url": "https://example.org/a",
        "title": "A headline & more",
        "publisher": "A Paper",
        "published": "2024-11-19",
        "language": "en-GB",
        "retrieved": given["retrieved"],
    }
    form = curator.get(ADD, given).text
    assert 'value="A headline &amp; more"' in form
    assert "We will not stop" in form
    assert "<script>alert" not in form and "onerror" not in form


def test_what_a_text_does_not_state_is_not_proposed(curator: Client) -> None:
    given = proposal(curator.post(READ, {"text": TEXT}))
    assert set(given) == {"read", "language", "retrieved"}


def test_an_address_is_downloaded(curator: Client, settings: Any) -> None:
    with serving() as server:
        server.answers["/a"] = page(HTML.encode(), content_type="text/html; charset=utf-8")
        settings.FETCH_ALLOW_HOSTS = frozenset({f"localhost:{server.port}"})
        given = proposal(curator.post(READ, {"url": f"http://localhost:{server.port}/a"}))
    assert (given["read"], given["publisher"]) == (sha256(TEXT), "A Paper")


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({}, "Give an address or a text"),
        ({"url": "http://127.0.0.1/"}, "127.0.0.1"),
        ({"url": "http://[::ffff:7f00:1]/"}, "7f00:1"),
        ({"url": "gopher://example.org"}, "Enter a valid URL"),
        ({"text": "<p></p>"}, "has no text"),
        ({"text": "x" * 200_001}, "too much"),
        ({"text": "<p>" + "<b>" * 20_001}, "more than 20,000 elements"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(curator: Client, sent: dict[str, str], fault: str) -> None:
    response = curator.post(READ, sent)
    assert response.status_code == 200
    told = " ".join(re.findall(r'<ul class="errorlist"[^>]*>(.*?)</ul>', response.text, re.DOTALL))
    assert fault in told


def test_an_answer_that_is_no_page_is_refused(curator: Client, settings: Any) -> None:
    with serving() as server:
        server.answers["/a"] = page(b"%PDF", content_type="application/pdf")
        server.answers["/b"] = page(b"\xff\xfe\xfd", content_type="text/html; charset=utf-8")
        server.answers["/c"] = page(b"x", status="500 Oops")
        settings.FETCH_ALLOW_HOSTS = frozenset({f"localhost:{server.port}"})
        told = [curator.post(READ, {"url": f"http://localhost:{server.port}/{n}"}).text for n in "abc"]
    assert "application/pdf" in told[0]
    assert "is not utf-8" in told[1]
    assert "500" in told[2]


def test_an_article_that_is_there_already_is_not_made_again(curator: Client) -> None:
    held = Article.objects.create(slug="a", title="A", url="https://example.org/a")
    response = curator.post(READ, {"text": HTML, "url": "https://example.org/a"}, follow=True)
    assert response.redirect_chain[0][0].startswith(reverse("admin:conflict_article_change", args=[held.pk]))
    assert "there already" in response.text
    assert "We will not stop" in response.text


def test_only_who_may_add_articles_reads_them(db: None, django_user_model: Any) -> None:
    assert Client().get(READ).status_code == 302
    guest = Client()
    guest.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert guest.get(READ).status_code == guest.post(READ, {"text": TEXT}).status_code == 403


# -- What is kept -------------------------------------------------------------------------------------------


def test_the_publishers_text_is_not_stored_with_the_article(curator: Client) -> None:
    given = proposal(curator.post(READ, {"text": TEXT}))
    curator.post(ADD, article_form(given["read"]))
    article = Article.objects.get()
    assert (article.sha256, article.text) == (sha256(TEXT), "Our summary.")
    assert article.retrieved is not None
    for table in (Document, Article.history.model, Claim):
        assert "We will not stop" not in str(list(table.objects.values()))
    assert "We will not stop" in curator.get(reverse("admin:conflict_article_change", args=[article.pk])).text


def test_a_text_is_there_for_its_own_session_alone(curator: Client, editor: Client) -> None:
    given = proposal(curator.post(READ, {"text": TEXT}))
    assert "We will not stop" in curator.get(ADD, given).text
    assert "We will not stop" not in editor.get(ADD, given).text


def test_a_session_keeps_the_newest_texts(curator: Client) -> None:
    reads = [proposal(curator.post(READ, {"text": f"Text number {n}"}))["read"] for n in range(7)]
    held = [bool(re.search("Text number", curator.get(ADD, {"read": read}).text)) for read in reads]
    assert held == [False, False, True, True, True, True, True]
    assert Session.objects.count() == 1


def test_a_quotation_must_stand_in_the_text(curator: Client) -> None:
    read = proposal(curator.post(READ, {"text": TEXT}))["read"]
    wrong = curator.post(ADD, article_form(read, {"text": "We shall not stop", "quoted": "on"}))
    assert "do not stand in the text that was read" in wrong.text
    assert not Article.objects.exists()

    curator.post(ADD, article_form(read, {"text": '"We will  not stop"', "quoted": "on"}, {"text": "She spoke."}))

    assert list(Claim.objects.values_list("quoted", flat=True)) == [True, False]


def test_claims_are_marked_in_the_text_while_it_is_at_hand(curator: Client) -> None:
    read = proposal(curator.post(READ, {"text": TEXT + " <b>&amp;"}))["read"]
    curator.post(ADD, article_form(read, {"text": "We will not stop", "quoted": "on"}))
    article = Article.objects.get()
    text = curator.get(reverse("admin:conflict_article_change", args=[article.pk])).text
    claim = reverse("admin:conflict_claim_change", args=[Claim.objects.get().pk])
    assert f'<mark><a href="{claim}">We will not stop</a></mark>' in text
    assert "&lt;b&gt;&amp;amp;" in text


def test_events_are_linked_and_the_link_stands_in_their_history(curator: Client) -> None:
    event, other = make_event(), make_event("other")
    curator.post(ADD, article_form("", events=[event.pk]))
    article = Article.objects.get()
    assert list(article.events.all()) == [event]
    newest = event.history.first()
    assert (newest.history_user.username, newest.history_change_reason) == (
        "curator",
        "article linked: A headline",
    )

    address = reverse("admin:conflict_article_change", args=[article.pk])
    curator.post(address, article_form("", events=[other.pk]))

    assert list(Article.objects.get().events.all()) == [other]
    assert Event.objects.get(slug="an-event").history.first().history_change_reason.startswith("article no longer")


# -- Its loss figures ---------------------------------------------------------------------------------------


def test_loss_figures_of_an_article_become_a_report_read_from_it(editor: Client) -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), "monday", personnel=722440, tanks=9365, artillery=20586))
    given = proposal(editor.post(READ, {"text": LIST, "url": "https://example.org/a"}))
    editor.post(ADD, article_form(given["read"], url="https://example.org/a", publisher="A Paper"))
    article = Article.objects.get()
    change = editor.get(reverse("admin:conflict_article_change", args=[article.pk])).text
    address = f"{reverse('admin:conflict_report_read')}?article={article.pk}"
    assert f'href="{address}"' in change

    response = press(editor, "publish", fields_of(editor.get(address)))

    assert "Version 2 is made" in response.text
    report = Report.objects.published().get(date=D(2024, 11, 19))
    assert report.document_id == article.pk
    assert report.entries.get(category__slug="tanks").total == 9382
    assert set(report.entries.values_list("text", "start")) == {("", None)}
    held = Document.objects.get(pk=article.pk)
    assert (held.kind, held.text, held.sha256) == ("article", "Our summary.", sha256(LIST.strip()))


def test_every_desk_where_texts_are_read_is_linked(curator: Client, db: None) -> None:
    start = curator.get(reverse("admin:index")).text
    for model in ("report", "article"):
        address = reverse(f"admin:conflict_{model}_read")
        assert f'href="{address}"' in start
        assert f'href="{address}"' in curator.get(reverse(f"admin:conflict_{model}_changelist")).text
