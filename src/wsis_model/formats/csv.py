r"""CSV: one table per kind of record, for people who live in spreadsheets.

A corpus is a folder of tables (`documents.csv`, `provisions.csv`, `mandates.csv` ...). They may be
named as the sheets of a workbook are (`Road maps.csv`), in any case, all of them after the
workbook's own name (`plan-Road maps.csv`). In each:

* a column per field, named as in YAML; a nested record takes a column per field of its own
  (`due.date`, `source.title`);
* text in English stands under the field's name, in other languages under `title:fr`;
* several values of one cell are separated by `;` (a `;` inside a value is written `\;`);
* rows that belong to another record name it under `belongs_to`, by its identifier (a note, or
  an update that has none, by its mark or date: `80-173#1` is the note 1 of 80-173), and stand in
  their order; where only one record could own the row, it may be blank;
* `extensions` holds JSON; an empty cell is an absent field. `docs/tables.md` lists every table and
  column.

Reading also takes what people write in a workbook (see `excel`), and semicolons or tabs between the
columns, as spreadsheets of many countries save a table, with or without a first line `sep=;`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

import attrs

from ..errors import Finding, Position, bounded, excerpt
from ..model import File, Record, Roadmap
from ..model.fields import shape_of
from ._problems import near
from ._text import decode, line_and_column
from .tables.columns import FAULTS, OWN, TABLES, count_headings, in_order
from .tables.names import is_passed_over, plain_name, table_named
from .tables.read import assemble
from .tables.rows import RowPlaces, Table
from .tables.write import rows_of

__all__ = [
    "OF_ROADMAP",
    "TABLES",
    "Separator",
    "as_csv",
    "mark",
    "named",
    "parse",
    "separator_of",
    "tables",
]


def _of_roadmap() -> Iterator[str]:
    """The tables that a road map may have, holders before what they hold; and the entities that it
    names.
    """
    queue: list[type[Record]] = [Roadmap]
    seen: dict[str, None] = {"roadmaps": None}
    for record in queue:
        for field in shape_of(record):
            if field.what == "records" and field.record is not None and field.key not in seen:
                seen[field.key] = None
                queue.append(field.record)
    yield from seen
    yield "entities"


#: The tables of a road map.
OF_ROADMAP: tuple[str, ...] = tuple(_of_roadmap())

# --- names of files -------------------------------------------------------------------------------


#: So much of a file is looked at to see whether it is a table.
HEAD = 65_536
_SUFFIX = re.compile(r"(?:\.csv)?(?:\.gz)?$", re.IGNORECASE)


def _stem(name: str) -> str:
    return _SUFFIX.sub("", PurePath(name).name)


def named(name: str) -> tuple[str, str | None]:
    """The workbook and the table that the name of a file gives; the table is empty if the file is
    not read, None if it is no table.

    Examples:
        >>> (
        ...     named("Road maps.csv"),
        ...     named("plan-Activities.CSV"),
        ...     named("plan-Lists.csv"),
        ...     named("#mine.csv"),
        ...     named("ideas.csv"),
        ... )
        (('', 'roadmaps'), ('plan', 'activities'), ('plan', ''), ('', ''), ('', None))
    """
    stem = _stem(name)
    for start in (0, *(found.end() for found in re.finditer("[-_]", stem))):
        workbook, plain = stem[: max(start - 1, 0)].strip(), plain_name(stem[start:])
        if (table := table_named(plain)) is not None:
            return workbook, table
        if is_passed_over(plain) or plain.startswith(OWN):
            return workbook, ""
    return "", None


def has_headings(table: str, data: bytes) -> bool:
    """Whether the first line of a file has a heading of this table.

    Examples:
        >>> has_headings("entities", b"ID;Name"), has_headings("notes", b"date,what I thought")
        (True, False)
    """
    first = data[:HEAD].decode("utf-8-sig", "replace").lstrip().partition("\n")[0]
    return count_headings(table, (each.strip(' "\r') for each in re.split("[,;\t]", first))) > 0


# --- writing --------------------------------------------------------------------------------------


def tables(file: File) -> dict[str, bytes]:
    """The tables of a file, by name, as CSV.

    Raises:
        DuplicateIdentifier: Of two records of one identifier one has members, so that `belongs_to`
            would be ambiguous.
    """
    return {name: as_csv(name, rows) for name, rows in rows_of(file).items()}


def as_csv(name: str, rows: list[dict[str, str]]) -> bytes:
    """The rows of a table, column to cell, as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(
        stream,
        in_order(name, (column for row in rows for column in row)),
        restval="",
        lineterminator="\r\n",
    )
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def mark(data: bytes, remarks: Iterable[tuple[Position, str]]) -> bytes:
    r"""A copy of a table with a last column `faults` that says what is wrong with each row;
    reading it skips that column.

    What is wrong with a heading stands in the first row, which is made where there is none. Bytes
    that are no CSV are given back as they are.

    Args:
        data: The table.
        remarks: Where something is wrong, by line and heading, and what.

    Examples:
        >>> print(
        ...     mark(
        ...         b"id,name\r\nitu,\r\n",
        ...         [(Position("entities.csv", 2, heading="name"), "'name' is missing")],
        ...     ).decode()
        ... )
        id,name,faults
        itu,,name: 'name' is missing
    """
    text, wrong = decode(data, "")
    problems: list[Finding] = []
    how = separator_of(text)
    rows = [] if wrong or _wrong_separator(text, how, "") else list(_lines(text, "", problems, how))
    if not rows or problems:
        return data
    if len(rows) == 1:
        rows.append((rows[0][0] + 1, []))
    faults: dict[int, dict[str, None]] = {}
    lines = {line for line, _ in rows[1:]}
    for place, message in remarks:
        line = place.line if place.line in lines else rows[1][0]
        text = f"{place.heading}: {message}" if place.heading else message
        faults.setdefault(line, {})[text] = None
    width = len(rows[0][1])
    left_out = {
        index for index, heading in enumerate(rows[0][1]) if heading.strip().lower() == FAULTS
    }
    stream = io.StringIO(newline="")
    stream.write(f"sep={how.mark}\r\n" if how.declared else "")
    writer = csv.writer(stream, lineterminator="\r\n", delimiter=how.mark)
    for number, (line, cells) in enumerate(rows):
        padded = [*cells, *[""] * (width - len(cells))]
        kept = [cell for index, cell in enumerate(padded) if index not in left_out]
        writer.writerow([*kept, FAULTS if number == 0 else "\n".join(faults.get(line, ()))])
    return (
        codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    ) + stream.getvalue().encode()


