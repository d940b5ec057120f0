"""Tables back into records: values column by column, members into what holds them, and the whole
validated as a file is.
"""

from __future__ import annotations

import bisect
import datetime
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from itertools import islice
from typing import Any

import attrs

from .._collector import paused_collector
from ..corpus import Corpus
from ..errors import Finding, LoadError, MissingExtra, Position, excerpt
from ..formats import Parsed, build, truncate
from ..formats._problems import shown
from ..model import Record
from ..model.fields import Field
from ..model.kinds import BY_LIST, KINDS, TOP_KINDS, Kind
from ..positions import Path, path_text
from ._schemas import EXTENDED, EXTENSIONS, FORMAT, ArrowType, Schema, columns_of, pa, schemas

__all__ = ["Part", "build_corpus", "faults_of_schema", "from_tables"]

_is: Any = pa.types
_sizes: Any = import_module("pyarrow.compute").list_value_length
_KIND: dict[type[Record], Kind] = {kind.record: kind for kind in KINDS}
_LISTS = ("is_list", "is_large_list", "is_fixed_size_list", "is_list_view", "is_large_list_view")
_TEXTS = ("is_string", "is_large_string", "is_string_view")

Plain = dict[str, Any]
"""A row as plain data, in the shape of a record in a file."""


@attrs.frozen
class Part:
    """A table, or one of the files that it is made of."""

    file: str
    """Name of the file, or of the table, for messages."""
    table: Any
    """The `pyarrow.Table`."""


# --- the columns ----------------------------------------------------------------------------------


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


def faults_of_schema(file: str, given: Schema, name: str) -> Iterator[Finding]:
    """What is wrong with the columns of a table, and with what its metadata say."""
    metadata = given.metadata or {}
    version, of = (metadata.get(key) for key in (b"wsis_model", b"wsis_model.table"))
    if version not in (None, FORMAT.encode()):
        shown = version.decode(errors="replace")
        yield Finding(
            "wrong-value",
            f"the table is written in version {excerpt(shown)} of the format",
            Position(file),
            hint=f"this version of wsis_model reads version {FORMAT}",
            found=shown,
            expected=FORMAT,
        )
    elif of not in (None, name.encode()):
        shown = of.decode(errors="replace")
        message = f"it is the table {excerpt(shown)}, where {name} belongs"
        yield Finding("unknown-kind", message, Position(file), found=shown, expected=name)
    else:
        yield from _faults(file, (), given, schemas()[name])


def _faults(
    file: str, path: Path, given: Iterable[Any], expected: Iterable[Any]
) -> Iterator[Finding]:
    there: dict[str, ArrowType] = {}
    for field in given:
        if field.name in there:
            message = "two columns have this name"
            yield Finding(
                "wrong-heading", message, _at(file, (*path, field.name)), (*path, field.name)
            )
        there[field.name] = field.type
    wanted = {field.name: field.type for field in expected}
    for name in there.keys() - wanted.keys():
        place = (*path, name)
        message = f"the table has no column {excerpt(path_text(place))}"
        yield Finding("unknown-field", message, _at(file, place), place, found=name)
    for name, of in wanted.items():
        place = (*path, name)
        if name not in there:
            message = f"the column {path_text(place)!r} is missing"
            yield Finding("missing-field", message, _at(file, place), place, expected=_called(of))
        elif not _fits(there[name], of):
            found = excerpt(str(there[name])).strip("'")
            message = f"a column of {found} stands where {_called(of)} belong"
            yield Finding(
                "wrong-shape", message, _at(file, place), place, found=found, expected=_called(of)
            )
        else:
            inner, outer = there[name], of
            if _is.is_list(outer) and not _is.is_null(inner):
                inner, outer = inner.value_type, outer.value_type
            if _is.is_struct(outer) and not _is.is_null(inner):
                yield from _faults(file, place, inner, outer)


def _at(file: str, column: Path, row: int | None = None) -> Position:
    return Position(file, row, heading=path_text(column))


# --- the values -----------------------------------------------------------------------------------


def _values(field: Field, array: Any) -> list[Any]:
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
        return [None if each is None else _from_json(each) for each in array.to_pylist()]
    return _scalars(field, array)


def _scalars(field: Field, array: Any) -> list[Any]:
    if _is.is_dictionary(array.type):
        array = array.dictionary_decode()
    if field.type is datetime.date and not _is.is_null(array.type):
        return array.cast(pa.date32()).to_pylist()
    values: list[Any] = array.to_pylist()
    if field.type is Decimal and _is.is_decimal(array.type):
        return [None if each is None else _trimmed(each) for each in values]
    if _is.is_floating(array.type):  # pandas writes NaN where a number is missing
        return [None if each is None or math.isnan(each) else each for each in values]
    return values


