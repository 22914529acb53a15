"""Whether a bare number is a total or the change of one day: never guessed, never the one for the other."""

from __future__ import annotations

from collections.abc import Iterable

from conflict.intake.bulletin_items import Item, Segment

LARGEST_DAY = 5_000
"""No category's change of one day came near this (the highest is 3,160): such a number is a total."""


def settle_kinds(segments: list[Segment]) -> None:
    """Give each bare number its kind: by its own sentence, its list, or the words that lead up to the list."""
    lead: str | None = None  # what the last sentence with a cue spoke of
    leading = False  # that sentence stands directly before what is read now
    block: list[Item] = []
    blocks: list[tuple[list[Item], str | None]] = []
    for segment in segments:
        if not segment.tokens:
            continue
        bare = [item for item in segment.items if item.kind is None]
        listed = [item for item in segment.items if item.listed]
        for item in segment.items:
            if item.kind is None and item.number is not None:
                if item.number.sign:
                    item.kind = "change"
                elif item.change is not None:
                    item.kind = "total"
                elif item.total is not None:
                    item.kind = "change"
        cues = _cues(segment)
        if listed:
            own = _agreed(cues) if not block or len(listed) < len(segment.items) or cues else None
            if own and not _leads_list(segment):
                lead, leading = own, True
            if not block:
                blocks.append((block, lead if leading else None))
            elif own and own != blocks[-1][1]:
                block = []
                blocks.append((block, own))
            block.extend(listed)
        prose = [item for item in bare if not item.listed]
        _settle_prose(segment, prose, cues, lead, whole=segments)
        if not listed:
            own = _agreed(cues)
            if own or segment.items:
                block = []
            if own:
                if not (own == "change" and _is_aside(segment)):
                    lead = own
                leading = True
            elif segment.items or len(segment.tokens) > 12:
                leading = leading and segment.tokens[-1].text == ":"
    for items, before in blocks:
        _settle_list(items, before)


def _settle_prose(
    segment: Segment,
    items: list[Item],
    cues: list[tuple[int, str]],
    lead: str | None,
    *,
    whole: list[Segment],
) -> None:
    """Numbers before labels in running text: only a word that says so makes a total or a change of them."""
    open_items = [item for item in items if item.kind is None]
    if not open_items:
        return
    strong = [(at, kind) for at, kind in cues if kind in {"total", "change"}]
    roles = segment.roles()
    kinds = {kind for _at, kind in strong}
    largest = max((item.number.value for item in segment.items if item.number and not item.listed), default=0)
    for item in open_items:
        kind: str | None = None
        if len(kinds) == 1:
            kind = kinds.pop()
            kinds = {kind}
        elif len(kinds) == 2:
            kind = _nearest_cue(segment, item, strong)
        elif (
            any(cue == "as-of" for _at, cue in cues)
            or largest >= LARGEST_DAY
            or ("@lost-so-far" in roles and (lead == "total" or not _any_change(whole)))
        ):
            kind = "total"
        if kind == "change" and item.number is not None and item.number.value >= LARGEST_DAY:
            so_far = "@lost-so-far" in roles or any(cue == "as-of" for _at, cue in cues)
            kind = "total" if so_far else None
        if kind == "total" and "@no-loss" in roles and "@loss" not in roles:
            kind = None
        item.kind = kind


def _settle_list(items: list[Item], lead: str | None) -> None:
    """The bare numbers of one list are all totals or all changes."""
    bare = [item for item in items if item.kind is None]
    if not bare:
        return
    largest = max(item.number.value for item in items if item.number is not None)
    if any(item.kind == "total" for item in items) or lead != "change":
        kind: str | None = "total"
    else:
        kind = "change" if largest < LARGEST_DAY else None
    for item in bare:
        item.kind = kind


def _cues(segment: Segment) -> list[tuple[int, str]]:
    """Where a sentence says that it speaks of totals or of one day, outside brackets."""
    found = []
    for at, token in enumerate(segment.tokens):
        if token.roles & {"@change"}:
            found.append((at, "change"))
        elif token.roles & {"@total"}:
            found.append((at, "total"))
        elif token.roles & {"@more"}:
            found.append((at, "change"))
        elif "@as-of" in token.roles:
            found.append((at, "as-of"))
        elif token.kind == "date" and at + 2 < len(segment.tokens) and segment.tokens[at + 2].kind == "date":
            found.append((at, "total"))
    return found


def _agreed(cues: Iterable[tuple[int, str]]) -> str | None:
    """What all the cues of a sentence agree on; the last one where they do not."""
    kinds = [kind for _at, kind in cues]
    strong = [kind for kind in kinds if kind != "as-of"]
    return strong[-1] if strong else ("total" if kinds else None)


def _leads_list(segment: Segment) -> bool:
    """Whether a segment's cues all stand behind its first number."""
    first = next((at for at, token in enumerate(segment.tokens) if token.is_number()), len(segment.tokens))
    return all(at > first for at, _kind in _cues(segment))


def _is_aside(segment: Segment) -> bool:
    """Whether a sentence about one day only goes on about the total before it: ``This number includes ...``."""
    return "@including" in segment.roles()


def _any_change(segments: list[Segment]) -> bool:
    return any(kind == "change" for segment in segments if not _is_aside(segment) for _at, kind in _cues(segment))


def _nearest_cue(segment: Segment, item: Item, cues: list[tuple[int, str]]) -> str | None:
    """Of a sentence that speaks of both: the cue within the item's own commas, else the last before it."""
    left, right = item.first, item.last
    while left > 0 and not (segment.tokens[left - 1].kind == "mark" and segment.tokens[left - 1].text in ",;"):
        left -= 1
    while right < len(segment.tokens) and not (
        segment.tokens[right].kind == "mark" and segment.tokens[right].text in ",;"
    ):
        right += 1
    own = {kind for at, kind in cues if left <= at < right}
    if len(own) == 1:
        return own.pop()
    if own:
        return None
    before = [kind for at, kind in cues if at < item.first]
    return before[-1] if before else None
