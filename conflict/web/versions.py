"""Every change of the ledger: when, who, why, and what it changed, old beside new."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Count, Max, Min, Q, QuerySet, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from conflict.asking import CountField
from conflict.models import Category, Document, Point, Report, Version
from conflict.queries import LEDGER
from conflict.web.asof import UnknownVersion, as_of, requested_number
from conflict.web.context import newest_version
from conflict.web.errors import Way, unreadable

VERSIONS_A_PAGE = 50
CHANGES_A_PAGE = 100


@require_safe
@as_of
def versions(request: HttpRequest) -> HttpResponse:
    """List the versions, newest first. Two queries."""
    number = requested_number(request)
    held = Version.objects.all() if number is None else Version.objects.filter(number__lte=number)
    form, rows = read_page(request, held.order_by("-number"), a_page=VERSIONS_A_PAGE)
    if not form.is_valid():
        return form.refusal()
    context = {"versions": rows, "newest": newest_version(request), "pages": form.pages}
    return render(request, "web/versions.html", context)


@require_safe
@as_of
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show what one version changed, a hundred cells at a time. Six queries."""
    asked = requested_number(request)
    known = Version.objects.all() if asked is None else Version.objects.filter(number__lte=asked)
    version: Any = known.with_neighbours().with_decisions().filter(number=number).first()
    if version is None:
        raise UnknownVersion(number)
    totals, counts = count_changes(version)
    form = PageForm(request, of=sum(total for _what, total in totals), a_page=CHANGES_A_PAGE)
    if not form.is_valid():
        return form.refusal()
    context = {
        "version": version,
        "before": version.before,
        "after": version.after,
        "counts": counts,
        "totals": totals,
        "groups": changes(version, form.pages),
        "pages": form.pages,
        "documents": documents_of(version),
        "decisions": version.decided,
    }
    return render(request, "web/version.html", context)


# -- Pages --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a list of ``of`` rows: which it is, and from which row to before which; addresses or ""."""

    number: int
    last: int
    start: int
    end: int
    of: int
    previous: str
    next: str


class PageForm(forms.Form):
    """Which page of a long list is asked for; none is the first. Read ``pages`` after ``is_valid()``."""

    page = CountField(label=gettext_lazy("Page"), required=False)

    def __init__(self, request: HttpRequest, *, of: int, a_page: int) -> None:
        super().__init__(request.GET)
        self.request, self.of, self.a_page = request, of, a_page
        self.last = max(1, math.ceil(of / a_page))

    def clean_page(self) -> int:
        number: int = self.cleaned_data["page"] or 1
        if number > self.last:
            raise forms.ValidationError(
                _("There is no page %(page)d: the last is %(last)d."), params={"page": number, "last": self.last}
            )
        return number

    @property
    def pages(self) -> Pages:
        number = self.cleaned_data["page"]
        start = (number - 1) * self.a_page
        return Pages(
            number=number,
            last=self.last,
            start=start,
            end=min(start + self.a_page, self.of),
            of=self.of,
            previous=self.address(number - 1) if number > 1 else "",
            next=self.address(number + 1) if number < self.last else "",
        )

    def address(self, number: int) -> str:
        """Return the address of a page of the list; what else is asked stays."""
        query = self.request.GET.copy()
        query["page"] = str(number)
        if number == 1:
            del query["page"]
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def refusal(self) -> HttpResponse:
        """Answer a page number that cannot be read or that the list does not have."""
        return unreadable(
            self.request,
            title=_("There is no such page of the list"),
            explanation=str(self.errors["page"][0]),
            ways=[Way(self.address(1), _("The first page")), Way(self.address(self.last), _("The last page"))],
        )


def read_page(request: HttpRequest, rows: QuerySet[Any], *, a_page: int) -> tuple[PageForm, list[Any]]:
    """Return which page of a list is asked for, and its rows. One query, two where there is no such page."""
    try:
        number = CountField().clean(request.GET.get("page")) or 1
    except forms.ValidationError:
        number = 1
    start = (number - 1) * a_page
    found = list(rows.annotate(of_all=Window(Count("*")))[start : start + a_page])
    of = found[0].of_all if found else rows.count() if number > 1 else 0
    return PageForm(request, of=of, a_page=a_page), found


