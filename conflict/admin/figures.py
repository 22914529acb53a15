"""The figures of a report as a curator sees and types them, each beside what the ledger holds already.

A row is one category: what is typed, the nearest earlier figure and its date, the change that follows from
both, and whether the printed change agrees. Nothing here writes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import change, date_in_words, figure
from conflict.admin.fields import FigureField
from conflict.intake.records import LARGEST, EntryRecord
from conflict.models import Category, LossEntry, Party, Point, Report, Source


@dataclass(frozen=True, slots=True)
class Row:
    """One category of a report. ``before`` is the nearest earlier standing point, ``None`` if there is none.

    ``standing`` is the point that stands on the report's own day, from whichever reading. ``stored`` is what
    somebody else saved meanwhile, where it differs. ``printed`` is what the text prints, where a person typed
    something else. ``fields`` are the boxes to type in; empty where the row is only read.
    """

    category: Category
    date: dt.date | None
    total: int | None = None
    change: int | None = None
    qualifier: str = ""
    text: str = ""
    entry: LossEntry | None = None
    before: Point | None = None
    standing: Point | None = None
    stored: EntryRecord | None = None
    printed: EntryRecord | None = None
    fields: tuple[BoundField, ...] = ()

    @property
    def computed(self) -> int | None:
        """The total less the nearest earlier one; ``None`` where either is missing."""
        return None if self.total is None or self.before is None else self.total - self.before.total

    @property
    def days(self) -> int | None:
        """Days since the nearest earlier figure; ``None`` where there is none."""
        return None if self.before is None or self.date is None else (self.date - self.before.date).days

    @property
    def mark(self) -> str:
        """One of: none, agrees, differs, apart. "apart": the earlier figure is not of the day before."""
        if self.computed is None or self.change is None:
            return "none"
        if self.days != 1:
            return "apart"
        return "agrees" if self.computed == self.change else "differs"

    @property
    def falls(self) -> bool:
        """Whether the total is below the earlier one, which a cumulative count should never be."""
        return self.computed is not None and self.computed < 0

    @property
    def total_in_words(self) -> str:
        return figure(self.total)

    @property
    def change_in_words(self) -> str:
        return change(self.change)

    @property
    def computed_in_words(self) -> str:
        if self.total is None:
            return "—"
        return gettext("no earlier figure") if self.computed is None else change(self.computed)

    @property
    def before_in_words(self) -> str:
        return gettext("none") if self.before is None else figure(self.before.total)

    @property
    def before_date(self) -> str:
        return "" if self.before is None else date_in_words(self.before.date)

    @property
    def verdict(self) -> str:
        """Say whether printed and computed change agree."""
        match self.mark:
            case "agrees":
                return gettext("agrees")
            case "differs":
                return gettext("differs by %s") % change((self.change or 0) - (self.computed or 0))
            case "apart":
                return gettext("%s days apart: not comparable") % figure(self.days)
        if self.total is None and self.change is None:
            return "—"
        return gettext("no printed change") if self.change is None else gettext("nothing to compare with")

    @property
    def takes_another(self) -> bool:
        """Whether the ledger's figure of this day comes from another reading than this published one."""
        return (
            self.entry is not None
            and self.total is not None
            and self.standing is not None
            and self.standing.entry_id != self.entry.pk
        )

    @property
    def contradicts(self) -> bool:
        """Whether the ledger holds another total of this very day, from whichever reading."""
        return self.total is not None and self.standing is not None and self.standing.total != self.total

    @property
    def standing_in_words(self) -> str:
        return "—" if self.standing is None else figure(self.standing.total)

    @property
    def stored_in_words(self) -> str:
        return "" if self.stored is None else f"{figure(self.stored.total)} ({change(self.stored.change)})"

    @property
    def printed_in_words(self) -> str:
        return "" if self.printed is None else f"{figure(self.printed.total)} ({change(self.printed.change)})"


