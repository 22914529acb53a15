"""What pages say to machines as JSON-LD: valid, escaped, and only what is on the page."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from conflict.models import Document, Version
from tests.make import D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db
TRICK = 'A "paper"</script><script>alert(1)</script> & <!--'


@pytest.fixture(autouse=True)
def ledger() -> None:
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 17)))
    make_event()
    Document.objects.create(
        slug="paper", kind="article", title=TRICK, url="https://example.org/a", publisher="A paper", language="en"
    )
    Document.objects.create(slug="named", kind="article", title="Our title", title_is_printed=False)


def nodes(client: Client, address: str) -> dict[str, dict]:
    page = client.get(address).content.decode()
    scripts = re.findall(r"<script[^>]*>", page)
    assert not [script for script in scripts if "src=" not in script and "ld+json" not in script]
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    said = json.loads(found[0])
    assert said["@context"] == "https://schema.org"
    return {node["@type"]: node for node in said["@graph"]}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/losses/",
        "/losses/tanks/",
        "/reports/2024-11-19/",
        "/about/",
        "/data/",
        "/articles/paper/",
        "/search/?q=a",
    ],
)
def test_every_page_names_the_site(client: Client, address: str) -> None:
    said = nodes(client, address)
    assert said["WebSite"]["url"] == said["Organization"]["url"] == "http://testserver/"


def test_a_page_that_is_not_there_names_the_site_too(client: Client) -> None:
    assert set(nodes(client, "/nothing/")) == {"WebSite", "Organization"}


def test_nothing_on_a_page_ends_the_script(client: Client) -> None:
    page = client.get("/articles/paper/").content.decode()
    assert "<script>alert" not in page
    about = nodes(client, "/articles/paper/")["WebPage"]["about"]
    assert about["headline"] == TRICK


def test_an_article_is_what_our_page_is_about_and_not_our_own(client: Client) -> None:
    said = nodes(client, "/articles/paper/")
    assert said["WebPage"]["url"] == "http://testserver/articles/paper/"
    assert said["WebPage"]["about"]["@type"] == "Article"
    assert said["WebPage"]["about"]["publisher"]["name"] == "A paper"
    assert "NewsArticle" not in said and "datePublished" not in said["WebPage"]["about"]
    assert "headline" not in nodes(client, "/articles/named/")["WebPage"]["about"]  # that title is ours


@pytest.mark.parametrize("address", ["/data/", "/losses/", "/losses/?category=tanks"])
def test_the_dataset_names_version_hash_licence_and_files(client: Client, address: str) -> None:
    said = nodes(client, address)["Dataset"]
    newest = Version.objects.newest()
    assert said["version"] == str(newest.number) and said["identifier"] == f"sha256:{newest.hash}"
    assert said["license"].startswith("https://creativecommons.org/")
    for part in said["distribution"]:
        path = part["contentUrl"].removeprefix("http://testserver")
        assert client.head(path).status_code == 200


def test_a_past_page_names_its_own_version(client: Client) -> None:
    publish_records(make_record(D(2024, 11, 18), tanks=9366))
    assert nodes(client, "/losses/?version=1")["Dataset"]["version"] == "1"


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/losses/tanks/", ["Overview", "Losses", "Tanks"]),
        ("/reports/2024-11-19/", ["Overview", "Reports", "2024-11-19"]),
        ("/events/an-event/", ["Overview", "Timeline", "An event"]),
        ("/articles/paper/", ["Overview", "Articles", TRICK]),
        ("/data/use/", ["Overview", "Data", "Use"]),
    ],
)
def test_a_page_says_where_it_stands(client: Client, address: str, names: list[str]) -> None:
    steps = nodes(client, address)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == names
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[-1]["item"] == f"http://testserver{address}"
    for step in steps:
        assert client.get(step["item"].removeprefix("http://testserver")).status_code == 200


def test_linked_data_cost_no_query(client: Client, queries_of) -> None:
    assert queries_of("/about/") == 4  # three of the page and the newest version, as before


def test_a_request_under_another_name_is_refused_without_linked_data(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400 and "ld+json" not in answer.content.decode()
