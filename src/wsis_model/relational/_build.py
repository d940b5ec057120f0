"""Tables back into records: members in what holds them, and the whole validated as a file is."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

import attrs

from .._collector import paused_collector
from ..corpus import Corpus
from ..errors import Finding, LoadError, MissingExtra, Position, excerpt
from ..formats import Parsed, build, truncate
from ..model import Record
from ..model.fields import Field
from ..model.kinds import BY_LIST, KINDS, TOP_KINDS, Kind
from ..positions import Path, path_text
from ._columns import Plain, cell, faults_of_schema, from_json, metadata_of, rows_of, values_of
from ._schemas import EXTENDED, EXTENSIONS, columns_of, pa, schemas

__all__ = ["Part", "build_corpus", "from_tables"]

_KIND: dict[type[Record], Kind] = {kind.record: kind for kind in KINDS}


@attrs.frozen
class Part:
    """A table, or one of the files that it is made of."""

    file: str
    """Name of the file, or of the table, for messages."""
    table: Any
    """The `pyarrow.Table`."""


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
        there = frozenset(part.table.column_names)
        for batch in part.table.to_batches():
            found: dict[str, list[Any]] = {}
            for field, _ in columns_of(kind.record):
                if field.key not in there:  # what a record need not say
                    continue
                found[field.key] = _column(part, field.key, batch, problems, field)
            made.rows += rows_of(found, batch.num_rows)
            made.belongs_to += _column(part, "belongs_to", batch, problems)
            made.positions += _column(part, "position", batch, problems)
    return made


def _column(
    part: Part, name: str, batch: Any, problems: list[Finding], field: Field | None = None
) -> list[Any]:
    try:
        array = batch.column(name)
        return values_of(field, array) if field else array.to_pylist()
    except (ValueError, OverflowError, pa.ArrowException) as error:
        message = f"the values cannot be read: {excerpt(str(error))}"
        problems.append(Finding("wrong-value", message, cell(part.file, (name,)), (name,)))
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
            name, place = of.rows[row].get("id", ""), of.place(row, "id")
            if name and (first := taken.setdefault(name, place)) is not place:
                problems.append(_claimed_twice(name, first, place))
    return tree


def _nest(kind: Kind, of: _Read, holder: Kind, held_in: _Read, problems: list[Finding]) -> None:
    """Put the rows of one kind into those of the kind that holds it."""
    if not of.rows:
        return
    numbers: dict[str, int] = {}
    doubled: dict[str, int] = {}
    for number, plain in enumerate(held_in.rows):
        if (name := plain.get("id")) and numbers.setdefault(name, number) != number:
            doubled.setdefault(name, number)
    for row in of.in_order():
        owner = of.belongs_to[row]
        first = None if owner is None else numbers.get(owner)
        if first is None:
            message = (
                f"the row does not say which {holder.name} it belongs to"
                if owner is None
                else f"it belongs to {excerpt(owner)}, which is no {holder.name} of these tables"
            )
            problems.append(
                Finding("no-owner", message, of.place(row, "belongs_to"), "belongs_to", found=owner)
            )
        elif (second := doubled.pop(owner or "", None)) is not None:
            places = (held_in.place(each, "id") for each in (first, second))
            problems.append(_claimed_twice(str(owner), *places))
        else:
            held_in.rows[first].setdefault(kind.field, []).append(of.rows[row])


def _claimed_twice(name: str, first: Position, second: Position) -> Finding:
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
        if text := metadata_of(part.table.schema).get(EXTENSIONS):
            return from_json(text)
    return None


def from_tables(tables: Mapping[str, Any]) -> Corpus:
    """The corpus in tables, as [`tables`][wsis_model.relational.tables] makes them.

    Every record is validated; members find the record that holds them by `belongs_to` and their
    place in it by `position`. A column of what a record need not say may be left out, as in tables
    that an older version wrote. `references` and `identifiers` are not read: they follow from the
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
        >>> broken = {**made, "sections": made["sections"].slice(0, 3).drop_columns("heading")}
        >>> try:
        ...     from_tables(broken)
        ... except LoadError as error:
        ...     print(error)
        sections (heading): the column 'heading' is missing [missing-field]
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
