"""A chart as it stands on a page: the drawing, what Plotly needs, and the choices beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.calendar import ONE_DAY, date_of_day
from conflict.analysis.series import Series
from conflict.charts.chart import Chart, ChartEvent
from conflict.charts.figures import payload_json
from conflict.charts.svg import drawing
from conflict.queries import MEASURES, Asked
from conflict.web.series import chart_events, last_day, picture

BESIDE = ("mean-30", "change", "per-month", "total")
"""The measures that stand beside a chart as links; the explorer offers all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link beside the chart. ``start`` None: from the first report on; ``end`` None: up to the last."""

    words: str | Promise
    chosen: bool
    measure: str = ""
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart on a page. ``payload`` is for static/js/chart.js; ``csv`` and ``json`` are addresses."""

    chart: Chart
    drawing: SafeString
    payload: str
    measures: list[Choice]
    ranges: list[Choice]
    csv: str = ""
    json: str = ""
    address: str = ""  # of this very chart
    svg: str = ""
    png: str = ""
    embed: str = ""  # for a frame on another site


def with_ways(asked: Asked, chart: Chart, last: dt.date | None, **addresses: str) -> Figure:
    """Draw a chart with its choices. ``last``: the last day with a report; ``addresses``: of its values."""
    beside = [(slug, words) for slug, words in MEASURES if slug in BESIDE]
    return Figure(
        chart=chart,
        drawing=drawing(chart),
        payload=payload_json(chart),
        measures=[Choice(words, asked.measure == slug, measure=slug) for slug, words in beside],
        ranges=ranges_of(asked, last),
        **addresses,
    )


def figure_of(asked: Asked, series: Sequence[Series], events: Sequence[ChartEvent] | None = None) -> Figure:
    """Draw what is asked for, with today's events on it. ``series``: of the categories asked for. One query.

    No query where the ``events`` are given, nor as of a version: they are edited outside the versions.
    """
    if asked.version is not None:
        events = ()
    chart = picture(asked, series, chart_events() if events is None else events)
    return with_ways(asked, chart, last_day(series))


def ranges_of(asked: Asked, last: dt.date | None) -> list[Choice]:
    """Return the spans that one press chooses: up to the last report, the first 1,000 days, and all."""
    spans: list[tuple[str, dt.date | None, dt.date | None]] = []
    if last is not None:
        for words, days in ((_("30 days"), 30), (_("90 days"), 90), (_("1 year"), 365)):
            spans.append((words, last - (days - 1) * ONE_DAY, None))
        first = settings.CONFLICT_START
        spans.append((_("first 1,000 days"), first, date_of_day(1000, first_day=first)))
    return [
        Choice(
            words,
            (asked.start, asked.end) == (start, end),
            start=start.isoformat() if start else None,
            end=end.isoformat() if end else None,
        )
        for words, start, end in [*spans, (_("all"), None, None)]
    ]


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the named part alone: not when it restores a page from the history."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request
