"""What readers with their own colours and on narrow windows see, in Chromium."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BORDERS = "links => links.map(a => [a.hasAttribute('aria-current'), getComputedStyle(a).borderBlockEndColor])"


@pytest.mark.parametrize("path", ["/losses/tanks/", "/timeline/?year=2024"])
def test_the_current_choice_is_seen_in_colours_that_the_reader_forces(site, page, path):
    page.emulate_media(forced_colors="active")
    page.goto(site + path)
    for links in (".masthead nav a", ".choices a"):
        borders = page.locator(links).evaluate_all(BORDERS)
        current = {color for is_current, color in borders if is_current}
        others = {color for is_current, color in borders if not is_current}
        assert current and others and not current & others


def test_buttons_have_an_edge_in_colours_that_the_reader_forces(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/map/")
    button = page.get_by_role("button", name="Show")
    assert button.evaluate("b => getComputedStyle(b).borderTopStyle") == "solid"


@pytest.mark.parametrize("width", [390, 1440])
def test_every_place_of_the_map_shows_one_mark(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/map/")
    shown = page.locator("a.map-place").evaluate_all(
        """links => links.map(
          (link) => [...link.querySelectorAll('.map-mark')].filter((mark) => mark.getClientRects().length).length
        )"""
    )
    assert len(shown) > 30 and set(shown) == {1}


def test_the_first_column_of_a_wide_table_stays_in_sight_and_its_caption_fits_the_window(site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/compare/categories/")
    table = page.locator(".scroll > .ledger")
    assert table.locator("caption").bounding_box()["width"] <= 390
    row = table.locator("tbody th").first
    before = row.bounding_box()["x"]
    page.locator(".scroll").evaluate("box => (box.scrollLeft = 400)")
    assert row.bounding_box()["x"] == pytest.approx(before, abs=1)
