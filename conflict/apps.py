"""The one Django application: project and app are one package."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConflictConfig(AppConfig):
    name = "conflict"
    verbose_name = "Conflict Ledger"

    def ready(self) -> None:
        post_migrate.connect(_guard_ledger, sender=self)


def _guard_ledger(using: str, **kwargs: Any) -> None:
    """Put the triggers back after every migration: rebuilding a table on SQLite drops them with it."""
    from conflict.models.guards import install_guards

    install_guards(using)
