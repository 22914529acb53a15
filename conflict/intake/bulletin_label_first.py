"""Items whose label comes first: ``tanks - 9,382 units (+17)``, ``tanks have reached 9,382``."""

from __future__ import annotations

from conflict.intake.bulletin_context import (
    BESIDE_LABEL,
    CUES,
    LINKS,
    QUALIFYING,
    counts_something,
    is_label_at,
    label_after,
    linked_later,
    preceding_kind,
    qualifier_before,
    reaching,
    report_unknown,
    same_label,
    strange_before,
)
from conflict.intake.bulletin_segments import Item, Segment
from conflict.intake.bulletin_tails import ELSE, read_tail
from conflict.intake.bulletin_tokens import Token

REACH = 40
"""So many tokens at most part a label from its number."""


def label_first(tokens: list[Token], at: int, begin: int, segment: Segment) -> tuple[Item | None, int]:
    """Return the item of the label at ``at``, None where there is none, and the place to go on from."""
    way = _Way(tokens, at)
    way.walk()
    if way.number < 0:
        if way.strange and not way.link and linked_later(tokens, at):
            report_unknown(tokens, at, segment)
        return None, at + 1
    count = tokens[way.number]
    words_between = any(t.kind == "word" and not t.roles & QUALIFYING for t in tokens[at + 1 : way.number])
    if way.leads_between_labels():
        owned = any(meaning.what == "personnel" for meaning in tokens[at].meanings)
        if words_between or (owned and not way.link and not way.ends_in_number()):
            return None, at + 1  # "the troops' 17 tanks"
        item = Item(way.labels, count, first=at, last=way.number)
        item.refuse(count, "a number that stands between two labels")
        return item, way.number + 1
    if not way.link and words_between and way.kind is None and not reaching(tokens, at, way.number):
        return None, at + 1
    item = Item(way.labels, count, kind=way.kind, first=at, last=way.number)
    item.listed = bool(way.link) or not words_between
    if not count.sign:
        item.kind = preceding_kind(tokens, way.number) or ("change" if way.included else item.kind)
    item.qualifier = qualifier_before(tokens, way.number)
    if way.combined:
        item.refuse(count, "one number for several labels")
    before = segment.items[-1] if segment.items else None
    if before is not None and before.number is not None and before.number.kind == "number":
        begin = max(begin, before.last + 1)
    if way.strange or strange_before(tokens, at, begin):
        item.refuse(count, "an unknown label or unit")
    return item, read_tail(tokens, way.number + 1, item)


class _Way:
    """The tokens from a label to its number, and what they say on the way."""

    def __init__(self, tokens: list[Token], at: int) -> None:
        self.tokens, self.at = tokens, at
        self.labels = [tokens[at]]
        self.number = -1  # its place; -1 where the way ends without one
        self.link = ""  # the mark that links label and number
        self.joined = False  # behind a mark or word that joins two labels
        self.kind: str | None = None
        self.included = False  # a word says that the number is a change
        self.combined = False  # several labels for one number
        self.strange = False  # something that an unknown label or unit may be

    def walk(self) -> None:
        """Go from the label to the number, or to what parts them."""
        for place in range(self.at + 1, min(len(self.tokens), self.at + REACH)):
            token = self.tokens[place]
            if token.is_number():
                self.number = place
                return
            if token.kind in {"label", "group"}:
                passed = self._pass_labels(token)
            elif token.kind == "mark":
                passed = self._pass_mark(token, place)
            elif token.kind in {"date", "time"}:
                passed = self._pass_date(place)
            else:
                passed = self._pass_word(token, place)
            if not passed:
                return

    def leads_between_labels(self) -> bool:
        """Whether another label stands right behind the number, and no link behind that one."""
        count = self.tokens[self.number]
        tight = label_after(self.tokens, self.number)
        if tight is None or same_label(self.labels[0], self.tokens[tight]) or count.sign:
            return False
        beyond = self.tokens[tight + 1] if tight + 1 < len(self.tokens) else None
        return beyond is None or not (beyond.kind == "mark" and beyond.text in LINKS)

    def ends_in_number(self) -> bool:
        """Whether labels and numbers take turns up to a number, so that each may be the label's before it."""
        at = self.number
        while (label := label_after(self.tokens, at)) is not None:
            at = label + 1
            if at >= len(self.tokens) or not self.tokens[at].is_number() or counts_something(self.tokens, at):
                return False
        return True

    def _pass_labels(self, token: Token) -> bool:
        if token.kind == "group":
            inner = [part for part in token.inner if part.kind == "label"]
            if any(part.is_number() for part in token.inner):
                return False
            if inner and not all(same_label(self.labels[-1], part) for part in inner):
                self.combined = True
            self.labels.extend(inner)
            return True
        if self.link and self.link != "|":
            return False
        if not same_label(self.labels[-1], token):
            if not self.joined:
                return False
            self.combined = True
        self.labels.append(token)
        self.joined = True
        return True

    def _pass_mark(self, token: Token, place: int) -> bool:
        if token.text in LINKS:
            self.link, self.joined = token.text, False
        elif token.text in {"/", "+", "&"} or (
            token.text == "," and not self.link and is_label_at(self.tokens, place + 1)
        ):
            self.joined = True
        elif token.text in {",", ";", "(", ")", "<"}:
            return False
        return True

    def _pass_date(self, place: int) -> bool:
        if not self.link:
            return False
        follows = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        self.strange = self.strange or (follows is not None and follows.is_number())  # "9:38 200" is no time
        return True

    def _pass_word(self, token: Token, place: int) -> bool:
        if "@and" in token.roles and is_label_at(self.tokens, place + 1) and not self.link:
            self.joined = True
        elif token.roles & ELSE:
            self.kind = "unsure"
        elif "@change" in token.roles:
            self.included = True
            self.kind = self.kind or "change"
        elif "@more" in token.roles:
            self.kind = "change"
        elif "@total" in token.roles:
            self.kind = "total"
        elif token.roles & (BESIDE_LABEL | CUES | QUALIFYING):
            # A letter where a digit should stand.
            self.strange = self.strange or (bool(self.link) and len(token.text) == 1)
        else:
            self.strange = True
            return bool(self.link)
        return True
