"""Texts of articles while a curator works with them: kept in the session, never stored beside the article."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest

from conflict.models import Article

MOST_TEXTS = 5
"""The newest ones of a session; an older text is read from its address again."""

_KEY = "texts-of-articles"


def keep_text(request: HttpRequest, text: str) -> str:
    """Keep a text for this session and return its SHA-256, by which it is found again."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    held: dict[str, Any] = dict(request.session.get(_KEY, {}))
    held.pop(sha256, None)
    held[sha256] = text
    request.session[_KEY] = dict(list(held.items())[-MOST_TEXTS:])
    return sha256


def kept_text(request: HttpRequest, sha256: str) -> str:
    """Return the text with this SHA-256, "" where this session has none."""
    return str(request.session.get(_KEY, {}).get(sha256, ""))


def text_of_session(request: HttpRequest, article: Article) -> str:
    """Return the text that an article was read from, "" where this session has not read it."""
    return kept_text(request, article.sha256) if article.sha256 else ""
