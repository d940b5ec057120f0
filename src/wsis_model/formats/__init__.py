"""Our own file formats. Each reads back exactly what it wrote.

| name | suffixes | good for |
|---|---|---|
| `yaml` | `.yaml`, `.yml` | people: what road maps are written in |
| `json` | `.json` | programs: canonical, the same bytes for the same records |
| `ndjson` | `.ndjson`, `.jsonl` | size: one record a line |
| `csv` | `.csv`, or a folder of tables | spreadsheets: one table per kind of record |
| `excel` | `.xlsx` | people: a workbook with a sheet per kind of record (extra `excel`) |

Each may be compressed (`.gz`). Where an identifier of another record belongs, what people write
instead is understood ("SDG 9.c", "UNESCO", "para. 26"), if the caller gives names to understand it
by; `load` does.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Literal

import attrs
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .._collector import paused_collector
from ..errors import LoadError, Position, Problem, UnknownFormat, excerpt
from ..model import Document, File, Roadmap
from ..names.index import Index
from ..positions import Path, Places
from ._moved import Lists, Moved, Told, followed
from ._problems import CODES, problems_of, validated
from ._resolve import own_names, resolve_names
from ._salvage import UNREAD, Kept, rescue
from ._text import MOST, UNKNOWN, Plain, can_be_kept, compress, decode, expand, told_too_deep

__all__ = [
    "CODES",
    "FORMATS",
    "UNREAD",
    "Format",
    "Kept",
    "Lists",
    "Moved",
    "Names",
    "Unknown",
    "compress",
    "expand",
    "format_of",
    "places_in",
    "read",
    "read_tables",
    "read_tree",
    "read_trusted",
    "salvage",
    "salvage_tables",
    "salvage_tree",
    "write",
]

Unknown = Literal["forbid", "keep"]
Names = Callable[[], Index]
"""Gives who knows what things are called, when it is asked for the first time."""


@attrs.frozen
class Format:
    """One of our formats: its name, its suffixes, and the module that reads and writes it (imported
    when first used).
    """

    name: str
    """Name, e.g. `"yaml"`."""
    suffixes: tuple[str, ...]
    """File suffixes, the first the one we write, e.g. `(".yaml", ".yml")`."""

    @property
    def module(self) -> Any:
        """The module."""
        return importlib.import_module(f"{__name__}.{self.name}")


#: The formats, in the order in which they are tried by name.
FORMATS: tuple[Format, ...] = (
    Format("yaml", (".yaml", ".yml")),
    Format("json", (".json",)),
    Format("ndjson", (".ndjson", ".jsonl")),
    Format("csv", (".csv",)),
    Format("excel", (".xlsx",)),
)
_OF_BYTES = frozenset(("excel",))
"""The formats that are not text."""


def format_of(name: str) -> tuple[Format, bool]:
    """The format of a file name, a suffix, or a format's own name, and whether it is compressed.

    Raises:
        UnknownFormat: No format has this name or suffix.

    Examples:
        >>> format_of("roadmap.yml")[0].name, format_of("out.json.gz"), format_of("xlsx")[0].name
        ('yaml', (Format(name='json', suffixes=('.json',)), True), 'excel')
    """
    plain = PurePath(name).name.lower()
    compressed = plain.endswith(".gz")
    plain = plain.removesuffix(".gz")
    for each in FORMATS:
        if plain == each.name or f".{plain}".endswith(each.suffixes):
            return each, compressed
    raise UnknownFormat(name, tuple(each.name for each in FORMATS))


@attrs.frozen
class _Nowhere:
    """Places of data that came from no file: only its name."""

    file: str

    def find(self, path: Path, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        return Position(self.file)


def read(
    data: bytes,
    file: str,
    form: Format,
    unknown: Unknown = "forbid",
    names: Names | None = None,
    moved: dict[Path, Sequence[int]] | None = None,
) -> File:
    """The records in the bytes of a file.

    Args:
        data: The bytes.
        file: Name of the file, for messages.
        form: The format they are in.
        unknown: `"forbid"` makes a field that this version does not know a problem; `"keep"` keeps
            it under `extensions`, writes it back where it stood, and leaves it to a rule to report.
        names: Understands what people write where an identifier belongs; without it only
            identifiers are read.
        moved: Is told where the items of lists came from in which one text stood for several.

    Raises:
        LoadError: Every problem of the file, each with its place.
    """
    with paused_collector():
        if form.name == "json" and (made := _read_json(data)) is not None:
            return made
        return read_tree(*_parsed(data, file, form, unknown), names=names, moved=moved)


def salvage(
    data: bytes, file: str, form: Format, unknown: Unknown = "forbid", names: Names | None = None
) -> tuple[Kept, tuple[Problem, ...]]:
    """As [`read`][wsis_model.formats.read], but what is sound is given together with what is wrong,
    and nothing is raised.
    """
    with paused_collector():
        return _salvaged(lambda: _parsed(data, file, form, unknown), file, names)


def salvage_tables(
    sources: Mapping[str, tuple[str, bytes]],
    file: str,
    unknown: Unknown = "forbid",
    names: Names | None = None,
) -> tuple[Kept, tuple[Problem, ...]]:
    """As [`read_tables`][wsis_model.formats.read_tables], but what is sound is given together with
    what is wrong.
    """
    with paused_collector():
        return _salvaged(lambda: _parsed_tables(sources, file, unknown), file, names)


def salvage_tree(
    tree: Any, file: str, unknown: Unknown = "forbid", names: Names | None = None
) -> tuple[Kept, tuple[Problem, ...]]:
    """As [`read_tree`][wsis_model.formats.read_tree], but what is sound is given together with what
    is wrong.
    """
    return _salvaged(lambda: (tree, _Nowhere(file), [], unknown, None), file, names)


_Parsed = tuple[Any, Places, list[Problem], Unknown, Any]


def _parsed(data: bytes, file: str, form: Format, unknown: Unknown) -> _Parsed:
    """The plain data of a file, where its values stand, what is wrong already, and what `read_tree`
    needs beside it.
    """
    if form.name == "csv":
        return _parsed_tables({PurePath(file).name: (file, data)}, file, unknown)
    if form.name in _OF_BYTES:
        return (*form.module.parse(data, file, keep=unknown == "keep"), unknown, None)
    plain = data.removeprefix(b"\xef\xbb\xbf")
    if not plain or plain.isspace():
        hint = "list records under 'documents', 'roadmaps' ..."
        raise LoadError(
            (Problem("empty", "the file holds nothing", Position(file, 1, 1), hint=hint),)
        )
    _, wrong = decode(data, file)
    if wrong:
        raise LoadError(tuple(wrong))
    tree, places, problems = form.module.parse(data, file)
    typed = (
        form.module.parse(data, file, typed=True)[0]
        if unknown == "keep" and form.name == "yaml"
        else None
    )
    return tree, places, problems, unknown, typed


def _parsed_tables(
    sources: Mapping[str, tuple[str, bytes]], file: str, unknown: Unknown
) -> _Parsed:
    return (*FORMATS[3].module.parse(sources, file, keep=unknown == "keep"), unknown, None)


def _salvaged(
    parse: Callable[[], _Parsed], file: str, names: Names | None
) -> tuple[Kept, tuple[Problem, ...]]:
    try:
        tree, places, problems, unknown, typed = parse()
    except LoadError as error:
        return Kept(File(), _Nowhere(file), frozenset()), error.problems
    made, found, tree, places = _typed(tree, places, list(problems), unknown, typed, names)
    if made is not None:
        return Kept(made, places, frozenset()), tuple(found)
    return rescue(tree, places), tuple(found)


def _read_json(data: bytes) -> File | None:
    """The quick way: the bytes, validated as they are. None where anything is wrong, to be told in
    the slow way.
    """
    plain = data.removeprefix(b"\xef\xbb\xbf")
    if 5 * (plain.count(b",") + plain.count(b"{")) > len(plain):
        # So many values in so few bytes are no records: their errors would fill the memory.
        return None
    try:
        made = File.model_validate_json(plain)
    except ValidationError:
        return None
    return None if FORMATS[1].module.doubled_keys(plain) else made


def read_trusted(data: bytes) -> File:
    """The records in canonical JSON of our own making: validated like any other, without the search
    for doubled keys.
    """
    with paused_collector():
        return File.model_validate_json(data)


def read_tables(
    sources: Mapping[str, tuple[str, bytes]],
    file: str,
    unknown: Unknown = "forbid",
    names: Names | None = None,
    moved: dict[Path, Sequence[int]] | None = None,
) -> File:
    """The records in a set of CSV tables: name of a table, or of its file, to file name and bytes.

    Raises:
        LoadError: Every problem of the tables, each with its row and column.
    """
    with paused_collector():
        return read_tree(*_parsed_tables(sources, file, unknown), names=names, moved=moved)


def read_tree(
    tree: Any,
    places: Places | str,
    problems: list[Problem] | None = None,
    unknown: Unknown = "forbid",
    typed: Any = None,
    *,
    names: Names | None = None,
    moved: dict[Path, Sequence[int]] | None = None,
) -> File:
    """The records in plain data.

    Args:
        tree: The data, in the shape of a [`File`][wsis_model.model.File].
        places: Where its values stand, or a name for messages about data that came from no file.
        problems: What is known to be wrong already.
        unknown: As for [`read`][wsis_model.formats.read].
        typed: The same data with every scalar typed, to take unknown fields from.
        names: As for [`read`][wsis_model.formats.read].
        moved: As for [`read`][wsis_model.formats.read].

    Raises:
        LoadError: Every problem, each with its place.
    """
    where: Places = _Nowhere(places) if isinstance(places, str) else places
    made, found, _, where = _typed(tree, where, list(problems or ()), unknown, typed, names)
    if made is None or found:
        raise LoadError(tuple(found))
    if moved is not None and isinstance(where, Moved):
        moved.update(where.lists)
    return made


def _typed(  # the one way from plain data to records, whatever format it came from
    tree: Any,
    where: Places,
    found: list[Problem],
    unknown: Unknown,
    typed: Any,
    names: Names | None,
) -> tuple[File | None, list[Problem], Any, Places]:
    """The records in plain data, None where they are not sound; every problem, in the order of the
    file; the data as it was read, and the places of what stands in it.
    """
    if tree is None and not found:
        found.append(
            Problem(
                "empty",
                "the file holds nothing",
                where.find(()),
                hint="list records under 'documents', 'roadmaps' ...",
            )
        )
    if tree is not None and _is_record(tree):
        message, hint = (
            "a record stands where a file of records belongs",
            "put it in a list under 'documents', 'roadmaps' ...",
        )
        found.append(Problem("wrong-shape", message, where.find(()), hint=hint))
        tree = None
    if len(found) >= MOST:
        tree = None
    made: File | None = None
    told = "all"
    known = names and functools.cache(functools.partial(_beside, names, tree))
    try:
        while tree is not None:
            made, errors, told = validated(tree, File)
            kept = _kept(tree, errors, typed) if unknown == "keep" else tree
            resolved, lists = (
                resolve_names(kept, errors, File, known, where) if known else (kept, {})
            )
            if resolved is tree:
                found += problems_of(errors, File, where, known)
                break
            tree, where = resolved, followed(where, lists)
    except RecursionError:
        found.append(told_too_deep(where.find(())))
        tree = None
    if tree is not None and isinstance(where, Told):
        found += where.misplaced(tree, {})
    found.sort(key=_order)
    return made, at_most(found, more=told != "all"), tree, where


def _beside(names: Names, tree: Any) -> Index:
    """Who knows what things are called, and first what they are in a file."""
    return names().beside(own_names(tree))


def at_most(problems: list[Problem], *, more: bool = False) -> list[Problem]:
    """Problems, where there are too many the first of them and a word about it; *more* says that
    there are others already.
    """
    if len(problems) < MOST and not (more and problems):
        return problems
    first = problems[:MOST]
    message = f"there are more problems than these {len(first):,}, and they are not told"
    place = Position(first[0].position.file)
    return [*first, Problem("too-many", message, place, hint="mend these first")]


def _order(problem: Problem) -> tuple[str, str, int, int, str]:
    """In the order of the file: line and column, or sheet and cell."""
    place = problem.position
    cell = place.cell or ""
    letters = cell.rstrip("0123456789")
    row = int(cell[len(letters) :] or 0) or place.line or 0
    return (place.file, place.sheet or "", row, place.column or len(letters), letters)


def _kept(tree: Any, errors: Iterable[ErrorDetails], typed: Any) -> Any:
    """A copy of *tree* in which fields that no record has stand under `extensions`; *tree* itself
    where there are none.
    """
    made, copied = tree, set[int]()
    for each in errors:
        path: Path = tuple(each["loc"])
        if each["type"] == "extra_forbidden" and can_be_kept(str(path[-1])):
            if made is tree:
                made = tree.copy()
            _move(made, path, tree if typed is None else typed, copied)
    return made


def _move(tree: Any, path: Path, typed: Any, copied: set[int]) -> None:
    """Put the field at *path* under `extensions`. What is on the way is copied first; what has been
    is in *copied*, and is not again.
    """
    holder = tree
    for step in path[:-1]:
        if id(holder[step]) not in copied:
            holder[step] = holder[step].copy()
            copied.add(id(holder[step]))
        holder, typed = holder[step], _at(typed, step)
    key = path[-1]
    plain = holder.pop(key)
    held: Plain = holder.get("extensions") or {}
    if isinstance(held, dict):  # what else stands there is a problem, told when it is typed
        holder["extensions"] = {**held, UNKNOWN + str(key): _at(typed, key, plain)}


def _is_record(tree: Plain) -> bool:
    """Whether a record stands where a file of records belongs: it has an identifier, or mostly the
    fields of a common record.
    """
    if not isinstance(tree, dict):
        return False
    keys = set(tree) - {"extensions"}
    if not keys.isdisjoint(File.model_fields):
        return False
    known = keys.intersection((*Document.model_fields, *Roadmap.model_fields))
    return "id" in keys or 2 * len(known) > len(keys)


def _at(plain: Plain, step: str | int, default: Any = None) -> Any:
    """What stands one step down in plain data, or *default*."""
    if isinstance(step, str):
        return plain.get(step, default) if isinstance(plain, dict) else default
    return plain[step] if isinstance(plain, list) and step < len(plain) else default


def places_in(data: bytes, file: str, form: Format) -> Places:
    """Where the values of a file stand: for findings, long after it was read."""
    places: Places
    if form.name == "csv":
        _, places, _ = form.module.parse({PurePath(file).name: (file, data)}, file)
    else:
        _, places, _ = form.module.parse(data, file)
    return places


def write(file: File, form: Format) -> Iterator[bytes]:
    """The bytes of a file in a format, in pieces.

    Raises:
        ValueError: CSV takes one table a file, and there are several.
    """
    if form.name == "csv":
        tables = form.module.tables(file)
        if len(tables) > 1:
            msg = f"CSV has one table per kind of record, and there are {len(tables)} ({excerpt(', '.join(tables), 200)}): save to a folder"
            raise ValueError(msg)
        yield from tables.values()
    else:
        yield from form.module.write(file)
