"""A package on its own, without a database: what is wrong with it is said in one sentence, with its place."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from conflict.intake.package.reading import LARGEST_DESCRIPTION, Package, PackageError
from conflict.intake.package.tables import BY_NAME, TABLES


def header(name: str) -> bytes:
    return ",".join(column.name for column in BY_NAME[name].columns).encode() + b"\n"


def write(folder: Path, **rows: bytes) -> Path:
    """Write a package whose tables hold these rows, as they are, below the names of their columns."""
    folder.mkdir()
    parts = []
    for name in BY_NAME:
        text = header(name) + rows.get(name, b"")
        (folder / f"{name}.csv").write_bytes(text)
        parts.append({"path": f"{name}.csv", "hash": f"sha256:{hashlib.sha256(text).hexdigest()}"})
    (folder / "datapackage.json").write_text(json.dumps({"resources": parts}), encoding="utf-8")
    return folder


def fault_of(path: Path) -> str:
    with pytest.raises(PackageError) as fault:
        Package(path).check()
    return str(fault.value)


PARTIES = b"russia,Russia,{}\nukraine,Ukraine,{}\n"
LOSS = "2024-11-{},{},general-staff,russia,tanks,9382,,,,,paper,,1\n"


def test_a_package_is_read_table_by_table_and_its_rows_are_counted(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    counts = Package(write(tmp_path / "p", parties=PARTIES)).check(lambda *step: told.append(step))
    assert counts == {name: 2 if name == "parties" else 0 for name in BY_NAME}
    assert told == [(f"reading {table.file}", done, len(TABLES)) for done, table in enumerate(TABLES)]


def test_a_derived_table_is_counted_whole_though_its_rows_refer_to_nothing(tmp_path: Path) -> None:
    rows = "".join(LOSS.format(day, day + 981) for day in (18, 19, 20)).encode()
    assert Package(write(tmp_path / "p", losses=rows)).check()["losses"] == 3


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            {"parties": b"russia,Russia,{}\nrussia,Russia,{}\n"},
            "parties.csv, line 3, column party: “russia” was given on an earlier line.",
        ),
        (
            {"losses": 2 * LOSS.format(19, 1000).encode()},
            "losses.csv, line 3, column source: "
            "“general-staff russia tanks 2024-11-19” was given on an earlier line.",
        ),
        (
            {"parties": b"russia,Russia,{}\n\nukraine,Ukraine,{}\n"},
            "parties.csv, line 3: 0 cells stand where 3 columns are.",
        ),
        (
            {"parties": b"russia,Russia,{}\nukraine,\xff,{}\n"},
            "parties.csv, line 3: byte 9 of it is not UTF-8.",
        ),
        ({"parties": b"\xd0,Russia,{}\n"}, "parties.csv, line 2: byte 1 of it is not UTF-8."),
        (
            {"parties": b'russia,"a\nb\nc",{}\nukraine,\xff,{}\n'},
            "parties.csv, line 5: byte 9 of it is not UTF-8.",
        ),
        ({"parties": b'russia,"a"b,{}\n'}, "parties.csv, line 2: it is not CSV: ',' expected after '\"'."),
        ({"parties": b",Russia,{}\n"}, "parties.csv, line 2, column party: it is empty, and must not be."),
        (
            {"entries": b"r1,tanks,9382,,,,,\n"},
            "entries.csv, line 2, column report: reports.csv has no “r1”.",
        ),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_line(tmp_path: Path, rows: dict[str, bytes], said: str) -> None:
    assert fault_of(write(tmp_path / "p", **rows)) == said


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (b"", "parties.csv: it is empty: not even the names of the columns are there."),
        (b"party\n", "parties.csv, line 1, column name: nothing stands in its place."),
        (b"party,name\n", "parties.csv, line 1, column translations: nothing stands in its place."),
        (b"party,title,translations\n", "parties.csv, line 1, column name: “title” stands in its place."),
        (b"party,name,translations,more\n", "parties.csv, line 1, column more: the package knows no such column."),
    ],
)
def test_columns_are_named_one_by_one(tmp_path: Path, columns: bytes, said: str) -> None:
    folder = write(tmp_path / "p")
    (folder / "parties.csv").write_bytes(columns)
    assert fault_of(folder) == said


def test_what_was_changed_since_or_is_not_there_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    (folder / "wars.csv").write_bytes(header("wars")[:-1])
    assert fault_of(folder) == (
        "wars.csv: it was changed since the package was written: its SHA-256 is not the one in datapackage.json."
    )
    (folder / "wars.csv").unlink()
    assert fault_of(folder) == "wars.csv: the package has no such file."


def test_a_description_has_four_megabytes_at_most(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    description = folder / "datapackage.json"
    description.write_bytes(description.read_bytes().ljust(LARGEST_DESCRIPTION))
    assert set(Package(folder).check().values()) == {0}
    description.write_bytes(description.read_bytes() + b" ")
    assert fault_of(folder) == "datapackage.json: it does not describe a package of this ledger: it is too large."


def test_a_description_names_every_table(tmp_path: Path) -> None:
    folder = write(tmp_path / "p")
    description = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    description["resources"] = [part for part in description["resources"] if part["path"] != "wars.csv"]
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    assert fault_of(folder) == "datapackage.json: it does not name wars.csv."


def test_what_is_no_package_is_named_by_its_path(tmp_path: Path) -> None:
    nowhere, text = tmp_path / "nowhere", tmp_path / "text.zip"
    text.write_text("text")
    assert fault_of(nowhere) == f"{nowhere}: there is no such folder or file."
    assert fault_of(text).startswith(f"{text}: it is neither a folder nor a zip: ")


@pytest.mark.parametrize("inside", ["", "package/"])
def test_a_zip_holds_the_tables_or_one_folder_of_them(tmp_path: Path, inside: str) -> None:
    folder = write(tmp_path / "p", parties=PARTIES)
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        if not inside:
            packed.writestr("beside/notes.txt", "a folder that is no part of it")
        for path in folder.iterdir():
            packed.write(path, inside + path.name)
    assert Package(tmp_path / "p.zip").check()["parties"] == 2
