"""Daily loss bulletins: from the text as printed to figures, each with the piece of text it came from.

``read_bulletin`` never guesses. What cannot be read with certainty becomes a Problem with its line; a change is
never taken for a total; nothing that looks like a figure is passed over in silence.
"""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass

from conflict.intake.bulletin_context import LINKS, LOST, ends_line
from conflict.intake.bulletin_dates import find_issue_day, join_dates, mark_other_spans, settle_slashed_dates
from conflict.intake.bulletin_items import read_segment
from conflict.intake.bulletin_kinds import LARGEST_DAY, cues_of, settle_kinds
from conflict.intake.bulletin_plain import normalise
from conflict.intake.bulletin_scope import refuse_other_scopes
from conflict.intake.bulletin_segments import Item, Segment, segments_of
from conflict.intake.bulletin_tokens import Token, mark_broken_numbers, tokenise
from conflict.intake.labels import Labels, default_labels
from conflict.intake.records import BulletinRecord, EntryRecord, Problem

MOST_PROBLEMS = 1_000
"""So many problems are listed; a text with more is no bulletin."""

REPEATED_FROM = 1_000
"""From here on two equal numbers of one text are no chance."""

_KILLED_AND_WOUNDED = frozenset(("personnel",))
_EXCERPT = 300
_OF_WHAT_WAS_SAID = {"@change", "@including", "@more"}


@dataclass(slots=True)
class _Figure:
    """One number said of one category: its token, whether it is a total or a change, from a list or from prose."""

    category: str
    kind: str  # "total" or "change"
    token: Token
    item: Item
    start: int
    end: int
    listed: bool
    qualifier: str

    @property
    def value(self) -> int:
        return -self.token.value if self.token.sign == "-" else self.token.value


def read_bulletin(
    text: str,
    *,
    date: dt.date | None = None,
    labels: Labels | None = None,
    first_day: dt.date = dt.date(2022, 2, 24),
) -> BulletinRecord:
    """Read one bulletin's text: its date, its figures in the order printed, and its problems in order of line.

    ``date`` is the day of issue if it is known; else it is looked for in the text. ``labels`` default to the
    table of this package. ``first_day`` is the war's first day: its date in a text is never the day of issue.
    Raises nothing for any text.
    """
    return _Reader(text, labels or default_labels(), first_day).read(date)


