"""Texts that are not in the reader's language say so, to a screen reader and to the eye."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from conflict.models import Category, Document, Event
from conflict.templatetags.reading import language_name, language_note, told, tongue
from tests.make import make_event

NOTE = '<span class="tongue">англійською</span>'


def test_a_missing_translation_is_told_in_english_and_says_so():
    event = Event(title="A strike on Odesa", summary="A <missile> hit", translations={"uk": {"title": "Удар"}})
    with override("uk"):
        assert told(event, "title") == "Удар" and language_note(event, "title") == "" == tongue(event, "title")
        assert told(event, "summary") == f'<span lang="en">A &lt;missile&gt; hit</span> {NOTE}'
        assert language_note(event, "summary") == NOTE and tongue(event, "summary") == ' lang="en"'
    with override("en"):
        assert told(event, "summary") == "A <missile> hit" and language_note(event, "summary") == ""


def test_a_name_is_read_as_it_is_and_an_empty_text_needs_no_note():
    with override("uk"):
        assert told(Event(source_name="Reuters"), "source_name") == '<span lang="en">Reuters</span>'
        assert told(Category(name="Tanks"), "name") == '<span lang="en">Tanks</span>'
        assert told(Event(summary=""), "summary") == ""


def test_a_printed_headline_keeps_its_language_and_a_title_of_ours_says_it():
    printed = Document(title="Quattro carri", language="it", title_is_printed=True)
    ours = Document(title="Four tanks", language="it", title_is_printed=False)
    with override("uk"):
        assert told(printed, "title") == '<span lang="it">Quattro carri</span>'
        assert told(ours, "title") == f'<span lang="en">Four tanks</span> {NOTE}'


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [("en", "uk", "Ukrainian"), ("uk", "it", "італійська"), ("uk", "en", "англійська"), ("en", "xx-no", "xx-no")],
)
def test_languages_are_named_in_the_readers(language, code, name):
    with override(language):
        assert language_name(code) == name


@pytest.mark.django_db
def test_a_page_shows_the_note_where_a_text_has_no_translation(client):
    event = make_event("odesa-strike", title="A strike on Odesa", summary="A missile hit a house.")
    for path in ("/uk/timeline/", f"/uk/events/{event.slug}/", "/uk/search/?q=odesa"):
        page = client.get(path).content.decode()
        assert '<span lang="en">' in page and NOTE in page
    assert "tongue" not in client.get(f"/events/{event.slug}/").content.decode()
