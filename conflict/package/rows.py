"""The rows of each table of the package, in an order that does not depend on the database that holds them.

What is said of the ledger and never edited (reports, entries, counts, versions) comes in the order in which it
was written, because the ledger's rules can depend on it; all else is ordered by its key, in Python, for two
databases need not agree on the order of texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from conflict.analysis.calendar import day_number
from conflict.intake.package.tables import BY_NAME
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
from conflict.models.rows import count_together

CHUNK = 2000

MODELS: dict[str, Any] = {
    "parties": Party,
    "sources": Source,
    "categories": Category,
    "documents": Document,
    "versions": Version,
    "reports": Report,
    "entries": LossEntry,
    "model_counts": ModelCount,
    "points": Point,
    "decisions": Decision,
    "places": Place,
    "actors": Actor,
    "events": Event,
    "event_actors": EventActor,
    "event_figures": EventFigure,
    "questions": Question,
    "claims": Claim,
    "wars": War,
    "war_estimates": WarEstimate,
    "findings": Finding,
    "checks": Check,
}
"""What the rows of each table are; those of losses are points."""

Row = tuple[Any, ...]
Columns = tuple[str, ...]


class Contents:
    """The rows of the ledger as it stands, or as it stood at version ``number``.

    A past version has what the chain fixes, with names and documents as they are today, and no more: events,
    claims, findings and checks are edited outside the versions.
    """

    def __init__(self, number: int | None = None) -> None:
        self.number = number
        self._names: dict[str, dict[int, str]] = {}

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table, each as its columns say. The queries do not grow with the rows."""
        if self.number is not None and not BY_NAME[table].versioned:
            return iter(())
        return iter(_ROWS[table](self))

    def names(self, table: str) -> dict[int, str]:
        """Return the short names of a table's rows by primary key, fetched once."""
        if table not in self._names:
            self._names[table] = dict(MODELS[table].objects.values_list("pk", "slug"))
        return self._names[table]

    def reports(self) -> dict[int, str]:
        """Return the names of the reports that ever counted by primary key, in the order of writing."""
        if "reports" not in self._names:
            rows = self.counted().values_list("pk", "source_id", "party_id", "date", "document_id", "revision")
            self._names["reports"] = {
                pk: "/".join(
                    (
                        self.names("sources")[source],
                        self.names("parties")[party],
                        date.isoformat(),
                        self.names("documents")[document],
                        str(revision),
                    )
                )
                for pk, source, party, date, document, revision in rows.iterator(CHUNK)
            }
        return self._names["reports"]

    def claims(self) -> dict[int, str]:
        """Return the names of the claims by primary key: the document and a running number in it."""
        if "claims" not in self._names:
            places: dict[int, int] = defaultdict(int)
            names = {}
            for pk, document in Claim.objects.order_by("document_id", "order", "pk").values_list(
                "pk", "document_id"
            ):
                places[document] += 1
                names[pk] = f"{self.names('documents')[document]}/{places[document]}"
            self._names["claims"] = names
        return self._names["claims"]

    def counted(self) -> Any:
        """Return the reports that count or once did, no drafts, in the order of writing."""
        reports = Report.objects.once_published().order_by("from_version_id", "pk")
        return reports if self.number is None else reports.filter(from_version__lte=self.number)

    def documents(self) -> Any:
        """Return the documents, but for those of which drafts alone were made: nobody but a curator sees them."""
        reports = Report.objects.filter(document=OuterRef("pk"))
        counted = Exists(self.of_versions(reports.once_published()))
        if self.number is not None:
            return Document.objects.filter(counted)
        drafted = Exists(reports.filter(status=Report.Status.DRAFT))
        claimed = Exists(Claim.objects.filter(document=OuterRef("pk")))
        return Document.objects.filter(Q(kind=Document.Kind.ARTICLE) | counted | claimed | ~drafted)

    def until(self, number: int | None) -> int | None:
        """Return the version at which a row ended, ``None`` where that lies after the version asked for."""
        return None if number is None or (self.number is not None and number > self.number) else number

    def of_versions(self, rows: Any, prefix: str = "") -> Any:
        """Leave out the rows that began after the version asked for."""
        return rows if self.number is None else rows.filter(**{f"{prefix}from_version__lte": self.number})


