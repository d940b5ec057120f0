"""Two versions of a record held against each other, field by field, whatever the record is."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import attrs

from ..model import Mandate, Note, Provision, Record, Roadmap, Section, Translations
from ..model.fields import Field, shape_of
from ..model.record import identified, identifier_of
from .change import WHOLE, Change, ChangeKind, Place, brief, noun, plain, plural, said, titled
from .match import Entry, Paired, counted, pair_named, pair_records, runs
from .words import Words, keys_of, words_of

__all__ = ["Subject", "Walk", "roadmaps", "span"]

R = TypeVar("R", bound=Record)
Fields = frozenset[tuple[type[Record], str]]
"""Fields of records, by class and name."""


@attrs.frozen
class Subject:
    """The record that changes are told of."""

    what: str
    record: str
    label: str
    was: str
    titled: Record | None = None
    """What gives the title that is told with it; None where its label is enough."""
    owner: Record | None = None
    """What gives the title of what it stands in."""


@attrs.frozen
class Held:
    """A record and what it stands in."""

    record: Any
    what: str
    owner: Any
    owner_what: str


@attrs.define
class Walk:
    """Two versions of records, held against each other field by field."""

    language: str | None = None
    """The only language to compare, whatever way the text is printed; None for all, exactly."""
    left_out: Fields = frozenset()
    """Fields that are not compared."""
    renamed: dict[str, str] = attrs.field(factory=dict[str, str])
    """What the old identifiers are called now."""
    moved: dict[str, tuple[Held, Held]] = attrs.field(factory=dict[str, tuple[Held, Held]])
    """What stands in another record now, as it was and as it is, by its new identifier."""
    changes: list[Change] = attrs.field(factory=list[Change])
    same: Counter[str] = attrs.field(factory=Counter[str])
    wordless: Counter[str] = attrs.field(factory=Counter[str])
    """Records in which nothing changed, but of which no words could be compared."""

    def tell(
        self,
        kind: ChangeKind,
        on: Subject,
        place: Place = WHOLE,
        before: Any = None,
        after: Any = None,
        **more: Any,
    ) -> None:
        """Note one change."""
        title, within = ("" if each is None else said(each) for each in (on.titled, on.owner))
        more |= {"was": on.was, "heading": place.read, "title": title, "within": within}
        self.changes.append(
            Change(kind, on.what, on.record, on.label, place.written, before, after, **more)
        )

    def record(self, old: Record, new: Record, on: Subject) -> None:
        """Two versions of a record, and of the records in it."""
        old = self.translated(old)
        if old == new:
            self.unchanged(new, on.what)
            return
        told = len(self.changes)
        shape = shape_of(type(new))
        lists = _lists(type(new))
        for field in shape:
            if field.name != "id" and field not in lists:
                self.field(
                    type(new), field, getattr(old, field.name), getattr(new, field.name), on, WHOLE
                )
        compared = [field for field in lists if (type(new), field.name) not in self.left_out]
        for field in compared:
            self.order(
                field.key,
                [each.id for each in getattr(old, field.name)],
                [each.id for each in getattr(new, field.name)],
                on,
            )
        if len(self.changes) == told:
            self.nothing(old, new, on.what)
        for field in compared:
            self.named(field.record, getattr(old, field.name), getattr(new, field.name), on.titled)

    def unchanged(self, record: Record, what: str) -> None:
        """A record that is the same, and with it all that it holds."""
        self.nothing(record, record, what)
        for field in _lists(type(record)):
            if (type(record), field.name) not in self.left_out:
                members: tuple[Record, ...] = getattr(record, field.name)
                for each in members:
                    self.unchanged(each, noun(type(each)))

    def nothing(self, old: Record, new: Record, what: str) -> None:
        """A record in which nothing changed."""
        (self.same if self.worded(old, new) else self.wordless)[what] += 1

    def worded(self, old: Record, new: Record) -> bool:
        """Whether the words of a part of a document could be compared: its text, or what we say of
        it.
        """
        if self.language is None or old == new or not isinstance(new, (Provision, Section, Note)):
            return True
        for field in shape_of(type(new)):
            before, after = getattr(old, field.name), getattr(new, field.name)
            if not before or not after or (type(new), field.name) in self.left_out:
                continue
            if field.name == "summary":
                return True
            if field.what == "translations" and (
                before == after or (self.language in before and self.language in after)
            ):
                return True
        return False

    def field(
        self, record: type[Record], field: Field, old: Any, new: Any, on: Subject, where: Place
    ) -> None:
        """The two values of a field of what stands at a place."""
        if old == new or (record, field.name) in self.left_out:
            return
        path = where.at(field.key)
        if field.what == "translations":
            self.translations(old, new, on, path)
        elif field.what == "extensions":
            for key in dict.fromkeys((*old, *new)):
                if key not in old or key not in new or old[key] != new[key]:
                    self.tell(
                        ChangeKind.CHANGED, on, path.extension(key), old.get(key), new.get(key)
                    )
        elif field.what == "records":
            self.unnamed(old, new, on, path)
        elif field.what == "record" and old is not None and new is not None:
            self.inside(old, new, on, path)
        else:
            self.value(old, new, on, path)

    def inside(self, old: Record, new: Record, on: Subject, path: Place) -> None:
        """A record without an identifier, field by field, told of the record that holds it."""
        for field in shape_of(type(new)):
            self.field(
                type(new), field, getattr(old, field.name), getattr(new, field.name), on, path
            )

    def value(self, old: Any, new: Any, on: Subject, path: Place) -> None:
        """Two values of a field that holds one."""
        before, after = _written(old), _written(new)
        if before != after:
            self.tell(ChangeKind.CHANGED, on, path, before, after, words=_prose(before, after))

    def translations(self, old: Translations, new: Translations, on: Subject, path: Place) -> None:
        """Two texts, in the language that is compared or, where none is named, in each."""
        if self.language is None:
            for language in sorted({*old, *new}):
                self.value(old.get(language), new.get(language), on, path.language(language))
            return
        before, after = old.get(self.language), new.get(self.language)
        unsaid = (before is None and old) or (
            after is None and new
        )  # it is there in another language
        if not unsaid and keys_of(before or "") != keys_of(after or ""):
            words = words_of(before or "", after or "")
            self.tell(
                ChangeKind.CHANGED, on, path.language(self.language), before, after, words=words
            )

    def unnamed(
        self, old: Sequence[Record], new: Sequence[Record], on: Subject, path: Place
    ) -> None:
        """Lists of records without identifiers."""
        pairs = pair_records(old, new)
        for pair in pairs:
            where = path.member(pair.told_by)
            if pair.old is None:
                self.tell(ChangeKind.ADDED, on, where, after=pair.new)
            elif pair.new is None:
                self.tell(ChangeKind.REMOVED, on, where, before=pair.old)
            elif pair.old != pair.new:
                self.inside(pair.old, pair.new, on, where)
        self.places(
            [pair for pair in pairs if pair.old is not None and pair.new is not None], on, path
        )

    def places(self, kept: Sequence[Paired], on: Subject, path: Place) -> None:
        """Whether the members that both of two lists have stand in another order, told once: by
        what tells them apart, or all they say.
        """
        before = sorted(kept, key=lambda pair: pair.place)
        if all(one is other for one, other in zip(before, kept, strict=True)):
            return
        alike = len({pair.told_by for pair in kept}) < len(kept)
        was, now = (
            [f"({brief(pair.new)})" if alike else pair.told_by for pair in pairs]
            for pairs in (before, kept)
        )
        if was != now or all(
            pair.old == pair.new for pair in kept
        ):  # else they became alike, which is told
            self.tell(ChangeKind.MOVED, on, path, *_differing(was, now))

    def named(
        self,
        record: type[Record] | None,
        old: Sequence[Any],
        new: Sequence[Any],
        owner: Record | None,
    ) -> None:
        """Lists of records with identifiers."""
        what, owner = noun(record or Record), None if isinstance(owner, Roadmap) else owner
        for before, after in (
            _mandates(old, new, self.meant) if record is Mandate else self.by_name(old, new)
        ):
            one = before if after is None else after
            if before is None and one.id in self.moved:
                self.elsewhere(*self.moved[one.id])
                continue
            on = Subject(
                what,
                one.id,
                self.label(what, before, after),
                "" if before is None else before.id,
                one,
                owner,
            )
            if before is None:
                self.tell(ChangeKind.ADDED, on, after=after)
                for field in _lists(record or Record):
                    self.named(
                        field.record,
                        (),
                        [each for each in getattr(one, field.name) if each.id in self.moved],
                        one,
                    )
            elif after is None:
                if self.meant(before.id) not in self.moved:
                    self.tell(ChangeKind.REMOVED, on, before=before)
            else:
                if self.meant(before.id) != after.id:
                    self.tell(ChangeKind.RENUMBERED, on, WHOLE.at("id"), before.id, after.id)
                self.record(before, after, on)

    def elsewhere(self, old: Held, new: Held) -> None:
        """A record that stands in another one now."""
        before, after = old.record, new.record
        on = Subject(new.what, after.id, self.label(new.what, before, after), before.id, after)
        name = self.meant(old.owner.id)
        former = name == _FORMER + old.owner.id
        was = f"{_FORMER}{old.owner_what} {old.owner.id}" if former else f"{old.owner_what} {name}"
        now = f"{new.owner_what} {new.owner.id}"
        self.tell(
            ChangeKind.MOVED,
            on,
            before=titled(was, said(old.owner)),
            after=titled(now, said(new.owner)),
        )
        self.record(before, after, on)

    def label(self, what: str, before: Any, after: Any) -> str:
        """What to call a record, so that no other is meant."""
        if after is None:  # its identifier may be that of another now
            return (
                f"{_FORMER}{what} {before.id}"
                if self.meant(before.id) == _FORMER + before.id
                else f"{what} {before.id}"
            )
        was, now = ("" if each is None else each.id.rpartition("/")[2] for each in (before, after))
        return f"{what} {after.id} (was {was})" if was not in ("", now) else f"{what} {after.id}"

    def by_name(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Records of the same identifier, those that are new, and those that are gone."""
        held = dict(zip(counted(self.meant(each.id) for each in old), old, strict=True))
        for name, each in zip(counted(each.id for each in new), new, strict=True):
            yield held.pop(name, None), each
        for each in held.values():
            yield each, None

    def order(self, key: str, old: Sequence[str], new: Sequence[str], on: Subject) -> None:
        """Whether the members that both lists have stand in another order, told once."""
        before, after = [*counted(map(self.meant, old))], [*counted(new)]
        both = {*before} & {*after}
        kept, now = (
            [name for name, _ in before if (name, _) in both],
            [name for name, _ in after if (name, _) in both],
        )
        if kept != now:
            self.tell(ChangeKind.MOVED, on, WHOLE.at(key), *_differing(kept, now))

    def meant(self, identifier: str) -> str:
        """What an old identifier is called now."""
        return self.renamed.get(identifier, identifier)

    def translated(self, record: R) -> R:
        """An old record with what it refers to as it is called now."""
        if not self.renamed:
            return record
        changes: dict[str, Any] = {}
        for field in shape_of(type(record)):
            value = getattr(record, field.name)
            if value in (None, ()) or _are_named(field):
                continue
            now = self._translated(field, value)
            if now != value:
                changes[field.name] = now
        # Not validated: what is gone, and whose identifier another has now, has a name that is no
        # identifier.
        return record.model_copy(update=changes) if changes else record

    def _translated(self, field: Field, value: Any) -> Any:
        if field.what in ("record", "records"):
            inner: Sequence[Record] = value if field.what == "records" else (value,)
            records = tuple(self.translated(each) for each in inner)
            return records if field.what == "records" else records[0]
        if field.refers is None:
            return value
        return (
            tuple(self.meant(each) for each in value)
            if field.what == "values"
            else self.meant(value)
        )


