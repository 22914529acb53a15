"""The pictures in a real browser: at a phone's width, to every access rule, by keyboard, and in print."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import CONTRAST, faults
from tests.browser.conftest import Watched

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


def test_in_print_the_shades_keep_their_colour_and_the_table_is_there(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/compare/weeks/")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.calendar')).printColorAdjust") == "exact"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    expect(page.locator("#table table")).to_be_visible()
