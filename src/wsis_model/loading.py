"""Files into corpora and back: `load`, `loads`, `save`, `dumps`."""

from __future__ import annotations

import contextlib
import functools
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import IO, Any

import attrs

from . import formats
from ._catalogue import catalogue
from ._collector import paused_collector
from .corpus import Batch, Corpus, join
from .errors import Finding, LoadError, Position, excerpt
from .formats import CSV, Built, Format, Input, PartialFile, SourceIndexes, Unknown
from .formats._files import read_bytes, stream_of, write_whole
from .formats._folder import read_tables, save_tables
from .formats._text import HINTED, MAX_PROBLEMS
from .interop._reading import Known
from .interop.detect import Kind, files_and_tables, kind_in, kind_of, no_records, read_known
from .model import Document, File, Record
from .model.kinds import TOP_KINDS
from .model.record import NO_EXTENSIONS
from .names.index import IndexOnDemand
from .positions import Origin, Places, Remembered

__all__ = ["Partial", "dumps", "load", "loads", "salvage", "save"]

KEEP_BYTES = 4_000_000
"""The bytes of a file up to this size are kept with the corpus, to be parsed again when the first
finding needs a position; of a larger file only the path is kept.
"""


def load(
    source: str | os.PathLike[str] | IO[bytes] | IO[str] | Mapping[str, Any],
    *,
    format: str | None = None,
    unknown: Unknown = "forbid",
    names: Corpus | None = None,
) -> Corpus:
    """Read a file, a folder, an open file or plain data into a corpus. Never looks at the network.

    Where the identifier of another record belongs, people may write what they call it: "SDG 9.c",
    "UNESCO", "C7: e-health", "para. 26" (of the outcome, A/RES/80/173).

    Args:
        source: Path of a file (`.yaml`, `.json`, `.ndjson`, `.csv`, `.xlsx`, each also `.gz`) or of
            a folder, which is read as one corpus, in any order of its files; an open file; or
            a mapping in the shape of a file. The UN's own files (Akoma Ntoso, PDF, Word, registry
            JSON, UN80 actions) are known by their content and read by `wsis_model.interop`, with
            their annexes; language versions of one document become one. Only the reader itself
            reports what found no place in the records.
        format: Name of the format, if the suffix does not give it (an open file without a name).
        unknown: `"forbid"` makes a field that this version does not know a problem, with a "did you
            mean"; `"keep"` keeps it under `extensions`, writes it back where it stood, and leaves
            it to `check` to report.
        names: The corpus in which names are looked up; without it the shipped catalogue, read when
            first needed.

    Raises:
        LoadError: Every problem of the file or of all files of the folder, each with its place.
        UnknownFormat: The name gives no format, and none was given.

    Examples:
        >>> corpus = load(
        ...     {"roadmaps": [{"id": "c2-roadmap", "title": "Action Line C2", "owners": ["itu"]}]}
        ... )
        >>> corpus["c2-roadmap"].title["en"]
        'Action Line C2'
    """
    reader = _reader(unknown, names, _complete)
    reader.read(source, format)
    return reader.complete()


def loads(
    data: bytes | str,
    format: str,
    *,
    name: str = "<data>",
    unknown: Unknown = "forbid",
    names: Corpus | None = None,
) -> Corpus:
    """Read the bytes or text of a file into a corpus.

    Args:
        data: The bytes, or the text.
        format: Name of the format, e.g. `"yaml"`, `"json.gz"`.
        name: What to call the data in messages.
        unknown: As for [`load`][wsis_model.load].
        names: As for [`load`][wsis_model.load].

    Raises:
        LoadError: Every problem, each with its place.
        UnknownFormat: There is no such format.

    Examples:
        >>> len(loads("entities: [{id: itu, name: International Telecommunication Union}]", "yaml"))
        1
    """
    reader = _reader(unknown, names, _complete)
    reader.read_bytes(data, format, name)
    return reader.complete()


