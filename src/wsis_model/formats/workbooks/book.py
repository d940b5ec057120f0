"""A workbook that is written: its sheets, with a table in each, and what they look like."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from ..._messages import in_language, sentence
from ...errors import excerpt
from ...model.fields import EXAMPLE, with_examples
from .._sheets import ROWS, imported, with_exact_texts
from ..tables.columns import (
    ALIGNED,
    NUMBERED,
    OF,
    about_column,
    field_of,
    label_of,
    must_be_filled,
    owners_of,
    sheet_of,
)
from ..tables.examples import in_a_cell

__all__ = ["CELL", "MUST", "NOTE", "Book", "is_exact", "last_part", "look_of"]

NOTE, MUST = "note", "Must be filled."
"""The context of notes in the catalogues of messages, and the note of what must be filled."""
CELL = 32_767
"""Characters a cell holds."""
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
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
class Book:
    """A workbook on its way."""

    language: str = "en"
    """The language of headings, of the names of sheets and of notes."""
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
        """The whole workbook."""
        self.made.close()
        return with_exact_texts(self.stream.getvalue(), self.made.str_table.string_array)

    def sheet(self, name: str) -> Any:
        """A new sheet, to be printed on A4."""
        sheet = self.made.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def table(self, table: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Any:
        """A sheet with a table."""
        if len(rows) >= ROWS:
            there = f"{len(rows):,} {table}"
            msg = (
                f"a sheet holds {ROWS:,} rows, and there are {there} to write: save to JSON or CSV"
            )
            raise ValueError(msg)
        sheet = self.sheet(sheet_of(table, self.language))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        must = _must(table, self.language)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, _width(column), self.looks[look_of(table, column)])
            sheet.write_string(
                0,
                number,
                _heading(table, column, self.language),
                self.looks["must" if column in must else "may"],
            )
            if comment := _comment(table, column, self.language):
                must_be = f"{in_language(MUST, self.language, NOTE)} " if column in must else ""
                sheet.write_comment(
                    0,
                    number,
                    f"{must_be}{comment}",
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
        look = look_of(table, column)
        if look == "number" and is_exact(text):
            sheet.write_number(at, number, float(text), self.looks[look])
            return
        if len(text.encode("utf-16-le")) // 2 > CELL:
            owner = row.get("id") or row.get(OF) or f"row {at + 1}"
            where = f"{column} of {excerpt(owner)} in {table}"
            msg = (
                f"a cell holds {CELL:,} characters, and {where} has {len(text):,}: "
                "save to YAML or JSON"
            )
            raise ValueError(msg)
        sheet.write_string(at, number, text, self.looks["name" if look == "number" else look])


def _heading(table: str, column: str, language: str) -> str:
    """The heading of a column for people; of one that no field has, as it is."""
    known = column in (OF, *ALIGNED) or field_of(table, column) is not None
    return label_of(column, language) if known else column


def _must(table: str, language: str) -> frozenset[str]:
    """The columns that people must fill, of texts that in the language of the workbook, too. The
    parts of a road map are given an identifier if they have none.
    """
    must = {*must_be_filled(table), *((OF,) if owners_of(table) else ())}
    must |= {f"{column}:{language}" for column in must}
    return frozenset(must - {"id"} if table in NUMBERED else must)


def last_part(column: str) -> str:
    """The field that a column is for, without the fields it stands in and the language."""
    return column.partition(":")[0].rpartition(".")[2]


def _width(column: str) -> int:
    last = last_part(column)
    return 44 if last in _WIDE else 13 if last in _NARROW else 22


def look_of(table: str, column: str) -> str:
    """What the cells of a column look like."""
    field = field_of(table, column)
    if field is not None and field.type in (Decimal, int):
        return "number"
    if field is not None and field.type is datetime.date:
        return "day"
    # A short text may look like a number or a date and be none: a version, a code, a printed
    # number.
    return (
        "text"
        if last_part(column) in _WIDE or (field is not None and field.what == "translations")
        else "name"
    )


def is_exact(text: str) -> bool:
    """Whether a spreadsheet's number, of fifteen digits, is read back as this text."""
    if not re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?", text) or text == "-0":
        return False
    return (
        len(re.sub(r"^-?[0.]*|\.", "", text)) <= 15
        and format(Decimal(f"{float(text):.15g}"), "f") == text
    )


def _comment(table: str, column: str, language: str) -> str:
    """What belongs in a column, without the signs of YAML and of the page that the description
    stands on.
    """
    if column == OF:
        sheets = in_language(" or ", language, NOTE).join(
            sheet_of(each, language) for each in owners_of(table)
        )
        return in_language(
            sentence("The ID of what the row belongs to, in the sheet {sheets}.", sheets=sheets),
            language,
        )
    field = field_of(table, column)
    names = field is not None and field.refers is not None
    said, examples = about_column(table, column)
    shown = (in_a_cell(each, names=names).replace("c2-roadmap/", "") for each in examples)
    text = re.sub(r"`|\*\*", "", in_language(said, language, NOTE))
    return with_examples(text, shown, in_language(EXAMPLE, language, NOTE))
