"""What every test stands on: a ledger whose guards step aside only to empty it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # live_server beside Playwright's own loop


@pytest.fixture(autouse=True, scope="session")
def ledger_can_be_emptied() -> Iterator[None]:
    """Let the flush after a transactional test empty the tables that the guards protect."""
    from django.test import TransactionTestCase

    from conflict.models.guards import guards_lifted

    teardown = TransactionTestCase._fixture_teardown

    def without_guards(self: TransactionTestCase) -> None:
        with guards_lifted():
            teardown(self)

    TransactionTestCase._fixture_teardown = without_guards
    yield
    TransactionTestCase._fixture_teardown = teardown
