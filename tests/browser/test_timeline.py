"""The timeline in Chromium: filters, deep links, zoom, the keyboard, a phone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import faults

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_filters_apply_at_once_stand_in_the_address_and_can_be_left(site, watched):
    page = watched.page
    page.goto(f"{site}/timeline/")
    found = page.locator("main [role=status]").first
    expect(found).to_have_text("94 events")
    page.get_by_role("checkbox", name=re.compile("^strikes")).check()
    expect(found).to_have_text("11 of 94 events")
    expect(page).to_have_url(re.compile(r"theme=strike"))
    page.get_by_role("checkbox", name=re.compile("^disputed")).check()
    expect(found).to_have_text("1 of 94 events")
    expect(page.locator("#list li .what")).to_have_count(1)
    expect(page.locator(".strip-mark:visible")).to_have_count(1)
    expect(page.get_by_role("checkbox", name=re.compile("^disputed"))).to_be_focused()
    page.get_by_role("link", name="Without strikes").click()
    expect(page.get_by_role("checkbox", name=re.compile("^strikes"))).not_to_be_checked()
    page.go_back()
    expect(page.get_by_role("checkbox", name=re.compile("^strikes"))).to_be_checked()
    expect(found).to_have_text("1 of 94 events")


def test_several_actors_and_words_narrow_the_list(site, watched):
    page = watched.page
    page.goto(f"{site}/timeline/")
    page.get_by_text("Who", exact=False).locator("xpath=self::summary").click()
    page.get_by_role("checkbox", name=re.compile("^OPCW")).check()
    expect(page).to_have_url(re.compile(r"actor=opcw"))
    expect(page.get_by_role("checkbox", name=re.compile("^OPCW"))).to_be_visible()  # its group stays open
    page.get_by_role("searchbox").fill("CS")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"q=CS"))
    for title in page.locator("#list .what").all_inner_texts():
        assert "OPCW" in title or "CS" in title


def test_a_year_a_month_and_an_event_can_be_zoomed_to(site, watched):
    page = watched.page
    page.goto(f"{site}/timeline/")
    page.get_by_role("navigation", name="Years").get_by_role("link", name=re.compile("^2024")).click()
    expect(page).to_have_title("2024 · Timeline · Conflict Ledger")
    expect(page.locator("main [role=status]").first).to_contain_text("of 94 events · 2024")
    page.get_by_role("navigation", name="Months").get_by_role("link", name=re.compile("^November")).click()
    expect(page).to_have_url(re.compile(r"\?month=2024-11$"))
    expect(page.get_by_text("events a day")).to_be_visible()
    page.locator("#odesa-strike").get_by_role("link", name=re.compile("^The days around")).click()
    expect(page).to_have_url(re.compile(r"\?event=odesa-strike#odesa-strike$"))
    expect(page.locator("#odesa-strike")).to_be_in_viewport()
    expect(page.locator("#odesa-strike")).to_have_class("zoomed")


def test_a_deep_link_shows_its_event(site, watched):
    page = watched.page
    page.goto(f"{site}/timeline/#odesa-strike")
    expect(page.locator("#odesa-strike")).to_be_in_viewport()
    assert page.locator("#odesa-strike").evaluate("e => e.matches(':target')")


def test_marks_are_reached_by_the_keyboard_and_lead_to_the_list(site, watched):
    page = watched.page
    page.goto(f"{site}/timeline/?month=2024-11&theme=strike")
    page.locator("#strip-strike").focus()
    page.keyboard.press("Tab")
    mark = page.locator(".strip-mark:focus")
    expect(mark).to_have_attribute("aria-label", re.compile(r"^17 Nov 2024: .+ \(confirmed\)$"))
    target = mark.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_in_viewport()
    assert page.url.endswith(target)


def test_the_picture_can_be_skipped_by_the_keyboard(site, watched):
    page = watched.page
    page.goto(f"{site}/timeline/")
    skip = page.get_by_role("link", name="Skip the picture")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#list")


@pytest.mark.sweep
def test_a_phone_has_its_own_proportions_and_no_page_is_wider(site, watched):
    page = watched.page
    widths = {390: False, 320: False, 768: False, 1440: True}
    for path in (
        "/timeline/?year=2024",
        "/timeline/?month=2024-11&theme=aid",
        "/events/odesa-strike/",
        "/timeline/",
    ):
        for width in widths:
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(f"{site}{path}")
            assert page.evaluate(OVERFLOW) <= 0, (path, width)
    for width, wide in widths.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.reload()
        title, strip = (
            page.locator(f".strip {s}").nth(1 if "svg" in s else 0).bounding_box()
            for s in (".strip-title", "svg.strip-plot:visible")
        )
        assert (title["x"] + title["width"] <= strip["x"]) == wide
        marks = page.locator(".strip-mark:visible")
        assert marks.count() == 94
        expect(page.get_by_role("checkbox", name=re.compile("^strikes"))).to_be_visible(visible=wide)


def test_a_thumb_hits_the_choices(site, browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/timeline/?theme=strike")
    page.get_by_text("Narrow the timeline").first.click()
    for things in (".choices a", ".narrowing a", ".strip-title", ".facet label"):
        for box in (thing.bounding_box() for thing in page.locator(f"{things}:visible").all()):
            assert box["height"] >= 43.5, things
    context.close()


def test_everything_works_without_javascript(site, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/timeline/")
    page.get_by_role("checkbox", name=re.compile("^strikes")).check()
    page.get_by_role("checkbox", name=re.compile("^nuclear")).check()
    page.get_by_role("button", name="Show").click()
    assert "theme=strike" in page.url
    assert "theme=nuclear" in page.url
    expect(page.locator("main [role=status]").first).to_have_text("18 of 94 events")
    page.get_by_role("navigation", name="Years").get_by_role("link", name=re.compile("^2024")).click()
    expect(page.locator("main [role=status]").first).to_contain_text("· 2024")
    context.close()


def test_a_fault_is_named_in_place(site, watched):
    watched.expected.append("status of 400")
    page = watched.page
    page.goto(f"{site}/timeline/?theme=strike")
    page.goto(f"{site}/timeline/?from=2024-05-02&to=2024-05-01")
    expect(page.get_by_role("alert")).to_contain_text("Of these days none is left")
    page.get_by_role("alert").get_by_role("link", name="All events").click()
    expect(page.locator("main [role=status]").first).to_have_text("94 events")


def test_the_pages_keep_the_policy(site, watched):
    for path in ("/timeline/", "/events/opcw-confirms-cs/"):  # test_access.py asks them for the rules of access
        watched.page.goto(f"{site}{path}")  # a script of data that the policy refused would be a complaint


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrowed_timeline_keeps_the_rules_of_accessibility_and_of_the_policy(site, watched, scheme):
    page = watched.page
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/timeline/?year=2024&theme=strike")
    assert faults(page) == []
