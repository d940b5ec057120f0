"""A line of a document, and what a line may be."""

from __future__ import annotations

import attrs

from .numbers import Label

__all__ = [
    "HEADING",
    "ITEM_LINE",
    "Line",
    "CONTINUATION",
    "NoteText",
    "OPENING",
    "PARAGRAPH",
    "RECITAL",
    "TABLE",
]

OPENING = "opening"
"""The enacting formula."""
RECITAL = "recital"
"""A paragraph of a preamble."""
PARAGRAPH = "paragraph"
"""A paragraph of the body, numbered or not."""
ITEM_LINE = "item"
"""A lettered item."""
CONTINUATION = "more"
"""A further block of the paragraph or item before it."""
HEADING = "heading"
"""A heading."""
TABLE = "table"
"""A table."""
COMMAS = (",", "，", "،")


@attrs.define(eq=False)
class NoteText:
    """A note at its mark: the text and what it links to."""

    mark: str
    text: str
    links: list[tuple[str, str]]


class Line:
    """One paragraph, item, heading or table, before it is known what it is to the document."""

    notes: tuple[NoteText, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    rank: int = 0
    """Of a heading, how high it stands: the lower, the higher."""
    lead: bool = False
    """Whether it starts with emphasised words, as preambular and operative paragraphs do."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, its cells."""

    def __init__(
        self, kind: str, label: Label | None, text: str, level: int = 0, rank: int = 0
    ) -> None:
        self.kind = kind
        self.label = label
        self.text = text
        self.level = level
        """Of an item, how deep its element says it is, from 1; 0 where its number has to tell."""
        if rank:
            self.rank = rank

    @property
    def recital(self) -> bool:
        """Whether it reads like a preambular paragraph, wherever it stands: emphasised words first,
        a comma last.
        """
        return self.kind == RECITAL or (
            self.kind == PARAGRAPH
            and self.lead
            and self.label is None
            and self.text.endswith(COMMAS)
        )
