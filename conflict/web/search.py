"""Search: one box over articles, claims, events, reports, categories, actors and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from conflict.filters import NO_DATE, TYPES, SearchForm
from conflict.models import Actor, Article, Category, Claim, Event, Place, Report
from conflict.models.articles import TITLE_FIELDS
from conflict.models.folding import Phrase, mark
from conflict.models.rows import read_together
from conflict.models.search import Hit, Results
from conflict.models.search_texts import Kind
from conflict.queries import LEDGER
from conflict.web.asof import PARTIAL_HEADERS
from conflict.web.compare import PHOTOGRAPHED
from conflict.web.versions import PageForm
from conflict.wording import in_language

A_PAGE = 20
ONE = {
    Kind.CATEGORY: gettext_lazy("category"),
    Kind.REPORT: gettext_lazy("report"),
    Kind.EVENT: gettext_lazy("event"),
    Kind.ARTICLE: gettext_lazy("article"),
    Kind.CLAIM: gettext_lazy("claim"),
    Kind.ACTOR: gettext_lazy("actor"),
    Kind.PLACE: gettext_lazy("place"),
}


@require_safe
@vary_on_headers(*PARTIAL_HEADERS)
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what is found, twenty at a time, with how much there is of each type and year. Four queries."""
    form = SearchForm(request.GET)
    htmx = request.htmx  # type: ignore[attr-defined]
    part = bool(htmx) and not htmx.history_restore_request
    context: dict[str, Any] = {"form": form, "part": part}
    if form.is_valid():
        page = form.cleaned_data["page"] or 1
        results = form.find(limit=A_PAGE, offset=(page - 1) * A_PAGE)
        pages = PageForm(request, of=results.total, a_page=A_PAGE)
        if not pages.is_valid():
            return pages.refusal()
        context |= {
            "q": form.cleaned_data["q"],
            "results": results,
            "pages": pages.pages,
            "found": show(results),
            "types": _types(form, results),
            "years": _years(form, results),
            "everywhere": form.address(type="", year=""),
        }
    template = f"web/search.html{'#results' if part else ''}"
    return render(request, template, context, status=200 if form.is_valid() else 400)


# -- Types and years ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facet:
    """A type or a year that the search can be narrowed to, how much is found there, and whether it is."""

    name: str
    words: str
    count: int
    address: str
    current: bool


def _types(form: SearchForm, results: Results) -> list[Facet]:
    chosen = form.cleaned_data["type"]
    facets = [Facet("all", _("all types"), sum(results.kinds.values()), form.address(type=""), not chosen)]
    for name, kind in TYPES.items():
        if kind in results.kinds or name == chosen:
            address = form.address(type=name)
            facets.append(Facet(name, str(kind.label), results.kinds.get(kind, 0), address, name == chosen))
    return facets


def _years(form: SearchForm, results: Results) -> list[Facet]:
    chosen = form.cleaned_data["year"]
    facets = [Facet("all", _("all years"), sum(results.years.values()), form.address(year=""), not chosen)]
    counts = {str(year) if year else NO_DATE: count for year, count in results.years.items()}
    for name, count in (counts if chosen in {*counts, ""} else {**counts, chosen: 0}).items():
        words = _("no date") if name == NO_DATE else name
        facets.append(Facet(name, words, count, form.address(year=name), name == chosen))
    return facets


# The field that a found row is named by; a report is named by its day.
TITLES = {
    Kind.CATEGORY: "name",
    Kind.EVENT: "title",
    Kind.ARTICLE: "title",
    Kind.CLAIM: "text",
    Kind.ACTOR: "name",
    Kind.PLACE: "name",
}

# -- What was found -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found, for showing: its title and the piece of its text that answers, marked; "" is none."""

    type: str
    words: str  # the type, for readers
    row: Model
    address: str
    title: SafeString | str
    excerpt: SafeString | str


