"""Fill an empty database with the demo fixtures and give it a curator."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from conflict.models import Category, Document, Event, Report, Version

CURATOR = "curator"


class Command(BaseCommand):
    requires_migrations_checks = True
    help = "Load the demo fixtures into an empty database, and make a curator's account with a random password."

    def handle(self, *args: Any, **options: Any) -> None:
        if Category.objects.exists() or Document.objects.exists():
            self.stdout.write(f"The database is in use and is kept as it is: {self._counts()}.")
        else:
            self.stdout.write("Loading the demo fixtures ...")
            call_command("loaddata", "demo", verbosity=0)
            self.stdout.write(f"Loaded {self._counts()}.")
        self._make_curator()

    def _counts(self) -> str:
        return (
            f"{Report.objects.count():,} reports, {Event.objects.count():,} events, "
            f"{Document.objects.articles().count():,} articles, {Version.objects.count():,} versions"
        )

    def _make_curator(self) -> None:
        """Make the account once; its password is printed now and never again."""
        users = get_user_model()._default_manager
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(CURATOR, password=password)
        self.stdout.write(
            f"Account for the admin: {CURATOR}, password {password} (shown this once; "
            f"`manage.py changepassword {CURATOR}` sets another)."
        )
