"""What reading a foreign file gives: documents, and every piece of text that found no place in
them.
"""

from __future__ import annotations

from typing import Protocol

import attrs

from ..corpus import TopRecord
from ..errors import Position, excerpt
from ..model import Document

__all__ = [
    "Known",
    "LeftOut",
    "NotTaken",
    "Reading",
    "Repair",
    "RepairedFile",
]


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
class Repair:
    """A fault of a file that was mended so that it could be read: reported, as its author may have
    meant something else.
    """

    code: str
    """What kind of fault, e.g. `"stray-end-tag"`; listed in the guide on official text."""
    position: Position
    """Where it stands."""
    found: str
    """What stands there, e.g. `"</alinea>"`."""
    done: str
    """What was done about it, e.g. `"left out"`."""

    def __str__(self) -> str:
        return f"{self.position}: {excerpt(self.found)} was {self.done} [{self.code}]"


@attrs.frozen
class NotTaken:
    """A part of the metadata of a file for which records have no field."""

    element: str
    """Its name, e.g. `"lifecycle"`."""
    count: int
    """How often the file has it."""
    words: int
    """How many words of text stand in it; what attributes say is not counted."""
    position: Position
    """Where it stands first."""


class Known(Protocol):
    """What any reader of a foreign file gives."""

    @property
    def records(self) -> tuple[TopRecord, ...]:
        """The records that it made, none of them nested in another."""
        ...

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Faults of the file that were mended, in the order of the file."""
        ...


@attrs.frozen
class Reading:
    """What a reader has made of a file."""

    documents: tuple[Document, ...]
    """The document, then its annexes and parts, each a document of its own."""
    left_out: tuple[LeftOut, ...] = ()
    """What found no place in them, in the order of the file."""
    repairs: tuple[Repair, ...] = ()
    """Faults of the file that were mended, in the order of the file."""
    not_taken: tuple[NotTaken, ...] = ()
    """Parts of the metadata for which records have no field, in the order of the file."""

    @property
    def records(self) -> tuple[TopRecord, ...]:
        """The documents, as any reader gives its records."""
        return self.documents

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.documents[0]

    @property
    def annexes(self) -> tuple[Document, ...]:
        """Its annexes and parts, each a document of its own."""
        return self.documents[1:]


class RepairedFile(UserWarning):
    """A file broke the rules of its format, and was read after repairs."""

    def __init__(self, repairs: tuple[Repair, ...]) -> None:
        super().__init__(repairs)
        self.repairs = repairs
        """What was repaired, in the order of the file."""

    def __str__(self) -> str:
        more = f"; and {len(self.repairs) - 3} more" if len(self.repairs) > 3 else ""
        return "; ".join(map(str, self.repairs[:3])) + more
