"""Fixes in the text of a table of CSV."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import attrs

from ..errors import Finding, Fix, bounded
from ..formats.csv import Separator, named, separator_of
from ..formats.tables.cells import replace_in_cell
from ..formats.tables.columns import column_under
from .edits import Document, Edit
from .text import NotInPlace

__all__ = ["CsvDocument", "cell_text", "is_heading", "new_cell"]


@attrs.frozen
class _Row:
    """A row of a table: the line on which it begins, and where its cells stand."""

    line: int
    cells: list[tuple[int, int]]


@attrs.frozen(eq=False)
class CsvDocument(Document):
    """A table of CSV. Quotes, separators and line ends stay."""

    @property
    def table(self) -> str:
        """Which table it is, e.g. `"activities"`."""
        return named(PurePath(self.file).name)[1] or ""

    @functools.cached_property
    def _how(self) -> Separator:
        return separator_of(self.text, self.table)

    def read(self) -> list[list[str]]:
        """The cells of each row."""
        stream = io.StringIO(self.text, newline="")
        try:
            return list(csv.reader(stream, strict=True, delimiter=self._how.mark))
        except csv.Error as error:
            raise ValueError(self.file) from error

    @functools.cached_property
    def _rows(self) -> list[_Row]:
        return list(_scanned(self.text, self._how.mark))

    @functools.cached_property
    def _head(self) -> int:
        """The number of the row of headings."""
        filled = (n for n, row in enumerate(self.content) if any(each.strip() for each in row))
        if self._how.declared:
            next(filled, 0)
        return next(filled, 0)

    def edit(self, finding: Finding) -> Edit:
        """What the fix of a finding changes."""
        fix, place = finding.fix, finding.position
        assert fix is not None
        row = next((n for n, each in enumerate(self._rows) if each.line == place.line), None)
        headings = [bounded(each.strip()) for each in self.content[self._head]]
        if row is None or place.heading not in headings:
            raise NotInPlace
        at = headings.index(place.heading)
        heading = self.content[self._head][at].strip()
        try:
            cell, (start, end) = self.content[row][at], self._rows[row].cells[at]
        except IndexError:
            raise NotInPlace from None
        if is_heading(finding):
            new = str(fix.new) if row == self._head else None
        else:
            new = None if row == self._head else new_cell(self.table, heading, cell, fix)
        if new is None:
            raise NotInPlace
        splice = (start, end, self._written(new, self.text[start:end]))
        return Edit(finding, (row, at), (splice,), new)

    def _written(self, cell: str, before: str) -> str:
        """A cell as it is written in place of another: in quotes if that was, or it needs them."""
        if before.startswith('"') or re.search(rf'["\r\n{re.escape(self._how.mark)}]', cell):
            return '"' + cell.replace('"', '""') + '"'
        return cell


def is_heading(finding: Finding) -> bool:
    """Whether a fix of a table is of the heading of a column."""
    fix = finding.fix
    return fix is not None and fix.key and len(fix.path) == 1


def new_cell(table: str, heading: str, cell: str, fix: Fix) -> str | None:
    """A cell with a fix made in it; None where it does not hold what is to be replaced.

    Args:
        table: The table it stands in.
        heading: The heading above it.
        cell: What is written.
        fix: The fix.
    """
    text, column = cell_text(fix.new), column_under(table, heading)
    if text is None or column is None:
        return None
    return replace_in_cell(table, column, cell, str(fix.old), text)


def cell_text(value: Any) -> str | None:
    """A new value as the text of a cell; None for one that a cell does not hold.

    Examples:
        >>> cell_text(1000.5), cell_text(1500000), cell_text(None), cell_text({"date": "2027"})
        ('1000.5', '1500000', '', None)
    """
    if isinstance(value, (list, dict)):
        return None
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return "" if value is None else str(value)


def _scanned(text: str, mark: str) -> Iterator[_Row]:
    """The rows of a table, as `csv` reads them."""
    stop = re.compile(f"[{re.escape(mark)}\r\n]")
    at, line = 0, 1
    while at < len(text):
        begin, cells = at, list[tuple[int, int]]()
        while True:
            start = at
            while text[at : at + 1] == '"':  # and once more where a quote is doubled
                close = text.find('"', at + 1)
                at = len(text) if close < 0 else close + 1
            found = stop.search(text, at)
            at = len(text) if found is None else found.start()
            cells.append((start, at))
            if text[at : at + 1] != mark:
                break
            at += 1
        at += 2 if text.startswith("\r\n", at) else 1
        yield _Row(line, cells)
        line += len(re.findall("\r\n|\r|\n", text[begin:at]))
