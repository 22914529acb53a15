"""Two editors press the button in the same moment: one version, one revision, and the other is told."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from conflict.ledger.publishing import save_draft
from conflict.models import Document, Party, Report, Source, Version
from tests.admin.test_reports import ADD, page_of, stamp_on
from tests.make import D, make_record, make_reference, publish_records

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def press_together(clients: list[Client], address: str, forms: list[dict[str, Any]]) -> list[Any]:
    """Send one form from each client at once; return the answers in their order."""
    answers: list[Any] = [None] * len(clients)
    gate = threading.Barrier(len(clients))

    def press(place: int) -> None:
        gate.wait()
        answers[place] = clients[place].post(address, forms[place])
        connections.close_all()

    threads = [threading.Thread(target=press, args=(place,)) for place in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def editors(django_user_model: Any) -> list[Client]:
    make_reference()
    publish_records(make_record(D(2024, 11, 19), "tuesday", tanks=9382))
    clients = []
    for name in ("Olena", "Petro", "Maria"):
        clients.append(Client())
        clients[-1].force_login(django_user_model.objects.create_superuser(name, password="a password for tests"))
    return clients


def test_three_corrections_at_once_make_one_revision_and_tell_the_others(editors: list[Client]) -> None:
    report = Report.objects.get()
    address = page_of(report, "correct")
    base = {"stamp": stamp_on(editors[0], address), "reason": "misread", "cited_url": "", "_publish": "1"}

    answers = press_together(editors, address, [{**base, "tanks-total": str(9390 + n)} for n in range(3)])

    assert sorted(answer.status_code for answer in answers) == [200, 200, 302]
    assert sum("published this report (revision 2" in answer.text for answer in answers) == 2
    assert Version.objects.count() == 2
    assert list(Report.objects.order_by("revision").values_list("status", flat=True)) == [
        "superseded",
        "published",
    ]


def test_a_draft_published_by_three_at_once_is_published_once(editors: list[Client]) -> None:
    draft = save_draft(record=make_record(D(2024, 11, 20), "wednesday", tanks=9400))
    form = {
        "source": draft.source_id,
        "party": draft.party_id,
        "date": "2024-11-20",
        "document": draft.document_id,
        "cited_url": "",
        "stamp": stamp_on(editors[0], page_of(draft)),
        "reason": "ready",
        "tanks-total": "9400",
        "_publish": "1",
    }

    answers = press_together(editors, page_of(draft), [form] * 3)

    assert [answer.status_code for answer in answers] == [302] * 3
    assert Version.objects.count() == 2
    assert Report.objects.filter(date=D(2024, 11, 20)).count() == 1


def test_three_new_reports_at_once_are_one(editors: list[Client]) -> None:
    document = Document.objects.create(slug="wednesday", kind="bulletin")
    form = {
        "source": Source.objects.get().pk,
        "party": Party.objects.get().pk,
        "date": "2024-11-20",
        "document": document.pk,
        "cited_url": "",
        "stamp": "",
        "reason": "ready",
        "tanks-total": "9400",
        "_publish": "1",
    }

    answers = press_together(editors, ADD, [form] * 3)

    assert [answer.status_code for answer in answers] == [302] * 3
    assert Version.objects.count() == 2
    assert Report.objects.filter(date=D(2024, 11, 20)).count() == 1
