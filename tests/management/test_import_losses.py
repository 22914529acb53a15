"""Importing the public datasets: what is written, what is said, and that a fault writes nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
import zoneinfo
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from conflict.intake.datasets import DATASETS
from conflict.intake.datasets.petroivaniuk import CORRECTIONS
from conflict.intake.fetch import Fetched
from conflict.management.commands import import_losses
from conflict.models import Category, Document, LossEntry, Point, Report, Version
from tests.intake.local_server import page, serving
from tests.make import make_reference

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"

EQUIPMENT = "russia_losses_equipment.json"
PERSONNEL = "russia_losses_personnel.json"
ORC = "russian-losses.json"

DAYS = [
    {
        "date": "2024-11-19",
        "sourceUri": "https://mod.gov.ua/19",
        "personnel": 724050,
        "tanks": 9382,
        "submarines": None,
    },
    {
        "date": "2024-11-18",
        "sourceUri": "https://mod.gov.ua/18",
        "personnel": 722440,
        "tanks": 9365,
        "submarines": 1,
    },
]
FILES = {
    EQUIPMENT: [
        {
            "date": "2022-04-30",
            "day": 66,
            "tank": 1008,
            "military auto": 1674,
            "greatest losses direction": "Izyum",
        },
        {"date": "2022-05-01", "day": 67, "tank": 1026, "vehicles and fuel tanks": 1796},
    ],
    PERSONNEL: [
        {"date": "2022-04-30", "day": 66, "personnel": 23200, "personnel*": "about", "POW": 421},
        {"date": "2022-05-01", "day": 67, "personnel": 23500, "personnel*": "about"},
    ],
}


@pytest.fixture
def reference(db) -> None:
    make_reference()
    known = set(Category.objects.values_list("slug", flat=True))
    slugs = {
        slug
        for dataset in DATASETS.values()
        for categories in dataset.categories.values()
        for slug in categories.values()
    }
    for order, slug in enumerate(sorted(slugs - known), start=100):
        Category.objects.create(slug=slug, name=slug, unit="units", order=order)


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, days in {**FILES, ORC: DAYS}.items():
        (tmp_path / name).write_text(json.dumps(days), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_losses", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def fault(*arguments: object) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 1
    return str(caught.value)


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Version, Document, Report, LossEntry, Point))


def write(path: Path, days: object) -> None:
    path.write_text(json.dumps(days), encoding="utf-8")


def test_a_dataset_becomes_one_version_with_points_and_changes(reference, folder):
    out, _ = run("orc-losses", "--path", folder / ORC)
    assert out.splitlines() == [
        "Orc Losses: 2 days read, 2 created, 0 unchanged, 0 changed, 0 skipped.",
        "Published as version 1.",
    ]
    point = Point.objects.standing().get(category__slug="personnel", date=dt.date(2024, 11, 19))
    assert (point.total, point.computed_change, point.days_since_previous) == (724_050, 1_610, 1)
    newest = Report.objects.get(date=dt.date(2024, 11, 19))
    assert newest.cited_url == "https://mod.gov.ua/19"
    assert newest.entries.get(category__slug="submarines").total is None


def test_two_files_become_one_report_a_day_with_qualifiers_and_remarks(reference, folder):
    run("petroivaniuk", "--path", folder)
    report = Report.objects.get(date=dt.date(2022, 4, 30))
    assert report.document.slug == "petroivaniuk"
    assert report.remarks == {"greatest losses direction": "Izyum"}
    entries = {entry.category.slug: entry for entry in report.entries.select_related("category")}
    assert {slug: entry.total for slug, entry in entries.items()} == {
        "personnel": 23200,
        "prisoners": 421,
        "tanks": 1008,
        "military-vehicles": 1674,
    }
    assert entries["personnel"].qualifier == "about"


def test_the_same_dataset_again_changes_nothing(reference, folder):
    run("orc-losses", "--path", folder)
    before = written()
    out, _ = run("orc-losses", "--path", folder)
    assert out.splitlines() == [
        "Orc Losses: 2 days read, 0 created, 2 unchanged, 0 changed, 0 skipped.",
        "Nothing new: no version was made.",
    ]
    assert written() == before


def test_a_past_day_that_changed_becomes_the_next_revision(reference, folder):
    run("orc-losses", "--path", folder)
    write(folder / ORC, [DAYS[0], DAYS[1] | {"tanks": 9366}])
    out, _ = run("orc-losses", "--path", folder)
    assert "0 created, 1 unchanged, 1 changed" in out
    assert "Published as version 2." in out
    day = Report.objects.filter(date=dt.date(2024, 11, 18)).order_by("revision")
    assert [(report.revision, report.status) for report in day] == [(1, "superseded"), (2, "published")]
    assert Point.objects.standing().get(category__slug="tanks", date=dt.date(2024, 11, 19)).computed_change == 16


def test_a_dry_run_counts_the_same_and_writes_nothing(reference, folder):
    dry, _ = run("orc-losses", "--path", folder, "--dry-run")
    assert written() == (0, 0, 0, 0, 0)
    real, _ = run("orc-losses", "--path", folder)
    assert dry.splitlines()[0] == real.splitlines()[0]
    assert dry.splitlines()[1] == "Dry run: nothing was written."
    write(folder / ORC, [*DAYS, {"date": "2024-11-17", "tanks": 9350}])
    before = written()
    dry, _ = run("orc-losses", "--path", folder, "--dry-run")
    assert "3 days read, 1 created, 2 unchanged, 0 changed" in dry
    assert written() == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[{"date": "2024-11-19", "tanks": 1, "tanks": 2}]',
            'entry 1 (2024-11-19), key "tanks": the key is given twice',
        ),
        ('[{"date": "2024-11-19", "tanks": NaN}]', 'entry 1 (2024-11-19), key "tanks": NaN is not a number'),
        ('[{"date": "2024-11-19", "tanks": -1}]', 'entry 1 (2024-11-19), key "tanks": -1 is negative'),
        ('[{"date": "2024-11-19", "tanks": true}]', 'key "tanks": true is not a whole number'),
        ('[{"date": "2022-02-23", "tanks": 1}]', 'key "date": the date lies before the first day'),
        (
            '[{"date": "2024-11-19", "tanks": }]',
            'entry 1 (2024-11-19), key "tanks": line 1, column 34: this is not JSON',
        ),
        ("[]", "the list is empty"),
    ],
)
def test_a_fault_is_one_sentence_with_file_entry_and_key_and_writes_nothing(reference, folder, text, sentence):
    good = json.dumps(DAYS[1])
    (folder / ORC).write_text(text, encoding="utf-8")
    message = fault("orc-losses", "--path", folder)
    assert message.startswith(f"{folder / ORC}")
    assert sentence in message
    assert message.endswith(". Nothing was written.")
    (folder / ORC).write_text(f"[{good}, {text[1:-1] or '[]'}]", encoding="utf-8")
    fault("orc-losses", "--path", folder)
    assert written() == (0, 0, 0, 0, 0)


def test_tomorrow_in_the_conflicts_time_zone_is_the_future(reference, folder, settings):
    settings.TIME_ZONE = "Pacific/Kiritimati"  # the first to see a new day
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo(settings.TIME_ZONE))
    write(folder / ORC, [{"date": f"{today}", "tanks": 1}])
    run("orc-losses", "--path", folder)
    write(folder / ORC, [{"date": f"{today + dt.timedelta(days=1)}", "tanks": 1}])
    assert f"the date lies in the future, today is {today}" in fault("orc-losses", "--path", folder)


def test_without_the_reference_data_a_sentence_says_what_to_load(db, folder):
    message = fault("orc-losses", "--path", folder)
    assert "manage.py loaddata reference" in message
    assert written() == (0, 0, 0, 0, 0)


def test_a_failure_halfway_leaves_nothing_behind(reference, folder, monkeypatch):
    def fail(**_: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("conflict.ledger.writing.settle", fail)
    message = fault("orc-losses", "--path", folder)
    assert message == "The database refused: the disk is full. Nothing was written."
    assert written() == (0, 0, 0, 0, 0)


def test_unknown_keys_and_skipped_days_are_told_and_not_fatal(reference, folder):
    write(folder / ORC, [*DAYS, {"date": "2024-11-17", "balloons": 3}])
    out, err = run("orc-losses", "--path", folder)
    assert "3 days read, 2 created, 0 unchanged, 0 changed, 1 skipped." in out
    assert "Skipped: 2024-11-17 states no figure." in out
    assert 'Warning: russian-losses.json: the key "balloons" is unknown' in err


def test_many_skipped_days_are_counted_and_not_all_listed(reference, folder):
    first = dt.date(2023, 1, 1)
    write(folder / ORC, [*DAYS, *({"date": f"{first + dt.timedelta(days=n)}"} for n in range(30))])
    out, _ = run("orc-losses", "--path", folder)
    assert out.count("Skipped:") == 21
    assert "Skipped: 10 more days." in out


def test_a_single_file_may_have_any_name_and_a_fault_names_it(reference, folder):
    (folder / ORC).rename(folder / "mine.json")
    assert "2 created" in run("orc-losses", "--path", folder / "mine.json")[0]
    (folder / "mine.json").write_text("{}")
    assert fault("orc-losses", "--path", folder / "mine.json").startswith(f"{folder / 'mine.json'}: ")


def test_one_of_two_files_brings_the_other_and_no_other_name_will_do(reference, folder):
    assert "2 created" in run("petroivaniuk", "--path", folder / PERSONNEL)[0]
    assert "give one of them by this name, or the folder" in fault("petroivaniuk", "--path", folder / ORC)
    (folder / EQUIPMENT).unlink()
    assert fault("petroivaniuk", "--path", folder / PERSONNEL) == (
        f"{folder / EQUIPMENT} cannot be read: No such file or directory."
    )


def test_what_cannot_be_read_is_a_sentence(reference, folder, monkeypatch):
    assert fault("orc-losses", "--path", folder / "absent") == f"{folder / 'absent'} does not exist."
    monkeypatch.setattr("conflict.management.arguments.LARGEST_BODY", 10)
    assert fault("orc-losses", "--path", folder) == f"{folder / ORC} is larger than 10 bytes."


def test_a_dataset_is_downloaded_from_a_given_address(reference, settings):
    with serving() as server:
        host = f"127.0.0.1:{server.port}"
        settings.FETCH_ALLOW_HOSTS = frozenset({host})
        server.answers = {f"/{name}": page(json.dumps(days).encode()) for name, days in FILES.items()}
        server.answers["/latest"] = page(json.dumps(DAYS).encode())
        assert "2 created" in run("orc-losses", "--url", f"http://{host}/latest")[0]
        assert "2 created" in run("petroivaniuk", "--url", f"http://{host}/")[0]
        assert "2 unchanged" in run("petroivaniuk", "--url", f"http://{host}/{EQUIPMENT}")[0]
        assert "give one of them by this name" in fault("petroivaniuk", "--url", f"http://{host}/latest")
        assert "answered with status 404" in fault("orc-losses", "--url", f"http://{host}/")
        server.answers["/latest"] = page(b"<html>")
        message = fault("orc-losses", "--url", f"http://{host}/latest")
        assert message.startswith(f"http://{host}/latest: this is not JSON")


def test_an_address_inside_is_not_asked(reference, settings):
    settings.FETCH_ALLOW_HOSTS = frozenset()
    with serving() as server:
        message = fault("orc-losses", "--url", f"http://127.0.0.1:{server.port}/")
        assert "Port" in message
        assert "not on the public Internet" in fault("orc-losses", "--url", "http://127.0.0.1/x.json")
        assert server.connections == 0


def test_an_allow_list_that_cannot_be_read_is_named(reference, settings):
    settings.FETCH_ALLOW_HOSTS = frozenset({"http://intranet"})
    assert fault("orc-losses", "--url", "http://127.0.0.1/").startswith("FETCH_ALLOW_HOSTS: 'http://intranet' is")


@pytest.mark.parametrize("name", list(DATASETS))
def test_without_path_and_url_the_datasets_own_addresses_are_asked(reference, monkeypatch, name):
    asked = []

    def fetch(url: str, *, allow_hosts: frozenset[str]) -> Fetched:
        asked.append(url)
        days = {**FILES, ORC: DAYS, CORRECTIONS: [{"date": "2024-11-19", "tank": 0}]}[url.rpartition("/")[2]]
        return Fetched(url=url, status=200, content_type="text/plain", body=json.dumps(days).encode())

    monkeypatch.setattr(import_losses, "fetch", fetch)
    assert "2 created" in run(name)[0]
    urls = list(DATASETS[name].urls.values())
    beside = [f"{urls[0].rpartition('/')[0]}/{CORRECTIONS}"] if name == "petroivaniuk" else []
    assert asked == urls + beside


def test_progress_is_shown_after_a_second_and_not_before(reference, folder, monkeypatch):
    assert run("orc-losses", "--path", folder)[1] == ""
    publish = import_losses.publish

    def slowly(**arguments):
        arguments["progress"]("reports", 1000, 2000)
        time.sleep(1.3)
        return publish(**arguments)

    monkeypatch.setattr(import_losses, "publish", slowly)
    _, err = run("petroivaniuk", "--path", folder)
    assert err.splitlines()[0] == "1 s: writing reports: 1,000 of 2,000"


@pytest.mark.datasets
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the public datasets are not in {SHARED}")
@pytest.mark.parametrize(("name", "days"), [("petroivaniuk", 1626), ("orc-losses", 1449)])
def test_a_full_dataset_gives_the_published_figures_of_day_1000(reference, name, days):
    out, _ = run(name, "--path", SHARED / name)
    assert f"{days:,} days read, {days:,} created, 0 unchanged, 0 changed, 0 skipped." in out
    points = Point.objects.standing().filter(date=dt.date(2024, 11, 19))
    figures = {
        slug: (total, change)
        for slug, total, change in points.values_list("category__slug", "total", "computed_change")
    }
    assert figures.items() >= {
        ("personnel", (724_050, 1_610)),
        ("tanks", (9_382, 17)),
        ("uavs", (19_111, 38)),
        ("vehicles", (29_548, 120)),
    }
    before = written()
    out, _ = run(name, "--path", SHARED / name)
    assert "Nothing new" in out
    assert written() == before
