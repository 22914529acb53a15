"""The losses of chosen categories and days, and each category by itself."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest

from conflict.charts.chart import number_in_words
from conflict.models import Category
from conflict.queries import MEASURES
from tests.make import DAY_1000, D, make_days, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PAGES = ["/losses/", "/losses/tanks/"]


@pytest.fixture
def ledger():
    make_reference()
    publish_records(*make_days(40))


# -- Chosen categories and days -----------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [slug for slug, _words in MEASURES])
def test_the_table_holds_the_values_of_the_chart(client, ledger, measure, words_of):
    response = client.get(f"/losses/?category=personnel&category=tanks&measure={measure}")
    chart, rows = response.context["figure"].chart, response.context["table"].rows
    for column, trace in enumerate(chart.traces):
        assert [row.cells[column].value for row in rows] == list(trace.values)[::-1]
    words = words_of(response).partition("The figures of this chart")[2]
    for trace in chart.traces:
        decimals = trace.decimals
        known = [v.value for v in trace.values if v.value is not None]
        assert known
        assert all(number_in_words(round(value, decimals), decimals) in words for value in known)


def test_small_rates_keep_their_decimals_beside_large_ones(client, words_of):
    make_reference()
    publish_records(*(make_record(D(2024, 10, n), personnel=1000 * n, tanks=n // 2) for n in range(1, 32)))
    words = words_of(client.get("/losses/?category=personnel&category=tanks&measure=mean-30"))
    assert "31 Oct 2024 1,000 0.50" in words


def test_each_day_of_the_table_leads_to_its_report(client, ledger):
    page = client.get("/losses/?measure=total").content.decode()
    assert '<a href="/reports/2024-11-19/">19 Nov 2024</a></th><td class="num">739,004' in page
    months = client.get("/losses/?measure=per-month").content.decode()
    assert '<a href="/reports/2024-11/">November 2024</a>' in months


def test_days_without_a_report_are_noted_and_never_filled(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 11, 10), tanks=9300), make_record(D(2024, 11, 19), tanks=9381))
    words = words_of(client.get("/losses/?category=tanks&measure=change"))
    assert "the longest span without a report has 8 days" in words
    assert "11 Nov – 19 Nov 2024 9" in words  # the mean of the span, under the days it speaks of
    words = words_of(client.get("/losses/?category=tanks&measure=mean-30"))
    assert "19 Nov 2024 not known" in words


def test_the_range_cuts_the_values_and_keeps_what_was_before(client, ledger):
    response = client.get("/losses/?category=tanks&measure=change&from=2024-11-18&to=2024-11-19")
    values = response.context["figure"].chart.traces[0].values
    assert [(v.end, v.value) for v in values] == [(D(2024, 11, 18), 2), (D(2024, 11, 19), 2)]


def test_a_logarithmic_scale_is_drawn_as_such(client, ledger):
    response = client.get("/losses/?category=personnel&category=tanks&measure=total&scale=log")
    assert response.context["figure"].chart.scale == "log"
    assert '"type":"log"' in response.context["figure"].payload


def test_a_long_table_opens_its_newest_rows_and_one_year_at_a_time(client, words_of):
    make_reference()
    publish_records(*make_days(80, apart=8))
    newest = client.get("/losses/?measure=total")
    assert [row.last for row in newest.context["table"].rows][:1] == [DAY_1000]
    assert len(newest.context["table"].rows) == 30
    assert newest.context["table"].years == (2024, 2023)
    assert 'href="/losses/?measure=total&amp;year=2023"' in newest.content.decode()
    rows = client.get("/losses/?measure=total&year=2023").context["table"].rows
    assert {row.last.year for row in rows} == {2023}
    assert len(rows) == 80 - 41  # every eighth day of 2024 up to 19 November


@pytest.mark.parametrize(
    ("query", "label", "typed"),
    [
        ("from=2024-02-30", "From:", 'value="2024-02-30"'),
        ("from=2024-11-19&to=2024-11-01", "To:", 'value="2024-11-01"'),
        (
            "category=dragons&category=tanks",
            "Categories:",
            'value="tanks" id="id_category_1" aria-invalid="true" checked',
        ),
        ("measure=sum", "Measure:", ""),
        ("scale=square", "Scale:", ""),
        ("year=1999", "Year:", ""),
    ],
)
def test_a_faulty_query_is_refused_by_name_and_what_was_typed_stays(client, ledger, query, label, typed):
    response = client.get(f"/losses/?{query}")
    assert response.status_code == 400
    page = response.content.decode()
    assert re.search(rf'role="alert".*<b>{label}</b>', page, re.S)
    assert typed in page
    assert "data-chart" not in page


def test_what_was_typed_cannot_become_markup(client, ledger):
    page = client.get("/losses/?from=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&category=%3Cb%3E").content.decode()
    assert "<script>alert" not in page
    assert "<b>”" not in page


def test_htmx_gets_the_form_with_the_result_and_a_title(client, ledger):
    part = client.get("/losses/?category=tanks", headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert "<title>Tanks: reported losses a day, mean of 30 days · Conflict Ledger</title>" in text
    assert 'value="tanks" id="id_category_1" checked' in text
    refused = client.get("/losses/?from=x", headers={"HX-Request": "true"})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.content.decode()
    restored = client.get("/losses/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_a_category_without_figures_says_so(client, ledger, words_of):
    response = client.get("/losses/?category=submarines")
    assert response.status_code == 200
    assert "No figures in this range." in words_of(response)


def test_a_database_without_categories_says_what_to_load(client, words_of):
    response = client.get("/losses/")
    assert response.status_code == 200
    assert "loaddata reference" in words_of(response)


# -- All of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "queries"), [("/losses/", 6), ("/losses/tanks/", 6)])
def test_the_pages_cost_as_many_queries_at_any_size(client, queries_of, address, queries):
    make_reference()
    publish_records(*make_days(7))
    assert queries_of(address) == queries
    publish_records(*make_days(70, last=DAY_1000 - dt.timedelta(days=7)))
    for n in range(20):
        make_event(f"event-{n}", short_title=f"Event {n}", date=D(2024, 10, 1 + n))
    assert queries_of(address) == queries
    assert queries_of(f"{address}?year=2024&measure=total") == queries


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_have_no_inline_style_or_script_and_take_no_post(client, ledger, address):
    page = client.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json))", page)
    assert client.post(address).status_code == 405


@pytest.mark.sweep
@pytest.mark.parametrize("address", [*PAGES, "/losses/?measure=per-month"])
def test_every_link_of_the_pages_leads_somewhere(client, ledger, address):
    page = client.get(address).content.decode()
    addresses = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page))
    assert len(addresses) > 10
    broken = [a for a in addresses if client.get(a.replace("&amp;", "&")).status_code != 200]
    assert not broken


@pytest.mark.datasets
@pytest.mark.skipif(not DATA.exists(), reason="the public datasets are not at ../shared/data")
def test_the_pages_of_a_whole_dataset_stay_light(client, put_datasets):
    put_datasets("petroivaniuk")
    six = "&".join(f"category={c.slug}" for c in Category.objects.all()[:6])
    for address in ["/", "/losses/", f"/losses/?{six}", "/losses/personnel/"]:
        weight = len(gzip.compress(client.get(address).content))
        assert weight < 25_000, f"{address} weighs {weight} bytes on the wire"
    assert len(client.get(f"/losses/?{six}&measure=total&year=2024").content) < 400_000
