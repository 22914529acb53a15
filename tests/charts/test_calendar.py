"""The calendar of the account: what each day is, what is drawn of it, and what the words say."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from xml.etree import ElementTree

from conflict.charts.calendar import SHAPES, CalendarDay, State, count_states, drawing, legend, months_of, summary

D = dt.date
DAYS = [
    CalendarDay(D(2023, 12, 30), readings=2),
    CalendarDay(D(2023, 12, 31), readings=1),
    CalendarDay(D(2024, 1, 1)),
    CalendarDay(D(2024, 1, 2)),
    CalendarDay(D(2024, 1, 3), readings=2, differences=3),
]


def address(day: dt.date) -> str:
    return f"/reports/{day.isoformat()}/"


def test_a_day_is_what_its_readings_make_it() -> None:
    states = [day.state for day in DAYS]
    assert states == [State.AGREE, State.ONE, State.MISSING, State.MISSING, State.DIFFER]
    assert CalendarDay(D(2024, 1, 1), readings=1, differences=0).state == State.ONE


def test_every_reported_day_leads_to_its_report_and_no_other_does() -> None:
    drawn = drawing(DAYS, address=address)
    links = re.findall(r'href="(/reports/[^"]+)"', drawn)
    assert links == [address(day.date) for day in DAYS if day.readings]
    assert drawn.count("<use ") == len(DAYS)


def test_each_state_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(State)
    drawn = drawing(DAYS, address=address)
    for state in State:
        assert drawn.count(f'href="#day-{state.value}"') == sum(day.state == state for day in DAYS)
        assert f'id="day-{state.value}"' in drawn
    assert [words for _picture, words in legend()] == [
        "two readings or more, and they agree",
        "one reading only",
        "the readings differ",
        "no report here",
    ]


def test_a_day_stands_in_the_column_of_its_week_and_the_row_of_its_weekday() -> None:
    drawn = drawing([CalendarDay(D(2024, 1, 1), 1), CalendarDay(D(2024, 1, 9), 1)], address=address)
    (x1, y1), (x2, y2) = [(int(x), int(y)) for x, y in re.findall(r'<use [^>]*x="(\d+)" y="(\d+)"', drawn)]
    assert (x2 - x1, y2 - y1) == (12, 12)  # a Monday, and the Tuesday of the next week


def test_years_stand_one_under_another() -> None:
    drawn = drawing(DAYS, address=address)
    assert re.findall(r'class="calendar-year"[^>]*>(\d+)<', drawn) == ["2023", "2024"]


def test_the_drawing_is_well_formed_and_hidden_from_assistive_technology() -> None:
    root = ElementTree.fromstring(drawing(DAYS, address=lambda day: f"/x/?a=1&b={day}"))  # noqa: S314 - our own markup
    assert root.get("aria-hidden") == "true"
    assert {link.get("tabindex") for link in root.iter("a")} == {"-1"}
    assert root.find(".//a").get("href") == "/x/?a=1&b=2023-12-30"


def test_a_day_says_its_date_and_how_many_figures_differ() -> None:
    drawn = drawing(DAYS, address=address)
    assert "<title>3 Jan 2024: 3 figures differ</title>" in drawn
    assert "<title>1 Jan 2024: no report here</title>" in drawn
    assert "<title>30 Dec 2023</title>" in drawn


def test_the_summary_counts_every_day() -> None:
    assert summary(DAYS) == (
        "Days from 30 December 2023 to 3 January 2024: 1 on which all readings agree, 1 with one reading only, "
        "1 on which the readings differ, 2 without a report here."
    )
    assert sum(count_states(DAYS).values()) == len(DAYS)
    assert summary([]) == "No day has a report yet."


def test_an_empty_account_draws_no_day() -> None:
    assert "<use " not in drawing([], address=address)
    assert months_of([]) == []


def test_months_come_newest_first_with_runs_of_missing_days() -> None:
    january, december = months_of(DAYS)
    assert (january.first, december.first) == (D(2024, 1, 1), D(2023, 12, 1))
    assert january.missing == [(D(2024, 1, 1), D(2024, 1, 2))]
    assert [day.date for day in january.differ] == [D(2024, 1, 3)]
    assert (december.reported, december.agree, december.one) == (2, 1, 1)


def test_four_years_and_a_half_stay_light() -> None:
    days = [CalendarDay(D(2022, 2, 25) + dt.timedelta(days=n), readings=2) for n in range(1640)]
    drawn = drawing(days, address=address)
    assert len(drawn) < 120 * len(days)
    assert len(gzip.compress(drawn.encode(), 6)) < 20_000
