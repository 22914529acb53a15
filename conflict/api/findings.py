"""What the checks have noticed, told in sentences and with the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from conflict.api import schemas
from conflict.api.describing import described
from conflict.api.paging import take
from conflict.api.questions import FindingsQuery, read
from conflict.ledger.sentences import sentence
from conflict.models import Category, Document, Finding, Report
from conflict.queries import LEDGER

router = Router(tags=[gettext_noop("Findings")])


@router.get(
    "findings",
    description=gettext_noop(
        "The findings that stand, newest day first; `state=passed` gives those whose cause is gone."
    ),
    **described(list[schemas.Finding], FindingsQuery),
)
def findings(request: HttpRequest) -> list[dict[str, Any]]:
    reports = Report.objects.once_published().of(**LEDGER).filter(document=OuterRef("pk"))
    datasets = list(Document.objects.filter(Exists(reports), kind=Document.Kind.DATASET))
    form = FindingsQuery(request.GET, categories=list(Category.objects.all()), datasets=datasets)
    asked = read(request, form).cleaned_data
    rows = form.findings.select_related("source", "party", "category", "document")
    found = take(request, rows, order=["-date", "kind", "pk"], page=asked)
    titles = _titles(found)
    return [_finding(finding, titles) for finding in found]


def _titles(findings: Sequence[Finding]) -> dict[str, str]:
    """Name the documents that the sentences speak of, by slug. One query."""
    slugs = {slug for f in findings for slug in (*f.evidence.get("readings", ()), *f.evidence.get("moved", ()))}
    slugs |= {finding.document.slug for finding in findings if finding.document}
    return {document.slug: str(document) for document in Document.objects.filter(slug__in=slugs)}


def _finding(finding: Finding, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "key": finding.key,
        "kind": finding.kind,
        "severity": finding.severity,
        "source": finding.source.slug,
        "party": finding.party.slug,
        "category": finding.category.slug if finding.category else None,
        "document": finding.document.slug if finding.document else None,
        "date": finding.date,
        "end_date": finding.end_date,
        "sentence": sentence(finding, titles=titles),
        "evidence": finding.evidence,
        "state": finding.state,
        "words": finding.words or None,
        "decided_by": finding.decided_by or None,
        "decided": finding.decided,
        "found": finding.found,
        "passed": finding.passed,
    }
