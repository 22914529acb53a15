"""The addresses below /api/v1/: each behind the entrance, and an answer for every other.

The page for people, docs, is a page of the site: it stands in every language (conflict/urls.py).
"""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, include, path, re_path
from django.views.generic import RedirectView

from conflict.api.entrance import entrance
from conflict.api.problems import no_such_address
from conflict.api.routes import api


def _entered(pattern: Any) -> URLPattern:
    """Put one of ninja's addresses behind the entrance."""
    return path(str(pattern.pattern), entrance(pattern.callback), name=pattern.name)


_patterns, _app_name, _namespace = api.urls

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api-docs"), name="api"),
    path("", include(([_entered(pattern) for pattern in _patterns], _app_name), namespace=_namespace)),
    re_path("^.*$", entrance(no_such_address)),
]
