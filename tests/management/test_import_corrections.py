"""The corrections file beside a dataset: read with it, before anything is written."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from conflict.intake.datasets.petroivaniuk import CORRECTIONS, EQUIPMENT, PERSONNEL
from conflict.intake.fetch import Fetched, FetchError
from conflict.ledger.findings import check_all
from conflict.management.commands import import_losses
from conflict.models import Finding, Report
from tests.make import make_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_reference()
    days = [("2024-06-01", 100), ("2024-06-02", 110), ("2024-06-03", 105)]
    write(tmp_path / EQUIPMENT, [{"date": date, "tank": total} for date, total in days])
    write(tmp_path / PERSONNEL, [{"date": date, "personnel": 5000} for date, _ in days])
    write(tmp_path / CORRECTIONS, [{"date": "2024-06-03", "day": 831, "tank": -9, "personnel": 0}])
    return tmp_path


def write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content), encoding="utf-8")


def run(*arguments: str, path: Path) -> str:
    out = StringIO()
    call_command("import_losses", "petroivaniuk", "--path", str(path), *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_known_corrections_explain_falls(folder: Path) -> None:
    run(path=folder)
    check_all()

    run(path=folder / EQUIPMENT)

    falls = Finding.objects.filter(kind="fall")
    assert falls.count() == 2
    assert {fall.state for fall in falls} == {"explained"}
    assert "0 more findings" in run(path=folder)


def test_a_corrections_file_that_cannot_be_read_stops_the_import(folder: Path) -> None:
    write(folder / CORRECTIONS, [{"date": "2024-06-03", "ekranoplan": -1}])

    with pytest.raises(CommandError, match="ekranoplan"):
        run(path=folder)

    assert not Report.objects.exists()


def test_a_dry_run_explains_nothing(folder: Path) -> None:
    run(path=folder)
    check_all()
    Finding.objects.update(state="open", words="", decided_by="", decided=None)

    run("--dry-run", path=folder)

    assert not Finding.objects.exclude(state="open").exists()


def test_without_a_corrections_file_the_dataset_is_imported_all_the_same(folder: Path) -> None:
    (folder / CORRECTIONS).unlink()

    assert "known corrections" not in run(path=folder)
    assert Report.objects.count() == 3


def test_corrections_are_downloaded_with_a_dataset_where_they_are_there(folder: Path, monkeypatch) -> None:
    asked, absent = [], set()

    def fetch(url: str, *, allow_hosts: frozenset[str]) -> Fetched:
        asked.append(url)
        name = url.rpartition("/")[2]
        if name in absent:
            raise FetchError("the server answered with status 404.")
        return Fetched(url=url, status=200, content_type="text/plain", body=(folder / name).read_bytes())

    monkeypatch.setattr(import_losses, "fetch", fetch)
    out, err = StringIO(), StringIO()
    call_command("import_losses", "petroivaniuk", "--url", "https://example.org/data/", stdout=out, stderr=err)
    assert asked[-1] == f"https://example.org/data/{CORRECTIONS}"
    assert "1 known corrections explain 2 more findings" in out.getvalue()

    absent.add(CORRECTIONS)
    call_command("import_losses", "petroivaniuk", "--url", "https://example.org/data/", stdout=out, stderr=err)
    assert "Without known corrections" in err.getvalue()
    assert "status 404" in err.getvalue()
