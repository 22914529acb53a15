"""docs/data.md against the code: every file of a package is told of, and every address that it names answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conflict.package.writing import OWN
from tests.make import make_event, make_record, make_reference, publish_records

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def test_every_file_of_the_package_is_told_of_and_no_other() -> None:
    table = TEXT.partition("| file |")[2].partition("\n\n")[0]
    named = {
        name.rstrip("/") for line in table.splitlines() for name in re.findall(r"`([^`]+)`", line.split("|")[1])
    }
    assert named == OWN


@pytest.mark.django_db
def test_every_address_answers(client, settings, tmp_path) -> None:
    settings.PACKAGE_DIR = tmp_path
    make_reference()
    publish_records(make_record(tanks=9382))
    make_event()
    named = re.findall(r"^\| (`/.*?) \|", TEXT, re.MULTILINE)
    addresses = [address for cell in named for address in re.findall(r"`([^`]+)`", cell)]
    assert len(addresses) == 12
    for address in addresses:
        asked = {"url": "http://testserver/losses/"} if address == "/oembed" else {}
        assert client.get(address, asked).status_code == 200, address
