"""A bulletin's text as tokens: words with their meanings, numbers, dates and marks, each with its place.

``bulletin_plain`` has brought the text to plain characters of the same length before, so that every place in it
is a place in the text as printed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from conflict.intake.bulletin_plain import normalise
from conflict.intake.labels import Labels, Meaning, unmix
from conflict.intake.numerals import RUN, NumeralError, Rounded, dots_are_thousands, read_number, read_rounded

_DATE = (
    r"(?P<iso>(?<![\d.,/-])20\d\d-[01]\d-[0-3]\d(?![\d-]|[.,]\d))"
    r"|(?P<dotted>(?<![\d.,/])[0-3]?\d(?P<sep>[./])[0-3]?\d(?P=sep)(?:20\d\d|\d\d)(?![\d/]|[.,]\d))"
    r"|(?P<time>(?<![\d.,:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:]|[.,]\d))"
)
_TOKEN = re.compile(
    rf"(?P<word>[^\W\d_](?:[^\W\d_]|[\x02-\x04'](?=[^\W\d_]))*)|{_DATE}|(?P<number>{RUN})"
    r"|(?P<blank>[ \x01-\x05\"]+)|(?P<mark>.)",
    re.DOTALL,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|-(?:го|й|ї|я|е|му|та|ша|га|тя|ма|ої|ий|ый|ая|ти|х|ох|тий)\b")
_YEAR_AFTER_MONTH = re.compile(r"([0-3]?\d) (20[0-4]\d)(?!\d)|(20[0-4]\d) (?=\d)")
_INVISIBLE = re.compile("[\x02-\x04]")


@dataclass(slots=True)
class Token:
    """A piece of the text. ``kind``: word, label, number, bad, rounded, date, time, mark, end.

    ``bad`` is a number that cannot be trusted, ``why`` says for what reason. ``end`` closes a sentence or line.
    ``roles`` are the @ words of the table. ``sign`` is +, - or nothing.
    """

    kind: str
    start: int
    end: int
    text: str
    roles: frozenset[str] = frozenset()
    meanings: tuple[Meaning, ...] = ()
    value: int = 0
    rounded: Rounded | None = None
    date: dt.date | None = None
    month_day: tuple[int, int] | None = None  # of a date without a year
    month_first: dt.date | None = None  # the other day that 11/12/2024 may be
    why: str = ""
    sign: str = ""
    spelled: bool = False
    newline: bool = False
    tied: bool = False  # joined by a hyphen to the letters before it: T-72
    inner: list[Token] = field(default_factory=list)  # of a bracket

    def is_number(self) -> bool:
        """Whether digits or a number word stand here, trusted or not."""
        return self.kind in {"number", "bad", "rounded"}


def tokenise(text: str, labels: Labels) -> list[Token]:
    """The tokens of a text, ending with an ``end``; every character that is no blank belongs to one."""
    plain = normalise(text)
    return _join_numbers(_name(_cut(text, plain, labels.months), labels))


def _cut(text: str, plain: str, months: Mapping[str, int]) -> list[Token]:
    """Words, runs of digits and marks, as they stand."""
    dotted = dots_are_thousands(plain)
    tokens: list[Token] = []
    at, size = 0, len(plain)
    turned = False  # a change of writing direction stands earlier on this line
    scan = _TOKEN.match
    while at < size:
        match = scan(plain, at)
        assert match is not None  # noqa: S101  # the last alternative takes any character
        kind, start, at = match.lastgroup, at, match.end()
        if kind == "blank":
            turned = turned or "\x05" in match[0]
        elif kind == "word":
            word = _INVISIBLE.sub("", match[0])
            if word.isalpha() or "'" in word:
                tokens.append(Token("word", start, at, unmix(word)))
            else:  # ½ ② Ⅷ and their like count as letters
                tokens.append(Token("bad", start, at, word, why="digits other than 0-9"))
        elif kind == "number":
            previous = tokens[-1] if tokens else None
            month = previous is not None and previous.kind == "word" and previous.end >= start - 3
            dated = _YEAR_AFTER_MONTH.match(plain, start) if month else None
            if dated and dated.end() <= at and previous and previous.text in months:
                at = dated.end(1) if dated[1] else dated.end(3)
            tokens.append(_number(plain, start, at, dotted=dotted, turned=turned, tokens=tokens))
            ordinal = _ORDINAL.match(plain, at)
            if ordinal and tokens[-1].kind == "number":
                tokens[-1].kind, at = "time", ordinal.end()
                tokens[-1].end = at
        elif kind in {"iso", "dotted"}:
            tokens.append(_numeric_date(start, at, match[0]))
            if tokens[-1].date is None:
                tokens[-1].kind, tokens[-1].why = "bad", "a date that does not exist"
        elif kind == "time":
            tokens.append(Token("time", start, at, match[0]))
        elif match[0] == "\n":
            turned = False
            tokens.append(Token("end", start, at, "\n", newline=True))
        elif match[0] in ".!?…" and _ends_sentence(text, plain, at, tokens, months):
            tokens.append(Token("end", start, at, match[0]))
        else:
            tokens.append(Token("mark", start, at, match[0]))
    tokens.append(Token("end", size, size, "\n", newline=True))
    return tokens


def _ends_sentence(text: str, plain: str, at: int, tokens: list[Token], months: Mapping[str, int]) -> bool:
    if plain[at : at + 1] == ")" and tokens and tokens[-1].kind == "word" and len(tokens[-1].text) <= 3:
        return False  # "(+17 од.)"
    following = at
    while following < len(plain) and plain[following] in " \x01\x02\x03\"')":
        following += 1
    if following >= len(plain) or plain[following] == "\n":
        return True
    if following == at or not tokens:
        return False
    letter = text[following]
    before = tokens[-1]
    if before.is_number() and len(before.text) < 3 and (len(tokens) == 1 or tokens[-2].newline):
        return False  # the number of a list's line
    abbreviated = (
        before.kind == "word" and (len(before.text) <= 3 or before.text in months) and plain[at - 1] == "."
    )
    if letter.isalpha():
        return letter.isupper() and not (abbreviated and (len(before.text) == 1 or before.text in months))
    return not abbreviated


def _number(plain: str, start: int, end: int, *, dotted: bool, turned: bool, tokens: list[Token]) -> Token:
    raw = plain[start:end]
    token = Token("number", start, end, raw)
    before, after = plain[start - 1 : start], plain[end : end + 1]
    try:
        token.value = read_number(raw, dotted=dotted)
    except NumeralError as error:
        token.kind, token.why = "bad", str(error)
    if turned or before in {"\x03", "\x04", "\x05"} or (after in {"\x03", "\x04", "\x05"} and after):
        token.kind, token.why = "bad", "an invisible character beside a number"
    if before == "\x01" and plain[start - 2 : start - 1] in {"+", "-"}:
        token.kind, token.why = "bad", "markup between a sign and its number"
    if before in {",", ".", "'"} and plain[start - 2 : start - 1].isalpha():
        token.kind, token.why = "bad", "letters and digits run together"
    if before and before.isalnum():
        token.kind, token.why, token.tied = "bad", "letters and digits run together", True
    elif _split_by(plain, start - 1) or _split_by(plain, end):
        token.kind, token.why = "bad", "a number parted by something that is no separator"
    elif (
        before == "-"
        and plain[start - 2 : start - 1].isalpha()
        and start >= 2
        and tokens
        and tokens[-1].text == "-"
    ):
        token.tied = True
    return token


def _split_by(plain: str, at: int) -> bool:
    """Whether a mark stands between two digits at ``at`` that parts no figures in any bulletin."""
    return (
        0 < at < len(plain) - 1
        and plain[at - 1].isdigit()
        and plain[at + 1].isdigit()
        and not plain[at].isalnum()
        and plain[at] not in " \n|("
    )


def _numeric_date(start: int, end: int, text: str) -> Token:
    parts = re.split(r"[./-]", text)
    day, month, year = (int(part) for part in (reversed(parts) if len(parts[0]) == 4 else parts))
    year += 2000 if year < 100 else 0
    date = _day_of(year, month, day)
    other = _day_of(year, day, month) if "/" in text else None
    return Token(
        "date", start, end, text, date=date or other, month_first=other if date not in {None, other} else None
    )


def _day_of(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _name(tokens: list[Token], labels: Labels) -> list[Token]:
    """Words with their meanings; several words that are one form become one token."""
    words = [token.text if token.kind == "word" else "" for token in tokens]
    plain: list[int] = []  # places of words that a form may run over: hyphens and slashes do not part it
    named: list[Token] = []
    at, size = 0, len(tokens)
    while at < size:
        token = tokens[at]
        if token.kind != "word":
            named.append(token)
            at += 1
            continue
        plain = [at]
        following = at + 1
        while following < size and len(plain) < 9:
            other = tokens[following]
            if other.kind == "word":
                plain.append(following)
            elif not (
                other.kind == "mark"
                and (other.text in "-/" or (other.text == "." and len(tokens[following - 1].text) <= 4))
            ):
                break
            following += 1
        length, meanings = labels.match([words[place] for place in plain], 0, len(plain))
        if not length:
            named.append(token)
            at += 1
            continue
        last = plain[length - 1]
        token.end = tokens[last].end
        token.roles = frozenset(meaning.what for meaning in meanings if meaning.is_role)
        token.meanings = tuple(meaning for meaning in meanings if not meaning.is_role)
        token.text = " ".join(words[place] for place in plain[:length])
        if token.meanings:
            token.kind = "label"
        named.append(token)
        at = last + 1
        if at < size and tokens[at].text == "." and tokens[at].kind == "mark" and len(token.text) <= 4:
            at += 1  # the point of an abbreviation
    return named


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Number words become numbers; a number and its thousand become one rounded number."""
    joined: list[Token] = []
    for token in tokens:
        if "@hours" in token.roles and _is_day(joined):
            token.roles, token.start = frozenset(("@change",)), joined[-1].start
            joined[-1] = token
            continue
        if token.kind == "word" and token.roles:
            for role in token.roles:
                name, _, argument = role.partition(" ")
                if name == "@number":
                    token.kind, token.spelled = ("bad", True) if argument == "?" else ("number", True)
                    token.why = "a number word that is not read" if argument == "?" else ""
                    token.value = int(argument) if argument != "?" else 0
                elif name == "@scale":
                    before = joined[-1] if joined else None
                    if before is not None and before.is_number():
                        _scale(before, token, int(argument))
                        break
            else:
                joined.append(token)
            continue
        joined.append(token)
    for left, right in itertools.pairwise(joined):
        if left.is_number() and right.is_number() and (left.spelled or right.spelled):
            for token in (left, right):
                token.kind, token.why = "bad", "several numbers run together"
    return joined


