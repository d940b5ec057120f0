"""Files into corpora and back: `load`, `loads`, `save`, `dumps`."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from . import formats
from .corpus import Corpus
from .errors import LoadError, Position, Problem, UnknownFormat, excerpt
from .formats import Format, Unknown
from .interop._known import HEAD, SUFFIXES, read_known, reader_of
from .model import Document, Extensions, File, Record
from .positions import Origin, Places, remembered
from .texts import with_text

__all__ = ["dumps", "load", "loads", "save"]

KEEP_BYTES = 4_000_000
"""Bytes of a file up to this size are kept with the corpus, so that findings can name lines; a larger one is read again."""


def load(
    source: str | os.PathLike[str] | IO[bytes] | IO[str] | Mapping[str, Any],
    *,
    format: str | None = None,  # noqa: A002 - the word people look for
    unknown: Unknown = "forbid",
) -> Corpus:
    """Read a file, a folder, an open file or plain data into a corpus. Never looks at the network.

    Args:
        source: Path of a file (`.yaml`, `.json`, `.ndjson`, `.csv`, each also `.gz`) or of a folder, which is read as one
            corpus, whatever the order of its files; an open file; or a mapping in the shape of a file. The UN's own files
            (Akoma Ntoso, PDF, Word, registry JSON) are known by their content and read by `wsis_model.interop`, with their annexes;
            language versions of one document become one. What found no place in the records is told by the reader itself.
        format: Name of the format, where the suffix does not tell (an open file without a name).
        unknown: `"forbid"` makes a field that this version does not know a problem, with a "did you mean"; `"keep"` keeps it
            under `extensions`, writes it back where it stood, and leaves it to `check` to report.

    Raises:
        LoadError: Every problem of the file or of all files of the folder, each with its place.
        UnknownFormat: The name tells no format, and none was given.

    Examples:
        >>> corpus = load({"roadmaps": [{"id": "c2-roadmap", "title": "Action Line C2", "owners": ["itu"]}]})
        >>> corpus["c2-roadmap"].title["en"]
        'Action Line C2'
    """
    if unknown not in ("forbid", "keep"):
        msg = f'unknown is "forbid" or "keep", not {excerpt(unknown)}'
        raise ValueError(msg)
    if isinstance(source, Mapping):
        return _joined([("<data>", formats.read_tree(dict(source), "<data>", unknown=unknown), lambda: None)])
    if isinstance(source, (str, os.PathLike)):
        if not os.fspath(source):  # Path("") is the working directory, and nobody means that
            raise LoadError((Problem("unreadable", "cannot be read: the name is empty", Position("")),))
        path = Path(source)
        return _load_folder(path, unknown) if _is_folder(path) and format in (None, "csv") else _load_file(path, format, unknown)
    if not hasattr(source, "read"):
        msg = (
            f"give the path of a file or folder, an open file or a mapping, not {type(source).__name__}; for bytes and text there is loads"
        )
        raise TypeError(msg)
    name = str(getattr(source, "name", None) or "<stream>")
    try:
        content = source.read()
    except UnicodeDecodeError as error:  # a file that was opened as text
        problem = Problem("encoding", f"cannot be decoded as {error.encoding}: {error.reason}", Position(name), hint="open it as bytes")
        raise LoadError((problem,)) from None
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return loads(data, format or name, name=name, unknown=unknown)


def loads(data: bytes | str, format: str, *, name: str = "<data>", unknown: Unknown = "forbid") -> Corpus:  # noqa: A002
    """Read the bytes or text of a file into a corpus.

    Args:
        data: The bytes, or the text.
        format: Name of the format, e.g. `"yaml"`, `"json.gz"`.
        name: What to call the data in messages.
        unknown: As for [`load`][wsis_model.load].

    Raises:
        LoadError: Every problem, each with its place.
        UnknownFormat: There is no such format.

    Examples:
        >>> len(loads("entities: [{id: itu, name: International Telecommunication Union}]", "yaml"))
        1
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    # Where only a name was given, nobody said which format it is, and the content may tell.
    kind = _kind(name, lambda: raw[:HEAD]) if format == name else formats.format_of(format)
    if isinstance(kind, str):
        return with_text(Corpus(), read_known(kind, raw).documents)
    form, compressed = kind
    plain = formats.expand(raw, name) if compressed else raw
    return _joined([(name, formats.read(plain, name, form, unknown), _again(plain, name, form))])


