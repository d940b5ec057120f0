"""What people write where an identifier belongs ("SDG 9.c", "UNESCO", "para. 26"), put into
identifiers before a record is typed.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, cast

from pydantic_core import ErrorDetails

from ..errors import NotAReference
from ..model import Record, is_identifier, parse_reference
from ..model.fields import Field, field_at
from ..model.identifiers import PATTERN
from ..model.kinds import BY_LIST
from ..names.labels import unlabelled
from ..positions import Path
from ._text import UNREAD, Plain

__all__ = ["Names", "identifier_for", "likely", "replaced", "understood"]


class Names(Protocol):
    """Knows what people call things."""

    def meant(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        """The identifier of what *text* means where records of these kinds belong; None where it
        means nothing.
        """
        ...

    def bearers(self, name: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The identifiers of the records of these kinds that bear *name*; several: which is open."""
        ...

    def near(self, identifier: str, count: int = 3, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Identifiers of records of these kinds that look like *identifier*, the nearest first."""
        ...


def understood(tree: Any, errors: Sequence[ErrorDetails], root: type[Record], names: Names) -> Any:
    """A copy of *tree* in which texts that are no identifiers, where identifiers of other records
    belong, are what they mean.

    Gives *tree* itself where nothing more is understood. Only what pydantic refused is looked at: a
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


_BETWEEN = re.compile(r"[^a-z0-9/]+")


def identifier_for(text: str) -> str | None:
    """What to write as an identifier for what somebody wrote instead; None where no Latin letters
    say it.

    Examples:
        >>> identifier_for("BDT"), identifier_for("Ministère de l'ICT"), identifier_for("МСЭ")
        ('bdt', 'ministere-de-l-ict', None)
    """
    for each in (text, text.lower(), "-".join(text.lower().split())):
        with contextlib.suppress(NotAReference):
            if is_identifier(found := parse_reference(each)):
                return found
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    if not letters.isascii():
        return None  # the half of a name that is in Latin letters is not the name
    joined = _BETWEEN.sub(lambda found: "." if found[0] == "." else "-", letters)
    segments = (each.strip("-.") for each in joined.split("/"))
    slug = "/".join(each for each in segments if each)
    return slug if is_identifier(slug) else None


def likely(field: Field) -> tuple[str, ...]:
    """What kinds of record are meant in a field that names others; none stands for any."""
    return LIKELY.get(field.key) or (field.refers.kinds if field.refers else ())


LIKELY: dict[str, tuple[str, ...]] = {"concept": ("concept",)}
"""What is most likely meant in a field that takes records of several kinds: the Action Line by "Media",
and not the group.
"""
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
