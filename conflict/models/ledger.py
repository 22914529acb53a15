"""The ledger itself: versions, the points that stand between them, and a curator's decisions.

Only ``conflict.ledger`` writes these tables, and ``conflict.models.guards`` makes the database refuse
everything but adding rows and closing a point once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from conflict.models.reports import LossEntry
from conflict.models.rows import Rows
from conflict.models.sources import Category, Party, Source


class VersionQuerySet(models.QuerySet["Version"]):
    def newest(self) -> Version | None:
        """Return the last version, ``None`` while the ledger is empty. One query."""
        return self.order_by("-number").first()

    def with_neighbours(self) -> Self:
        """Add ``before`` and ``after``: the numbers of the versions of this queryset beside one."""
        numbers = self.order_by().values("number")
        return self.annotate(
            before=Subquery(numbers.filter(number__lt=OuterRef("pk")).order_by("-number")[:1]),
            after=Subquery(numbers.filter(number__gt=OuterRef("pk")).order_by("number")[:1]),
        )

    def with_decisions(self) -> Self:
        """Add ``decided``: the decisions that began with a version, each with its category, entry and document."""
        decisions = Decision.objects.filter(from_version=OuterRef("pk"))
        return self.annotate(decided=Rows(decisions.select_related("category", "entry__report__document")))


class Version(models.Model):
    """One change of the ledger: number, time, who, why; chained to the one before by its hash."""

    class Kind(models.TextChoices):
        PUBLICATION = "publication", _("publication")
        IMPORT = "import", _("import")
        DECISION = "decision", _("decision")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        REBUILD = "rebuild", _("rebuild")

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    time = models.DateTimeField(_("time"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    by = models.CharField(_("who"), max_length=150)
    reason = models.TextField(_("why"))
    opened = models.PositiveIntegerField(_("points opened"))
    closed = models.PositiveIntegerField(_("points closed"))
    # SHA-256 over this version and its changes (see ledger.chain); "" before the first version.
    previous_hash = models.CharField(_("hash of the version before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="version_counts_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(name="version_says_who_and_why", condition=~Q(by="") & ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("version", args=[self.number])


SAME_CELL = {name: OuterRef(name) for name in ("source", "party", "category", "date")}


class PointQuerySet(models.QuerySet["Point"]):
    def standing(self) -> Self:
        """The ledger as it stands now."""
        return self.filter(to_version__isnull=True)

    def at_version(self, number: int | None) -> Self:
        """The ledger as it stood at version ``number``; ``None`` is now."""
        if number is None:
            return self.standing()
        return self.filter(from_version__lte=number).filter(Q(to_version__isnull=True) | Q(to_version__gt=number))

    def known_at(self, number: int | None) -> Self:
        """Every point that stands at version ``number`` or stood before; ``None`` is now."""
        return self.all() if number is None else self.filter(from_version__lte=number)

    def of(self, *, source: str, party: str) -> Self:
        return self.filter(source__slug=source, party__slug=party)

    def in_categories(self, slugs: Iterable[str]) -> Self:
        return self.filter(category__slug__in=list(slugs))

    def of_day(self, date: dt.date) -> Self:
        return self.filter(date=date)

    def between(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Points from ``first`` to ``last``, both included; ``None`` leaves that side open."""
        points = self
        if first is not None:
            points = points.filter(date__gte=first)
        if last is not None:
            points = points.filter(date__lte=last)
        return points

    def with_documents(self) -> Self:
        """Fetch what a row of a table shows and links to, in the same query."""
        return self.select_related("category", "entry__report__document")

    def with_changed_mark(self) -> Self:
        """Add ``changed``: whether an earlier version showed another total for the same cell."""
        earlier = Point.objects.filter(**SAME_CELL, from_version__lt=OuterRef("from_version"))
        return self.annotate(changed=Exists(earlier.exclude(total=OuterRef("total"))))

    def by_category(self) -> models.QuerySet[Category]:
        """Return every category, each with those of these points that are of it as the list ``points_held``."""
        return Category.objects.annotate(points_held=Rows(self.filter(category=OuterRef("pk"))))

    def opened_in(self, number: int) -> Self:
        """Points that version ``number`` opened. Adds ``old``, the key of the point that each replaced (or
        ``None``), and ``what``, a ``Point.Change``."""
        replaced = Point.objects.filter(**SAME_CELL, to_version=number)
        points = self.filter(from_version=number).annotate(old=Subquery(replaced.values("pk")[:1]))
        return points.annotate(
            what=Case(
                When(old__isnull=True, then=Value(Point.Change.NEW)),
                When(Exists(replaced.exclude(total=OuterRef("total"))), then=Value(Point.Change.TOTAL)),
                When(Exists(replaced.exclude(entry=OuterRef("entry"))), then=Value(Point.Change.READING)),
                default=Value(Point.Change.COMPUTED),
                output_field=models.IntegerField(),
            )
        )

    def removed_in(self, number: int) -> Self:
        """Points that version ``number`` closed without putting another in their place; annotated alike."""
        put_in_place = Point.objects.filter(**SAME_CELL, from_version=number)
        return self.filter(~Exists(put_in_place), to_version=number).annotate(
            old=F("pk"), what=Value(Point.Change.REMOVED, output_field=models.IntegerField())
        )

    def corrected(self) -> Self:
        """Points that a later version closed because the total became another, or none; the newest change first.

        Adds ``new_total``, ``None`` where the figure was removed.
        """
        put_in_place = Point.objects.filter(**SAME_CELL, from_version=OuterRef("to_version"))
        closed = self.filter(to_version__isnull=False).annotate(
            new_total=Subquery(put_in_place.values("total")[:1])
        )
        changed = closed.filter(Q(new_total__isnull=True) | ~Q(new_total=F("total")))
        return changed.order_by("-to_version_id", "-date", "category__order")


