"""Earlier wars: what was estimated of their military dead, each with its range, its author and its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.charts.chart import number_in_words
from conflict.charts.pairs import Scale, scale_drawing
from conflict.charts.ranges import key_drawing, range_drawing
from conflict.models import Point, WarEstimate
from conflict.queries import LEDGER, PERSONNEL


@dataclass(frozen=True, slots=True)
class WarRow:
    """An estimate with its figure in words and its picture."""

    estimate: WarEstimate
    words: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Claimed:
    """The ledger's own total of killed and wounded, beside the estimates of others."""

    point: Point
    drawing: SafeString


@require_safe
def wars(request: HttpRequest) -> HttpResponse:
    """Show estimates of wars' military dead, and apart from them those of killed and wounded. Three queries.

    Not as of a version: the estimates are edited outside the versions.
    """
    estimates = list(WarEstimate.objects.with_wars())
    points = Point.objects.standing().of(**LEDGER).in_categories([PERSONNEL]).order_by("-date")
    point = points.select_related("source", "party", "category").first()
    scale = Scale.of(end for e in estimates for end in (e.low, e.high, point and point.total) if end)
    context: dict[str, Any] = {
        "dead": [WarRow(e, in_words(e.low, e.high), _drawing(scale, e)) for e in estimates if e.counts_dead_alone],
        "others": [
            WarRow(e, in_words(e.low, e.high), _drawing(scale, e)) for e in estimates if not e.counts_dead_alone
        ],
        "claimed": Claimed(point, _own_drawing(scale, point)) if point else None,
        "scale": scale_drawing(scale),
        "keys": (key_drawing(dead_alone=True), key_drawing(dead_alone=False)),
    }
    return render(request, "web/wars.html", context)


def in_words(low: int | None, high: int | None) -> str:
    """Write an estimate: a number, a range, "at least" or "as many as"."""
    if low is not None and high is not None:
        if low == high:
            return number_in_words(low)
        return _("%(low)s to %(high)s") % {"low": number_in_words(low), "high": number_in_words(high)}
    if high is None:
        return _("at least %(low)s") % {"low": number_in_words(low or 0)}
    return _("as many as %(high)s") % {"high": number_in_words(high)}


def _drawing(scale: Scale, estimate: WarEstimate) -> SafeString:
    counted = str(estimate.get_counts_display())
    label = _("%(war)s, %(side)s: %(figure)s, %(counted)s, by %(author)s") % {
        "war": estimate.war,
        "side": estimate.word("side"),
        "figure": in_words(estimate.low, estimate.high),
        "counted": counted,
        "author": estimate.word("author"),
    }
    return range_drawing(
        scale,
        low=estimate.low,
        high=estimate.high,
        counted=_counted(estimate.low, estimate.high, counted),
        label=label,
        dead_alone=estimate.counts_dead_alone,
    )


def _own_drawing(scale: Scale, point: Point) -> SafeString:
    counted = str(WarEstimate.Counts.KILLED_AND_WOUNDED.label)
    label = _("%(source)s on %(day)s: %(figure)s, %(counted)s") % {
        "source": point.source,
        "day": date_format(point.date),
        "figure": number_in_words(point.total),
        "counted": counted,
    }
    words = _counted(point.total, point.total, counted)
    return range_drawing(scale, low=point.total, high=point.total, counted=words, label=label, dead_alone=False)


def _counted(low: int | None, high: int | None, counted: str) -> str:
    """Write what stands on the picture itself: the figure, and what it counts."""
    return _("%(figure)s %(counted)s") % {"figure": in_words(low, high), "counted": counted}
