"""Search over all that the ledger tells, from articles to places: one function for both databases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.db import connections

from conflict.models.folding import PLAIN_CYRILLIC, Phrase, Piece, excerpt, marks, read_query
from conflict.models.search_index import DATES, KEYS
from conflict.models.search_texts import Kind

UNDATED = 0
"""The year of what has no date."""

RANKED = 2_000
"""Up to how many found rows are put in the order of how well they answer: where more hold the words, these say
little, and the newest come first. Weighing 20,000 rows takes thirty times as long as finding them."""

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_YEARS = 10**14  # digits of an id behind its year
_WEIGHTS = "{0, 0, 0.1, 1}"  # of what stands in a text, and in a title


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found: what it is, its key, and all of its words."""

    kind: Kind
    key: int
    title: str
    text: str

    def answer(self, title: Sequence[Piece], phrases: tuple[Phrase, ...]) -> list[Piece]:
        """Return the piece of its text in which something is found, marked; [] where the title says it all.

        ``title`` is what it is shown under, marked as well.
        """
        if self.kind in {Kind.REPORT, Kind.CLAIM}:  # their texts say mostly what stands beside them anyway
            return [] if marks(title) else _best(f"{self.title} · {self.text}".split(" · "), phrases)
        piece = _best(_alphabets(self.text), phrases)
        if marks(piece) or marks(title):
            return piece
        return _best(self.title.split(" · "), phrases)  # found by its title in another language


def _best(parts: Iterable[str], phrases: tuple[Phrase, ...]) -> list[Piece]:
    """Return the excerpt of that part of a text in which most is found."""
    return max((excerpt(part, phrases) for part in parts), key=marks)


