"""The columns of tables, ours and those of others: their types, and their values as plain data."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from itertools import islice
from typing import Any

from ..errors import Finding, Position, excerpt
from ..model.fields import Field
from ..model.kinds import KINDS
from ..model.record import Record
from ..positions import Path, path_text
from ._schemas import FORMAT, ArrowType, Schema, columns_of, pa, schemas

__all__ = [
    "Plain",
    "cell",
    "faults_of_schema",
    "faults_of_version",
    "from_json",
    "metadata_of",
    "rows_of",
    "values_of",
]

_is: Any = pa.types
_RECORD = {kind.field: kind.record for kind in KINDS}
_sizes: Any = import_module("pyarrow.compute").list_value_length
_LISTS = ("is_list", "is_large_list", "is_fixed_size_list", "is_list_view", "is_large_list_view")
_TEXTS = ("is_string", "is_large_string", "is_string_view")

Plain = dict[str, Any]
"""A row as plain data, in the shape of a record in a file."""


def _of(given: ArrowType, tests: Iterable[str]) -> bool:
    return any(getattr(_is, test)(given) for test in tests if hasattr(_is, test))


def _fits(given: ArrowType, expected: ArrowType) -> bool:
    """Whether a column of one type can hold the values of another: other programs write wider
    numbers, larger texts and lists, and mappings as lists of pairs.
    """
    if given == expected or _is.is_null(given):
        return True
    if _is.is_dictionary(given):
        return _fits(given.value_type, expected)
    if _is.is_string(expected):
        return _of(given, _TEXTS)
    if _is.is_integer(expected):  # pandas makes them floating where one is missing
        return _of(given, ("is_integer", "is_floating"))
    if _is.is_floating(expected):
        return _of(given, ("is_integer", "is_floating"))
    if _is.is_decimal(expected):
        return _of(given, ("is_integer", "is_decimal"))
    if _is.is_date(expected):
        return _of(given, ("is_date", "is_timestamp"))
    if _is.is_map(expected):
        return _is_mapping(given)
    if _is.is_list(expected):
        return _of(given, _LISTS) and _fits(given.value_type, expected.value_type)
    return bool(_is.is_struct(given) and _is.is_struct(expected))


def _is_mapping(given: ArrowType) -> bool:
    if _is.is_map(given):
        return _fits(given.key_type, pa.string()) and _fits(given.item_type, pa.string())
    if not _of(given, _LISTS):
        return False
    pair = given.value_type
    if _is.is_struct(pair):
        return pair.num_fields == 2 and all(_fits(each.type, pa.string()) for each in pair)
    return _is.is_null(pair) or (_of(pair, _LISTS) and _fits(pair.value_type, pa.string()))


#: What belongs into a column, by the test of its type.
_CALLED = (
    ("is_string", "text"),
    ("is_boolean", "true or false"),
    ("is_integer", "whole numbers"),
    ("is_floating", "numbers"),
    ("is_decimal", "decimal numbers"),
    ("is_date", "days"),
    ("is_map", "a mapping from language to text"),
    ("is_struct", "the fields of a record"),
)


def _called(of: ArrowType) -> str:
    if _is.is_list(of):
        return f"lists of {_called(of.value_type)}"
    return next(name for test, name in _CALLED if getattr(_is, test)(of))


def _shown(given: ArrowType) -> str:
    """A type that was found, in a message."""
    if _of(given, _LISTS):
        return f"lists of {_shown(given.value_type)}"
    return excerpt(str(given)).strip("'")


def faults_of_schema(file: str, given: Schema, name: str) -> Iterator[Finding]:
    """What is wrong with the columns of a table, and with what its metadata say."""
    problems = tuple(faults_of_version(file, given, name))
    record = _RECORD.get(name)
    yield from problems or _faults(file, (), given, schemas()[name], record)


def faults_of_version(file: str, given: Schema, name: str) -> Iterator[Finding]:
    """What is wrong with what the metadata of a table say."""
    metadata = metadata_of(given)
    version = metadata.get("wsis_model", FORMAT)
    of = metadata.get("wsis_model.table", name)
    if version != FORMAT:
        yield Finding(
            "wrong-value",
            f"the table is written in version {excerpt(version)} of the format",
            Position(file),
            hint=f"this version of wsis_model reads version {FORMAT}",
            found=version,
            expected=FORMAT,
        )
    elif of != name:
        message = f"the file holds the table {excerpt(of)}, not {name!r}"
        yield Finding("unknown-kind", message, Position(file), found=of, expected=name)


def _may_lack(record: type[Record] | None) -> frozenset[str]:
    """The columns that a table may lack: what a record need not say, older files do not have when a
    later version added it.
    """
    if record is None:
        return frozenset()
    required = {name for name, of in record.model_fields.items() if of.is_required()}
    return frozenset(field.key for field, _ in columns_of(record) if field.name not in required)


def _faults(
    file: str,
    path: Path,
    given: Iterable[Any],
    expected: Iterable[Any],
    record: type[Record] | None,
) -> Iterator[Finding]:
    may_lack = _may_lack(record)
    inside = {field.key: field.record for field, _ in columns_of(record)} if record else {}
    there: dict[str, ArrowType] = {}
    for field in given:
        if field.name in there:
            message = "two columns have this name"
            yield Finding(
                "wrong-heading", message, cell(file, (*path, field.name)), (*path, field.name)
            )
        there[field.name] = field.type
    wanted = {field.name: field.type for field in expected}
    for name in there.keys() - wanted.keys():
        place = (*path, name)
        message = f"{excerpt(path_text(place))} is no column of this table"
        yield Finding("unknown-field", message, cell(file, place), place, found=name)
    for name, of in wanted.items():
        place = (*path, name)
        if name not in there:
            if name in may_lack:
                continue
            message = f"the column {path_text(place)!r} is missing"
            yield Finding("missing-field", message, cell(file, place), place, expected=_called(of))
        elif not _fits(there[name], of):
            found = _shown(there[name])
            message = f"the column holds {found}, where {_called(of)} should stand"
            yield Finding(
                "wrong-shape", message, cell(file, place), place, found=found, expected=_called(of)
            )
        else:
            inner, outer = there[name], of
            if _is.is_list(outer) and not _is.is_null(inner):
                inner, outer = inner.value_type, outer.value_type
            if _is.is_struct(outer) and not _is.is_null(inner):
                yield from _faults(file, place, inner, outer, inside.get(name))


def metadata_of(schema: Schema) -> dict[str, str]:
    """What the metadata of a table say."""
    found: dict[bytes, bytes] = schema.metadata or {}
    return {key.decode(errors="replace"): of.decode(errors="replace") for key, of in found.items()}


def cell(file: str, column: Path, row: int | None = None) -> Position:
    """The place of a column, or of a cell in it."""
    return Position(file, row, heading=path_text(column))


# --- the values -----------------------------------------------------------------------------------


def values_of(field: Field, array: Any) -> list[Any]:
    """The values of a column as plain data; None for what is null or empty."""
    if _is.is_dictionary(array.type):
        array = array.dictionary_decode()
    if _is.is_null(array.type):
        return [None] * len(array)
    if field.what == "values":
        return _in_lists(array, _scalars(field, array.flatten()))
    if field.what == "records":
        return _in_lists(array, _structs(field, array.flatten()))
    if field.what == "record":
        return _structs(field, array)
    if field.what == "translations":
        return _mappings(array)
    if field.what == "extensions":
        return [None if each is None else from_json(each) for each in array.to_pylist()]
    return _scalars(field, array)


def _scalars(field: Field, array: Any) -> list[Any]:
    if _is.is_dictionary(array.type):
        array = array.dictionary_decode()
    if field.type is datetime.date and not _is.is_null(array.type):
        array = array.cast(pa.date32())
    values: list[Any] = array.to_pylist()
    if field.type is Decimal and _is.is_decimal(array.type):
        return [None if each is None else _trimmed(each) for each in values]
    if _is.is_floating(array.type):  # pandas writes NaN where a number is missing
        return [None if each is None or math.isnan(each) else each for each in values]
    return values


def _trimmed(value: Decimal) -> Decimal:
    """An amount without the zeros that fill its column."""
    return Decimal(format(value, "f").rstrip("0").removesuffix("."))


def from_json(text: str) -> Any:
    """JSON data; the text itself where it is none: validation reports it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _mappings(array: Any) -> list[dict[str, str] | None]:
    values = array.to_pylist()
    if not _is.is_map(array.type) and _is.is_struct(array.type.value_type):
        values = [each and [tuple(pair.values()) for pair in each] for each in values]
    return [dict(each) if each else None for each in values]


def _in_lists(array: Any, items: Iterable[Any]) -> list[list[Any] | None]:
    """The items of all lists of a column, in their lists."""
    rest = iter(items)
    return [list(islice(rest, size or 0)) or None for size in _sizes(array).to_pylist()]


def _structs(field: Field, array: Any) -> list[Plain | None]:
    if _is.is_null(array.type):
        return [None] * len(array)
    assert field.record is not None
    columns = dict(zip((each.name for each in array.type), array.flatten(), strict=True))
    found = {
        each.key: values_of(each, columns[each.key])
        for each, _ in columns_of(field.record)
        if each.key in columns
    }
    rows = rows_of(found, len(array))
    if not array.null_count:
        return [*rows]
    there = array.is_valid().to_pylist()
    return [row if is_there else None for row, is_there in zip(rows, there, strict=True)]


def rows_of(columns: Mapping[str, list[Any]], count: int) -> list[Plain]:
    """Columns as rows, each without what it does not have."""
    there = {key: values for key, values in columns.items() if values.count(None) < count}
    if not there:
        return [{} for _ in range(count)]
    return [
        {key: value for key, value in zip(there, row, strict=True) if value is not None}
        for row in zip(*there.values(), strict=True)
    ]
