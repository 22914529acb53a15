"""Which day a bulletin was issued on, from the dates its text prints.

The date of a report is the day of issue: "as of 19 November" is the 19th, and "for the past day, 22 November"
is the bulletin of the 23rd.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from conflict.intake.bulletin_tokens import Token

_SHORT = re.compile(r"([0-3]\d)\.([01]\d)")
_SHORT_RANGE = re.compile(r"([0-3]\d)\.([01]\d)-([0-3]\d)\.([01]\d)")
_WRITTEN_YEAR = re.compile(r"20[0-4]\d")
_DAY_NUMBER = re.compile(
    r"(?:\bday|\bдень|\bдоба)[ #№]{1,3}(\d[\d, ]{0,6})(?!\d)"
    r"|(?<![\d.,])(\d[\d, ]{0,6})(?:st|nd|rd|th|-?[а-яії]{1,2})? {1,2}"
    r"(?:days?|день|дня|днів|доба|добу|доби|дней|сутки)\b"
)
_YEAR_WORDS = frozenset(("року", "рік", "рр", "р", "года", "год", "году", "г", "years", "year"))
_YEAR_BEFORE = frozenset(
    (
        "in",
        "since",
        "of",
        "from",
        "у",
        "в",
        "з",
        "с",
        "із",
        "від",
        "during",
        "за",
        "протягом",
        "упродовж",
        "впродовж",
    )
)
_THIS = frozenset(("this", "current", "цього", "поточного", "этого", "текущего"))
_DURING = frozenset(("in", "during", "у", "в", "за", "протягом", "упродовж", "впродовж", "of"))
_LAST_HOURS = frozenset(
    (
        "last",
        "past",
        "previous",
        "in",
        "within",
        "for",
        "over",
        "за",
        "останні",
        "протягом",
        "последние",
        "прошедшие",
    )
)
_RANGE_END = frozenset(("to", "по", "до", "through", "till", "until", "-", "and", "та", "і", "и"))
RANGE_START = frozenset(("from", "since", "between", "з", "із", "від", "с", "от", "after", "після", "зі", "со"))


@dataclass(frozen=True, slots=True)
class IssueDay:
    """The day of issue, or None and why not; ``at`` is the place of the date in the text that is in doubt."""

    date: dt.date | None
    doubt: str = ""
    at: int = 0


def join_dates(tokens: list[Token], months: Mapping[str, int]) -> list[Token]:
    """The tokens with each written date as one token of the kind ``date``; years and days are no figures then."""
    joined: list[Token] = []
    at, size = 0, len(tokens)
    while at < size:
        token = tokens[at]
        date, length = None, 0
        if token.kind == "word" and token.text in months:
            date, length = _month_first(tokens, at, months)
            if not length and _is_whole_month(tokens, at):
                token.kind, token.roles = "time", frozenset(("@period",))
        elif token.kind in {"number", "time", "bad"} and not token.spelled:
            date, length = _day_first(tokens, at, months)
            if not length and (_is_year(tokens, at) or _is_year_of_month(tokens, at, months)):
                token.kind = "time"
                if at and tokens[at - 1].text in _DURING:
                    token.roles = frozenset(("@period",))
        if length and date is not None:
            date.end = tokens[at + length - 1].end
            joined.append(date)
            at += length
            if at < size and tokens[at].text in _YEAR_WORDS:
                at += 1
                if at < size and tokens[at].kind == "mark" and tokens[at].text == ".":
                    at += 1
        else:
            joined.append(token)
            at += 1
    return joined


def settle_slashed_dates(tokens: list[Token], *, given: dt.date | None, first_day: dt.date) -> None:
    """Decide which part of 11/12/2024 is the day: as in the text's other dates, else as in the date given.

    Where neither tells, and neither day lies before the war, the token keeps no date and ``why`` says so.
    """
    slashed = [token for token in tokens if token.kind == "date" and "/" in token.text]
    plain = [tuple(map(int, token.text.split("/")[:2])) for token in slashed if token.month_first is None]
    second_is_day = {second > 12 for first, second in plain if first != second}
    for token in slashed:
        if token.month_first is None:
            continue
        days = {False: token.date, True: token.month_first}
        ways = [way for way, day in days.items() if day is not None and day >= first_day]
        for said in (second_is_day, {way for way in ways if days[way] == given}):
            if len(ways) > 1 and len(said) == 1:
                ways = [*said]
        token.date = days[ways[0]] if len(ways) == 1 else None
        token.why = "" if token.date else "a date that may begin with its day or with its month"


def mark_other_spans(tokens: list[Token], months: Mapping[str, int], first_day: dt.date) -> None:
    """Make "since" before a month, a year, or another day than the war's first the word of a span of its own.

    So with "from" and "between", where a day later than the next one ends the span, and with "since the start of"
    a year, a month or a week.
    """
    for at, (token, beyond) in enumerate(pairwise(tokens)):
        later = token.text == "since" and _is_later(beyond, months, first_day)
        later = later or ("@total" in token.roles and _is_start_of_span(tokens, at, first_day))
        if later or (token.text in RANGE_START and _is_longer_than_a_day(tokens[at + 1 : at + 4], first_day)):
            token.roles = frozenset(("@period",))
        elif at and token.is_number() and "@hours" in beyond.roles and tokens[at - 1].text in _LAST_HOURS:
            beyond.roles |= {"@period"}  # "the last 48 hours"; 24 of them are a day


def _is_later(begin: Token, months: Mapping[str, int], first_day: dt.date) -> bool:
    """Whether a day, a year or a month stands here, and not the war's first."""
    if begin.kind == "date":
        starts = (first_day.month, first_day.day)
        return begin.date != first_day if begin.date else begin.month_day != starts
    if _WRITTEN_YEAR.fullmatch(begin.text):
        return begin.text != str(first_day.year)
    return begin.text in months


