"""Who takes part: every actor, and everything about one in one place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.models import Actor, Claim, Event
from conflict.web.alphabet import by_name
from conflict.web.errors import Way, missing
from conflict.web.questions import reported_days
from conflict.web.subjects import articles_on, counted, events_page, newest, search_address


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the actors by name with how many events each takes part in. One query."""
    return render(request, "web/actors.html", {"actors": by_name(Actor.objects.with_counts())})


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an actor took part in, what it stated, and what is stated of that. Six queries."""
    actor = Actor.objects.select_related("source").filter(slug=slug).first()
    if actor is None:
        return missing(
            request,
            title=_("There is no such actor"),
            explanation=_("No actor of the timeline has the name “%(slug)s”.") % {"slug": slug},
            ways=[Way(reverse("actors"), _("All actors"))],
        )
    taken_part = Event.objects.filter(actors=actor)
    form, events = events_page(request, taken_part)
    if not form.is_valid():
        return form.refusal()
    spoken = Claim.objects.spoken_by(actor.names, actor.source)
    said, stated = newest(spoken), newest(Claim.objects.of_events(taken_part).exclude(pk__in=spoken.values("pk")))
    context: dict[str, Any] = {
        "actor": actor,
        "pages": form.pages,
        "events": events,
        "said": said,
        "stated": stated,
        "reported": reported_days(said.claims, stated.claims),
        "articles": articles_on(taken_part, spoken),
        "places": counted(event.place for event in events if event.place),
        "others": counted(other for event in events for other in event.involved if other != actor),
        "search": search_address(actor.word("name")),
    }
    return render(request, "web/actor.html", context)
