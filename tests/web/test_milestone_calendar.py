"""The milestones as iCalendar: whole days, stable names, and nothing that is not known."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.utils import timezone

from conflict.analysis.calendar import ONE_DAY
from conflict.analysis.milestones import milestone_days
from tests.make import D, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

ADDRESS = "/milestones/calendar.ics"


def entries(client):
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def test_the_thousandth_day_is_a_whole_day_that_takes_nobodys_time(client):
    entry = entries(client)["day-1000-20220224@conflict-ledger"]
    assert str(entry["SUMMARY"]) == "Day 1,000"
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (D(2024, 11, 19), D(2024, 11, 20))
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert str(entry["URL"]) == "http://testserver/milestones/day-1000/"
    assert str(entry["TRANSP"]) == "TRANSPARENT"


def test_anniversaries_say_which_day_they_are(client):
    entry = entries(client)["anniversary-2-20220224@conflict-ledger"]
    assert str(entry["SUMMARY"]) == "2 years since day 1 (day 731)"
    assert entry.decoded("DTSTART") == D(2024, 2, 24)


def test_a_leap_day_has_its_anniversary_on_the_last_of_february(client, settings):
    settings.CONFLICT_START = D(2024, 2, 29)
    assert entries(client)["anniversary-1-20240229@conflict-ledger"].decoded("DTSTART") == D(2025, 2, 28)


def test_days_to_come_are_there_two_years_ahead_and_lead_to_a_page_that_exists(client, settings):
    today = timezone.localdate()
    expected = milestone_days(first_day=settings.CONFLICT_START, until=today + 730 * ONE_DAY)
    found = entries(client)
    assert len(found) == len(expected)
    for entry in found.values():
        assert client.get(str(entry["URL"]).removeprefix("http://testserver")).status_code == 200
        coming = entry.decoded("DTSTART") > today
        assert str(entry["URL"]).endswith("/milestones/") == coming


def test_a_round_figure_is_of_all_the_days_on_which_it_may_have_been_reached(client):
    make_reference()
    publish_records(
        make_record(D(2024, 5, 1), tanks=4990),
        make_record(D(2024, 5, 2), tanks=5010),
        make_record(D(2024, 5, 9), tanks=10001),
    )
    found = entries(client)
    exact, across = (found[f"total-tanks-{n}-20220224@conflict-ledger"] for n in (5000, 10000))
    assert str(exact["SUMMARY"]) == "Tanks: reported total reaches 5,000"
    assert (exact.decoded("DTSTART"), exact.decoded("DTEND")) == (D(2024, 5, 2), D(2024, 5, 3))
    assert (across.decoded("DTSTART"), across.decoded("DTEND")) == (D(2024, 5, 3), D(2024, 5, 10))
    assert str(exact["URL"]) == "http://testserver/reports/2024-05-02/tanks/"


def test_equal_calendars_are_equal_bytes_and_are_not_sent_again(client):
    first, second = client.get(ADDRESS), client.get(ADDRESS)
    assert first.content == second.content
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_every_entry_has_what_the_standard_asks_for(client):
    content = client.get(ADDRESS).content
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for entry in entries(client).values():
        assert isinstance(entry.decoded("DTSTAMP"), dt.datetime)
        assert entry.decoded("DTSTART") < entry.decoded("DTEND")


def test_the_calendar_costs_as_many_queries_with_more_reports(client, queries_of):
    make_reference()
    small = queries_of(ADDRESS)
    publish_records(*(make_record(D(2024, 5, n), tanks=1000 * n, personnel=10000 * n) for n in range(1, 20)))
    assert queries_of(ADDRESS) == small


def test_the_calendar_is_only_read_and_is_found_from_the_pages(client):
    assert client.post(ADDRESS).status_code == 405
    for page in ("/milestones/", "/timeline/"):
        assert 'type="text/calendar"' in client.get(page).content.decode()
