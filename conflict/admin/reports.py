"""The desk of reports: draft, publish, correct, withdraw, and decide between readings.

Every write goes through ``conflict.ledger.publishing``. A published report is never edited: what is typed
beside it becomes its next revision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import HistoryDesk, day_of, desk_link, desk_url, figure, list_link
from conflict.admin.drafting import Drafting, HeadForm
from conflict.admin.figures import rows_of
from conflict.admin.reading import Reading
from conflict.admin.reasons import AskingReasons
from conflict.analysis.calendar import date_of_day
from conflict.ledger import publishing
from conflict.ledger.errors import StaleReport
from conflict.ledger.publishing import delete_drafts, withdraw
from conflict.models import LossEntry, ModelCount, Report

_DAY = re.compile(r"(?:day|день)\s+([0-9]{1,3}(?:[,\s][0-9]{3})+|[0-9]{1,6})", re.IGNORECASE)


@admin.register(Report)
class ReportDesk(AskingReasons, HistoryDesk):
    form = HeadForm
    fields = ["source", "party", "date", "document", "cited_url"]
    fixed_once_made = ()
    list_display = ["date", "day", "source", "its_document", "revision", "status_", "entries_", "from_version"]
    list_display_links = ["date"]
    list_filter = [
        "status",
        ("source", admin.RelatedOnlyFieldListFilter),
        "party",
        "document__kind",
    ]
    list_select_related = ["source", "document", "from_version"]
    search_fields = ["date", "document__title", "document__slug"]
    search_help_text = _("A date such as 2024-11-19, a day such as “day 1,000”, or words of the document’s title.")
    date_hierarchy = "date"
    ordering = ["-date", "document__slug", "-revision"]
    autocomplete_fields = ["document"]

    # -- The list -------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        stated = LossEntry.objects.filter(report=OuterRef("pk")).order_by().values("report")
        return super().get_queryset(request).annotate(stated=Subquery(stated.annotate(n=Count("pk")).values("n")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        day = _DAY.fullmatch(search_term.strip())
        if day is None:
            return super().get_search_results(request, queryset, search_term)
        try:
            date = date_of_day(int(re.sub(r"\D", "", day[1])), first_day=settings.CONFLICT_START)
        except ValueError:
            return queryset.none(), False
        return queryset.filter(date=date), False

    @admin.display(description=_("day"), ordering="date")
    def day(self, report: Report) -> str:
        return day_of(report.date)

    @admin.display(description=_("document"), ordering="document__slug")
    def its_document(self, report: Report) -> SafeString | str:
        return desk_link(report.document)

    @admin.display(description=_("status"), ordering="status")
    def status_(self, report: Report) -> SafeString:
        return format_html('<span class="status {}">{}</span>', report.status, report.get_status_display())

    @admin.display(description=_("entries"), ordering="stated")
    def entries_(self, report: Any) -> str:
        return figure(report.stated or 0)

    # -- Who may --------------------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == Report.Status.DRAFT)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """An earlier state is never put back over a report: a correction is a new revision."""
        return HttpResponseRedirect(desk_url(Report(pk=int(object_id)), "history"))

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        rows = list(objs)
        kept = [report for report in rows if report.status != Report.Status.DRAFT]
        if kept:
            words = ngettext(
                "%(count)s report that is or was published: withdraw it instead.",
                "%(count)s reports that are or were published: withdraw them instead.",
                len(kept),
            )
            return [str(row) for row in rows], {}, set(), [words % {"count": number_format(len(kept))}]
        return super().get_deleted_objects(rows, request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_queryset(request, Report.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        try:
            delete_drafts(reports=list(queryset))
        except StaleReport as error:
            raise PermissionDenied(gettext("One of these has been published meanwhile.")) from error

    # -- One report -----------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("read/", wrap(self.read_view), name="conflict_report_read"),
            path("<int:pk>/correct/", wrap(self.correct_view), name="conflict_report_correct"),
            path("<int:pk>/withdraw/", wrap(self.withdraw_view), name="conflict_report_withdraw"),
            path("<int:pk>/decide/<int:entry>/", wrap(self.decide_view), name="conflict_report_decide"),
            *super().get_urls(),
        ]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """Read a pasted bulletin, and save or publish what was read."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return Reading(self, request).respond()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show a draft to be edited, or a report to be read. Published reports are corrected elsewhere."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return self._draft(request, None)
        report = self._report(request, unquote(object_id))
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        # What is sent to a draft that was published meanwhile is not lost: the form says so and keeps it.
        if report.status == Report.Status.DRAFT or request.method == "POST":
            if self.has_change_permission(request, report):
                return self._draft(request, report)
            if request.method == "POST":
                raise PermissionDenied
        return self._read(request, report)

    def correct_view(self, request: HttpRequest, pk: int) -> Any:
        """Type the next revision of a published report."""
        report = self._report(request, pk)
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        if report.model_counts.exists():
            words = gettext("A report counted by model is corrected by importing it again.")
            self.message_user(request, words, messages.WARNING)
            return HttpResponseRedirect(desk_url(report))
        if report.status != Report.Status.PUBLISHED and request.method != "POST":
            return HttpResponseRedirect(desk_url(report))
        return self._draft(request, report)

    def _report(self, request: HttpRequest, pk: int | str) -> Report | None:
        report: Report | None = self.get_object(request, str(pk))
        if report is not None and not self.has_view_or_change_permission(request, report):
            raise PermissionDenied
        return report

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        queryset = self.get_queryset(request).select_related(
            "source", "party", "document", "from_version", "to_version"
        )
        try:
            return queryset.get(pk=Report._meta.pk.to_python(object_id))
        except (Report.DoesNotExist, forms.ValidationError, ValueError):
            return None

    def _draft(self, request: HttpRequest, report: Report | None) -> Any:
        return Drafting(self, request, report).respond()

    def _read(self, request: HttpRequest, report: Report) -> TemplateResponse:
        models = report.model_counts.count()
        of_the_day = Report.objects.filter(source=report.source_id, party=report.party_id, date=report.date)
        return self.page(
            request,
            "admin/conflict/report/detail.html",
            title=str(report),
            original=report,
            report=report,
            day=day_of(report.date),
            rows=rows_of(report),
            revisions=list(
                of_the_day.filter(document=report.document_id)
                .select_related("from_version", "to_version")
                .order_by("-revision")
            ),
            readings=list(
                of_the_day.published()
                .exclude(document=report.document_id)
                .select_related("document")
                .order_by("document__slug")
            ),
            is_published=report.status == Report.Status.PUBLISHED,
            may_correct=not models and self.has_change_permission(request, report),
            models=models and list_link(ModelCount, figure(models), report__exact=report.pk),
            may_publish=self.has_publish_permission(request),
        )

    # -- Withdraw and decide --------------------------------------------------------------------------------

    def withdraw_view(self, request: HttpRequest, pk: int) -> Any:
        """Take a published report back, with a reason, after a page that asks for it."""
        report = self._report(request, pk)
        if report is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return self.ask_reason(
            request,
            report=report,
            title=gettext("Withdraw this report"),
            words=gettext(
                "Its figures no longer count. Where another reading of the day states a figure, the ledger takes "
                "that one; elsewhere the day has none. The report stays readable."
            ),
            button=gettext("Withdraw"),
            write=lambda reason: withdraw(reports=[report], reason=reason, by=request.user.get_username()),
            nothing=gettext("Nothing new: this report does not count any more as it is."),
        )

    def decide_view(self, request: HttpRequest, pk: int, entry: int) -> Any:
        """Let one reading of a cell count, whatever the order of acceptance says."""
        report = self._report(request, pk)
        held = LossEntry.objects.filter(pk=entry, report=pk).select_related("category").first()
        if report is None or held is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return self.ask_reason(
            request,
            report=report,
            title=gettext("Decide for this reading"),
            words=gettext(
                "%(category)s, %(date)s: the ledger will take %(total)s from this document until another decision."
            )
            % {"category": held.category, "date": report.date.isoformat(), "total": figure(held.total)},
            button=gettext("Decide"),
            write=lambda reason: publishing.decide(entry=held, reason=reason, by=request.user.get_username()),
            nothing=gettext("Nothing new: this reading is decided for already."),
        )