def _trimmed(value: Decimal) -> Decimal:
    """An amount without the zeros that fill its column."""
    return Decimal(format(value, "f").rstrip("0").removesuffix("."))


def _from_json(text: str) -> Any:
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
    found = {each.key: _values(each, columns[each.key]) for each, _ in columns_of(field.record)}
    rows = _rows(found, len(array))
    if not array.null_count:
        return [*rows]
    there = array.is_valid().to_pylist()
    return [row if is_there else None for row, is_there in zip(rows, there, strict=True)]


def _rows(columns: Mapping[str, list[Any]], count: int) -> list[Plain]:
    """Columns as rows, each without what it does not have."""
    there = {key: values for key, values in columns.items() if values.count(None) < count}
    if not there:
        return [{} for _ in range(count)]
    return [
        {key: value for key, value in zip(there, row, strict=True) if value is not None}
        for row in zip(*there.values(), strict=True)
    ]


# --- the records ----------------------------------------------------------------------------------


@attrs.define
class _Read:
    """The rows of one kind."""

    rows: list[Plain] = attrs.Factory(list[Plain])
    belongs_to: list[str | None] = attrs.Factory(list[str | None])
    positions: list[int | None] = attrs.Factory(list[int | None])
    starts: list[int] = attrs.Factory(list[int])
    """The first row of each file."""
    files: list[str] = attrs.Factory(list[str])

    def place(self, row: int, column: str | None = None) -> Position:
        part = bisect.bisect_right(self.starts, row) - 1
        return Position(self.files[part], row - self.starts[part] + 1, heading=column)

    def in_order(self) -> list[int]:
        """The rows by their positions."""
        return sorted(range(len(self.rows)), key=[each or 0 for each in self.positions].__getitem__)


def _read(kind: Kind, parts: Iterable[Part], problems: list[Finding]) -> _Read:
    made = _Read()
    for part in parts:
        made.starts.append(len(made.rows))
        made.files.append(part.file)
        for batch in part.table.to_batches():
            found: dict[str, list[Any]] = {}
            for field, _ in columns_of(kind.record):
                found[field.key] = _column(part, field.key, batch, problems, field)
            made.rows += _rows(found, batch.num_rows)
            made.belongs_to += _column(part, "belongs_to", batch, problems)
            made.positions += _column(part, "position", batch, problems)
    return made


def _column(
    part: Part, name: str, batch: Any, problems: list[Finding], field: Field | None = None
) -> list[Any]:
    try:
        array = batch.column(name)
        return _values(field, array) if field else array.to_pylist()
    except (ValueError, OverflowError, pa.ArrowException) as error:
        message = f"the values cannot be read: {excerpt(str(error))}"
        problems.append(Finding("wrong-value", message, _at(part.file, (name,)), (name,)))
        return [None] * batch.num_rows


def _tree(read: Mapping[str, _Read], problems: list[Finding]) -> Plain:
    """The rows in the shape of a file: members in the rows of what holds them."""
    for kind in KINDS:
        if kind.inside is not None:
            holder = _KIND[kind.inside]
            _nest(kind, read[kind.field], holder, read[holder.field], problems)
    tree: Plain = {}
    taken: dict[str, Position] = {}
    for kind in TOP_KINDS:
        of = read[kind.field]
        for row in of.in_order():
            tree.setdefault(kind.field, []).append(of.rows[row])
            name, place = of.rows[row].get("id"), of.place(row, "id")
            first = name and taken.setdefault(name, place)
            if first and first is not place:
                problems.append(_claimed_twice(kind, name, first, place))
    return tree


def _nest(kind: Kind, of: _Read, holder: Kind, held_in: _Read, problems: list[Finding]) -> None:
    """Put the rows of one kind into those of the kind that holds it."""
    if not of.rows:
        return
    numbers: dict[str, int] = {}
    doubled: dict[str, int] = {}
    for number, row in enumerate(held_in.rows):
        if (name := row.get("id")) and numbers.setdefault(name, number) != number:
            doubled.setdefault(name, number)
    for row in of.in_order():
        owner = of.belongs_to[row]
        number = None if owner is None else numbers.get(owner)
        if number is None:
            message = f"{shown(owner)} is no {holder.name} of these tables"
            problems.append(
                Finding("no-owner", message, of.place(row, "belongs_to"), "belongs_to", found=owner)
            )
        elif (second := doubled.pop(owner or "", None)) is not None:
            places = (held_in.place(each, "id") for each in (number, second))
            problems.append(_claimed_twice(holder, str(owner), *places))
        else:
            held_in.rows[number].setdefault(kind.field, []).append(of.rows[row])


