"""Excel workbooks: damaged, hostile and other files."""

from __future__ import annotations

import concurrent.futures
import datetime
import functools
import io
import warnings
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import ROADMAP, SHEET, rezipped, told, workbook

import wsis_model as wsis
from wsis_model import LoadError
from wsis_model.formats import _packages, _sheets
from wsis_model.formats.workbooks.marks import mark

#: A document that would expand to a hundred million letters.
ENTITIES = f"""<!DOCTYPE x [<!ENTITY a0 "0123456789">{
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8))
}]><x>&a7;</x>""".encode()
STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'


class TestAnything:
    """Any bytes give records or a `LoadError`."""

    def test_what_is_warned_of_stays_as_it_was(self) -> None:
        """Threads that read side by side leave the warnings of the program alone."""
        before, data = list(warnings.filters), workbook(ROADMAP)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(functools.partial(wsis.loads, format="excel"), [data] * 12))

        assert before == list(warnings.filters)

    def test_what_is_merged_without_measure_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is merged is said of each row, cell by cell: of all sheets together so many cells,
        and no more.
        """

        def merged(_: Any, sheet: Any) -> None:
            for row in range(1, 30):
                sheet.write_string(row, 5, "x")
            for column in (6, 7):
                sheet.merge_range(1, column, 29, column, "y")

        data = workbook({"#one": [["a"]], "#two": [["b"]]}, merged)
        monkeypatch.setattr(_sheets, "MERGED", 4 * 28)
        assert [29, 29] == [len(sheet.rows) - 1 for sheet in _sheets.read_sheets(data, "map.xlsx")]
        monkeypatch.setattr(_sheets, "MERGED", 4 * 28 - 1)
        with pytest.raises(LoadError, match="of rows that are filled are merged"):
            _sheets.read_sheets(data, "map.xlsx")

    @pytest.mark.parametrize("place", ["A9999999", "XFE1", "nonsense"])
    def test_a_list_of_faults_that_somebody_changed(self, place: str) -> None:
        """What stands under the cells of an earlier copy need not be a cell."""
        data = workbook({**ROADMAP, "Faults": [["Sheet", "Cell"], ["Road maps", place]]})

        assert list(wsis.loads(data, "excel")) == list(wsis.loads(mark(data, []), "excel"))

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "not a whole workbook"),
            (b"id,title\r\n", "not a whole workbook"),
            (b"PK\x03\x04" + b"x" * 100, "not a whole workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the old format .xls"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "locked with a password",
            ),
            (workbook(ROADMAP)[:-30], "not a whole workbook"),
            (rezipped(workbook(ROADMAP), workbook=None), "the file is no workbook"),
            (rezipped(workbook(ROADMAP), workbook=STRICT), "the format 'Strict Open XML'"),
            (
                rezipped(workbook(ROADMAP), sheet1=None),
                "the sheet 'Road maps' is listed, and not there",
            ),
            (rezipped(workbook(ROADMAP), sheet1=b"<worksheet"), "not a whole workbook"),
            (rezipped(workbook(ROADMAP), sheet1=ENTITIES), "declares entities"),
            (rezipped(workbook(ROADMAP), workbook=ENTITIES), "declares entities"),
            (rezipped(workbook(ROADMAP), sharedStrings=b"<sst/>"), "not a whole workbook"),
            (
                rezipped(
                    workbook(ROADMAP), sheet1=SHEET.format('<row r="1"><c r="1A"/></row>').encode()
                ),
                "not a whole workbook",
            ),
            (
                rezipped(workbook(ROADMAP), sheet1=SHEET.format(f'<row r="{10**30}"/>').encode()),
                "more rows and columns than can be read",
            ),
            (workbook({"Sheet1": []}), "the workbook holds no sheet of records"),
        ],
    )
    # What is wrong within a workbook is told in openpyxl's words; a sheet that is listed and
    # missing is passed over.
    def test_what_is_no_workbook(self, data: bytes, said: str) -> None:
        """Each is refused in a sentence that says what it is."""
        (problem,) = told(data)

        assert said in problem.message
        assert "map.xlsx" == problem.position.file

    def test_other_files_of_offices(self) -> None:
        """A Word file or an OpenDocument sheet under the wrong suffix is named."""
        for name, content, said in (
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
            ("word/document.xml", b"<w/>", "no workbook"),
        ):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                archive.writestr(name, content)

            assert said in told(stream.getvalue())[0].message

    def test_a_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A workbook that expands beyond all measure is refused before it does."""
        monkeypatch.setattr(_packages, "EXPANDED", 100_000)
        (problem,) = told(rezipped(workbook(ROADMAP), sheet1=SHEET.format(" " * 200_000).encode()))

        assert "expands to more than 100,000 bytes" in problem.message

    @given(data=st.data())
    @settings(max_examples=60)
    def test_damaged_parts(self, data: st.DataObject) -> None:
        """A real workbook, damaged in any of its parts, is read or told of."""
        names = ("workbook", "sheet1", "sheet2", "sharedStrings", "styles", "")
        name = data.draw(st.sampled_from(names))
        real = workbook(
            {
                **ROADMAP,
                "Activities": [["ID", "Title"], ["a1", 1.5], ["a2", datetime.date(2027, 1, 1)]],
            }
        )
        old = zipfile.ZipFile(io.BytesIO(real))
        content = old.read(
            next(
                each for each in old.namelist() if each.rpartition("/")[2].partition(".")[0] == name
            )
        )
        at = data.draw(st.integers(0, len(content)))
        damaged = (
            content[:at]
            + data.draw(st.binary(max_size=3) | st.just(b"-1") | st.just(b"9" * 30))
            + content[at + data.draw(st.integers(0, 9)) :]
        )
        found = wsis.loading.salvage(
            rezipped(real, **{name: damaged}), format="excel", name="map.xlsx"
        )

        assert found.problems or found.corpus.roadmaps
        assert all(each.position.file == "map.xlsx" for each in found.problems)

    @given(
        data=st.binary(max_size=200) | st.integers(0, 4000).map(lambda at: workbook(ROADMAP)[:at])
    )
    @settings(max_examples=60)
    def test_any_bytes(self, data: bytes) -> None:
        """Bytes of no meaning, or half a workbook."""
        assert told(data)
