"""The columns of each table, worked out from the fields of the records."""

from __future__ import annotations

import datetime
import functools
import typing
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any, Literal

from ..errors import MissingExtra
from ..flat import DERIVED, FORMAT, OWN_COLUMNS, Extra, fields_of
from ..model.fields import Field
from ..model.kinds import KINDS
from ..model.record import Record, field_docs

__all__ = [
    "EXTENDED",
    "EXTENSIONS",
    "FORMAT",
    "ArrowType",
    "Schema",
    "columns_of",
    "pa",
    "schemas",
    "struct_of",
]

try:
    pa: Any = import_module("pyarrow")
except ImportError:
    raise MissingExtra("arrow", "pyarrow") from None  # noqa: EM101 - facts, no sentence

Schema = Any
"""A `pyarrow.Schema`: pyarrow tells checkers nothing of its types."""
ArrowType = Any
"""A `pyarrow.DataType`."""

EXTENDED, EXTENSIONS = "documents", "wsis_model.extensions"
"""Table and key of its metadata that hold, as JSON text, what third parties added to a data set as
a whole."""
DIGITS, PLACES = 38, 12
"""The digits of an amount in a table, and how many of them stand behind the point."""
_TYPES: dict[type, ArrowType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    Decimal: pa.decimal128(DIGITS, PLACES),
    datetime.date: pa.date32(),
}

#: Whole numbers that take less room than others.
_SMALL: dict[str, ArrowType] = {"position": pa.int32(), "depth": pa.int8()}


def _plain_type(of: Any) -> ArrowType:
    if isinstance(of, type) and issubclass(of, Enum) and issubclass(of, str):
        return pa.string()
    if typing.get_origin(of) is Literal and all(isinstance(e, str) for e in typing.get_args(of)):
        return pa.string()
    return _TYPES[of]


def _arrow_type(field: Field) -> ArrowType:
    """The type of the column of a field."""
    match field.what:
        case "value":
            return _plain_type(field.type)
        case "values":
            return pa.list_(_plain_type(field.type))
        case "translations":
            return pa.map_(pa.string(), pa.string())
        case "extensions":
            return pa.string()
        case "record" | "records":
            assert field.record is not None
            made = pa.struct(struct_of(field.record))
            return made if field.what == "record" else pa.list_(made)


@functools.cache
def columns_of(record: type[Record]) -> tuple[tuple[Field, ArrowType], ...]:
    """The fields of a class that are columns, each with its type: without the lists that are tables
    of their own.
    """
    return tuple((each, _arrow_type(each)) for each in fields_of(record))


@functools.cache
def struct_of(record: type[Record]) -> tuple[Any, ...]:
    """The columns of a class as Arrow's fields, each with its description."""
    docs = field_docs(record)
    return tuple(
        _described(field.key, of, docs.get(field.name, "")) for field, of in columns_of(record)
    )


def _extra(column: Extra) -> Any:
    of = _SMALL.get(column.name, _TYPES[column.type])
    return _described(column.name, of, column.description)


def _described(name: str, of: ArrowType, description: str) -> Any:
    return pa.field(name, of, metadata={"description": description})


@functools.cache
def _schemas() -> dict[str, Schema]:
    own = [_extra(each) for each in OWN_COLUMNS]
    found: dict[str, list[Any]] = {}
    for kind in KINDS:
        identifier, *fields = struct_of(kind.record)
        found[kind.field] = [identifier, *own, *fields]
    found |= {name: [_extra(each) for each in DERIVED[name]] for name in DERIVED}
    return {
        name: pa.schema(fields, metadata={"wsis_model": FORMAT, "wsis_model.table": name})
        for name, fields in found.items()
    }


def schemas() -> dict[str, Schema]:
    """The `pyarrow.Schema` of each table, by name: one for each kind of record, `references` and
    `identifiers`.

    Each column has what its field is for as metadata, under `description`; the schema has the
    version of the format under `wsis_model` and its name under `wsis_model.table`.

    Examples:
        >>> milestones = schemas()["milestones"]
        >>> milestones.names[:5], str(milestones.field("depends_on").type)
        (['id', 'belongs_to', 'position', 'title', 'due'], 'list<item: string>')
        >>> milestones.field("title").metadata[b"description"].decode()
        'What will be reached.'
    """
    return dict(_schemas())
