"""Sentences and lines of a bulletin, and the items that are read from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict.intake.bulletin_tokens import Token


@dataclass(slots=True)
class Item:
    """One label with its number or numbers, tokens ``first`` to ``last`` of its segment.

    ``kind`` says what ``number`` is: "total", "change", "former" (what the total was before), "unsure", or None
    where the sentence alone does not tell.
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
    qualifier: str = ""
    change_qualifier: str = ""
    faults: list[tuple[Token, str]] = field(default_factory=list)
    void: bool = False  # a fault that forbids to take its numbers
    start: int | None = None  # place in the text where its qualifier begins, if that stands before all else
    end: int = 0  # place in the text where its unit or its bracket ends

    def refuse(self, token: Token, reason: str) -> None:
        """Take none of its numbers, and say why."""
        self.void = True
        self.faults.append((token, reason))


@dataclass(slots=True)
class Segment:
    """A sentence or a line: its tokens, what was read from it, and the numbers nothing explains."""

    tokens: list[Token]
    items: list[Item] = field(default_factory=list)
    leftovers: list[tuple[Token, str, bool]] = field(default_factory=list)  # the last: it looks like a figure
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
                apart = token.start - before.end > 1  # more than a space: markup, or something unseen
                if (
                    apart
                    or before.text == "±"
                    or (earlier is not None and earlier.text in "+±" and earlier.end == before.start)
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
