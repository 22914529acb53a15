"""Whether a bare number is a total or the change of one day: never guessed, never the one for the other."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from conflict.intake.bulletin_context import is_mark
from conflict.intake.bulletin_dates import RANGE_START
from conflict.intake.bulletin_segments import Item, Segment
from conflict.intake.bulletin_tokens import Token

LARGEST_DAY = 5_000
"""No category's change of one day came near this (the highest is 3,160): such a number is a total."""

Cues = list[tuple[int, str]]
"""Where a sentence says that it speaks of totals or of one day, with "total", "change", "unclear" or "as-of"."""

_COMPARING = frozenset(("than", "from", "with", "to", "on", "versus", "against", "over"))
_TOGETHER = 3
_CUE_REACH = 8
CLAUSE = 60
"""So many tokens a clause has at most."""


@dataclass(slots=True)
class _List:
    """The items of one list, and what the words that lead up to it speak of: totals, changes, or nothing.

    ``firm``: those words stand in the list's own line or end with a colon.
    """

    lead: str | None
    firm: bool
    items: list[Item] = field(default_factory=list)


def settle_kinds(segments: list[Segment], all_cues: list[Cues]) -> None:
    """Give each bare number its kind: by its own sentence, its list, or the words that lead up to the list."""
    any_change = any(
        kind == "change"
        for segment, cues in zip(segments, all_cues, strict=True)
        if not _is_aside(segment)
        for _at, kind in cues
    )
    reader = _Reader(any_change=any_change)
    for segment, cues in zip(segments, all_cues, strict=True):
        if segment.tokens:
            reader.read(segment, cues)
    for each in reader.lists:
        _settle_list(each, speaks_of_day=any_change)


class _Reader:
    """Walks through a text from its first sentence on, and gathers its lists with what leads up to each."""

    def __init__(self, *, any_change: bool) -> None:
        self.any_change = any_change
        self.lists: list[_List] = []
        self.current: _List | None = None
        self.lead: str | None = None  # what the last sentence with a cue spoke of
        self.near = False  # nothing much stands between that sentence and what is read now
        self.firm = False

    def read(self, segment: Segment, cues: Cues) -> None:
        """Read the next sentence or line."""
        for item in segment.items:
            if item.kind is None and item.number is not None:
                item.kind = _said_by_itself(item)
            elif item.kind == "total" and item.change is None and _is_of_a_day(segment, item, cues):
                item.kind = "unsure"  # "rose to 1,610 over the past day"
        own = _agreed(cues)
        listed = [item for item in segment.items if item.listed]
        if listed:
            self._read_list(segment, listed, own, cues)
        prose = [item for item in segment.items if not item.listed and item.kind is None]
        if prose:
            so_far = self.lead == "total" or not self.any_change
            _settle_prose(segment, prose, cues, settled_so_far=so_far)
        if not listed:
            self._follow(segment, own)

    def _read_list(self, segment: Segment, listed: list[Item], own: str | None, cues: Cues) -> None:
        if own and _leads(segment, cues):
            self.lead, self.near, self.firm = own, True, True
            self.current = _List(own, firm=True, items=listed)
            self.lists.append(self.current)
        elif own:  # said of this line alone: "tanks: 17 over the past day"
            own = "unclear" if own == "change" and segment.leftovers else own
            self.lists.append(_List(own, firm=True, items=listed))
        else:
            if self.current is None:
                self.current = _List(self.lead if self.near else None, firm=self.firm)
                self.lists.append(self.current)
            self.current.items.extend(listed)

    def _follow(self, segment: Segment, own: str | None) -> None:
        """Keep what a sentence without a list says of the one that may come."""
        colon = is_mark(segment.tokens[-1], ":")
        if own or segment.items:
            self.current = None
        if own:
            aside = own == "unclear" or (own == "change" and _is_aside(segment))
            if not aside or colon:
                self.lead, self.firm = own, False
            self.near = True
        elif segment.items or len(segment.tokens) > 12:
            self.near = self.near and colon
        self.firm = self.firm or colon


def _said_by_itself(item: Item) -> str | None:
    """What the item's own sign or brackets make of its number."""
    if item.number is not None and item.number.sign:
        return "change"
    if item.change is not None:
        return "total"
    return "change" if item.total is not None else None


def _settle_prose(segment: Segment, items: list[Item], cues: Cues, *, settled_so_far: bool) -> None:
    """Numbers before labels in running text: only a word that says so makes a total or a change of them.

    ``settled_so_far``: "has lost" can only mean so far, as nothing before spoke of one day.
    """
    strong = [(at, kind) for at, kind in cues if kind != "as-of"]
    roles = segment.roles()
    kinds = {kind for _at, kind in strong}
    as_of = len(strong) < len(cues)
    largest = max((item.number.value for item in segment.items if item.number and not item.listed), default=0)
    for item in items:
        kind: str | None = None
        if kinds:
            kind = next(iter(kinds)) if len(kinds) == 1 else _nearest_cue(segment, item, strong)
        elif as_of or largest >= LARGEST_DAY or ("@lost-so-far" in roles and settled_so_far):
            kind = "total"
        if kind == "change" and item.number is not None and item.number.value >= LARGEST_DAY:
            kind = "total" if as_of or "@lost-so-far" in roles else None
        if kind == "unclear" or "@other-losses" in roles:
            kind = None
        item.kind = kind


