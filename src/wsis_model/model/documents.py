"""What an outcome document says: its sections and provisions, and what each provision asks or
decides.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from pydantic import Field

from .concepts import Alignment
from .identifiers import ActorId, AnyId, ConceptId, DocumentId, Identifier, ProvisionId, SessionId
from .record import Date, Iri, Record, Refers, Text
from .text import NO_TEXT, Basis, Label, Source, Translations
from .when import Due

__all__ = [
    "Citation",
    "Document",
    "Mandate",
    "MandateKind",
    "Note",
    "Part",
    "Provision",
    "Section",
    "Subject",
    "TextRow",
    "TextTable",
]

SectionId = Annotated[Identifier, Refers(("section",))]


class Part(str, Enum):
    """Which part of a document a provision stands in."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    ANNEX = "annex"


class MandateKind(str, Enum):
    """What a provision does to its addressees."""

    DECISION = "decision"
    """It settles something: "decides"."""
    REQUEST = "request"
    """It gives a task: "requests"."""
    CALL = "call"
    """It asks, one or many or nobody by name: "calls upon", "urges", "invites", "encourages"."""
    COMMITMENT = "commitment"
    """The Governments pledge it of themselves: "we commit", "we will"."""


class Citation(Record):
    """A reference from one text to another."""

    target: AnyId | None = Field(default=None, examples=["gdc"])
    """The document or provision cited."""
    text: Text | None = Field(default=None, examples=["ITU statistics"])
    """The name in the text, if there is no record of the target."""
    verb: ConceptId | None = Field(default=None, examples=["verbs/recall"])
    """The verb with which it is cited."""
    mark: Text | None = Field(default=None, examples=["5"])
    """The mark of the note with the citation."""


class Note(Record):
    """A footnote or endnote of a document."""

    mark: Text = Field(examples=["1"])
    """The mark as printed."""
    provision: ProvisionId | None = Field(default=None, examples=["80-173/p5"])
    """The provision it stands in."""
    text: Translations = NO_TEXT
    """The official text by language; empty in the shipped data."""
    citations: tuple[Citation, ...] = ()
    """What the note cites."""


class Subject(Record):
    """A subject under which a library lists a document."""

    label: Text = Field(examples=["INFORMATION SOCIETY"])
    """The term as the catalogue writes it."""
    iri: Iri | None = Field(default=None, examples=["http://metadata.un.org/thesaurus/1003049"])
    """Its IRI."""


class TextRow(Record):
    """A row of a table that stands in a text."""

    cells: Annotated[tuple[str, ...], Field(min_length=1)]
    """The text of its cells, left to right; empty where a cell is empty."""


class TextTable(Record):
    """A table that stands in a document."""

    provision: ProvisionId | None = Field(default=None, examples=["80-1/3"])
    """The provision it stands in or after."""
    language: Text | None = Field(default=None, examples=["en"])
    """The language of its text."""
    rows: tuple[TextRow, ...] = ()
    """Its rows, the headings first."""


class Section(Record):
    """A heading of a document and what stands under it."""

    id: Identifier = Field(examples=["80-173/s14"])
    """Its identifier."""
    heading: Label = Field(examples=[{"en": "Internet governance"}])
    """The heading as printed."""
    level: Annotated[int, Field(ge=1, le=9)] = 1
    """Depth in the document, `1` the highest."""
    parent: SectionId | None = Field(default=None, examples=["gdc/s4"])
    """The section it belongs to."""


class Mandate(Record):
    """What a provision asks, decides or pledges: one verb, one set of addressees.

    *Model the mandate, not the paragraph.*
    """

    id: Identifier = Field(examples=["80-173/67.2"])
    """Its identifier; the last number says which of the paragraph's mandates it is."""
    kind: MandateKind = Field(examples=["request"])
    """What it does."""
    verb: ConceptId = Field(examples=["verbs/request"])
    """The operative verb."""
    action: Text
    """What is to be done, in our own words."""
    addressees: tuple[ActorId, ...] = Field(
        default=(), examples=[["groups/action-line-facilitators"]]
    )
    """Who is to do it; empty when the text names nobody."""
    deliverable: ConceptId | None = Field(default=None, examples=["deliverables/road-map"])
    """What kind of thing is to come of it."""
    due: Due | None = None
    """When it is due."""
    reports_to: tuple[ActorId, ...] = Field(default=(), examples=[["cstd"]])
    """The bodies that it is reported to."""
    with_: tuple[ActorId, ...] = Field(default=(), alias="with", examples=[["ungis"]])
    """Who is consulted, cooperates or supports. Written `with` in files."""
    caveats: tuple[Text, ...] = Field(
        default=(), examples=[["within existing mandates and resources"]]
    )
    """Limits that the text sets."""
    basis: Basis = Basis.STATED
    """`editorial` where the addressee or the split is our inference."""
    note: Text | None = None
    """Why, where the basis is editorial."""


