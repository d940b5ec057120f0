"""What reading a foreign file gives: documents, and every piece of text that found no place in
them.
"""

from __future__ import annotations

import warnings

import attrs

from ..errors import Position, excerpt
from ..model import Document

__all__ = [
    "LeftOut",
    "MoreInFile",
    "NotTaken",
    "Reading",
    "Repair",
    "RepairedFile",
    "document_of",
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
    """A fault of a file that was mended so that it could be read: told, as the mend may be another
    than its author's.
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


@attrs.frozen
class Reading:
    """What a reader made of a file."""

    documents: tuple[Document, ...]
    """The document, then its annexes and parts, each a document of its own."""
    left_out: tuple[LeftOut, ...] = ()
    """What found no place in them, in the order of the file."""
    repairs: tuple[Repair, ...] = ()
    """What of the file was not as its format wants it and was mended, in the order of the file."""
    not_taken: tuple[NotTaken, ...] = ()
    """Parts of the metadata for which records have no field, in the order of the file."""

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.documents[0]


class MoreInFile(UserWarning):
    """One document was asked for, and there is more in the file: annexes or parts, or text that
    found no place.
    """

    def __init__(
        self, document: str, others: tuple[str, ...] = (), left_out: tuple[LeftOut, ...] = ()
    ) -> None:
        super().__init__(document, others, left_out)
        self.document = document
        """Identifier of the document that was asked for."""
        self.others = others
        """Identifiers of the other documents."""
        self.left_out = left_out
        """What found no place in any of them."""

    def __str__(self) -> str:
        more = ", ".join(self.others[:3]) + ", ..." * (len(self.others) > 3)
        documents = f"{len(self.others)} more document(s) ({more})" if self.others else ""
        pieces = f"{len(self.left_out)} piece(s) without a place" if self.left_out else ""
        said = " and ".join(filter(None, (documents, pieces)))
        return f"only {self.document} was asked for; the file has {said}"


class RepairedFile(UserWarning):
    """A file was not as its format wants it, and was read after repairs."""

    def __init__(self, repairs: tuple[Repair, ...]) -> None:
        super().__init__(repairs)
        self.repairs = repairs
        """What was repaired, in the order of the file."""

    def __str__(self) -> str:
        said = "; ".join(map(str, self.repairs[:3]))
        return f"{said}; and {len(self.repairs) - 3} more" if len(self.repairs) > 3 else said


def document_of(
    documents: tuple[Document, ...], left_out: tuple[LeftOut, ...], repairs: tuple[Repair, ...]
) -> Document:
    """The first of the documents of a file; warnings tell what else there is, and what was
    repaired.
    """
    first, *others = documents
    if others or left_out:
        names = tuple(each.id for each in others)
        warnings.warn(MoreInFile(first.id, names, left_out), stacklevel=3)
    if repairs:
        warnings.warn(RepairedFile(repairs), stacklevel=3)
    return first
