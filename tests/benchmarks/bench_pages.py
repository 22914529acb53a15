"""How long the explorer takes in a browser, against the same charts as static files.

    python -m tests.benchmarks.bench_pages [--tool ../shared/tools/measure_web.py] [--rounds 5]

imports the full dataset from ../shared/data into a database of its own, serves it with the production server and
settings, and makes floor pages out of its answers: the drawing alone, with the same stylesheets, and the drawing
that a few lines of script replace by Plotly. They are files, compressed beforehand, behind the same server, and
sent with the same headers for security. The tool visits both in turn with new browsers; ratios are those of its
medians. What the pages weigh is asked over HTTP with brotli, as a browser asks. Says so and stops where the tool
or the dataset is not there.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "petroivaniuk"
TOOL = ROOT.parent / "shared" / "tools" / "measure_web.py"
SVG, PLOTLY = "css:.chart-paths path", ".js-plotly-plot .main-svg .trace path"
PAGE, OTHER = "/losses/", "/losses/?category=tanks"
SECURITY = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
MOST = {"first chart": 1.3, "interactive chart": 1.3, "change of category": 2.5, "change of range": 2.5}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", type=Path, default=TOOL)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for needed in (options.tool, DATA):
        if not needed.exists():
            print(f"Not measured: {needed.name} is not there.")
            return 0
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as served:
        environment = prepare(Path(scratch))
        site = served.enter_context(serving("conflict.wsgi:application", environment))
        with ThreadPoolExecutor(8) as readers:  # a released site has answered before, in each of its threads
            list(readers.map(fetch, [site + address for address in (PAGE, OTHER) for _reader in range(8)]))
        floors = Path(scratch) / "floors"
        make_floors(site, floors)
        floor = served.enter_context(
            serving(
                "tests.benchmarks.floor:application",
                {**environment, "FLOOR_FOLDER": str(floors), "FLOOR_HEADERS": json.dumps(secure(site))},
            )
        )
        weigh(site)
        measured = measure(options, site, floor)
    over = 0
    for name, (ours, theirs) in measured.items():
        over += ours / theirs > MOST[name]
        ratio = f"ratio {ours / theirs:5.2f}  (at most {MOST[name]})"
        print(f"{name:20} {ours:7.0f} ms   floor {theirs:7.0f} ms   {ratio}")
    return 1 if over else 0


def prepare(scratch: Path) -> dict[str, str]:
    """Fill a database with the demo and the full dataset, collect the static files, and return the environment."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{scratch / 'full.sqlite3'}",
        "SECRET_KEY": "of-a-benchmark-that-serves-nobody-and-guards-nothing",
        "HTTPS": "false",
        "DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": "conflict.settings",
    }
    for command in (
        ["migrate"],
        ["load_demo"],
        ["import_losses", "petroivaniuk", "--path", str(DATA)],
        ["collectstatic", "--noinput"],
    ):
        run = [sys.executable, "manage.py", *command]
        subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True)
    return environment


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[str]:
    """Serve a WSGI application on a free port of the loopback, as `make demo` does, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port),
        *("--workers", "1", "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"),
        *("--log-level", "error", application),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _try in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def fetch(address: str, **headers: str) -> str:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - the loopback
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        text: str = response.read().decode()
    return text


def secure(site: str) -> dict[str, str]:
    """Return the headers for security that the explorer's page has: a floor page is sent with them as well."""
    with urllib.request.urlopen(site + PAGE, timeout=60) as response:  # noqa: S310 - the loopback
        return {name: value for name in SECURITY if (value := response.headers[name])}


