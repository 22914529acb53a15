"""Written dates as one token each, and how a text speaks of them."""

import datetime as dt

import pytest

from conflict.intake.bulletin_dates import _manner, find_issue_day, join_dates, settle_slashed_dates
from conflict.intake.bulletin_plain import normalise
from conflict.intake.bulletin_tokens import tokenise
from conflict.intake.labels import default_labels

MONTHS = default_labels().months


def joined(text):
    return join_dates(tokenise(text, default_labels()), MONTHS)


def told(token):
    """[2024-11-19] is a date, [11-19] one without a year, @2024 a time, @@2024 a span of its own."""
    if token.kind == "date":
        month, day = token.month_day or (0, 0)
        return f"[{token.date or f'{month:02}-{day:02}'}]"
    mark = {"time": "@@" if "@period" in token.roles else "@", "bad": "!"}.get(token.kind, "")
    return mark + token.text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("19 November 2024 tanks", "[2024-11-19] tanks"),
        ("19 November 2024, tanks", "[2024-11-19] , tanks"),
        ("19 November, 2024 tanks", "[2024-11-19] tanks"),
        ("19 Nov. 2024 tanks", "[2024-11-19] tanks"),
        ("19 Nov. tanks", "[11-19] tanks"),
        ("19th of November 2024 tanks", "[2024-11-19] tanks"),
        ("19 of November tanks", "[11-19] tanks"),
        ("19 tanks of November", "19 tanks of @@november"),
        ("November 19, 2024 tanks", "[2024-11-19] tanks"),
        ("November 19 2024 tanks", "[2024-11-19] tanks"),
        ("Nov. 19, 2024: tanks", "[2024-11-19] : tanks"),
        ("Nov 19th: tanks", "[11-19] : tanks"),
        ("November 19 tanks", "[11-19] tanks"),
        ("November: tanks 19", "november : tanks 19"),
        ("19 листопада 2024 року tanks", "[2024-11-19] tanks"),
        ("19 листопада 2024 р. tanks", "[2024-11-19] tanks"),
        ("19 листопада 2024 р tanks", "[2024-11-19] tanks"),
        ("19 листопада року tanks", "[11-19] tanks"),
        ("19 листопада, tanks", "[11-19] , tanks"),
        ("листопада 19 tanks", "листопада 19 tanks"),
        ("31 February 2024 tanks", "!31 tanks"),
        ("29 February tanks", "[02-29] tanks"),
        ("29 February 2023 tanks", "!29 tanks"),
        ("19.11 tanks", "!19.11 tanks"),
        ("on 19.11 tanks", "on [11-19] tanks"),
        ("на 19.11 tanks", "на [11-19] tanks"),
        ("за 19.11 tanks", "за [11-19] tanks"),
        ("from 24.02 to 19.11", "from [02-24] to [11-19]"),
        ("24.02 to 19.11", "[02-24] to [11-19]"),
        ("24.02-19.11 tanks", "[11-19] tanks"),
        ("as of 19.11 tanks", "as of [11-19] tanks"),
        ("as of 06:00 on 19.11", "as of @06:00 on [11-19]"),
        ("tanks 19.11", "tanks !19.11"),
        ("tanks 19.11 to", "tanks [11-19] to"),
        ("in 2024 tanks", "in 2024 tanks"),
        ("in 2024 Russia lost 9", "in @@2024 russia lost 9"),
        ("since 2024 Russia", "since @2024 russia"),
        ("2024 року втрати", "@2024 року втрати"),
        ("за 2024 рік", "за @@2024 рік"),
        ("in 2024 (9)", "in 2024 ( 9 )"),
        ("in 2024 units", "in 2024 units"),
        ("2024 tanks", "2024 tanks"),
        ("since 1999 Russia", "since 1999 russia"),
        ("in November tanks", "in @@november tanks"),
        ("in November 2024 9 tanks", "in @@november @2024 9 tanks"),
        ("for November, tanks", "for @@november , tanks"),
        ("November 2024: tanks", "@@november @2024 : tanks"),
        ("November 2024 tanks", "@@november 2024 tanks"),
        ("of May", "of @@may"),
        ("May 9 tanks", "[05-09] tanks"),
        ("march on", "march on"),
        ("one November", "one november"),
        ("42 November", "42 november"),
        ("19 November 20244", "[11-19] 20244"),
    ],
)
def test_a_written_date_is_one_token_and_its_year_no_figure(text, tokens):
    assert " ".join(map(told, joined(text)[:-1])) == tokens


@pytest.mark.parametrize(
    "date",
    [
        "19 November 2024",
        "19 November, 2024",
        "19 Nov. 2024",
        "19th of November 2024",
        "Nov. 19th, 2024",
        "19 листопада 2024",
    ],
)
def test_a_date_lies_where_it_is_printed(date):
    text = f"Losses: {date} року, tanks"
    (token,) = (token for token in joined(text) if token.kind == "date")
    assert text[token.start : token.end] == date


