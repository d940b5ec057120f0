"""Records of files of any size, one by one."""

from __future__ import annotations

import functools
import itertools
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
from pydantic import ValidationError

from . import formats
from ._catalogue import catalogue
from .corpus import Clash, Corpus
from .errors import Finding, LoadError, Position, excerpt
from .formats import CSV, JSON, NDJSON, YAML, Format, Parsed, Unknown
from .formats._files import read_bytes
from .formats._folder import read_tables
from .formats._pieces import TOP, Piece, PlacesBelow, Undivided, opened_expanded
from .formats._problems import near
from .formats._text import HINTED, MAX_PROBLEMS, PIECE, Plain
from .formats.json import dense, doubled_keys, may_have_doubled_keys
from .formats.ndjson import members_of, no_owner
from .interop.detect import Kind as FileKind
from .interop.detect import files_and_tables, kind_of, no_records, read_known
from .model import Document, Extensions, Record, Vocabulary, is_identifier
from .model.identifiers import owner_of
from .model.kinds import TOP_KINDS, Kind
from .model.record import identifier_of
from .model.text import plain_texts
from .names.index import IndexOnDemand
from .positions import Origin
from .positions import Path as Steps
from .texts import with_text

__all__ = ["Stream", "Streamed", "stream"]

WHOLE = 2**26
"""A file of so many bytes is read whole if it cannot be read a record at a time."""
MEMBERS = 30
"""So many members of documents and vocabularies are validated at once."""
_STREAMED = (NDJSON, JSON, YAML)


@attrs.frozen
class Streamed:
    """A record of a stream, with what it belongs to and where it stands."""

    record: Record
    """The record; a document without the provisions, and a vocabulary without the concepts, that
    follow it.
    """
    kind: str
    """The kind of record, e.g. `"provision"`."""
    belongs_to: str | None
    """The identifier of the document or vocabulary that it is a part of; None for a record that is
    in no other.
    """
    position: Position
    """The line on which it begins; a file without lines has only its name."""


#: The list of a file in which records of a class stand that hold others.
_LIST: dict[type[Record], str] = {kind.record: kind.field for kind in TOP_KINDS}

_Item = tuple[Record, Kind, str, int | None]
"""A record, its kind, its file, and the line on which it begins."""


@attrs.define(eq=False)
class Stream:
    """The records of files, validated, read one by one while they are asked for. Each iteration
    reads the files anew.

    In memory are one record at a time (in YAML and JSON with its parts: one document, one road map)
    and the identifiers of the records that are in no other.
    """

    paths: tuple[Path, ...]
    """The files and folders."""
    format: str | None = None
    """Name of the format, if the suffix does not give it."""
    unknown: Unknown = "forbid"
    """As for [`load`][wsis_model.load]."""
    names: Corpus | None = None
    """As for [`load`][wsis_model.load]."""
    on_problem: Callable[[Finding], object] | None = None
    """Called with each problem as it is found."""
    extensions: dict[str, Any] = attrs.field(factory=dict[str, Any], init=False)
    """What third parties added to the files as a whole; complete after the last record."""
    lost: set[tuple[str, str]] = attrs.field(factory=set[tuple[str, str]], init=False)
    """What was left out: see [`Partial.lost`][wsis_model.Partial]."""

    def __iter__(self) -> Iterator[Record]:
        for item in self._read():
            yield item[0]

    def items(self) -> Iterator[Streamed]:
        """The records, each with its kind, what it belongs to and its place.

        Raises:
            LoadError: As for the stream.
        """
        for record, kind, file, line in self._read():
            belongs_to = owner_of(identifier_of(record)) if kind.inside else None
            place = Position(file) if line is None else Position(file, line, 1)
            yield Streamed(record, kind.name, belongs_to, place)

    def _read(self) -> Iterator[_Item]:
        self.extensions.clear()
        self.lost.clear()
        kept: list[Finding] = []

        def keep(problem: Finding) -> None:
            if len(kept) < MAX_PROBLEMS:
                kept.append(problem)

        tell = self.on_problem or keep
        reader = _Reader(self.unknown, self.names, self.extensions, self.lost, tell)
        for path in self.paths:
            yield from reader.read(path, self.format)
        if kept:
            raise LoadError(tuple(formats.truncate(kept)))