def make_floors(site: str, folder: Path) -> None:
    """Write the floor pages: the explorer's own drawing and figure, and nothing else of it."""
    from whitenoise.compress import Compressor

    folder.mkdir()
    pages = [fetch(site + address) for address in (PAGE, OTHER)]
    drawings = [
        re.search(r'<div class="chart-figure">.*?class="chart-reset".*?</button></div></div>', page, re.S)
        for page in pages
    ]
    sheets = "".join(re.findall(r'<link rel="stylesheet"[^>]*>', pages[0]))
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Floor</title>'
    head += f'<meta name="viewport" content="width=device-width, initial-scale=1">{sheets}'
    drawn = [found[0] for found in drawings if found]
    figures = figures_of([site + PAGE, site + OTHER])
    script = re.search(r'data-plotly="([^"]*)"', pages[0])
    if len(drawn) != 2 or script is None:
        raise SystemExit("The explorer's page has no chart.")
    # The explorer's Plotly lies over the drawing; here it comes below it, and both are painted as well.
    change = '<button id="change">Change</button>'
    (folder / "index.html").write_text(f"{head}</head><body>{drawn[0]}</body></html>", encoding="utf-8")
    (folder / "plotly").mkdir()
    (folder / "plotly" / "index.html").write_text(
        f'{head}<script src="{script[1]}" defer></script><script src="/floor.js" defer></script></head><body>'
        f'{change}{drawn[0]}<div id="chart"></div>'
        f"<template id='figure'>{html.escape(json.dumps(figures[0]))}</template></body></html>",
        encoding="utf-8",
    )
    (folder / "other.json").write_text(json.dumps(figures[1]), encoding="utf-8")
    shutil.copy(Path(__file__).parent / "floor.js", folder)
    for file in [file for file in folder.rglob("*") if file.is_file()]:
        Compressor(quiet=True).compress(str(file))


def figures_of(addresses: list[str]) -> list[dict[str, Any]]:
    """Give the figures that Plotly has drawn on some pages, with all that the site's script does for it."""
    from playwright.sync_api import sync_playwright

    from tests.browser.screenshots import ARGS, CHROMIUM

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for address in addresses:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(address)
            page.hover(".chart-box")
            page.wait_for_selector(".chart-is-live", timeout=60_000)
            plot = "document.querySelector('.chart-live')"
            found.append(page.evaluate(f"({{ data: {plot}.data, layout: {plot}.layout }})"))
        browser.close()
    return found


def weigh(site: str) -> None:
    """Print what the explorer's page and its files weigh on the wire before Plotly, and a visit that returns."""
    page, etag = weight(site + PAGE)
    files = re.findall(r'(?:href|src)="(/static/[^"]*\.(?:css|js|svg))"', fetch(site + PAGE))
    parts = {Path(file).name: weight(site + file)[0] for file in dict.fromkeys(files)}
    again = weight(site + PAGE, etag)[0]
    print(f"page {page:,} bytes; with its files {page + sum(parts.values()):,} bytes:")
    print("  " + ", ".join(f"{name} {size:,}" for name, size in parts.items()))
    print(f"a visit that returns {again:,} bytes")


def weight(address: str, etag: str = "") -> tuple[int, str]:
    """Return the bytes of a response with its head, and its ETag."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    headers = {"Accept-Encoding": "gzip, deflate, br", **({"If-None-Match": etag} if etag else {})}
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers)
    response = connection.getresponse()
    head = sum(len(f"{name}: {value}\r\n") for name, value in response.getheaders()) + len(
        "HTTP/1.1 200 OK\r\n\r\n"
    )
    size, tag = head + len(response.read()), response.getheader("ETag") or ""
    connection.close()
    return size, tag


def measure(options: argparse.Namespace, site: str, floor: str) -> dict[str, tuple[float, float]]:
    """Return each measure of the site and of its floor in milliseconds."""

    def run(*arguments: str) -> dict[str, Any]:
        command = [sys.executable, str(options.tool), *arguments, "--rounds", str(options.rounds), "--json", "-"]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        targets: dict[str, Any] = json.loads(done.stdout)["targets"]
        return targets

    first = run(f"site={site}{PAGE}={SVG}", f"floor={floor}/={SVG}", "--prime", "0")  # what is cold alone counts
    live = (f"site={site}{PAGE}={PLOTLY}", f"floor={floor}/plotly/={PLOTLY}")
    watch = ("--act-chart", "site=.chart-box", "--act-chart", "floor=#chart", "--act", "floor=click #change")
    category = "click .pick:has(#id_category_1) summary ; click #id_category_1"
    one = run(*live, *watch, "--act", f"site={category}")
    two = run(*live, *watch, "--act", "site=click #range-3")

    def medians(targets: dict[str, Any], phase: str, key: str) -> tuple[float, float]:
        ours, theirs = (targets[name]["medians"][phase][key]["median"] for name in ("site", "floor"))
        return ours, theirs

    return {
        "first chart": medians(first, "cold", "chart"),
        "interactive chart": medians(one, "cold", "chart"),
        "change of category": medians(one, "act", "act_first"),
        "change of range": medians(two, "act", "act_first"),
    }


if __name__ == "__main__":
    sys.exit(main())
