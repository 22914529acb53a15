"""A chart as a Plotly figure, for the script that takes over from the server's drawing."""

from __future__ import annotations

from typing import Any

from conflict.charts.chart import Chart


def figure(chart: Chart) -> dict[str, Any]:
    """Give the chart as a JSON-able dict of `data`, `layout` and `config`; no string in it holds < or >."""
    raise NotImplementedError


def figure_json(chart: Chart) -> str:
    """Give the figure as compact JSON, for a response; in a page use `figure` with json_script."""
    raise NotImplementedError