def _alphabets(text: str) -> list[str]:
    """Cut a text where its alphabet changes: what it says in one language, and then in the other."""
    runs = groupby(text.split(" · "), key=lambda part: bool(_CYRILLIC.search(part)))
    return [" · ".join(parts) for _cyrillic, parts in runs]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: ``total`` rows, of which ``hits`` are the ones asked for.

    ``kinds`` counts by kind within the years asked for, ``years`` by year, newest first, within the kinds.
    """

    phrases: tuple[Phrase, ...]
    total: int
    kinds: dict[Kind, int]
    years: dict[int, int]
    hits: tuple[Hit, ...]


def search(
    text: str,
    *,
    kinds: Collection[Kind] = (),
    year: int | None = None,
    limit: int = 20,
    offset: int = 0,
    using: str = "default",
) -> Results:
    """Find what holds all words and phrases of a query, in its title before in its text. Two queries.

    No ``kinds`` are all of them; ``year`` None is any, ``UNDATED`` none. A query without a word finds nothing,
    at the cost of no query. Raises ``QueryTooLong``; see ``conflict.models.folding`` for the language.
    """
    phrases = read_query(text)
    if not phrases:
        return Results((), 0, {}, {}, ())
    return _search(_index(phrases, using), kinds=kinds, year=year, limit=limit, offset=offset)


def keys_of(text: str, *, kind: Kind, using: str = "default") -> frozenset[int]:
    """Return the keys of everything of a kind that `search` would find. One query; of a query without a word none.

    Raises ``QueryTooLong``.
    """
    phrases = read_query(text)
    return _index(phrases, using).keys(kind) if phrases else frozenset()


def _index(phrases: tuple[Phrase, ...], using: str) -> _Sqlite:
    return _Postgres(phrases, using) if connections[using].vendor == "postgresql" else _Sqlite(phrases, using)


def _search(index: _Sqlite, *, kinds: Collection[Kind], year: int | None, limit: int, offset: int) -> Results:
    counts = index.count()
    by_kind, by_year = Counter[Kind](), Counter[int]()
    total = 0
    for kind, its_year, count in counts:
        fits_kind, fits_year = not kinds or kind in kinds, year is None or its_year == year
        by_kind[kind] += count * fits_year
        by_year[its_year] += count * fits_kind
        total += count * (fits_kind and fits_year)
    hits = index.find(kinds=kinds, year=year, ranked=total <= RANKED, limit=limit, offset=offset)
    return Results(
        index.phrases,
        total,
        {kind: by_kind[kind] for kind in Kind if by_kind[kind]},
        {number: by_year[number] for number in sorted(by_year, reverse=True) if by_year[number]},
        hits,
    )


class _Sqlite:
    """The FTS5 index. Its tokeniser folds for itself, but for the accents of Cyrillic letters."""

    id = "rowid"
    matches = "search_index MATCH %s"
    title_matches = "search_index MATCH %s"
    rank = "bm25(search_index, 10.0, 1.0)"

    def __init__(self, phrases: tuple[Phrase, ...], using: str) -> None:
        self.phrases, self.using = phrases, using
        query = " AND ".join(
            f'"{" ".join(p.typed).translate(PLAIN_CYRILLIC)}"{"*" if p.begun else ""}' for p in phrases
        )
        self.queries, self.title_queries = [query], [f"title : ({query})"]
        self.ranked_by: list[str] = []

    def _rows(self, sql: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return what the database answers. One query."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def count(self) -> list[tuple[Kind, int, int]]:
        """Return how many rows are found of each kind and year."""
        sql = f"SELECT {self.id} / {_YEARS}, count(*) FROM search_index WHERE {self.matches} GROUP BY 1"
        rows = self._rows(sql, self.queries)
        return [(Kind(group // 10_000), group % 10_000, count) for group, count in rows]

    def keys(self, kind: Kind) -> frozenset[int]:
        """Return the keys of all rows of a kind that are found."""
        sql = (
            f"SELECT {self.id} %% {KEYS} FROM search_index "
            f"WHERE {self.matches} AND {self.id} / {DATES * KEYS} = {kind.value}"
        )
        return frozenset(key for (key,) in self._rows(sql, self.queries))

    def find(
        self, *, kinds: Collection[Kind], year: int | None, ranked: bool, limit: int, offset: int
    ) -> tuple[Hit, ...]:
        """Return the rows of one page, by rank or else the newest first; those found by their titles lead.

        Neither database looks for the others before those have run out.
        """
        narrowed = ""
        if kinds:
            among = ", ".join(str(Kind(kind).value) for kind in sorted(kinds))
            narrowed += f" AND {self.id} / {DATES * KEYS} IN ({among})"
        if year is not None:
            narrowed += f" AND {self.id} / {_YEARS} %% 10000 = {year:d}"
        titles = f"SELECT {self.id} FROM search_index WHERE {self.title_matches}"
        rank = self.rank if ranked else f"-({self.id} / {KEYS} %% {DATES})"
        tiers = " UNION ALL ".join(
            f"SELECT * FROM (SELECT {self.id} AS id, {tier} AS tier, {rank} AS rank FROM search_index "
            f"WHERE {matches}{narrowed} ORDER BY 3, 1 DESC LIMIT {limit + offset:d}) AS tier_{tier}"
            for tier, matches in ((1, self.title_matches), (2, f"{self.matches} AND {self.id} NOT IN ({titles})"))
        )
        sql = (
            f"WITH found AS ({tiers} LIMIT {limit:d} OFFSET {offset:d}) "
            "SELECT t.kind, t.key, t.title, t.text FROM found JOIN search_text t ON t.id = found.id "
            "ORDER BY found.tier, found.rank, found.id DESC"
        )
        ranked_by = self.ranked_by if ranked else []
        values = [*ranked_by, *self.title_queries, *ranked_by, *self.queries, *self.title_queries]
        return tuple(Hit(Kind(kind), *rest) for kind, *rest in self._rows(sql, values))


class _Postgres(_Sqlite):
    """The tsvectors, of words that are folded already, and of their pairs, by which phrases are found."""

    id = "id"
    title_matches = "title @@ %s::tsquery"
    rank = f"-ts_rank('{_WEIGHTS}', words, %s::tsquery)"

    def __init__(self, phrases: tuple[Phrase, ...], using: str) -> None:
        self.phrases, self.using = phrases, using
        pairs = [pair for phrase in phrases for pair in _pairs(phrase)]
        # A pair says all of a phrase of two words; of a longer one it remains to see that they are in one place.
        words = [_tsquery(phrase) for phrase in phrases if len(phrase.words) != 2]
        self.queries = [" & ".join(terms) for terms in (words, pairs) if terms]
        self.matches = " AND ".join(
            f"{column} @@ %s::tsquery" for column, terms in (("words", words), ("pairs", pairs)) if terms
        )
        self.title_queries = [" & ".join([*words, *pairs])]  # the title's tsvector holds both
        self.ranked_by = [" & ".join(_tsquery(phrase) for phrase in phrases)]

    def _rows(self, sql: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return what the database answers. One query, sent together with a setting that ends with it.

        The setting holds the planner to the index: it takes comparing words for as cheap as comparing numbers.
        """
        with connections[self.using].cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}", values)
            cursor.nextset()
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _pairs(phrase: Phrase) -> list[str]:
    """Return the pairs of a phrase's words as terms of a tsquery; a pair begins with a space."""
    pairs = [f"' {first} {second}'" for first, second in pairwise(phrase.words)]
    return [*pairs[:-1], f"{pairs[-1]}:*"] if pairs and phrase.begun else pairs


def _tsquery(phrase: Phrase) -> str:
    """Write a phrase as a tsquery. Words hold nothing but letters and digits, so quotes keep them whole."""
    words = " <-> ".join(f"'{word}'" for word in phrase.words)
    return f"({words}:*)" if phrase.begun else f"({words})"
