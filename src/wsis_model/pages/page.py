"""A page, to be written as HTML or Markdown."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import attrs

from ..errors import UnknownFormat
from ._content import Section, at_first_sight
from ._docx import docx_of
from ._html import html_of
from ._markdown import markdown_of
from ._printer import printed

__all__ = ["Page"]

SUFFIXES = ("html", "htm", "md", "markdown", "docx", "pdf")


@attrs.frozen
class Page:
    """A page as data, which `to_html`, `to_markdown`, `to_docx` and `to_pdf` write."""

    title: str
    """What it is about, e.g. `"Road map for Action Line C2"`."""
    lead: str
    """One line below the title: what the page is, and as of which day."""
    sections: tuple[Section, ...] = attrs.field(repr=False)
    """Its parts, in order."""
    language: str = "en"
    """The language of the title."""
    day: datetime.date | None = None
    """The day of the report; it stands in the properties of a Word document."""

    def to_html(self) -> str:
        """The page as one HTML file without scripts or requests, with style and pictures inside.

        Raises:
            MissingExtra: It has pictures, and `vl-convert-python` is not installed.
        """
        return html_of(self.title, self.lead, self.sections, self.language)

    def to_markdown(self) -> str:
        """The page as GitHub-flavoured Markdown, with the pictures in words where no table says the
        same.
        """
        return markdown_of(self.title, self.lead, self.sections)

    def to_docx(self, *, folded: bool = True) -> bytes:
        """The page as a Word document with styles, headings and alternative texts; the same page
        gives the same bytes.

        Args:
            folded: Whether what is folded away on the page is there too.

        Raises:
            MissingExtra: `python-docx` is not installed; or it has pictures, and
                `vl-convert-python` is not.
        """
        sections = self.sections if folded else at_first_sight(self.sections)
        return docx_of(self.title, self.lead, sections, self.language, self.day)

    def to_pdf(self) -> bytes:
        """The page as PDF without what is folded away, printed by Chromium, or else by LibreOffice
        from the Word document.

        Raises:
            MissingProgram: Neither is found, or it failed.
            MissingExtra: As in `to_html` and `to_docx`.
        """
        return printed(self.to_html, lambda: self.to_docx(folded=False))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page, in the format of the suffix: `.html`, `.md`, `.docx` or `.pdf`.

        Raises:
            UnknownFormat: The suffix is another one.
            MissingExtra: A package that the format needs is not installed.
            MissingProgram: It is PDF, and nothing that prints is found.
        """
        file = Path(path)
        suffix = file.suffix.lower().removeprefix(".")
        if suffix not in SUFFIXES:
            raise UnknownFormat(file.name, SUFFIXES)
        file.write_bytes(self._written(suffix))

    def _written(self, suffix: str) -> bytes:
        """The page in the format of a suffix."""
        if suffix == "docx":
            return self.to_docx()
        if suffix == "pdf":
            return self.to_pdf()
        text = self.to_html() if suffix.startswith("h") else self.to_markdown()
        return text.encode("utf-8")
