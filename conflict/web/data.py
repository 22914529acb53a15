"""The data, to take away: what there is, what it means, how to cite it, and the package itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.citation import LedgerCitation, ledger_as_bibtex, ledger_as_text
from conflict.intake.package.columns import Column, Table
from conflict.intake.package.tables import TABLES
from conflict.models import Version
from conflict.package.archives import archive, held_size
from conflict.package.metadata import LICENCE, LICENCE_WORDS
from conflict.package.rows import counts
from conflict.package.writing import state
from conflict.web.context import conflict_name, newest_version
from conflict.web.errors import Way, missing


@dataclass(frozen=True, slots=True)
class Described:
    """A table of the package in the reader's words; ``rows`` is how many it has today."""

    table: Table
    title: str
    words: str
    columns: Sequence[tuple[Column, str]]
    rows: int


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Say what data there are and how to take them. Two queries."""
    version = newest_version(request)
    rows = counts()
    context: dict[str, Any] = {
        "tables": [_described(table, rows[table.name]) for table in TABLES],
        "licence": LICENCE,
        "licence_words": _(LICENCE_WORDS),
    }
    if version is not None:
        address = request.build_absolute_uri(reverse("package", args=[version.number]))
        citation = LedgerCitation(
            title=_("%(conflict)s: reported losses and events") % {"conflict": conflict_name()},
            version=version.number,
            published=timezone.localtime(version.time).date(),
            hash=version.hash,
            address=address,
        )
        context |= {
            "version": version,
            "size": held_size(version.number),
            "cited": ledger_as_text(citation),
            "bibtex": ledger_as_bibtex(citation),
        }
    return render(request, "web/data.html", context)


@require_safe
def package(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give the package of the ledger as a zip; of a past version, of what the chain fixes.

    It is made once and kept until something in it changes, which its ETag tells.
    """
    newest = newest_version(request)
    past = None if newest and newest.number == number else number
    if newest is None or not Version.objects.filter(number=number).exists():
        return _no_package(request, number, newest)
    known = state(past)
    etag = f'"{known[:32]}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = _download(archive(past, known), f"conflict-ledger-v{number}.zip")
    answer["ETag"] = etag
    answer["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _described(table: Table, rows: int) -> Described:
    columns = [(column, _(column.words)) for column in table.columns]
    return Described(table, _(table.title), _(table.words), columns, rows)


def _download(path: Path, name: str) -> FileResponse:
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    answer["Content-Encoding"] = "identity"  # a zip is compressed; nothing is to be compressed again
    return answer


def _no_package(request: HttpRequest, number: int, newest: Version | None) -> HttpResponse:
    words = _("There is no version %(number)d: the ledger is empty.") % {"number": number}
    ways = [Way(reverse("data"), _("The data of the ledger"))]
    if newest is not None:
        words = _("There is no version %(number)d: the newest is %(newest)d.")
        words %= {"number": number, "newest": newest.number}
        ways.insert(0, Way(reverse("package", args=[newest.number]), _("The package of the newest version")))
    return missing(request, title=_("There is no such version"), explanation=words, ways=ways)