# --- reading --------------------------------------------------------------------------------------


def parse(
    sources: bytes | Mapping[str, tuple[str, bytes]], file: str, *, keep: bool = False
) -> tuple[Any, RowPlaces, list[Finding]]:
    """The plain data of a set of tables, the places of its values, and what is wrong with their
    writing.

    Args:
        sources: Name of a table, or of its file, to file name and bytes; or the bytes of one table.
        file: Name of the folder, for messages about the whole; or of the one table.
        keep: Keep columns that no field has, as extensions.
    """
    if isinstance(sources, bytes):
        sources = {PurePath(file).name: (file, sources)}
    problems: list[Finding] = []
    places = RowPlaces(file, 1)
    tree = assemble(_read(sources, problems), places, problems, keep=keep)
    return tree, places, problems


def _read(sources: Mapping[str, tuple[str, bytes]], problems: list[Finding]) -> Iterator[Table]:
    """The tables that can be read."""
    for name, (file, data) in _each_table_once(sources, problems):
        text, wrong = decode(data, file)
        problems += (
            attrs.evolve(each, hint="save it as 'CSV UTF-8', which spreadsheets offer beside 'CSV'")
            for each in wrong
        )
        if wrong:
            continue
        how = separator_of(text, name)
        if separated := _wrong_separator(text, how, file):
            problems.append(separated)
            continue
        lines = _lines(text, file, problems, how)
        line, headings = next(lines, (0, list[str]()))
        if not headings:
            problems.append(Finding("empty", "the table has no headings", Position(file, 1)))
            continue
        named = {number: heading.strip() for number, heading in enumerate(headings)}
        yield Table(
            name,
            line,
            named,
            _cells(lines, len(named), file, problems),
            _places(file),
            pointed=how.mark != ",",
        )


def _each_table_once(
    sources: Mapping[str, tuple[str, bytes]], problems: list[Finding]
) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """The sources that are tables, each of them once and all of one workbook, by their tables."""
    counts = Counter(workbook for workbook, table in map(named, sources) if table)
    home = max(counts, key=lambda workbook: (counts[workbook], not workbook), default="")
    one = next((given for given in sources if named(given)[0] == home and named(given)[1]), "")
    seen: dict[str, str] = {}
    for given, (file, data) in sources.items():
        workbook, table = named(given)
        if table is None:
            hint = (
                near(_stem(given).lower(), TABLES)
                or f"tables of a road map are {', '.join(f'{each}.csv' for each in OF_ROADMAP)}"
            )
            hint += f"; begin the name with {OWN} to keep the file for yourself"
            problems.append(
                Finding(
                    "unknown-kind",
                    f"{excerpt(given)} is not a table of records",
                    Position(file),
                    hint=hint,
                )
            )
        elif table and workbook != home:
            message = f"{excerpt(given)} and {excerpt(one)} are not of one workbook, by their names"
            hint = (
                f"begin the names of all tables alike, or with {OWN} to keep the file for "
                "yourself; a folder holds one workbook"
            )
            problems.append(Finding("unknown-kind", message, Position(file), hint=hint))
        elif table and table in seen:
            message = f"{excerpt(given)} and {excerpt(seen[table])} are both the table {table}"
            aside = f"begin the name of the other with {OWN}, or remove it"
            hint = f"put all rows into one of them; {aside}"
            problems.append(Finding("duplicate-key", message, Position(file), hint=hint))
        elif table:
            seen[table] = given
            yield table, (file, data)
    if sources and not seen and not problems:
        file = next(iter(sources.values()))[0]
        problems.append(
            Finding(
                "empty",
                "there is no table of records",
                Position(file),
                hint="name a table roadmaps.csv",
            )
        )


