"""Every public address costs at most six queries, whatever the demo holds and as of any version.

Counted is every statement that the page sends, settings and the words of transactions included, with nothing kept
from before. Files that are made to be taken away, a package of data or a page of the API, are no pages.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern, URLPattern, URLResolver

from conflict.models import Actor, Article, Category, Event, Place, Report, Version
from conflict.queries import LEDGER
from conflict.web.asof import takes_version
from conflict.web.signposts import SITEMAPS
from tests.browser.screenshots import EXAMPLES, PAGES

pytestmark = pytest.mark.django_db

MOST = 6
NO_PAGES = {"package", "admin", "api"}
"""Names of addresses, or of what they are under, that are no pages."""

NARROWED = (
    "/?category=tanks&measure=change",
    "/losses/?category=tanks&category=uavs&measure=total&scale=log&from=2024-01-01",
    "/timeline/?actor=opcw&place=odesa&event=odesa-strike&q=odesa&certainty=confirmed",
    "/timeline/?q=chemical&actor=opcw",
    "/timeline/?event=odesa-strike",
    "/timeline/?on=11-19",
    "/timeline/feed.atom?actor=opcw&place=odesa&event=odesa-strike&q=odesa",
    "/embed/timeline/?actor=opcw&place=odesa&event=odesa-strike&q=odesa",
    "/map/?theme=strike&from=2024-01-01",
    *(f"/integrity/?kind={kind}" for kind in ("gap", "disagreement", "repeat", "sum", "unknown-category")),
    "/integrity/?state=explained",
    "/integrity/?category=tanks&page=2",
    "/search/?q=a",
    "/search/?q=ukraine",
    "/search/?q=ukraine&page=2",
    "/search/?q=ukraine&type=claim&year=2024",
    "/search/?q=nothing+holds+all+of+this",
    "/compare/sources/?date=2024-11-19",
    "/versions/1/?page=2",
    "/oembed?url=http://testserver/losses/?category=tanks",
    "/oembed?url=http://testserver/timeline/?actor=opcw",
)
WRONG = (
    *("/nothing/", "/events/nothing/", "/articles/nothing/", "/actors/nothing/", "/places/nothing/"),
    *("/losses/nothing/", "/reports/2024-02-30/", "/reports/2022-01-01/", "/reports/2031-01-01/tanks/"),
    *("/milestones/day-7/", "/milestones/day-99999/", "/versions/99/", "/?version=99", "/timeline/?theme=x"),
)
IN_UKRAINIAN = ("/uk/", "/uk/timeline/", "/uk/integrity/", "/uk/reports/2024-11-19/", "/uk/actors/opcw/")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def demo(demo_of_the_file: None, db: None) -> None:
    """Give the test the demo."""


def addresses() -> list[str]:
    """Return an address of every page, several where what they hold is not alike."""
    days = sorted(set(Report.objects.once_published().of(**LEDGER).values_list("date", flat=True)))
    some = {*days[:: len(days) // 5], days[-1], *(day for day in days if str(day) in PAGES["figure"])}
    found = [path.format(**EXAMPLES) for name, path in PAGES.items() if name != "not-found"]
    for day in sorted(some):
        found += [f"/reports/{day}/", f"/reports/{day}.png", f"/reports/{day:%Y-%m}/", f"/reports/{day}/tanks/"]
        found += [f"/embed/figure/{day}/personnel/"]
    found += ["/events/day-1000/around/", "/places/odesa/", "/actors/ukraine/", "/articles/a-thousand-days/"]
    for rows, room in ((Event, "events"), (Place, "places"), (Actor, "actors"), (Article, "articles")):
        found += [f"/{room}/{slug}/" for slug in rows.objects.order_by("slug").values_list("slug", flat=True)[::9]]
    for slug in Category.objects.values_list("slug", flat=True)[::6]:
        found += [f"/losses/{slug}/{part}" for part in ("", "rankings/", "calendar/", "years/")]
    found += [f"/versions/{number}/" for number in Version.objects.values_list("number", flat=True)]
    found += [f"/milestones/day-{number}/" for number in (100, 700, 1000, 1096, 1100, 1500)]
    found += [f"/sitemap-{section}.xml" for section in SITEMAPS]
    found += ["/losses.csv", "/losses.json", "/losses.svg", "/losses.png", "/milestones/day-1000.png"]
    found += ["/events/odesa-strike.png", "/milestones/calendar.ics", "/timeline/feed.atom", "/oembed?url=x"]
    found += ["/feeds/reports.atom", "/feeds/corrections.atom", "/sitemap.xml", "/robots.txt", "/opensearch.xml"]
    found += ["/styleguide/", *NARROWED]
    return list(dict.fromkeys(found))


def cost(client: Client, address: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Return how many statements an answer costs with nothing kept, and the answer's status and address."""
    cache.key_prefix = uuid.uuid4().hex
    with CaptureQueriesContext(connection) as sent:
        response = client.get(address, headers=headers)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[arg-type]
    assert response.status_code in {200, 302, 400, 404}, address
    return len(sent), f"{response.status_code} {address}{' (htmx)' if headers else ''}"


def assert_few(costs: list[tuple[int, str]]) -> None:
    """Print what each costs, the most expensive first, and refuse more than ``MOST``."""
    dear = sorted(costs, reverse=True)
    print(*(f"{count:3} {what}" for count, what in dear), sep="\n")
    assert [f"{count} {what}" for count, what in dear if count > MOST] == []


@pytest.mark.sweep
def test_every_page_costs_at_most_six_queries(client: Client, demo: None) -> None:
    assert_few([cost(client, address) for address in (*addresses(), *IN_UKRAINIAN, *WRONG)])


@pytest.mark.sweep
def test_every_page_as_of_a_version_costs_at_most_six_queries(client: Client, demo: None) -> None:
    taking = [address for address in addresses() if takes_version(address.partition("?")[0])]
    versions = [f"{address}{'&' if '?' in address else '?'}version=2" for address in taking]
    assert len(versions) > 30
    assert_few([cost(client, address) for address in versions])


@pytest.mark.sweep
def test_every_part_of_a_page_costs_at_most_six_queries(client: Client, demo: None) -> None:
    parts = [path for path in addresses() if re.match(r"/($|\?|losses/|timeline/|map/|integrity/|search/)", path)]
    assert_few([cost(client, path, HTMX) for path in parts])


@pytest.mark.sweep
def test_an_account_of_nothing_costs_at_most_six_queries(client: Client) -> None:
    paths = [path.format(**EXAMPLES) for path in PAGES.values()]
    assert_few([cost(client, path) for path in [*paths, "/sitemap.xml", "/feeds/reports.atom", "/losses.csv"]])


def test_every_address_of_the_site_is_among_those_that_are_counted(demo: None) -> None:
    counted = {resolve(path.partition("?")[0]).url_name for path in addresses()}
    assert set(_names(get_resolver())) - counted - NO_PAGES == set()


def _names(resolver: URLResolver) -> Iterator[str]:
    """Yield the names of all addresses but those of rooms of their own: the admin and the API."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or ""
        elif isinstance(pattern.pattern, LocalePrefixPattern):
            yield from _names(pattern)
