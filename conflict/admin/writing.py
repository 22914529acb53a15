"""Writing what a curator typed or read: a draft or a publication, once, and never over another person’s work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext

from conflict.admin.desks import figure
from conflict.admin.figures import stamp_of
from conflict.intake.records import ReportRecord
from conflict.ledger import publishing
from conflict.ledger.errors import BadReport, StaleReport
from conflict.ledger.publishing import Outcome, publish, publish_draft, record_of, save_draft
from conflict.models import Report, Version

if TYPE_CHECKING:
    from conflict.admin.reports import ReportDesk


REASON_KEPT = 100
"""Characters of a reason that a history keeps; the version has all of it."""


class Overtaken(StaleReport):
    """The report is not as the curator saw it; ``report`` is what stands now, ``None`` if nothing.

    ``begun`` is whether an existing report had been opened: a new one may find that it is there already.
    """

    def __init__(self, report: Report | None, record: ReportRecord | None, *, begun: bool) -> None:
        self.report, self.record = report, record
        super().__init__(_overtaken_words(report, begun=begun))


def _overtaken_words(report: Report | None, *, begun: bool) -> str:
    if report is None:
        return gettext(
            "Nothing was saved: since you opened this report it was withdrawn or deleted by somebody else. What "
            "you typed is kept below; saving now makes it anew."
        )
    version = report.from_version
    if not begun:
        return gettext(
            "Nothing was saved: this document has a report of that day already (revision %(revision)s, "
            "%(status)s). What you typed is kept below, beside what that one states; saving now corrects it."
        ) % {"revision": report.revision, "status": report.get_status_display()}
    if version is None:
        return gettext(
            "Nothing was saved: somebody else saved a draft of this report (revision %(revision)s) since you "
            "opened it. What you typed is kept below, beside what they saved; saving now replaces theirs."
        ) % {"revision": report.revision}
    return gettext(
        "Nothing was saved: %(by)s published this report (revision %(revision)s, version %(version)s) since you "
        "opened it. What you typed is kept below, beside what was published; saving now makes the next revision."
    ) % {"by": version.by, "revision": report.revision, "version": figure(version.number)}


@dataclass(frozen=True, slots=True)
class Writing:
    """One wish to save or publish a record.

    ``stamp`` is the state that the curator saw (``stamp_of``). ``opened`` is the report that was opened to be
    edited, and ``held`` what it stated; both ``None`` for a new one.
    """

    record: ReportRecord
    stamp: str
    publishing: bool
    reason: str
    by: str
    opened: Report | None = None
    held: ReportRecord | None = None

    @transaction.atomic
    def write(self) -> tuple[Report, Outcome | None]:
        """Save or publish, or raise. ``None`` for the outcome: a draft was saved and no version made."""
        publishing.take_turns()
        current = self._current()
        held = None if current is None else record_of(current)
        same = held is not None and same_figures(held, self.record)
        if stamp_of(current, held.entries if held else ()) != self.stamp:
            if current is not None and same and (current.status == Report.Status.PUBLISHED or not self.publishing):
                return current, Outcome(None)  # the button was pressed twice
            raise Overtaken(current, held, begun=self.opened is not None)
        if current is not None and current.status == Report.Status.DRAFT:
            return self._write_draft(current)
        if current is not None and same:
            return current, Outcome(None)
        if self.publishing:
            return self._published(publish(reports=[self.record], reason=self.reason, by=self.by))
        return self._begin_draft()

    def _current(self) -> Report | None:
        """Return the report as it stands now: itself, or whatever has taken its place."""
        if self.opened is not None:
            current: Report | None = _with_names().filter(pk=self.opened.pk).first()
            if current is not None and current.status in {Report.Status.DRAFT, Report.Status.PUBLISHED}:
                return current
            return standing_report(self.held or self.record)
        return standing_report(self.record)

    def _write_draft(self, draft: Report) -> tuple[Report, Outcome | None]:
        moved = self.held is not None and _key(self.record) != _key(self.held)
        if moved:
            if standing_report(self.record) is not None:
                raise BadReport(
                    gettext("This document has a report of that day already: correct that one instead.")
                )
            saved = save_draft(record=self.record)
            draft.delete()
        else:
            saved = save_draft(record=self.record, replaces=draft)
        if not self.publishing:
            return saved, None
        return self._published(publish_draft(report=saved, reason=self.reason, by=self.by))

    def _begin_draft(self) -> tuple[Report, Outcome | None]:
        other = _of_same_key(self.record, Report.Status.DRAFT)
        if other is not None:
            held = record_of(other)
            if not same_figures(held, self.record):
                raise Overtaken(other, held, begun=False)
            return other, Outcome(None)
        return save_draft(record=self.record), None

    def _published(self, outcome: Outcome) -> tuple[Report, Outcome]:
        report = _of_same_key(self.record, Report.Status.PUBLISHED)
        if report is None:
            raise BadReport(gettext("The report could not be published."))
        return report, outcome


def same_figures(one: ReportRecord, other: ReportRecord) -> bool:
    """Whether two readings state the same; the rule by which publishing says "nothing new"."""

    def stated(record: ReportRecord) -> dict[str, tuple[int | None, int | None, str]]:
        return {entry.category: (entry.total, entry.change, entry.qualifier) for entry in record.entries}

    return _key(one) == _key(other) and stated(one) == stated(other) and one.cited_url == other.cited_url


def standing_report(record: ReportRecord) -> Report | None:
    """Return the published report of the same source, party, date and document, or else its draft, if any."""
    return _of_same_key(record, Report.Status.PUBLISHED) or _of_same_key(record, Report.Status.DRAFT)


def _key(record: ReportRecord) -> tuple[str, str, dt.date, str]:
    return (record.source, record.party, record.date, record.document.slug)


def _with_names() -> Any:
    return Report.objects.select_related("source", "party", "document", "from_version")


def _of_same_key(record: ReportRecord, status: str) -> Report | None:
    """Return the newest report of the same source, party, date and document in a status."""
    report: Report | None = (
        _with_names()
        .filter(
            source__slug=record.source,
            party__slug=record.party,
            date=record.date,
            document__slug=record.document.slug,
            status=status,
        )
        .order_by("-revision")
        .first()
    )
    return report


def tell_written(desk: ReportDesk, request: HttpRequest, report: Report, outcome: Outcome | None) -> None:
    """Say what was written: a draft, a version with the page that readers see, or nothing new; keep a log."""
    if outcome is None:
        desk.log_change(request, report, gettext("Saved as a draft."))
        desk.message_user(request, gettext("Saved as a draft. Readers do not see it yet."), messages.SUCCESS)
        return
    already = gettext("Nothing new: this draft is there already.")
    if report.from_version_id is not None:
        already = gettext("Nothing new: these figures are published already, as version %s.") % figure(
            report.from_version_id
        )
    desk.tell(request, report, outcome, nothing=already)


def remember(version: Version) -> None:
    """Write into the history of each report that a version published, superseded or withdrew: who, when and why.

    The ledger writes reports in bulk, which leaves no history by itself. Imports are told by their version alone.
    """
    for report in Report.objects.filter(Q(from_version=version) | Q(to_version=version)):
        newest = report.history.first()
        if newest is not None and _state(newest) == _state(report):
            newest.history_change_reason = version.reason[:REASON_KEPT]
            newest.save(update_fields=["history_change_reason"])
        else:
            Report.history.bulk_history_create(
                [report], update=newest is not None, default_change_reason=version.reason[:REASON_KEPT]
            )


def _state(report: Any) -> tuple[str, int | None, int | None]:
    return (report.status, report.from_version_id, report.to_version_id)
