"""A copy of a workbook in which some cells hold another value, with a note of what they held."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence, Set

import attrs

from .._sheets import open_book
from .marks import comment_on, fill_of, unmark
from .stored import formulas, with_stored_values

__all__ = ["CellChange", "first_of_merged", "with_changes"]

_HERE = "Changed:"
_CHANGED = "FFC6EFCE"


@attrs.frozen
class CellChange:
    """What a cell holds in the copy."""

    value: str | int | float
    """The value; an empty text leaves the cell empty."""
    notes: Sequence[str]
    """What was changed, a line each, for the comment of the cell."""


def with_changes(data: bytes, changes: Mapping[tuple[str, str], CellChange]) -> bytes:
    """A copy of a workbook in which some cells hold another value; each is filled in green, and its
    comment says what it held. Of the marks of an earlier copy nothing is left.

    Formulas keep the values that are stored for them, until a spreadsheet opens the copy and works
    them out again.

    Args:
        data: The workbook.
        changes: By sheet and cell, which holds no formula, and of merged cells is the first.

    Raises:
        LoadError: The bytes are no workbook that can be read, or whole columns are merged in it.
        MissingExtra: The extra `excel` is not installed.
    """
    book = open_book(data)
    stored = formulas(data)
    unmark(book)
    for (sheet, name), change in changes.items():
        cell = book[sheet][name]
        cell.value = change.value if change.value != "" else None
        if isinstance(change.value, str) and change.value:
            cell.data_type = "s"  # also what looks like a formula
        cell.fill = fill_of(_CHANGED)
        comment_on(cell, _HERE, change.notes)
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return with_stored_values(stream.getvalue(), stored)


def first_of_merged(
    data: bytes, cells: Set[tuple[str, int, int]]
) -> dict[tuple[str, int, int], tuple[int, int]]:
    """The row and column of the first of the cells that some are merged with, by sheet, row and
    column; those that are not merged are left out.
    """
    return {
        (sheet.title, *at): (merged.min_row, merged.min_col)
        for sheet in open_book(data).worksheets
        for merged in sheet.merged_cells.ranges
        for at in merged.cells
        if (sheet.title, *at) in cells
    }
