"""The map, the places and the actors of the demo, loaded once for all tests of this file."""

from __future__ import annotations

import re

import pytest

from conflict.models import Actor, Claim, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(demo_of_the_file: None, db: None) -> None:
    """A database that holds the demo and nothing else."""


def links_of(page: str) -> tuple[list[str], list[str]]:
    """Return where the marks of the map lead, and where the headings of the list do."""
    return (
        re.findall(r'<a class="map-place[^"]*" href="([^"]*)"', page),
        re.findall(r'<h3 class="month" id="at-[^"]*"><a href="([^"]*)"', page),
    )


def test_links_of_the_map_are_those_of_the_list_in_its_order(client, demo):
    page = client.get("/map/").content.decode()
    on_map, in_list = links_of(page)
    beyond = re.findall(r'<li><a href="(/places/[^"]*)"', page)
    assert len(on_map) > 20
    assert sorted(on_map + beyond) == sorted(in_list)
    assert on_map == [address for address in in_list if address in on_map]
    assert len(in_list) == Place.objects.filter(events__isnull=False).distinct().count()


@pytest.mark.sweep
def test_every_place_and_actor_of_the_demo_has_a_page_that_names_all_its_events(client, demo):
    for row in (*Place.objects.all(), *Actor.objects.all()):
        response = client.get(row.get_absolute_url())
        assert response.status_code == 200
        page = response.content.decode()
        for event in row.events.order_by("-date")[:50]:
            assert f'href="{event.get_absolute_url()}"' in page


def test_the_opcw_its_finding_and_the_article_stand_on_one_page(client, demo, words_of):
    words = words_of(client.get("/actors/opcw/"))
    assert "Statements are made as Organisation for the Prohibition of Chemical Weapons" in words
    assert "OPCW confirms CS riot-control agent in frontline samples" in words
    finding = Claim.objects.get(source__slug="opcw", document__slug="a-thousand-days")
    assert finding.text in words
    assert "Ukraine war: 1,000 days" in words


def test_helsing_has_the_claims_of_its_event_and_odesa_those_of_the_strike(client, demo, words_of):
    helsing, odesa = (words_of(client.get(address)) for address in ("/actors/helsing/", "/places/odesa/"))
    assert "4,000 drones" in helsing and "reported" in helsing
    for claim in Claim.objects.filter(events__slug="odesa-strike"):
        assert claim.text in odesa
    assert "killed: 10 people injured: 44 people" in odesa


def test_a_state_speaks_as_its_government_and_a_person_by_name(client, demo, words_of):
    kremlin = Claim.objects.filter(speaker__startswith="Dmitry Peskov")
    assert kremlin
    for address in ("/actors/dmitry-peskov/", "/actors/russia/"):
        said = words_of(client.get(address)).split("Own statements")[1]
        for claim in kremlin:
            assert claim.text.split("’")[0] in said


def test_indexes_name_every_row_with_its_number_of_events(client, demo):
    for address, model in (("/places/", Place), ("/actors/", Actor)):
        page = client.get(address).content.decode()
        for row in model.objects.all():
            assert f'<a href="{row.get_absolute_url()}">' in page
