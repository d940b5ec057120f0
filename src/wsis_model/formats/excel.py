"""Workbooks (.xlsx): a sheet per kind of record, for people who write road maps in a spreadsheet.

Each sheet is a table as `csv` has it, with headings for people (`Due: session`, `Title (fr)`);
those of the fields are understood too. What is particular to a workbook:

* sheets are named `Road maps`, `Activities`, `Milestones` ...; `Read me`, `Lists` and `Faults` are
  not read, nor is one whose name begins with `#`;
* alignments stand in columns (`Action Lines`, `SDG targets`, `Compact commitments`,
  `Other alignments`), or where a cell could not say all of them in a sheet `Alignments`;
* within its only road map identifiers are short (`a1`, `a1.m1`), and a blank one, which no other
  row names, is given the next that is free; an update, which has none, is named by its date
  (`2027-02-01`, `2027-02-01 a1`);
* a text such as `150.000` where a number belongs is told of: it may be meant as 150000;
* a number under SDG targets that may have been 16.10 before it became 16.1 is told of;
* a date is read as ISO 8601 writes it, a whole number without a point, a formula as the value that
  is stored for it; a percentage stays one (`74%`), so that it is not taken for 0.74;
* what is merged over several rows is said of each, hidden rows and sheets are read, and a line
  above the headings is passed over.

All of it needs the extra `excel`: openpyxl reads and marks, XlsxWriter writes.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from ..errors import Position, Problem, excerpt
from ..model import File
from ._problems import bounded, near
from ._sheets import ROWS, Sheet, as_they_are, cell_name, imported, open_book, read_sheets
from .tables.cells import respelt
from .tables.columns import (
    ALIGNED,
    OF,
    OWN,
    SHEETS,
    TABLES,
    columns_of,
    doc_of,
    field_of,
    heads,
    in_order,
    label_of,
    must_be_filled,
    owners_of,
    words_of,
)
from .tables.examples import examples_of, in_a_cell
from .tables.read import assemble
from .tables.rows import RowPlaces, Table
from .tables.write import rows_of

__all__ = ["NAMED", "PASSED_OVER", "SHEETS", "mark", "parse", "plain_name", "template", "write"]

READ_ME, LISTS, FAULTS_SHEET = "Read me", "Lists", "Faults"
CELL = 32_767
"""Characters a cell holds."""
TO_FILL = 2_000
"""So many rows of a template have drop-downs."""
_SEARCHED = 10
"""The headings are looked for in this many rows."""
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


# --- reading --------------------------------------------------------------------------------------


def plain_name(name: str) -> str:
    """The name of a sheet or of a file of a table, however it is spelt."""
    return re.sub(r"[\s_]", "", name).casefold()


NAMED = {plain_name(each): table for table, sheet in SHEETS.items() for each in (table, sheet)}
PASSED_OVER = frozenset(map(plain_name, (READ_ME, LISTS, FAULTS_SHEET)))


def parse(data: bytes, file: str, *, keep: bool = False) -> tuple[Any, RowPlaces, list[Problem]]:
    """The plain data of a workbook, the places of its values, and what is wrong with their writing.

    Args:
        data: The bytes.
        file: Name of the file, for messages.
        keep: Keep columns that no field has, as extensions.

    Raises:
        LoadError: The bytes are no workbook that can be read.
        MissingExtra: The extra `excel` is not installed.
    """
    problems: list[Problem] = []
    places = RowPlaces(file, None)
    sheets = read_sheets(data, file, lambda name: plain_name(name) in NAMED)
    tree = assemble(_tables(sheets, file, problems), places, problems, keep=keep)
    return tree, places, problems


def _tables(sheets: list[Sheet], file: str, problems: list[Problem]) -> Iterator[Table]:
    known = False
    for sheet in sheets:
        plain = plain_name(sheet.name)
        name = NAMED.get(plain)
        known = known or name is not None
        if (
            plain in PASSED_OVER
            or plain.startswith(OWN)
            or not sheet.rows
            or (name is None and sheet.hidden)
        ):
            continue
        if name is None:
            hint = (
                near(sheet.name.capitalize(), SHEETS.values())
                or f"sheets are {', '.join(SHEETS.values())}"
            )
            hint += f"; begin the name with {OWN} to keep the sheet for yourself"
            place = Position(file, sheet=bounded(sheet.name), cell="A1")
            problems.append(
                Problem(
                    "unknown-kind",
                    f"{excerpt(sheet.name)} is not a sheet of records",
                    place,
                    hint=hint,
                )
            )
            continue
        yield _table(name, sheet, file)
    if not known and not problems:
        problems.append(
            Problem(
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
        numbers[:_SEARCHED], key=lambda number: heads(name, sheet.rows[number].values()), default=1
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


# --- writing --------------------------------------------------------------------------------------


def write(file: File) -> Iterator[bytes]:
    """The bytes of a workbook that reads back as *file*; the same bytes for the same records.

    Raises:
        MissingExtra: The extra `excel` is not installed.
        DuplicateIdentifier: As for CSV.
        ValueError: A text or a table is longer than a workbook can hold.
    """
    rows = rows_of(file, human=True) or {"roadmaps": []}
    book = _Book()
    for table, listed in rows.items():
        book.table(
            table, in_order(table, (column for row in listed for column in row), human=True), listed
        )
    yield book.bytes()


#: What the heading of a column that must be filled looks like, one that may be, and the rest.
_LOOKS: dict[str, dict[str, Any]] = {
    "must": {
        "bold": True,
        "bg_color": "#1F4E79",
        "font_color": "#FFFFFF",
        "border": 1,
        "text_wrap": True,
        "valign": "top",
    },
    "may": {"bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "name": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "number": {"valign": "top"},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd"},
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "font_size": 12},
}
#: An example is written over: what a spreadsheet makes of a number or a day there is what it makes
#: of one below.
_LOOKS.update(
    {
        f"example {kind}": {**_LOOKS[kind], "italic": True, "font_color": "#7F7F7F"}
        for kind in ("text", "name", "number", "day")
    }
)
_WIDE = frozenset(
    (
        "title",
        "label",
        "name",
        "statement",
        "description",
        "action",
        "summary",
        "note",
        "definition",
        "method",
        "text",
    )
)
_NARROW = frozenset(
    ("id", "value", "when", "by", "amount", "currency", "year", "number", "date", "start", "end")
)


@attrs.define(eq=False)
class _Book:
    """A workbook on its way."""

    stream: io.BytesIO = attrs.Factory(io.BytesIO)
    made: Any = None
    looks: dict[str, Any] = attrs.Factory(dict[str, Any])

    def __attrs_post_init__(self) -> None:
        options = {
            "in_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self.made = imported("xlsxwriter").Workbook(self.stream, options)
        self.made.set_properties(
            {"created": _CREATED.replace(tzinfo=None), "comments": "Written by wsis_model"}
        )
        self.looks = {name: self.made.add_format(look) for name, look in _LOOKS.items()}

    def bytes(self) -> bytes:
        self.made.close()
        return as_they_are(self.stream.getvalue(), self.made.str_table.string_array)

    def sheet(self, name: str) -> Any:
        sheet = self.made.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def table(self, table: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Any:
        """A sheet with a table."""
        if len(rows) >= ROWS:
            msg = f"a sheet holds {ROWS:,} rows, and there are {len(rows):,} {table} to write: save to JSON or CSV"
            raise ValueError(msg)
        sheet = self.sheet(SHEETS[table])
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        must = _must(table)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, _width(column), self.looks[_look(table, column)])
            sheet.write_string(
                0, number, _heading(table, column), self.looks["must" if column in must else "may"]
            )
            if said := _said(table, column):
                must_be = "Must be filled. " if column in must else ""
                sheet.write_comment(
                    0,
                    number,
                    f"{must_be}{said}",
                    {"author": "wsis_model", "x_scale": 2.2, "font_size": 9},
                )
        for at, row in enumerate(rows, 1):
            for number, column in enumerate(columns):
                if column in row:
                    self._cell(sheet, at, number, row[column], table, column, row)
        return sheet

    def _cell(
        self,
        sheet: Any,
        at: int,
        number: int,
        text: str,
        table: str,
        column: str,
        row: Mapping[str, str],
    ) -> None:
        look = _look(table, column)
        if look == "number" and _is_exact(text):
            sheet.write_number(at, number, float(text), self.looks[look])
            return
        if len(text.encode("utf-16-le")) // 2 > CELL:
            owner = row.get("id") or row.get(OF) or f"row {at + 1}"
            msg = f"a cell holds {CELL:,} characters, and {column} of {excerpt(owner)} in {table} has {len(text):,}: save to YAML or JSON"
            raise ValueError(msg)
        sheet.write_string(at, number, text, self.looks["name" if look == "number" else look])


def _heading(table: str, column: str) -> str:
    """The heading of a column for people; of one that no field has, as it is."""
    return label_of(column) if column in (OF, *ALIGNED) or field_of(table, column) else column


def _must(table: str) -> frozenset[str]:
    """The columns that people must fill. The parts of a road map are given an identifier if they
    have none.
    """
    must = {*must_be_filled(table), *((OF,) if owners_of(table) else ())}
    return frozenset(
        must - {"id"} if table in ("objectives", "activities", "milestones", "indicators") else must
    )


def _last(column: str) -> str:
    return column.partition(":")[0].rpartition(".")[2]


def _width(column: str) -> int:
    last = _last(column)
    return 44 if last in _WIDE else 13 if last in _NARROW else 22


def _look(table: str, column: str) -> str:
    field = field_of(table, column)
    if field is not None and field.type in (Decimal, int):
        return "number"
    if field is not None and field.type is datetime.date:
        return "day"
    # A short text may look like a number or a date and be none: a version, a code, a printed
    # number.
    return (
        "text"
        if _last(column) in _WIDE or (field is not None and field.what == "translations")
        else "name"
    )


def _is_exact(text: str) -> bool:
    """Whether a spreadsheet's number, of fifteen digits, is read back as this text."""
    if not re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?", text) or text == "-0":
        return False
    return (
        len(re.sub(r"^-?[0.]*|\.", "", text)) <= 15
        and format(Decimal(f"{float(text):.15g}"), "f") == text
    )


