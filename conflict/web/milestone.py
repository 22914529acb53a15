"""A milestone day: its report, the days up to it in one chart, their two halves, and what was said that week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import ONE_DAY, date_of_day, day_number
from conflict.analysis.milestones import milestone_days
from conflict.analysis.pace import Compared, halves, pace_of
from conflict.analysis.series import Series
from conflict.analysis.sums import Sum
from conflict.charts.chart import ChartEvent, number_in_words
from conflict.models import Category, Claim, Document, Event, Report
from conflict.models.articles import Certainty
from conflict.models.reports import DaysAround
from conflict.queries import LEDGER, PERSONNEL, USUAL_MEASURE, Asked
from conflict.web.asof import as_of, keep_version, requested_number
from conflict.web.context import read_with_newest_version
from conflict.web.errors import Way, missing
from conflict.web.figures import Figure
from conflict.web.milestones import come_until, first_day, still_figure
from conflict.web.readings import accepted_on, check_sum, read_day, side_by_side
from conflict.web.series import chart_events, last_day, load_series, picture

WEEK = 3 * ONE_DAY
"""The week of a milestone day is the day itself with three days on each side."""


@require_safe
@as_of
def day(request: HttpRequest, number: int) -> HttpResponse:
    """Show a milestone day: its report, the days up to it, what was said that week. Six queries.

    As of a version: without events and statements, which are edited outside the versions; then five at most.
    """
    date = _date_of(number)
    here = [m for m in milestone_days(first_day=first_day(), until=date) if m.date == date] if date else []
    if date is None or not here or date > timezone.localdate():
        return _no_milestone(request, number, date, is_milestone=bool(here))
    version = requested_number(request)
    categories = accepted_on(date, version)
    series = load_series(Asked(tuple(categories), None, None, "total", "linear", version))
    by_slug = {s.category: s for s in series}
    context: dict[str, Any] = {
        "number": number,
        "date": date,
        "version": version,
        "years": next((m.figure for m in here if m.kind == "anniversary"), None),
        "neighbours": _neighbours(date, come_until(version, last_day(series))),
        "halves": halves_of(categories, series, number),
        "middle": number // 2,
        "ends": (date - (number - number // 2) * ONE_DAY, date),
        **report_of(date, version, categories),
        **_standing(by_slug.get(PERSONNEL), date, number),
    }
    context["around"] = context["around"] or _around(request, date, version)
    events: Sequence[ChartEvent] = ()
    if version is None:
        events, context["events"] = _events(date)
        accepted = {row.category.pk: row.point.total for row in context["rows"] if row.point}
        context |= _said(date, accepted)
        context["reported"] = {o.date for s in series for o in s.observations}
    context["figure"] = _days_in_one(categories, by_slug, date, version, events)
    return render(request, "web/milestone.html", context)


# -- One day ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and, where it is a sum of the day's totals, the sum as the ledger checks it."""

    claim: Claim
    sum: Sum | None = None
    parts: tuple[tuple[Category, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Certain:
    """The statements of one certainty, speaker after speaker."""

    certainty: str
    words: str
    statements: list[Statement]
    speakers: int


def halves_of(
    categories: Sequence[Category], series: Sequence[Series], number: int
) -> list[tuple[Category, Compared]]:
    """Return the halves of a time for each category of which either is known."""
    found = [(c, halves(s, first_day=first_day(), number=number)) for c, s in zip(categories, series, strict=True)]
    return [(category, both) for category, both in found if both.first]


def certainties_of(claims: Sequence[Any], accepted: Mapping[int, int | None], date: dt.date) -> list[Certain]:
    """Group statements by how sure they are, the surest first, and by speaker; sums of the day are checked."""
    groups = []
    for certainty in Certainty:
        chosen = [claim for claim in claims if claim.certainty == certainty]
        chosen.sort(key=lambda claim: (claim.speaker, claim.document_id, claim.order))
        statements = [
            Statement(claim, *_checked(claim, accepted)) if claim.date == date else Statement(claim)
            for claim in chosen
        ]
        if statements:
            # "The article itself" is another speaker in every article: it is no source of its own.
            speakers = len({(claim.speaker, claim.source_id or claim.document.slug) for claim in chosen})
            groups.append(Certain(certainty.value, str(certainty.label), statements, speakers))
    return groups


def _checked(
    claim: Any, accepted: Mapping[int, int | None]
) -> tuple[Sum | None, tuple[tuple[Category, int | None], ...]]:
    if claim.figure is None or not claim.summed:
        return None, ()
    checked, parts = check_sum(claim, accepted)
    return checked, tuple(parts)


def report_of(date: dt.date, version: int | None, categories: Sequence[Category]) -> dict[str, Any]:
    """Read the day's report as the report's own page shows it. One query.

    ``categories`` are those of ``accepted_on`` that day.
    """
    reports, points = read_day(date, version, categories)
    published = [report for report in reports if report.status == Report.Status.PUBLISHED]
    rows = side_by_side(date, categories=categories, points=points, reports=reports) if published else []
    return {
        "around": reports[0].around if reports else None,
        "published": published,
        "rows": rows,
        "documents": [(report, sum(row.took_from(report) for row in rows)) for report in published],
        "personnel": next((row for row in rows if row.category.slug == PERSONNEL and row.point), None),
    }


def _around(request: HttpRequest, date: dt.date, version: int | None) -> DaysAround:
    """Return the reported days around one that is not reported. One query, with the newest version unless past."""
    counted = Report.objects.at_version(version).of(**LEDGER)
    if version is not None:
        return counted.days_around(date)
    days = read_with_newest_version(request, **counted.days_beside(date))
    return DaysAround(*days.values()) if days else DaysAround(None, None, None, None)


def _standing(personnel: Series | None, date: dt.date, number: int) -> dict[str, Any]:
    """Say what a day was against the days before: the mean since day 1, and that of the last 30 days."""
    until = tuple(o for o in personnel.observations if o.date <= date) if personnel else ()
    if personnel is None or not until or until[-1].date != date:
        return {}
    return {"mean": until[-1].total / number, "month": pace_of(replace(personnel, observations=until), days=30)}


def _said(date: dt.date, accepted: Mapping[int, int | None]) -> dict[str, Any]:
    """Read what was stated in the week of a day, or in articles that are of that week. One query."""
    week = (date - WEEK, date + WEEK)
    # Where an article's day is not known, what it says of an event of this very day tells that it is of this week.
    undated = Document.objects.filter(published__isnull=True, claims__events__date=date)
    claims = list(
        Claim.objects.filter(
            Q(date__range=week) | Q(document__published__range=week) | Q(document__in=undated.values("pk"))
        )
        .with_documents()
        .with_parts()
        .order_by("document", "order", "pk")
    )
    figures = [claim for claim in claims if _is_figure_of_a_report(claim)]
    others = [claim for claim in claims if not _is_figure_of_a_report(claim)]
    articles: dict[Document, int] = {}
    for claim in claims:
        articles[claim.document] = articles.get(claim.document, 0) + 1
    return {
        "week": week,
        "certainties": certainties_of(others, accepted, date),
        "statements": len(others),
        "repeated": figures,
        "articles": sorted(articles.items(), key=lambda pair: (pair[0].published or date, pair[0].slug)),
    }


def _is_figure_of_a_report(claim: Claim) -> bool:
    """Whether an article only repeats what the source reports of one category of equipment."""
    if claim.category is None or claim.figure is None or claim.category.slug == PERSONNEL:
        return False
    return claim.source is not None and claim.source.slug == LEDGER["source"]


def _events(date: dt.date) -> tuple[list[ChartEvent], list[Event]]:
    """Return the events that charts name, and those of the week of a day. One query."""
    held: list[Any] = list(Event.objects.annotate(is_near=_in_week(date)).named_or("is_near").oldest_first())
    return chart_events(held), [event for event in held if event.is_near]


def _in_week(date: dt.date) -> Q:
    """Events that happened in the week of a day, began or ended in it, or whose span covers it."""
    first, last = date - WEEK, date + WEEK
    begun = Q(date__range=(first, last)) & ~Q(precision=Event.Precision.MONTH)
    return begun | Q(date__lt=first, end_date__gte=first)


def _days_in_one(
    categories: Sequence[Category],
    by_slug: Mapping[str, Series],
    date: dt.date,
    version: int | None,
    events: Sequence[ChartEvent],
) -> Figure | None:
    """Draw the rate of the personnel figure from day 1 to a day; None where nothing was reported up to it."""
    category = next((c for c in categories if c.slug == PERSONNEL), None)
    if category is None or not any(o.date <= date for o in by_slug[PERSONNEL].observations):
        return None
    asked = Asked((category,), first_day(), date, USUAL_MEASURE, "linear", version)
    return still_figure(picture(asked, [by_slug[PERSONNEL]], events))


# -- Other days ---------------------------------------------------------------------------------------------


def _neighbours(date: dt.date, until: dt.date) -> dict[str, int | None]:
    """Return the numbers of the milestone days before and after one."""
    numbers = [
        day_number(m.date, first_day=first_day()) for m in milestone_days(first_day=first_day(), until=until)
    ]
    number = day_number(date, first_day=first_day())
    return {
        "before": max((n for n in numbers if n < number), default=None),
        "after": min((n for n in numbers if n > number), default=None),
    }


def _date_of(number: int) -> dt.date | None:
    """Return the date of a day's number; None for 0 and beyond the calendar."""
    try:
        return date_of_day(number, first_day=first_day())
    except ValueError:
        return None


def _no_milestone(request: HttpRequest, number: int, date: dt.date | None, *, is_milestone: bool) -> HttpResponse:
    """Answer 404 for a day that is no milestone or has not come: what it is, and the nearest that there are."""
    today = timezone.localdate()
    ways = []
    if date is None:
        explanation = _("Days are counted from 1, and the calendar ends somewhere: this number names no day.")
    elif date > today:
        ahead = (date - today).days
        explanation = ngettext(
            "Day %(number)s is %(date)s: it lies in the future, %(days)s day from now.",
            "Day %(number)s is %(date)s: it lies in the future, %(days)s days from now.",
            ahead,
        ) % {
            "number": number_in_words(number),
            "date": date_format(date),
            "days": number_in_words(ahead),
        }
    else:
        explanation = _(
            "Day %(number)s is %(date)s. Every hundredth day and every anniversary has a page; this is neither."
        ) % {"number": number_in_words(number), "date": date_format(date)}
        if Report.objects.at_version(requested_number(request)).of(**LEDGER).of_day(date).exists():
            address = keep_version(request, reverse("report", args=[date]))
            ways.append(Way(address, _("The report of %(date)s") % {"date": date_format(date)}))
    near = _neighbours(min(date, today + ONE_DAY), today) if date else {"before": None, "after": None}
    for found in (near["before"], near["after"]):
        if found is not None:
            address = keep_version(request, reverse("milestone", args=[found]))
            ways.append(Way(address, _("Day %(number)s") % {"number": number_in_words(found)}))
    ways.append(Way(keep_version(request, reverse("milestones")), _("All milestones")))
    title = _("This milestone has not come yet") if is_milestone else _("There is no such milestone")
    return missing(request, title=title, explanation=explanation, ways=ways)
