"""What stands around findings: the readings of the days before and after, for a whole page in a few queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from conflict.analysis.calendar import ONE_DAY
from conflict.charts.chart import number_in_words
from conflict.charts.neighbourhood import (
    MARKS,
    Neighbourhood,
    Strand,
    numbers_drawing,
    presence_drawing,
    sum_drawing,
)
from conflict.models import Document, Finding, LossEntry, Point, Report
from conflict.models.articles import title_of, title_said
from conflict.queries import LEDGER

REACH = 4
"""Days shown on each side of a finding."""

OF_TOTALS = frozenset({"disagreement", "fall", "arithmetic", "outlier"})
OF_DAYS = frozenset({"gap", "unknown-category"})

Totals = Mapping[str, Mapping[dt.date, int]]
"""Document -> date -> a number that it states."""


@dataclass(frozen=True, slots=True)
class Row:
    """A day in the table behind a picture, "" for days left out; as many ``cells`` as there are columns."""

    day: str
    concerned: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """The neighbourhood of one finding: a picture, and a table with the same; ``rows`` may be none."""

    drawing: SafeString
    caption: str
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class Surroundings:
    """What was fetched for a page of findings."""

    totals: dict[int, dict[str, dict[dt.date, int]]] = field(default_factory=dict)  # by category and document
    accepted: dict[int, dict[dt.date, int]] = field(default_factory=dict)
    reported: dict[str, dict[dt.date, dict[str, str]]] = field(default_factory=dict)  # remarks, by document
    documents: dict[str, Document] = field(default_factory=dict)  # that evidence speaks of, to be named
    days: dict[dt.date, str] = field(default_factory=dict)  # in words: the same days come again and again

    def in_words(self, day: dt.date) -> str:
        if day not in self.days:
            self.days[day] = date_format(day, "SHORT_DATE_FORMAT")
        return self.days[day]


def load_surroundings(findings: Sequence[Finding]) -> Surroundings:
    """Fetch readings, points and reports around findings, and the documents they speak of. At most one query."""
    wanted: dict[int | None, set[dt.date]] = defaultdict(set)
    of_days: set[dt.date] = set()
    for finding in findings:
        days = {day for day in days_around(finding) if day is not None}
        if finding.kind in OF_TOTALS and finding.category_id is not None:
            wanted[finding.category_id] |= days
        elif finding.kind == "repeat":
            wanted[None] |= days | {min(days) - ONE_DAY}
        elif finding.kind in OF_DAYS:
            of_days |= days
    spoken = {slug for f in findings for slug in (*f.evidence.get("readings", ()), *f.evidence.get("moved", ()))}
    found = Surroundings()
    rows: Any = _totals(wanted).union(_accepted(wanted), _reports(of_days), _documents(spoken), all=True)
    for what, of, date, slug, number, said, *_order in rows.order_by("begun", "row"):
        if what == TOTAL:
            found.totals.setdefault(of, {}).setdefault(slug, {})[date] = number
        elif what == ACCEPTED:
            found.accepted.setdefault(of, {})[date] = number
        elif what == REPORT:
            found.reported.setdefault(slug, {})[date] = said
        else:
            found.documents[slug] = title_of(said)
    return found


TOTAL, ACCEPTED, REPORT, DOCUMENT = range(4)
COLUMNS = ("what", "of", "day", "of_document", "number", "said", "begun", "row")
"""Of what stands around: which of the above, category, day, document, number, what is said beside it, in order."""


def _totals(wanted: Mapping[int | None, set[dt.date]]) -> QuerySet[Any]:
    """What readings that count state of categories on their days."""
    stated = LossEntry.objects.filter(
        _cells(wanted, "report__date"),
        report__date__in=set().union(*wanted.values()),
        report__status=Report.Status.PUBLISHED,
        report__source__slug=LEDGER["source"],
        report__party__slug=LEDGER["party"],
        total__isnull=False,
    )
    return _as_rows(
        stated,
        TOTAL,
        of="category_id",
        day="report__date",
        of_document="report__document__slug",
        number="total",
        begun="report__from_version_id",
    )


def _accepted(wanted: Mapping[int | None, set[dt.date]]) -> QuerySet[Any]:
    """What the ledger takes of categories on their days."""
    cells = {category: days for category, days in wanted.items() if category is not None}
    points = (
        Point.objects.standing().of(**LEDGER).filter(_cells(cells, "date"), date__in=set().union(*cells.values()))
    )
    return _as_rows(points, ACCEPTED, of="category_id", day="date", number="total")


def _reports(days: set[dt.date]) -> QuerySet[Any]:
    """Which documents report a day, and what they remark."""
    reports = Report.objects.published().of(**LEDGER).filter(date__in=days)
    return _as_rows(reports, REPORT, day="date", of_document="document__slug", said="remarks")


def _documents(slugs: set[str]) -> QuerySet[Any]:
    """What the titles of documents are written from."""
    return _as_rows(Document.objects.filter(slug__in=slugs), DOCUMENT, of_document="slug", said=title_said())


def _as_rows(rows: QuerySet[Any], what: int, **columns: Any) -> QuerySet[Any]:
    """Return rows with the columns of all that stands around; what is not given is null."""
    none = {"day": models.DateField(), "said": models.JSONField(), "of_document": models.TextField()}
    given = {name: F(column) if isinstance(column, str) else column for name, column in columns.items()}
    given |= {"what": Value(what), "row": F("pk")}
    for name in COLUMNS:
        given.setdefault(name, Cast(Value(None), none.get(name, models.BigIntegerField())))
    return rows.order_by().annotate(**given).values_list(*COLUMNS)


def around(finding: Finding, found: Surroundings, *, names: Mapping[str, str]) -> Around | None:
    """Draw the neighbourhood of a finding; ``names`` are the documents', by slug. ``None``: nothing is around."""
    if finding.kind == "sum":
        return _sum(finding)
    if finding.kind == "gap":
        return _gap(finding, found, names)
    if finding.kind == "repeat":
        moved = {slug: _moved(days) for slug, days in _by_document(found.totals).items()}
        return _numbers(finding, moved, {}, names, found, _("Categories whose total moved since the day before"))
    if finding.kind == "unknown-category":
        return _numbers(finding, _remarked(finding, found), {}, names, found, _("What is stated under this key"))
    if finding.category_id is None:
        return None
    totals = found.totals.get(finding.category_id, {})
    accepted = found.accepted.get(finding.category_id, {})
    return _numbers(finding, totals, accepted, names, found, _("Totals around the day"))


def days_around(finding: Finding) -> tuple[dt.date | None, ...]:
    """Return the days that a picture shows; a long gap shows its ends, with ``None`` between."""
    first, last = finding.date, finding.end_date or finding.date
    if finding.kind == "unknown-category":
        last = first
    before = [first - n * ONE_DAY for n in range(REACH, 0, -1)]
    after = [last + n * ONE_DAY for n in range(1, REACH + 1)]
    length = (last - first).days + 1
    inside: list[dt.date | None] = [first + n * ONE_DAY for n in range(length)] if length <= REACH else []
    if length > REACH:
        inside = [first, first + ONE_DAY, None, last - ONE_DAY, last]
    today = timezone.localdate()
    return tuple(
        day for day in [*before, *inside, *after] if day is None or settings.CONFLICT_START <= day <= today
    )


def mark_of(slug: str) -> int:
    """Return a document's mark: its place in the order of the datasets; all others share the last."""
    order = settings.DATASET_ORDER[: MARKS - 1]
    return order.index(slug) if slug in order else MARKS - 1


# -- Pictures -----------------------------------------------------------------------------------------------


def _numbers(
    finding: Finding,
    totals: Totals,
    accepted: Mapping[dt.date, int],
    names: Mapping[str, str],
    found: Surroundings,
    caption: str,
) -> Around | None:
    days = days_around(finding)
    shown = {day for day in days if day is not None}
    strands = _strands(
        {slug: {d: n for d, n in series.items() if d in shown} for slug, series in totals.items()}, names
    )
    if not strands:
        return None
    taken = {day: total for day, total in accepted.items() if day in shown}
    last = finding.date if finding.kind == "unknown-category" else (finding.end_date or finding.date)
    place = Neighbourhood(days, finding.date, last, strands, taken)
    heads = tuple(strand.name for strand in strands)
    cells = {day: tuple(_number(strand.values.get(day)) for strand in strands) for day in shown}
    if taken:
        heads = (*heads, _("accepted"))
        cells = {day: (*values, _number(taken.get(day))) for day, values in cells.items()}
    return Around(numbers_drawing(place, label=_label(caption, place)), caption, heads, _rows(place, cells, found))


