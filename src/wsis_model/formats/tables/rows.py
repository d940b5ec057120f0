"""A table as it is written, its rows, and the places of what is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import attrs

from ..._messages import in_language, sentence
from ...errors import Finding, Position, bounded
from ...model import Alignment, File, Record, is_identifier
from ...model.fields import Field, shape_of
from ...names.columns import column_of
from ...positions import Path
from .._resolve import value_at
from .._shifted import SourceIndexes, TablePlaces
from .._text import as_written
from .columns import ALIGNED, TABLES, columns_of, label_of, sheet_of

__all__ = ["Row", "RowPlaces", "Table"]


@attrs.define(eq=False)
class Table:
    """A table as it is written."""

    name: str
    """Which, e.g. `"activities"`."""
    number: int
    """The row (in CSV the line) of its headings."""
    headings: Mapping[int, str]
    """Its headings by the number of their column, from 0."""
    rows: Iterable[tuple[int, Sequence[tuple[int, str]]]]
    """Its rows: number, and the cells that are not empty, each with the number of its column."""
    at: Callable[[int, int | None, str | None], Position]
    """The place of a row, a column (none: of the row) and a heading."""
    human: bool = False
    """Whether hints name columns as people do."""
    language: str = "en"
    """The language of its headings."""
    faulty: Mapping[tuple[int, int], str] = attrs.Factory(dict[tuple[int, int], str])
    """Problems of some cells, found before, by row and column."""
    numeric: Set[tuple[int, int]] = frozenset[tuple[int, int]]()
    """The cells that hold numbers, by row and column; none where all is text."""
    pointed: bool = False
    """Whether a text with three digits after a point may be a number of thousands."""
    columns: dict[int, str] = attrs.Factory(dict[int, str])
    """The column that each heading stands for; none where its cells are not read."""
    under: dict[str, int] = attrs.Factory(dict[str, int])
    """The column number of each field (`title.fr`)."""
    filled: set[tuple[int, int]] = attrs.Factory(set[tuple[int, int]])
    """The cells of records within records that are not empty, by row and column."""
    lacking: Set[str] = frozenset[str]()
    """The columns that must be filled and are missing: reported once, not in every row."""
    reported: set[tuple[int, str]] = attrs.Factory(set[tuple[int, str]])
    """The cells, by row and column, that are reported already."""

    def shown(self, column: str) -> str:
        """A column in a hint."""
        return label_of(column, self.language) if self.human else column

    def row(self, number: int) -> str:
        """A row in a message."""
        return f"{'row' if self.human else 'line'} {number}"

    def sheet(self, table: str) -> str:
        """A table in a message."""
        return sheet_of(table, self.language) if self.human else table

    def find(self, number: int, column: int | None, steps: list[str]) -> Position:
        """The place of a field in a row: of its cell, else of the nearest there is."""
        if column is not None:
            return self.at(number, column, self.headings[column])
        for size in range(len(steps), 0, -1):
            column = self.under.get(".".join(steps[:size]))
            if column is not None:
                return self.at(number, column, self.headings[column])
        return self.at(number, *self._nearest(number, steps))

    def _nearest(self, number: int, steps: list[str]) -> tuple[int | None, str | None]:
        """For a field without a column of its own: the column and heading that people would look
        for, or the sheet.
        """
        record: type[Record] | None = TABLES.get(self.name, File)
        above: list[str] = []
        for step in steps:
            field = (
                next((each for each in shape_of(record) if each.key == step), None)
                if record is not None
                else None
            )
            if field is None:
                break
            above.append(step)
            if field.what == "records":
                return self._listed(field, steps[len(above) :])
            record = field.record
        if record is None or not above:
            return None, self.shown(".".join(above or steps)) if steps else None
        prefix = ".".join(above) + "."
        below = [at for at, column in self.columns.items() if column.startswith(prefix)]
        if below:
            at = next((column for column in below if (number, column) in self.filled), below[0])
            return at, self.headings[at]
        return None, self.shown(
            next(name for name, field in columns_of(record, prefix) if field.what != "record")
        )

    def _listed(self, field: Field, sought: list[str]) -> tuple[int | None, str]:
        """Where the members of a list are written: alignments in columns, where there are some, all
        others in a table.
        """
        linked = {
            column: number
            for number, column in self.columns.items()
            if column in ALIGNED and column != "themes"
        }
        if field.record is Alignment and sought and sought[0] in linked:
            return linked[sought[0]], self.shown(sought[0])
        if field.record is Alignment and linked:
            return min(linked.values()), " / ".join(
                self.shown(column) for column in ALIGNED if column in linked
            )
        if not self.human:
            return None, f"table {field.key}"
        there = sentence("sheet {sheet}", sheet=self.sheet(field.key))
        return None, in_language(there, self.language)


@attrs.define(eq=False)
class RowPlaces(TablePlaces):
    """Places in tables: which row of which table a record came from, then the column."""

    file: str
    first: int | None
    """The line to name where nothing better is known; none in a workbook."""
    rows: dict[Path, tuple[Table, int, int | None]] = attrs.Factory(
        dict[Path, tuple[Table, int, int | None]]
    )

    def find(self, path: Path, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        """The place of the value at a path, or of the nearest there is."""
        path = as_written(path)
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.rows:
                table, number, column = self.rows[path[:depth]]
                return table.find(
                    number, column, [str(step) for step in path[depth:] if isinstance(step, str)]
                )
        return Position(self.file, self.first)

    def misplaced(self, tree: Any, source_indexes: SourceIndexes) -> Iterator[Finding]:
        """Problems of concepts in the column of another kind, once names are resolved."""
        for path, (table, number, at) in self.rows.items():
            column = table.columns.get(at, "") if at is not None else ""
            head = ALIGNED.get(column, ("",))[0]
            if not head or at is None:
                continue
            aligned = value_at(tree, path[:-1])
            numbers = source_indexes.get(path[:-1], range(len(aligned)))
            for concept in (
                each["concept"]
                for each, from_ in zip(aligned, numbers, strict=True)
                if from_ == path[-1]
            ):
                if is_identifier(concept) and "/" in concept and not concept.startswith(head):
                    meant = column_of(concept, human=table.human)
                    yield Finding(
                        "wrong-column",
                        f"{concept!r} does not belong under {table.shown(column)!r}",
                        table.at(number, at, table.headings[at]),
                        bounded(column),
                        f"write it under {meant!r}",
                    )

    def is_reported(self, path: Path) -> bool:
        """Whether it is reported already, for a cell or a whole table, that the value at a path
        cannot be read.
        """
        for depth in range(len(path) - 1, 0, -1):
            if path[:depth] in self.rows:
                table, number, _ = self.rows[path[:depth]]
                column = ".".join(map(str, path[depth:]))
                return column in table.lacking or (number, column) in table.reported
        return False


@attrs.define(eq=False)
class Row:
    """A row on its way to its owner."""

    table: str
    tree: dict[str, Any]
    of: str
    source: Table
    number: int
    aligned: list[int]
    """The columns from which its alignments came."""
    path: Path = ()
    key: str = ""
    """Its identifier; of a record that has none, its owner's."""
    called: str = ""
    """The name of a record that has no identifier, as rows that belong to it give it."""
    roadmap: str | None = None
    """The road map that it is a part of, or what stands for the identifier of one."""
