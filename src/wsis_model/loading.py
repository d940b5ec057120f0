"""Files into corpora and back: `load`, `loads`, `save`, `dumps`."""

from __future__ import annotations

import contextlib
import functools
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import attrs

from . import formats
from ._catalogue import catalogue
from .corpus import Corpus
from .errors import LoadError, Position, Problem, UnknownFormat, excerpt
from .formats import Format, Kept, Lists, Moved, Unknown
from .formats._files import SAVED, SAVING, files_of, office_reader, opened, stream_of, write_whole
from .formats._folder import read_tables, save_tables
from .formats._text import HINTED, MOST
from .interop.detect import HEAD, SUFFIXES, read_known, reader_of
from .model import Document, Extensions, File, Record
from .model.kinds import TOP
from .positions import Origin, Places, Remembered, nowhere
from .positions import Path as Steps

__all__ = ["Salvaged", "dumps", "load", "loads", "salvage", "save"]

KEEP_BYTES = 4_000_000
"""Bytes of a file up to this size are kept with the corpus, so that findings can name lines; a
larger one is read again.
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
            a folder, which is read as one corpus, whatever the order of its files; an open file; or
            a mapping in the shape of a file. The UN's own files (Akoma Ntoso, PDF, Word, registry
            JSON) are known by their content and read by `wsis_model.interop`, with their annexes;
            language versions of one document become one. What found no place in the records is told
            by the reader itself.
        format: Name of the format, where the suffix does not tell (an open file without a name).
        unknown: `"forbid"` makes a field that this version does not know a problem, with a "did you
            mean"; `"keep"` keeps it under `extensions`, writes it back where it stood, and leaves
            it to `check` to report.
        names: The corpus that knows what things are called; without it the shipped catalogue, read
            when first needed.

    Raises:
        LoadError: Every problem of the file or of all files of the folder, each with its place.
        UnknownFormat: The name tells no format, and none was given.

    Examples:
        >>> corpus = load(
        ...     {"roadmaps": [{"id": "c2-roadmap", "title": "Action Line C2", "owners": ["itu"]}]}
        ... )
        >>> corpus["c2-roadmap"].title["en"]
        'Action Line C2'
    """
    return _Reader.of(unknown, names).load(source, format)


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
    return _Reader.of(unknown, names).loads(data, format, name)


@attrs.frozen
class Salvaged:
    """What could be read of files that are not sound, and everything that is wrong with their
    writing.
    """

    corpus: Corpus
    """The sound records. A mandatory text that could not be read has a stand-in, `unread`."""
    problems: tuple[Problem, ...]
    """What is wrong, each with its place; none where `load` would have read the files."""
    lost: frozenset[tuple[str, str]]
    """What was left out: the identifier of a record and the name of a field; an empty name for a
    whole record.
    """

    def misled(self, record: str, path: tuple[str | int, ...], target: str = "") -> bool:
        """Whether a finding at this field of a record, or about a reference to *target*, comes of
        what was left out.
        """
        return bool(path and (record, str(path[0])) in self.lost) or (target, "") in self.lost


def salvage(
    source: str | os.PathLike[str] | bytes | Mapping[str, Any],
    *,
    format: str | None = None,
    name: str | None = None,
    unknown: Unknown = "forbid",
    names: Corpus | None = None,
) -> Salvaged:
    """As [`load`][wsis_model.load], but what is sound is given together with what is wrong, so that
    one run can tell both what is wrong with the writing and what [`check`][wsis_model.check] finds
    in the rest. Raises nothing about the data.

    Args:
        source: A file, a folder, the bytes of a file, or a mapping in the shape of a file.
        format: Name of the format; needed for bytes.
        name: What to call bytes in messages.
        unknown: As for [`load`][wsis_model.load].
        names: As for [`load`][wsis_model.load].

    Raises:
        UnknownFormat: The name tells no format, and none was given.

    Examples:
        >>> found = salvage(
        ...     {"roadmaps": [{"id": "plan", "title": "Plan", "owners": ["itu"], "status": "daft"}]}
        ... )
        >>> (
        ...     found.corpus["plan"].status.value,
        ...     found.problems[0].hint,
        ...     found.misled("plan", ("status",)),
        ... )
        ('draft', "did you mean 'draft'?", True)
    """
    reader = _Reader.of(unknown, names, rescues=True)
    try:
        if isinstance(source, bytes):
            corpus = reader.loads(source, format or name or "<data>", name or "<data>")
        else:
            corpus = reader.load(source, format)
    except LoadError as error:
        corpus = Corpus()
        reader.problems += error.problems
    return Salvaged(corpus, tuple(reader.problems), frozenset(reader.lost))