def _said(table: str, column: str) -> str:
    """What belongs in a column, without the signs of YAML and of the page that the description
    stands on.
    """
    if column == OF:
        holders = owners_of(table)
        said = f"The ID of what the row belongs to, in the sheet {' or '.join(SHEETS[each] for each in holders if each != 'updates')}."
        return said if "updates" not in holders else f"{said} Of an update: {_OF_UPDATE}."
    field = field_of(table, column)
    names = field is not None and field.refers is not None
    said = re.sub(
        r"`([^`]*)`", lambda found: in_a_cell(found[1], names=names), doc_of(table, column)
    )
    return said.replace("**", "").replace("c2-roadmap/", "")


# --- a workbook to fill in ------------------------------------------------------------------------

Choices = Mapping[str, Sequence[tuple[str, str]]]

#: The sheets of a road map, in the order in which people fill them.
_OF_ROADMAP = (
    "roadmaps",
    "objectives",
    "activities",
    "milestones",
    "indicators",
    "targets",
    "observations",
    "resources",
    "updates",
    "evidence",
    "entities",
)
#: What a drafter is not asked for: particulars of a source, and what would be said twice.
_UNASKED = re.compile(
    r"(?:^|\.)(?:extensions|retrieved|terms|checked|certainty)$|^baseline\.source\."
)
#: Of some records more, or less, is asked: what is published says on what terms, and of a partner
#: little is needed.
_ASKED: dict[str, tuple[str, ...]] = {
    "roadmaps": ("source.terms",),
    "entities": (
        "id",
        "name",
        "acronym",
        "groups",
        "url",
        "source.title",
        "source.date",
        "source.terms",
    ),
}
_OF_UPDATE = "its date or, where several have that, its date and what it is about: 2027-02-01 a1"
_DAY = "Write the day as 2027-06-30."
_PARTIAL = "Write a year, a month or a day: 2027, 2027-06 or 2027-06-30."

