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

    target: AnyId | None = None
    """The document or provision cited, e.g. `"gdc"`."""
    text: Text | None = None
    """The name as found, where nothing is known of the target, e.g. `"ITU statistics"`."""
    verb: ConceptId | None = None
    """How it is cited, e.g. `"verbs/recall"`."""
    mark: Text | None = None
    """Mark of the note that carries the citation, e.g. `"5"`."""


class Note(Record):
    """A footnote or endnote of a document."""

    mark: Text
    """The mark as printed, e.g. `"1"`."""
    provision: ProvisionId | None = None
    """The provision it stands in, e.g. `"80-173/p5"`."""
    text: Translations = NO_TEXT
    """The official text by language; empty in the shipped data."""
    citations: tuple[Citation, ...] = ()
    """What the note cites."""


class Subject(Record):
    """What a library's catalogue files a document under."""

    label: Text
    """The term as the catalogue writes it, e.g. `"INFORMATION SOCIETY"`."""
    iri: Iri | None = None
    """Its IRI, e.g. `"http://metadata.un.org/thesaurus/1003049"`."""


class TextRow(Record):
    """A row of a table that stands in a text."""

    cells: Annotated[tuple[str, ...], Field(min_length=1)]
    """The text of its cells, left to right; empty where a cell is empty."""


class TextTable(Record):
    """A table that stands in a document."""

    provision: ProvisionId | None = None
    """The provision it stands in or after, e.g. `"80-1/3"`."""
    language: Text | None = None
    """The language of its text, e.g. `"en"`."""
    rows: tuple[TextRow, ...] = ()
    """Its rows, the headings first."""


class Section(Record):
    """A heading of a document and what stands under it."""

    id: Identifier
    """Its name here, e.g. `"80-173/s14"`."""
    heading: Label
    """The heading as printed, e.g. `{"en": "Internet governance"}`."""
    level: Annotated[int, Field(ge=1, le=9)] = 1
    """Depth in the document, `1` the highest."""
    parent: SectionId | None = None
    """The section it belongs to, e.g. `"gdc/s4"`."""


class Mandate(Record):
    """What a provision asks, decides or pledges: one verb, one set of addressees. *Model the mandate, not the paragraph.*"""  # noqa: D415 - it ends inside the emphasis

    id: Identifier
    """Its name here, e.g. `"80-173/67.2"`: the second of paragraph 67."""
    kind: MandateKind
    """What it does, e.g. `"request"`."""
    verb: ConceptId
    """The operative verb, e.g. `"verbs/request"`."""
    action: Text
    """What is to be done, in our own words."""
    addressees: tuple[ActorId, ...] = ()
    """Who is to do it, e.g. `["groups/action-line-facilitators"]`; empty when the text names
    nobody.
    """
    deliverable: ConceptId | None = None
    """What kind of thing is to come of it, e.g. `"deliverables/road-map"`."""
    due: Due | None = None
    """By when."""
    reports_to: tuple[ActorId, ...] = ()
    """To whom it is reported, e.g. `["cstd"]`."""
    with_: tuple[ActorId, ...] = Field(default=(), alias="with")
    """Who is consulted, cooperates or supports, e.g. `["ungis"]`. Written `with` in files."""
    caveats: tuple[Text, ...] = ()
    """Limits that the text sets, e.g. `["within existing mandates and resources"]`."""
    basis: Basis = Basis.STATED
    """`"editorial"` where the addressee or the split is our inference."""
    note: Text | None = None
    """Why, where the basis is editorial."""


class Provision(Record):
    """One numbered paragraph or lettered item of a document."""

    id: Identifier
    """Its name here, e.g. `"80-173/99"`, `"gdc/21-a"`."""
    number: Text
    """The number as printed, e.g. `"99"`, `"21(a)"`; `"P3"` for the third preambular paragraph,
    which has none.
    """
    part: Part = Part.OPERATIVE
    """Where it stands, e.g. `"operative"`."""
    section: SectionId | None = None
    """The section it belongs to, e.g. `"80-173/s14"`."""
    parent: ProvisionId | None = None
    """Of a lettered item, the paragraph it belongs to, e.g. `"gdc/21"`."""
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
    mentions: tuple[ActorId, ...] = ()
    """The actors it names, addressed or not, e.g. `["cstd", "ungis"]`."""


class Document(Record):
    """A resolution, an outcome document, a draft, an annex: its particulars and what it says."""

    id: Identifier
    """Its name here, e.g. `"80-173"`, `"gdc"`."""
    title: Label
    """Its title, e.g. `{"en": "The Pact for the Future"}`."""
    symbol: Text | None = None
    """The UN document symbol, e.g. `"A/RES/80/173"`."""
    kind: Text | None = None
    """What sort of document, e.g. `"resolution"`, `"annex"`, `"treaty"`."""
    body: ActorId | None = None
    """The body that adopted it, e.g. `"general-assembly"`."""
    adopted: Date | None = None
    """When, e.g. `2025-12-17`."""
    adoption: Literal["consensus", "vote"] | None = None
    """How, e.g. `"consensus"`."""
    session: SessionId | None = None
    """At which session, e.g. `"sessions/ga-80"`."""
    agenda_item: Text | None = None
    """Under which agenda item, e.g. `"15"`."""
    draft: DocumentId | None = None
    """The draft that became this document, e.g. `"a-80-l-41"`."""
    annex_of: DocumentId | None = None
    """The document this one is annexed to, e.g. `"79-1"`."""
    urls: tuple[Iri, ...] = ()
    """Official addresses, e.g. `["https://docs.un.org/en/A/RES/80/173"]`."""
    akn_iri: Text | None = None
    """Its Akoma Ntoso work IRI, e.g. `"/akn/un/statement/deliberation/unga/2025-12-17/80-173"`."""
    distributed: Date | None = None
    """When it was distributed, e.g. `2025-12-19`."""
    meeting: Text | None = None
    """At which meeting it was adopted, e.g. `"68th plenary meeting"`."""
    subjects: tuple[Subject, ...] = ()
    """What the UN's library files it under."""
    alignments: tuple[Alignment, ...] = ()
    """What the document as a whole is about, e.g. the SDGs that its metadata name."""
    opening: Translations = NO_TEXT
    """The words before its first paragraph ("The General Assembly,"), by language; empty in the
    shipped data.
    """
    languages: tuple[Text, ...] = ()
    """Languages in which it exists, e.g. `["ar", "zh", "en", "fr", "ru", "es"]`."""
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
