"""Which numbers of a sentence or line belong to which label, and how each is said: the parts of a bulletin.

Nothing is decided here that needs more than the sentence: whether a bare number is a total or a change, where
the sentence does not say so itself, is left open (``kind`` is None).
"""

from __future__ import annotations

from conflict.intake.bulletin_context import (
    BESIDE_LABEL,
    CUES,
    LINKS,
    QUALIFYING,
    counts_something,
    has_own_number,
    is_label_at,
    is_mark,
    is_stray_letter,
    label_after,
    last_number,
    linked_later,
    listed_here,
    looks_listed,
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
from conflict.intake.bulletin_segments import Item, Segment
from conflict.intake.bulletin_tokens import Token

_ELSE = frozenset(("@period", "@average"))
_REACH = 40
"""So many tokens at most part a label from its number."""


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
    while at < size:
        token = tokens[at]
        following = at + 1
        if token.kind == "label":
            item, following = _label_first(tokens, at, begin, segment)
            if item is not None:
                segment.items.append(item)
        elif token.is_number():
            item, following = _number_first(tokens, at, segment)
            if item is not None:
                segment.items.append(item)
            else:
                following = _leftover(segment, at, token)
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
    while place < min(len(tokens), at + _REACH):
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
            elif token.text in ",;()<":
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
            follows = tokens[place + 1] if place + 1 < len(tokens) else None
            strange = strange or (follows is not None and follows.is_number())  # "9:38 200" is no time
        elif "@and" in token.roles and is_label_at(tokens, place + 1) and not link:
            joined = "/"
        elif token.roles & _ELSE:
            kind = "unsure"
        elif token.roles & {"@change"}:
            included = True
            kind = kind or "change"
        elif token.roles & {"@more"}:
            kind = "change"
        elif token.roles & {"@total"}:
            kind = "total"
        elif token.roles & (BESIDE_LABEL | CUES | QUALIFYING):
            strange = strange or (bool(link) and len(token.text) == 1)  # a letter where a digit should stand
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
        by = preceding_kind(tokens, number)
        item.kind = by or item.kind
    item.qualifier = qualifier_before(tokens, number)
    if combined:
        item.void = True
        item.faults.append((count, "one number for several labels"))
    before = segment.items[-1] if segment.items else None
    if before is not None and before.number is not None and before.number.kind == "number":
        begin = max(begin, before.last + 1)
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
    if at and is_stray_letter(tokens[at - 1], listed=item.listed):
        item.void = True
        item.faults.append((count, "letters and digits run together"))
    if strange:
        item.void = True
        item.faults.append((count, "an unknown label"))
    if not count.sign:
        item.kind = "change" if more else preceding_kind(tokens, at)
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
            if (
                at == 0
                and is_mark(token, "+", "-")
                and not (inner[1:] and inner[1].is_number())
                and not (token.text == "-" and len(inner) == 1)  # a dash alone states nothing
            ):
                item.faults.append((token, "a sign without a number"))
            continue
        before = {role for other in inner[max(last_number(inner, at), at - 12) : at] for role in other.roles}
        beyond = inner[at + 1] if at + 1 < len(inner) else None
        after = {role for other in inner[at + 1 : at + 12] for role in other.roles}
        if counts_something(inner, at):
            continue
        around = before | after
        if around & _ELSE:
            item.faults.append((token, "a number of another span than one day"))
            continue
        if token.sign:
            role = "change"
        elif "@total" in before or ("@total" in after and "@change" not in before):
            role = "total"
        elif (
            "@more" in around
            or (beyond is not None and "@more-than" in beyond.roles)
            or ("@change" in around and "@day-before" not in around)
        ):
            role = "change"
        else:
            role = ""
        if role == "change" and not token.sign and at and is_mark(inner[at - 1], "-", "+"):
            role = ""
        if beyond is not None and beyond.kind == "label" and not same_label(item.labels[0], beyond):
            role = ""
        if role == "change" and any(other.sign for other in inner[:at]):
            item.change = None  # two changes: neither is certain
            item.faults.append((token, "several changes in brackets"))
        elif role == "change" and item.change is None:
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
    if (
        item is not None
        and at - item.last < 40
        and all(other.kind != "label" for other in tokens[item.last + 1 : at])
        and not item.void
    ):
        window = {role for other in tokens[item.last + 1 : at] for role in other.roles}
        beyond = {role for other in tokens[at + 1 : at + 5] for role in other.roles}
        kind = "change" if token.sign else preceding_kind(tokens, at)
        if window & _ELSE or beyond & _ELSE:
            kind = "change" if kind == "change" and "@rise" in window else None
        elif kind is None and {"@including", "@change"} <= (window | beyond):
            kind = "change"
        if (
            kind is None
            and ("@more" in beyond or "@more-than" in beyond)
            and not token.spelled | bool(strange_after(tokens, at))
        ):
            kind = "change"
        if kind is None and "@including" not in window and "@total" in _roles_since_comma(tokens, at):
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
    segment.leftovers.append((token, token.why or "a number without a known label", looks_listed(tokens, at)))
    return at + 1


def _roles_since_comma(tokens: list[Token], at: int) -> set[str]:
    roles: set[str] = set()
    for place in range(at - 1, max(at - 8, -1), -1):
        if is_mark(tokens[place], ",", ";"):
            break
        roles |= tokens[place].roles
    return roles


def _loose_group(segment: Segment, at: int, group: Token) -> None:
    for place, token in enumerate(group.inner):
        if token.is_number() and not counts_something(group.inner, place) and not token.tied:
            reason = token.why or "a number without a known label"
            segment.leftovers.append((token, reason, bool(token.sign)))
