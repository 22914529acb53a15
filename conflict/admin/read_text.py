"""A pasted text as the desk sees it: what it prints, what a person typed over it, and what the ledger holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.doubts import Doubt, doubts_of
from conflict.admin.drafting import check_day
from conflict.admin.fields import WebAddressField
from conflict.admin.figures import FiguresForm, Row, nearest_before, stamp_of, standing_on
from conflict.admin.labels import labels_of
from conflict.admin.marking import Line, marked_lines
from conflict.admin.writing import standing_report
from conflict.intake.bulletins import read_bulletin
from conflict.intake.languages import language_of
from conflict.intake.records import BulletinRecord, DocumentRecord, EntryRecord, ReportRecord
from conflict.ledger.publishing import record_of
from conflict.models import Article, Category, Document, Party, Report, Source

LONGEST_TEXT = 200_000
"""Characters; a bulletin has some two thousand, a long article fifty thousand."""

BOXES = ("total", "change", "qualifier")
LANGUAGES = {"en": _("English"), "uk": _("Ukrainian"), "ru": _("Russian")}
ENGLISH_NAMES = {"en": "English", "uk": "Ukrainian", "ru": "Russian"}


class ReadingForm(forms.Form):
    """What is read, from whom, and where it was found."""

    source = forms.ModelChoiceField(Source.objects.all(), label=_("Source"), empty_label=None)
    party = forms.ModelChoiceField(Party.objects.all(), label=_("Party"), empty_label=None)
    text = forms.CharField(
        label=_("Text of the bulletin"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9, "class": "vLargeTextField", "dir": "auto", "spellcheck": "false"}),
    )
    url = WebAddressField(
        label=_("Address"), required=False, max_length=500, widget=forms.URLInput(attrs={"class": "vURLField"})
    )
    date = forms.DateField(
        label=_("Day of issue"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_(
            "Only where the text does not give it. “For the past day, 22 November” is issued on the 23rd."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("as its letters tell")), *LANGUAGES.items()]
    )
    publisher = forms.CharField(
        label=_("Publisher"),
        required=False,
        max_length=200,
        help_text=_("Whose page or channel it was copied from; empty: the source’s own."),
    )
    article = forms.ModelChoiceField(Article.objects.all(), required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Readers see it beside the version. Needed only where something above asks for it."),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The text with line feeds between its lines and no blank lines around it."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n\t \ufeff")

    def clean_date(self) -> dt.date | None:
        date: dt.date | None = self.cleaned_data["date"]
        return None if date is None else check_day(date)


class ReadText:
    """A text, the form that it came with, and everything that follows from both; asks the ledger, writes nothing.

    ``data`` is what was sent: the boxes of the figures are in it, under names of their own.
    """

    form: ReadingForm
    data: dict[str, Any]
    stored: dict[str, EntryRecord] | None = None  # what somebody else wrote meanwhile

    # -- What is read ---------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return str(self.form.cleaned_data.get("text") or "")

    @cached_property
    def categories(self) -> list[Category]:
        return list(Category.objects.order_by("order"))

    @cached_property
    def read(self) -> BulletinRecord:
        """What the text says, read by the table of labels and those of the categories."""
        labels, _faults = labels_of(self.categories)
        return read_bulletin(
            self.text,
            date=self.form.cleaned_data.get("date"),
            labels=labels,
            first_day=settings.CONFLICT_START,
        )

    @cached_property
    def date(self) -> dt.date | None:
        """The day of issue; ``None`` where the text gives none, or none that can be."""
        if self.read.date is None:
            return None
        try:
            return check_day(self.read.date)
        except ValidationError as error:
            if "date" not in self.form.errors:
                self.form.add_error("date", error)
            return None

    @cached_property
    def entries(self) -> dict[str, EntryRecord]:
        """What was read, by category, of those that the ledger has."""
        known = {category.slug for category in self.categories}
        return {entry.category: entry for entry in self.read.entries if entry.category in known}

    @property
    def faults(self) -> list[str]:
        """What of the reading has no place in the ledger, and labels that could not be used."""
        strange = [entry for entry in self.read.entries if entry.category not in self.entries]
        words = gettext("The text states %(category)s (“%(text)s”), which is no category of the ledger.")
        told = [words % {"category": entry.category, "text": entry.text[:120]} for entry in strange]
        unusable = gettext("The label “%s” of a category has no word in it and was not used.")
        return [*told, *(unusable % label[:60] for label in labels_of(self.categories)[1])]

    # -- What stands in the cells ---------------------------------------------------------------------------

    @cached_property
    def printed_cells(self) -> dict[str, str]:
        """What was read, as the boxes show it; no key for what is not stated."""
        cells: dict[str, str] = {}
        for slug, entry in self.entries.items():
            written = (_written(entry.total), _written(entry.change, signed=True), entry.qualifier)
            cells |= {f"{slug}-{box}": text for box, text in zip(BOXES, written, strict=True) if text}
        return cells

    @cached_property
    def shown(self) -> dict[str, Any]:
        """What the curator was shown: "place" (source, party, day) and "cells"; {} before anything was."""
        try:
            shown = json.loads(self.form.cleaned_data.get("shown") or "{}")
        except (ValueError, RecursionError):
            return {}
        known = isinstance(shown, dict) and isinstance(shown.get("cells"), dict)
        return shown if known else {}

    @property
    def shows(self) -> dict[str, Any]:
        place = [self.data.get("source"), self.data.get("party"), self.date and self.date.isoformat()]
        return {"place": [str(part) for part in place], "cells": self.printed_cells}

    @cached_property
    def cells(self) -> FiguresForm:
        """The boxes: what was read now, but what a person typed over it as long as it is the same day."""
        data = dict(self.printed_cells)
        if self.shown and self.shown.get("place") == self.shows["place"]:
            for category in self.categories:
                for name in (f"{category.slug}-{box}" for box in BOXES):
                    typed = self.data.get(name)
                    if typed is not None and typed.strip() != self.shown["cells"].get(name, ""):
                        data[name] = typed
        form = FiguresForm(data, date=self.date, held=self.entries.values(), categories=self.categories)
        form.is_valid()
        return form

    @cached_property
    def rows(self) -> list[Row]:
        rows = self.cells.rows(
            date=self.date,
            before=nearest_before(**self.place),
            standing=standing_on(**self.place),
            stored=self.stored,
        )
        return [dataclasses.replace(row, printed=self._typed_over(row)) for row in rows]

    def _typed_over(self, row: Row) -> EntryRecord | None:
        """Return what the text prints, where the boxes say something else."""
        slug = row.category.slug
        printed = self.entries.get(slug, EntryRecord(slug, None))
        typed = (row.total, row.change, self.cells.data.get(f"{slug}-qualifier", ""))
        return None if (printed.total, printed.change, printed.qualifier) == typed else printed

    @property
    def place(self) -> dict[str, Any]:
        values = self.form.cleaned_data
        return {"source": values.get("source"), "party": values.get("party"), "date": self.date}

    @cached_property
    def doubts(self) -> list[Doubt]:
        if None in self.place.values():
            return []
        return doubts_of(self.rows, **self.place)

    # -- What the ledger has already ------------------------------------------------------------------------

    @cached_property
    def record(self) -> ReportRecord | None:
        """What is read and typed, ready to be written; ``None`` while source, party, day or text are missing."""
        if None in self.place.values() or not self.text:
            return None
        entries = self.cells.entries() if self.cells.is_valid() else tuple(self.entries.values())
        article: Article | None = self.form.cleaned_data.get("article")
        if article is not None:  # its text is not ours to keep, nor pieces of it
            entries = tuple(dataclasses.replace(entry, text="", start=None, end=None) for entry in entries)
        return ReportRecord(
            source=self.place["source"].slug,
            party=self.place["party"].slug,
            date=self.place["date"],
            document=self._document(article),
            entries=entries,
        )

    def _document(self, article: Article | None) -> DocumentRecord:
        sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        if article is not None:
            held = {item.name: getattr(article, item.name) for item in dataclasses.fields(DocumentRecord)}
            return DocumentRecord(**{**held, "sha256": sha256})
        source, party, date = self.place["source"], self.place["party"], self.place["date"]
        identity = "\n".join([source.slug, party.slug, date.isoformat(), self.text])
        language = self.form.cleaned_data.get("language") or language_of(self.text)
        name = f" ({ENGLISH_NAMES[language]})" if language else ""
        return DocumentRecord(
            slug=f"bulletin-{date.isoformat()}-{hashlib.sha256(identity.encode()).hexdigest()[:12]}",
            kind=Document.Kind.BULLETIN,
            title=f"Bulletin of {source.name}, {format_date(date, 'j F Y')}{name}"[:300],
            title_is_printed=False,
            url=self.form.cleaned_data.get("url") or "",
            publisher=self.form.cleaned_data.get("publisher") or source.name,
            language=language,
            published=date,
            retrieved=timezone.localdate(),
            sha256=sha256,
            text=self.text,
        )

    @cached_property
    def already(self) -> Report | None:
        """The report that was read from this very text, if there is one."""
        return None if self.record is None else standing_report(self.record)

    @cached_property
    def others(self) -> list[Report]:
        """The published readings of the day from other documents."""
        if self.record is None:
            return []
        of_day = Report.objects.published().filter(**self.place).exclude(document__slug=self.record.document.slug)
        return list(of_day.select_related("document", "from_version").order_by("pk"))

    @property
    def stamp(self) -> str:
        """What tells one state of the day from another: this text's report, and the other readings."""
        held = record_of(self.already).entries if self.already is not None else ()
        others = ",".join(str(report.pk) for report in self.others)
        return (
            f"{stamp_of(self.already, held)}:{hashlib.sha256(others.encode()).hexdigest()[:16] if others else ''}"
        )

    def forget(self) -> None:
        """Ask the ledger again: somebody else may have written."""
        for name in ("already", "others", "rows", "doubts"):
            self.__dict__.pop(name, None)

    @property
    def lines(self) -> list[Line]:
        doubtful = {problem.line for problem in self.read.problems}
        return marked_lines(self.text, self.entries.values(), doubtful=doubtful)


def _written(number: int | None, *, signed: bool = False) -> str:
    """Write a number as its box shows it; "" where it is not stated."""
    if number is None:
        return ""
    return ("+" if signed and number > 0 else "") + number_format(number, force_grouping=True)
