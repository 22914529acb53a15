"""Packages as zips, made once and kept in PACKAGE_DIR until something in them changes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.conf import settings

from conflict.models import Version
from conflict.package.writing import state, write_zip

MOST = 8
"""Zips that are kept: the newest, and those of past versions that were asked for lately."""


def archive(number: int | None, known: str | None = None) -> Path:
    """Return the zip of the ledger as it stands, or of a past version; make it where there is none yet.

    ``known`` is its state, where the caller has it already. Raises ``NothingToWrite`` or ``OSError``.
    """
    path = _path(number, known or state(number))
    if path.exists():
        path.touch()
    else:
        write_zip(path, number=number)
        _forget(path)
    return path


def held_size(number: int) -> int | None:
    """Return the size of the newest version's zip in bytes, ``None`` where it has not been made yet. No query."""
    held = sorted(settings.PACKAGE_DIR.glob(f"v{number}-*.zip"), key=_age)
    return held[0].stat().st_size if held else None


def _path(number: int | None, known: str) -> Path:
    newest = Version.objects.newest() if number is None else None
    name = f"v{newest.number}-{known[:16]}.zip" if newest else f"past-v{number}-{known[:16]}.zip"
    path: Path = settings.PACKAGE_DIR / name
    return path


def _forget(kept: Path) -> None:
    """Take away the zips that nobody asked for lately, and older states of the same version."""
    version = kept.name.rpartition("-")[0]
    held = sorted(kept.parent.glob("*v*-*.zip"), key=_age)
    stale = [path for path in held if path != kept and path.name.rpartition("-")[0] == version]
    for path in {*held[MOST:], *stale} - {kept}:
        with suppress(OSError):
            path.unlink()


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
