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
from faulty.packages import WORKBOOKS
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import ROADMAP, SHEET, rezipped, told, workbook

import wsis_model as wsis
from wsis_model import LoadError
from wsis_model.formats import _packages, _sheets
from wsis_model.formats.workbooks.marks import mark


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
        with pytest.raises(LoadError, match=r"\[workbook\]"):
            _sheets.read_sheets(data, "map.xlsx")

    @pytest.mark.parametrize("place", ["A9999999", "XFE1", "nonsense"])
    def test_a_list_of_faults_that_somebody_changed(self, place: str) -> None:
        """What stands under the cells of an earlier copy need not be a cell."""
        data = workbook({**ROADMAP, "Faults": [["Sheet", "Cell"], ["Road maps", place]]})

        assert list(wsis.loads(data, "excel")) == list(wsis.loads(mark(data, []), "excel"))

    # What is wrong within a workbook is told in openpyxl's words; a sheet that is listed and
    # missing is passed over.
    @pytest.mark.parametrize("which", WORKBOOKS)
    def test_what_is_no_workbook(self, which: str) -> None:
        """Each is refused as one problem of the file."""
        data, code = WORKBOOKS[which]
        (problem,) = told(data)

        assert (code, "map.xlsx") == (problem.code, str(problem.position))

    def test_a_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A workbook that expands beyond all measure is refused before it does."""
        monkeypatch.setattr(_packages, "EXPANDED", 100_000)
        (problem,) = told(rezipped(workbook(ROADMAP), sheet1=SHEET.format(" " * 200_000).encode()))

        assert ("too-large", "map.xlsx") == (problem.code, str(problem.position))
        assert "100,000" in problem.message

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
