"""A chart as SVG on the server: the first paint, the page without JavaScript, and print."""

from __future__ import annotations

from django.utils.safestring import SafeString

from conflict.analysis.series import Measured
from conflict.charts.chart import Chart


def drawing(chart: Chart) -> SafeString:
    """Draw a chart as the `<div class="chart-box">` of a page, safe to put into a template as it is."""
    raise NotImplementedError


def sparkline(measured: Measured, *, label: str) -> SafeString:
    """Draw the course of a measure as a picture of 150 x 28 for a table row, ``label`` being its name."""
    raise NotImplementedError
