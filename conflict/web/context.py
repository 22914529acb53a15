"""What every template may say: the conflict's name and first day, and the newest version of the ledger."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_noop

from conflict.models import Version

gettext_noop("Russia’s full-scale invasion of Ukraine")  # the default of CONFLICT_NAME


def conflict(request: HttpRequest) -> dict[str, Any]:
    """Give what the frame of every page says. Nothing is asked of the database before a template does."""
    return {
        "conflict_name": conflict_name(),
        "conflict_start": settings.CONFLICT_START,
        "newest_version": SimpleLazyObject(lambda: newest_version(request)),
    }


def conflict_name() -> str:
    """Return what the ledger is about, in the reader's language where the catalogue knows that name."""
    return gettext(settings.CONFLICT_NAME)


def newest_version(request: HttpRequest) -> Version | None:
    """Return the last version of the ledger, ``None`` while it is empty. One query a request."""
    if not hasattr(request, "_newest_version"):
        request._newest_version = Version.objects.newest()  # type: ignore[attr-defined]
    version: Version | None = request._newest_version  # type: ignore[attr-defined]
    return version
