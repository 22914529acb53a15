"""One event: what is known of it, how surely, and from where."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.models import Article, Event, Point, Report
from conflict.queries import LEDGER
from conflict.web.errors import Way, missing


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one event with its figures, what articles state of it, and its neighbours. Nine queries."""
    event = Event.objects.select_related("place").filter(slug=slug).first()
    if event is None:
        return missing(
            request,
            title=_("There is no such event"),
            explanation=_("No event of the timeline has the name “%(slug)s”.") % {"slug": slug},
            ways=[Way(reverse("timeline"), _("All events, in their order"))],
        )
    claims = event.claims.with_documents()
    days = Q(date=event.date) | Q(date__in=event.claims.values("date"))
    reported = Report.objects.published().of(**LEDGER).filter(days)
    points = Point.objects.standing().of(**LEDGER).in_categories(["personnel"]).of_day(event.date)
    context = {
        "event": event,
        "actors": event.actors.order_by("eventactor__order"),
        "figures": event.figures.all(),
        "claims": claims,
        "reported": set(reported.values_list("date", flat=True)),
        "articles": Article.objects.filter(events=event),
        # Of an event that is known to the month alone no day's report is its own.
        "personnel": points.select_related("source").first() if event.precision != "month" else None,
        "before": Event.objects.before(event),
        "after": Event.objects.after(event),
    }
    return render(request, "web/event.html", context)
