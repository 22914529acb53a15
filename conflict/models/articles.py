"""Documents: where something was read. Articles are the documents that people read on the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from conflict.models.rows import AsArray, Rows
from conflict.models.sources import Category, Source, Translated


class Certainty(models.TextChoices):
    """How sure one can be of a statement. It has a shape on the page, never only a colour."""

    CONFIRMED = "confirmed", _("confirmed")
    REPORTED = "reported", _("reported")
    CLAIMED = "claimed", _("claimed")
    DISPUTED = "disputed", _("disputed")
    REJECTED = "rejected", _("rejected")


class Qualifier(models.TextChoices):
    """How exact a counted statement is, in its source's own words."""

    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    AT_LEAST = "at least", _("at least")
    MORE_THAN = "more than", _("more than")


TITLE_FIELDS = ("slug", "title", "title_is_printed", "language", "translations")
"""What the title of a document is written from."""

CERTAINTY_KNOWN = Q(certainty__in=["confirmed", "reported", "claimed", "disputed", "rejected"])


class DocumentQuerySet(models.QuerySet["Document"]):
    def articles(self) -> Self:
        return self.filter(kind=Document.Kind.ARTICLE)

    def newest_first(self) -> Self:
        """Order by the day of publication; documents whose day is not known come last."""
        return self.order_by(models.F("published").desc(nulls_last=True), "title")


_history_of_documents = HistoricalRecords()


class Document(Translated):
    """Where we read something: an article, a pasted bulletin, or a dataset file.

    ``slug`` is the identity: the same slug read again is the same document, and what changed in it becomes
    the next revision of its reports.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        BULLETIN = "bulletin", _("bulletin")
        DATASET = "dataset", _("dataset")

    slug = models.SlugField(_("slug"), unique=True, max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=300, blank=True)
    # False where the printed headline is not known and the title was taken from the address.
    title_is_printed = models.BooleanField(_("title as printed"), default=True)
    url = models.URLField(_("address"), blank=True, max_length=500)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)  # BCP 47; empty for a dataset
    published = models.DateField(_("published"), null=True, blank=True)
    published_note = models.CharField(_("note on the date"), max_length=300, blank=True)
    retrieved = models.DateField(_("retrieved"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    # Of a bulletin: the text as printed. Of an article: our own summary, never the publisher's sentences.
    text = models.TextField(_("text"), blank=True)

    objects = DocumentQuerySet.as_manager()
    history = _history_of_documents

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "slug"]
        constraints = [
            models.CheckConstraint(
                name="document_kind_known", condition=Q(kind__in=["article", "bulletin", "dataset"])
            ),
            models.CheckConstraint(name="document_article_has_title", condition=~Q(kind="article") | ~Q(title="")),
        ]
        indexes = [models.Index(name="document_kind_published", fields=["kind", "-published"])]

    def __str__(self) -> str:
        return self.word("title") or self.slug

    def words_and_language(self, field: str, language: str | None = None) -> tuple[str, str]:
        """Return a text and the language it is in; a printed title stays as printed, in the document's own."""
        if field == "title" and self.title_is_printed and self.language:
            return self.title, self.language.split("-")[0]
        return super().words_and_language(field, language)

    def get_absolute_url(self) -> str:
        """Return our own page of an article, or the original's address of any other document."""
        return reverse("article", args=[self.slug]) if self.kind == self.Kind.ARTICLE else self.url


def title_said() -> AsArray:
    """Return what the title of a row of documents is written from, as one value for ``title_of``."""
    return AsArray(*TITLE_FIELDS)


def title_of(said: Sequence[Any]) -> Document:
    """Return a document with its title and no more."""
    *plain, words = said
    words = json.loads(words) if isinstance(words, str) else words  # text to SQLite
    return Document(**dict(zip(TITLE_FIELDS, (*plain, words), strict=True)))


class ArticleManager(models.Manager["Article"]):
    def get_queryset(self) -> DocumentQuerySet:  # type: ignore[override]
        return DocumentQuerySet(self.model, using=self._db).articles()


class Article(Document):
    """A document with a title and a text that people read on the site."""

    objects = ArticleManager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def save(self, *args: object, **kwargs: object) -> None:
        self.kind = self.Kind.ARTICLE
        super().save(*args, **kwargs)  # type: ignore[arg-type]


