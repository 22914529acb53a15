"""How to use the data: snippets that run as they stand, with the address of this site and its newest version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from conflict.web.context import newest_version

FOLDER: Path = settings.BASE_DIR / "docs" / "snippets"
SITE = "https://ledger.example.org"
"""Stands in the snippets for the site that shows them."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A file of ``docs/snippets`` and how it is introduced. ``key``: its anchor on the page."""

    key: str
    title: str | Promise
    words: str | Promise
    file: str

    def text(self, site: str, version: int) -> str:
        """Return the file as it runs against a site whose newest version is ``version``."""
        text = (FOLDER / self.file).read_text(encoding="utf-8").replace(SITE, site)
        return text.replace("conflict-ledger-v1.zip", f"conflict-ledger-v{version}.zip").replace(
            f'"{site}", 1\n', f'"{site}", {version}\n'
        )


SNIPPETS = (
    Snippet("curl", _("Command line"), _("Needs curl 7.68 or newer."), "fetch.sh"),
    Snippet("pandas", _("Python with pandas"), _("A rate a day, by category."), "with_pandas.py"),
    Snippet("polars", _("Python with Polars"), _("The same rate."), "with_polars.py"),
    Snippet(
        "package",
        _("The package in Python"),
        _("Every figure that ever stood, and what the ledger showed at an earlier version."),
        "with_package.py",
    ),
    Snippet("r", _("R"), _("Needs no package."), "with_r.R"),
    Snippet(
        "sheets", _("Google Sheets"), _("Put it into one cell; it is read anew every hour."), "google_sheets.txt"
    ),
    Snippet(
        "excel",
        _("Excel"),
        _("Data, Get Data, From Other Sources, Blank Query, Advanced Editor. Then refresh it as you like."),
        "excel.m",
    ),
)


@require_safe
def use(request: HttpRequest) -> HttpResponse:
    """Show the snippets with the address of this site in them. One query."""
    version = newest_version(request)
    site = f"{request.scheme}://{request.get_host()}"
    shown = [(snippet, snippet.text(site, version.number if version else 1)) for snippet in SNIPPETS]
    return render(request, "web/use.html", {"snippets": shown, "version": version})
