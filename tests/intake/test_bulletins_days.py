"""Days and spans in a bulletin: which one it was issued on, and whose sum a figure is."""

import datetime as dt

import pytest

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts import reasons, totals
from tests.intake.test_bulletins_layouts import figures


@pytest.mark.parametrize(
    "since",
    ["August", "2024", "1 January 2024", "6 August 2024", "6 August", "August 6, 2024", "23 February 2022"],
)
@pytest.mark.parametrize("text", ["Since {}: tanks – 300", "Since {} Russia lost 300 tanks", "300 tanks since {}"])
def test_a_sum_since_another_day_than_the_first_is_no_total_of_the_war(text, since):
    record = read_bulletin(text.format(since), date=dt.date(2024, 11, 19))
    assert record.entries == ()
    assert {p.reason for p in record.problems} & {
        "a number that is neither said to be a total nor a change",
        "losses of another span than one day or the war",
    }


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
        ("From 1 December to 19 January 2025", False),
        ("From 31 December to 1 January 2025", True),
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


# The day of issue


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("For the past day, 22 November 2024, the losses:", "2024-11-23"),
        ("За минулу добу, 22 листопада 2024 року, втрати:", "2024-11-23"),
        ("За минувшие сутки, 22 ноября 2024 года, потери:", "2024-11-23"),
        ("Протягом доби 31 грудня 2024 року", "2025-01-01"),
        ("For the past day, 22 November. As of 23 November 2024", "2024-11-23"),
        ("As of November 19, 2024", "2024-11-19"),
        ("As of 06:00 on Nov. 19, 2024", "2024-11-19"),
        ("станом на 19 листопада 2024 року", "2024-11-19"),
        ("на ранок 19.11.2024", "2024-11-19"),
        ("по состоянию на 19 ноября 2024 г.", "2024-11-19"),
        ("from 24.02.22 to 19.11.24", "2024-11-19"),
        ("з 24.02.22 по 19.11.24", "2024-11-19"),
        ("24.02.22-19.11.24", "2024-11-19"),
        ("Between February 24, 2022 and April 16, 2024", "2024-04-16"),
        ("from 24 February 2022 to 19 November 2024", "2024-11-19"),
        ("Losses, 2024-11-19", "2024-11-19"),
        ("19/11/2024", "2024-11-19"),
        ("Day 1,000 of the war, 19 November", "2024-11-19"),
        ("1000-й день, 19 листопада", "2024-11-19"),
        ("Losses", None),
        ("Since February 24, 2022", None),
    ],
)
def test_day_of_issue_is_found(text, day):
    record = read_bulletin(text + "\nTanks: 9,382 (+17)\n")
    assert record.date == (dt.date.fromisoformat(day) if day else None)
    assert record.problems == ()
    assert totals(record) == {"tanks": 9382}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Losses on 19 November", "a date without a year"),
        ("As of 19 November 2024 and as of 20 November 2024", "several days"),
        ("Losses, 19.11.2024, updated 20.11.2024", "several days"),
        ("As of 31.02.2024", "a date that does not exist"),
        ("As of 1 January 2020", "before the first day"),
    ],
)
def test_doubtful_day_is_a_problem_and_no_date(text, reason):
    record = read_bulletin(text + "\nTanks: 9,382 (+17)\n")
    assert record.date is None
    assert totals(record) == {"tanks": 9382}
    assert [problem.line for problem in record.problems] == [1]
    assert reason in record.problems[0].reason


def test_given_date_is_kept_and_a_text_that_speaks_of_another_day_is_a_problem():
    text = "Tanks: 9,382\nLosses as of 19 November"
    assert read_bulletin(text, date=dt.date(2024, 11, 19)).problems == ()
    record = read_bulletin(text, date=dt.date(2024, 11, 20))
    assert record.date == dt.date(2024, 11, 20)
    assert [problem.line for problem in record.problems] == [2]


