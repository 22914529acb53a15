"""Which numbers of a sentence or line belong to which label, and how each is said: the parts of a bulletin.

Nothing is decided here that needs more than the sentence: whether a bare number is a total or a change, where
the sentence does not say so itself, is left open (``kind`` is None).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict.intake.bulletin_context import (
    BESIDE_LABEL,
    CUES,
    LINKS,
    QUALIFYING,
    counts_something,
    has_own_number,
    is_label_at,
    is_mark,
    label_after,
    last_number,
    linked_later,
    listed_here,
    makes_compound,
    preceding_kind,
    qualifier_before,
    reaching,
    report_unknown,
    same_label,
    shares_number,
    signed_follows,
    strange_after,
    strange_before,
)
from conflict.intake.bulletin_tokens import Token


@dataclass(slots=True)
class Item:
    """One label with its number or numbers, tokens ``first`` to ``last`` of its segment.

    ``kind`` says what ``number`` is: "total", "change", or None where the sentence alone does not tell.
    ``listed``: the item has the form of a list (label, dash, number; or number, bracket, label).
    """

    labels: list[Token]
    number: Token | None = None
    change: Token | None = None
    total: Token | None = None
    kind: str | None = None
    listed: bool = False
    first: int = 0
    last: int = 0
    at: int = 0
    qualifier: str = ""
    change_qualifier: str = ""
    faults: list[tuple[Token, str]] = field(default_factory=list)
    void: bool = False  # a fault that forbids to take its numbers
    start: int | None = None  # place in the text where its qualifier begins, if that stands before all else
    end: int = 0  # place in the text where its unit or its bracket ends


@dataclass(slots=True)
class Segment:
    """A sentence or a line: its tokens, what was read from it, and the numbers nothing explains."""

    tokens: list[Token]
    items: list[Item] = field(default_factory=list)
    leftovers: list[tuple[Token, str]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    starts_line: bool = False
    ends_line: bool = False

    def roles(self) -> set[str]:
        """The @ roles of all its words."""
        return {role for token in self.tokens for role in token.roles}


def segments_of(tokens: list[Token]) -> list[Segment]:
    """The tokens parted at the ends of sentences and lines, brackets folded into one token each."""
    segments: list[Segment] = []
    current: list[Token] = []
    starts_line = True
    for token in tokens:
        if token.kind == "end":
            segments.append(Segment(_fold(current), starts_line=starts_line, ends_line=token.newline))
            starts_line = token.newline if current or token.newline else starts_line
            current = []
        else:
            current.append(token)
    return segments


def _fold(tokens: list[Token]) -> list[Token]:
    """Signs joined to their numbers, and each pair of brackets made one token of the kind ``group``."""
    signed: list[Token] = []
    for at, token in enumerate(tokens):
        before = signed[-1] if signed else None
        if token.is_number() and before is not None and before.kind == "mark" and not token.spelled:
            earlier = signed[-2] if len(signed) > 1 else None
            opening = earlier is None or (earlier.kind == "mark" and earlier.text in "(:-=|,;/")
            if before.text in {"+", "±"} or (before.text == "-" and opening and before.end == token.start):
                if before.text == "±" or (
                    earlier is not None and earlier.text in "+±" and earlier.end == before.start
                ):
                    token.kind, token.why = "bad", "a number with an unclear sign"
                if before.text != "-" or at > 1:
                    token.sign, token.start = before.text, before.start
                    signed.pop()
        signed.append(token)
    folded: list[Token] = []
    opened = -1
    for token in signed:
        if token.kind == "mark" and token.text == "(":
            if opened >= 0:
                continue
            opened = len(folded)
            folded.append(token)
        elif token.kind == "mark" and token.text == ")":
            if opened < 0:
                folded.append(token)
                continue
            head = folded[opened]
            head.kind, head.inner, head.end = "group", folded[opened + 1 :], token.end
            del folded[opened + 1 :]
            opened = -1
        else:
            folded.append(token)
    if opened >= 0:
        for token in folded[opened:]:
            if token.is_number():
                token.kind, token.why = "bad", "a bracket that is not closed"
    return folded


def read_segment(segment: Segment) -> None:
    """Find the items of a segment and the numbers that belong to none, in one pass from left to right."""
    tokens = segment.tokens
    size = len(tokens)
    at = 0
    while at < size and tokens[at].kind == "mark" and tokens[at].text not in "+":
        at += 1
    enumerator = tokens[at : at + 2]
    if (
        len(enumerator) == 2
        and enumerator[0].kind == "number"
        and enumerator[0].value < 100
        and is_mark(enumerator[1], ")", ".")
        and enumerator[0].end == enumerator[1].start
    ):
        at += 2
    begin = at
    pending: int | None = None  # a label that had no number yet: where its run of labels began
    while at < size:
        token = tokens[at]
        following = at + 1
        if token.kind == "label":
            item, following = _label_first(tokens, at, begin, segment)
            if item is not None:
                segment.items.append(item)
                pending = None
            else:
                following = at + 1
                pending = at if pending is None else pending
        elif token.is_number():
            item, following = _number_first(tokens, at, segment)
            if item is not None:
                segment.items.append(item)
            else:
                following = _leftover(segment, at, token)
            pending = None
        elif token.kind == "group":
            _loose_group(segment, at, token)
        at = max(following, at + 1)
    if len(segment.items) == 1 and _is_whole_line(segment, begin):
        segment.items[0].listed = True


def _is_whole_line(segment: Segment, begin: int) -> bool:
    """Whether the one item of a segment is all that its line holds: ``28 ships/boats``."""
    item = segment.items[0]
    outside = segment.tokens[begin : item.first] + segment.tokens[item.last + 1 :]
    return (
        segment.starts_line
        and segment.ends_line
        and all(token.kind == "mark" or token.roles & QUALIFYING or token.kind == "label" for token in outside)
    )


def _label_first(tokens: list[Token], at: int, begin: int, segment: Segment) -> tuple[Item | None, int]:
    """Label, link, number: ``tanks - 9,382 units (+17)``, ``tanks have reached 9,382``."""
    labels = [tokens[at]]
    combined, strange = False, False
    link = ""
    kind: str | None = None
    joined = ""
    number = -1
    included = False
    place = at + 1
    while place < len(tokens):
        token = tokens[place]
        if token.is_number():
            number = place
            break
        if token.kind == "label":
            if link and link != "|":
                return None, at + 1
            if not same_label(labels[-1], token):
                if not joined:
                    return None, at + 1
                combined = True
            labels.append(token)
            joined = "/"
        elif token.kind == "mark":
            if token.text in LINKS:
                link, joined = token.text, ""
            elif token.text in {"/", "+", "&"}:
                joined = token.text
            elif token.text == "," and not link and is_label_at(tokens, place + 1):
                joined = ","
            elif token.text in ",;()<>":
                break
        elif token.kind == "group":
            inner = [part for part in token.inner if part.kind == "label"]
            if any(part.is_number() for part in token.inner):
                break
            if inner and not all(same_label(labels[-1], part) for part in inner):
                combined = True
            labels.extend(inner)
        elif token.kind in {"date", "time"}:
            if not link:
                return None, at + 1
        elif "@and" in token.roles and is_label_at(tokens, place + 1) and not link:
            joined = "/"
        elif token.roles & {"@change"}:
            included = True
            kind = kind or "change"
        elif token.roles & {"@more"}:
            kind = "change"
        elif token.roles & {"@total"}:
            kind = "total"
        elif token.roles & (BESIDE_LABEL | CUES | QUALIFYING):
            pass
        else:
            strange = True
            if not link:
                break
        place += 1
    if number < 0:
        if strange and not link and linked_later(tokens, at):
            report_unknown(tokens, at, segment)
        return None, at + 1
    count = tokens[number]
    words_between = any(t.kind == "word" and not t.roles & QUALIFYING for t in tokens[at + 1 : number])
    tight = label_after(tokens, number)
    if tight is not None and not same_label(labels[0], tokens[tight]) and not count.sign:
        beyond = tokens[tight + 1] if tight + 1 < len(tokens) else None
        if beyond is None or not (beyond.kind == "mark" and beyond.text in LINKS):
            if words_between or not link:
                return None, at + 1
            item = Item(labels, count, first=at, last=number, void=True)
            item.faults.append((count, "a number that stands between two labels"))
            return item, number + 1
    if not link and words_between and kind is None and not reaching(tokens, at, number):
        return None, at + 1
    item = Item(labels, count, kind=kind, listed=bool(link) or not words_between, first=at, last=number)
    if included and count.sign == "":
        item.kind = "change"
    if not count.sign:
        by = preceding_kind(tokens, number, segment)
        item.kind = by or item.kind
    item.qualifier = qualifier_before(tokens, number)
    if combined:
        item.void = True
        item.faults.append((count, "one number for several labels"))
    if strange or strange_before(tokens, at, begin):
        item.void = True
        item.faults.append((count, "an unknown label or unit"))
    return item, _tail(tokens, number + 1, item, segment)


def _number_first(tokens: list[Token], at: int, segment: Segment) -> tuple[Item | None, int]:
    """Number, then label: ``1,742 (+4) tanks``, ``six units of special equipment (total - 1,838)``."""
    count = tokens[at]
    place = at + 1
    group: int | None = None
    strange = False
    more = False
    words = 0
    while place < len(tokens) and words <= 6:
        token = tokens[place]
        if token.kind == "label":
            break
        if token.kind == "group" and group is None:
            group = place
        elif token.kind == "word":
            words += 1
            if token.roles & {"@count"} and not token.roles & {"@filler", "@unit"}:
                return None, place
            if token.roles & {"@more"} or (place == at + 1 and "@more-than" in token.roles):
                more = True
            elif not token.roles & (BESIDE_LABEL | {"@about", "@total"}) or token.roles & {"@including"}:
                strange = True
        elif not is_mark(token, "/", "+"):
            return None, at + 1
        place += 1
    if place >= len(tokens) or tokens[place].kind != "label" or words > 6:
        return None, at + 1
    if strange and words > 3:
        return None, at + 1
    item = Item([tokens[place]], count, listed=group is not None, first=at, last=place)
    item.qualifier = qualifier_before(tokens, at)
    if item.qualifier and tokens[at - 1].roles & QUALIFYING:
        item.start = tokens[at - 1].start
    if group is not None:
        _take_group(item, tokens[group])
    if strange:
        item.void = True
        item.faults.append((count, "an unknown label"))
    if not count.sign:
        item.kind = "change" if more else preceding_kind(tokens, at, segment)
    beyond = place + 1
    if (
        beyond < len(tokens)
        and makes_compound(tokens[place], tokens[beyond])
        and not (count.kind == "number" and count.value == 1)
    ):
        item.void = True
        item.faults.append((count, "an unknown label"))
    following = _tail(tokens, beyond, item, segment)
    if shares_number(tokens, following, item):
        item.void = True
        item.faults.append((count, "one number for several labels"))
    return item, following


def _tail(tokens: list[Token], at: int, item: Item, segment: Segment) -> int:
    """What follows the number: units, the change in brackets or after a sign, the label in another language."""
    place = at
    beside = True  # nothing but the number so far
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "group":
            _take_group(item, token)
            item.last, item.end = place, token.end
        elif token.is_number() and token.sign and item.change is None and not label_after(tokens, place):
            item.change, item.last = token, place
        elif token.kind == "word" and token.roles & {"@unit"}:
            item.last, item.end = place, token.end
        elif (
            token.kind == "word"
            and token.roles & {"@filler", "@loss"}
            and not token.roles & {"@and", "@from", "@to", "@by"}
        ):
            pass
        elif token.kind == "word" and token.roles & {"@more"} and item.listed and not item.kind and beside:
            item.kind = "change"
        elif token.kind == "label" and same_label(item.labels[0], token) and not has_own_number(tokens, place):
            item.last, item.end = place, token.end
        elif is_mark(token, "/", "|", '"', "%") or (is_mark(token, ",") and signed_follows(tokens, place)):
            if token.text == "%":
                item.void = True
                item.faults.append((token, "a share, no number of things"))
        else:
            if (
                beside
                and item.listed
                and token.kind == "word"
                and not token.roles
                and item.labels[0].end < token.start
            ):
                item.void = True
                item.faults.append((token, "an unknown unit"))
            break
        beside = beside and token.kind == "group"
        place += 1
    return place


def _take_group(item: Item, group: Token) -> None:
    """A change or a total in brackets; a number there that says neither is a fault."""
    inner = group.inner
    for at, token in enumerate(inner):
        if not token.is_number():
            continue
        before = {role for other in inner[last_number(inner, at) : at] for role in other.roles}
        beyond = inner[at + 1] if at + 1 < len(inner) else None
        after = {role for other in inner[at + 1 :] for role in other.roles}
        if counts_something(inner, at):
            continue
        if token.sign:
            role = "change"
        elif "@total" in before or ("@total" in after and "@change" not in before):
            role = "total"
        elif {"@change", "@more"} & (before | after):
            role = "change"
        else:
            role = ""
        if beyond is not None and beyond.kind == "label" and not same_label(item.labels[0], beyond):
            role = ""
        if role == "change" and item.change is None:
            item.change = token
            item.change_qualifier = qualifier_before(inner, at)
        elif role == "total" and item.total is None:
            item.total = token
            item.qualifier = qualifier_before(inner, at) or item.qualifier
            item.kind = item.kind or "change"
        else:
            item.faults.append((token, "a number in brackets that is neither a change nor a total"))


def _leftover(segment: Segment, at: int, token: Token) -> int:
    """A number without a label of its own: it goes on about the item before, counts another thing, or is left."""
    tokens = segment.tokens
    if counts_something(tokens, at) or token.tied:
        return at + 1
    item = segment.items[-1] if segment.items else None
    if item is not None and all(other.kind != "label" for other in tokens[item.last + 1 : at]) and not item.void:
        window = {role for other in tokens[item.last + 1 : at] for role in other.roles}
        beyond = {role for other in tokens[at + 1 : at + 3] for role in other.roles}
        kind = "change" if token.sign else preceding_kind(tokens, at, segment)
        if kind is None and {"@including", "@change"} <= (window | beyond):
            kind = "change"
        if (
            kind is None
            and ("@more" in beyond or "@more-than" in beyond)
            and not token.spelled | bool(strange_after(tokens, at))
        ):
            kind = "change"
        if kind is None and "@total" in window:
            kind = "total"
        if (
            kind == "total"
            and item.total is None
            and item.kind != "total"
            and (item.number is None or not item.change)
        ):
            item.total, item.last = token, at
            item.kind = "change"
            item.qualifier = qualifier_before(tokens, at) or item.qualifier
            return at + 1
        if kind == "change" and item.change is None and item.kind != "change":
            item.change, item.last = token, at
            item.change_qualifier = qualifier_before(tokens, at)
            item.kind = item.kind or "total"
            return at + 1
    if token.spelled and token.kind == "number" and not listed_here(tokens, at):
        return at + 1  # "one" and "two" are words of prose
    segment.leftovers.append((token, token.why or "a number without a known label"))
    return at + 1


def _loose_group(segment: Segment, at: int, group: Token) -> None:
    for place, token in enumerate(group.inner):
        if token.is_number() and not counts_something(group.inner, place) and not token.tied:
            segment.leftovers.append((token, token.why or "a number in brackets without a known label"))
