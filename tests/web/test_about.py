"""The page that says what the figures mean."""

from __future__ import annotations

import re

import pytest

from conflict.models import Category, Document, Source
from conflict.models.articles import Certainty
from tests.make import make_reference

pytestmark = pytest.mark.django_db


def test_about_says_that_personnel_is_killed_and_wounded(client, words_of):
    words = words_of(client.get("/about/"))
    assert "the killed and the wounded together" in words
    assert "one belligerent about the other" in words


def test_about_explains_every_certainty_beside_its_shape(client):
    page = client.get("/about/").content.decode()
    for certainty in Certainty.values:
        assert re.search(rf'data-certainty="{certainty}">{certainty}</span></dt><dd>\w', page)
    assert 'id="how-sure"' in page


def test_about_takes_sources_and_categories_from_the_database(client, words_of):
    make_reference()
    Source.objects.update(meaning="Counts in its own way.")
    Category.objects.filter(slug="tanks").update(definition="Battle tanks.", first_day="2022-02-25")
    Category.objects.filter(slug="submarines").update(first_day="2022-02-25", last_day="2022-04-30")
    response = client.get("/about/")
    words = words_of(response)
    assert "General Staff of Ukraine belligerent Counts in its own way." in words
    assert "Tanks Battle tanks. Stated since 25 February 2022." in words
    assert "Stated from 25 February 2022 to 30 April 2022." in words
    for name in ("tanks", "source-general-staff"):
        assert f'id="{name}"'.encode() in response.content


def test_about_names_datasets_in_the_order_of_acceptance_with_their_licence(client, words_of):
    for slug, title in [("another", "Another"), ("orc-losses", "Orc Losses"), ("petroivaniuk", "The Dataset")]:
        Document.objects.create(slug=slug, kind="dataset", title=title, licence="MIT", publisher=f"By {title}")
    words = words_of(client.get("/about/"))
    assert "The Dataset, Orc Losses, Another." in words
    assert "Orc Losses MIT By Orc Losses" in words
    assert "BSD-3-Clause" in words


def test_about_stands_on_an_empty_database(client):
    response = client.get("/about/")
    assert response.status_code == 200
    assert b"names no source yet" in response.content


def test_about_names_no_id_twice(client):
    make_reference()
    names = re.findall(r' id="([^"]*)"', client.get("/about/").content.decode())
    assert len(names) == len(set(names))


def test_about_costs_as_many_queries_with_more_of_everything(client, queries_of):
    small = queries_of("/about/")
    make_reference()
    Document.objects.create(slug="orc-losses", kind="dataset", title="Orc Losses")
    assert queries_of("/about/") == small
