"""Where it happened: every place, and everything about one in one place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.models import Claim, Event, Place
from conflict.web.alphabet import by_name
from conflict.web.errors import Way, missing
from conflict.web.maps import draw_places, mark_of
from conflict.web.questions import reported_days
from conflict.web.subjects import articles_on, counted, events_page, newest, search_address


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the places by name with how many events each has. One query."""
    return render(request, "web/places.html", {"places": by_name(Place.objects.with_counts())})


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what happened at a place, where it lies, and what is stated of that. Five queries."""
    place = Place.objects.filter(slug=slug).first()
    if place is None:
        return missing(
            request,
            title=_("There is no such place"),
            explanation=_("No place of the timeline has the name “%(slug)s”.") % {"slug": slug},
            ways=[Way(reverse("places"), _("All places")), Way(reverse("map"), _("The map"))],
        )
    happened = Event.objects.filter(place=place)
    form, events = events_page(request, happened)
    if not form.is_valid():
        return form.refusal()
    stated = newest(Claim.objects.of_events(happened))
    context: dict[str, Any] = {
        "place": place,
        "pages": form.pages,
        "events": events,
        "stated": stated,
        "reported": reported_days(stated.claims),
        "articles": articles_on(happened, Claim.objects.none()),
        "others": counted(actor for event in events for actor in event.involved),
        "search": search_address(place.word("name").split(",")[0]),
        "drawing": draw_places([mark_of(place, form.of)]) if place.latitude is not None else "",
    }
    return render(request, "web/place.html", context)