def _places(file: str) -> Callable[[int, int | None, str | None], Position]:
    """The places in one table."""

    def at(line: int, column: int | None, heading: str | None) -> Position:
        if column is not None:
            heading = heading or f"column {column + 1}"
        return Position(file, line, heading=heading and bounded(heading))

    return at


@attrs.frozen
class Separator:
    """What stands between the columns of a table, and whether a first line `sep=` says so."""

    mark: str
    declared: bool = False


def separator_of(text: str, table: str = "") -> Separator:
    r"""What stands between the columns: what the first line says, else a comma, unless another mark
    makes more headings known.

    Args:
        text: The table.
        table: Which, if that is known.

    Examples:
        >>> separator_of("ID;Title", "roadmaps"), separator_of("sep=;\nid;title")
        (Separator(mark=';', declared=False), Separator(mark=';', declared=True))
    """
    text = text[len(text) - len(text.lstrip()) :]
    first = text.partition("\n")[0].rstrip()
    declared = re.fullmatch(r'"?sep=(.?)"?', first, re.IGNORECASE)
    if declared:  # a tab at the end went with the line end
        return Separator(declared[1] or "\t", declared=True)
    tables = (table,) if table in TABLES or table == "file" else tuple(TABLES)
    cells = {mark: _first(text, mark) for mark in ",;\t"}
    known = {mark: max(count_headings(each, cells[mark]) for each in tables) for mark in cells}
    best = max(known, key=lambda mark: known[mark])  # a comma where it does as well
    return Separator(best)


def _first(text: str, mark: str) -> list[str]:
    """The first row of a table, if its columns are separated so."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), list[str]())
    except csv.Error:  # reported when the rows are read
        return []


def _wrong_separator(text: str, how: Separator, file: str) -> Finding | None:
    """The problem of a table whose columns are separated by something else, or by what makes no
    known heading.
    """
    blank = len(text) - len(text.lstrip())
    first = text[blank:].partition("\n")[0].rstrip()
    unread = how.mark not in ",;\t" if how.declared else how.mark == "," and "," not in first
    mark = how.mark if how.declared else next((each for each in ";\t" if each in first), None)
    if not unread or mark is None:
        return None
    place = Position(file, *line_and_column(text, blank)[:1])
    name = "tabs" if mark == "\t" else repr(mark)
    return Finding(
        "csv-syntax",
        f"columns are separated by {name}",
        place,
        hint="save the table with commas between the columns",
    )


def _lines(
    text: str, file: str, problems: list[Finding], how: Separator
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that hold something, each with the line on which it starts."""
    if (
        len(text) > csv.field_size_limit()
    ):  # it holds for the whole program: left alone where no cell can be that long
        csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=how.mark)
    start = 1
    skip = how.declared
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "close the quotes around a cell, and write a quote inside them twice"
            said = "a quote is not closed" if "unexpected end" in str(error) else str(error)
            problems.append(
                Finding("csv-syntax", f"not CSV: {said[:120]}", Position(file, start), hint=hint)
            )
            return
        if any(cell.strip() for cell in cells):
            if not skip:
                yield start, cells
            skip = False
        start = reader.line_num + 1


def _cells(
    lines: Iterator[tuple[int, list[str]]], width: int, file: str, problems: list[Finding]
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """The cells of each row that are not empty; those beyond the last heading are a problem."""
    for line, cells in lines:
        if len(cells) > width and any(cells[width:]):
            found = f"the row has {len(cells)} cells, the table {width} columns"
            problems.append(
                Finding(
                    "csv-syntax",
                    found,
                    Position(file, line),
                    hint="quote a cell that holds a comma",
                )
            )
        yield line, [(number, cell) for number, cell in enumerate(cells[:width]) if cell]
