"""What tests of pages share: how many queries a page costs, and what is written on it."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of(client: Client) -> Callable[[str], int]:
    """Give a function that opens a page and counts its queries."""

    def count(address: str) -> int:
        cache.key_prefix = uuid.uuid4().hex  # what was kept before is not found
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count


@pytest.fixture
def words_of() -> Callable[[HttpResponse], str]:
    """Give a function that returns a page's words without its marks, one space between them."""

    def read(response: HttpResponse) -> str:
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())

    return read
