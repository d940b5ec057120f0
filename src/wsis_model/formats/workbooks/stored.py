"""The values that a workbook stores beside its formulas, which openpyxl does not write again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from typing import IO, Any
from xml.etree import ElementTree

import attrs

from .._sheets import replace_parts

__all__ = ["Formula", "formulas", "with_stored_values"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
#: A formula as openpyxl writes it: its cell, and no value.
_WRITTEN = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^<>]*)>(<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))<v ?(?:/>|></v>)</c>'
)


@attrs.frozen
class Formula:
    """What a cell with a formula stores besides."""

    kind: str
    """The type of the value, as the file names it, e.g. `"str"`; empty for a number."""
    value: str | None
    """The value; None where none is stored."""


def formulas(data: bytes) -> dict[str, dict[str, Formula]]:
    """The cells with formulas, by sheet and cell. The workbook is known to be one that can be
    read.
    """
    found: dict[str, dict[str, Formula]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet, part in _parts(archive):
            with archive.open(part) as stream:
                found[sheet] = dict(_formulas_in(stream))
    return found


def _formulas_in(stream: IO[bytes]) -> Iterator[tuple[str, Formula]]:
    for _, element in ElementTree.iterparse(stream):  # noqa: S314 - has no entities
        if element.tag == f"{_MAIN}c":
            if element.find(f"{_MAIN}f") is not None:
                kind, value = element.get("t", ""), element.findtext(f"{_MAIN}v")
                yield element.get("r", ""), Formula(kind, None if kind == "s" else value)
        elif element.tag == f"{_MAIN}row":
            element.clear()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets of a workbook, and the parts that they are in."""
    names = {*archive.namelist()}
    if not {_BOOK, _RELATIONS} <= names:
        return
    relations = ElementTree.fromstring(archive.read(_RELATIONS))  # noqa: S314 - has no entities
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    book = ElementTree.fromstring(archive.read(_BOOK))  # noqa: S314 - has no entities
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield sheet.get("name", ""), part


def with_stored_values(data: bytes, stored: Mapping[str, Mapping[str, Formula]]) -> bytes:
    """A workbook that openpyxl wrote, with values beside its formulas.

    Args:
        data: The workbook.
        stored: The values, by sheet and cell.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        changes = {
            part: _Filled(stored[sheet]) for sheet, part in _parts(archive) if stored.get(sheet)
        }
        return replace_parts(archive, data, changes)


@attrs.frozen
class _Filled:
    """Puts values beside the formulas of a sheet."""

    stored: Mapping[str, Formula]

    def __call__(self, part: bytes) -> bytes:
        return _WRITTEN.sub(self._cell, part)

    def _cell(self, found: re.Match[bytes]) -> Any:
        formula = self.stored.get(found[1].decode())
        if formula is None or formula.value is None:
            return found[0]
        kind = f' t="{formula.kind}"' if formula.kind else ""
        value = escape(formula.value, quote=False)
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (
            found[1],
            found[2],
            kind.encode(),
            found[3],
            value.encode(),
        )
