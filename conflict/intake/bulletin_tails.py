"""What follows the number of an item: units, a change or a total in brackets or behind a sign."""

from __future__ import annotations

from conflict.intake.bulletin_context import (
    counts_something,
    has_own_number,
    is_mark,
    label_after,
    last_number,
    qualifier_before,
    same_label,
    shares_number,
    signed_follows,
)
from conflict.intake.bulletin_segments import Item
from conflict.intake.bulletin_tokens import Token

ELSE = frozenset(("@period", "@average"))
"""Words of another span than one day."""

_MORE_THAN_A_DAY = "a number of another span than one day"


def read_tail(tokens: list[Token], at: int, item: Item) -> int:
    """Read units, a change in brackets or after a sign, the label in another language; return where that ends."""
    place = at
    beside = True  # nothing but the number so far
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "group":
            take_group(item, token)
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
        elif token.kind == "word" and token.roles & {"@fewer"}:
            item.kind = "unsure"
        elif token.kind == "word" and token.roles & {"@more"} and item.listed and not item.kind and beside:
            item.kind = "change"
        elif token.kind == "label" and same_label(item.labels[0], token) and not has_own_number(tokens, place):
            item.last, item.end = place, token.end
        elif shares_number(tokens, place, item):
            break
        elif is_mark(token, "/", "|", "%") or (is_mark(token, ",") and signed_follows(tokens, place)):
            if token.text == "%":
                item.refuse(token, "a share, no number of things")
        elif _is_sum_or_way(tokens, place):
            item.refuse(item.number or token, "several numbers run together")
            break
        else:
            if (
                beside
                and item.listed
                and token.kind == "word"
                and not token.roles - {"@count"}  # kilometres and battles are no unit of a loss
                and item.labels[0].end < token.start
            ):
                item.refuse(token, "an unknown unit")
            break
        beside = beside and token.kind == "group"
        place += 1
    if speaks_of_span(tokens, place):
        _refuse_signed(item)
    return place


def _is_sum_or_way(tokens: list[Token], at: int) -> bool:
    """Whether a mark leads on to another number: ``9,365 + 17 = 9,382``, ``9,365 → 9,382``."""
    while at < len(tokens) and is_mark(tokens[at], "=", "→", "-", ">"):
        at += 1
        if is_mark(tokens[at - 1], "=", "→", ">") and at < len(tokens) and tokens[at].is_number():
            return True
    return False


def speaks_of_span(tokens: list[Token], at: int) -> bool:
    """Whether the words that begin at ``at`` speak of more than a day: ``+120 over the past week``."""
    for token in tokens[at : at + 8]:
        if token.kind not in {"word", "time"} or token.roles & {"@change", "@total"}:
            return False
        if token.roles & ELSE:
            return True
    return False


def _refuse_signed(item: Item) -> None:
    """A sign makes a change of a number, but of the day only where nothing else is said."""
    if item.number is not None and item.number.sign:
        item.refuse(item.number, _MORE_THAN_A_DAY)
    elif item.change is not None:
        item.faults.append((item.change, _MORE_THAN_A_DAY))
        item.change = None


def take_group(item: Item, group: Token) -> None:
    """Take a change or a total in brackets; a number there that says neither is a fault."""
    inner = group.inner
    for at, token in enumerate(inner):
        if not token.is_number():
            if at == 0 and _is_sign_alone(inner):
                item.faults.append((token, "a sign without a number"))
            continue
        if counts_something(inner, at):
            continue
        role = _role_in_brackets(item, inner, at)
        if role == "else":
            item.faults.append((token, _MORE_THAN_A_DAY))
        elif role == "change" and any(other.sign for other in inner[:at]):
            item.change = None  # two changes: neither is certain
            item.faults.append((token, "several changes in brackets"))
        elif role == "change" and item.change is None:
            item.change = token
            item.change_qualifier = qualifier_before(inner, at)
        elif role == "total" and item.total is None:
            item.total = token
            item.qualifier = qualifier_before(inner, at)
            item.kind = item.kind or "change"
        else:
            item.faults.append((token, "a number in brackets that is neither a change nor a total"))
            item.void = item.void or item.number is None or token.value > item.number.value  # "17 (9,382)"


def _is_sign_alone(inner: list[Token]) -> bool:
    """Whether brackets begin with a sign and no number behind it. A dash alone states nothing."""
    if not is_mark(inner[0], "+", "-") or (len(inner) > 1 and inner[1].is_number()):
        return False
    return inner[0].text == "+" or len(inner) > 1


def _role_in_brackets(item: Item, inner: list[Token], at: int) -> str:
    """What the words around a number in brackets make of it: "change", "total", "else" or nothing."""
    token = inner[at]
    beyond = inner[at + 1] if at + 1 < len(inner) else None
    before = {role for other in inner[max(last_number(inner, at), at - 12) : at] for role in other.roles}
    after = {role for other in inner[at + 1 : at + 12] for role in other.roles}
    around = before | after
    if around & ELSE:
        return "else"
    if beyond is not None and beyond.kind == "label" and not same_label(item.labels[0], beyond):
        return ""
    if token.sign:
        return "change"
    if "@total" in before or ("@total" in after and "@change" not in before):
        return "total"
    if (
        "@more" in around
        or (beyond is not None and "@more-than" in beyond.roles)
        or ("@change" in around and "@day-before" not in around)
    ):
        return "" if at and is_mark(inner[at - 1], "-", "+") else "change"
    return ""
