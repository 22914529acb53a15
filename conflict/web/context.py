"""What every template may say: the conflict's name and first day, and the newest version of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_noop

from conflict.models import Version

gettext_noop("Russia’s full-scale invasion of Ukraine")  # the default of CONFLICT_NAME


LONGEST_PATH = 2_000  # characters, query included


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


def read_with_newest_version(request: HttpRequest, **asked: Any) -> dict[str, Any]:
    """Return what expressions give of the whole ledger, read with its newest version; {} while it is empty."""
    version = Version.objects.annotate(**asked).newest()
    request._newest_version = version  # type: ignore[attr-defined]
    return {name: vars(version)[name] for name in asked} if version else {}


def request_of(context: Mapping[str, Any]) -> HttpRequest | None:
    """Return the request that a template answers; ``None`` without one, or under a name that is not the site's."""
    request: HttpRequest | None = context.get("request")
    try:
        return request if request and request.get_host() else None
    except DisallowedHost:
        return None


def asked_path(request: HttpRequest) -> str:
    """Return path and query of a page as links to it repeat them: a query of absurd length is left out."""
    path = request.get_full_path()
    return path if len(path) <= LONGEST_PATH else request.path
