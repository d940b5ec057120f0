"""The cells of a workbook: texts as they are, whatever they look like, and the program as it was."""

from __future__ import annotations

import importlib
import io
import itertools
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsis_model.formats import _sheets
from wsis_model.formats.workbooks.marks import mark

XLSXWRITER: Any = importlib.import_module("xlsxwriter")  # it has no types
STRINGS = "xl/sharedStrings.xml"


def listed(texts: Sequence[str], change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A workbook with texts in a column, as we write it; and what another program might have
    written for its texts.
    """
    stream = io.BytesIO()
    with XLSXWRITER.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("#texts")
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)
    data = _sheets.with_exact_texts(stream.getvalue(), book.str_table.string_array)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream := io.BytesIO(), "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == STRINGS else old.read(name))
    return stream.getvalue()


def read(data: bytes) -> list[str]:
    """The texts in the first column."""
    sheet = _sheets.read_sheets(data, "map.xlsx")[
        -1
    ]  # a marked copy has a list of faults before it
    return [cells[0] for _, cells in sorted(sheet.rows.items())]


#: Of these are made what workbooks write for a character that they cannot hold, and what looks like
#: it.
PIECES = (
    "_",
    "x005F_",
    "x0041_",
    "_x0041_",
    "_x005F_",
    "_x005f_",
    "_x00e9",
    "\a",
    "A",
    "<r>",
    "</r>",
    "&amp;",
    " ",
    "\r\n",
)


class TestTexts:
    """A text is read as it was written."""

    def test_what_looks_like_an_escape(self) -> None:
        """Also beside, within and across another."""
        texts = sorted(
            {
                "".join(pieces)
                for count in (1, 2, 3)
                for pieces in itertools.product(PIECES, repeat=count)
            }
            - {" "}
        )

        assert texts == read(listed(texts))

    @given(
        text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)
        .map("".join)
        .filter(str.strip)
    )
    def test_any_of_them(self, text: str) -> None:
        """However many follow each other."""
        assert [text] == read(listed([text]))

    @given(
        text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)
        .map("".join)
        .filter(str.strip)
    )
    def test_a_marked_copy(self, text: str) -> None:
        """A copy in which faults are marked says the same."""
        assert [text] == read(mark(listed([text]), ()))

    def test_nothing_is_changed_without_need(self) -> None:
        """What XlsxWriter writes as it is stays its own, byte by byte."""
        assert b"data" == _sheets.with_exact_texts(
            b"data", ["plain", "_x0041_", "<b>", "a\ab", "_x0041__x0041_"]
        )

    def test_equal_texts_give_equal_bytes(self) -> None:
        """Also where they are escaped by us."""
        assert listed(["_x0041_x0041_"]) == listed(["_x0041_x0041_"])

    @pytest.mark.parametrize(
        ("written", "text"),
        [
            ("_x005F_x0041_x0041_", "_x0041A"),
            ("_x0041_x005F_", "Ax005F_"),
            ("_x0041_x005F_x0041_", "Ax005FA"),
            ("_x005F_x005F_x0041_", "_x005FA"),
            ("x005F_x0041_", "x005FA"),
            ("_x005f_x0041_", "_x0041_"),
        ],
    )
    def test_what_other_programs_write(self, written: str, text: str) -> None:
        """It is read from the left, each character once, as LibreOffice reads it."""
        assert [text] == read(
            listed(["text"], lambda content: content.replace(b">text<", f">{written}<".encode()))
        )


class TestWarnings:
    """Reading leaves the warnings of the program alone."""

    @pytest.fixture
    def meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
        """Does something while a workbook is read."""
        names = zipfile.ZipFile.namelist

        def do(act: Callable[[], object]) -> None:
            def then(archive: zipfile.ZipFile) -> list[str]:
                monkeypatch.undo()
                act()
                return names(archive)

            data = listed(["text"])
            monkeypatch.setattr(zipfile.ZipFile, "namelist", then)
            assert ["text"] == read(data)

        return do

    def test_warnings_of_others_are_heard(
        self, meanwhile: Callable[[Callable[[], object]], None]
    ) -> None:
        """Only openpyxl is silent, and only while it reads for us."""
        with pytest.warns(UserWarning, match="of another thread"):
            meanwhile(lambda: warnings.warn("of another thread", stacklevel=1))

    def test_somebody_else_catches_warnings(
        self, meanwhile: Callable[[Callable[[], object]], None]
    ) -> None:
        """One who begins to catch them while we read, and ends after us, silences no one for good."""
        with warnings.catch_warnings():
            before, caught = list(warnings.filters), warnings.catch_warnings()
            meanwhile(caught.__enter__)
            caught.__exit__(None, None, None)

            assert ("ignore", None, Warning, None, 0) not in [
                each for each in warnings.filters if each not in before
            ]
