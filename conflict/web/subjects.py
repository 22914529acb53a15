"""What the pages of an actor and of a place share: the events, claims and articles about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from conflict.models import Actor, Article, Claim, Document, Event, Place, Report
from conflict.queries import LEDGER
from conflict.web.alphabet import place_in_alphabet
from conflict.web.versions import PageForm

A_PAGE = 50
"""Events on one page; of claims, the newest so many are shown."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The newest claims of some, and whether there are more of them than are shown."""

    claims: list[Claim]
    has_more: bool


def newest(claims: QuerySet[Claim]) -> Statements:
    """Return the newest claims with all that is said beside them. One query."""
    found = list(claims.with_documents().newest_first()[: A_PAGE + 1])  # type: ignore[attr-defined]
    return Statements(found[:A_PAGE], len(found) > A_PAGE)


def events_page(request: HttpRequest, events: QuerySet[Event]) -> tuple[PageForm, list[Event]]:
    """Return the page of events that is asked for, newest first; none where there is none. Four queries."""
    form = PageForm(request, of=events.count(), a_page=A_PAGE)
    if not form.is_valid():
        return form, []
    pages = form.pages
    shown = events.with_figures().prefetch_related("actors").newest_first()  # type: ignore[attr-defined]
    return form, list(shown[pages.start : pages.end])


def articles_on(events: QuerySet[Event], said: QuerySet[Claim]) -> QuerySet[Document]:
    """Return the articles that support an event or that hold a claim, newest first."""
    of_events = Event.articles.through.objects.filter(event__in=events).values("document")
    of_claims = Claim.objects.of_events(events).values("document")
    return (
        Article.objects.get_queryset()
        .filter(Q(pk__in=of_events) | Q(pk__in=of_claims) | Q(pk__in=said.values("document")))
        .newest_first()
    )


def reported_days(*found: Statements) -> set[Any]:
    """Return on which days of these claims there is a report. One query."""
    days = {claim.date for statements in found for claim in statements.claims if claim.date}
    return set(Report.objects.published().of(**LEDGER).filter(date__in=days).values_list("date", flat=True))


def counted(rows: Iterable[Actor | Place]) -> list[tuple[Actor | Place, int]]:
    """Return each row once with how often it is there, the most frequent first."""
    counts = Counter(rows)
    return sorted(counts.items(), key=lambda pair: (-pair[1], place_in_alphabet(pair[0].word("name"))))


def search_address(name: str) -> str:
    """Return the address of a search for a name, word after word."""
    quoted = f'"{name}"'
    return f"{reverse('search')}?{urlencode({'q': quoted})}"
