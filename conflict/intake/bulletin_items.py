"""Which numbers of a sentence or line belong to which label, and how each is said: the parts of a bulletin.

Nothing is decided here that needs more than the sentence: whether a bare number is a total or a change, where
the sentence does not say so itself, is left open (``kind`` is None).
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict.intake.bulletin_context import (
    BESIDE_LABEL,
    QUALIFYING,
    counts_something,
    is_mark,
    is_stray_letter,
    listed_here,
    looks_listed,
    makes_compound,
    preceding_kind,
    qualifier_before,
    shares_number,
    strange_after,
)
from conflict.intake.bulletin_label_first import label_first
from conflict.intake.bulletin_segments import Item, Segment
from conflict.intake.bulletin_tails import ELSE, read_tail, speaks_of_span, take_group
from conflict.intake.bulletin_tokens import Token

_BETWEEN_TWO = frozenset(
    ("of", "out", "to", "or", "and", "з", "із", "до", "чи", "або", "і", "та", "из", "или", "и")
)


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
            item, following = label_first(tokens, at, begin, segment)
            if item is not None:
                segment.items.append(item)
        elif token.is_number():
            item, following = _number_first(tokens, at)
            if item is not None:
                segment.items.append(item)
            else:
                _leftover(segment, at, token)
        elif token.kind == "group":
            _loose_group(segment, token)
        at = following
    if len(segment.items) == 1 and _is_whole_line(segment, begin):
        segment.items[0].listed = True


def _is_whole_line(segment: Segment, begin: int) -> bool:
    """Whether the one item of a segment is all that its line holds: ``28 ships/boats``."""
    item = segment.items[0]
    outside = segment.tokens[begin : item.first] + segment.tokens[item.last + 1 :]
    return (
        segment.starts_line
        and segment.ends_line
        and all(token.kind == "mark" or token.roles & QUALIFYING for token in outside)
    )


def _number_first(tokens: list[Token], at: int) -> tuple[Item | None, int]:
    """Number, then label: ``1,742 (+4) tanks``, ``six units of special equipment (total - 1,838)``."""
    count = tokens[at]
    way = _way_to_label(tokens, at)
    if way is None:
        return None, at + 1
    place = way.label
    item = Item([tokens[place]], count, listed=way.group is not None, first=at, last=place)
    item.qualifier = qualifier_before(tokens, at)
    if item.qualifier:
        item.start = tokens[at - 1].start
    if way.group is not None:
        take_group(item, tokens[way.group])
    if at and is_stray_letter(tokens[at - 1], listed=item.listed):
        item.refuse(count, "letters and digits run together")
    if not count.sign:
        item.kind = "change" if way.more else preceding_kind(tokens, at)
    if way.strange:
        item.refuse(count, "an unknown label")
    if item.kind in {None, "unsure"} and _is_one_of_two(tokens, at):
        item.refuse(count, "several numbers run together")
    beyond = place + 1
    single = count.kind == "number" and count.value == 1
    if beyond < len(tokens) and makes_compound(tokens[place], tokens[beyond], single=single):
        item.refuse(count, "an unknown label")
    following = read_tail(tokens, beyond, item)
    if shares_number(tokens, following, item):
        item.refuse(count, "one number for several labels")
    return item, following


def _is_one_of_two(tokens: list[Token], at: int) -> bool:
    """Whether another number of the same label stands before this one: ``51 of 60 drones``, ``9,000 to 9,382``."""
    place = at - 1
    while place > max(at - 3, 0) and tokens[place].text in _BETWEEN_TWO:
        place -= 1
    return 0 <= place < at - 1 and tokens[place].is_number() and not tokens[place].tied


@dataclass(slots=True)
class _WayToLabel:
    """What stands between a number and the label behind it, at the place ``label``."""

    label: int = 0
    group: int | None = None
    strange: bool = False
    more: bool = False


def _way_to_label(tokens: list[Token], at: int) -> _WayToLabel | None:
    """Go from the number at ``at`` to its label, if it has one."""
    way = _WayToLabel()
    place, words = at + 1, 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "label":
            break
        if token.kind == "group" and way.group is None:
            way.group = place
        elif token.kind == "word":
            words += 1
            if words > 6 or "@count" in token.roles:
                return None
            if token.roles & {"@more"} or (place == at + 1 and "@more-than" in token.roles):
                way.more = True
            elif not token.roles & (BESIDE_LABEL | {"@about", "@total"}) or token.roles & {"@including"}:
                way.strange = True
        elif not is_mark(token, "/", "+"):
            return None
        place += 1
    if place >= len(tokens) or (way.strange and words > 3):
        return None
    way.label = place
    return way


def _leftover(segment: Segment, at: int, token: Token) -> None:
    """A number without a label of its own: it goes on about the item before, counts another thing, or is left."""
    tokens = segment.tokens
    if counts_something(tokens, at) or token.tied:
        return
    if _is_about_last_item(segment, at) and _goes_on(segment.items[-1], tokens, at):
        return
    if token.spelled and token.kind == "number" and not listed_here(tokens, at):
        return  # "one" and "two" are words of prose
    segment.leftovers.append((token, token.why or "a number without a known label", looks_listed(tokens, at)))


def _is_about_last_item(segment: Segment, at: int) -> bool:
    """Whether a number may still belong to the item before it: no other label or loose number lies between."""
    if not segment.items or segment.items[-1].void:
        return False
    last = segment.items[-1].last
    if at - last >= 40 or (segment.leftovers and segment.leftovers[-1][0].start > segment.tokens[last].start):
        return False
    return all(token.kind != "label" for token in segment.tokens[last + 1 : at])


def _goes_on(item: Item, tokens: list[Token], at: int) -> bool:
    """Take a number as the total or the change of an item, where the words around it say so."""
    kind = _kind_around(item, tokens, at)
    former = item.kind == "former"  # "from 9,365 to 9,382": its number is neither the total nor the change
    if kind == "total" and item.total is None and item.kind != "total" and (former or not item.change):
        item.total, item.last = tokens[at], at
        item.kind = item.kind or "change"
        item.qualifier = qualifier_before(tokens, at)
        return True
    if kind == "change" and item.change is None and item.kind != "change":
        item.change, item.last = tokens[at], at
        item.change_qualifier = qualifier_before(tokens, at)
        item.kind = item.kind or "total"
        return True
    return False


def _kind_around(item: Item, tokens: list[Token], at: int) -> str | None:
    token = tokens[at]
    window = {role for other in tokens[item.last + 1 : at] for role in other.roles}
    beyond = {role for other in tokens[at + 1 : at + 5] for role in other.roles}
    kind = "change" if token.sign else preceding_kind(tokens, at)
    if window & ELSE or "@no-loss" in window or speaks_of_span(tokens, at + 1):
        return None
    if kind is None and {"@including", "@change"} <= (window | beyond):
        kind = "change"
    if kind is None and beyond & {"@more", "@more-than"} and not (token.spelled or strange_after(tokens, at)):
        kind = "change"
    if kind is None and "@including" not in window and "@total" in _roles_since_comma(tokens, at):
        kind = "total"
    return kind


def _roles_since_comma(tokens: list[Token], at: int) -> set[str]:
    roles: set[str] = set()
    for place in range(at - 1, max(at - 8, -1), -1):
        if is_mark(tokens[place], ",", ";"):
            break
        roles |= tokens[place].roles
    return roles


def _loose_group(segment: Segment, group: Token) -> None:
    for place, token in enumerate(group.inner):
        if token.is_number() and not counts_something(group.inner, place) and not token.tied:
            reason = token.why or "a number without a known label"
            segment.leftovers.append((token, reason, bool(token.sign)))
