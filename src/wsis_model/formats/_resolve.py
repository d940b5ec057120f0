"""What people write where an identifier belongs ("SDG 9.c", "UNESCO", "para. 26"), put into
identifiers before a record is typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pydantic_core import ErrorDetails

from ..model import Record, is_identifier
from ..model.fields import field_at
from ..model.identifiers import PATTERN
from ..model.kinds import BY_LIST
from ..names.hints import likely
from ..names.index import Names
from ..names.labels import unlabelled
from ..positions import Path
from ._text import UNREAD, Plain

__all__ = ["replaced", "resolve_names"]


def resolve_names(
    tree: Any, errors: Sequence[ErrorDetails], root: type[Record], names: Names
) -> Any:
    """A copy of *tree* in which texts that are no identifiers, where identifiers of other records
    belong, are what they mean.

    Gives *tree* itself where nothing more is resolve_names. Only what pydantic refused is looked at: a
    sound file pays nothing. What is put there is always an identifier, which is not refused again:
    asked anew about what is left, it comes to an end.
    """
    edits: dict[Path, str] = {}
    own: dict[str, dict[str, str]] | None = None
    for each in errors:
        wrong = each["type"] == "string_too_long" or each.get("ctx", {}).get("pattern") == PATTERN
        path: Path = tuple(each["loc"])
        field = field_at(root, path) if wrong else None
        if field is None or field.refers is None:
            continue
        own = _own_names(tree) if own is None else own
        said, kinds = str(each["input"]), likely(field)
        called = own.get(_folded(unlabelled(said)), {})
        meant = (
            next((called[kind] for kind in kinds or called if kind in called), None)
            or names.meant(said, kinds)
            or names.meant(said)
        )
        if meant is not None and is_identifier(meant):
            edits[path] = meant
    return replaced(tree, edits) if edits else tree


_CALLED = ("acronym", "symbol", "name", "label", "title", "statement")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _own_names(tree: Any) -> dict[str, dict[str, str]]:
    """What the records of a file are called in it, folded, with their identifiers by kind; the
    first of two of a kind stands.

    Where a record has no identifier, or one that is none, it is told there, and not again by
    whoever names it: that is `UNREAD`.
    """
    found: dict[str, dict[str, str]] = {}
    queue: list[tuple[str, Any]] = [("", tree)]
    for kind, here in queue:
        if isinstance(here, dict):
            plain = cast("dict[str, Any]", here)
            if kind:
                said = plain.get("id")
                identifier = said if isinstance(said, str) and is_identifier(said) else UNREAD
                for text in (*_texts(plain), *([said] if isinstance(said, str) else [])):
                    found.setdefault(_folded(text), {}).setdefault(kind, identifier)
            queue += [
                (BY_LIST.get(key, ""), each)
                for key, each in plain.items()
                if isinstance(each, (dict, list)) and key != "extensions"
            ]
        elif isinstance(here, list):
            queue += [(kind, each) for each in cast("Sequence[Any]", here)]
    return found


def _texts(plain: dict[str, Any]) -> Iterator[str]:
    """What a record is called, in any language."""
    for key in _CALLED:
        called: Any = plain.get(key)
        texts = cast("dict[str, Any]", called).values() if isinstance(called, dict) else (called,)
        yield from (text for text in texts if isinstance(text, str))


def replaced(tree: Any, edits: dict[Path, str]) -> Any:
    """A copy of *tree* with other values at some paths. Takes time in proportion to the containers
    on the way.
    """
    if () in edits:
        return edits[()]
    below: dict[str | int, dict[Path, str]] = {}
    for path, value in edits.items():
        below.setdefault(path[0], {})[path[1:]] = value
    made: Plain = list(cast("Sequence[Any]", tree)) if isinstance(tree, list) else dict(tree)
    for step, inner in below.items():
        made[step] = replaced(made[step], inner)  # type: ignore[index]  # pydantic's path leads through lists by number
    return made
