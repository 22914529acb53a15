"""static/js/start.js in Chromium: a page is painted first, and its scripts come after, in their order."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Watched

SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (sum += e.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
TIMES = """() => ({
  painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  loaded: performance.getEntriesByType("navigation")[0].loadEventStart,
  asked: performance.getEntriesByType("resource").filter((e) => e.initiatorType === "script")
    .map((e) => [e.name.split("/").at(-1), e.startTime]),
})"""


@pytest.mark.plotly
def test_no_script_but_the_start_is_fetched_before_the_page_has_loaded(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks")
    page.wait_for_selector(".chart-is-live")
    times = page.evaluate(TIMES)
    early = [name for name, at in times["asked"] if at < times["loaded"]]
    assert early == ["start.js"]
    late = [name for name, at in times["asked"] if at >= times["loaded"]]
    assert set(late) >= {"chart.js", "actions.js", "htmx-2.min.js", "manners.js"}
    assert page.evaluate(SHIFT) == 0


def test_the_readers_choice_of_theme_stands_before_the_page_has_a_body(page: Page, site: str) -> None:
    """However late it comes, and in a browser that knows no way but order to keep a picture back."""
    page.add_init_script(
        """localStorage.setItem("theme", "dark");
        new MutationObserver(() => {
          if (document.body) window.first ??= document.documentElement.dataset.theme ?? "none";
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.route(re.compile(r"start\."), lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(f"{site}/")
    assert page.evaluate("first") == "dark"


def test_a_frame_for_other_sites_follows_the_system(page: Page, site: str) -> None:
    page.add_init_script('localStorage.setItem("theme", "dark")')
    page.goto(f"{site}/embed/losses/?category=tanks")
    page.wait_for_selector("html[data-started]", state="attached")
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_scripts_run_in_the_order_in_which_the_page_names_them(page: Page, site: str) -> None:
    page.route(re.compile(r"chart\.js"), lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(f"{site}/losses/?category=tanks")
    named = page.eval_on_selector_all('script[type="text/later"]', "all => all.map((s) => s.src)")
    started = page.eval_on_selector_all('script[src]:not([type="text/later"])', "all => all.map((s) => s.src)")
    assert len(named) == 5
    assert started[1:6] == named
    assert page.evaluate("typeof htmx") == "object"


FIRST = """(() => {
  const look = () => {
    const drawn = document.querySelector(".chart-paths path");
    if (!drawn?.getBoundingClientRect().width) return requestAnimationFrame(look);
    window.first = {
      later: document.querySelectorAll("#table, #id_category_0, #embed-code").length,
      sent: document.querySelector(".explorer button").checkVisibility({ visibilityProperty: true }),
      height: document.documentElement.scrollHeight,
    };
  };
  requestAnimationFrame(look);
})()"""


def test_what_follows_the_chart_comes_after_it_without_moving_anything(page: Page, site: str) -> None:
    page.add_init_script(FIRST)
    page.goto(f"{site}/losses/?category=tanks")
    first = page.evaluate("first")
    assert first["later"] == 0
    assert not first["sent"]  # the fields of the form would be missing
    assert first["height"] >= 2_000  # there is room for what comes
    page.wait_for_selector("html[data-started]", state="attached")
    assert page.locator("#table, #id_category_0, #embed-code").count() == 3
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_visible()
    assert page.locator("noscript").count() == 0
    assert page.evaluate(SHIFT) == 0


def test_an_address_leads_to_a_part_that_follows_the_chart(page: Page, site: str) -> None:
    page.goto(f"{site}/losses/?category=tanks#values")
    expect(page.locator("#values")).to_be_in_viewport()
    page.route(re.compile(r"start\."), lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(f"{site}/losses/?category=personnel#values")
    expect(page.locator("#values")).to_be_in_viewport()


def test_a_choice_made_before_the_scripts_have_come_is_not_lost(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"htmx-2"), lambda route: held.append(route))
    # Not goto, which waits for the scripts.
    page.evaluate("address => location.assign(address)", f"{site}/losses/?category=tanks")
    page.wait_for_selector("#id_measure")
    page.wait_for_load_state()  # start.js listens from then on
    page.select_option("#id_measure", "total")
    expect(page).to_have_url(f"{site}/losses/?category=tanks")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(page).to_have_url(re.compile("measure=total"))
    expect(page.locator(".figure figcaption").first).to_contain_text("since day 1")


def test_a_page_whose_scripts_never_come_is_one_of_links_and_forms(page: Page, site: str) -> None:
    page.route(re.compile(r"htmx-2|chart\.js|manners"), lambda route: route.abort())
    page.goto(f"{site}/losses/?category=tanks")
    page.select_option("#id_measure", "total")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("measure=total"))
    expect(page.locator(".chart-paths path").first).to_be_visible()
