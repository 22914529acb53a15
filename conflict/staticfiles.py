"""plotly.js as a static file, straight from the installed Python package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

PUBLISHED = "vendor/plotly.min.js"
"""The path under STATIC_URL. No other file of the package is published."""


class PlotlyFinder(BaseFinder):
    """Finds the one file `PUBLISHED` in the installed plotly package."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file's path on disk for `PUBLISHED`, and [] (never None) for every other path."""
        if path != PUBLISHED:
            return []
        found = str(_package_data() / Path(PUBLISHED).name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Give the file to collectstatic, as a storage whose prefix is the folder it is published under."""
        source = Path(PUBLISHED)
        if ignore_patterns and matches_patterns(source.name, list(ignore_patterns)):
            return
        storage = FileSystemStorage(location=_package_data())
        storage.prefix = str(source.parent)  # type: ignore[attr-defined]
        yield source.name, storage


def _package_data() -> Path:
    """Return plotly's folder of browser files, without importing plotly, which takes a tenth of a second."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The package plotly is not installed: no chart can be made interactive.")
    return Path(spec.origin).parent / "package_data"
