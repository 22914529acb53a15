"""Atom feeds: what was reported, and what was corrected. Each entry keeps its id whatever becomes of it.

Events have a feed of their own, on the timeline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.charts.chart import number_in_words
from conflict.ledger.sentences import sentence
from conflict.models import Category, Document, Finding, Point, Report
from conflict.models.reports import tie_entries
from conflict.queries import LEDGER
from conflict.web.asof import revalidated
from conflict.web.context import newest_version
from conflict.wording import change, day_number

ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. ``key`` names it for good; ``address`` is a page of this site."""

    key: str
    title: str
    words: str
    address: str
    updated: dt.datetime


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Give the readings that were published last. Two queries."""
    held = Report.objects.published().of(**LEDGER).with_entries().select_related("from_version")
    held = held.order_by("-from_version_id", "-date", "-revision", "pk")[:ENTRIES]
    return _feed(
        request,
        key="reports",
        title=_("Reports of losses"),
        words=_("Each day’s reported losses, as read from each document. They are claims of one belligerent."),
        page=reverse("reports"),
        entries=[_of_report(report) for report in tie_entries(held, Category.objects.all())],
    )


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Give the figures that changed and the findings that were explained, newest first. Four queries."""
    points = Point.objects.of(**LEDGER).corrected().select_related("source", "category", "to_version")
    explained = Finding.objects.filter(state=Finding.State.EXPLAINED).order_by("-decided", "key")
    titles = dict(Document.objects.filter(kind=Document.Kind.DATASET).values_list("slug", "title"))
    findings = explained.select_related("category", "document", "source", "party")[:ENTRIES]
    entries = [
        *(_of_point(point) for point in points[:ENTRIES]),
        *(_of_finding(finding, titles) for finding in findings),
    ]
    return _feed(
        request,
        key="corrections",
        title=_("Corrections"),
        words=_("Figures that the ledger once showed and shows no longer, and doubts that were explained."),
        page=reverse("versions"),
        entries=sorted(entries, key=lambda entry: (entry.updated, entry.key), reverse=True)[:ENTRIES],
    )


def tag(request: HttpRequest, key: str) -> str:
    """Return a tag: URI, which stays the same under every name that the site answers to.

    In another language than the first it is another: a feed in it has entries of its own.
    """
    named = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "*"
    host = request.get_host().partition(":")[0] if "*" in named else named.lstrip(".")
    language = get_language()
    if language not in {None, settings.LANGUAGE_CODE}:
        key = f"{language}/{key}"
    return f"tag:{host},{settings.CONFLICT_START.year}:{key}"


def _of_report(report: Report) -> Entry:
    assert report.from_version is not None  # noqa: S101 - what is published has a version
    figures = [
        _("%(category)s %(total)s (%(change)s)")
        % {
            "category": entry.category,
            "total": f"{entry.get_qualifier_display()} {number_in_words(entry.total)}".strip(),
            "change": change(entry.change),
        }
        for entry in report.stated
        if entry.total is not None
    ]
    parts = {"date": date_format(report.date), "number": day_number(report.date), "document": report.document}
    return Entry(
        key="/".join(
            ("report", report.source.slug, report.date.isoformat(), report.document.slug, str(report.revision))
        ),
        title=_("%(date)s, day %(number)s: read from %(document)s") % parts,
        words=_("%(source)s states of the losses of %(party)s, certainty “claimed”: %(figures)s.")
        % {"source": report.source, "party": report.party, "figures": "; ".join(figures) or _("no total")},
        address=report.get_absolute_url(),
        updated=report.from_version.time,
    )


def _of_point(point: Point) -> Entry:
    assert point.to_version is not None  # noqa: S101 - corrected points are closed
    new: int | None = point.new_total  # type: ignore[attr-defined]
    parts = {
        "category": point.category,
        "date": date_format(point.date),
        "old": number_in_words(point.total),
        "new": _("not stated") if new is None else number_in_words(new),
    }
    named = {"number": point.to_version_id, "reason": point.to_version.reason}
    return Entry(
        key=f"correction/{point.source.slug}/{point.date.isoformat()}/{point.category.slug}/{point.to_version_id}",
        title=_("%(category)s, %(date)s: %(old)s became %(new)s") % parts,
        words=_("Version %(number)d: %(reason)s") % named,
        address=point.get_absolute_url(),
        updated=point.to_version.time,
    )


def _of_finding(finding: Finding, titles: dict[str, str]) -> Entry:
    assert finding.decided is not None  # noqa: S101 - explained findings have been decided
    parts = {"kind": finding.get_kind_display(), "date": date_format(finding.date)}
    page = (
        reverse("figure", args=[finding.date, finding.category.slug]) if finding.category else reverse("integrity")
    )
    return Entry(
        key=f"finding/{finding.key}",
        title=_("%(kind)s, %(date)s: explained") % parts,
        words=f"{sentence(finding, titles=titles)} {finding.words}",
        address=page,
        updated=finding.decided,
    )


def _feed(
    request: HttpRequest, *, key: str, title: str, words: str, page: str, entries: Iterable[Entry]
) -> HttpResponse:
    feed = Atom1Feed(
        title=f"{title} · Conflict Ledger",
        link=request.build_absolute_uri(page),
        description=words,
        subtitle=words,
        author_name="Conflict Ledger",
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=tag(request, key),
        language=get_language(),
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=request.build_absolute_uri(entry.address),
            description=entry.words,
            unique_id=tag(request, entry.key),
            pubdate=entry.updated,
            updateddate=entry.updated,
        )
    if not feed.items:
        version = newest_version(request)
        feed.latest_post_date = lambda: version.time if version else _nothing_yet()  # type: ignore[method-assign]
    answer = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return revalidated(request, answer)


def _nothing_yet() -> dt.datetime:
    """Return the first moment of day 1: what an empty feed was last changed at."""
    return dt.datetime.combine(settings.CONFLICT_START, dt.time(), dt.UTC)