def _again(data: bytes, name: str, form: Format) -> Callable[[], Places | None]:
    return remembered(lambda: formats.places_in(data, name, form))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it will say so
        return False


@contextlib.contextmanager
def _opened(path: Path) -> Generator[IO[bytes]]:
    """A file, open for reading; whatever stands in the way is a problem of loading."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a folder is none
            raise OSError(errno.EINVAL, "is no file")
        with path.open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError((Problem("unreadable", f"cannot be read: {reason}", Position(excerpt(str(path), 300).strip("'"))),)) from None


def _read_bytes(path: Path, *, compressed: bool) -> bytes:
    with _opened(path) as stream:
        data = stream.read()
    return formats.expand(data, str(path)) if compressed else data


Part = tuple[str, File, Callable[[], Places | None]]


def _load_part(path: Path, form: Format, unknown: Unknown, *, compressed: bool) -> Part:
    data = _read_bytes(path, compressed=compressed)
    file = formats.read(data, str(path), form, unknown)
    if len(data) <= KEEP_BYTES:
        return str(path), file, _again(data, str(path), form)
    size = len(data)
    del data

    def again() -> Places | None:
        try:
            now = _read_bytes(path, compressed=compressed)
        except LoadError:
            return None
        return formats.places_in(now, str(path), form) if len(now) == size else None

    return str(path), file, remembered(again)


def _head(path: Path) -> bytes:
    """The beginning of a file: enough to tell what it is."""
    with _opened(path) as stream:
        return stream.read(HEAD)


def _kind(name: str, head: Callable[[], bytes]) -> str | tuple[Format, bool]:
    """What a file is: the name of the reader for one of the UN's own files, or the format of one of ours and whether it is compressed.

    Args:
        name: Its name.
        head: Gives its beginning, which is looked at only where the name does not tell.

    Raises:
        LoadError: It cannot be opened, or is not what its suffix says.
        UnknownFormat: It is neither.
    """
    try:
        ours = formats.format_of(name)
    except UnknownFormat:
        if reader := reader_of(head()):
            return reader
        if name.lower().endswith(SUFFIXES):
            message = f"its content is that of none of the files known by it ({', '.join(SUFFIXES)})"
            raise LoadError((Problem("unreadable", message, Position(name)),)) from None
        raise
    return (reader_of(head()) if ours[0].name == "json" and not ours[1] else None) or ours


def _kind_of(path: Path) -> str | tuple[Format, bool]:
    return _kind(str(path), lambda: _head(path))


def _load_file(path: Path, format: str | None, unknown: Unknown) -> Corpus:  # noqa: A002
    kind = formats.format_of(format) if format is not None else _kind_of(path)
    if isinstance(kind, str):
        return with_text(Corpus(), read_known(kind, path).documents)
    form, compressed = kind
    return _joined([_load_part(path, form, unknown, compressed=compressed or path.name.endswith(".gz"))])


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, hidden ones left out; links that lead nowhere are files, to be told of."""
    for path in sorted(folder.rglob("*")):
        hidden = any(step.startswith(".") for step in path.relative_to(folder).parts)
        if not hidden and not path.is_dir() and (path.is_file() or path.is_symlink()):
            yield path


def _load_folder(folder: Path, unknown: Unknown) -> Corpus:
    parts: list[Part] = []
    documents: list[Document] = []
    problems: list[Problem] = []
    tables: dict[Path, dict[str, tuple[str, bytes]]] = {}
    found = False
    for path in _files(folder):
        try:
            kind = _kind_of(path)
            found = True
            if isinstance(kind, str):
                documents += read_known(kind, path).documents
            elif kind[0].name == "csv":
                stem = path.name.removesuffix(".gz").removesuffix(".csv")
                tables.setdefault(path.parent, {})[stem] = (str(path), _read_bytes(path, compressed=kind[1]))
            else:
                parts.append(_load_part(path, kind[0], unknown, compressed=kind[1]))
        except UnknownFormat:
            continue  # a README beside the data is no fault
        except LoadError as error:
            problems += error.problems
    for parent, sources in tables.items():
        try:
            file = formats.read_tables(sources, str(parent), unknown)
        except LoadError as error:
            problems += error.problems
        else:
            parts.append((str(parent), file, remembered(functools.partial(_table_places, sources, str(parent)))))
    if not found and not problems:
        hint = f"files end in {', '.join((*(suffix for form in formats.FORMATS for suffix in form.suffixes), *SUFFIXES))}"
        problems.append(Problem("empty", "the folder holds no file of records", Position(str(folder)), hint=hint))
    if problems:
        raise LoadError(tuple(problems))
    # English first: what is the same in every language is taken from the version that comes first.
    return with_text(_joined(parts), sorted(documents, key=lambda document: "en" not in document.languages))


