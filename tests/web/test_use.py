"""The snippets of /data/use/ are run as they are shown, against this very site."""

from __future__ import annotations

import csv
import html
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conflict.web.use import FOLDER, SITE, SNIPPETS
from tests.make import D, make_record, make_reference, publish_records

NOVEMBER = [make_record(D(2024, 11, day), tanks=9000 + 3 * day, personnel=700000 + day) for day in range(1, 31)]


@pytest.fixture
def site(transactional_db, live_server, settings, tmp_path) -> str:
    settings.PACKAGE_DIR = tmp_path / "packages"
    make_reference()
    publish_records(*NOVEMBER[:20])
    publish_records(*NOVEMBER[20:], make_record(D(2024, 11, 1), tanks=9004))
    return live_server.url


def shown(client, site: str, key: str) -> str:
    """Return a snippet as the page shows it to a visitor of the live site."""
    page = client.get("/data/use/", headers={"host": site.removeprefix("http://")}).content.decode()
    section = page.partition(f'<h2 id="{key}">')[2]
    return html.unescape(re.search(r"<pre[^>]*><code>(.*?)</code></pre>", section, re.DOTALL)[1])


def run(command: list[str], text: str, folder: Path) -> str:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run(
        command,
        input=text,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_takes_csv_json_and_the_package_and_the_latter_once(client, site, tmp_path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed.")
    text = shown(client, site, "curl")
    run(["sh", "-e"], text, tmp_path)
    with (tmp_path / "tanks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30 and rows[0]["total"] == "9004"
    assert '"category": "tanks"' in (tmp_path / "tanks.json").read_text(encoding="utf-8")
    first = (tmp_path / "ledger.zip").read_bytes()
    assert zipfile.is_zipfile(tmp_path / "ledger.zip")
    (tmp_path / "ledger.zip").write_bytes(b"kept")
    run(["sh", "-e"], text, tmp_path)
    assert (tmp_path / "ledger.zip").read_bytes() in {b"kept", b""} and first


@pytest.mark.parametrize("key", ["pandas", "polars", "package"])
def test_python_reads_the_ledger(client, site, tmp_path, key: str) -> None:
    pytest.importorskip("polars" if key == "polars" else "pandas")
    said = run([sys.executable, "-"], shown(client, site, key), tmp_path)
    if key == "package":
        assert re.search(r"tanks\s+9060", said)  # as of version 1, when 20 days were reported
    else:
        assert "2024-11-30" in said and "3.0" in said


def test_r_reads_the_ledger(client, site, tmp_path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed.")
    assert "9090" in run(["Rscript", "-"], shown(client, site, "r"), tmp_path)


@pytest.mark.parametrize("key", ["r", "sheets", "excel"])
def test_the_addresses_of_the_other_snippets_answer(client, site, key: str) -> None:
    text = shown(client, site, key)
    assert site in text
    path = "/api/v1/losses.csv"
    assert path in text
    for name, value in (("category", "tanks"), ("from", "2024-11-01"), ("to", "2024-11-30")):
        assert f"{name}={value}" in text or f'{name} = "{value}"' in text or f'[{name} = "{value}"' in text
    answer = client.get(f"{path}?category=tanks&from=2024-11-01&to=2024-11-30")
    assert answer.status_code == 200


def test_every_file_of_the_folder_is_shown_and_none_names_another_site() -> None:
    assert {snippet.file for snippet in SNIPPETS} == {path.name for path in FOLDER.iterdir()}
    for path in FOLDER.iterdir():
        addresses = re.findall(r"https?://[^/\"\s]+", path.read_text(encoding="utf-8"))
        assert set(addresses) == {SITE}


@pytest.mark.django_db
def test_an_empty_ledger_has_snippets_too(client) -> None:
    assert "conflict-ledger-v1.zip" in client.get("/data/use/").content.decode()
