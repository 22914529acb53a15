"""The least that a server can do: files of one folder, compressed beforehand, by the library that the site uses.

FLOOR_FOLDER=... FLOOR_HEADERS='{"Name": "value"}' granian --interface wsgi tests.benchmarks.floor:application

A page is sent with FLOOR_HEADERS, the site's own for its security: they are no part of what is measured, and one
of them (Cross-Origin-Opener-Policy) makes a browser begin a process for the page.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

ROOT = Path(__file__).resolve().parents[2]


def _nothing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"Not found"]


def _secure(headers: Headers, _path: str, _url: str) -> None:
    for name, value in json.loads(os.environ["FLOOR_HEADERS"]).items():
        headers[name] = value


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve FLOOR_FOLDER at / and the site's own collected files at /static/."""
    global _served  # made once, when the first request has come and the folder is filled
    if _served is None:
        _served = WhiteNoise(
            _nothing, root=os.environ["FLOOR_FOLDER"], index_file=True, add_headers_function=_secure
        )
        _served.add_files(str(ROOT / "var" / "static"), prefix="static/")
    return _served(environ, start_response)


_served: WhiteNoise | None = None
