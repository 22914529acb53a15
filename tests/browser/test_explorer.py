"""The explorer in a browser: one choice changes everything, the address says it, and every control has its key."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import CONTRAST, faults
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


def title_of(page: Page) -> Locator:
    return page.locator("figcaption b").first


def open_part(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).first.click()


def test_a_choice_changes_chart_table_figures_address_and_title_together(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/")
    page.evaluate("window.stays = true")
    open_part(page, "Categories")
    page.get_by_role("checkbox", name="Tanks", exact=True).check()
    expect(page).to_have_url(f"{site}/losses/?category=personnel&category=tanks")
    page.get_by_role("checkbox", name="Personnel", exact=True).uncheck()  # the part stayed open
    expect(page).to_have_url(f"{site}/losses/?category=tanks")
    page.get_by_label("Measure", exact=True).select_option("total")
    expect(page).to_have_url(f"{site}/losses/?category=tanks&measure=total")
    expect(page).to_have_title("Tanks: reported losses since day 1 · Conflict Ledger")
    expect(title_of(page)).to_have_text("Tanks: reported losses since day 1")
    expect(page.locator(".values tbody tr").first).to_contain_text("12,251")
    expect(page.locator(".chosen h3")).to_have_text("Tanks")
    page.get_by_role("link", name="first 1,000 days").click()
    expect(page).to_have_url(f"{site}/losses/?category=tanks&from=2022-02-24&to=2024-11-19&measure=total")
    expect(page.locator(".chosen b").first).to_have_text("9,382")
    expect(page.locator(".values tbody tr").first).to_contain_text("9,382")
    assert page.evaluate("window.stays")


def test_a_shared_address_shows_the_same_and_back_leads_back(watched: Watched, site: str, browser: Browser):
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks&category=artillery&measure=per-year&sort=-tanks")
    before = page.locator(".values tbody").inner_text()
    open_part(page, "Scale, panels")
    page.get_by_role("radio", name="one for each").check()
    expect(page.locator(".panels figure")).to_have_count(2)
    shared = page.url
    assert page.locator(".values tbody").inner_text() == before
    page.go_back()
    expect(page.locator(".panels")).to_have_count(0)
    assert page.locator(".values tbody").inner_text() == before
    page.goto(shared)
    expect(page.locator(".panels figure")).to_have_count(2)
    assert page.locator(".values tbody").inner_text() == before
    open_part(page, "Scale, panels")
    expect(page.get_by_role("radio", name="one for each")).to_be_checked()


def test_since_an_event_becomes_its_day_in_the_address(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks")
    open_part(page, "Days")
    page.get_by_label("Since an event").select_option("kursk-incursion")
    expect(page).to_have_url(f"{site}/losses/?category=tanks&from=2024-08-06")
    expect(page.locator("#id_from")).to_have_value("2024-08-06")
    expect(page.locator(".picks")).to_contain_text("from 6 Aug 2024")


def test_the_link_of_a_chart_is_copied(watched: Watched, site: str, browser: Browser):
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}/losses/?category=tanks&measure=total&from=&scale=linear")
    button = page.get_by_role("button", name="Copy link")
    button.click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{site}/losses/?category=tanks&measure=total"


def tab_stops(page: Page, most: int = 150) -> list[str]:
    """Press Tab through the page and name what has the focus each time."""
    page.evaluate("document.getElementById('content').focus()")
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "(() => { const e = document.activeElement; return e && (e.id || e.getAttribute('aria-label') ||"
            " e.getAttribute('href') || e.textContent.trim()) })()"
        )
        stops.append(str(stop))
        if page.evaluate("document.activeElement.closest('footer') !== null"):
            break
    return stops


def test_every_control_event_and_note_is_reached_by_keyboard(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?category=personnel&measure=total")
    for summary in page.locator("form summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    controls = page.evaluate(
        "[...document.querySelectorAll('form.explorer :is(input, select, button)')]"
        ".filter((e) => e.type !== 'hidden' && !e.disabled).map((e) => [e.type, e.name, e.id])"
    )
    stops = tab_stops(page)
    for kind, name, identity in controls:
        if kind == "radio":  # one stop a group, arrows inside it
            assert any(stop.startswith(f"id_{name}_") for stop in stops), name
        else:
            assert identity in stops or kind == "submit", identity
    assert "Show" in stops
    events = page.evaluate(
        "[...document.querySelectorAll('.chart-event')].filter((e) => getComputedStyle(e).display !== 'none')"
        ".map((e) => e.getAttribute('aria-label'))"
    )
    assert len(events) > 15
    assert any("Day 1,000" in event for event in events)
    assert any("disagreement" in event or "notes" in event for event in events)
    assert set(events) <= set(stops)
    assert any(stop.startswith("/losses.csv") for stop in stops)
    assert {"sort-1", "sort-2"} <= set(stops)


def test_a_note_at_the_foot_of_the_chart_leads_to_its_page(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?category=personnel&from=2024-10-15&to=2024-11-30&measure=total")
    mark = page.locator(".chart-note-finding").first
    mark.focus()
    expect(mark.locator("text")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/reports/2024-11-03/personnel/#findings")


def test_a_phone_lists_what_its_chart_has_no_room_for(watched: Watched, site: str):
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/losses/?category=personnel&category=tanks&panels=1&measure=total")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.get_by_role("heading", name="On this chart").is_visible()
    assert page.locator(".pick .events a", has_text="Kakhovka dam").first.is_visible()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.picks > details > summary, .picks button')].map((e) => e.clientHeight)"
    )
    assert min(sizes) >= 44


def test_the_table_is_sorted_by_its_heads_and_keeps_its_order(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks&measure=per-month")
    page.get_by_role("link", name="Tanks", exact=True).and_(page.locator(".sort")).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Tanks")
    figures = [c for c in page.locator(".values tbody td").all_inner_texts() if c != "not known"]
    numbers = [float(c.split("·")[0].split()[-1].replace(",", "")) for c in figures]
    assert numbers == sorted(numbers, reverse=True)
    page.get_by_label("Measure", exact=True).select_option("per-year")
    expect(page).to_have_url(f"{site}/losses/?category=tanks&measure=per-year&sort=-tanks")


def test_the_file_of_a_chart_is_downloaded_with_its_rows(watched: Watched, site: str):
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks&measure=per-year&events=none")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    shown = page.locator(".values tbody tr").count()
    assert len(lines) == shown == 5
    assert {line["measure"] for line in lines} == {"per-year"}


def test_the_same_form_works_without_scripts(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/losses/")
    open_part(page, "Categories")
    page.get_by_role("checkbox", name="Personnel", exact=True).uncheck()
    page.get_by_role("checkbox", name="Tanks", exact=True).check()
    page.get_by_label("Measure", exact=True).select_option("share")
    open_part(page, "Days")
    page.get_by_label("Since an event").select_option("kursk-incursion")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{site}/losses/?category=tanks&from=2024-08-06&measure=share")
    expect(title_of(page)).to_contain_text("Tanks: share of the reported total")
    expect(page.locator(".values tbody tr").first).to_contain_text("100.0")
    assert page.get_by_role("button", name="Copy link").count() == 0
    context.close()


@pytest.mark.sweep
@pytest.mark.parametrize(
    "address",
    ["/losses/?category=personnel&category=tanks&panels=1&events=front", "/losses/tanks/rankings/"],
)
def test_the_pages_keep_the_rules_of_accessibility(watched: Watched, site: str, address: str):
    page = watched.page
    page.emulate_media(reduced_motion="reduce")  # no colour on its way to another
    page.goto(f"{site}{address}")
    for summary in page.locator("form summary").all():
        summary.click()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, CONTRAST) == []
