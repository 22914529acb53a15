"""What each page says of itself to machines, as schema.org JSON-LD: only what stands on the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conflict.package.metadata import LICENCE
from conflict.web.context import conflict_name, newest_version
from conflict.web.event_data import event_data

Node = dict[str, Any]
Said = Mapping[str, Any]


def graph(request: HttpRequest, said: Said) -> Node:
    """Return the page's graph: the site, where the page stands in it, and what it is of.

    ``said`` is what the page's template has. One query at most, which the frame of the page makes anyway.
    """
    name = request.resolver_match.url_name if request.resolver_match else None
    nodes = [_website(request), _organization(request)]
    if name in _TRAILS:
        nodes.append(_breadcrumbs(request, _TRAILS[name](said)))
    if name in _NODES:
        nodes += _NODES[name](request, said)
    return {"@context": "https://schema.org", "@graph": nodes}


def _website(request: HttpRequest) -> Node:
    home = request.build_absolute_uri(reverse("overview"))
    return {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "url": home,
        "name": "Conflict Ledger",
        "about": conflict_name(),
        "inLanguage": get_language(),
        "publisher": {"@id": f"{home}#publisher"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{request.build_absolute_uri(reverse('search'))}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def _organization(request: HttpRequest) -> Node:
    home = request.build_absolute_uri(reverse("overview"))
    return {"@type": "Organization", "@id": f"{home}#publisher", "name": "Conflict Ledger", "url": home}


# -- Where a page stands ------------------------------------------------------------------------------------

Step = tuple[str, str]
"""A name and a path."""


def _breadcrumbs(request: HttpRequest, steps: list[Step]) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": request.build_absolute_uri(path)}
            for place, (name, path) in enumerate([(_("Overview"), reverse("overview")), *steps], 1)
            if name
        ],
    }


def _losses(said: Said) -> list[Step]:
    return [(_("Losses"), reverse("losses"))]


def _reports(said: Said) -> list[Step]:
    return [(_("Reports"), reverse("reports"))]


def _day(date: Any) -> str:
    return date.isoformat() if isinstance(date, dt.date) else ""


def _row(said: Said, name: str) -> list[Step]:
    row = said.get(name)
    return [(str(row), row.get_absolute_url())] if row else []


_TRAILS: dict[str | None, Callable[[Said], list[Step]]] = {
    "losses": _losses,
    "category": lambda said: [*_losses(said), *_row(said, "category")],
    "reports": _reports,
    "report": lambda said: (
        [*_reports(said), (_day(said.get("date")), reverse("report", args=[said["date"]]))]
        if said.get("date")
        else _reports(said)
    ),
    "figure": lambda said: [
        *_reports(said),
        *([(_day(said["date"]), reverse("report", args=[said["date"]]))] if said.get("accepted") else []),
        *_row(said, "accepted"),
    ],
    "timeline": lambda said: [(_("Timeline"), reverse("timeline"))],
    "event": lambda said: [(_("Timeline"), reverse("timeline")), *_row(said, "event")],
    "articles": lambda said: [(_("Articles"), reverse("articles"))],
    "article": lambda said: [(_("Articles"), reverse("articles")), *_row(said, "article")],
    "versions": lambda said: [(_("Versions"), reverse("versions"))],
    "data": lambda said: [(_("Data"), reverse("data"))],
    "data-use": lambda said: [(_("Data"), reverse("data")), (_("Use"), reverse("data-use"))],
}


# -- What a page is of --------------------------------------------------------------------------------------


def _dataset(request: HttpRequest, said: Said) -> list[Node]:
    """Describe the ledger as a dataset, with the package and the CSV of the API to take away."""
    version = newest_version(request)
    if version is None:
        return []
    zipped = request.build_absolute_uri(reverse("package", args=[version.number]))
    return [
        {
            "@type": "Dataset",
            "@id": f"{request.build_absolute_uri(reverse('data'))}#dataset",
            "name": f"Conflict Ledger: {conflict_name()}",
            "description": _(
                "Reported losses by category and day, with the documents that they were read from, events and "
                "attributed claims. Each figure is a claim of one belligerent about the other."
            ),
            "url": request.build_absolute_uri(reverse("data")),
            "version": str(version.number),
            "identifier": f"sha256:{version.hash}",
            "dateModified": version.time.isoformat(),
            "temporalCoverage": f"{settings.CONFLICT_START.isoformat()}/..",
            "license": LICENCE[2],
            "isAccessibleForFree": True,
            "creator": {"@id": f"{request.build_absolute_uri(reverse('overview'))}#publisher"},
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": "application/zip", "contentUrl": zipped},
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": request.build_absolute_uri("/api/v1/losses.csv"),
                },
            ],
        }
    ]


def _article(request: HttpRequest, said: Said) -> list[Node]:
    """Describe the page as what it is: our summary, and the article elsewhere that it speaks of."""
    article = said.get("article")
    if article is None:
        return []
    about: Node = {"@type": "Article", "url": article.url} if article.url else {"@type": "Article"}
    if article.title_is_printed:
        about["headline"] = article.title
    if article.publisher:
        about["publisher"] = {"@type": "Organization", "name": article.publisher}
    if article.published:
        about["datePublished"] = article.published.isoformat()
    if article.language:
        about["inLanguage"] = article.language
    page = request.build_absolute_uri(article.get_absolute_url())
    said_in = get_language()
    return [
        {"@type": "WebPage", "@id": page, "url": page, "name": str(article), "inLanguage": said_in, "about": about}
    ]


def _event(request: HttpRequest, said: Said) -> list[Node]:
    return [event_data(request, said["event"], said["actors"])] if said.get("event") else []


_NODES: dict[str | None, Callable[[HttpRequest, Said], list[Node]]] = {
    "data": _dataset,
    "losses": _dataset,
    "article": _article,
    "event": _event,
}
