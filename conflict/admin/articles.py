"""The desks of what was read: documents of every kind, articles, and the claims that they make."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from conflict.admin.article_reading import ClaimsOfText, EventsOfArticle, ReadsArticles
from conflict.admin.desks import (
    Desk,
    HistoryDesk,
    WhyForm,
    desk_link,
    figure,
    list_link,
    original_link,
    public_link,
)
from conflict.admin.fields import FieldsOfTheDesks
from conflict.models import Article, Claim, Document, Question, Report


class ClaimForm(forms.ModelForm):
    """Asks for what makes a counted claim whole: its unit, and the day where a sum can be checked."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("figure") is not None and not values.get("unit"):
            self.add_error("unit", _("A figure needs its unit: people, aircraft, drones."))
        if values.get("figure") is None and values.get("qualifier"):
            self.add_error("qualifier", _("Only a figure is qualified."))
        if values.get("parts") and (values.get("figure") is None or values.get("date") is None):
            self.add_error("parts", _("A sum can be checked only with its figure and its day."))
        return values


CLAIM_FIELDSETS: list[Any] = [
    (None, {"fields": ["text", "quoted", "speaker", "source"]}),
    (_("How sure it is"), {"fields": ["certainty", "certainty_note"]}),
    (_("Where it counts something"), {"fields": ["figure", "qualifier", "unit", "category", "date", "parts"]}),
    (_("What it is about"), {"fields": ["events", "question", "order", "translations"]}),
]


