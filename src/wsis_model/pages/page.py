"""A page, to be written as HTML or Markdown."""

from __future__ import annotations

import os
from pathlib import Path

import attrs

from ..errors import UnknownFormat
from ._content import Section
from ._html import html_of
from ._markdown import markdown_of

__all__ = ["Page"]

SUFFIXES = ("html", "htm", "md", "markdown")


@attrs.frozen
class Page:
    """A page as data, which `to_html` and `to_markdown` write."""

    title: str
    """What it is about, e.g. `"Road map for Action Line C2"`."""
    lead: str
    """One line below the title: what the page is, and as of which day."""
    sections: tuple[Section, ...] = attrs.field(repr=False)
    """Its parts, in order."""
    language: str = "en"
    """The language of the title."""

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

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page, in the format of the suffix: `.html` or `.md`.

        Raises:
            UnknownFormat: The suffix is another one.
            MissingExtra: It is HTML with pictures, and `vl-convert-python` is not installed.
        """
        file = Path(path)
        suffix = file.suffix.lower().removeprefix(".")
        if suffix not in SUFFIXES:
            raise UnknownFormat(file.name, SUFFIXES)
        text = self.to_html() if suffix.startswith("h") else self.to_markdown()
        file.write_text(text, encoding="utf-8", newline="\n")
