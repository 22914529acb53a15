"""The state of the account: every day by whether its readings agree, and everything that checks have found."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conflict.analysis.calendar import ONE_DAY
from conflict.charts.calendar import CalendarDay, drawing, legend, months_of, summary
from conflict.charts.neighbourhood import MARKS, key_drawing
from conflict.filters import ACCEPTED, FindingsForm, offered
from conflict.ledger.sentences import sentence
from conflict.models import Check, Document, Finding, Report
from conflict.models.reports import Readings
from conflict.models.rows import Rows
from conflict.queries import LEDGER
from conflict.web.asof import as_of, requested_number
from conflict.web.context import newest_version, read_with_newest_version
from conflict.web.errors import Way
from conflict.web.figures import wants_part
from conflict.web.neighbourhoods import Around, around, load_surroundings, mark_of
from conflict.web.versions import read_page

A_PAGE = 50


@require_safe
@as_of
def integrity(request: HttpRequest) -> HttpResponse:
    """Show the state of the account and its findings. Six queries; the findings alone, three."""
    number = requested_number(request)
    categories, datasets = offered()
    form = FindingsForm(request.GET, categories=categories, datasets=datasets)
    part = wants_part(request)
    context: dict[str, Any] = {"form": form, "part": part, "number": number}
    valid = form.is_valid()
    if valid and number is None:
        pages, held = read_page(request, form.findings, a_page=A_PAGE)
        if not pages.is_valid():
            return pages.refusal()
        context |= {"pages": pages.pages, "findings": explained(held, datasets), "keys": keys_of(datasets)}
    if not part:
        context |= _account(request, number, datasets)
    template = "web/integrity.html#findings" if part else "web/integrity.html"
    return render(request, template, context, status=200 if valid else 400)


# -- At a glance --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many standing findings of a kind there are, by place; ``None``: the kind cannot occur there."""

    kind: Finding.Kind
    words: str
    counts: tuple[tuple[str, int | None], ...]  # an address, and how many
    between: int | None
    total: int
    open: int


@dataclass(frozen=True, slots=True)
class Disagreements:
    """On how many days readings differ, and for how many figures the evidence names the likely one."""

    cells: int
    days: int
    decided: int


def calendar_days(reports: QuerySet[Report]) -> list[CalendarDay]:
    """Return every day from the first report to the last with its readings. One query."""
    readings: dict[dt.date, Readings] = reports.readings_a_day()  # type: ignore[attr-defined]
    if not readings:
        return []
    first, last = min(readings), max(readings)
    days = (first + n * ONE_DAY for n in range((last - first).days + 1))
    held = [(day, readings.get(day, Readings(0))) for day in days]
    return [CalendarDay(day, found.count, len(found.totals)) for day, found in held]


def _account(request: HttpRequest, number: int | None, datasets: Sequence[Document]) -> dict[str, Any]:
    days = calendar_days(Report.objects.at_version(number).of(**LEDGER))
    as_of_it = f"?version={number}" if number else ""
    context: dict[str, Any] = {
        "days": days,
        "summary": summary(days),
        "calendar": drawing(days, address=lambda day: reverse("report", args=[day]) + as_of_it),
        "legend": legend(),
        "months": months_of(days),
        "datasets": datasets,
    }
    if number is None:
        checks = read_with_newest_version(request, checks=Rows(Check.objects.all()[:1])).get("checks")
        newest, check = newest_version(request), next(iter(checks or ()), None)
        standing = standing_findings()
        rows = kind_rows(standing, datasets)
        context |= {
            "rows": rows,
            "disagreements": disagreements(standing),
            "check": check,
            "unchecked": newest.number - check.version_id if newest and check else None,
            "any_found": any(row.total for row in rows),
        }
    return context


class Standing(NamedTuple):
    """Of a finding what is counted: ``likely`` is the document that the evidence of a disagreement speaks for."""

    kind: str
    document: str | None  # its slug
    state: str
    date: dt.date
    likely: str | None


def standing_findings() -> list[Standing]:
    """Return every finding that stands, as little of it as is counted. One query."""
    standing = Finding.objects.standing().filter(source__slug=LEDGER["source"], party__slug=LEDGER["party"])
    rows = standing.order_by().values_list("kind", "document__slug", "state", "date", "evidence__likely")
    return [Standing(*row) for row in rows]


