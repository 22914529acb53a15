"""A trace cut into the pieces that are drawn alike: whole where every day was reported, light elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.series import Value
from conflict.charts.chart import Chart, Trace


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring values joined by one line or contour. ``light``: it leads across days without a report."""

    values: tuple[Value, ...]
    light: bool


def line_runs(chart: Chart, trace: Trace) -> list[Run]:
    """Cut a trace into lines; two that touch share the value where they meet, unknown values leave a hole."""
    runs: list[tuple[list[Value], bool]] = []
    standing = [_stands(chart, v) for v in trace.values]
    for place, (before, now) in enumerate(pairwise(trace.values)):
        if not (standing[place] and standing[place + 1]):
            continue
        light = now.gap > 1 or _apart(chart, before, now)
        if runs and runs[-1][0][-1] is before and runs[-1][1] == light:
            runs[-1][0].append(now)
        else:
            runs.append(([before, now], light))
    return [Run(tuple(values), light) for values, light in runs]


def stretches(runs: Sequence[Run]) -> list[list[Run]]:
    """Give the runs, light or not, that follow each other without a hole: what one area fills."""
    found: list[list[Run]] = []
    for run in runs:
        if found and found[-1][-1].values[-1] is run.values[0]:
            found[-1].append(run)
        else:
            found.append([run])
    return found


def lone_values(chart: Chart, trace: Trace, runs: Sequence[Run]) -> list[Value]:
    """Give the values that no whole line touches: they are drawn as dots, or would not be seen as reported.

    ``runs`` are the trace's own, as `line_runs` gives them.
    """
    joined = {id(v) for run in runs if not run.light for v in run.values}
    return [v for v in trace.values if _stands(chart, v) and id(v) not in joined]


def block_runs(chart: Chart, trace: Trace) -> list[Run]:
    """Cut a trace into contours of bars or steps that stand side by side without a hole."""
    runs: list[tuple[list[Value], bool]] = []
    for value in trace.values:
        if not _stands(chart, value):
            continue
        light = value.gap > 1 or (chart.sums and value.partial)
        if runs and runs[-1][1] == light and runs[-1][0][-1].end + ONE_DAY == value.start:
            runs[-1][0].append(value)
        else:
            runs.append(([value], light))
    return [Run(tuple(values), light) for values, light in runs]


def simplify(points: Sequence[tuple[float, float]], tolerance: float) -> Iterator[tuple[float, float]]:
    """Leave out the points that lie within ``tolerance``, measured upright, of the line between those kept.

    One pass: from each kept point the slopes that still pass every point since within the tolerance form a
    cone, and when the next point falls outside, the one before it is kept. ``points`` ascend in x.
    """
    if not points:
        return
    kept, last = points[0], points[0]
    lowest, highest = float("-inf"), float("inf")
    yield kept
    for point in points[1:]:
        run = point[0] - kept[0]
        slope = (point[1] - kept[1]) / run
        if not lowest <= slope <= highest:
            kept = last
            yield kept
            lowest, highest = float("-inf"), float("inf")
            run = point[0] - kept[0]
        lowest = max(lowest, (point[1] - tolerance - kept[1]) / run)
        highest = min(highest, (point[1] + tolerance - kept[1]) / run)
        last = point
    if last is not kept:
        yield last


def _stands(chart: Chart, value: Value) -> bool:
    return value.value is not None and (chart.scale == "linear" or value.value > 0)


def _apart(chart: Chart, before: Value, now: Value) -> bool:
    """Whether days without a value of their own lie between two neighbours."""
    if chart.step == "day":
        return (now.end - before.end).days > 1
    return now.start > before.end + ONE_DAY
