"""What a chart shows, before anybody draws it: `svg` and `figures` draw the same description."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.analysis.rows import period_of
from conflict.analysis.series import Measured, Value, in_range

Kind = Literal["line", "area", "bars", "steps"]
Scale = Literal["linear", "log"]
Step = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """Something on the time axis that leads to a page. Of two that collide the one of more ``weight`` is named."""

    date: dt.date
    label: str
    href: str
    theme: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class ChartMark:
    """What is noted of a figure of some day, at the foot of the chart: it leads to what was found or changed."""

    date: dt.date
    label: str
    href: str
    kind: Literal["finding", "changed", "several"]


@dataclass(frozen=True, slots=True)
class Trace:
    """The values of one category under the name that readers see."""

    key: str  # the category's slug, and the source where it is not the ledger's own
    label: str
    values: tuple[Value, ...]
    relative: bool = False  # percentages of some total

    @property
    def decimals(self) -> int:
        """How many decimals its values are shown with; beside a course of thousands one of threes keeps them."""
        if self.relative:
            return 1
        return _decimals([v.value for v in self.values if v.value is not None])


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture: traces over the days ``start`` to ``end`` (both None when there is nothing to show).

    ``step`` is what one bar or point stands for. ``from_zero``: the value axis contains 0 (never on a log
    scale). ``notes`` are sentences that belong beside the picture because it would mislead without them.
    """

    title: str
    unit: str
    y_label: str
    kind: Kind
    traces: tuple[Trace, ...]
    start: dt.date | None
    end: dt.date | None
    events: tuple[ChartEvent, ...] = ()
    scale: Scale = "linear"
    step: Step = "day"
    from_zero: bool = True
    notes: tuple[str, ...] = ()
    marks: tuple[ChartMark, ...] = ()
    sums: bool = False  # of calendar periods: those that are covered in part are drawn lighter

    @property
    def spans_days(self) -> bool:
        """Whether a value fills the width of its days (bars, steps) or stands at its last day (lines)."""
        return self.kind in ("bars", "steps")

    @property
    def numbers(self) -> list[float]:
        """Every known value that can stand on the scale, trace after trace."""
        every = (v.value for t in self.traces for v in t.values)
        return [n for n in every if n is not None and (self.scale == "linear" or n > 0)]

    @property
    def decimals(self) -> int:
        """How many decimals its values are shown with: three significant digits, and none for whole numbers."""
        return _decimals(self.numbers)


def _decimals(numbers: Sequence[float]) -> int:
    if all(n == int(n) for n in numbers):
        return 0
    highest = max(abs(n) for n in numbers)
    return 0 if highest >= 100 else 1 if highest >= 10 else 2


