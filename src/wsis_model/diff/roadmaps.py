"""Two versions of a road map compared: which record is which, and what changed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from ..model import Record, Roadmap
from ..model.fields import shape_of
from ..model.record import identifier_of
from .change import WHOLE, noun, plural, text_of
from .compare import FORMER, Comparison, Member, Subject, kind_of, lists_of, span
from .match import Entry, counted, pair_named, runs
from .words import keys_of

__all__ = ["compare_roadmaps"]


def compare_roadmaps(a: Roadmap, b: Roadmap) -> Comparison:
    """Compare two versions of a road map."""
    comparison = Comparison()
    subject = Subject(noun(Roadmap), b.id, f"road map {b.id}", a.id, text_of(b))
    if a.id != b.id:
        comparison.renamed = {
            each: b.id + each.removeprefix(a.id)
            for each in _identifiers(a)
            if each == a.id or each.startswith(f"{a.id}/")
        }
        comparison.compare_values(a.id, b.id, subject, WHOLE.at("id"))
    renumbering = _Renumbering(
        comparison.renamed,
        Counter(_identifiers(a)),
        Counter(_identifiers(b)),
        comparison.renamed.copy(),
    )
    renumbering.match_members(a, b)
    comparison.moved = renumbering.moved()
    renumbering.rename_removed()
    comparison.compare(a, b, subject)
    for before, after in renumbering.runs:
        comparison.add_renumbering(kind_of(after[0]), before, after, _label, "id")
    return comparison


@attrs.define
class _Renumbering:
    """Finds the new identifiers of the records of a road map, by titles too: in some files an
    identifier is only the number of a row.
    """

    renamed: dict[str, str]
    """Old identifier to new identifier."""
    before: Counter[str]
    """The old identifiers. A record whose identifier others have too is never renumbered, because
    nothing else identifies it.
    """
    after: Counter[str]
    """The new identifiers."""
    by_roadmap: dict[str, str]
    """Old identifier to new identifier, as far as only the name of the road map is different."""
    kept: set[str] = attrs.field(factory=set[str])
    """The old identifiers of the records that are still there."""
    runs: list[tuple[list[Any], list[Any]]] = attrs.field(factory=list[tuple[list[Any], list[Any]]])
    """Records in a row, before and after, whose identifiers changed, and not only because that of
    their owner did.
    """
    gone: list[Member] = attrs.field(factory=list[Member])
    """Records that their owner no longer holds."""
    new: list[Member] = attrs.field(factory=list[Member])
    """Records that their owner did not hold before."""
    orphaned: list[str] = attrs.field(factory=list[str])
    """Identifiers of removed records that begin with the old identifier of a renamed owner."""

    def match_members(self, old: Any, new: Any) -> None:
        """Match the records that two versions of a record hold."""
        for field in lists_of(new):
            olds, news = getattr(old, field.name), getattr(new, field.name)
            before, after = [each.id for each in olds], [each.id for each in news]
            expected = self.expected(before, frozenset(after), old.id, new.id)
            pairs = self.pairs(_title(field.record or Record), expected, olds, after, news)
            matched, found = {at for _, at in pairs}, {index for index, _ in pairs}
            self.kept.update(before[at] for at in matched)
            gone = [at for at in range(len(olds)) if at not in matched]
            self.gone += _members(old, (olds[at] for at in gone))
            self.new += _members(new, (each for at, each in enumerate(news) if at not in found))
            if old.id != new.id:
                self.orphaned += (
                    before[at]
                    for at in gone
                    if expected[at] not in (before[at], self.new_name(before[at]))
                )
            for index, at in pairs:
                self.rename(before[at], after[index])
                self.match_members(olds[at], news[index])
            changed = ((at, index, None) for index, at in pairs if expected[at] != after[index])
            self.runs += (
                ([olds[at] for at, _ in run], [news[index] for _, index in run])
                for run in runs(changed)
            )

    def expected(
        self, identifiers: Sequence[str], present: frozenset[str], was: str, now: str
    ) -> list[str]:
        """The identifiers that records have if they are not renumbered: the same, if it is present;
        else the same below the new identifier of their owner.
        """
        return [
            each
            if each in present
            else now + each.removeprefix(was)
            if each.startswith((f"{was}.", f"{was}-", f"{was}/"))
            else self.new_name(each)
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
        if expected == ids and before == after:  # the usual case: no need to read the words
            return [(index, index) for index in range(len(new))]
        old_entries, new_entries = (
            [
                Entry(name, keys_of(text) if occurring[each.id] == 1 else ())
                for name, text, each in zip(counted(names), texts, records, strict=True)
            ]
            for names, texts, records, occurring in (
                (expected, before, old, self.before),
                (ids, after, new, self.after),
            )
        )
        return sorted(pair_named(old_entries, new_entries).items())

    def new_name(self, identifier: str) -> str:
        return self.renamed.get(identifier, identifier)

    def rename(self, identifier: str, now: str) -> None:
        if self.before[identifier] == 1 and self.new_name(identifier) != now:
            self.renamed[identifier] = now

    def moved(self) -> dict[str, tuple[Member, Member]]:
        """The records that another record holds now, under the same identifier. If the identifier
        is only a number below that of the new owner, the title must be the same too.
        """
        found: dict[str, tuple[Member, Member]] = {}
        gone = {
            self.by_roadmap.get(old.record.id, old.record.id): old
            for old in self.gone
            if self.before[old.record.id] == 1
        }
        for new in self.new:
            name: str = new.record.id
            old = gone.get(name)
            if old is None or type(old.record) is not type(new.record) or self.after[name] > 1:
                continue
            if not name.startswith(f"{new.owner.id}.") or keys_of(text_of(old.record)) == keys_of(
                text_of(new.record)
            ):
                found[name] = (old, new)
                self.kept.add(old.record.id)
                self.rename(old.record.id, name)
        return found

    def rename_removed(self) -> None:
        """Give a removed record another name if another record has its identifier now."""
        for each in self.orphaned:
            if each not in self.kept:
                self.rename(each, FORMER + each)
        taken = {self.renamed[each] for each in self.kept if each in self.renamed}
        self.renamed.update(
            (each, FORMER + each)
            for each in self.before
            if each not in self.kept and self.new_name(each) in taken
        )


def _title(record: type[Record]) -> Callable[[Any], str]:
    """A function that gives the title, statement or name of a record of a class."""
    name = next((field.name for field in shape_of(record) if field.what == "translations"), None)
    return lambda each: str(getattr(each, name)) if name else ""


def _members(owner: Any, members: Iterable[Any]) -> Iterator[Member]:
    """Some members of a record, and all records in them."""
    for each in members:
        yield Member(each, owner)
        for field in lists_of(each):
            yield from _members(each, getattr(each, field.name))


def _label(*records: Any) -> str:
    what = kind_of(records[0])
    many = plural(2, what).removeprefix("2 ") if len(records) > 1 else what
    return f"{many} {span(*(each.id for each in records))}"


def _identifiers(record: Record) -> Iterator[str]:
    """The identifiers of a record and of all records in it."""
    yield identifier_of(record)
    for field in lists_of(record):
        for each in getattr(record, field.name):
            yield from _identifiers(each)
