"""Filling an empty database, and keeping one that is in use."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

from conflict.models import Category, Report

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_an_empty_database_is_filled_and_a_second_run_keeps_what_is_there_and_prints_no_password() -> None:
    said = run()

    password = re.search(r"curator, password (\S+) ", said)[1]
    user = authenticate(username="curator", password=password)
    assert user.is_superuser
    assert Report.objects.published().exists()
    assert "94 events" in said

    Category.objects.filter(slug="tanks").update(name="Edited")

    said = run()

    assert "kept as it is" in said
    assert "password" not in said
    assert Category.objects.get(slug="tanks").name == "Edited"
    assert get_user_model().objects.count() == 1
