"""The least that a server can do: files of one folder, compressed beforehand, by the library that the site uses.

FLOOR_FOLDER=... granian --interface wsgi tests.benchmarks.floor:application
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

ROOT = Path(__file__).resolve().parents[2]


def _nothing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"Not found"]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve FLOOR_FOLDER at / and the site's own collected files at /static/."""
    global _served  # made once, when the first request has come and the folder is filled
    if _served is None:
        _served = WhiteNoise(_nothing, root=os.environ["FLOOR_FOLDER"], index_file=True)
        _served.add_files(str(ROOT / "var" / "static"), prefix="static/")
    return _served(environ, start_response)


_served: WhiteNoise | None = None