def test_day_number_is_never_trusted_against_the_date():
    record = read_bulletin("Day 999. As of 19 November 2024\nTanks: 9,382")
    assert record.date == dt.date(2024, 11, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("As of November 19 2024", "2024-11-19"),
        ("As of 19th of November, 2024", "2024-11-19"),
        ("From 24.02 to 19.11. Day 1000", "2024-11-19"),
        ("24.02-19.11. Day 1000", "2024-11-19"),
        ("Day 61. As of 25 April", "2022-04-25"),
        ("Day 1000. As of 27 February", "2025-02-27"),
        ("As of 29 February 2024", "2024-02-29"),
        ("As of 25 February 2022", "2022-02-25"),
        ("19.11.24", "2024-11-19"),
        ("11/19/2024", "2024-11-19"),
        ("11/23/2024", "2024-11-23"),
        ("at 06.00 on 19.11.2024", "2024-11-19"),
    ],
)
def test_a_day_said_in_another_way_or_near_a_day_number_is_found(text, day):
    record = read_bulletin(text + ". Tanks: 9,382")
    assert (record.date, totals(record), record.problems) == (dt.date.fromisoformat(day), {"tanks": 9382}, ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Day 60. As of 24 April", "a date without a year"),  # no war's first sixty days are counted so
        ("Day 1000. As of 28 February", "a date without a year"),  # 101 days from the thousandth
        ("As of 29 February 2023", "a date that does not exist"),
        ("2024-13-19", "a date that does not exist"),
        ("As of 23 February 2022", "the date 2022-02-23 lies before the first day"),
        ("19-11-2024", "several numbers run together"),
        (
            "As of 20 November 2024 and as of 19 November 2024",
            "several days could be the day of issue: 2024-11-19, 2024-11-20",
        ),
    ],
)
def test_what_makes_a_day_doubtful_is_said_in_words(text, reason):
    record = read_bulletin(text + ". Tanks: 9,382")
    assert (record.date, totals(record), reasons(record)) == (None, {"tanks": 9382}, [(1, reason)])


@pytest.mark.parametrize(
    ("text", "given", "day"),
    [
        ("24/02/2022 - 11/12/2024", None, "2024-12-11"),
        ("02/24/2022 - 11/12/2024", None, "2024-11-12"),
        ("11/12/2024", "2024-12-11", "2024-12-11"),
        ("11/12/2024", "2024-11-12", "2024-11-12"),
        ("11/12/24", "2024-11-12", "2024-11-12"),
        ("11/11/2024", None, "2024-11-11"),
        ("02/03/2022", None, "2022-03-02"),  # 3 February lies before the war
        ("03/02/2022", None, "2022-03-02"),
        ("11.12.2024", None, "2024-12-11"),
    ],
)
def test_a_date_between_slashes_is_settled_by_other_dates_the_date_given_or_the_war_s_start(text, given, day):
    record = read_bulletin(f"{text}\nTanks: 9,382 (+17)", date=given and dt.date.fromisoformat(given))
    assert (record.date, totals(record), record.problems) == (dt.date.fromisoformat(day), {"tanks": 9382}, ())


@pytest.mark.parametrize("text", ["11/12/2024", "As of 11/12/2024", "11/11/2022 to 11/12/2024"])
def test_a_date_whose_day_may_be_its_month_is_no_day_of_issue(text):
    record = read_bulletin(f"{text}\nTanks: 9,382 (+17)")
    assert (record.date, totals(record)) == (None, {"tanks": 9382})
    assert reasons(record) == [(1, "a date that may begin with its day or with its month")]


def test_dates_between_slashes_that_contradict_each_other_settle_nothing():
    record = read_bulletin("24/02/2022, 02/24/2022, 11/12/2024\nTanks: 9,382")
    assert record.date is None
    assert reasons(record) == [(1, "a date that may begin with its day or with its month")]


def test_a_text_of_another_day_than_the_given_one_says_both_and_where():
    record = read_bulletin("Tanks: 9,382\nAs of 19.11.2024", date=dt.date(2024, 11, 20))
    assert record.date == dt.date(2024, 11, 20)
    assert reasons(record) == [(2, "the text speaks of 2024-11-19, the date given is 2024-11-20")]


def test_a_number_that_looks_like_a_year_is_a_figure_where_a_figure_is_listed():
    assert figures(read_bulletin("Tanks: 2024 (+17)")) == {"tanks": (2024, 17, "")}
    assert totals(read_bulletin("Since 2022 Russia lost 9,382 tanks in total")) == {"tanks": 9382}
