"""Pages compressed on their way: brotli where the browser takes it, gzip where it takes only that."""

from __future__ import annotations

import re

import brotli
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from conflict.web.kept import KEPT_SECONDS

QUALITY = 5  # of 11: beyond it a page of 100 KB takes tens of milliseconds for a few hundred bytes
QUALITY_KEPT = 10  # once for an answer that is kept: a tenth less for all who come after
SHORTEST = 200  # bytes; below it nothing is gained

_TAKES_BROTLI = re.compile(r"(?:^|,)\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?:,|$)")


class CompressionMiddleware(GZipMiddleware):
    """Compresses what Django's own middleware would, with brotli before gzip.

    The only secret in a page is the token of a form, which Django masks anew in each response, so that its length
    under compression tells nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not _TAKES_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        if response.has_header("Content-Encoding"):
            return response
        content = response.content  # type: ignore[attr-defined]
        if len(content) < SHORTEST or not _is_text(response):
            return response
        packed = _packed(response, content)
        if len(packed) >= len(content):
            return response
        response.content = packed  # type: ignore[attr-defined]
        response["Content-Length"] = str(len(packed))
        response["Content-Encoding"] = "br"
        etag = response.get("ETag", "")
        if etag.startswith('"'):
            response["ETag"] = f"W/{etag}"  # the same page, not the same bytes
        return response


def _packed(response: HttpResponseBase, content: bytes) -> bytes:
    """Compress a page; one that is kept as it is (`conflict.web.kept`) is compressed once, under its ETag."""
    if not (getattr(response, "is_kept", False) and response.has_header("ETag")):
        return bytes(brotli.compress(content, quality=QUALITY))
    key = f"br-{response['ETag']}"
    held: bytes | None = cache.get(key)
    if held is None:
        held = bytes(brotli.compress(content, quality=QUALITY_KEPT))
        cache.set(key, held, KEPT_SECONDS)
    return held


def _is_text(response: HttpResponseBase) -> bool:
    """Whether compression gains anything: pictures and archives are compressed already."""
    kind = str(response.get("Content-Type", "")).partition(";")[0]
    return kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
