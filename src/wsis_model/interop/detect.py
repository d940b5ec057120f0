"""Which reader a file is for, by its content: suffixes may be wrong or missing."""

from __future__ import annotations

import importlib
import re
import warnings
from os import PathLike
from typing import Any

from ._reading import Reading, RepairedFile

__all__ = ["HEAD", "SUFFIXES", "read_known", "reader_of"]

#: Suffixes of files that a folder is searched for, beside those of our own formats.
SUFFIXES = (".xml", ".pdf", ".docx")
#: How far into a file its kind is looked for.
HEAD = 4096
_XML = re.compile(rb"\s*<")
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
        ...     reader_of(b"roadmaps: []"),
        ... )
        ('pdf', 'akn', None)
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
    return "registry" if _REGISTRY.match(head) else None


def read_known(name: str, source: bytes | str | PathLike[str]) -> Reading:
    """Read a file with the reader of this name; warns with `RepairedFile` of what had to be mended.

    Raises:
        LoadError: The reader cannot make a document of it.
        MissingExtra: The library that the reader needs is not installed.
    """
    module: Any = importlib.import_module(f"{__package__}.{name}")
    reading: Reading = module.read(source)
    if reading.repairs:
        warnings.warn(RepairedFile(reading.repairs), stacklevel=2)
    return reading