# A proxy sends its signals under its own name, which the history of documents does not listen to.
models.signals.post_save.connect(_history_of_documents.post_save, sender=Article, weak=False)
models.signals.post_delete.connect(_history_of_documents.post_delete, sender=Article, weak=False)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def and_answers_beside(self) -> Self:
        """These claims and all others that answer the same questions. Adds ``own``: whether it is one of these."""
        own = self.order_by()
        beside = Q(pk__in=own.values("pk")) | Q(question__in=own.filter(question__isnull=False).values("question"))
        return self.model._default_manager.filter(beside).annotate(own=Exists(own.filter(pk=OuterRef("pk"))))  # type: ignore[return-value]

    def with_parts(self) -> Self:
        """Add ``summed``: the categories of which a claim is the sum, as a list in their order."""
        parts = Claim.parts.through.objects.filter(claim=OuterRef(OuterRef("pk"))).values("category")
        return self.annotate(summed=Rows(Category.objects.filter(pk__in=parts)))

    def with_documents(self) -> Self:
        """Claims with all that is said beside them: the article, the source, who that is, and the category."""
        return self.select_related("document", "source__actor", "category")

    def spoken_by(self, names: Iterable[str], source: Source | None) -> Self:
        """Claims of a speaker by any of its names, alone or before a comma ("..., president of Ukraine").

        Those of the source as which it speaks are among them.
        """
        said = Q(pk__in=()) if source is None else Q(source=source)
        for name in names:
            said |= Q(speaker__iexact=name) | Q(speaker__istartswith=f"{name},")
        return self.filter(said)

    def of_events(self, events: models.QuerySet[Any]) -> Self:
        """Claims that are linked to any of the events."""
        return self.filter(Exists(Claim.events.through.objects.filter(claim=OuterRef("pk"), event__in=events)))

    def newest_first(self) -> Self:
        """Order by the day they speak of, or else that of the article; undated ones come last."""
        day = models.functions.Coalesce("date", "document__published")
        return self.order_by(day.desc(nulls_last=True), "document", "order", "pk")


class QuestionQuerySet(models.QuerySet["Question"]):
    def with_several_answers(self) -> Self:
        """Questions that two claims or more answer."""
        return self.annotate(answers=models.Count("claims", distinct=True)).filter(answers__gt=1)


class Question(Translated):
    """What several claims answer differently: they stand side by side, and nobody's is called the right one.

    Claims that contradict each other belong to one question; so do claims of one matter that are not equally
    sure, or not equally exact.
    """

    slug = models.SlugField(_("slug"), unique=True, max_length=120)
    text = models.CharField(_("question"), max_length=200)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.word("text")


class Claim(Translated):
    """An attributed statement in an article, quoted or counted, with who said it and how sure that is."""

    document = models.ForeignKey(
        Document, verbose_name=_("article"), on_delete=models.CASCADE, related_name="claims"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("statement"))  # in our own words; the speaker's own where ``quoted``
    quoted = models.BooleanField(_("quotation"), default=False)
    speaker = models.CharField(_("who says so"), max_length=200)
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
    )
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    certainty_note = models.CharField(_("note on the certainty"), max_length=300, blank=True)
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
    )
    # A counted statement: the figure, its unit in words, and how the article qualifies it.
    figure = models.BigIntegerField(_("figure"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier.choices, blank=True)
    # The day that the statement is of; null where it is not of one day.
    date = models.DateField(_("of the day"), null=True, blank=True)
    # Categories whose totals of that day must add up to the figure: a sum that anyone can check.
    parts = models.ManyToManyField(Category, verbose_name=_("is the sum of"), blank=True, related_name="+")
    events = models.ManyToManyField("conflict.Event", verbose_name=_("events"), blank=True, related_name="claims")
    question = models.ForeignKey(
        Question,
        verbose_name=_("is an answer to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
    )

    objects = ClaimQuerySet.as_manager()
    history = HistoricalRecords()
    summed: list[Category]  # of ``with_parts``

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["document", "order", "pk"]
        constraints = [
            models.CheckConstraint(name="claim_certainty_known", condition=CERTAINTY_KNOWN),
            models.CheckConstraint(
                name="claim_figure_not_negative", condition=Q(figure__isnull=True) | Q(figure__gte=0)
            ),
            models.CheckConstraint(name="claim_has_speaker", condition=~Q(speaker="")),
        ]

    def __str__(self) -> str:
        return self.text[:80]
