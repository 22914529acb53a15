"""The first page: the news, the day's table, the chart, the state of the account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from conflict.models import Category
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

BEFORE = DAY_1000 - dt.timedelta(days=1)


@pytest.fixture
def ledger():
    make_reference()
    publish_records(
        make_record(BEFORE, personnel=722440, tanks=9365, artillery=20600),
        make_record(DAY_1000, personnel=(724050, 1610), tanks=(9382, 17), artillery=20632),
    )


def days(count: int, *, last: dt.date = DAY_1000, step: int = 1000):
    """Return reports of ``count`` days in a row; the daily change is ``step``."""
    first = last - dt.timedelta(days=count - 1)
    return [
        make_record(first + dt.timedelta(days=n), personnel=700000 + n * step, tanks=9000 + n)
        for n in range(count)
    ]


def headline_of(response) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    return re.sub(r"<[^>]*>", "", found[1]).strip()


# -- The news -----------------------------------------------------------------------------------------------


def test_an_empty_ledger_says_how_to_fill_it(client, words_of):
    response = client.get("/")
    assert response.status_code == 200
    assert headline_of(response) == "No report yet"
    assert "manage.py loaddata demo" in words_of(response)


def test_the_headline_names_the_printed_change_of_a_day(client, ledger, words_of):
    response = client.get("/")
    assert headline_of(response) == "Ukraine reports 1,610 Russian soldiers killed or wounded in a day"
    words = words_of(response)
    assert "Day 1,000 of the full-scale invasion · report of 19 November 2024" in words
    assert "724,050 since 24 February 2022, about, says the General Staff of Ukraine" in words
    assert "computed from two totals" not in words


def test_the_headline_says_when_the_days_figure_is_computed(client, words_of):
    make_reference()
    publish_records(*days(2))
    response = client.get("/")
    assert headline_of(response) == "Ukraine reports 1,000 Russian soldiers killed or wounded in a day"
    assert "The day’s figure is computed from two totals." in words_of(response)


@pytest.mark.parametrize(
    ("before", "last", "sentence"),
    [
        ((BEFORE, 700000), 700001, "Ukraine reports 1 Russian soldier killed or wounded in a day"),
        ((BEFORE, 700000), 700000, "Ukraine reports no further Russian soldiers killed or wounded in a day"),
        ((BEFORE, 700000), 699000, "Ukraine lowers its total of Russian soldiers killed or wounded by 1,000"),
        (
            (D(2024, 11, 12), 700000),
            707000,
            "Ukraine reports 7,000 more Russian soldiers killed or wounded since 12 November 2024",
        ),
        (
            (D(2024, 11, 12), 700000),
            699000,
            "Ukraine lowers its total of Russian soldiers killed or wounded by 1,000 since 12 November 2024",
        ),
    ],
)
def test_the_headline_claims_no_more_than_was_reported(client, before, last, sentence):
    make_reference()
    publish_records(make_record(before[0], personnel=before[1]), make_record(personnel=last))
    assert headline_of(client.get("/")).replace("\u00a0", " ") == sentence


def test_a_first_report_gives_a_total_and_no_day(client):
    make_reference()
    publish_records(make_record(personnel=(724050, 1610)))
    expected = "Ukraine reports 724,050 Russian soldiers killed or wounded up to 19 November 2024"
    assert headline_of(client.get("/")) == expected


def test_a_report_without_personnel_leaves_the_last_total_with_its_own_date(client):
    make_reference()
    publish_records(make_record(BEFORE, personnel=722440), make_record(tanks=9382))
    expected = "Ukraine reports 722,440 Russian soldiers killed or wounded up to 18 November 2024"
    assert headline_of(client.get("/")) == expected


def test_a_ledger_without_personnel_has_a_page(client):
    make_reference()
    publish_records(make_record(tanks=9382))
    assert headline_of(client.get("/")) == "Ukraine reports Russian losses up to 19 November 2024"


@pytest.mark.parametrize(("change", "word"), [(2000, "above"), (1040, "near"), (500, "below")])
def test_the_day_is_set_beside_the_usual_rate(client, words_of, change, word):
    make_reference()
    usual = days(40)
    last = usual[-1].entries[0].total + change
    publish_records(*usual, make_record(DAY_1000 + dt.timedelta(days=1), personnel=last))
    mean = round((29 * 1000 + change) / 30)
    assert f"That is {word} the mean of the last 30 days ({mean:,})." in words_of(client.get("/"))


@pytest.mark.parametrize(
    ("age", "sentence"),
    [
        (0, "The latest report is of today."),
        (1, "The latest report is of yesterday."),
        (12, "The latest report is 12 days old."),
    ],
)
def test_the_page_says_how_fresh_the_latest_report_is(client, words_of, age, sentence):
    make_reference()
    publish_records(*days(2, last=timezone.localdate() - dt.timedelta(days=age)))
    words = words_of(client.get("/"))
    assert sentence in words
    assert (f"{age} days old" in words.split("Russian soldiers")[0]) == (age > 1)


# -- The day's table ----------------------------------------------------------------------------------------


def test_a_change_that_is_not_printed_is_not_stated_and_the_computed_one_is_marked(client, ledger, words_of):
    words = words_of(client.get("/"))
    assert "Tanks 9,382 +17" in words
    assert "Artillery systems 20,632 not stated +32 computed" in words


def test_where_nothing_is_printed_the_column_says_computed(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 11, 10), tanks=9300), make_record(tanks=9382))
    words = words_of(client.get("/"))
    assert "Change, computed" in words
    assert "Tanks 9,382 +82 in 9 days" in words
    assert "not stated" not in words


def test_a_printed_zero_is_a_zero(client, words_of):
    make_reference()
    publish_records(make_record(BEFORE, tanks=9382), make_record(tanks=(9382, 0)))
    assert "Tanks 9,382 0" in words_of(client.get("/"))


def test_only_the_newest_report_stands_as_current(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 4, 30), artillery=1701), make_record(tanks=9382))
    words = words_of(client.get("/"))
    current, _, earlier = words.partition("Not in this report: the last that was stated")
    assert "Tanks 9,382" in current
    assert "Artillery systems" not in current.partition("Totals since day 1")[2]
    assert "Artillery systems 1,701 30 Apr 2024" in earlier
    assert "Submarines" not in words  # nothing was ever stated of them


def test_a_figure_on_which_readings_differ_is_marked_and_leads_to_the_report(client, ledger, words_of):
    publish_records(make_record(document="petroivaniuk", tanks=9383, artillery=20632))
    response = client.get("/")
    assert "Tanks 2 readings differ 9,382" in words_of(response)
    assert response.content.decode().count('class="mark" href="/reports/2024-11-19/"') == 1


def test_the_rate_is_not_known_where_reports_are_too_far_apart(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 8, 1), tanks=8000), make_record(tanks=9382))
    assert "in 110 days not known" in words_of(client.get("/"))


# -- The rest of the page -----------------------------------------------------------------------------------


def test_the_account_counts_days_differences_and_falls(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2024, 11, 15), personnel=700000, tanks=9000),
        make_record(D(2024, 11, 16), personnel=701000, tanks=8999),
        make_record(D(2024, 11, 19), personnel=702000, tanks=9010),
    )
    publish_records(
        make_record(D(2024, 11, 15), "petroivaniuk", personnel=700000),
        make_record(D(2024, 11, 16), "petroivaniuk", personnel=701001, tanks=8998),
    )
    words = words_of(client.get("/"))
    assert "3 days reported between 15 Nov 2024 and 19 Nov 2024" in words
    assert "2 days between them without a report here" in words
    assert "1 day on which all readings agree" in words
    assert "1 day on which they differ, in 2 figures; the latest is 16 Nov 2024" in words
    assert "1 fall of a total" in words
    assert "2 versions of the ledger" in words


def test_the_latest_events_stand_with_their_certainty(client, ledger):
    for n in range(7):
        make_event(f"event-{n}", title=f"Event {n}", date=D(2024, 11, 1 + n), certainty="claimed")
    page = client.get("/").content.decode()
    assert [n for n in range(7) if f"Event {n}<" in page] == [2, 3, 4, 5, 6]
    assert page.count('data-certainty="claimed"') == 5


def test_events_with_a_short_title_stand_on_the_chart(client):
    make_reference()
    publish_records(*days(60))
    make_event("kursk", title="Incursion into Kursk", short_title="Kursk incursion", date=D(2024, 10, 20))
    make_event("nameless", date=D(2024, 10, 21))
    page = client.get("/").content.decode()
    assert 'href="/events/kursk/" class="chart-event' in page
    assert 'href="/events/nameless/" class="chart-event' not in page


def test_the_chart_can_be_another_measure_and_range(client, ledger, words_of):
    assert "Personnel: reported losses a day, mean of 30 days" in words_of(client.get("/"))
    words = words_of(client.get("/?measure=total&from=2024-11-18"))
    assert "Personnel: reported losses since day 1" in words


def test_htmx_gets_the_chart_alone_and_the_history_the_whole_page(client, ledger):
    part = client.get("/?measure=total", headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<div id="figure">')
    assert "<html" not in part.content.decode()
    restored = client.get("/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()
    for response in (part, restored, client.get("/")):
        assert {"HX-Request", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))


def test_a_query_that_cannot_be_read_is_refused_by_name(client, ledger, words_of):
    response = client.get("/?from=2024-02-30")
    assert response.status_code == 400
    assert "From: “2024-02-30” is not a day of the calendar." in words_of(response)


def test_a_past_version_shows_the_ledger_as_it_stood(client, ledger, words_of):
    publish_records(make_record(DAY_1000 + dt.timedelta(days=1), personnel=725660))
    assert "report of 20 November 2024" in words_of(client.get("/"))
    words = words_of(client.get("/?version=1"))
    assert "report of 19 November 2024" in words
    assert "as it stood at version 1" in words


def test_the_overview_costs_six_queries_at_any_size(client, queries_of):
    make_reference()
    publish_records(*days(7))
    make_event("one", short_title="One", date=D(2024, 11, 1))
    assert queries_of("/") == 6
    earlier = days(70, last=DAY_1000 - dt.timedelta(days=7))
    publish_records(*earlier, *(make_record(r.date, "orc-losses", tanks=1) for r in days(7)))
    for n in range(20):
        make_event(f"event-{n}", short_title=f"Event {n}", date=D(2024, 10, 1 + n))
    Category.objects.create(slug="ships", name="Ships", order=9)
    assert queries_of("/") == 6


def test_the_chart_alone_costs_four_queries(client, ledger, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/?measure=total", headers={"HX-Request": "true"})


def test_the_page_has_no_inline_style_or_script_and_takes_no_post(client, ledger):
    page = client.get("/").content.decode()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json))", page)
    assert client.post("/").status_code == 405


def test_every_link_of_the_page_leads_somewhere(client, ledger):
    make_event("kursk", short_title="Kursk", date=D(2024, 11, 18))
    page = client.get("/").content.decode()
    addresses = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page))
    assert {"/reports/2024-11-19/", "/losses/tanks/", "/events/kursk/", "/about/#how-sure"} <= addresses
    broken = [a for a in addresses if client.get(a.replace("&amp;", "&")).status_code != 200]
    assert not broken
