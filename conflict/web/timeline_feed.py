"""The events as an Atom feed: all, or those that the timeline can be narrowed to, the newest first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from conflict.models import Event
from conflict.timeline_query import TimelineQuery
from conflict.web.context import conflict_name
from conflict.web.errors import Way, unreadable
from conflict.web.timeline_facets import address, chosen_of
from conflict.wording import when

MOST_ENTRIES = 50


class TimelineFeed(Feed):
    """``/timeline/feed.atom?theme=naval``: what narrows the timeline narrows its feed. Three queries at most."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        form = TimelineQuery.of(request.GET)
        if not form.is_valid():
            faults = " ".join(f"{fault.label}: {fault.sentence}" for fault in form.faults)
            ways = [
                Way(reverse("timeline-feed"), _("The feed of all events")),
                Way(reverse("timeline"), _("Timeline")),
            ]
            return unreadable(request, title=_("There is no such feed"), explanation=faults, ways=ways)
        request._timeline_query = form  # type: ignore[attr-defined]
        response = super().__call__(request, *args, **kwargs)
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TimelineQuery:
        form: TimelineQuery = request._timeline_query  # type: ignore[attr-defined]
        return form

    def title(self, form: TimelineQuery) -> str:
        chosen = ", ".join(one.words for one in chosen_of(form))
        return _("Timeline: %(chosen)s") % {"chosen": chosen} if chosen else _("Timeline: all events")

    def subtitle(self, form: TimelineQuery) -> str:
        return _("%(conflict)s: events, with how sure each is.") % {"conflict": conflict_name()}

    def link(self, form: TimelineQuery) -> str:
        return address(form)

    def feed_url(self, form: TimelineQuery) -> str:
        return address(form, page="timeline-feed")

    def items(self, form: TimelineQuery) -> list[Event]:
        events = form.events().select_related("place").with_last_change()
        return list(events.newest_first()[:MOST_ENTRIES])

    def item_title(self, item: Event) -> str:
        return str(item)

    def item_description(self, item: Event) -> str:
        facts = [when(item), item.get_certainty_display(), str(item.place or "")]
        return "\n".join(part for part in (" · ".join(f for f in facts if f), item.word("summary")) if part)

    def item_categories(self, item: Event) -> list[str]:
        return [item.theme, item.certainty]

    def item_pubdate(self, item: Event) -> dt.datetime:
        """The beginning of the day of the event: of a span its first, of a month its first day."""
        return dt.datetime.combine(item.date, dt.time(), timezone.get_default_timezone())

    def item_updateddate(self, item: Any) -> dt.datetime:
        """When a desk last changed the event; before the first change, its day."""
        return item.changed_at or self.item_pubdate(item)