class ClaimInline(FieldsOfTheDesks, admin.StackedInline):
    model = Claim
    form = ClaimForm
    formset = ClaimsOfText
    fk_name = "document"
    extra = 0
    fieldsets = CLAIM_FIELDSETS
    autocomplete_fields = ["source", "category", "events", "question", "parts"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("source", "category")


@admin.register(Claim)
class ClaimDesk(HistoryDesk):
    form = type("ClaimDeskForm", (ClaimForm, WhyForm), {})
    list_display = ["__str__", "speaker", "counted", "certainty", "category", "document"]
    list_filter = ["certainty", "quoted", "category", ("figure", admin.EmptyFieldListFilter), "source"]
    list_select_related = ["category", "document"]
    search_fields = ["text", "speaker", "unit", "document__title", "document__publisher"]
    date_hierarchy = "date"
    autocomplete_fields = ["document", "source", "category", "events", "question", "parts"]
    fixed_once_made = ["document"]
    fieldsets = [
        (None, {"fields": ["document"]}),
        *CLAIM_FIELDSETS,
        (_("For the history"), {"fields": ["why"]}),
    ]

    @admin.display(description=_("figure"), ordering="figure")
    def counted(self, claim: Claim) -> str:
        if claim.figure is None:
            return "—"
        return " ".join(part for part in (claim.get_qualifier_display(), figure(claim.figure), claim.unit) if part)


@admin.register(Question)
class QuestionDesk(Desk):
    """What several claims answer differently. A claim is put to its question at its own desk, by search."""

    list_display = ["__str__", "slug", "answers"]
    search_fields = ["text", "slug", "translations", "claims__text"]
    readonly_fields = ["its_answers"]
    fields = ["text", "slug", "its_answers", "translations"]
    slug_from = "text"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(held=Count("claims", distinct=True))

    @admin.display(description=_("answers"), ordering="held")
    def answers(self, question: Any) -> str:
        return figure(question.held)

    @admin.display(description=_("its answers"))
    def its_answers(self, question: Question) -> SafeString | str:
        if question.pk is None:
            return "—"
        lines = [(desk_link(claim), claim.speaker) for claim in question.claims.all()]
        words = format_html_join("", "<li>{} ({})</li>", lines)
        alone = _("Only one claim answers it yet: it is shown once there are two.") if len(lines) < 2 else ""
        return format_html("<ul>{}</ul>{}", words, alone)


class ArticleForm(EventsOfArticle, WhyForm):
    """An article has a title; other documents may have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = True


class _Reading(HistoryDesk):
    """What the desks of documents and of articles share."""

    search_fields = ["title", "publisher", "url", "slug"]
    date_hierarchy = "published"
    slug_from = "title"

    @admin.display(description=_("original"))
    def original(self, document: Document) -> SafeString | str:
        return original_link(document.url)

    @admin.display(description=_("on the site"))
    def public_page(self, document: Document) -> SafeString | str:
        return public_link(document) if document.pk and document.kind == Document.Kind.ARTICLE else "—"

    @admin.display(description=_("reports read from it"))
    def its_reports(self, document: Document) -> SafeString | str:
        if document.pk is None:
            return "—"
        held = getattr(document, "held", None)  # counted with the list; None where a past state is shown
        if held is None:
            held = Report.objects.filter(document=document.pk).count()
        return list_link(Report, figure(held), document__exact=document.pk) if held else figure(0)


@admin.register(Document)
class DocumentDesk(_Reading):
    """Bulletins and datasets, and articles as documents among them."""

    list_display = ["__str__", "slug", "kind", "publisher", "published", "language", "its_reports"]
    list_filter = ["kind", "language", "publisher"]
    ordering = ["kind", "-published", "slug"]
    readonly_fields = ["original", "public_page", "its_reports", "sha256", "its_article"]
    fixed_once_made = ["slug", "kind"]
    fieldsets = [
        (None, {"fields": ["kind", "title", "title_is_printed", "slug", "public_page", "its_article"]}),
        (_("Where it was read"), {"fields": ["url", "original", "publisher", "language", "licence"]}),
        (_("When"), {"fields": ["published", "published_note", "retrieved"]}),
        (_("What it says"), {"fields": ["text", "sha256", "its_reports", "note"]}),
        (_("Other languages"), {"fields": ["translations"], "classes": ["collapse"]}),
        (_("For the history"), {"fields": ["why"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(held=Count("reports"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        # The entries of a report point into the text it was read from: that text is not edited any more.
        if obj is not None and obj.kind != Document.Kind.ARTICLE and getattr(obj, "held", 0):
            return [*fields, "text"]
        return fields

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kind":  # an article has a desk of its own
            kwargs["choices"] = [choice for choice in Document.Kind.choices if choice[0] != Document.Kind.ARTICLE]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description=_("its claims"))
    def its_article(self, document: Document) -> SafeString | str:
        if document.kind != Document.Kind.ARTICLE:
            return "—"
        return desk_link(Article(pk=document.pk), str(_("claims and summary on the articles’ desk")))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.kind == Document.Kind.BULLETIN and "text" in form.changed_data:
            obj.sha256 = hashlib.sha256(obj.text.encode()).hexdigest() if obj.text else ""
        super().save_model(request, obj, form, change)


@admin.register(Article)
class ArticleDesk(ReadsArticles, _Reading):
    form = ArticleForm
    list_display = ["titled", "publisher", "published", "language", "claims_made", "public_page"]
    list_filter = ["publisher", "language", ("published", admin.EmptyFieldListFilter)]
    ordering = ["-published", "title"]
    readonly_fields = ["original", "public_page", "its_reports", "sha256"]
    inlines = [ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "title_is_printed", "slug", "public_page"]}),
        (_("Where it was read"), {"fields": ["url", "original", "publisher", "language", "licence"]}),
        (_("When"), {"fields": ["published", "published_note", "retrieved"]}),
        (_("What it says, in our own words"), {"fields": ["text", "events", "its_reports", "note"]}),
        (_("Other languages"), {"fields": ["translations"], "classes": ["collapse"]}),
        (_("For the history"), {"fields": ["why"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(made=Count("claims"))

    @admin.display(description=_("title"), ordering="title")
    def titled(self, article: Any) -> str:
        return str(article.word("title"))

    @admin.display(description=_("claims"), ordering="made")
    def claims_made(self, article: Any) -> str:
        return figure(article.made)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """An article's history is that of the document it is."""
        return HttpResponseRedirect(reverse("admin:conflict_document_history", args=[unquote(object_id)]))

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        address = reverse("admin:conflict_document_simple_history", args=[object_id, version_id])
        return HttpResponseRedirect(address)
