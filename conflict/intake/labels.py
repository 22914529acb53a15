"""The words by which a bulletin is read, and finding them in a text.

All of them stand in one table, ``labels.tsv``: labels of categories as printed, sums, and the words around
them. Further rows (a curator's own labels) can be laid over the table without touching it.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("labels.tsv")

CASE_ENDINGS: tuple[str, ...] = (
    "",
    *[
        "а",
        "е",
        "и",
        "і",
        "ї",
        "о",
        "у",
        "ю",
        "я",
        "ы",
        "ь",
        "й",
        "є",
        "ев",
        "ей",
        "ем",
        "ею",
        "єю",
        "ів",
        "їв",
        "ов",
        "ам",
        "ям",
        "ах",
        "ях",
        "ами",
        "ями",
        "ом",
        "ої",
        "ою",
        "ій",
        "ий",
        "їй",
        "их",
        "им",
        "ими",
        "іх",
        "іми",
        "ого",
        "ому",
        "его",
        "ему",
        "ые",
        "ых",
        "ый",
        "ым",
        "ыми",
        "ая",
        "яя",
        "ой",
        "ую",
        "юю",
        "ое",
        "ее",
        "ові",
        "еві",
        "ло",
        "ли",
        "ла",
    ],
)
"""What ``~`` in a form stands for: Ukrainian and Russian endings of nouns, adjectives and past tenses."""

_OPTIONAL = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LOOKALIKES = str.maketrans("aceiopxyïkmthb", "асеіорхуїкмтнв")


class LabelTableError(ValueError):
    """A line of the label table that cannot be used, with its number and the fault."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a printed form stands for: ``options`` are a category's slug, a sum of slugs, or one @role.

    ``since`` and ``until`` are the first and last day of issue with this meaning, None where open.
    """

    what: str
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_role(self) -> bool:
        """Whether this is a word of the @ rows, no label."""
        return self.what.startswith("@")

    @property
    def options(self) -> tuple[str, ...]:
        """The slug or sum it stands for; two where the words may mean either."""
        return tuple(self.what.split("|"))

    def holds_on(self, day: dt.date) -> bool:
        """Whether the words have this meaning in a report issued that day."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


Row = tuple[str, str, str, str, str]
"""what, language, since, until, forms: one line of the table."""


class Labels:
    """A lexicon made from rows of the table; immutable once made."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Read rows as ``labels.tsv`` describes them; raises LabelTableError on one that cannot be read."""
        self.rows: tuple[Row, ...] = tuple(rows)
        index: dict[str, dict[tuple[frozenset[str], ...], list[Meaning]]] = {}
        for number, (what, _language, since, until, forms) in enumerate(self.rows, 1):
            meaning = Meaning(what, _day(since, number), _day(until, number))
            for form in forms.split(";"):
                if not form.strip():
                    continue
                for pattern in _patterns(form, number):
                    for first in pattern[0]:
                        index.setdefault(first, {}).setdefault(pattern[1:], []).append(meaning)
        self._index: dict[str, tuple[tuple[tuple[frozenset[str], ...], tuple[Meaning, ...]], ...]] = {
            first: tuple(sorted(((rest, tuple(found)) for rest, found in rests.items()), key=lambda r: -len(r[0])))
            for first, rests in index.items()
        }

    @classmethod
    def from_file(cls, path: Path = TABLE) -> Labels:
        """The labels of a table file."""
        with path.open(encoding="utf-8", newline="") as lines:
            table = csv.reader(
                (line for line in lines if not line.startswith("#")),
                delimiter="\t",
                quotechar=None,
                quoting=csv.QUOTE_NONE,
            )
            rows = [tuple(row) for row in table if row]
        for row in rows:
            if len(row) != 5:
                raise LabelTableError(f"{path.name}: five columns are needed, not {len(row)}: {row!r}")
        return cls(rows[1:])  # type: ignore[arg-type]

    def match(self, words: Sequence[str], at: int, limit: int) -> tuple[int, tuple[Meaning, ...]]:
        """The longest form that begins at words[at] and ends before ``limit``: its length in words, its meanings.

        (0, ()) where none does. Forms of equal length give all their meanings; a label goes before a role.
        """
        candidates = self._index.get(words[at])
        if not candidates:
            return 0, ()
        length = 0
        found: list[Meaning] = []
        for rest, meanings in candidates:
            if found and len(rest) < length:
                break
            if at + len(rest) < limit and all(words[at + 1 + i] in options for i, options in enumerate(rest)):
                length = len(rest)
                found.extend(meaning for meaning in meanings if meaning not in found)
        if not found:
            return 0, ()
        return length + 1, tuple(found)

    @functools.cached_property
    def months(self) -> dict[str, int]:
        """Every printed form of a month and its number."""
        return {
            name: int(what.split()[1])
            for what, *_rest, forms in self.rows
            if what.startswith("@month")
            for form in forms.split(";")
            for (words,) in [_patterns(form, 0)[0]]
            for name in words
        }


@functools.cache
def default_labels() -> Labels:
    """The labels of the table beside this module, read once."""
    return Labels.from_file()


def unmix(word: str) -> str:
    """A word with Latin letters among Cyrillic ones, all Cyrillic; any other word as it is."""
    if word.isascii() or not any("а" <= letter <= "ӿ" for letter in word):
        return word
    return word.translate(_LOOKALIKES)


def _day(text: str, number: int) -> dt.date | None:
    if text in {"-", ""}:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise LabelTableError(f"Row {number}: {text!r} is no date of the form YYYY-MM-DD.") from error


def _patterns(form: str, number: int) -> list[tuple[frozenset[str], ...]]:
    """A form as a list of words, each the set of its spellings."""
    if not _WORD.search(form):
        raise LabelTableError(f"Row {number}: {form!r} has no word in it.")
    words = re.sub(r"[-/\".]", " ", form.strip().lower().replace("’", "'")).split()
    return [tuple(frozenset(_spellings(word)) for word in words)]


def _spellings(word: str) -> list[str]:
    """Each spelling of one word of a form: a|b, optional (s), stem(a|b) and ~ written out."""
    spelled: list[str] = []
    for alternative in _alternatives(word):
        parts: list[list[str]] = []
        last = 0
        for match in _OPTIONAL.finditer(alternative):
            parts.append([alternative[last : match.start()]])
            inside = match[1].split("|")
            parts.append(inside if len(inside) > 1 else ["", inside[0]])
            last = match.end()
        parts.append([alternative[last:]])
        for pieces in itertools.product(*parts):
            whole = "".join(pieces)
            spelled += [whole[:-1] + ending for ending in CASE_ENDINGS] if whole.endswith("~") else [whole]
    return spelled


def _alternatives(word: str) -> list[str]:
    """Part a word at each | that stands in no brackets."""
    found = []
    depth, begin = 0, 0
    for at, letter in enumerate(word):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append(word[begin:at])
            begin = at + 1
    return [*found, word[begin:]]
