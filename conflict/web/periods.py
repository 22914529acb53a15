"""Two periods side by side: what was reported lost in each, of every category."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import ONE_DAY, date_of_day
from conflict.analysis.pace import Compared, compare
from conflict.asking import AskedForm, DayField
from conflict.charts.chart import rate_in_words
from conflict.charts.pairs import Scale, key_drawing, row_drawing, scale_drawing
from conflict.models import Category
from conflict.web.asof import as_of, keep_version
from conflict.web.pictures import load_all
from conflict.web.series import last_day

HALF = 500
"""Days of each period where none is asked for: the first 500 against the second 500."""

Period = tuple[dt.date, dt.date]


class PeriodsForm(AskedForm):
    """The first and last day of two periods. Nothing asked is days 1 to 500 against 501 to 1,000."""

    first_from = DayField(label=gettext_lazy("First period, from"), required=False)
    first_to = DayField(label=gettext_lazy("First period, to"), required=False)
    second_from = DayField(label=gettext_lazy("Second period, from"), required=False)
    second_to = DayField(label=gettext_lazy("Second period, to"), required=False)

    def __init__(self, data: QueryDict) -> None:
        asked = any(data.get(name, "").strip() for name in self.base_fields)
        first, second = usual_periods()
        usual = dict(zip(self.base_fields, (*first, *second), strict=True))
        if not asked:
            data = data.copy()
            data.update({name: day.isoformat() for name, day in usual.items()})
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in self.fields:
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, _("This day is not given: two periods have four days."))
        for period in ("first", "second"):
            self.check_order(f"{period}_from", f"{period}_to")
        return self.cleaned_data

    @property
    def periods(self) -> tuple[Period, Period]:
        """Return the two periods of a valid form."""
        days = self.cleaned_data
        return (days["first_from"], days["first_to"]), (days["second_from"], days["second_to"])


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A category in both periods, with its picture."""

    category: Category
    compared: Compared
    drawing: SafeString

    @property
    def known(self) -> bool:
        return self.compared.first is not None and self.compared.second is not None

    @property
    def percent(self) -> float | None:
        difference = self.compared.difference
        return None if difference is None else 100 * difference


@require_safe
@as_of
def periods(request: HttpRequest) -> HttpResponse:
    """Show two periods side by side, every category. Three queries; where the form is refused, two."""
    form = PeriodsForm(request.GET)
    if not form.is_valid():
        return render(request, "web/periods.html", {"form": form}, status=400)
    categories, series = load_all(request)
    first, second = form.periods
    compared = [compare(s, first, second, first_day=settings.CONFLICT_START) for s in series]
    rates = [part.rate for c in compared for part in (c.first, c.second) if part]
    scale = Scale.of(rates)
    pairs = list(zip(categories, compared, strict=True))
    context: dict[str, Any] = {
        "form": form,
        "first": first,
        "second": second,
        "rows": [PeriodRow(c, both, _drawing(scale, c, both)) for c, both in pairs if both.first or both.second],
        "unknown": [c for c, both in pairs if not (both.first or both.second)],
        "scale": scale_drawing(scale),
        "keys": (key_drawing("dot"), key_drawing("diamond")),
        "overlap": first[0] <= second[1] and second[0] <= first[1],
        "presets": presets(request, last_day(series)),
    }
    return render(request, "web/periods.html", context)


def usual_periods() -> tuple[Period, Period]:
    """Return the first and the second 500 days."""

    def day(number: int) -> dt.date:
        return date_of_day(number, first_day=settings.CONFLICT_START)

    return (day(1), day(HALF)), (day(HALF + 1), day(2 * HALF))


def presets(request: HttpRequest, last: dt.date | None) -> list[tuple[str, str]]:
    """Return pairs of periods that readers ask for, as addresses with their words."""
    page = reverse("compare-periods")
    found = [(page, _("the first 500 days and the second"))]
    if last is not None:
        for days in (30, 365):
            second = (last - (days - 1) * ONE_DAY, last)
            first = (second[0] - days * ONE_DAY, second[0] - ONE_DAY)
            if first[0] >= settings.CONFLICT_START:
                words = ngettext(
                    "the last %(days)d day and the one before",
                    "the last %(days)d days and as many before",
                    days,
                )
                found.append((f"{page}?{_query(first, second)}", words % {"days": days}))
    return [(keep_version(request, address), words) for address, words in found]


def _query(first: Period, second: Period) -> str:
    return urlencode(dict(zip(PeriodsForm.base_fields, (*first, *second), strict=True)))


def _drawing(scale: Scale, category: Category, both: Compared) -> SafeString:
    label = _("%(category)s: %(first)s a day in the first period, %(second)s a day in the second") % {
        "category": category,
        "first": rate_in_words(both.first.rate if both.first else None),
        "second": rate_in_words(both.second.rate if both.second else None),
    }
    rates: Sequence[float | None] = [part.rate if part else None for part in (both.first, both.second)]
    return row_drawing(scale, dot=rates[0], diamond=rates[1], label=label)
