"""What the ledger's tests publish about: one source and party, and others beside them."""

import pytest

from conflict.models import Party, Source
from tests.make import make_reference


@pytest.fixture
def reference(db: None) -> None:
    make_reference()


@pytest.fixture
def others(reference: None) -> None:
    """Another source that reports daily, and another party whose losses are reported."""
    Source.objects.create(slug="other-staff", name="Another staff", kind="belligerent")
    Party.objects.create(slug="other", name="Another")
