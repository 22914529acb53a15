"""How the site writes figures, days, dates and words of another language: for templates and Python alike."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from conflict.analysis.calendar import day_number as number_of_day
from conflict.charts.chart import number_in_words, rate_in_words
from conflict.models import Event


def number(value: float | None, decimals: int = 0) -> str:
    """Write a figure with its thousands apart; ``None`` is "not stated"."""
    return _("not stated") if value is None else _rounded(value, decimals)


def change(value: float | None, decimals: int = 0) -> str:
    """Write a change with its sign, + or −; ``None`` is "not stated", and no change is a plain 0."""
    if value is None:
        return _("not stated")
    return f"+{_rounded(value, decimals)}" if value > 0 else _rounded(value, decimals)


def rate(value: float | None) -> str:
    """Write a mean per day to about three digits: 1,393, 16, 2.9, 0.03; ``None`` is "not known"."""
    return rate_in_words(value)


def unbroken(date: str) -> str:
    """Keep a date's day and month on one line of a headline: 1 August 2026."""
    return date.replace(" ", "\u00a0", 1)


def _rounded(value: float, decimals: int) -> str:
    # Django's number_format cuts digits off where they should be rounded.
    return number_in_words(round(value, decimals), decimals)


def day_number(date: dt.date) -> str:
    """Write which day of the conflict a date is: 1,000 for 19 November 2024."""
    return number_in_words(number_of_day(date, first_day=settings.CONFLICT_START))


def when(event: Event) -> str:
    """Write an event's date as exactly as it is known: a day, a month, or a span, which may still go on."""
    if event.precision == Event.Precision.MONTH:
        return str(date_format(event.date, "SHORT_YEAR_MONTH_FORMAT"))
    first, last = event.date, event.end_date
    if event.precision == Event.Precision.DAY:
        return str(date_format(first, "SHORT_DATE_FORMAT"))
    if last is None:
        return _("since %(date)s") % {"date": date_format(first, "SHORT_DATE_FORMAT")}
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'SHORT_DATE_FORMAT')}"
    shape = "SHORT_MONTH_DAY_FORMAT" if first.year == last.year else "SHORT_DATE_FORMAT"
    return f"{date_format(first, shape)} – {date_format(last, 'SHORT_DATE_FORMAT')}"


def when_in_words(event: Event) -> str:
    """Write an event's date as `when` does, in a sentence's full words: "in November 2024"."""
    first, last = event.date, event.end_date
    if event.precision == Event.Precision.MONTH:
        return _("in %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")}
    if event.precision == Event.Precision.DAY:
        return date_format(first)
    if last is None:
        return _("since %(date)s") % {"date": date_format(first)}
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first_day)s–%(last_date)s") % {"first_day": first.day, "last_date": date_format(last)}
    shape = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
    return _("%(first)s – %(last)s") % {"first": date_format(first, shape), "last": date_format(last)}


def language_name(code: str) -> str:
    """Return a language's name in the reader's own for a BCP 47 code, or the code where it is not known."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name if get_language() == "en" else name.lower()  # Django's catalogues mix the two


def in_language(words: str, language: str, *, noted: bool) -> SafeString | str:
    """Return words as they are in the reader's language, or else marked, and with a visible note if ``noted``."""
    if is_readers(words, language):
        return words
    marked = format_html('<span lang="{}">{}</span>', language, words)
    return format_html("{} {}", marked, note_of_language(language)) if noted else marked


def is_readers(text: str, language: str) -> bool:
    """Return whether a text is in the language of the page; an empty one is in any."""
    return not text or language == (get_language() or "en").split("-")[0]


def note_of_language(language: str) -> SafeString:
    """Return the note that the eye reads beside words in a language that is not the page's."""
    words = _("in English") if language == "en" else language_name(language)
    return format_html('<span class="tongue">{}</span>', words)