#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_SEVERAL: Any = tuple
_MAPPING: Any = dict


def _are_named(field: Field) -> bool:
    """Whether a field holds records with identifiers of their own."""
    return field.what == "records" and field.record is not None and identified(field.record)


@functools.cache
def _lists(record: type[Record]) -> tuple[Field, ...]:
    """The fields of a class that hold records with identifiers of their own."""
    return tuple(filter(_are_named, shape_of(record)))


def _written(value: Any) -> Any:
    """A value as files write it; several as a tuple, and records as they are."""
    if isinstance(value, _SEVERAL):
        return tuple(map(_written, value))
    return value if isinstance(value, (Record, _MAPPING)) else plain(value)


def _prose(before: Any, after: Any) -> Words:
    """What became of the words, where both values are more than a word."""
    if not (
        isinstance(before, str)
        and isinstance(after, str)
        and " " in before.strip()
        and " " in after.strip()
    ):
        return ()
    words = words_of(before, after)
    return words if any(op != "same" for op, _ in words) else ()


def span(*names: str) -> str:
    """The first and the last of what stands together.

    Examples:
        >>> span("18", "19", "20"), span("18")
        ('18 to 20', '18')
    """
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The part of two orders in which they differ."""
    different = [index for index, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if not different:
        return tuple(old), tuple(new)
    return tuple(old[different[0] : different[-1] + 1]), tuple(
        new[different[0] : different[-1] + 1]
    )


_MANDATE: tuple[Callable[[Mandate, str], Hashable], ...] = (
    lambda each, name: (name, each.verb, each.addressees),
    lambda each, _: (each.verb, each.addressees, each.action),
    lambda each, _: (each.verb, each.addressees),
    lambda _, name: name,
)
"""What makes two mandates one, the surest first."""


def _mandates(
    old: Sequence[Mandate], new: Sequence[Mandate], meant: Callable[[str], str]
) -> Iterator[tuple[Any, Any]]:
    """Mandates of one provision: of one identifier, verb and addressees; else of one verb and
    addressees; else of one identifier.
    """
    found: dict[int, int] = {}
    for key in _MANDATE:
        taken = set(found.values())
        left = {
            key(each, meant(each.id)): index
            for index, each in reversed([*enumerate(old)])
            if index not in taken
        }
        for index, each in enumerate(new):
            if index not in found and (other := left.pop(key(each, each.id), None)) is not None:
                found[index] = other
    for index, each in enumerate(new):
        yield old[found[index]] if index in found else None, each
    gone = set(range(len(old))) - set(found.values())
    for index in sorted(gone):
        yield old[index], None


# --- road maps ------------------------------------------------------------------------------------

_FORMER = "former "


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
        for field in _lists(record):
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
                self.call(each, _FORMER + each)
        taken = {self.renamed[each] for each in self.kept if each in self.renamed}
        self.renamed.update(
            (each, _FORMER + each)
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
        for field in _lists(kind):
            yield from _held(kind, each, field.record or Record, getattr(each, field.name))


def _those(what: str, records: Sequence[Any]) -> str:
    return f"{what if len(records) == 1 else plural(2, what).removeprefix('2 ')} {span(*(each.id for each in records))}"


def _identifiers(record: Record) -> Iterator[str]:
    """Of a record and all that it holds."""
    yield identifier_of(record)
    for field in _lists(type(record)):
        for each in getattr(record, field.name):
            yield from _identifiers(each)
