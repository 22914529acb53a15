"""Every page for everybody: by keyboard, without scripts, in both themes and languages, on a phone and a wall."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import EXAMPLES, PAGES, WIDTHS

pytestmark = pytest.mark.browser

PATHS = [path.format(**EXAMPLES) for path in PAGES.values()]
ADDRESSES = [*PATHS, *(f"/uk{path}" for path in PATHS if not path.startswith("/api/"))]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults(found: dict) -> list[str]:
    return [f"{v['id']}: {v['nodes'][0]['html'][:150]} ({len(v['nodes'])})" for v in found["violations"]]


# Texts that lie over one another: pieces of two elements that share more than a hairline.
OVERLAPS = """() => {
  const pieces = [];
  const walk = document.createTreeWalker(document.querySelector('.page, main'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim()) continue;
    if (parent.closest('svg, [hidden], [popover], .skip, .announcement, .js-plotly-plot')) continue;
    if (!parent.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 2 && box.height > 2) pieces.push({ parent, box, text: node.data.trim().slice(0, 40) });
    }
  }
  pieces.sort((a, b) => a.box.top - b.box.top);
  const found = [];
  const head = (piece) => piece.parent.closest('th')?.matches('thead th'); // it sticks over the rows it heads
  for (let i = 0; i < pieces.length; i++) {
    for (let j = i + 1; j < pieces.length && pieces[j].box.top < pieces[i].box.bottom; j++) {
      const [a, b] = [pieces[i], pieces[j]];
      if (a.parent === b.parent || head(a) !== head(b)) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (wide > 2 && high > 5) found.push(`${a.text} / ${b.text}`);
    }
  }
  return found.slice(0, 5);
}"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_accessible_in_both_themes_and_fits_every_width(site: str, page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(site + address)
    axe = Axe()
    wrong: dict[str, object] = {"axe": faults(axe.run(page, options=RULES).response)}
    page.emulate_media(color_scheme="dark")
    wrong["contrast in the dark"] = faults(axe.run(page, options=CONTRAST).response)
    for width in (320, *WIDTHS):  # 320 px is a desk's 1,280 at 400 %
        page.set_viewport_size({"width": width, "height": 900})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            wrong[f"{width} px"] = f"scrolls sideways to {wide}"
        else:
            wrong[f"{width} px"] = page.evaluate(OVERLAPS)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("path", PATHS)
def test_page_works_without_scripts(site: str, browser: Browser, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    answer = page.goto(site + path)
    assert answer is not None and answer.status in (200, 404)
    assert page.locator("main h1").first.is_visible()
    for box in page.locator(".chart-box").all():
        assert box.locator("svg.chart-picture").is_visible() or box.locator("p").is_visible()
    # What only a script can do is not offered.
    for name in ("[data-theme-switch]", "[data-keys-open]", ".chart-reset"):
        for button in page.locator(name).all():
            assert not button.is_visible()
    context.close()


MOST_STOPS = 50

# Whether the focused element looks other than without focus, and lies in the window.
MARKED_AND_IN_SIGHT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = () => [e, ...e.querySelectorAll('*')].map((part) => {
    const s = getComputedStyle(part);
    return [s.outlineStyle, s.stroke, s.strokeWidth, s.fill, s.opacity, s.textDecorationLine, s.boxShadow].join();
  }).join('|');
  const focused = look();
  const box = e.getBoundingClientRect();
  e.blur();
  const plain = look();
  e.focus();
  return [focused !== plain, box.bottom > 0 && box.top < innerHeight];
}"""


@pytest.mark.parametrize("path", PATHS)
def test_keyboard_reaches_every_control_in_order_and_shows_where_it_is(site: str, page: Page, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + path)
    expected = page.evaluate(
        """() => [...document.querySelectorAll(
          'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
        .filter(e => !e.disabled && e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest('[popover]'))
        .filter(e => e.type !== 'radio' || e === (document.querySelector(`input[name="${e.name}"]:checked`) ?? e))
        .length"""
    )
    stops = unseen = 0
    for _ in range(min(expected, MOST_STOPS)):
        page.keyboard.press("Tab")
        shown = page.evaluate(MARKED_AND_IN_SIGHT)
        if shown is None:
            break
        stops += 1
        unseen += shown != [True, True]
    assert stops == min(expected, MOST_STOPS)
    assert unseen == 0


def test_short_ways_lead_where_the_sheet_says(site: str, page: Page) -> None:
    page.goto(f"{site}/reports/2024-11-19/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    assert sheet.is_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.locator("main a[rel=next]").wait_for()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile("/reports/2024-11-20/"), timeout=60_000)
    page.wait_for_selector("html[data-started]")
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("/timeline/$"), timeout=60_000)
    page.wait_for_selector("html[data-started]")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("/reports/$"), timeout=60_000)
    page.wait_for_selector("html[data-started]")
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/search/$"), timeout=60_000)
    page.locator("#id_q").fill("g t")
    assert page.url.endswith("/search/") or "q=g" in page.url


def test_single_letters_can_be_turned_off(site: str, page: Page) -> None:
    page.goto(f"{site}/about/")
    page.get_by_role("button", name="Short ways by keyboard").click()
    page.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_theme_is_kept_and_forgotten_when_it_is_the_systems(site: str, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}/about/")

    def paper() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = paper()
    page.get_by_role("button", name="Dark").click()
    dark = paper()
    assert dark != light
    page.goto(f"{site}/articles/")
    assert paper() == dark
    page.get_by_role("button", name="Light").click()
    assert paper() == light
    assert page.evaluate("localStorage.getItem('theme')") is None
    page.emulate_media(color_scheme="dark")
    assert paper() == dark


def test_failed_answer_is_said_and_the_page_stays(site: str, page: Page) -> None:
    page.goto(f"{site}/timeline/")
    before = page.locator("main h1").inner_text()
    page.route("**/timeline/?**", lambda route: route.abort())
    page.locator("#timeline a[hx-get]").nth(2).click()
    page.get_by_text("The answer did not come.").wait_for()
    assert page.locator("main h1").inner_text() == before


@pytest.mark.parametrize("language", ["", "/uk"])
def test_report_prints_on_one_sheet(site: str, page: Page, language: str) -> None:
    page.goto(f"{site}{language}/reports/2024-11-19/")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert len(sheets) == 1
