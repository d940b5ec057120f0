"""What things are called: vocabularies and the concepts in them, and the claim that something is
about a concept.
"""

from __future__ import annotations

from enum import Enum

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

    concept: AlignedId
    """What it is about: a concept (`"sdg/9.c"`, `"action-lines/c2"`, `"themes/igf"`) or a Compact
    commitment (`"gdc/11-a"`).
    """
    basis: Basis
    """On what ground, e.g. `"editorial"`."""
    note: Text | None = None
    """Why, in a few words, e.g. `"names least developed countries and affordability"`."""
    source: Source | None = None
    """Where the claim was read, when not in the document itself."""


class Concept(Record):
    """One entry of a vocabulary: an Action Line, an SDG target, an operative verb, a theme."""

    id: Identifier
    """Its name here, e.g. `"sdg/9.c"`."""
    label: Label
    """A short label, e.g. `{"en": "e-health"}`."""
    code: Text | None = None
    """The official code as printed, e.g. `"9.c"`; a name, never a number."""
    definition: Text | None = None
    """What it means, in our own words."""
    parent: ConceptId | None = None
    """The wider concept, e.g. `"sdg/9"`."""
    iri: Iri | None = None
    """Its official IRI, e.g. `"http://metadata.un.org/sdg/9.c"`."""
    exact_matches: tuple[Iri, ...] = ()
    """The same concept in other vocabularies, e.g. `["http://metadata.un.org/thesaurus/1002782"]`.
    """
    aliases: tuple[Text, ...] = ()
    """Other ways in which it is written, e.g. `["calls upon", "calling upon"]`; for indicators the
    UNSD code.
    """
    rank: int | None = None
    """Place where order matters; for verbs the force, `1` the weakest."""
    status: ConceptStatus = ConceptStatus.CURRENT
    """Whether it may still be used, e.g. `"retired"`."""
    replaced_by: ConceptId | None = None
    """What took the place of a retired concept, e.g. `"sdg/4.2.1"`."""
    alignments: tuple[Alignment, ...] = ()
    """What it corresponds to elsewhere, e.g. an Action Line's SDG targets by the official matrix.
    """


class Vocabulary(Record):
    """A dated list of concepts with its source: a code list, a thesaurus, a set of Action Lines."""

    id: Identifier
    """Its name here, e.g. `"sdg"`."""
    title: Label
    """What it is called, e.g. `{"en": "WSIS Action Lines"}`."""
    edition: Text | None = None
    """Which edition, e.g. `"after the 2025 comprehensive review"`."""
    source: Source | None = None
    """Where it comes from."""
    concepts: tuple[Concept, ...] = ()
    """Its entries, in the order of the source."""
