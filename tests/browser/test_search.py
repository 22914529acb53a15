"""Search in Chromium: results as one types, narrowed by a type, the way back, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_results_follow_what_is_typed_and_can_be_narrowed_and_left(site, watched):
    page = watched.page
    page.goto(f"{site}/search/")
    box, found = page.get_by_role("searchbox"), page.locator("#found")
    box.press_sequentially("north kor", delay=30)
    expect(found).to_contain_text("results for “north kor”")
    expect(box).to_be_focused()
    expect(page).to_have_title("north kor · Search · Conflict Ledger")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="events").click()
    expect(page.locator("#type-event")).to_have_attribute("aria-current", "true")
    assert "type=event" in page.url
    box.press("End")
    box.press_sequentially("ean", delay=30)
    expect(found).to_contain_text("results for “north korean”")
    assert "type=event" in page.url
    page.go_back()
    expect(box).to_have_value("north kor")
    expect(page.locator("#type-all")).to_have_attribute("aria-current", "true")


def test_search_works_without_javascript(site, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search/")
    page.get_by_role("searchbox").fill("день 1000")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Report of 19 November 2024").click()
    assert page.url.endswith("/reports/2024-11-19/")
    context.close()