def stream(
    *paths: str | os.PathLike[str],
    format: str | None = None,
    unknown: Unknown = "forbid",
    names: Corpus | None = None,
    on_problem: Callable[[Finding], object] | None = None,
) -> Stream:
    """The records of files and folders of any size, validated, one by one.

    They come as the lines of NDJSON have them: documents, vocabularies, actors, sessions, road maps
    in the order of the files, and after a document its provisions, after a vocabulary its concepts.
    What goes wrong does not stop the stream: the problem is told, and of the record the rest is
    given, as [`salvage`][wsis_model.salvage] does.

    A stream sees one record at a time. Names for which there are no identifiers ("UNESCO") are
    looked up in *names*, not among the other records of the file; that two provisions of a document
    have one identifier, and all that rules find, is for [`check`][wsis_model.check] to say. Of two
    files that hold the same record, the second is not given again.

    Args:
        paths: Files (`.ndjson`, `.json`, `.yaml`, each also `.gz`; other files that
            [`load`][wsis_model.load] reads are read whole), and folders.
        format: Name of the format, if the suffix does not give it.
        unknown: As for [`load`][wsis_model.load].
        names: As for [`load`][wsis_model.load].
        on_problem: Called with each problem as it is found. Without it, the problems are raised
            after the last record, all in one error.

    Raises:
        LoadError: Every problem, each with its place, after the last record; at most 10,000.
        TypeError: No path is given.
        UnknownFormat: There is no such format; or, while the stream is read, the name of a file
            gives none.

    Examples:
        >>> import pathlib, tempfile
        >>> import wsis_model as wsis
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "catalogue.ndjson"
        >>> wsis.save(wsis.catalogue(), file)
        >>> sum(isinstance(record, wsis.Provision) for record in stream(file))
        297
    """
    if not paths:
        msg = "give at least one file or folder"
        raise TypeError(msg)
    if unknown not in ("forbid", "keep"):
        msg = f'unknown is "forbid" or "keep", not {excerpt(unknown)}'
        raise ValueError(msg)
    if format is not None:
        formats.format_of(format)
    if any(not os.fspath(each) for each in paths):  # Path("") is the working directory
        raise LoadError.of(Position(""), "unreadable", "cannot be read: the name is empty")
    return Stream(tuple(map(Path, paths)), format, unknown, names, on_problem)


@attrs.define
class _Reader:
    """Reads files record by record."""

    unknown: Unknown
    names: Corpus | None
    extensions: dict[str, Any]
    lost: set[tuple[str, str]]
    on_problem: Callable[[Finding], object]
    seen: dict[str, tuple[int, type[Record], str, int | None]] = attrs.Factory(
        dict[str, tuple[int, type[Record], str, int | None]]
    )
    """Records that are in no other, by identifier: a hash, the class, the file and the line."""
    documents: list[Document] = attrs.Factory(list[Document])
    """Language versions of one document of the United Nations, until another document comes."""

    @functools.cached_property
    def index(self) -> IndexOnDemand:
        """Gives the index of names."""
        known = self.names
        return IndexOnDemand(
            lambda: (catalogue() if known is None else known).names.bounded(HINTED)
        )

    def partial(self, built: formats.Built) -> formats.PartialFile:
        """What can be read of a file or of a part of one; its problems are told."""
        partial = built.partial()
        self.lost |= partial.lost
        self.tell(partial.problems)
        return partial

    def read(self, path: Path, format: str | None) -> Iterator[_Item]:
        """The records of a file or folder."""
        try:
            if path.is_dir() and format in (None, "csv"):
                yield from self._folder(path)
            else:
                kind = kind_of(path) if format is None else formats.format_of(format)
                yield from self._file(path, kind)
        except LoadError as error:
            self.tell(error.problems)
        yield from self._languages()

    def _folder(self, folder: Path) -> Iterator[_Item]:
        found = False
        for path, kind in files_and_tables(folder):
            found = True
            try:
                if isinstance(kind, LoadError):
                    raise kind
                if kind is not None:
                    yield from self._file(path, kind)
                    continue
                sources, unreadable = read_tables(path, CSV.module.named)
                self.tell(unreadable)
                yield from self._whole(sources, str(path), CSV)
            except LoadError as error:
                self.tell(error.problems)
        if not found:
            self.tell([no_records(folder)])

    def _file(self, path: Path, kind: FileKind) -> Iterator[_Item]:
        name = str(path)
        if isinstance(kind, str):
            for record in read_known(kind, path).records:
                if not isinstance(record, Document):
                    yield from self.top(record, TOP[_LIST[type(record)]], name, None)
                    continue
                if self.documents and self.documents[-1].id != record.id:
                    yield from self._languages()
                self.documents.append(record)
            return
        form, compressed = kind[0], kind[1] or name.endswith(".gz")
        if form not in _STREAMED:
            yield from self._whole(read_bytes(path, compressed=compressed), name, form)
            return
        given: dict[str, int] = defaultdict(int)
        try:
            with opened_expanded(path, compressed=compressed) as opened:
                file = _OneFile(self, name, form, given)
                yield from file.records(form.module.pieces(opened, name))
        except Undivided as error:
            with opened_expanded(path, compressed=compressed) as opened:
                data = _all_of(opened)
            if len(data) > WHOLE:
                message = "from here on the file is not a list of records that can be read"
                hint = f"give it as NDJSON, or in files of less than {WHOLE:,} bytes"
                self.tell([Finding(f"{form.name}-syntax", message, error.position, hint=hint)])
            else:
                yield from self._whole(data, name, form, given)

    def _whole(
        self, source: formats.Input, name: str, form: Format, given: dict[str, int] | None = None
    ) -> Iterator[_Item]:
        """The records of a file that is read whole; without as many of each list as were *given*
        already.
        """
        partial = self.partial(formats.read(source, name, form, self.unknown, self.index))
        self.extend(partial.records.extensions, name)
        for kind in TOP_KINDS:
            records = getattr(partial.records, kind.field)
            for record in records[(given or {}).get(kind.field, 0) :]:
                yield from self.top(record, kind, name, None)

    def _languages(self) -> Iterator[_Item]:
        """The document of which language versions were read."""
        # English first: what is the same in every language is taken from the first version.
        versions = sorted(self.documents, key=lambda document: "en" not in document.languages)
        self.documents = []
        if versions:
            document = functools.reduce(with_text, versions)
            yield from self.top(document, TOP["documents"], document.id, None)

    def top(self, record: Any, kind: Kind, file: str, line: int | None) -> Iterator[_Item]:
        """A record that is in no other, and the members of it that have lines of their own."""
        if not self.is_new(record, file, line):
            return
        members = members_of(record)
        if not members:
            yield record, kind, file, line
            return
        member, records = members
        yield record.model_copy(update={member.field: ()}), kind, file, line
        for each in records:
            yield each, member, file, line

    def is_new(self, record: Record, file: str, line: int | None) -> bool:
        """Whether no record of this identifier came before; if one did that differs, it is told."""
        name = identifier_of(record)
        this = (hash(record), type(record), file, line)
        first = self.seen.setdefault(name, this)
        if first is this:
            return True
        if first[:2] != this[:2]:
            types: tuple[type, type] = (first[1], this[1])
            origins = _at(first[2], first[3]), _at(file, line)
            self.tell([Clash(name, types, origins).finding()])
        return False

    def extend(self, extensions: Extensions, file: str) -> None:
        for key, value in extensions.items():
            before = self.extensions.setdefault(key, value)
            if isinstance(before, tuple) and isinstance(value, tuple) and before is not value:
                self.extensions[key] = (*before, *value)
            elif before != value:
                origins = (None, Origin(file, (), lambda: None))
                self.tell([Clash(key, (Extensions, Extensions), origins).finding()])

    def tell(self, problems: Any) -> None:
        for each in problems:
            self.on_problem(each)


