"""From a query to a picture: the points that it asks for, their measure, and the chart of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.analysis.relative import first_from, last_until
from conflict.analysis.series import Measured, Series
from conflict.charts.chart import Chart, ChartEvent, losses_chart, number_in_words
from conflict.courses import measure_all
from conflict.models import Category, Event, Point
from conflict.queries import LEDGER, Asked

MOST_NAMES = 3  # categories that a title names one by one


def load_series(asked: Asked, categories: Sequence[Category] | None = None) -> list[Series]:
    """Return the whole series of each category asked for, or of those given, also empty ones. One query.

    The range is not applied: a rate in it must know the report before.
    """
    chosen = asked.categories if categories is None else categories
    points = Point.objects.at_version(asked.version).of(**LEDGER).in_categories(c.slug for c in chosen)
    rows = points.order_by("category_id", "date").values_list("category_id", "date", "total", "printed_change")
    found = {key: [row[1:] for row in group] for key, group in groupby(rows, key=lambda row: row[0])}
    return [Series.of(c.slug, c.get_unit_display(), found.get(c.pk, ())) for c in chosen]


def picture(
    asked: Asked,
    series: Sequence[Series],
    events: Sequence[ChartEvent] = (),
    *,
    labels: Mapping[str, str] | None = None,
    measures: Sequence[Measured] | None = None,
) -> Chart:
    """Describe the chart that a query asks for. ``series`` are those of its categories, or named by ``labels``.

    ``measures`` are what is asked for, taken of each of them, where that has been done already.
    """
    named = labels or {c.slug: str(c) for c in asked.categories}
    return losses_chart(
        measure_all(asked, series) if measures is None else measures,
        labels=named,
        title=_title(asked, [named[s.category] for s in series] or [str(c) for c in asked.categories]),
        y_label=_y_label(asked, series),
        start=asked.start,
        end=asked.end,
        events=events,
        scale="log" if asked.scale == "log" else "linear",
        notes=_notes(asked, series, named),
    )


def chart_events(held: Iterable[Event] | None = None) -> list[ChartEvent]:
    """Return the events that charts name, milestones before the others where room is short, the oldest first.

    ``held`` are events of which those are a part, if they have been read already; otherwise one query.
    """
    if held is None:
        held = Event.objects.named_on_charts()
    named = sorted((event for event in held if event.short_title), key=lambda event: (event.date, event.title))
    return [chart_event(event) for event in named]


def chart_event(event: Event) -> ChartEvent:
    """Put an event on a time axis, under its short title if it has one."""
    weights: dict[str, int] = {Event.Theme.MILESTONE: 2, Event.Theme.FRONT: 1}
    words = event.word("short_title") or str(event)
    return ChartEvent(event.date, words, event.get_absolute_url(), event.theme, weights.get(event.theme, 0))


def last_day(series: Sequence[Series]) -> dt.date | None:
    """Return the last day on which any of the series has a total, ``None`` where none has."""
    return max((s.observations[-1].date for s in series if s.observations), default=None)


def _title(asked: Asked, names: Sequence[str]) -> str:
    count = len(names)
    name = ", ".join(names)
    if count > MOST_NAMES:
        name = ngettext("%(count)d category", "%(count)d categories", count) % {"count": count}
    words = {
        "total": _("%(names)s: reported losses since day 1"),
        "change": _("%(names)s: reported losses a day"),
        "per-week": _("%(names)s: reported losses by week"),
        "per-month": _("%(names)s: reported losses by month"),
        "per-quarter": _("%(names)s: reported losses by quarter"),
        "per-year": _("%(names)s: reported losses by year"),
        "mean-7": _("%(names)s: reported losses a day, mean of 7 days"),
        "mean-30": _("%(names)s: reported losses a day, mean of 30 days"),
        "share": _("%(names)s: share of the reported total that stood on each day"),
        "index": _("%(names)s: reported total, the chosen day being 100"),
    }
    return words[asked.measure] % {"names": name}


def _y_label(asked: Asked, series: Sequence[Series]) -> str:
    units = {s.unit for s in series}
    unit = units.pop() if len(units) == 1 else ""
    spans = {
        "per-week": (_("%(unit)s a week"), _("a week")),
        "per-month": (_("%(unit)s a month"), _("a month")),
        "per-quarter": (_("%(unit)s a quarter"), _("a quarter")),
        "per-year": (_("%(unit)s a year"), _("a year")),
    }
    if asked.measure == "total":
        return unit
    if asked.measure == "share":
        return _("percent of the last total")
    if asked.measure == "index":
        base = asked.base or asked.start
        return (
            _("%(day)s is 100") % {"day": date_format(base, "SHORT_DATE_FORMAT")}
            if base
            else _("the first report is 100")
        )
    with_unit, alone = spans.get(asked.measure, (_("%(unit)s a day"), _("a day")))
    return with_unit % {"unit": unit} if unit else alone


def _notes(asked: Asked, series: Sequence[Series], labels: Mapping[str, str]) -> list[str]:
    """Say which day a measure is relative to, for each course, and that sources differ in what they count."""
    notes = []
    if len(asked.sources) > 1:
        notes.append(_("Sources count by rules of their own: they stand side by side and are never added."))
    if asked.measure == "share":
        ends = [(labels[s.category], last_until(s, asked.end)) for s in series]
        words = _("100 percent is the last total in the range: %(days)s.")
    elif asked.measure == "index":
        ends = [(labels[s.category], first_from(s, asked.base or asked.start)) for s in series]
        words = _("100 is the total of: %(days)s.")
    else:
        return notes
    days = [
        f"{label}, {date_format(end.date, 'SHORT_DATE_FORMAT')} ({number_in_words(end.total)})"
        for label, end in ends
        if end
    ]
    return [*notes, words % {"days": "; ".join(days)}] if days else notes
