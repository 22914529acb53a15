"""Of what, of whom, where and since when a sentence or list speaks: only losses of the whole war are taken.

"Losses in the Kursk region: tanks 300 (+2)" looks like a bulletin, and so do the losses of a week or of the other
army, and "over the past day Russia launched 120 drones". None of them is a figure of the daily account, however
clearly it says what is a total and what a change.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import takewhile

from conflict.intake.bulletin_context import LOST, is_mark
from conflict.intake.bulletin_kinds import CLAUSE, Cues
from conflict.intake.bulletin_segments import Item, Segment
from conflict.intake.bulletin_tokens import Token

_LIMITS = {
    "@other-losses": "losses of someone else",
    "@part": "losses in one part of the war, not in all of it",
}
_OTHER_SPAN = "losses of another span than one day or the war"
_NOT_LOST = "a number of what is not said to be lost"
_NAMES_SPAN = frozenset(("@total", "@change", "@more", "@lost-so-far"))
_LOSSES = LOST | {"@total", "@change"}
_LONGEST_HEADING = 16  # in tokens, of a heading that ends in no colon
_LONGEST_TITLE = 6  # of one that does not speak of losses either: "In November 2024"


def refuse_other_scopes(segments: Sequence[Segment], all_cues: Sequence[Cues]) -> None:
    """Refuse each item that its own sentence, or the heading above its list, limits to less than the war."""
    heading = ""  # why the figures of the list that stands here are not taken
    written = [pair for pair in zip(segments, all_cues, strict=True) if pair[0].tokens]
    for place, (segment, cues) in enumerate(written):
        if segment.items:
            heading = _refuse_items(segment, cues, heading)
        else:
            above_list = any(item.listed for beyond, _ in written[place + 1 : place + 2] for item in beyond.items)
            heading = _read_heading(segment, cues, heading, above_list=above_list)


def _read_heading(segment: Segment, cues: Cues, heading: str, *, above_list: bool) -> str:
    """What limits the lists below a sentence without figures: if it is no heading, what did so above it."""
    spans = _spans(cues)
    _own, limit = _limits_before(segment, spans)
    speaks_of_state = len(spans) < len(cues)  # "received as of 19 November"
    if not (limit or speaks_of_state) and _is_not_lost(segment, len(segment.tokens), len(segment.tokens)):
        limit = _NOT_LOST
    is_title = above_list and limit == _OTHER_SPAN and _is_line(segment, _LONGEST_TITLE)
    return limit if is_title or _is_heading(segment) else heading


def _refuse_items(segment: Segment, cues: Cues, heading: str) -> str:
    """Refuse the items that their sentence or the heading above limits; return what limits the lists below."""
    spans = _spans(cues)
    own, before = _limits_before(segment, spans)
    listed = any(item.listed for item in segment.items)
    if before or not listed or _begins_list(segment):
        heading = before if listed else ""
    behind = _limits_behind(segment)
    speaks_of_use = "@no-loss" in segment.roles()
    list_of_use = speaks_of_use and len(spans) == len(cues)
    for at, item in enumerate(segment.items):
        reason = own[at] or behind[at] or (heading if item.listed else _span_before(item, spans))
        of_use = list_of_use if item.listed else speaks_of_use
        if not reason and of_use and _is_not_lost(segment, item.first, item.last + 1):
            reason = _NOT_LOST
        if reason:
            item.change = item.total = None
            item.refuse(item.number or item.labels[0], reason)
    return heading


def _spans(cues: Cues) -> Cues:
    """The words on time that name a span, without those on the state of a day."""
    return [cue for cue in cues if cue[1] != "as-of"]


def _is_heading(segment: Segment) -> bool:
    """Whether a sentence without figures leads up to a list: it ends in a colon, or is a short line on losses."""
    if is_mark(segment.tokens[-1], ":"):
        return True
    return bool(segment.roles() & (_LOSSES if _is_line(segment, _LONGEST_HEADING) else {"@total"}))


def _is_line(segment: Segment, longest: int) -> bool:
    return segment.starts_line and segment.ends_line and len(segment.tokens) <= longest


def _begins_list(segment: Segment) -> bool:
    """Whether words of losses before a line's first item begin a list of their own."""
    return any(token.roles & _LOSSES for token in segment.tokens[: segment.items[0].first])


def _limits_before(segment: Segment, spans: Cues) -> tuple[list[str], str]:
    """What is said before each item that limits it, and what before the first of them or a heading's end.

    A limit ends at a semicolon; once an item stands behind it, also at words on totals or on one day. The losses
    of a span are told by the last words on time.
    """
    own: list[str] = []
    limit, used = "", False
    inside = -1  # the last place of the item that was met last
    lasts = {item.first: item.last for item in segment.items}
    for at, token in enumerate(segment.tokens):
        if at in lasts:
            own.append(limit)
            inside, used = lasts[at], True
        if is_mark(token, ";") or (at > inside and used and token.roles & _NAMES_SPAN):
            limit = ""
        if said := _limit_said(token):
            limit, used = said, False
    before = own[0] if own else limit
    end = segment.items[0].first if segment.items else len(segment.tokens)
    if not before and _is_other_span(spans, end):
        before = _OTHER_SPAN
    return own, before


def _is_not_lost(segment: Segment, first: int, beyond: int) -> bool:
    """Whether the verb next to an item, before or else right behind it, is one of use: ``launched 120 drones``."""
    behind = list(takewhile(lambda token: token.kind == "word", segment.tokens[beyond : beyond + CLAUSE]))
    adjacent = takewhile(lambda token: "@and" not in token.roles, behind[:2])
    if any(token.roles & LOST for token in adjacent):
        return False  # "100 drones were shot down"
    for token in (*reversed(segment.tokens[max(first - CLAUSE, 0) : first]), *behind):
        if is_mark(token, ";") or token.roles & LOST:
            return False
        if "@no-loss" in token.roles:
            return True
    return False


def _span_before(item: Item, spans: Cues) -> str:
    """What limits an item of running text whose sign makes a change of it: ``over the past week, +120 tanks``."""
    signed = item.change is not None or (item.number is not None and item.number.sign)
    return _OTHER_SPAN if signed and _is_other_span(spans, item.first) else ""


def _is_other_span(spans: Cues, end: int) -> bool:
    """Whether the last words on time before a place are those of another span."""
    last = bisect.bisect_left(spans, (end, "")) - 1
    return last >= 0 and spans[last][1] == "unclear"


def _limit_said(token: Token) -> str:
    return next((reason for role, reason in _LIMITS.items() if role in token.roles), "")


def _limits_behind(segment: Segment) -> list[str]:
    """What is said right behind each item that limits it: "5 tanks and 300 soldiers in the Kursk region"."""
    found: list[str] = []
    limit, items = "", list(segment.items)
    joining = False  # only commas and "and" may part an item from the one behind it
    for at in range(len(segment.tokens) - 1, -1, -1):
        token = segment.tokens[at]
        if items and at <= items[-1].last:
            if at == items[-1].first:
                items.pop()
                found.append(limit)
                joining = True
        elif said := _limit_said(token):
            limit, joining = said, False
        elif not (is_mark(token, ",") or "@and" in token.roles if joining else token.kind == "word"):
            limit = ""
    return found[::-1]
