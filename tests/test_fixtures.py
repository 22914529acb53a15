"""The fixtures: what loading them gives, and that they are what their tables say."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models import Count

from conflict.ledger.rebuilding import rebuild
from conflict.models import (
    Category,
    Claim,
    Document,
    Event,
    LossEntry,
    Party,
    Point,
    Question,
    Report,
    Source,
    Version,
)
from tests.sweeps import in_a_sweep

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
DAY_1000 = dt.date(2024, 11, 19)
NOT_STATED = {"mlrs", "air-defence", "aircraft", "helicopters", "ships", "submarines"}
CATEGORIES = [
    *("personnel", "tanks", "armoured-vehicles", "artillery", "mlrs", "air-defence", "aircraft", "helicopters"),
    *("uavs", "cruise-missiles", "ships", "submarines", "vehicles", "special-equipment", "ground-robots"),
]
ENDED = ["military-vehicles", "fuel-tankers", "srbm", "prisoners"]
SECOND_READINGS = ("petroivaniuk", "orc-losses")


@pytest.fixture
def demo(demo_of_the_file: None, db: None) -> None:
    """A database that holds the demo and nothing else."""


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The reader of tables, looking for them in an empty folder."""
    spec = importlib.util.spec_from_file_location("reading", FIXTURES / "reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TABLES", tmp_path)
    return module


# -- From the tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", in_a_sweep(["1", "2"], but=["1"]))
def test_tables_give_the_fixtures_byte_for_byte_on_every_run(seed):
    outcome = subprocess.run(
        [sys.executable, FIXTURES / "build.py", "--check"],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_reference_is_a_part_of_the_demo():
    reference = json.loads((FIXTURES / "reference.json").read_text(encoding="utf-8"))
    demo = json.loads((FIXTURES / "demo.json").read_text(encoding="utf-8"))
    assert demo[: len(reference)] == reference


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[event]]\nslug = "a"\ntitel = "A"', "events.toml, event a: nobody knows what titel is for"),
        ('[[event]]\nslug = "a"\n[[event]]\nslug = "a"', "events.toml, event a: the slug is there twice"),
        ('[[events]]\nslug = "a"', "events.toml: only [[event]] rows belong here, and there is events"),
        ("[[event]]\nslug = ", "events.toml: Invalid value (at end of document)"),
    ],
)
def test_wrong_table_is_refused_with_file_and_row(reading, tmp_path, text, sentence):
    (tmp_path / "events.toml").write_text(text, encoding="utf-8")
    with pytest.raises(reading.BadTable) as error:
        for row in reading.read_toml("events.toml", "event"):
            row.text("slug")
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2024-11-19,٩٣٨٢", "days.csv, line 2: tanks is '٩٣٨٢', and a whole number is wanted"),
        ("2024-11-19,9_382", "days.csv, line 2: tanks is '9_382', and a whole number is wanted"),
        ("2024-11-19,-1", "days.csv, line 2: tanks is '-1', and a whole number is wanted"),
        ("19.11.2024,9382", "days.csv, line 2: date is '19.11.2024', and a date such as 2024-11-19 is wanted"),
        (",9382", "days.csv, line 2: date is missing"),
        ("2024-11-19", "days.csv, line 2: 2 columns are wanted"),
        ("2024-11-19,9382,1", "days.csv, line 2: 2 columns are wanted"),
    ],
)
def test_wrong_line_is_refused_with_file_and_line(reading, tmp_path, line, sentence):
    (tmp_path / "days.csv").write_text(f"date,tanks\n{line}\n", encoding="utf-8")
    with pytest.raises(reading.BadTable) as error:
        for row in reading.read_lines("days.csv"):
            row.day()
            row.number("tanks")
    assert str(error.value) == sentence


def test_empty_cell_is_not_stated(reading, tmp_path):
    (tmp_path / "days.csv").write_text('tanks\n0\n""\n', encoding="utf-8")
    assert [row.number("tanks") for row in reading.read_lines("days.csv")] == [0, None]


