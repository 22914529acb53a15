"""The ledger as it stood: ?version=N on a page, and how long its response may be kept.

A version fixes the figures: the points, which readings counted, and who published them why. Events, articles,
claims and findings are edited outside the versions, so a page as of a version leaves them out. What remains of
it is the same whenever it is asked for, and it may be kept for good.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conflict.asking import CountField
from conflict.etags import FOR_GOOD, etag_of
from conflict.models import Version
from conflict.models.reports import stand_at as stand_at  # pages read it with the rest of this module
from conflict.web.context import newest_version
from conflict.web.errors import Way, missing, unreadable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Refuse = Callable[[HttpRequest, str], HttpResponse]
"""Answers why a version cannot be shown, given as a sentence."""

PARTIAL_HEADERS = ["HX-Request", "HX-History-Restore-Request", "HX-Target", "HX-Trigger"]


class VersionForm(forms.Form):
    """The version of the ledger that a page is asked to show; none is today's."""

    version = CountField(required=False)

    def clean_version(self) -> int | None:
        times = len(self.data.getlist("version")) if isinstance(self.data, QueryDict) else 1
        if times > 1:
            raise forms.ValidationError(_("The version is given %(times)d times."), params={"times": times})
        number: int | None = self.cleaned_data["version"]
        return number


class UnreadableVersion(ValueError):
    """What stands behind ``version=`` is no number of a version."""


class UnknownVersion(LookupError):
    """The ledger has no version of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def requested_version(request: HttpRequest) -> Version | None:
    """Return the version that a page is asked to show, ``None`` for today's. One query, if one is asked for.

    Raises ``UnreadableVersion`` and ``UnknownVersion``; ``as_of`` answers both with a page.
    """
    if not hasattr(request, "_version_asked"):
        number = None
        if "version" in request.GET:  # else there is nothing to read, and a form takes its time
            form = VersionForm(request.GET)
            if not form.is_valid():
                raise UnreadableVersion(str(form.errors["version"][0]))
            number = form.cleaned_data["version"]
        version = None if number is None else Version.objects.filter(number=number).first()
        if number is not None and version is None:
            raise UnknownVersion(number)
        request._version_asked = version  # type: ignore[attr-defined]
        if version is not None:
            # To a page as of a version, its frame and its forms, no later one exists.
            request._newest_version = version  # type: ignore[attr-defined]
    return shown_version(request)


def requested_number(request: HttpRequest) -> int | None:
    """Return the number of the requested version, as ``at_version`` takes it; ``None`` is today."""
    version = requested_version(request)
    return version.number if version else None


def shown_version(request: HttpRequest) -> Version | None:
    """Return the version that was asked for and exists, ``None`` elsewhere. No query, no error: for templates."""
    version: Version | None = getattr(request, "_version_asked", None)
    return version


def keep_version(request: HttpRequest, address: str) -> str:
    """Return an address of this site that shows the same version as the page on which it stands."""
    version = shown_version(request)
    return address if version is None else with_version(address, version.number)


def with_version(address: str, number: int | None) -> str:
    """Return an address with ``?version=`` set, or without it for ``None``; what else it asks stays."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query.pop("version", None)
    if number is not None:
        query["version"] = str(number)
    return urlunsplit(parts._replace(query=query.urlencode()))


def as_of(view: View[P], *, refuse: Refuse | None = None) -> View[P]:
    """Let a page take ``?version=N``: refuse what cannot be read, and say how long the answer may be kept.

    As of a version: for good, known again by the version's hash and the address. Without one: it must be asked
    for again each time, and is known by its own bytes, because it also shows what is edited outside the
    versions. ``refuse`` answers a version that there is not where a page is not what was asked for.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            version = requested_version(request)
            if version is None:
                return revalidated(request, view(request, *args, **kwargs))
            return _kept(request, version, lambda: view(request, *args, **kwargs))
        except UnreadableVersion as refusal:
            return (refuse or _unreadable_version)(request, str(refusal))
        except UnknownVersion as refusal:
            return (refuse or _unknown_version)(request, _no_such_version(request, refusal.number))

    respond.takes_version = True  # type: ignore[attr-defined]
    return respond


def takes_version(address: str) -> bool:
    """Whether the page at an address of this site can be read as of a version."""
    return getattr(resolve(address).func, "takes_version", False)


def _kept(request: HttpRequest, version: Version, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer from what the browser holds, without the page's own queries, or with what it may keep for good."""
    etag = etag_of(
        version.hash,
        request.build_absolute_uri(),
        get_language() or "",
        *(request.headers.get(name, "") for name in PARTIAL_HEADERS),
    )
    response: HttpResponse | None = None
    if request.headers.get("If-None-Match") != "*":  # "*" asks whether there is a page at all
        response = get_conditional_response(request, etag=etag)
    response = response or answer()
    if response.status_code in {200, 304}:
        response["ETag"] = etag
        response["Cache-Control"] = FOR_GOOD
        patch_vary_headers(response, PARTIAL_HEADERS)
    return response


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let an answer be kept, but asked for again each time: it is known by its own bytes."""
    if response.status_code != 200 or response.streaming:
        return response
    response["ETag"] = etag = etag_of(response.content)
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, PARTIAL_HEADERS)
    return get_conditional_response(request, etag=etag, response=response) or response


def _ways(request: HttpRequest) -> list[Way]:
    return [
        Way(with_version(request.get_full_path(), None), _("This page as the ledger stands today")),
        Way(reverse("versions"), _("All versions")),
    ]


def _unreadable_version(request: HttpRequest, sentence: str) -> HttpResponse:
    return unreadable(
        request,
        title=_("This version cannot be read"),
        explanation=f"{sentence} {_('A version is asked for by its number: ?version=1.')}",
        ways=_ways(request),
    )


def _no_such_version(request: HttpRequest, number: int) -> str:
    shown, newest = shown_version(request), newest_version(request)
    if shown is not None:
        words = _("The ledger had no version %(number)d yet when it stood at version %(newest)d.")
    elif newest is not None:
        words = _("There is no version %(number)d: the newest is %(newest)d.")
    else:
        words = _("There is no version %(number)d: the ledger is empty.")
    last = shown or newest
    return words % {"number": number, "newest": last.number if last else 0}


def _unknown_version(request: HttpRequest, sentence: str) -> HttpResponse:
    return missing(request, title=_("There is no such version"), explanation=sentence, ways=_ways(request))
