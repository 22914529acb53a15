"""The desk "Read a bulletin": paste, check, publish.

What is pasted is read at once and shown as figures, each beside the ledger's. The text is read anew with every
request, so that what is published is always what this text prints or what a person typed over it: ``shown``
travels with the form and says what the curator had before their eyes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.article_texts import text_of_session
from conflict.admin.desks import date_in_words, day_of, desk_url, figure
from conflict.admin.downloads import Unreadable, download
from conflict.admin.fields import WebAddressField
from conflict.admin.problems import tell
from conflict.admin.read_text import LANGUAGES, LONGEST_TEXT, ReadingForm, ReadText
from conflict.admin.writing import Overtaken, Writing, same_figures, tell_written
from conflict.intake.languages import language_of
from conflict.intake.records import ReportRecord
from conflict.ledger import publishing
from conflict.ledger.errors import LedgerError, StaleReport
from conflict.ledger.publishing import Outcome, record_of
from conflict.models import Article, Document, Party, Report, Source
from conflict.queries import LEDGER

if TYPE_CHECKING:
    from conflict.admin.reports import ReportDesk


class Reading(ReadText):
    """One request for the desk."""

    def __init__(self, desk: ReportDesk, request: HttpRequest) -> None:
        self.desk, self.request = desk, request
        self.data: dict[str, Any] = request.POST.dict()
        self.publishing = "_publish" in self.data
        if request.method != "POST":
            self.data = self._proposed()
        self.address_fault = self._fetch() if "_fetch" in self.data else ""
        self.form = ReadingForm(self.data)
        self.form.is_valid()
        if self.address_fault:
            self.form.add_error("url", self.address_fault)

    def _proposed(self) -> dict[str, Any]:
        """Return what the form begins with: the newest report's source, and the text of an article to be read.

        Where there is no report yet, it is the source whose account the site keeps.
        """
        newest = Report.objects.published().values("source", "party").order_by("-from_version", "-date").first()
        usual = {"source": _usual(Source, LEDGER["source"]), "party": _usual(Party, LEDGER["party"])}
        proposed: dict[str, Any] = {**usual, **(newest or {})}
        key = self.request.GET.get("article", "")
        article = Article.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and key else None
        if article is not None:
            proposed |= {"article": article.pk, "text": text_of_session(self.request, article) or ""}
            proposed |= {"url": article.url, "publisher": article.publisher}
            proposed["language"] = article.language if article.language in LANGUAGES else ""
        return proposed

    def _fetch(self) -> str:
        """Put the text of the address into the form; return what was wrong with it, "" for nothing."""
        try:
            address = WebAddressField().clean(self.data.get("url"))
            downloaded = download(address)
        except ValidationError as error:
            return " ".join(error.messages)
        except Unreadable as error:
            return str(error)
        page = downloaded.page
        if len(page.text) > LONGEST_TEXT:
            return gettext("The page has %(length)s characters of text; at most %(most)s are read.") % {
                "length": figure(len(page.text)),
                "most": figure(LONGEST_TEXT),
            }
        self.data |= {"text": page.text, "url": downloaded.url}
        self.data["publisher"] = self.data.get("publisher") or page.publisher
        return ""

    # -- What is answered -----------------------------------------------------------------------------------

    def respond(self) -> HttpResponse:
        """Show what was read, or write it and lead to the report."""
        if self.publishing and not self.desk.has_publish_permission(self.request):
            raise PermissionDenied
        if self.publishing or "_save" in self.data:
            written = self._try_to_write()
            if written is not None:
                return written
        return self._page()

    def _try_to_write(self) -> HttpResponse | None:
        record = self._checked()
        if record is None:
            return None
        try:
            report, outcome = self._write(record)
        except Overtaken as error:
            self.stored = {entry.category: entry for entry in error.record.entries} if error.record else None
            self.forget()
            self.form.add_error(None, str(error))
        except LedgerError as error:
            self.forget()
            self.form.add_error(None, str(error))
        else:
            tell_written(self.desk, self.request, report, outcome)
            return HttpResponseRedirect(desk_url(report))
        return None

    def _checked(self) -> ReportRecord | None:
        """Return the record where nothing stands against writing it; else say what does."""
        if not self.text:
            self.form.add_error("text", _("Paste a text, or give an address and fetch it."))
        elif self.date is None and "date" not in self.form.errors:
            self.form.add_error("date", _("The text does not say of which day it is: give the day of issue."))
        if self.form.errors or not self.cells.is_valid() or self.record is None:
            return None
        if self.shown != self.shows:
            self.form.add_error(None, _("This was read just now. Nothing was saved: check it, then press again."))
            return None
        if self.publishing and self.doubts and not self.reason:
            words = _("Say in one sentence why this is right, or correct it: %s")
            self.form.add_error("reason", words % " ".join(doubt.words for doubt in self.doubts))
            return None
        return self.record

    @property
    def reason(self) -> str:
        return str(self.form.cleaned_data.get("reason") or "").strip()

    @transaction.atomic
    def _write(self, record: ReportRecord) -> tuple[Report, Outcome | None]:
        publishing.take_turns()
        self.forget()
        stamp, _colon, others = str(self.form.cleaned_data["stamp"]).partition(":")
        repeated = self.already is not None and same_figures(record_of(self.already), record)
        if not repeated and others != self.stamp.partition(":")[2]:
            raise StaleReport(self._overtaken_by_another_reading())
        return Writing(
            record=record,
            stamp=stamp,
            publishing=self.publishing,
            reason=self.reason or self._usual_reason(record),
            by=self.request.user.get_username(),
        ).write()

    def _overtaken_by_another_reading(self) -> str:
        if not self.others:
            return gettext(
                "Nothing was saved: a reading of this day was withdrawn since you opened this page. What you "
                "typed is kept below; look at what the ledger has now, then press again."
            )
        newest = max(self.others, key=lambda report: report.from_version_id or 0)
        version = newest.from_version
        return gettext(
            "Nothing was saved: %(by)s published a reading of this day (version %(version)s, %(document)s) since "
            "you opened this page. What you typed is kept below; look at what the ledger has now, then press "
            "again."
        ) % {
            "by": version.by if version else "",
            "version": figure(version.number if version else None),
            "document": newest.document,
        }

    def _usual_reason(self, record: ReportRecord) -> str:
        date = date_in_words(record.date)
        if record.document.kind == Document.Kind.ARTICLE:
            return gettext("Figures of %(date)s as printed in an article") % {"date": date}
        return gettext("Bulletin of %(date)s") % {"date": date}

    # -- What is shown --------------------------------------------------------------------------------------

    def _page(self) -> HttpResponse:
        is_part = bool(getattr(self.request, "htmx", False))
        template = "admin/conflict/reading/bulletin.html"
        read = bool(self.text)
        context: dict[str, Any] = {"read": read, "form": self.form, "is_part": is_part}
        if read:
            rows, date = self.rows, self.date
            slugs = [row.category.slug for row in rows]
            cells = [f"#{cell}-{slug}" for slug in slugs for cell in ("hand", "computed", "verdict", "standing")]
            context |= {
                "problems": tell(self.read.problems, {c.slug: str(c) for c in self.categories}),
                "faults": self.faults,
                "lines": self.lines,
                "rows": rows,
                "reads": True,
                "figures": self.cells,
                "doubts": self.doubts,
                "date": date,
                "day": day_of(date),
                "language": self.form.cleaned_data.get("language") or language_of(self.text),
                "already": self.already,
                "others": self.others,
                "stamp": self.stamp,
                "shows": json.dumps(self.shows, ensure_ascii=False),
                "live": ",".join(["#doubts", "#sum", *cells]),
                "number_read": figure(sum(row.total is not None or row.change is not None for row in rows)),
                "number_agree": figure(sum(row.mark == "agrees" for row in rows)),
                "number_by_hand": figure(sum(row.printed is not None for row in rows)),
            }
        response = self.desk.page(
            self.request,
            f"{template}#reading" if is_part else template,
            title=gettext("Read a bulletin"),
            is_step=True,
            form_url=reverse("admin:conflict_report_read"),
            article=self.form.cleaned_data.get("article"),
            may_publish=self.desk.has_publish_permission(self.request),
            errors=self.request.method == "POST" and not is_part and (self.form.errors or self._cell_errors),
            **context,
        )
        patch_vary_headers(response, ["HX-Request"])
        return response

    @property
    def _cell_errors(self) -> bool:
        return bool(self.text and self.cells.errors)


def _usual(model: type[Source] | type[Party], slug: str) -> int | None:
    """Return the key of the row of that name, or else of the first one."""
    rows = model._default_manager.order_by(Case(When(slug=slug, then=0), default=1), "pk")
    return rows.values_list("pk", flat=True).first()
