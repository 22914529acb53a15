"""Pictures of every page: ``make screenshots`` puts them, and a contact sheet, into var/screenshots/.

Serves the demo from a database of its own with the production server, so that what is seen is what a visitor
gets. ``--readme`` takes the README's pictures, into docs/pictures/, instead.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
# Debian has the same engine in a program without windows as well: there a page opens at a fifth of the cost.
CHROMIUM = Path(shutil.which("chromium-headless-shell") or "/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
]
PAGES = {
    "overview": "/",
    "losses": "/losses/",
    "panels": "/losses/?category=personnel&category=tanks&panels=1&measure=total",
    "rankings": "/losses/personnel/rankings/",
    "category": "/losses/tanks/",
    "category-calendar": "/losses/personnel/calendar/",
    "category-years": "/losses/tanks/years/",
    "reports": "/reports/",
    "month": "/reports/2024-11/",
    "report": "/reports/2024-11-19/",
    "timeline": "/timeline/",
    "timeline-month": "/timeline/?month=2024-11&theme=aid&theme=strike&theme=chemical",
    "event": "/events/{event}/",
    "map": "/map/",
    "places": "/places/",
    "place": "/places/odesa/",
    "actors": "/actors/",
    "actor": "/actors/opcw/",
    "event-question": "/events/opcw-confirms-cs/",
    "articles": "/articles/",
    "article": "/articles/{article}/",
    "about": "/about/",
    "milestones": "/milestones/",
    "day-1000": "/milestones/day-1000/",
    "versions": "/versions/",
    "version": "/versions/3/",
    "figure": "/reports/2024-11-03/personnel/",
    "integrity": "/integrity/",
    "compare-sources": "/compare/sources/",
    "compare-categories": "/compare/categories/",
    "compare-weeks": "/compare/weeks/",
    "compare-periods": "/compare/periods/",
    "compare-wars": "/compare/wars/",
    "event-around": "/events/{event}/around/",
    "search": "/search/?q=odesa",
    "data": "/data/",
    "data-use": "/data/use/",
    "embed-losses": "/embed/losses/?category=personnel",
    "embed-timeline": "/embed/timeline/",
    "embed-figure": "/embed/figure/2024-11-19/tanks/",
    "api": "/api/v1/docs",
    "not-found": "/reports/2024-02-30/",
}
TOUR = {
    "overview": ("/", 0, 1200, 860),
    "explorer": ("/losses/?category=tanks&category=artillery&measure=per-month", 0, 1200, 760),
    "figure": ("/reports/2024-11-03/personnel/", 0, 1200, 760),
    "integrity": ("/integrity/", 0, 1200, 540),
    "timeline": ("/timeline/", 0, 1200, 760),
    "map": ("/map/", 500, 780, 740),
}
"""The README's pictures: where each is taken, how far down it begins, how wide and how high it is, in pixels."""

EXAMPLES = {"event": "odesa-strike", "article": "losses-2024-11-19"}
WIDTHS = {360: 740, 390: 844, 768: 1024, 1440: 900, 2560: 1440}


@contextmanager
def demo_site(folder: Path, *, settings: str = "conflict.settings") -> Iterator[str]:
    """Serve the demo, from a database in ``folder``, on a free port of the loopback and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "SECRET_KEY": "only-for-pictures",
        "HTTPS": "false",
        "DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": settings,
    }
    fill = "import django; from django.core.management import call_command as call; django.setup(); "
    fill += "call('migrate', verbosity=0); call('load_demo')"
    subprocess.run([sys.executable, "-c", fill], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--blocking-threads", "4", "--log-level", "warning", "conflict.wsgi:application"),
        ],
        cwd=ROOT,
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(500):  # a loaded machine takes its time
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def take(browser: Browser, address: str, target: Path, *, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(400)
    page.screenshot(path=target, full_page=True)
    page.close()


def take_tour(browser: Browser, site: str, folder: Path) -> None:
    """Take the README's pictures."""
    for name, (path, top, width, height) in TOUR.items():
        page = browser.new_page(viewport={"width": 1200, "height": 760}, color_scheme="light")
        page.goto(site + path, wait_until="networkidle")
        page.wait_for_timeout(400)
        clip = {"x": 0, "y": top, "width": width, "height": height}
        page.screenshot(path=folder / f"{name}.png", full_page=True, clip=clip)
        page.close()


def contact_sheet(browser: Browser, folder: Path) -> Path:
    """Put all pictures on one page, a row for each page of the site, and photograph that."""
    cells = "".join(
        f"<figure><img src='{path.name}' width='240'><figcaption>{path.stem}</figcaption></figure>"
        for path in sorted(folder.glob("*-*.png"))
    )
    sheet = folder / "index.html"
    sheet.write_text(
        "<!doctype html><meta charset='utf-8'><title>Contact sheet</title><style>body{font:12px sans-serif}"
        "figure{display:inline-block;margin:6px;vertical-align:top}img{height:360px;object-fit:cover;"
        f"object-position:top;border:1px solid #999}}</style>{cells}",
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 2600, "height": 1400})
    page.goto(sheet.as_uri())
    page.screenshot(path=folder / "contact.png", full_page=True)
    return folder / "contact.png"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only the README's pictures")
    parser.add_argument("--only", help="one page, by its name")
    parser.add_argument("--widths", default="390,1440", help="comma-separated, of " + ", ".join(map(str, WIDTHS)))
    options = parser.parse_args()
    widths = [int(width) for width in options.widths.split(",")]
    folder = ROOT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        demo_site(Path(scratch)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        if options.readme:
            take_tour(browser, address, ROOT / "docs" / "pictures")
            print(f"Took docs/pictures/{{{','.join(TOUR)}}}.png")
            return
        taken = 0
        for name, path in PAGES.items():
            if options.only in (None, name):
                for width in widths:
                    for scheme in ("light", "dark"):
                        target = folder / f"{name}-{width}-{scheme}.png"
                        take(browser, address + path.format(**EXAMPLES), target, width=width, scheme=scheme)
                        taken += 1
        sheet = contact_sheet(browser, folder)
    print(f"Took {taken} pictures; the contact sheet is {sheet.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