def _at(file: str, line: int | None) -> Origin:
    place = Position(file) if line is None else Position(file, line, 1)
    return Origin(file, (), lambda: _Place(place))


@attrs.frozen
class _Place:
    """The one place that is known of a record that was read."""

    position: Position

    def find(self, path: Steps, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        return self.position


def _all_of(opened: Any) -> bytes:
    """What a stream holds, or a little more than is read whole."""
    data = bytearray()
    while len(data) <= WHOLE and (piece := opened.read(PIECE)):
        data += piece
    return bytes(data)


#: What a document or vocabulary must have, to validate a member of it that comes without it.
_STAND_INS: dict[type[Record], dict[str, str]] = {
    Document: {"title": "-"},
    Vocabulary: {"title": "-"},
}


@attrs.define(eq=False)
class _OneFile:
    """Makes records of the pieces of one file."""

    reader: _Reader
    name: str
    form: Format
    given: dict[str, int]
    """How many records of each list came."""
    holders: dict[tuple[str, str], int] = attrs.Factory(dict[tuple[str, str], int])
    """Lists and identifiers of records that hold others, with their places in their lists."""
    members: dict[str, int] = attrs.field(factory=lambda: defaultdict(int))
    """How many members of each came."""
    waiting: dict[tuple[str, str], list[tuple[str, int]]] = attrs.Factory(
        dict[tuple[str, str], list[tuple[str, int]]]
    )
    """Members that came before what they belong to, with their lines."""
    waits: int = 0

    def records(self, pieces: Iterator[Piece]) -> Iterator[_Item]:
        """The records."""
        for piece, record in self._validated(pieces):
            kind = piece.kind
            if kind is None:
                self._beside(piece)
            elif kind.inside is None:
                record = record or self._slow(piece, kind, "")
                place = self.given[kind.field]
                self.given[kind.field] += 1
                if record is not None:
                    if kind.record in _STAND_INS:
                        holder = (kind.field, identifier_of(record))
                        self.holders.setdefault(holder, place)
                        self.waiting.pop(holder, None)
                    yield from self.reader.top(record, kind, self.name, piece.line)
            else:
                record = record or self._slow(piece, kind, self._owner(piece))
                if record is not None:
                    self._belongs(kind, identifier_of(record), piece.line)
                    yield record, kind, self.name, piece.line
        for (list_, owner), lines in self.waiting.items():
            held = [name for of, name in self.holders if of == list_]
            for number, (name, line) in enumerate(lines):
                hint = near(owner, held) if number == 0 else ""
                problem = no_owner(name, owner, Position(self.name, line, 1), hint)
                self.reader.tell([problem])

    def _belongs(self, kind: Kind, name: str, line: int) -> None:
        assert kind.inside is not None
        owner = owner_of(name)
        self.members[owner] += 1
        holder = (_LIST[kind.inside], owner)
        if holder not in self.holders and self.waits < MAX_PROBLEMS:
            self.waits += 1
            self.waiting.setdefault(holder, []).append((name, line))

    def _validated(self, pieces: Iterator[Piece]) -> Iterator[tuple[Piece, Record | None]]:
        """The pieces, each with its record, if it is written as we write it and valid."""
        for kind, run in itertools.groupby(pieces, _kind_of):
            # Members are small: keys that stand twice are sought in many of them at once.
            size = MEMBERS if kind and kind.inside else 1
            while some := list(itertools.islice(run, size)):
                yield from zip(some, _quick(some, kind) if kind else (None,), strict=True)

    def _owner(self, piece: Piece) -> str:
        tree: Plain
        tree, _, _ = piece.parse()
        owner = owner_of(str(tree.get("id", ""))) if isinstance(tree, dict) else ""
        return owner if is_identifier(owner) else "x"

    def _slow(self, piece: Piece, kind: Kind, owner: str) -> Any:
        """The record, or what can be read of it, with its problems told."""
        tree, places, problems = piece.parse()
        if tree is None and problems:
            self.reader.tell(problems)
            return None
        steps: Steps = (kind.field, self.given[kind.field])
        wrap: Callable[[Any], Any] = lambda plain: {kind.field: [plain]}  # noqa: E731
        if kind.inside is not None:
            list_ = _LIST[kind.inside]
            steps = (list_, self.holders.get((list_, owner), 0), kind.field, self.members[owner])
            stand_in = {"id": owner, **_STAND_INS[kind.inside]}
            wrap = lambda plain: {list_: [{**stand_in, kind.field: [plain]}]}  # noqa: E731
        if self.form == JSON:
            problems = [attrs.evolve(each, path=(*steps, *each.path)) for each in problems]
        below = PlacesBelow(places, len(steps))
        typed = piece.parse_typed
        parsed = Parsed(
            self.name,
            wrap(tree),
            below,
            problems,
            self.reader.unknown,
            None if typed is None else lambda: (wrap(typed()[0]), below, ()),
        )
        built = formats.build(parsed, self.reader.index)
        built = attrs.evolve(built, problems=tuple(_moved(each, steps) for each in built.problems))
        records = self.reader.partial(built).records
        made: Any = getattr(records, str(steps[0]))
        if made and kind.inside is not None:
            made = getattr(made[0], kind.field)
        return made[0] if made else None

    def _beside(self, piece: Piece) -> None:
        """Version and extensions."""
        tree, places, problems = piece.parse()
        unknown = self.reader.unknown
        parsed = Parsed(self.name, tree, places, problems, unknown, piece.parse_typed)
        partial = self.reader.partial(formats.build(parsed, self.reader.index))
        self.reader.extend(partial.records.extensions, self.name)


def _kind_of(piece: Piece) -> Kind | None:
    return piece.kind


def _quick(pieces: list[Piece], kind: Kind) -> list[Record | None]:
    """The records of pieces that are written as we write them, and valid; None for the others."""
    validate = kind.record.model_validate_json
    before = plain_texts.seen
    made: list[Record | None] = []
    read: list[bytes] = []
    for piece in pieces:
        record, data = None, piece.data
        if data is not None and not dense(data):
            try:  # `suppress` takes a microsecond
                record = validate(data)
                read.append(data)
            except ValidationError:
                pass
        made.append(record)
    records = [each for each in made if each is not None]
    if may_have_doubled_keys(b"".join(read), records, plain_texts.seen - before):
        return [
            None if piece.data is None or doubled_keys(piece.data) else record
            for piece, record in zip(pieces, made, strict=True)
        ]
    return made


def _moved(problem: Finding, steps: Steps) -> Finding:
    """A problem of a record alone as one of the file in which it stands."""
    if problem.path[: len(steps)][::2] != steps[::2]:
        return problem
    path = (*steps, *problem.path[len(steps) :])
    fix = problem.fix and attrs.evolve(problem.fix, path=(*steps, *problem.fix.path[len(steps) :]))
    return attrs.evolve(problem, path=path, fix=fix)
