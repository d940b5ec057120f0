"""How much paper the parts of a page take, before they are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from .._width import width_of
from ._content import (
    Block,
    Bullets,
    Facts,
    Figure,
    Fold,
    Grid,
    Line,
    Paragraph,
    Section,
)

__all__ = ["PAGE", "lines_of", "shares_of"]

#: The lines on a page of A4, and the letters on a line, in running text and in a table.
PAGE, LETTERS, SMALL = 66, 114, 126
#: The letters of a word that may be broken, and those for which the margins of a cell have room.
LONG_WORD, MARGIN = 20, 4
#: The lines that a picture takes.
PICTURE = 24


def lines_of(sections: Iterable[Section]) -> float:
    """About how many lines sections take on paper; a page has `PAGE` of them."""
    return sum(2.2 + sum(map(_lines, section.blocks)) for section in sections)


def _lines(block: Block) -> float:
    match block:
        case Paragraph(line, notice):
            return _wrapped(line) + (0.7 if notice else 0.3)
        case Facts(pairs):
            return sum(_wrapped((name, *line)) + 0.15 for name, line in pairs)
        case Bullets(lines, more):
            return sum(_wrapped(line, LETTERS - 5) + 0.15 for line in lines) + bool(more) * 1.5
        case Grid():
            return _table(block)
        case Figure():
            return PICTURE
        case Fold(line, blocks):
            return 1.5 + _wrapped(line) + sum(map(_lines, blocks))
        case _:
            return 1.7


def _wrapped(line: Line, letters: float = LETTERS) -> int:
    return max(1, math.ceil(_letters(line) / letters))


def _letters(line: Line) -> int:
    return sum(width_of(words if isinstance(words, str) else words.text) for words in line)


def _table(grid: Grid) -> float:
    room = [max(SMALL * share - 2, 4) for share in shares_of(grid)]
    rows = (
        max(_wrapped(cell, letters) for cell, letters in zip(row, room, strict=True))
        for row in ((tuple((head,) for head in grid.heads)), *grid.rows)
    )
    return 1.6 + sum(0.88 * lines + 0.25 for lines in rows) + bool(grid.more) * 1.5


def shares_of(grid: Grid) -> Sequence[float]:
    """The share of the width that each column of a table deserves: by its cells, and so that only
    very long words are broken.
    """
    weights = [_weight(head, letters) for head, letters in _columns(grid)]
    shares = [weight / sum(weights) for weight in weights]
    least = [(_longest_word(grid, at) + MARGIN) / SMALL for at in range(len(grid.heads))]
    if sum(least) >= 1:
        return shares
    narrow = [share < needed for share, needed in zip(shares, least, strict=True)]
    taken = sum(needed for needed, is_narrow in zip(least, narrow, strict=True) if is_narrow)
    others = sum(share for share, is_narrow in zip(shares, narrow, strict=True) if not is_narrow)
    return [
        needed if is_narrow else share * (1 - taken) / others
        for share, needed, is_narrow in zip(shares, least, narrow, strict=True)
    ]


def _longest_word(grid: Grid, at: int) -> int:
    """The letters of the longest word in a column, which a no-break space does not end."""
    cells = [
        "".join(words if isinstance(words, str) else words.text for words in row[at])
        for row in grid.rows
    ]
    found = max(width_of(word) for cell in (grid.heads[at], *cells) for word in cell.split(" "))
    return min(found, LONG_WORD)


def _columns(grid: Grid) -> Iterator[tuple[str, list[int]]]:
    """The columns of a table: the heading, and how many letters each cell has."""
    for at, head in enumerate(grid.heads):
        yield head, [min(_letters(row[at]), 120) for row in grid.rows]


def _weight(head: str, letters: list[int]) -> float:
    mean = sum(letters) / max(len(letters), 1)
    return math.pow(max((max(letters, default=0) + mean) / 2, len(head) + 3, 10), 0.8)
