"""What is asked of a server, and what of its answer is taken for a page."""

import gzip
import random
import zlib

import httpcore2
import pytest

from conflict.intake import fetch as fetching
from conflict.intake.fetch import USER_AGENT, FetchError, fetch
from tests.intake.local_server import page, redirect
from tests.intake.test_fetch import allowed

LONG = random.Random(1).randbytes(400_000)  # noqa: S311  # more than one piece, packed too


def test_three_redirects_are_followed_and_a_fourth_is_not(server):
    for number in range(4):
        server.answers[f"/{number}"] = redirect(f"/{number + 1}", status="301 Moved Permanently")
    server.answers["/4"] = page(b"far")
    fetched = allowed(server, "/1")
    assert (fetched.body, fetched.url) == (b"far", f"http://127.0.0.1:{server.port}/4")
    with pytest.raises(FetchError, match="more than 3 redirects"):
        allowed(server, "/0")


@pytest.mark.parametrize(
    "status", ["300 Multiple Choices", "302 Found", "304 Not Modified", "404 Not Found", "500 Oops"]
)
def test_any_answer_but_a_page_is_an_error(server, status):
    server.answers["/"] = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    with pytest.raises(FetchError, match=f"answered with status {status[:3]}"):
        allowed(server)


def test_a_packed_page_is_unpacked(server):
    server.answers["/"] = page(gzip.compress(b"x" * 100_000), content_encoding="gzip")
    assert allowed(server, limit=100_000).body == b"x" * 100_000


def test_a_page_at_the_limit_is_taken_and_one_byte_more_is_not(server):
    server.answers["/"] = page(b"x" * 1000)
    assert len(allowed(server, limit=1000).body) == 1000
    with pytest.raises(FetchError, match="larger than 999 bytes"):
        allowed(server, limit=999)
    server.answers["/"] = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1000  # a length that was not announced
    with pytest.raises(FetchError, match="larger than 999 bytes"):
        allowed(server, limit=999)


def test_a_bomb_is_noticed_before_it_has_gone_off(server):
    import tracemalloc

    bomb = gzip.compress(bytes(300_000_000), compresslevel=9)
    assert len(bomb) < 300_000
    server.answers["/"] = page(bomb, content_encoding="gzip")
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than 20,000,000 bytes"):
        allowed(server)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000


@pytest.mark.parametrize(
    ("body", "packing", "sentence"),
    [
        (b"x" * 100, "br", "The page is packed in a way that was not asked for."),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip", "The page is packed in a way that was not asked for."),
        (b"x" * 100, "gzip", "The page says that it is packed with gzip, but it is not."),
        (gzip.compress(b"x" * 100)[:-6], "gzip", "The packed page breaks off before its end."),
        (gzip.compress(b"x") + gzip.compress(b"y"), "gzip", "Something follows the end of the packed page."),
    ],
    ids=["brotli", "twice", "not at all", "cut off", "and more"],
)
def test_a_page_packed_otherwise_than_it_says_is_refused(server, body, packing, sentence):
    server.answers["/"] = page(body, content_encoding=packing)
    with pytest.raises(FetchError) as refused:
        allowed(server)
    assert str(refused.value) == sentence


def test_a_page_that_breaks_off_is_no_page(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    with pytest.raises(FetchError, match="broke off"):
        allowed(server)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\n",
    ],
)
def test_what_is_not_http_is_refused(server, answer):
    server.answers["/"] = answer
    with pytest.raises(FetchError, match="broke off"):
        allowed(server)


@pytest.mark.parametrize("packing", ["", "identity", "gzip", "x-gzip", " GZIP "])
def test_a_page_of_many_pieces_arrives_whole(server, packing):
    body = gzip.compress(LONG) if "zip" in packing.lower() else LONG
    server.answers["/"] = page(body, **({"content_encoding": packing} if packing else {}))
    assert allowed(server).body == LONG


def test_the_limit_counts_all_pieces_packed_or_not(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\n\r\n" + LONG
    with pytest.raises(FetchError, match="larger than 399,999 bytes"):
        allowed(server, limit=399_999)
    server.answers["/"] = page(gzip.compress(LONG), content_encoding="gzip")
    with pytest.raises(FetchError, match="larger than 399,999 bytes"):
        allowed(server, limit=399_999)


def test_a_packed_page_that_goes_on_and_says_nothing_is_stopped_at_the_limit(server):
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    nothing = b"\x00\x00\x00\xff\xff"  # an empty block
    endless = packer.compress(b"x") + packer.flush(zlib.Z_SYNC_FLUSH) + nothing * 100_000
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + endless
    with pytest.raises(FetchError, match="larger than 400,000 bytes"):
        allowed(server, limit=400_000)


def test_a_page_that_says_it_is_too_large_is_not_waited_for(server):
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"
    with pytest.raises(FetchError, match="larger than 1,000 bytes"):
        allowed(server, limit=1000)


def test_the_request_says_who_asks_and_wants_one_answer(server):
    allowed(server)
    head, *lines = server.requests[0].decode().split("\r\n")
    assert head == "GET / HTTP/1.1"
    said = dict(line.split(": ", 1) for line in lines if line)
    assert said == {
        "Host": f"127.0.0.1:{server.port}",
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_a_page_without_a_type_has_none(server):
    assert allowed(server).content_type == ""


def test_a_redirect_to_what_is_no_address_says_so(server):
    server.answers["/"] = redirect("http://[::1::2]/")
    with pytest.raises(FetchError, match=r"^The page redirects to an address that is not a valid URL\.$"):
        allowed(server)
    server.answers["/"] = redirect("ftp://127.0.0.1/")
    with pytest.raises(FetchError, match=r"^The page redirects to an address that is refused\. Only addresses"):
        allowed(server)


def test_an_address_that_does_not_answer_leaves_time_for_the_next(monkeypatch):
    seconds = []

    def connect_tcp(self, host, port, timeout=None, **options):
        seconds.append(timeout)
        raise httpcore2.ConnectTimeout("silence")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect_tcp)
    with pytest.raises(FetchError, match=r"^No connection to two\.example could be made\.$"):
        fetch("http://two.example/", resolve=lambda host, port: ["8.8.8.8", "8.8.4.4"], timeout=8)
    assert 3.5 < seconds[0] <= 4
    assert 7 < seconds[1] <= 8


def test_certificates_are_the_system_s_and_no_variable_changes_them(monkeypatch):
    asked = []

    def create(**options):
        asked.append(options)
        raise FetchError("enough")

    monkeypatch.setattr(fetching.httpx2, "create_ssl_context", create)
    with pytest.raises(FetchError, match="enough"):
        fetch("https://public.example/", resolve=lambda host, port: ["8.8.8.8"])
    assert asked == [{"trust_env": False}]
