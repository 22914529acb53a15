"""What the figures mean, where they come from, and how sure one can be."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conflict.models import Category, Document, Source
from conflict.web.alphabet import by_name


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain the ledger, from the database where it can say so itself. Three queries."""
    order = {slug: place for place, slug in enumerate(settings.DATASET_ORDER)}
    datasets = Document.objects.filter(kind=Document.Kind.DATASET)
    context = {
        "sources": sorted(by_name(Source.objects.all()), key=lambda source: source.kind),
        "categories": Category.objects.all(),
        "datasets": sorted(datasets, key=lambda dataset: (order.get(dataset.slug, len(order)), dataset.slug)),
    }
    return render(request, "web/about.html", context)
