"""Which reading of a disagreement the evidence supports: pure rules, each of which may cast a vote.

Strong votes decide if they are of one mind; where there is none, weak ones do; where votes contradict each
other, or nobody votes, nobody is named. Each rule is stated in words in docs/findings.md, and measured there.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from conflict.analysis.calendar import ONE_DAY
from conflict.ledger.checks import FEWEST, WINDOW, Compared, Noticed, Stated, Usual

REACH = 45
"""How many days from a disagreement the nearest agreement may lie; the longest known lag is 39 days."""

NEIGHBOURHOOD = REACH + WINDOW
"""No verdict depends on a day further away than this."""

SELDOM_STILL = 0.1
"""A category that stands still on no more than this share of days hardly ever prints the same total twice."""

RATE_MARGIN = 3.0
"""By how many spreads a reading's changes must fit the usual rate better than the other's."""

MOSTLY_MOVING = 0.25
"""A category that stands still on more than this share of days has no usual rate to compare with."""

SHORTEST_SLIP = 4
"""Numbers of fewer digits differ in one digit by chance too often to call it a slip of the hand."""

STRONG = ("headline", "printed", "neighbours", "repeat", "standstill")
WEAK = ("original", "lag", "rate")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence says of one disagreement. ``likely`` is a document, None where it is not decided.

    ``reason`` is the strongest rule that voted for it, or why nobody is named: "no-neighbours" (the documents
    agree on no day near enough), "contradiction" (rules contradict each other), "undecided".
    """

    likely: str | None
    reason: str
    votes: Mapping[str, int] = field(default_factory=dict)  # rule -> the total it votes for
    before: tuple[dt.date, int] | None = None
    after: tuple[dt.date, int] | None = None
    usual: Usual | None = None


def find_disagreements(
    compared: Compared,
    *,
    accepted: Mapping[dt.date, int],
    originals: Collection[str] = (),
    repeats: Collection[tuple[str, dt.date]] = (),
    headlines: Mapping[dt.date, Collection[int]] | None = None,
) -> list[Noticed]:
    """The days of one series whose readings differ, with the evidence and the reading that it supports.

    ``accepted`` is the entry of each standing point; ``originals`` are the documents that are articles or
    bulletins; ``repeats`` the copied-over days; ``headlines`` the figures that headlines give this category.
    """
    found = []
    for date in compared.disputed:
        readings = compared.on(date)
        verdict = weigh(
            date,
            compared,
            originals=originals,
            copied={slug for slug in readings if (slug, date) in repeats},
            headline=(headlines or {}).get(date, ()),
        )
        taken = next((slug for slug, stated in readings.items() if stated.entry == accepted.get(date)), None)
        found.append(_noticed(date, compared, readings, verdict, taken))
    return found


def weigh(
    date: dt.date,
    compared: Compared,
    *,
    originals: Collection[str] = (),
    copied: Collection[str] = (),
    headline: Collection[int] = (),
) -> Verdict:
    """Let every rule look at the readings of one day and count the votes."""
    readings = compared.on(date)
    totals = {stated.total for stated in readings.values()}
    before = _nearest_agreed(compared, date, -ONE_DAY)
    after = _nearest_agreed(compared, date, ONE_DAY)
    usual = _usual(compared, before, after)
    votes = {
        "headline": _by_headline(readings, date, compared, headline),
        "printed": _by_printed_change(readings, totals, date, before, compared),
        "neighbours": _by_neighbours(totals, before, after),
        "repeat": _only({s.total for slug, s in readings.items() if slug not in copied}) if copied else None,
        **_by_standstill(date, compared, before, after, usual),
        "original": _only({stated.total for slug, stated in readings.items() if slug in originals}),
        "rate": _by_rate(readings, compared, before, after, usual),
    }
    cast = {rule: total for rule in (*STRONG, *WEAK) if (total := votes.get(rule)) is not None}
    evidence = (cast, before, after, usual)
    for rules in (STRONG, WEAK):
        strongest = next((rule for rule in rules if rule in cast), None)
        if strongest is None:
            continue
        if len({cast[rule] for rule in rules if rule in cast}) > 1:
            return Verdict(None, "contradiction", *evidence)
        likely = min(slug for slug, stated in readings.items() if stated.total == cast[strongest])
        return Verdict(likely, strongest, *evidence)
    return Verdict(None, "undecided" if before and after else "no-neighbours", *evidence)


