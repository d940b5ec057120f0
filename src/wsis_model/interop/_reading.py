"""What reading a foreign file gives: documents, and every piece of text that found no place in them."""

from __future__ import annotations

import attrs

from ..errors import Position
from ..model import Document

__all__ = ["LeftOut", "Reading"]


@attrs.frozen
class LeftOut:
    """A piece of a file that has no place in our records: reported, never silently lost."""

    position: Position
    """Where it stands."""
    text: str
    """The text, or what stands there when it is no text (`"image"`)."""
    reason: str
    """Why it was left out, e.g. `"running head"`."""


@attrs.frozen
class Reading:
    """What a reader made of a file."""

    documents: tuple[Document, ...]
    """The document, then its annexes and parts, each a document of its own."""
    left_out: tuple[LeftOut, ...] = ()
    """What found no place in them, in the order of the file."""

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.documents[0]
