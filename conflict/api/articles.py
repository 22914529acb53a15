"""The articles and their claims: who said what, how surely."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.paging import take
from conflict.api.questions import ArticlesQuery, ClaimsQuery, read
from conflict.models import Article, Claim, Document

router = Router(tags=[gettext_noop("Events and articles")])

UNDATED = Value(dt.date(1, 1, 1))
"""Stands for a day that is not known, so that it comes after all that are."""


@router.get(
    "articles",
    description=gettext_noop(
        "The articles, newest first, those without a date last. Summaries are ours, originals are linked."
    ),
    **described(list[schemas.Article], ArticlesQuery),
)
def articles(request: HttpRequest) -> list[dict[str, Any]]:
    form = read(request, ArticlesQuery(request.GET))
    asked = form.cleaned_data
    rows = Article.objects.get_queryset().annotate(
        day=Coalesce(F("published"), UNDATED), claims_made=Count("claims")
    )
    if asked["from"]:
        rows = rows.filter(published__gte=asked["from"])
    if asked["to"]:
        rows = rows.filter(published__lte=asked["to"])
    return [_article(request, article) for article in take(request, rows, order=["-day", "-pk"], page=asked)]


@router.get(
    "claims",
    description=gettext_noop("The claims, article by article, each with who says so and how sure that is."),
    **described(list[schemas.Claim], ClaimsQuery),
)
def claims(request: HttpRequest) -> list[dict[str, Any]]:
    form = read(request, ClaimsQuery(request.GET))
    asked = form.cleaned_data
    rows = Claim.objects.select_related("document", "source", "category").prefetch_related("parts", "events")
    for name, field in (("article", "document__slug"), ("event", "events__slug"), ("certainty", "certainty")):
        if asked[name]:
            rows = rows.filter(**{field: asked[name]})
    if asked["from"]:
        rows = rows.filter(date__gte=asked["from"])
    if asked["to"]:
        rows = rows.filter(date__lte=asked["to"])
    found = take(request, rows, order=["document__slug", "order", "pk"], page=asked)
    return [_claim(request, claim) for claim in found]


def _article(request: HttpRequest, article: Document) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "title_is_printed": article.title_is_printed,
        "publisher": article.publisher,
        "language": article.language or None,
        "published": article.published,
        "published_note": article.published_note or None,
        "retrieved": article.retrieved,
        "summary": article.text or None,
        "claims": article.claims_made,  # type: ignore[attr-defined]
        "original_url": article.url or None,
        "translations": article.translations,
        "url": request.build_absolute_uri(article.get_absolute_url()),
    }


def _claim(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.pk,
        "article": claim.document.slug,
        "text": claim.text,
        "quoted": claim.quoted,
        "speaker": claim.speaker,
        "source": claim.source.slug if claim.source else None,
        "certainty": claim.certainty,
        "certainty_note": claim.certainty_note or None,
        "category": claim.category.slug if claim.category else None,
        "figure": claim.figure,
        "unit": claim.unit or None,
        "qualifier": claim.qualifier or None,
        "date": claim.date,
        "parts": [category.slug for category in claim.parts.all()],
        "events": [event.slug for event in claim.events.all()],
        "translations": claim.translations,
        "url": request.build_absolute_uri(claim.document.get_absolute_url()),
    }
