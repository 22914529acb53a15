"""The articles and what they state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conflict.models import Article


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "web/articles.html", {"articles": Article.objects.get_queryset().newest_first()})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "web/article.html", {"article": get_object_or_404(Article, slug=slug)})
