"""The corpus: records joined, found by identifier or name, and what refers to what among them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, NoReturn, cast

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
from .model.identifiers import owner_of
from .model.kinds import KIND_OF, KINDS, LISTS, TOP_KINDS
from .model.record import identifier_of
from .model.references import Reference, collect, references_in
from .names.index import Context
from .positions import Origin
from .queries import Queries
from .tables import Table
from .texts import same_places, with_text

__all__ = ["Batch", "Clash", "Corpus", "Reference", "TopRecord", "join"]

#: The records that are not nested in another record.
TopRecord = Document | Vocabulary | StakeholderGroup | Entity | Session | Roadmap


#: The kinds of records that a top record may come without, and whose identifiers lead to it.
_MEMBERS = {
    kind.record: kind for kind in KINDS if kind.inside in {each.record for each in TOP_KINDS}
}


def _by_id(records: Iterable[TopRecord]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=lambda record: record.id))


@attrs.frozen(repr=False)
class Corpus(Queries):
    """Records joined into one immutable whole: a mapping from identifier to record, with the
    references between them.

    Documents, vocabularies, groups, entities, sessions and road maps stand at its top; the records
    in them (provisions, mandates, concepts, activities ...) are found by identifier too. The order
    in which records were given does not matter.

    `a | b` joins two corpora, [`union`][wsis_model.Corpus.union] many; a record that several hold
    must be equal in all.

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
    # `entities` is a question (`Queries.entities`); the constructor takes the field by this name.
    all_entities: tuple[Entity, ...] = attrs.field(default=(), converter=_by_id, alias="entities")
    """The entities, by identifier."""
    sessions: tuple[Session, ...] = attrs.field(default=(), converter=_by_id)
    """The sessions and meetings, by identifier."""
    roadmaps: tuple[Roadmap, ...] = attrs.field(default=(), converter=_by_id)
    """The road maps, by identifier."""
    extensions: Extensions = attrs.field(factory=Extensions)
    """What third parties added to the files as a whole."""
    origins: Mapping[str, Origin] = attrs.field(factory=dict[str, Origin], eq=False, hash=False)
    """The file and path of each top record, by identifier; none for records made in a program."""

    def __attrs_post_init__(self) -> None:
        seen: dict[str, Record] = {}
        for record in self.top:
            other = seen.setdefault(record.id, record)
            if other is not record:
                raise DuplicateIdentifier(record.id, (KIND_OF[type(other)], KIND_OF[type(record)]))

    @classmethod
    def of(cls, *records: Record) -> Corpus:
        """A corpus of top records, which are nested in no other, in any order: documents,
        vocabularies, groups, entities, sessions, road maps; also of documents and vocabularies with
        their provisions and concepts beside them, as [`stream`][wsis_model.stream] gives them.

        Raises:
            TypeError: A record is of a kind that is only nested in others, and what holds it is not
                given.
            DuplicateIdentifier: Two different records claim one identifier.
        """
        return cls(**_by_field(records))

    @classmethod
    def from_file(cls, file: File) -> Corpus:
        """The corpus of the records in one [`File`][wsis_model.model.File]. It has no `origins`, so
        that findings have no position; [`load`][wsis_model.load] keeps them.
        """
        given: dict[str, Any] = {kind.field: getattr(file, kind.field) for kind in TOP_KINDS}
        return cls(**given, extensions=file.extensions)

    def to_file(self) -> File:
        """The records as one [`File`][wsis_model.model.File], without validating them again."""
        given: dict[str, Any] = {
            kind.field: records
            for kind, records in zip(TOP_KINDS, self._records_by_kind, strict=True)
        }
        return File.model_construct(**given, extensions=self.extensions)

    # --- what it holds ----------------------------------------------------------------------------

    @property
    def top(self) -> Iterator[Any]:
        """The records that are not nested in another, kind by kind."""
        for records in self._records_by_kind:
            yield from records

    @functools.cached_property
    def _index(self) -> dict[str, Record]:
        """The records by identifier. Nested kinds are written out: to walk by `LISTS`, as `_paths`
        does, takes longer, and every corpus needs the index.
        """
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
            for members in (roadmap.objectives, roadmap.activities, roadmap.indicators):
                extend((each.id, each) for each in members)
            extend(
                (each.id, each) for activity in roadmap.activities for each in activity.milestones
            )
            extend((each.id, each) for each in roadmap.updates if each.id is not None)
        index = dict(pairs)
        # If two records claim one identifier, the first is kept (`dict` keeps the last), and a rule
        # reports the second. The order stays that of the records.
        return index if len(index) == len(pairs) else index | dict(reversed(pairs))

    def __getitem__(self, identifier: str) -> Any:
        """The record of this identifier.

        Raises:
            UnknownIdentifier: There is none; with similar identifiers.
        """
        try:
            return self._index[identifier]
        except KeyError:
            # `find` takes references, this only identifiers.
            resolution = self.names.resolve(identifier)
            meant = resolution.identifiers if resolution.known else ()
            near = tuple(dict.fromkeys((*meant, *self.near(identifier))))
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
        empty if it names something else.

        Args:
            identifier: What was written.
            count: How many are wanted.
            kinds: Only records of these kinds, e.g. `("group", "entity")`; empty: any kind.

        Examples:
            >>> from wsis_model import catalogue
            >>> catalogue().near("unesko", 1)
            ('unesco',)
        """
        return self.names.near(identifier, count, kinds)

    def resolve(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The identifiers that a text stands for: one, or several if it names several things; empty
        if it names nothing, or is ambiguous.

        What follows " | " is a label for the reader, and a paragraph without a document is one of
        the outcome, A/RES/80/173. A reference to a record that is not in the corpus still gives its
        identifier.

        Args:
            text: What was written, e.g. `"SDG 9.c"`, `"UNESCO"`, `"paras 26-28"`.
            kinds: The kinds of record that belong there, e.g. `("provision", "mandate")`,
                which are preferred; empty: any kind.

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
            kinds: What kinds of record are wanted, e.g. `("group", "entity")`; empty: any kind.

        Raises:
            UnknownIdentifier: It names nothing, or nothing of these kinds; with similar
                identifiers.
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
            return tuple(each for record in self.top for each in references_in(record))

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
        by_target: dict[str, list[Reference]] = defaultdict(list)
        for each in self._references:
            by_target[each.target].append(each)
        return dict(by_target)

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
        target = identifier if identifier in self._cited_by else self.find(identifier).id
        return tuple(self._cited_by.get(target, ()))

    def broken_references(self) -> tuple[Reference, ...]:
        """The references that lead nowhere, or to a record of the wrong kind."""
        targets: dict[tuple[str, ...], list[str]] = {}
        for kind, records in zip(TOP_KINDS, self._records_by_kind, strict=True):
            if records:
                collect(kind.record, records, targets)
        broken: set[tuple[tuple[str, ...], str]] = set()
        with paused_collector():
            index = self._index
        for kinds, identifiers in targets.items():
            for target in set(identifiers):
                record = index.get(target)
                if record is None or (kinds and KIND_OF[type(record)] not in kinds):
                    broken.add((kinds, target))
        if not broken:  # a sound corpus is spared the references themselves
            return ()
        return tuple(each for each in self._references if (each.kinds, each.target) in broken)

    def position(self, identifier: str, path: tuple[str | int, ...] = ()) -> Position | None:
        """The position of a record, or of the value at *path* in it, in the file it was read from;
        None if it came from no file.
        """
        if identifier not in self._paths:
            return None
        top, steps = self._paths[identifier]
        origin = self.origins.get(top)
        return None if origin is None else origin.find((*steps, *path))

    def ancestors(self, identifier: str) -> tuple[Any, ...]:
        """The records that a record is nested in, the outermost first: for a milestone its road map
        and its activity.

        Raises:
            UnknownIdentifier: No record has this identifier; with similar identifiers.

        Examples:
            >>> from wsis_model import catalogue
            >>> (
            ...     [record.id for record in catalogue().ancestors("80-173/113.1")],
            ...     catalogue().ancestors("itu"),
            ... )
            (['80-173', '80-173/113'], ())
        """
        if identifier not in self._paths:
            self[identifier]  # raises UnknownIdentifier, with similar identifiers
            return ()
        top, steps = self._paths[identifier]
        record: Any = self._index[top]
        ancestors: list[Any] = []
        for field, index in zip(steps[::2], steps[1::2], strict=True):
            ancestors.append(record)
            record = getattr(record, str(field))[index]
        return tuple(ancestors)

    @functools.cached_property
    def _paths(self) -> dict[str, tuple[str, tuple[str | int, ...]]]:
        """For each identifier the top record that holds it, and the path below that."""
        paths: dict[str, tuple[str, tuple[str | int, ...]]] = {}

        def walk(record: Record, top: str, path: tuple[str | int, ...]) -> None:
            identifier = getattr(record, "id", None)
            if isinstance(identifier, str):
                paths.setdefault(identifier, (top, path))
            for field in LISTS.get(type(record), ()):
                for index, member in enumerate(getattr(record, field)):
                    walk(member, top, (*path, field, index))

        for record in self.top:
            walk(record, record.id, ())
        return paths

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
        by_id = {document.id: document for document in self.documents}
        origins = dict(self.origins)
        for document in (documents,) if isinstance(documents, Document) else documents:
            ours = by_id.get(document.id)
            by_id[document.id] = document if ours is None else with_text(ours, document)
            if ours is not None and not same_places(ours, by_id[document.id]):
                # Positions are looked up by list index; the record now has members that its file
                # lacks.
                origins.pop(document.id, None)
        return attrs.evolve(self, documents=by_id.values(), origins=origins)

    @staticmethod
    def union(corpora: Iterable[Corpus]) -> Corpus:
        """One corpus of several, as `a | b | c` gives it, in time in proportion to their records:
        in a loop, `|` copies the first ones again and again.

        Args:
            corpora: The corpora, in any order; a record that several hold must be equal in all.

        Raises:
            DuplicateIdentifier: Two different records at the top claim one identifier.
            TypeError: One of these is no corpus.

        Examples:
            >>> from wsis_model import Entity
            >>> each_alone = (Corpus.of(Entity(id=name, name=name)) for name in ("itu", "undp"))
            >>> [*Corpus.union(each_alone)]
            ['itu', 'undp']
        """
        joined, clashes = join(corpora)
        for clash in clashes:
            first, second = (KIND_OF.get(type_, "extension") for type_ in clash.types)
            raise DuplicateIdentifier(clash.identifier, (first, second))
        return joined

    def __or__(self, other: Corpus) -> Corpus:
        # Another class may know how to join.
        if not isinstance(other, Corpus):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Corpus.union((self, other))

    @property
    def _records_by_kind(self) -> tuple[tuple[Any, ...], ...]:
        """The top records, in the order of `TOP_KINDS`."""
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
        counts = dict.fromkeys(KIND_OF.values(), 0)
        for record in self._index.values():
            counts[KIND_OF[type(record)]] += 1
        return counts

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{count} {_plural(kind, count)}" for kind, count in self.counts().items() if count
        )
        return f"<Corpus of {counts or 'nothing'}>"

    def _repr_html_(self) -> str:
        rows = tuple((kind, count) for kind, count in self.counts().items() if count)
        table: Table[tuple[str, int]] = Table(
            rows, {"kind": lambda row: row[0], "records": lambda row: row[1]}
        )
        return table._repr_html_()  # pyright: ignore[reportPrivateUsage]  # the notebook protocol


@attrs.frozen(eq=False)
class Batch:
    """Top records to be joined with others: those of a file, or of a corpus."""

    records: Iterable[tuple[TopRecord, Origin | None]]
    """The records, each with its origin."""
    extensions: Extensions
    """What third parties added to the file as a whole."""
    origin: Origin | None = None
    """The origin of the extensions: the file, from its top."""


@attrs.frozen
class Clash:
    """Two records, or two extensions, that differ and have one identifier or key."""

    identifier: str
    """The identifier of records, or the key of extensions."""
    types: tuple[type, type]
    """The classes of the records; `Extensions` for extensions."""
    origins: tuple[Origin | None, Origin | None]
    """The origins of the two; None for what came from no file."""

    def finding(self) -> Finding:
        """The clash as a problem of the later file."""
        identifier, (first, second) = self.identifier, self.origins
        if self.types[0] is Extensions:
            message = f"files differ in the extension {excerpt(identifier)}"
            whole_file = Position(second.file if second else "")
            return Finding("duplicate-key", message, whole_file, f"extensions.{identifier}")
        other = f"at {first.find(('id',))}" if first else "in the shipped catalogue"
        return Finding(
            "duplicate-record",
            f"{excerpt(identifier)} is claimed by another {self.types[0].__name__} {other}",
            second.find(("id",)) if second else Position(identifier),
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
    records: dict[str, TopRecord] = {}
    origins: dict[str, Origin] = {}
    extensions: dict[str, Any] = {}
    extension_origins: dict[str, Origin | None] = {}
    clashes: list[Clash] = []
    for part in parts:
        batch = part if isinstance(part, Batch) else _batch(part)
        for record, origin in batch.records:
            first = records.setdefault(record.id, record)
            if first is not record and first != record:
                types: tuple[type, type] = (type(first), type(record))
                clashes.append(Clash(record.id, types, (origins.get(record.id), origin)))
            elif origin is not None:
                origins.setdefault(record.id, origin)
        for key, value in batch.extensions.items():
            before = extensions.setdefault(key, value)
            first_origin = extension_origins.setdefault(key, batch.origin)
            if before is value:
                continue
            if lists and isinstance(before, tuple) and isinstance(value, tuple):
                extensions[key] = (*before, *value)
            elif before != value:
                clashes.append(Clash(key, (Extensions, Extensions), (first_origin, batch.origin)))
    joined = Corpus(
        **_by_field(records.values()), extensions=Extensions(extensions), origins=origins
    )
    return joined, tuple(clashes)


def _batch(corpus: object) -> Batch:
    if not isinstance(corpus, Corpus):
        msg = f"only a corpus is joined with others, not {type(corpus).__name__}"
        raise TypeError(msg)
    records = tuple(corpus.top)
    origins = [corpus.origins.get(each.id) for each in records] if corpus.origins else repeat(None)
    first = next(iter(corpus.origins.values()), None)
    origin = first and attrs.evolve(first, path=())
    return Batch(zip(records, origins, strict=False), corpus.extensions, origin)


def _by_field(records: Iterable[Record]) -> dict[str, Any]:
    """Top records by the field of a corpus, or file, that holds them; members that came by
    themselves are put into the records that hold them.
    """
    by_type: dict[type[Record], list[Record]] = {kind.record: [] for kind in TOP_KINDS}
    members: dict[tuple[type[Record], str], dict[str, list[Record]]] = {}
    for record in records:
        if (listed := by_type.get(type(record))) is not None:
            listed.append(record)
        elif (kind := _MEMBERS.get(type(record))) is not None:
            assert kind.inside is not None
            holder = (kind.inside, owner_of(identifier_of(record)))
            members.setdefault(holder, {}).setdefault(kind.field, []).append(record)
        else:
            _refuse(record)
    for of in {of for of, _ in members}:
        for index, record in enumerate(by_type[of]):
            if own := members.pop((of, identifier_of(record)), None):
                joined = {field: (*getattr(record, field), *more) for field, more in own.items()}
                by_type[of][index] = record.model_copy(update=joined)
    for left in members.values():
        _refuse(next(iter(left.values()))[0])
    return {kind.field: by_type[kind.record] for kind in TOP_KINDS}


def _refuse(record: Record) -> NoReturn:
    name = type(record).__name__
    msg = f"a {name} stands inside other records; give the record that holds it"
    raise TypeError(msg)


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind
    return {
        "entity": "entities",
        "vocabulary": "vocabularies",
        "activity": "activities",
        "roadmap": "road maps",
    }.get(kind, f"{kind}s")