_READ_ME = (
    ("title", "{title}"),
    (
        "text",
        "This workbook holds one road map. Each sheet is a list: one thing to a row, and what is known of it under the headings.",
    ),
    ("head", "How to fill it"),
    (
        "text",
        "Begin with the sheet Road maps, then Objectives, Activities and Milestones, then Indicators and Targets.",
    ),
    (
        "text",
        "Resources may wait. Observations, Updates and Evidence are for later, when there is something to report.",
    ),
    (
        "text",
        "Columns with a dark heading must be filled. All others may stay empty. Point at a heading to read what belongs there.",
    ),
    ("text", "Write over each cell that begins with 'TODO'."),
    (
        "text",
        "A grey row whose first cell begins with 'example:' is not read. Delete it, or write over all of it, its first cell too.",
    ),
    (
        "text",
        "ID: a short name (o1, a1, a1.m1, i1). It may stay empty until another row has to name this one; then write it.",
    ),
    (
        "text",
        "Belongs to: the ID, or the title, of the activity that a milestone is part of, of the indicator that a target is for, and so on.",
    ),
    ("text", f"An update has neither. Evidence that belongs to one names {_OF_UPDATE}."),
    ("text", "Due: one of the columns is enough: a date, a year, a session or an event."),
    (
        "text",
        "Entities: partners, funders and ministries that the lists do not offer. Write their acronyms or names where organisations belong.",
    ),
    (
        "text",
        "A choice from a list reads 'ITU | International Telecommunication Union'. Only what stands before the | counts; you may type it alone.",
    ),
    ("text", "Several values in a cell are separated by semicolons: ITU; UNESCO."),
    (
        "text",
        "Organisations, paragraphs, Action Lines, SDG targets and sessions may be written as you would say them:",
    ),
    (
        "text",
        "UNESCO, para. 26, C7: e-health, SDG 9.c, CSTD 30. The sheet Lists holds those that are known.",
    ),
    ("text", "Days are written 2027-06-30, months 2027-06, years 2027."),
    (
        "text",
        "SDG targets are text: a spreadsheet makes 16.1 of 16.10 where a cell is formatted as a number. SDG 16.10 is safe everywhere.",
    ),
    (
        "text",
        "For other languages add columns, for example 'Title (fr)' or 'Statement (es)'. Do not rename sheets or headings.",
    ),
    (
        "text",
        "A column or sheet of your own, for notes: let its heading, or its name, begin with #. It is not read.",
    ),
    ("head", "How to check it"),
    ("text", "Save the workbook and run this command, or ask whoever sent it to you to run it:"),
    ("text", "wsis-model check FILE.xlsx"),
    (
        "text",
        "It names each cell that cannot be read or does not fit, with its heading, and says what to do.",
    ),
)


