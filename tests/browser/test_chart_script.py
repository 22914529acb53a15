"""static/js/chart.js in Chromium, on a static page under the site's strict policy."""

import http.server
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from conflict.analysis.series import Series, changes_per_day, mean_rate
from conflict.charts.chart import losses_chart
from conflict.charts.figures import figure, payload_json
from conflict.charts.svg import drawing
from conflict.staticfiles import PUBLISHED
from tests.charts.make import daily_series, make_event

pytestmark = [pytest.mark.browser, pytest.mark.plotly]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WATCH = """
window.violations = []; window.shift = 0;
document.addEventListener("securitypolicyviolation", (e) =>
  violations.push(`${e.violatedDirective} ${e.sourceFile}`));
new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


def embedded(chart):
    return format_html(
        '<figure class="figure" data-chart data-plotly="/static/{}" data-plotly-css="/static/css/plotly.css">'
        "<figcaption>{}</figcaption>{}<template data-figure>{}</template></figure>",
        PUBLISHED,
        chart.title,
        drawing(chart),
        payload_json(chart),
    )


def page_of(*charts):
    return format_html(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Charts</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/static/css/site.css">'
        '<script type="module" src="/static/js/chart.js"></script></head>'
        '<body><main class="page"><h1>Charts</h1><div id="part">{}</div><a href="#after">After</a></main></body>',
        mark_safe("".join(map(embedded, charts))),  # noqa: S308 - made by format_html above
    )


def course(**given):
    events = [
        make_event(400, "Kakhovka dam breached"),
        make_event(1000, "Day 1,000"),
        make_event(1003, "Close by"),
    ]
    measured = mean_rate(daily_series(), days=14)
    return losses_chart(
        [measured], labels={"tanks": "Tanks"}, title="Tanks a day", y_label="tanks a day", events=events, **given
    )


def weeks():
    return losses_chart(
        [changes_per_day(daily_series())], labels={"tanks": "Tanks"}, title="Weeks", y_label="a day"
    )


@pytest.fixture
def site():
    """Serve one page and the static files, and count what is asked for."""
    state = SimpleNamespace(page=page_of(course(), weeks()), asked=[], plotly_works=True)

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            state.asked.append(self.path)
            body, kind = None, "text/html; charset=utf-8"
            if self.path == "/":
                body = state.page.encode()
            elif self.path == "/favicon.ico":
                body = b""
            elif self.path.startswith("/static/"):
                found = finders.find(self.path.removeprefix("/static/"))
                if found and (state.plotly_works or PUBLISHED not in self.path):
                    body = Path(found).read_bytes()
                    kind = "text/css" if found.endswith(".css") else "text/javascript"
            elif self.path.startswith("/events/"):
                body = b"<!doctype html><title>An event</title>"
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body or b"")

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/"
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(page, site):
    """Open the page and gather every complaint of the browser."""
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": 1440, "height": 1200})
    page.emulate_media(color_scheme="light")
    return page


def until(page, condition, seconds=20):
    """Wait without `wait_for_function`, which needs eval and so breaks the policy under test."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never became true: {condition}")


ALL_LIVE = "document.querySelectorAll('.chart-is-live').length === document.querySelectorAll('.chart-plot').length"
RANGE = "document.querySelector('.chart-live').layout.xaxis.range"


def open_live(reader, site):
    reader.goto(site.url)
    until(reader, ALL_LIVE)


def zoom(reader):
    box = reader.locator(".chart-box").first.bounding_box()
    reader.mouse.move(box["x"] + 250, box["y"] + 200)
    reader.mouse.down()
    reader.mouse.move(box["x"] + 850, box["y"] + 200, steps=4)
    reader.mouse.up()
    until(reader, "document.querySelector('.chart-box').classList.contains('chart-is-zoomed')")


def test_plotly_takes_over_when_the_page_is_idle_and_nothing_moves_or_is_forbidden(reader, site):
    open_live(reader, site)
    assert reader.evaluate("violations") == []
    assert reader.evaluate("shift") == 0
    assert reader.complaints == []
    assert {path.split("/")[1] for path in site.asked} <= {"", "static", "favicon.ico"}


def test_plotly_stands_where_the_drawing_stood(reader, site):
    open_live(reader, site)
    drawn, live = reader.evaluate(
        """[".chart-paths .chart-line", ".chart-live .scatterlayer .js-line"].map((s) => {
             const r = document.querySelector(s).getBoundingClientRect();
             return [r.left, r.top, r.right, r.bottom]; })"""
    )
    assert drawn == pytest.approx(live, abs=1.5)