def _is_day(tokens: list[Token]) -> bool:
    """Whether the last token is the 24 of "24 hours", perhaps with a hyphen behind it."""
    if len(tokens) > 1 and tokens[-1].text == "-" and tokens[-2].text == "24":
        tokens.pop()
    return bool(tokens) and tokens[-1].text == "24"


def mark_broken_numbers(tokens: list[Token]) -> None:
    """Distrust numbers with only a comma or point between them: a number broken in two, or two run together."""
    for left, right in itertools.pairwise(tokens):
        if left.is_number() and right.is_number():
            for token in (left, right):
                token.kind, token.why = "bad", "several numbers run together"
        elif left.is_number() and right.kind == "word" and right.start == left.end and not _may_touch(right):
            left.kind, left.why = "bad", "letters and digits run together"
    for at, token in enumerate(tokens[:-2]):
        following = at + 1 + (tokens[at + 1].kind == "mark")  # over a comma
        word, rest = tokens[following], tokens[min(following + 1, len(tokens) - 1)]
        glued = word.kind == "word" and rest.is_number() and rest.tied and word.start <= token.end + 1
        if token.is_number() and glued:
            token.kind, token.why = "bad", "letters and digits run together"
    for at, left in enumerate(tokens):
        if not left.is_number():
            continue
        beyond = at + 1
        while beyond < min(at + 4, len(tokens) - 1) and tokens[beyond].kind in {"mark", "end"}:
            beyond += 1
        right, marks = tokens[beyond], tokens[at + 1 : beyond]
        if marks and right.is_number() and not any(mark.newline for mark in marks):
            opens_line = at == 0 or tokens[at - 1].newline
            if _are_one_number(left, marks, right, opens_line=opens_line):
                for token in (left, right):
                    token.kind, token.why = "bad", "several numbers run together"
    for left, mark, line_end, right in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if line_end.newline and mark.text == "," and left.is_number() and re.fullmatch("[0-9]{3}", right.text):
            for token in (left, right):
                token.kind, token.why = "bad", "a number broken by the end of a line"


