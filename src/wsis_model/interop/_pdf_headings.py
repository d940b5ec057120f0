"""Headings in a PDF with their ranks, and the parts and annexes that headings open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from ._pdf_layout import Block, Layout, Table
from ._pdf_pages import joined
from ._wording import annex_of, facts_of_line, is_opening

__all__ = [
    "CLOSED",
    "COMMA",
    "DocumentBlocks",
    "ITEM",
    "NUMBER",
    "RECITAL",
    "documents_in",
    "masthead_texts",
    "rank_of",
    "without_stars",
]

NUMBER = re.compile(r"(\d{1,4}(?:\s(?:bis|ter|quater))?)\.\s+(?=\S)|(\d{1,4})\s?[-–]\s+(?=\S)")
ITEM = re.compile(r"(?:\(([^\W\d_]{1,5}|\d{1,2})\)\s*|([^\W\d_]{1,4}|\d{1,2})\)\s+)(?=\S)")
CLOSED = re.compile(r"[.;:,!?。；：，][”’\"»)]*(?:\s+(?:and|or|et|ou|y|o))?$")
COMMA = re.compile(r"[,،，、][”’\"»)]*(?:\s+(?:and|et|y))?$")
#: How preambular paragraphs begin that end in a colon, before items.
RECITAL = re.compile(
    r"(?:\w+ly )?(?:\w+ing|Guided|Convinced|Mindful|Aware|Alarmed|Concerned|Conscious|Determined"
    r"|Encouraged|Inspired|Cognizant|Desirous)\b"
)
#: Headings by how they are numbered, the highest first; below them come those that are bold and
#: count ("Objective 1."), then italic ones.
_ROMAN_HEADING, _LETTER_HEADING = re.compile(r"[IVXLC]{1,6}\.\s"), re.compile(r"[A-Z]\.\s")
_COUNTED_HEADING = re.compile(r"[^\W\d_]+ \d{1,3}[.:]\s?[^\W\d_]")


def masthead_texts(layout: Layout) -> Iterator[tuple[str, bool]]:
    """The texts of the masthead, and whether each is bold; consecutive bold lines are one text."""
    bold_text = ""
    for line in layout.front:
        cells = line.cells()
        if line.bold and len(cells) == 1 and not facts_of_line(line.text):
            bold_text = joined(bold_text, line.text)
            continue
        if bold_text:
            yield bold_text, True
            bold_text = ""
        for cell in cells:
            yield cell, line.bold
    if bold_text:
        yield bold_text, True


@attrs.define(eq=False)
class DocumentBlocks:
    """The blocks of one document of the file."""

    name: str = ""
    """What its heading calls it, e.g. `"Annex I"`."""
    title: str = ""
    letter: str = ""
    """Of a part that is a resolution of its own, its letter."""
    blocks: list[Block | Table] = attrs.Factory(list[Block | Table])


def documents_in(blocks: Sequence[Block | Table], layout: Layout) -> list[DocumentBlocks]:
    """The blocks of the document itself, then those of each part and annex."""
    parts = [DocumentBlocks()]
    for index, block in enumerate(blocks):
        begun = _begun_by(blocks, index)
        if begun is None:
            parts[-1].blocks.append(block)
        else:
            parts.append(begun)
    for part in parts[1:]:
        first = part.blocks[0] if part.blocks else None
        if isinstance(first, Block) and rank_of(first, layout) is not None:
            part.title = without_stars(first.text)
            second = part.blocks[1] if len(part.blocks) > 1 else None
            if (
                part.letter
                or not isinstance(second, Block)
                or rank_of(second, layout) is not None
                or is_opening(second.text)
            ):
                # Else paragraphs stand under it, and it is a section as well.
                part.blocks[0] = attrs.evolve(first, text="")
    return parts


def _begun_by(blocks: Sequence[Block | Table], index: int) -> DocumentBlocks | None:
    """The annex or part that a block opens; None where it opens none."""
    block = blocks[index]
    if isinstance(block, Table) or not (block.bold or block.italic) or len(block.text) > 60:
        return None
    name = without_stars(block.text)
    if annex_of(name, "x", None, ()) is not None:
        return DocumentBlocks(name)
    following = [each.text for each in blocks[index + 1 : index + 4] if isinstance(each, Block)]
    if re.fullmatch(r"[A-Z]", name) and any(is_opening(text) for text in following):
        return DocumentBlocks(name, letter=name)
    return None


def without_stars(text: str) -> str:
    return text.rstrip("*†‡ ")


def rank_of(block: Block, layout: Layout) -> int | None:
    """The rank of a heading by its face and its number, 0 the highest; None where the block is no
    heading.
    """
    text = block.text
    if (
        not any(sign.isalnum() for sign in text)
        or text.endswith((",", ";"))
        or len(text) > 500
        or ITEM.match(text)
    ):
        return None
    closed = CLOSED.search(text[-20:]) is not None
    if NUMBER.match(text) and (len(text) > 150 or closed):
        return None
    if not block.bold:
        aligned = block.left < layout.left + 3 * layout.size
        short = len(text) < 200 and not closed and not is_opening(text)
        return 5 if block.italic and aligned and short else None
    if block.size > 1.1 * layout.size:
        return 0
    for rank, pattern in ((1, _ROMAN_HEADING), (2, _LETTER_HEADING), (4, _COUNTED_HEADING)):
        if pattern.match(text):
            return rank
    return 3