class _Reader:
    def __init__(self, text: str, labels: Labels, first_day: dt.date) -> None:
        self.text = text
        self.labels = labels
        self.first_day = first_day
        self.problems: dict[tuple[int, str, str | None], Problem] = {}
        self.line_starts = [0]
        for at, letter in enumerate(text):
            if letter == "\n" or (letter == "\r" and text[at + 1 : at + 2] != "\n"):
                self.line_starts.append(at + 1)
        self.day: dt.date | None = None
        self.figures: list[_Figure] = []
        self.unsettled: list[tuple[Token, str | None]] = []  # numbers that may be totals or changes

    def read(self, given: dt.date | None) -> BulletinRecord:
        """Tokens, segments, items, kinds, figures, entries: each step needs the whole of the one before."""
        tokens = join_dates(tokenise(self.text, self.labels), self.labels.months)
        settle_slashed_dates(tokens, given=given, first_day=self.first_day)
        mark_other_spans(tokens, self.labels.months, self.first_day)
        mark_broken_numbers(tokens)
        segments = segments_of(tokens)
        for segment in segments:
            read_segment(segment)
        cues = [cues_of(segment) for segment in segments]
        refuse_other_scopes(segments, cues)
        ended = last_day_of_labels(segments)
        issue = find_issue_day(
            tokens, normalise(self.text), given=given, first_day=self.first_day, not_long_before=ended
        )
        if issue.doubt:
            self.report(issue.at, issue.doubt)
        self.day = issue.date or ended
        settle_kinds(segments, cues)
        for segment in segments:
            for item in segment.items:
                self.take(item)
        self.settle_ambiguous()
        entries = self.merge()
        known = {entry.category: entry for entry in entries}
        for token, slug in self.unsettled:
            if slug not in known or not _repeats(token, known[slug]):
                self.report(token.start, "a number that is neither said to be a total nor a change", slug)
        written = [segment for segment in segments if segment.tokens]
        for at, segment in enumerate(written):
            beside = written[max(at - 4, 0) : at + 5]
            within_list = any(item.listed for other in beside for item in other.items)
            goes_on = at > 0 and bool(written[at - 1].items) and bool(segment.roles() & _OF_WHAT_WAS_SAID)
            self.report_leftovers(segment, entries, within_list=within_list, goes_on=goes_on)
        self.check_sums(entries)
        for segment in segments:
            self.check_who_is_counted(segment)
            self.check_who_counts(segment)
        if not entries and not self.problems and self.text.strip():
            self.report(len(self.text) - len(self.text.lstrip()), "no figure was found")
        problems = sorted(self.problems.values(), key=lambda problem: problem.line)
        return BulletinRecord(issue.date, tuple(entries), tuple(problems[:MOST_PROBLEMS]))

    # Places and problems

    def line_of(self, at: int) -> int:
        """The line that a place in the text is on, counted from 1."""
        return bisect.bisect_right(self.line_starts, at)

    def report(self, at: int, reason: str, category: str | None = None) -> None:
        """Note a problem with the line it stands on (of a very long line, the part around it)."""
        line = self.line_of(at)
        if (line, reason, category) in self.problems or len(self.problems) > MOST_PROBLEMS:
            return
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        if end - start > _EXCERPT:
            start = max(start, at - _EXCERPT // 2)
            end = min(end, start + _EXCERPT)
        self.problems[line, reason, category] = Problem(line, self.text[start:end].strip(), reason, category)

    # Which category

    def options(self, item: Item) -> tuple[str, ...]:
        """The slug that an item's label means on this day; several where the table leaves it open."""
        found = [
            m
            for m in item.labels[0].meanings
            if all(m.what in {n.what for n in other.meanings} for other in item.labels)
        ] or list(item.labels[0].meanings)
        if self.day is not None:
            current = [meaning for meaning in found if meaning.holds_on(self.day)]
        else:
            current = [meaning for meaning in found if meaning.until is None]
        whats = list(dict.fromkeys(meaning.what for meaning in current or found))
        if not current:
            self.report(
                item.labels[0].start, "a category that was not reported on this date", whats[0].split("|")[0]
            )
        return tuple(whats[0].split("|")) if len(whats) == 1 else tuple(whats)

    # From items to figures

    def take(self, item: Item) -> None:
        """The figures of one item, or the problems that forbid them."""
        options = self.options(item)
        slug = options[0] if "+" not in options[0] else None
        for token, reason in item.faults:
            self.report(token.start, token.why or reason, slug)
        number = item.number
        said: list[tuple[str, Token, str]] = []
        if number is not None and not item.void and item.kind != "former":
            if number.sign and item.change is not None:
                self.report(number.start, "two changes for one label", slug)
                item.change = None  # neither is certain
            elif item.kind == "unsure" or item.kind is None:
                self.unsettled.append((number, slug))
            elif item.kind == "total" and number.sign:
                self.report(number.start, "a total with a sign", slug)
            else:
                said.append((item.kind, number, item.qualifier if item.total is None else ""))
        for kind, beside, qualifier in (
            ("change", item.change, item.change_qualifier),
            ("total", item.total, item.qualifier),
        ):
            if beside is not None and item.void:
                self.report(beside.start, "a number beside one that could not be read", slug)
            elif beside is not None:
                said.append((kind, beside, qualifier))
        places = [item.labels[0], *item.labels[1:], *(t for t in (number, item.change, item.total) if t)]
        start, end = min(t.start for t in places), max(t.end for t in places)
        start = min(start, item.start if item.start is not None else start)
        for kind, token, qualifier in said:
            if token.kind == "bad":
                self.report(token.start, token.why, slug)
                continue
            category = "|".join(options)
            self.figures.append(
                _Figure(category, kind, token, item, start, max(end, item.end), item.listed, qualifier)
            )

    def report_leftovers(
        self, segment: Segment, entries: list[EntryRecord], *, within_list: bool, goes_on: bool
    ) -> None:
        """Numbers without a label, where the sentence or the line looks like one of losses.

        So it does where it ``goes_on`` about the figure before it: "Tanks: 9,382. Including 17 over the past day."
        A large number that only says again what an entry states ("over 724 thousand persons") is none.
        """
        labelled = bool(segment.items) or any(token.kind == "label" for token in segment.tokens)
        lossy = labelled or goes_on or bool(segment.roles() & LOST)
        in_list = any(item.listed for item in segment.items)
        for token, reason, listed in segment.leftovers:
            listed = listed or (within_list and ends_line(segment.tokens, token))
            if (
                (token.kind == "rounded" or not (listed or in_list))
                and token.value >= REPEATED_FROM
                and any(_repeats(token, entry) for entry in entries)
            ):
                continue
            if lossy or not self.figures or len(segment.leftovers) > 2 or listed:
                self.report(token.start, reason)
        tokens = [token for token in segment.tokens if token.kind != "mark" or token.text in LINKS]
        while tokens and tokens[0].kind == "mark":
            tokens.pop(0)
        if (
            not segment.items
            and not segment.leftovers
            and len(tokens) > 1
            and tokens[0].kind == "label"
            and any(token.text in LINKS and token.kind == "mark" for token in tokens[1:4])
        ):
            self.report(tokens[0].start, "a label without a figure", tokens[0].meanings[0].options[0])

    def settle_ambiguous(self) -> None:
        """Words that mean one category or a sum ("vehicles"): the one, if the sum's other parts stand apart."""
        plain = {figure.category for figure in self.figures}
        known = {(f.category, f.kind): f.value for f in self.figures if "|" not in f.category}
        settled: list[_Figure] = []
        for figure in self.figures:
            options = figure.category.split("|")
            if len(options) > 1:
                sums = [option for option in options if "+" in option]
                if len(options) == 2 and len(sums) == 1 and options[0] not in plain:
                    others = set(sums[0].split("+")) - {options[0]}
                    if others <= plain:
                        figure.category = options[0]
                        settled.append(figure)
                        continue
                if len(options) == 2 and len(sums) == 1 and _is_known(figure, options[0], sums[0], known):
                    continue
                self.report(figure.token.start, "a label that may mean several categories", options[0])
                continue
            settled.append(figure)
        self.figures = settled

    # One entry a category

    def merge(self) -> list[EntryRecord]:
        """One entry for each category, in the order in which they are printed."""
        by_category: dict[str, list[_Figure]] = {}
        for figure in self.figures:
            if "+" not in figure.category:
                by_category.setdefault(figure.category, []).append(figure)
        entries = []
        for category, figures in by_category.items():
            total = self.agree(category, [figure for figure in figures if figure.kind == "total"])
            change = self.agree(category, [figure for figure in figures if figure.kind == "change"])
            if total and change and change.value > total.value:
                self.report(change.token.start, "a change that is greater than the total", category)
                total = change = None
            elif change and abs(change.value) >= LARGEST_DAY:
                self.report(change.token.start, "a change greater than that of any day", category)
                change = None
            if total is None and change is None:
                continue
            chosen = [figure for figure in (total, change) if figure is not None]
            start, end = min(f.start for f in chosen), max(f.end for f in chosen)
            entries.append(
                EntryRecord(
                    category=category,
                    total=total.value if total else None,
                    change=change.value if change else None,
                    qualifier=chosen[0].qualifier,
                    text=self.text[start:end],
                    start=start,
                    end=end,
                    total_at=(total.token.start, total.token.end) if total else None,
                    change_at=(change.token.start, change.token.end) if change else None,
                )
            )
        return sorted(entries, key=lambda entry: entry.start or 0)

    def agree(self, category: str, figures: list[_Figure]) -> _Figure | None:
        """The one figure that all of these state; the list's where prose differs; None where no one can tell."""
        exact = [figure for figure in figures if figure.token.kind == "number"]
        listed = (
            [figure for figure in exact if figure.listed]
            or [figure for figure in exact if not figure.qualifier]
            or exact
        )
        values = {figure.value for figure in listed}
        if not values:
            for figure in figures:
                self.report(figure.token.start, figure.token.why, category)
            return None
        if len(values) > 1:
            for figure in listed:
                self.report(figure.token.start, f"two different {figure.kind}s for one category", category)
            return None
        best = next((f for f in listed if f.qualifier), listed[0])
        chosen = {id(figure) for figure in listed}
        for figure in figures:
            if id(figure) not in chosen and not _compatible(figure, best.value):
                self.report(
                    figure.token.start, f"this {figure.kind} differs from the list's {best.value:,}", category
                )
        return best

    def check_who_is_counted(self, segment: Segment) -> None:
        """The dead alone are no figure of a category that counts the wounded with them."""
        alone = [token for token in segment.tokens if "@dead" in token.roles]
        if not alone or "@wounded" in segment.roles():
            return
        for item in segment.items:
            slug = item.labels[0].meanings[0].options[0]
            if not item.void and slug in _KILLED_AND_WOUNDED:
                self.report(alone[0].start, "the killed alone, where the category counts the wounded too", slug)

    def check_who_counts(self, segment: Segment) -> None:
        """A figure beside the name of another source may be that one's."""
        named = next((token for token in segment.tokens if "@other-source" in token.roles), None)
        if named is None:
            return
        for item in segment.items:
            if not item.void:
                slug = item.labels[0].meanings[0].options[0]
                self.report(named.start, "another source is named beside it", slug)

    def check_sums(self, entries: list[EntryRecord]) -> None:
        """Printed sums of several categories against the entries."""
        known = {entry.category: entry for entry in entries}
        for figure in self.figures:
            if "+" not in figure.category:
                continue
            parts = figure.category.split("+")
            values = [
                (known[part].total if figure.kind == "total" else known[part].change) if part in known else None
                for part in parts
            ]
            missing = [part for part, value in zip(parts, values, strict=True) if value is None]
            if missing:
                self.report(figure.token.start, f"a sum that cannot be checked: not stated: {', '.join(missing)}")
                continue
            total = sum(value for value in values if value is not None)
            if not _compatible(figure, total):
                self.report(figure.token.start, f"a sum that does not agree: its parts come to {total:,}")


def last_day_of_labels(segments: list[Segment]) -> dt.date | None:
    """The last day on which all categories printed were reported, if one of them has ended; else None."""
    ends = []
    for segment in segments:
        for item in segment.items:
            if item.void or item.number is None or item.number.kind != "number":
                continue
            spans = [meaning.until for meaning in item.labels[0].meanings]
            if spans and all(spans):
                ends.append(max(until for until in spans if until is not None))
    return min(ends, default=None)


def _is_known(figure: _Figure, slug: str, parts: str, known: dict[tuple[str, str], int]) -> bool:
    """Whether an ambiguous figure repeats what the text states for the category, or for the sum."""
    stated = [known.get((part, figure.kind)) for part in parts.split("+")]
    return known.get((slug, figure.kind)) == figure.value or (
        None not in stated and sum(value or 0 for value in stated) == figure.value
    )


def _repeats(token: Token, entry: EntryRecord) -> bool:
    for value in (entry.total, entry.change):
        if value is not None:
            if token.rounded is not None and token.kind == "rounded" and token.rounded.agrees_with(value):
                return True
            if token.kind == "number" and token.value == value:
                return True
    return False


def _compatible(figure: _Figure, value: int) -> bool:
    """Whether a figure said in prose may stand for an exact one: equal, or as near as its wording claims."""
    if figure.token.rounded is not None:
        return figure.token.rounded.agrees_with(value)
    if figure.value == value:
        return True
    if figure.token.kind != "number" or not figure.qualifier:
        return False
    step = 1
    while figure.value and figure.value % (step * 10) == 0:
        step *= 10
    if figure.qualifier != "about" and value < figure.value:
        return False
    return step > 1 and abs(value - figure.value) < (step if step > 10 else 10)