# -- Names --------------------------------------------------------------------------------------------------


def _parties(contents: Contents) -> Iterable[Row]:
    return sorted(Party.objects.order_by().values_list("slug", "name", "translations"), key=_first)


def _sources(contents: Contents) -> Iterable[Row]:
    columns: Columns = ("slug", "name", "kind", "url", "meaning", "translations")
    return sorted(Source.objects.order_by().values_list(*columns), key=_first)


def _categories(contents: Contents) -> Iterable[Row]:
    columns: Columns = ("slug", "name", "short", "unit", "order", "definition", "labels", "first_day", "last_day")
    return Category.objects.order_by("order").values_list(*columns, "translations")


def _documents(contents: Contents) -> Iterable[Row]:
    columns: Columns = ("slug", "kind", "title", "title_is_printed", "url", "publisher", "language", "published")
    columns += ("published_note", "retrieved", "sha256", "licence", "note", "text", "translations")
    return sorted(contents.documents().order_by().values_list(*columns), key=_first)


def _places(contents: Contents) -> Iterable[Row]:
    columns: Columns = ("slug", "name", "latitude", "longitude", "is_area", "translations")
    return sorted(Place.objects.order_by().values_list(*columns), key=_first)


def _actors(contents: Contents) -> Iterable[Row]:
    return sorted(Actor.objects.order_by().values_list("slug", "name", "source__slug", "translations"), key=_first)


# -- The ledger ---------------------------------------------------------------------------------------------


def _versions(contents: Contents) -> Iterable[Row]:
    versions = Version.objects.order_by("number")
    if contents.number is not None:
        versions = versions.filter(number__lte=contents.number)
    columns: Columns = ("number", "time", "kind", "by", "reason", "opened", "closed", "previous_hash", "hash")
    return versions.values_list(*columns).iterator(CHUNK)


def _reports(contents: Contents) -> Iterable[Row]:
    names = contents.reports()
    columns: Columns = ("pk", "source_id", "party_id", "date", "document_id", "revision", "status")
    columns += ("from_version_id", "to_version_id", "cited_url", "sha256", "remarks")
    for row in contents.counted().values_list(*columns).iterator(CHUNK):
        pk, source, party, date, document, revision, status, since, ended, *rest = row
        until = contents.until(ended)
        yield (
            names[pk],
            contents.names("sources")[source],
            contents.names("parties")[party],
            date,
            contents.names("documents")[document],
            revision,
            status if until is not None else Report.Status.PUBLISHED.value,
            since,
            until,
            *rest,
        )


def _entries(contents: Contents) -> Iterable[Row]:
    names = contents.reports()
    rows = contents.of_versions(LossEntry.objects.exclude(report__status=Report.Status.DRAFT), "report__")
    columns: Columns = ("report_id", "category_id", "total", "change", "qualifier", "text", "start", "end")
    for report, category, *rest in (
        rows.order_by("report__from_version_id", "pk").values_list(*columns).iterator(CHUNK)
    ):
        yield (names[report], contents.names("categories")[category], *rest)


def _model_counts(contents: Contents) -> Iterable[Row]:
    names = contents.reports()
    rows = contents.of_versions(ModelCount.objects.exclude(report__status=Report.Status.DRAFT), "report__")
    columns: Columns = ("report_id", "category_id", "group", "model", "manufacturer", "total")
    for report, category, *rest in (
        rows.order_by("report__from_version_id", "report_id", "pk").values_list(*columns).iterator(CHUNK)
    ):
        yield (names[report], contents.names("categories")[category], *rest)


