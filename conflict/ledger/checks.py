"""What can be noticed in readings and points: pure rules, each over one series, day by day.

A series is what is stated of one source, party and category: of one document, or of the accepted points.
Every rule looks at a bounded neighbourhood only (`REACH` and `WINDOW` days), so that a new day can be
re-checked without the rest of the ledger. Which reading of a disagreement is likely is in `likelihood`.
docs/findings.md states every rule and threshold in words.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from conflict.analysis.calendar import ONE_DAY

WINDOW = 30
"""How many daily changes make a category's recent spread."""

WINDOW_DAYS = 45
"""No change further back than this many days is recent, however few there are."""

FEWEST = 15
"""Fewer recent changes than this say nothing of a spread."""

OUTLIER_SPREADS = 6
OUTLIER_REACHES = 2
"""A change is far outside when it lies this many spreads from the median, and this many times as far as the
farthest recent change: the second keeps a category that comes in bursts (missiles) from flooding."""

LONG_GAP, VERY_LONG_GAP = 7, 30
"""Days from which a gap is a doubt, and an error."""

DAY_NUMBER_KEYS = frozenset({"day"})
"""Keys of datasets that hold a whole number and count no losses."""


class Stated(NamedTuple):
    """A total as stated on a day; ``printed`` is the change as printed, None where none was."""

    total: int
    printed: int | None = None
    entry: int = 0


SeriesOfDay = Mapping[dt.date, Stated]
"""One series of one document, or of the accepted points."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a rule noticed, before it is stored.

    ``cause`` tells one cause from another in the same place: with other figures it is another finding.
    ``evidence`` is what the sentence is made of: dates are ISO texts, documents are slugs, None is not known.
    """

    kind: str
    severity: str
    date: dt.date
    cause: str = ""
    end_date: dt.date | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


# -- Days ---------------------------------------------------------------------------------------------------


def find_gaps(dates: Iterable[dt.date]) -> list[Noticed]:
    """Runs of days without any statement between the first and the last stated day."""
    found = []
    for before, after in pairwise(sorted(dates)):
        days = (after - before).days - 1
        if days < 1:
            continue
        severity = "error" if days >= VERY_LONG_GAP else "doubt" if days >= LONG_GAP else "note"
        found.append(
            Noticed("gap", severity, before + ONE_DAY, "", after - ONE_DAY, {"days": days, "span": days + 1})
        )
    return found


def find_repeats(days: Mapping[str, Mapping[dt.date, Mapping[str, int]]]) -> dict[str, list[Noticed]]:
    """Whole days equal to the day before while another document's readings moved: copied-over days.

    ``days`` is document -> date -> category -> total; the answer is by document. A day is compared in the
    categories that it and the day before both state; one that drops or adds a category is no copy.
    """
    found: dict[str, list[Noticed]] = {}
    for document, stated in days.items():
        others = {slug: theirs for slug, theirs in days.items() if slug != document}
        for date, today in stated.items():
            if not today or stated.get(date - ONE_DAY) != today:
                continue
            moved = {}
            for slug, theirs in others.items():
                before, now = theirs.get(date - ONE_DAY, {}), theirs.get(date, {})
                count = sum(c in before and c in now and before[c] != now[c] for c in today)
                if count:
                    moved[slug] = count
            if moved:
                evidence = {"categories": len(today), "moved": moved}
                found.setdefault(document, []).append(Noticed("repeat", "error", date, "", None, evidence))
    return found


# -- One series ---------------------------------------------------------------------------------------------


def find_falls(series: SeriesOfDay) -> list[Noticed]:
    """Totals below the nearest earlier total of the same series: a total counts up, unless it is corrected."""
    found = []
    for before, date in pairwise(sorted(series)):
        previous, total = series[before].total, series[date].total
        if total < previous:
            evidence = {"total": total, "previous": previous, "previous_date": before.isoformat()}
            found.append(Noticed("fall", "doubt", date, f"{previous}>{total}", None, evidence))
    return found


def find_arithmetic(series: SeriesOfDay) -> list[Noticed]:
    """Printed changes that are not the difference to the day before; silent where that day is not stated."""
    found = []
    for date, stated in series.items():
        if stated.printed is None:
            continue
        before = series.get(date - ONE_DAY)
        if before is None or stated.total - before.total == stated.printed:
            continue
        evidence = {
            "printed": stated.printed,
            "computed": stated.total - before.total,
            "total": stated.total,
            "previous": before.total,
            "previous_date": (date - ONE_DAY).isoformat(),
        }
        cause = f"{stated.printed}/{stated.total - before.total}"
        found.append(Noticed("arithmetic", "doubt", date, cause, None, evidence))
    return found


