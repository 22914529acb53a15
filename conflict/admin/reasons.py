"""What changes in public asks why: the page that takes the reason, for one report and for several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import desk_url, figure
from conflict.admin.writing import remember
from conflict.ledger.errors import LedgerError
from conflict.ledger.publishing import Outcome, publish_draft, withdraw
from conflict.models import Report, Version

AT_ONCE = 100
"""Drafts that one action publishes: each is a version of its own, and the ledger waits for all of them."""


class ReasonForm(forms.Form):
    """The one sentence without which nothing published changes."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Readers see it beside the version."),
    )


class AskingReasons(admin.ModelAdmin):
    """The part of the report desk that publishes, withdraws and decides with a reason."""

    actions = ["publish_drafts", "withdraw_reports"]

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("conflict.publish_report")

    def page(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        """Answer with a page of this desk."""
        return TemplateResponse(
            request,
            template,
            {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context},
        )

    def ask_reason(
        self,
        request: HttpRequest,
        *,
        report: Report,
        title: str,
        words: str,
        button: str,
        write: Callable[[str], Outcome],
        nothing: str,
    ) -> Any:
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                outcome = write(form.cleaned_data["reason"])
            except LedgerError as error:
                form.add_error(None, str(error))
            else:
                self.tell(request, report, outcome, nothing=nothing)
                return HttpResponseRedirect(desk_url(report))
        return self.page(
            request,
            "admin/conflict/report/reason.html",
            title=title,
            is_step=True,
            words=words,
            button=button,
            form=form,
            original=report,
            reports=[report],
        )

    def tell(self, request: HttpRequest, report: Report, outcome: Outcome, *, nothing: str) -> None:
        """Say which version was made and where readers see it, or that there was nothing new; keep a log."""
        if outcome.version is None:
            self.message_user(request, nothing, messages.INFO)
            return
        number = outcome.version.number
        remember(outcome.version)
        self.log_change(request, report, ngettext("Made version %s.", "Made versions %s.", 1) % number)
        self.message_user(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                gettext("Version %(number)s is made: %(opened)s points opened, %(closed)s closed.")
                % {
                    "number": figure(number),
                    "opened": figure(outcome.opened),
                    "closed": figure(outcome.closed),
                },
                report.get_absolute_url(),
                gettext("See the day as readers see it."),
            ),
            messages.SUCCESS,
        )

    # -- Several reports ------------------------------------------------------------------------------------

    @admin.action(description=_("Publish the selected drafts"), permissions=["publish"])
    def publish_drafts(self, request: HttpRequest, queryset: QuerySet) -> Any:
        reports = list(queryset.filter(status=Report.Status.DRAFT).order_by("date", "revision")[: AT_ONCE + 1])
        if len(reports) > AT_ONCE:
            self.message_user(request, gettext("Publish at most %s drafts at once.") % AT_ONCE, messages.ERROR)
            return None

        def write(reason: str) -> list[Outcome]:
            with transaction.atomic():
                return [
                    publish_draft(report=report, reason=reason, by=request.user.get_username())
                    for report in reports
                ]

        return self._several(
            request,
            reports,
            action="publish_drafts",
            title=gettext("Publish drafts"),
            button=gettext("Publish"),
            none=gettext("There is no draft among the selected reports."),
            write=write,
        )

    @admin.action(description=_("Withdraw the selected reports"), permissions=["publish"])
    def withdraw_reports(self, request: HttpRequest, queryset: QuerySet) -> Any:
        reports = list(queryset.filter(status=Report.Status.PUBLISHED).order_by("date", "document__slug"))
        return self._several(
            request,
            reports,
            action="withdraw_reports",
            title=gettext("Withdraw reports"),
            button=gettext("Withdraw"),
            none=gettext("There is no published report among the selected ones."),
            write=lambda reason: [withdraw(reports=reports, reason=reason, by=request.user.get_username())],
        )

    def _several(
        self,
        request: HttpRequest,
        reports: Sequence[Report],
        *,
        action: str,
        title: str,
        button: str,
        none: str,
        write: Callable[[str], list[Outcome]],
    ) -> Any:
        if not reports:
            self.message_user(request, none, messages.WARNING)
            return None
        asked = "reason" in request.POST
        form = ReasonForm(request.POST if asked else None)
        if asked and form.is_valid():
            try:
                outcomes = write(form.cleaned_data["reason"])
            except LedgerError as error:
                form.add_error(None, str(error))
            else:
                self._tell_of(request, [one.version for one in outcomes if one.version is not None])
                return None
        return self.page(
            request,
            "admin/conflict/report/reason.html",
            title=title,
            words="",
            button=button,
            form=form,
            reports=reports[:AT_ONCE],
            number=figure(len(reports)),
            action=action,
            selected=[str(report.pk) for report in reports],
            action_checkbox_name=helpers.ACTION_CHECKBOX_NAME,
        )

    def _tell_of(self, request: HttpRequest, versions: Sequence[Version]) -> None:
        """Say which versions were made, and remember them."""
        if not versions:
            self.message_user(request, gettext("Nothing new."), messages.INFO)
            return
        for version in versions:
            remember(version)
        words = ngettext("Made version %s.", "Made versions %s.", len(versions))
        self.message_user(request, words % ", ".join(figure(one.number) for one in versions), messages.SUCCESS)
