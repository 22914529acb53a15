"""Run every check over the whole ledger, store what they notice, and say what stands."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from conflict.ledger.findings import Rechecked, check_all, count_findings
from conflict.ledger.sentences import reason, sentence
from conflict.management.progress import Progress
from conflict.models import Finding

CHUNK = 2000


class Command(BaseCommand):
    requires_migrations_checks = True
    help = (
        "Checks the whole ledger: gaps, falls, arithmetic, disagreements, copied-over days, outliers, sums and "
        "unknown categories. Findings that people have settled stay settled."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print counts and all findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stderr) as progress:
            checked = check_all(progress=progress)
        counts = count_findings()
        if options["json"]:
            self._print_json(checked, counts)
        else:
            self._print_table(checked, counts)

    def _print_json(self, checked: Rechecked, counts: dict[str, dict[str, int]]) -> None:
        found = {"new": checked.new, "kept": checked.kept, "passed": checked.passed}
        items = [_item(finding) for finding in _standing().iterator(CHUNK)]
        self.stdout.write(
            json.dumps({"findings": counts, "checked": found, "items": items}, ensure_ascii=False, indent=1)
        )

    def _print_table(self, checked: Rechecked, counts: dict[str, dict[str, int]]) -> None:
        kinds = dict(Finding.Kind.choices)
        for kind, by_place in counts.items():
            for place, number in by_place.items():
                self.stdout.write(f"{kinds[kind]!s:<18} {place:<24} {number:>8,}")
        states = {state: _standing().filter(state=state).count() for state in Finding.State.values}
        self.stdout.write(
            f"{checked.new:,} new, {checked.kept:,} kept, {checked.passed:,} passed; of those that stand "
            + ", ".join(f"{number:,} {state}" for state, number in states.items())
            + "."
        )


def _standing() -> Any:
    return (
        Finding.objects.standing()
        .select_related("source", "party", "category", "document")
        .order_by("kind", "date", "category__order", "document__slug", "pk")
    )


def _item(finding: Finding) -> dict[str, Any]:
    """Return a finding by the names of slugs, dates as ISO texts, None where something is not known."""
    evidence = finding.evidence
    document = finding.document.slug if finding.document else None
    readings = evidence.get("readings", {})
    if "total" in evidence:
        readings = {document or "accepted": evidence["total"]}
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "source": finding.source.slug,
        "party": finding.party.slug,
        "category": finding.category.slug if finding.category else None,
        "document": document,
        "date": finding.date.isoformat(),
        "end_date": finding.end_date.isoformat() if finding.end_date else None,
        "readings": readings,
        "likely": evidence.get("likely"),
        "reason": reason(finding) or None,
        "sentence": sentence(finding),
        "state": finding.state,
        "words": finding.words,
        "evidence": evidence,
        "key": finding.key,
    }
