"""Round days, anniversaries, round figures and records: all that were passed, and the next ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import day_number
from conflict.analysis.milestones import (
    Milestone,
    figures_passed,
    milestone_days,
    next_days,
    next_figure,
    record_day,
    record_month,
)
from conflict.analysis.pace import Outlook, Pace, outlook
from conflict.analysis.series import Series, totals
from conflict.charts.chart import Chart, ChartEvent, losses_chart, number_in_words
from conflict.charts.figures import payload_json
from conflict.charts.lanes import Stop, lane, years
from conflict.charts.svg import drawing
from conflict.models import Category
from conflict.queries import PERSONNEL, Asked
from conflict.web.asof import as_of, keep_version, requested_number
from conflict.web.figures import Figure
from conflict.web.series import last_day, load_series

STILL_STATED = 30
"""Days: a category that the reports have left out for longer gets no outlook."""


@require_safe
@as_of
def index(request: HttpRequest) -> HttpResponse:
    """Show every milestone passed, the records, and the next ones with an honest range. Three queries."""
    version = requested_number(request)
    categories = list(Category.objects.all())
    series = load_series(Asked(tuple(categories), None, None, "total", "linear", version))
    last = last_day(series)
    until = come_until(version, last)
    pairs = list(zip(categories, series, strict=True))
    personnel = next(((c, s) for c, s in pairs if c.slug == PERSONNEL and s.observations), None)
    passed = [(c, found[::-1]) for c, s in pairs if (found := figures_passed(s))]
    context = {
        "last": last,
        "until": until,
        "figure": _course(request, *personnel, until) if personnel else None,
        "lanes": lanes_of(request, pairs, until),
        "years": years(first_day(), until),
        "days": days_of(until, personnel[1] if personnel else None, series),
        "coming": [
            (in_words(day), day, (day.date - until).days) for day in next_days(first_day=first_day(), after=until)
        ],
        "outlooks": outlooks_of(pairs, last, until),
        "ended": [(c, s.observations[-1]) for c, s in pairs if s.observations and not _is_stated(s, last)],
        "passed": passed,
        "figures": sum(len(found) for _category, found in passed),
        "records": [(c, record_day(s), record_month(s)) for c, s in pairs if s.observations],
    }
    return render(request, "web/milestones.html", context)


# -- All milestones -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DayRow:
    """A milestone day that has come. ``reported``: whether any total is of it; ``total``: that of personnel."""

    milestone: Milestone
    number: int
    reported: bool
    total: int | None

    @property
    def words(self) -> str:
        return in_words(self.milestone)


@dataclass(frozen=True, slots=True)
class Coming:
    """The next figure of a category, with what the paces of its last days say of when, in words."""

    category: Category
    outlook: Outlook
    words: str
    gap: int  # the longest span without reports that a pace takes as even, 1 for none
    overdue: bool  # the first day it might have come has passed without a report that says so


def days_of(until: dt.date, personnel: Series | None, series: Sequence[Series]) -> list[DayRow]:
    """Return the milestone days up to a day, newest first."""
    reported = {o.date for s in series for o in s.observations}
    stated = {o.date: o.total for o in personnel.observations} if personnel else {}
    return [
        DayRow(m, day_number(m.date, first_day=first_day()), m.date in reported, stated.get(m.date))
        for m in reversed(milestone_days(first_day=first_day(), until=until))
    ]


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the picture: of a category's round figures, or without one of the calendar's days."""

    words: str
    drawing: SafeString
    category: Category | None = None


def lanes_of(request: HttpRequest, pairs: Sequence[tuple[Category, Series]], until: dt.date) -> list[Lane]:
    """Draw the days of the calendar and, of each category, the round figures passed, on one scale of days."""
    ends = {"first": first_day(), "last": until}
    days = milestone_days(first_day=first_day(), until=until)
    lanes = [
        Lane(_("Every hundredth day"), lane([_day_stop(request, m) for m in days if m.kind == "day"], **ends)),
        Lane(_("Anniversaries"), lane([_day_stop(request, m) for m in days if m.kind != "day"], **ends)),
    ]
    for category, series in pairs:
        stops = [_figure_stop(request, category, m) for m in figures_passed(series)]
        if stops:
            lanes.append(Lane(str(category), lane(stops, **ends), category))
    return lanes


def _day_stop(request: HttpRequest, milestone: Milestone) -> Stop:
    number = day_number(milestone.date, first_day=first_day())
    return Stop(
        date=milestone.date,
        label=number_in_words(number) if milestone.kind == "day" else in_words(milestone),
        words=f"{in_words(milestone)} · {date_format(milestone.date)}",
        address=keep_version(request, reverse("milestone", args=[number])),
        weight=sum(number % round_number == 0 for round_number in (200, 1000)),
    )