Part = tuple[str, File, Callable[[], Places | None]]


@attrs.define
class _Reader:
    """How files are read: what is done with unknown fields, who knows names, and whether what is
    wrong is raised or gathered.
    """

    unknown: Unknown
    names: formats.Names
    rescues: bool
    problems: list[Problem] = attrs.Factory(list[Problem])
    lost: set[tuple[str, str]] = attrs.Factory(set[tuple[str, str]])

    @classmethod
    def of(cls, unknown: Unknown, names: Corpus | None, *, rescues: bool = False) -> _Reader:
        if unknown not in ("forbid", "keep"):
            msg = f'unknown is "forbid" or "keep", not {excerpt(unknown)}'
            raise ValueError(msg)
        known = functools.cache(
            lambda: (catalogue() if names is None else names).names.bounded(HINTED)
        )
        return cls(unknown, known, rescues)

    def load(
        self,
        source: str | os.PathLike[str] | IO[bytes] | IO[str] | Mapping[str, Any],
        format: str | None,
    ) -> Corpus:
        if isinstance(source, Mapping):
            return self._mapping(dict(source))
        if isinstance(source, (str, os.PathLike)):
            if not os.fspath(source):  # Path("") is the working directory, and nobody means that
                raise LoadError(
                    (Problem("unreadable", "cannot be read: the name is empty", Position("")),)
                )
            path = Path(source)
            return (
                self._folder(path)
                if _is_folder(path) and format in (None, "csv")
                else self._file(path, format)
            )
        if not hasattr(source, "read"):
            msg = (
                f"give the path of a file or folder, an open file or a mapping, not {type(source).__name__}; "
                "for bytes and text there is loads"
            )
            raise TypeError(msg)
        name = str(getattr(source, "name", None) or "<stream>")
        try:
            content = source.read()
        except UnicodeDecodeError as error:  # a file that was opened as text
            problem = Problem(
                "encoding",
                f"cannot be decoded as {error.encoding}: {error.reason}",
                Position(name),
                hint="open it as bytes",
            )
            raise LoadError((problem,)) from None
        return self.loads(content, format or name, name)

    def loads(self, data: bytes | str, format: str, name: str) -> Corpus:
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
        # Where only a name was given, nobody said which format it is, and the content may tell.
        kind = (
            _kind(name, lambda: contextlib.nullcontext(io.BytesIO(raw)))
            if format == name
            else formats.format_of(format)
        )
        if isinstance(kind, str):
            return Corpus().with_text(_read_known(kind, raw, name))
        form, compressed = kind
        plain = formats.expand(raw, name) if compressed else raw
        return self._joined([self._read(plain, name, form, _again(plain, name, form))])

    def _mapping(self, tree: dict[str, Any]) -> Corpus:
        if not self.rescues:
            return self._joined(
                [
                    (
                        "<data>",
                        formats.read_tree(tree, "<data>", unknown=self.unknown, names=self.names),
                        nowhere,
                    )
                ]
            )
        kept, problems = formats.salvage_tree(tree, "<data>", self.unknown, self.names)
        return self._joined([self._kept("<data>", kept, problems, nowhere)])

    def _read(
        self, data: bytes, name: str, form: Format, again: Callable[[], Places | None]
    ) -> Part:
        if not self.rescues:
            moved: dict[Steps, Sequence[int]] = {}
            file = formats.read(data, name, form, self.unknown, self.names, moved)
            return name, file, _following(again, moved)
        kept, problems = formats.salvage(data, name, form, self.unknown, self.names)
        return self._kept(name, kept, problems, again)

    def _kept(
        self, name: str, kept: Kept, problems: Iterable[Problem], again: Callable[[], Places | None]
    ) -> Part:
        """A part of which something may have been left out: then its places are those of what was
        kept.
        """
        told = list(problems)
        self.problems += told
        self.lost |= kept.lost
        changed = told or isinstance(kept.places, Moved)
        return name, kept.file, (lambda: kept.places) if changed else again

    def _path(self, path: Path, form: Format, *, compressed: bool) -> Part:
        data = _read_bytes(path, compressed=compressed)
        return self._read(
            data,
            str(path),
            form,
            _again(data, str(path), form)
            if len(data) <= KEEP_BYTES
            else Remembered(functools.partial(_places_now, path, form, compressed, len(data))),
        )

    def _file(self, path: Path, format: str | None) -> Corpus:
        kind = formats.format_of(format) if format is not None else _kind_of(path)
        if isinstance(kind, str):
            return Corpus().with_text(read_known(kind, path).documents)
        form, compressed = kind
        return self._joined(
            [self._path(path, form, compressed=compressed or path.name.endswith(".gz"))]
        )

    def _tables(self, sources: dict[str, tuple[str, bytes]], folder: str) -> Part:
        again = Remembered(functools.partial(_table_places, sources, folder))
        if not self.rescues:
            moved: dict[Steps, Sequence[int]] = {}
            file = formats.read_tables(sources, folder, self.unknown, self.names, moved)
            return folder, file, _following(again, moved)
        kept, problems = formats.salvage_tables(sources, folder, self.unknown, self.names)
        return self._kept(folder, kept, problems, again)

    def _folder(self, folder: Path) -> Corpus:
        parts: list[Part] = []
        documents: list[Document] = []
        problems: list[Problem] = []
        tables: dict[Path, None] = {}
        found = False
        for path in files_of(folder):
            if len(problems) >= MOST:
                break
            if path.name == SAVED and path.parent.name == SAVING:
                tables[path.parent.parent] = None
                continue
            try:
                kind = _kind_of(path)
                if (
                    not isinstance(kind, str)
                    and kind[0].name == "csv"
                    and kind[0].module.named(path.name)[1] == ""
                ):
                    continue
                found = True
                if isinstance(kind, str):
                    documents += read_known(kind, path).documents
                elif kind[0].name == "csv":
                    tables[path.parent] = None
                else:
                    parts.append(self._path(path, kind[0], compressed=kind[1]))
            except UnknownFormat:
                continue  # a README beside the data is no fault
            except LoadError as error:
                problems += error.problems
        for parent in tables:
            sources, wrong = read_tables(parent, formats.FORMATS[3].module.named)
            problems += wrong
            found = found or bool(sources)
            try:
                parts.append(self._tables(sources, str(parent)))
            except LoadError as error:
                problems += error.problems
        if not found and not problems:
            hint = f"files end in {', '.join((*(suffix for form in formats.FORMATS for suffix in form.suffixes), *SUFFIXES))}"
            problems.append(
                Problem(
                    "empty", "the folder holds no file of records", Position(str(folder)), hint=hint
                )
            )
        self._tell(formats.at_most(problems))
        # English first: what is the same in every language is taken from the version that comes
        # first.
        return self._joined(parts).with_text(
            sorted(documents, key=lambda document: "en" not in document.languages)
        )

    def _tell(self, problems: list[Problem]) -> None:
        if problems and not self.rescues:
            raise LoadError(tuple(problems))
        self.problems += problems

    def _joined(self, parts: list[Part]) -> Corpus:
        corpus, problems = _joined(parts)
        self._tell(formats.at_most(problems))
        return corpus


