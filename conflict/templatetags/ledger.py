"""How the site writes figures, changes, days and certainty. Every template has these without loading them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.calendar import day_number as number_of_day
from conflict.charts.chart import number_in_words, rate_in_words
from conflict.models import Claim, Event, WarEstimate
from conflict.web.asof import keep_version, takes_version

register = template.Library()


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Write a figure with its thousands apart; ``None`` is "not stated"."""
    return _("not stated") if value is None else _rounded(value, decimals)


@register.filter
def change(value: float | None, decimals: int = 0) -> str:
    """Write a change with its sign, + or −; ``None`` is "not stated", and no change is a plain 0."""
    if value is None:
        return _("not stated")
    return f"+{_rounded(value, decimals)}" if value > 0 else _rounded(value, decimals)


@register.filter
def rate(value: float | None) -> str:
    """Write a mean per day to about three digits: 1,393, 16, 2.9, 0.03; ``None`` is "not known"."""
    return rate_in_words(value)


def _rounded(value: float, decimals: int) -> str:
    # Django's number_format cuts digits off where they should be rounded.
    return number_in_words(round(value, decimals), decimals)


@register.filter
def day_number(date: dt.date) -> str:
    """Write which day of the conflict a date is: 1,000 for 19 November 2024."""
    return number_in_words(number_of_day(date, first_day=settings.CONFLICT_START))


@register.filter
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


@register.filter
def certainty(statement: Event | Claim | WarEstimate) -> SafeString:
    """Mark how sure an event, a claim or an estimate is, by a word and a shape."""
    return format_html(
        '<span class="certainty" data-certainty="{}">{}</span>',
        statement.certainty,
        statement.get_certainty_display(),
    )


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, name: str, words: str, key: str = "") -> SafeString:
    """Link a part of the site, marked where the reader is on it ("page") or below it ("true").

    ``key``: the letter that leads there after "g" (static/js/manners.js).
    """
    request: HttpRequest | None = context.get("request")
    address = reverse(name)
    path = request.path if request else ""
    current = "page" if path == address else "true" if path.startswith(address) else ""
    marked = format_html(' aria-current="{}"', current) if current else ""
    if key:
        marked = format_html('{} data-key="{}"', marked, key)
    if request and takes_version(address):
        address = keep_version(request, address)
    return format_html('<a href="{}"{}>{}</a>', address, marked, words)
