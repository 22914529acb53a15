"""Claims with whether their day has a report, and the questions that they and others answer differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from conflict.models import Claim, Event, Question, Report
from conflict.models.articles import ClaimQuerySet
from conflict.models.rows import Rows
from conflict.queries import LEDGER

IS_REPORTED = Exists(Report.objects.published().of(**LEDGER).of_same_day())
"""Whether the ledger has a report of a row's day."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Claims, and the questions that they and others answer, each with all its answers side by side.

    ``reported``: on which days of all of them there is a report.
    """

    claims: Sequence[Claim]
    questions: Sequence[tuple[Question, Sequence[Claim]]]
    reported: set[dt.date]

    @property
    def unquestioned(self) -> list[Claim]:
        """The claims that do not stand beside others already."""
        answers = {claim.pk for _question, claims in self.questions for claim in claims}
        return [claim for claim in self.claims if claim.pk not in answers]


def stated_in(claims: ClaimQuerySet) -> Stated:
    """Return some claims, article after article, and the questions that they answer. One query.

    Each has its parts as ``summed`` and the events that it is of as ``told_of``.
    """
    events = Event.objects.filter(claims=OuterRef("pk"))
    beside = claims.and_answers_beside().with_documents().select_related("question").with_parts()
    beside = beside.annotate(told_of=Rows(events.only("slug", "title", "translations")))
    found = list(beside.annotate(is_reported=IS_REPORTED).order_by("document", "order", "pk"))
    answers: dict[Question, list[Claim]] = {}
    for claim in found:
        if claim.question:
            answers.setdefault(claim.question, []).append(claim)
    several = [(question, beside) for question, beside in answers.items() if len(beside) > 1]
    own = [claim for claim in found if claim.own]  # type: ignore[attr-defined]
    return Stated(own, sorted(several, key=lambda pair: pair[0].text), reported_days(found))


def reported_days(*found: Iterable[Claim]) -> set[dt.date]:
    """Return on which days of claims, asked for with ``IS_REPORTED``, there is a report."""
    return {c.date for claims in found for c in claims if c.date and c.is_reported}  # type: ignore[attr-defined]
