"""Rows that belong to a row, read with it: another queryset's rows as one value of a query."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Func, Subquery


class _Decoder(json.JSONDecoder):
    """Keeps decimals what they are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "parse_float": Decimal})


class _RowsField(models.JSONField):
    """Makes instances of what the database wrote as JSON: each row is an array of columns and annotations."""

    def __init__(
        self,
        model: type[models.Model],
        fields: Sequence[models.Field[Any, Any]],
        annotations: Mapping[str, models.Field[Any, Any]],
    ) -> None:
        super().__init__(decoder=_Decoder)
        self.row_model = model
        self.columns, self.annotations = [field.attname for field in fields], list(annotations)
        values = enumerate([*fields, *annotations.values()])
        self.readers = [(place, read) for place, field in values if (read := _reader(field))]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[models.Model]:
        found = []
        for row in super().from_db_value(value, expression, connection) or ():
            for place, read in self.readers:
                if row[place] is not None:
                    row[place] = read(row[place])
            instance = self.row_model.from_db(connection.alias, self.columns, row[: len(self.columns)])
            vars(instance).update(zip(self.annotations, row[len(self.columns) :], strict=True))
            found.append(instance)
        return found


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return what makes a column's value of its JSON, ``None`` where it is that already."""
    match field:
        case models.JSONField():  # which SQLite keeps as text
            return lambda value: json.loads(value) if isinstance(value, str) else value
        case models.DecimalField():
            return lambda value: Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))
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


class AsArray(Func):
    """Several columns as one value.

    Not Django's JSONArray: that first tries in a transaction whether SQLite knows JSON, once a thread, and so
    would wait for whoever writes.
    """

    function = "json_array"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="jsonb_build_array", **context)


class Rows(Subquery):
    """What a queryset finds for a row of another, as a list of instances, in its order and in the same query.

        Event.objects.annotate(stated=Rows(EventFigure.objects.filter(event=OuterRef("pk"))))

    They have the columns of their own table, or the ``only`` ones beside the key, and the queryset's annotations;
    what is left out, and what they refer to, costs a query each, as ever.
    """

    template = "(SELECT json_group_array(json(found.columns)) FROM (%(subquery)s) AS found)"

    def __init__(self, queryset: models.QuerySet[Any], *only: str) -> None:
        model, annotated = queryset.model, queryset.query.annotations
        fields = [f for f in model._meta.concrete_fields if not only or f.primary_key or f.name in only]
        columns = AsArray(*(F(name) for name in (*(field.attname for field in fields), *annotated)))
        annotations = {name: expression.output_field for name, expression in annotated.items()}
        super().__init__(queryset.values(columns=columns), output_field=_RowsField(model, fields, annotations))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT jsonb_agg(found.columns) FROM (%(subquery)s) AS found)"
        return super().as_sql(compiler, connection, template=template, **context)
