"""Which reader a file is for, by its content: suffixes may be wrong or missing."""

from __future__ import annotations

import contextlib
import importlib
import re
import warnings
from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import IO, Any

from .. import formats
from ..errors import Finding, LoadError, Position, UnknownFormat
from ..formats import CSV, Format
from ..formats._files import SAVED, SAVING, files_of, office_reader, opened
from ..formats._folder import is_descriptor
from ._reading import Known, RepairedFile

__all__ = [
    "HEAD",
    "SUFFIXES",
    "Kind",
    "files_and_tables",
    "kind_in",
    "kind_of",
    "no_records",
    "read_known",
    "reader_of",
]

Kind = str | tuple[Format, bool]
"""What a file is: the name of the reader for one of the UN's own files, or the format of one of
ours and whether it is compressed.
"""

#: Suffixes of files that a folder is searched for, beside those of our own formats.
SUFFIXES = (".xml", ".pdf", ".docx")
#: How far into a file its kind is looked for.
HEAD = 4096
_XML = re.compile(rb"\s*<")
_UN80 = re.compile(rb'\s*\[\s*\{[^}]*"(?:work_package_name|indicative_activity)"\s*:')
_REGISTRY = re.compile(
    rb'\s*\[\s*\{[^]]*"(?:paragraph_type|paragraph_level|heading_level|type)"\s*:'
)


def reader_of(data: bytes) -> str | None:
    """The name of the reader in `wsis_model.interop` for these bytes; None for bytes of no foreign
    format that we know.

    Examples:
        >>> (
        ...     reader_of(b"%PDF-1.7 ..."),
        ...     reader_of(b'<akomaNtoso xmlns="...">'),
        ...     reader_of(b'<iati-activities version="2.03">'),
        ...     reader_of(b"roadmaps: []"),
        ... )
        ('pdf', 'akn', 'iati', None)
    """
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if (_XML.match(head) and b"akomaNtoso" in head) or head.startswith(
        (b"\xff\xfe<\x00", b"\xfe\xff\x00<")
    ):
        return "akn"
    if _XML.match(head) and b"<iati-activities" in head:
        return "iati"
    if _UN80.match(head):
        return "un80"
    return "registry" if _REGISTRY.match(head) else None


def read_known(name: str, source: bytes | str | PathLike[str]) -> Known:
    """Read a file with the reader of this name; warns with `RepairedFile` of what had to be mended.

    Raises:
        LoadError: The reader cannot make records of it.
        MissingExtra: The library that the reader needs is not installed.
    """
    module: Any = importlib.import_module(f"{__package__}.{name}")
    reading: Known = module.read(source)
    if reading.repairs:
        warnings.warn(RepairedFile(reading.repairs), stacklevel=2)
    return reading


def kind_in(name: str, opening: Callable[[], contextlib.AbstractContextManager[IO[bytes]]]) -> Kind:
    """What a file is: the name of the reader for one of the UN's own files, or the format of one of
    ours and whether it is compressed.

    Args:
        name: Its name.
        opening: Opens it, only if the name does not give the format.

    Raises:
        LoadError: It cannot be opened, is not what its suffix says, or is a workbook or document of
            a kind that is not read.
        UnknownFormat: It is neither.
    """
    try:
        ours = formats.format_of(name)
    except UnknownFormat:
        with opening() as stream:
            office = office_reader(name, stream)
            stream.seek(0)
            reader = reader_of(stream.read(HEAD))
        if office == "excel":
            return formats.format_of(office)
        reader = office if reader == "docx" else reader  # any zip begins as a Word document does
        if reader:
            return reader
        if name.lower().endswith(SUFFIXES):
            known = ", ".join(SUFFIXES)
            message = f"its content is that of none of the files known by it ({known})"
            raise LoadError.of(Position(name), "unreadable", message) from None
        raise
    if ours[0].name == "json" and not ours[1]:
        with opening() as stream:
            return reader_of(stream.read(HEAD)) or ours
    return ours


def kind_of(path: Path) -> Kind:
    """What a file on disk is, as `kind_in` says it."""
    return kind_in(str(path), lambda: opened(path))


def files_and_tables(folder: Path) -> Iterator[tuple[Path, Kind | LoadError | None]]:
    """What a folder holds, in the order in which it is read: each file of records with what it is,
    or why that cannot be said; then the folders of tables in it, with None. Other files are left
    out.
    """
    tables: dict[Path, None] = {}
    for path in files_of(folder):
        if path.name == SAVED and path.parent.name == SAVING:
            tables[path.parent.parent] = None
            continue
        if is_descriptor(path):
            continue
        try:
            kind = kind_of(path)
        except UnknownFormat:
            continue  # a README beside the data is no fault
        except LoadError as error:
            yield path, error
            continue
        if isinstance(kind, str) or kind[0] != CSV:
            yield path, kind
        elif CSV.module.named(path.name)[1] != "":
            tables[path.parent] = None
    yield from ((parent, None) for parent in tables)


def no_records(folder: Path) -> Finding:
    """The problem of a folder without any file of records."""
    ours = (suffix for form in formats.FORMATS for suffix in form.suffixes)
    hint = f"files end in {', '.join((*ours, *SUFFIXES))}"
    message = "the folder holds no file of records"
    return Finding("empty", message, Position(str(folder)), hint=hint)