def show(results: Results) -> list[Found]:
    """Fetch the rows that were found, in their order. One query."""
    keys = {
        kind: [hit.key for hit in results.hits if hit.kind == kind] for kind in {hit.kind for hit in results.hits}
    }
    if not keys:
        return []
    held = read_together(*(_rows(kind).filter(pk__in=found) for kind, found in keys.items()))
    rows = {(kind, row.pk): row for kind, of_kind in zip(keys, held, strict=True) for row in of_kind}
    return [
        _shown(hit, rows[hit.kind, hit.key], results.phrases)
        for hit in results.hits
        if (hit.kind, hit.key) in rows  # deleted since
    ]


def _rows(kind: Kind) -> QuerySet[Any]:
    """Return the rows of a kind with what is shown of them."""
    if kind == Kind.CATEGORY:
        return Category.objects.only("slug", "name", "translations", "unit")
    if kind == Kind.REPORT:
        reports = Report.objects.select_related("source", "party")
        return reports.only("date", "source__slug", "source__name", "source__translations", "party__slug")
    if kind == Kind.EVENT:
        return Event.objects.select_related("place").defer("summary", "certainty_note")
    if kind == Kind.ARTICLE:
        return Article.objects.only(*TITLE_FIELDS, "kind", "publisher", "published")
    if kind == Kind.ACTOR:
        return Actor.objects.with_counts()
    if kind == Kind.PLACE:
        return Place.objects.with_counts()
    # The page of an article numbers its claims in their order.
    earlier = Q(order__lt=OuterRef("order")) | Q(order=OuterRef("order"), pk__lte=OuterRef("pk"))
    numbers = Claim.objects.filter(earlier, document=OuterRef("document")).order_by().values("document")
    claims = Claim.objects.select_related("source", "document").defer("document__text", "document__note")
    return claims.annotate(number=Subquery(numbers.annotate(count=Count("pk")).values("count")))


def _shown(hit: Hit, row: Any, phrases: tuple[Phrase, ...]) -> Found:
    if isinstance(row, Report):
        address, title = _address_of(row), _("Report of %(date)s") % {"date": date_format(row.date)}
    elif isinstance(row, Claim):
        address, title = f"{row.document.get_absolute_url()}#claim-{row.number}", row.word("text")  # type: ignore[attr-defined]
    else:
        address, title = row.get_absolute_url(), str(row)
    marked = mark(title, phrases)
    piece = hit.answer(marked, phrases)
    spoken = row.words_and_language(TITLES[hit.kind])[1] if hit.kind in TITLES else None
    return Found(
        hit.kind.name.lower(),
        str(ONE[hit.kind]),
        row,
        address,
        _html(marked, spoken, noted=not getattr(row, "title_is_printed", False)),
        _html(piece, _letters(piece), noted=True),
    )


def _address_of(report: Report) -> str:
    """Return where the reports of a source are shown, "" where they are not."""
    account = {"source": report.source.slug, "party": report.party.slug}
    if account == LEDGER:
        return report.get_absolute_url()
    if account == PHOTOGRAPHED:
        return f"{reverse('compare-sources')}?date={report.date.isoformat()}"
    return ""


def _letters(pieces: Sequence[tuple[str, bool]]) -> str:
    """Return the language of a piece by most of its letters: the index does not keep languages apart."""
    text = "".join(text for text, _found in pieces)
    cyrillic = len(re.findall(r"[\u0400-\u04ff]", text))
    return "uk" if 2 * cyrillic > len(re.findall(r"[^\W\d_]", text)) else "en"


def _html(pieces: Sequence[tuple[str, bool]], language: str | None, *, noted: bool) -> SafeString | str:
    """Return the pieces of a text as HTML, each escaped, those that answer in ``mark``; a foreign text says so."""
    words = format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if found else text,) for text, found in pieces)
    )
    return words if language is None else in_language(words, language, noted=noted)
