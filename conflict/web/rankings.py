"""The highest days, weeks and months of one category."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.ranges import Ranked, highest
from conflict.analysis.series import Series, changes_per_day, per_period
from conflict.models import Category
from conflict.queries import Asked
from conflict.web.asof import as_of, keep_version, requested_number
from conflict.web.errors import Way, missing
from conflict.web.series import load_series

MOST = 20
"""So many of each are listed, and more only where the last ones are equal."""


@require_safe
@as_of
def rankings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the days, weeks and months in which most was reported of a category. Three queries."""
    categories = list(Category.objects.all())
    category = next((c for c in categories if c.slug == slug), None)
    if category is None:
        return missing(
            request,
            title=_("There is no such category"),
            explanation=_("Nothing that is reported has the name “%(slug)s” here. These are the categories:")
            % {"slug": slug},
            ways=[Way(keep_version(request, c.get_absolute_url()), str(c)) for c in categories],
        )
    asked = Asked((category,), None, None, "change", "linear", requested_number(request))
    (series,) = load_series(asked)
    context = {"category": category, "series": series, **ranked(series)}
    return render(request, "web/rankings.html", context)


def ranked(series: Series) -> dict[str, list[Ranked]]:
    """Return the highest of each kind. Only reports of two days in a row say what one day brought."""
    days = [v for v in changes_per_day(series).values if v.gap == 1]
    return {
        "days": highest(days, most=MOST),
        "weeks": highest(per_period(series, "week").values, most=MOST),
        "months": highest(per_period(series, "month").values, most=MOST),
    }