@attrs.frozen
class Partial:
    """The records that could be read from files with problems, and every problem."""

    corpus: Corpus
    """The valid records. A mandatory text that could not be read has a stand-in, `unread`."""
    problems: tuple[Finding, ...]
    """The problems, each with its position; empty if `load` would have read the files."""
    lost: frozenset[tuple[str, str]]
    """What was left out: the identifier of a record and the name of a field; an empty name for a
    whole record.
    """

    @property
    def fixes(self) -> tuple[Finding, ...]:
        """The problems that one change certainly mends, each with its `fix`."""
        return tuple(each for each in self.problems if each.fix is not None)

    def explains(
        self, finding: Finding, reads: Iterable[str] = (), *, of_value: bool = False
    ) -> bool:
        """Whether a finding is only a consequence of what was left out: of a record that it
        mentions, of its field, or of another field that its rule reads.

        Args:
            finding: The finding.
            reads: Other fields that the rule reads: of the record, of the activity or paragraph
                that holds it, or of its road map or document.
            of_value: Whether it is about a value that is there, whatever of its field is not.
        """
        if any(each == formats.UNREAD or (each, "") in self.lost for each in finding.names):
            return True
        record = finding.record
        around = (record, record.rpartition(".")[0], record.partition("/")[0])
        looked_at = {(of, each) for each in reads for of in around}
        if not of_value:
            looked_at.add((record, str(finding.path[0]) if finding.path else ""))
        return not self._lost_fields.isdisjoint(looked_at)

    def __ror__(self, corpus: Corpus) -> Partial:
        """What was read, joined with a corpus: `catalogue() | partial`."""
        return attrs.evolve(self, corpus=corpus | self.corpus)

    @functools.cached_property
    def _lost_fields(self) -> frozenset[tuple[str, str]]:
        # A lost field of a milestone is a lost part of its activity, whose identifier stands
        # before the point.
        return self.lost | {
            (record.rpartition(".")[0], "milestones") for record, _ in self.lost if "." in record
        }


def salvage(
    source: str | os.PathLike[str] | bytes | Mapping[str, Any],
    *,
    format: str | None = None,
    name: str | None = None,
    unknown: Unknown = "forbid",
    names: Corpus | None = None,
) -> Partial:
    """As [`load`][wsis_model.load], but gives the sound records together with the problems, so that
    [`check`][wsis_model.check] can look at the rest in the same run. Raises nothing about the data.

    Args:
        source: A file, a folder, the bytes of a file, or a mapping in the shape of a file.
        format: Name of the format; needed for bytes.
        name: What to call bytes in messages.
        unknown: As for [`load`][wsis_model.load].
        names: As for [`load`][wsis_model.load].

    Raises:
        UnknownFormat: The name gives no format, and none was given.

    Examples:
        >>> found = salvage(
        ...     {"roadmaps": [{"id": "plan", "title": "Plan", "owners": ["itu"], "status": "daft"}]}
        ... )
        >>> (
        ...     found.corpus["plan"].status.value,
        ...     found.problems[0].hint,
        ...     found.lost,
        ... )
        ('draft', "did you mean 'draft'?", frozenset({('plan', 'status')}))
    """
    reader = _reader(unknown, names, Built.partial)
    try:
        if isinstance(source, bytes):
            reader.read_bytes(source, format or name or "<data>", name or "<data>")
        else:
            reader.read(source, format)
    except LoadError as error:
        return Partial(Corpus(), error.problems, frozenset())
    corpus, problems = reader.joined()
    return Partial(corpus, (*reader.problems, *problems), frozenset(reader.lost))


def _complete(built: Built) -> PartialFile:
    return PartialFile(built.complete(), source_indexes=(built.source_indexes,))


def _reader(
    unknown: Unknown, names: Corpus | None, finish: Callable[[Built], PartialFile]
) -> _Reader:
    if unknown not in ("forbid", "keep"):
        msg = f'unknown is "forbid" or "keep", not {excerpt(unknown)}'
        raise ValueError(msg)
    index = IndexOnDemand(lambda: (catalogue() if names is None else names).names.bounded(HINTED))
    return _Reader(unknown, index, finish)


Reread = Callable[[], bytes | None]


