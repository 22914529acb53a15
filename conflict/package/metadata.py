"""What a package says of itself to machines: Frictionless Data Package 2.0, Croissant 1.0, schema.org, citation.

Nothing in it depends on where or when the package is written: the same ledger gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from conflict.analysis.citation import SITE, LedgerCitation, ledger_as_text
from conflict.intake.package.columns import Column, Table
from conflict.intake.package.tables import BY_NAME
from conflict.models import Document, Version

LICENCE = ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
LICENCE_WORDS = gettext_noop(
    "The selection, the findings and all words of our own, summaries of articles and events included, are under "
    "CC BY 4.0. The figures are facts and free. Readings of other people’s transcriptions stand under the licence "
    "that documents.csv names beside each."
)
KEYWORDS = ("war", "Russia", "Ukraine", "losses", "time series", "provenance")
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
CROISSANT = "http://mlcommons.org/croissant/1.0"

_SCHEMA_TYPES = {
    "string": "sc:Text",
    "object": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the package as it was written; ``rows`` is ``None`` where it is no table."""

    name: str
    size: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What the metadata speak of: whose ledger, at which version, and whether that is a past one.

    ``first`` and ``last``: the days that the accepted figures span, ``None`` where there are none. ``datasets``
    are the transcriptions that were read.
    """

    conflict: str
    start: dt.date
    version: Version
    past: bool
    first: dt.date | None
    last: dt.date | None
    datasets: Sequence[Document]

    @property
    def title(self) -> str:
        return f"{SITE}: {self.conflict}"

    @property
    def name(self) -> str:
        return f"conflict-ledger-v{self.version.number}"

    @property
    def day(self) -> str:
        """Return the day of the version, in UTC."""
        return self.version.time.astimezone(dt.UTC).date().isoformat()

    @property
    def words(self) -> str:
        left_out = " Of a past version it holds the figures alone." if self.past else ""
        return (
            f"The account of {self.conflict}: reported losses by category and day, every document and reading "
            "they come from, every version of them that was ever shown, events and attributed claims. The figures "
            "are claims of one belligerent about the other; “personnel” means killed and wounded together, an "
            f"approximation; an empty cell means “not stated” and never zero.{left_out}"
        )

    @property
    def citation(self) -> LedgerCitation:
        return LedgerCitation(
            title=f"{self.conflict}: reported losses and events",
            version=self.version.number,
            published=self.version.time.astimezone(dt.UTC).date(),
            hash=self.version.hash,
        )


def as_json(value: Any) -> str:
    """Return JSON as the package's files have it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# -- Frictionless -------------------------------------------------------------------------------------------


def data_package(account: Account, files: Sequence[Written]) -> dict[str, Any]:
    """Return datapackage.json: each table's file, hash, columns, keys and references."""
    name, title, path = LICENCE
    return {
        "$schema": PROFILE,
        "name": account.name,
        "title": account.title,
        "description": account.words,
        "version": str(account.version.number),
        "created": account.version.time.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "keywords": list(KEYWORDS),
        "licenses": [{"name": name, "title": title, "path": path}],
        "contributors": [{"title": f"{SITE} contributors", "roles": ["publisher"]}],
        "sources": [
            {"title": str(one), "path": one.url} if one.url else {"title": str(one)} for one in account.datasets
        ],
        "ledger": {"version": account.version.number, "hash": account.version.hash, "past": account.past},
        "resources": [_resource(file, BY_NAME[file.name.removesuffix(".csv")]) for file in files],
    }


def _resource(file: Written, table: Table) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": file.name,
        "title": table.title,
        "description": table.words,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "dialect": {"header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign_key(column) for column in table.columns if column.refers],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.options:
        constraints["enum"] = list(column.options)
    if column.least is not None:
        constraints["minimum"] = column.least
    if column.most is not None:
        constraints["maximum"] = column.most
    field = {"name": column.name, "type": column.type, "description": column.words}
    return {**field, "constraints": constraints} if constraints else field


def _foreign_key(column: Column) -> dict[str, Any]:
    table, _, other = column.refers.partition(".")
    return {"fields": [column.name], "reference": {"resource": table.replace("_", "-"), "fields": [other]}}


# -- Croissant ----------------------------------------------------------------------------------------------

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(account: Account, files: Sequence[Written]) -> dict[str, Any]:
    """Return croissant.json: the same tables for machine learning's tools."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CROISSANT,
        "name": account.name,
        "description": account.words,
        "license": LICENCE[2],
        "version": f"{account.version.number}.0.0",
        "datePublished": account.day,
        "citeAs": ledger_as_text(account.citation),
        "keywords": list(KEYWORDS),
        "creator": {"@type": "sc:Organization", "name": f"{SITE} contributors"},
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.name,
                "name": file.name,
                "contentUrl": file.name,
                "contentSize": f"{file.size} B",
                "encodingFormat": "text/csv",
                "sha256": file.sha256,
            }
            for file in files
        ],
        "recordSet": [_record_set(BY_NAME[file.name.removesuffix(".csv")]) for file in files],
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.title}. {table.words}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_croissant_field(table, column) for column in table.columns],
    }


def _croissant_field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.words,
        "dataType": _SCHEMA_TYPES[column.type],
        "source": {"fileObject": {"@id": table.file}, "extract": {"column": column.name}},
    }
    if column.refers:
        field["references"] = {"field": {"@id": column.refers.replace(".", "/")}}
    return field


# -- schema.org and citation --------------------------------------------------------------------------------


def dataset(account: Account, *, page: str = "", download: str = "", size: int | None = None) -> dict[str, Any]:
    """Return the ledger as a schema.org Dataset; ``page`` and ``download`` are absolute addresses on a site."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": account.title,
        "description": account.words,
        "version": str(account.version.number),
        "identifier": f"sha256:{account.version.hash}",
        "dateModified": account.version.time.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "license": LICENCE[2],
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "creator": {"@type": "Organization", "name": f"{SITE} contributors"},
        "variableMeasured": ["losses as reported, by category and day"],
        "measurementTechnique": "Transcription of a belligerent’s daily reports, each figure with its document",
        "spatialCoverage": "Ukraine and Russia",
        "isBasedOn": [one.url for one in account.datasets if one.url],
    }
    if account.first and account.last:
        described["temporalCoverage"] = f"{account.first.isoformat()}/{account.last.isoformat()}"
    if page:
        described["url"] = page
    if download:
        part: dict[str, Any] = {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": download,
        }
        if size is not None:
            part["contentSize"] = f"{size} B"
        described["distribution"] = [part]
    return described


def citation_file(account: Account) -> str:
    """Return CITATION.cff of the data at this version, in the Citation File Format 1.2.0."""
    quoted = json.dumps  # a JSON text is a YAML text
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: If you use these data, please cite them as below, with their version.",
            "type: dataset",
            f"title: {quoted(account.title, ensure_ascii=False)}",
            "authors:",
            f"  - name: {quoted(f'{SITE} contributors')}",
            f"version: {quoted(str(account.version.number))}",
            f"date-released: {account.day}",
            f"license: {LICENCE[0]}",
            "identifiers:",
            "  - type: other",
            f"    value: {quoted(f'sha256:{account.version.hash}')}",
            '    description: "The hash of the version, which covers every figure up to it"',
            "",
        ]
    )
