"""What is counted, and who says so."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.questions import NothingAsked, read
from conflict.models import Category, Source

router = Router(tags=[gettext_noop("Reference")])


@router.get(
    "categories",
    description=gettext_noop("Every category in the source's order, with what it counts and since when."),
    **described(list[schemas.Category], NothingAsked),
)
def categories(request: HttpRequest) -> list[dict[str, Any]]:
    read(request, NothingAsked(request.GET))
    return [
        {
            "slug": category.slug,
            "name": category.name,
            "short": category.short or None,
            "unit": category.unit,
            "order": category.order,
            "definition": category.definition or None,
            "first_day": category.first_day,
            "last_day": category.last_day,
            "translations": category.translations,
            "url": request.build_absolute_uri(category.get_absolute_url()),
        }
        for category in Category.objects.all()
    ]


@router.get(
    "sources",
    description=gettext_noop(
        "Every source, with what its figures mean. Figures of different sources are never added up."
    ),
    **described(list[schemas.Source], NothingAsked),
)
def sources(request: HttpRequest) -> list[dict[str, Any]]:
    read(request, NothingAsked(request.GET))
    return [
        {
            "slug": source.slug,
            "name": source.name,
            "kind": source.kind,
            "meaning": source.meaning or None,
            "translations": source.translations,
            "url": source.url or None,
        }
        for source in Source.objects.all()
    ]
