"""A server on loopback for the tests of downloads."""

import pytest

from tests.intake.local_server import serving


@pytest.fixture
def server():
    with serving() as server:
        yield server
