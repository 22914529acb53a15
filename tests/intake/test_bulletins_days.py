"""Days and spans in a bulletin: which one it was issued on, and whose sum a figure is."""

import datetime as dt

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.test_bulletins_traps import reasons, totals


@pytest.mark.parametrize(
    "since",
    ["August", "2024", "1 January 2024", "6 August 2024", "6 August", "August 6, 2024", "23 February 2022"],
)
@pytest.mark.parametrize("text", ["Since {}: tanks – 300", "Since {} Russia lost 300 tanks", "300 tanks since {}"])
def test_a_sum_since_another_day_than_the_first_is_no_total_of_the_war(text, since):
    record = read_bulletin(text.format(since), date=dt.date(2024, 11, 19))
    assert record.entries == ()
    assert "a number that is neither said to be a total nor a change" in {p.reason for p in record.problems}


@pytest.mark.parametrize("since", ["2022", "24 February", "24 February 2022", "February 24, 2022", "24.02.2022"])
def test_a_sum_since_the_first_day_is_the_total(since):
    record = read_bulletin(f"Since {since} Russia lost 9,382 tanks in total", date=dt.date(2024, 11, 19))
    assert (totals(record), record.problems) == ({"tanks": 9382}, ())


@pytest.mark.parametrize(
    ("span", "read"),
    [
        ("From 1 January to 19 November 2024", False),
        ("Between 1 November 2024 and 19 November 2024", False),
        ("З 1 листопада по 19 листопада 2024 року", False),
        ("From 24 February 2022 to 19 November 2024", True),
        ("З 24.02.2022 по 19.11.2024", True),
        ("From 18 November to 19 November 2024", True),
    ],
)
def test_a_span_between_two_days_is_the_war_only_from_its_first_day(span, read):
    record = read_bulletin(f"{span}: tanks – 9,382")
    assert totals(record) == ({"tanks": 9382} if read else {})
    assert bool(record.problems) != read


@pytest.mark.parametrize("during", ["За", "Протягом", "Упродовж", "Впродовж"])
def test_losses_of_a_day_are_issued_on_the_next(during):
    assert read_bulletin(f"{during} 18 листопада 2024 року:\nтанків – 9382 (+17)").date == dt.date(2024, 11, 19)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Tanks: 9,382\nAs of 23.02.2022", (2, "the date 2022-02-23 lies before the first day")),
        ("Tanks: 9,382\nAs of 19 November", (2, "a date without a year")),
        ("19 November\nTanks: 9,382", (1, "a date without a year")),
    ],
)
def test_a_day_in_doubt_is_named_with_its_line(text, problem):
    record = read_bulletin(text)
    assert (record.date, reasons(record)) == (None, [problem])


@pytest.mark.parametrize(
    "text", ["Losses: 2024 tanks in total", "Tanks: 2024 units", "2024 tanks destroyed in total"]
)
def test_a_figure_that_looks_like_a_year_is_one_beside_what_it_counts(text):
    assert totals(read_bulletin(text)) == {"tanks": 2024}
