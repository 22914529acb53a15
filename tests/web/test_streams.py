"""Streams on their way to the reader: compressed piece by piece, as the reader takes it."""

from __future__ import annotations

import gzip
import random

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from conflict.web.compression import CompressionMiddleware
from conflict.web.streams import StreamCompressionMiddleware

PIECES = [random.Random(n).randbytes(4000).hex().encode() for n in range(200)]  # noqa: S311


def answered(accepted, response):
    """Answer through both middlewares, as the settings have them."""
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return CompressionMiddleware(StreamCompressionMiddleware(lambda _request: response))(request)


@pytest.mark.parametrize(("accepted", "name"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")])
def test_a_stream_is_compressed_piece_by_piece(accepted, name):
    made = []

    def pieces():
        for piece in PIECES:
            made.append(piece)
            yield piece

    response = answered(accepted, StreamingHttpResponse(pieces(), headers={"ETag": '"a"', "Content-Length": "1"}))
    assert response.streaming
    assert (response["Content-Encoding"], response["ETag"]) == (name, 'W/"a"')
    assert not response.has_header("Content-Length")
    assert "Accept-Encoding" in response["Vary"]
    assert made == []
    stream = iter(response)
    first = next(stream)
    assert len(made) < len(PIECES)
    whole = first + b"".join(stream)
    assert (brotli if name == "br" else gzip).decompress(whole) == b"".join(PIECES)


@pytest.mark.parametrize("response", [HttpResponse("short"), HttpResponse("x", headers={"ETag": '"a"'})])
def test_what_is_no_stream_is_left_to_the_other(response):
    request = RequestFactory().get("/", headers={"accept-encoding": "br"})
    same = StreamCompressionMiddleware(lambda _request: response)(request)
    assert not same.has_header("Content-Encoding")


def test_a_stream_that_is_compressed_already_is_left_as_it_is():
    response = StreamingHttpResponse([b"x"], headers={"Content-Encoding": "zstd"})
    assert answered("br", response)["Content-Encoding"] == "zstd"
    assert b"".join(response) == b"x"
