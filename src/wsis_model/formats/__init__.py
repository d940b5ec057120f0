"""Our own file formats. Each reads back exactly what it wrote.

| name | suffixes | good for |
|---|---|---|
| `yaml` | `.yaml`, `.yml` | people: what road maps are written in |
| `json` | `.json` | programs: canonical, the same bytes for the same records |
| `ndjson` | `.ndjson`, `.jsonl` | size: one record a line |
| `csv` | `.csv`, or a folder of tables | spreadsheets: one table per kind of record |
| `excel` | `.xlsx` | people: a workbook with a sheet per kind of record (extra `excel`) |

Each may be compressed (`.gz`). Where the identifier of another record belongs, people may write its
name ("SDG 9.c", "UNESCO", "para. 26"), if the caller gives an index of names; `load` does.
"""

from __future__ import annotations

import functools
import importlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Literal

import attrs
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .._collector import paused_collector
from ..errors import Finding, LoadError, Position, UnknownFormat, excerpt
from ..model import Document, File, Roadmap
from ..names.index import Index
from ..positions import Path, Places
from ._moved import Lists, Moved, Reported, composed
from ._problems import CODES, problems_of, validated
from ._resolve import own_names, resolve_names
from ._salvage import UNREAD, PartialFile, drop_invalid
from ._text import MOST, UNKNOWN, Plain, can_be_kept, compress, expand, too_deep_problem

__all__ = [
    "CODES",
    "CSV",
    "EXCEL",
    "FORMATS",
    "JSON",
    "NDJSON",
    "UNREAD",
    "YAML",
    "Built",
    "Format",
    "Lists",
    "Moved",
    "Names",
    "Parsed",
    "PartialFile",
    "Input",
    "Unknown",
    "build",
    "compress",
    "expand",
    "format_of",
    "parse",
    "read",
    "read_trusted",
    "write",
]

Unknown = Literal["forbid", "keep"]
Names = Callable[[], Index]
"""Gives the index of names, when it is needed for the first time."""


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


YAML = Format("yaml", (".yaml", ".yml"))
JSON = Format("json", (".json",))
NDJSON = Format("ndjson", (".ndjson", ".jsonl"))
CSV = Format("csv", (".csv",))
EXCEL = Format("excel", (".xlsx",))
#: The formats, in the order in which they are tried by name.
FORMATS: tuple[Format, ...] = (YAML, JSON, NDJSON, CSV, EXCEL)


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


Input = bytes | Mapping[str, Any]
"""The bytes of a file; a set of CSV tables, name of a table, or of its file, to file name and
bytes; or plain data in the shape of a [`File`][wsis_model.model.File].
"""


@attrs.frozen
class _Nowhere:
    """Places of data that came from no file: only its name."""

    file: str

    def find(self, path: Path, *, key: bool = False) -> Position:  # noqa: ARG002 - as all `Places`
        return Position(self.file)


@attrs.frozen(eq=False)
class Parsed:
    """A file as plain data, before records are made of it."""

    file: str
    """Its name, for messages."""
    tree: Any
    """The data, in the shape of a [`File`][wsis_model.model.File]; None where nothing can be
    read."""
    places: Places
    """Where its values stand."""
    problems: Sequence[Finding] = ()
    """What is wrong with its writing."""
    unknown: Unknown = "forbid"
    """What is done with fields that no record has."""
    typed: Callable[[], tuple[Any, Places, Sequence[Finding]]] | None = None
    """Parses it with every scalar typed, to take unknown fields from; None where they are typed
    already."""


@attrs.frozen(eq=False)
class Built:
    """The records of a file, or the problems that prevent them."""

    records: File | None
    """The records; None where some are not sound."""
    problems: tuple[Finding, ...] = ()
    """Every problem, in the order of the file."""
    tree: Any = None
    """The data that is not valid, with names resolved and unknown fields moved."""
    lists: Lists = attrs.Factory(dict[Path, Sequence[int]])
    """Where the items of lists came from, in lists in which one item stood for several."""

    def complete(self) -> File:
        """The records.

        Raises:
            LoadError: Every problem of the file, each with its place.
        """
        if self.records is None or self.problems:
            raise LoadError(self.problems)
        return self.records

    def partial(self) -> PartialFile:
        """The valid records, with the problems and what was left out."""
        if self.records is not None:
            return PartialFile(self.records, self.problems, lists=(self.lists,))
        return drop_invalid(self.tree, self.problems, self.lists)


def read(
    source: Input,
    file: str,
    form: Format | None = None,
    unknown: Unknown = "forbid",
    names: Names | None = None,
) -> Built:
    """The records of a file, or the problems that prevent them.

    Args:
        source: The file.
        file: Its name, or that of the folder of tables, for messages.
        form: The format it is in; None for plain data.
        unknown: `"forbid"` makes a field that this version does not know a problem; `"keep"` keeps
            it under `extensions`, writes it back where it stood, and leaves it to a rule to report.
        names: Gives the index of names; without it only identifiers are read.

    Examples:
        >>> data = {"entities": [{"id": "itu", "name": "ITU"}, {"id": "undp"}]}
        >>> found = read(data, "actors")
        >>> [str(each) for each in found.problems], len(found.partial().records.entities)
        (["actors: entities[1].name: 'name' is missing [missing-field]"], 2)
    """
    with paused_collector():
        if form == JSON and isinstance(source, bytes):
            made = _read_json(source)
            if made is not None:
                return Built(made)
        return build(parse(source, file, form, unknown), names)


