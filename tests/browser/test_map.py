"""The map in Chromium: by keyboard, narrowed by theme and period, on a phone, without JavaScript, and in print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import CONTRAST, faults

pytestmark = pytest.mark.browser


def shown_names(page: Page) -> list[str]:
    return page.locator(".map-name").evaluate_all(
        "names => names.filter(n => n.getClientRects().length).map(n => n.textContent)"
    )


def test_places_are_reached_and_opened_by_keyboard(site, watched):
    page = watched.page
    page.goto(f"{site}/map/")
    marks = page.locator("a.map-place")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Tab")
    expect(marks.first).to_be_focused()
    names = [marks.nth(n).get_attribute("aria-label") for n in range(marks.count())]
    assert names[0] == "Moscow, Russia: 8 events"
    for name in names[1:6]:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    sudzha = page.locator("a.map-place[href='/places/sudzha/']")
    assert "Sudzha" not in shown_names(page)
    sudzha.focus()
    assert "Sudzha" in shown_names(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sudzha, Russia")


def test_the_outline_is_drawn_from_the_site_and_inside_the_policy(site, watched):
    page = watched.page
    page.goto(f"{site}/map/", wait_until="networkidle")
    box = page.evaluate("(() => { const b = document.querySelector('.map-ukraine').getBBox(); return b.width })()")
    assert 2_500 < box < 3_000  # units of the drawing, two a kilometre
    assert any("outline" in address for address in watched.requests)


def test_theme_and_year_narrow_marks_and_list_and_the_way_back_leads_back(site, watched):
    page = watched.page
    page.goto(f"{site}/map/")
    marks = page.locator("a.map-place")
    whole = marks.count()
    page.locator("#theme-strike").click()
    expect(page.locator("#theme-strike")).to_have_attribute("aria-current", "true")
    assert page.url.endswith("/map/?theme=strike")
    expect(marks).to_have_count(10)
    page.locator("#year-2024").click()
    expect(page.locator("main [role=status]").first).to_contain_text("4 events with a place")
    assert "theme=strike" in page.url and "from=2024-01-01" in page.url
    expect(marks).to_have_count(4)
    page.go_back()
    expect(marks).to_have_count(10)
    page.go_back()
    expect(marks).to_have_count(whole)


def test_days_are_chosen_in_the_form_and_keep_the_theme(site, watched):
    page = watched.page
    page.goto(f"{site}/map/?theme=strike")
    page.get_by_label("from").fill("2024-11-17")
    page.get_by_label("to", exact=True).fill("2024-11-18")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main [role=status]").first).to_contain_text("3 events with a place")
    assert "theme=strike" in page.url
    expect(page.locator("a.map-place")).to_have_count(3)


@pytest.mark.sweep
@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_is_readable_at_every_width_in_either_theme(site, watched, width):
    page = watched.page
    page.emulate_media(reduced_motion="reduce")  # no colour on its way to another
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}/map/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    size = page.locator(".map-name").first.evaluate("name => getComputedStyle(name).fontSize")
    assert size == "12px"
    names = shown_names(page)
    assert {"Kyiv", "Odesa", "Kherson", "Moscow"} <= set(names)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    assert shown_names(page) == names


@pytest.mark.sweep
@pytest.mark.parametrize("address", ["/places/odesa/", "/actors/opcw/", "/places/", "/actors/"])
def test_pages_of_places_and_actors_have_no_fault_that_axe_finds(site, watched, address):
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []


def test_the_map_works_without_javascript(site, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/map/")
    page.locator("#theme-naval").click()
    assert page.url.endswith("?theme=naval")
    page.locator("a.map-place[href='/places/snake-island/'] .map-mark").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Snake Island, Ukraine")
    context.close()


def test_the_map_is_printed_and_its_choices_are_not(site, watched):
    page = watched.page
    page.goto(f"{site}/map/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator("#theme-strike")).to_be_hidden()
    colour = page.locator(".map-ukraine").evaluate("part => getComputedStyle(part).fill")
    assert colour == "rgb(217, 233, 239)"