class FiguresForm(forms.Form):
    """Three boxes a category: total, printed change, qualifier. Empty is "not stated".

    ``held`` is what the report states so far. Categories keep their fixed order; those in force on ``date`` are
    offered, those that ``held`` states, and any into which something was typed.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        date: dt.date | None,
        held: Iterable[EntryRecord] = (),
        categories: Iterable[Category] | None = None,
    ) -> None:
        self.held = {entry.category: entry for entry in held}
        initial: dict[str, Any] = {}
        for slug, entry in self.held.items():
            initial |= {
                f"{slug}-total": entry.total,
                f"{slug}-change": entry.change,
                f"{slug}-qualifier": entry.qualifier,
            }
        super().__init__(data, initial=initial)
        everything = Category.objects.order_by("order") if categories is None else categories
        self.categories = [row for row in everything if self._offers(row, date)]
        for category in self.categories:
            self._add_boxes(category)

    def _offers(self, category: Category, date: dt.date | None) -> bool:
        if category.slug in self.held:
            return True
        if self.is_bound and any(self.data.get(f"{category.slug}-{box}") for box in ("total", "change")):
            return True
        begun = date is None or category.first_day is None or category.first_day <= date
        ended = date is not None and category.last_day is not None and category.last_day < date
        return begun and not ended

    def _add_boxes(self, category: Category) -> None:
        about = {"category": category}
        boxes: dict[str, forms.Field] = {
            "total": FigureField(
                label=gettext("%(category)s: total") % about, required=False, min_value=0, max_value=LARGEST
            ),
            "change": FigureField(
                label=gettext("%(category)s: change as printed") % about,
                required=False,
                signed=True,
                min_value=-LARGEST,
                max_value=LARGEST,
            ),
            "qualifier": forms.ChoiceField(
                label=gettext("%(category)s: qualifier") % about,
                required=False,
                choices=[("", "—"), *LossEntry.Qualifier.choices],
            ),
        }
        for name, box in boxes.items():
            box.widget.attrs["aria-label"] = str(box.label)
            if name != "qualifier":
                box.widget.attrs["class"] = "vFigureField"
            self.fields[f"{category.slug}-{name}"] = box

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for category in self.categories:
            stated = [values.get(f"{category.slug}-{box}") for box in ("total", "change")]
            if values.get(f"{category.slug}-qualifier") and stated == [None, None] and not self._faulty(category):
                self.add_error(f"{category.slug}-qualifier", _("There is no figure to qualify."))
        if not self.errors and not any(
            entry.total is not None or entry.change is not None for entry in self.entries()
        ):
            raise ValidationError(_("State at least one figure."))
        return values

    def _faulty(self, category: Category) -> bool:
        return any(f"{category.slug}-{box}" in self.errors for box in ("total", "change"))

    def entries(self) -> tuple[EntryRecord, ...]:
        """Return what is typed, in the order of the categories.

        A category with nothing typed is left out, unless the report holds it as "not stated" already.
        """
        return tuple(self._entries())

    def _entries(self) -> Iterator[EntryRecord]:
        for category in self.categories:
            slug, held = category.slug, self.held.get(category.slug)
            total, printed = self.cleaned_data.get(f"{slug}-total"), self.cleaned_data.get(f"{slug}-change")
            qualifier = self.cleaned_data.get(f"{slug}-qualifier") or ""
            if held is not None and (held.total, held.change, held.qualifier) == (total, printed, qualifier):
                yield held
            elif total is None and printed is None:
                continue  # taken out by the curator: the document does not state it
            elif held is not None:
                # The piece of text stays: it is what the corrected figure was read from.
                yield replace(held, total=total, change=printed, qualifier=qualifier)
            else:
                yield EntryRecord(slug, total, printed, qualifier)

    def rows(
        self,
        *,
        date: dt.date | None,
        before: Mapping[int, Point],
        standing: Mapping[int, Point],
        stored: Mapping[str, EntryRecord] | None = None,
    ) -> list[Row]:
        """Return the rows with their boxes; what cannot be read of a box counts as not stated."""
        rows = []
        for category in self.categories:
            slug = category.slug
            boxes = tuple(self[f"{slug}-{name}"] for name in ("total", "change", "qualifier"))
            total, printed = (self._typed(box) for box in boxes[:2])
            theirs = stored.get(slug, EntryRecord(slug, None)) if stored is not None else None
            if theirs is not None and (theirs.total, theirs.change) == (total, printed):
                theirs = None
            held = self.held.get(slug)
            rows.append(
                Row(
                    category,
                    date,
                    total=total,
                    change=printed,
                    text=held.text if held else "",
                    before=before.get(category.pk),
                    standing=standing.get(category.pk),
                    stored=theirs,
                    fields=boxes,
                )
            )
        return rows

    def _typed(self, box: BoundField) -> int | None:
        try:
            number: int | None = box.field.to_python(box.data if self.is_bound else box.initial)
        except ValidationError:
            return None
        return number


def nearest_before(*, source: Source | None, party: Party | None, date: dt.date | None) -> dict[int, Point]:
    """Return by category the standing point nearest before a date; {} until all three are known. One query."""
    if source is None or party is None or date is None:
        return {}
    earlier = Point.objects.standing().filter(source=source, party=party, category=OuterRef("pk"), date__lt=date)
    newest = Category.objects.annotate(newest=Subquery(earlier.order_by("-date").values("pk")[:1]))
    return {point.category_id: point for point in Point.objects.filter(pk__in=newest.values("newest"))}


def standing_on(*, source: Source | None, party: Party | None, date: dt.date | None) -> dict[int, Point]:
    """Return by category the standing point of a date, with its document. One query."""
    if source is None or party is None or date is None:
        return {}
    points = Point.objects.standing().filter(source=source, party=party, date=date).with_documents()
    return {point.category_id: point for point in points}


def rows_of(report: Report) -> list[Row]:
    """Return the rows of a stored report, to read. Three queries."""
    place: dict[str, Any] = {"source": report.source, "party": report.party, "date": report.date}
    before, standing = nearest_before(**place), standing_on(**place)
    return [
        Row(
            entry.category,
            report.date,
            total=entry.total,
            change=entry.change,
            qualifier=entry.get_qualifier_display(),
            text=entry.text,
            entry=entry,
            before=before.get(entry.category_id),
            standing=standing.get(entry.category_id),
        )
        for entry in report.entries.select_related("category").order_by("category__order")
    ]


def stamp_of(report: Report | None, entries: Iterable[EntryRecord]) -> str:
    """Return what tells one state of a report from another: its revision, its status and every figure."""
    if report is None:
        return ""
    stated = sorted((entry.category, entry.total, entry.change, entry.qualifier) for entry in entries)
    state = [
        report.pk,
        report.revision,
        report.status,
        report.date.isoformat(),
        report.document_id,
        report.cited_url,
    ]
    return hashlib.sha256(json.dumps([state, stated]).encode()).hexdigest()[:32]