def parse(
    source: Input, file: str, form: Format | None = None, unknown: Unknown = "forbid"
) -> Parsed:
    """The plain data of a file, where its values stand, and what is wrong with its writing. The
    arguments are those of [`read`][wsis_model.formats.read].
    """
    given: Any = source
    if form is None:
        return Parsed(file, given, _Nowhere(file), (), unknown)
    try:
        if form in (CSV, EXCEL):
            tree, places, found = form.module.parse(given, file, keep=unknown == "keep")
        elif given in (b"", BOM_UTF8) or given.removeprefix(BOM_UTF8).isspace():
            tree, places, found = None, _Nowhere(file), [_empty(Position(file, 1, 1))]
        else:
            tree, places, found = form.module.parse(given, file)
    except LoadError as error:
        tree, places, found = None, _Nowhere(file), error.problems
    typed = functools.partial(form.module.parse, given, file, typed=True) if form == YAML else None
    return Parsed(file, tree, places, found, unknown, typed)


def _empty(place: Position) -> Finding:
    hint = "list records under 'documents', 'roadmaps' ..."
    return Finding("empty", "the file holds nothing", place, hint=hint)


def build(parsed: Parsed, names: Names | None = None) -> Built:
    """Records from plain data of any format; *names* as for
    [`read`][wsis_model.formats.read].
    """
    tree, places, found = parsed.tree, parsed.places, list(parsed.problems)
    if tree is None and not found:
        found.append(_empty(places.find(())))
    if tree is not None and _is_record(tree):
        message, hint = (
            "a record stands where a file of records belongs",
            "put it in a list under 'documents', 'roadmaps' ...",
        )
        found.append(Finding("wrong-shape", message, places.find(()), hint=hint))
        tree = None
    if len(found) >= MOST:
        tree = None
    made: File | None = None
    reported = "all"
    lists: Lists = {}
    known = names and functools.cache(functools.partial(_with_own_names, names, tree))
    try:
        while tree is not None:
            made, errors, reported = validated(tree, File)
            kept = _keep_unknown(tree, errors, parsed.typed) if parsed.unknown == "keep" else tree
            resolved, several = resolve_names(kept, errors, File, known, places)
            if resolved is tree:
                found += problems_of(errors, tree, File, places, known)
                break
            tree, lists = resolved, composed(lists, several)
            places = Moved(parsed.places, (lists,)) if lists else places
    except RecursionError:
        found.append(too_deep_problem(places.find(())))
        tree = None
    if tree is not None and isinstance(parsed.places, Reported):
        found += parsed.places.misplaced(tree, lists)
    found.sort(key=_file_order)
    return Built(made, tuple(at_most(found, more=reported != "all")), tree, lists)


def _with_own_names(names: Names, tree: Any) -> Index:
    """The index of names, with those that a file gives its own records first."""
    return names().with_own_names(own_names(tree))


def _read_json(data: bytes) -> File | None:
    """The records of JSON validated as bytes, which is quick. None where anything is wrong: then
    the slow way reports it.
    """
    plain = data.removeprefix(b"\xef\xbb\xbf")
    if 5 * (plain.count(b",") + plain.count(b"{")) > len(plain):
        # More values than a file of records has: their errors could fill the memory.
        return None
    try:
        made = File.model_validate_json(plain)
    except ValidationError:
        return None
    return None if JSON.module.doubled_keys(plain) else made


def read_trusted(data: bytes) -> File:
    """The records in canonical JSON of our own making: validated like any other, without the search
    for doubled keys.
    """
    with paused_collector():
        return File.model_validate_json(data)


def at_most(problems: list[Finding], *, more: bool = False) -> list[Finding]:
    """The problems, or the first `MOST` of them and one that says so; *more* says that some were
    left out already.
    """
    if len(problems) < MOST and not (more and problems):
        return problems
    first = problems[:MOST]
    message = f"there are more problems than these {len(first):,}, which are not listed"
    place = Position(first[0].position.file)
    return [*first, Finding("too-many", message, place, hint="mend these first")]


def _file_order(problem: Finding) -> tuple[str, str, int, int, str]:
    """The order of the file: line and column, or sheet and cell."""
    place = problem.position
    cell = place.cell or ""
    letters = cell.rstrip("0123456789")
    row = int(cell[len(letters) :] or 0) or place.line or 0
    return (place.file, place.sheet or "", row, place.column or len(letters), letters)


def _keep_unknown(
    tree: Any, errors: Iterable[ErrorDetails], parse_typed: Callable[[], tuple[Any, ...]] | None
) -> Any:
    """A copy of *tree* in which fields that no record has stand under `extensions`; *tree* itself
    where there are none.
    """
    made, typed, copied = tree, tree, set[int]()
    for each in errors:
        path: Path = tuple(each["loc"])
        if each["type"] == "extra_forbidden" and can_be_kept(str(path[-1])):
            if made is tree:
                made, typed = tree.copy(), tree if parse_typed is None else parse_typed()[0]
            _move_to_extensions(made, path, typed, copied)
    return made


def _move_to_extensions(tree: Any, path: Path, typed: Any, copied: set[int]) -> None:
    """Move the field at *path* under `extensions`. Containers on the way are copied first, and only
    once: *copied* has the copies.
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
    if isinstance(held, dict):  # any other value there is a problem, reported by validation
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


def write(file: File, form: Format) -> Iterator[bytes]:
    """The bytes of a file in a format, in pieces.

    Raises:
        ValueError: CSV takes one table a file, and there are several.
    """
    if form == CSV:
        tables = form.module.tables(file)
        if len(tables) > 1:
            listed = f"{len(tables)} ({excerpt(', '.join(tables), 200)})"
            msg = f"CSV has one table per kind of record, and there are {listed}: save to a folder"
            raise ValueError(msg)
        yield from tables.values()
    else:
        yield from form.module.write(file)