@pytest.mark.parametrize(
    ("text", "manners"),
    [
        ("19 November 2024", ["plain"]),
        ("as of 19 November 2024", ["issued"]),
        ("as of 06:00 on 19 November 2024", ["issued"]),
        ("to 19 November 2024", ["plain"]),
        ("from 24 February 2022 to 19 November 2024", ["start", "issued"]),
        ("24 February 2022 - 19 November 2024", ["plain", "issued"]),
        ("between 24 February 2022 and 19 November 2024", ["start", "issued"]),
        ("на 19 листопада 2024", ["issued"]),
        ("за 18 листопада 2024", ["covered"]),
        ("протягом 18 листопада 2024", ["covered"]),
        ("over the past day, 18 November 2024", ["covered"]),
        ("over the past day, on Monday, 18 November 2024", ["plain"]),
        ("losses. 18 November 2024", ["plain"]),
        ("since 24 February 2022", ["start"]),
        ("since 1 January 2024", ["start"]),
        ("after 1 January 2024", ["start"]),
        ("of 19 November 2024", ["plain"]),
        ("from 18 November 2024", ["start"]),
        ("18 November 2024 to 19 November 2024", ["plain", "issued"]),
        ("18 November 2024 or 19 November 2024", ["plain", "plain"]),
        ("the losses on 19 November 2024", ["plain"]),
        ("reported on 19 November 2024", ["issued"]),
    ],
)
def test_a_text_is_issued_on_a_date_covers_it_or_starts_with_it(text, manners):
    tokens = joined(text)
    assert [_manner(tokens, at) for at, token in enumerate(tokens) if token.kind == "date"] == manners


def issue(text, *, given=None, first_day=dt.date(2022, 2, 24)):
    """The day of issue, or what is in doubt and the date in the text that it is about."""
    tokens = joined(text)
    settle_slashed_dates(tokens, given=given, first_day=first_day)
    found = find_issue_day(tokens, normalise(text), given=given, first_day=first_day)
    if not found.doubt:
        return str(found.date)
    return f"{found.date} {found.doubt}: {text[found.at :].partition(';')[0]}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 18 November 2024; as of 19 November 2024", "2024-11-19"),
        ("As of 19 November 2024; on 18 November 2024", "2024-11-19"),
        ("Over the past day, 18 November 2024", "2024-11-19"),
        ("From 1 January 2024 to 19 November 2024", "2024-11-19"),
        ("From 24 February to 19 November 2024", "2024-11-19"),
        ("Losses since 1 January 2024", "None"),
        ("Losses since 1 January", "None"),
        ("On 24 February 2022 it began", "None"),
        ("On 24 February it began", "None"),
        ("Losses: on 19 November", "None a date without a year: 19 November"),
        ("As of 19 November; kept on 1 December 2024", "2024-11-19"),
        ("As of 19 November; since 24 February 2022, on day 1,000", "2024-11-19"),
        (
            "As of 19 November; 1 May 2023; 1 June 2023",
            "None several days could be the day of issue: 2023-05-01, 2023-06-01: 1 May 2023",
        ),
        ("As of 25 April, day 61", "2022-04-25"),
        ("As of 24 April, day 60", "None a date without a year: 24 April, day 60"),
        ("As of 11 August; kept on 19 November 2024", "2024-08-11"),
        (
            "It was 18 November 2024; 19 November 2024",
            "None several days could be the day of issue: 2024-11-18, 2024-11-19: 18 November 2024",
        ),
        ("As of 23 February 2022", "None the date 2022-02-23 lies before the first day: 23 February 2022"),
        ("Losses: 11/12/2024; tanks", "None a date that may begin with its day or with its month: 11/12/2024"),
        ("11/10/2024; 13/12/2024 to 14/12/2024", "2024-12-14"),
        ("As of 11/10/2024; since 12/13/2023", "2024-11-10"),
        ("As of 11/10/2024; since 13/12/2023", "2024-10-11"),
        ("As of 01/03/2022; since 12/13/2023", "2022-03-01"),
    ],
)
def test_a_text_is_of_the_day_that_it_names_as_that_of_issue(text, day):
    assert issue(text) == day


def test_the_day_given_is_that_of_issue_and_a_text_of_another_day_is_in_doubt():
    given = dt.date(2024, 11, 19)
    assert issue("As of 19 November", given=given) == "2024-11-19"
    assert issue("Tanks: 9", given=given) == "2024-11-19"
    said = "2024-11-19 the text speaks of 2024-11-18, the date given is 2024-11-19"
    assert issue("Losses as of 18 November; kept on 1 January 2023", given=given) == f"{said}: 18 November"
    assert issue("As of 11/10/2024", given=dt.date(2024, 11, 10)) == "2024-11-10"


def test_a_day_that_may_be_the_first_one_is_not_told_from_another():
    assert issue("As of 04/03/2022", first_day=dt.date(2022, 3, 4)).startswith("None a date that may begin")
