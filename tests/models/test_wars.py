"""Earlier wars: what the database refuses, and what the table brings."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from conflict.models import War, WarEstimate

pytestmark = pytest.mark.django_db


def make_estimate(war, **fields):
    return WarEstimate.objects.create(
        **{
            "war": war,
            "side": "A side",
            "counts": "dead",
            "low": 10,
            "high": 20,
            "author": "Somebody",
            "certainty": "reported",
            "source_name": "A paper",
            "source_url": "https://example.org/",
            **fields,
        }
    )


@pytest.fixture
def war():
    return War.objects.create(slug="a-war", name="A war", first_year=1950, last_year=1953)


@pytest.mark.parametrize(
    "fields",
    [
        {"low": None, "high": None},
        {"low": 21},
        {"low": 0},
        {"counts": "casualties"},
        {"certainty": "sure"},
    ],
)
def test_an_estimate_that_says_nothing_or_contradicts_itself_is_refused(war, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_estimate(war, **fields)
    assert not war.estimates.exists()


def test_one_end_of_a_range_is_enough(war):
    make_estimate(war, low=None)
    make_estimate(war, high=None, author="Another")
    assert war.estimates.count() == 2


def test_the_same_undated_estimate_stands_once(war):
    make_estimate(war)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_estimate(war, order=2)


def test_a_war_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        War.objects.create(slug="x", name="X", first_year=1950, last_year=1949)


def test_reference_brings_wars_each_estimate_with_its_source_and_in_two_languages():
    call_command("loaddata", "reference", verbosity=0)
    estimates = list(WarEstimate.objects.with_wars())
    assert len({e.war_id for e in estimates}) == War.objects.count() >= 12
    assert [e.war.first_year for e in estimates] == sorted(e.war.first_year for e in estimates)
    for estimate in estimates:
        assert estimate.source_url.startswith("http") and estimate.source_name and estimate.author
        assert estimate.word("side", "uk") != estimate.side
        assert not estimate.note or estimate.word("note", "uk") != estimate.note
    assert {e.war.slug for e in estimates if not e.counts_dead_alone} == {"russia-ukraine"}


def test_who_edited_an_estimate_is_kept(war):
    estimate = make_estimate(war)
    estimate.high = 30
    estimate.save()
    assert [row.high for row in estimate.history.order_by("history_date")] == [20, 30]
