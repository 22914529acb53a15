"""What can be taken away from a chart: files, links, code for other sites, the whole screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

QUERY = "category=tanks&measure=total"
STUBS = """
window.taken = [];
Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => taken.push(text) } });
Object.defineProperty(navigator, "share", { value: async (shared) => taken.push(shared) });
"""


def test_pictures_and_values_are_downloads_of_the_very_query(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?{QUERY}")
    for name, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("CSV", b"")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(start)
        assert content
        assert QUERY in waiting.value.url


def test_the_svg_can_be_looked_at_by_itself(watched: Watched, site: str):
    page = watched.page
    watched.expected.append("404 (Not Found)")  # a picture names no icon, so the browser asks for one
    page.goto(f"{site}/losses.svg?{QUERY}")
    drawn = "document.querySelector('svg > g > path').getBoundingClientRect()"
    assert page.evaluate(f"{drawn}.width") > 800
    assert page.evaluate("getComputedStyle(document.querySelector('svg > g > path[stroke]')).stroke") == (
        "rgb(11, 92, 122)"
    )


def test_links_and_code_are_copied_and_shared_with_the_query_of_now(watched: Watched, site: str):
    page = watched.page
    page.add_init_script(STUBS)
    page.goto(f"{site}/losses/?{QUERY}")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    page.get_by_role("button", name="Share").click()
    page.get_by_text("Embed", exact=True).click()
    page.get_by_role("button", name="Copy code").click()
    expect(page.get_by_role("button", name="Code copied")).to_be_visible()
    link, shared, code = page.evaluate("taken")
    assert link == shared["url"] == f"{site}/losses/?{QUERY}"
    assert shared["title"] == "Tanks: reported losses since day 1"
    assert code.startswith(
        f'<iframe src="{site}/embed/losses/?{QUERY}" title="Tanks: reported losses since day 1"'
    )
    page.get_by_role("link", name="90 days").click()
    page.wait_for_url("**from=**")
    page.get_by_role("button", name="Copy link").click()
    assert "&from=2026-05-11&" in page.evaluate("taken.at(-1)")


def test_a_chart_fills_the_screen_and_gives_it_back(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/")
    before = page.locator(".chart-box").bounding_box()
    assert before
    page.get_by_role("button", name="Full screen").click()
    expect(page.locator("figure:fullscreen")).to_have_count(1)
    inside = page.locator(".chart-box").bounding_box()
    assert inside
    assert inside["height"] > before["height"]
    page.get_by_role("button", name="Full screen").click()
    expect(page.locator("figure:fullscreen")).to_have_count(0)
    assert page.locator(".chart-box").bounding_box() == before


def test_without_scripts_only_what_works_is_offered(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/losses/?{QUERY}")
    assert page.locator(".actions a").all_inner_texts() == ["CSV", "JSON", "PNG", "SVG"]
    assert page.locator(".actions button:visible").count() == 0
    page.get_by_text("Embed", exact=True).click()
    expect(page.get_by_label("Put this into a page of your own:")).to_have_value(
        f'<iframe src="{site}/embed/losses/?{QUERY}" title="Tanks: reported losses since day 1" '
        'width="100%" height="520" loading="lazy"></iframe>'
    )
    context.close()
