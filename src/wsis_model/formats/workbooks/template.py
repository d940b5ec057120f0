"""A workbook to fill in: every sheet of a road map, with drop-downs and instructions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..._messages import in_language
from ...model import File
from .._sheets import imported
from ..tables.cells import relabel_references
from ..tables.columns import (
    ALIGNED,
    OF,
    SHEET,
    TABLES,
    columns_of,
    field_of,
    in_order,
    is_aligned,
    label_of,
    must_be_filled,
    owners_of,
    sheet_of,
    words_of,
)
from ..tables.examples import examples_of
from ..tables.names import LISTS, READ_ME
from ..tables.write import rows_of
from .book import Book, is_exact, last_part, look_of

__all__ = ["INSTRUCTIONS", "LISTED", "OF_ROADMAP", "TO_FILL", "Choices", "asked", "template"]

TO_FILL = 2_000
"""The number of rows of a template with drop-downs."""
Choices = Mapping[str, Sequence[tuple[str, str]]]
#: The sheets of a road map, in the order in which people fill them.
OF_ROADMAP = (
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
TEMPLATE = "template"
"""The context of the texts of a template in the catalogues of messages."""
TITLE = "Implementation road map"
DAY = "Write the day as 2027-06-30."
PARTIAL = "Write a year, a month or a day: 2027, 2027-06 or 2027-06-30."
SEVERAL = "Several are separated by semicolons, e.g. x; y."
SEVERAL_LISTED = (
    f"{SEVERAL} The list puts in one; for more, type them, or copy from the sheet Lists."
)
NOT_LISTED = "This is not in the list. Keep it if you are sure."
NO_NUMBER = "A number belongs here, without its unit."
INSTRUCTIONS = (
    ("title", "{title}"),
    (
        "text",
        (
            "This workbook holds one road map. Each sheet is a list: one thing to a row, and what "
            "is known of it under the headings."
        ),
    ),
    ("head", "How to fill it"),
    (
        "text",
        (
            "Begin with the sheet Road maps, then Objectives, Activities and Milestones, then "
            "Indicators and Targets."
        ),
    ),
    (
        "text",
        (
            "Resources may wait. Observations, Updates and Evidence are for later, when there is "
            "something to report."
        ),
    ),
    (
        "text",
        (
            "Columns with a dark heading must be filled. All others may stay empty. Point at a "
            "heading to read what belongs there."
        ),
    ),
    ("text", "Write over each cell that begins with 'TODO'."),
    (
        "text",
        (
            "A grey row whose first cell begins with 'example:' is not read. Delete it, or write "
            "over all of it, its first cell too."
        ),
    ),
    (
        "text",
        (
            "ID: a short name (o1, a1, a1.m1, i1, u1). It may stay empty until another row has to "
            "name this one; then write it."
        ),
    ),
    (
        "text",
        (
            "Belongs to: the ID, or the title, of the activity that a milestone is part of, of "
            "the indicator that a target is for, and so on."
        ),
    ),
    ("text", "An update has no title. One without ID is named by its date, if no other has that."),
    ("text", "Due: one of the columns is enough: a date, a session or an event."),
    (
        "text",
        (
            "Entities: partners, funders and ministries that the lists do not offer. Write their "
            "acronyms or names where organisations belong."
        ),
    ),
    (
        "text",
        (
            "A choice from a list reads 'ITU | International Telecommunication Union'. Only what "
            "stands before the | counts; you may type it alone."
        ),
    ),
    ("text", "Several values in a cell are separated by semicolons: ITU; UNESCO."),
    (
        "text",
        (
            "Organisations, paragraphs, Action Lines, SDG targets and sessions may be written as "
            "you would say them:"
        ),
    ),
    (
        "text",
        (
            "UNESCO, para. 26, C7: e-health, SDG 9.c, CSTD 30. The sheet Lists holds those that "
            "are known."
        ),
    ),
    ("text", "Days are written 2027-06-30, months 2027-06, years 2027."),
    (
        "text",
        (
            "SDG targets are text: a spreadsheet makes 16.1 of 16.10 where a cell is formatted as "
            "a number. SDG 16.10 is safe everywhere."
        ),
    ),
    (
        "text",
        (
            "For other languages add columns, for example 'Title (fr)' or 'Statement (es)'. Do "
            "not rename sheets or headings."
        ),
    ),
    (
        "text",
        (
            "A column or sheet of your own, for notes: let its heading, or its name, begin with "
            "#. It is not read."
        ),
    ),
    ("head", "How to check it"),
    ("text", "Save the workbook and run this command, or ask whoever sent it to you to run it:"),
    ("text", "wsis-model check FILE.xlsx"),
    (
        "text",
        (
            "It names each cell that cannot be read or does not fit, with its heading, and says "
            "what to do."
        ),
    ),
)


def template(
    file: File,
    choices: Choices,
    *,
    examples: bool = True,
    display_name: Callable[[str], str] = str,
    language: str = "en",
) -> bytes:
    """A workbook for the drafter of a road map: every sheet of one, drop-downs, what to write
    where. It reads back as *file*.

    Args:
        file: What stands in it already; usually one road map.
        choices: What drop-downs offer, as text and label: `actors`, `mandates`, `sessions`,
            `commitments`, `concepts:action-lines`, `concepts:sdg`, `concepts:sdg-indicators`,
            `concepts:deliverables`.
        examples: Show an example row in sheets that are empty.
        display_name: How people write an identifier that stands in *file*, e.g. `ITU` for `itu`; it
            must be read back as that.
        language: The language of sheets, headings, notes and instructions, and of the texts that
            are to be written. Examples stay English.

    Raises:
        MissingExtra: The extra `excel` is not installed.
    """
    rows = rows_of(file, human=True)
    book = Book(language)
    sheet = book.sheet(in_language(READ_ME, language, SHEET))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    title = in_language(TITLE, language, TEMPLATE)
    if file.roadmaps:
        title = file.roadmaps[0].title.pick(language)
    for at, (look, text) in enumerate(INSTRUCTIONS):
        shown = title if look == "title" else in_language(text, language, TEMPLATE)
        sheet.write_string(at, 0, shown, book.looks[look])
    present = (*OF_ROADMAP, *(each for each in rows if each not in OF_ROADMAP))
    for table in present:
        listed = [
            {
                column: relabel_references(table, column, cell, display_name)
                for column, cell in row.items()
            }
            for row in rows.get(table, [])
        ]
        used = {column for row in listed for column in row}
        columns = in_order(table, {*asked(table, len(file.roadmaps)), *used}, human=True)
        if language != "en":
            texts = (_in(language, table, each) if each not in used else each for each in columns)
            columns = [*dict.fromkeys(texts)]
        sheet = book.table(table, columns, listed)
        if examples and not listed:
            _show_example(book, sheet, table, columns)
        if "id" in columns:
            _name(book, f"ids_{table}", sheet_of(table, language), columns.index("id"), 1, TO_FILL)
        for number, column in enumerate(columns):
            if choice := _drop_down(table, column, choices, present, language):
                sheet.data_validation(1, number, TO_FILL, number, choice)
    _lists(book, choices)
    return book.bytes()


def _in(language: str, table: str, column: str) -> str:
    """The column for a text in a language; any other column as it is."""
    field = field_of(table, column)
    is_text = field is not None and field.what == "translations"
    return f"{column}:{language}" if is_text and ":" not in column else column


def asked(table: str, roadmaps: int = 1) -> list[str]:
    """The columns that a drafter is asked for, in a workbook with so many road maps."""
    record = TABLES[table]
    if table == "entities":
        return list(_ASKED[table])
    columns = [
        column
        for column, field in columns_of(record)
        if field.what != "record" and not _UNASKED.search(column)
    ]
    columns += _ASKED.get(table, ())
    if is_aligned(record):
        columns += ALIGNED
    if owners_of(table) and not (owners_of(table) == ("roadmaps",) and roadmaps == 1):
        columns.append(OF)
    return columns


def _show_example(book: Book, sheet: Any, table: str, columns: Sequence[str]) -> None:
    shown = examples_of(table)
    for number, column in enumerate(columns):
        text, look = shown.get(column, ""), look_of(table, column)
        if look == "number" and number and is_exact(text):
            sheet.write_number(1, number, float(text), book.looks["example number"])
        elif number == 0 or text:
            sheet.write_string(
                1,
                number,
                f"example: {text}" if number == 0 else text,
                book.looks[f"example {look}"],
            )


def _name(book: Book, name: str, sheet: str, column: int, first: int, last: int) -> None:
    """Give a range a name: drop-downs that go by one survive every program."""
    cells = imported("xlsxwriter.utility").xl_range_abs(first, column, last, column)
    book.made.define_name(name, f"='{sheet}'!{cells}")


def _lists(book: Book, choices: Choices) -> None:
    """The last sheet: what may be chosen, a column for each list."""
    lists = in_language(LISTS, book.language, SHEET)
    sheet = book.sheet(lists)
    sheet.freeze_panes(1, 0)
    for number, (key, listed) in enumerate(choices.items()):
        sheet.set_column(number, number, 44, book.looks["name"])
        heading = in_language(LISTED.get(key, key), book.language, TEMPLATE)
        sheet.write_string(0, number, heading, book.looks["may"])
        for at, (text, label) in enumerate(listed, 1):
            sheet.write_string(
                at,
                number,
                f"{text} | {label}" if label not in ("", text) else text,
                book.looks["name"],
            )
        _name(book, _range(key), lists, number, 1, max(len(listed), 1))


LISTED = {
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
    table: str, column: str, choices: Choices, present: Sequence[str], language: str
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
        prompt = SEVERAL_LISTED if listed else SEVERAL
    elif kind is datetime.date:
        prompt = DAY
    elif last_part(column) in ("date", "start", "end", "when", "by") and not listed:
        prompt = PARTIAL
    choice: dict[str, Any] = {"validate": "any"}
    if listed:
        choice = {
            "validate": "list",
            "source": listed,
            "error_message": in_language(NOT_LISTED, language, TEMPLATE),
        }
    elif kind is Decimal:
        choice = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        choice["error_message"] = in_language(NO_NUMBER, language, TEMPLATE)
    elif not prompt:
        return None
    title = label_of(column, language)[:32]
    prompt = in_language(prompt, language, TEMPLATE)
    shown = {"input_title": title, "input_message": prompt} if prompt else {}
    return {
        **choice,
        **shown,
        "error_title": title,
        "error_type": "warning",
        "show_error": not several,
    }