@attrs.define
class _Reader:
    """Reads files, and collects their records until they are joined."""

    unknown: Unknown
    names: IndexOnDemand
    finish: Callable[[Built], PartialFile]
    """Gives the records of a file, or raises, if it has problems."""
    batches: list[Batch] = attrs.Factory(list[Batch])
    documents: list[Document] = attrs.Factory(list[Document])
    problems: list[Finding] = attrs.Factory(list[Finding])
    lost: set[tuple[str, str]] = attrs.Factory(set[tuple[str, str]])

    def complete(self) -> Corpus:
        """Everything in one corpus.

        Raises:
            LoadError: Anything is wrong.
        """
        if self.problems:
            raise LoadError(tuple(self.problems))
        corpus, problems = self.joined()
        if problems:
            raise LoadError(tuple(problems))
        return corpus

    def joined(self) -> tuple[Corpus, list[Finding]]:
        """Everything in one corpus, and a problem for each clash between files."""
        corpus, clashes = join(self.batches, lists=True)
        problems = formats.truncate([each.finding() for each in clashes[:MAX_PROBLEMS]])
        if self.documents:
            # English first: what is the same in every language is taken from the first version.
            corpus = corpus.with_text(
                sorted(self.documents, key=lambda document: "en" not in document.languages)
            )
        return corpus, problems

    def read(
        self,
        source: str | os.PathLike[str] | IO[bytes] | IO[str] | Mapping[str, Any],
        format: str | None,
    ) -> None:
        if isinstance(source, Mapping):
            self._add(dict(source), "<data>", None)
            return
        if isinstance(source, (str, os.PathLike)):
            if not os.fspath(source):  # Path("") is the working directory, and nobody means that
                raise LoadError.of(Position(""), "unreadable", "cannot be read: the name is empty")
            path = Path(source)
            if _is_folder(path) and format in (None, "csv"):
                with paused_collector():  # over all files, or it would look at the first ones again
                    self._folder(path)
            else:
                kind = formats.format_of(format) if format is not None else kind_of(path)
                self._file(path, kind)
            return
        if not hasattr(source, "read"):
            msg = (
                "give the path of a file or folder, an open file or a mapping, "
                f"not {type(source).__name__}; for bytes and text there is loads"
            )
            raise TypeError(msg)
        name = str(getattr(source, "name", None) or "<stream>")
        try:
            content = source.read()
        except UnicodeDecodeError as error:  # a file that was opened as text
            message = f"cannot be decoded as {error.encoding}: {error.reason}"
            raise LoadError.of(Position(name), "encoding", message, "open it as bytes") from None
        self.read_bytes(content, format or name, name)

    def read_bytes(self, data: bytes | str, format: str, name: str) -> None:
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
        # Without a format, the content may show which it is.
        kind = (
            kind_in(name, lambda: contextlib.nullcontext(io.BytesIO(raw)))
            if format == name
            else formats.format_of(format)
        )
        if isinstance(kind, str):
            self._take(_read_known(kind, raw, name), name)
            return
        form, compressed = kind
        self._add(formats.expand(raw, name) if compressed else raw, name, form)

    def _folder(self, folder: Path) -> None:
        problems: list[Finding] = []
        found = False
        for path, kind in files_and_tables(folder):
            if kind is not None and len(problems) >= MAX_PROBLEMS:
                continue
            try:
                if isinstance(kind, LoadError):
                    raise kind
                if kind is not None:
                    found = True
                    self._file(path, kind)
                    continue
                sources, unreadable = read_tables(path, CSV.module.named)
                problems += unreadable
                found = found or bool(sources)
                self._add(sources, str(path), CSV)
            except LoadError as error:
                problems += error.problems
        if not found and not problems:
            problems.append(no_records(folder))
        self.problems += formats.truncate(problems)

    def _file(self, path: Path, kind: Kind) -> None:
        if isinstance(kind, str):
            self._take(read_known(kind, path), str(path))
            return
        form, compressed = kind[0], kind[1] or path.name.endswith(".gz")
        data = read_bytes(path, compressed=compressed)
        self._add(data, str(path), form, functools.partial(_reread, path, compressed, len(data)))

    def _take(self, known: Known, name: str) -> None:
        """Collect what was made of a foreign file; its records have no places in it."""
        self.documents += [each for each in known.records if isinstance(each, Document)]
        others = [each for each in known.records if not isinstance(each, Document)]
        origin = Origin(name, (), _no_places)
        self.batches.append(Batch([(each, origin) for each in others], NO_EXTENSIONS))

    def _add(
        self, source: Input, name: str, form: Format | None, again: Reread | None = None
    ) -> None:
        """Read one file, or set of tables, and collect its records; *again* reads it again."""
        with paused_collector():
            file = self.finish(formats.read(source, name, form, self.unknown, self.names))
        self.problems += file.problems
        self.lost |= file.lost
        kept: Input | Reread = source if form else {}  # plain data has no positions
        if again and len(source) > KEEP_BYTES:
            kept = again
        places = functools.partial(_places, kept, name, form, self.unknown, file.source_indexes)
        self.batches.append(_batch(name, file.records, Remembered(places)))


