"""Rows as values: what belongs to a row, or stands beside it in another table, read in one query.

A queryset says what is fetched, as ever: the columns of its table, less what ``only`` and ``defer`` leave out,
those of what ``select_related`` names, and its annotations. Each row travels as a JSON array. What is left out
costs a query each when it is asked for, as ever.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Func, QuerySet, Subquery, Value

Read = Callable[[Any], Any]


class _Decoder(json.JSONDecoder):
    """Keeps decimals what they are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


class AsArray(Func):
    """Several columns as one value.

    Not Django's JSONArray: that first tries in a transaction whether SQLite knows JSON, once a thread, and so
    would wait for whoever writes.
    """

    function = "json_array"
    output_field = models.JSONField(decoder=_Decoder)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_build_array", **context)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a row of a queryset consists of, and how it is made of the values of an array."""

    model: type[models.Model]
    columns: tuple[str, ...]  # attribute names
    annotations: tuple[str, ...]
    readers: tuple[Read | None, ...]  # of both
    related: Mapping[str, _Shape]

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> Self:
        """Read the shape from what a queryset is asked to fetch."""
        query = queryset.query
        names, is_left_out = query.deferred_loading
        related = query.select_related if isinstance(query.select_related, dict) else {}
        annotations = {name: asked.output_field for name, asked in query.annotations.items()}
        return cls._of(queryset.model, set(names), bool(is_left_out), related, annotations)

    @classmethod
    def _of(
        cls,
        model: type[models.Model],
        names: set[str],
        is_left_out: bool,
        related: Mapping[str, Any],
        annotations: Mapping[str, models.Field[Any, Any]],
    ) -> Self:
        named = names if is_left_out else {name.split("__")[0] for name in names}
        kept = [
            f
            for f in model._meta.concrete_fields
            if not names or f.primary_key or (f.name in named) != is_left_out
        ]
        shapes = {}
        for name, further in related.items():
            below = {path.removeprefix(f"{name}__") for path in names if path.startswith(f"{name}__")}
            its_model: Any = model._meta.get_field(name).related_model
            shapes[name] = cls._of(its_model, below, is_left_out, further, {})
        readers = tuple(_reader(field) for field in (*kept, *annotations.values()))
        return cls(model, tuple(f.attname for f in kept), tuple(annotations), readers, shapes)

    def paths(self, prefix: str = "") -> Iterator[F]:
        """Yield the columns of an array, in the order in which ``make`` takes them."""
        yield from (F(prefix + name) for name in (*self.columns, *self.annotations))
        for name, shape in self.related.items():
            yield from shape.paths(f"{prefix}{name}__")

    def make(self, values: Iterator[Any], database: str) -> models.Model | None:
        """Make an instance of the next values; ``None`` where they say that there is no such row."""
        row = [v if (v := next(values)) is None or read is None else read(v) for read in self.readers]
        instance = self.model.from_db(database, self.columns, row[: len(self.columns)])
        for name, value in zip(self.annotations, row[len(self.columns) :], strict=True):
            setattr(instance, name, value)
        for name, shape in self.related.items():
            setattr(instance, name, shape.make(values, database))
        return None if instance.pk is None else instance


def _reader(field: models.Field[Any, Any]) -> Read | None:
    """Return what makes a column's value of its JSON, ``None`` where it is that already."""
    match field:
        case models.JSONField():  # which SQLite keeps as text
            return lambda value: json.loads(value) if isinstance(value, str) else value
        case models.DecimalField():
            return lambda value: Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))
        case models.FloatField():
            return float
        case models.DateTimeField():
            return _time
        case models.DateField():
            return dt.date.fromisoformat
        case models.BooleanField():
            return bool
    return None


def _time(value: str) -> dt.datetime:
    time = dt.datetime.fromisoformat(value)
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)  # SQLite keeps UTC and does not say so


class _RowsField(models.JSONField):
    """Makes instances of an array of arrays."""

    def __init__(self, shape: _Shape) -> None:
        super().__init__(decoder=_Decoder)
        self.shape = shape

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[models.Model | None]:
        rows = super().from_db_value(value, expression, connection) or ()
        return [self.shape.make(iter(row), connection.alias) for row in rows]


class Rows(Subquery):
    """What a queryset finds for a row of another, as a list of instances, in its order and in the same query.

    Event.objects.annotate(given=Rows(EventFigure.objects.filter(event=OuterRef("pk"))))
    """

    template = "(SELECT json_group_array(json(found.columns)) FROM (%(subquery)s) AS found)"

    def __init__(self, queryset: QuerySet[Any]) -> None:
        shape = _Shape.of(queryset)
        super().__init__(_plain(queryset).values(columns=AsArray(*shape.paths())), output_field=_RowsField(shape))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT jsonb_agg(found.columns) FROM (%(subquery)s) AS found)"
        return super().as_sql(compiler, connection, template=template, **context)


def read_together(*querysets: QuerySet[Any]) -> list[list[Any]]:
    """Return what each of some querysets finds, in no order: for tables told of in one list. One query."""
    shapes = [_Shape.of(queryset) for queryset in querysets]
    first, *others = (
        _plain(queryset).order_by().values_list(Value(place), AsArray(*shape.paths()))
        for place, (queryset, shape) in enumerate(zip(querysets, shapes, strict=True))
    )
    found: list[list[Any]] = [[] for _queryset in querysets]
    rows = first.union(*others, all=True)
    for place, values in rows:
        found[place].append(shapes[place].make(iter(values), rows.db))
    return found


def count_together(querysets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of some querysets finds, by name. One query."""
    first, *others = (
        queryset.order_by().annotate(counted=Value(name)).values("counted").annotate(found=Count("*"))
        for name, queryset in querysets.items()
    )
    return dict.fromkeys(querysets, 0) | dict(
        first.values_list("counted", "found").union(*(o.values_list("counted", "found") for o in others), all=True)
    )


def _plain(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return a queryset that fetches whole rows, which its values can then be taken of."""
    return queryset.select_related(None).defer(None)