def losses_chart(
    measures: Sequence[Measured],
    *,
    labels: Mapping[str, str],
    title: str,
    y_label: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    events: Sequence[ChartEvent] = (),
    scale: Scale = "linear",
    kind: Kind | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    """Describe a chart of one measure of one or several categories.

    ``labels`` names each category's slug as readers see it. ``start`` and ``end`` cut the time axis and keep
    the values whose last day lies inside; measure the whole series first, so that the first value in the
    range knows the one before it. ``kind`` None chooses: a line or area for totals and means, bars for
    changes, steps for changes of several categories or on a log scale. More than 200 days of changes become
    means of a week. ``notes`` come before the chart's own. Raises ValueError when the measures are not all the
    same one or a category has no label.
    """
    names = {m.measure for m in measures}
    if len(names) > 1:
        raise ValueError(f"One chart shows one measure, not {', '.join(sorted(names))}.")
    if missing := [m.category for m in measures if m.category not in labels]:
        raise ValueError(f"No label was given for {', '.join(missing)}.")
    shown = [in_range(m, start, end) for m in measures]
    chosen = kind or _kind(shown, scale)
    relative = names <= {"share", "index"}
    traces = tuple(Trace(m.category, labels[m.category], m.values, relative) for m in shown)
    dates = [v.end for m in shown for v in m.values] + [
        v.start for m in shown for v in m.values if chosen in ("bars", "steps")
    ]
    first, last = start or min(dates, default=None), end or max(dates, default=None)
    from_zero = scale == "linear" and (chosen != "line" or _reaches_down(shown))
    return Chart(
        title=title,
        unit=shown[0].unit if len({m.unit for m in shown}) == 1 else "",
        y_label=y_label,
        kind=chosen,
        traces=traces,
        start=first if dates else None,
        end=last if dates else None,
        events=tuple(
            e for e in sorted(events, key=lambda e: e.date) if first and last and first <= e.date <= last
        ),
        scale=scale,
        step=period_of(shown) or "day",
        sums=any(name.startswith("per-") for name in names),
        from_zero=from_zero,
        notes=(*notes, *_notes(shown, scale=scale, from_zero=from_zero)),
    )


def summary(chart: Chart) -> str:
    """Say in words what the picture shows: for each trace its first, last and highest value with their days."""
    if not chart.numbers:
        return _("%(title)s: no figures in this range.") % {"title": chart.title}
    sentences = [s for trace in chart.traces if (s := _course_in_words(chart, trace))]
    return " ".join((f"{chart.title}.", *sentences, *chart.notes))


def number_in_words(number: float, decimals: int = 0) -> str:
    """Write a number as the active language groups it: 1,456,610 in English."""
    # Django cuts digits where a number should be rounded.
    return str(number_format(round(number, decimals), decimal_pos=decimals, force_grouping=True)).replace("-", "−")


def rate_in_words(rate: float | None) -> str:
    """Write a mean per day to about three digits: 1,393, 16, 2.9, 0.03; ``None`` is "not known"."""
    if rate is None:
        return _("not known")
    size = abs(rate)
    return number_in_words(rate, 0 if size >= 10 or size == 0 else 1 if size >= 0.095 else 2)


def days_in_words(value: Value, step: Step = "day") -> str:
    """Write the days that a value speaks of: a day, a span, a month, a quarter or a year."""
    if step == "year":
        return str(value.end.year)
    if step == "quarter":
        return _("Q%(quarter)d %(year)d") % {"quarter": (value.end.month + 2) // 3, "year": value.end.year}
    if step == "month":
        return str(date_format(value.end, "YEAR_MONTH_FORMAT"))
    last = str(date_format(value.end, "SHORT_DATE_FORMAT"))
    if value.days == 1:
        return last
    shape = "SHORT_MONTH_DAY_FORMAT" if value.start.year == value.end.year else "SHORT_DATE_FORMAT"
    return f"{date_format(value.start, shape)} – {last}"


def _kind(shown: Sequence[Measured], scale: Scale) -> Kind:
    if shown and (shown[0].measure == "change" or shown[0].measure.startswith("per-")):
        return "bars" if len(shown) == 1 and scale == "linear" else "steps"
    return "area" if len(shown) == 1 and scale == "linear" and _reaches_down(shown) else "line"


def _reaches_down(shown: Sequence[Measured]) -> bool:
    """Whether the values come near enough to 0 that an axis from 0 leaves their course readable."""
    known = [v.value for m in shown for v in m.values if v.value is not None]
    return not known or min(known) < 0.6 * max(known)


def _notes(shown: Sequence[Measured], *, scale: Scale, from_zero: bool) -> list[str]:
    notes = []
    known = [v for m in shown for v in m.values if v.value is not None]
    if any(m.bin_days > 1 for m in shown):
        notes.append(_("Daily changes are drawn as the mean of each week."))
    if (longest := max((v.gap for v in known), default=1)) > 1:
        notes.append(
            ngettext(
                "Drawn lighter: not reported daily; the longest span without a report has %(days)d day.",
                "Drawn lighter: not reported daily; the longest span without a report has %(days)d days.",
                longest - 1,
            )
            % {"days": longest - 1}
        )
    if any(_has_hole(m.values) for m in shown):
        notes.append(_("Left blank: reports too far apart for this measure."))
    if any(v.partial for v in known) and shown[0].measure.startswith("per-"):
        notes.append(_("The first or last period is not covered whole: it is drawn lighter."))
    if scale == "linear" and known and not from_zero:
        notes.append(_("The axis does not begin at zero."))
    if scale == "log" and any(v.value is not None and v.value <= 0 for v in known):
        notes.append(_("A logarithmic scale has no place for zero or for falls: such days are left out."))
    return notes


def _has_hole(values: Sequence[Value]) -> bool:
    """Whether an unknown value stands between two known ones."""
    known = [v.value is not None for v in values]
    return True in known and False in known[known.index(True) : len(known) - known[::-1].index(True)]


def _course_in_words(chart: Chart, trace: Trace) -> str:
    known = [v for v in trace.values if v.value is not None]
    if not known:
        return ""
    decimals = trace.decimals

    def figure(value: Value) -> str:
        return number_in_words(value.value or 0, decimals)

    highest = max(known, key=lambda v: v.value or 0)
    facts = {
        "label": trace.label,
        "first": figure(known[0]),
        "first_day": days_in_words(known[0], chart.step),
        "last": figure(known[-1]),
        "last_day": days_in_words(known[-1], chart.step),
        "highest": figure(highest),
        "highest_day": days_in_words(highest, chart.step),
    }
    if len(known) == 1:
        return _("%(label)s: %(first)s (%(first_day)s).") % facts
    if highest in (known[0], known[-1]):
        return _("%(label)s: from %(first)s (%(first_day)s) to %(last)s (%(last_day)s).") % facts
    return (
        _(
            "%(label)s: from %(first)s (%(first_day)s) to %(last)s (%(last_day)s);"
            " highest %(highest)s (%(highest_day)s)."
        )
        % facts
    )