def _claimed_twice(kind: Kind, name: str, first: Position, second: Position) -> Finding:
    message = f"{excerpt(name)} is claimed by another record at {first}"
    hint = "give one of them another identifier"
    return Finding("duplicate-record", message, second, "id", hint, found=name)


@attrs.define(eq=False)
class _Places:
    """The places of values in tables: file, row and column."""

    file: str
    """What stands for all of the tables."""
    tree: Plain
    read: Mapping[str, _Read]
    numbers: dict[int, tuple[_Read, int]] = attrs.Factory(dict[int, tuple["_Read", int]])
    """The number of each row, by the identity of its plain data; made when first needed."""

    def find(self, path: Path, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        """The cell of the value at *path*."""
        row: Any = self.tree
        steps = list(path)
        while len(steps) > 1 and steps[0] in BY_LIST and steps[0] in row:
            row, steps = row[steps[0]][steps[1]], steps[2:]
        if row is self.tree:
            return Position(self.file)
        if not self.numbers:
            self.numbers = {
                id(row): (of, number)
                for of in self.read.values()
                for number, row in enumerate(of.rows)
            }
        of, number = self.numbers[id(row)]
        return of.place(number, path_text(tuple(steps)) or None)


def build_corpus(
    name: str, parts: Mapping[str, Sequence[Part]], problems: Sequence[Finding] = ()
) -> Corpus:
    """The records in tables.

    Args:
        name: What to call all of them in messages.
        parts: The tables of the kinds, each in one or several parts; a kind that is not there has
            no records.
        problems: What was found before.

    Raises:
        LoadError: Everything that is wrong.
    """
    found = [*problems]
    for table, pieces in parts.items():
        for part in pieces:
            found += faults_of_schema(part.file, part.table.schema, table)
    if found:
        raise LoadError(tuple(truncate(found)))
    with paused_collector():
        read = {kind.field: _read(kind, parts.get(kind.field, ()), found) for kind in KINDS}
        tree = _tree(read, found)
        if extensions := _extensions(parts):
            tree["extensions"] = extensions
        places = _Places(name, tree, read)
        return Corpus.from_file(build(Parsed(name, tree, places, found)).complete())


def _extensions(parts: Mapping[str, Sequence[Part]]) -> Any:
    """What third parties added to the data set as a whole."""
    for part in parts.get(EXTENDED, ()):
        if text := (part.table.schema.metadata or {}).get(EXTENSIONS.encode()):
            return _from_json(text.decode(errors="replace"))
    return None


def from_tables(tables: Mapping[str, Any]) -> Corpus:
    """The corpus in tables, as [`tables`][wsis_model.relational.tables] makes them.

    Every record is validated; members find the record that holds them by `belongs_to` and their
    place in it by `position`. `references` and `identifiers` are not read: they follow from the
    records. What third parties added to a data set as a whole is read from Arrow tables alone,
    other frames do not keep it.

    Args:
        tables: Frames by the name of their table: of Arrow, pandas, Polars, DuckDB, and all others
            that narwhals knows; lazy ones are collected. A table that is left out is empty.

    Raises:
        LoadError: Every problem, each with its table, row and column.
        MissingExtra: A frame is not one of Arrow, and narwhals is not installed.
        TypeError: Something is no frame.

    Examples:
        >>> from wsis_model import catalogue
        >>> from wsis_model.relational import tables
        >>> made = tables(catalogue())
        >>> from_tables(made) == catalogue()
        True
        >>> broken = {**made, "sections": made["sections"].slice(0, 3).drop_columns("level")}
        >>> try:
        ...     from_tables(broken)
        ... except LoadError as error:
        ...     print(error)
        sections (level): the column 'level' is missing [missing-field]
    """
    known = schemas()
    problems = [
        Finding(
            "unknown-kind",
            f"{excerpt(name)} is the name of no table",
            Position(name),
            hint=f"tables are {', '.join(known)}",
            found=name,
        )
        for name in tables
        if name not in known
    ]
    parts = {
        name: (Part(name, _arrow(frame)),) for name, frame in tables.items() if name in BY_LIST
    }
    return build_corpus("tables", parts, problems)


def _arrow(frame: Any) -> Any:
    """A frame of any library as a `pyarrow.Table`."""
    if isinstance(frame, pa.Table):
        return frame
    try:
        narwhals: Any = import_module("narwhals")
    except ImportError:
        raise MissingExtra("arrow", "narwhals") from None  # noqa: EM101 - facts, no sentence
    known = narwhals.from_native(frame)
    if isinstance(known, narwhals.LazyFrame):
        known = known.collect(backend="pyarrow")
    return known.to_arrow()
