"""Two versions of a road map, compared: which record is which, and what changed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from ..model import Record, Roadmap
from ..model.fields import shape_of
from ..model.record import identifier_of
from .change import WHOLE, ChangeKind, noun, plural, said
from .compare import FORMER, Held, Subject, Walk, lists_of, span
from .match import Entry, counted, pair_named, runs
from .words import keys_of

__all__ = ["roadmaps"]


def roadmaps(a: Roadmap, b: Roadmap) -> Walk:
    """Two versions of a road map."""
    walk = Walk()
    on = Subject(noun(Roadmap), b.id, f"road map {b.id}", a.id, b)
    if a.id != b.id:
        walk.renamed = {
            each: b.id + each.removeprefix(a.id)
            for each in _identifiers(a)
            if each == a.id or each.startswith(f"{a.id}/")
        }
        walk.value(a.id, b.id, on, WHOLE.at("id"))
    renumbering = _Renumbering(
        walk.renamed, Counter(_identifiers(a)), Counter(_identifiers(b)), walk.renamed.copy()
    )
    renumbering.members(type(b), a, b)
    walk.moved = renumbering.elsewhere()
    renumbering.gone()
    walk.record(a, b, on)
    for what, before, after in renumbering.told:
        here = Subject(
            what,
            after[0].id,
            _those(what, after),
            before[0].id,
            after[0] if len(after) == 1 else None,
        )
        walk.tell(
            ChangeKind.RENUMBERED,
            here,
            WHOLE.at("id"),
            _those(what, before),
            here.label,
            count=len(after),
        )
    return walk


@attrs.define
class _Renumbering:
    """Finds what the records of a road map are called in its later version: by their titles too,
    for a file may only count them.
    """

    renamed: dict[str, str]
    """What the old identifiers are called now."""
    before: Counter[str]
    """The old identifiers. What has one that others have too is known by nothing else, and never
    renumbered.
    """
    after: Counter[str]
    """The new ones."""
    as_whole: dict[str, str]
    """What the old identifiers are called only because the road map has another name."""
    kept: set[str] = attrs.field(factory=set[str])
    """The old identifiers of what is still there."""
    told: list[tuple[str, list[Any], list[Any]]] = attrs.field(
        factory=list[tuple[str, list[Any], list[Any]]]
    )
    """Runs of records that are called otherwise, and not only because their owner is: what they
    are, as they were and as they are.
    """
    went: list[Held] = attrs.field(factory=list[Held])
    """What is no longer in what it stood in."""
    came: list[Held] = attrs.field(factory=list[Held])
    """What was not in what it stands in."""
    orphaned: list[str] = attrs.field(factory=list[str])
    """Identifiers made from that of an owner that has another one now, of what is no longer in it.
    """

    def members(self, record: type[Record], old: Any, new: Any) -> None:
        """The records that two versions of a record of a class hold."""
        for field in lists_of(record):
            kind = field.record or Record
            olds, news = getattr(old, field.name), getattr(new, field.name)
            before, after = [each.id for each in olds], [each.id for each in news]
            expected = self.expected(before, frozenset(after), old.id, new.id)
            pairs = self.pairs(_title(kind), expected, olds, after, news)
            self.kept.update(before[at] for _, at in pairs)
            gone, new_ones = (
                {*range(len(olds))} - {at for _, at in pairs},
                {*range(len(news))} - {index for index, _ in pairs},
            )
            self.went += _held(record, old, kind, (olds[at] for at in gone))
            self.came += _held(record, new, kind, (news[index] for index in new_ones))
            if old.id != new.id:
                self.orphaned += (
                    before[at]
                    for at in gone
                    if expected[at] not in (before[at], self.meant(before[at]))
                )
            for index, at in pairs:
                self.call(before[at], after[index])
                self.members(kind, olds[at], news[index])
            for run in runs(
                (at, index, None) for index, at in pairs if expected[at] != after[index]
            ):
                self.told.append(
                    (noun(kind), [olds[at] for at, _ in run], [news[index] for _, index in run])
                )

    def expected(
        self, identifiers: Sequence[str], held: frozenset[str], was: str, now: str
    ) -> list[str]:
        """What records are called if they are not renumbered: the same, if that is there; else
        named after their owner as they were.
        """
        return [
            each
            if each in held
            else now + each.removeprefix(was)
            if each.startswith((f"{was}.", f"{was}-", f"{was}/"))
            else self.meant(each)
            for each in identifiers
        ]

    def pairs(
        self,
        title: Callable[[Any], str],
        expected: Sequence[str],
        old: Sequence[Any],
        ids: Sequence[str],
        new: Sequence[Any],
    ) -> Sequence[tuple[int, int]]:
        """Which record is which, as indexes of new and old, in the order of the new."""
        before, after = [*map(title, old)], [*map(title, new)]
        if (
            expected == ids and before == after
        ):  # mostly it is so, and the words need not be looked at
            return [(index, index) for index in range(len(new))]
        mine = [
            keys_of(said) if self.before[each.id] == 1 else ()
            for said, each in zip(before, old, strict=True)
        ]
        theirs = [
            keys_of(said) if self.after[each.id] == 1 else ()
            for said, each in zip(after, new, strict=True)
        ]
        return sorted(
            pair_named(
                [*map(Entry, counted(expected), mine)], [*map(Entry, counted(ids), theirs)]
            ).items()
        )

    def meant(self, identifier: str) -> str:
        return self.renamed.get(identifier, identifier)

    def call(self, identifier: str, now: str) -> None:
        if self.before[identifier] == 1 and self.meant(identifier) != now:
            self.renamed[identifier] = now

    def elsewhere(self) -> dict[str, tuple[Held, Held]]:
        """What stands in another record now, under the same identifier. Where that only counts it
        in there, its title must be the same.
        """
        found: dict[str, tuple[Held, Held]] = {}
        went = {
            self.as_whole.get(old.record.id, old.record.id): old
            for old in self.went
            if self.before[old.record.id] == 1
        }
        for new in self.came:
            name: str = new.record.id
            old = went.get(name)
            if old is None or old.what != new.what or self.after[name] > 1:
                continue
            if not name.startswith(f"{new.owner.id}.") or keys_of(said(old.record)) == keys_of(
                said(new.record)
            ):
                found[name] = (old, new)
                self.kept.add(old.record.id)
                self.call(old.record.id, name)
        return found

    def gone(self) -> None:
        """Gives what is gone another name, where its identifier is that of another record now."""
        for each in self.orphaned:
            if each not in self.kept:
                self.call(each, FORMER + each)
        taken = {self.renamed[each] for each in self.kept if each in self.renamed}
        self.renamed.update(
            (each, FORMER + each)
            for each in self.before
            if each not in self.kept and self.meant(each) in taken
        )


def _title(record: type[Record]) -> Callable[[Any], str]:
    """What gives the title, statement or name of a record of a class."""
    name = next((field.name for field in shape_of(record) if field.what == "translations"), None)
    return lambda each: str(getattr(each, name)) if name else ""


def _held(
    holder: type[Record], owner: Any, kind: type[Record], members: Iterable[Any]
) -> Iterator[Held]:
    """Some members of a record, and all that they hold."""
    for each in members:
        yield Held(each, noun(kind), owner, noun(holder))
        for field in lists_of(kind):
            yield from _held(kind, each, field.record or Record, getattr(each, field.name))


def _those(what: str, records: Sequence[Any]) -> str:
    return f"{what if len(records) == 1 else plural(2, what).removeprefix('2 ')} {span(*(each.id for each in records))}"


def _identifiers(record: Record) -> Iterator[str]:
    """Of a record and all that it holds."""
    yield identifier_of(record)
    for field in lists_of(type(record)):
        for each in getattr(record, field.name):
            yield from _identifiers(each)
