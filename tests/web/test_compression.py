import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from conflict.web.compression import CompressionMiddleware

TEXT = "Total since day 1. " * 100


def answered(accepted, response=None):
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return CompressionMiddleware(lambda _request: response or HttpResponse(TEXT, headers={"ETag": '"a"'}))(request)


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br, zstd", "gzip,br;q=0.5", "br ; q=1.0"])
def test_brotli_is_sent_where_it_is_taken(accepted):
    response = answered(accepted)
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(response.content).decode() == TEXT
    assert int(response["Content-Length"]) == len(response.content)
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"] == 'W/"a"'


@pytest.mark.parametrize("accepted", ["gzip", "gzip, br;q=0", "br;q=0.0, gzip", "gzip, brr"])
def test_gzip_is_sent_where_brotli_is_not_taken(accepted):
    response = answered(accepted)
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == TEXT


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(bytes(1000), content_type="image/png"),
        HttpResponse(TEXT, headers={"Content-Encoding": "zstd"}),
        StreamingHttpResponse([TEXT]),
    ],
    ids=["short", "picture", "compressed already", "streaming"],
)
def test_what_gains_nothing_is_left_as_it_is(response):
    before = response.get("Content-Encoding", "")
    assert answered("br", response).get("Content-Encoding", "") == before


def test_the_site_compresses_its_pages(client, db):
    response = client.get("/about/", headers={"accept-encoding": "br"})
    assert response["Content-Encoding"] == "br"
    assert b"<!doctype html>" in brotli.decompress(response.content)[:200]
