"""The chain of hashes: whole after every kind of version, broken by the smallest change."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from conflict.ledger.publishing import decide, withdraw
from conflict.ledger.verifying import verify
from conflict.models import LossEntry, Point, Report, Version
from conflict.models.guards import guards_lifted
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@once
def ledger(db: None) -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 17)))
    publish_records(make_record(document="orc-losses", tanks=9381))
    decide(entry=LossEntry.objects.get(total=9381), reason="seen", by="curator")
    withdraw(reports=list(Report.objects.filter(date=D(2024, 11, 18))), reason="typo", by="curator")


def test_the_chain_is_whole_after_every_kind_of_version() -> None:
    verified = verify()

    assert verified.fault is None
    assert (verified.versions, verified.points) == (4, Point.objects.count())
    assert verified.newest_hash == Version.objects.newest().hash


@pytest.mark.parametrize(
    ("change", "version"),
    [
        (lambda: Point.objects.filter(from_version=1).update(total=1), 1),
        (lambda: Point.objects.filter(to_version=3).update(to_version=4), 3),
        (lambda: Version.objects.filter(number=2).update(reason="another"), 2),
        (lambda: Version.objects.filter(number=4).update(previous_hash="0" * 64), 4),
        (lambda: Point.objects.filter(from_version=3).update(printed_change=0), 3),
    ],
)
def test_verifying_names_the_first_version_that_does_not_fit(change, version) -> None:
    with guards_lifted():
        change()

    verified = verify()
    assert f"Version {version} " in verified.fault
    assert verified.newest_hash == Version.objects.get(number=4).hash
    with pytest.raises(CommandError, match=f"Version {version} "):
        call_command("verify_ledger", stdout=StringIO(), stderr=StringIO())


def test_a_missing_version_is_named_with_those_beside_it() -> None:
    newest = Version.objects.newest()
    newest.number, newest.hash = 7, "7" * 64
    newest.save(force_insert=True)

    assert verify().fault == "Version 5 is missing: after 4 comes 7."


def test_the_command_says_how_much_it_verified() -> None:
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert out.getvalue().startswith("The chain is whole: 4 versions, ")


def test_the_hash_does_not_depend_on_primary_keys() -> None:
    """The same reports published in another database, where rows have other keys, give the same chain."""
    hashes = list(Version.objects.order_by("number").values_list("hash", flat=True))
    points = [str(value) for value in Point.objects.values_list("pk", flat=True)]
    with guards_lifted():
        # Shift every key of the points: what is hashed must not notice.
        for pk in sorted(map(int, points), reverse=True):
            Point.objects.filter(pk=pk).update(id=pk + 1000)
    assert verify().fault is None
    assert hashes == list(Version.objects.order_by("number").values_list("hash", flat=True))
