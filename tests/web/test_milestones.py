"""Milestones: all of them on one page, and the page of each milestone day."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as project
from django.utils import timezone

from conflict.models import Category, Claim, Document, Point, Source
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
FIRST = D(2022, 2, 24)
DATA = Path(project.BASE_DIR).parent / "shared" / "data"
PAGES = ["/milestones/", "/milestones/day-1000/"]


@pytest.fixture
def today(monkeypatch):
    """Give a function that sets the clock to a moment."""

    def set_clock(moment: dt.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


def daily(count: int, *, last: dt.date = DAY_1000, step: int = 1000, total: int = 0):
    """Return reports of ``count`` days in a row that end with ``last``; the first total is ``total``."""
    first = last - (count - 1) * DAY
    return [make_record(first + n * DAY, personnel=total + n * step, tanks=total + n) for n in range(count)]


@pytest.fixture
@once
def thousand():
    """Report all of the first 1,000 days: 100 people a day in the first half, 300 in the second."""
    make_reference()
    records = []
    for number in range(1, 1001):
        people = 100 * min(number, 500) + 300 * max(number - 500, 0)
        records.append(make_record(FIRST + (number - 1) * DAY, personnel=people, tanks=number))
    publish_records(*records)


def make_claim(article: str = "article", **fields):
    document, _ = Document.objects.get_or_create(
        slug=article, defaults={"kind": "article", "title": article.capitalize(), "text": "It says."}
    )
    return Claim.objects.create(
        document=document, **{"text": "A statement", "speaker": "Somebody", "certainty": "claimed", **fields}
    )


# -- All milestones -----------------------------------------------------------------------------------------


def test_an_empty_ledger_has_the_milestones_of_the_calendar_alone(client, words_of, today):
    today(dt.datetime(2024, 11, 19, 12, tzinfo=dt.UTC))
    response = client.get("/milestones/")
    words = words_of(response)
    assert "only the calendar has milestones" in words
    assert "Day 1,000 19 November 2024 no report" in words
    assert "Day 731 2 years 24 February 2024 no report" in words
    assert "27 February 2025 Day 1,100 100 days after 19 November 2024" in words
    assert "24 February 2025 3 years 97 days after 19 November 2024" in words
    assert "Record days" not in words
    assert b'href="/milestones/day-1000/"' in response.content


def test_days_come_with_what_was_reported_of_them(client, words_of):
    make_reference()
    publish_records(make_record(FIRST + 99 * DAY, tanks=5), make_record(DAY_1000, personnel=724050))
    words = words_of(client.get("/milestones/"))
    assert "Day 1,000 19 November 2024 724,050" in words
    assert "Day 100 3 June 2022 not stated" in words
    assert "Day 200 11 September 2022 no report" in words


def test_round_figures_name_the_first_report_or_the_days_it_may_have_been(client, words_of):
    make_reference()
    publish_records(
        make_record(D(2024, 3, 1), tanks=900, personnel=9000),
        make_record(D(2024, 3, 2), tanks=1000, personnel=9500),
        make_record(D(2024, 3, 10), tanks=1001, personnel=10001),
    )
    response = client.get("/milestones/")
    words = words_of(response)
    assert "1,000 2 March 2024 738" in words
    assert "10,000 between 3 March 2024 and 10 March 2024 739–746" in words
    assert b'href="/reports/2024-03-02/tanks/"' in response.content


def test_the_picture_marks_round_figures_and_days(client, thousand):
    page = client.get("/milestones/").content.decode()
    assert 'aria-label="14 April 2023: 50,000"' not in page  # day 415: 41,500 people
    assert 'aria-label="8 July 2023: 50,000"' in page  # day 500
    assert 'aria-label="19 November 2024: Day 1,000"' in page
    assert '<a href="/milestones/day-1000/" class="chart-event' in page
    assert "<template data-figure>" in page


def test_the_lanes_hold_the_milestones_of_the_tables_and_no_others(client, thousand):
    page = client.get("/milestones/").content.decode()
    lanes, tables = page.split('<ul class="lanes">')[1].split('id="next"', 1)
    lanes = lanes.split("</ul>")[0]
    drawn = set(re.findall(r'<a class="lane-stop" href="([^"]*)" tabindex="-1">', lanes))
    days = set(re.findall(r'<th scope="row"><a href="(/milestones/day-\d+/)"', tables))
    figures = set(
        re.findall(r'href="(/reports/[^"]*/)"', tables.split('id="figures"')[1].split('id="records"')[0])
    )
    assert drawn == days | figures
    assert len(days) >= 10 and figures
    assert "<title>Day 1,000 · 19 November 2024</title>" in lanes
    assert "<title>2 years · 24 February 2024</title>" in lanes
    assert re.search(r"<title>Tanks 500 · \d+ Jul 2023</title>", lanes)


def test_the_next_figure_has_a_range_of_two_paces(client, words_of):
    make_reference()
    # 10 a day for 60 days, then 20 a day for 30: 1,200 on the last.
    totals = [min(n, 60) * 10 + max(n - 60, 0) * 20 for n in range(91)]
    publish_records(
        *(make_record(DAY_1000 - (90 - n) * DAY, tanks=total) for n, total in enumerate(totals)),
    )
    words = words_of(client.get("/milestones/"))
    # 800 to go: 40 days at 20 a day; 60 days at 1,200 / 90.
    assert "Tanks 1,200 on 19 Nov 2024 2,000 20 13 between 29 Dec 2024 and 18 Jan 2025" in words
    assert "no report says so yet" in words


def test_a_pace_that_is_not_known_or_does_not_rise_gives_no_day(client, words_of):
    make_reference()
    young = [make_record(DAY_1000 - (40 - n) * DAY, tanks=100 + n, submarines=1) for n in range(41)]
    publish_records(*young)
    words = words_of(client.get("/milestones/"))
    assert "about 18 Jan 2025 at the pace of 30 days; the pace of 90 days is not known" in words
    assert "no rise in 30 days; the pace of 90 days is not known" in words


def test_a_pace_across_days_without_reports_says_so(client, words_of):
    make_reference()
    dates = [DAY_1000 - n * DAY for n in (100, 75, 50, 20, 0)]
    publish_records(*(make_record(date, tanks=100 + n) for n, date in enumerate(dates)))
    assert "estimated across days without a report" in words_of(client.get("/milestones/"))


def test_a_category_no_longer_stated_has_no_outlook(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 1, 1), submarines=1), *daily(40))
    words = words_of(client.get("/milestones/"))
    assert "so without an outlook: Submarines (1 January 2024)" in words
    assert "5 not known" not in words


def test_records_are_of_single_days_and_whole_months(client, words_of):
    make_reference()
    records = [make_record(D(2024, 8, 31) + n * DAY, tanks=10 * n) for n in range(31)]  # up to 30 September
    records.append(make_record(D(2024, 10, 1), tanks=355))
    records.append(make_record(D(2024, 10, 5), tanks=5000))  # four days: no day's record
    publish_records(*records)
    words = words_of(client.get("/milestones/"))
    assert "Tanks +55 1 Oct 2024 +300 September 2024" in words


def test_a_month_with_holes_at_its_borders_is_estimated(client, words_of):
    make_reference()
    publish_records(*(make_record(D(2024, 1, 10) + 20 * n * DAY, tanks=100 * n) for n in range(6)))
    words = words_of(client.get("/milestones/"))
    assert "Tanks not known about +" in words and "estimated across days without a report" in words


# -- One day ------------------------------------------------------------------------------------------------


def test_the_thousandth_day_without_a_ledger_says_so(client, words_of):
    words = words_of(client.get("/milestones/day-1000/"))
    assert "Tuesday, 19 November 2024" in words
    assert "The ledger holds no report yet." in words
    assert "No article in the ledger states anything" in words


def test_the_days_report_has_printed_and_computed_changes(client, words_of):
    make_reference()
    publish_records(
        make_record(DAY_1000 - DAY, personnel=722440, tanks=9365, artillery=20600),
        make_record(DAY_1000, personnel=(724050, 1610), tanks=(9382, 18), artillery=20632),
    )
    words = words_of(client.get("/milestones/day-1000/"))
    assert "Personnel 724,050 +1,610 +1,610" in words
    assert "Tanks 9,382 +18 +17 not as printed" in words
    assert "Artillery systems 20,632 not stated +32" in words
    assert "That is 724 a day since day 1. The mean of the 30 days up to it is not known" in words


def test_a_day_without_a_report_leads_to_the_nearest(client, words_of):
    make_reference()
    publish_records(make_record(DAY_1000 - 2 * DAY, tanks=1), make_record(DAY_1000 + DAY, tanks=2))
    response = client.get("/milestones/day-1000/")
    words = words_of(response)
    assert "No report of this day is in the ledger." in words
    assert "The nearest report before: 17 November 2024, day 998" in words
    assert "The nearest report after: 20 November 2024, day 1,001" in words
    assert b'href="/reports/2024-11-17/"' in response.content


def test_two_halves_stand_side_by_side(client, thousand, words_of):
    words = words_of(client.get("/milestones/day-1000/"))
    assert "Category Days 1–500 Days 501–1,000" in words
    assert "Personnel 50,000 100 a day 150,000 300 a day ×3.00" in words
    assert "Tanks 500 1.0 a day 500 1.0 a day ×1.00" in words
    assert "The mean of the 30 days up to it is 300 a day." in words
    # Day 366, a year since day 1, has halves of 183 days.
    assert "1 year since day 1" in (year := words_of(client.get("/milestones/day-366/")))
    assert "Days 1–183 Days 184–366" in year


def test_a_half_names_its_days_where_a_report_is_missing(client, words_of):
    make_reference()
    publish_records(make_record(FIRST + 489 * DAY, personnel=4900), make_record(FIRST + 994 * DAY, personnel=9950))
    words = words_of(client.get("/milestones/day-1000/"))
    assert "Personnel 4,900 10 a day up to day 490 5,050 10 a day days 491–995 ×1.00" in words


def test_a_half_too_far_from_any_report_is_not_known(client, words_of):
    make_reference()
    publish_records(make_record(FIRST + 489 * DAY, personnel=4900))
    assert "up to day 490 not known not known" in words_of(client.get("/milestones/day-1000/"))


def test_statements_are_grouped_by_certainty_and_speaker(client, words_of):
    make_event(date=DAY_1000)
    make_claim(text="It is so", certainty="confirmed", speaker="Zoe", date=DAY_1000)
    make_claim(text="It may be", certainty="claimed", speaker="Yuri", date=DAY_1000 - 3 * DAY)
    make_claim(text="It is not", certainty="claimed", speaker="Adam", date=DAY_1000 + 3 * DAY)
    make_claim(text="Far away", date=DAY_1000 - 4 * DAY)
    words = words_of(client.get("/milestones/day-1000/"))
    assert "What was stated that week 3 statements" in words
    assert "confirmed 1 claimed 2" in words
    assert "Claimed 2, by 2 speakers It is not Adam claimed In Article It may be Yuri" in words
    assert words.index("It is so") < words.index("It is not")
    assert "Far away" not in words


def test_an_undated_article_belongs_to_the_week_by_its_event_of_the_day(client, words_of):
    event = make_event(date=DAY_1000)
    make_claim("of-the-day", text="The day is reached").events.add(event)
    make_claim("of-the-day", text="Something else in it")
    make_claim("other", text="Another week").events.add(make_event("later", date=DAY_1000 + 9 * DAY))
    Document.objects.create(slug="dated", kind="article", title="Dated", published=D(2025, 6, 1))
    make_claim("dated", text="A look back").events.add(event)
    words = words_of(client.get("/milestones/day-1000/"))
    assert "Something else in it" in words and "The day is reached" in words
    assert "Another week" not in words and "A look back" not in words
    assert "Of-the-day its address is not known · the day of publication is not known · 2 statements here" in words


def test_a_sum_of_the_day_is_checked_and_repeated_figures_are_folded(client, words_of):
    make_reference()
    publish_records(make_record(DAY_1000, personnel=724050, tanks=9382, artillery=20632))
    total = make_claim(text="Together", figure=30014, date=DAY_1000, unit="pieces")
    total.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    staff = Source.objects.get(slug="general-staff")
    tanks = Category.objects.get(slug="tanks")
    make_claim(text="Tanks lost", figure=9382, date=DAY_1000, source=staff, category=tanks)
    response = client.get("/milestones/day-1000/")
    words = words_of(response)
    assert "9,382 Tanks + 20,632 Artillery systems = 30,014 ✓ as stated" in words
    assert "1 further figure of the source’s daily reports" in words
    folded = response.content.decode().split("<details", 1)[1].split("</details>")[0]
    assert "Tanks lost" in folded and "Together" not in folded


def test_the_weeks_events_begin_end_or_go_on_in_it(client, words_of):
    make_event("in", title="Inside", date=DAY_1000 - 3 * DAY)
    make_event("span", title="Covering", date=D(2024, 11, 1), end_date=D(2024, 12, 1), precision="span")
    make_event("month", title="Some day in November", date=D(2024, 11, 1), precision="month")
    make_event("before", title="Too early", date=DAY_1000 - 4 * DAY)
    make_event("ended", title="Over", date=D(2024, 11, 1), end_date=D(2024, 11, 15), precision="span")
    words = words_of(client.get("/milestones/day-1000/"))
    assert "Inside" in words and "Covering" in words
    assert not any(title in words for title in ("Some day in November", "Too early", "Over "))


def test_every_milestone_day_up_to_today_has_a_page_and_its_neighbours(client, words_of, today):
    today(dt.datetime(2023, 3, 12, 12, tzinfo=dt.UTC))
    page = client.get("/milestones/").content.decode()
    numbers = [int(n) for n in re.findall(r'href="/milestones/day-(\d+)/"', page)]
    assert sorted(set(numbers)) == [100, 200, 300, 366]
    for number in numbers:
        assert client.get(f"/milestones/day-{number}/").status_code == 200
    words = words_of(client.get("/milestones/day-300/"))
    assert "← Day 200 All milestones Day 366 →" in words
    assert "Day 400" not in words_of(client.get("/milestones/day-366/"))


@pytest.mark.parametrize(
    ("number", "words", "link"),
    [
        (1001, "Day 1,001 is 20 November 2024. Every hundredth day", "/milestones/day-1000/"),
        (999, "Day 999 is 18 November 2024.", "/milestones/day-1000/"),
        (1, "Day 1 is 24 February 2022.", "/milestones/day-100/"),
        (0, "names no day", "/milestones/"),
        (10**7, "names no day", "/milestones/"),
        (10**30, "names no day", "/milestones/"),
        (100000, "it lies in the future", "/milestones/"),
    ],
)
def test_what_is_no_milestone_leads_to_the_nearest(client, words_of, number, words, link):
    response = client.get(f"/milestones/day-{number}/")
    assert response.status_code == 404
    assert words in words_of(response)
    assert f'href="{link}"' in response.content.decode()


def test_a_milestone_to_come_says_when_it_comes(client, words_of, today):
    today(dt.datetime(2024, 11, 18, 12, tzinfo=dt.UTC))
    response = client.get("/milestones/day-1000/")
    assert response.status_code == 404
    words = words_of(response)
    assert "This milestone has not come yet" in words
    assert "Day 1,000 is 19 November 2024: it lies in the future, 1 day from now." in words
    assert "Day 900" in words


def test_a_day_that_is_no_milestone_leads_to_its_report(client):
    make_reference()
    publish_records(make_record(DAY_1000 + DAY, tanks=1))
    assert b'href="/reports/2024-11-20/"' in client.get("/milestones/day-1001/").content


# -- Days begin at midnight in the conflict's own zone ------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Europe/Kyiv", "2024-11-18T22:00:00"),  # UTC+2 in winter
        ("Pacific/Auckland", "2024-11-18T11:00:00"),
        ("America/New_York", "2024-11-19T05:00:00"),
        ("Pacific/Kiritimati", "2024-11-18T10:00:00"),
        ("UTC", "2024-11-19T00:00:00"),
    ],
)
def test_day_1000_begins_at_midnight_where_the_conflict_is(client, settings, today, zone, midnight):
    settings.TIME_ZONE = zone
    begins = dt.datetime.fromisoformat(midnight).replace(tzinfo=dt.UTC)
    today(begins - dt.timedelta(microseconds=1))
    assert client.get("/milestones/day-1000/").status_code == 404
    today(begins)
    assert client.get("/milestones/day-1000/").status_code == 200
    # The zone of whoever reads does not matter, only that of the conflict.
    with timezone.override("Asia/Tokyo" if zone == "America/New_York" else zone):
        assert client.get("/milestones/day-1000/").status_code == 200


@pytest.mark.parametrize(
    ("start", "moment"),
    [
        # Clocks in Kyiv go forward on 31 March 2024 and back on 27 October 2024: a day of 23 and one of 25 hours.
        (D(2023, 12, 23), "2024-03-30T22:00:00"),  # day 100 is 31 March: begins at UTC+2
        (D(2023, 12, 24), "2024-03-31T21:00:00"),  # day 100 is 1 April: begins at UTC+3
        (D(2024, 7, 20), "2024-10-26T21:00:00"),  # day 100 is 27 October: begins at UTC+3
        (D(2024, 7, 21), "2024-10-27T22:00:00"),  # day 100 is 28 October: begins at UTC+2
    ],
)
def test_a_day_of_23_or_25_hours_counts_as_one(client, settings, today, start, moment):
    settings.CONFLICT_START = start
    begins = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    today(begins - dt.timedelta(seconds=1))
    assert client.get("/milestones/day-100/").status_code == 404
    today(begins)
    assert client.get("/milestones/day-100/").status_code == 200


def test_a_leap_day_is_a_day_and_its_anniversary_comes_every_year(client, settings, words_of, today):
    settings.CONFLICT_START = D(2024, 2, 29)
    today(dt.datetime(2028, 3, 1, 12, tzinfo=dt.UTC))
    words = words_of(client.get("/milestones/"))
    assert "Day 366 1 year 28 February 2025" in words
    assert "Day 1,462 4 years 29 February 2028" in words
    assert "4 years since day 1" in words_of(client.get("/milestones/day-1462/"))


# -- Versions, cost, form -----------------------------------------------------------------------------------


@pytest.fixture
@once
def corrected():
    """Version 1 states 724,050 on day 1,000, version 2 states 724,060, and an earlier round figure."""
    make_reference()
    publish_records(
        make_record(D(2023, 1, 1), personnel=90000, tanks=1),
        make_record(D(2023, 1, 2), personnel=99999, tanks=2),
        make_record(DAY_1000, personnel=724050, tanks=3),
    )
    publish_records(
        make_record(D(2023, 1, 2), personnel=100000, tanks=2), make_record(DAY_1000, personnel=724060, tanks=3)
    )


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_the_figures_of_its_version(client, corrected, address):
    then = client.get(f"{address}?version=1").content.decode()
    now = client.get(address).content.decode()
    assert "724,050" in then and "724,060" not in then
    assert "724,060" in now
    assert then.count('class="asof"') == 1


def test_a_round_figure_is_passed_as_the_version_knew_it(client, corrected, words_of):
    assert "100,000 between 3 January 2023 and" in words_of(client.get("/milestones/?version=1"))
    assert "100,000 2 January 2023" in words_of(client.get("/milestones/"))


@pytest.mark.parametrize("address", [*PAGES, "/milestones/day-900/"])
def test_a_past_page_stays_the_same_whatever_comes_later(client, corrected, address, today):
    before = client.get(f"{address}?version=2").content
    make_event(date=DAY_1000, short_title="Named", title="A later event")
    make_claim(text="A later statement", date=DAY_1000)
    publish_records(make_record(DAY_1000, personnel=1, tanks=9), make_record(DAY_1000 + 100 * DAY, tanks=4))
    today(timezone.now() + dt.timedelta(days=400))
    assert client.get(f"{address}?version=2").content == before


@pytest.mark.parametrize("address", PAGES)
def test_links_of_a_past_page_stay_in_its_version(client, corrected, address):
    page = unescape(client.get(f"{address}?version=1").content.decode())
    main = page.split("<main", 1)[1].split("</main>")[0].split("</aside>")[-1]
    links = re.findall(r'<a [^>]*?href="(/(?:milestones|reports|losses)/[^"#]*)', main)
    assert len(links) > 5
    assert all("version=1" in link for link in links), links


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_cost_as_many_queries_at_any_size(client, queries_of, address):
    make_reference()
    event = make_event(date=DAY_1000, short_title="Named")
    make_claim(date=DAY_1000).events.add(event)
    publish_records(*daily(3))
    small = queries_of(address)
    publish_records(*daily(60, total=5000), *(make_record(DAY_1000, f"bulletin-{n}", tanks=7) for n in range(4)))
    for number in range(30):
        claim = make_claim(f"article-{number}", text=f"Statement {number}", figure=7, date=DAY_1000)
        claim.parts.set(Category.objects.all())
        claim.events.add(make_event(f"event-{number}", date=DAY_1000, short_title="Named"))
    assert queries_of(address) == small
    assert small == {"/milestones/": 3, "/milestones/day-1000/": 6}[address]


def test_a_milestone_without_a_report_costs_no_more(client, queries_of):
    make_reference()
    publish_records(*daily(3))
    make_claim(date=DAY_1000)
    assert queries_of("/milestones/day-900/") == 6


@pytest.mark.parametrize("address", [*PAGES, "/milestones/day-100/"])
def test_every_table_has_a_caption_and_nothing_is_inline(client, thousand, address):
    page = client.get(address).content.decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert tables and all("<caption" in table for table in tables)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|ld\+json))", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert client.post(address).status_code == 405


@pytest.mark.sweep
@pytest.mark.parametrize("address", PAGES)
def test_every_link_leads_somewhere(client, thousand, address):
    page = client.get(address).content.decode()
    addresses = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page))
    assert len(addresses) > 10
    assert not [a for a in addresses if client.get(unescape(a)).status_code != 200]


def test_words_from_the_database_are_escaped(client):
    make_claim(text="<script>alert(1)</script>", speaker="<b>", date=DAY_1000)
    assert b"<script>alert" not in client.get("/milestones/day-1000/").content


def test_the_footer_and_the_timeline_lead_to_milestones(client, corrected):
    assert b'href="/milestones/"' in client.get("/").content
    assert b'href="/milestones/day-1000/"' in client.get("/timeline/").content


# -- The demo and a whole dataset ---------------------------------------------------------------------------


def test_the_demo_tells_the_thousandth_day(client, demo, words_of):
    words = words_of(client.get("/milestones/day-1000/"))
    assert "about 724,050 +1,610 +1,610" in words
    for slug in ("a-thousand-days", "losses-2024-11-19"):
        for claim in Claim.objects.filter(document__slug=slug):
            assert " ".join(claim.text.split()) in words, claim
    assert "= 22,563 ✓ as stated" in words
    for number in (100, 366, 500, 731, 1500):
        assert client.get(f"/milestones/day-{number}/").status_code == 200
    assert "Round figures passed" in words_of(client.get("/milestones/"))


@pytest.mark.datasets
@pytest.mark.skipif(not DATA.exists(), reason="the public datasets are not at ../shared/data")
def test_a_whole_dataset_passes_its_figures_where_a_plain_search_finds_them(client, words_of, put_datasets):
    put_datasets("petroivaniuk")
    response = client.get("/milestones/")
    words = words_of(response)
    for slug, figure in (("personnel", 500_000), ("tanks", 10_000), ("artillery", 20_000)):
        points = Point.objects.standing().filter(category__slug=slug).order_by("date")
        first = next(p for p in points if p.total >= figure)
        written = f"{first.date.day} {first.date:%B %Y}"
        assert f"{figure:,} {written}" in words or f"and {written}" in words
    assert len(gzip.compress(response.content)) < 25_000
    assert len(gzip.compress(client.get("/milestones/day-1000/").content)) < 25_000
