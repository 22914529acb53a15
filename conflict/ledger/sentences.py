"""Findings in words: the sentence that a reader understands, composed from the evidence when it is shown.

Pure: everything is in the finding. Numbers and dates follow the reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUS = "−"


class Describable(Protocol):
    """What a finding must have to be told; ``category`` and ``document`` are named by their ``str()``."""

    kind: Any
    date: Any
    end_date: Any
    category: Any
    document: Any
    evidence: Any


def sentence(finding: Describable, *, titles: Mapping[str, str] | None = None) -> str:
    """Say in one or two sentences what was noticed. ``titles`` names documents by slug; else the slug stands."""
    return _SENTENCES[str(finding.kind)](finding, titles or {})


def reason(finding: Describable, *, titles: Mapping[str, str] | None = None) -> str:
    """Say why a disagreement's likely reading is likely, or why none is named; "" for other findings."""
    if str(finding.kind) != "disagreement":
        return ""
    return _reason(finding.evidence, titles or {})


def number(value: float) -> str:
    """Write a number as the reader's language groups it, with a true minus."""
    decimals = 0 if value == int(value) else 1
    return number_format(value, decimal_pos=decimals, force_grouping=True).replace("-", MINUS)


def signed(value: int) -> str:
    """Write a change with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


def day(date: dt.date | str) -> str:
    """Write a date as the reader's language does; evidence holds dates as ISO texts."""
    return date_format(dt.date.fromisoformat(date) if isinstance(date, str) else date, "DATE_FORMAT")


def _where(finding: Describable, titles: Mapping[str, str]) -> str:
    if finding.document is None:
        return _("the accepted ledger")
    return _name(getattr(finding.document, "slug", str(finding.document)), titles)


def _name(slug: str, titles: Mapping[str, str]) -> str:
    return titles.get(slug, slug)


def _listed(parts: list[str]) -> str:
    return ", ".join(parts)


def _gap(finding: Describable, titles: Mapping[str, str]) -> str:
    days = finding.evidence["days"]
    if days == 1:
        return _("%(where)s has no report for %(date)s.") % {
            "where": capfirst(_where(finding, titles)),
            "date": day(finding.date),
        }
    return ngettext(
        "%(where)s has no report for %(days)s day, from %(first)s to %(last)s.",
        "%(where)s has no report for %(days)s days, from %(first)s to %(last)s.",
        days,
    ) % {
        "where": capfirst(_where(finding, titles)),
        "days": number(days),
        "first": day(finding.date),
        "last": day(finding.end_date or finding.date),
    }


def _fall(finding: Describable, titles: Mapping[str, str]) -> str:
    evidence = finding.evidence
    return _(
        "%(category)s: the total on %(date)s is %(total)s in %(where)s, %(fall)s below the %(previous)s of "
        "%(before)s. A running total falls only where it is corrected or mistyped."
    ) % {
        "category": finding.category,
        "date": day(finding.date),
        "where": _where(finding, titles),
        "total": number(evidence["total"]),
        "fall": number(evidence["previous"] - evidence["total"]),
        "previous": number(evidence["previous"]),
        "before": day(evidence["previous_date"]),
    }


def _arithmetic(finding: Describable, titles: Mapping[str, str]) -> str:
    evidence = finding.evidence
    return _(
        "%(category)s: for %(date)s a change of %(printed)s is printed in %(where)s, but the totals %(previous)s "
        "and %(total)s differ by %(computed)s."
    ) % {
        "category": finding.category,
        "date": day(finding.date),
        "where": _where(finding, titles),
        "printed": signed(evidence["printed"]),
        "previous": number(evidence["previous"]),
        "total": number(evidence["total"]),
        "computed": signed(evidence["computed"]),
    }


def _disagreement(finding: Describable, titles: Mapping[str, str]) -> str:
    evidence = finding.evidence
    told = _("%(category)s on %(date)s: %(readings)s.") % {
        "category": finding.category,
        "date": day(finding.date),
        "readings": _listed(
            [
                _("%(document)s states %(total)s") % {"document": _name(slug, titles), "total": number(total)}
                for slug, total in evidence["readings"].items()
            ]
        ),
    }
    slips = {
        "digit": _("The two differ in one digit."),
        "transposed": _("The two differ by neighbouring digits in each other’s place."),
    }
    return " ".join(
        part for part in (told, slips.get(evidence.get("slip") or "", ""), _reason(evidence, titles)) if part
    )


