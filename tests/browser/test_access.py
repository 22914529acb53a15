"""Every page for everybody: by keyboard, without scripts, in both themes and languages, on a phone and a wall."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import ALL_AND_BEST_PRACTICE, CONTRAST, faults
from tests.browser.screenshots import EXAMPLES, PAGES, WIDTHS
from tests.sweeps import in_a_sweep

pytestmark = pytest.mark.browser

FIRST = {"/", "/losses/", "/reports/2024-11-19/", "/uk/events/odesa-strike/"}  # a sweep goes through the others

PATHS = [path.format(**EXAMPLES) for path in PAGES.values()]
ADDRESSES = [*PATHS, *(f"/uk{path}" for path in PATHS if not path.startswith("/api/"))]
WINDOW = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def one_tab(browser: Browser) -> Iterator[Page]:
    """A tab for all that only look: opening one costs more than most pages do."""
    context = browser.new_context(locale="en-GB", viewport=WINDOW, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, site: str, one_tab: Page) -> Page:
    """Open an address once for every test of it; pytest runs them one after another."""
    one_tab.goto(site + request.param)
    return one_tab


@pytest.fixture
def light(opened: Page) -> Iterator[Page]:
    """Give the page in the light theme, in a desk's window, scrolled to its top and nothing in focus."""
    opened.emulate_media(color_scheme="light")
    opened.set_viewport_size(WINDOW)
    opened.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    return opened


def in_turn(addresses: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("opened", in_a_sweep(addresses, but=FIRST), indirect=True, scope="module")


MOST_STOPS = 50
STOPS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest('[popover]'))
  .filter(e => e.type !== 'radio' || e === (document.querySelector(`input[name="${e.name}"]:checked`) ?? e))
  .length"""

# As each Tab is let go: whether the focused element looks other than without focus, and lies in the window.
# Asked from outside, after each key, the page would be painted for each.
WATCH_THE_FOCUS = """() => {
  const stops = window.stopsOfTheFocus = [];
  const watch = ({ key }) => {
    const e = document.activeElement;
    if (key !== 'Tab' || !e || e === document.body) return;
    const look = () => [e, ...e.querySelectorAll('*')].map((part) => {
      const s = getComputedStyle(part);
      const line = [s.outlineStyle, s.stroke, s.strokeWidth, s.textDecorationLine];
      return [...line, s.fill, s.opacity, s.boxShadow].join();
    }).join('|');
    const focused = look();
    const box = e.getBoundingClientRect();
    e.blur();
    const plain = look();
    e.focus();
    stops.push([focused !== plain, box.bottom > 0 && box.top < innerHeight]);
  };
  document.addEventListener('keyup', watch, true);
}"""


@in_turn(PATHS)
def test_keyboard_reaches_every_control_in_order_and_shows_where_it_is(light: Page) -> None:
    expected = min(light.evaluate(STOPS), MOST_STOPS)
    light.evaluate(WATCH_THE_FOCUS)
    for _ in range(expected):
        light.keyboard.press("Tab")
    assert light.evaluate("stopsOfTheFocus") == [[True, True]] * expected


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


@in_turn(ADDRESSES)
def test_page_keeps_every_rule_of_access(light: Page) -> None:
    assert faults(light, ALL_AND_BEST_PRACTICE) == []


@in_turn(ADDRESSES)
def test_page_is_readable_in_the_dark(light: Page) -> None:
    light.emulate_media(color_scheme="dark")
    assert faults(light, CONTRAST) == []


@in_turn(ADDRESSES)
def test_page_fits_every_width_and_no_text_lies_over_another(light: Page) -> None:
    wrong: dict[int, object] = {}
    for width in (320, *WIDTHS):  # 320 px is a desk's 1,280 at 400 %
        light.set_viewport_size({"width": width, "height": 900})
        if (wide := light.evaluate("document.documentElement.scrollWidth")) > width:
            wrong[width] = f"scrolls sideways to {wide}"
        elif overlapping := light.evaluate(OVERLAPS):
            wrong[width] = overlapping
    assert wrong == {}


@pytest.fixture(scope="module")
def tab_without_scripts(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", in_a_sweep(PATHS, but=FIRST))
def test_page_works_without_scripts(site: str, tab_without_scripts: Page, path: str) -> None:
    page = tab_without_scripts
    answer = page.goto(site + path)
    assert answer is not None and answer.status in (200, 404)
    assert page.locator("main h1").first.is_visible()
    for box in page.locator(".chart-box").all():
        assert box.locator("svg.chart-picture").is_visible() or box.locator("p").is_visible()
    # What only a script can do is not offered.
    for name in ("[data-theme-switch]", "[data-keys-open]", ".chart-reset"):
        assert page.locator(name).filter(visible=True).count() == 0


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
