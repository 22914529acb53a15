"""The versions: every change of the ledger, who made it and why, and what it did to which figure."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.paging import PagedForm, beyond, link_next, take
from conflict.api.problems import not_found
from conflict.api.questions import PagedQuery, PagedVersionQuery, read
from conflict.api.readings import version_of
from conflict.asking import CountField, shown
from conflict.models import Point, Version

router = Router(tags=[gettext_noop("Versions")])

ORDER = ("category__order", "date", "source_id", "party_id")


@router.get(
    "versions",
    description=gettext_noop("Every version, newest first; of those up to one where `version` is given."),
    **described(list[schemas.Version], PagedVersionQuery),
)
def versions(request: HttpRequest) -> list[dict[str, Any]]:
    form = read(request, PagedVersionQuery(request))
    number = version_of(request, form)
    rows = Version.objects.filter(number__lte=number or 0)
    found = take(request, rows, order=["-number"], page=form.cleaned_data, version=number)
    return [_version(version) for version in found]


@router.get(
    "versions/{number}",
    description=gettext_noop("One version and what it changed, old beside new, by category and day, in pages."),
    **described(schemas.VersionInFull, PagedQuery, missing=True),
)
def version(request: HttpRequest, number: str) -> dict[str, Any]:
    form = read(request, PagedQuery(request.GET))
    held = Version.objects.filter(number=_number(number)).first()
    if held is None:
        raise not_found(_("There is no version %(number)s.") % {"number": shown(number)})
    return {**_version(held), "changes": _changes(request, held.number, form)}


def _number(text: str) -> int:
    try:
        return CountField(required=False).clean(text) or 0
    except ValidationError:
        return 0  # no version has this number


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "time": version.time,
        "kind": version.kind,
        "by": version.by,
        "reason": version.reason,
        "opened": version.opened,
        "closed": version.closed,
        "previous_hash": version.previous_hash or None,
        "hash": version.hash,
    }


def _changes(request: HttpRequest, number: int, form: PagedForm) -> list[dict[str, Any]]:
    """Return a page of the cells that a version changed. Two queries."""
    page = form.cleaned_data
    after = beyond(ORDER, page["cursor"][1]) if page["cursor"] else None
    columns = (*ORDER, "pk", "old", "what")
    opened = Point.objects.opened_in(number).order_by()
    removed = Point.objects.removed_in(number).order_by()
    if after is not None:
        opened, removed = opened.filter(after), removed.filter(after)
    both = opened.values_list(*columns).union(removed.values_list(*columns), all=True)
    rows = list(both.order_by(*ORDER)[: page["limit"] + 1])
    if len(rows) > page["limit"]:
        rows.pop()
        link_next(request, rows[-1][: len(ORDER)])
    keys = {key for row in rows for key in row[len(ORDER) : len(ORDER) + 2] if key is not None}
    held = Point.objects.with_documents().select_related("source", "party").in_bulk(keys)
    return [
        _change(Point.Change(what), held.get(old), None if what == Point.Change.REMOVED else held[key], held[key])
        for *_order, key, old, what in rows
    ]


def _change(what: Point.Change, old: Point | None, new: Point | None, cell: Point) -> dict[str, Any]:
    return {
        "what": what.name.lower(),
        "source": cell.source.slug,
        "party": cell.party.slug,
        "category": cell.category.slug,
        "date": cell.date,
        "old": _figure(old),
        "new": _figure(new),
    }


def _figure(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {
        "total": point.total,
        "printed_change": point.printed_change,
        "computed_change": point.computed_change,
        "days_since_previous": point.days_since_previous,
        "document": point.entry.report.document.slug,
    }