def _reason(evidence: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    likely = evidence["likely"]
    words = {
        "name": _name(likely, titles) if likely else "",
        "total": number(evidence["readings"][likely]) if likely else "",
        "before": number(evidence["before"][1]) if evidence.get("before") else "",
        "before_date": day(evidence["before"][0]) if evidence.get("before") else "",
        "after": number(evidence["after"][1]) if evidence.get("after") else "",
        "after_date": day(evidence["after"][0]) if evidence.get("after") else "",
        "usual": number(evidence["usual"][0]) if evidence.get("usual") else "",
    }
    return _REASONS[evidence["reason"]]() % words


# Functions, so that each is translated when it is shown.
_REASONS = {
    "headline": lambda: _(
        "Likely %(total)s (%(name)s): the report’s own headline gives this figure, or the change that leads to it."
    ),
    "printed": lambda: _("Likely %(total)s (%(name)s): a printed change leads to it or from it."),
    "neighbours": lambda: _(
        "Likely %(total)s (%(name)s): it alone lies between the agreed %(before)s of %(before_date)s and "
        "%(after)s of %(after_date)s."
    ),
    "repeat": lambda: _(
        "Likely %(total)s (%(name)s): the other document repeats its whole day before: a copied-over day."
    ),
    "standstill": lambda: _(
        "Likely %(total)s (%(name)s): the other document repeated the %(before)s of %(before_date)s and "
        "lags behind since, in a category that hardly ever stands still."
    ),
    "original": lambda: _(
        "Likely %(total)s (%(name)s): it is read from a printed report, the other from a transcription."
    ),
    "lag": lambda: _(
        "Likely %(total)s (%(name)s): the other document lags behind since the %(before)s of %(before_date)s, "
        "until both give %(after)s on %(after_date)s. A figure is forgotten more easily than known early."
    ),
    "rate": lambda: _(
        "Likely %(total)s (%(name)s): with it the changes between %(before_date)s and %(after_date)s stay near "
        "the usual %(usual)s a day."
    ),
    "no-neighbours": lambda: _("The documents agree on no day near enough to tell which is right."),
    "contradiction": lambda: _("The evidence contradicts itself: which is right is not decided."),
    "undecided": lambda: _("Nothing speaks for one of them alone: which is right is not decided."),
}


def _repeat(finding: Describable, titles: Mapping[str, str]) -> str:
    moved = finding.evidence["moved"]
    return _(
        "%(where)s repeats on %(date)s all %(categories)s totals of the day before, while others moved "
        "(%(moved)s): a copied-over day."
    ) % {
        "where": _where(finding, titles),
        "date": day(finding.date),
        "categories": number(finding.evidence["categories"]),
        "moved": _listed(
            [
                ngettext("%(name)s in %(count)s category", "%(name)s in %(count)s categories", count)
                % {"name": _name(slug, titles), "count": number(count)}
                for slug, count in sorted(moved.items())
            ]
        ),
    }


def _outlier(finding: Describable, titles: Mapping[str, str]) -> str:
    evidence = finding.evidence
    return _(
        "%(category)s: the change on %(date)s is %(change)s in %(where)s. The %(days)s daily changes before lie "
        "between %(lowest)s and %(highest)s, with a median of %(median)s."
    ) % {
        "category": finding.category,
        "date": day(finding.date),
        "where": _where(finding, titles),
        "change": signed(evidence["change"]),
        "days": number(evidence["days"]),
        "lowest": number(evidence["lowest"]),
        "highest": number(evidence["highest"]),
        "median": number(evidence["median"]),
    }


def _sum(finding: Describable, titles: Mapping[str, str]) -> str:
    evidence = finding.evidence
    return _("%(where)s gives %(figure)s as a sum for %(date)s; its parts (%(parts)s) add up to %(sum)s.") % {
        "where": _where(finding, titles),
        "figure": number(evidence["figure"]),
        "date": day(finding.date),
        "parts": _listed([f"{slug} {number(total)}" for slug, total in evidence["parts"].items()]),
        "sum": number(evidence["sum"]),
    }


def _unknown_category(finding: Describable, titles: Mapping[str, str]) -> str:
    words = {
        "where": _where(finding, titles),
        "key": finding.evidence["key"],
        "first": day(finding.date),
        "last": day(finding.end_date or finding.date),
    }
    if finding.end_date is None:
        return _("%(where)s counts “%(key)s” on %(first)s, for which the ledger has no category.") % words
    return (
        _("%(where)s counts “%(key)s” from %(first)s to %(last)s, for which the ledger has no category.") % words
    )


_SENTENCES = {
    "gap": _gap,
    "fall": _fall,
    "arithmetic": _arithmetic,
    "disagreement": _disagreement,
    "repeat": _repeat,
    "outlier": _outlier,
    "sum": _sum,
    "unknown-category": _unknown_category,
}
