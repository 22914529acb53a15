"""Earlier wars: estimates with their ranges, and no dead beside the wounded without a word."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from conflict.models import War, WarEstimate
from conflict.web.wars import in_words
from tests.make import make_record, make_reference, publish_records
from tests.models.test_wars import make_estimate

pytestmark = pytest.mark.django_db

PAGE = "/compare/wars/"


@pytest.fixture
def wars():
    war = War.objects.create(slug="a-war", name="A war", first_year=1950, last_year=1953)
    now = War.objects.create(slug="now", name="This war", first_year=2022)
    make_estimate(war, low=1000, high=2000, side="North", author="A ministry", certainty="claimed")
    make_estimate(war, low=5000, high=None, side="South", author="Names", certainty="confirmed")
    make_estimate(now, low=None, high=90_000, side="East", author="An institute")
    make_estimate(now, low=400_000, high=400_000, side="East", counts="killed-and-wounded", author="A ministry")


def test_every_estimate_has_its_range_author_certainty_and_source(client, wars, words_of):
    words = words_of(client.get(PAGE))
    assert "A war North, 1950–1953 military dead 1,000 to 2,000 A ministry claimed A paper" in words
    assert "A war South, 1950–1953 military dead at least 5,000 Names confirmed A paper" in words
    assert "This war East, since 2022 military dead as many as 90,000 An institute reported" in words


def test_each_picture_says_itself_what_it_counts(client, wars):
    page = client.get(PAGE).content.decode()
    pictures = re.findall(r'<svg class="pair" height="34"[^>]*>.*?</svg></li>', page)
    assert len(pictures) == 4
    for picture in pictures:
        written = re.search(r'class="range-words"[^>]*>([^<]*)<', picture)[1]
        other = "range-other" in picture
        assert ("killed and wounded together" in written) == other
        assert ("military dead" in written) != other


def test_the_wounded_stand_apart_from_the_dead_and_say_so(client, wars, words_of):
    dead, _heading, others = words_of(client.get(PAGE)).partition("Killed and wounded together: not the dead")
    assert "400,000" not in dead
    assert "400,000 killed and wounded together" in others
    assert "must not be read against the dead above" in others


def test_the_ledger_s_own_figure_stands_with_the_killed_and_wounded(client, wars, words_of):
    make_reference()
    publish_records(make_record(personnel=724_050))
    page = client.get(PAGE)
    dead, _heading, others = words_of(page).partition("Killed and wounded together: not the dead")
    assert "724,050" not in dead
    assert "724,050 killed and wounded together" in others
    assert 'href="/reports/2024-11-19/personnel/">724,050</a>' in page.content.decode()


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (10, 10, "10"),
        (1000, 2000, "1,000 to 2,000"),
        (1000, None, "at least 1,000"),
        (None, 2000, "as many as 2,000"),
    ],
)
def test_an_estimate_is_written_as_its_author_gives_it(low, high, words):
    assert in_words(low, high) == words


def test_the_page_costs_as_many_queries_at_any_size(client, wars, queries_of):
    before = queries_of(PAGE)
    for n in range(20):
        make_estimate(War.objects.get(slug="now"), author=f"Author {n}")
    assert queries_of(PAGE) == before == 3


def test_a_site_without_wars_says_what_to_load(client, words_of):
    assert "loaddata reference" in words_of(client.get(PAGE))


def test_what_a_curator_typed_cannot_become_markup(client, wars):
    WarEstimate.objects.update(author='<script>alert("x")</script>')
    assert "<script>alert" not in client.get(PAGE).content.decode()


def test_the_reference_draws_every_estimate(client):
    call_command("loaddata", "reference", verbosity=0)
    page = client.get(PAGE).content.decode()
    assert page.count('class="range-words"') == WarEstimate.objects.count()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
