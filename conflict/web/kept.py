"""Answers that are kept until what they show changes, so that a page is never stale and never made twice.

A version fixes the figures. What is edited outside the versions is in the key as well: findings by a stamp that
comes with the newest version, and what the view has read anyway by its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db.models import Model
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from conflict.models import Version
from conflict.web.asof import shown_version

KEPT_SECONDS = 3_600  # unused answers go then; changed ones are never asked for again
FINDINGS_STAMP = """
SELECT CAST(COUNT(*) AS TEXT) || ' ' || CAST(COUNT(decided) AS TEXT) || ' ' || CAST(COUNT(passed) AS TEXT)
    || ' ' || COALESCE(CAST(MAX(found) AS TEXT), '') || ' ' || COALESCE(CAST(MAX(decided) AS TEXT), '')
    || ' ' || COALESCE(CAST(MAX(passed) AS TEXT), '')
FROM conflict_finding"""
"""Counts and last times: the ledger, which alone writes findings, notes when it does so. SQL that takes no value,
since building it anew from expressions would cost a third of a kept answer."""
HEADERS = ("HX-Request", "HX-History-Restore-Request", "HX-Target", "HX-Trigger")


def read_stamp(request: HttpRequest) -> str:
    """Return what names the ledger's state: version, and findings where they are shown. One query, or none.

    The newest version is read with it, so that `newest_version` need not ask again. "" while the ledger is empty.
    """
    if (version := shown_version(request)) is not None:
        return version.hash
    newest = Version.objects.annotate(findings_stamp=RawSQL(FINDINGS_STAMP, ())).newest()  # noqa: S611
    request._newest_version = newest  # type: ignore[attr-defined]
    return f"{newest.hash} {vars(newest)['findings_stamp']}" if newest else ""


def kept(
    request: HttpRequest, stamp: str, shown: Iterable[Model], answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer with what is kept under the same stamp, rows ``shown``, address, language, and day; else make it."""
    if not stamp:
        return answer()
    key = f"answer-{_digest(request, stamp, shown)}"
    held: tuple[bytes, dict[str, str]] | None = cache.get(key)
    if held is not None:
        response = HttpResponse(held[0], headers=held[1])
        response.is_kept = True  # type: ignore[attr-defined]  # so is what it compresses to
        return response
    response = answer()
    if response.status_code == 200:
        cache.set(key, (response.content, dict(response.headers)), KEPT_SECONDS)
    return response


def _digest(request: HttpRequest, stamp: str, shown: Iterable[Model]) -> str:
    digest = hashlib.sha256()
    parts = [
        *(stamp, release(), get_language() or "", str(timezone.localdate())),
        *(settings.CONFLICT_NAME, str(settings.CONFLICT_START), request.build_absolute_uri()),
        *(request.headers.get(name, "") for name in HEADERS),
    ]
    for part in parts:
        digest.update(part.encode() + b"\0")
    for row in shown:
        digest.update(repr([(k, v) for k, v in vars(row).items() if k[0] != "_"]).encode() + b"\0")
    return digest.hexdigest()


@once
def release() -> str:
    """Name the code that makes the pages: an answer of the release before is not given after an update."""
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "conflict", *map(Path, settings.LOCALE_PATHS)]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in {".py", ".html", ".mo"}]
    files.append(Path(settings.STATIC_ROOT) / "staticfiles.json")
    return str(max(file.stat().st_mtime_ns for file in files if file.exists()))
