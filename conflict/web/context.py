"""What every template may say: the conflict's name and first day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def conflict(request: HttpRequest) -> dict[str, Any]:
    return {"conflict_name": settings.CONFLICT_NAME, "conflict_start": settings.CONFLICT_START}
