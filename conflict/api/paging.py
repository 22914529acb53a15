"""Long lists in pages: where the next begins is kept in a cursor, so that nothing inserted meanwhile shifts it.

A cursor holds the order's values of the last row that was given and, for what lives in versions, the version at
which the first page was read: the pages of one walk are all of the same ledger. It is signed, belongs to one
address with its filters, and tells nobody anything; follow the ``Link`` headers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conflict.api.entrance import headers_of
from conflict.asking import CountField

A_PAGE, MOST = 100, 1000

Row = TypeVar("Row", bound=Model)


class LimitField(CountField):
    """How many rows a page has at most, up to ``MOST``; none is ``default``."""

    def __init__(self, *, default: int | None = A_PAGE, **kwargs: Any) -> None:
        self.default = default
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        if number is not None and number > MOST:
            raise forms.ValidationError(_("A page has at most %(most)d rows."), params={"most": MOST})
        return number or self.default


class CursorField(forms.CharField):
    """Where a page begins, as a ``Link`` header gives it: the version of the walk and the last row's values."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.purpose = ""

    def clean(self, value: Any) -> tuple[int | None, list[Any]] | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            purpose, version, key = _SIGNER.unsign_object(text)
        except (BadSignature, ValueError, TypeError):
            purpose = None
        if purpose is None or purpose != self.purpose:
            raise forms.ValidationError(
                _("This cursor is not one of this address with these filters: begin again without it.")
            )
        return version, key


class PagedForm(forms.Form):
    """The two parameters of every long list."""

    limit = LimitField(label=gettext_lazy("Limit"), required=False)
    cursor = CursorField(label=gettext_lazy("Cursor"), required=False)


_SIGNER = Signer(salt="conflict.api.cursor")


def purpose_of(request: HttpRequest) -> str:
    """Name what a cursor is for: the address and its filters, in any order."""
    asked = sorted((n, v) for n, values in request.GET.lists() if n not in {"limit", "cursor"} for v in values)
    return hashlib.sha256(repr((request.path, asked)).encode()).hexdigest()[:16]


def take(
    request: HttpRequest,
    rows: QuerySet[Row],
    *,
    order: Sequence[str],
    page: dict[str, Any],
    version: int | None = None,
) -> list[Row]:
    """Return a page of rows in an order that tells any two apart, and link the next one. One query.

    ``order`` are names as ``order_by`` takes them, none of them ever null; ``page`` is the form's cleaned data.
    """
    rows = rows.order_by(*order)
    if page["cursor"]:
        rows = rows.filter(beyond(order, page["cursor"][1]))
    found = list(rows[: page["limit"] + 1])
    if len(found) > page["limit"]:
        found.pop()
        link_next(request, [_value(found[-1], name.lstrip("-")) for name in order], version=version)
    return found


def beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Ask for what comes after a row: greater in the first name that differs, less where the order descends."""
    condition, same = Q(), Q()
    for name, value in zip(order, key, strict=True):
        field, way = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        condition |= same & Q(**{f"{field}__{way}": value})
        same &= Q(**{field: value})
    return condition


def link_next(request: HttpRequest, key: Sequence[Any], *, version: int | None = None) -> None:
    """Put the addresses of the next and the first page into the ``Link`` header."""
    values = [value.isoformat() if isinstance(value, dt.date) else value for value in key]
    cursor = _SIGNER.sign_object([purpose_of(request), version, values])
    following, first = request.GET.copy(), request.GET.copy()
    following["cursor"] = cursor
    first.pop("cursor", None)
    links = [f'<{_address(request, following)}>; rel="next"', f'<{_address(request, first)}>; rel="first"']
    headers_of(request)["Link"] = ", ".join(links)


def _address(request: HttpRequest, query: QueryDict) -> str:
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}" if query else request.path)


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for step in name.split("__"):
        value = getattr(value, step)
    return value
