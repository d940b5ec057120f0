"""A file of records."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from .actors import Entity, StakeholderGroup
from .concepts import Vocabulary
from .documents import Document
from .record import Record
from .roadmaps import Roadmap
from .when import Session

__all__ = ["File"]


def _as_text(version: Any) -> Any:
    """JSON written like YAML says `1`."""
    return str(version) if type(version) is int else version


class File(Record):
    """A file of records. Every key may be absent; a file that has none of them is empty, and that
    is a problem.
    """

    wsis_model: Annotated[Literal["1"], BeforeValidator(_as_text)] = "1"
    """Version of the file format: `"1"`."""
    documents: tuple[Document, ...] = ()
    """Outcome documents, resolutions, annexes."""
    vocabularies: tuple[Vocabulary, ...] = ()
    """Action Lines, SDG targets, verbs, themes."""
    groups: tuple[StakeholderGroup, ...] = ()
    """Stakeholder groups."""
    entities: tuple[Entity, ...] = ()
    """Organisations, bodies, mechanisms, forums."""
    sessions: tuple[Session, ...] = ()
    """Sessions and meetings."""
    roadmaps: tuple[Roadmap, ...] = ()
    """Implementation road maps."""