# -- The rules ----------------------------------------------------------------------------------------------
# Each returns the total that it votes for, or None.


def _by_headline(
    readings: Mapping[str, Stated], date: dt.date, compared: Compared, headline: Collection[int]
) -> int | None:
    """The report's own headline gives the total, or its change since the same document's day before."""
    yesterday = date - ONE_DAY
    fitting = set()
    for slug, stated in readings.items():
        before = compared.documents[slug].get(yesterday)
        total_before = before.total if before else compared.agreed.get(yesterday)
        change = None if total_before is None else stated.total - total_before
        if stated.total in headline or change in headline:
            fitting.add(stated.total)
    return _only(fitting)


def _by_printed_change(
    readings: Mapping[str, Stated],
    totals: Collection[int],
    date: dt.date,
    before: tuple[dt.date, int] | None,
    compared: Compared,
) -> int | None:
    """A printed change leads from the agreed day before to the total, or from the total to the next day's."""
    fitting = {
        stated.total - stated.printed
        for stated in compared.on(date + ONE_DAY).values()
        if stated.printed is not None
    } & set(totals)
    if before and before[0] == date - ONE_DAY:
        fitting |= {
            s.total for s in readings.values() if s.printed is not None and s.total - s.printed == before[1]
        }
    return _only(fitting)


def _by_neighbours(
    totals: Collection[int], before: tuple[dt.date, int] | None, after: tuple[dt.date, int] | None
) -> int | None:
    """One total alone lies between the nearest agreed ones. Where these fall themselves they bound nothing."""
    if not before or not after or after[1] < before[1]:
        return None
    return _only({total for total in totals if before[1] <= total <= after[1]})


def _by_standstill(
    date: dt.date,
    compared: Compared,
    before: tuple[dt.date, int] | None,
    after: tuple[dt.date, int] | None,
    usual: Usual | None,
) -> dict[str, int | None]:
    """One reading repeats the last agreed total while the other has moved the way that the next one does.

    In a category that hardly ever stands still that is a copied figure ("standstill", strong). In one that
    often does, it is a figure forgotten ("lag", weak): a later total can hardly be known early. As long as
    the two stay the same distance apart, what holds for the first day holds for the next.
    """
    if not before or not after or before[1] == after[1]:
        return {}
    first = next(day for day in _days_between(before[0], date + ONE_DAY) if len(_totals(compared, day)) > 1)
    moved = _only(_totals(compared, first) - {before[1]})
    if moved is None or before[1] not in _totals(compared, first):
        return {}
    rises = after[1] > before[1]
    if (rises and not before[1] < moved <= after[1]) or (not rises and moved > before[1]):
        return {}
    ahead = {slug: stated.total == moved for slug, stated in compared.on(first).items()}
    votes = set()
    for day in [day for day in _days_between(first - ONE_DAY, date + ONE_DAY) if len(_totals(compared, day)) > 1]:
        there = {stated.total for slug, stated in compared.on(day).items() if ahead.get(slug)}
        behind = _totals(compared, day) - there
        if len(there) != 1 or len(behind) != 1 or min(there) - min(behind) != moved - before[1]:
            return {}
        votes = there
    return {"standstill" if usual and usual.standing_still <= SELDOM_STILL else "lag": _only(votes)}


def _by_rate(
    readings: Mapping[str, Stated],
    compared: Compared,
    before: tuple[dt.date, int] | None,
    after: tuple[dt.date, int] | None,
    usual: Usual | None,
) -> int | None:
    """The changes that one reading implies fit the usual rate clearly better than the other's."""
    if not before or not after or not usual or usual.standing_still > MOSTLY_MOVING:
        return None
    days = _days_between(before[0], after[0])
    shared = [day for day in days if all(day in compared.documents[slug] for slug in readings)]
    costs: dict[int, float] = {}
    for slug, stated in readings.items():
        course = [before, *((day, compared.documents[slug][day].total) for day in shared), after]
        cost = 0.0
        for (day, total), (next_day, next_total) in pairwise(course):
            span = (next_day - day).days
            cost += abs(next_total - total - usual.median * span) / (usual.spread * math.sqrt(span))
        costs[stated.total] = min(cost, costs.get(stated.total, cost))
    (best, total), (second, _) = sorted((cost, total) for total, cost in costs.items())[:2]
    return total if second - best >= RATE_MARGIN else None


