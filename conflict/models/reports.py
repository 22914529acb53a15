"""Reports: what one source stated about one party's losses as of one date, read from one document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from conflict.models.articles import Document
from conflict.models.rows import Rows
from conflict.models.sources import Category, Party, Source


@dataclass(frozen=True, slots=True)
class DaysAround:
    """Reported days around some day, ``None`` where there is none, and the first and the last of all."""

    before: dt.date | None
    after: dt.date | None
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Readings:
    """How many readings a day has; ``totals``: how many different ones they state for a category, by its key,
    where it is more than one."""

    count: int
    totals: dict[int, int] = field(default_factory=dict)


_NO_CATEGORY = Value(0, output_field=models.BigIntegerField())


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> Self:
        """Reports that count today: neither drafts nor superseded nor withdrawn."""
        return self.filter(status=Report.Status.PUBLISHED)

    def at_version(self, number: int | None) -> Self:
        """Reports that counted when the ledger stood at version ``number``; ``None`` is now."""
        if number is None:
            return self.published()
        return self.filter(from_version__lte=number).filter(Q(to_version__isnull=True) | Q(to_version__gt=number))

    def once_published(self) -> Self:
        """Reports that count today and those that once did, but no drafts."""
        return self.exclude(status=Report.Status.DRAFT)

    def of(self, *, source: str, party: str) -> Self:
        return self.filter(source__slug=source, party__slug=party)

    def of_day(self, date: dt.date) -> Self:
        return self.filter(date=date)

    def of_same_day(self) -> Self:
        """Reports of the day of a row of another query, in which this one stands."""
        return self.filter(date=OuterRef("date"))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Reports from ``first`` to ``last``, both included."""
        return self.filter(date__range=(first, last))

    def months(self) -> list[tuple[dt.date, int]]:
        """Return each month's first day and how many of its days are reported, newest first. One query."""
        months = self.order_by().annotate(month=TruncMonth("date")).values_list("month")
        return [(month, days) for month, days in months.annotate(Count("date", distinct=True)).order_by("-month")]

    def readings_a_day(self) -> dict[dt.date, Readings]:
        """Return for each reported day how many readings there are and where they differ. One query."""
        readings = self.order_by().values_list("date").annotate(of=_NO_CATEGORY, count=Count("pk"))
        cells = self.order_by().filter(entries__total__isnull=False).values_list("date", "entries__category")
        differing = cells.annotate(count=Count("entries__total", distinct=True)).filter(count__gt=1)
        days: dict[dt.date, Readings] = {}
        for date, category, count in readings.union(differing, all=True).order_by("date", "of"):
            if category:
                days[date].totals[category] = count
            else:
                days[date] = Readings(count)
        return days

    def days_around(self, first: dt.date, last: dt.date | None = None) -> DaysAround:
        """Return the reported days before and after a day, or a span, and the outermost ones. One query."""
        days = self.aggregate(
            before=Max("date", filter=Q(date__lt=first)),
            after=Min("date", filter=Q(date__gt=last or first)),
            first=Min("date"),
            last=Max("date"),
        )
        return DaysAround(**days)

    def days_beside(self, date: dt.date | OuterRef) -> dict[str, Subquery]:
        """Return the days of ``DaysAround`` as expressions, to be read with another row."""
        days = self.order_by().values("date")
        return {
            "day_before": Subquery(days.filter(date__lt=date).order_by("-date")[:1]),
            "day_after": Subquery(days.filter(date__gt=date).order_by("date")[:1]),
            "first_of_all": Subquery(days.order_by("date")[:1]),
            "last_of_all": Subquery(days.order_by("-date")[:1]),
        }

    def with_days_around(self, number: int | None) -> Self:
        """Add the reported days around a report's own, of what counted at version ``number``: see ``around``."""
        counted = Report.objects.at_version(number).filter(source=OuterRef("source"), party=OuterRef("party"))
        return self.annotate(**counted.days_beside(OuterRef("date")))

    def with_model_counts(self) -> Self:
        """Add ``counted``: what a report counts of each model, the most first."""
        return self.annotate(
            counted=Rows(ModelCount.objects.filter(report=OuterRef("pk")).order_by("-total", "model"))
        )

    def with_entries(self, *, of: Category | None = None) -> Self:
        """Fetch what stands beside a report in the same query, and its entries as the list ``stated``.

        Those of all categories, for ``tie_entries``, or ``of`` one.
        """
        entries = LossEntry.objects.filter(report=OuterRef("pk")).order_by()
        stated = entries if of is None else entries.filter(category=of)
        return self.select_related("source", "party", "document").annotate(stated=Rows(stated))