def test_nothing_is_loaded_before_it_is_wanted_where_data_are_dear_and_a_touch_loads_it(reader, site):
    reader.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    reader.goto(site.url)
    reader.wait_for_timeout(1500)
    assert f"/static/{PUBLISHED}" not in site.asked
    reader.locator(".chart-box").first.hover()
    until(reader, "document.querySelectorAll('.chart-is-live').length === 1")
    assert f"/static/{PUBLISHED}" in site.asked


def test_the_drawing_stays_when_plotly_does_not_load(reader, site):
    site.plotly_works = False
    reader.goto(site.url)
    until(reader, "document.querySelector('figure').dataset.chartProblem !== undefined")
    assert reader.locator(".chart-is-live").count() == 0
    assert reader.locator(".chart-paths").first.is_visible()
    site.plotly_works = True  # and the next touch tries again
    reader.locator(".chart-box").first.hover()
    until(reader, "document.querySelectorAll('.chart-is-live').length >= 1")


def test_the_page_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site.url)
    assert page.locator(".chart-paths").first.is_visible()
    assert page.get_by_role("img").count() == 2
    page.get_by_role("link", name="Day 1,000").locator("text").click()
    assert page.url.endswith("/events/1000/")
    context.close()


def test_pointing_shows_the_day_and_its_value(reader, site):
    open_live(reader, site)
    box = reader.locator(".chart-box").first.bounding_box()
    reader.mouse.move(box["x"] + 500, box["y"] + 200)
    until(reader, "/\\d+ \\w+ \\d{4}/.test(document.querySelector('.hoverlayer').textContent)")


def test_a_zoom_shows_its_own_scale_and_the_button_leads_back(reader, site):
    open_live(reader, site)
    home = reader.evaluate(RANGE)
    zoom(reader)
    assert reader.evaluate(RANGE) != home
    until(reader, "document.querySelectorAll('.chart-live .xtick').length > 2")
    assert not reader.locator(".chart-scale").first.is_visible()
    reader.get_by_role("button", name="Show the whole range").click()
    until(reader, "!document.querySelector('.chart-box').classList.contains('chart-is-zoomed')")
    assert reader.evaluate(RANGE) == home
    assert reader.locator(".chart-reset").first.is_hidden()


def test_events_keep_to_their_days_through_a_zoom(reader, site):
    open_live(reader, site)
    zoom(reader)
    off = reader.evaluate(
        """[...document.querySelectorAll(".chart-event")].filter((a) => a.getBoundingClientRect().width)
           .map((a) => {
             const live = document.querySelector(".chart-live"), axis = live._fullLayout.xaxis;
             const mark = a.querySelector("line, circle").getBoundingClientRect();
             const there = live.getBoundingClientRect().left + axis._offset + axis.d2p(a.dataset.date);
             return Math.abs(mark.left + mark.width / 2 - there); })"""
    )
    assert off
    assert max(off) < 1.5


def test_colours_follow_the_reader_s_theme_and_keep_the_zoom(reader, site):
    open_live(reader, site)
    zoom(reader)
    before = reader.evaluate(RANGE)
    color = "getComputedStyle(document.querySelector('.chart-live .js-line')).stroke"
    assert reader.evaluate(color) == "rgb(11, 92, 122)"
    reader.emulate_media(color_scheme="dark")
    until(reader, f"{color} === 'rgb(108, 195, 224)'")
    assert reader.evaluate(RANGE) == before


def test_a_swapped_part_gets_its_chart_and_the_old_one_is_given_up(reader, site):
    open_live(reader, site)
    reader.evaluate(
        """(html) => { const part = document.querySelector("#part");
             window.old = document.querySelector(".chart-live");
             const detail = { shouldSwap: true, target: part };
             document.dispatchEvent(new CustomEvent("htmx:beforeSwap", { detail }));
             part.innerHTML = html;
             document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: part } })); }""",
        str(embedded(weeks())),
    )
    until(reader, ALL_LIVE)
    until(reader, "() => !old.isConnected && !old._fullLayout")  # its memory is given back after the new picture
    assert reader.locator(".chart-live").count() == 1
    assert reader.locator(".chart-live .bars path").count() > 100
    assert reader.complaints == []


def test_a_swap_that_does_not_happen_leaves_the_charts_alone(reader, site):
    open_live(reader, site)
    reader.evaluate(
        """document.dispatchEvent(new CustomEvent("htmx:beforeSwap",
             { detail: { shouldSwap: false, target: document.body } }))"""
    )
    assert reader.locator(".chart-is-live").count() == 2


