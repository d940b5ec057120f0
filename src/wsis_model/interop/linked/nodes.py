"""Records as the nodes of linked data, in the form that JSON-LD writes them."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from ..._collector import paused_collector
from ..._version import BASE_IRI
from ...corpus import Corpus
from ...model import (
    Activity,
    ActivityStatus,
    Concept,
    ConceptStatus,
    Document,
    Due,
    Entity,
    Milestone,
    Provision,
    Record,
    Section,
    Session,
    Vocabulary,
)
from ...model.identifiers import owner_of
from ...model.record import identified, identifier_of
from .mapping import (
    LEGAL_CLASSES,
    MEMBER_ROLES,
    Form,
    Mapped,
    Term,
    To,
    class_of,
    expand,
    is_legal,
    mapped,
)
from .values import address, by_language, decimal, is_iri, json_text, partial

__all__ = ["Node", "Nodes", "base_of", "listed", "nodes"]

Node = dict[str, Any]
"""A node as JSON data: its IRI under `id`, its classes under `type`, properties by their name."""

#: What is said of a record that is only referred to, beside what each of its kind must have.
_BRIEF = frozenset(("acronym", "code", "exact_matches", "iri", "symbol"))
#: Kinds of entity that are contained in their parent, and do not only report to it.
_CONTAINED = frozenset(("un-organ", "un-secretariat"))
_ACTION_STATUS = {
    ActivityStatus.PLANNED: "schema:PotentialActionStatus",
    ActivityStatus.UNDER_WAY: "schema:ActiveActionStatus",
    ActivityStatus.DONE: "schema:CompletedActionStatus",
}
#: As `Any`, so that `isinstance` leaves what it looks at `Any`: that is what JSON data is.
_LIST: Any = list
_NOTHING: tuple[object, ...] = (None, (), {})


def _itself(value: Any) -> Any:
    return value


#: How single values of each form are written. `reference` and `records` need the corpus.
_WRITE: dict[Form, Callable[[Any], Any]] = {
    "text": _itself,
    "languages": by_language,
    "iri": address,
    "date": lambda day: day.isoformat(),
    "partial": partial,
    "year": str,
    "decimal": decimal,
    "integer": _itself,
    "boolean": _itself,
    "json": json_text,
}


@attrs.frozen
class _Step:
    """How one field of a class is written."""

    name: str
    key: str
    form: Form
    many: bool
    terms: tuple[Term, ...]
    placed: bool
    """Whether what it holds has identifiers, and so a position."""
    of: str
    """The Python name of the field below that `Term.of` names."""
    of_form: Form
    brief: bool
    write: Callable[[Any], Any]
    plain: str
    """The one property that takes the value in every case; empty where there is more to ask."""


def _step(each: Mapped, shared: frozenset[str]) -> _Step:
    field = each.field
    first, *others = each.terms
    conditional = first.legal or first.to or first.of or first.name in shared
    plain = not (others or conditional or each.form in ("records", "reference"))
    below = {
        one.field.key: one for one in (mapped(field.record) if field.record is not None else ())
    }
    of = next((below[term.of] for term in each.terms if term.of), None)
    enum = each.form == "text" and hasattr(field.type, "__members__")
    return _Step(
        name=field.name,
        key=field.key,
        form=each.form,
        many=field.what in ("values", "records") and each.form != "json",
        terms=each.terms,
        placed=field.record is not None and identified(field.record),
        of=of.field.name if of else "",
        of_form=of.form if of else "text",
        brief=each.required or field.key in _BRIEF,
        plain=first.name if plain else "",
        write=(lambda value: value.value) if enum else _WRITE.get(each.form, _itself),
    )


@functools.cache
def _steps(record: type[Record]) -> tuple[_Step, ...]:
    named = Counter(term.name for each in mapped(record) for term in each.terms)
    shared = frozenset(name for name, count in named.items() if count > 1)
    return tuple(_step(each, shared) for each in mapped(record) if each.terms)


@functools.cache
def _types(record: type[Record], legal: bool) -> tuple[str, ...]:
    return (*class_of(record), *(LEGAL_CLASSES.get(record.__name__, ()) if legal else ()))


def base_of(base: str) -> str:
    """The base under which records have their IRIs.

    Raises:
        ValueError: It is no absolute IRI, or does not end with a slash.
    """
    if not is_iri(base) or not base.endswith("/") or "?" in base or "#" in base:
        msg = f"the base is an absolute IRI that ends with a slash, not {base!r}"
        raise ValueError(msg)
    return base


def _add(node: Node, name: str, value: Any) -> None:
    """Give a node one more value of a property, or several."""
    if name in node:
        held = listed(node[name])
        value = held + [each for each in listed(value) if each not in held]
    node[name] = value


def listed(value: Any) -> list[Any]:
    """The values of a property, which may stand without a list."""
    return value if isinstance(value, _LIST) else [value]


class Nodes:
    """Makes the nodes of a corpus."""

    def __init__(self, corpus: Corpus, context: Corpus, base: str) -> None:
        self.corpus = corpus
        self.context = context
        #: What is only referred to is published under our own base, whatever that of the others is.
        self.elsewhere = "" if base == BASE_IRI else f"{BASE_IRI}id/"
        self.named: dict[str, None] = {}
        self.narrower: defaultdict[str, list[str]] = defaultdict(list)
        for vocabulary in corpus.vocabularies:
            for concept in vocabulary.concepts:
                if concept.parent is not None:
                    self.narrower[concept.parent].append(concept.id)
        self.calendar: dict[str, Session] = {
            session.id: session for session in (*context.sessions, *corpus.sessions)
        }
        self.kinds: dict[str, frozenset[To]] = {}

    def all(self) -> Iterator[Node]:
        """The nodes of the records at the top and of the concepts, each with what stands in it;
        then, in short, those of what is referred to and only the context holds.
        """
        if self.corpus.extensions:
            yield {"id": "#file", "wsis:extensions": json_text(self.corpus.extensions)}
        for record in self.corpus.top:
            legal = isinstance(record, Document) and is_legal(record)
            yield self.node(record, record.id, legal)
            if isinstance(record, Vocabulary):
                yield from self._concepts(record)
        told: set[str] = set()
        while waiting := sorted(self.named.keys() - told):
            told.update(waiting)
            for name in waiting:
                if name not in self.corpus and (record := self.context.get(name)) is not None:
                    legal = "legal" in self.kinds_of(name)
                    yield self.node(record, self.iri(name), legal, brief=True)

    def iri(self, identifier: str) -> str:
        """The IRI of a record, relative to the base where that is the one of all records."""
        self.named[identifier] = None
        if self.elsewhere and identifier not in self.corpus and identifier in self.context:
            return self.elsewhere + identifier
        return identifier

    def node(self, record: Record, iri: str, legal: bool, *, brief: bool = False) -> Node:
        """A record with all that stands in it, as a node."""
        kind = type(record)
        made: Node = {"id": iri, "type": list(_types(kind, legal))}
        values = record.__dict__
        for step in _steps(kind):
            value = values[step.name]
            if (not value and value in _NOTHING) or (brief and not step.brief):
                continue
            if step.plain:
                write = step.write
                made[step.plain] = [write(each) for each in value] if step.many else write(value)
            else:
                self._field(made, step, value, iri, legal)
        derive = _DERIVE.get(kind)
        if derive is not None and not brief:
            derive(self, made, record)
        return made

    def _field(self, made: Node, step: _Step, value: Any, iri: str, legal: bool) -> None:
        written: Any
        if step.form == "records":
            written = self._records(step, value, iri, legal)
        elif step.form == "reference":
            written = [self.iri(each) for each in value] if step.many else self.iri(value)
        else:
            written = [step.write(each) for each in value] if step.many else step.write(value)
        first = True
        for term in step.terms:
            if (term.legal and not legal) or term.name[0] == "^":
                continue
            one = written
            if term.of:
                one = self._below(step, term, value)
            elif term.to:
                held = value if step.many else (value,)
                one = [self.iri(each) for each in held if term.to in self.kinds_of(each)]
            elif step.form == "records" and not first:
                one = [each["id"] for each in written] if step.many else written["id"]
            if one != []:
                _add(made, term.name, one)
            first = False

    def _records(self, step: _Step, value: Any, iri: str, legal: bool) -> Any:
        if step.terms[0].name[0] == "^":
            return []
        if not step.many:
            return self.node(value, _part(iri, step.key), legal)
        if not step.placed:
            return [
                self.node(each, identifier_of(each) or _part(iri, f"{step.key}.{n}"), legal)
                for n, each in enumerate(value)
            ]
        made = [self.node(each, each.id, legal) for each in value]
        for n, each in enumerate(made):
            each["wsis:position"] = n + 1
        return made

    def _below(self, step: _Step, term: Term, records: Iterable[Record]) -> list[Any]:
        """The values of one field of the records in a field, each once."""
        found: dict[str, None] = {}
        for record in records:
            value = record.__dict__[step.of]
            if value is None or (term.to and term.to not in self.kinds_of(value)):
                continue
            if step.of_form == "reference":
                found[self.iri(value)] = None
            elif is_iri(value):
                found[value] = None
        return list(found)

    def kinds_of(self, identifier: str) -> frozenset[To]:
        """What an identifier leads to, as far as a property minds."""
        known = self.kinds.get(identifier)
        if known is None:
            known = self.kinds[identifier] = frozenset(self._find_kinds(identifier))
        return known

    def _find_kinds(self, identifier: str) -> Iterator[To]:
        record = self.corpus.get(identifier) or self.context.get(identifier)
        if isinstance(record, Concept):
            yield "concept"
        elif isinstance(record, Entity):
            yield "entity"
        elif isinstance(record, Provision):
            yield "provision"
        if isinstance(record, (Document, Provision, Section)):
            owner = owner_of(identifier)
            document = self.corpus.get(owner) or self.context.get(owner)
            if isinstance(document, Document) and is_legal(document):
                yield "legal"

    def _concepts(self, vocabulary: Vocabulary) -> Iterator[Node]:
        for n, concept in enumerate(vocabulary.concepts):
            node = self.node(concept, concept.id, legal=False)
            node["skos:inScheme"] = vocabulary.id
            if concept.parent is None:
                node["skos:topConceptOf"] = vocabulary.id
            node["wsis:position"] = n + 1
            yield node


def _part(iri: str, place: str) -> str:
    """The IRI of a part without an identifier: that of what it stands in, and its place there."""
    return f"{iri}{'.' if '#' in iri else '#'}{place}"


def _vocabulary(_: Nodes, node: Node, record: Vocabulary) -> None:
    top = [concept.id for concept in record.concepts if concept.parent is None]
    if top:
        node["skos:hasTopConcept"] = top


def _concept(self: Nodes, node: Node, record: Concept) -> None:
    if record.id in self.narrower:
        node["skos:narrower"] = self.narrower[record.id]
    if record.status is ConceptStatus.RETIRED:
        node["owl:deprecated"] = True
    # A mapping leads from concept to concept: an address that is no IRI has no place there.
    matches = listed(node.get("skos:exactMatch", []))
    if texts := [each for each in matches if not isinstance(each, str)]:
        node["dct:identifier"] = texts
        node["skos:exactMatch"] = [each for each in matches if isinstance(each, str)]


def _entity(self: Nodes, node: Node, record: Entity) -> None:
    parent = record.parent
    if parent and record.kind in _CONTAINED and "entity" in self.kinds_of(parent):
        node["org:subOrganizationOf"] = self.iri(parent)
    memberships: list[str] = []
    for role, part in zip(record.roles, node.get("wsis:holds", ()), strict=True):
        if role.role in MEMBER_ROLES and "entity" in self.kinds_of(role.of):
            part["type"] = [*part["type"], "org:Membership"]
            part["org:member"] = record.id
            part["org:organization"] = self.iri(role.of)
            part["org:role"] = expand(f"wsis:role-{role.role.value}")
            memberships.append(part["id"])
    if memberships:
        node["org:hasMembership"] = memberships


def _activity(_: Nodes, node: Node, record: Activity) -> None:
    status = record.status
    if status in (ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY):
        if record.finished is not None:
            status = ActivityStatus.DONE
        elif record.started is not None:
            status = ActivityStatus.UNDER_WAY
    if status in _ACTION_STATUS:
        node["schema:actionStatus"] = expand(_ACTION_STATUS[status])


def _milestone(_: Nodes, node: Node, record: Milestone) -> None:
    node["wsis:status"] = record.effective_status.value


def _due(self: Nodes, node: Node, record: Due) -> None:
    # Without the dates of its session, another file would say other days of the same due.
    if record.session is not None and record.session not in self.calendar:
        return
    window = record.window(self.calendar)
    if window.earliest is not None:
        node["wsis:earliest"] = window.earliest.isoformat()
    if window.latest is not None:
        node["wsis:latest"] = window.latest.isoformat()


#: What is worked out from a record beyond its fields: `mapping.DERIVED` tells it.
_DERIVE: dict[type[Record], Callable[[Nodes, Node, Any], None]] = {
    Activity: _activity,
    Concept: _concept,
    Due: _due,
    Entity: _entity,
    Milestone: _milestone,
    Vocabulary: _vocabulary,
}


def nodes(corpus: Corpus, context: Corpus | None, base: str) -> list[Node]:
    """The nodes of a corpus; see `Nodes`.

    Raises:
        ValueError: The base is none.
    """
    with paused_collector():
        return list(Nodes(corpus, corpus if context is None else context, base_of(base)).all())
