"""What the explorer shows, as CSV and JSON: the rows of its table for the same query, in the same order.

A line is one value: of which days, from which source, of which category. `value` is rounded to four decimals,
and empty (null) where it is not known. `gap_days` is the longest span without reports whose change it takes as
even, 1 for none; `partial` marks a calendar period that the reports cover in part. `version` is the state of
the ledger that was read. Days that a course says nothing of have no line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from conflict.analysis.rows import period_of, rows_of
from conflict.analysis.series import Measured, in_range
from conflict.api.exports import Cell, csv_pieces, json_pieces
from conflict.api.problems import Fault, bad_query, problem
from conflict.courses import Course, load_courses, measure_all, order_of
from conflict.models import Version
from conflict.queries import LEDGER, Asked, ExplorerQuery

COLUMNS = (
    "start",
    "end",
    "source",
    "party",
    "category",
    "unit",
    "measure",
    "value",
    "gap_days",
    "partial",
    "version",
)
DECIMALS = 4


def lines_of(
    asked: Asked, courses: Sequence[Course], measures: Sequence[Measured], version: int | None
) -> Iterator[tuple[Cell, ...]]:
    """Give a line for each value that the explorer shows. ``measures``: of the courses, cut to the range."""
    by, downwards = order_of(asked, courses)
    values = [m.values for m in measures]
    for row in rows_of(values, period=period_of(measures), by=by, downwards=downwards):
        for course, measured, value in zip(courses, measures, row.values, strict=True):
            if value is not None:
                yield (
                    value.start,
                    value.end,
                    course.source,
                    LEDGER["party"],
                    course.category.slug,
                    course.category.unit,
                    measured.measure,
                    None if value.value is None else _rounded(value.value),
                    value.gap,
                    value.partial,
                    version,
                )


@require_safe
def losses_csv(request: HttpRequest) -> HttpResponse:
    """Give the values of the explorer as CSV. Six queries."""
    return _answer(request, csv_pieces, "text/csv; charset=utf-8", "losses.csv")


@require_safe
def losses_json(request: HttpRequest) -> HttpResponse:
    """Give the values of the explorer as JSON: an array of objects. Six queries."""
    return _answer(request, json_pieces, "application/json", "losses.json")


def refuse_version(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer that a version cannot be read, or does not exist, as any other fault of the query."""
    return problem(request, bad_query([Fault("version", sentence)]))


Writer = Callable[[Sequence[str], Iterable[Sequence[Cell]]], Iterator[bytes]]


def _answer(request: HttpRequest, write: Writer, kind: str, name: str) -> HttpResponse:
    newest = Version.objects.newest()
    form = ExplorerQuery.of(request.GET, newest=newest)
    if not form.is_valid():
        return problem(request, bad_query([Fault(fault.name, fault.sentence) for fault in form.faults]))
    if form.resolved is not None:
        return HttpResponseRedirect(f"{request.path}?{form.resolved}")
    asked = form.asked
    courses = load_courses(asked)
    measures = [in_range(m, asked.start, asked.end) for m in measure_all(asked, [c.series for c in courses])]
    version = asked.version or (newest.number if newest else None)
    response = HttpResponse(b"".join(write(COLUMNS, lines_of(asked, courses, measures, version))), kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"' if name.endswith("csv") else "inline"
    return response


def _rounded(number: float) -> float:
    """Round to what is written; a whole number stays or becomes an int."""
    rounded = round(number, DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded
