"""The only writer of findings: what checks notice is stored under its key, and what people say of it is kept.

The same cause found again is the same finding, with its state and words. One whose cause has gone has
passed; it is never deleted, and stands again if the cause returns.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conflict.analysis.calendar import ONE_DAY
from conflict.intake.datasets.definition import PARTY, SOURCE
from conflict.intake.progress import Progress
from conflict.intake.records import CorrectionRecord
from conflict.ledger.acceptance import Cell
from conflict.ledger.errors import LedgerError
from conflict.ledger.neighbourhood import ACCEPTED, CHUNK, Around, Names, Neighbourhood, neighbourhoods
from conflict.ledger.noticing import SERIES_KINDS, Found, notice
from conflict.ledger.sentences import day, signed
from conflict.models import Check, Document, Finding, Report, Version

FIELDS = ("category_id", "document_id", "severity", "date", "end_date", "evidence")


class UnsettledFinding(LedgerError):
    """A finding cannot be settled as asked: no words, no name, or a state that does not exist."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What a check changed. ``kept`` findings still stand, ``passed`` ones have lost their cause by it."""

    new: int = 0
    kept: int = 0
    passed: int = 0
    returned: int = 0  # of those kept: how many had passed before

    def __add__(self, other: Rechecked) -> Rechecked:
        return Rechecked(
            self.new + other.new,
            self.kept + other.kept,
            self.passed + other.passed,
            self.returned + other.returned,
        )


def check_all(*, time: dt.datetime | None = None, progress: Progress | None = None) -> Rechecked:
    """Let every rule look at the whole ledger and store what they notice. One transaction.

    The newest version then counts as checked.
    """
    with transaction.atomic():
        names = Names.load()
        places = sorted(set(Report.objects.published().order_by().values_list("source_id", "party_id").distinct()))
        # A source all of whose reports were withdrawn is read too: its findings have passed.
        places += sorted(
            set(Finding.objects.order_by().values_list("source_id", "party_id").distinct()) - set(places)
        )
        result = Rechecked()
        for done, (source, party) in enumerate(places):
            if progress:
                progress("sources", done, len(places))
            result += _check(Neighbourhood(source, party), names, time or timezone.now())
        newest = Version.objects.newest()
        if newest is not None:
            _remember(newest.number, time or timezone.now())
    return result


def recheck(*, cells: Collection[Cell], version: int) -> Rechecked:
    """Check the neighbourhood of cells whose readings, decisions or points version ``version`` changed.

    To be called once the points are written, in the same transaction. What it reads depends on the days
    around the cells, not on how long the ledger is. Findings carry the time of the version. The version counts
    as checked if the one before it does.
    """
    if not cells:
        return Rechecked()
    stood = Version.objects.filter(pk=version).values_list("time", flat=True).first()
    result = Rechecked()
    with transaction.atomic():
        names = Names.load()
        for where in neighbourhoods(cells):
            result += _check(where, names, stood or timezone.now())
        if stood and (Check.objects.filter(version_id=version - 1).exists() or version == 1):
            _remember(version, stood)
    return result


def settle_finding(
    *, finding: Finding, state: str, words: str, by: str, time: dt.datetime | None = None
) -> Finding:
    """Explain or dismiss a finding with words and a name, or open it again (which takes the words away)."""
    if state not in Finding.State.values:
        raise UnsettledFinding(f"A finding is open, explained or dismissed, not {state!r}.")
    if state == Finding.State.OPEN:
        words = by = ""
    elif not words.strip() or not by.strip():
        raise UnsettledFinding("To explain or dismiss a finding takes a sentence and a name.")
    finding.state, finding.words, finding.decided_by = state, words.strip(), by.strip()
    finding.decided = None if state == Finding.State.OPEN else (time or timezone.now())
    finding.save(update_fields=["state", "words", "decided_by", "decided"])
    return finding


def explain_by_corrections(
    *,
    corrections: Iterable[CorrectionRecord],
    by: str,
    source: str = SOURCE,
    party: str = PARTY,
    time: dt.datetime | None = None,
) -> int:
    """Explain the open falls and outliers that known corrections account for; return how many.

    A correction of -9 accounts for a fall of at most 9, on its date or on the next day stated: the day's
    losses make the fall smaller, never larger. An outlier is accounted for where the change without the
    correction lies within the recent range. What a person has settled is left alone.
    """
    known: dict[str, list[CorrectionRecord]] = {}
    for correction in corrections:
        known.setdefault(correction.category, []).append(correction)
    explained = []
    with transaction.atomic():
        open_findings = (
            Finding.objects.standing()
            .filter(kind__in=["fall", "outlier"], state="open", source__slug=source, party__slug=party)
            .filter(category__slug__in=known)
            .select_related("category")
        )
        for finding in open_findings:
            if finding.category is None:
                continue
            for correction in known[finding.category.slug]:
                if _accounts_for(correction, finding):
                    explained.append(_explained(finding, correction, by=by, time=time or timezone.now()))
                    break
        Finding.objects.bulk_update(explained, ["state", "words", "decided_by", "decided"], batch_size=CHUNK // 4)
    return len(explained)


def count_findings() -> dict[str, dict[str, int]]:
    """Count the standing findings by kind: per dataset and for the accepted ledger, disagreements by cell and day.

    A kind that a dataset could have and has not is counted as 0. Three queries.
    """
    datasets = list(
        Document.objects.filter(kind=Document.Kind.DATASET).order_by("slug").values_list("slug", flat=True)
    )
    counts: dict[str, dict[str, int]] = {
        "disagreement": {"cells": 0, "days": 0, "decided": 0},
        **{kind: dict.fromkeys([*datasets, "accepted"], 0) for kind in ("fall", "gap", "arithmetic", "outlier")},
        "repeat": dict.fromkeys(datasets, 0),
        "sum": {},
        "unknown-category": dict.fromkeys(datasets, 0),
    }
    standing = Finding.objects.standing().order_by()
    rows = standing.exclude(kind=Finding.Kind.DISAGREEMENT).values_list("kind", "document__slug")
    for (kind, slug), number in Counter(rows.iterator(CHUNK)).items():
        counts[kind][slug or "accepted"] = number
    days = set()
    of_cells = standing.filter(kind=Finding.Kind.DISAGREEMENT).values_list("date", "evidence__likely")
    for date, likely in of_cells.iterator(CHUNK):
        days.add(date)
        counts["disagreement"]["cells"] += 1
        counts["disagreement"]["decided"] += likely is not None
    counts["disagreement"]["days"] = len(days)
    return counts


def _remember(version: int, time: dt.datetime) -> None:
    Check.objects.update_or_create(version_id=version, defaults={"time": time})


# -- Storing ------------------------------------------------------------------------------------------------


def _check(where: Neighbourhood, names: Names, time: dt.datetime) -> Rechecked:
    found, around = notice(where, names)
    noticed = {one.key: one for one in found}
    held = {finding.key: finding for finding in _held(around, noticed)}
    new = [_finding(one, time) for key, one in noticed.items() if key not in held]
    changed, returned = [], 0
    for key, finding in held.items():
        if key not in noticed:
            continue
        values = _values(_widened(noticed[key], finding) if where.first else noticed[key])
        returned += finding.passed is not None
        if finding.passed is not None or any(getattr(finding, name) != values[name] for name in FIELDS):
            for name in FIELDS:
                setattr(finding, name, values[name])
            finding.passed = None
            changed.append(finding)
    gone = [
        finding.pk
        for key, finding in held.items()
        if key not in noticed and finding.passed is None and _is_judged(finding, around)
    ]
    Finding.objects.bulk_create(new, batch_size=CHUNK // 4)
    Finding.objects.bulk_update(changed, [*FIELDS, "passed"], batch_size=CHUNK // 8)
    for done in range(0, len(gone), CHUNK // 4):
        Finding.objects.filter(pk__in=gone[done : done + CHUNK // 4]).update(passed=time)
    return Rechecked(len(new), len(noticed) - len(new), len(gone), returned)


def _held(around: Around, noticed: Mapping[str, Found]) -> Iterator[Finding]:
    """Fetch the stored findings of a neighbourhood, and those that were noticed and began before it."""
    where = around.where
    of_place = Finding.objects.filter(source_id=where.source, party_id=where.party).order_by()
    if where.first is None or where.last is None:
        yield from of_place.iterator(CHUNK)
        return
    edges = {date for _, _, date in around.edges}
    inside = Q(date__range=(where.first, where.last)) | Q(date__lt=where.first, end_date__gte=where.first)
    seen = set()
    for finding in of_place.filter(inside | Q(date__in=edges)):
        seen.add(finding.key)
        yield finding
    missing = [key for key in noticed if key not in seen]
    for done in range(0, len(missing), CHUNK // 4):
        yield from of_place.filter(key__in=missing[done : done + CHUNK // 4])


def _is_judged(finding: Finding, around: Around) -> bool:
    """Say whether what was read suffices to know that the cause of a finding has gone."""
    where = around.where
    if where.first is None:
        return True
    if finding.kind == Finding.Kind.UNKNOWN_CATEGORY:
        return False  # its other days were not read; the check of the whole ledger knows
    if finding.date in where:
        return True
    if finding.kind == Finding.Kind.GAP:
        return finding.date < where.first and finding.end_date is not None and finding.end_date >= where.first
    slug = around.names.datasets.get(finding.document_id or 0, ACCEPTED)
    return finding.kind in SERIES_KINDS and (finding.category_id, slug, finding.date) in around.edges


def _widened(one: Found, held: Finding) -> Found:
    """Keep the first and last day of an unknown category, of which a neighbourhood shows a part."""
    if one.noticed.kind != Finding.Kind.UNKNOWN_CATEGORY:
        return one
    days = [held.date, held.end_date or held.date, one.noticed.date, one.noticed.end_date or one.noticed.date]
    last = max(days) if max(days) > min(days) else None
    return replace(one, noticed=replace(one.noticed, date=min(days), end_date=last))


def _values(one: Found) -> dict[str, Any]:
    return {
        "category_id": one.category,
        "document_id": one.document,
        "severity": one.noticed.severity,
        "date": one.noticed.date,
        "end_date": one.noticed.end_date,
        "evidence": one.noticed.evidence,
    }


def _finding(one: Found, time: dt.datetime) -> Finding:
    return Finding(
        key=one.key,
        kind=one.noticed.kind,
        source_id=one.source,
        party_id=one.party,
        found=time,
        **_values(one),
    )


# -- Corrections --------------------------------------------------------------------------------------------


def _accounts_for(correction: CorrectionRecord, finding: Finding) -> bool:
    evidence = finding.evidence
    if finding.kind == Finding.Kind.FALL:
        since = dt.date.fromisoformat(evidence["previous_date"])
        fall = evidence["total"] - evidence["previous"]
        return since <= correction.date <= finding.date and correction.difference <= fall
    # A correction is dated on the day itself or on the day before.
    if not finding.date - ONE_DAY <= correction.date <= finding.date:
        return False
    return bool(evidence["lowest"] <= evidence["change"] - correction.difference <= evidence["highest"])


def _explained(finding: Finding, correction: CorrectionRecord, *, by: str, time: dt.datetime) -> Finding:
    finding.state = Finding.State.EXPLAINED
    finding.words = _("The dataset’s list of corrections changes this total by %(size)s on %(date)s.") % {
        "size": signed(correction.difference),
        "date": day(correction.date),
    }
    finding.decided_by, finding.decided = by, time
    return finding
