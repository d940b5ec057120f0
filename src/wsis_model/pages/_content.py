"""What a page is made of, before it is known whether it becomes HTML or Markdown."""

from __future__ import annotations

import attrs

from ..model import Translations
from ..pictures import Picture
from ..pictures._labels import clean

ROWS = 200


@attrs.frozen
class Link:
    """Words that lead to an address."""

    text: str
    url: str


@attrs.frozen
class Code:
    """An identifier, a field or a call: as it is typed."""

    text: str


@attrs.frozen
class Strong:
    """Words that matter more than those around them."""

    text: str


@attrs.frozen
class Foreign:
    """Words in another language than the page's."""

    text: str
    language: str


Words = str | Link | Code | Strong | Foreign
Line = tuple[Words, ...]


@attrs.frozen
class Paragraph:
    """A paragraph; *notice* sets it off from the rest."""

    line: Line
    notice: bool = False


@attrs.frozen
class Heading:
    """A heading inside a section."""

    text: str


@attrs.frozen
class Facts:
    """What is known of something: names and what stands for them."""

    pairs: tuple[tuple[str, Line], ...]


@attrs.frozen
class Bullets:
    """A list."""

    lines: tuple[Line, ...]
    more: str = ""
    """What is said of those that are left out; may be empty."""


@attrs.frozen
class Grid:
    """A table: the first cell of each row names it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    more: str = ""
    """What is said of the rows that are left out; may be empty."""
    numbers: tuple[str, ...] = ()
    """The heads of the columns that hold numbers, which stand below each other by their last
    digits.
    """


@attrs.frozen
class Figure:
    """A picture."""

    picture: Picture
    told: Line = ()
    """Where the page tells the same without it; empty where it does not."""


@attrs.frozen
class Fold:
    """What can be folded away under a line; *shown* tells whether it begins unfolded."""

    line: Line
    blocks: tuple[Block, ...]
    shown: bool = False


Block = Paragraph | Heading | Facts | Bullets | Grid | Figure | Fold


@attrs.frozen
class Section:
    """A part of a page."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def shown_in(text: Translations) -> str:
    """The language in which a text is shown: English or, where there is none, one that it has."""
    return "en" if "en" in text else next(iter(text), "en")


def said(text: Translations) -> Words:
    """A text in English or, where there is none, in a language that it has."""
    language = shown_in(text)
    return clean(text.pick()) if language == "en" else Foreign(clean(text[language]), language)


def linked(text: str, url: str | None) -> Words:
    """Words that lead to an address on the web; those alone, where the address is of another kind."""
    return (
        Link(clean(text), url)
        if url is not None and url.lower().startswith(("https://", "http://"))
        else clean(text)
    )


def joined(parts: list[Line] | tuple[Line, ...], between: str = ", ") -> Line:
    """Lines as one line."""
    found: list[Words] = []
    for number, part in enumerate(parts):
        found += [between, *part] if number else part
    return tuple(found)


def grid(
    caption: str,
    heads: tuple[str, ...],
    rows: list[tuple[Line, ...]],
    call: str,
    numbers: tuple[str, ...] = (),
) -> Grid:
    """A table, cut where it would be too long to read; *call* gets all of it."""
    return Grid(caption, heads, tuple(rows[:ROWS]), left_out(len(rows), call), numbers)


def left_out(count: int, call: str) -> str:
    """What is said where something was cut."""
    if count <= ROWS:
        return ""
    return (
        f"The first {ROWS} of {count:,} are listed here; {count - ROWS:,} are left out. All of "
        f"them: {call}"
    )
