"""The records of the synthetic corpus as one would write them at first: mutable models, lists,
`json.loads`, then `model_validate`.

The yardstick of what attention to speed is worth: the same fields, patterns and enumerations on the
same library.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from wsis_model.model.actors import RoleKind
from wsis_model.model.concepts import ConceptStatus
from wsis_model.model.documents import MandateKind, Part
from wsis_model.model.identifiers import PATTERN
from wsis_model.model.text import LANGUAGE_TAG, Basis, Certainty
from wsis_model.model.when import Recurrence

__all__ = ["File"]

Id = Annotated[str, Field(pattern=PATTERN, max_length=200)]
Text = Annotated[str, Field(min_length=1)]
Iri = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+$", max_length=2000)]
Year = Annotated[int, Field(ge=1850, le=2200)]
Tag = Annotated[str, Field(pattern=LANGUAGE_TAG)]
Translations = dict[Tag, Text]
Label = Annotated[dict[Tag, Text], Field(min_length=1)]
PartialDate = Annotated[
    str, Field(pattern=r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$")
]


class Record(BaseModel):
    extensions: dict[str, object] = {}


class Source(Record):
    title: Text
    url: Iri | None = None
    date: dt.date | None = None
    retrieved: dt.date | None = None
    terms: Text | None = None
    checked: Text | None = None
    certainty: Certainty = Certainty.VERIFIED


class Due(Record):
    date: PartialDate | None = None
    session: Id | None = None
    event: Text | None = None
    recurrence: Recurrence | None = None


class Citation(Record):
    target: Id | None = None
    text: Text | None = None
    verb: Id | None = None
    mark: Text | None = None


class Alignment(Record):
    concept: Id
    basis: Basis
    note: Text | None = None
    source: Source | None = None


class Note(Record):
    mark: Text
    provision: Id | None = None
    text: Translations = {}
    citations: list[Citation] = []


class Section(Record):
    id: Id
    heading: Label
    level: Annotated[int, Field(ge=1, le=9)] = 1
    parent: Id | None = None


class Mandate(Record):
    id: Id
    kind: MandateKind
    verb: Id
    action: Text
    addressees: list[Id] = []
    deliverable: Id | None = None
    due: Due | None = None
    reports_to: list[Id] = []
    with_: list[Id] = Field(default=[], alias="with")
    caveats: list[Text] = []
    basis: Basis = Basis.STATED
    note: Text | None = None


class Provision(Record):
    id: Id
    number: Text
    part: Part = Part.OPERATIVE
    section: Id | None = None
    parent: Id | None = None
    summary: Text | None = None
    text: Translations = {}
    mandates: list[Mandate] = []
    citations: list[Citation] = []
    alignments: list[Alignment] = []
    mentions: list[Id] = []


class Document(Record):
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
    urls: list[Iri] = []
    akn_iri: Text | None = None
    languages: list[Text] = []
    sections: list[Section] = []
    provisions: list[Provision] = []
    notes: list[Note] = []
    source: Source | None = None


class Concept(Record):
    id: Id
    label: Label
    code: Text | None = None
    definition: Text | None = None
    parent: Id | None = None
    iri: Iri | None = None
    exact_matches: list[Iri] = []
    aliases: list[Text] = []
    rank: int | None = None
    status: ConceptStatus = ConceptStatus.CURRENT
    replaced_by: Id | None = None
    alignments: list[Alignment] = []


class Vocabulary(Record):
    id: Id
    title: Label
    edition: Text | None = None
    source: Source | None = None
    concepts: list[Concept] = []


class StakeholderGroup(Record):
    id: Id
    label: Label
    parent: Id | None = None
    definition: Text | None = None
    role: RoleKind | None = None
    aliases: list[Text] = []
    named_in: list[Id] = []
    source: Source | None = None


class Role(Record):
    role: RoleKind
    of: Id
    since: PartialDate | None = None
    until: PartialDate | None = None
    source: Source | None = None


class Entity(Record):
    id: Id
    name: Label
    acronym: Text | None = None
    kind: Text | None = None
    groups: list[Id] = []
    parent: Id | None = None
    url: Iri | None = None
    aliases: list[Text] = []
    roles: list[Role] = []
    source: Source | None = None


class Session(Record):
    id: Id
    title: Label
    body: Id | None = None
    number: int | None = None
    year: Year | None = None
    opens: PartialDate | None = None
    closes: PartialDate | None = None
    place: Text | None = None
    source: Source | None = None


class File(Record):
    wsis_model: Literal["1"] = "1"
    documents: list[Document] = []
    vocabularies: list[Vocabulary] = []
    groups: list[StakeholderGroup] = []
    entities: list[Entity] = []
    sessions: list[Session] = []
