"""Small series for the charts' tests."""

import datetime as dt
import math

from conflict.analysis.series import Series
from conflict.charts.chart import ChartEvent

START = dt.date(2022, 2, 25)
DAY = dt.timedelta(days=1)


def daily_series(days=1626, category="tanks", *, without=(), every=1, scale=1.0):
    """Make a series whose rate swings; ``without`` names the days left out, counted from 0."""
    total, rows = 100, []
    for n in range(days):
        total += round(scale * (10 + 8 * math.sin(n / 40) + n % 3))
        if n % every == 0 and n not in without:
            rows.append((START + n * DAY, total, None))
    return Series.of(category, category, rows)


def make_event(day, label="Something happened", **given):
    return ChartEvent(START + day * DAY, label, f"/events/{day}/", **given)
