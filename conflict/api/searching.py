"""Search, as the site's own box does it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.paging import link_next
from conflict.api.questions import SearchQuery, read
from conflict.api.readings import page_of
from conflict.models import Actor, Article, Category, Claim, Event, Place, Report
from conflict.models.folding import Phrase, mark
from conflict.models.search import Hit
from conflict.models.search_texts import Kind

router = Router(tags=[gettext_noop("Search")])

ROWS = {
    Kind.CATEGORY: Category.objects,
    Kind.REPORT: Report.objects.select_related("source", "party"),
    Kind.EVENT: Event.objects,
    Kind.ARTICLE: Article.objects,
    Kind.CLAIM: Claim.objects.select_related("document"),
    Kind.ACTOR: Actor.objects,
    Kind.PLACE: Place.objects,
}


@router.get(
    "search",
    description=gettext_noop(
        "Articles, claims, events, reports, categories, actors and places that hold every word, titles first."
    ),
    **described(list[schemas.Hit], SearchQuery),
)
def search(request: HttpRequest) -> list[dict[str, Any]]:
    form = read(request, SearchQuery(request.GET))
    asked = form.cleaned_data
    offset = asked["cursor"][1][0] if asked["cursor"] else 0
    results = form.find(limit=asked["limit"], offset=offset)
    if offset + asked["limit"] < results.total:
        link_next(request, [offset + asked["limit"]])
    held = {
        kind: ROWS[kind].in_bulk([hit.key for hit in results.hits if hit.kind == kind])  # type: ignore[attr-defined]
        for kind in {hit.kind for hit in results.hits}
    }
    return [
        _hit(request, hit, held[hit.kind][hit.key], results.phrases)
        for hit in results.hits
        if hit.key in held[hit.kind]  # deleted since
    ]


def _hit(request: HttpRequest, hit: Hit, row: Any, phrases: tuple[Phrase, ...]) -> dict[str, Any]:
    if isinstance(row, Report):
        title, address = row.date.isoformat(), page_of(request, row)
    else:
        page = row.document if isinstance(row, Claim) else row
        title = row.text if isinstance(row, Claim) else str(row)
        address = request.build_absolute_uri(page.get_absolute_url())
    return {
        "type": hit.kind.name.lower(),
        "title": title,
        "excerpt": "".join(text for text, _found in hit.answer(mark(title, phrases), phrases)),
        "url": address,
    }
