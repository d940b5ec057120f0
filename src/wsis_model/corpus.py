"""Records joined into a corpus: looked up by identifier or name, followed by reference, merged."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, cast

import attrs

from ._collector import paused_collector
from .errors import DuplicateIdentifier, Finding, Position, UnknownIdentifier, excerpt
from .model import (
    Concept,
    Document,
    Entity,
    Extensions,
    File,
    Provision,
    Record,
    Roadmap,
    Session,
    StakeholderGroup,
    Vocabulary,
)
from .model.kinds import KIND_OF, LISTS, TOP_KINDS
from .model.references import Reference, collect, references_in
from .names.index import Context
from .positions import Origin
from .queries import Queries
from .tables import Table
from .texts import same_places, with_text

__all__ = ["Batch", "Clash", "Corpus", "Reference", "join"]

#: The records at the top of a file, inside no other.
Top = Document | Vocabulary | StakeholderGroup | Entity | Session | Roadmap


def _by_id(records: Iterable[Top]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=lambda record: record.id))


@attrs.frozen(repr=False)
class Corpus(Queries):
    """Records joined into one immutable whole: a mapping from identifier to record, with the
    references between them.

    Documents, vocabularies, groups, entities, sessions and road maps stand at its top; the records
    in them (provisions, mandates, concepts, activities ...) are found by identifier too. The order
    in which records were given does not matter.

    `a | b` joins two corpora; a record that both hold must be equal in both.

    Raises:
        DuplicateIdentifier: Two different records at the top claim one identifier.

    Examples:
        >>> from wsis_model import catalogue
        >>> corpus = catalogue()
        >>> corpus["80-173/99"].number, corpus.find("A/RES/80/173 para 99").id
        ('99', '80-173/99')
        >>> "80-173/128" in corpus
        False
    """

    documents: tuple[Document, ...] = attrs.field(default=(), converter=_by_id)
    """The documents, by identifier."""
    vocabularies: tuple[Vocabulary, ...] = attrs.field(default=(), converter=_by_id)
    """The vocabularies, by identifier."""
    groups: tuple[StakeholderGroup, ...] = attrs.field(default=(), converter=_by_id)
    """The stakeholder groups, by identifier."""
    all_entities: tuple[Entity, ...] = attrs.field(default=(), converter=_by_id, alias="entities")
    """The entities, by identifier."""
    sessions: tuple[Session, ...] = attrs.field(default=(), converter=_by_id)
    """The sessions and meetings, by identifier."""
    roadmaps: tuple[Roadmap, ...] = attrs.field(default=(), converter=_by_id)
    """The road maps, by identifier."""
    extensions: Extensions = attrs.field(factory=Extensions)
    """What third parties added to the files as a whole."""
    origins: Mapping[str, Origin] = attrs.field(factory=dict[str, Origin], eq=False, hash=False)
    """Where the top records were read, by identifier."""

    def __attrs_post_init__(self) -> None:
        seen: dict[str, Record] = {}
        for record in self.top:
            other = seen.setdefault(record.id, record)
            if other is not record:
                raise DuplicateIdentifier(record.id, (KIND_OF[type(other)], KIND_OF[type(record)]))

    @classmethod
    def of(cls, *records: Record) -> Corpus:
        """A corpus of top records given in any order: documents, vocabularies, groups, entities,
        sessions, road maps.

        Raises:
            TypeError: A record is of a kind that only stands inside others.
            DuplicateIdentifier: Two different records claim one identifier.
        """
        return cls(**_listed(records))

    @classmethod
    def from_file(cls, file: File) -> Corpus:
        """The corpus of the records in one [`File`][wsis_model.model.File]."""
        given: dict[str, Any] = {kind.field: getattr(file, kind.field) for kind in TOP_KINDS}
        return cls(**given, extensions=file.extensions)

    def to_file(self) -> File:
        """The records as one [`File`][wsis_model.model.File], without validating them again."""
        given: dict[str, Any] = {
            kind.field: part for kind, part in zip(TOP_KINDS, self._parts, strict=True)
        }
        return File.model_construct(**given, extensions=self.extensions)

    # --- what it holds ----------------------------------------------------------------------------

    @property
    def top(self) -> Iterator[Any]:
        """The records at the top, kind by kind."""
        for part in self._parts:
            yield from part

    @functools.cached_property
    def _index(self) -> dict[str, Record]:
        pairs: list[tuple[str, Record]] = []
        add, extend = pairs.append, pairs.extend
        for record in self.top:
            add((record.id, record))
        for document in self.documents:
            extend((each.id, each) for each in document.sections)
            for provision in document.provisions:
                add((provision.id, provision))
                for mandate in provision.mandates:
                    add((mandate.id, mandate))
        for vocabulary in self.vocabularies:
            extend((each.id, each) for each in vocabulary.concepts)
        for roadmap in self.roadmaps:
            for part in (roadmap.objectives, roadmap.activities, roadmap.indicators):
                extend((each.id, each) for each in part)
            extend(
                (each.id, each) for activity in roadmap.activities for each in activity.milestones
            )
            extend((each.id, each) for each in roadmap.updates if each.id is not None)
        index = dict(pairs)
        # Of two records of one identifier the first counts, and a rule reports the second.
        return index if len(index) == len(pairs) else dict(reversed(pairs))

    def __getitem__(self, identifier: str) -> Any:
        """The record of this identifier.

        Raises:
            UnknownIdentifier: There is none; with the near misses.
        """
        try:
            return self._index[identifier]
        except KeyError:
            # `find` takes references, this only identifiers.
            found = self.names.resolve(identifier)
            named = found.identifiers if found.known else ()
            near = tuple(dict.fromkeys((*named, *self.near(identifier))))
            raise UnknownIdentifier(
                identifier, near, self.names.last_paragraph(identifier)
            ) from None

    def get(self, identifier: str, default: Any = None) -> Any:
        """The record of this identifier, or *default*."""
        return self._index.get(identifier, default)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._index

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def near(self, identifier: str, count: int = 3, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Identifiers in the corpus that *identifier* may be a misspelling of, the nearest first;
        none where it names something else.

        Args:
            identifier: What was written.
            count: How many are wanted.
            kinds: Only records of these kinds, e.g. `("group", "entity")`; none stands for any.

        Examples:
            >>> from wsis_model import catalogue
            >>> catalogue().near("unesko", 1)
            ('unesco',)
        """
        return self.names.near(identifier, count, kinds)

    def resolve(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The identifiers that a text means: one, or several if it names several things; none where
        it means nothing, or is ambiguous.

        What follows " | " is a label for the reader, and a paragraph without a document is one of
        the outcome, A/RES/80/173. A reference to a record that is not in the corpus still gives its
        identifier.

        Args:
            text: What was written, e.g. `"SDG 9.c"`, `"UNESCO"`, `"paras 26-28"`.
            kinds: The kinds of record that belong there, e.g. `("provision", "mandate")`; none
                stands for any. They are preferred.

        Examples:
            >>> from wsis_model import catalogue
            >>> corpus = catalogue()
            >>> (
            ...     corpus.resolve("SDG 9.c | broadband"),
            ...     corpus.resolve("CSTD 30"),
            ...     corpus.resolve("-"),
            ... )
            (('sdg/9.c',), ('sessions/cstd-30',), ())
            >>> corpus.resolve("para. 26; 27"), corpus.resolve("GDC 21 (a)-(c)")
            (('80-173/26', '80-173/27'), ('gdc/21-a', 'gdc/21-b', 'gdc/21-c'))
        """
        return self.names.resolve(text, Context(kinds=kinds, many=True)).identifiers

    def kind(self, identifier: str) -> str:
        """What kind of record this identifier names, e.g. `"provision"`.

        Raises:
            UnknownIdentifier: It names nothing.
        """
        return KIND_OF[type(self[identifier])]

    def find(self, reference: str, kinds: tuple[str, ...] = ()) -> Any:
        """The record that a person means: an identifier, a reference, an acronym, a name or a
        label.

        Args:
            reference: What was written.
            kinds: What kinds of record are wanted, e.g. `("group", "entity")`; none stands for any.

        Raises:
            UnknownIdentifier: It names nothing, or nothing of these kinds; with the near misses.
            AmbiguousName: It names several records; with their identifiers.

        Examples:
            >>> from wsis_model import catalogue
            >>> corpus = catalogue()
            >>> corpus.find("80/173 para 67").id, corpus.find("¶ 26").id, corpus.find("SDG 9.c").id
            ('80-173/67', '80-173/26', 'sdg/9.c')
            >>> corpus.find("C7: e-health").id, corpus.find("UNESCO").id
            ('action-lines/c7-e-health', 'unesco')
        """
        return self._index[self.names.find(reference, Context(kinds=kinds))]

    def document(self, reference: str) -> Document:
        """The document of this identifier or reference, e.g. `corpus.document("A/RES/80/173")`.

        Raises:
            UnknownIdentifier: There is none.
        """
        return cast(Document, self.find(reference, ("document",)))

    def provision(self, reference: str) -> Provision:
        """The provision of this identifier or reference, e.g. `corpus.provision("80/173 para 99")`.

        Raises:
            UnknownIdentifier: There is none.
        """
        return cast(Provision, self.find(reference, ("provision",)))

    def concept(self, reference: str) -> Concept:
        """The concept of this identifier or reference, e.g. `corpus.concept("SDG 9.c")`.

        Raises:
            UnknownIdentifier: There is none.
        """
        return cast(Concept, self.find(reference, ("concept",)))

    def entity(self, reference: str) -> Entity:
        """The entity of this identifier, acronym or name, e.g. `corpus.entity("ITU")`.

        Raises:
            UnknownIdentifier: There is none.
        """
        return cast(Entity, self.find(reference, ("entity",)))

    def roadmap(self, reference: str) -> Roadmap:
        """The road map of this identifier.

        Raises:
            UnknownIdentifier: There is none.
        """
        return cast(Roadmap, self.find(reference, ("roadmap",)))

    # --- who refers to whom -----------------------------------------------------------------------

    @functools.cached_property
    def _references(self) -> tuple[Reference, ...]:
        with paused_collector():
            return tuple(found for record in self.top for found in references_in(record))

    def references(self, identifier: str | None = None) -> tuple[Reference, ...]:
        """Every reference in a record and in the records inside it; without *identifier*, in the
        whole corpus.

        Args:
            identifier: The record, by identifier or reference, e.g. `"A/RES/80/173, para. 113"`.

        Raises:
            UnknownIdentifier: There is no such record.
        """
        return (
            self._references if identifier is None else tuple(references_in(self.find(identifier)))
        )

    @functools.cached_property
    def _cited_by(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = defaultdict(list)
        for each in self._references:
            found[each.target].append(each)
        return dict(found)

    def cited_by(self, identifier: str) -> tuple[Reference, ...]:
        """Every reference to a record, or to an identifier that is cited and has no record here.

        Args:
            identifier: The record, by identifier or reference.

        Raises:
            UnknownIdentifier: There is no such record, and nothing cites it.

        Examples:
            >>> from wsis_model import catalogue
            >>> [each.source for each in catalogue().cited_by("deliverables/joint-road-map")]
            ['80-173/122.1']
        """
        name = identifier if identifier in self._cited_by else self.find(identifier).id
        return tuple(self._cited_by.get(name, ()))

    def broken_references(self) -> tuple[Reference, ...]:
        """The references that lead nowhere, or to a record of the wrong kind."""
        targets: dict[tuple[str, ...], list[str]] = {}
        for kind, part in zip(TOP_KINDS, self._parts, strict=True):
            if part:
                collect(kind.record, part, targets)
        wrong: set[tuple[tuple[str, ...], str]] = set()
        with paused_collector():
            index = self._index
        for kinds, named in targets.items():
            for target in set(named):
                record_ = index.get(target)
                if record_ is None or (kinds and KIND_OF[type(record_)] not in kinds):
                    wrong.add((kinds, target))
        if not wrong:  # a sound corpus pays nothing for the places
            return ()
        return tuple(each for each in self._references if (each.kinds, each.target) in wrong)

    def position(self, identifier: str, path: tuple[str | int, ...] = ()) -> Position | None:
        """The place of a record, or of the value at *path* in it, in the file it was read from;
        None if it came from no file.
        """
        place = self._paths.get(identifier)
        if place is None:
            return None
        top, steps = place
        origin = self.origins.get(top)
        return None if origin is None else origin.find((*steps, *path))

    def ancestors(self, identifier: str) -> tuple[Any, ...]:
        """The records that a record stands in, the outermost first: for a milestone its road map
        and its activity.

        Raises:
            UnknownIdentifier: No record has this identifier; with the near misses.

        Examples:
            >>> from wsis_model import catalogue
            >>> (
            ...     [record.id for record in catalogue().ancestors("80-173/113.1")],
            ...     catalogue().ancestors("itu"),
            ... )
            (['80-173', '80-173/113'], ())
        """
        place = self._paths.get(identifier)
        if place is None:
            self[identifier]  # raises, with the near misses
            return ()
        top, steps = place
        here: Any = self._index[top]
        found: list[Any] = []
        for key, index in zip(steps[::2], steps[1::2], strict=True):
            found.append(here)
            here = getattr(here, str(key))[index]
        return tuple(found)

    @functools.cached_property
    def _paths(self) -> dict[str, tuple[str, tuple[str | int, ...]]]:
        """For each identifier the top record that holds it, and the path below that."""
        found: dict[str, tuple[str, tuple[str | int, ...]]] = {}

        def walk(record: Record, top: str, path: tuple[str | int, ...]) -> None:
            name = getattr(record, "id", None)
            if isinstance(name, str):
                found.setdefault(name, (top, path))
            for key in LISTS.get(type(record), ()):
                for index, member in enumerate(getattr(record, key)):
                    walk(member, top, (*path, key, index))

        for record in self.top:
            walk(record, record.id, ())
        return found

    # --- joining ----------------------------------------------------------------------------------

    def with_text(self, documents: Document | Iterable[Document]) -> Corpus:
        """This corpus with the official text of *documents* in its records of the same identifiers,
        as [`with_text`][wsis_model.texts.with_text] puts it there.

        A document that is not in the corpus is added as it is. One may be given once for each
        language; where two give text of one language, the later counts.

        Examples:
            >>> from wsis_model import Provision
            >>> ours = Document(id="99-1", title="Maps")
            >>> text = Provision(id="99-1/1", number="1", text={"fr": "Demande."})
            >>> read = Document(id="99-1", title="Maps", provisions=[text])
            >>> Corpus.of(ours).with_text(read)["99-1/1"].text["fr"]
            'Demande.'
        """
        held = {document.id: document for document in self.documents}
        origins = dict(self.origins)
        for document in (documents,) if isinstance(documents, Document) else documents:
            ours = held.get(document.id)
            held[document.id] = document if ours is None else with_text(ours, document)
            if ours is not None and not same_places(ours, held[document.id]):
                # Places are found by counting, and the record now has parts that its file lacks.
                origins.pop(document.id, None)
        return attrs.evolve(self, documents=held.values(), origins=origins)

    def __or__(self, other: Corpus) -> Corpus:
        # Another class may know how to join.
        if not isinstance(other, Corpus):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        made, clashes = join((self, other))
        for each in clashes:
            first, second = (KIND_OF.get(kind, "extension") for kind in each.kinds)
            raise DuplicateIdentifier(each.identifier, (first, second))
        return made

    @property
    def _parts(self) -> tuple[tuple[Any, ...], ...]:
        return (
            self.documents,
            self.vocabularies,
            self.groups,
            self.all_entities,
            self.sessions,
            self.roadmaps,
        )

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are.

        Examples:
            >>> from wsis_model import catalogue
            >>> catalogue().counts()["document"] > 30
            True
        """
        found = dict.fromkeys(KIND_OF.values(), 0)
        for record in self._index.values():
            found[KIND_OF[type(record)]] += 1
        return found

    def __repr__(self) -> str:
        held = ", ".join(
            f"{count} {_plural(kind, count)}" for kind, count in self.counts().items() if count
        )
        return f"<Corpus of {held or 'nothing'}>"

    def _repr_html_(self) -> str:
        rows = tuple((kind, count) for kind, count in self.counts().items() if count)
        table: Table[tuple[str, int]] = Table(
            rows, {"kind": lambda row: row[0], "records": lambda row: row[1]}
        )
        return table._repr_html_()  # pyright: ignore[reportPrivateUsage]  # the notebook protocol


@attrs.frozen(eq=False)
class Batch:
    """Top records to be joined with others: those of a file."""

    records: Iterable[tuple[Top, Origin | None]]
    """The records, each with where it was read."""
    extensions: Extensions
    """What third parties added to them as a whole."""
    origin: Origin | None = None
    """Where they were read as a whole."""


@attrs.frozen
class Clash:
    """Two records, or two extensions, that differ and have one identifier or key."""

    identifier: str
    """The identifier of records, or the key of extensions."""
    kinds: tuple[type, type]
    """The classes of the records; `Extensions` for extensions."""
    origins: tuple[Origin | None, Origin | None]
    """Where they were read; of extensions, where the file begins."""

    def finding(self) -> Finding:
        """The clash as a problem of the later file."""
        name, (first, second) = self.identifier, self.origins
        if self.kinds[0] is Extensions:
            message = f"files differ in the extension {excerpt(name)}"
            place = Position(second.file if second else "")
            return Finding("duplicate-key", message, place, f"extensions.{name}")
        other = f"at {first.find(('id',))}" if first else "in the shipped catalogue"
        return Finding(
            "duplicate-record",
            f"{excerpt(name)} is claimed by another {self.kinds[0].__name__} {other}",
            second.find(("id",)) if second else Position(name),
            (*(second.path if second else ()), "id"),
            "give one of them another identifier",
        )


def join(
    parts: Iterable[Corpus | Batch], *, lists: bool = False
) -> tuple[Corpus, tuple[Clash, ...]]:
    """One corpus of several, and the clashes between them: of two records that differ and have one
    identifier the first is kept.

    Args:
        parts: What is joined.
        lists: Whether lists under one key of the extensions are put one after the other, as in
            files that make one whole; otherwise they must be equal.
    """
    records: dict[str, Top] = {}
    origins: dict[str, Origin] = {}
    extensions: dict[str, Any] = {}
    extended: dict[str, Origin | None] = {}
    clashes: list[Clash] = []
    for each in parts:
        part = _batch(each) if isinstance(each, Corpus) else each
        for record, origin in part.records:
            known = records.setdefault(record.id, record)
            if known is not record and known != record:
                kinds: tuple[type, type] = (type(known), type(record))
                clashes.append(Clash(record.id, kinds, (origins.get(record.id), origin)))
            elif origin is not None:
                origins.setdefault(record.id, origin)
        for key, value in part.extensions.items():
            held = extensions.setdefault(key, value)
            first = extended.setdefault(key, part.origin)
            if lists and held is not value and isinstance(held, tuple) and isinstance(value, tuple):
                extensions[key] = (*held, *value)
            elif held != value:
                clashes.append(Clash(key, (Extensions, Extensions), (first, part.origin)))
    made = Corpus(**_listed(records.values()), extensions=Extensions(extensions), origins=origins)
    return made, tuple(clashes)


def _batch(corpus: Corpus) -> Batch:
    records = tuple(corpus.top)
    places = [corpus.origins.get(each.id) for each in records] if corpus.origins else repeat(None)
    first = next(iter(corpus.origins.values()), None)
    origin = first and attrs.evolve(first, path=())
    return Batch(zip(records, places, strict=False), corpus.extensions, origin)


def _listed(records: Iterable[Record]) -> dict[str, Any]:
    """Top records by the fields that list them."""
    listed: dict[type[Record], list[Record]] = {kind.record: [] for kind in TOP_KINDS}
    for record in records:
        try:
            listed[type(record)].append(record)
        except KeyError:
            name = type(record).__name__
            msg = f"a {name} stands inside other records; give the record that holds it"
            raise TypeError(msg) from None
    return {kind.field: listed[kind.record] for kind in TOP_KINDS}


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind
    return {
        "entity": "entities",
        "vocabulary": "vocabularies",
        "activity": "activities",
        "roadmap": "road maps",
    }.get(kind, f"{kind}s")
