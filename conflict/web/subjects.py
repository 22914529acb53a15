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

from conflict.models import Actor, Article, Claim, Document, Event, Place
from conflict.web.alphabet import place_in_alphabet
from conflict.web.questions import IS_REPORTED
from conflict.web.versions import PageForm, read_page

A_PAGE = 50
"""Events on one page; of claims, the newest so many are shown."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The newest claims of some, and whether there are more of them than are shown."""

    claims: list[Claim]
    has_more: bool


def newest(claims: QuerySet[Claim]) -> Statements:
    """Return the newest claims with all that is said beside them. One query."""
    held = claims.with_documents().annotate(is_reported=IS_REPORTED).newest_first()  # type: ignore[attr-defined]
    found = list(held[: A_PAGE + 1])
    return Statements(found[:A_PAGE], len(found) > A_PAGE)


def events_page(request: HttpRequest, events: QuerySet[Event]) -> tuple[PageForm, list[Any]]:
    """Return the page of events that is asked for, newest first; none where there is none. One query."""
    return read_page(request, events.with_details().newest_first(), a_page=A_PAGE)  # type: ignore[attr-defined]


def articles_on(events: QuerySet[Event], said: QuerySet[Claim]) -> QuerySet[Document]:
    """Return the articles that support an event or that hold a claim, newest first."""
    of_events = Event.articles.through.objects.filter(event__in=events).values("document")
    of_claims = Claim.objects.of_events(events).values("document")
    return (
        Article.objects.get_queryset()
        .filter(Q(pk__in=of_events) | Q(pk__in=of_claims) | Q(pk__in=said.values("document")))
        .newest_first()
    )


def counted(rows: Iterable[Actor | Place]) -> list[tuple[Actor | Place, int]]:
    """Return each row once with how often it is there, the most frequent first."""
    counts = Counter(rows)
    return sorted(counts.items(), key=lambda pair: (-pair[1], place_in_alphabet(pair[0].word("name"))))


def search_address(name: str) -> str:
    """Return the address of a search for a name, word after word."""
    quoted = f'"{name}"'
    return f"{reverse('search')}?{urlencode({'q': quoted})}"