class Point(models.Model):
    """The figure that the ledger accepts for one source, party, category and date, while it stands.

    It lives from one version until another; ``to_version`` is null while it stands.
    """

    class Change(models.IntegerChoices):
        """What a version did to one cell, in the order in which a reader wants to know."""

        TOTAL = 0, _("figure changed")
        NEW = 1, _("new figure")
        REMOVED = 2, _("figure removed")
        READING = 3, _("same figure from another reading")
        COMPUTED = 4, _("only the computed change moved")

    # No index of its own on source, party or category: each holds half the table, and a planner without
    # statistics would take it for as good as the one of the whole cell.
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="points", db_index=False
    )
    party = models.ForeignKey(
        Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="points", db_index=False
    )
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="points", db_index=False
    )
    date = models.DateField(_("date"))
    total = models.PositiveIntegerField(_("total"))
    printed_change = models.IntegerField(_("change as printed"), null=True, blank=True)  # null: not stated
    # total less the total of the nearest earlier standing point; null for the first of its series.
    computed_change = models.IntegerField(_("computed change"), null=True, blank=True)
    days_since_previous = models.PositiveIntegerField(_("days since the previous"), null=True, blank=True)
    entry = models.ForeignKey(LossEntry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="points")
    from_version = models.ForeignKey(
        Version, verbose_name=_("from version"), on_delete=models.PROTECT, related_name="points_opened"
    )
    to_version = models.ForeignKey(
        Version,
        verbose_name=_("to version"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points_closed",
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["category", "date"]
        constraints = [
            # The index behind this one serves every chart.
            models.UniqueConstraint(
                name="point_stands_once",
                fields=["source", "party", "category", "date"],
                condition=Q(to_version__isnull=True),
            ),
            models.UniqueConstraint(
                name="point_opened_once_a_version",
                fields=["source", "party", "category", "date", "from_version"],
            ),
            models.CheckConstraint(name="point_total_in_reason", condition=Q(total__gte=0, total__lte=10**9)),
            models.CheckConstraint(
                name="point_closes_after_it_opens",
                condition=Q(to_version__isnull=True) | Q(to_version__gt=F("from_version")),
            ),
            models.CheckConstraint(
                name="point_change_has_its_span",
                condition=Q(computed_change__isnull=True, days_since_previous__isnull=True)
                | Q(
                    computed_change__isnull=False,
                    days_since_previous__isnull=False,
                    days_since_previous__gte=1,
                ),
            ),
        ]
        indexes = [
            models.Index(name="point_date", fields=["date"]),
        ]

    def __str__(self) -> str:
        return f"{self.category}, {date_format(self.date)}: {number_format(self.total, force_grouping=True)}"

    def get_absolute_url(self) -> str:
        """Return the page that tells the life of this figure."""
        return reverse("figure", args=[self.date, self.category.slug])

    def change_from(self, old: Point | None) -> Point.Change:
        """Say what putting this point in the place of ``old`` does to the cell."""
        if old is None:
            return self.Change.NEW
        if old.total != self.total:
            return self.Change.TOTAL
        return self.Change.READING if old.entry_id != self.entry_id else self.Change.COMPUTED


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        return self.filter(to_version__isnull=True)


class Decision(models.Model):
    """A curator's word on which reading the ledger takes for one cell. It outranks every other rule."""

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="+")
    date = models.DateField(_("date"))
    entry = models.ForeignKey(
        LossEntry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="decisions"
    )
    from_version = models.ForeignKey(
        Version, verbose_name=_("from version"), on_delete=models.PROTECT, related_name="decisions_begun"
    )
    to_version = models.ForeignKey(
        Version,
        verbose_name=_("to version"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions_ended",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-from_version_id", "date"]  # by the column: the version is written after it
        constraints = [
            models.UniqueConstraint(
                name="decision_stands_once",
                fields=["source", "party", "category", "date"],
                condition=Q(to_version__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_closes_after_it_opens",
                condition=Q(to_version__isnull=True) | Q(to_version__gt=F("from_version")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.date:%Y-%m-%d}"
