"""The articles, and what each states, by whom, and how surely."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.sums import Sum
from conflict.models import Article, Category, Claim, Event, Point, Report
from conflict.models.reports import tie_entries
from conflict.queries import LEDGER
from conflict.web.errors import Way, missing
from conflict.web.questions import stated_in
from conflict.web.readings import check_sum
from conflict.web.summaries import summary_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the articles, newest first, those without a date last. One query."""
    articles = list(Article.objects.get_queryset().newest_first().annotate(claims_made=Count("claims")))
    return render(
        request,
        "web/articles.html",
        {
            "dated": [article for article in articles if article.published],
            "undated": [article for article in articles if not article.published],
        },
    )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one article: our summary, its claims, the figures read from it, what it supports. Six queries."""
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        return missing(
            request,
            title=_("There is no such article"),
            explanation=_("No article of the ledger has the name “%(slug)s”.") % {"slug": slug},
            ways=[Way(reverse("articles"), _("All articles"))],
        )
    stated = stated_in(article.claims.all())
    days = {claim.date for claim in stated.claims if claim.date and claim.summed}
    points = Point.objects.standing().of(**LEDGER).filter(date__in=days).by_category()
    reports = tie_entries(article.reports.published().with_entries().order_by("date"), points)
    events = Event.objects.filter(Q(articles=article) | Q(claims__document=article))
    context = {
        "article": article,
        "summary": summary_of(article, stated.claims),
        "questions": stated.questions,
        "statements": _statements(stated.claims, reports, points),
        "reports": reports,
        "reported": stated.reported,
        "events": events.distinct().select_related("place").oldest_first(),
    }
    return render(request, "web/article.html", context)


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and, where it is a sum that can be checked, its parts. ``own``: they stand in the same article."""

    claim: Claim
    sum: Sum | None = None
    parts: tuple[tuple[Category, int | None], ...] = ()
    own: bool = False


def _statements(claims: Iterable[Any], reports: Iterable[Report], points: Iterable[Any]) -> list[Statement]:
    """Set beside each claimed sum the totals of its day: the article's own, or else those of the ledger."""
    own: dict[dt.date, dict[int, int | None]] = {
        report.date: {entry.category_id: entry.total for entry in report.stated} for report in reports
    }
    accepted: dict[dt.date, dict[int, int | None]] = {}
    for point in (point for category in points for point in category.points_held):
        accepted.setdefault(point.date, {})[point.category_id] = point.total
    statements = []
    for claim in claims:
        if claim.date is None or claim.figure is None or not claim.summed:
            statements.append(Statement(claim))
            continue
        is_own = claim.date in own
        checked, parts = check_sum(claim, (own if is_own else accepted).get(claim.date, {}))
        statements.append(Statement(claim, checked, tuple(parts), is_own))
    return statements