# -- Loaded -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_reference_loads_by_itself():
    call_command("loaddata", "reference", verbosity=0)
    assert Party.objects.get().slug == "russia"
    assert list(Category.objects.values_list("slug", flat=True)) == CATEGORIES + ENDED
    assert list(Category.objects.filter(last_day__isnull=False).values_list("slug", flat=True)) == ENDED
    assert Source.objects.get(slug="general-staff").kind == Source.Kind.BELLIGERENT
    assert {"oryx", "opcw", "defense-express"} <= set(Source.objects.values_list("slug", flat=True))
    for row in [*Category.objects.all(), *Source.objects.all()]:
        words = ("name", "definition") if isinstance(row, Category) else ("name", "meaning")
        assert all(row.word(word, "en") and row.translations["uk"][word] for word in words), row.slug


@pytest.mark.django_db
def test_reference_brings_the_groups_and_only_editors_may_publish():
    call_command("loaddata", "reference", verbosity=0)
    curators, editors = (Group.objects.get(name=name) for name in ("curators", "editors"))
    assert editors.permissions.filter(codename="publish_report").exists()
    assert not curators.permissions.filter(codename="publish_report").exists()
    assert curators.permissions.filter(codename="add_report").exists()
    assert set(curators.permissions.all()) < set(editors.permissions.all())
    assert not editors.permissions.exclude(content_type__app_label="conflict").exists()


@pytest.mark.django_db
def test_loading_the_groups_touches_no_other_group():
    own = Group.objects.create(name="our own")
    call_command("loaddata", "reference", verbosity=0)
    call_command("loaddata", "reference", verbosity=0)
    own.refresh_from_db()
    assert (own.name, Group.objects.count()) == ("our own", 3)


def test_demo_fills_an_empty_database(demo):
    assert Event.objects.count() == 94
    assert Document.objects.articles().count() == 21
    assert Report.objects.filter(from_version=1).count() == 163
    assert Report.objects.published().count() == Report.objects.count()
    assert Version.objects.count() == 4
    assert Event.objects.exclude(certainty_note="").count() == 4
    assert set(Category.objects.values_list("slug", flat=True)) == set(CATEGORIES + ENDED)


@pytest.mark.sweep
def test_loading_the_demo_again_changes_nothing(demo):
    before = list(Point.objects.order_by("pk").values())
    call_command("loaddata", "demo", verbosity=0)
    assert list(Point.objects.order_by("pk").values()) == before


def test_rebuild_finds_the_ledger_of_the_demo_identical(demo):
    rebuilt = rebuild()
    assert rebuilt.differences == []
    assert rebuilt.points == Point.objects.count() > 2000


def test_every_reading_leads_to_an_address_but_that_of_the_article_without_one(demo):
    without = {report.document.slug for report in Report.objects.with_entries() if not report.original_url}
    assert without == {"losses-2024-11-19"}


def test_ledger_holds_the_totals_of_day_1000(demo):
    points = Point.objects.standing().of_day(DAY_1000)
    assert dict(points.values_list("category__slug", "total")) == {
        "personnel": 724050,
        "tanks": 9382,
        "armoured-vehicles": 19092,
        "artillery": 20632,
        "mlrs": 1252,
        "air-defence": 999,
        "aircraft": 369,
        "helicopters": 329,
        "uavs": 19111,
        "cruise-missiles": 2754,
        "ships": 28,
        "submarines": 1,
        "vehicles": 29548,
        "special-equipment": 3672,
    }


def test_losses_article_prints_seven_changes_of_equipment_and_six_are_not_stated(demo):
    entries = LossEntry.objects.filter(report__document__slug="losses-2024-11-19")
    assert dict(entries.values_list("category__slug", "change")) == {
        "personnel": 1610,
        "tanks": 17,
        "armoured-vehicles": 33,
        "artillery": 46,
        "uavs": 38,
        "cruise-missiles": 1,
        "vehicles": 120,
        "special-equipment": 17,
        **dict.fromkeys(NOT_STATED),
    }
    assert entries.get(category__slug="personnel").qualifier == "about"


