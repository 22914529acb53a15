"""The page of the data: what there is, and the package to take away, made once and kept until it changes."""

from __future__ import annotations

import html
import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from conflict.intake.package.reading import Package
from conflict.intake.package.tables import TABLES
from conflict.ledger.restoring import restore
from conflict.ledger.verifying import verify
from conflict.models import Event, Version
from conflict.package import archives
from tests.make import D, make_event, make_record, make_reference, publish_records
from tests.package.conftest import empty

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, tmp_path: Path) -> Path:
    settings.PACKAGE_DIR = tmp_path / "packages"
    return settings.PACKAGE_DIR


@pytest.fixture
def ledger() -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 17)))
    publish_records(make_record(D(2024, 11, 18), tanks=9366))
    make_event()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_lists_every_table_with_rows_and_the_meaning_of_every_column(client: Client, ledger) -> None:
    page = html.unescape(client.get("/data/").content.decode())
    for table in TABLES:
        assert f'id="{table.name}"' in page and table.words in page
        for column in table.columns:
            assert column.words in page
    newest = Version.objects.newest()
    assert f'href="/data/conflict-ledger-v{newest.number}.zip"' in page
    assert newest.hash in page and "Creative Commons" in page and "@misc{conflict-ledger-v2," in page


def test_rows_on_the_page_are_those_of_the_package(client: Client, ledger, tmp_path) -> None:
    from conflict.package.rows import counts
    from conflict.package.writing import write_folder

    packed = write_folder(tmp_path / "p")
    assert counts() == {file.name.removesuffix(".csv"): file.rows for file in packed.files}


def test_an_empty_ledger_says_so_and_has_no_package(client: Client) -> None:
    assert "has no version yet" in client.get("/data/").content.decode()
    answer = client.get("/data/conflict-ledger-v1.zip")
    assert answer.status_code == 404 and "the ledger is empty" in answer.content.decode()


def test_the_zip_restores_the_ledger(client: Client, ledger, tmp_path) -> None:
    answer = client.get("/data/conflict-ledger-v2.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert 'filename="conflict-ledger-v2.zip"' in answer.headers["Content-Disposition"]
    (tmp_path / "taken.zip").write_bytes(body(answer))
    newest = Version.objects.newest().hash
    empty()
    restore(Package(tmp_path / "taken.zip"))
    assert verify().newest_hash == newest and Event.objects.exists()


def test_the_zip_is_made_once_and_again_when_something_in_it_changes(
    client: Client, ledger, kept, monkeypatch
) -> None:
    made = []
    write = archives.write_zip
    monkeypatch.setattr(archives, "write_zip", lambda path, **kwargs: made.append(path) or write(path, **kwargs))
    first = client.get("/data/conflict-ledger-v2.zip")
    second = client.get("/data/conflict-ledger-v2.zip")
    assert body(first) == body(second) and len(made) == 1
    Event.objects.update(title="Another title")
    third = client.get("/data/conflict-ledger-v2.zip")
    assert len(made) == 2 and third.headers["ETag"] != first.headers["ETag"]
    with zipfile.ZipFile(io.BytesIO(body(third))) as archive:
        assert b"Another title" in archive.read("conflict-ledger-v2/events.csv")
    assert [path.name for path in kept.iterdir()] == [made[-1].name]


def test_who_has_the_zip_is_not_sent_it_again(client: Client, ledger, kept) -> None:
    etag = client.get("/data/conflict-ledger-v2.zip").headers["ETag"]
    for path in kept.iterdir():
        path.unlink()
    answer = client.get("/data/conflict-ledger-v2.zip", headers={"if-none-match": etag})
    assert answer.status_code == 304 and not answer.content
    assert list(kept.iterdir()) == []  # nothing was made for it
    assert client.head("/data/conflict-ledger-v2.zip").headers["ETag"] == etag


def test_a_past_version_has_a_package_of_its_own_that_stays_as_it_is(client: Client, ledger) -> None:
    first = client.get("/data/conflict-ledger-v1.zip")
    then = body(first)
    with zipfile.ZipFile(io.BytesIO(then)) as archive:
        assert b"9365" in archive.read("conflict-ledger-v1/losses.csv")
        assert archive.read("conflict-ledger-v1/events.csv").count(b"\n") == 1
    publish_records(make_record(D(2024, 11, 18), tanks=9367))
    Event.objects.update(title="Another title")
    again = client.get("/data/conflict-ledger-v1.zip")
    assert body(again) == then and again.headers["ETag"] == first.headers["ETag"]


def test_a_version_that_is_not_there_has_no_package(client: Client, ledger) -> None:
    answer = client.get("/data/conflict-ledger-v9.zip")
    assert answer.status_code == 404 and "the newest is 2" in answer.content.decode()
    assert client.post("/data/conflict-ledger-v2.zip").status_code == 405


def test_few_zips_are_kept(client: Client, ledger, kept) -> None:
    for total in range(9367, 9377):
        publish_records(make_record(D(2024, 11, 18), tanks=total))
    for number in range(1, 12):
        body(client.get(f"/data/conflict-ledger-v{number}.zip"))
    assert len(list(kept.iterdir())) <= archives.MOST + 1


def test_the_pages_cost_the_same_queries_at_any_size(client: Client, ledger, queries_of) -> None:
    addresses = ("/data/", "/data/use/", "/data/conflict-ledger-v1.zip")
    body(client.get(addresses[-1]))  # it is made, once
    before = [queries_of(address) for address in addresses]
    publish_records(*(make_record(D(2024, 10, day), tanks=9000 + day) for day in range(1, 29)))
    for number in range(5):
        make_event(f"event-{number}")
    assert [queries_of(address) for address in addresses] == before == [2, 1, 9]
