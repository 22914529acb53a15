"""What the reader of bulletins could not read, told in the curator's language.

The reader knows no languages: its reasons are English and stand here once more, as messages to be translated. A
test looks whether each reason in ``conflict.intake`` is among them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from conflict.intake.records import Problem
from conflict.ledger.sentences import day, number

REASONS = (
    _("a bracket that is not closed"),
    _("a category that was not reported on this date"),
    _("a change greater than that of any day"),
    _("a change that is greater than the total"),
    _("a date that does not exist"),
    _("a date that may begin with its day or with its month"),
    _("a date without a year"),
    _("a dot within a number of a text that does not part all its thousands by dots"),
    _("a label that may mean several categories"),
    _("a label without a figure"),
    _("a number above 1,000,000,000"),
    _("a number beside one that could not be read"),
    _("a number broken by the end of a line"),
    _("a number in brackets that is neither a change nor a total"),
    _("a number of another span than one day"),
    _("a number of what is not said to be lost"),
    _("a number parted by something that is no separator"),
    _("a number that begins with 0"),
    _("a number that is neither said to be a total nor a change"),
    _("a number that stands between two labels"),
    _("a number whose separators are not thousands"),
    _("a number with an unclear sign"),
    _("a number without a known label"),
    _("a number word that is not read"),
    _("a rounded number that cannot be read"),
    _("a rounded number, no exact figure"),
    _("a share, no number of things"),
    _("a sign without a number"),
    _("a sum that cannot be checked: not stated: %(categories)s"),
    _("a sum that does not agree: its parts come to %(number)s"),
    _("a total with a sign"),
    _("an invisible character beside a number"),
    _("an invisible character within a number"),
    _("an unknown label"),
    _("an unknown label or unit"),
    _("an unknown unit"),
    _("another source is named beside it"),
    _("digits other than 0-9"),
    _("letters and digits run together"),
    _("losses in one part of the war, not in all of it"),
    _("losses of another span than one day or the war"),
    _("losses of someone else"),
    _("markup between a sign and its number"),
    _("markup within a number"),
    _("no figure was found"),
    _("one number for several labels"),
    _("several changes in brackets"),
    _("several days could be the day of issue: %(days)s"),
    _("several numbers run together"),
    _("the date %(day)s lies before the first day"),
    _("the killed alone, where the category counts the wounded too"),
    _("the text speaks of %(day)s, the date given is %(given_day)s"),
    _("this change differs from the list's %(number)s"),
    _("this total differs from the list's %(number)s"),
    _("two changes for one label"),
    _("two different changes for one category"),
    _("two different totals for one category"),
)


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem as the desk shows it: ``reason`` and ``category`` in the curator's language, "" for none."""

    line: int
    text: str
    reason: str
    category: str


def tell(problems: Iterable[Problem], names: Mapping[str, str]) -> list[ToldProblem]:
    """Return the problems in words; ``names`` has the name of each category by its slug."""
    return [
        ToldProblem(
            line=problem.line,
            text=problem.text,
            reason=tell_reason(problem.reason, names),
            category=names.get(problem.category or "", problem.category or ""),
        )
        for problem in problems
    ]


def tell_reason(reason: str, names: Mapping[str, str]) -> str:
    """Return the reader's reason in the curator's language, its days, numbers and categories too."""
    if reason in REASONS:
        return gettext(reason)
    for message, pattern in _patterns():
        match = pattern.fullmatch(reason)
        if match:
            return gettext(message) % {
                part: _tell_part(part, said, names) for part, said in match.groupdict().items()
            }
    return reason


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return each message that has parts, with the pattern of the reasons that it tells."""
    return [
        (message, re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(message))))
        for message in REASONS
        if "%(" in message
    ]


def _tell_part(part: str, said: str, names: Mapping[str, str]) -> str:
    if part == "number":
        return number(int(said.replace(",", "")))
    parts = said.split(", ")
    if part == "categories":
        return ", ".join(names.get(slug, slug) for slug in parts)
    return ", ".join(map(day, parts))
