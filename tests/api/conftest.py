"""What tests of the API share: asking it, and a ledger with several categories, versions and readings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

API = "/api/v1/"


def body_of(response: Any) -> bytes:
    """Return a response's body, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """Give a function that asks an address below the API and returns what its JSON holds."""

    def ask(address: str, status: int = 200) -> Any:
        response = client.get(API + address)
        assert response.status_code == status, response.content
        return json.loads(body_of(response))

    return ask


@pytest.fixture
@once
def ledger() -> None:
    """Two documents over ten days with a gap of two, a printed change here and there, and a correction."""
    make_reference()
    days = [D(2024, 11, n) for n in (1, 2, 3, 4, 7, 8, 9, 10)]
    publish_records(
        *(
            make_record(day, personnel=700_000 + 1000 * n, tanks=(9000 + 5 * n, 5 if n else None), submarines=None)
            for n, day in enumerate(days)
        )
    )
    publish_records(*(make_record(day, "orc-losses", tanks=9000 + 6 * n) for n, day in enumerate(days[:4])))
    publish_records(make_record(days[2], personnel=702_100, tanks=(9011, 6), submarines=None))


@pytest.fixture
def demo(demo_of_the_file: None, db: None) -> None:
    """A database that holds the demo and nothing else."""
