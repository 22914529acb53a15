"""Static files: plotly.js, and that they are collected.

Of plotly.js, the small bundle that `manage.py fetch_plotly` got, or the Python package's own.

The small one draws lines, areas, bars and steps, which is all that the charts here are made of, in a third of the
bytes. Both are published under one address, so that no page knows which one it has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage

PUBLISHED = "vendor/plotly.min.js"
"""The path under STATIC_URL. No other file of the package is published."""

BUNDLE_PACKAGE, BUNDLE_VERSION = "plotly.js-basic-dist-min", "4.1.1"  # the plotly.js of the locked Python package
BUNDLE_MEMBER = "package/plotly-basic.min.js"
BUNDLE_SHA256 = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"


class PlotlyFinder(BaseFinder):
    """Finds the one file `PUBLISHED`: the bundle at PLOTLY_BUNDLE where there is one, else the package's file."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file's path on disk for `PUBLISHED`, and [] (never None) for every other path."""
        if path != PUBLISHED:
            return []
        return [str(plotly_file())] if find_all else str(plotly_file())

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Give the file to collectstatic, as a storage that knows it by its published name."""
        if ignore_patterns and matches_patterns(Path(PUBLISHED).name, list(ignore_patterns)):
            return
        yield Path(PUBLISHED).name, _OneFile(plotly_file())


class _OneFile(FileSystemStorage):
    """A single file under its published name, whatever it is called on disk."""

    def __init__(self, file: Path) -> None:
        super().__init__(location=file.parent)
        self.file, self.prefix = file, str(Path(PUBLISHED).parent)

    def path(self, name: str) -> str:
        return str(self.file) if name == Path(PUBLISHED).name else super().path(name)


def plotly_file() -> Path:
    """Return the file that is served. Raises ImproperlyConfigured where the bundle is not the pinned one."""
    bundle = Path(settings.PLOTLY_BUNDLE) if settings.PLOTLY_BUNDLE else None
    if bundle is None or not bundle.is_file():
        return _package_data() / "plotly.min.js"
    if fault := bundle_fault(bundle.read_bytes()):
        raise ImproperlyConfigured(f"{bundle}: {fault} Remove it, or set PLOTLY_BUNDLE to another file.")
    return bundle


def bundle_fault(content: bytes) -> str:
    """Say what is wrong with a bundle's bytes; nothing where they are the pinned ones."""
    found = hashlib.sha256(content).hexdigest()
    if found == BUNDLE_SHA256:
        return ""
    return (
        f"its SHA-256 is {found[:12]}…, and that of {BUNDLE_PACKAGE} {BUNDLE_VERSION} is {BUNDLE_SHA256[:12]}…: "
        "it is not the file that was examined."
    )


def _package_data() -> Path:
    """Return plotly's folder of browser files, without importing plotly, which takes a tenth of a second."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package plotly is not installed: no chart can be made interactive.")
    return Path(spec.origin).parent / "package_data"


def need_collected(storage: Storage) -> None:
    """Raise ImproperlyConfigured where a storage that knows files by hashes knows none: no page would work."""
    if getattr(storage, "hashed_files", None) == {}:
        raise ImproperlyConfigured("The static files are not collected: run make site.")
