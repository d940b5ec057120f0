"""A copy of a workbook in which what is wrong is marked where it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...errors import Position
from .._sheets import ROWS, imported, open_book
from ..tables.names import FAULTS_SHEET, plain_name

__all__ = ["comment_on", "fill_of", "mark", "unmark"]

_AUTHOR = "wsis_model"
_HERE = "To mend:"
_FAULTY = "FFFFC7CE"
_COMMENT = 4_000
"""A comment holds this many characters of messages."""


def mark(data: bytes, remarks: Iterable[tuple[Position, str]]) -> bytes:
    """A copy of a workbook in which what is wrong is marked where it stands.

    The copy reads as the workbook did, but for formulas: they have no stored value until a
    spreadsheet has opened and saved it. Each cell named is filled and carries a comment with what
    is wrong, below what its comment said before. A first sheet `Faults` lists them all, with links,
    and counts them by sheet. Marks of an earlier copy are taken away.

    Args:
        data: The workbook.
        remarks: Where something is wrong, by sheet and cell, and what.

    Raises:
        LoadError: The bytes are no workbook that can be read, or whole columns are merged in it.
        MissingExtra: The extra `excel` is not installed.
    """
    book = open_book(data)
    unmark(book)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for place, message in remarks:
        sheet, cell = (
            (place.sheet or "", place.cell or "A1") if place.sheet in book.sheetnames else ("", "")
        )
        found.setdefault((sheet, cell), {})[message] = place.heading or ""
    _mark_cells(book, found)
    _list_faults(book, dict(sorted(found.items(), key=lambda each: _order(book, *each[0]))))
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _printable(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def _write(sheet: Any, row: int, column: int, text: str) -> Any:
    cell = sheet.cell(row, column, _printable(text))
    cell.data_type = "s"  # also what looks like a formula
    return cell


def _mark_cells(book: Any, found: Mapping[tuple[str, str], Iterable[str]]) -> None:
    """Mark each cell that is named, or the one that it is merged into, once."""
    place = imported("openpyxl.utils.cell").coordinate_to_tuple
    sheets: dict[str, dict[tuple[int, int], Iterable[str]]] = {}
    for (sheet, cell), messages in found.items():
        if sheet:
            sheets.setdefault(sheet, {})[place(cell)] = messages
    for name, cells in sheets.items():
        sheet = book[name]
        begins = {
            at: (merged.min_row, merged.min_col)
            for merged in sheet.merged_cells.ranges
            for at in merged.cells
            if at in cells
        }
        by_cell: dict[tuple[int, int], list[str]] = {}
        for at, messages in cells.items():
            by_cell.setdefault(begins.get(at, at), []).extend(messages)
        for (row, column), all_of_it in by_cell.items():
            _mark_cell(sheet.cell(row, column), all_of_it)


def _mark_cell(cell: Any, messages: Sequence[str]) -> None:
    cell.fill = fill_of(_FAULTY)
    comment_on(cell, _HERE, messages)


def fill_of(colour: str) -> Any:
    """A cell filled with a colour."""
    return imported("openpyxl.styles").PatternFill("solid", fgColor=colour)


def comment_on(cell: Any, head: str, messages: Sequence[str]) -> None:
    """Add lines to the comment of a cell, under a head and below what it said before."""
    before = f"{cell.comment.text.rstrip()}\n\n" if cell.comment else ""
    text = _printable("\n".join((head, *dict.fromkeys(messages))))[:_COMMENT]
    cell.comment = imported("openpyxl.comments").Comment(
        before + text, _AUTHOR, height=min(400, 60 + 20 * len(messages)), width=360
    )


def _order(book: Any, sheet: str, cell: str) -> tuple[int, int, int]:
    """Where a cell comes in a workbook: by sheet, row and column; last what concerns all of it."""
    if not sheet:
        return (len(book.sheetnames), 0, 0)
    row, column = imported("openpyxl.utils.cell").coordinate_to_tuple(cell)
    return (book.sheetnames.index(sheet), row, column)


def _link(shown: Any, sheet: str, cell: str) -> None:
    """Make a cell a link to a cell of a sheet."""
    styles, links = imported("openpyxl.styles"), imported("openpyxl.worksheet.hyperlink")
    quoted = sheet.replace("'", "''")
    shown.hyperlink = links.Hyperlink(ref=shown.coordinate, location=f"'{quoted}'!{cell}")
    shown.font = styles.Font(color="FF0563C1", underline="single")


def _list_faults(book: Any, found: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
    styles = imported("openpyxl.styles")
    sheet = book.create_sheet(FAULTS_SHEET, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    counts: dict[str, int] = {}
    at = 1
    for (name, cell), messages in found.items():
        counts[name] = counts.get(name, 0) + len(messages)
        for message, heading in messages.items():
            at += 1
            for column, text in enumerate((name, cell, heading, message), 1):
                shown = _write(sheet, at, column, text)
                shown.alignment = styles.Alignment(wrap_text=column == 4, vertical="top")
            if name:
                _link(sheet.cell(at, 2), name, cell)
    for row, (name, count) in enumerate(counts.items(), 2):
        shown = _write(sheet, row, 6, name or "the workbook")
        sheet.cell(row, 7, count)
        if name:
            _link(shown, name, "A1")
    for column, total in ((6, "in all"), (7, sum(counts.values()))):
        sheet.cell(len(counts) + 2, column, total).font = styles.Font(bold=True)
    for column, (text, width) in {
        1: ("Sheet", 16),
        2: ("Cell", 8),
        3: ("Heading", 22),
        4: ("What is wrong", 90),
        6: ("Sheet", 16),
        7: ("Faults", 8),
    }.items():
        sheet.cell(1, column, text).font = styles.Font(bold=True)
        sheet.column_dimensions["ABCDEFG"[column - 1]].width = width
    sheet.freeze_panes = "A2"


def unmark(book: Any) -> None:
    """Take away the marks of an earlier copy; its sheet is known as in reading, in any case."""
    faults = next(
        (each for each in book.sheetnames if plain_name(each) == plain_name(FAULTS_SHEET)), None
    )
    if faults is None:
        return
    styles, comments = imported("openpyxl.styles"), imported("openpyxl.comments")
    for name, place in book[faults].iter_rows(min_row=2, max_col=2, values_only=True):
        found = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", str(place))
        if (
            name not in book.sheetnames or found is None or int(found[2]) > ROWS
        ):  # written by hand, or changed
            continue
        cell = book[str(name)][str(place)]
        if cell.fill.fgColor.rgb == _FAULTY:
            cell.fill = styles.PatternFill()
        if cell.comment is not None and _HERE in cell.comment.text:
            kept = cell.comment.text.partition(_HERE)[0].rstrip()
            cell.comment = comments.Comment(kept, cell.comment.author) if kept else None
    del book[faults]
