"""The chart pages in a browser: Plotly over the drawing, htmx between categories, and all of it without either."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import CONTRAST, faults
from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.plotly]

PAGES = ["/", "/losses/", "/losses/?category=tanks&category=uavs&scale=log", "/losses/personnel/"]
PLOTTED = "figure[data-chart] .js-plotly-plot"


def plotted(page: Page) -> list[dict[str, Any]]:
    """Wait for Plotly and return its traces: name and values."""
    page.locator("figure[data-chart]").first.hover()
    page.wait_for_selector(PLOTTED, timeout=20_000)
    page.wait_for_selector(".chart-is-live")
    traces: list[dict[str, Any]] = page.evaluate(
        f"[...document.querySelectorAll('{PLOTTED}')]"
        ".flatMap((e) => e.data.map((t) => ({name: t.name, y: [...t.y]})))"
    )
    return traces


def box(page: Page, category: str) -> Locator:
    """Return the box of a category, of which the part of the form is opened if need be."""
    part = page.locator("details", has=page.locator("#pick-category"))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return page.get_by_role("checkbox", name=category, exact=True)


def open_days(page: Page) -> None:
    part = page.locator("details", has=page.locator("#id_from"))
    if part.get_attribute("open") is None:
        part.locator("summary").click()


def known(traces: list[dict[str, Any]]) -> list[float]:
    return [value for trace in traces for value in trace["y"] if value is not None]


def test_the_overview_is_drawn_by_the_server_and_then_by_plotly(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/")
    expect(page.locator("h1")).to_contain_text("Russian soldiers")
    assert page.locator(".chart-picture path").count() > 0  # before Plotly
    traces = plotted(page)
    assert {trace["name"] for trace in traces} == {"Personnel"}
    assert max(known(traces)) > 1000
    page.get_by_role("link", name="total", exact=True).click()
    expect(page.locator("figcaption b")).to_have_text("Personnel: reported losses since day 1")
    assert max(known(plotted(page))) == 1_456_610
    assert page.locator(PLOTTED).count() == 1


def test_another_category_is_swapped_in_and_plotly_redraws_it(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?measure=total")
    before = plotted(page)
    page.evaluate("window.stays = true")
    box(page, "Tanks").check()
    expect(page).to_have_url(f"{site}/losses/?category=personnel&category=tanks&measure=total")
    expect(page.locator("figcaption b")).to_contain_text("Personnel, Tanks")
    box(page, "Personnel").uncheck()
    expect(page.locator("figcaption b")).to_have_text("Tanks: reported losses since day 1")
    after = plotted(page)
    assert {trace["name"] for trace in after} == {"Tanks"}
    assert known(after) != known(before)
    assert max(known(after)) == 12_251
    assert page.locator(PLOTTED).count() == 1
    assert page.evaluate("window.stays")  # the page itself was never loaded again
    expect(page).to_have_title("Tanks: reported losses since day 1 · Conflict Ledger")
    assert page.evaluate("document.activeElement.id") == "id_category_0"


def test_going_back_restores_the_whole_page(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/")
    first = plotted(page)
    title = page.title()
    box(page, "Tanks").check()
    expect(page.locator("figcaption b")).to_contain_text("Personnel, Tanks")
    page.go_back()
    expect(page).to_have_url(f"{site}/losses/")
    expect(page.locator("figcaption b")).not_to_contain_text("Tanks")
    expect(box(page, "Tanks")).not_to_be_checked()
    expect(page).to_have_title(title)
    assert page.locator("header.masthead").count() == 1
    page.get_by_role("button", name="Short ways by keyboard").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Dark", exact=True)).to_be_visible()
    assert plotted(page) == first
    page.go_forward()
    expect(page.locator("figcaption b")).to_contain_text("Personnel, Tanks")
    assert {trace["name"] for trace in plotted(page)} == {"Personnel", "Tanks"}


def test_a_faulty_day_is_named_beside_what_was_typed(watched: Watched, site: str):
    watched.expected.append("400 (Bad Request)")
    page = watched.page
    page.goto(f"{site}/losses/")
    open_days(page)
    page.locator("#id_from").fill("2024-11-19")
    page.locator("#id_to").fill("2024-11-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_contain_text("lies before the first")
    expect(page.locator("#id_to")).to_have_value("2024-11-01")
    page.locator("#id_to").fill("2024-12-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".values tbody tr").first).to_contain_text("1 Dec 2024")


def test_everything_works_without_scripts(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")
    page.get_by_role("link", name="total", exact=True).click()
    expect(page.locator("figcaption b")).to_have_text("Personnel: reported losses since day 1")
    page.get_by_role("link", name="The table behind this chart").click()
    box(page, "Personnel").uncheck()
    box(page, "Tanks").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("figcaption b")).to_have_text("Tanks: reported losses since day 1")
    expect(page.locator(".values tbody tr").first).to_contain_text("12,251")
    page.locator(".values tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("8 August 2026")
    context.close()


@pytest.mark.sweep
def test_a_phone_shows_the_pages_without_scrolling_sideways(watched: Watched, site: str):
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})
    for address in PAGES:
        page.goto(f"{site}{address}")
        plotted(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address
        sizes = page.evaluate(
            "[...document.querySelectorAll('.chart-box text')]"
            ".filter((t) => t.getClientRects().length && t.textContent)"
            ".map((t) => parseFloat(getComputedStyle(t).fontSize) * (t.getScreenCTM()?.a ?? 1))"
        )
        assert min(sizes) >= 12, address


@pytest.mark.sweep
@pytest.mark.parametrize("address", PAGES)
def test_the_pages_keep_the_rules_of_accessibility(watched: Watched, site: str, address: str):
    page = watched.page
    page.emulate_media(reduced_motion="reduce")  # no colour on its way to another
    page.goto(f"{site}{address}")
    plotted(page)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []


def test_the_first_key_leads_past_the_navigation(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_plotly_s_own_dates_speak_the_language_of_the_page(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/uk/losses/personnel/")
    plotted(page)
    page.evaluate(
        f"Plotly.relayout(document.querySelector('{PLOTTED}'),"
        " {'xaxis.range': ['2024-01-10', '2024-07-20'], 'xaxis.showticklabels': true})"
    )
    ticks = page.locator(f"{PLOTTED} .xtick text")
    expect(ticks.first).to_be_attached()
    words = " ".join(ticks.all_text_contents())
    assert any(month in words for month in ("січ", "лют", "бер", "квіт", "трав", "черв", "лип")), words
    assert not any("a" <= letter.lower() <= "z" for letter in words), words
