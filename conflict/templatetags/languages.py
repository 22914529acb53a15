"""The languages of a page: where the same page stands in each of them."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from conflict.templatetags.linked import known_host

register = template.Library()


class InLanguage(NamedTuple):
    """One page in one language: the language's code and its own name, and the page's address."""

    code: str
    name: str
    address: str
    current: bool


@register.simple_tag(takes_context=True)
def page_languages(context: template.Context) -> list[InLanguage]:
    """Return this page, with what it was asked, in every language of the site; none for a page of no address.

    An address that no page has (the page of error 404) leads to itself and is left out.
    """
    request = known_host(context)
    if request is None:
        return []
    here, current = request.get_full_path(), get_language() or settings.LANGUAGE_CODE
    found = [
        InLanguage(code, name, translate_url(here, code), code == current) for code, name in settings.LANGUAGES
    ]
    return found if len({page.address for page in found}) > 1 else []


@register.filter
def absolute(address: str, request: HttpRequest) -> str:
    """Return an address of this site with scheme and host, as other sites need it."""
    return request.build_absolute_uri(address)
