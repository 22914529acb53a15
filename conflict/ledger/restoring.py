"""Restoring a ledger from a package: the same rows, the same versions, the same hashes, on another machine.

Only into an empty database, in one transaction, and only a package that is whole: every cell is read and every
reference checked before the first row is written, and the chain of hashes is walked before the last is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Model

from conflict.intake.package.reading import Package, PackageError, Row
from conflict.intake.package.tables import BY_NAME
from conflict.intake.progress import Progress
from conflict.ledger.errors import LedgerError
from conflict.ledger.settling import CHUNK
from conflict.ledger.verifying import Verified, verify
from conflict.ledger.writing import take_turns, tell_planner
from conflict.models import (
    Actor,
    Category,
    Check,
    Claim,
    Decision,
    Document,
    Event,
    EventActor,
    EventFigure,
    Finding,
    LossEntry,
    ModelCount,
    Party,
    Place,
    Point,
    Question,
    Report,
    Source,
    Version,
    War,
    WarEstimate,
)

Keys = dict[str, dict[Any, Any]]
"""Primary keys by table and short name, filled as the tables are written; of entries by report and category."""


class NotEmpty(LedgerError):
    """The database holds a ledger already, which nothing may be mixed into."""


class BrokenChain(LedgerError):
    """The package is consistent in itself, but its versions do not fit its points."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was written: rows by table, and the chain as it was verified."""

    rows: dict[str, int]
    verified: Verified


def restore(package: Package, *, progress: Progress | None = None) -> Restored:
    """Write the ledger of a package into an empty database.

    Raises ``PackageError``, ``NotEmpty`` or ``BrokenChain``, and then nothing was written.
    """
    _refuse_full()
    counts = package.check(progress)
    with transaction.atomic():
        take_turns()
        _refuse_full()
        keys: Keys = {}
        for name, write in _WRITERS.items():
            _write(package, name, write, keys, counts[name], progress)
        tell_planner()
        verified = verify(progress=partial(progress, "verifying versions") if progress else None)
        if verified.fault:
            raise BrokenChain(f"The package does not fit its own versions. {verified.fault}")
    return Restored({name: counts[name] for name in _WRITERS}, verified)


def _refuse_full() -> None:
    for model in (Version, Report, Document, Category, Source, Party, Event, Place, Actor, Question, War):
        held = model._default_manager.count()
        if held:
            words = model._meta.verbose_name if held == 1 else model._meta.verbose_name_plural
            raise NotEmpty(
                f"The database is not empty: it holds {held:,} {words}. A package is restored into an empty one, "
                "made by manage.py migrate."
            )


# -- Rows ---------------------------------------------------------------------------------------------------


Make = Callable[[Row, Keys], Model]
Name = Callable[[Row, Keys], Any]