def _points(contents: Contents) -> Iterable[Row]:
    names = contents.reports()
    points = contents.of_versions(Point.objects.all())
    columns: Columns = (
        "date",
        "total",
        "printed_change",
        "computed_change",
        "days_since_previous",
        "entry__report_id",
    )
    for series, words in _series(contents):
        rows = points.filter(**series).order_by("date", "from_version_id")
        for *values, report, since, until in rows.values_list(
            *columns, "from_version_id", "to_version_id"
        ).iterator(CHUNK):
            yield (*words, *values, names[report], since, contents.until(until))


def _losses(contents: Contents) -> Iterable[Row]:
    points = Point.objects.at_version(contents.number)
    columns: Columns = (
        "date",
        "total",
        "printed_change",
        "computed_change",
        "days_since_previous",
        "entry__qualifier",
    )
    columns += ("entry__report__document_id", "entry__report__cited_url", "entry__report__document__url")
    for series, words in _series(contents):
        rows = points.filter(**series).order_by("date").values_list(*columns, "from_version_id")
        for date, *values, document, cited, url, version in rows.iterator(CHUNK):
            number = day_number(date, first_day=settings.CONFLICT_START)
            yield (date, number, *words, *values, contents.names("documents")[document], cited or url, version)


def _series(contents: Contents) -> Iterator[tuple[dict[str, int], tuple[str, str, str]]]:
    """Yield every series that has points, as keywords of a filter and in words. Two queries."""
    order = {pk: place for place, pk in enumerate(Category.objects.order_by("order").values_list("pk", flat=True))}
    sources, parties = contents.names("sources"), contents.names("parties")
    held = set(Point.objects.order_by().values_list("source_id", "party_id", "category_id").distinct())
    for source, party, category in sorted(held, key=lambda s: (sources[s[0]], parties[s[1]], order[s[2]])):
        yield (
            {"source_id": source, "party_id": party, "category_id": category},
            (sources[source], parties[party], contents.names("categories")[category]),
        )


def _decisions(contents: Contents) -> Iterable[Row]:
    names = contents.reports()
    columns: Columns = ("source__slug", "party__slug", "category__slug", "date", "entry__report_id")
    rows = contents.of_versions(Decision.objects.order_by())
    made = [
        (*where, names[report], since, contents.until(until))
        for *where, report, since, until in rows.values_list(*columns, "from_version_id", "to_version_id")
    ]
    return sorted(made, key=lambda row: (row[5], *row[:4]))


# -- What is edited outside the versions --------------------------------------------------------------------


def _events(contents: Contents) -> Iterable[Row]:
    articles = _linked(Event.articles.through, "event_id", "document_id", contents.names("documents"))
    columns: Columns = (
        "slug",
        "title",
        "short_title",
        "summary",
        "date",
        "end_date",
        "precision",
        "theme",
        "certainty",
    )
    columns += ("certainty_note", "place__slug", "source_name", "source_url")
    rows = Event.objects.order_by().values_list(*columns, "pk", "translations")
    return sorted(((*words, articles[pk], translations) for *words, pk, translations in rows), key=_first)


def _event_actors(contents: Contents) -> Iterable[Row]:
    rows = EventActor.objects.order_by().values_list("event__slug", "actor__slug", "order")
    return sorted(rows, key=lambda row: (row[0], row[2], row[1]))


def _event_figures(contents: Contents) -> Iterable[Row]:
    columns: Columns = ("event__slug", "order", "label", "value", "unit", "qualifier", "translations")
    return sorted(EventFigure.objects.order_by().values_list(*columns), key=lambda row: row[:3])


def _questions(contents: Contents) -> Iterable[Row]:
    return sorted(Question.objects.order_by().values_list("slug", "text", "translations"), key=_first)


