"""Make the index of search anew from the tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from conflict.models.search_index import rebuild_search


class Command(BaseCommand):
    requires_migrations_checks = True
    help = "Make the index of search anew from the tables. Triggers keep it: this is for when they were away."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = rebuild_search()
        self.stdout.write(", ".join(f"{kind.label} {count:,}" for kind, count in sorted(counts.items())))
