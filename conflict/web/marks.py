"""What stands on a chart beside the figures: events and milestones, and what was found or changed of a figure."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.milestones import figures_passed, round_days
from conflict.charts.chart import ChartEvent, ChartMark, number_in_words
from conflict.courses import Course
from conflict.models import Event, Finding
from conflict.queries import LEDGER, NO_EVENTS, Asked
from conflict.web.asof import keep_version
from conflict.web.series import chart_event

MOST_MARKS = 30
"""So many marks stand apart along the foot of a chart, also on a phone; nearer ones become one."""

MOST_COURSES = 3
"""Of more categories than these the round figures are not named: nobody could tell whose they are."""


@dataclass(frozen=True, slots=True)
class Note:
    """That something was found of a figure, or that an earlier version showed another.

    ``key`` names the course, "" for a whole day.
    """

    date: dt.date
    key: str
    kind: Literal["finding", "changed"]
    words: str
    address: str


def notes_of(request: HttpRequest, asked: Asked, courses: Sequence[Course]) -> list[Note]:
    """Return what is noted of the courses in the range, by day. One query; as of a version none.

    Findings are edited outside the versions, so that they are left out as of one.
    """
    labels = {course.key: str(course.category) for course in courses}
    own = [c for c in courses if c.source == LEDGER["source"]]
    notes = [
        Note(date, c.key, "changed", _("%(category)s: changed") % {"category": c.category}, address)
        for c in own
        for date in c.changed
        for address in [keep_version(request, reverse("figure", args=[date, c.category.slug]))]
    ]
    if asked.version is None:
        found = Finding.objects.noted_on_charts((c.category.slug for c in own), **LEDGER)
        kinds = dict(Finding.Kind.choices)
        for kind, date, slug in found.order_by().values_list("kind", "date", "category__slug"):
            if slug is not None:
                words = _("%(category)s: %(finding)s") % {"category": labels[slug], "finding": kinds[kind]}
                address = f"{reverse('figure', args=[date, slug])}#findings"
            else:
                words, address = str(kinds[kind]), integrity_address(date, date, kind=kind)
            notes.append(Note(date, slug or "", "finding", words, address))
    inside = (n for n in notes if (asked.start or n.date) <= n.date <= (asked.end or n.date))
    return sorted(inside, key=lambda n: (n.date, n.kind, n.words))


def integrity_address(first: dt.date, last: dt.date, **asked: str) -> str:
    """Return the address of the findings of some days."""
    query = urlencode({**asked, "from": first.isoformat(), "to": last.isoformat()})
    return f"{reverse('integrity')}?{query}#findings"


def chart_marks(
    request: HttpRequest, notes: Sequence[Note], start: dt.date | None, end: dt.date | None, zoom: Zoom
) -> list[ChartMark]:
    """Return the marks of a chart from ``start`` to ``end``: notes too near to stand apart become one.

    One note leads to its own page, several of one day to its report, those of several days to the same chart of
    these days alone (``zoom`` gives its address).
    """
    if start is None or end is None:
        return []
    width = ((end - start).days + 1) / MOST_MARKS
    groups: list[list[Note]] = []
    for note in notes:
        if groups and (note.date - groups[-1][0].date).days < width:
            groups[-1].append(note)
        else:
            groups.append([note])
    marks = []
    for near in groups:
        first, last = near[0].date, near[-1].date
        day = date_format(first, "SHORT_DATE_FORMAT")
        if len(near) == 1:
            marks.append(ChartMark(first, f"{day} · {near[0].words}", near[0].address, near[0].kind))
            continue
        kind: Literal["changed", "several"] = "changed" if all(n.kind == "changed" for n in near) else "several"
        words = ngettext("%(count)d note", "%(count)d notes", len(near)) % {"count": len(near)}
        if first == last:
            address = keep_version(request, reverse("report", args=[first]))
            marks.append(ChartMark(first, f"{day} · {words}", address, kind))
        else:
            middle = first + (last - first) // 2
            span = f"{day} – {date_format(last, 'SHORT_DATE_FORMAT')}"
            marks.append(ChartMark(middle, f"{span} · {words}", zoom(first, last), kind))
    return marks


@dataclass(frozen=True, slots=True)
class Zoom:
    """The address of a chart with other days: ``path`` and the query without them."""

    path: str
    query: str

    def __call__(self, first: dt.date, last: dt.date) -> str:
        days = urlencode({"from": first.isoformat(), "to": last.isoformat()})
        return f"{self.path}?{self.query}&{days}" if self.query else f"{self.path}?{days}"


@dataclass(frozen=True, slots=True)
class NotesByCourse:
    """The notes of each course by day, to be asked for spans of days."""

    dates: Mapping[str, list[dt.date]]
    notes: Mapping[str, list[Note]]

    @classmethod
    def of(cls, notes: Iterable[Note]) -> NotesByCourse:
        by_key: dict[str, list[Note]] = {}
        for note in notes:
            by_key.setdefault(note.key, []).append(note)
        return cls({key: [n.date for n in some] for key, some in by_key.items()}, by_key)

    def between(self, key: str, first: dt.date, last: dt.date) -> list[Note]:
        """Return the notes of a course on some days, both ends included."""
        dates = self.dates.get(key, [])
        return self.notes.get(key, [])[bisect_left(dates, first) : bisect_right(dates, last)]


# -- Events and milestones ----------------------------------------------------------------------------------


def events_of(
    request: HttpRequest, asked: Asked, courses: Sequence[Course], events: Iterable[Event]
) -> list[ChartEvent]:
    """Return the events and milestones that a query wants on its chart, by day.

    Of no theme: those that have a short title. As of a version only the milestones, which are computed.
    """
    if NO_EVENTS in asked.events:
        return []
    chosen = []
    if asked.version is None:
        chosen = [e for e in events if (e.theme in asked.events if asked.events else e.short_title)]
    if not asked.events or Event.Theme.MILESTONE in asked.events:
        told = {e.date for e in chosen if e.theme == Event.Theme.MILESTONE}
        found = [m for m in _milestones(request, courses) if m.date not in told]
        return sorted([*map(chart_event, chosen), *found], key=lambda e: e.date)
    return [chart_event(event) for event in chosen]


def _milestones(request: HttpRequest, courses: Sequence[Course]) -> list[ChartEvent]:
    """Return each thousandth day up to the last report, and the round figures that a few categories passed."""
    theme, first_day = str(Event.Theme.MILESTONE), settings.CONFLICT_START
    last = max((c.series.observations[-1].date for c in courses if c.series.observations), default=first_day)
    marks = [
        ChartEvent(
            m.date,
            _("Day %(number)s") % {"number": number_in_words(m.figure)},
            keep_version(request, reverse("milestone", args=[m.figure])),
            theme,
            2,
        )
        for m in round_days(first_day=first_day, until=max(last, first_day - ONE_DAY), every=1000)
    ]
    own = [c for c in courses if c.source == LEDGER["source"]]
    for course in own if len(own) <= MOST_COURSES else []:
        for m in figures_passed(course.series):
            address = keep_version(request, reverse("figure", args=[m.date, course.category.slug]))
            words = number_in_words(m.figure)
            if len(own) > 1:
                words = _("%(category)s %(figure)s") % {"category": course.category, "figure": words}
            marks.append(ChartEvent(m.date, words, address, theme, 1 if m.exact else 0))
    return marks
