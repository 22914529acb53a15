"""What every query asks alike: days, numbers, a span, a version, nothing twice, and what is said of a fault.

Nothing that is asked is replaced in silence: a value that cannot be read is an error that names it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Fault(NamedTuple):
    """What is wrong with a query: the field, its name as readers see it, and a sentence."""

    name: str
    label: str
    sentence: str


def read_day(text: str) -> dt.date:
    """Read a day written 2024-11-19, in these characters and no others. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


class DayInput(forms.DateInput):
    """The browser's own calendar; a plain box where what was typed is no day, which a calendar would drop."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        try:
            read_day(value or str(settings.CONFLICT_START))
        except ValueError:
            context["widget"]["type"] = "text"
        else:
            bounds = {"min": settings.CONFLICT_START.isoformat(), "max": timezone.localdate().isoformat()}
            context["widget"] |= {"type": "date", "attrs": {**context["widget"]["attrs"], **bounds}}
        return context


class DayField(forms.Field):
    """A day as `read_day` reads it, from day 1 on and not in the future."""

    widget = DayInput

    def clean(self, value: Any) -> dt.date | None:
        text = (value or "").strip()
        if not text:
            return None
        try:
            day = read_day(text)
        except ValueError:
            raise forms.ValidationError(
                _("“%(value)s” is not a day of the calendar. A day is written 2024-11-19."),
                params={"value": shown(text)},
            ) from None
        if day < settings.CONFLICT_START:
            first = date_format(settings.CONFLICT_START)
            raise forms.ValidationError(
                _("%(day)s lies before day 1, which is %(first)s."),
                params={"day": date_format(day), "first": first},
            )
        if day > timezone.localdate():
            raise forms.ValidationError(_("%(day)s lies in the future."), params={"day": date_format(day)})
        return day


class CountField(forms.Field):
    """A whole number from 1 on in plain digits."""

    def clean(self, value: Any) -> int | None:
        text = (value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
            raise forms.ValidationError(
                _("“%(value)s” is not a whole number above zero."), params={"value": shown(text)}
            )
        return int(text)


class AskedForm(forms.Form):
    """A query in which nothing is asked twice but what is ``repeatable``; ``faults`` says what is wrong."""

    data: QueryDict

    repeatable: frozenset[str] = frozenset()

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            if name not in self.repeatable and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("More than one value is given."))
        return self.cleaned_data

    def check_order(self, first: str, last: str) -> None:
        """Refuse two days of which the last lies before the first."""
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and end < start:
            sentence = _("The last day, %(end)s, lies before the first, %(start)s.")
            words = {"end": date_format(end), "start": date_format(start)}
            self.add_error(last, forms.ValidationError(sentence, params=words))

    @property
    def faults(self) -> list[Fault]:
        """Return what is wrong, field by field."""
        return [
            Fault(name, str(self.fields[name].label), shown(str(sentence), 300))
            for name, sentences in self.errors.items()
            for sentence in sentences
        ]


class SpanForm(AskedForm):
    """From which day to which, both included; none leaves that side open."""

    to = DayField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=_("From"), required=False)  # no attribute can have this name

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_order("from", "to")
        return self.cleaned_data


def check_version(number: int | None, *, newest: int) -> int | None:
    """Return the number of a version that there is, or None. Raises ``ValidationError`` for a later one."""
    if number is not None and number > newest:
        raise forms.ValidationError(
            _("There is no version %(number)d: the newest is %(newest)d."),
            params={"number": number, "newest": newest},
        )
    return number


def shown(text: str, most: int = 40) -> str:
    """Return what a reader typed, cut to what a sentence can hold."""
    return text if len(text) <= most else f"{text[:most]}…"
