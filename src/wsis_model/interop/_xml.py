"""XML that others made, parsed with everything switched off that a document does not need.

**Why lxml, and not defusedxml.** Its support of lxml is deprecated, and what it adds to the
standard library (refusing DTDs and entities) is a check of two lines here. lxml itself has the rest
as switches of one parser: no network, no DTD, no entity, no huge tree (so that libxml2's own limits
on depth, on names and on text hold). It gives line numbers, which the standard library's tree does
not, and it is three times as fast.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol, TypeAlias, overload

from ..errors import LoadError, MissingExtra, Position, excerpt

__all__ = [
    "MAX_BYTES",
    "NOT_XML",
    "Element",
    "Source",
    "clean",
    "local",
    "parse_strictly",
    "plain",
    "read_bytes",
    "refuse",
]


class Element(Protocol):
    """The part of lxml's elements that is used here: lxml has no public name for them."""

    tag: str
    text: str | None
    tail: str | None
    sourceline: int | None

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Element]: ...
    @overload
    def __getitem__(self, index: int, /) -> Element: ...
    @overload
    def __getitem__(self, index: slice, /) -> list[Element]: ...
    @overload
    def get(self, key: str) -> str | None: ...
    @overload
    def get(self, key: str, default: str) -> str: ...
    def items(self) -> list[tuple[str, str]]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def iterchildren(self, *tags: str) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def getnext(self) -> Element | None: ...
    def getprevious(self) -> Element | None: ...
    def getparent(self) -> Element | None: ...
    def iterancestors(self) -> Iterator[Element]: ...
    def getroottree(self) -> Any: ...
    def clear(self, keep_tail: bool = False) -> None: ...


Source: TypeAlias = "str | os.PathLike[str] | bytes"
"""A path, or the bytes themselves."""

#: The code of the problem of what is not well-formed.
NOT_XML: Final = "not-xml"
#: The largest official file of Akoma Ntoso has 1.5 MB.
MAX_BYTES = 50_000_000


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def clean(text: str) -> str:
    r"""*text* with any run of white space as one space.

    Most paragraphs have nothing to mend but a hard space or a tab between words: to look for these
    and to replace them is faster than to split and join.

    Examples:
        >>> clean("\t17\xa0December  2025\n")
        '17 December 2025'
    """
    text = text.strip()
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    if "\t" in text:
        text = text.replace("\t", " ")
    if "  " in text or "\n" in text or "\u202f" in text or "\u3000" in text:
        return " ".join(text.split())
    return text


def plain(element: Element) -> str:
    """The whole text of an element, single-spaced."""
    return clean("".join(element.itertext()) if len(element) else element.text or "")


def refuse(
    code: str,
    message: str,
    name: str,
    line: int | None = None,
    column: int | None = None,
    hint: str = "",
) -> NoReturn:
    """Raise a LoadError with one problem."""
    raise LoadError.of(Position(name, line, column), code, message, hint) from None


def read_bytes(source: Source) -> tuple[str, bytes]:
    """The name to call a source by, and its bytes."""
    if isinstance(source, bytes):
        name, data = "<data>", source
    else:
        path = Path(source)
        name = str(path)
        try:
            with path.open("rb") as stream:
                size = os.fstat(stream.fileno()).st_size
                # What has no size of its own, such as a pipe, is read up to the limit.
                data = stream.read() if 0 < size <= MAX_BYTES else stream.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            reason = getattr(error, "strerror", None) or str(error)
            refuse("unreadable", f"cannot be read: {reason}", excerpt(name, 300).strip("'"))
    if len(data) > MAX_BYTES:
        refuse("too-large", f"is larger than {MAX_BYTES // 1_000_000} MB", name)
    return name, data


@functools.cache
def _parser(extra: str) -> tuple[Any, Any]:
    """lxml, and a parser of it that is made once.

    Args:
        extra: The extra that brings lxml to who asks.

    Raises:
        MissingExtra: It is not installed.
    """
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtra(extra, "lxml") from None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=False,
    )
    return etree, parser


def parse_strictly(name: str, data: bytes, extra: str) -> Element:
    """The root of an XML file.

    Raises:
        LoadError: It is not well-formed, is nested too deep, or has a document type declaration.
        MissingExtra: lxml is not installed.
    """
    etree, parser = _parser(extra)
    # Where it usually stands it is seen before anything is parsed; null bytes are UTF-16's.
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b""):
        _refuse_dtd(name)
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.LxmlError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (None, None))
        told = getattr(error, "msg", None) or str(error) or "no element"
        message = f"is not well-formed XML: {excerpt(told, 200)}"
        refuse(NOT_XML, message, name, line or None, column or None)
    # A declaration may stand behind a long comment, or in an encoding that hides it.
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse_dtd(name)
    return root


def _refuse_dtd(name: str) -> NoReturn:
    """Raise for a file that declares a document type."""
    refuse(
        "dtd",
        "declares a document type, which can define entities and lead to other files",
        name,
        hint="remove the DOCTYPE",
    )