def _figure_stop(request: HttpRequest, category: Category, milestone: Milestone) -> Stop:
    date = date_format(milestone.date, "SHORT_DATE_FORMAT")
    if not milestone.exact and milestone.earliest:
        first = date_format(milestone.earliest, "SHORT_DATE_FORMAT")
        date = _("between %(first)s and %(last)s") % {"first": first, "last": date}
    figure = number_in_words(milestone.figure)
    return Stop(
        date=milestone.date,
        label=figure,
        words=f"{category} {figure} · {date}",
        address=keep_version(request, reverse("figure", args=[milestone.date, category.slug])),
        earliest=milestone.earliest,
    )


def outlooks_of(pairs: Sequence[tuple[Category, Series]], last: dt.date | None, until: dt.date) -> list[Coming]:
    """Return the next figure of every category that is still stated, the earliest first."""
    coming = []
    for category, series in pairs:
        figure = next_figure(series)
        if figure is None or not _is_stated(series, last):
            continue
        found = outlook(series, figure)
        if found is not None:
            gap = max((pace.gap for pace in found.paces if pace.rate is not None), default=1)
            overdue = found.earliest is not None and found.earliest <= until
            coming.append(Coming(category, found, when_reached(found), gap, overdue))
    return sorted(coming, key=lambda row: (row.outlook.earliest or dt.date.max, row.category.order))


def when_reached(found: Outlook) -> str:
    """Word the days between which a figure would be reached, and what is not known of them."""
    first, last = found.earliest, found.latest
    if first is None and all(pace.rate is not None and pace.rate > 0 for pace in found.paces):
        return _("not within ten years at either pace")
    if first is None:
        return "; ".join(dict.fromkeys(_no_day(pace) for pace in found.paces))
    if last is None:
        open_side = next(pace for pace in found.paces if pace.date is None)
        words = _("about %(date)s at the pace of %(days)d days; %(open)s")
        days = next(pace.days for pace in found.paces if pace.date)
        return words % {"date": date_format(first, "SHORT_DATE_FORMAT"), "days": days, "open": _no_day(open_side)}
    if first == last:
        return _("about %(date)s") % {"date": date_format(first, "SHORT_DATE_FORMAT")}
    return _("between %(first)s and %(last)s") % {
        "first": date_format(first, "SHORT_DATE_FORMAT"),
        "last": date_format(last, "SHORT_DATE_FORMAT"),
    }


def _no_day(pace: Pace) -> str:
    if pace.rate is None:
        return _("the pace of %(days)d days is not known") % {"days": pace.days}
    if pace.rate <= 0:
        return _("no rise in %(days)d days") % {"days": pace.days}
    return _("at the pace of %(days)d days not within ten years") % {"days": pace.days}


def _course(request: HttpRequest, category: Category, series: Series, until: dt.date) -> Figure:
    """Draw the course of a category with its round figures, the thousandth days and the anniversaries on it."""
    marks = [
        ChartEvent(
            m.date, number_in_words(m.figure), keep_version(request, reverse("report", args=[m.date])), "", 3
        )
        for m in figures_passed(series)
    ]
    for m in milestone_days(first_day=first_day(), until=until):
        if m.kind == "day" and m.figure % 1000:
            continue
        number = day_number(m.date, first_day=first_day())
        address = keep_version(request, reverse("milestone", args=[number]))
        marks.append(ChartEvent(m.date, in_words(m), address, "", 2 if m.kind == "day" else 1))
    title = _("%(name)s: reported losses since day 1, with round figures and days") % {"name": category}
    labels = {category.slug: str(category)}
    return still_figure(
        losses_chart([totals(series)], labels=labels, title=title, y_label=series.unit, events=marks)
    )


def in_words(milestone: Milestone) -> str:
    """Name a day of the calendar: Day 1,000; 3 years."""
    if milestone.kind == "anniversary":
        return ngettext("%(years)d year", "%(years)d years", milestone.figure) % {"years": milestone.figure}
    return _("Day %(number)s") % {"number": number_in_words(milestone.figure)}


# -- What both share ----------------------------------------------------------------------------------------


def first_day() -> dt.date:
    """Return day 1 of the conflict."""
    first: dt.date = settings.CONFLICT_START
    return first


def come_until(version: int | None, last: dt.date | None) -> dt.date:
    """Return the day up to which milestones have come: today, or as of a version that of its last report."""
    return timezone.localdate() if version is None else last or first_day()


def _is_stated(series: Series, last: dt.date | None) -> bool:
    """Whether a series goes on up to the newest report, or near it."""
    if last is None or not series.observations:
        return False
    return (last - series.observations[-1].date).days <= STILL_STATED


def still_figure(chart: Chart) -> Figure:
    """Draw a chart that stands on its page without choices beside it."""
    return Figure(chart, drawing(chart), payload_json(chart), [], [])
