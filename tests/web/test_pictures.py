"""Weeks of all categories, small multiples, a category's calendar and its years."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.make import DAY_1000, D, make_days, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db

PAGES = ["/compare/weeks/", "/compare/categories/", "/losses/tanks/calendar/", "/losses/tanks/years/"]


@pytest.fixture
@once
def ledger():
    make_reference()
    publish_records(*make_days(80, apart=1))


@pytest.mark.parametrize("address", PAGES)
def test_a_picture_costs_as_many_queries_at_any_size(client, queries_of, address):
    make_reference()
    publish_records(*make_days(7))
    assert queries_of(address) == 3
    publish_records(*make_days(120, last=DAY_1000 - dt.timedelta(days=7)))
    assert queries_of(address) == 3


@pytest.mark.parametrize("address", PAGES)
def test_a_picture_of_an_empty_ledger_says_so(client, address, words_of):
    make_reference()
    response = client.get(address)
    assert response.status_code == 200
    words = words_of(response)
    assert "The ledger holds no report yet" in words or "No two reports in the ledger" in words


@pytest.mark.parametrize("address", PAGES)
def test_a_picture_has_no_inline_style_or_script_and_takes_no_post(client, ledger, address):
    page = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json))", page)
    assert client.post(address).status_code == 405


@pytest.mark.sweep
@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_picture_leads_somewhere_at_the_same_version(client, ledger, address):
    publish_records(make_record(DAY_1000 + dt.timedelta(days=1), tanks=9200))
    page = client.get(f"{address}?version=1").content.decode()
    addresses = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page))
    assert len(addresses) > 10
    for link in addresses:
        link = link.replace("&amp;", "&")
        assert client.get(link).status_code == 200, link
    of_the_version = {a for a in addresses if a.startswith(("/losses/", "/compare/w", "/compare/p", "/reports/2"))}
    others = {
        a for a in of_the_version if a not in (address, "/compare/wars/")
    }  # the page today; no version there
    assert others
    assert all("version=1" in a for a in others)


@pytest.mark.parametrize("address", PAGES)
def test_a_picture_as_of_a_version_shows_what_it_showed_then(client, ledger, address):
    before = client.get(f"{address}?version=1").content
    publish_records(make_record(DAY_1000 + dt.timedelta(days=1), tanks=12_000))
    assert client.get(f"{address}?version=1").content == before
    assert client.get(address).content != before
    assert "immutable" in client.get(f"{address}?version=1")["Cache-Control"]
    assert client.get(f"{address}?version=9").status_code == 404


@pytest.mark.parametrize("address", [a for a in PAGES if "years" not in a])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("year=1999", "The account covers the years 2022 to"),
        ("year=x", "“x” is not a whole number above zero."),
        ("year=2023&year=2024", "More than one value is given."),
    ],
)
def test_a_year_that_cannot_be_opened_is_refused_by_name(client, ledger, address, query, sentence, words_of):
    response = client.get(f"{address}?{query}")
    assert response.status_code == 400
    assert sentence in words_of(response)


@pytest.mark.parametrize("address", ["/losses/dragons/calendar/", "/losses/dragons/years/"])
def test_pictures_of_an_unknown_category_are_missing(client, ledger, address):
    response = client.get(address)
    assert response.status_code == 404
    assert 'href="/losses/tanks/"' in response.content.decode()


# -- Weeks --------------------------------------------------------------------------------------------------


def test_the_table_of_weeks_says_what_the_picture_does(client, words_of):
    make_reference()
    first = D(2024, 1, 7)
    publish_records(*(make_record(first + dt.timedelta(days=7 * n), tanks=10 * n * n) for n in range(5)))
    response = client.get("/compare/weeks/")
    page = response.content.decode()
    pictured = re.findall(r"<title>([^:<]*): ([^<]*)</title>", page)
    assert pictured == [
        ("8 Jan – 14 Jan 2024", "10"),
        ("15 Jan – 21 Jan 2024", "30"),
        ("22 Jan – 28 Jan 2024", "50"),
        ("29 Jan – 4 Feb 2024", "70"),
    ]
    words = words_of(response)
    for days, figure in pictured:
        assert f"{days} {figure}" in words
    assert "Tanks 40 70 29 Jan – 4 Feb 2024 4" in words  # the mean and the highest week, of four


def test_a_category_that_was_never_stated_has_no_row(client, ledger):
    page = client.get("/compare/weeks/").content.decode()
    assert "Submarines" not in page.partition("<section")[2].partition("</section>")[0]
    assert "Tanks" in page.partition("<section")[2].partition("</section>")[0]


def test_the_table_opens_one_year(client):
    make_reference()
    publish_records(*make_days(70, apart=7))
    newest = client.get("/compare/weeks/").context["table"]
    assert (len(newest.rows), newest.years) == (30, (2024, 2023))
    rows = client.get("/compare/weeks/?year=2023").context["table"].rows
    assert {row.last.year for row in rows} == {2023}


# -- Small multiples ----------------------------------------------------------------------------------------


def test_every_category_that_is_stated_has_a_picture_with_its_own_highest_month(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2024, 1, 31), personnel=1000, tanks=100),
        make_record(D(2024, 2, 29), personnel=30000, tanks=129),
        make_record(D(2024, 3, 31), personnel=31000, tanks=439),
    )
    response = client.get("/compare/categories/")
    words = words_of(response)
    assert "Personnel highest 1,000 a day, Feb 2024" in words
    assert "Tanks highest 10 a day, Mar 2024" in words
    assert [str(category) for category, _small in response.context["smalls"]] == ["Personnel", "Tanks"]
    assert "each has a scale of its own" in words
    assert "March 2024 32 10" in words


def test_a_month_that_one_category_covers_in_part_is_one_row(client):
    make_reference()
    publish_records(
        *(make_record(D(2024, 10, n), personnel=1000 * n) for n in range(1, 32)),
        *(make_record(D(2024, 11, n), personnel=31000 + n, tanks=9 * n) for n in range(1, 20) if n > 9),
    )
    rows = client.get("/compare/categories/").context["table"].rows
    assert [row.days for row in rows] == ["November 2024", "October 2024"]
    assert [cell.value is not None for cell in rows[0].cells] == [True, True]
    assert [cell.value is not None for cell in rows[1].cells] == [True, False]


# -- One category -------------------------------------------------------------------------------------------


def test_the_calendar_hatches_days_without_a_report_and_says_how_many(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2022, 2, 25), tanks=10),
        make_record(D(2022, 2, 26), tanks=40),
        make_record(D(2022, 3, 1), tanks=46),
        make_record(D(2022, 3, 2), tanks=46),
    )
    response = client.get("/losses/tanks/calendar/")
    page, words = response.content.decode(), words_of(response)
    assert re.findall(r'href="#(\w+)"[^>]*/?><title>([^<]*)</title>', page) == [
        ("unknown", "24 Feb 2022: not stated"),
        ("unknown", "25 Feb 2022: first figure: no change is known"),
        ("s2", "26 Feb 2022: 30"),
        ("unknown", "27 Feb 2022: not stated"),
        ("unknown", "28 Feb 2022: not stated"),
        ("m1", "1 Mar 2022: 2 a day, the mean of 3 days"),
        ("none", "2 Mar 2022: 0"),
    ]
    assert "2 days between the first report and the last have none of their own: they are hatched" in words
    assert "1 Mar 2022 2.0 the mean of 3 days" in words
    assert "2 Mar 2022 0" in words
    assert "up to 2" in words and "above 2" in words  # the legend is in numbers


def test_the_calendar_s_table_holds_the_changes_of_the_ledger(client, ledger):
    rows = client.get("/losses/personnel/calendar/").context["table"].rows
    totals = {record.date: {e.category: e.total for e in record.entries} for record in make_days(80)}
    for value in rows:
        before = totals[value.end - dt.timedelta(days=1)]["personnel"]
        assert value.value == totals[value.end]["personnel"] - before


def test_each_year_is_a_column_beside_the_others(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2023, 1, 31), tanks=0),
        make_record(D(2023, 2, 28), tanks=56),
        make_record(D(2024, 1, 31), tanks=200),
        make_record(D(2024, 2, 29), tanks=345),
    )
    response = client.get("/losses/tanks/years/")
    assert [trace.label for trace in response.context["chart"].traces] == ["2023", "2024"]
    assert "February 2 5" in words_of(response)
    assert "March not known –" in words_of(response)  # inside a span of 337 days; and not reached


def test_a_single_report_gives_no_change(client, words_of):
    make_reference()
    publish_records(make_record(tanks=5))
    assert "so no change is known" in words_of(client.get("/losses/tanks/calendar/"))
    assert "so no rate is known" in words_of(client.get("/losses/tanks/years/"))
