"""What each field of a record is in linked data: the one table from which JSON-LD, RDF, the
ontology, the shapes and the page of the documentation are made.

A field that the table does not name becomes a property of our own namespace that is called like it,
so that a new field is never lost; what is left out stands in `LEFT_OUT` with its reason.

Standard terms are used where the ontology that defines them allows: European Legislation Identifier
(ELI) 1.5, SKOS, the Organization Ontology, PROV-O, DCMI Metadata Terms, DCAT 3 and schema.org.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import attrs

from ..._version import BASE_IRI
from ...model import Document, File, Record, RoleKind
from ...model.fields import Field, shape_of
from ...model.record import IRI, PARTIAL_DATE

__all__ = [
    "CLASSES",
    "DERIVED",
    "LEFT_OUT",
    "LEGAL_CLASSES",
    "MEMBER_ROLES",
    "NAMESPACES",
    "Derived",
    "Form",
    "Mapped",
    "Term",
    "class_of",
    "context",
    "expand",
    "is_legal",
    "mapped",
    "record_classes",
]

#: The namespaces, by prefix. Terms of ours keep theirs under whatever base records are written.
NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wsis": f"{BASE_IRI}ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Form = Literal[
    "text", "languages", "iri", "reference", "date", "partial", "year", "decimal", "integer",
    "boolean", "json", "records",
]  # fmt: skip
"""How a value is written: a plain text, texts by language, an address, the IRI of another record, a
date, a year, month or day, a year, a number, JSON data as text, or nodes of their own.
"""
To = Literal["", "concept", "entity", "legal", "provision"]


@attrs.frozen
class Term:
    """A property that a field becomes, and when."""

    name: str
    """The property with its prefix, e.g. `"dct:title"`; after `^`, it is the other way round: from
    the records in the field to the record that has it."""
    legal: bool = False
    """Whether it is said only of legal documents and their parts, as its ontology asks."""
    to: To = ""
    """What its value has to be for it to be said; empty for anything."""
    of: str = ""
    """The field of the records in the field whose value it takes, e.g. `"concept"` of an
    alignment; empty for the value itself."""


@attrs.frozen
class Mapped:
    """A field and what it becomes."""

    field: Field
    """The field."""
    form: Form
    """How its values are written."""
    terms: tuple[Term, ...]
    """The properties; none for what is left out."""
    required: bool
    """Whether every record has it."""


@attrs.frozen
class Derived:
    """Something that is written and that no field says by itself."""

    of: str
    """The class of record, e.g. `"Concept"`."""
    terms: tuple[str, ...]
    """The properties and classes."""
    why: str
    """What they are worked out from."""


def _plain(*names: str) -> tuple[Term, ...]:
    return tuple(map(Term, names))


#: The classes of each record. Those that are not here are one class of ours that is called alike.
CLASSES: dict[str, tuple[str, ...]] = {
    "Activity": ("wsis:Activity", "schema:Action"),
    "Concept": ("skos:Concept",),
    "Document": ("wsis:Document", "schema:CreativeWork"),
    "Entity": ("wsis:Entity", "org:Organization", "schema:Organization"),
    "Period": ("wsis:Period", "dct:PeriodOfTime"),
    "Provision": ("wsis:Provision", "schema:CreativeWork"),
    "Roadmap": ("wsis:Roadmap", "prov:Plan", "schema:CreativeWork"),
    "Section": ("wsis:Section", "schema:CreativeWork"),
    "Session": ("wsis:Session", "schema:Event"),
    "Vocabulary": ("skos:ConceptScheme",),
}
#: What legal documents and their parts are beside that.
LEGAL_CLASSES: dict[str, tuple[str, ...]] = {
    "Document": ("eli:LegalResource", "schema:Legislation"),
    "Provision": ("eli:LegalResourceSubdivision", "schema:Legislation"),
    "Section": ("eli:LegalResourceSubdivision", "schema:Legislation"),
}
#: Roles by which an entity is a member of a body; each is an `org:Role` of ours.
MEMBER_ROLES = (RoleKind.MEMBER, RoleKind.CHAIR, RoleKind.VICE_CHAIR)
#: Kinds of document that are acts once they are adopted. Drafts and reports are none.
_ACTS = frozenset((
    "annex", "convention", "decision", "declaration", "outcome-document", "resolution",
))  # fmt: skip
_TREATIES = frozenset(("charter", "treaty"))

_PART_OF = (Term("dct:isPartOf"), Term("eli:is_part_of", legal=True))
_HAS_PART = (Term("dct:hasPart"), Term("eli:has_part", legal=True))
#: What fields become: by class and field, or by field for every class.
FIELDS: dict[str, tuple[Term, ...]] = {
    # --- in every class
    "aliases": _plain("skos:altLabel"),
    "alignments": (
        Term("wsis:alignment"),
        Term("dct:subject", of="concept", to="concept"),
        Term("eli:is_about", of="concept", to="concept", legal=True),
        Term("dct:relation", of="concept", to="provision"),
    ),
    "citations": (
        Term("wsis:citation"),
        Term("dct:references", of="target"),
        Term("eli:cites", of="target", to="legal", legal=True),
    ),
    "definition": _plain("skos:definition"),
    "description": _plain("dct:description"),
    "label": _plain("skos:prefLabel"),
    "period": _plain("dct:temporal"),
    "source": _plain("dct:source"),
    "title": _plain("dct:title"),
    "url": _plain("schema:url"),
    # --- documents
    "Document.title": _plain("dct:title", "schema:name"),
    "Document.symbol": (
        Term("dct:identifier"),
        Term("eli:id_local", legal=True),
        Term("schema:legislationIdentifier", legal=True),
    ),
    "Document.kind": (Term("wsis:kind"), Term("schema:legislationType", legal=True)),
    "Document.body": (
        Term("wsis:adoptedBy"),
        Term("eli:passed_by", to="entity", legal=True),
        Term("schema:legislationPassedBy", to="entity", legal=True),
    ),
    "Document.adopted": (
        Term("wsis:adopted"),
        Term("eli:date_document", legal=True),
        Term("schema:legislationDate", legal=True),
    ),
    "Document.draft": _plain("wsis:draft", "prov:wasDerivedFrom"),
    "Document.annex_of": (
        Term("wsis:annexOf"),
        Term("eli:is_annex_of", to="legal", legal=True),
    ),
    "Document.urls": _plain("schema:url"),
    "Document.distributed": (
        Term("dct:issued"),
        Term("schema:datePublished"),
        Term("eli:date_publication", legal=True),
    ),
    "Document.subjects": (Term("wsis:subject"), Term("dct:subject", of="iri")),
    "Document.languages": _plain("schema:inLanguage"),
    "Document.sections": _HAS_PART,
    "Document.provisions": _HAS_PART,
    "Document.notes": _plain("wsis:footnote"),
    "Document.tables": _plain("wsis:table"),
    "Section.heading": _plain("dct:title", "schema:name"),
    "Section.parent": _PART_OF,
    "Provision.number": (Term("wsis:number"), Term("eli:number", legal=True)),
    "Provision.section": _PART_OF,
    "Provision.parent": _PART_OF,
    "Provision.summary": _plain("dct:abstract"),
    "Provision.mandates": _plain("wsis:hasMandate"),
    "Provision.mentions": _plain("schema:mentions"),
    "Note.citations": (Term("wsis:citation"), Term("dct:references", of="target")),
    "Citation.target": _plain("wsis:cited"),
    "Citation.text": _plain("wsis:citedAs"),
    "Subject.iri": _plain("rdfs:seeAlso"),
    "Mandate.addressees": _plain("wsis:addressee"),
    "Mandate.caveats": _plain("wsis:caveat"),
    "Due.date": _plain("wsis:date"),
    # --- vocabularies
    "Vocabulary.title": _plain("dct:title", "skos:prefLabel"),
    "Vocabulary.concepts": _plain("^skos:inScheme"),
    "Concept.code": _plain("skos:notation"),
    "Concept.parent": _plain("skos:broader"),
    "Concept.iri": _plain("skos:exactMatch"),
    "Concept.exact_matches": _plain("skos:exactMatch"),
    "Concept.replaced_by": _plain("dct:isReplacedBy"),
    "Concept.alignments": (Term("wsis:alignment"), Term("dct:relation", of="concept")),
    # --- actors
    "StakeholderGroup.parent": _plain("wsis:widerGroup"),
    "StakeholderGroup.roles": _plain("wsis:ofRole"),
    "Entity.name": _plain("skos:prefLabel", "schema:name"),
    "Entity.acronym": _plain("wsis:acronym", "skos:altLabel"),
    "Entity.groups": _plain("wsis:group"),
    "Entity.parent": (Term("wsis:parent"), Term("org:linkedTo", to="entity")),
    "Entity.until": _plain("wsis:until", "schema:dissolutionDate"),
    "Entity.roles": _plain("wsis:holds"),
    "Session.title": _plain("dct:title", "schema:name"),
    "Session.body": (Term("wsis:body"), Term("schema:organizer", to="entity")),
    "Session.number": _plain("wsis:sessionNumber"),
    "Session.opens": _plain("schema:startDate"),
    "Session.closes": _plain("schema:endDate"),
    "Session.place": _plain("schema:location"),
    # --- road maps
    "Roadmap.title": _plain("dct:title", "schema:name"),
    "Roadmap.owners": _plain("wsis:owner", "prov:wasAttributedTo"),
    "Roadmap.version": _plain("schema:version"),
    "Roadmap.issued": _plain("dct:issued"),
    "Roadmap.objectives": _plain("wsis:hasObjective"),
    "Roadmap.activities": _plain("wsis:hasActivity"),
    "Roadmap.indicators": _plain("wsis:hasIndicator"),
    "Roadmap.updates": _plain("wsis:hasUpdate"),
    "Objective.statement": _plain("dct:title"),
    "Activity.title": _plain("dct:title", "schema:name"),
    "Activity.lead": (Term("wsis:lead"), Term("schema:agent", to="entity")),
    "Activity.co_leads": (Term("wsis:coLead"), Term("schema:agent", to="entity")),
    "Activity.partners": (Term("wsis:partner"), Term("schema:participant", to="entity")),
    "Activity.beneficiaries": _plain("wsis:beneficiary"),
    "Activity.milestones": _plain("wsis:hasMilestone"),
    "Activity.resources": _plain("wsis:resource"),
    "Indicator.name": _plain("dct:title"),
    "Indicator.targets": _plain("wsis:target"),
    "Indicator.observations": _plain("wsis:observation"),
    "Target.by": _plain("wsis:targetDate"),
    "Update.date": _plain("dct:date"),
    "Update.by": _plain("wsis:reportedBy", "prov:wasAttributedTo"),
    "Evidence.date": _plain("dct:date"),
    "Source.date": _plain("dct:date"),
    "Period.start": _plain("dcat:startDate"),
    "Period.end": _plain("dcat:endDate"),
}
#: What is left out on purpose, and why.
LEFT_OUT: dict[str, str] = {
    "File.wsis_model": "the version of our files; linked data has that of the ontology",
    **{
        f"File.{field.key}": "the records themselves are the graph"
        for field in shape_of(File)
        if field.record is not None
    },
    "Concept.status": "`owl:deprecated` says it of a retired concept, and nothing of a current one",
}
#: How values are written that neither the type nor the pattern of the field tells.
_FORMS: dict[str, Form] = {"Session.year": "year", "TextTable.rows": "json"}

DERIVED = (
    Derived(
        "Concept",
        ("skos:topConceptOf", "skos:hasTopConcept"),
        "a concept without `parent` stands at the top of its vocabulary",
    ),
    Derived("Concept", ("skos:narrower",), "the other direction of `parent`"),
    Derived("Concept", ("owl:deprecated",), "`status: retired`"),
    Derived(
        "Entity",
        ("org:subOrganizationOf",),
        "`parent` of a department or office of the Secretariat (kind `un-secretariat`) and of a"
        " principal organ (kind `un-organ`); of others `parent` may be who they report to",
    ),
    Derived(
        "Role",
        ("org:Membership", "org:hasMembership", "org:member", "org:organization", "org:role"),
        "a `role` of member, chair or vice-chair that an entity holds in an entity; a facilitator"
        " of an Action Line is a member of nothing",
    ),
    Derived(
        "Activity",
        ("schema:actionStatus",),
        "`status` planned, under-way or done, and what `started` and `finished` add to it;"
        " schema.org has no word for the other two",
    ),
    Derived(
        "Milestone",
        ("wsis:status",),
        "`done` where `reached` gives the day, whatever `status` says, unless it is cancelled",
    ),
    Derived(
        "Due",
        ("wsis:earliest", "wsis:latest"),
        "the first and last day that the due may mean; where it names a session, only if that is at"
        " hand",
    ),
    Derived(
        "any record with an identifier that stands in another",
        ("wsis:position",),
        "its place in the list, from 1",
    ),
)
#: How the values of derived properties are written.
_DERIVED_FORMS: dict[str, Form] = {
    "skos:topConceptOf": "reference",
    "skos:hasTopConcept": "reference",
    "skos:narrower": "reference",
    "skos:inScheme": "reference",
    "owl:deprecated": "boolean",
    "org:subOrganizationOf": "reference",
    "org:hasMembership": "reference",
    "org:member": "reference",
    "org:organization": "reference",
    "org:role": "reference",
    "schema:actionStatus": "reference",
    "wsis:earliest": "date",
    "wsis:latest": "date",
    "wsis:position": "integer",
}
_BY_TYPE: dict[object, Form] = {
    datetime.date: "date",
    Decimal: "decimal",
    int: "integer",
    bool: "boolean",
}
_COERCED: dict[Form, dict[str, str]] = {
    "languages": {"@container": "@language"},
    "iri": {"@type": "@id"},
    "reference": {"@type": "@id"},
    "records": {"@type": "@id"},
    "date": {"@type": "xsd:date"},
    "partial": {"@type": "xsd:date"},
    "year": {"@type": "xsd:gYear"},
    "decimal": {"@type": "xsd:decimal"},
    "json": {"@type": "rdf:JSON"},
}


def is_legal(document: Document) -> bool:
    """Whether a document is an act of a body or a treaty, so that the terms for legislation fit."""
    if document.kind in _TREATIES:
        return document.adopted is not None
    attributed = document.body or document.symbol or document.annex_of
    return document.kind in _ACTS and document.adopted is not None and bool(attributed)


def class_of(record: type[Record]) -> tuple[str, ...]:
    """The classes of all records of a class."""
    return CLASSES.get(record.__name__, (f"wsis:{record.__name__}",))


def _camel(key: str) -> str:
    first, *others = key.split("_")
    return first + "".join(each.capitalize() for each in others)


def _form(owner: type[Record], field: Field) -> Form:
    named = _FORMS.get(f"{owner.__name__}.{field.key}")
    if named is not None:
        return named
    if field.refers is not None:
        return "reference"
    if field.what == "translations":
        return "languages"
    if field.what == "extensions":
        return "json"
    if field.record is not None:
        return "records"
    if field.pattern is not None and field.pattern in (IRI, PARTIAL_DATE):
        return "iri" if field.pattern == IRI else "partial"
    return _BY_TYPE.get(field.type, "text")


@functools.cache
def mapped(record: type[Record]) -> tuple[Mapped, ...]:
    """What each field of a class of records becomes, in the order of the fields; the identifier is
    the IRI and is not among them.

    Examples:
        >>> from wsis_model import Mandate
        >>> {each.field.key: each.terms[0].name for each in mapped(Mandate)}["reports_to"]
        'wsis:reportsTo'
    """
    found: list[Mapped] = []
    for field in shape_of(record):
        if field.key == "id":
            continue
        name = f"{record.__name__}.{field.key}"
        terms = FIELDS.get(name) or FIELDS.get(field.key) or _plain(f"wsis:{_camel(field.key)}")
        required = record.model_fields[field.name].is_required()
        found.append(
            Mapped(field, _form(record, field), () if name in LEFT_OUT else terms, required)
        )
    return tuple(found)


def record_classes(record: type[Record] = File) -> Iterator[type[Record]]:
    """The classes of records that a file can hold, each once, beginning with the file."""
    queue: list[type[Record]] = [record]
    for here in queue:
        yield here
        for field in shape_of(here):
            if field.record is not None and field.record not in queue:
                queue.append(field.record)


def _forms() -> Iterator[tuple[str, Form]]:
    yield from _DERIVED_FORMS.items()
    for record in record_classes():
        for each in mapped(record):
            for term in each.terms:
                form: Form = "reference" if term.name[0] == "^" else each.form
                if term.of and each.field.record is not None:
                    below = {one.field.key: one for one in mapped(each.field.record)}
                    form = below[term.of].form
                yield term.name.removeprefix("^"), form


@functools.cache
def context() -> dict[str, object]:
    """The `@context` without its `@base`: the prefixes, and how the values of each property are
    written. No other context is referred to.

    Raises:
        ValueError: Two fields share a property and are written in ways that one context cannot
            tell apart.
    """
    coerced: dict[str, dict[str, str]] = {}
    for name, form in _forms():
        one = _COERCED.get(form)
        other = coerced.setdefault(name, one or {})
        if other != (one or {}) and one is not None:
            if other:
                msg = f"{name} is written as {other} and as {one}"
                raise ValueError(msg)
            coerced[name] = one
    terms = {name: {"@id": name, **how} for name, how in sorted(coerced.items()) if how}
    return {"@version": 1.1, "id": "@id", "type": "@type", **NAMESPACES, **terms}


def expand(name: str) -> str:
    """The IRI of a term with its prefix.

    Examples:
        >>> expand("wsis:Mandate")
        'https://w3id.org/wsis-model/ns#Mandate'
    """
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix] + local
