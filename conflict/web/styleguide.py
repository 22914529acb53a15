"""Every part that pages are made of, in both themes: for those who build the site, and only where DEBUG is on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflict.analysis.series import Series, mean_rate, rate_per_month
from conflict.charts.chart import Chart, ChartEvent, losses_chart
from conflict.charts.svg import drawing, sparkline
from conflict.models import Category, Claim, Event
from conflict.models.articles import Certainty

START = dt.date(2024, 1, 1)
LONG = "A title as long as the printed headlines of some papers are, and Donaudampfschifffahrtsgesellschaft too"


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the parts with made-up content; no query but the frame's."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "web/styleguide.html", {"themes": ["light", "dark"], **_samples()})


def _samples() -> dict[str, Any]:
    chart = _chart()
    category = Category(slug="tanks", name="Tanks", short="MBT", definition="What the source counts as a tank.")
    return {
        "category": category,
        "long": LONG,
        "certainties": [Claim(text="Somebody said so.", speaker="Somebody", certainty=c) for c in Certainty],
        "events": [
            Event(slug="a", title="Something happened", date=START, theme="front", certainty="confirmed"),
            Event(slug="b", title=LONG, date=START, precision="month", theme="aid", certainty="claimed"),
        ],
        "figures": [
            ("huge", 1_234_567_890, 1_000_000),
            ("usual", 9_382, 17),
            ("zero", 0, 0),
            ("not stated", None, None),
        ],
        "chart": chart,
        "drawing": drawing(chart),
        "empty": drawing(
            losses_chart([mean_rate(Series("x", "tanks"), days=30)], labels={"x": "X"}, title="", y_label="")
        ),
        "spark": sparkline(rate_per_month(_series("tanks", 10)), label="Tanks"),
    }


def _series(slug: str, rise: int) -> Series:
    """Two hundred days with a hole of twenty and a fall."""
    days = [n for n in range(200) if not 80 <= n < 100]
    return Series.of(
        slug,
        "units",
        [(START + dt.timedelta(days=n), rise * n + n * n // 30 - 40 * (n > 150), None) for n in days],
    )


def _chart() -> Chart:
    series = [_series("tanks", 10), _series("artillery", 24)]
    return losses_chart(
        [mean_rate(s, days=14) for s in series],
        labels={"tanks": "Tanks", "artillery": "Artillery systems"},
        title="Two courses with a hole",
        y_label="units a day",
        events=[ChartEvent(START + dt.timedelta(days=60), "An event", "#an-event")],
    )