def find_outliers(series: SeriesOfDay) -> list[Noticed]:
    """Daily changes far outside the category's recent spread (median and MAD of the `WINDOW` before).

    Changes over more than one day are not daily, and negative ones are falls already.
    """
    found = []
    recent: deque[tuple[dt.date, int]] = deque()
    ordered: list[int] = []  # the changes of ``recent``, ascending
    for before, date in pairwise(sorted(series)):
        if date - before != ONE_DAY:
            continue
        change = series[date].total - series[before].total
        while recent and (len(recent) > WINDOW or (date - recent[0][0]).days > WINDOW_DAYS):
            del ordered[bisect_left(ordered, recent.popleft()[1])]
        # A change within the recent range is never far outside, and most are.
        if change >= 0 and len(ordered) >= FEWEST and not ordered[0] <= change <= ordered[-1]:
            usual = Usual.of(ordered)
            distance = abs(change - usual.median)
            reach = max(usual.median - ordered[0], ordered[-1] - usual.median)
            if distance > OUTLIER_SPREADS * usual.spread and distance > OUTLIER_REACHES * reach:
                evidence = {
                    "change": change,
                    "median": usual.median,
                    "spread": round(usual.spread, 1),
                    "times": round(distance / usual.spread, 1),
                    "lowest": ordered[0],
                    "highest": ordered[-1],
                    "days": len(ordered),
                }
                found.append(Noticed("outlier", "doubt", date, str(change), None, evidence))
        recent.append((date, change))
        insort(ordered, change)
    return found


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual daily change: median, spread, how many changes it is taken from, and the share of zeros."""

    median: float
    spread: float
    changes: int
    standing_still: float

    @classmethod
    def of(cls, changes: Collection[int]) -> Usual:
        """Take the median and 1.4826 MAD, the latter at least the Poisson spread of the median, and 1.

        The floor keeps a category whose losses are a few units from having no spread at all.
        """
        middle = median(changes)
        mad = median(abs(change - middle) for change in changes)
        spread = max(1.4826 * mad, math.sqrt(max(middle, 1)))
        still = sum(change == 0 for change in changes) / len(changes)
        return cls(int(middle) if middle == int(middle) else middle, spread, len(changes), still)


# -- Sums and unknown categories ----------------------------------------------------------------------------


def find_wrong_sum(
    *, figure: int, qualifier: str, parts: Mapping[str, int | None], date: dt.date
) -> Noticed | None:
    """Compare a printed sum with its parts; None where it fits or a part is not known.

    "More than" and "at least" bound the sum from below; "about" fits where both round to the same two
    leading digits of the figure.
    """
    if not parts or any(total is None for total in parts.values()):
        return None
    total = sum(total for total in parts.values() if total is not None)
    fits = {
        "more than": total > figure,
        "at least": total >= figure,
        "about": abs(total - figure) * 2 <= 10 ** max(len(str(figure)) - 2, 0),
    }.get(qualifier, total == figure)
    if fits:
        return None
    evidence = {"figure": figure, "sum": total, "parts": dict(parts), "qualifier": qualifier}
    return Noticed("sum", "doubt", date, f"{figure}/{total}", None, evidence)


def find_unknown_categories(remarks: Iterable[tuple[dt.date, Mapping[str, str]]]) -> dict[str, Noticed]:
    """Keys of one document that hold whole numbers and name no category known here, each with its days.

    ``remarks`` are what reports state beside figures, by the document's own keys.
    """
    days: dict[str, list[dt.date]] = {}
    for date, words in remarks:
        for key, text in words.items():
            if key not in DAY_NUMBER_KEYS and text.isascii() and text.removeprefix("-").isdigit():
                days.setdefault(key, []).append(date)
    found = {}
    for key, dates in days.items():
        last = max(dates) if len(dates) > 1 else None
        found[key] = Noticed("unknown-category", "note", min(dates), key, last, {"key": key})
    return found


# -- Disagreements ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Compared:
    """The readings of one series side by side: where documents agree, and where they differ."""

    documents: Mapping[str, SeriesOfDay]
    agreed: dict[dt.date, int] = field(default_factory=dict)  # two documents or more, all of one mind
    disputed: list[dt.date] = field(default_factory=list)

    @classmethod
    def of(cls, documents: Mapping[str, SeriesOfDay]) -> Compared:
        """Compare the documents day by day; a day that only one of them states is neither."""
        compared = cls(documents)
        for date, totals in _together(list(documents.values())):
            if totals.count(totals[0]) == len(totals):
                compared.agreed[date] = totals[0]
            else:
                compared.disputed.append(date)
        compared.disputed.sort()
        return compared

    def on(self, date: dt.date) -> dict[str, Stated]:
        """What each document states for a day."""
        return {slug: series[date] for slug, series in self.documents.items() if date in series}


def _together(documents: Sequence[SeriesOfDay]) -> Iterator[tuple[dt.date, list[int]]]:
    """Walk the days that two documents or more state, with the totals stated."""
    seen: set[dt.date] = set()
    for place, series in enumerate(documents[:-1]):
        rest = documents[place + 1 :]
        for date, stated in series.items():
            if date in seen:
                continue
            totals = [stated.total, *(other[date].total for other in rest if date in other)]
            if len(totals) > 1:
                seen.add(date)
                yield date, totals
