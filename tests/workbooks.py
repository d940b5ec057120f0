"""Workbooks that tests make, and what comes of reading them."""

from __future__ import annotations

import datetime
import importlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import openpyxl
import pytest

import wsis_model as wsis
from wsis_model import Finding, LoadError, Roadmap, formats
from wsis_model.formats import EXCEL, excel
from wsis_model.model import Alignment, File

BARE = Roadmap.model_validate({"id": "c2-roadmap", "title": "Road map", "owners": ["itu"]})
XLSXWRITER: Any = importlib.import_module("xlsxwriter")  # it has no types
Cells = Mapping[str, Iterable[Iterable[Any]]]


def workbook(sheets: Cells, dress: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with these sheets: name to rows of cells. `None` is an empty cell, an exception an
    error.
    """
    stream = io.BytesIO()
    with XLSXWRITER.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        day: Any = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, Exception):
                        sheet.write_formula(at, column, "=1/0", None, str(value))
                    elif isinstance(value, datetime.date):
                        sheet.write_datetime(at, column, value, day)
                    elif value is not None:
                        sheet.write(at, column, value)
            if dress is not None:
                dress(book, sheet)
    return stream.getvalue()


def opened(data: bytes) -> Any:
    """A workbook as another program sees it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def read(data: bytes) -> File:
    """The records in a workbook, with no help of what things are called in the catalogue."""
    return formats.read(data, "map.xlsx", EXCEL).complete()


def kept(data: bytes) -> File:
    """The same, fields of later versions kept."""
    return formats.read(data, "map.xlsx", EXCEL, "keep").complete()


def written(file: File) -> bytes:
    """A file as a workbook."""
    return b"".join(excel.write(file))


def told(data: bytes) -> tuple[Finding, ...]:
    """The problems of a workbook."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(data, "excel", name="map.xlsx")
    return caught.value.problems


ROADMAP: dict[str, list[list[Any]]] = {
    "Road maps": [["ID", "Title", "Owners"], ["c2-roadmap", "Road map", "itu"]]
}


def roadmap(**sheets: list[list[Any]]) -> Roadmap:
    """The one road map in a workbook, with more sheets."""
    return read(workbook({**ROADMAP, **sheets})).roadmaps[0]


def editorial(*concepts: str) -> Iterable[Alignment]:
    """Alignments that a cell can say."""
    return (
        Alignment.model_validate({"concept": concept, "basis": "editorial"}) for concept in concepts
    )


PARTS = (
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


def rezipped(data: bytes, **changes: bytes | None) -> bytes:
    """A workbook with other content in some parts; `None` leaves one out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = changes.get(name.rpartition("/")[2].partition(".")[0], old.read(name))
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


SHEET = (
    "<worksheet"
    ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
