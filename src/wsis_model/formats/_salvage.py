"""The valid records of a file with problems, so that one run can report the problems and check the
rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import attrs
from pydantic import ValidationError

from ..errors import Finding
from ..model import File, Record
from ..model.fields import Field, field_at
from ..model.record import identified
from ..names.labels import identifier_for
from ..positions import Path
from ._shifted import SourceIndexes
from ._text import MAX_PROBLEMS, UNREAD

__all__ = ["UNREAD", "PartialFile", "drop_invalid"]

ATTEMPTS = 6
_GONE: Any = object()


@attrs.frozen(eq=False)
class PartialFile:
    """The valid records of one file, and every problem."""

    records: File
    """The valid records."""
    problems: tuple[Finding, ...] = ()
    """The problems, each with its position."""
    lost: frozenset[tuple[str, str]] = frozenset()
    """What was left out: the identifier of the record and the name of its field; an empty name for
    a whole record.
    """
    source_indexes: Sequence[SourceIndexes] = ()
    """What each change (names resolved, invalid parts dropped) did to the lists of the data, as
    [`ShiftedPlaces`][wsis_model.formats.ShiftedPlaces] takes it."""


@attrs.define(eq=False)
class _Sieve:
    lost: set[tuple[str, str]]
    kept: dict[Path, Sequence[int]] = attrs.Factory(dict[Path, Sequence[int]])

    def without(
        self,
        tree: Any,
        at: Path,
        faults: Sequence[Path],
        record: type[Record] | None,
        of: tuple[str, str],
    ) -> Any:
        """A copy of *tree* without its faulty parts; `_GONE` if nothing is left.

        Args:
            tree: Plain data.
            at: The path of it.
            faults: The paths below it of what is wrong.
            record: The class of the record that it should be.
            of: The identifier of the record that holds it, and the field in which.
        """
        if () in faults or not isinstance(tree, (dict, list)):
            return _GONE
        below: dict[str | int, list[Path]] = {}
        for path in faults:
            below.setdefault(path[0], []).append(path[1:])
        if isinstance(tree, list):
            return self._list(cast("Sequence[Any]", tree), at, below, record, of)
        plain = cast("dict[str, Any]", tree)
        name: Any = plain.get("id")
        named = record is not None and (identified(record) or isinstance(name, str))
        made = dict(plain)
        for step, inner in below.items():
            key = str(step)
            field = None if record is None else field_at(record, (key,))
            here = (name if isinstance(name, str) else "", key) if named else of
            if here[0]:
                self.lost.add(here)
            value = (
                self.without(plain[key], (*at, key), inner, field.record if field else None, here)
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
                        # References with its correct identifier are not reported either.
                        self.lost |= {(here[0], ""), (identifier_for(here[0]) or here[0], "")}
                    return _GONE
                made[key] = stand_in
        return made

    def _list(
        self,
        items: Sequence[Any],
        at: Path,
        below: dict[str | int, list[Path]],
        record: type[Record] | None,
        of: tuple[str, str],
    ) -> Any:
        made: list[Any] = []
        kept: list[int] = []
        for index, item in enumerate(items):
            faults = below.get(index)
            value = self.without(item, (*at, index), faults, record, of) if faults else item
            if value is not _GONE:
                made.append(value)
                kept.append(index)
        if len(kept) < len(items):
            self.kept[at] = kept
        return made


def _stand_in(field: Field) -> Any:
    """The stand-in for a mandatory value that could not be read; None if there can be none."""
    if field.what == "translations":
        return UNREAD
    if field.what == "values" and field.refers is not None:
        return [UNREAD]
    return (
        UNREAD
        if field.what == "value" and field.type is str and field.key not in ("id", "when", "by")
        else None
    )


def drop_invalid(
    tree: Any, problems: tuple[Finding, ...], source_indexes: SourceIndexes
) -> PartialFile:
    """The records of *tree*, with everything left out that does not validate.

    A record that lacks its identifier goes whole; one that lacks another mandatory text keeps its
    place with a stand-in. Of a file with more faults than are reported nothing is kept.
    """
    lost: set[tuple[str, str]] = set()
    rounds = [source_indexes]
    for _ in range(ATTEMPTS):
        try:
            made = File.model_validate(tree)
        except ValidationError as error:
            if error.error_count() > MAX_PROBLEMS:
                break
            found = error.errors(include_url=False, include_context=False, include_input=False)
            faults = [tuple(step for step in each["loc"] if step != "[key]") for each in found]
            sieve = _Sieve(lost)
            tree = sieve.without(tree, (), faults, File, ("", ""))
            rounds.append(sieve.kept)
            if tree is _GONE:
                break
        except RecursionError:
            break
        else:
            return PartialFile(made, problems, frozenset(lost), tuple(rounds))
    return PartialFile(File(), problems, frozenset(lost))