def test_point_of_day_1000_stands_on_the_article_with_printed_and_computed_change(demo):
    point = Point.objects.standing().of_day(DAY_1000).get(category__slug="vehicles")
    assert point.entry.report.document.slug == "losses-2024-11-19"
    assert (point.printed_change, point.computed_change, point.days_since_previous) == (120, 120, 1)


def test_article_readings_agree_with_the_ministry_and_with_their_own_changes(demo):
    """No article prints another total than the ministry's page of that day, nor a change that does not fit."""
    compared = {"totals": 0, "changes": 0}
    for entry in LossEntry.objects.filter(report__document__kind="article").select_related("report"):
        ministry = LossEntry.objects.filter(report__from_version=1, category=entry.category)
        same_day = ministry.filter(report__date=entry.report.date).first()
        day_before = ministry.filter(report__date=entry.report.date - dt.timedelta(days=1)).first()
        if same_day:
            assert entry.total == same_day.total, entry
            compared["totals"] += 1
        if entry.change is not None and day_before:
            assert entry.total - day_before.total == entry.change, entry
            compared["changes"] += 1
    assert compared == {"totals": 66, "changes": 22}


def test_sums_of_categories_add_up_to_the_figure_that_is_claimed(demo):
    claims = Claim.objects.exclude(parts=None).distinct()
    assert sorted(claims.values_list("figure", flat=True)) == [22563, 48640]
    for claim in claims:
        parts = Point.objects.standing().of_day(claim.date).filter(category__in=claim.parts.all())
        assert sum(parts.values_list("total", flat=True)) == claim.figure
        assert parts.count() == claim.parts.count()


def test_a_sum_over_categories_is_a_claim_and_never_an_entry(demo):
    assert not LossEntry.objects.filter(total=48640).exists()
    assert not Report.objects.filter(document__slug="fix-this-nation-russian-setbacks").exists()


def test_both_datasets_keep_their_reading_of_every_disputed_figure(demo):
    stated = {
        slug: {
            (date, category): total
            for date, category, total in LossEntry.objects.filter(
                report__document__slug=slug, report__from_version__gt=1
            ).values_list("report__date", "category", "total")
        }
        for slug in SECOND_READINGS
    }
    first, second = (stated[slug] for slug in SECOND_READINGS)
    assert len(first) == 114
    assert len({date for date, _ in first}) == 99
    assert first.keys() == second.keys()
    assert all(first[cell] != second[cell] for cell in first)
    accepted = Point.objects.standing().filter(date__in={date for date, _ in first})
    assert {(point.date, point.category_id): point.total for point in accepted} == first


def test_partial_reading_names_the_page_that_its_dataset_cites(demo):
    report = Report.objects.get(document__slug="orc-losses", date=dt.date(2024, 11, 3))
    assert report.cited_url.startswith("https://mod.gov.ua/news/")
    assert report.entries.count() == 8
    assert Report.objects.get(document__slug="petroivaniuk", date=dt.date(2024, 11, 3)).cited_url == ""


def test_titles_that_nobody_printed_are_marked(demo):
    marked = Document.objects.articles().filter(title_is_printed=False).values_list("slug", flat=True)
    assert set(marked) == {
        "a-thousand-days",
        "losses-2024-11-19",
        "fix-this-nation-russian-setbacks",
        "newsx-2024-10-20",
        "gazzetta-del-sud-2025-09-19",
        "la-voce-2023-04-01",
        "politico-october-2024",
        "ogres-zinas-1000-days",
    }
    assert not Document.objects.filter(kind="bulletin", title_is_printed=True).exists()


