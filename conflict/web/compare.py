"""Several sources side by side: what a belligerent claims, and what researchers saw in photographs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from conflict.analysis.comparison import Pair, Total
from conflict.asking import DayField
from conflict.charts.chart import number_in_words
from conflict.charts.pairs import Scale, key_drawing, row_drawing, scale_drawing
from conflict.intake.datasets.oryx import GROUPS
from conflict.models import Category, ModelCount, Point, Report, Source
from conflict.models.rows import Rows
from conflict.queries import LEDGER
from conflict.web.asof import as_of, keep_version, requested_number
from conflict.web.errors import Way, unreadable

PHOTOGRAPHED = {"source": "oryx", "party": LEDGER["party"]}
"""Whose count stands beside the ledger's: keywords of the querysets' ``of``."""


class DateForm(forms.Form):
    """The day of the count that is set beside the ledger's; none is the newest."""

    date = DayField(label=gettext_lazy("Date"), required=False)

    def __init__(self, request: HttpRequest, dates: Sequence[dt.date]) -> None:
        super().__init__(request.GET)
        self.times, self.dates = len(request.GET.getlist("date")), dates

    def clean_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["date"]
        if self.times > 1:
            raise forms.ValidationError(_("More than one value is given."))
        if day is not None and day not in self.dates:
            raise forms.ValidationError(
                _("There is no count of %(day)s."), params={"day": date_format(day)}, code="missing"
            )
        return day


@dataclass(frozen=True, slots=True)
class Row:
    """A category in both sources, with its picture and the models behind the second's total, by group."""

    category: Category
    pair: Pair
    drawing: SafeString
    groups: tuple[tuple[str, int, tuple[ModelCount, ...]], ...]

    @property
    def models(self) -> int:
        return sum(len(models) for _name, _total, models in self.groups)


@require_safe
@as_of
def sources(request: HttpRequest) -> HttpResponse:
    """Show what Oryx photographed beside what the General Staff claims, by category. Five queries."""
    number = requested_number(request)
    counts = Point.objects.at_version(number).of(**PHOTOGRAPHED)
    dates = list(counts.order_by("-date").values_list("date", flat=True).distinct())
    form = DateForm(request, dates)
    if not form.is_valid():
        return _unreadable(request, form, dates)
    named = {s.slug: s for s in Source.objects.filter(slug__in=[LEDGER["source"], PHOTOGRAPHED["source"]])}
    context: dict[str, Any] = {
        "claimed": named.get(LEDGER["source"]),
        "shown": named.get(PHOTOGRAPHED["source"]),
        "dates": dates,
    }
    if dates:
        context |= _comparison(form.cleaned_data["date"] or dates[0], number)
    return render(request, "web/compare_sources.html", context)


def _comparison(date: dt.date, number: int | None) -> dict[str, Any]:
    reports = Report.objects.at_version(number).of(**PHOTOGRAPHED).of_day(date).select_related("document")
    report = reports.with_model_counts().order_by("pk").first()
    categories = totals_at(date, number)
    shown = {c.pk: Total(p.date, p.total) for c in categories for p in c.shown}
    claimed = {c.pk: Total(p.date, p.total) for c in categories for p in c.claimed}
    pairs = {c.pk: Pair(c.slug, claimed.get(c.pk), shown[c.pk]) for c in categories if c.pk in shown}
    scale = Scale.of(t.total for pair in pairs.values() for t in (pair.claimed, pair.shown) if t)
    models = models_of(report)
    rows = [
        Row(c, pairs[c.pk], _drawing(scale, c, pairs[c.pk]), models.get(c.pk, ()))
        for c in categories
        if c.pk in pairs
    ]
    current = [c for c in categories if c.pk not in pairs and c.pk in claimed and c.last_day is None]
    return {
        "date": date,
        "report": report,
        "rows": rows,
        "scale": scale_drawing(scale),
        "keys": (key_drawing("dot"), key_drawing("diamond")),
        "alone": current,
        "count": sum(row.models for row in rows),
        "more_seen": any((row.pair.ratio or 0) > 1 for row in rows),
        "moved": _moved(categories, rows),
    }


def totals_at(date: dt.date, number: int | None) -> list[Any]:
    """Return every category with what is ``shown`` of it on a day, and the nearest total ``claimed`` until then.

    Both are lists of one point, or of none. One query.
    """
    points = Point.objects.at_version(number).filter(category=OuterRef("pk"))
    claimed = points.of(**LEDGER).filter(date__lte=date).order_by("-date")[:1]
    shown = points.of(**PHOTOGRAPHED).of_day(date)
    return list(Category.objects.annotate(shown=Rows(shown), claimed=Rows(claimed)))


def models_of(report: Any) -> dict[int, tuple[tuple[str, int, tuple[ModelCount, ...]], ...]]:
    """Return the models that a report counts: by category, then by its own groups, largest first."""
    counted: dict[int, dict[str, list[ModelCount]]] = defaultdict(lambda: defaultdict(list))
    for count in report.counted if report else ():
        counted[count.category_id][count.group].append(count)
    found = {}
    for category, groups in counted.items():
        sums = [(name, sum(m.total for m in models), tuple(models)) for name, models in groups.items()]
        found[category] = tuple(sorted(sums, key=lambda group: -group[1]))
    return found


def _moved(categories: Sequence[Category], rows: Sequence[Row]) -> list[tuple[str, str, Category]]:
    """Return the groups that stand elsewhere than where the file puts them: name, its category, ours."""
    present = {name for row in rows for name, _total, _models in row.groups}
    named = {c.slug: c for c in categories}
    return [(g.name, g.printed, named[g.category]) for g in GROUPS if g.why and g.name in present]


def _drawing(scale: Scale, category: Category, pair: Pair) -> SafeString:
    claimed = pair.claimed.total if pair.claimed else None
    label = _("%(category)s: %(claimed)s claimed, %(shown)s in photographs") % {
        "category": category,
        "claimed": _("not stated") if claimed is None else number_in_words(claimed),
        "shown": number_in_words(pair.shown.total),
    }
    return row_drawing(scale, dot=claimed, diamond=pair.shown.total, label=label)


def _unreadable(request: HttpRequest, form: DateForm, dates: Sequence[dt.date]) -> HttpResponse:
    page = keep_version(request, reverse("compare-sources"))
    ways = [Way(page, _("The newest count"))] if dates else [Way(page, _("How a count is imported"))]
    ways += [
        Way(keep_version(request, f"{reverse('compare-sources')}?date={day.isoformat()}"), date_format(day))
        for day in dates
    ]
    return unreadable(
        request, title=_("There is no such count"), explanation=str(form.errors["date"][0]), ways=ways
    )
