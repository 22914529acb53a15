"""How high a day or week was, as shades of one colour: the calendar of a category and the weeks of them all.

Lightness says how high, so that it is read with every colour blindness and in print; what is no height has a
shape: an empty square for none, a triangle for a fall, hatching for what is not stated. A small square stands
where only a span of several days is known, and the shade is that of its mean.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.levels import RATIOS, STEPS, Levels, against_mean, mean_of, ranges
from conflict.analysis.series import Measured, Value
from conflict.charts import days as calendar_of_days
from conflict.charts.chart import days_in_words, number_in_words, rate_in_words
from conflict.charts.days import PITCH, Day, Shape, definitions, first_monday, key, month_places
from conflict.charts.tree import percent

_SQUARE, _SMALL = "M0 0h10v10H0z", "M2.5 2.5h5v5h-5z"

SHAPES = {
    "none": Shape("M.5.5h9v9h-9z", "shade-0"),
    **{f"s{step}": Shape(_SQUARE, f"shade-{step}") for step in range(1, STEPS + 1)},
    **{f"m{step}": Shape(_SMALL, f"shade-{step}") for step in range(1, STEPS + 1)},
    "m0": Shape("M3 3h4v4H3z", "shade-0"),
    "fall": Shape("M0 1h10L5 10z", "shade-fall"),
    "unknown": Shape("M0 5L5 0M0 10L10 0M5 10L10 5", "shade-unknown"),
}
"""Every mark by its name. "s3": the third shade; "m3": the same for the mean of a span of several days."""

WEEKS = 54  # the columns that a year can have: its first and last week may be parts


def shape_of(step: int | None, *, gap: int = 1) -> str:
    """Return the name of a mark: ``step`` as `Levels.of` gives it, None for what is not known."""
    if step is None:
        return "unknown"
    if step < 0:
        return "fall"
    if gap > 1:
        return f"m{step}"
    return f"s{step}" if step else "none"


# -- The days of one category -------------------------------------------------------------------------------


def calendar_drawing(
    changes: Measured, levels: Levels, *, first: dt.date, address: Callable[[dt.date], str]
) -> SafeString:
    """Draw the changes a day of one category (`changes_per_day`) as a calendar, years one under another.

    Days without a report of their own are hatched, from ``first`` on; the report that ends them shows their
    mean with a small mark. ``address`` is where a day that was reported leads.
    """
    return calendar_of_days.drawing(list(_days(changes, levels, first, address)), SHAPES)


def calendar_legend(levels: Levels) -> list[tuple[SafeString, str]]:
    """Return each mark of a calendar with the numbers that it stands for."""
    return _legend(_step_words(levels), small=_("small: the mean a day of several days that end here"))


def _days(changes: Measured, levels: Levels, first: dt.date, address: Callable[[dt.date], str]) -> Iterator[Day]:
    not_stated, opening = _("not stated"), _("first figure: no change is known")
    following = first
    for number, value in enumerate(changes.values):
        for ordinal in range(following.toordinal(), value.end.toordinal()):
            date = dt.date.fromordinal(ordinal)
            is_first = not number and date == value.start - ONE_DAY
            yield Day(date, "unknown", opening if is_first else not_stated, address(date) if is_first else "")
        step = None if value.value is None else levels.of(value.value)
        yield Day(value.end, shape_of(step, gap=value.gap), _change_in_words(value), address(value.end))
        following = value.end + ONE_DAY


def _change_in_words(value: Value) -> str:
    if value.value is None:
        return _("not stated")
    if value.gap == 1:
        return number_in_words(value.value)
    return ngettext(
        "%(rate)s a day, the mean of %(days)d day", "%(rate)s a day, the mean of %(days)d days", value.days
    ) % {"rate": _figure(value.value), "days": value.days}


# -- The weeks of all categories ----------------------------------------------------------------------------


def weeks_drawing(weeks: Sequence[tuple[str, Measured]]) -> SafeString:
    """Draw the weeks of every category, given by its name: one panel a year, the newest first.

    A category is a strip that is as wide as there is room, so that a phone shows the whole year.

    The shade is that of the week's change against the category's own mean week, so that rows of thousands and
    of ones can be read alike. A week belongs to the year in which its Thursday lies, and is hatched where the
    reports are too far apart to know it, or do not reach it.
    """
    steps = [against_mean(measured, mean_of(measured)) for _name, measured in weeks]
    mondays = _mondays(weeks)
    in_words = cache(lambda start, end: days_in_words(Value(start, end, None), "week"))
    drawn = [f'<svg class="strip-shapes" width="0" height="0">{definitions(SHAPES)}</svg>']
    for year in sorted({monday.isocalendar().year for monday in mondays}, reverse=True):
        of_year = [monday for monday in mondays if monday.isocalendar().year == year]
        drawn.append(f'<div class="weeks-row weeks-year"><b>{year}</b><svg>{"".join(_months(year))}</svg></div>')
        for (name, measured), levels in zip(weeks, steps, strict=True):
            if any(_monday(value).isocalendar().year == year for value in measured.values):
                marks = "".join(_row(of_year, measured, levels, in_words))
                drawn.append(
                    f'<div class="weeks-row"><span>{escape(name)}</span><svg viewBox="0 0 {WEEKS * PITCH} 10" '
                    f'preserveAspectRatio="none"><g data-name="{escape(name)}">{marks}</g></svg></div>'
                )
    # Numbers, dates and escaped words.
    return SafeString(f'<div class="weeks" aria-hidden="true">{"".join(drawn)}</div>')


def _months(year: int) -> Iterator[str]:
    """Write the months over the weeks of a year: one letter where there is no room for three."""
    for place, name in month_places(year):
        for shown, label in (("chart-at-narrow", name[:1]), ("chart-at-medium chart-at-wide", name)):
            x = percent(100 * place / WEEKS)
            yield f'<text class="{shown}" x="{x}" y="12">{escape(label)}</text>'


def weeks_legend() -> list[tuple[SafeString, str]]:
    """Return each mark of the weeks with the share of the mean week that it stands for."""
    words = [_("up to ×%(ratio)s") % {"ratio": _ratio(ratio)} for ratio in RATIOS]
    words.append(_("above ×%(ratio)s") % {"ratio": _ratio(RATIOS[-1])})
    return _legend(words, small=_("small: estimated across days without a report"))


def _row(
    mondays: Sequence[dt.date],
    measured: Measured,
    steps: Sequence[int | None],
    in_words: Callable[[dt.date, dt.date], str],
) -> Iterator[str]:
    known = {_monday(value): (value, step) for value, step in zip(measured.values, steps, strict=True)}
    for monday in mondays:
        x = (monday.toordinal() - first_monday(monday.isocalendar().year)) // 7 * PITCH
        value, step = known.get(monday, (Value(monday, monday + 6 * ONE_DAY, None), None))
        figure = _("not stated") if value.value is None else _figure(value.value)
        words = escape(f"{in_words(value.start, value.end)}: {figure}")
        yield f'<use href="#{shape_of(step, gap=value.gap)}" x="{x}"><title>{words}</title></use>'


def _mondays(weeks: Sequence[tuple[str, Measured]]) -> list[dt.date]:
    """Return every week from the first that any category has to the last, by its Monday."""
    found = [_monday(value) for _name, measured in weeks for value in measured.values]
    if not found:
        return []
    return [dt.date.fromordinal(n) for n in range(min(found).toordinal(), max(found).toordinal() + 1, 7)]


def _monday(value: Value) -> dt.date:
    return value.end - value.end.weekday() * ONE_DAY


# -- Words --------------------------------------------------------------------------------------------------


def _legend(steps: Sequence[str], *, small: str) -> list[tuple[SafeString, str]]:
    """Give the marks with their words: none, the steps, a fall, what is not stated, what is a mean."""
    marks = [
        ("none", number_in_words(0)),
        *((f"s{number}", words) for number, words in enumerate(steps, 1)),
        ("fall", _("the total fell")),
        ("unknown", _("not stated")),
        ("m3", small),
    ]
    return [(key(SHAPES[name]), words) for name, words in marks]


def _step_words(levels: Levels) -> list[str]:
    words = []
    for low, high in ranges(levels):
        if high is None:
            words.append(_("above %(low)s") % {"low": _figure(low)})
        else:
            words.append(_("up to %(high)s") % {"high": _figure(high)})
    return words


def _figure(number: float) -> str:
    """Write a change: whole as it is, a mean with the decimals that its size asks for."""
    return number_in_words(number) if number == int(number) else rate_in_words(number)


def _ratio(number: float) -> str:
    return number_in_words(number, 0 if number == int(number) else 1)
