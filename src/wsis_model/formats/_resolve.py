"""Names where identifiers belong ("SDG 9.c", "UNESCO", "para. 26"), resolved before records are
made.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

import attrs
from pydantic_core import ErrorDetails

from ..errors import Position
from ..model import Record, is_identifier
from ..model.fields import field_at, shape_of
from ..model.identifiers import PATTERN
from ..model.kinds import BY_LIST
from ..names.hints import FieldPlace, holder_at
from ..names.index import Context, Index, Understood
from ..names.labels import folded
from ..positions import Path, Places
from ._shifted import ShiftedPlaces, TablePlaces
from ._text import UNREAD

__all__ = ["own_names", "records_in", "replace_understood", "resolve_names", "value_at"]


def resolve_names(
    tree: Any,
    errors: Sequence[ErrorDetails],
    root: type[Record],
    names: Callable[[], Index] | None,
    places: Places,
) -> tuple[Any, dict[Path, list[int]]]:
    """A copy of *tree* in which names of records are replaced by identifiers; and the
    `SourceIndexes` of the lists in which one item became several.

    Gives *tree* itself where no name is resolved. Only values that pydantic refused are looked at,
    so that a valid file pays nothing. An identifier is not refused again, so that the calls come to
    an end.
    """
    if names is None:
        return tree, {}
    # Only the place of a cell tells what belongs there.
    in_file = places.places if isinstance(places, ShiftedPlaces) else places
    in_cells = isinstance(in_file, TablePlaces)
    edits: dict[Path, Any] = {}
    split: dict[Path, dict[str | int, list[Any]]] = {}  # list, index, the items it becomes
    for each in errors:
        refused = each["type"] == "string_too_long" or each.get("ctx", {}).get("pattern") == PATTERN
        path: Path = tuple(each["loc"])
        if not refused:
            continue
        context = (
            _context(root, path, places.find(path))
            if in_cells
            else _context_in_text(root, tuple(0 if type(step) is int else step for step in path))
        )
        if context is None:
            continue
        identifiers = names().resolve(str(each["input"]), context).identifiers
        if not all(map(is_identifier, identifiers)):
            continue
        if len(identifiers) == 1:
            edits[path] = identifiers[0]
        elif identifiers and context.many and isinstance(path[-1], int):
            split.setdefault(path[:-1], {})[path[-1]] = list(identifiers)
        elif identifiers and context.many:
            holder = value_at(tree, path[:-1])
            copies = [{**holder, path[-1]: identifier} for identifier in identifiers]
            split.setdefault(path[:-2], {})[path[-2]] = copies
    if edits:
        tree = replaced(tree, edits)
    source_indexes: dict[Path, list[int]] = {}
    longer: dict[Path, Any] = {}
    for path, items in split.items():
        longer[path] = []
        source_indexes[path] = []
        for index, item in enumerate(value_at(tree, path)):
            parts = items.get(index, [item])
            longer[path] += parts
            source_indexes[path] += [index] * len(parts)
    return (replaced(tree, longer) if longer else tree), source_indexes


def _context(root: type[Record], path: Path, position: Position) -> Context | None:
    """What belongs at a path, where another record is named; None where none is."""
    field = field_at(root, path)
    if field is None or field.refers is None:
        return None
    holder, listed = holder_at(root, path, position)
    return FieldPlace(field=field, holder=holder, place=position, listed=listed).context


@functools.lru_cache(maxsize=1024)
def _context_in_text(root: type[Record], path: Path) -> Context | None:
    """The same in a file that is no table: for every index of a list it is that of the first."""
    return _context(root, path, Position(""))


def value_at(tree: Any, path: Path) -> Any:
    """What stands at a path of plain data."""
    for step in path:
        tree = tree[step]
    return tree


#: The fields that name a record, each with its rank.
_NAME_FIELDS = {
    **dict.fromkeys(("id", "acronym", "symbol"), 0),
    **dict.fromkeys(("name", "label", "title", "statement"), 1),
    "aliases": 2,
}


OwnNames = dict[str, dict[str, dict[str, int]]]
"""The names that a file gives its records: folded name, kind, identifier and its rank."""


def own_names(tree: Any) -> OwnNames:
    """The names that a file gives its records.

    A record without a valid identifier is reported itself, and not again where it is named: there
    `UNREAD` stands for it.
    """
    found: OwnNames = {}
    for kind, plain in records_in(tree):
        said = plain.get("id")
        identifier = said if isinstance(said, str) and is_identifier(said) else UNREAD
        for key, rank in _NAME_FIELDS.items():
            for text in _texts_of(plain[key]) if key in plain else ():
                called = found.setdefault(folded(text), {}).setdefault(kind, {})
                called.setdefault(identifier, rank)
    return found


def _is_own(tree: Any, folded_names: set[str]) -> bool:
    """Whether a file gives one of these names to a record."""
    return any(
        folded(text) in folded_names
        for _, plain in records_in(tree)
        for key in _NAME_FIELDS
        if key in plain
        for text in _texts_of(plain[key])
    )


def records_in(tree: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """What stands in plain data where records with identifiers belong, with their kinds."""
    queue: list[tuple[str, Any]] = [("", tree)]
    seen: set[tuple[str, int]] = set()  # data that came from no file may hold itself
    for kind, here in queue:
        mark = (kind, id(here))
        if mark in seen:
            continue
        seen.add(mark)
        if isinstance(here, dict):
            plain = cast("dict[str, Any]", here)
            if kind:
                yield kind, plain
            queue += [
                (BY_LIST.get(key, ""), each)
                for key, each in plain.items()
                if isinstance(each, (dict, list)) and key != "extensions"
            ]
        elif isinstance(here, list):
            items = cast("Sequence[Any]", here)
            queue += [(kind, each) for each in items if isinstance(each, (dict, list))]


def _texts_of(name: Any) -> Iterable[str]:
    """The texts of a name: one, one for each language, or several."""
    if isinstance(name, str):
        return (name,)
    texts: Iterable[Any] = ()
    if isinstance(name, dict):
        texts = cast("dict[str, Any]", name).values()
    elif isinstance(name, list):
        texts = cast("Sequence[Any]", name)
    return [text for text in texts if isinstance(text, str)]


def replaced(tree: Any, edits: dict[Path, Any]) -> Any:
    """A copy of *tree* with other values at some paths. Takes time in proportion to the containers
    on the way.
    """
    root = [tree]
    copies: dict[int, Any] = {id(root): root}
    for path, value in edits.items():
        holder: Any = root
        step: str | int = 0
        for below in path:
            inner = holder[step]
            if id(inner) not in copies:
                inner = holder[step] = inner.copy()
                copies[id(inner)] = inner
            holder, step = inner, below
        holder[step] = value
    return root[0]


@attrs.frozen
class _Step:
    """What stands in a field that names other records, or holds some that may."""

    context: Context
    """The context of the name, or of each."""
    many: bool
    """Whether these stand in a list."""
    record: type[Record] | None = None
    """The class of the records that it holds instead of names."""


@functools.cache
def _steps(record: type[Record]) -> dict[str, _Step]:
    """The fields of a class that name other records or hold records, by their names in files."""
    steps: dict[str, _Step] = {}
    for field in shape_of(record):
        many = field.what in ("values", "records")
        if field.refers is not None:
            context = _context_in_text(record, (field.key, 0) if many else (field.key,))
            steps[field.key] = _Step(context or Context(), many)
        elif field.record is not None:
            steps[field.key] = _Step(Context(), many, field.record)
    return steps


def replace_understood(tree: Any, root: type[Record], understood: Understood) -> Any:
    """A copy of *tree* in which names that were understood before are replaced by identifiers, as
    `resolve_names` would replace them; *tree* itself where there are none, or a record of the file
    is called so.

    Args:
        tree: The plain data of a file that is no table.
        root: The record class that it should be.
        understood: What was understood in other files.
    """
    folded_names: set[str] = set()
    made = _with_identifiers(tree, root, understood, folded_names)
    return tree if not folded_names or _is_own(tree, folded_names) else made


def _with_identifiers(
    here: Any, record: type[Record], understood: Understood, folded_names: set[str]
) -> Any:
    """The data of a record with identifiers instead of names, which are added to *folded_names*;
    what holds no name stays as it is.
    """
    if type(here) is not dict:
        return here
    plain = cast("dict[str, Any]", here)
    made, steps = plain, _steps(record)
    for key, value in plain.items():
        step = steps.get(key)
        if step is None:
            continue
        if step.many is not (type(value) is list):
            continue  # a problem, which validation reports
        old = cast("list[Any]", value) if step.many else [value]
        new: list[Any]
        if step.record is not None:
            new = [_with_identifiers(each, step.record, understood, folded_names) for each in old]
        else:
            texts = understood.get(step.context, {})
            new = old[:]
            for index, text in enumerate(old):
                if type(text) is str and text in texts:
                    new[index], name = texts[text]
                    folded_names.add(name)
        if not all(map(operator.is_, new, old)):
            made = plain.copy() if made is plain else made
            made[key] = new if step.many else new[0]
    return made
