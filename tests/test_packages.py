"""Workbooks and Word files are looked over before anything parses them: what is larger than it can
be is refused, and says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

import wsis_model as wsis
from wsis_model import LoadError, Position
from wsis_model.formats import _sheets, format_of, read, write
from wsis_model.formats.workbooks.marks import mark

Change = Callable[[bytes], bytes]
EXCEL = format_of("excel")[0]


def _workbook(**changes: Change) -> bytes:
    """A road map as a workbook, some of whose parts are changed."""
    activity = {"id": "m/a1", "title": "A", "lead": "itu"}
    roadmap = {"id": "m", "title": "T", "owners": ["itu"], "activities": [activity]}
    data = b"".join(write(read({"roadmaps": [roadmap]}, "a road map").complete(), EXCEL))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in archive.namelist():
            change = changes.get(name.rpartition("/")[2].removesuffix(".xml"))
            content = archive.read(name)
            copy.writestr(name, content if change is None else change(content))
    return stream.getvalue()


def _with(before: bytes, content: bytes) -> Change:
    """What puts something into a part."""

    def change(old: bytes) -> bytes:
        assert before in old
        return old.replace(before, content + before, 1)

    return change


def _rows(count: int, cells: Callable[[int], bytes]) -> bytes:
    return b"".join(b'<row r="%d">%b</row>' % (row, cells(row)) for row in range(10, 10 + count))


def _cell(row: int) -> bytes:
    return b'<c r="A%d" t="str"><v>%d</v></c>' % (row, row)


#: Each expands less than a bomb does, for its numbers differ.
_FORMATS = b"".join(b'<numFmt numFmtId="%d" formatCode="0.%d"/>' % (n, n) for n in range(50_000))
_NAMES = b"".join(b'<definedName name="n%d">A!$A$%d</definedName>' % (n, n) for n in range(50_000))
_TEXTS = b"".join(b"<si><t>%d</t></si>" % n for n in range(200_000))
_LINKS = b"".join(b'<Relationship Id="x%d" Type="a" Target="b"/>' % n for n in range(50_000))
LARGE: dict[str, Callable[[], bytes]] = {
    "styles": lambda: _workbook(
        styles=_with(b"<fonts", b"<numFmts>" + _FORMATS + b"</numFmts>"),
    ),
    "one long code of a number": lambda: _workbook(
        styles=_with(
            b"<fonts",
            b'<numFmts><numFmt numFmtId="200" formatCode="' + b"[" * 400_000 + b'"/></numFmts>',
        ),
    ),
    "a code with many brackets, in thousands of styles": lambda: _workbook(
        styles=_with(
            b"<fonts",
            b"<numFmts>"
            + b"".join(
                b'<numFmt numFmtId="%d" formatCode="%b%d"/>' % (200 + n, b"[" * 200, n)
                for n in range(400)
            )
            + b"</numFmts>",
        ),
    ),
    "the same style over and over": lambda: _workbook(
        styles=_with(b"</cellXfs>", b'<xf numFmtId="0" xfId="0"/>' * 500_000)
    ),
    "shared texts": lambda: _workbook(sharedStrings=_with(b"</sst>", _TEXTS)),
    "one long text": lambda: _workbook(
        sharedStrings=_with(b"</sst>", b"<si><t>" + b"a" * 2**25 + b"</t></si>")
    ),
    "names": lambda: _workbook(
        workbook=_with(b"<calcPr", b"<definedNames>" + _NAMES + b"</definedNames>")
    ),
    "cells": lambda: _workbook(
        sheet2=_with(b"</sheetData>", _rows(2_000, lambda row: b"<c/>" * 900 + _cell(row)))
    ),
    "attributes": lambda: _workbook(
        sheet2=_with(
            b"<sheetData",
            b"".join(b"<x a='' b='%d' c='' d='' e='' f='' g=''/>" % n for n in range(120_000)),
        )
    ),
    "sheets": lambda: _workbook(
        workbook=_with(b"</sheets>", b'<sheet name="x" sheetId="9" r:id="rId1"/>' * 1_001)
    ),
    "one text in all cells": lambda: _workbook(
        sharedStrings=_with(b"<si>", b"<si><t>" + b"a long text " * 40_000 + b"</t></si>"),
        sheet2=_with(b"</sheetData>", _rows(100, lambda _: b'<c t="s"><v>0</v></c>')),
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_larger_than_it_can_be_is_refused(name: str) -> None:
    """In one problem, whose code says that it is a bound."""
    data = LARGE[name]()
    assert len(data) < 1_000_000
    with pytest.raises(LoadError) as caught:
        wsis.loads(data, "excel")
    assert [each.code for each in caught.value.problems] == ["too-large"]


def test_a_workbook_in_which_little_is_wrong_is_none_of_these() -> None:
    """Without what makes it large, it is read."""
    assert wsis.loads(_workbook(), "excel").roadmap("m").activities


def test_of_a_sheet_that_is_none_of_ours_one_row_is_read() -> None:
    """It is told that it is none, and what stands in it, however much, is not looked at."""
    data = _workbook(
        workbook=lambda old: old.replace(b'name="Activities"', b'name="Other"'),
        sheet2=_with(b"</sheetData>", _rows(1_000, _cell)),
    )
    (sheet,) = (
        each
        for each in _sheets.read_sheets(data, "map.xlsx", lambda name: name == "Road maps")
        if each.name == "Other"
    )
    assert list(sheet.rows) == [1]
    with pytest.raises(LoadError) as caught:
        wsis.loads(data, "excel")
    assert [each.code for each in caught.value.problems] == ["unknown-kind"]


@pytest.mark.parametrize(
    "row",
    [b'<row r="0"><c/></row>', b'<row r="1048577"/>', b'<row r="9"><c r="XFE9"><v>1</v></c></row>'],
)
def test_a_cell_that_no_sheet_has_is_told(row: bytes) -> None:
    """Row 0, and what is beyond the last row or column."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(_workbook(sheet2=_with(b"</sheetData>", row)), "excel")
    assert [each.code for each in caught.value.problems] == ["workbook"]


def test_what_is_wrong_in_merged_cells_is_marked_where_they_begin() -> None:
    """All of it in one comment, each remark once."""
    merged = b'<mergeCells><mergeCell ref="B3:C5"/></mergeCells>'
    data = _workbook(sheet2=lambda old: old.replace(b"</sheetData>", b"</sheetData>" + merged))
    remarks = [
        (Position("m", sheet="Activities", cell=cell), said)
        for cell, said in (("B3", "one"), ("C4", "two"), ("B5", "one"), ("A3", "three"))
    ]
    sheet = _sheets.open_book(mark(data, remarks))["Activities"]
    assert sheet["B3"].comment.text.splitlines()[1:] == ["one", "two"]
    assert sheet["A3"].comment.text.splitlines()[1:] == ["three"]
