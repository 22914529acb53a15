"""What stands beside a number or a label in a sentence: what reading an item asks of its neighbours."""

from __future__ import annotations

from conflict.intake.bulletin_segments import Item, Segment
from conflict.intake.bulletin_tokens import Token

LINKS = frozenset((":", "-", "=", "|"))
JOINS = frozenset(("/", "+", "&", ","))
QUALIFIERS = {"@about": "about", "@more-than": "more-than", "@at-least": "at-least"}
_SIGNS = {"≈": "about", ">": "more-than", "≥": "at-least"}
QUALIFYING = frozenset(QUALIFIERS)
_MADE_OF = frozenset(("crew", "commander", "driver", "company", "platoon", "column", "battalion", "brigade"))
LOST = frozenset(("@loss", "@lost-so-far"))
BESIDE_LABEL = LOST | {"@filler", "@unit", "@and"}
CUES = frozenset(("@total", "@change", "@more", "@rise", "@to", "@by", "@as-of", "@including", "@from"))


def is_mark(token: Token, *texts: str) -> bool:
    return token.kind == "mark" and token.text in texts


def same_label(left: Token, right: Token) -> bool:
    return bool({m.what for m in left.meanings} & {m.what for m in right.meanings})


def is_label_at(tokens: list[Token], at: int) -> bool:
    """Whether a label stands there, perhaps behind an "and"."""
    if at < len(tokens) and "@and" in tokens[at].roles:
        at += 1
    return at < len(tokens) and tokens[at].kind == "label"


def has_own_number(tokens: list[Token], at: int) -> bool:
    """Whether a label has a link and a number behind it."""
    beyond = tokens[at + 1 : at + 3]
    return bool(beyond) and (beyond[0].is_number() or (is_mark(beyond[0], *LINKS) and len(beyond) > 1))


def signed_follows(tokens: list[Token], at: int) -> bool:
    beyond = tokens[at + 1] if at + 1 < len(tokens) else None
    return beyond is not None and beyond.is_number() and bool(beyond.sign) and label_after(tokens, at + 1) is None


def label_after(tokens: list[Token], at: int) -> int | None:
    """The label that a number stands directly before, over a unit or a bracket and words that change nothing."""
    for place in range(at + 1, min(at + 6, len(tokens))):
        token = tokens[place]
        if token.kind == "label":
            return place
        if token.kind == "group" or (
            token.kind == "word" and token.roles & BESIDE_LABEL and not token.roles & {"@and"}
        ):
            continue
        return None
    return None


def linked_later(tokens: list[Token], at: int) -> bool:
    """Whether label, a few words, a link and a number follow: ``tank crews: 120``."""
    for place in range(at + 1, min(at + 6, len(tokens) - 1)):
        if is_mark(tokens[place], ":", "-", "="):
            return tokens[place + 1].is_number() or bool(tokens[place + 1].roles & QUALIFYING)
        if tokens[place].kind != "word":
            return False
    return False


def report_unknown(tokens: list[Token], at: int, segment: Segment) -> None:
    for token in tokens[at : at + 12]:
        if token.is_number():
            segment.leftovers.append((token, "an unknown label", True))
            token.kind, token.why = "bad", token.why or "an unknown label"
            break


def strange_before(tokens: list[Token], at: int, begin: int) -> bool:
    """Whether an unknown word qualifies the label from before it: ``naval drones``, ``crews of tanks``."""
    crossed = False  # beyond a comma only another label matters: "aircraft, and helicopters"
    for place in range(at - 1, begin - 1, -1):
        token = tokens[place]
        if token.kind == "mark" and token.text in ",)/" and at - place <= 3:
            crossed = True
            continue
        if token.kind != "word":
            return token.kind in {"bad", "label"}
        if token.roles & (LOST | {"@total", "@change", "@as-of"}):
            return False
        if not token.roles:
            return not crossed
        if token.roles & {"@unit"}:
            return False
    return False


def strange_after(tokens: list[Token], at: int) -> bool:
    beyond = tokens[at + 1] if at + 1 < len(tokens) else None
    return beyond is not None and beyond.kind == "word" and not beyond.roles


def makes_compound(label: Token, beyond: Token, *, single: bool) -> bool:
    """Whether the word behind an English label makes another thing of it: ``30 tank crews``, ``one tank crew``.

    Behind a ``single`` thing, a word that is not known may also say what became of it: ``1 ship sunk``.
    """
    return (
        beyond.kind == "word"
        and (beyond.text in _MADE_OF or (not beyond.roles and not single))
        and beyond.text.isascii()
        and label.text.isascii()
        and not label.text.endswith("s")
    )