def _is_start_of_span(tokens: list[Token], at: int, first_day: dt.date) -> bool:
    """Whether "since the start" stands here and, behind words such as "of this", a year, a month or a week."""
    if tokens[at].text.split()[0] not in RANGE_START:
        return False
    for token in tokens[at + 1 : at + 5]:
        if "@period" in token.roles or _WRITTEN_YEAR.fullmatch(token.text):
            return token.text != str(first_day.year)
        if "@filler" not in token.roles and token.text not in _THIS:
            return False
    return False


def _is_longer_than_a_day(span: list[Token], first_day: dt.date) -> bool:
    """Whether a day, a word such as "to" and a later day stand here, the first of them not the war's."""
    if len(span) < 3 or span[1].text not in _RANGE_END or span[2].date is None:
        return False
    begin, end = span[0].date, span[2].date
    if begin is None and span[0].month_day is not None:
        month, day = span[0].month_day
        dated = _dated(span[0], day, month, end.year - ((month, day) > (end.month, end.day)))
        begin = dated.date if dated is not None else None
    return begin is not None and begin != first_day and (end - begin).days > 1


def _plain_day(token: Token) -> int | None:
    match = re.match(r"([0-3]?\d)(?!\d)", token.text)
    if match is None or token.kind not in {"number", "time"} or token.spelled or len(token.text) > 2:
        return None
    return int(match[1])


def _plain_year(tokens: list[Token], at: int) -> int | None:
    if at < len(tokens) and tokens[at].kind == "number" and _WRITTEN_YEAR.fullmatch(tokens[at].text):
        return int(tokens[at].text)
    return None


def _dated(start: Token, day: int, month: int, year: int | None) -> Token | None:
    try:
        date = dt.date(year or 2024, month, day)
    except ValueError:
        return Token("bad", start.start, start.end, start.text, why="a date that does not exist")
    return Token("date", start.start, start.end, start.text, date=date if year else None, month_day=(month, day))


def _skip(tokens: list[Token], at: int, texts: tuple[str, ...]) -> int:
    return at + 1 if at < len(tokens) and tokens[at].text in texts else at