def template(
    file: File, choices: Choices, *, examples: bool = True, spoken: Callable[[str], str] = str
) -> bytes:
    """A workbook for the drafter of a road map: every sheet of one, drop-downs, what to write
    where. It reads back as *file*.

    Args:
        file: What stands in it already; usually one road map.
        choices: What drop-downs offer, as text and label: `actors`, `mandates`, `sessions`,
            `commitments`, `concepts:action-lines`, `concepts:sdg`, `concepts:sdg-indicators`,
            `concepts:deliverables`.
        examples: Show an example row in sheets that are empty.
        spoken: How people write an identifier that stands in *file*, e.g. `ITU` for `itu`; it must
            be read back as that.

    Raises:
        MissingExtra: The extra `excel` is not installed.
    """
    rows = rows_of(file, human=True)
    book = _Book()
    sheet = book.sheet(READ_ME)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    title = str(file.roadmaps[0].title) if file.roadmaps else "Implementation road map"
    for at, (look, text) in enumerate(_READ_ME):
        sheet.write_string(
            at, 0, text.format(title=title) if look == "title" else text, book.looks[look]
        )
    present = (*_OF_ROADMAP, *(each for each in rows if each not in _OF_ROADMAP))
    for table in present:
        listed = [
            {column: respelt(table, column, cell, spoken) for column, cell in row.items()}
            for row in rows.get(table, [])
        ]
        columns = in_order(
            table, {*_asked(table, file), *(column for row in listed for column in row)}, human=True
        )
        sheet = book.table(table, columns, listed)
        if examples and not listed:
            _show_example(book, sheet, table, columns)
        if "id" in columns:
            _name(book, f"ids_{table}", SHEETS[table], columns.index("id"), 1, TO_FILL)
        for number, column in enumerate(columns):
            if asked := _drop_down(table, column, choices, present):
                sheet.data_validation(1, number, TO_FILL, number, asked)
    _lists(book, choices)
    return book.bytes()


