"""A corpus as a Data Package: our tables as CSV, and a `datapackage.json` that says what they are.

[`save`][wsis_model.interop.datapackage.save] writes the folder of tables that
[`wsis.save`][wsis_model.save] writes as CSV, and beside them a descriptor (Tabular Data Package,
version 1, as frictionless 5 validates it). It gives each table as a resource with its size and
SHA-256, and each column with its type, title, description, example and constraints (required, enum,
pattern, length, bounds). All of that follows from the records, nothing is written down twice.

A primary key and a foreign key are declared where they hold in these tables: of a road map alone,
what it names in the catalogue is not there, so that no key leads to it. A column that refers to
records of several kinds, or holds several values, cannot be a foreign key.

**Kept**: everything; [`wsis.load`][wsis_model.load] reads the folder as it reads any folder of
tables, and gives equal records.

**Lost**: in the descriptor, that a column may refer to records of several kinds, and what several
values of one cell are: they are text, separated by `;`.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from ..corpus import Corpus
from ..flat import FORMAT
from ..formats._folder import save_tables
from ..formats.csv import as_csv, has_headings, named
from ..formats.tables.cells import cell_of
from ..formats.tables.columns import (
    OF,
    SHEETS,
    TABLES,
    about_column,
    field_of,
    in_order,
    label_of,
    owners_of,
)
from ..formats.tables.write import rows_of
from ..model import File, Record, Source
from ..model.fields import Field, record_at
from ..model.kinds import KINDS
from ..model.record import identified, unwrapped
from ..tables import json_text

__all__ = ["save"]

#: How the descriptor's types are called, by type of value; any other value is text.
_TYPES: dict[Any, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    Decimal: "number",
    datetime.date: "date",
}
#: What Table Schema calls as JSON Schema does.
_CONSTRAINTS = ("enum", "pattern", "minLength", "maxLength", "minimum", "maximum")
#: What the standard takes for the path of a source.
_PATH = re.compile(r"https?://(?:(?!\.\.).)+")
_TABLE_OF = {kind.name: kind.field for kind in KINDS}
_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def save(
    corpus: Corpus,
    folder: str | os.PathLike[str],
    *,
    name: str | None = None,
    title: str | None = None,
    licenses: Sequence[Mapping[str, str]] = (),
) -> None:
    """Write a corpus to a folder of tables with a descriptor.

    The tables are saved whole or not at all, as [`wsis.save`][wsis_model.save] saves them; those
    that were there go, and so does a descriptor that this function wrote, also when the tables are
    saved again without one.

    Args:
        corpus: What to write.
        folder: The folder; it is made if it is not there.
        name: What the package is called: lower-case letters, digits, `.`, `_` and `-`; without it,
            the identifier of the one road map, or `"wsis-model"`.
        title: Its title for people; without it, that of the one road map, if there is one.
        licenses: On what terms the data may be used, e.g. `[{"name": "CC-BY-4.0"}]`: a `name` of
            Open Definition or a `path` to the text, and a `title`. None is assumed.

    Raises:
        DuplicateIdentifier: Of two records of one identifier one has members.
        ValueError: The folder holds a descriptor that others wrote, or tables that would be read
            with these; or a name or licence is not as it should be.
        OSError: The folder cannot be written to.

    Examples:
        >>> import json, pathlib, tempfile
        >>> from wsis_model import catalogue, load
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> save(catalogue(), folder, title="The WSIS+20 outcome")
        >>> load(folder) == catalogue()
        True
        >>> package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        >>> mandates = next(each for each in package["resources"] if each["name"] == "mandates")
        >>> mandates["schema"]["primaryKey"], mandates["schema"]["foreignKeys"][0]["reference"]
        (['id'], {'resource': 'provisions', 'fields': ['id']})
    """
    only = corpus.roadmaps[0] if len(corpus.roadmaps) == 1 and _is_alone(corpus) else None
    name = name or (only.id if only and "/" not in only.id else "wsis-model")
    if not re.fullmatch(r"[a-z0-9._-]+", name):
        msg = f"a package is called by lower-case letters, digits, '.', '_' and '-', not {name!r}"
        raise ValueError(msg)
    if wrong := [each for each in licenses if not {"name", "path"} & each.keys()]:
        msg = f"a licence has a name or a path, which {dict(wrong[0])} has not"
        raise ValueError(msg)
    tables = [_Table.of(table, rows) for table, rows in rows_of(corpus.to_file()).items()]
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title or (only and str(only.title)),
        "description": only and only.description,
        "version": only and only.version,
        "licenses": [dict(each) for each in licenses],
        "sources": list(_sources(corpus)),
        "wsis_model": FORMAT,
        "resources": list(_resources(tables)),
    }
    told = {key: value for key, value in package.items() if value}
    descriptor = f"{json_text(told)}\n".encode()
    data = {table.name: table.data for table in tables}
    save_tables(Path(folder), data, named, has_headings, descriptor)


def _is_alone(corpus: Corpus) -> bool:
    """Whether a corpus is a road map and what it brings, and no outcome."""
    return not corpus.documents


def _sources(corpus: Corpus) -> Iterator[dict[str, str]]:
    """The sources of the records at the top, each once."""
    sources = (getattr(record, "source", None) for record in corpus.top)
    for title, url in dict.fromkeys(
        (each.title, each.url) for each in sources if isinstance(each, Source)
    ):
        found = {"title": title}
        if url is not None and _PATH.fullmatch(url):
            found["path"] = url
        yield found


# --- resources ------------------------------------------------------------------------------------


@attrs.frozen
class _Table:
    """A table as it was written."""

    name: str
    data: bytes
    columns: dict[str, list[str]]
    """Its columns, in order, each with its cells."""

    @classmethod
    def of(cls, name: str, rows: list[dict[str, str]]) -> _Table:
        used = in_order(name, (column for row in rows for column in row))
        columns = {column: [row.get(column, "") for row in rows] for column in used}
        return cls(name, as_csv(name, rows), columns)

    @property
    def record(self) -> type[Record]:
        return TABLES.get(self.name, File)

    def is_key(self, column: str) -> bool:
        """Whether a column has a value in every row, and each once."""
        cells = self.columns.get(column, [])
        return all(cells) and len(set(cells)) == len(cells)


def _resources(tables: Sequence[_Table]) -> Iterator[dict[str, Any]]:
    by_name = {table.name: table for table in tables}
    for table in tables:
        schema: dict[str, Any] = {
            "fields": [_field(table.name, column) for column in table.columns],
            "missingValues": [""],
        }
        if identified(table.record) and table.is_key("id"):
            schema["primaryKey"] = ["id"]
        if keys := list(_foreign_keys(table, by_name)):
            schema["foreignKeys"] = keys
        yield {
            "profile": "tabular-data-resource",
            "name": table.name,
            "path": f"{table.name}.csv",
            "title": SHEETS[table.name],
            "description": unwrapped(table.record.__doc__ or ""),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(table.data),
            "hash": f"sha256:{hashlib.sha256(table.data).hexdigest()}",
            "dialect": _DIALECT,
            "schema": schema,
        }


def _foreign_keys(table: _Table, others: Mapping[str, _Table]) -> Iterator[dict[str, Any]]:
    """The columns that always refer to one table, and whose every value is there."""
    for column, cells in table.columns.items():
        target = others.get(_target(table.name, column))
        if target is not None and target.is_key("id"):
            there = set(target.columns["id"])
            if there.issuperset(filter(None, cells)):
                resource = "" if target is table else target.name
                reference = {"resource": resource, "fields": ["id"]}
                yield {"fields": [column], "reference": reference}


def _target(table: str, column: str) -> str:
    """The one table that a column may refer to; empty where there is none, or are several."""
    if column == OF:
        owners = owners_of(table)
        return owners[0] if len(owners) == 1 and identified(TABLES[owners[0]]) else ""
    field = field_of(table, column)
    if field is None or field.refers is None or field.what != "value":
        return ""
    kinds = field.refers.kinds
    return _TABLE_OF[kinds[0]] if len(kinds) == 1 else ""


# --- columns --------------------------------------------------------------------------------------


def _field(table: str, column: str) -> dict[str, Any]:
    """A column as the descriptor gives it."""
    description, examples = about_column(table, column)
    made: dict[str, Any] = {
        "name": column,
        "title": label_of(column),
        "description": description,
        "type": "string",
    }
    field = field_of(table, column)
    known = field is not None and (":" not in column or field.what == "translations")
    if field is None or not known:
        return {key: value for key, value in made.items() if value}
    made["type"] = _type(field)
    if made["type"] == "boolean":
        made |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.what == "value" and examples:
        made["example"] = cell_of(examples[0])
    if constraints := _constraints(table, column, field):
        made["constraints"] = constraints
    return {key: value for key, value in made.items() if value}


def _type(field: Field) -> str:
    if field.what in ("record", "extensions"):
        return "object"
    return _TYPES.get(field.type, "string") if field.what == "value" else "string"


def _constraints(table: str, column: str, field: Field) -> dict[str, Any]:
    record = TABLES.get(table, File)
    holder = record_at(record, tuple(column.split(".")[:-1]))
    assert holder is not None
    found: dict[str, Any] = {}
    # A label may be in other languages only, and a part of a part is there only where that is.
    if holder is record and field.what != "translations":
        found["required"] = record.model_fields[field.name].is_required()
    if field.what == "value" and _type(field) in ("string", "integer"):
        schema = holder.model_json_schema()
        said = _merged(schema["properties"][field.key], schema.get("$defs", {}))
        found |= {each: said[each] for each in _CONSTRAINTS if each in said}
    return {key: value for key, value in found.items() if value not in (False, None)}


def _merged(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a JSON Schema says of a value that is there."""
    if "$ref" in schema:
        enum: Mapping[str, Any] = definitions[schema["$ref"].rpartition("/")[2]]
        return enum
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return _merged(choices[0], definitions) if len(choices) == 1 else schema
