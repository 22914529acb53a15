"""The curators' desks in Chromium: no complaint of the policy, everything within a phone's width, a day's work."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from conflict.ledger.publishing import save_draft
from conflict.models import Article, Place, Report, Version
from tests.browser.conftest import Watched
from tests.make import D, make_event, make_record, make_reference, publish_records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(watched: Watched, live_server: Any, django_user_model: Any) -> Page:
    """A page signed in as an editor who may do everything, and a ledger with two days."""
    make_reference()
    publish_records(
        make_record(D(2024, 11, 18), "monday", tanks=9365),
        make_record(D(2024, 11, 19), "tuesday", tanks=(9382, 17)),
    )
    Article.objects.create(slug="an-article", title="An article", url="https://example.org/article")
    make_event()
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("editor", password="a password for tests"))
    session = client.cookies["sessionid"].value
    watched.page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    watched.page.goto(f"{live_server.url}/admin/")
    return watched.page


@pytest.mark.sweep
def test_lists_forms_histories_and_autocomplete_keep_the_policy_and_the_width(
    desk: Page, live_server: Any
) -> None:
    report = Report.objects.get(document__slug="tuesday")
    draft = save_draft(record=make_record(D(2024, 11, 20), "wednesday", tanks=9400))
    article = Article.objects.get()
    for page in (
        "",
        "conflict/report/",
        "conflict/report/add/",
        f"conflict/report/{draft.pk}/change/",
        f"conflict/report/{report.pk}/change/",
        f"conflict/report/{report.pk}/correct/",
        f"conflict/report/{report.pk}/withdraw/",
        f"conflict/report/{draft.pk}/history/",
        "conflict/article/",
        f"conflict/article/{article.pk}/change/",
        f"conflict/document/{article.pk}/history/",
        "conflict/event/add/",
        "conflict/point/",
        "conflict/version/1/change/",
    ):
        for width in (1440, 390):
            desk.set_viewport_size({"width": width, "height": 900})
            response = desk.goto(f"{live_server.url}/admin/{page}")
            assert response is not None
            assert response.status == 200, page
            assert desk.evaluate("document.documentElement.scrollWidth") <= width, page
    for width in (1440, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.goto(f"{live_server.url}/admin/conflict/report/add/")
        desk.locator(".field-document .select2-selection").click()
        desk.keyboard.type("tuesday")
        expect(desk.locator(".select2-results__option", has_text="tuesday")).to_be_visible()


def test_a_day_is_typed_computed_published_and_corrected(desk: Page, live_server: Any) -> None:
    save_draft(record=make_record(D(2024, 11, 20), "wednesday", tanks=9400))
    desk.goto(f"{live_server.url}/admin/conflict/report/?status__exact=draft")
    desk.locator("#result_list tbody th a").click()
    desk.get_by_label("Tanks: total").fill("9,399")
    desk.get_by_label("Tanks: change as printed").fill("+18")
    desk.get_by_role("button", name="Compute changes").click()
    expect(desk.locator("tr", has_text="Tanks").locator(".verdict")).to_have_text("differs by +1")
    desk.get_by_label("Tanks: total").fill("9,400")
    desk.get_by_label("Reason").fill("The bulletin of the 20th")
    desk.get_by_role("button", name="Publish").click()

    expect(desk.locator(".messagelist .success")).to_contain_text("Version 2 is made")
    expect(desk.locator(".verdict.agrees")).to_have_text("agrees")
    desk.get_by_role("link", name="Correct").click()
    desk.get_by_label("Tanks: total").fill("9,401")
    desk.get_by_label("Reason").fill("A digit was misread")
    desk.get_by_role("button", name="Publish as the next revision").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("Version 3 is made")
    desk.get_by_role("link", name="See the day as readers see it.").click()
    expect(desk.locator("body")).to_contain_text("9,401")
    assert Version.objects.count() == 3


def test_a_claim_is_added_to_an_article_without_a_reload(desk: Page, live_server: Any) -> None:
    article = Article.objects.get()
    desk.goto(f"{live_server.url}/admin/conflict/article/{article.pk}/change/")
    desk.locator(".add-row a").click()
    desk.locator("#id_claims-0-text").fill("Losses were heavy")
    desk.locator("#id_claims-0-speaker").fill("General Staff")
    desk.locator("#id_claims-0-certainty").select_option("claimed")
    desk.locator("#claims-0 .field-events .select2-selection").click()
    desk.locator(".select2-results__option", has_text="An event").click()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    claim = article.claims.get()
    assert (claim.text, [event.title for event in claim.events.all()]) == ("Losses were heavy", ["An event"])


def test_similar_events_are_named_before_saving_and_hinder_nothing(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/admin/conflict/event/add/")
    hint = desk.locator("#similar")
    expect(hint).to_be_empty()
    desk.get_by_label("Title", exact=False).first.fill("The event on the front")
    desk.locator("#id_date").fill("2024-11-20")
    desk.locator("#id_source_name").fill("A paper")
    expect(hint).to_contain_text("A similar event is there already: An event (19 Nov 2024)")
    desk.locator("#id_date").fill("2024-12-20")
    desk.locator("#id_source_name").fill("Another paper")
    expect(hint).not_to_contain_text("An event")


def test_a_place_says_where_its_coordinates_lie(desk: Page, live_server: Any) -> None:
    Place.objects.create(slug="odesa", name="Odesa", latitude=46.4825, longitude=30.7233)
    desk.goto(f"{live_server.url}/admin/conflict/place/add/")
    desk.locator("#id_latitude").fill("46.5")
    desk.locator("#id_longitude").fill("30.7")
    expect(desk.locator("#where")).to_contain_text("46.5° N, 30.7° E · nearest known places: Odesa 2.6 km")


def test_a_press_on_the_map_takes_coordinates_and_typed_ones_are_marked(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/admin/conflict/place/add/")
    picker = desk.locator("[data-map-picker]")
    expect(picker).to_be_visible()
    desk.locator("#id_latitude").fill("46.4825")
    desk.locator("#id_longitude").fill("30.7233")
    mark = picker.locator("[data-mark]")
    expect(mark).to_be_visible()
    box, frame = mark.bounding_box(), picker.bounding_box()
    assert box and frame
    place = {"x": box["x"] + box["width"] / 2 - frame["x"], "y": box["y"] + box["height"] / 2 - frame["y"]}
    # Pressed where Odesa's mark stands, another place's boxes take Odesa's degrees, but for the width of a pixel.
    desk.locator("#id_latitude").fill("")
    expect(mark).to_be_hidden()
    picker.click(position=place)
    assert float(desk.locator("#id_latitude").input_value()) == pytest.approx(46.4825, abs=0.1)
    assert float(desk.locator("#id_longitude").input_value()) == pytest.approx(30.7233, abs=0.1)
    expect(desk.locator("#where")).to_contain_text("° N")