def _month_first(tokens: list[Token], at: int, months: Mapping[str, int]) -> tuple[Token | None, int]:
    """November 19, 2024; Nov. 19th."""
    after = _skip(tokens, at + 1, (".",))
    day = _plain_day(tokens[after]) if after < len(tokens) else None
    if day is None or not tokens[at].text.isascii():
        return None, 0
    length = after + 1 - at
    beyond = _skip(tokens, after + 1, (",",))
    year = _plain_year(tokens, beyond)
    if year is not None:
        length = beyond + 1 - at
    return _dated(tokens[at], day, months[tokens[at].text], year), length


def _day_first(tokens: list[Token], at: int, months: Mapping[str, int]) -> tuple[Token | None, int]:
    """19 November 2024, 19th of November, 19 листопада 2024 року, 24.02 in a span of days."""
    token = tokens[at]
    span = _SHORT_RANGE.fullmatch(token.text) if token.kind == "bad" else None
    if span:
        return _dated(token, int(span[3]), int(span[4]), None), 1
    short = _SHORT.fullmatch(token.text) if token.kind == "bad" else None
    if short:
        before = tokens[at - 1].text if at else ""
        next_text = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if (
            before in RANGE_START | _RANGE_END | {"на", "on", "за"}
            or next_text in _RANGE_END
            or _is_as_of(tokens, at)
        ):
            return _dated(token, int(short[1]), int(short[2]), None), 1
        return None, 0
    day = _plain_day(token)
    if day is None:
        return None, 0
    after = _skip(tokens, at + 1, ("of",))
    if after >= len(tokens) or tokens[after].text not in months:
        return None, 0
    month = months[tokens[after].text]
    length = after + 1 - at
    beyond = _skip(tokens, _skip(tokens, after + 1, (".",)), (",",))
    year = _plain_year(tokens, beyond)
    if year is not None:
        length = beyond + 1 - at
    return _dated(token, day, month, year), length


def _is_whole_month(tokens: list[Token], at: int) -> bool:
    """Whether a month without a day is a span of its own: ``in November``, ``November 2024``."""
    return _plain_year(tokens, at + 1) is not None or (at > 0 and tokens[at - 1].text in _DURING | {"for"})


def _is_year_of_month(tokens: list[Token], at: int, months: Mapping[str, int]) -> bool:
    if at == 0 or tokens[at - 1].text not in months or _plain_year(tokens, at) is None:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].kind != "label"


def _is_as_of(tokens: list[Token], at: int) -> bool:
    return any("@as-of" in token.roles for token in tokens[max(at - 3, 0) : at])


def _is_year(tokens: list[Token], at: int) -> bool:
    if _plain_year(tokens, at) is None or at + 1 >= len(tokens):
        return False
    beyond = tokens[at + 1]
    if beyond.text in _YEAR_WORDS:
        return True
    if beyond.kind == "label" or beyond.text == "(" or "@unit" in beyond.roles:
        return False
    return at > 0 and (tokens[at - 1].text in _YEAR_BEFORE)


def find_issue_day(
    tokens: list[Token],
    plain: str,
    *,
    given: dt.date | None,
    first_day: dt.date,
    not_long_before: dt.date | None = None,
) -> IssueDay:
    """The day of issue: the given one, else the one certain date of the text, and what speaks against it.

    ``not_long_before`` is the last day of a category that the text prints: it gives a date its missing year.
    """
    near = _anchor(tokens, plain, given, first_day) or not_long_before
    days = _days_of(tokens, near, first_day)
    found = {**days.issued, **days.covered} or days.plainly
    if given is not None:
        if found and given not in found:
            other, place = next(iter(found.items()))
            return IssueDay(
                given, f"the text speaks of {other.isoformat()}, the date given is {given.isoformat()}", place
            )
        return IssueDay(given)
    if days.open is not None:
        return IssueDay(None, days.open.why, days.open.start)
    if len(found) > 1:
        named = ", ".join(sorted(day.isoformat() for day in found))
        return IssueDay(None, f"several days could be the day of issue: {named}", min(found.values()))
    if not found:
        return IssueDay(None, "a date without a year", days.yearless) if days.yearless >= 0 else IssueDay(None)
    date, place = next(iter(found.items()))
    if date < first_day:
        return IssueDay(None, f"the date {date.isoformat()} lies before the first day", place)
    return IssueDay(date)


