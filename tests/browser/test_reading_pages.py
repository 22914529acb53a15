"""The reading pages in a real browser: none is wider than a phone, and a theme changes the timeline in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from conflict.models import Article, Claim, Document
from tests.make import DAY_1000, D, make_document, make_event, make_record, make_reference, publish_records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/reports/",
    "/reports/2024-11/",
    "/reports/2024-11-19/",
    "/reports/2024-11-18/",
    "/timeline/",
    "/timeline/?theme=x",
    "/events/an-event/",
    "/articles/",
    "/articles/a-piece/",
    "/about/",
    "/api/v1/docs",
]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3


@pytest.fixture
def phone(page: Page, live_server) -> Iterator[Page]:
    """Open pages 360 px wide, and fail on anything that the console calls an error."""
    make_reference()
    address = "https://example.org/" + LONG
    piece = make_document("a-piece", "article", title=LONG, url=address, publisher=LONG)
    publish_records(make_record(D(2024, 11, 17), personnel=1456610, tanks=9360))
    for slug in ("petroivaniuk", "orc-losses", "another"):
        other = make_document(slug, "dataset", title=LONG, url=address)
        publish_records(make_record(document=other, personnel=(1458220, 1610), tanks=(len(slug), -17)))
    publish_records(make_record(document=piece, personnel=(1458220, 1610), tanks=(9382, 17)))
    make_event(title=LONG, summary=LONG, theme="energy").articles.add(Document.objects.get(slug="a-piece"))
    make_event("another-event", title="At sea", theme="naval")
    Claim.objects.create(
        document=Article.objects.get(), text=LONG, speaker=LONG, certainty="claimed", figure=10**9, date=DAY_1000
    )
    page.set_viewport_size({"width": 360, "height": 800})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert not [fault for fault in faults if "the server responded with a status of 40" not in fault]


@pytest.mark.sweep
def test_no_reading_page_is_wider_than_a_phone(phone: Page, live_server):
    for address in PAGES:
        phone.goto(live_server.url + address)
        assert phone.evaluate("document.scrollingElement.scrollWidth") == 360, address


def test_a_theme_changes_the_timeline_in_place_and_back(phone: Page, live_server):
    phone.goto(f"{live_server.url}/timeline/")
    at_sea = phone.locator("#list").get_by_role("link", name="At sea", exact=True)
    at_sea.wait_for()
    phone.get_by_role("link", name="energy 1").click()
    at_sea.wait_for(state="detached")
    assert phone.url.endswith("/timeline/?theme=energy")
    assert phone.evaluate("document.activeElement.id") == "strip-energy"
    phone.go_back()
    at_sea.wait_for()
    assert phone.locator("h1").count() == 1
