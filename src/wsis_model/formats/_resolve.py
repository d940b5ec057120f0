"""Names where identifiers belong ("SDG 9.c", "UNESCO", "para. 26"), resolved before records are
made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from pydantic_core import ErrorDetails

from ..errors import Position
from ..model import Record, is_identifier
from ..model.fields import field_at
from ..model.identifiers import PATTERN
from ..model.kinds import BY_LIST
from ..names.hints import name_field_at
from ..names.index import Index
from ..names.labels import folded
from ..positions import Path, Places
from ._shifted import ShiftedPlaces, TablePlaces
from ._text import UNREAD, Plain

__all__ = ["own_names", "replaced", "resolve_names", "value_at"]


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
    in_cells, nowhere = isinstance(in_file, TablePlaces), Position("")
    edits: dict[Path, Any] = {}
    split: dict[Path, dict[str | int, list[Any]]] = {}  # list, index, the items it becomes
    for each in errors:
        refused = each["type"] == "string_too_long" or each.get("ctx", {}).get("pattern") == PATTERN
        path: Path = tuple(each["loc"])
        field = field_at(root, path) if refused else None
        if field is None or field.refers is None:
            continue
        position = places.find(path) if in_cells else nowhere
        context = name_field_at(root, path, field, names, position).context
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


def own_names(tree: Any) -> dict[str, dict[str, dict[str, int]]]:
    """The names that a file gives its records: folded name, kind, identifier and its rank.

    A record without a valid identifier is reported itself, and not again where it is named: there
    `UNREAD` stands for it.
    """
    found: dict[str, dict[str, dict[str, int]]] = {}
    queue: list[tuple[str, Any]] = [("", tree)]
    seen: set[tuple[str, int]] = set()  # data that came from no file may hold itself
    for kind, here in queue:
        if (kind, id(here)) in seen:
            continue
        seen.add((kind, id(here)))
        if isinstance(here, dict):
            plain = cast("dict[str, Any]", here)
            if kind:
                said = plain.get("id")
                identifier = said if isinstance(said, str) and is_identifier(said) else UNREAD
                for rank, text in _names_in(plain):
                    called = found.setdefault(folded(text), {}).setdefault(kind, {})
                    called.setdefault(identifier, rank)
            queue += [
                (BY_LIST.get(key, ""), each)
                for key, each in plain.items()
                if isinstance(each, (dict, list)) and key != "extensions"
            ]
        elif isinstance(here, list):
            queue += [(kind, each) for each in cast("Sequence[Any]", here)]
    return found


def _names_in(plain: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The names of a record, in any language, with their rank."""
    for key, rank in _NAME_FIELDS.items():
        called: Any = plain.get(key)
        texts: Iterable[Any] = (
            cast("dict[str, Any]", called).values()
            if isinstance(called, dict)
            else cast("Sequence[Any]", called)
            if isinstance(called, list)
            else (called,)
        )
        yield from ((rank, text) for text in texts if isinstance(text, str))


def replaced(tree: Any, edits: dict[Path, Any]) -> Any:
    """A copy of *tree* with other values at some paths. Takes time in proportion to the containers
    on the way.
    """
    if () in edits:
        return edits[()]
    below: dict[str | int, dict[Path, Any]] = {}
    for path, value in edits.items():
        below.setdefault(path[0], {})[path[1:]] = value
    made: Plain = list(cast("Sequence[Any]", tree)) if isinstance(tree, list) else dict(tree)
    for step, inner in below.items():
        # Pydantic's path leads through lists by number.
        made[step] = replaced(made[step], inner)  # type: ignore[index]
    return made
