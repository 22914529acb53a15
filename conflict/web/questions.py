"""Questions that claims answer differently, with all their answers, as they stand side by side on a page."""

from __future__ import annotations

from django.db.models import QuerySet

from conflict.models import Claim, Question


def questions_of(claims: QuerySet[Claim]) -> list[tuple[Question, list[Claim]]]:
    """Return the questions that any of the claims answers and others answer too, each with all its answers.

    One query.
    """
    questions = Question.objects.with_several_answers().filter(pk__in=claims.order_by().values("question"))
    answers: dict[Question, list[Claim]] = {}
    found = Claim.objects.filter(question__in=questions.values("pk"))
    found = found.with_documents().select_related("question")
    for claim in found.order_by("question__text", "document", "order", "pk"):
        if claim.question:
            answers.setdefault(claim.question, []).append(claim)
    return list(answers.items())
