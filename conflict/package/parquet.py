"""The tables once more as Parquet, where pyarrow is installed: an extra beside the package's own CSV files."""

from __future__ import annotations

import importlib.util
from decimal import Decimal
from pathlib import Path
from typing import Any

from conflict.intake.package.cells import written
from conflict.intake.package.columns import Table

FOLDER = "parquet"
BATCH = 10_000


def is_installed() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


class Columns:
    """One table being written, a batch of rows at a time. What is not stated is null, also in a text column."""

    def __init__(self, path: Path, table: Table) -> None:
        import pyarrow as pa  # half a second, and not everybody has it
        import pyarrow.parquet as pq

        types = {
            "string": pa.string(),
            "object": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "date": pa.date32(),
            "datetime": pa.timestamp("us", tz="UTC"),
        }
        self._schema = pa.schema([(column.name, types[column.type]) for column in table.columns])
        self._table, self._pa = table, pa
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[tuple[Any, ...]] = []

    def add(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        arrays = [
            self._pa.array([_value(row[place]) for row in self._rows], type=self._schema.field(place).type)
            for place in range(len(self._table.columns))
        ]
        self._writer.write_batch(self._pa.record_batch(arrays, schema=self._schema))
        self._rows.clear()


def columns(folder: Path, table: Table) -> Columns:
    """Begin the Parquet file of a table in a package's folder."""
    (folder / FOLDER).mkdir(exist_ok=True)
    return Columns(folder / FOLDER / f"{table.name}.parquet", table)


def _value(value: Any) -> Any:
    match value:
        case dict() | list():
            return written(value)
        case Decimal():
            return float(value)
        case "":
            return None
    return value
