"""Curators and editors, and a ledger with two days in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from conflict.models import Report
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

CURATORS = {
    "conflict.view_report",
    "conflict.add_report",
    "conflict.change_report",
    "conflict.delete_report",
    *(
        f"conflict.{verb}_{model}"
        for model in (
            "document",
            "article",
            "claim",
            "question",
            "event",
            "place",
            "actor",
            "eventactor",
            "eventfigure",
        )
        for verb in ("view", "add", "change", "delete")
    ),
    *(
        f"conflict.view_{model}"
        for model in ("party", "source", "category", "point", "version", "decision", "finding", "lossentry")
    ),
    "conflict.change_finding",
}
EDITORS = {*CURATORS, "conflict.publish_report"}


def _member(django_user_model: Any, name: str, permissions: set[str]) -> Client:
    user = django_user_model.objects.create_user(name, password="a password for tests", is_staff=True)
    group = Group.objects.create(name=f"{name}s")
    wanted = {permission.split(".")[1] for permission in permissions}
    group.permissions.set(Permission.objects.filter(content_type__app_label="conflict", codename__in=wanted))
    assert group.permissions.count() == len(wanted)
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def curator(db: None, django_user_model: Any) -> Client:
    return _member(django_user_model, "curator", CURATORS)


@pytest.fixture
def editor(db: None, django_user_model: Any) -> Client:
    return _member(django_user_model, "editor", EDITORS)


@once
def two_days() -> None:
    make_reference()
    publish_records(
        make_record(D(2024, 11, 18), "monday", tanks=9365, personnel=722440),
        make_record(D(2024, 11, 19), "tuesday", tanks=(9382, 17), personnel=(724050, 1610)),
    )


@pytest.fixture
def ledger(db: None) -> Report:
    """Two days, 18 and 19 November 2024; the report of the second."""
    two_days()
    return Report.objects.get(document__slug="tuesday")
