"""Addresses that are not downloaded for their form alone: each says why, and nothing is asked of any server."""

import pytest

from conflict.intake import fetch as fetching
from conflict.intake.fetch import FetchError, fetch

SAID = {
    "user": "An address with a user name or password is not downloaded.",
    "blank": "The address contains a blank or an invisible character.",
    "scheme": "Only addresses that begin with http:// or https:// can be downloaded.",
    "host": "The address names no host in the usual form.",
    "number": "The address writes its host as a number in an unusual way.",
    "url": "The address is not a valid URL.",
    "long": "The address is longer than 2,000 characters.",
}


def asks_nobody(host, port):
    raise AssertionError(f"{host} was asked for")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://name@public.example/", "user"),
        ("http://name:secret@public.example/", "user"),
        ("https://public.example@inside.example", "user"),
        ("http://name@public.example?next=http://other.example/", "user"),
        ("http://public.example/a b", "blank"),
        ("http://public.example/\u200b", "blank"),
        (" http://public.example/", "blank"),
        ("http://public.example/\n", "blank"),
        ("mailto:name@public.example", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("public.example/page", "scheme"),
        ("http:///page", "host"),
        ("http://-public.example/", "host"),
        ("http://[::1::2]/", "url"),
        ("http://" + "a." * 126 + "aa/", "host"),
        ("http://2130706433/", "number"),
        ("http://127.1/", "number"),
        ("http://public.example/".ljust(2001, "x"), "long"),
    ],
)
def test_an_address_of_another_form_is_refused_with_the_reason(url, why):
    with pytest.raises(FetchError) as refused:
        fetch(url, resolve=asks_nobody)
    assert str(refused.value) == SAID[why]


@pytest.mark.parametrize(
    "url",
    [
        "http://public.example/@name",
        "http://public.example/page?by=name@other.example",
        "http://public.example/?next=http://name@other.example/",
        "http://public.example/#name@other.example",
        "http://public.example?by=name@other.example",
        "HTTP://PUBLIC.EXAMPLE/",
        "http://public.example/".ljust(2000, "x"),
        "http://" + "a." * 126 + "a/",
    ],
)
def test_an_address_of_the_usual_form_goes_on_to_its_host(url):
    asked = []

    def resolve(host, port):
        asked.append((len(host), port))
        return []

    with pytest.raises(FetchError, match="has no address"):
        fetch(url, resolve=resolve)
    assert asked in ([(len("public.example"), 80)], [(253, 80)])


def test_a_resolver_of_the_system_is_asked_for_the_host_and_the_port(monkeypatch):
    asked = []

    def getaddrinfo(host, port, **options):
        asked.append((host, port))
        return [(None, None, None, "", ("192.0.2.1", port))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(FetchError, match=r"its address 192\.0\.2\.1 is for documentation"):
        fetch("https://public.example/")
    assert asked == [("public.example", 443)]


def test_an_allowed_ipv6_address_is_read_in_either_case():
    permits = fetching._Permits(["[FD00::AB]:8080", "[fd00::cd]"])
    assert permits.may_be_private("fd00::ab", 8080)
    assert permits.may_be_private("fd00::cd", 443)
    assert not permits.may_be_private("fd00::ab", 443)
