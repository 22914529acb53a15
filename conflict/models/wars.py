"""Earlier wars and what was estimated of their military dead: a table to read this war's figures against."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from conflict.models.articles import CERTAINTY_KNOWN, Certainty
from conflict.models.sources import Translated


class War(Translated):
    """A war, from its first to its last year; without a last year it goes on."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("war")
        verbose_name_plural = _("wars")
        ordering = ["first_year", "name"]
        constraints = [
            models.CheckConstraint(
                name="war_ends_after_it_begins",
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.word("name")


class WarEstimateQuerySet(models.QuerySet["WarEstimate"]):
    def with_wars(self) -> Self:
        """Fetch the wars in the same query, the oldest war first."""
        return self.select_related("war").order_by("war__first_year", "war__name", "order")


class WarEstimate(Translated):
    """What one author says that one side lost in a war: a number, a range, or one end of a range.

    ``low`` None: the author names no least number ("as many as 250,000"); ``high`` None: no greatest ("at
    least"). Both equal: one number. ``counts`` says what is counted, and only like is ever set beside like.
    """

    class Counts(models.TextChoices):
        DEAD = "dead", _("military dead")
        DEAD_AND_MISSING = "dead-and-missing", _("military dead and missing")
        KILLED_AND_WOUNDED = "killed-and-wounded", _("killed and wounded together")

    war = models.ForeignKey(War, verbose_name=_("war"), on_delete=models.CASCADE, related_name="estimates")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    side = models.CharField(_("whose losses"), max_length=100)
    counts = models.CharField(_("what is counted"), max_length=20, choices=Counts.choices)
    low = models.PositiveIntegerField(_("least"), null=True, blank=True)
    high = models.PositiveIntegerField(_("most"), null=True, blank=True)
    author = models.CharField(_("whose estimate"), max_length=200)
    # Readers see the month alone: many sources name no day.
    as_of = models.DateField(_("counted up to"), null=True, blank=True)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source_name = models.CharField(_("read at"), max_length=200)
    source_url = models.URLField(_("address"), max_length=500)

    objects = WarEstimateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("estimate of a war’s losses")
        verbose_name_plural = _("estimates of wars’ losses")
        ordering = ["war", "order"]
        constraints = [
            models.UniqueConstraint(
                name="war_estimate_once_a_day", fields=["war", "side", "counts", "author", "as_of"]
            ),
            models.UniqueConstraint(
                name="war_estimate_once_undated",
                fields=["war", "side", "counts", "author"],
                condition=Q(as_of__isnull=True),
            ),
            models.CheckConstraint(
                name="war_estimate_counts_known",
                condition=Q(counts__in=["dead", "dead-and-missing", "killed-and-wounded"]),
            ),
            models.CheckConstraint(name="war_estimate_certainty_known", condition=CERTAINTY_KNOWN),
            models.CheckConstraint(
                name="war_estimate_names_a_number", condition=Q(low__isnull=False) | Q(high__isnull=False)
            ),
            models.CheckConstraint(
                name="war_estimate_low_before_high",
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
            ),
            models.CheckConstraint(
                name="war_estimate_above_zero",
                condition=(Q(low__isnull=True) | Q(low__gte=1)) & (Q(high__isnull=True) | Q(high__gte=1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word('side')}: {self.word('author')}"

    @property
    def counts_dead_alone(self) -> bool:
        """Whether it can stand beside other counts of the dead: the missing of old wars are dead."""
        return self.counts != self.Counts.KILLED_AND_WOUNDED
