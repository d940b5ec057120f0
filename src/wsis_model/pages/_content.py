"""The parts of a page, before they are written as HTML or Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..model import Translations
from ..pictures import Picture
from ..pictures._labels import clean

ROWS = 200


@attrs.frozen
class Link:
    """Words with a link."""

    text: str
    url: str


@attrs.frozen
class Code:
    """An identifier, a field or a call, as in a program."""

    text: str


@attrs.frozen
class Strong:
    """Words in bold."""

    text: str


@attrs.frozen
class Foreign:
    """Words that are not in the language of the page."""

    text: str
    language: str


Words = str | Link | Code | Strong | Foreign
Line = tuple[Words, ...]


@attrs.frozen
class Paragraph:
    """A paragraph; a *notice* is set apart from the rest."""

    line: Line
    notice: bool = False


@attrs.frozen
class Heading:
    """A heading inside a section."""

    text: str


@attrs.frozen
class Facts:
    """Names with values."""

    pairs: tuple[tuple[str, Line], ...]


@attrs.frozen
class Bullets:
    """A list."""

    lines: tuple[Line, ...]
    more: str = ""
    """The sentence on items that are left out; may be empty."""
    signs: bool = False
    """Whether each line begins with a sign of its own, which stands for the bullet."""


@attrs.frozen
class Grid:
    """A table; the first cell of each row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    more: str = ""
    """The sentence on rows that are left out; may be empty."""
    numbers: tuple[str, ...] = ()
    """The headings of the columns that hold numbers, which are aligned to the right."""


@attrs.frozen
class Figure:
    """A picture."""

    picture: Picture
    elsewhere: Line = ()
    """Where the page says the same in words; empty if it does not."""


@attrs.frozen
class Fold:
    """Blocks that can be folded under a line; if *shown*, they are unfolded at first."""

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


def at_first_sight(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections without what is folded away; those of which nothing is left are left out."""
    kept = (
        attrs.evolve(
            each,
            blocks=tuple(
                block for block in each.blocks if not isinstance(block, Fold) or block.shown
            ),
        )
        for each in sections
    )
    return tuple(each for each in kept if each.blocks)


def language_shown(text: Translations) -> str:
    """The language in which a text is shown: English, or one that it has."""
    return "en" if "en" in text else next(iter(text), "en")


def in_page(text: Translations) -> Words:
    """A text in English, or in a language that it has."""
    language = language_shown(text)
    return clean(text.pick()) if language == "en" else Foreign(clean(text[language]), language)


def linked(text: str, url: str | None) -> Words:
    """Words with a link, if the address is one of the web."""
    is_web = url is not None and url.lower().startswith(("https://", "http://"))
    return Link(clean(text), url) if url is not None and is_web else clean(text)


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
    """A table, cut if it is too long to read; *call* gets all of it in Python."""
    return Grid(caption, heads, tuple(rows[:ROWS]), left_out(len(rows), call), numbers)


def left_out(count: int, call: str) -> str:
    """The sentence on a list that was cut; empty if it was not."""
    if count <= ROWS:
        return ""
    return (
        f"The first {ROWS} of {count:,} are listed here; {count - ROWS:,} are left out. All of "
        f"them: {call}"
    )