def _table_places(sources: dict[str, tuple[str, bytes]], folder: str) -> Places:
    places: Places = formats.FORMATS[3].module.parse(sources, folder)[1]
    return places


_PARTS = ("documents", "vocabularies", "groups", "entities", "sessions", "roadmaps")


def _joined(parts: list[Part]) -> Corpus:
    """One corpus of what several files hold; two different records of one identifier are a problem of the later file."""
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
                elif known[0] != record:
                    message = f"{excerpt(record.id)} is claimed by another {type(known[0]).__name__} at {known[1].find(('id',))}"
                    problems.append(
                        Problem(
                            "duplicate-record", message, origin.find(("id",)), f"{part}[{index}].id", "give one of them another identifier"
                        )
                    )
        for key, value in file.extensions.items():
            if isinstance(value, tuple) and isinstance(extensions.get(key), tuple):
                extensions[key] += value
            elif extensions.setdefault(key, value) != value:
                problems.append(
                    Problem("duplicate-key", f"files differ in the extension {excerpt(key)}", Position(name), f"extensions.{key}")
                )
    if problems:
        raise LoadError(tuple(problems))
    given: dict[str, Any] = {part: tuple(kinds[part].values()) for part in _PARTS}
    made = File.model_construct(**given, extensions=Extensions(extensions))
    return Corpus.from_file(made, {identifier: origin for identifier, (_, origin) in held.items()})


def _file_of(what: Corpus | Record | Iterable[Record]) -> File:
    if isinstance(what, File):
        return what
    if isinstance(what, Corpus):
        return what.to_file()
    if isinstance(what, Record):
        return Corpus.of(what).to_file()
    return Corpus.of(*what).to_file()


def dumps(what: Corpus | Record | Iterable[Record], format: str = "json") -> bytes:  # noqa: A002
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


def save(what: Corpus | Record | Iterable[Record], path: str | os.PathLike[str], *, format: str | None = None) -> None:  # noqa: A002
    """Write a corpus, one top record, or several to a file, or as CSV to a folder of tables.

    The file is written beside its place and moved there when whole, so that a failure leaves no half of it.

    Args:
        what: What to write.
        path: The file, whose suffix tells the format (`.gz` compresses); or, with `format="csv"`, a folder.
        format: Name of the format, where the suffix does not tell.

    Raises:
        UnknownFormat: The name tells no format, and none was given.
        ValueError: CSV to a file takes one table, and there are several.
        OSError: The place cannot be written to.
    """
    target = Path(path)
    file = _file_of(what)
    form, compressed = formats.format_of(format or target.name)
    compressed = compressed or target.name.endswith(".gz")
    if form.name == "csv" and not target.name.lower().endswith((".csv", ".csv.gz")):
        target.mkdir(parents=True, exist_ok=True)
        tables = form.module.tables(file)
        for name, data in tables.items():
            _write(target / f"{name}.csv", iter((data,)), compressed=False)
        for name in form.module.TABLES:
            if name not in tables:  # a table of an earlier save would be read as part of this one
                (target / f"{name}.csv").unlink(missing_ok=True)
        return
    _write(target, formats.write(file, form), compressed=compressed)


def _write(target: Path, pieces: Iterator[bytes], *, compressed: bool) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    try:
        with beside.open("wb") as stream:
            if compressed:
                stream.write(formats.compress(b"".join(pieces)))
            else:
                stream.writelines(pieces)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
