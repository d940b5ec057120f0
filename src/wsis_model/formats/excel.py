"""Workbooks (.xlsx): a sheet per kind of record, for people who write road maps in a spreadsheet.

Each sheet is a table as `csv` has it, with headings for people (`Due: session`, `Title (fr)`);
the names of the fields are read too. In a workbook:

* sheets are named `Road maps`, `Activities`, `Milestones` ...; `Read me`, `Lists` and `Faults` are
  not read, nor is one whose name begins with `#`;
* alignments stand in columns (`Action Lines`, `SDG targets`, `Compact commitments`,
  `Other alignments`), or where a cell could not say all of them in a sheet `Alignments`;
* within its only road map identifiers are short (`a1`, `a1.m1`), and a blank one, which no other
  row names, is given the next that is free; an update may have one (`u1`), and else is named by its
  date (`2027-02-01`);
* a text such as `150.000` where a number belongs is a problem: it may mean 150000;
* a number under SDG targets that may have been 16.10 before it became 16.1 is a problem;
* a date is read as ISO 8601 writes it, a whole number without a point, a formula as the value that
  is stored for it; a percentage stays one (`74%`), so that it is not taken for 0.74;
* what is merged over several rows is said of each, hidden rows and sheets are read, and a line
  above the headings is passed over.

All of it needs the extra `excel`: openpyxl reads and marks, XlsxWriter writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._messages import sentence
from ..errors import Finding, Position, bounded, excerpt
from ..model import File
from ._problems import near
from ._sheets import Sheet, cell_name, read_sheets
from .tables.columns import OWN, SHEETS, count_headings, in_order
from .tables.names import is_passed_over, plain_name, table_named
from .tables.read import assemble
from .tables.rows import RowPlaces, Table
from .tables.write import rows_of
from .workbooks.book import Book

__all__ = ["parse", "write"]

_SEARCHED = 10
"""The headings are looked for in this many rows."""


def parse(data: bytes, file: str, *, keep: bool = False) -> tuple[Any, RowPlaces, list[Finding]]:
    """The plain data of a workbook, the places of its values, and what is wrong with their writing.

    Args:
        data: The bytes.
        file: Name of the file, for messages.
        keep: Keep columns that no field has, as extensions.

    Raises:
        LoadError: The bytes are no workbook that can be read.
        MissingExtra: The extra `excel` is not installed.
    """
    problems: list[Finding] = []
    places = RowPlaces(file, None)
    sheets = read_sheets(data, file, lambda name: table_named(plain_name(name)) is not None)
    tree = assemble(_tables(sheets, file, problems), places, problems, keep=keep)
    return tree, places, problems


def _tables(sheets: list[Sheet], file: str, problems: list[Finding]) -> Iterator[Table]:
    known = False
    for sheet in sheets:
        plain = plain_name(sheet.name)
        name = table_named(plain)
        known = known or name is not None
        if (
            is_passed_over(plain)
            or plain.startswith(OWN)
            or not sheet.rows
            or (name is None and sheet.hidden)
        ):
            continue
        if name is None:
            hint = sentence(
                "{hint}; begin the name with # to keep the sheet for yourself",
                hint=near(sheet.name.capitalize(), SHEETS.values())
                or sentence("sheets are {sheets}", sheets=", ".join(SHEETS.values())),
            )
            place = Position(file, sheet=bounded(sheet.name), cell="A1")
            problems.append(
                Finding(
                    "unknown-kind",
                    sentence("{sheet} is not a sheet of records", sheet=excerpt(sheet.name)),
                    place,
                    hint=hint,
                )
            )
            continue
        yield _table(name, sheet, file)
    if not known and not problems:
        problems.append(
            Finding(
                "empty",
                "the workbook holds no sheet of records",
                Position(file),
                hint="name a sheet 'Road maps'",
            )
        )


def _table(name: str, sheet: Sheet, file: str) -> Table:
    numbers = sorted(
        number
        for number, cells in sheet.rows.items()
        if any(cell.strip() for cell in cells.values())
    )
    # A title may stand above the headings: they are the row in which most is a heading, the first
    # of equals.
    top = max(
        numbers[:_SEARCHED],
        key=lambda number: count_headings(name, sheet.rows[number].values()),
        default=1,
    )
    headings = {
        column: " ".join(cell.split()) for column, cell in sorted(sheet.rows.get(top, {}).items())
    }
    first = min(headings, default=0)

    def at(number: int, column: int | None, heading: str | None) -> Position:
        cell = cell_name(number, first if column is None else column)
        return Position(file, sheet=sheet.name, cell=cell, heading=heading and bounded(heading))

    rows = ((number, sorted(sheet.rows[number].items())) for number in numbers if number > top)
    return Table(
        name,
        top,
        headings,
        rows,
        at,
        human=True,
        faulty=sheet.faulty,
        numeric=sheet.numeric,
        pointed=True,
    )


def write(file: File) -> Iterator[bytes]:
    """The bytes of a workbook that reads back as *file*; the same bytes for the same records.

    Raises:
        MissingExtra: The extra `excel` is not installed.
        DuplicateIdentifier: As for CSV.
        ValueError: A text or a table is longer than a workbook can hold.
    """
    rows = rows_of(file, human=True) or {"roadmaps": []}
    book = Book()
    for table, listed in rows.items():
        book.table(
            table, in_order(table, (column for row in listed for column in row), human=True), listed
        )
    yield book.bytes()
