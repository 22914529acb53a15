"""What the explorer shows of a query: one picture or a panel each, its table, key figures, and what it marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conflict.analysis.ranges import RangeFacts, counted_from, range_facts
from conflict.charts.chart import Chart, ChartEvent
from conflict.courses import Course, load_courses, measure_all, order_of
from conflict.queries import LEDGER, Asked, ExplorerQuery
from conflict.web.figures import with_ways
from conflict.web.marks import Note, NotesByCourse, Zoom, chart_marks, events_of, notes_of
from conflict.web.series import last_day, picture
from conflict.web.tables import Column, values_of


def explored(request: HttpRequest, form: ExplorerQuery) -> dict[str, Any]:
    """Return the context of a valid query. Two queries; as of a version one."""
    asked = form.asked
    courses = load_courses(asked)
    notes = notes_of(request, asked, courses)
    events = events_of(request, asked, courses, form.begins.values())
    labels = labels_of(asked, courses, {s.slug: str(s) for s in form.sources})
    zoom = Zoom(request.path, form.without("from", "to", "year"))
    title, charts = charts_of(asked, courses, labels, events)
    charts = [marked(request, chart, notes, zoom) for chart in charts]
    last = last_day([course.series for course in courses])
    figures = [with_ways(asked, chart, last, **addresses_of(request, form)) for chart in charts]
    table = values_of(charts, courses, asked, NotesByCourse.of(notes))
    return {
        "asked": asked,
        "figure": figures[0],
        "panels": figures if asked.panels else None,
        "title": title,
        "days": days_asked(asked),
        "table": table,
        "columns": columns_of(asked, courses, labels),
        "spans": any(cell.value and cell.value.gap > 1 for row in table.rows for cell in row.cells),
        "by_value": order_of(asked, courses)[0] is not None,
        "facts": facts_of(asked, courses, labels),
        "noted": noted(charts[0], events, notes),
    }


def charts_of(
    asked: Asked, courses: Sequence[Course], labels: Mapping[str, str], events: Sequence[ChartEvent]
) -> tuple[str, list[Chart]]:
    """Return a title and one chart of all courses, or one of each over the same days."""
    series = [course.series for course in courses]
    measures = measure_all(asked, series)
    whole = picture(asked, series, events, labels=labels, measures=measures)
    if not asked.panels or not courses:
        return whole.title, [whole]
    same = replace(asked, start=whole.start, end=whole.end, base=asked.base or asked.start)
    return whole.title, [
        picture(same, [one], events, labels=labels, measures=[measured])
        for one, measured in zip(series, measures, strict=True)
    ]


def marked(request: HttpRequest, chart: Chart, notes: Sequence[Note], zoom: Zoom) -> Chart:
    """Put on a chart what is noted of the figures on it."""
    keys = {"", *(trace.key for trace in chart.traces)}
    own = [note for note in notes if note.key in keys]
    return replace(chart, marks=tuple(chart_marks(request, own, chart.start, chart.end, zoom)))


def labels_of(asked: Asked, courses: Sequence[Course], sources: Mapping[str, str]) -> dict[str, str]:
    """Name each course as readers see it: with its source where more than one, or another, is asked for."""
    if asked.sources == (LEDGER["source"],):
        return {c.key: str(c.category) for c in courses}
    return {c.key: f"{c.category} ({sources.get(c.source, c.source)})" for c in courses}


def addresses_of(request: HttpRequest, form: ExplorerQuery) -> dict[str, str]:
    """Return where the chart, its values and its pictures are, whatever year of the table is open."""
    query = form.without("year")
    ways = {way: reverse(f"losses-{way}") for way in ("csv", "json", "svg", "png")}
    ways |= {"address": request.path, "embed": request.build_absolute_uri(reverse("embed-losses"))}
    return {way: page_address(path, query) for way, path in ways.items()}


def page_address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def columns_of(asked: Asked, courses: Sequence[Course], labels: Mapping[str, str]) -> list[Column]:
    """Return the columns of the table: the days, and each course."""
    head = _("Up to") if asked.measure.startswith("mean") else _("Days")
    return [Column.of("date", head, asked.sort), *(Column.of(c.key, labels[c.key], asked.sort) for c in courses)]


def days_asked(asked: Asked) -> str:
    """Name the range that is asked for."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (asked.start, asked.end))
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("from %(day)s") % {"day": first}
    return _("up to %(day)s") % {"day": last} if last else _("all")


def opened_part(request: HttpRequest) -> str:
    """Return the id of the part of the form in which the reader just chose, so that it stays open."""
    return str(request.htmx.trigger or "")  # type: ignore[attr-defined]


# -- Key figures --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactsRow:
    """The key figures of one course in the range, None where no day of it is covered."""

    course: Course
    label: str
    facts: RangeFacts | None

    @property
    def percent(self) -> int | None:
        """By how many percent the range differs from the one before."""
        ratio = self.facts.ratio if self.facts else None
        return None if ratio is None else round(100 * (ratio - 1))


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The rows, and the days that all of them cover: None where they cover different ones."""

    rows: tuple[FactsRow, ...]
    first: dt.date | None
    last: dt.date | None
    days: int | None


def facts_of(asked: Asked, courses: Sequence[Course], labels: Mapping[str, str]) -> KeyFigures:
    """Return what was reported of each course in the range, and how that compares."""
    rows = []
    for course in courses:
        series = counted_from(course.series, settings.CONFLICT_START)
        rows.append(FactsRow(course, labels[course.key], range_facts(series, asked.start, asked.end)))
    spans = {(r.facts.change.start, r.facts.change.end, r.facts.change.days) for r in rows if r.facts}
    first, last, days = spans.pop() if len(spans) == 1 else (None, None, None)
    return KeyFigures(tuple(rows), first, last, days)


# -- What is marked -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Noted:
    """What stands on the chart, as lists: events and milestones, and notes on figures."""

    events: Sequence[ChartEvent]
    notes: Sequence[Note]


def noted(chart: Chart, events: Sequence[ChartEvent], notes: Sequence[Note]) -> Noted:
    """Return what stands on the chart's own days, newest first."""
    if chart.start is None or chart.end is None:
        return Noted((), ())
    return Noted(
        [e for e in reversed(events) if chart.start <= e.date <= chart.end],
        [n for n in reversed(notes) if chart.start <= n.date <= chart.end],
    )
