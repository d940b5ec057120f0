"""Fixes in the cells of a workbook."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..errors import Finding
from ..formats._sheets import Sheet, cell_name, imported, read_sheets
from ..formats.tables.names import plain_name, table_named
from ..formats.workbooks.changes import CellChange, first_of_merged, with_changes
from ..formats.workbooks.stored import formulas
from .csv_edits import is_heading, new_cell

__all__ = ["Workbook"]


@attrs.define(eq=False)
class Workbook:
    """A workbook with the changes that were made in it so far."""

    original: bytes
    """The bytes that it had."""
    file: str
    """Its name."""
    data: bytes
    """The bytes that it has."""
    changes: dict[tuple[str, str], CellChange] = attrs.Factory(dict[tuple[str, str], CellChange])
    """What was changed, by sheet and cell."""

    @classmethod
    def of(cls, data: bytes, file: str) -> Workbook:
        """A workbook as it is."""
        return cls(data, file, data)

    def make(
        self, findings: Iterable[Finding], noted: Iterable[str]
    ) -> tuple[list[Finding], list[Finding]]:
        """Make the changes of some fixes, and give the findings whose fixes are made, and those
        whose are refused. Of two of one cell only the first is made.

        Args:
            findings: The findings.
            noted: What the comment of the cell says, for each of them.

        Raises:
            LoadError: The workbook cannot be changed: cells beyond all measure are merged in it.
        """
        listed = [(finding, *_place(finding)) for finding in findings]
        before, calculated = _texts(self.data, self.file), formulas(self.data)
        merged = first_of_merged(self.data, {(sheet, *at) for _, sheet, at in listed})
        changes, taken = dict(self.changes), set[tuple[str, str]]()
        made: list[Finding] = []
        refused: list[Finding] = []
        for (finding, sheet, at), note in zip(listed, noted, strict=True):
            row, column = merged.get((sheet, *at), at)
            cell = (sheet, cell_name(row, column - 1))
            value = self._new(finding, before.get((sheet, row, column - 1), ""))
            if value is None or cell[1] in calculated.get(sheet, ()):
                refused.append(finding)
            elif cell not in taken:
                taken.add(cell)
                notes = changes[cell].notes if cell in changes else ()
                changes[cell] = CellChange(value, (*notes, note))
                made.append(finding)
        if not made:
            return made, refused
        data = with_changes(self.original, changes)
        after = _texts(data, self.file)
        new = {str(changes[cell].value) for cell in taken}
        cells = before.keys() | after.keys()
        unlike = [after.get(each, "") for each in cells if before.get(each) != after.get(each)]
        if not {*unlike} <= new:  # openpyxl has written something else than it has read
            return [], [*made, *refused]
        self.data, self.changes = data, changes
        return made, refused

    def _new(self, finding: Finding, text: str) -> str | int | float | None:
        """What the cell of a finding should hold; None where that cannot be said."""
        fix, place = finding.fix, finding.position
        assert fix is not None
        if is_heading(finding):
            return str(fix.new) if " ".join(text.split()) == fix.old else None
        table = table_named(plain_name(place.sheet or "")) or ""
        new = new_cell(table, place.heading or "", text, fix)
        alone = new is not None and isinstance(fix.new, (int, float))
        return fix.new if alone else new


def _place(finding: Finding) -> tuple[str, tuple[int, int]]:
    """The sheet, and the row and column from 1, of a finding."""
    place = finding.position
    at: tuple[int, int] = imported("openpyxl.utils.cell").coordinate_to_tuple(place.cell or "A1")
    return place.sheet or "", at


def _texts(data: bytes, file: str) -> dict[tuple[str, int, int], str]:
    """What people see in the cells, by sheet, row from 1 and column from 0."""
    sheets: list[Sheet] = read_sheets(data, file)
    return {
        (sheet.name, row, column): text
        for sheet in sheets
        if table_named(plain_name(sheet.name)) is not None
        for row, cells in sheet.rows.items()
        for column, text in cells.items()
    }
