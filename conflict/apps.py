"""The one Django application: project and app are one package."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ConflictConfig(AppConfig):
    name = "conflict"
    verbose_name = "Conflict Ledger"

    def ready(self) -> None:
        pre_migrate.connect(_lift_guards, sender=self)
        post_migrate.connect(_guard_ledger, sender=self)
        pre_migrate.connect(_lift_search, sender=self)
        post_migrate.connect(_install_search, sender=self)


def _lift_guards(using: str, plan: list[Any], **kwargs: Any) -> None:
    """Take the triggers away while tables change: with them, SQLite would not rebuild a table that they name."""
    from django.db import connections

    from conflict.models.guards import lift_guards

    if plan and connections[using].vendor == "sqlite":
        lift_guards(using)


def _guard_ledger(using: str, **kwargs: Any) -> None:
    """Put the triggers back after every migration: rebuilding a table on SQLite drops them with it."""
    from conflict.models.guards import install_guards

    install_guards(using)


def _lift_search(using: str, plan: list[Any], **kwargs: Any) -> None:
    """Take the triggers of search away before tables are changed: with them, SQLite would not rename a table."""
    from conflict.models.search_index import lift_search

    if plan:
        lift_search(using)


def _install_search(using: str, **kwargs: Any) -> None:
    """Put search in place, and make its rows anew where a migration may have changed what they are made of."""
    from conflict.models.search_index import install_search

    install_search(using)
