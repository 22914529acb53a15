"""What every test stands on: a ledger whose guards step aside only to empty it."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_properties

if TYPE_CHECKING:
    from tests.rows import Rows

DATASETS = Path(__file__).resolve().parents[2] / "shared" / "data"  # nobody has to have them

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # live_server beside Playwright's own loop


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the races to PostgreSQL: SQLite lets one writer in at a time, so there is nothing to test on it."""
    from django.conf import settings

    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        raise pytest.UsageError("REQUIRE_POSTGRES is set, and DATABASE_URL names no PostgreSQL.")
    races = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=races)
    items[:] = [item for item in items if item not in races]


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what lives as long as the session: it costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


# What `make test` tries of a property, and what `make stress` does. No test fails because a machine was slow.
settings_of_properties.register_profile(
    "ledger", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings_of_properties.register_profile(
    "stress", settings_of_properties.get_profile("ledger"), max_examples=int(os.environ.get("EXAMPLES", "300"))
)
settings_of_properties.load_profile("ledger")


@pytest.fixture(autouse=True)
def english_unless_asked() -> None:
    """Let no test speak the language of a page that the one before has asked for."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def nothing_is_kept_from_another_test(settings) -> None:
    """Give each test cache keys of its own: emptying a cache would empty it for the tests beside it as well."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True, scope="session")
def context_of_a_page_is_that_of_its_template() -> Iterator[None]:
    """Keep for ``response.context`` no copy of each included template's context: it costs as much as a query."""
    from django.test import client

    store = client.store_rendered_templates

    def store_the_first(kept: dict[str, Any], *arguments: Any, **named: Any) -> None:
        if "context" not in kept:
            store(kept, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", store_the_first)
        yield


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


@pytest.fixture(scope="session")
def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that all of xdist's workers see."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def demo_rows(django_db_setup: None, django_db_blocker: Any, folder_of_the_run: Path) -> Rows:
    """Load the demo once, and leave the database empty."""
    from tests.rows import of_the_run

    with django_db_blocker.unblock():
        return of_the_run(folder_of_the_run / "demo.rows", lambda: call_command("loaddata", "demo", verbosity=0))


@pytest.fixture
def demo(demo_rows: Rows, db: None) -> None:
    """Fill the database with the demo."""
    from tests.rows import put

    put(demo_rows)


@pytest.fixture(scope="module")
def demo_of_the_file(demo_rows: Rows, django_db_blocker: Any) -> Iterator[None]:
    """Fill it once for a file of which every later test wants the demo: each rolls back to it."""
    from tests.rows import put

    with django_db_blocker.unblock(), transaction.atomic():
        put(demo_rows)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def put_datasets(django_db_setup: None, folder_of_the_run: Path) -> Callable[..., None]:
    """Give a function that puts public datasets, in full, into an empty database; each is imported once."""
    from tests.rows import of_the_run, put

    def filled(*names: str) -> None:
        if names:
            put_names(*names[:-1])
            call_command("import_losses", names[-1], path=DATASETS / names[-1], verbosity=0)
        else:
            call_command("loaddata", "reference", verbosity=0)

    def put_names(*names: str) -> None:
        put(of_the_run(folder_of_the_run / f"{'-and-'.join(names) or 'reference'}.rows", lambda: filled(*names)))

    return put_names
