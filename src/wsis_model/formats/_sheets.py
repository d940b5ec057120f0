"""The cells of a workbook (.xlsx) as the text that people see in them, read with openpyxl."""

from __future__ import annotations

import bisect
import contextlib
import datetime
import functools
import importlib
import io
import re
import threading
import warnings
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any
from xml.etree import ElementTree

import attrs

from ..errors import LoadError, MissingExtra, Position, excerpt
from ._packages import check_package

__all__ = [
    "ROWS",
    "Sheet",
    "with_exact_texts",
    "cell_name",
    "imported",
    "open_book",
    "read_sheets",
    "replace_parts",
]

EXTRA = "excel"
ROWS = 1_048_576
"""The number of rows of a sheet."""
COLUMNS = 16_384
ELEMENTS = (200_000, 0.6)
"""A workbook may have this many elements, and this many more for each of its bytes: each takes 3
microseconds to read.
"""
SHEETS = 1_000
"""A workbook may have this many sheets."""
TEXT = (2**24, 16)
"""The cells of a workbook may hold this many characters, and this many more for each of its bytes:
each may name the longest text in it.
"""
MERGED = 2**20
"""This many cells may be merged in a workbook that is marked, and filled in one that is read: each
costs memory.
"""
#: The sheets of a workbook that are no tables are read by other means, or not at all.
_NO_TABLE = ("/chartsheet", "/dialogsheet", "/xlMacrosheet", "/xlIntlMacrosheet")
#: What is warned of holds for the whole program: two threads that set it back in turn would leave
#: it set.
_QUIET = threading.RLock()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_STORED = "the formula has no stored value; open the workbook, let it calculate, and save it"
_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")
_TAKEN = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^<>]*?\bref=["']([A-Z0-9:]+)["']""")
#: What is dearer to read than a sheet: shared texts, and what openpyxl makes objects of.
_DEAR = (
    (re.compile(r"sharedstrings", re.IGNORECASE), 2),
    (re.compile(r"styles|workbook|\.rels$|content_types", re.IGNORECASE), 8),
)
_STYLES = re.compile("styles", re.IGNORECASE)
#: Longer than the code of a number may be, which has 255 characters and few brackets: openpyxl
#: takes time with the square of them.
_NO_CODE = re.compile(rb"""="(?:[^"]{1600}|(?:[^"\[]*\[){17})|='(?:[^']{1600}|(?:[^'\[]*\[){17})""")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Dates as East Asian programs number them (ECMA-376, part 1, 18.8.30); openpyxl takes these for
#: numbers.
_EAST_ASIAN = frozenset((*range(27, 32), *range(34, 37), *range(50, 55), 57, 58))


@attrs.define(eq=False)
class Sheet:
    """One sheet of a workbook."""

    name: str
    """Its name, e.g. `"Activities"`."""
    hidden: bool
    """Whether people do not see it."""
    rows: dict[int, dict[int, str]] = attrs.Factory(dict[int, dict[int, str]])
    """The cells that are not empty: row from 1, column from 0."""
    faulty: dict[tuple[int, int], str] = attrs.Factory(dict[tuple[int, int], str])
    """Cells that hold an error, or a formula without a value, and what is wrong with them."""
    numeric: set[tuple[int, int]] = attrs.Factory(set[tuple[int, int]])
    """Cells that hold numbers: of these a spreadsheet drops zeros at the end."""

    def put(self, row: int, column: int, text: str, fault: str = "") -> None:
        """Note what a cell holds, and what is wrong with it."""
        self.rows.setdefault(row, {})[column] = text
        if fault:
            self.faulty[row, column] = fault


def imported(module: str) -> Any:
    """A module of the extra `excel`.

    Raises:
        MissingExtra: It is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtra(EXTRA, module.partition(".")[0]) from None


def cell_name(row: int, column: int) -> str:
    """The name of a cell from its row, from 1, and its column, from 0.

    Examples:
        >>> cell_name(7, 2), cell_name(1, 27)
        ('C7', 'AB1')
    """
    return f"{imported('openpyxl.utils').get_column_letter(column + 1)}{row}"


def _refused(file: str, message: str, hint: str = "save it as .xlsx") -> LoadError:
    return LoadError.of(Position(file), "workbook", message, hint)


@contextlib.contextmanager
def _as_load_error(file: str) -> Generator[None]:
    """Errors of openpyxl become a `LoadError`; its warnings are silenced."""
    try:
        with _QUIET, warnings.catch_warnings():
            # Only warnings of openpyxl: those of others are not silenced.
            warnings.filterwarnings("ignore", module=r"openpyxl\.")
            yield
    except (LoadError, MissingExtra):
        raise
    except Exception as error:  # noqa: BLE001 - the libraries raise any exception at damaged bytes
        said = " ".join(str(error.__cause__ or error).split()) or type(error).__name__
        raise _refused(
            file,
            f"not a whole workbook: {said[:120]}",
            "open it in a spreadsheet and save it again as .xlsx",
        ) from None


def _guarded(data: bytes, file: str) -> bytes:
    """The bytes of a workbook that is safe to open; refused if it is of another format, or expands
    beyond all measure.
    """
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _refused(
                file,
                "the workbook is locked with a password",
                "save it as .xlsx without a password",
            )
        raise _refused(file, "the file is of the old format .xls, or no workbook")
    elements = ELEMENTS[0] + int(ELEMENTS[1] * len(data))
    check_package(data, file, "workbook", elements, _weight, _forbidden_in)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
            raise _refused(file, "the file is of the format OpenDocument")
        if "xl/workbook.bin" in names:
            raise _refused(file, "the file is of the format .xlsb")
        mains = [name for name in names if re.fullmatch(r"xl/workbook.*\.xml", name)]
        if not mains:
            raise _refused(file, "the file is no workbook", "give a workbook with the suffix .xlsx")
        if b"purl.oclc.org/ooxml" in archive.read(mains[0]):  # openpyxl finds no sheets in it
            raise _refused(
                file,
                "the workbook is of the format 'Strict Open XML'",
                "save it as 'Excel Workbook (.xlsx)'",
            )
        return _escape_x005f(archive, data)


def _forbidden_in(part: str) -> re.Pattern[bytes] | None:
    return _NO_CODE if _STYLES.search(part) else None


def _weight(part: str) -> int:
    """How many elements of a sheet one of this part counts for."""
    return next((weight for pattern, weight in _DEAR if pattern.search(part)), 1)


def _escape_x005f(archive: zipfile.ZipFile, data: bytes) -> bytes:
    """A workbook in whose texts `x005F_` is spelt otherwise: openpyxl drops it, and
    `_x005F_x0041_`, for `_x0041_`, would be `A`.
    """

    # Escapes are read from the left, as spreadsheets do: `_x0041_x005F_` is an `A` before `x005F_`.
    def spelt(found: re.Match[bytes]) -> bytes:
        return (
            b"x_x0030_05F" if found[1] is None else b"_x005f_" if found[1] == b"005F" else found[0]
        )

    def change(content: bytes) -> bytes:
        return (
            re.sub(rb"_x([0-9A-Fa-f]{4})_|x005F(?=_)", spelt, content)
            if b"x005F_" in content
            else content
        )

    return replace_parts(
        archive,
        data,
        {name: change for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"},
    )


def replace_parts(
    archive: zipfile.ZipFile, data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]
) -> bytes:
    """A workbook with some of its parts changed; the same bytes if that changes nothing."""
    contents = {name: archive.read(name) for name in changes}
    changed = {name: new for name, old in contents.items() if (new := changes[name](old)) != old}
    if not changed:
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in dict.fromkeys(archive.namelist()):
            info = zipfile.ZipInfo(
                name, archive.getinfo(name).date_time
            )  # of that time, so that equal records give equal bytes
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, changed[name] if name in changed else archive.read(name))
    return stream.getvalue()


_CONTROL = "\x00-\x08\x0b-\x1f\ufffe\uffff"
_MISTAKEN = re.compile(rf"_x[0-9A-Fa-f]{{4}}(?:_x|[{_CONTROL}])|\A<r>")


def with_exact_texts(data: bytes, texts: Sequence[str]) -> bytes:
    """A workbook from XlsxWriter whose texts are read as they are.

    XlsxWriter leaves the second of two escapes that share a line (`_x0041_x0041_`) as it is, and
    one that ends in a control character; and takes `<r>...</r>` for markup.

    Args:
        data: The workbook.
        texts: The texts that its cells share, in their order.
    """
    if not any(map(_MISTAKEN.search, texts)):
        return data
    listed = "".join(
        f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in texts
    ).encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return replace_parts(
            archive,
            data,
            {"xl/sharedStrings.xml": lambda old: old[: old.index(b"<si>")] + listed + b"</sst>"},
        )


def _escaped(text: str) -> str:
    r"""A text as a workbook holds it.

    Examples:
        >>> _escaped("_x0041_x0041_ & \a")
        '_x005F_x0041_x005F_x0041_ &amp; _x0007_'
    """
    text = re.sub(rf"_(?=x[0-9A-Fa-f]{{4}}[_{_CONTROL}])", "_x005F_", text)
    text = re.sub(f"[{_CONTROL}]", lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _listed(reader: Any, file: str) -> list[tuple[Any, str]]:
    """The sheets that a workbook lists, and the parts they are in; openpyxl passes over one that is
    listed and not there.
    """
    if len(reader.parser.sheets) > SHEETS:
        message = f"the workbook has more than {SHEETS:,} sheets"
        raise LoadError.of(Position(file), "too-large", message)
    listed = [
        (sheet, part.target)
        for sheet, part in reader.parser.find_sheets()
        if not part.Type.endswith(_NO_TABLE)
    ]
    lost = [sheet.name for sheet, part in listed if part not in reader.valid_files]
    if lost:
        hint = "open it in a spreadsheet and save it again as .xlsx"
        raise _refused(
            file,
            f"not a whole workbook: the sheet {excerpt(lost[0])} is listed, and not there",
            hint,
        )
    return listed


def open_book(data: bytes, file: str = "") -> Any:
    """A workbook as openpyxl holds it, to be changed and saved.

    Raises:
        LoadError: The bytes are no workbook that can be read, or cells beyond all measure are
            merged in it.
        MissingExtra: openpyxl is not installed.
    """
    imported("openpyxl")
    with _as_load_error(file):
        data = _guarded(data, file)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = (archive.read(name) for name in archive.namelist() if "/worksheets/" in name)
            merged = sum(
                (right - left + 1) * (bottom - top + 1)
                for part in parts
                for left, top, right, bottom in _corners(map(bytes.decode, _TAKEN.findall(part)))
            )
        if merged > MERGED:
            raise _refused(
                file, f"more than {MERGED:,} cells are merged or linked", "merge no whole columns"
            )
        _stylesheet()
        reader = imported("openpyxl.reader.excel").ExcelReader(io.BytesIO(data), rich_text=True)
        reader.read()
        _listed(reader, file)
        return reader.wb


@functools.cache
def _stylesheet() -> Any:
    """Openpyxl's reader of styles, made to decide once for each code whether it is a date."""
    module = imported("openpyxl.styles.stylesheet")
    for name in ("is_date_format", "is_timedelta_format"):
        setattr(module, name, functools.lru_cache(1024)(getattr(module, name)))
    return module


def read_sheets(
    data: bytes, file: str, wanted: Callable[[str], bool] = lambda _: True
) -> list[Sheet]:
    """The sheets of a workbook, in their order.

    Args:
        data: The bytes.
        file: Name of the file, for messages.
        wanted: Which sheets, by name, are read; of others no more than the first row that holds
            something.

    Raises:
        LoadError: The bytes are no workbook that can be read.
        MissingExtra: openpyxl is not installed.
    """
    imported("openpyxl")
    with _as_load_error(file):
        data = _guarded(data, file)
        how = {"read_only": True, "data_only": True, "keep_links": False}
        reader = imported("openpyxl.reader.excel").ExcelReader(io.BytesIO(data), **how)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        _stylesheet().apply_stylesheet(reader.archive, reader.wb)
        read = _Reader(reader, file, len(data))
        sheets: list[Sheet] = []
        for sheet, part in _listed(reader, file):
            sheets.append(Sheet(sheet.name, sheet.state != "visible"))
            with reader.archive.open(part) as stream:
                read.sheet(sheets[-1], stream, whole=wanted(sheet.name))
    return sheets


class _Reader:
    """Reads the cells of sheets, and what is merged in them; all else in them is passed over.

    openpyxl's own sheets fill up each row with empty cells, and make objects of validations,
    formats and links.
    """

    def __init__(self, reader: Any, file: str, size: int) -> None:
        self.reader = reader
        self.file = file
        self.merged = MERGED
        self.characters = TEXT[0] + TEXT[1] * size
        self.plain = _Unescaped()

    def sheet(self, sheet: Sheet, part: IO[bytes], *, whole: bool) -> None:
        """The cells of a sheet, or of its first row that holds something."""
        book = self.reader.wb
        parser = imported("openpyxl.worksheet._reader").WorkSheetParser(
            part,
            self.reader.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # private: openpyxl's own sheets go by it
            timedelta_formats=book._timedelta_formats,
        )
        merged: list[str] = []
        for _, element in ElementTree.iterparse(part):  # noqa: S314 - has no entities
            if element.tag == f"{_MAIN}row":
                number, cells = parser.parse_row(element)
                self._check_bounds(sheet, number, 1)
                for cell, found in zip(cells, element, strict=True):
                    self._cell(sheet, number, cell, found)
                element.clear()
                if sheet.rows and not whole:
                    return
            elif element.tag == f"{_MAIN}mergeCell":
                merged.append(element.get("ref", ""))
                element.clear()
        self.merged -= _fill_merged(sheet, _corners(merged), self.merged, self.file)

    def _check_bounds(self, sheet: Sheet, row: int, column: int) -> None:
        """See that a sheet can have such a cell."""
        if row < 1:
            msg = f"a row has the number {row}"
            raise ValueError(msg)
        if row > ROWS or column > COLUMNS:
            hint = f"delete the rows and columns that stand far off in {excerpt(sheet.name)}"
            raise _refused(
                self.file, "the workbook has more rows and columns than can be read", hint
            )

    def _cell(self, sheet: Sheet, row: int, cell: Mapping[str, Any], element: Any) -> None:
        """Note what a cell holds."""
        column, value, kind = cell["column"] - 1, cell["value"], cell["data_type"]
        if value is None:
            # Of type "str" is the empty text that a formula gave.
            if kind != "str" and element.find(f"{_MAIN}f") is not None:
                self._check_bounds(sheet, row, column + 1)
                sheet.put(row, column, "formula with no stored value", _NOT_STORED)
            return
        self._check_bounds(sheet, row, column + 1)
        if kind == "e":
            said = f"{excerpt(value, 20)} is an error of the spreadsheet, not a value"
            sheet.put(row, column, value, said)
            return
        if isinstance(value, str):
            text = self.plain[value] if "_x" in value else value
        else:
            text = self._shown(cell)
        if not text:
            return
        self.characters -= len(text)
        if self.characters < 0:
            what = "the cells hold more text than those of a workbook of its size can"
            raise LoadError.of(Position(self.file), "too-large", what)
        sheet.put(row, column, text, _year_typed(value, text))
        if isinstance(value, int | float):
            sheet.numeric.add((row, column))

    def _shown(self, cell: Mapping[str, Any]) -> str:
        book = self.reader.wb
        made = imported("openpyxl.cell.read_only").ReadOnlyCell(_InBook(book), **cell)
        return _text(made, book.epoch)


@attrs.frozen
class _InBook:
    """Stands for a sheet where openpyxl asks one for its workbook."""

    parent: Any


class _Unescaped(dict[str, str]):
    """Texts without escapes, each worked out once: all cells may hold the same."""

    def __missing__(self, written: str) -> str:
        # Halves of pairs stay escaped: text cannot hold them.
        plain = self[written] = re.sub(
            r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_",
            lambda found: chr(int(found[1], 16)),
            written,
        )
        return plain


def _corners(ranges: Iterable[str]) -> Iterator[tuple[int, int, int, int]]:
    """The first column and row of each range of cells, and the last; other texts are skipped."""
    number = imported("openpyxl.utils").column_index_from_string
    for found in filter(None, map(_RANGE.fullmatch, ranges)):
        left, top, right, bottom = found.groups()
        yield number(left), int(top), number(right), int(bottom)


def _fill_merged(
    sheet: Sheet, merged: Iterable[tuple[int, int, int, int]], most: int, file: str
) -> int:
    """Copy the value of cells merged over several rows to each row; gives the number of these
    cells, which may be *most*.
    """
    rows, passed = sheet.rows, 0
    numbers = sorted(rows)
    free: dict[int, int] = {}
    for left, top, _, bottom in sorted(merged):
        value = rows.get(top, {}).get(left - 1)
        if value is None or top < free.get(left, 0):
            continue
        free[left] = bottom + 1
        within = numbers[bisect.bisect_right(numbers, top) : bisect.bisect_right(numbers, bottom)]
        passed += len(within)
        if passed > most:
            raise _refused(
                file,
                f"more than {MERGED:,} cells of rows that are filled are merged",
                "merge no whole columns",
            )
        for number in within:
            if left - 1 not in rows[number]:
                rows[number][left - 1] = value
                if (top, left - 1) in sheet.numeric:
                    sheet.numeric.add((number, left - 1))
    return passed


# --- what people see in a cell --------------------------------------------------------------------


def _text(cell: Any, epoch: datetime.datetime) -> str:
    """What people see of a value that is no text."""
    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if cell.style_array.numFmtId not in _EAST_ASIAN:
            return _number(value, percent=_shape(cell.number_format) == "%")
        value = imported("openpyxl.utils.datetime").from_excel(value, epoch)
    return _date_text(value, _shape(cell.number_format))


def _year_typed(value: Any, shown: str) -> str:
    """What is wrong with a day that is a year, typed into a cell that shows days: spreadsheets
    count days from 1900.
    """
    days = (
        (value.date() - datetime.date(1899, 12, 30)).days
        if isinstance(value, datetime.datetime)
        else 0
    )
    return (
        f"{shown} may be the year {days}, typed into a cell that shows days"
        if 1900 <= days <= 2200
        else ""
    )


def _number(value: float, *, percent: bool) -> str:
    """A number as people see it: in fifteen digits, whole without a point.

    Examples:
        >>> (
        ...     _number(0.1 + 0.2, percent=False),
        ...     _number(2027.0, percent=False),
        ...     _number(0.74, percent=True),
        ... )
        ('0.3', '2027', '74%')
    """
    number = Decimal(f"{float(value):.15g}") * (100 if percent else 1)
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return ("0" if plain == "-0" else plain) + ("%" if percent else "")


def _date_text(value: Any, shape: str) -> str:
    """A day as ISO 8601 writes it, to what is shown of it; of a time only that it is one matters,
    since no record holds times.
    """
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds() / 3600:g} hours"
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    day, _, time = (
        value.isoformat(sep=" ", timespec="seconds").partition(" ")
        if isinstance(value, datetime.datetime)
        else (f"{value}", "", "")
    )
    if time not in ("", "00:00:00") and ("t" in shape or not shape):
        return f"{day} {time}"
    return {"y": day[:4], "ym": day[:7]}.get(shape.removesuffix("t"), day)


@functools.cache
def _shape(code: str) -> str:
    """What people see of a number in this format: `%`, a part of a date (`y`, `ym`, `ymd`), a time
    (`t`), or the number itself.

    Examples:
        >>> (
        ...     _shape("dd/mm/yyyy"),
        ...     _shape("mmm yyyy"),
        ...     _shape("yyyy-mm-dd hh:mm"),
        ...     _shape("0%"),
        ...     _shape("#,##0.00"),
        ... )
        ('ymd', 'ym', 'ymdt', '%', '')
    """
    shown = re.sub(
        r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]|E[+-]|General|AM/PM|A/P',
        "",
        code.partition(";")[0],
        flags=re.IGNORECASE,
    ).lower()
    if "%" in shown:
        return "%"
    if re.search(r"[yde]", shown) or (re.search("mmm", shown) and "s" not in shown):
        day = "d" in shown or not re.search("[ye]", shown)
        return ("ymd" if day else "ym" if "m" in shown else "y") + (
            "t" if re.search(r"[hs]", shown) else ""
        )
    return "t" if re.search(r"[hs]", shown) else ""
