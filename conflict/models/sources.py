"""Who is counted, by whom, and in which categories."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Translated(models.Model):
    """A row whose words exist in several languages: the columns hold English, ``translations`` the others.

    ``translations`` is ``{"uk": {"name": "...", "definition": "..."}}``. A missing word falls back to English.
    """

    translations = models.JSONField(_("translations"), default=dict, blank=True)

    class Meta:
        abstract = True

    def word(self, field: str, language: str | None = None) -> str:
        """Return the text of ``field`` in ``language`` (the active one by default), or else in English."""
        return self.words_and_language(field, language)[0]

    def words_and_language(self, field: str, language: str | None = None) -> tuple[str, str]:
        """Return the text that `word` returns and the language it is in: "en" where a translation is missing."""
        language = (language or get_language() or "en").split("-")[0]
        text: str = self.translations.get(language, {}).get(field) or ""
        return (text, language) if text else (getattr(self, field), "en")


class Party(Translated):
    """A belligerent whose losses are reported."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.word("name")


class Source(Translated):
    """Whoever makes a statement."""

    class Kind(models.TextChoices):
        BELLIGERENT = "belligerent", _("belligerent")
        GOVERNMENT = "government", _("government")
        ORGANISATION = "organisation", _("international organisation")
        RESEARCHERS = "researchers", _("open-source researchers")
        MEDIA = "media", _("media")

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    url = models.URLField(_("address"), blank=True, max_length=500)
    meaning = models.TextField(_("what its figures mean"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="source_kind_known",
                condition=Q(kind__in=["belligerent", "government", "organisation", "researchers", "media"]),
            ),
        ]

    def __str__(self) -> str:
        return self.word("name")


class Category(Translated):
    """What is counted. A new category is a row, never code."""

    class Unit(models.TextChoices):
        PEOPLE = "people", _("people")
        UNITS = "units", _("units")

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    # The abbreviation or gloss that stands quietly beside the name: MLRS, "operational-tactical UAVs".
    short = models.CharField(_("short form"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices, default=Unit.UNITS)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    definition = models.TextField(_("definition"), blank=True)
    # As printed, per language: {"en": ["tanks"], "uk": ["танки", "танків"]}. The reader of bulletins adds
    # these to its own table.
    labels = models.JSONField(_("printed labels"), default=dict, blank=True)
    first_day = models.DateField(_("first stated"), null=True, blank=True)
    last_day = models.DateField(_("last stated"), null=True, blank=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(name="category_unit_known", condition=Q(unit__in=["people", "units"])),
            models.CheckConstraint(
                name="category_ends_after_it_begins",
                condition=Q(last_day__isnull=True) | Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.word("name")

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])

    @property
    def counts_people(self) -> bool:
        return self.unit == self.Unit.PEOPLE
