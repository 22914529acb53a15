"""Findings: what a check noticed. Open, explained or dismissed, with words; never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.models.articles import Document
from conflict.models.ledger import Version
from conflict.models.sources import Category, Party, Source


class FindingQuerySet(models.QuerySet["Finding"]):
    def standing(self) -> Self:
        """Findings whose cause is still in the readings; one that a re-check no longer sees has passed."""
        return self.filter(passed__isnull=True)

    def noted_on_charts(self, categories: Iterable[str], *, source: str, party: str) -> Self:
        """Standing findings about what the ledger accepts of some categories, or of a whole day.

        Not what was dismissed, nor gaps, which a chart draws as such.
        """
        about = Q(category=None) | Q(category__slug__in=list(categories))
        accepted = self.standing().filter(about, document=None, source__slug=source, party__slug=party)
        return accepted.exclude(kind=Finding.Kind.GAP).exclude(state=Finding.State.DISMISSED)


class Finding(models.Model):
    """What a check noticed in one dataset's readings, between readings, or in the accepted ledger."""

    class Kind(models.TextChoices):
        GAP = "gap", _("gap")
        FALL = "fall", _("fall")
        ARITHMETIC = "arithmetic", _("arithmetic")
        DISAGREEMENT = "disagreement", _("disagreement")
        REPEAT = "repeat", _("repeat")
        OUTLIER = "outlier", _("outlier")
        SUM = "sum", _("sum")
        UNKNOWN_CATEGORY = "unknown-category", _("unknown category")

    class Severity(models.TextChoices):
        NOTE = "note", _("note")
        DOUBT = "doubt", _("doubt")
        ERROR = "error", _("error")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        EXPLAINED = "explained", _("explained")
        DISMISSED = "dismissed", _("dismissed")

    # What the finding is about, as text: the same cause found again is the same finding.
    key = models.CharField(_("key"), max_length=300, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="findings")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="findings")
    # Null where the finding concerns a whole day (gap, repeat).
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
    )
    # The one document whose readings it is about; null: between documents, or the accepted ledger.
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
    )
    date = models.DateField(_("date"))
    end_date = models.DateField(_("last day"), null=True, blank=True)  # of a gap
    # What the sentence is made of: {"readings": {...}, "likely": ..., "days": ...}; see ledger.checks.
    evidence = models.JSONField(_("evidence"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    words = models.TextField(_("explanation"), blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    found = models.DateTimeField(_("found"))
    # When a re-check no longer saw the cause; null while it stands.
    passed = models.DateTimeField(_("passed"), null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-date", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_settled_with_words",
                condition=Q(state="open", decided__isnull=True)
                | Q(state__in=["explained", "dismissed"], decided__isnull=False)
                & ~Q(words="")
                & ~Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="finding_span_ends_after_it_begins",
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("date")),
            ),
        ]
        indexes = [models.Index(name="finding_kind_state", fields=["kind", "state", "date"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {date_format(self.date)}"


class Check(models.Model):
    """Up to which version every rule has looked at the ledger: without it, no finding would say two things."""

    version = models.OneToOneField(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, primary_key=True, related_name="check_of"
    )
    time = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-version_id"]

    def __str__(self) -> str:
        return gettext("version %(number)s") % {"number": number_format(self.version_id, force_grouping=True)}