# -- What they look at --------------------------------------------------------------------------------------


def _nearest_agreed(compared: Compared, date: dt.date, step: dt.timedelta) -> tuple[dt.date, int] | None:
    for count in range(1, REACH + 1):
        day = date + count * step
        if day in compared.agreed:
            return day, compared.agreed[day]
    return None


def _usual(
    compared: Compared, before: tuple[dt.date, int] | None, after: tuple[dt.date, int] | None
) -> Usual | None:
    """The usual daily change in the `WINDOW` days before and after, where the documents agree on both ends."""
    if not before or not after:
        return None
    agreed = compared.agreed
    days = [before[0] - step * ONE_DAY for step in range(WINDOW)]
    days += [after[0] + step * ONE_DAY for step in range(1, WINDOW + 1)]
    changes = [agreed[day] - agreed[day - ONE_DAY] for day in days if day in agreed and day - ONE_DAY in agreed]
    return Usual.of(changes) if len(changes) >= FEWEST else None


def _days_between(before: dt.date, after: dt.date) -> list[dt.date]:
    """The days between two days, both excluded."""
    return [before + step * ONE_DAY for step in range(1, (after - before).days)]


def _totals(compared: Compared, date: dt.date) -> set[int]:
    return {stated.total for stated in compared.on(date).values()}


def _only(totals: Collection[int]) -> int | None:
    return next(iter(totals)) if len(totals) == 1 else None


# -- What is told -------------------------------------------------------------------------------------------


def slip(first: int, second: int) -> str | None:
    """Name the slip of the hand that turns one number into the other: "transposed", "digit", None.

    Numbers that differ in their last digit alone are near each other and need no slip to explain it.
    """
    a, b = str(first), str(second)
    if len(a) != len(b) or len(a) < SHORTEST_SLIP or first == second:
        return None
    places = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 1:
        return "digit" if places[0] < len(a) - 1 else None
    if (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    ):
        return "transposed"
    return None


def _noticed(
    date: dt.date, compared: Compared, readings: Mapping[str, Stated], verdict: Verdict, accepted: str | None
) -> Noticed:
    totals = sorted({stated.total for stated in readings.values()})
    if verdict.likely is None:
        severity = "doubt"
    else:
        likely = readings[verdict.likely].total
        severity = "note" if accepted and readings[accepted].total == likely else "error"
    evidence: dict[str, Any] = {
        "readings": {slug: stated.total for slug, stated in sorted(readings.items())},
        "printed": {slug: s.printed for slug, s in sorted(readings.items()) if s.printed is not None},
        "accepted": accepted,
        "likely": verdict.likely,
        "reason": verdict.reason,
        "votes": dict(verdict.votes),
        "before": _dated(verdict.before),
        "after": _dated(verdict.after),
        "neighbours": {slug: _neighbours(compared.documents[slug], date) for slug in sorted(readings)},
        "slip": slip(*totals) if len(totals) == 2 else None,
    }
    if verdict.usual:
        evidence["usual"] = [verdict.usual.median, round(verdict.usual.spread, 1)]
    return Noticed("disagreement", severity, date, "/".join(map(str, totals)), None, evidence)


def _neighbours(series: Mapping[dt.date, Stated], date: dt.date) -> list[int | None]:
    """A document's own totals of the day before and the day after, None where it states none."""
    around = (series.get(date - ONE_DAY), series.get(date + ONE_DAY))
    return [stated.total if stated else None for stated in around]


def _dated(agreed: tuple[dt.date, int] | None) -> list[Any] | None:
    return [agreed[0].isoformat(), agreed[1]] if agreed else None