class Provision(Record):
    """One numbered paragraph or lettered item of a document."""

    id: Identifier = Field(examples=["80-173/99", "gdc/21-a"])
    """Its identifier."""
    number: Text = Field(examples=["99", "21(a)"])
    """The number as printed; `P3` for the third preambular paragraph, which has none."""
    part: Part = Field(default=Part.OPERATIVE, examples=["operative"])
    """Where it stands."""
    section: SectionId | None = Field(default=None, examples=["80-173/s14"])
    """The section it belongs to."""
    parent: ProvisionId | None = Field(default=None, examples=["gdc/21"])
    """The paragraph that a lettered item belongs to."""
    summary: Text | None = None
    """What it says, in our own words: never the official sentence."""
    text: Translations = NO_TEXT
    """The official text by language; empty in the shipped data."""
    mandates: tuple[Mandate, ...] = ()
    """What it asks, decides or pledges; many provisions do none of that."""
    citations: tuple[Citation, ...] = ()
    """The documents it cites."""
    alignments: tuple[Alignment, ...] = ()
    """What it is about: Action Lines, SDG targets, Compact commitments, themes."""
    mentions: tuple[ActorId, ...] = Field(default=(), examples=[["cstd", "ungis"]])
    """The actors it names, addressed or not."""


class Document(Record):
    """A resolution, an outcome document, a draft, an annex: its particulars and what it says."""

    id: Identifier = Field(examples=["80-173", "gdc"])
    """Its identifier."""
    title: Label = Field(examples=[{"en": "The Pact for the Future"}])
    """Its title."""
    symbol: Text | None = Field(default=None, examples=["A/RES/80/173"])
    """The UN document symbol."""
    kind: Text | None = Field(default=None, examples=["resolution", "annex", "treaty"])
    """The kind of document."""
    body: ActorId | None = Field(default=None, examples=["general-assembly"])
    """The body that adopted it."""
    adopted: Date | None = Field(default=None, examples=["2025-12-17"])
    """The day of adoption."""
    adoption: Literal["consensus", "vote"] | None = Field(default=None, examples=["consensus"])
    """How it was adopted."""
    session: SessionId | None = Field(default=None, examples=["sessions/ga-80"])
    """The session at which it was adopted."""
    agenda_item: Text | None = Field(default=None, examples=["15"])
    """The agenda item under which it was adopted."""
    draft: DocumentId | None = Field(default=None, examples=["a-80-l-41"])
    """The draft that became this document."""
    annex_of: DocumentId | None = Field(default=None, examples=["79-1"])
    """The document this one is annexed to."""
    urls: tuple[Iri, ...] = Field(default=(), examples=[["https://docs.un.org/en/A/RES/80/173"]])
    """Official addresses."""
    akn_iri: Text | None = Field(
        default=None, examples=["/akn/un/statement/deliberation/unga/2025-12-17/80-173"]
    )
    """Its Akoma Ntoso work IRI."""
    distributed: Date | None = Field(default=None, examples=["2025-12-19"])
    """When it was distributed."""
    meeting: Text | None = Field(default=None, examples=["68th plenary meeting"])
    """The meeting at which it was adopted."""
    subjects: tuple[Subject, ...] = ()
    """The subjects under which the UN library lists it."""
    alignments: tuple[Alignment, ...] = ()
    """What the document as a whole is about, e.g. the SDGs that its metadata name."""
    opening: Translations = NO_TEXT
    """The words before its first paragraph ("The General Assembly,"), by language; empty in the
    shipped data.
    """
    languages: tuple[Text, ...] = Field(default=(), examples=[["ar", "zh", "en", "fr", "ru", "es"]])
    """Languages in which it exists."""
    sections: tuple[Section, ...] = ()
    """Its headings, in order."""
    provisions: tuple[Provision, ...] = ()
    """Its paragraphs and items, in order."""
    notes: tuple[Note, ...] = ()
    """Its footnotes, in order."""
    tables: tuple[TextTable, ...] = ()
    """The tables in its text, in order."""
    source: Source | None = None
    """Where the record comes from."""
