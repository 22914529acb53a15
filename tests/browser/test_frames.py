"""Frames in a real browser: another site shows a chart, and nothing else of this one. JSON-LD is let pass."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


@pytest.fixture
def elsewhere(site: str) -> Iterator[str]:
    """Serve another site that puts an address of this one, its query, into a frame."""

    class Framing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            path = self.path.partition("?")[2]
            frame = f'<iframe src="{site}{path}" width="760" height="520"></iframe>' if path else ""
            self.wfile.write(f"<!doctype html><title>Elsewhere</title><link rel=icon href=data:,>{frame}".encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Framing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"  # another host than the site's 127.0.0.1
    server.shutdown()


@pytest.mark.plotly
def test_another_site_shows_a_chart_that_plotly_takes_over(watched: Watched, elsewhere: str) -> None:
    page = watched.page
    page.goto(f"{elsewhere}/?/embed/losses/?category=tanks")
    frame = page.frame_locator("iframe")
    expect(frame.locator("figcaption")).to_contain_text("Tanks")
    expect(frame.locator(".chart-live")).to_be_visible()
    assert page.context.cookies() == []


def test_a_link_in_a_frame_opens_the_page_outside_of_it(watched: Watched, elsewhere: str, site: str) -> None:
    page = watched.page
    page.goto(f"{elsewhere}/?/embed/figure/2024-11-19/tanks/")
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").locator("main a").click()
    expect(opened.value).to_have_url(f"{site}/reports/2024-11-19/tanks/")


@pytest.mark.sweep
@pytest.mark.parametrize("path", ["/", "/losses/", "/data/", "/embed/nothing/"])
def test_no_other_page_shows_in_a_frame(watched: Watched, elsewhere: str, path: str) -> None:
    watched.expected += ["frame", "Failed to load resource", "policy"]
    page = watched.page
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{elsewhere}/?{path}")
    assert "Conflict Ledger" not in "".join(
        frame.content() for frame in page.frames if frame.url.startswith("http://127")
    )


@pytest.mark.parametrize("path", ["/data/", "/data/use/", "/losses/", "/articles/losses-2024-11-19/"])
def test_json_ld_is_data_that_the_policy_lets_pass(watched: Watched, site: str, path: str) -> None:
    watched.page.goto(site + path)
    assert watched.page.locator('script[type="application/ld+json"]').count() == 1  # and `watched` heard nothing


@pytest.mark.sweep
def test_no_page_of_the_data_is_wider_than_the_screen(watched: Watched, site: str) -> None:
    page = watched.page
    for path in ("/data/", "/data/use/", "/embed/losses/", "/embed/timeline/", "/embed/figure/2024-11-19/tanks/"):
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(site + path)
            for table in page.locator("details").all():
                table.evaluate("element => { element.open = true }")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
