"""The events, each with its certainty and where it was read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.paging import take
from conflict.api.questions import EventsQuery, read
from conflict.models import Event, Place

router = Router(tags=[gettext_noop("Events and articles")])


@router.get(
    "events",
    description=gettext_noop(
        "The events that the timeline shows under the same query, oldest first. Edited outside the versions."
    ),
    **described(list[schemas.Event], EventsQuery),
)
def events(request: HttpRequest) -> list[dict[str, Any]]:
    form = read(request, EventsQuery.of(request.GET))
    rows = form.events().select_related("place")
    rows = rows.prefetch_related("eventactor_set__actor", "figures", "articles")
    page = take(request, rows, order=["date", "pk"], page=form.cleaned_data)
    return [_event(request, event) for event in page]


def _event(request: HttpRequest, event: Event) -> dict[str, Any]:
    return {
        "slug": event.slug,
        "title": event.title,
        "summary": event.summary or None,
        "date": event.date,
        "end_date": event.end_date,
        "precision": event.precision,
        "theme": event.theme,
        "certainty": event.certainty,
        "certainty_note": event.certainty_note or None,
        "place": _place(event.place),
        "actors": [part.actor.name for part in event.eventactor_set.all()],
        "figures": [
            {
                "label": figure.label,
                "value": float(figure.value),
                "unit": figure.unit,
                "qualifier": figure.qualifier,
            }
            for figure in event.figures.all()
        ],
        "source_name": event.source_name,
        "source_url": event.source_url,
        "articles": [article.slug for article in event.articles.all()],
        "translations": event.translations,
        "url": request.build_absolute_uri(event.get_absolute_url()),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "slug": place.slug,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
