"""The pictures in a real browser: at a phone's width, to every access rule, by keyboard, and in print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import CONTRAST, faults
from tests.browser.conftest import Watched
from tests.sweeps import in_a_sweep

pytestmark = pytest.mark.browser

PAGES = [
    "/losses/personnel/",
    "/losses/personnel/calendar/",
    "/losses/tanks/years/",
    "/compare/weeks/",
    "/compare/categories/",
    "/compare/periods/",
    "/compare/wars/",
    "/events/odesa-strike/around/",
]

# Texts inside a box that scrolls may be beyond its edge; all others may not.
OUTSIDE = """[...document.querySelectorAll('main svg text')].filter((t) => !t.closest('.scroll'))
  .map((t) => [t.textContent, t.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < 0 || box.right > innerWidth)).map(([text]) => text)"""


@pytest.mark.sweep
@pytest.mark.parametrize("address", PAGES)
def test_a_picture_and_its_texts_fit_a_phone_and_keep_every_access_rule(watched: Watched, site: str, address: str):
    page = watched.page
    page.emulate_media(reduced_motion="reduce")  # no colour on its way to another
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site + address)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360
    assert faults(page) == []
    assert page.evaluate(OUTSIDE) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()  # as it is drawn on a desk
    assert page.evaluate(OUTSIDE) == []


def test_a_calendar_is_left_to_the_eye_and_its_table_has_the_same_links(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/personnel/calendar/?year=2024")
    pictured = set(page.eval_on_selector_all(".calendar a", "all => all.map((a) => a.getAttribute('href'))"))
    tabled = page.eval_on_selector_all("#table tbody a", "all => all.map((a) => a.getAttribute('href'))")
    assert tabled
    assert set(tabled) == {address for address in pictured if "/2024-" in address}
    assert page.eval_on_selector_all(".calendar a", "all => all.every((a) => a.tabIndex === -1)")


POINTS = {  # a picture whose marks are gone through, and whether it has rows
    "/losses/tanks/years/": True,
    "/compare/weeks/": True,
    "/compare/categories/": True,
    "/losses/personnel/calendar/": False,
    "/integrity/": False,
}


@pytest.mark.parametrize("address", in_a_sweep(POINTS, but=("/compare/weeks/", "/integrity/")))
def test_a_drawing_is_gone_through_point_by_point(watched: Watched, site: str, address: str):
    page = watched.page
    page.goto(site + address)
    keys = page.get_by_role("slider")
    keys.focus()
    said = lambda: keys.get_attribute("aria-valuetext") or ""  # noqa: E731
    last = said()
    expect(page.locator(".points-said")).to_have_text(last)
    expect(page.locator(".points-ring")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    assert said() != last
    page.keyboard.press("ArrowRight")
    assert said() == last
    page.keyboard.press("Home")
    first = said()
    assert keys.get_attribute("aria-valuenow") == "1"
    page.keyboard.press("ArrowDown")
    if POINTS[address]:  # the same place of the next row
        assert int(keys.get_attribute("aria-valuenow") or 0) > 1
        assert said() != first
        if "years" not in address:  # rows of categories: the same days
            assert said().split(", ")[-1].split(":")[0] == first.split(", ")[-1].split(":")[0]
    page.keyboard.press("End")
    assert keys.get_attribute("aria-valuenow") == keys.get_attribute("aria-valuemax")
    everything = page.eval_on_selector_all(".points title", "all => all.map((one) => one.textContent)")
    assert len(everything) == int(keys.get_attribute("aria-valuemax") or 0)
    assert said().endswith(everything[-1])
    keys.blur()
    expect(page.locator(".points-ring")).to_be_hidden()


def test_enter_opens_the_report_of_a_day_and_a_touch_says_what_a_mark_shows(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/compare/weeks/")
    mark = page.locator(".weeks use").last
    mark.click(position={"x": 3, "y": 5}, force=True)  # hatching, which has no ground
    name = page.locator(".weeks span").last.inner_text()
    expect(page.locator(".points-said")).to_have_text(f"{name}, {mark.locator('title').text_content()}")
    page.goto(f"{site}/losses/personnel/calendar/")
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    last = page.locator(".calendar a").last.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}{last}")


def test_two_periods_are_chosen_by_keyboard_alone(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/compare/periods/")
    for name, day in (
        ("First period, from:", "2023-01-01"),
        ("First period, to:", "2023-12-31"),
        ("Second period, from:", "2024-01-01"),
        ("Second period, to:", "2024-11-19"),
    ):
        page.get_by_label(name).fill(day)
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.locator(".standfirst")).to_contain_text("From 1 January 2023 to 31 December 2023")
    assert "second_to=2024-11-19" in page.url


def test_without_scripts_no_picture_promises_what_it_cannot_do(browser: Browser, site: str):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}/compare/weeks/")
    assert page.get_by_role("slider").count() == 0
    expect(page.locator(".points-said")).to_be_hidden()
    page.close()


def test_in_print_the_shades_keep_their_colour_and_the_table_is_there(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/compare/weeks/")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.weeks')).printColorAdjust") == "exact"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    expect(page.locator("#table table")).to_be_visible()
