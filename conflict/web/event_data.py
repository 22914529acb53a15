"""An event in the words of schema.org, for machines that read pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from conflict.models import Actor, Event


def event_data(request: HttpRequest, event: Event, actors: Sequence[Actor]) -> dict[str, Any]:
    """Return a schema.org Event, a node of the page's graph.

    What is not known is absent: a month has no day, what goes on no end.
    """
    address = request.build_absolute_uri(event.get_absolute_url())
    data: dict[str, Any] = {
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": str(event),
        "startDate": f"{event.date:%Y-%m}" if event.has_no_day else event.date.isoformat(),
        "about": event.get_theme_display(),
        "isBasedOn": event.source_url,
        "additionalProperty": {"@type": "PropertyValue", "name": "certainty", "value": event.certainty},
    }
    if event.precision == Event.Precision.DAY:
        data["endDate"] = event.date.isoformat()
    elif event.end_date:
        data["endDate"] = event.end_date.isoformat()
    if event.summary:
        data["description"] = event.word("summary")
    if event.place:
        data["location"] = _place(event)
    if actors:
        # Persons, states and organisations alike: which of them an actor is, the ledger does not say.
        data["contributor"] = [{"@type": "Thing", "name": str(actor)} for actor in actors]
    return data


def _place(event: Event) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": str(event.place)}
    if event.place and event.place.latitude is not None:
        degrees = {"latitude": event.place.latitude, "longitude": event.place.longitude}
        place["geo"] = {"@type": "GeoCoordinates", **degrees}
    return place
