"""The elements of a file of IATI: made with the standard library, and only ever written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

import attrs

from .wire import address, clean

__all__ = ["Texts", "Tree", "add", "listed", "number"]

#: What a link leads to, by the end of its address; a page where that does not tell.
_PAGE = "text/html"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_FORMATS = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".json": "application/json",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
#: `DocumentCategory`: results, outcomes and outputs.
_RESULTS = "A08"
Texts = Mapping[str, str] | str
"""Texts by language; a text alone is in the language of the file."""


def add(parent: Element, name: str, attributes: Mapping[str, str | None] | None = None) -> Element:
    """A new element, with the attributes that have a value."""
    given = {key: value for key, value in (attributes or {}).items() if value is not None}
    return SubElement(parent, name, given)


@attrs.frozen
class Tree:
    """Adds what stands in many places of a file in one language."""

    language: str
    """The language of narratives that do not name theirs."""

    def narratives(self, parent: Element, texts: Texts) -> None:
        """A narrative for each language, that of the file first."""
        told = {self.language: clean(texts)} if isinstance(texts, str) else dict(texts)
        for language in sorted(told, key=lambda each: (each != self.language, each)):
            other = None if language == self.language else language
            add(parent, "narrative", {"xml:lang": other}).text = told[language]

    def told(
        self,
        parent: Element,
        name: str,
        texts: Texts,
        attributes: Mapping[str, str | None] | None = None,
    ) -> Element:
        """An element that holds narratives."""
        made = add(parent, name, attributes)
        self.narratives(made, texts)
        return made

    def comment(self, parent: Element, text: str | None) -> None:
        """A remark, where there is one."""
        if text is not None and clean(text):
            self.told(parent, "comment", text)

    def document(
        self, parent: Element, url: str | None, title: str, date: object, note: str | None = None
    ) -> None:
        """A link to a document; nothing where it has no address, which IATI demands."""
        url = address(url)
        if url is None:
            return
        link = add(parent, "document-link", {"url": url, "format": _format_of(url)})
        self.told(link, "title", clean(title) or url)
        if note is not None and clean(note):
            self.told(link, "description", note)
        add(link, "category", {"code": _RESULTS})
        if date is not None:
            add(link, "document-date", {"iso-date": str(date)})


def listed(identifiers: Iterable[str]) -> str | None:
    """Identifiers as the value of an attribute; None for none."""
    return " ".join(identifiers) or None


def number(value: Decimal) -> str:
    """A number without an exponent, which `xsd:decimal` does not know.

    Examples:
        >>> number(Decimal("1E+3")), number(Decimal("-0.50"))
        ('1000', '-0.50')
    """
    return format(value, "f")


def _format_of(url: str) -> str:
    try:
        path = PurePosixPath(urlsplit(url).path)
    except ValueError:
        return _PAGE
    return _FORMATS.get(path.suffix.lower(), _PAGE)