def _are_one_number(left: Token, between: list[Token], right: Token, *, opens_line: bool) -> bool:
    """Whether two numbers with only marks between them may have been one, or are not to be told apart."""
    marks = "".join(mark.text for mark in between)
    touching = between[0].start == left.end
    thousands = bool(re.match("[0-9]{3}(?![0-9])", right.text) and re.match("[0-9]{1,3}(?![0-9])", left.text))
    if "|" in marks or "(" in marks:
        return False
    if opens_line and marks in {".", ")"}:
        return thousands  # "1. Tanks", "2) 28 ships"; but "1. 252 aircraft" may be 1,252
    if marks == "+":
        return touching
    if marks == "-":
        return (touching and between[0].end == right.start) or thousands or (left.spelled and right.spelled)
    return marks in {",", "."} or thousands


def _may_touch(word: Token) -> bool:
    """Whether a word may stand right behind a number's digits: ``9382од``, ``24h``."""
    return any(role in {"@unit", "@count"} or role.startswith(("@month", "@scale")) for role in word.roles)


def _scale(number: Token, word: Token, scale: int) -> None:
    raw = str(number.value) if number.spelled else number.text
    try:
        if number.kind == "rounded" or (number.kind == "bad" and number.why == "a number word that is not read"):
            raise NumeralError("a number word that is not read")
        number.rounded = read_rounded(raw, scale)
        number.kind, number.value = "rounded", number.rounded.value
        number.why = "a rounded number, no exact figure"
    except NumeralError as error:
        number.kind, number.why = "bad", str(error)
    number.end = word.end
    number.text = f"{raw} {word.text}"