def shares_number(tokens: list[Token], at: int, item: Item) -> bool:
    """Whether a second label without a number of its own follows: ``698 aircraft and helicopters``."""
    if at >= len(tokens):
        return False
    if len(item.labels[0].meanings) and "+" in item.labels[0].meanings[0].what.split("|")[0]:
        return False
    joined = tokens[at]
    if not (is_mark(joined, *JOINS) or "@and" in joined.roles):
        return False
    place = at + 1
    if place < len(tokens) and is_mark(joined, ",") and "@and" in tokens[place].roles:
        place += 1
    if place >= len(tokens) or tokens[place].kind != "label" or same_label(item.labels[0], tokens[place]):
        return False
    return not has_own_number(tokens, place)


def last_number(tokens: list[Token], at: int) -> int:
    for place in range(at - 1, -1, -1):
        if tokens[place].is_number():
            return place + 1
    return 0


def qualifier_before(tokens: list[Token], at: int) -> str:
    """How sure the text is of the number at ``at``: the words right before it, in one or two languages."""
    for place in range(at - 1, max(at - 5, -1), -1):
        token = tokens[place]
        if token.kind == "mark" and token.text in _SIGNS:
            arrow = place > 0 and is_mark(tokens[place - 1], "-", "=") and tokens[place - 1].end == token.start
            return "" if arrow else _SIGNS[token.text]
        for role in token.roles & QUALIFYING:
            return QUALIFIERS[role]
        if not (is_mark(token, "/") or token.text in {"a", "an"}):
            return ""
    return ""


def preceding_kind(tokens: list[Token], at: int) -> str | None:
    """What the words before a number make of it: ``another 17``, ``a total of 9,382``, ``by 17``, ``to 9,382``."""
    rising = any(token.roles & {"@rise", "@total", "@more"} for token in tokens[max(at - 16, 0) : at])
    for place in range(at - 1, max(at - 7, -1), -1):
        token = tokens[place]
        if token.is_number() or token.kind in {"label", "group"} or is_mark(token, ",", ";"):
            return None
        if token.roles & {"@more"}:
            return "change"
        if token.roles & LOST:
            rising = False  # "in all, at the front were destroyed 9,382": no rise by that number
        if token.roles & {"@by"} and rising and place >= at - 3:
            return "change"
        if token.roles & {"@to"} and rising and place >= at - 3:
            return "total"
        if token.roles & {"@from"} and place == at - 1:
            return "former" if rising else "unsure"
        if token.roles & {"@by"} and place == at - 1:
            return "unsure"
        if token.roles & {"@unsure", "@fewer"}:
            return "unsure"
        if token.roles & {"@total"}:
            return None if _is_near(tokens, place, "@change") else "total"  # "a daily total of"
        if token.roles & {"@change"} and is_mark(tokens[at - 1], ":", "-"):
            return None if _is_near(tokens, place, "@average") else "change"  # "the record of a day:"
    return None


def _is_near(tokens: list[Token], place: int, role: str) -> bool:
    return any(role in token.roles for token in tokens[max(place - 3, 0) : place])


def reaching(tokens: list[Token], at: int, number: int) -> bool:
    return any(token.roles & {"@total", "@rise", "@to", "@by", "@more"} for token in tokens[at:number])


def counts_something(tokens: list[Token], at: int) -> bool:
    """Whether a number counts what is no loss (days, kilometres, clashes), or is an ordinal or a share."""
    beyond = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if beyond is not None and (is_mark(beyond, "%", "$", "€", "₴") or beyond.roles & {"@count"}):
        return True
    if beyond is not None and is_mark(beyond, "-") and beyond.start == tokens[at].end and at + 2 < len(tokens):
        return bool(tokens[at + 2].roles & {"@count"}) or (
            tokens[at + 2].start == beyond.end and tokens[at + 2].kind == "word"
        )
    return before is not None and (is_mark(before, "$", "€", "№", "£") or before.text in {"day", "день", "days"})


def listed_here(tokens: list[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    return before is not None and is_mark(before, *LINKS)


def looks_listed(tokens: list[Token], at: int) -> bool:
    """Whether an unexplained number looks like a figure: after a dash or colon, or with a change in brackets."""
    before = tokens[at - 1] if at else None
    beyond = tokens[at + 1] if at + 1 < len(tokens) else None
    if before is None or tokens[at].sign or is_mark(before, *LINKS) or before.roles & QUALIFYING:
        return True
    return beyond is not None and beyond.kind == "group" and any(token.sign for token in beyond.inner)


def ends_line(tokens: list[Token], number: Token) -> bool:
    """Whether nothing but units and brackets stands behind a number in its line or sentence."""
    for token in reversed(tokens):
        if token is number:
            return True
        if not (token.kind in {"mark", "group"} or token.roles & {"@unit"}):
            return False
    return False


def is_stray_letter(token: Token, *, listed: bool) -> bool:
    """Whether a letter stands where a number's first digit may have stood: ``l 100``; in a list also ``З 100``."""
    return token.kind == "word" and len(token.text) == 1 and (not token.roles or (listed and token.text == "з"))
