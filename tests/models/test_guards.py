"""What the database refuses, however it is asked: ORM, bulk, raw SQL, loaddata, INSERT OR REPLACE."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from conflict import apps
from conflict.ledger.publishing import decide, withdraw
from conflict.models import (
    Category,
    Claim,
    Decision,
    Document,
    Event,
    LossEntry,
    Place,
    Point,
    Report,
    Source,
    Version,
)
from conflict.models.guards import guards_lifted, missing_guards
from tests.make import D, make_event, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
@once
def ledger(transactional_db: None) -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 17), personnel=724050))
    publish_records(make_record(tanks=(9383, 18), personnel=724050))
    decide(entry=LossEntry.objects.get(report__status="published", total=9383), reason="seen", by="curator")


def refused(write: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        write()
        connection.check_constraints()
    return str(error.value)


def loaded(row: object, tmp_path: Path, **changes: object) -> Callable[[], object]:
    """Return a loaddata of the row as it stands, but for ``changes``."""
    text = serializers.serialize("json", [row])
    rows = json.loads(text)
    rows[0]["pk"] = changes.pop("pk", rows[0]["pk"])
    rows[0]["fields"].update(changes)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(rows))
    return lambda: call_command("loaddata", path, verbosity=0)


def sql(statement: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def saved(row: object, **changes: object) -> Callable[[], object]:
    for name, value in changes.items():
        setattr(row, name, value)
    return row.save


# -- Points and versions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{"total": 1}, {"date": D(2024, 1, 1)}, {"entry_id": 1}, {"computed_change": 5}]
)
def test_a_point_is_not_altered_by_update_or_save(change) -> None:
    closed = Point.objects.filter(to_version__isnull=False).first()
    stands = Point.objects.standing().filter(category__slug="tanks").latest("date")
    for point in (closed, stands):
        assert "only ever closed" in refused(lambda p=point: Point.objects.filter(pk=p.pk).update(**change))
        assert "only ever closed" in refused(saved(Point.objects.get(pk=point.pk), **change))


def test_a_point_is_not_altered_in_bulk_or_in_raw_sql() -> None:
    point = Point.objects.standing().first()
    point.total += 1
    assert "only ever closed" in refused(lambda: Point.objects.bulk_update([point], ["total"]))
    assert "only ever closed" in refused(sql("UPDATE conflict_point SET total = total + 1"))


def test_a_closed_point_is_never_reopened(tmp_path) -> None:
    closed = Point.objects.filter(to_version__isnull=False).first()
    writes = [
        lambda: Point.objects.filter(pk=closed.pk).update(to_version=None),
        lambda: Point.objects.filter(pk=closed.pk).update(to_version=3),
        saved(Point.objects.get(pk=closed.pk), to_version=None),
        loaded(closed, tmp_path, to_version=None),
        sql(f"UPDATE conflict_point SET to_version_id = NULL WHERE id = {closed.pk}"),
    ]
    for write in writes:
        refused(write)
    assert Point.objects.get(pk=closed.pk).to_version_id == 2


def test_points_and_versions_are_never_deleted() -> None:
    for model, table in ((Point, "point"), (Version, "version"), (Decision, "decision")):
        count = model.objects.count()
        refused(lambda m=model: m.objects.all()._raw_delete("default"))
        refused(sql(f"DELETE FROM conflict_{table}"))
        assert model.objects.count() == count
    refused(lambda: Point.objects.all().delete())
    refused(lambda: Point.objects.first().delete())


def test_no_insert_can_put_another_row_in_the_place_of_a_point() -> None:
    point = Point.objects.standing().first()
    columns = "source_id, party_id, category_id, date, entry_id, from_version_id"
    rows = f"SELECT {{id}}, {columns}, 1 FROM conflict_point WHERE id = {point.pk}"
    upsert = f"INSERT INTO conflict_point (id, {columns}, total) {{rows}} ON CONFLICT (id) DO UPDATE SET total = 1"
    for key in (str(point.pk), "999"):
        refused(sql(upsert.format(rows=rows.format(id=key))))
    for pragma in ("ON", "OFF") if connection.vendor == "sqlite" else ():
        sql(f"PRAGMA recursive_triggers={pragma}")()
        for key in (str(point.pk), "999"):
            refused(sql(f"INSERT OR REPLACE INTO conflict_point (id, {columns}, total) {rows.format(id=key)}"))
        sql("PRAGMA recursive_triggers=ON")()
    assert Point.objects.get(pk=point.pk).total == point.total


def test_loaddata_cannot_alter_what_was_published(tmp_path) -> None:
    refused(loaded(Point.objects.standing().first(), tmp_path, total=1))
    refused(loaded(Version.objects.first(), tmp_path, reason="another"))
    refused(loaded(LossEntry.objects.filter(report__status="published").first(), tmp_path, total=1))
    refused(loaded(Report.objects.published().first(), tmp_path, date="2024-11-20"))


def test_loading_the_same_rows_again_is_harmless(tmp_path) -> None:
    for row in (Point.objects.first(), Version.objects.first(), LossEntry.objects.first(), Report.objects.first()):
        held = type(row).objects.values().get(pk=row.pk)
        loaded(row, tmp_path)()
        assert type(row).objects.values().get(pk=row.pk) == held


def test_a_version_is_never_changed() -> None:
    assert "never changed" in refused(lambda: Version.objects.update(reason="x"))
    assert "never changed" in refused(saved(Version.objects.first(), by="somebody"))


def test_one_standing_point_for_each_cell(tmp_path) -> None:
    point = Point.objects.standing().latest("date")
    refused(loaded(point, tmp_path, pk=999))
    refused(loaded(point, tmp_path, pk=999, from_version=1))


# -- Reports and entries ------------------------------------------------------------------------------------


def test_entries_of_a_published_report_are_never_edited() -> None:
    entry = LossEntry.objects.filter(report__status="published").first()
    assert "new revision" in refused(lambda: LossEntry.objects.filter(pk=entry.pk).update(total=1))
    assert "new revision" in refused(saved(entry, change=99))
    refused(lambda: LossEntry.objects.filter(pk=entry.pk)._raw_delete("default"))


def test_a_published_report_is_never_deleted_or_made_a_draft_again() -> None:
    withdraw(reports=list(Report.objects.published().filter(date=D(2024, 11, 18))), reason="r", by="b")
    assert {"published", "superseded", "withdrawn"} == set(Report.objects.values_list("status", flat=True))
    for report in Report.objects.all():
        refused(sql(f"DELETE FROM conflict_report WHERE id = {report.pk}"))
        refused(
            lambda r=report: Report.objects.filter(pk=r.pk).update(
                status="draft", from_version=None, to_version=None
            )
        )
        refused(lambda r=report: Report.objects.filter(pk=r.pk).update(revision=9))
    refused(lambda: Report.objects.filter(status="withdrawn").update(status="published", to_version=None))


def test_one_report_for_each_source_party_date_document_and_revision(tmp_path) -> None:
    report = Report.objects.published().latest("date")
    refused(loaded(report, tmp_path, pk=999))
    refused(loaded(report, tmp_path, pk=999, revision=7))  # two published revisions at once
    report.pk = None
    refused(report.save)


@pytest.mark.parametrize(
    ("status", "versions"),
    [
        ("draft", (1, None)),
        ("published", (None, None)),
        ("published", (1, 2)),
        ("superseded", (2, None)),
        ("superseded", (None, 2)),
        ("withdrawn", (2, 2)),
    ],
)
def test_the_status_of_a_report_fits_its_versions(status, versions) -> None:
    held = Report.objects.first()
    report = Report(
        source=held.source, party=held.party, date=D(2023, 1, 1), document=held.document, status=status
    )
    report.from_version_id, report.to_version_id = versions
    refused(report.save)


@pytest.mark.parametrize(
    "change",
    [
        {"total": -1},
        {"total": 10**9 + 1},
        {"change": 10**9 + 1},
        {"qualifier": "roughly"},
        {"start": 4, "end": 4},
        {"end": 4},
    ],
)
def test_an_entry_out_of_reason_is_refused_everywhere(change, tmp_path) -> None:
    held = Report.objects.first()
    draft = Report.objects.create(source=held.source, party=held.party, date=D(2023, 1, 1), document=held.document)
    entry = LossEntry.objects.create(report=draft, category=Category.objects.first(), total=1)
    refused(lambda: LossEntry.objects.filter(pk=entry.pk).update(**change))
    refused(saved(LossEntry.objects.get(pk=entry.pk), **change))
    refused(loaded(entry, tmp_path, **change))
    refused(lambda: LossEntry.objects.create(report=draft, category=Category.objects.first(), total=2))


# -- Everything else ----------------------------------------------------------------------------------------


def test_kinds_units_and_certainties_outside_the_list_are_refused() -> None:
    event = make_event()
    document = Document.objects.create(slug="a", kind="article", title="A")
    claim = Claim.objects.create(document=document, text="t", speaker="s", certainty="claimed")
    refused(lambda: Source.objects.update(kind="rumour"))
    refused(lambda: Category.objects.update(unit="tonnes"))
    refused(lambda: Document.objects.filter(pk=document.pk).update(kind="leaflet"))
    refused(lambda: Document.objects.filter(pk=document.pk).update(title=""))
    refused(lambda: Event.objects.filter(pk=event.pk).update(certainty="likely"))
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(certainty="likely"))
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(speaker=""))
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(figure=-1))
    refused(lambda: Place.objects.create(slug="p", name="P", latitude=91, longitude=0))
    refused(lambda: Place.objects.create(slug="q", name="Q", latitude=50))


@pytest.mark.parametrize(
    "change",
    [
        {"precision": "day", "end_date": D(2024, 11, 20)},
        {"precision": "month"},  # of a month: its first day
        {"precision": "span", "end_date": D(2024, 11, 18)},
        {"precision": "year"},
    ],
)
def test_the_precision_of_an_event_fits_its_dates(change) -> None:
    event = make_event()
    refused(lambda: Event.objects.filter(pk=event.pk).update(**change))


def test_every_guard_stands_after_migrating() -> None:
    assert missing_guards() == []


def test_verifying_says_which_guards_are_missing() -> None:
    with guards_lifted(), pytest.raises(CommandError, match="guard_point_delete"):
        call_command("verify_ledger")


def test_a_table_that_guards_name_can_be_rebuilt_by_a_migration() -> None:
    """SQLite rebuilds a table to alter a column, and cannot while a trigger elsewhere names that table."""
    held = Report._meta.get_field("cited_url")
    longer = held.clone()
    longer.max_length = 600
    longer.set_attributes_from_name("cited_url")
    longer.model = Report
    for old, new in ((held, longer), (longer, held)):
        apps._lift_search(using="default", plan=["a migration"])
        apps._lift_guards(using="default", plan=["a migration"])
        with connection.schema_editor() as editor:
            editor.alter_field(Report, old, new)
        apps._guard_ledger(using="default")
        apps._install_search(using="default")
        assert missing_guards() == []
    assert Report.objects.published().exists()


def test_an_integrity_error_is_what_the_guards_raise() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.update(reason="x")