def kind_rows(standing: Sequence[Standing], datasets: Sequence[Document]) -> list[KindRow]:
    """Count the standing findings by kind and place."""
    found = Counter((finding.kind, finding.document, finding.state) for finding in standing)
    page, rows = reverse("integrity"), []
    for kind in Finding.Kind:
        of_kind = {place: n for place, n in found.items() if place[0] == kind}
        between = kind in (Finding.Kind.DISAGREEMENT, Finding.Kind.SUM)
        places = [*(d.slug for d in datasets), ACCEPTED]
        counts = [
            (
                f"{page}?kind={kind.value}&where={place}#findings",
                None
                if not _can_occur(kind, place)
                else sum(n for (_, slug, _s), n in of_kind.items() if (slug or ACCEPTED) == place),
            )
            for place in places
        ]
        total = sum(of_kind.values())
        opened = sum(n for (_, _d, state), n in of_kind.items() if state == Finding.State.OPEN)
        rows.append(KindRow(kind, str(kind.label), tuple(counts), total if between else None, total, opened))
    return rows


def _can_occur(kind: Finding.Kind, place: str) -> bool:
    """Say whether a kind of finding is ever about one dataset, or about the accepted ledger."""
    if kind in (Finding.Kind.DISAGREEMENT, Finding.Kind.SUM):
        return False
    return place != ACCEPTED or kind not in (Finding.Kind.REPEAT, Finding.Kind.UNKNOWN_CATEGORY)


def disagreements(standing: Sequence[Standing]) -> Disagreements:
    """Count the standing disagreements."""
    held = [finding for finding in standing if finding.kind == Finding.Kind.DISAGREEMENT]
    decided = sum(finding.likely is not None for finding in held)
    return Disagreements(len(held), len({finding.date for finding in held}), decided)


# -- Findings -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a disagreement: the document's name, its total, and whether it is likely or accepted."""

    name: str
    total: int
    likely: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with its sentence, its evidence, its neighbourhood, and the pages that it leads to."""

    finding: Finding
    sentence: str
    readings: tuple[Reading, ...]
    around: Around | None
    ways: tuple[Way, ...]


def explained(held: Sequence[Finding], datasets: Sequence[Document]) -> list[Explained]:
    """Return findings, told. One query."""
    found = load_surroundings(held)
    spoken = {finding.document.slug: finding.document for finding in held if finding.document}
    names = {d.slug: str(d) for d in (*datasets, *found.documents.values(), *spoken.values())}
    return [
        Explained(
            finding,
            sentence(finding, titles=names),
            _readings(finding, names),
            around(finding, found, names=names),
            tuple(_ways(finding)),
        )
        for finding in held
    ]


def keys_of(datasets: Sequence[Document]) -> list[tuple[SafeString, str]]:
    """Return the marks of the pictures with what they stand for."""
    named = sorted((mark_of(d.slug), str(d)) for d in datasets)
    keys = [(key_drawing(mark), name) for mark, name in named if mark < MARKS - 1]
    keys.append((key_drawing(MARKS - 1), _("other documents")))
    return [*keys, (key_drawing(-1), _("ring: the ledger took this total"))]


def _readings(finding: Finding, names: Mapping[str, str]) -> tuple[Reading, ...]:
    if finding.kind != Finding.Kind.DISAGREEMENT:
        return ()
    evidence = finding.evidence
    likely = evidence["readings"].get(evidence["likely"])
    accepted = evidence["readings"].get(evidence.get("accepted"))
    return tuple(
        Reading(names.get(slug, slug), total, total == likely, total == accepted)
        for slug, total in evidence["readings"].items()
    )


def _ways(finding: Finding) -> list[Way]:
    if finding.kind == Finding.Kind.GAP:
        last: dt.date = finding.end_date or finding.date
        return [
            Way(reverse("report", args=[finding.date - ONE_DAY]), _("the report before")),
            Way(reverse("report", args=[last + ONE_DAY]), _("the report after")),
        ]
    ways = [Way(reverse("report", args=[finding.date]), _("the report"))]
    if finding.category is not None:
        address = reverse("figure", args=[finding.date, finding.category.slug])
        ways.insert(0, Way(address, _("the life of this figure")))
    if finding.document is not None and finding.document.kind == Document.Kind.ARTICLE:
        ways.append(Way(finding.document.get_absolute_url(), _("the article")))
    return ways