@dataclass(slots=True)
class _Days:
    """The days that may be that of issue, by how the text names them, each with its place."""

    issued: dict[dt.date, int] = field(default_factory=dict)
    covered: dict[dt.date, int] = field(default_factory=dict)  # losses of a day are issued on the next
    plainly: dict[dt.date, int] = field(default_factory=dict)
    yearless: int = -1  # place of a date that no year could be given, -1 where there is none
    open: Token | None = None  # a date of which no one can tell the day from the month


def _days_of(tokens: list[Token], near: dt.date | None, first_day: dt.date) -> _Days:
    """Gather a text's days; a date without a year has that of the day ``near``."""
    days = _Days()
    for at, token in enumerate(tokens):
        if token.kind != "date":
            continue
        date, manner = token.date, _manner(tokens, at)
        days.open = token if token.why else days.open
        if date is None and token.month_day is not None:
            if manner == "start" or token.month_day == (first_day.month, first_day.day):
                continue
            date = _nearest(token.month_day, near) if near else None
            if date is None:
                days.yearless = token.start
        if date is None or date == first_day or manner == "start":
            continue
        if manner == "covered":
            days.covered.setdefault(date + dt.timedelta(1), token.start)
        else:
            (days.issued if manner == "issued" else days.plainly).setdefault(date, token.start)
    return days


def _anchor(tokens: list[Token], plain: str, given: dt.date | None, first_day: dt.date) -> dt.date | None:
    """A day near which dates without a year lie: the one given, the text's one full date, its day number."""
    if given is not None:
        return given
    full = {t.date for t in tokens if t.kind == "date" and t.date is not None and t.date > first_day}
    if len(full) == 1:
        return next(iter(full))
    if full:
        return None
    numbers = {re.sub(r"[, ]", "", match[1] or match[2]) for match in _DAY_NUMBER.finditer(plain)}
    days = {int(number) for number in numbers if number.isascii() and 60 < int(number) < 20_000}
    return first_day + dt.timedelta(days.pop() - 1) if len(days) == 1 else None


def _nearest(month_day: tuple[int, int], near: dt.date) -> dt.date | None:
    candidates = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            candidates.append(dt.date(year, *month_day))
        except ValueError:
            continue
    nearest = min(candidates, key=lambda day: abs(day - near), default=None)
    return nearest if nearest is not None and abs(nearest - near) <= dt.timedelta(100) else None


def _manner(tokens: list[Token], at: int) -> str:
    """How the text speaks of the date at ``at``: issued on it, covering it, starting with it, or plainly."""
    before: list[Token] = []
    for place in range(at - 1, max(at - 7, -1), -1):
        if tokens[place].kind == "end":
            break
        before.append(tokens[place])
    nearest = before[0] if before else None
    if nearest is None:
        return "plain"
    if nearest.text in _RANGE_END and any(token.kind == "date" for token in before[1:4]):
        return "issued"
    own = list(takewhile(lambda token: token.kind != "date" and token.text != ";", before[:4]))
    if any("@as-of" in token.roles for token in own):
        return "issued"
    if nearest.text == "на":
        return "issued"
    if nearest.text in {"за", "протягом", "упродовж", "впродовж"} or any(
        "@change" in token.roles for token in own
    ):
        return "covered"
    beyond = tokens[at + 1 : at + 3]
    if nearest.text in RANGE_START or (
        len(beyond) == 2 and beyond[0].text in _RANGE_END and beyond[1].kind == "date"
    ):
        return "start"
    return "plain"
