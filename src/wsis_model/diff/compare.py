"""Two versions of a record held against each other, field by field, whatever the record is."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

import attrs

from ..model import Mandate, Note, Provision, Record, Roadmap, Section, Translations
from ..model.fields import Field, shape_of
from ..model.record import identified
from .change import WHOLE, Change, ChangeKind, Place, brief, noun, plain, said, titled
from .match import Paired, counted, pair_records
from .words import Words, keys_of, words_of

__all__ = ["FORMER", "Held", "Subject", "Walk", "lists_of", "span"]

R = TypeVar("R", bound=Record)
Fields = frozenset[tuple[type[Record], str]]
"""Fields of records, by class and name."""

FORMER = "former "
"""Stands before the name of a record that is gone, where another record has that name now."""


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
        lists = lists_of(type(new))
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
        for field in lists_of(type(record)):
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
                for field in lists_of(record or Record):
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
        former = name == FORMER + old.owner.id
        was = f"{FORMER}{old.owner_what} {old.owner.id}" if former else f"{old.owner_what} {name}"
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
                f"{FORMER}{what} {before.id}"
                if self.meant(before.id) == FORMER + before.id
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
def lists_of(record: type[Record]) -> tuple[Field, ...]:
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
