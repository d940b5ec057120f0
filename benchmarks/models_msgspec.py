"""The records of the synthetic corpus as msgspec structs: the same fields, the same patterns, the
same enumerations.

The yardstick of what a fast library does with these bytes. It checks less: a date is a date, but
nothing reads a plain string as English, no record has extensions, and no key that stands twice is
noticed.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from wsis_model.model.actors import RoleKind
from wsis_model.model.concepts import ConceptStatus
from wsis_model.model.documents import MandateKind, Part
from wsis_model.model.identifiers import PATTERN
from wsis_model.model.text import LANGUAGE_TAG, Basis, Certainty
from wsis_model.model.when import Recurrence

__all__ = ["File"]

Id = Annotated[str, Meta(pattern=PATTERN, max_length=200)]
Text = Annotated[str, Meta(min_length=1)]
Iri = Annotated[str, Meta(pattern=r"^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+$", max_length=2000)]
Year = Annotated[int, Meta(ge=1850, le=2200)]
Tag = Annotated[str, Meta(pattern=LANGUAGE_TAG)]
Translations = dict[Tag, Text]
Label = Annotated[dict[Tag, Text], Meta(min_length=1)]
PartialDate = Annotated[
    str, Meta(pattern=r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$")
]
Extensions = dict[str, object]


class Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Source(Record, frozen=True):
    title: Text
    url: Iri | None = None
    date: dt.date | None = None
    retrieved: dt.date | None = None
    terms: Text | None = None
    checked: Text | None = None
    certainty: Certainty = Certainty.VERIFIED
    extensions: Extensions = {}


class Due(Record, frozen=True):
    date: PartialDate | None = None
    session: Id | None = None
    event: Text | None = None
    recurrence: Recurrence | None = None
    extensions: Extensions = {}


class Citation(Record, frozen=True):
    target: Id | None = None
    text: Text | None = None
    verb: Id | None = None
    mark: Text | None = None
    extensions: Extensions = {}


class Alignment(Record, frozen=True):
    concept: Id
    basis: Basis
    note: Text | None = None
    source: Source | None = None
    extensions: Extensions = {}


class Note(Record, frozen=True):
    mark: Text
    provision: Id | None = None
    text: Translations = {}
    citations: tuple[Citation, ...] = ()
    extensions: Extensions = {}


class Section(Record, frozen=True):
    id: Id
    heading: Label
    level: Annotated[int, Meta(ge=1, le=9)] = 1
    parent: Id | None = None
    extensions: Extensions = {}


class Mandate(Record, frozen=True):
    id: Id
    kind: MandateKind
    verb: Id
    action: Text
    addressees: tuple[Id, ...] = ()
    deliverable: Id | None = None
    due: Due | None = None
    reports_to: tuple[Id, ...] = ()
    with_: tuple[Id, ...] = field(default=(), name="with")
    caveats: tuple[Text, ...] = ()
    basis: Basis = Basis.STATED
    note: Text | None = None
    extensions: Extensions = {}


class Provision(Record, frozen=True):
    id: Id
    number: Text
    part: Part = Part.OPERATIVE
    section: Id | None = None
    parent: Id | None = None
    summary: Text | None = None
    text: Translations = {}
    mandates: tuple[Mandate, ...] = ()
    citations: tuple[Citation, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    mentions: tuple[Id, ...] = ()
    extensions: Extensions = {}


class Document(Record, frozen=True):
    id: Id
    title: Label
    symbol: Text | None = None
    kind: Text | None = None
    body: Id | None = None
    adopted: dt.date | None = None
    adoption: Literal["consensus", "vote"] | None = None
    session: Id | None = None
    agenda_item: Text | None = None
    draft: Id | None = None
    annex_of: Id | None = None
    urls: tuple[Iri, ...] = ()
    akn_iri: Text | None = None
    languages: tuple[Text, ...] = ()
    sections: tuple[Section, ...] = ()
    provisions: tuple[Provision, ...] = ()
    notes: tuple[Note, ...] = ()
    source: Source | None = None
    extensions: Extensions = {}


class Concept(Record, frozen=True):
    id: Id
    label: Label
    code: Text | None = None
    definition: Text | None = None
    parent: Id | None = None
    iri: Iri | None = None
    exact_matches: tuple[Iri, ...] = ()
    aliases: tuple[Text, ...] = ()
    rank: int | None = None
    status: ConceptStatus = ConceptStatus.CURRENT
    replaced_by: Id | None = None
    alignments: tuple[Alignment, ...] = ()
    extensions: Extensions = {}


class Vocabulary(Record, frozen=True):
    id: Id
    title: Label
    edition: Text | None = None
    source: Source | None = None
    concepts: tuple[Concept, ...] = ()
    extensions: Extensions = {}


class StakeholderGroup(Record, frozen=True):
    id: Id
    label: Label
    parent: Id | None = None
    definition: Text | None = None
    role: RoleKind | None = None
    aliases: tuple[Text, ...] = ()
    named_in: tuple[Id, ...] = ()
    source: Source | None = None
    extensions: Extensions = {}


class Role(Record, frozen=True):
    role: RoleKind
    of: Id
    since: PartialDate | None = None
    until: PartialDate | None = None
    source: Source | None = None
    extensions: Extensions = {}


class Entity(Record, frozen=True):
    id: Id
    name: Label
    acronym: Text | None = None
    kind: Text | None = None
    groups: tuple[Id, ...] = ()
    parent: Id | None = None
    url: Iri | None = None
    aliases: tuple[Text, ...] = ()
    roles: tuple[Role, ...] = ()
    source: Source | None = None
    extensions: Extensions = {}


class Session(Record, frozen=True):
    id: Id
    title: Label
    body: Id | None = None
    number: int | None = None
    year: Year | None = None
    opens: PartialDate | None = None
    closes: PartialDate | None = None
    place: Text | None = None
    source: Source | None = None
    extensions: Extensions = {}


class File(Record, frozen=True):
    wsis_model: Literal["1"] = "1"
    documents: tuple[Document, ...] = ()
    vocabularies: tuple[Vocabulary, ...] = ()
    groups: tuple[StakeholderGroup, ...] = ()
    entities: tuple[Entity, ...] = ()
    sessions: tuple[Session, ...] = ()
    extensions: Extensions = {}
