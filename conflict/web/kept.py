"""Answers that are kept until what they show changes, so that a page is never stale and never made twice.

A version fixes the figures. What is edited outside the versions is in the key as well: findings by how many there
are and when they last changed, categories, sources and events by their content. The database reads and digests all
of this itself, in one query and without a row for Python to look at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from conflict.models import Category, Event, Source, Version
from conflict.models.events import SHOWN_ON_CHARTS
from conflict.web.asof import shown_version

KEPT_SECONDS = 3_600  # unused answers go then; changed ones are never asked for again
FINDINGS_STAMP = """
SELECT CAST(COUNT(*) AS TEXT) || ' ' || CAST(COUNT(decided) AS TEXT) || ' ' || CAST(COUNT(passed) AS TEXT)
    || ' ' || COALESCE(CAST(MAX(found) AS TEXT), '') || ' ' || COALESCE(CAST(MAX(decided) AS TEXT), '')
    || ' ' || COALESCE(CAST(MAX(passed) AS TEXT), '')
FROM conflict_finding"""
"""Counts and last times: the ledger, which alone writes findings, notes when it does so."""
CONTENT: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Category, ()),
    (Source, ()),
    (Event, ("id", *SHOWN_ON_CHARTS)),
)
"""What is edited outside the versions, by whatever way, and shown.

Of every row these columns are in the stamp, all of them where none is named.
"""
HEADERS = ("HX-Request", "HX-History-Restore-Request", "HX-Target", "HX-Trigger")


def read_stamp(request: HttpRequest) -> str:
    """Return what names the ledger's state: the version that is shown, and all that no version fixes. One query.

    The newest version is read with it, so that `newest_version` need not ask again. "" while the ledger is empty.
    """
    newest = next(iter(Version.objects.raw(_stamped(connection.vendor))), None)
    if newest is None:
        return ""
    if (version := shown_version(request)) is None:
        request._newest_version = newest  # type: ignore[attr-defined]
    return f"{(version or newest).hash} {vars(newest)['stamp']}"


@once
def _stamped(vendor: str) -> str:
    """Write the query for the newest version and the stamp. SQL that takes no value and is written once.

    Building it anew from expressions would cost more than all the rest of a kept answer.
    """
    joined = "STRING_AGG" if vendor == "postgresql" else "GROUP_CONCAT"
    stamps = [FINDINGS_STAMP]
    for model, names in CONTENT:
        meta = model._meta
        fields = [field for field in meta.concrete_fields if not names or field.name in names]
        named = [connection.ops.quote_name(str(field.column)) for field in fields]
        columns = " || '\x1f' || ".join(f"COALESCE(CAST({name} AS TEXT), '')" for name in named)
        rows = f"SELECT {columns} AS content FROM {meta.db_table} ORDER BY {meta.pk.column}"  # noqa: S608
        stamps.append(f"SELECT COALESCE(MD5({joined}(content, '\x1e')), '') FROM ({rows}) AS kept_rows")  # noqa: S608
    stamp = " || ' ' || ".join(f"({one})" for one in stamps)
    return f"SELECT *, {stamp} AS stamp FROM {Version._meta.db_table} ORDER BY number DESC LIMIT 1"  # noqa: S608


def kept(request: HttpRequest, stamp: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer with what is kept under the same stamp, address, language, and day; else make it."""
    if not stamp:
        return answer()
    key = f"answer-{_digest(request, stamp)}"
    held: tuple[bytes, dict[str, str]] | None = cache.get(key)
    if held is not None:
        response = HttpResponse(held[0], headers=held[1])
        response.is_kept = True  # type: ignore[attr-defined]  # so is what it compresses to
        return response
    response = answer()
    if response.status_code == 200:
        cache.set(key, (response.content, dict(response.headers)), KEPT_SECONDS)
    return response


def _digest(request: HttpRequest, stamp: str) -> str:
    parts = [
        *(stamp, release(), get_language() or "", str(timezone.localdate())),
        *(settings.CONFLICT_NAME, str(settings.CONFLICT_START), request.build_absolute_uri()),
        *(request.headers.get(name, "") for name in HEADERS),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@once
def release() -> str:
    """Name the code that makes the pages: an answer of the release before is not given after an update."""
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "conflict", *map(Path, settings.LOCALE_PATHS)]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in {".py", ".html", ".mo"}]
    files.append(Path(settings.STATIC_ROOT) / "staticfiles.json")
    return str(max(file.stat().st_mtime_ns for file in files if file.exists()))
