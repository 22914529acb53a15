"""The news of the latest report in one sentence that claims no more than was reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conflict.analysis.series import Observation, Series, usual_rate
from conflict.charts.chart import number_in_words
from conflict.wording import rate, unbroken

USUAL_DAYS = 30
NEAR = 0.1  # a day within a tenth of the mean is as usual


@dataclass(frozen=True, slots=True)
class Headline:
    """What is said at the top. ``observation``: the latest of the personnel figure, None where there is none.

    ``comparison``: a sentence on the usual rate, "" where that is not known. ``computed``: the day's change
    was not printed but taken from two totals.
    """

    sentence: SafeString
    observation: Observation | None
    comparison: str = ""
    computed: bool = False


def headline(personnel: Series, latest: dt.date) -> Headline:
    """Word the latest reported personnel losses; ``latest`` is the day of the newest report of all."""
    if not personnel.observations:
        return Headline(format_html(_("Ukraine reports Russian losses up to {}"), date_format(latest)), None)
    last = personnel.observations[-1]
    if last.date != latest or last.change is None or last.days is None:
        words = _("Ukraine reports {} Russian soldiers killed or wounded up to {}")
        return Headline(format_html(words, _figure(last.total), date_format(last.date)), last)
    usual = usual_rate(personnel, days=USUAL_DAYS)
    if last.days > 1:
        sentence = _since(last.change, last.days, last.date)
        return Headline(sentence, last, _comparison(last.change / last.days, usual, last.days))
    day = last.change if last.printed_change is None else last.printed_change
    return Headline(_in_a_day(day), last, _comparison(day, usual), last.printed_change is None)


def _in_a_day(change: int) -> SafeString:
    if change < 0:
        words = _("Ukraine lowers its total of Russian soldiers killed or wounded by {}")
        return format_html(words, _figure(-change))
    if change == 0:
        return format_html(_("Ukraine reports {} Russian soldiers killed or wounded in a day"), _("no further"))
    words = ngettext(
        "Ukraine reports {} Russian soldier killed or wounded in a day",
        "Ukraine reports {} Russian soldiers killed or wounded in a day",
        change,
    )
    return format_html(words, _figure(change))


def _since(change: int, days: int, date: dt.date) -> SafeString:
    """Word a change over several days as what it is: so many more since the report before."""
    before = unbroken(date_format(date - dt.timedelta(days=days), "DATE_FORMAT"))
    if change < 0:
        words = _("Ukraine lowers its total of Russian soldiers killed or wounded by {} since {}")
        return format_html(words, _figure(-change), before)
    words = ngettext(
        "Ukraine reports {} more Russian soldier killed or wounded since {}",
        "Ukraine reports {} more Russian soldiers killed or wounded since {}",
        change,
    )
    return format_html(words, _figure(change), before)


def _comparison(day: float, usual: float | None, days: int = 1) -> str:
    """Set a rate a day, taken over ``days`` days, beside the usual one; "" where that is not known."""
    words = {"day": rate(day), "mean": rate(usual), "days": USUAL_DAYS}
    if usual is None or day < 0:
        return ""
    if days > 1:
        return _("That is %(day)s a day; the mean of the last %(days)d days is %(mean)s.") % words
    if day > usual * (1 + NEAR):
        return _("That is above the mean of the last %(days)d days (%(mean)s).") % words
    if day < usual * (1 - NEAR):
        return _("That is below the mean of the last %(days)d days (%(mean)s).") % words
    return _("That is near the mean of the last %(days)d days (%(mean)s).") % words


def _figure(number: int) -> SafeString:
    return format_html("<b>{}</b>", number_in_words(number))
