"""Vocabularies, the concepts in them, and alignments: claims that something is about a concept."""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from .identifiers import AlignedId, ConceptId, Identifier
from .record import Iri, Record, Text
from .text import Basis, Label, Source

__all__ = ["Alignment", "Concept", "ConceptStatus", "Vocabulary"]


class ConceptStatus(str, Enum):
    """Whether a concept may still be used."""

    CURRENT = "current"
    RETIRED = "retired"
    """Kept so that old records still lead somewhere; not to be used in new ones."""


class Alignment(Record):
    """The claim that something is about a concept, and on what ground it is made.

    A Sustainable Development Goal *target* is never inferred from a goal.
    """

    concept: AlignedId = Field(examples=["sdg/9.c", "action-lines/c2", "themes/igf", "gdc/11-a"])
    """What it is about: a concept, or a commitment of the Compact."""
    basis: Basis = Field(examples=["editorial"])
    """The ground of the claim."""
    note: Text | None = Field(
        default=None, examples=["names least developed countries and affordability"]
    )
    """Why, in a few words."""
    source: Source | None = None
    """Where the claim was read, when not in the document itself."""


class Concept(Record):
    """One entry of a vocabulary: an Action Line, an SDG target, an operative verb, a theme."""

    id: Identifier = Field(examples=["sdg/9.c"])
    """Its identifier."""
    label: Label = Field(examples=[{"en": "e-health"}])
    """A short label."""
    code: Text | None = Field(default=None, examples=["9.c"])
    """The official code as printed; a name, never a number."""
    definition: Text | None = None
    """What it means, in our own words."""
    parent: ConceptId | None = Field(default=None, examples=["sdg/9"])
    """The wider concept."""
    iri: Iri | None = Field(default=None, examples=["http://metadata.un.org/sdg/9.c"])
    """Its official IRI."""
    exact_matches: tuple[Iri, ...] = Field(
        default=(), examples=[["http://metadata.un.org/thesaurus/1002782"]]
    )
    """The same concept in other vocabularies."""
    aliases: tuple[Text, ...] = Field(default=(), examples=[["calls upon", "calling upon"]])
    """Other ways in which it is written; for indicators the UNSD code."""
    rank: int | None = None
    """Place where order matters; for verbs the force, `1` the weakest."""
    status: ConceptStatus = Field(default=ConceptStatus.CURRENT, examples=["retired"])
    """Whether it may still be used."""
    replaced_by: ConceptId | None = Field(default=None, examples=["sdg/4.2.1"])
    """The concept that replaced a retired one."""
    alignments: tuple[Alignment, ...] = ()
    """What it corresponds to elsewhere, e.g. an Action Line's SDG targets by the official matrix.
    """


class Vocabulary(Record):
    """A dated list of concepts with its source: a code list, a thesaurus, a set of Action Lines."""

    id: Identifier = Field(examples=["sdg"])
    """Its identifier."""
    title: Label = Field(examples=[{"en": "WSIS Action Lines"}])
    """What it is called."""
    edition: Text | None = Field(default=None, examples=["after the 2025 comprehensive review"])
    """The edition."""
    source: Source | None = None
    """Where it comes from."""
    concepts: tuple[Concept, ...] = ()
    """Its entries, in the order of the source."""
