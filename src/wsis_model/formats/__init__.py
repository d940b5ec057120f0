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
from ..names.index import Index, IndexOnDemand
from ..positions import Path, Places
from ._problems import CODES, problems_of, validated
from ._resolve import own_names, replace_understood, resolve_names
from ._salvage import UNREAD, PartialFile, drop_invalid
from ._shifted import ShiftedPlaces, SourceIndexes, TablePlaces, compose
from ._text import (
    MAX_PROBLEMS,
    UNKNOWN_PREFIX,
    Plain,
    compress,
    expand,
    may_be_extension,
    too_deep_problem,
)

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
    "Input",
    "NameIndexProvider",
    "Parsed",
    "PartialFile",
    "ShiftedPlaces",
    "SourceIndexes",
    "Unknown",
    "build",
    "compress",
    "expand",
    "format_of",
    "parse",
    "places",
    "read",
    "read_trusted",
    "write",
]

SMALL = 5_000
"""A text of at most so many bytes holds too few values for more errors than can be listed."""
Unknown = Literal["forbid", "keep"]
"""What is done with a field that no record has: it is a problem, or is kept under `extensions`."""
NameIndexProvider = Callable[[], Index]
"""Returns the index of names; called only if there is a name to look up."""


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
        >>> format_of("roadmap.yml")
        (Format(name='yaml', suffixes=('.yaml', '.yml')), False)
        >>> format_of("out.json.gz")
        (Format(name='json', suffixes=('.json',)), True)
        >>> format_of("xlsx")[0].name
        'excel'
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
    """A file as plain data, before records are made of it.

    It is not kept with the records: to find the position of a later finding, the `Origin` of a
    record parses the file again.
    """

    file: str
    """The name of the file, for messages."""
    tree: Any
    """The data, in the shape of a [`File`][wsis_model.model.File]; None if nothing can be read."""
    places: Places
    """Gives the positions of its values in the file."""
    problems: Sequence[Finding] = ()
    """The problems of syntax and, in tables, of headings and cells."""
    unknown: Unknown = "forbid"
    """What is done with fields that no record has."""
    parse_typed: Callable[[], tuple[Any, Places, Sequence[Finding]]] | None = None
    """Parses the file again with numbers, dates and booleans typed, to take the values of unknown
    fields from. In YAML's `tree` every scalar is text as it was written, and the field of the
    record decides what it is; an unknown field has none. None for formats that need no second way.
    """
    small: bool = False
    """Whether it is a text of at most `SMALL` bytes, and repeats nothing by aliases."""


@attrs.frozen(eq=False)
class Built:
    """The records of a file, or the problems that prevent building them."""

    records: File | None
    """The records; None if any is invalid."""
    problems: tuple[Finding, ...] = ()
    """The problems, in the order of the file; no more than `MAX_PROBLEMS`, and one that says so."""
    tree: Any = None
    """The plain data, with names resolved and unknown fields moved under `extensions`. If it is
    invalid, `partial` drops the invalid parts of it."""
    source_indexes: SourceIndexes = attrs.Factory(dict[Path, Sequence[int]])
    """For the lists in which one item of the file stood for several ("paras 26-28")."""

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
            return PartialFile(self.records, self.problems, source_indexes=(self.source_indexes,))
        return drop_invalid(self.tree, self.problems, self.source_indexes)


def read(
    source: Input,
    file: str,
    form: Format | None = None,
    unknown: Unknown = "forbid",
    names: NameIndexProvider | None = None,
) -> Built:
    """The records of a file, or the problems that prevent them.

    Args:
        source: The file.
        file: Its name, or that of the folder of tables, for messages.
        form: The format it is in; None for plain data.
        unknown: `"forbid"` makes a field that this version does not know a problem; `"keep"` keeps
            it under `extensions`, writes it back where it stood, and leaves it to a rule to report.
        names: Returns the index of names; without it only identifiers are read.

    Examples:
        >>> data = {"entities": [{"id": "itu", "name": "ITU"}, {"id": "undp"}]}
        >>> built = read(data, "actors")
        >>> [str(problem) for problem in built.problems]
        ["actors: entities[1].name: 'name' is missing [missing-field]"]
        >>> len(built.partial().records.entities)
        2
    """
    with paused_collector():
        if form == JSON and isinstance(source, bytes):
            records = _read_json(source)
            if records is not None:
                return Built(records)
        elif form == NDJSON and isinstance(source, bytes):
            records = NDJSON.module.read_quick(source)
            if records is not None:
                return Built(records)
        return build(parse(source, file, form, unknown), names)


def parse(
    source: Input, file: str, form: Format | None = None, unknown: Unknown = "forbid"
) -> Parsed:
    """The plain data of a file, with the positions of its values and the problems of its syntax.
    The arguments are those of [`read`][wsis_model.formats.read].
    """
    given: Any = source
    if form is None:
        return Parsed(file, given, _Nowhere(file), (), unknown)
    try:
        if form in (CSV, EXCEL):
            tree, places, problems = form.module.parse(given, file, keep=unknown == "keep")
        elif given in (b"", BOM_UTF8) or given.removeprefix(BOM_UTF8).isspace():
            tree, places, problems = None, _Nowhere(file), [_empty(Position(file, 1, 1))]
        else:
            tree, places, problems = form.module.parse(given, file)
    except LoadError as error:
        tree, places, problems = None, _Nowhere(file), error.problems
    parse_typed = None
    if form == YAML:
        parse_typed = functools.partial(form.module.parse, given, file, typed=True)
    # Tables are compressed, or many; an alias repeats values.
    small = form not in (CSV, EXCEL) and len(given) <= SMALL and b"*" not in given
    return Parsed(file, tree, places, problems, unknown, parse_typed, small)