def _asked(table: str, file: File) -> list[str]:
    """The columns that a drafter is asked for."""
    record = TABLES[table]
    if table == "entities":
        return list(_ASKED[table])
    asked = [
        column
        for column, field in columns_of(record)
        if field.what != "record" and not _UNASKED.search(column)
    ]
    asked += _ASKED.get(table, ())
    if table in ("objectives", "activities"):
        asked += ALIGNED
    if owners_of(table) and not (owners_of(table) == ("roadmaps",) and len(file.roadmaps) == 1):
        asked.append(OF)
    return asked


def _show_example(book: _Book, sheet: Any, table: str, columns: Sequence[str]) -> None:
    shown = examples_of(table)
    for number, column in enumerate(columns):
        text, look = shown.get(column, ""), _look(table, column)
        if look == "number" and number and _is_exact(text):
            sheet.write_number(1, number, float(text), book.looks["example number"])
        elif number == 0 or text:
            sheet.write_string(
                1,
                number,
                f"example: {text}" if number == 0 else text,
                book.looks[f"example {look}"],
            )


def _name(book: _Book, name: str, sheet: str, column: int, first: int, last: int) -> None:
    """Give a range a name: drop-downs that go by one survive every program."""
    cells = imported("xlsxwriter.utility").xl_range_abs(first, column, last, column)
    book.made.define_name(name, f"='{sheet}'!{cells}")


def _lists(book: _Book, choices: Choices) -> None:
    """The last sheet: what may be chosen, a column for each list."""
    sheet = book.sheet(LISTS)
    sheet.freeze_panes(1, 0)
    for number, (key, listed) in enumerate(choices.items()):
        sheet.set_column(number, number, 44, book.looks["name"])
        sheet.write_string(0, number, _LISTED.get(key, key), book.looks["may"])
        for at, (text, label) in enumerate(listed, 1):
            sheet.write_string(
                at,
                number,
                f"{text} | {label}" if label not in ("", text) else text,
                book.looks["name"],
            )
        _name(book, _range(key), LISTS, number, 1, max(len(listed), 1))


_LISTED = {
    "actors": "Who: organisations and groups",
    "mandates": "Paragraphs and what they ask",
    "sessions": "Sessions and meetings",
    "commitments": "Compact commitments",
    "concepts:action-lines": "Action Lines",
    "concepts:sdg": "SDG targets",
    "concepts:sdg-indicators": "SDG indicators",
    "concepts:deliverables": "Deliverables",
}


