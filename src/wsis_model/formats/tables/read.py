"""Rows as records in records: the plain data of a set of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from ..._messages import sentence
from ...errors import Finding, bounded
from ...model import Basis, File
from ...names.columns import read_in_column
from .._salvage import UNREAD
from .._text import MAX_PROBLEMS, is_day
from .ambiguous import (
    POINTED,
    THOUSANDS,
    WITH_FINAL_ZERO,
    AmbiguousNumbers,
    lost_zero_problem,
    thousands_problem,
)
from .cells import put_cell, put_unknown, several_in
from .columns import ALIGNED, FILE, OF, TABLES, TOP_TABLES, known_columns
from .examples import example_problems
from .headings import headings_repeated, list_lacking, read_headings, repeats_headings
from .owners import Joiner
from .rows import Row, RowPlaces, Table

__all__ = ["assemble"]


def assemble(
    tables: Iterable[Table], places: RowPlaces, problems: list[Finding], *, keep: bool = False
) -> dict[str, Any]:
    """The plain data of some tables. Places and problems are added to what is there.

    Args:
        tables: The tables, each of a name in `TABLES`, or `file`.
        places: Where the values stand.
        problems: What is wrong with their writing.
        keep: Keep columns that no field has, as extensions.
    """
    rows: list[Row] = []
    numbers = AmbiguousNumbers()
    extensions: Any = None
    for table in tables:
        reported = read_headings(table, problems, keep=keep)
        read = list(_read(table, problems, numbers))
        if read and table.lacking and not reported:
            columns = " / ".join(map(table.shown, sorted(table.lacking)))
            place = table.at(table.number, None, columns)
            hint = sentence("add it, and fill it in every row")
            problems.append(Finding("missing-field", list_lacking(table), place, hint=hint))
        if table.name == FILE:
            extensions = next((row.tree.get("extensions") for row in reversed(read)), extensions)
        else:
            rows += read
    numbers.report(problems)
    tree = Joiner(places, problems).join(rows)
    if extensions is not None:
        tree["extensions"] = extensions
    return tree


def _read(table: Table, problems: list[Finding], numbers: AmbiguousNumbers) -> Iterator[Row]:
    """The rows of a table that are records, each cell where it belongs."""
    columns = known_columns(TABLES.get(table.name, File))
    owned = table.name not in TOP_TABLES and table.name != FILE
    reported: set[int] = set()
    for number, cells in table.rows:
        if len(problems) >= MAX_PROBLEMS:
            return
        if (shown := example_problems(table, number, cells)) is not None:
            problems += shown
            continue
        if repeats_headings(table, cells):
            problems.append(headings_repeated(table, number, cells[0][0]))
            continue
        row = Row(table.name, {}, "", table, number, [])
        says = False
        for at, cell in cells:
            column = table.columns.get(at)
            if column is None:
                problems += _unheaded(table, number, at, cell, reported)
                continue
            says = says or bool(cell.strip())
            if "." in column and cell.strip():
                table.filled.add((number, at))
            if (number, at) in table.numeric:
                lost_zero = lost_zero_problem(table, number, at, cell)
                problems += [lost_zero] if lost_zero else []
            known = columns.get(column.partition(":")[0])
            if (
                known is not None
                and known.field.type is Decimal
                and (number, at) not in table.numeric
            ):
                text = cell.strip()
                numbers.pointed = numbers.pointed or bool(
                    POINTED.fullmatch(text) and not THOUSANDS.fullmatch(text)
                )
                problem = thousands_problem(table, number, at, text)
                if problem is not None and not WITH_FINAL_ZERO.fullmatch(text):
                    numbers.asked.append((problem, row, column))
                elif problem is not None:
                    problems.append(problem)
                    table.reported.add((number, column))
                    cell = UNREAD
            # For other columns validation reports faulty cells, but not a day that is valid and
            # wrong.
            free = (
                known.free if known is not None else column != OF and column not in ALIGNED
            ) or is_day(cell)
            if free and (number, at) in table.faulty:
                problems.append(_fault(table, number, at))
            if column == OF:
                row.of = cell.strip() if owned else ""
            elif known is not None:
                put_cell(row.tree, known, column, cell)
            elif column in ALIGNED:
                _align(row, column, at, cell)
            else:
                put_unknown(row.tree, columns, column, cell)
        if says:
            yield row


def _fault(table: Table, number: int, at: int) -> Finding:
    place = table.at(number, at, table.headings[at])
    return Finding(
        "wrong-value", table.faulty[number, at], place, bounded(table.columns[at]), "give a value"
    )


def _unheaded(
    table: Table, number: int, at: int, cell: str, reported: set[int]
) -> Iterator[Finding]:
    """A cell without a heading above it; each column is reported once."""
    if cell.strip() and not table.headings.get(at) and at not in reported:
        reported.add(at)
        place = table.at(number, at, f"column {at + 1}")
        message = f"column {at + 1} has no heading, and row {number} has a cell in it"
        yield Finding("wrong-heading", message, place, hint="give it a heading")


def _align(row: Row, column: str, at: int, cell: str) -> None:
    listed = row.tree.setdefault("alignments", [])
    for each in several_in(cell):
        concept = read_in_column(ALIGNED[column][0], each)
        listed.append({"concept": concept, "basis": Basis.EDITORIAL.value})
        row.aligned.append(at)
