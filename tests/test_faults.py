"""What answers where no view did: problems below /api/, pages elsewhere."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from conflict.api import reference
from conflict.models import Category

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.mark.parametrize("address", ["/api/", "/api/v2/losses.csv", "/api/v1/nothing", "/api/v1/losses.xml"])
def test_an_unknown_address_of_the_api_is_a_problem(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)
    said = answer.json()
    assert (said["status"], said["instance"]) == (404, address) and said["type"].endswith("#not-found")
    assert address in said["detail"] and answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/nothing/", "/apiary/", "/uk/nothing/"])
def test_an_unknown_address_elsewhere_is_a_page(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and answer.headers["Content-Type"].startswith("text/html")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Let the categories, which many addresses ask for, not be found for a fault of the database."""

    def fail(*_given, **_named):
        raise DatabaseError("the disk is gone at /var/secret")

    monkeypatch.setattr(type(Category.objects.all()), "_fetch_all", fail)
    monkeypatch.setattr(type(Category.objects.all()), "iterator", fail)
    return Client(raise_request_exception=False)


def test_a_failure_of_the_api_is_a_problem_that_tells_nothing_of_the_inside(broken: Client) -> None:
    assert reference.router
    answer = broken.get("/api/v1/categories")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    said = answer.json()
    assert said["status"] == 500 and said["type"].endswith("#failed")
    assert "secret" not in answer.content.decode() and "disk" not in answer.content.decode()
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.headers["Cache-Control"] == "no-store"


def test_a_failure_of_a_page_is_a_page(broken: Client) -> None:
    answer = broken.get("/losses/")
    assert answer.status_code == 500 and answer.headers["Content-Type"].startswith("text/html")
    assert "secret" not in answer.content.decode()


def test_the_kind_of_a_failure_is_documented(client: Client) -> None:
    assert 'id="failed"' in client.get("/api/v1/docs").content.decode()
