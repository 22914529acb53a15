"""The accepted figures: as one long table, or one category's course in its compact form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import in_range
from conflict.api import schemas, values
from conflict.api.describing import described
from conflict.api.exports import Cell, csv_pieces, json_pieces
from conflict.api.freshness import unless_known
from conflict.api.paging import link_next
from conflict.api.problems import not_found
from conflict.api.questions import LossesExport, SeriesQuery, read
from conflict.api.readings import pages_by_day, version_of
from conflict.asking import shown
from conflict.courses import load_courses, measure_all
from conflict.models import Category, Point
from conflict.models.ledger import PointQuerySet
from conflict.queries import LEDGER

router = Router(tags=[gettext_noop("Figures")])

COLUMNS = tuple(schemas.Loss.model_fields)
CHUNK = 2000  # rows that the database hands over at a time

SPARSE = 2
"""A course with more than so many days for each figure is given by its dates, not day by day."""

FIELDS = (
    "date",
    "total",
    "printed_change",
    "computed_change",
    "days_since_previous",
    "entry__qualifier",
    "entry__report__cited_url",
    "entry__report__document__url",
)


@router.get(
    "losses.csv",
    description=gettext_noop(
        "Every accepted figure, one in a row, as CSV. Categories in the source's order, each from its "
        "first day to its last. An empty cell is “not stated”. With a limit it comes in pages; without "
        "one it is streamed whole. With a measure its values are given instead, under the names of "
        "`Value`."
    ),
    **described(list[schemas.Loss], LossesExport, media_type="text/csv"),
)
def losses_csv(request: HttpRequest) -> HttpResponseBase:
    return _losses(request, "csv")


@router.get(
    "losses.json",
    description=gettext_noop(
        "Every accepted figure, one in an object, as JSON: the same rows and names as the CSV. With a "
        "measure its values are given instead, under the names of `Value`."
    ),
    **described(list[schemas.Loss | schemas.Value], LossesExport),
)
def losses_json(request: HttpRequest) -> HttpResponseBase:
    return _losses(request, "json")


@router.get(
    "series/{category}.json",
    description=gettext_noop(
        "One category's course in its compact form. Day by day from `start` with `null` where the source "
        "stated nothing, or by `dates` where most days have no figure. A change is that of a single day: "
        "`null` where the day before has no total."
    ),
    **described(schemas.Series, SeriesQuery, missing=True),
    exclude_unset=True,
)
def series(request: HttpRequest, category: str) -> dict[str, Any]:
    categories = list(Category.objects.filter(slug=category))
    if not categories:
        raise not_found(_("The ledger has no category “%(slug)s”.") % {"slug": shown(category)})
    form = read(request, SeriesQuery(request))
    asked, version = form.cleaned_data, version_of(request, form)
    source = asked["source"] or LEDGER["source"]
    points = _points(source, categories[0], version).between(asked["from"], asked["to"])
    rows = list(points.values_list("date", "total", "computed_change", "days_since_previous"))
    return {
        "source": source,
        "party": LEDGER["party"],
        "category": category,
        "unit": categories[0].unit,
        "version": version,
        **compact(rows),
    }


# -- The compact form ---------------------------------------------------------------------------------------


def compact(rows: list[tuple[dt.date, int, int | None, int | None]]) -> dict[str, Any]:
    """Set rows (date, total, computed change, days since the previous) in columns, as ``schemas.Series`` says."""
    if not rows:
        return {"start": None, "step": 1, "total": [], "change": []}
    first, last = rows[0][0], rows[-1][0]
    stated = {date: (total, change if days == 1 else None) for date, total, change, days in rows}
    span = (last - first).days + 1
    every_day = span <= SPARSE * len(rows)
    dates = [first + n * ONE_DAY for n in range(span)] if every_day else list(stated)
    pairs = [stated.get(date, (None, None)) for date in dates]
    columns = {"total": [total for total, _change in pairs], "change": [change for _total, change in pairs]}
    return {"start": first, **({"step": 1} if every_day else {"dates": dates}), **columns}


# -- The long table -----------------------------------------------------------------------------------------


def _losses(request: HttpRequest, form: str) -> HttpResponseBase:
    asked = read(request, LossesExport(request, list(Category.objects.all())))
    version = version_of(request, asked)
    names = [f"{c.pk} {c.slug} {c.order}" for c in asked.asked.categories]

    def make() -> HttpResponseBase:
        name = f"losses-version-{version}"
        if asked.measured:
            return _streamed(form, values.COLUMNS, values_rows(asked, version), name)
        rows = losses_rows(request, asked, version)
        if asked.cleaned_data["limit"]:
            return _page(request, form, asked, rows, version)
        return _streamed(form, COLUMNS, rows, name)

    return unless_known(request, [*names, str(version)], make)


def _points(source: str, category: Category, version: int | None) -> PointQuerySet:
    points = Point.objects.at_version(version).of(source=source, party=LEDGER["party"])
    return points.filter(category=category).order_by("date")


def losses_rows(request: HttpRequest, form: LossesExport, version: int | None) -> Iterator[tuple[Cell, ...]]:
    """Walk the rows of the long table in constant memory. One query a category and source, as its index is sorted.

    One query for all would have to sort them first, which keeps the first row back.
    """
    first_day, cursor = settings.CONFLICT_START, form.cleaned_data["cursor"]
    begun = tuple(cursor[1][:2]) if cursor else None
    for place, source in enumerate(form.asked.sources):
        page = pages_by_day(request, source, LEDGER["party"])
        for category in form.asked.categories:
            if begun and (place, category.order) < begun:
                continue
            points = _points(source, category, version).between(form.asked.start, form.asked.end)
            if begun == (place, category.order):
                points = points.filter(date__gt=cursor[1][2])
            names = (source, LEDGER["party"], category.slug)
            for date, *figures, qualifier, cited, url in points.values_list(*FIELDS).iterator(chunk_size=CHUNK):
                day = (date - first_day).days + 1
                where = cited or url or page(date)
                yield (date, day, *names, *figures, qualifier or None, where, version)


def values_rows(form: LossesExport, version: int | None) -> Iterator[tuple[Cell, ...]]:
    """Walk the values of the measure asked for, oldest first. One query."""
    asked = replace(form.asked, version=version, sort="date")
    courses = load_courses(asked)
    measures = [in_range(m, asked.start, asked.end) for m in measure_all(asked, [c.series for c in courses])]
    return values.lines_of(asked, courses, measures, version)


def _streamed(form: str, columns: Sequence[str], rows: Iterator[tuple[Cell, ...]], name: str) -> HttpResponseBase:
    write, media_type = (csv_pieces, "text/csv") if form == "csv" else (json_pieces, "application/json")
    response = StreamingHttpResponse(write(columns, rows), content_type=f"{media_type}; charset=utf-8")
    if form == "csv":
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _page(
    request: HttpRequest, form: str, asked: LossesExport, rows: Iterator[tuple[Cell, ...]], version: int | None
) -> HttpResponseBase:
    limit = asked.cleaned_data["limit"]
    found = list(islice(rows, limit + 1))
    if len(found) > limit:
        found.pop()
        last = dict(zip(COLUMNS, found[-1], strict=True))
        order = next(c.order for c in asked.asked.categories if c.slug == last["category"])
        key = [asked.asked.sources.index(str(last["source"])), order, last["date"]]
        link_next(request, key, version=version)
    whole = _streamed(form, COLUMNS, iter(found), f"losses-version-{version}")
    return HttpResponse(b"".join(whole), headers=dict(whole.items()))