def _read_known(kind: str, data: bytes, name: str) -> tuple[Document, ...]:
    """The documents in the bytes of one of the UN's own files; problems name the file as the caller
    does.
    """
    try:
        return read_known(kind, data).documents
    except LoadError as error:
        told = (
            attrs.evolve(each, position=attrs.evolve(each.position, file=name))
            for each in error.problems
        )
        raise LoadError(tuple(told)) from None


def _again(data: bytes, name: str, form: Format) -> Callable[[], Places | None]:
    return Remembered(functools.partial(formats.places_in, data, name, form))


def _following(again: Callable[[], Places | None], moved: Lists) -> Callable[[], Places | None]:
    """What reads the places again, after items of lists came to stand for several."""
    return Remembered(functools.partial(_followed, again, moved)) if moved else again


def _followed(again: Callable[[], Places | None], moved: Lists) -> Places | None:
    places = again()
    return None if places is None else Moved(places, moved)


def _places_now(path: Path, form: Format, compressed: bool, size: int) -> Places | None:
    """The places in a file that was not kept, where it is still what was read."""
    try:
        now = _read_bytes(path, compressed=compressed)
    except LoadError:
        return None
    return formats.places_in(now, str(path), form) if len(now) == size else None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it will say so
        return False


def _read_bytes(path: Path, *, compressed: bool) -> bytes:
    with opened(path) as stream:
        data = stream.read()
    return formats.expand(data, str(path)) if compressed else data


def _kind(
    name: str, opening: Callable[[], contextlib.AbstractContextManager[IO[bytes]]]
) -> str | tuple[Format, bool]:
    """What a file is: the name of the reader for one of the UN's own files, or the format of one of
    ours and whether it is compressed.

    Args:
        name: Its name.
        opening: Opens it, which is done only where the name does not tell.

    Raises:
        LoadError: It cannot be opened, is not what its suffix says, or is a workbook or document of
            a kind that is not read.
        UnknownFormat: It is neither.
    """
    try:
        ours = formats.format_of(name)
    except UnknownFormat:
        with opening() as stream:
            office = office_reader(name, stream)
            stream.seek(0)
            reader = reader_of(stream.read(HEAD))
        if office == "excel":
            return formats.format_of(office)
        reader = office if reader == "docx" else reader  # any zip begins as a Word document does
        if reader:
            return reader
        if name.lower().endswith(SUFFIXES):
            message = (
                f"its content is that of none of the files known by it ({', '.join(SUFFIXES)})"
            )
            raise LoadError((Problem("unreadable", message, Position(name)),)) from None
        raise
    if ours[0].name == "json" and not ours[1]:
        with opening() as stream:
            return reader_of(stream.read(HEAD)) or ours
    return ours