def _claims(contents: Contents) -> Iterable[Row]:
    names = contents.claims()
    parts = _linked(Claim.parts.through, "claim_id", "category_id", contents.names("categories"))
    events = _linked(Claim.events.through, "claim_id", "event_id", contents.names("events"))
    columns: Columns = ("order", "text", "quoted", "speaker", "source__slug", "certainty", "certainty_note")
    columns += ("category__slug", "figure", "unit", "qualifier", "date", "question__slug")
    rows = Claim.objects.order_by().values_list("pk", "document__slug", *columns, "translations")
    made = [
        (names[pk], document, *words, parts[pk], events[pk], translations)
        for pk, document, *words, translations in rows
    ]
    return sorted(made, key=lambda row: (row[1], int(row[0].rpartition("/")[2])))


def _wars(contents: Contents) -> Iterable[Row]:
    rows = War.objects.order_by().values_list("slug", "name", "first_year", "last_year", "translations")
    return sorted(rows, key=_first)


def _war_estimates(contents: Contents) -> Iterable[Row]:
    columns: Columns = ("war__slug", "order", "side", "counts", "low", "high", "author", "as_of", "certainty")
    columns += ("note", "source_name", "source_url", "translations")
    rows = WarEstimate.objects.order_by().values_list(*columns)
    return sorted(rows, key=lambda row: (*row[:4], row[6], str(row[7] or "")))


def _findings(contents: Contents) -> Iterable[Row]:
    columns: Columns = (
        "key",
        "kind",
        "severity",
        "source__slug",
        "party__slug",
        "category__slug",
        "document__slug",
    )
    columns += ("date", "end_date", "evidence", "state", "words", "decided_by", "decided", "found", "passed")
    place = columns.index("evidence")
    rows = []
    for row in Finding.objects.order_by().values_list(*columns).iterator(CHUNK):
        evidence = dict(row[place])
        if "claim" in evidence:  # a primary key, which means nothing elsewhere
            evidence["claim"] = contents.claims().get(evidence["claim"])
        rows.append((*row[:place], evidence, *row[place + 1 :]))
    return sorted(rows, key=lambda row: (row[7], row[1], row[0]))


def _checks(contents: Contents) -> Iterable[Row]:
    return Check.objects.order_by("version_id").values_list("version_id", "time")


def _linked(through: Any, of: str, to: str, names: dict[int, str]) -> dict[int, str]:
    """Return the names that each row is linked with, in order, with a space between."""
    found: dict[int, list[str]] = defaultdict(list)
    for key, other in through.objects.values_list(of, to):
        found[key].append(names[other])
    return defaultdict(str, {key: " ".join(sorted(held)) for key, held in found.items()})


def _first(row: Row) -> Any:
    return row[0]


_ROWS: dict[str, Callable[[Contents], Iterable[Row]]] = {
    "losses": _losses,
    "parties": _parties,
    "sources": _sources,
    "categories": _categories,
    "documents": _documents,
    "versions": _versions,
    "reports": _reports,
    "entries": _entries,
    "model_counts": _model_counts,
    "points": _points,
    "decisions": _decisions,
    "places": _places,
    "actors": _actors,
    "events": _events,
    "event_actors": _event_actors,
    "event_figures": _event_figures,
    "questions": _questions,
    "claims": _claims,
    "wars": _wars,
    "war_estimates": _war_estimates,
    "findings": _findings,
    "checks": _checks,
}


def counts() -> dict[str, int]:
    """Return how many rows each table of the package has today. One query."""
    held = {name: model._default_manager.all() for name, model in MODELS.items()} | {
        "losses": Point.objects.standing(),
        "documents": Contents().documents(),
        "reports": Report.objects.once_published(),
        "entries": LossEntry.objects.exclude(report__status=Report.Status.DRAFT),
        "model_counts": ModelCount.objects.exclude(report__status=Report.Status.DRAFT),
    }
    return count_together({name: held[name] for name in _ROWS})