def test_the_keyboard_reaches_the_events_and_leaves_the_chart(reader, site):
    open_live(reader, site)
    seen = []
    for _ in range(12):
        reader.keyboard.press("Tab")
        seen.append(
            reader.evaluate(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            )
        )
        if seen[-1] == "After":
            break
    assert [name.split(": ")[1] for name in seen[:3]] == ["Kakhovka dam breached", "Day 1,000", "Close by"]
    assert seen[-1] == "After"


def test_what_a_bar_shows_is_unpacked_to_the_server_s_own_words(reader, site):
    falls = Series.of(
        "tanks", "tanks", [(o.date, 10**7 - 1111 * o.total, None) for o in daily_series(60).observations]
    )
    few = losses_chart([changes_per_day(falls)], labels={"tanks": "Tanks"}, title="Falls", y_label="a day")
    site.page = page_of(weeks(), few)
    open_live(reader, site)
    shown = reader.evaluate(
        "[...document.querySelectorAll('.chart-live')].map((e) => e.data.map((t) => t.hovertext))"
    )
    assert shown == [[trace["hovertext"] for trace in figure(chart)["data"]] for chart in (weeks(), few)]
    assert "−" in shown[1][0][0]


def test_the_keyboard_moves_through_the_values_and_says_each(reader, site):
    open_live(reader, site)
    keys = reader.get_by_role("slider").first
    keys.focus()
    values = daily_series().observations
    said = lambda: keys.get_attribute("aria-valuetext")  # noqa: E731
    last = said()
    assert last.startswith("8 August 2026: Tanks ")
    assert last.endswith(" (tanks a day)")
    until(reader, "document.querySelector('.hoverlayer').textContent.includes('8 August 2026')")
    reader.keyboard.press("ArrowLeft")
    assert said().startswith("7 August 2026: ")
    until(reader, "document.querySelector('.hoverlayer').textContent.includes('7 August 2026')")
    reader.keyboard.press("PageDown")
    assert said().startswith("8 July 2026: ")
    reader.keyboard.press("Home")
    assert keys.get_attribute("aria-valuenow") == "1"
    first = said()
    reader.keyboard.press("ArrowLeft")
    assert said() == first
    reader.keyboard.press("End")
    assert said() == last
    assert keys.get_attribute("aria-valuenow") == keys.get_attribute("aria-valuemax")
    assert len(values) >= int(keys.get_attribute("aria-valuemax")) > 1_500
    zoom(reader)
    reader.keyboard.press("End")  # of what is in sight
    assert said() not in (first, last)
    assert reader.evaluate("shift") == 0


def test_without_the_script_no_key_waits_for_it(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    assert page.get_by_role("slider").count() == 0
    context.close()


def test_a_live_chart_keeps_its_name(reader, site):
    open_live(reader, site)
    assert reader.get_by_role("img", name="Tanks a day. Tanks: from").count() == 1
    assert reader.locator(".chart-live").first.get_attribute("aria-hidden") == "true"
    assert reader.locator(".chart-live :is(a, button, [tabindex])").count() == 0


def test_print_shows_the_drawing(reader, site):
    open_live(reader, site)
    reader.emulate_media(media="print", color_scheme="dark")
    assert reader.locator(".chart-paths").first.is_visible()
    assert not reader.locator(".chart-live").first.is_visible()
    paper = reader.evaluate("getComputedStyle(document.querySelector('.chart-unit')).fill")
    assert paper == "rgb(90, 95, 105)"  # the light theme's ink


@pytest.mark.sweep
@pytest.mark.parametrize("width", [320, 390, 544, 768, 991, 992, 1440])
def test_texts_have_12_px_and_names_do_not_touch_at_any_width(reader, site, width):
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(site.url)
    texts = reader.evaluate(
        """[...document.querySelector(".chart-box").querySelectorAll("text")].map((t) => {
             const r = t.getBoundingClientRect();
             return [t.textContent, r.left, r.top, r.right, r.bottom, parseFloat(getComputedStyle(t).fontSize)]; })
           .filter((t) => t[3] > t[1])"""
    )
    assert len(texts) >= 8
    for name, left, top, right, bottom, size in texts:
        assert size >= 12
        assert left >= 0, name
        assert right <= width, name
        for other, other_left, other_top, other_right, other_bottom, _ in texts:
            apart = (
                right <= other_left or other_right <= left or bottom - 2 <= other_top or other_bottom - 2 <= top
            )
            assert name == other or apart, (name, other)
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