def _gap(finding: Finding, found: Surroundings, names: Mapping[str, str]) -> Around | None:
    days = days_around(finding)
    shown = [day for day in days if day is not None]
    stated = {slug: {d: 1 for d in of_days if d in shown} for slug, of_days in found.reported.items()}
    if finding.document is not None:
        stated.setdefault(finding.document.slug, {})
    strands = _strands(stated, names, empty=True)
    if not strands:
        return None
    caption = _("Reports around the gap")
    place = Neighbourhood(days, finding.date, finding.end_date or finding.date, strands, {})
    cells = {day: tuple(_("report") if day in strand.values else _("none") for strand in strands) for day in shown}
    drawing = presence_drawing(place, label=_label(caption, place))
    return Around(drawing, caption, tuple(strand.name for strand in strands), _rows(place, cells, found))


def _sum(finding: Finding) -> Around:
    parts = [total for total in finding.evidence["parts"].values() if total is not None]
    caption = _("The sum as printed, and its parts end to end")
    label = f"{caption}: {number_in_words(finding.evidence['figure'])}, {number_in_words(sum(parts))}"
    return Around(sum_drawing(finding.evidence["figure"], parts, label=label), caption)


def _strands(totals: Totals, names: Mapping[str, str], *, empty: bool = False) -> tuple[Strand, ...]:
    """Give each dataset a strand. Other documents mostly state one day each: they share as few as hold them."""
    known = {slug: days for slug, days in totals.items() if days or empty}
    of_datasets = sorted((slug for slug in known if mark_of(slug) < MARKS - 1), key=mark_of)
    strands = [Strand(names.get(slug, slug), mark_of(slug), known[slug]) for slug in of_datasets]
    others: list[dict[dt.date, int]] = []
    for slug in sorted(known.keys() - set(of_datasets)):
        for date, total in known[slug].items():
            place = next((days for days in others if days.get(date, total) == total), None)
            if place is None:
                others.append(place := {})
            place[date] = total
    strands += [Strand(_("other documents"), MARKS - 1, days) for days in others]
    return tuple(strands)


def _rows(place: Neighbourhood, cells: Mapping[dt.date, tuple[str, ...]], found: Surroundings) -> tuple[Row, ...]:
    return tuple(
        Row(found.in_words(day), place.concerns(day), cells[day]) if day else Row("", True, ())
        for day in place.days
    )


def _label(caption: str, place: Neighbourhood) -> str:
    return _("%(caption)s, %(first)s to %(last)s: %(names)s. The values stand in the table below.") % {
        "caption": caption,
        "first": date_format(place.dates[0]),
        "last": date_format(place.dates[-1]),
        "names": ", ".join(strand.name for strand in place.strands),
    }


# -- Numbers ------------------------------------------------------------------------------------------------


def _by_document(totals: Mapping[int, Totals]) -> dict[str, dict[dt.date, dict[int, int]]]:
    turned: dict[str, dict[dt.date, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for category, documents in totals.items():
        for slug, days in documents.items():
            for date, total in days.items():
                turned[slug][date][category] = total
    return turned


def _moved(days: Mapping[dt.date, Mapping[int, int]]) -> dict[dt.date, int]:
    """Count the categories that moved since the day before, on days that both state any of the same."""
    moved = {}
    for date, totals in days.items():
        shared = totals.keys() & days.get(date - ONE_DAY, {}).keys()
        if shared:
            moved[date] = sum(totals[category] != days[date - ONE_DAY][category] for category in shared)
    return moved


def _remarked(finding: Finding, found: Surroundings) -> dict[str, dict[dt.date, int]]:
    if finding.document is None:
        return {}
    slug, key = finding.document.slug, finding.evidence["key"]
    stated = {
        date: int(words[key])
        for date, words in found.reported.get(slug, {}).items()
        if words.get(key, "").isascii() and words.get(key, "").removeprefix("-").isdigit()
    }
    return {slug: stated}


def _number(value: int | None) -> str:
    return "–" if value is None else number_in_words(value)


def _cells(wanted: Mapping[Any, Iterable[dt.date]], date: str) -> Q:
    """Match the given days of each category; ``None`` is every category."""
    cells = Q(pk__in=[])
    for category, days in wanted.items():
        of_days = Q(**{f"{date}__in": sorted(days)})
        cells |= of_days if category is None else of_days & Q(category_id=category)
    return cells
