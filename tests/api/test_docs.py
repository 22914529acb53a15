"""The API's documentation, for people and programs, says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import resolve

from conflict.api import problems, questions
from conflict.api.docs import EXAMPLES, groups
from conflict.api.figures import COLUMNS
from conflict.api.routes import api
from conflict.intake.formulas import STARTS
from tests.api.conftest import body_of

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema():
    return api.get_openapi_schema()


def test_every_address_is_documented_and_every_documented_one_exists(schema):
    documented = set(re.findall(r"^\| `(/api/v1/[^`]+)` \|", TEXT, re.MULTILINE))
    assert documented == set(schema["paths"])


def test_every_problem_is_documented():
    documented = set(re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \|", TEXT, re.MULTILINE))
    assert documented == {(str(kind.status), kind.name) for kind in problems.KINDS}


def test_every_column_is_documented():
    figures = TEXT.partition("## The figures")[2].partition("## Versions")[0]
    assert all(f"`{column}`" in figures for column in COLUMNS)


def test_every_start_of_a_formula_is_documented():
    words = TEXT.partition("## CSV")[2].partition("## ")[0]
    printed = [start for start in STARTS if start.isascii() and start.isprintable()]
    assert all(f"`{start}`" in words for start in printed)
    assert "a tab or a line break, or with a wide form" in words


def test_the_description_is_openapi_3_1_and_names_every_answer(schema):
    assert schema["openapi"].startswith("3.1")
    for operations in schema["paths"].values():
        assert list(operations) == ["get"]
        responses = operations["get"]["responses"]
        assert {200, 304, 400, 429} <= set(responses)
        for status, response in responses.items():
            if status >= 400:
                assert list(response["content"]) == ["application/problem+json"]
        assert operations["get"]["description"]
        assert operations["get"]["tags"]


def test_the_description_is_served(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == set(api.get_openapi_schema()["paths"])


FORMS = {
    "losses.csv": questions.LossesExport,
    "losses.json": questions.LossesExport,
    "series/{category}.json": questions.SeriesQuery,
    "reports": questions.ReportsQuery,
    "reports/{date}.json": questions.VersionAsked,
    "versions": questions.PagedVersionQuery,
    "versions/{number}": questions.PagedQuery,
    "categories": questions.NothingAsked,
    "sources": questions.NothingAsked,
    "events": questions.EventsQuery,
    "articles": questions.ArticlesQuery,
    "claims": questions.ClaimsQuery,
    "findings": questions.FindingsQuery,
    "search": questions.SearchQuery,
    "compat/petroivaniuk/equipment.json": questions.CompatQuery,
    "compat/petroivaniuk/personnel.json": questions.CompatQuery,
    "compat/orc-losses/russian-losses.json": questions.CompatQuery,
}


def made(form):
    request = RequestFactory().get("/")
    if form is questions.LossesExport:
        return form(request, [])
    if form is questions.FindingsQuery:
        return form(request.GET, categories=[], datasets=[])
    if form is questions.EventsQuery:
        return form.of(request.GET)
    return form(request if issubclass(form, questions.VersionAsked) else request.GET)


@pytest.mark.parametrize(("path", "form"), FORMS.items())
def test_the_described_parameters_are_those_that_the_form_takes(schema, path, form):
    parameters = schema["paths"][f"/api/v1/{path}"]["get"]["parameters"]
    described = [p["name"] for p in parameters if p["in"] == "query"]
    assert set(described) == set(made(form).fields)
    assert len(set(described)) == len(described)
    assert all(p["description"] for p in parameters)


def test_the_forms_above_are_those_of_every_address(schema):
    assert {f"/api/v1/{path}" for path in FORMS} == set(schema["paths"])


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_of_the_page_gives_something(client, demo, example):
    response = client.get(f"/api/v1/{example}")
    assert response.status_code == 200
    assert len(body_of(response)) > 20, example


def test_the_page_shows_every_address_and_problem(client, django_assert_num_queries):
    with django_assert_num_queries(1):  # the frame's newest version
        page = client.get("/api/v1/docs").content.decode()
    for group in groups("en"):
        assert f'id="{group.place}"' in page
        for address in group.addresses:
            assert f'id="{address.name}"' in page
            assert address.path in page
    assert all(f'id="{kind.name}"' in page for kind in problems.KINDS)


def test_the_page_needs_nothing_from_elsewhere(client):
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "style=" not in page
    assert re.findall(r"<script(?![^>]*(?: src=|ld\+json))", page) == []
    fetched = re.findall(r'(?:src|<link (?!rel="(?:alternate|search)")[^>]*href)="([^"]+)"', page)
    assert fetched and all(src.startswith("/static/") for src in fetched)


def test_the_apis_own_address_leads_to_the_page(client):
    response = client.get("/api/v1/")
    assert (response.status_code, response["Location"]) == (302, "/api/v1/docs")
    assert resolve("/api/v1/docs").url_name == "api-docs"


def test_each_problem_leads_to_its_place_on_the_page(client):
    problem = client.get("/api/v1/nowhere").json()
    page, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


def test_the_page_stands_in_every_language_and_the_machines_addresses_in_none(client):
    page = client.get("/uk/api/v1/docs").content.decode()
    assert '<html lang="uk"' in page
    assert "Параметри:" in page
    assert 'href="http://testserver/api/v1/losses.csv?' in page  # the example: one address
    assert client.get("/uk/api/v1/losses.csv").status_code == 404
    for group in groups("en"):  # one place on the page in every language: problems and links lead to it
        assert f'id="{group.place}"' in page
        assert f">{group.name}<" not in page


def test_no_sentence_of_the_description_is_left_in_english():
    addresses = [address for group in groups("uk") for address in group.addresses]
    told = [words for a in addresses for words in (a.words, *(row.words for row in a.parameters))]
    told += [row.words for a in addresses for _name, rows in a.items for row in rows]
    assert told
    for words in filter(None, told):
        assert re.search("[а-яіїєґ]", "".join(piece for piece, is_code in words if not is_code)), words
