"""From a query to a picture: the points that it asks for, their measure, and the chart of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.analysis.series import (
    Measured,
    Series,
    changes_per_day,
    finest_mean,
    mean_rate,
    per_period,
    totals,
)
from conflict.charts.chart import Chart, ChartEvent, losses_chart
from conflict.models import Category, Event, Point
from conflict.queries import LEDGER, Asked

MOST_NAMES = 3  # categories that a title names one by one
SHORTEST_MEAN = 14  # days: over four years a shorter window shows the weekdays, not the course


def load_series(asked: Asked, categories: Sequence[Category] | None = None) -> list[Series]:
    """Return the whole series of each category asked for, or of those given, also empty ones. One query.

    The range is not applied: a rate in it must know the report before.
    """
    chosen = asked.categories if categories is None else categories
    points = Point.objects.at_version(asked.version).of(**LEDGER).in_categories(c.slug for c in chosen)
    rows = points.order_by("category_id", "date").values_list("category_id", "date", "total", "printed_change")
    found = {key: [row[1:] for row in group] for key, group in groupby(rows, key=lambda row: row[0])}
    return [Series.of(c.slug, c.get_unit_display(), found.get(c.pk, ())) for c in chosen]


def measure_all(series: Sequence[Series], measure: str) -> list[Measured]:
    """Take one measure of a query of every series: `mean` over the one window that suits them all."""
    if measure == "total":
        return [totals(s) for s in series]
    if measure == "change":
        return [changes_per_day(s) for s in series]
    if measure == "per-month":
        return [per_period(s, "month") for s in series]
    days = max([SHORTEST_MEAN, *(finest_mean(s) for s in series if s.observations)])
    return [mean_rate(s, days=days) for s in series]


def picture(asked: Asked, series: Sequence[Series], events: Sequence[ChartEvent] = ()) -> Chart:
    """Describe the chart that a query asks for. ``series`` are those of its categories."""
    labels = {c.slug: str(c) for c in asked.categories}
    measures = measure_all(series, asked.measure)
    return losses_chart(
        measures,
        labels=labels,
        title=_title(asked, measures),
        y_label=_y_label(asked, series),
        start=asked.start,
        end=asked.end,
        events=events,
        scale="log" if asked.scale == "log" else "linear",
    )


def chart_events() -> list[ChartEvent]:
    """Return the events that charts name, milestones before the others where room is short. One query."""
    weights: dict[str, int] = {Event.Theme.MILESTONE: 2, Event.Theme.FRONT: 1}
    return [
        ChartEvent(e.date, e.word("short_title"), e.get_absolute_url(), e.theme, weights.get(e.theme, 0))
        for e in Event.objects.named_on_charts()
    ]


def last_day(series: Sequence[Series]) -> dt.date | None:
    """Return the last day on which any of the series has a total, ``None`` where none has."""
    return max((s.observations[-1].date for s in series if s.observations), default=None)


def _title(asked: Asked, measures: Sequence[Measured]) -> str:
    count = len(asked.categories)
    names = ", ".join(str(c) for c in asked.categories)
    if count > MOST_NAMES:
        names = ngettext("%(count)d category", "%(count)d categories", count) % {"count": count}
    words = {
        "total": _("%(names)s: reported losses since day 1"),
        "change": _("%(names)s: reported losses a day"),
        "per-month": _("%(names)s: reported losses by month"),
        "mean": _("%(names)s: reported losses a day, mean of %(days)s days"),
    }
    days = measures[0].measure.removeprefix("mean-") if measures else ""
    return words[asked.measure] % {"names": names, "days": days}


def _y_label(asked: Asked, series: Sequence[Series]) -> str:
    units = {s.unit for s in series}
    unit = units.pop() if len(units) == 1 else ""
    if asked.measure == "total":
        return unit
    if asked.measure == "per-month":
        return _("%(unit)s a month") % {"unit": unit} if unit else _("a month")
    return _("%(unit)s a day") % {"unit": unit} if unit else _("a day")