def _kind_of(path: Path) -> str | tuple[Format, bool]:
    return _kind(str(path), lambda: opened(path))


def _table_places(sources: dict[str, tuple[str, bytes]], folder: str) -> Places:
    places: Places = formats.FORMATS[3].module.parse(sources, folder)[1]
    return places


_PARTS = tuple(kind.listed for kind in TOP)


def _joined(parts: list[Part]) -> tuple[Corpus, list[Problem]]:
    """One corpus of what several files hold; two different records of one identifier are a problem
    of the later file.
    """
    held: dict[str, tuple[Any, Origin]] = {}
    kinds: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
    problems: list[Problem] = []
    extensions: dict[str, Any] = {}
    for name, file, places in parts:
        for part in _PARTS:
            for index, record in enumerate(getattr(file, part)):
                origin = Origin(name, (part, index), places)
                known = held.setdefault(record.id, (record, origin))
                if known[0] is record:
                    kinds[part][record.id] = record
                elif known[0] != record and len(problems) < MOST:
                    message = f"{excerpt(record.id)} is claimed by another {type(known[0]).__name__} at {known[1].find(('id',))}"
                    problems.append(
                        Problem(
                            "duplicate-record",
                            message,
                            origin.find(("id",)),
                            f"{part}[{index}].id",
                            "give one of them another identifier",
                        )
                    )
        for key, value in file.extensions.items():
            if isinstance(value, tuple) and isinstance(extensions.get(key), tuple):
                extensions[key] += value
            elif extensions.setdefault(key, value) != value:
                problems.append(
                    Problem(
                        "duplicate-key",
                        f"files differ in the extension {excerpt(key)}",
                        Position(name),
                        f"extensions.{key}",
                    )
                )
    given: dict[str, Any] = {part: tuple(kinds[part].values()) for part in _PARTS}
    made = File.model_construct(**given, extensions=Extensions(extensions))
    return Corpus.from_file(
        made, {identifier: origin for identifier, (_, origin) in held.items()}
    ), problems


def _file_of(what: Corpus | Record | Iterable[Record]) -> File:
    if isinstance(what, File):
        return what
    if isinstance(what, Corpus):
        return what.to_file()
    if isinstance(what, Record):
        return Corpus.of(what).to_file()
    return Corpus.of(*what).to_file()


def dumps(what: Corpus | Record | Iterable[Record], format: str = "json") -> bytes:
    r"""The bytes of a corpus, of one top record, or of several, in a format.

    JSON is canonical: equal records give equal bytes.

    Raises:
        UnknownFormat: There is no such format.
        ValueError: CSV takes one table a file, and there are several.
        TypeError: A record only stands inside others.

    Examples:
        >>> from wsis_model import Entity, Translations
        >>> dumps(Entity(id="itu", name=Translations(en="ITU")))
        b'{"wsis_model":"1","entities":[{"id":"itu","name":{"en":"ITU"}}]}\n'
    """
    form, compressed = formats.format_of(format)
    data = b"".join(formats.write(_file_of(what), form))
    return formats.compress(data) if compressed else data


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

    Args:
        what: What to write.
        path: The file, whose suffix tells the format (`.gz` compresses); or, with `format="csv"`, a
            folder.
        format: Name of the format, where the suffix does not tell.

    Raises:
        UnknownFormat: The name tells no format, and none was given.
        ValueError: CSV to a file takes one table, and there are several; or the folder holds tables
            saved from a workbook, which would be read with these.
        OSError: The place cannot be written to, or is no file: a pipe, a device, a link that leads
            round to itself.
    """
    target = Path(path)
    file = _file_of(what)
    form, compressed = formats.format_of(format or target.name)
    compressed = compressed or target.name.endswith(".gz")
    named = target.name.lower().endswith((".csv", ".csv.gz")) or stream_of(target) is not None
    if form.name == "csv" and not named:
        save_tables(target, form.module.tables(file), form.module.named, form.module.holds)
        return
    pieces = formats.write(file, form)
    write_whole(target, (formats.compress(b"".join(pieces)),) if compressed else pieces)
