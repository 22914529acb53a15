"""The desk "Read an article": its address or its text gives a proposal, a curator writes summary and claims.

The publisher's text is the curator's to work with while the session lasts. What is stored is the address, the
SHA-256 of what was read, our own summary, and claims, with the speaker's words only where they are quoted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.article_texts import keep_text, kept_text, text_of_session
from conflict.admin.desks import desk_url
from conflict.admin.downloads import Unreadable, download
from conflict.admin.fields import WebAddressField
from conflict.analysis.quotations import find_each, find_words
from conflict.intake.languages import language_of
from conflict.intake.webpages import Page, PageError, read_html
from conflict.models import Article, Claim, Event

LONGEST_TEXT = 200_000


class ArticleReadForm(forms.Form):
    """An address, a text, or both: then the text is taken as what the address gave."""

    url = WebAddressField(
        label=_("Address"), required=False, max_length=500, widget=forms.URLInput(attrs={"class": "vURLField"})
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(
            attrs={"rows": 12, "class": "vLargeTextField", "dir": "auto", "spellcheck": "false"}
        ),
        help_text=_("As text or as the HTML of the page. Where a text is given, the address is not downloaded."),
    )

    def read(self) -> tuple[str, Page]:
        """Return the address and the page; raises ValidationError with a sentence for what cannot be read."""
        address, text = self.cleaned_data["url"], self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            if text and _is_html(text):
                page = read_html(text)
            elif text:
                page = Page(text)
            elif address:
                downloaded = download(address)
                address, page = downloaded.url, downloaded.page
            else:
                raise ValidationError(gettext("Give an address or a text."))
        except (Unreadable, PageError) as error:
            raise ValidationError(str(error)) from error
        if len(page.text) > LONGEST_TEXT or not page.text.strip():
            raise ValidationError(gettext("This has no text, or too much of it for an article."))
        return address, page


def _is_html(text: str) -> bool:
    """Whether a pasted text is the source of a page, and not one that people read."""
    return (
        text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<head", "<body", "<article", "<div", "<p"))
    )


class EventsOfArticle(forms.ModelForm):
    """Adds the events that an article supports: the link is stored with the event."""

    events = forms.ModelMultipleChoiceField(
        Event.objects.all(), label=_("Events that it supports"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Its own widget searches as one types; the field of claims leads to the same events.
        field: Any = self.fields["events"]
        field.widget = AutocompleteSelectMultiple(
            Claim._meta.get_field("events"), admin.site, choices=field.choices
        )
        if self.instance.pk:
            self.initial.setdefault("events", self.instance.events.all())


class ClaimsOfText(BaseInlineFormSet):
    """Claims of an article: a new quotation must stand in the text that was read, as long as that is at hand."""

    def clean(self) -> None:
        """Refuse a quotation that the article does not have."""
        super().clean()
        text = getattr(self.instance, "_text_read", "")
        for form in self.forms if text else ():
            values = getattr(form, "cleaned_data", {})
            if not values.get("quoted") or values.get("DELETE") or not form.has_changed():
                continue
            if find_words(text, values.get("text") or "") is None:
                form.add_error(
                    "text",
                    _("These words do not stand in the text that was read: quote exactly, or take the tick away."),
                )


class ReadsArticles(admin.ModelAdmin):
    """The part of the articles' desk that reads: propose what a page states, keep its text for the session."""

    def get_urls(self) -> list[Any]:
        return [
            path("read/", self.admin_site.admin_view(self.read_view), name="conflict_article_read"),
            *super().get_urls(),
        ]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """Read an address or a text, and lead to the form of a new article with what it states filled in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ArticleReadForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                address, page = form.read()
            except ValidationError as error:
                form.add_error("text" if form.cleaned_data["text"] else "url", error)
            else:
                return self._propose(request, address, page)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        context |= {"title": gettext("Read an article"), "form": form}
        return TemplateResponse(request, "admin/conflict/reading/article.html", context)

    def _propose(self, request: HttpRequest, address: str, page: Page) -> HttpResponse:
        sha256 = keep_text(request, page.text)
        held = Article.objects.filter(sha256=sha256).first() or (
            Article.objects.filter(url=address).first() if address else None
        )
        if held is not None:
            self.message_user(request, gettext("This article is there already."), messages.INFO)
            return HttpResponseRedirect(f"{desk_url(held)}?{urlencode({'read': sha256})}")
        stated = {
            "read": sha256,
            "url": address,
            "title": page.title,
            "publisher": page.publisher,
            "published": page.published.isoformat() if page.published else "",
            "language": page.language or language_of(page.text),
            "retrieved": timezone.localdate().isoformat(),
        }
        given = {name: value for name, value in stated.items() if value}
        return HttpResponseRedirect(f"{reverse('admin:conflict_article_add')}?{urlencode(given)}")

    # -- The form of one article ----------------------------------------------------------------------------

    def _text_for(self, request: HttpRequest, article: Article | None) -> tuple[str, str]:
        """Return the SHA-256 and the text that this session has of an article, "" and "" if it has none."""
        sha256 = request.POST.get("read") or request.GET.get("read") or ""
        text = kept_text(request, sha256)
        if not text and article is not None:
            sha256, text = article.sha256, text_of_session(request, article)
        return (sha256, text) if text else ("", "")

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Hand the text to the claims, which check their quotations by it."""
        obj._text_read = self._text_for(request, obj if obj.pk else None)[1]
        return super().get_formset_kwargs(request, obj, inline, prefix)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Remember what was read by its hash, and when."""
        sha256, text = self._text_for(request, obj if obj.pk else None)
        if text and obj.sha256 != sha256:
            obj.sha256 = sha256
            obj.retrieved = obj.retrieved or timezone.localdate()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool) -> None:
        """Link the events; each gets a line in its own history."""
        super().save_related(request, form, formsets, change)
        if "events" not in form.cleaned_data:
            return
        article = form.instance
        before, after = set(article.events.all()), set(form.cleaned_data["events"])
        article.events.set(after)
        for event in before ^ after:
            words = gettext("article linked: %s") if event in after else gettext("article no longer linked: %s")
            event._change_reason = (words % article)[:100]
            event.save()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        article = kwargs.get("obj")
        sha256, text = self._text_for(request, article)
        claims = list(article.claims.order_by("order")) if article is not None and text else []
        context |= {
            "read": sha256,
            "text_read": text,
            "passages": passages_of(text, claims),
            "may_read_figures": article is not None and text and request.user.has_perm("conflict.add_report"),
        }
        return super().render_change_form(request, context, *args, **kwargs)


def passages_of(text: str, claims: list[Claim]) -> list[tuple[str, Claim | None]]:
    """Cut a text into passages, each with the claim whose words it is; [] where no claim stands in it verbatim."""
    found = find_each(text, [claim.text for claim in claims])
    passages: list[tuple[str, Claim | None]] = []
    done = 0
    for start, end, place in found:
        passages += [(text[done:start], None), (text[start:end], claims[place])]
        done = end
    return [*passages, (text[done:], None)] if found else []
