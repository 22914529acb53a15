"""Error pages: designed, in the site's frame, with the right status and a way on."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory

from conflict.web import errors

NAVIGATION = '<nav aria-label="Main">'


@pytest.fixture
def request_of_nobody():
    """Give a request as it is where middleware failed before it said who asks."""
    return RequestFactory().get("/somewhere/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("handler", "exception", "status", "words"),
    [
        (errors.bad_request, SuspiciousOperation(), 400, "This address cannot be read"),
        (errors.forbidden, PermissionDenied(), 403, "This page is not open to you"),
        (errors.not_found, None, 404, "There is no such page"),
    ],
)
def test_an_error_page_stands_in_the_frame_with_ways_on(request_of_nobody, handler, exception, status, words):
    response = handler(request_of_nobody, exception)
    page = response.content.decode()
    assert response.status_code == status
    assert f"Error {status}" in page
    assert words in page
    assert NAVIGATION in page
    assert '<a href="/timeline/">the timeline</a>' in page


def test_a_fault_of_ours_asks_nothing_of_the_database(request_of_nobody):
    response = errors.server_error(request_of_nobody)  # the database is closed to this test
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong here" in page
    assert NAVIGATION in page
    assert '<a href="/about/">' in page


@pytest.mark.parametrize(("address", "words"), [("/", "The fault is ours"), ("/uk/losses/", "Помилка наша")])
def test_without_a_database_every_page_says_so_in_its_language(address, words):
    response = Client(raise_request_exception=False).get(address)  # the database is closed to this test
    assert response.status_code == 500
    assert words in response.content.decode()


def test_a_fault_of_ours_is_told_even_where_the_templates_are_what_broke(request_of_nobody, settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": []}]
    response = errors.server_error(request_of_nobody)
    assert response.status_code == 500
    assert b"Something went wrong here" in response.content


@pytest.mark.django_db
def test_the_site_answers_with_these_pages(client, monkeypatch):
    assert b"Error 404" in client.get("/nothing/").content
    assert client.get("/", headers={"host": "bad_host!"}).status_code == 400

    def fail(*_args: object, **_fields: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("conflict.web.about.render", fail)
    broken = Client(raise_request_exception=False).get("/about/")
    assert broken.status_code == 500
    assert b"The fault is ours" in broken.content


@pytest.mark.django_db
def test_a_form_without_its_secret_is_refused_in_the_frame():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert b"The form was refused" in response.content


@pytest.mark.django_db
def test_what_was_asked_is_escaped_on_the_page_that_refuses_it(request_of_nobody):
    response = errors.missing(request_of_nobody, title="<i>x</i>", explanation="<b>y</b>")
    assert b"<i>" not in response.content
    assert b"<b>y" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nothing/", "/reports/2024-02-30/", "/timeline/?theme=x", "/events/x/"])
def test_an_error_page_keeps_the_policy_against_inline_styles_and_scripts(client, address):
    response = client.get(address)
    page = response.content.decode()
    assert "style-src 'self'" in response.headers["Content-Security-Policy"]
    assert "style=" not in page
    assert "<style" not in page
