"""Headings and openings of a document in a PDF, told apart from its other text, and their ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from ._pdf_layout import Block, Layout, Table
from ._pdf_pages import joined
from ._wording import annex_of, front_fact, is_opening

__all__ = [
    "Apart",
    "CLOSED",
    "COMMA",
    "ITEM",
    "Level",
    "NUMBER",
    "RECITAL",
    "apart",
    "masthead_texts",
    "plain",
    "rank_of",
]

NUMBER = re.compile(r"(\d{1,4}(?:\s(?:bis|ter|quater))?)\.\s+(?=\S)|(\d{1,4})\s?[-–]\s+(?=\S)")


ITEM = re.compile(r"(?:\(([^\W\d_]{1,5}|\d{1,2})\)\s*|([^\W\d_]{1,4}|\d{1,2})\)\s+)(?=\S)")


CLOSED = re.compile(r"[.;:,!?。；：，][”’\"»)]*(?:\s+(?:and|or|et|ou|y|o))?$")


COMMA = re.compile(r"[,،，、][”’\"»)]*(?:\s+(?:and|et|y))?$")


#: How preambular paragraphs begin that end in a colon, before items.
RECITAL = re.compile(
    r"(?:\w+ly )?(?:\w+ing|Guided|Convinced|Mindful|Aware|Alarmed|Concerned|Conscious|Determined|Encouraged|Inspired|Cognizant|Desirous)\b"
)


#: Headings by how they are numbered, the highest first; below them come those that are bold and
#: count ("Objective 1."), then italic ones.
_ROMAN_HEADING, _LETTER_HEADING = re.compile(r"[IVXLC]{1,6}\.\s"), re.compile(r"[A-Z]\.\s")


_COUNTED_HEADING = re.compile(r"[^\W\d_]+ \d{1,3}[.:]\s?[^\W\d_]")


def masthead_texts(layout: Layout) -> Iterator[tuple[str, bool]]:
    """What stands in the masthead, and whether it is bold: bold lines on end are one text."""
    held = ""
    for line in layout.front:
        cells = line.cells()
        if line.bold and len(cells) == 1 and not front_fact(line.text):
            held = joined(held, line.text)
            continue
        if held:
            yield held, True
            held = ""
        for cell in cells:
            yield cell, line.bold
    if held:
        yield held, True


@attrs.define(eq=False)
class Apart:
    """The blocks of one document of the file."""

    name: str = ""
    """What its heading calls it, e.g. `"Annex I"`."""
    title: str = ""
    letter: str = ""
    """Of a part that is a resolution of its own, its letter."""
    blocks: list[Block | Table] = attrs.Factory(list[Block | Table])


def apart(blocks: Sequence[Block | Table], layout: Layout) -> list[Apart]:
    """The blocks of the document, of each part and of each annex, each of which a heading opens."""
    parts = [Apart()]
    for index, block in enumerate(blocks):
        opened = _opened(blocks, index)
        if opened is None:
            parts[-1].blocks.append(block)
        else:
            parts.append(opened)
    for part in parts[1:]:
        first = part.blocks[0] if part.blocks else None
        if isinstance(first, Block) and rank_of(first, layout) is not None:
            part.title = plain(first.text)
            second = part.blocks[1] if len(part.blocks) > 1 else None
            if (
                part.letter
                or not isinstance(second, Block)
                or rank_of(second, layout) is not None
                or is_opening(second.text)
            ):
                part.blocks[0] = attrs.evolve(
                    first, text=""
                )  # else paragraphs stand under it, and it is a section as well
    return parts


def _opened(blocks: Sequence[Block | Table], index: int) -> Apart | None:
    """The annex or part that a block opens by what it says."""
    block = blocks[index]
    if isinstance(block, Table) or not (block.bold or block.italic) or len(block.text) > 60:
        return None
    name = plain(block.text)
    if annex_of(name, "x", None, ()) is not None:
        return Apart(name)
    following = [each.text for each in blocks[index + 1 : index + 4] if isinstance(each, Block)]
    if re.fullmatch(r"[A-Z]", name) and any(is_opening(text) for text in following):
        return Apart(name, letter=name)
    return None


def plain(text: str) -> str:
    return text.rstrip("*†‡ ")


def rank_of(block: Block, layout: Layout) -> int | None:
    """How high a heading stands by how it is printed and numbered, 0 the highest; None where the
    block is no heading.
    """
    text = block.text
    if (
        not any(sign.isalnum() for sign in text)
        or text.endswith((",", ";"))
        or len(text) > 500
        or ITEM.match(text)
    ):
        return None
    if NUMBER.match(text) and (len(text) > 150 or CLOSED.search(text[-20:])):
        return None
    if not block.bold:
        aligned = block.left < layout.left + 3 * layout.size
        return (
            5
            if block.italic
            and aligned
            and len(text) < 200
            and not CLOSED.search(text[-20:])
            and not is_opening(text)
            else None
        )
    if block.size > 1.1 * layout.size:
        return 0
    for rank, pattern in ((1, _ROMAN_HEADING), (2, _LETTER_HEADING), (4, _COUNTED_HEADING)):
        if pattern.match(text):
            return rank
    return 3


@attrs.define(eq=False)
class Level:
    """Items that are open: the label of the last, and how far in it stands."""

    label: str
    left: float
