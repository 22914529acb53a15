"""Typing a report: check it, keep it as a draft, publish it, and tell when somebody else was faster."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import date_in_words, day_of, desk_url
from conflict.admin.figures import FiguresForm, nearest_before, stamp_of, standing_on
from conflict.admin.writing import Overtaken, Writing, tell_written
from conflict.intake.records import DocumentRecord, ReportRecord
from conflict.ledger.errors import LedgerError
from conflict.ledger.publishing import Outcome, record_of
from conflict.models import Document, Report

if TYPE_CHECKING:
    from conflict.admin.reports import ReportDesk


def check_day(date: dt.date) -> dt.date:
    """Return a day on which a report can have been issued; raises ValidationError for any other."""
    if date < settings.CONFLICT_START:
        raise ValidationError(
            _("This lies before day 1, %(day)s."), params={"day": date_in_words(settings.CONFLICT_START)}
        )
    if date > timezone.localdate():
        raise ValidationError(_("This day has not begun yet."))
    return date


class HeadForm(forms.ModelForm):
    """Which source says it of whom, as of which day, and in which document."""

    def clean_date(self) -> dt.date:
        return check_day(self.cleaned_data["date"])


class PublicationForm(forms.Form):
    """Why it is published, and the state of the report that the curator saw when opening it."""

    reason = forms.CharField(
        label=_("reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Needed to publish. Readers see it beside the version: “bulletin of 19 November 2024”."),
    )
    stamp = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, publishing: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].required = publishing


class Drafting:
    """One request for the page on which a report is typed. ``report`` is ``None`` for a new one."""

    def __init__(self, desk: ReportDesk, request: HttpRequest, report: Report | None) -> None:
        self.desk, self.request = desk, request
        self.data = request.POST if request.method == "POST" else None
        self.publishing = "_publish" in request.POST
        self.publication = PublicationForm(self.data, publishing=self.publishing)
        self.overtaken = False
        self._open(report, None if report is None else record_of(report))
        self.stamp = self._stamp_now

    def _open(self, report: Report | None, record: ReportRecord | None) -> None:
        """Take up a report as it stands, under what was typed."""
        self.report, self.record = report, record
        self.fixed = report is not None and report.status != Report.Status.DRAFT
        fields = ["cited_url"] if self.fixed else list(self.desk.fields or [])
        form = self.desk.get_form(self.request, report, change=report is not None, fields=fields)
        initial = None if report is not None else self._proposed()
        self.head = form(self.data, instance=self._instance(), initial=initial)
        self.figures = FiguresForm(self.data, date=self.place["date"], held=record.entries if record else ())

    def _instance(self) -> Report:
        """A copy: a form writes what is typed into its instance, and the report itself stays what is stored."""
        if self.report is None:
            return Report()
        return Report(
            **{field.attname: getattr(self.report, field.attname) for field in Report._meta.concrete_fields}
        )

    def _proposed(self) -> dict[str, Any]:
        """Return what the address proposes for a new report, less what cannot be."""
        given: dict[str, Any] = dict(self.desk.get_changeform_initial_data(self.request))
        keys = {"source", "party", "document"}
        proposed = {name: text for name, text in given.items() if name not in keys or _is_key(text)}
        newest = Report.objects.published().values("source", "party").order_by("-from_version", "-date").first()
        return {**(newest or {}), **proposed}  # most days are one more of the same series

    @property
    def _stamp_now(self) -> str:
        return stamp_of(self.report, self.record.entries if self.record else ())

    @property
    def place(self) -> dict[str, Any]:
        """Source, party and date, each ``None`` while it is not known."""
        if self.fixed and self.report is not None:
            return {"source": self.report.source, "party": self.report.party, "date": self.report.date}
        return {name: self._named(name) for name in ("source", "party", "date")}

    def _named(self, name: str) -> Any:
        if self.head.is_bound:
            self.head.is_valid()
            return self.head.cleaned_data.get(name)
        if self.report is not None:
            return getattr(self.report, name)
        try:
            return self.head.fields[name].to_python(self.head.initial.get(name))
        except ValidationError:
            return None

    # -- What is asked --------------------------------------------------------------------------------------

    def respond(self) -> HttpResponse:
        if self.request.method == "POST" and "_check" not in self.request.POST:
            if self.publishing and not self.desk.has_publish_permission(self.request):
                raise PermissionDenied
            if all([self.head.is_valid(), self.figures.is_valid(), self.publication.is_valid()]):
                done = self._try_to_write()
                if done is not None:
                    return done
        elif self.request.method == "POST":
            self.head.is_valid()
            self.figures.is_valid()
        return self._page()

    def _try_to_write(self) -> HttpResponse | None:
        try:
            report, outcome = self._write(self.typed)
        except Overtaken as error:
            self.__dict__.pop("typed", None)
            self.overtaken = True
            self._open(error.report, error.record)
            self.publication.add_error(None, str(error))
        except LedgerError as error:
            self.publication.add_error(None, str(error))
        else:
            tell_written(self.desk, self.request, report, outcome)
            return HttpResponseRedirect(desk_url(report))
        return None

    @cached_property
    def typed(self) -> ReportRecord:
        """What is typed, as the record it would be read as. The forms are valid."""
        values = {**self.place, **self.head.cleaned_data}
        document: Document = values["document"] if not self.fixed else self.report.document  # type: ignore[union-attr]
        return ReportRecord(
            source=values["source"].slug,
            party=values["party"].slug,
            date=values["date"],
            # As the document stands: a correction does not put its hash back to that of an earlier reading.
            document=DocumentRecord(
                **{item.name: getattr(document, item.name) for item in dataclasses.fields(DocumentRecord)}
            ),
            entries=self.figures.entries(),
            cited_url=values["cited_url"] or "",
            remarks=self.record.remarks if self.record else {},
        )

    # -- What is written ------------------------------------------------------------------------------------

    def _write(self, record: ReportRecord) -> tuple[Report, Outcome | None]:
        return Writing(
            record=record,
            stamp=self.publication.cleaned_data["stamp"],
            publishing=self.publishing,
            reason=self.publication.cleaned_data["reason"],
            by=self.request.user.get_username(),
            opened=self.report,
            held=self.record,
        ).write()

    # -- What is shown --------------------------------------------------------------------------------------

    def _page(self) -> HttpResponse:
        place = self.place
        stored = (
            {entry.category: entry for entry in self.record.entries} if self.overtaken and self.record else None
        )
        forms_shown = (self.head, self.figures, self.publication)
        return self.desk.page(
            self.request,
            "admin/conflict/report/draft.html",
            title=self._title,
            is_step=self.fixed,
            original=self.report,
            report=self.report,
            change=self.report is not None,
            head=self.head,
            figures=self.figures,
            publication=self.publication,
            stamp=self._stamp_now if self.overtaken or self.data is None else self.data.get("stamp", ""),
            rows=self.figures.rows(
                date=place["date"], before=nearest_before(**place), standing=standing_on(**place), stored=stored
            ),
            day=day_of(place["date"]),
            errors=any(form.is_bound and form.errors for form in forms_shown),
            fixed=self.fixed,
            checked="_check" in self.request.POST,
            overtaken=self.overtaken,
            from_dataset=self.fixed and self.report is not None and self.report.document.kind == "dataset",
            form_url=self._form_url,
            may_publish=self.desk.has_publish_permission(self.request),
            may_delete=self.report is not None and self.desk.has_delete_permission(self.request, self.report),
            media=self.desk.media + self.head.media,
        )

    @property
    def _title(self) -> str:
        if self.report is None:
            return gettext("Add a report")
        return gettext("Correct a published report") if self.fixed else gettext("Draft of a report")

    @property
    def _form_url(self) -> str:
        if self.report is None:
            return reverse("admin:conflict_report_add")
        if self.report.status == Report.Status.PUBLISHED:
            return reverse("admin:conflict_report_correct", args=[self.report.pk])
        return desk_url(self.report)


def _is_key(text: object) -> bool:
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= 18