# -- What a version changed ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cells of a category a version changed, by kind of change, and between which days."""

    category: Category
    by_change: tuple[int, ...]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell that a version changed: the point before and after, ``None`` where there was or is none."""

    what: Point.Change
    old: Point | None
    new: Point | None

    @property
    def point(self) -> Point:
        point = self.new or self.old
        assert point is not None  # noqa: S101 - a change has at least one side
        return point

    @property
    def has_page(self) -> bool:
        """Whether the figure is one of the account that the report and figure pages keep."""
        return {"source": self.point.source.slug, "party": self.point.party.slug} == LEDGER


def count_changes(version: Version) -> tuple[list[tuple[Point.Change, int]], list[Counted]]:
    """Return how many cells a version changed by kind of change, those that occur, and the same by category.

    One query.
    """
    words = ("order", "slug", "name", "translations")
    columns = (*(f"category__{word}" for word in words), "what")
    opened, removed = (
        points.order_by().values_list(*columns).annotate(count=Count("pk"), first=Min("date"), last=Max("date"))
        for points in (Point.objects.opened_in(version.number), Point.objects.removed_in(version.number))
    )
    rows: list[tuple[int, int, int, dt.date, dt.date]] = []
    categories: dict[int, Category] = {}
    for *said, what, count, first, last in opened.union(removed, all=True):
        rows.append((said[0], what, count, first, last))
        categories[said[0]] = Category(**dict(zip(words, said, strict=True)))
    totals = Counter(dict.fromkeys(Point.Change, 0))
    for _category, what, count, *_days in rows:
        totals[Point.Change(what)] += count
    occurring = [(what, total) for what, total in totals.items() if total]
    by_category: dict[int, list[tuple[int, int, int, dt.date, dt.date]]] = defaultdict(list)
    for row in rows:
        by_category[row[0]].append(row)
    return occurring, [_counted(categories[n], by_category[n], occurring) for n in sorted(categories)]


def _counted(
    category: Category,
    rows: Sequence[tuple[int, int, int, dt.date, dt.date]],
    occurring: Sequence[tuple[Point.Change, int]],
) -> Counted:
    counts = {what: count for _category, what, count, *_days in rows}
    return Counted(
        category,
        tuple(counts.get(what, 0) for what, _total in occurring),
        min(first for *_rest, first, _last in rows),
        max(last for *_rest, last in rows),
    )


def changes(version: Version, pages: Pages) -> list[tuple[Point.Change, list[Changed]]]:
    """Return one page of what a version changed, old beside new: changed figures first. Two queries."""
    columns = ("what", "category__order", "date", "source", "party", "pk", "old")
    opened = Point.objects.opened_in(version.number).order_by().values_list(*columns)
    removed = Point.objects.removed_in(version.number).order_by().values_list(*columns)
    both = opened.union(removed, all=True).order_by(*columns[:-1])[pages.start : pages.end]
    rows = [(Point.Change(what), key, old) for what, _order, _date, _source, _party, key, old in both]
    wanted = {key for _what, *keys in rows for key in keys if key is not None}
    held = Point.objects.with_documents().select_related("source", "party").in_bulk(wanted)
    changed = [
        Changed(what, held.get(old), None if what == Point.Change.REMOVED else held[key])
        for what, key, old in rows
    ]
    return [(what, list(group)) for what, group in groupby(changed, key=lambda change: change.what)]


@dataclass(frozen=True, slots=True)
class Counting:
    """How many reports of a document began to count with a version, and how many ceased to."""

    document: Document  # only what its title is written from
    begun: int
    ended: int


def documents_of(version: Version) -> Sequence[Counting]:
    """Return which documents' reports a version published, superseded or withdrew. One query."""
    touched = Report.objects.filter(Q(from_version=version) | Q(to_version=version)).order_by()
    named = ("slug", "title", "title_is_printed", "language", "translations")
    rows = touched.values_list(*(f"document__{name}" for name in named)).annotate(
        begun=Count("pk", filter=Q(from_version=version)), ended=Count("pk", filter=Q(to_version=version))
    )
    return [
        Counting(Document(**dict(zip(named, words, strict=True))), begun, ended)
        for *words, begun, ended in rows.order_by("document__slug")
    ]