def _batch(name: str, file: File, places: Remembered) -> Batch:
    records = (
        (record, Origin(name, (kind.field, index), places))
        for kind in TOP_KINDS
        for index, record in enumerate(getattr(file, kind.field))
    )
    return Batch(records, file.extensions, Origin(name, (), places))


def _no_places() -> None:
    return None


def _read_known(kind: str, data: bytes, name: str) -> Known:
    """What is in the bytes of one of the UN's own files; problems name the file as the caller
    does.
    """
    try:
        return read_known(kind, data)
    except LoadError as error:
        raise LoadError(
            tuple(
                attrs.evolve(each, position=attrs.evolve(each.position, file=name))
                for each in error.problems
            )
        ) from None


def _places(
    kept: Input | Reread,
    name: str,
    form: Format | None,
    unknown: Unknown,
    source_indexes: Sequence[SourceIndexes],
) -> Places | None:
    """The places in a file, which is parsed again: they are not kept from the first reading. None
    if it has changed or is gone.
    """
    source = kept() if callable(kept) else kept
    if source is None:
        return None
    return formats.ShiftedPlaces(formats.places(source, name, form, unknown), source_indexes)


def _reread(path: Path, compressed: bool, size: int) -> bytes | None:
    """The bytes of a file that were not kept; None if it has another size now, or is gone."""
    try:
        now = read_bytes(path, compressed=compressed)
    except LoadError:
        return None
    return now if len(now) == size else None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it will report that
        return False


def _file_of(what: Corpus | Record | Iterable[Record]) -> File:
    if isinstance(what, File):
        return what
    if isinstance(what, Corpus):
        return what.to_file()
    return Corpus.of(*((what,) if isinstance(what, Record) else what)).to_file()


def dumps(what: Corpus | Record | Iterable[Record], format: str = "json") -> bytes:
    r"""The bytes of a corpus, of one top record, or of several, in a format.

    JSON is canonical: equal records give equal bytes.

    Raises:
        UnknownFormat: There is no such format.
        ValueError: CSV takes one table a file, and there are several.
        TypeError: A record is of a kind that is only nested in others.

    Examples:
        >>> from wsis_model import Entity, Translations
        >>> dumps(Entity(id="itu", name=Translations(en="ITU")))
        b'{"wsis_model":"1","entities":[{"id":"itu","name":{"en":"ITU"}}]}\n'
    """
    form, compressed = formats.format_of(format)
    pieces = formats.write(_file_of(what), form)
    return b"".join(formats.compress(pieces) if compressed else pieces)


def save(
    what: Corpus | Record | Iterable[Record],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
) -> None:
    """Write a corpus, one top record, or several to a file, or as CSV to a folder of tables.

    The file is written beside its place and moved there when whole, so that a failure or a kill
    leaves no half of it; a folder of tables is saved whole or not at all, too. Permissions of a
    file that was there stay, and a link stays a link. In a folder the tables that were there go,
    however they are spelt. `/dev/stdout` and the like are written to.

    Records that come one by one, from [`stream`][wsis_model.stream] or a generator, are written to
    NDJSON as they come, and none is kept: provisions and concepts may stand beside their documents
    and vocabularies. For other formats they are joined first.

    Args:
        what: What to write.
        path: The file, whose suffix gives the format (`.gz` compresses); or, with `format="csv"`, a
            folder.
        format: Name of the format, if the suffix does not give it.

    Raises:
        UnknownFormat: The name gives no format, and none was given.
        TypeError: A record is of a kind that is only nested in others.
        ValueError: CSV to a file takes one table, and there are several; or the folder holds tables
            saved from a workbook, which would be read with these.
        OSError: The place cannot be written to, or is no file: a pipe, a device, a link that leads
            round to itself.
    """
    target = Path(path)
    form, compressed = formats.format_of(format or target.name)
    compressed = compressed or target.name.endswith(".gz")
    if form == formats.NDJSON and not isinstance(what, (Corpus, Record, Sequence, Set)):
        extensions: Mapping[str, Any] = getattr(what, "extensions", {})
        lines = form.module.write_stream(what, extensions)
        write_whole(target, formats.compress(lines) if compressed else lines)
        return
    file = _file_of(what)
    named = target.name.lower().endswith((".csv", ".csv.gz")) or stream_of(target) is not None
    if form.name == "csv" and not named:
        save_tables(target, form.module.tables(file), form.module.named, form.module.has_headings)
        return
    pieces = formats.write(file, form)
    write_whole(target, formats.compress(pieces) if compressed else pieces)