@dataclass(frozen=True, slots=True)
class _Writer:
    """How a table's rows become rows of a model. ``name``: that by which other tables refer to them.

    ``links``: columns of short names with a space between, and where what they link is written.
    """

    model: type[Model]
    make: Make
    name: Name | None = None
    links: tuple[_Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Link:
    column: str
    table: str
    through: Any
    of: str
    to: str


def _write(
    package: Package, name: str, writer: _Writer, keys: Keys, count: int, progress: Progress | None
) -> None:
    own = keys.setdefault(name, {})
    done = 0
    for chunk in _chunks(package.rows(name)):
        if progress:
            progress(f"writing {name}", done, count)
        made = [_made(writer, row, keys, BY_NAME[name].file, line) for line, row in chunk]
        _insert(writer.model, made, chunk, BY_NAME[name].file)
        if writer.name:
            own.update((writer.name(row, keys), one.pk) for (_, row), one in zip(chunk, made, strict=True))
        for link in writer.links:
            link.through.objects.bulk_create(_linked(link, chunk, made, keys, BY_NAME[name].file))
        done += len(chunk)


def _made(writer: _Writer, row: Row, keys: Keys, file: str, line: int) -> Model:
    try:
        return writer.make(row, keys)
    except KeyError:  # all names were checked, but for the entry of a report and a category together
        raise PackageError(
            "entries.csv has no figure of this report in this category", file=file, line=line, column="report"
        ) from None


def _insert(model: type[Model], made: list[Model], chunk: list[tuple[int, Row]], file: str) -> None:
    """Insert rows; where the database refuses them, find the first that it does not take."""
    manager = model._base_manager
    try:
        with transaction.atomic():
            manager.bulk_create(made)
        return
    except DatabaseError as error:
        refusal = str(error).strip().splitlines()[0]
    for (line, _), one in zip(chunk, made, strict=True):
        try:
            with transaction.atomic():
                manager.bulk_create([one])
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise PackageError(f"the ledger takes no such row: {reason}", file=file, line=line) from error
    raise PackageError(f"the ledger refuses these rows: {refusal}", file=file, line=chunk[0][0])


def _linked(
    link: _Link, chunk: list[tuple[int, Row]], made: list[Model], keys: Keys, file: str
) -> Iterator[Model]:
    for (line, row), one in zip(chunk, made, strict=True):
        for name in row[link.column].split():
            if name not in keys[link.table]:
                raise PackageError(f"{link.table}.csv has no “{name}”", file=file, line=line, column=link.column)
            yield link.through(**{link.of: one.pk, link.to: keys[link.table][name]})


def _chunks(rows: Iterable[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _column(name: str) -> Name:
    return lambda row, keys: row[name]


def _slugged(model: type[Model], column: str) -> Make:
    """Make rows whose columns are the model's fields, but for the short name, which the model calls its slug."""

    def make(row: Row, keys: Keys) -> Model:
        fields = dict(row)
        return model(slug=fields.pop(column), **fields)

    return make


def _place(row: Row, keys: Keys) -> Model:
    degrees = {name: None if row[name] is None else float(row[name]) for name in ("latitude", "longitude")}
    same = {name: row[name] for name in ("name", "is_area", "translations")}
    return Place(slug=row["place"], **same, **degrees)


def _actor(row: Row, keys: Keys) -> Model:
    source = keys["sources"][row["source"]] if row["source"] else None
    return Actor(slug=row["actor"], name=row["name"], source_id=source, translations=row["translations"])


def _version(row: Row, keys: Keys) -> Model:
    fields = dict(row)
    return Version(number=fields.pop("version"), **fields)


def _cell(row: Row, keys: Keys) -> dict[str, Any]:
    return {
        "source_id": keys["sources"][row["source"]],
        "party_id": keys["parties"][row["party"]],
        "category_id": keys["categories"][row["category"]] if row.get("category") else None,
        "date": row["date"],
    }


def _span(row: Row) -> dict[str, Any]:
    return {"from_version_id": row["from_version"], "to_version_id": row["to_version"]}


def _report(row: Row, keys: Keys) -> Model:
    place = _cell(row, keys)
    del place["category_id"]
    same = {name: row[name] for name in ("revision", "status", "cited_url", "sha256", "remarks")}
    return Report(document_id=keys["documents"][row["document"]], **place, **_span(row), **same)


def _entry(row: Row, keys: Keys) -> Model:
    same = {name: row[name] for name in ("total", "change", "qualifier", "text", "start", "end")}
    return LossEntry(
        report_id=keys["reports"][row["report"]], category_id=keys["categories"][row["category"]], **same
    )


def _model_count(row: Row, keys: Keys) -> Model:
    same = {name: row[name] for name in ("group", "model", "manufacturer", "total")}
    return ModelCount(
        report_id=keys["reports"][row["report"]], category_id=keys["categories"][row["category"]], **same
    )


def _entry_of(row: Row, keys: Keys) -> int:
    """Return the key of the entry that a point or a decision takes; ``KeyError`` where there is none."""
    key: int = keys["entries"][_entry_name(row, keys)]
    return key


def _entry_name(row: Row, keys: Keys) -> tuple[int, int]:
    return keys["reports"][row["report"]], keys["categories"][row["category"]]


def _point(row: Row, keys: Keys) -> Model:
    same = {name: row[name] for name in ("total", "printed_change", "computed_change", "days_since_previous")}
    return Point(entry_id=_entry_of(row, keys), **_cell(row, keys), **_span(row), **same)


def _decision(row: Row, keys: Keys) -> Model:
    return Decision(entry_id=_entry_of(row, keys), **_cell(row, keys), **_span(row))


def _event(row: Row, keys: Keys) -> Model:
    fields = dict(row)
    del fields["articles"]
    place = fields.pop("place")
    return Event(slug=fields.pop("event"), place_id=keys["places"][place] if place else None, **fields)


def _event_actor(row: Row, keys: Keys) -> Model:
    return EventActor(
        event_id=keys["events"][row["event"]], actor_id=keys["actors"][row["actor"]], order=row["order"]
    )


def _event_figure(row: Row, keys: Keys) -> Model:
    return EventFigure(event_id=keys["events"][row["event"]], **{k: v for k, v in row.items() if k != "event"})


def _claim(row: Row, keys: Keys) -> Model:
    fields = {name: value for name, value in row.items() if name not in {"claim", "parts", "events"}}
    names = ("document", "source", "category", "question")
    document, source, category, question = (fields.pop(name) for name in names)
    return Claim(
        document_id=keys["documents"][document],
        source_id=keys["sources"][source] if source else None,
        category_id=keys["categories"][category] if category else None,
        question_id=keys["questions"][question] if question else None,
        **fields,
    )


def _war_estimate(row: Row, keys: Keys) -> Model:
    fields = dict(row)
    return WarEstimate(war_id=keys["wars"][fields.pop("war")], **fields)


def _finding(row: Row, keys: Keys) -> Model:
    fields = {
        name: value
        for name, value in row.items()
        if name not in {"source", "party", "category", "document", "date"}
    }
    claim = fields["evidence"].get("claim")
    if claim is not None:
        fields["evidence"]["claim"] = keys["claims"].get(claim)
    document = keys["documents"][row["document"]] if row["document"] else None
    return Finding(document_id=document, **_cell(row, keys), **fields)


def _check(row: Row, keys: Keys) -> Model:
    return Check(version_id=row["version"], time=row["time"])


_WRITERS: dict[str, _Writer] = {
    "parties": _Writer(Party, _slugged(Party, "party"), _column("party")),
    "sources": _Writer(Source, _slugged(Source, "source"), _column("source")),
    "categories": _Writer(Category, _slugged(Category, "category"), _column("category")),
    "documents": _Writer(Document, _slugged(Document, "document"), _column("document")),
    "versions": _Writer(Version, _version),
    "reports": _Writer(Report, _report, _column("report")),
    "entries": _Writer(LossEntry, _entry, _entry_name),
    "model_counts": _Writer(ModelCount, _model_count),
    "points": _Writer(Point, _point),
    "decisions": _Writer(Decision, _decision),
    "places": _Writer(Place, _place, _column("place")),
    "actors": _Writer(Actor, _actor, _column("actor")),
    "events": _Writer(
        Event,
        _event,
        _column("event"),
        (_Link("articles", "documents", Event.articles.through, "event_id", "document_id"),),
    ),
    "event_actors": _Writer(EventActor, _event_actor),
    "event_figures": _Writer(EventFigure, _event_figure),
    "questions": _Writer(Question, _slugged(Question, "question"), _column("question")),
    "claims": _Writer(
        Claim,
        _claim,
        _column("claim"),
        (
            _Link("parts", "categories", Claim.parts.through, "claim_id", "category_id"),
            _Link("events", "events", Claim.events.through, "claim_id", "event_id"),
        ),
    ),
    "wars": _Writer(War, _slugged(War, "war"), _column("war")),
    "war_estimates": _Writer(WarEstimate, _war_estimate),
    "findings": _Writer(Finding, _finding),
    "checks": _Writer(Check, _check),
}
"""Every table that is not derived, each after those that it refers to."""