def places(
    source: Input, file: str, form: Format | None = None, unknown: Unknown = "forbid"
) -> Places:
    """The positions of the values of a file that was read before. The arguments are those of
    [`read`][wsis_model.formats.read].
    """
    if form == JSON and isinstance(source, bytes):
        made: Places = JSON.module.places(source, file)
        return made
    return parse(source, file, form, unknown).places


def _empty(position: Position) -> Finding:
    hint = "list records under 'documents', 'roadmaps' ..."
    return Finding("empty", "the file holds nothing", position, hint=hint)


def build(parsed: Parsed, names: NameIndexProvider | None = None) -> Built:
    """Records from plain data of any format; *names* as for
    [`read`][wsis_model.formats.read].
    """
    tree, places, problems = parsed.tree, parsed.places, list(parsed.problems)
    if tree is None and not problems:
        problems.append(_empty(places.find(())))
    if tree is not None and _is_record(tree):
        message, hint = (
            "a record stands where a file of records belongs",
            "put it in a list under 'documents', 'roadmaps' ...",
        )
        problems.append(Finding("wrong-shape", message, places.find(()), hint=hint))
        tree = None
    if len(problems) >= MAX_PROBLEMS:
        tree = None
    records: File | None = None
    complete = True
    source_indexes: SourceIndexes = {}
    own_first = names and functools.cache(functools.partial(_with_own_names, names, tree))
    try:
        in_cells = isinstance(parsed.places, TablePlaces)
        if isinstance(names, IndexOnDemand) and names.understood and not in_cells:
            # Names that other files had too would only be refused first.
            tree = replace_understood(tree, File, names.understood)
        # A round replaces refused names by identifiers, which are not refused again, or moves
        # unknown fields under `extensions`, where every field is allowed. A file has finitely many
        # of both, so that in the end a round changes nothing.
        while tree is not None:
            records, errors, complete = validated(tree, File, small=parsed.small)
            kept = _keep_unknown(tree, errors, parsed) if parsed.unknown == "keep" else tree
            resolved, split = resolve_names(kept, errors, File, own_first, places)
            if resolved is tree:
                problems += problems_of(errors, tree, File, places, own_first)
                break
            tree, source_indexes = resolved, compose(source_indexes, split)
            if source_indexes:
                places = ShiftedPlaces(parsed.places, (source_indexes,))
    except RecursionError:
        problems.append(too_deep_problem(places.find(())))
        tree = None
    if tree is not None and isinstance(parsed.places, TablePlaces):
        problems += parsed.places.misplaced(tree, source_indexes)
    problems.sort(key=_file_order)
    return Built(records, tuple(truncate(problems, more=not complete)), tree, source_indexes)


def _with_own_names(names: NameIndexProvider, tree: Any) -> Index:
    """The index of names, in which the names that a file gives its own records come first."""
    return names().with_own_names(own_names(tree))


def _read_json(data: bytes) -> File | None:
    """The records of JSON validated as bytes: the fast path. None if there is any problem; then the
    full path, `parse` and `build`, reports it.
    """
    plain = data.removeprefix(b"\xef\xbb\xbf")
    if JSON.module.dense(plain):
        return None
    try:
        records: File | None = JSON.module.read_record(File, plain)
    except ValidationError:
        return None
    return records


def read_trusted(data: bytes) -> File:
    """The records in canonical JSON of our own making: validated like any other, without the search
    for doubled keys.
    """
    with paused_collector():
        return File.model_validate_json(data)


def truncate(problems: list[Finding], *, more: bool = False) -> list[Finding]:
    """The problems; of too many the first `MAX_PROBLEMS`, and one that says so. *more* says that
    some were left out already.
    """
    if len(problems) < MAX_PROBLEMS and not (more and problems):
        return problems
    first = problems[:MAX_PROBLEMS]
    message = f"there are more problems than these {len(first):,}, which are not listed"
    whole_file = Position(first[0].position.file)
    return [*first, Finding("too-many", message, whole_file, hint="mend these first")]


def _file_order(problem: Finding) -> tuple[str, str, int, int, str]:
    """The order of the file: line and column, or sheet and cell."""
    position = problem.position
    cell = position.cell or ""
    letters = cell.rstrip("0123456789")
    row = int(cell[len(letters) :] or 0) or position.line or 0
    return (position.file, position.sheet or "", row, position.column or len(letters), letters)


def _keep_unknown(tree: Any, errors: Iterable[ErrorDetails], parsed: Parsed) -> Any:
    """A copy of *tree* in which fields that no record has stand under `extensions`; *tree* itself
    if there are none.
    """
    copy, typed, copied = tree, tree, set[int]()
    for each in errors:
        path: Path = tuple(each["loc"])
        if each["type"] == "extra_forbidden" and may_be_extension(str(path[-1])):
            if copy is tree:
                copy = tree.copy()
                typed = tree if parsed.parse_typed is None else parsed.parse_typed()[0]
            _move_to_extensions(copy, path, typed, copied)
    return copy


def _move_to_extensions(tree: Any, path: Path, typed: Any, copied: set[int]) -> None:
    """Move the field at *path* under `extensions`, with its value in *typed*. Containers on the way
    are copied first, and only once: *copied* has the `id()` of each copy.
    """
    holder = tree
    for step in path[:-1]:
        if id(holder[step]) not in copied:
            holder[step] = holder[step].copy()
            copied.add(id(holder[step]))
        holder, typed = holder[step], _at(typed, step)
    key = path[-1]
    plain = holder.pop(key)
    extensions: Plain = holder.get("extensions") or {}
    if isinstance(extensions, dict):  # any other value there is a problem, reported by validation
        holder["extensions"] = {**extensions, UNKNOWN_PREFIX + str(key): _at(typed, key, plain)}


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