class Report(models.Model):
    """One reading of one day. Once published its entries are never edited: a correction is a new revision."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="reports")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="reports")
    date = models.DateField(_("date"))  # the day of issue, in the conflict's own time zone
    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="reports"
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    # The versions between which the report counted: from the first on, before the second.
    from_version = models.ForeignKey(
        "Version",
        verbose_name=_("from version"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports_begun",
    )
    to_version = models.ForeignKey(
        "Version",
        verbose_name=_("to version"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports_ended",
    )
    # The address that the document itself gives for this day (a dataset's own source), if it gives one.
    cited_url = models.URLField(_("address cited"), blank=True, max_length=500)
    sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64, blank=True)
    # What the document states beside figures, by its own keys.
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)

    objects = ReportQuerySet.as_manager()
    history = HistoricalRecords()
    stated: list[LossEntry]  # of ``with_entries``

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-date", "document", "-revision"]
        permissions = [("publish_report", _("Can publish and withdraw reports"))]
        constraints = [
            models.UniqueConstraint(
                name="report_revision_once", fields=["source", "party", "date", "document", "revision"]
            ),
            models.UniqueConstraint(
                name="report_published_once",
                fields=["source", "party", "date", "document"],
                condition=Q(status="published"),
            ),
            models.CheckConstraint(name="report_revision_counts_from_1", condition=Q(revision__gte=1)),
            models.CheckConstraint(
                name="report_status_fits_versions",
                condition=Q(status="draft", from_version__isnull=True, to_version__isnull=True)
                | Q(status="published", from_version__isnull=False, to_version__isnull=True)
                | Q(status__in=["superseded", "withdrawn"], from_version__isnull=False, to_version__isnull=False)
                & Q(to_version__gt=F("from_version")),
            ),
        ]
        indexes = [models.Index(name="report_status_date", fields=["status", "date"])]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} · {self.source} · {self.document.slug} · {self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.date])

    @property
    def around(self) -> DaysAround:
        """Return the reported days around its own. Ask for reports ``with_days_around``."""
        return DaysAround(*(vars(self)[day] for day in ("day_before", "day_after", "first_of_all", "last_of_all")))

    @property
    def original_url(self) -> str:
        """Return the address at which a reader finds what this report was read from, "" if none is known."""
        return self.cited_url or self.document.url


def tie_entries(reports: Iterable[Report], categories: Iterable[Category]) -> list[Report]:
    """Give the entries of reports ``with_entries`` their report and their category, and their order by it."""
    tied, by_key = list(reports), {category.pk: category for category in categories}
    for report in tied:
        for entry in report.stated:
            entry.report, entry.category = report, by_key[entry.category_id]
        report.stated.sort(key=lambda entry: entry.category.order)
    return tied


def stand_at(reports: Iterable[Report], number: int | None) -> list[Report]:
    """Return reports with the status that they had at version ``number``; those published later are left out.

    The change is for showing only: the guards of the database refuse to store it.
    """
    if number is None:
        return list(reports)
    stood = [
        report for report in reports if report.from_version_id is not None and report.from_version_id <= number
    ]
    for report in stood:
        if report.to_version_id is not None and report.to_version_id > number:
            report.status, report.to_version = Report.Status.PUBLISHED, None
    return stood


class LossEntry(models.Model):
    """One category's figure in a report. ``None`` is "not stated" and never 0."""

    class Qualifier(models.TextChoices):
        ABOUT = "about", _("about")
        MORE_THAN = "more-than", _("more than")
        AT_LEAST = "at-least", _("at least")

    report = models.ForeignKey(Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="entries")
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="entries"
    )
    total = models.PositiveIntegerField(_("total"), null=True, blank=True)  # cumulative since day 1
    change = models.IntegerField(_("change as printed"), null=True, blank=True)  # may be negative
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier.choices, blank=True)
    # The piece of the document's text that total and change were read from, and its offsets there.
    text = models.TextField(_("as printed"), blank=True)
    start = models.PositiveIntegerField(_("begins at"), null=True, blank=True)
    end = models.PositiveIntegerField(_("ends at"), null=True, blank=True)

    class Meta:
        verbose_name = _("loss entry")
        verbose_name_plural = _("loss entries")
        ordering = ["report", "category__order"]
        constraints = [
            models.UniqueConstraint(name="entry_category_once", fields=["report", "category"]),
            models.CheckConstraint(
                name="entry_total_in_reason",
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=10**9),
            ),
            models.CheckConstraint(
                name="entry_change_in_reason",
                condition=Q(change__isnull=True) | Q(change__gte=-(10**9), change__lte=10**9),
            ),
            models.CheckConstraint(
                name="entry_qualifier_known",
                condition=Q(qualifier__in=["", "about", "more-than", "at-least"]),
            ),
            models.CheckConstraint(
                name="entry_text_has_both_ends",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {'—' if self.total is None else self.total}"


class ModelCount(models.Model):
    """How many of one model a report counts, under a category whose total is the sum of its models.

    Only sources that count by model have them (Oryx). They belong to one revision of a report and are never
    edited: what a later reading counts is the next revision.
    """

    report = models.ForeignKey(
        Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="model_counts"
    )
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="model_counts"
    )
    # The source's own category, as printed: finer than ours, and what the models were sorted by.
    group = models.CharField(_("group as printed"), max_length=120)
    model = models.CharField(_("model as printed"), max_length=200)
    manufacturer = models.CharField(_("manufacturer as printed"), max_length=120, blank=True)
    total = models.PositiveIntegerField(_("total"))  # cumulative since day 1

    class Meta:
        verbose_name = _("count of a model")
        verbose_name_plural = _("counts by model")
        ordering = ["report", "category__order", "group", "-total", "model"]
        constraints = [
            models.UniqueConstraint(name="model_count_once", fields=["report", "group", "model", "manufacturer"]),
            models.CheckConstraint(name="model_count_in_reason", condition=Q(total__gte=0, total__lte=10**9)),
            models.CheckConstraint(name="model_count_is_named", condition=~Q(model="") & ~Q(group="")),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.total}"
