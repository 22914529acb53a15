"""Streams compressed with brotli on their way, piece by piece; whole pages are `conflict.web.compression`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import brotli
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from conflict.web.compression import _TAKES_BROTLI, QUALITY

WINDOW = 18  # bits: with the usual 22, several megabytes are held back before the first byte goes out


class StreamCompressionMiddleware:
    """Compresses a stream for who takes brotli. It stands within the other, which leaves alone what is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse) or response.is_async:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        takes_it = _TAKES_BROTLI.search(request.headers.get("Accept-Encoding", ""))
        if response.has_header("Content-Encoding") or not takes_it:
            return response
        response.streaming_content = packed(response.streaming_content)  # type: ignore[arg-type]
        response["Content-Encoding"] = "br"
        del response["Content-Length"]
        if response.get("ETag", "").startswith('"'):
            response["ETag"] = f"W/{response['ETag']}"  # the same answer, not the same bytes
        return response


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Compress pieces in the memory of one brotli window."""
    compressor = brotli.Compressor(quality=QUALITY, lgwin=WINDOW)
    for piece in pieces:
        if out := compressor.process(piece):
            yield out
    yield compressor.finish()
