"""By what an answer is known again, and how long one that can never change may be kept."""

from __future__ import annotations

import hashlib

FOR_GOOD = "public, max-age=31536000, immutable"
"""The ``Cache-Control`` of what is shown as of a version."""


def etag_of(*parts: str | bytes) -> str:
    """Return an ETag that changes with any of the parts, and with where one ends and the next begins."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return f'"{digest.hexdigest()[:32]}"'
