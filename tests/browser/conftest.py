"""Chromium for the tests that look at pages: Debian's own, cut off from every host but this machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.screenshots import ARGS, CHROMIUM, demo_site

expect.set_options(timeout=20_000)  # a slow machine is no fault
SCRIPTS_RUN = "() => !matchMedia('(scripting: none)').matches"
ARGUMENTS = [*ARGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]


@pytest.fixture(scope="session", autouse=True)
def chromium() -> Path:
    """Skip where there is no browser; fail where REQUIRE_BROWSER=1 says that there must be one."""
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"REQUIRE_BROWSER is set, and {CHROMIUM} is not installed.")
        pytest.skip(f"{CHROMIUM} is not installed.")
    return CHROMIUM


@pytest.fixture(scope="session", autouse=True)
def pages_that_have_started() -> Iterator[None]:
    """Let whoever opens a page wait for its scripts, which come after its first picture (static/js/start.js)."""
    opens = {name: getattr(Page, name) for name in ("goto", "reload")}
    with pytest.MonkeyPatch.context() as patch:
        for name, open_page in opens.items():
            patch.setattr(Page, name, _and_wait(open_page))
        yield


def _and_wait(open_page: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(open_page)
    def opened(page: Page, *arguments: Any, **options: Any) -> Any:
        answer = open_page(page, *arguments, **options)
        for frame in page.frames:
            if frame.query_selector("script[type='text/later']") and frame.evaluate(SCRIPTS_RUN):
                frame.wait_for_selector("html[data-started]", state="attached")
        return answer

    return opened


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: Path) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": str(chromium), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def context(context: BrowserContext, request: pytest.FixtureRequest) -> BrowserContext:
    """Let drawings stand until they are pointed at, as where data are dear: Plotly costs as much as the page.

    A file that is about what comes by itself says ``pytest.mark.plotly``.
    """
    if not request.node.get_closest_marker("plotly"):
        context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")
    return context


@pytest.fixture(scope="session")
def site(folder_of_the_run: Path) -> Iterator[str]:
    """Serve the demo with the production server, once for all tests that only look, and give its address.

    The first of xdist's workers that wants it starts it, and waits with its end until no other looks any more.
    """
    folder = folder_of_the_run
    name, door, visitors = (folder / f"site.{part}" for part in ("address", "door", "visitors"))
    with ExitStack() as visit:
        with _locked(door, fcntl.LOCK_EX):
            if not name.exists():
                address = visit.enter_context(demo_site(folder, settings="tests.settings"))
                name.write_text(address, encoding="utf-8")
                visit.enter_context(_alone(door, visitors, name))
            visit.enter_context(_locked(visitors, fcntl.LOCK_SH))
        yield name.read_text(encoding="utf-8")


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, how)
        yield


@contextmanager
def _alone(door: Path, visitors: Path, name: Path) -> Iterator[None]:
    """At the end, let nobody in any more, wait until all have gone, and take the address down."""
    yield
    with _locked(door, fcntl.LOCK_EX), _locked(visitors, fcntl.LOCK_EX):
        name.unlink()


@dataclass
class Watched:
    """What the browser complained of, and where it went. ``expected``: pieces of complaints that a test causes."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def unexpected(self) -> list[str]:
        return [c for c in self.complaints if not any(piece in c for piece in self.expected)]


@pytest.fixture
def watched(page: Page) -> Iterator[Watched]:
    """Give a page of which every complaint, violation of the policy and foreign request fails the test."""
    watch = Watched(page)

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            watch.complaints.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        watch.requests.append(request.url)

    page.on("console", heard)
    page.on("pageerror", lambda error: watch.complaints.append(f"exception: {error}"))
    page.on("request", asked)
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) =>"
        " console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));"
    )
    yield watch
    assert not watch.unexpected()
    foreign = [
        u for u in watch.requests if not u.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:"))
    ]
    assert not foreign