def _settle_list(each: _List, *, speaks_of_day: bool) -> None:
    """The bare numbers of one list are all totals or all changes; an unclear heading settles nothing.

    Nor do small numbers without a heading, where the text speaks of a day somewhere else.
    """
    bare = [item for item in each.items if item.kind is None]
    if not bare:
        return
    largest = max(item.number.value for item in each.items if item.number is not None)
    kind: str | None
    if any(item.kind == "total" for item in each.items) or each.lead == "total":
        kind = "total"
    elif each.lead is None:
        kind = "total" if largest >= LARGEST_DAY or not speaks_of_day else None
    elif each.lead == "unclear":
        kind = None
    elif each.firm:
        kind = "change" if largest < LARGEST_DAY else None
    else:
        kind = "total" if largest >= LARGEST_DAY else None
    for item in bare:
        item.kind = kind


def cues_of(segment: Segment) -> Cues:
    """Where a sentence says that it speaks of totals or of one day, outside brackets."""
    found = []
    for at, token in enumerate(segment.tokens):
        if token.roles & {"@change"}:
            found.append((at, "unclear" if _is_day_before(segment.tokens, at) else "change"))
        elif token.roles & {"@total"}:
            found.append((at, "total"))
        elif token.roles & {"@more"}:
            found.append((at, "change"))
        elif token.roles & {"@period", "@average"}:
            if any("@more" in other.roles for other in segment.tokens[at + 1 : at + 3]):
                continue  # "a daily average increase of": the increase says what it is
            if token.kind != "time" or not _says_since_when(segment, at):
                found.append((at, "unclear"))
        elif "@as-of" in token.roles:
            found.append((at, "as-of"))
        elif token.kind == "date" and at + 2 < len(segment.tokens) and segment.tokens[at + 2].kind == "date":
            found.append((at, "total"))
    return found


def _is_day_before(tokens: list[Token], at: int) -> bool:
    """Whether the figure is the day before's: ``a day earlier``, but not ``more than a day earlier``."""
    if "@day-before" not in tokens[at].roles or tokens[at].text.split()[0] != "day":
        return False
    while at and tokens[at - 1].text in {"a", "the", "one"}:
        at -= 1
    return not at or tokens[at - 1].text.split()[-1] not in _COMPARING


def _says_since_when(segment: Segment, at: int) -> bool:
    """Whether the year at ``at`` only says when the war began: ``since it began in 2022``."""
    near = segment.tokens[max(at - _CUE_REACH, 0) : at]
    return any("@total" in token.roles and token.text.split()[0] in RANGE_START for token in near)


def _agreed(cues: Cues) -> str | None:
    """What the cues of a sentence agree on; the last one, or "unclear" where different ones stand together."""
    strong = [(at, kind) for at, kind in cues if kind != "as-of"]
    if not strong:
        return "total" if cues else None
    at, last = strong[-1]
    if last == "unclear" or any(kind != last and at - place <= _TOGETHER for place, kind in strong):
        return "unclear"  # "total losses of the day"
    return last


def _leads(segment: Segment, cues: Cues) -> bool:
    """Whether a line's words on totals or changes come before its first item, and so lead up to the list."""
    return cues[0][0] < segment.items[0].first


def _is_aside(segment: Segment) -> bool:
    """Whether a sentence about one day only goes on about the total before it: ``This number includes ...``."""
    return "@including" in segment.roles()


def _nearest_cue(segment: Segment, item: Item, cues: Cues) -> str | None:
    """Of a sentence that speaks of both: the cue within the item's own commas, else the last before it."""
    own = _clause_cues(segment, item, cues)
    if own:
        return own.pop() if len(own) == 1 else None
    before = bisect.bisect_left(cues, (item.first, ""))
    return cues[before - 1][1] if before else None


def _clause_cues(segment: Segment, item: Item, cues: Cues) -> set[str]:
    """What the cues within an item's own commas speak of."""
    tokens = segment.tokens
    left, right = item.first, item.last
    while left > max(item.first - CLAUSE, 0) and not is_mark(tokens[left - 1], ",", ";"):
        left -= 1
    while right < min(item.last + CLAUSE, len(tokens)) and not is_mark(tokens[right], ",", ";"):
        right += 1
    first, last = bisect.bisect_left(cues, (left, "")), bisect.bisect_left(cues, (right, ""))
    return {kind for _at, kind in cues[first:last]}


def _is_of_a_day(segment: Segment, item: Item, cues: Cues) -> bool:
    """Whether a small number that is called a total is one of a day: the words around it speak of one."""
    value = item.number.value if item.number is not None else LARGEST_DAY
    return value < LARGEST_DAY and "change" in _clause_cues(segment, item, cues)