# -- What the two articles state ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "unit", "qualifier", "certainty", "event"),
    [
        (1000, "days", "", "confirmed", "day-1000"),
        (25, "percent", "about", "reported", None),
        (10, "people killed", "", "confirmed", "odesa-strike"),
        (44, "people injured", "", "confirmed", "odesa-strike"),
        (4, "children", "", "reported", "odesa-strike"),
        (4000, "drones", "", "reported", "helsing-drones"),
        (250, "kilometres", "", "reported", "us-allows-atacms"),
        (10000, "people", "more than", "reported", "north-korean-troops-10000"),
        (10, "years", "", "reported", "erdogan-plan"),
    ],
)
def test_a_thousand_days_states_its_figures_as_sure_as_it_is(demo, figure, unit, qualifier, certainty, event):
    claim = Claim.objects.get(document__slug="a-thousand-days", figure=figure, unit=unit)
    assert (claim.qualifier, claim.certainty) == (qualifier, certainty)
    assert event is None or claim.events.filter(slug=event).exists()


def test_of_whom_the_four_children_are_part_stays_unsaid(demo):
    for claim in Claim.objects.filter(document__slug="a-thousand-days", figure__in=[4, 44]):
        assert "not said" in claim.certainty_note


def test_of_which_weapon_the_range_is_stays_unsaid(demo):
    claim = Claim.objects.get(document__slug="a-thousand-days", figure=250)
    assert "is not said" in claim.certainty_note


def test_finding_of_cs_and_accusation_of_chloropicrin_are_two_claims_of_two_certainties(demo):
    claims = Claim.objects.filter(document__slug="a-thousand-days")
    found, accused = claims.get(source__slug="opcw"), claims.get(text__contains="chloropicrin")
    assert (found.certainty, accused.certainty) == ("confirmed", "claimed")


def test_quotations_of_the_first_article_have_their_speakers(demo):
    quoted = Claim.objects.filter(quoted=True).values_list("speaker", "text")
    assert [(speaker.split(",")[0], text) for speaker, text in quoted] == [
        ("Volodymyr Zelenskyy", "These are not random strikes"),
        ("Volodymyr Zelenskyy", "Russia shows that it is only interested in war"),
        ("Emmanuel Macron", "game-changer"),
        ("Dmitry Peskov", "unacceptable"),
    ]


def test_daily_average_that_is_a_change_is_said_to_be_one(demo):
    claim = Claim.objects.get(document__slug="losses-2024-11-19", figure=1610)
    day_before = Point.objects.standing().of_day(DAY_1000 - dt.timedelta(days=1)).get(category__slug="personnel")
    assert claim.certainty == "rejected"
    assert day_before.total == 724050 - 1610
    assert f"{day_before.total:,}" in claim.certainty_note
    assert f"about {round(724050 / 1000)} a day" in claim.certainty_note


def test_losses_article_names_what_defense_express_and_analysts_say(demo):
    claims = Claim.objects.filter(document__slug="losses-2024-11-19")
    assert claims.get(source__slug="defense-express").certainty == "reported"
    assert claims.get(figure=550).events.get().slug == "tu-160-used-again"
    bulava = claims.filter(events__slug="bulava-satellite-image").order_by("order")
    assert list(bulava.values_list("certainty", flat=True)) == ["reported", "claimed"]


def test_every_article_has_claims_and_every_event_of_a_claim_lists_the_article(demo):
    assert not Document.objects.articles().annotate(said=Count("claims")).filter(said=0).exists()
    for claim in Claim.objects.exclude(events=None).select_related("document").prefetch_related("events"):
        assert set(claim.events.all()) <= set(claim.document.events.all())


# -- What is not agreed upon --------------------------------------------------------------------------------


def test_each_question_of_the_demo_has_answers_that_differ_in_certainty_or_in_figure(demo):
    assert Question.objects.count() == 4
    for question in Question.objects.all():
        answers = {(claim.certainty, claim.figure, claim.speaker) for claim in question.claims.all()}
        assert len(answers) == question.claims.count() > 1, question.slug
        assert question.translations["uk"]["text"]


def test_finding_and_accusation_of_chemical_agents_stand_side_by_side(demo):
    claims = Question.objects.get(slug="chemical-agents").claims.order_by("order")
    assert [(claim.certainty, claim.source and claim.source.slug) for claim in claims] == [
        ("confirmed", "opcw"),
        ("claimed", None),
    ]
