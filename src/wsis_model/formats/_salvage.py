"""What is sound in a file that is not: so that one run tells what is wrong with its writing and
what is wrong with what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import attrs
from pydantic import ValidationError

from ..model import File, Record
from ..model.fields import Field, field_at
from ..names.labels import identifier_for
from ..positions import Path, Places
from ._moved import Lists, Moved
from ._text import MOST, UNREAD

__all__ = ["UNREAD", "Kept", "rescue"]

ATTEMPTS = 6
_GONE: Any = object()


@attrs.frozen(eq=False)
class Kept:
    """What could be read of a file."""

    file: File
    """The sound records."""
    places: Places
    """Where they stand."""
    lost: frozenset[tuple[str, str]]
    """What was left out: the identifier of the record and the name of its field; an empty name for
    a whole record.
    """


@attrs.define(eq=False)
class _Rescue:
    indexes: dict[int, list[int]] = attrs.Factory(dict[int, list[int]])
    lost: set[tuple[str, str]] = attrs.Factory(set[tuple[str, str]])

    def without(
        self, tree: Any, faults: dict[Path, str], record: type[Record] | None, of: tuple[str, str]
    ) -> Any:
        """A copy of *tree* without what is wrong in it; `_GONE` where nothing of it can stand.

        Args:
            tree: Plain data.
            faults: What is wrong, by path below it.
            record: The class of the record that it should be.
            of: The identifier of the record that holds it, and the field in which.
        """
        if () in faults or not isinstance(tree, (dict, list)):
            return _GONE
        below: dict[str | int, dict[Path, str]] = {}
        for path, kind in faults.items():
            below.setdefault(path[0], {})[path[1:]] = kind
        if isinstance(tree, list):
            return self._list(cast("Sequence[Any]", tree), below, record, of)
        plain = cast("dict[str, Any]", tree)
        named = record is not None and "id" in record.model_fields
        name: Any = plain.get("id")
        made = dict(plain)
        for step, inner in below.items():
            key = str(step)
            field = None if record is None else field_at(record, (key,))
            here = (name if isinstance(name, str) else "", key) if named else of
            if here[0]:
                self.lost.add(here)
            value = (
                self.without(plain[key], inner, field.record if field else None, here)
                if key in plain
                else _GONE
            )
            if value is not _GONE:
                made[key] = value
                continue
            made.pop(key, None)
            if (
                record is not None
                and field is not None
                and record.model_fields[field.name].is_required()
            ):
                stand_in = _stand_in(field)
                if stand_in is None:
                    if named and here[0]:
                        # Whoever names it as it should be called is not told that it is missing.
                        self.lost |= {(here[0], ""), (identifier_for(here[0]) or here[0], "")}
                    return _GONE
                made[key] = stand_in
        return made

    def _list(
        self,
        items: Sequence[Any],
        below: dict[str | int, dict[Path, str]],
        record: type[Record] | None,
        of: tuple[str, str],
    ) -> Any:
        numbers = self.indexes.get(id(items), list(range(len(items))))
        made: list[Any] = []
        kept: list[int] = []
        for index, item in enumerate(items):
            value = self.without(item, below[index], record, of) if index in below else item
            if value is not _GONE:
                made.append(value)
                kept.append(numbers[index])
        self.indexes[id(made)] = kept
        return made

    def lists(self, tree: Any) -> Lists:
        """Where the items came from, by the paths of their lists."""
        found: dict[Path, list[int]] = {}
        queue: list[tuple[Path, Any]] = [((), tree)]
        for path, here in queue:
            if id(here) in self.indexes:
                found[path] = self.indexes[id(here)]
            steps: Iterable[tuple[str | int, Any]] = (
                cast("dict[str, Any]", here).items()
                if isinstance(here, dict)
                else enumerate(cast("Sequence[Any]", here))
            )
            queue += [
                ((*path, step), each) for step, each in steps if isinstance(each, (dict, list))
            ]
        return found


def _stand_in(field: Field) -> Any:
    """What stands for a mandatory value that could not be read; None where nothing can."""
    if field.what == "translations":
        return UNREAD
    if field.what == "values" and field.refers is not None:
        return [UNREAD]
    return (
        UNREAD
        if field.what == "value" and field.type is str and field.key not in ("id", "when", "by")
        else None
    )


def rescue(tree: Any, places: Places) -> Kept:
    """What can stand of *tree* when everything that does not validate is left out.

    A record that lacks its identifier goes whole; one that lacks another mandatory text keeps its
    place with a stand-in. Of what has more faults than are told nothing is kept.
    """
    work = _Rescue()
    for _ in range(ATTEMPTS):
        try:
            made = File.model_validate(tree)
        except ValidationError as error:
            if error.error_count() > MOST:
                break
            faults = {
                tuple(step for step in each["loc"] if step != "[key]"): each["type"]
                for each in error.errors(include_url=False)
            }
            tree = work.without(tree, faults, File, ("", ""))
            if tree is _GONE:
                break
        except RecursionError:
            break
        else:
            return Kept(made, Moved(places, work.lists(tree)), frozenset(work.lost))
    return Kept(File(), places, frozenset(work.lost))