def _range(key: str) -> str:
    return "choices_" + re.sub(r"[^a-z]", "_", key)


#: What is offered in a column: by its name, or else by the kinds of record that it may name.
_OFFERED = {
    "action_lines": "concepts:action-lines",
    "scope": "concepts:action-lines",
    "sdg_targets": "concepts:sdg",
    "commitments": "commitments",
    "deliverable": "concepts:deliverables",
    "sdg_indicator": "concepts:sdg-indicators",
}
_OFFERED_OF_KIND = {
    "entity": "actors",
    "group": "actors",
    "mandate": "mandates",
    "session": "sessions",
}


def _source(table: str, column: str, choices: Choices, present: Sequence[str]) -> str:
    """The range of what may be chosen in a column; empty where anything may be written."""
    if column == OF:
        return next(
            (
                f"ids_{owner}"
                for owner in owners_of(table)
                if owner in present and "id" in must_be_filled(owner)
            ),
            "",
        )
    field = field_of(table, column)
    kinds = field.refers.kinds if field is not None and field.refers is not None else ()
    if kinds == ("objective",):
        return "ids_objectives"
    key = _OFFERED.get(column) or next(
        (_OFFERED_OF_KIND[kind] for kind in kinds if kind in _OFFERED_OF_KIND), ""
    )
    return _range(key) if choices.get(key) else ""


def _drop_down(
    table: str, column: str, choices: Choices, present: Sequence[str]
) -> dict[str, Any] | None:
    """What a spreadsheet says and asks of a column's cells: it warns where a list does not hold a
    value, and never forbids one.
    """
    field = field_of(table, column)
    several = column in ALIGNED or (field is not None and field.what == "values")
    kind: Any = None if field is None else field.type
    source = _source(table, column, choices, present)
    listed: Any = (
        f"={source}"
        if source
        else []
        if field is None
        else ["true", "false"]
        if kind is bool
        else words_of(field)
    )
    prompt = ""
    if several:
        prompt = "Several are separated by semicolons, e.g. x; y."
        prompt += (
            " The list puts in one; for more, type them, or copy from the sheet Lists."
            if listed
            else ""
        )
    elif kind is datetime.date:
        prompt = _DAY
    elif _last(column) in ("start", "end", "when", "by") and not listed:
        prompt = _PARTIAL
    asked: dict[str, Any] = {"validate": "any"}
    if listed:
        asked = {
            "validate": "list",
            "source": listed,
            "error_message": "This is not in the list. Keep it if you are sure.",
        }
    elif kind is Decimal:
        asked = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        asked["error_message"] = "A number belongs here, without its unit."
    elif not prompt:
        return None
    title = label_of(column)[:32]
    shown = {"input_title": title, "input_message": prompt} if prompt else {}
    return {
        **asked,
        **shown,
        "error_title": title,
        "error_type": "warning",
        "show_error": not several,
    }


# --- marking --------------------------------------------------------------------------------------

_AUTHOR = "wsis_model"
_HERE = "To mend:"
_FAULTY = "FFFFC7CE"
_TOLD = 4_000
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
    _unmark(book)
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
        told: dict[tuple[int, int], list[str]] = {}
        for at, messages in cells.items():
            told.setdefault(begins.get(at, at), []).extend(messages)
        for (row, column), all_of_it in told.items():
            _mark_cell(sheet.cell(row, column), all_of_it)


def _mark_cell(cell: Any, messages: Sequence[str]) -> None:
    styles, comments = imported("openpyxl.styles"), imported("openpyxl.comments")
    cell.fill = styles.PatternFill("solid", fgColor=_FAULTY)
    before = f"{cell.comment.text.rstrip()}\n\n" if cell.comment else ""
    text = _printable("\n".join((_HERE, *dict.fromkeys(messages))))[:_TOLD]
    cell.comment = comments.Comment(
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


def _unmark(book: Any) -> None:
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
