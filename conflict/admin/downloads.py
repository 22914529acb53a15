"""Reading an address that a curator gives: downloaded guardedly, reduced to text, every fault a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from conflict.intake.fetch import FetchError, fetch
from conflict.intake.webpages import LARGEST_PAGE, Page, PageError, read_page


class Unreadable(Exception):
    """An address that gave nothing to read: one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What an address gave; ``url`` is the address after all redirects."""

    url: str
    page: Page


def download(address: str) -> Downloaded:
    """Download an address and reduce it to text; raises `Unreadable` for one that cannot or must not be read."""
    try:
        fetched = fetch(address, allow_hosts=settings.FETCH_ALLOW_HOSTS, limit=LARGEST_PAGE)
        page = read_page(fetched.body, fetched.content_type)
    except (FetchError, PageError) as error:
        raise Unreadable(str(error)) from error
    if not page.text.strip():
        raise Unreadable("The page has no text that could be read.")
    return Downloaded(fetched.url, page)
