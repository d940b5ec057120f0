"""Two versions of a record held against each other, field by field, whatever the record is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

import attrs

from ..model import Mandate, Record, Roadmap, Translations
from ..model._shape import Field, shape_of
from ._change import Change, ChangeKind, noun, plain
from ._pairs import counted, pair_records
from ._words import Words, keys_of, words_of

__all__ = ["Subject", "Walk", "roadmaps"]

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


@attrs.define
class Walk:
    """Two versions of records, held against each other field by field."""

    language: str | None = None
    """The only language to compare, whatever way the text is printed; None for all, exactly."""
    left_out: Fields = frozenset()
    """Fields that are not compared."""
    renamed: dict[str, str] = attrs.field(factory=dict[str, str])
    """What the old identifiers are called now."""
    changes: list[Change] = attrs.field(factory=list[Change])
    same: Counter[str] = attrs.field(factory=Counter[str])

    def tell(self, kind: ChangeKind, on: Subject, field: str = "", before: Any = None, after: Any = None, **more: Any) -> None:
        self.changes.append(Change(kind, on.what, on.record, on.label, field, before, after, was=on.was, **more))

    def record(self, old: Record, new: Record, on: Subject) -> None:
        """Two versions of a record, and of the records in it."""
        old = self.translated(old)
        if old == new:
            self.unchanged(new, on.what)
            return
        told = len(self.changes)
        shape = shape_of(type(new))
        lists = [field for field in shape if _are_named(field)]
        for field in shape:
            if field.name != "id" and field not in lists:
                self.field(type(new), field, getattr(old, field.name), getattr(new, field.name), on, field.key)
        lists = [field for field in lists if (type(new), field.name) not in self.left_out]
        for field in lists:
            self.order(field.key, [each.id for each in getattr(old, field.name)], [each.id for each in getattr(new, field.name)], on)
        self.same[on.what] += len(self.changes) == told
        for field in lists:
            self.named(field.record, getattr(old, field.name), getattr(new, field.name))

    def unchanged(self, record: Record, what: str) -> None:
        """A record that is the same, and with it all that it holds."""
        self.same[what] += 1
        for field in shape_of(type(record)):
            if _are_named(field) and (type(record), field.name) not in self.left_out:
                members: tuple[Record, ...] = getattr(record, field.name)
                for each in members:
                    self.unchanged(each, noun(type(each)))

    def field(self, record: type[Record], field: Field, old: Any, new: Any, on: Subject, path: str) -> None:
        """The two values of a field."""
        if old == new or (record, field.name) in self.left_out:
            return
        if field.what == "translations":
            self.translations(old, new, on, path)
        elif field.what == "extensions":
            for key in dict.fromkeys((*old, *new)):
                if key not in old or key not in new or old[key] != new[key]:
                    self.tell(ChangeKind.CHANGED, on, f"{path}.{key}", old.get(key), new.get(key))
        elif field.what == "records":
            self.unnamed(old, new, on, path)
        elif field.what == "record" and old is not None and new is not None:
            self.inside(old, new, on, path)
        else:
            self.value(old, new, on, path)

    def inside(self, old: Record, new: Record, on: Subject, path: str) -> None:
        """A record without an identifier, field by field, told of the record that holds it."""
        for field in shape_of(type(new)):
            self.field(type(new), field, getattr(old, field.name), getattr(new, field.name), on, f"{path}.{field.key}")

    def value(self, old: Any, new: Any, on: Subject, path: str) -> None:
        before, after = _written(old), _written(new)
        if before != after:
            self.tell(ChangeKind.CHANGED, on, path, before, after, words=_prose(before, after))

    def translations(self, old: Translations, new: Translations, on: Subject, path: str) -> None:
        if self.language is None:
            for language in sorted({*old, *new}):
                self.value(old.get(language), new.get(language), on, f"{path}.{language}")
            return
        before, after = old.get(self.language), new.get(self.language)
        unsaid = (before is None and old) or (after is None and new)  # it is there in another language
        if not unsaid and keys_of(before or "") != keys_of(after or ""):
            self.tell(ChangeKind.CHANGED, on, f"{path}.{self.language}", before, after, words=words_of(before or "", after or ""))

    def unnamed(self, old: Sequence[Record], new: Sequence[Record], on: Subject, path: str) -> None:
        """Lists of records without identifiers."""
        pairs = pair_records(old, new)
        for pair in pairs:
            where = f"{path}[{pair.told_by}]"
            if pair.old is None:
                self.tell(ChangeKind.ADDED, on, where, after=pair.new)
            elif pair.new is None:
                self.tell(ChangeKind.REMOVED, on, where, before=pair.old)
            elif pair.old != pair.new:
                self.inside(pair.old, pair.new, on, where)
        kept = [(pair.place, pair.told_by) for pair in pairs if pair.old is not None and pair.new is not None]
        if kept != sorted(kept, key=lambda each: each[0]):
            self.tell(ChangeKind.MOVED, on, path, *_span([name for _, name in sorted(kept)], [name for _, name in kept]))

    def named(self, record: type[Record] | None, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Lists of records with identifiers."""
        what = noun(record or Record)
        for before, after in _mandates(old, new, self.meant) if record is Mandate else self.by_name(old, new):
            one = before if after is None else after
            on = Subject(what, one.id, f"{what} {one.id}", "" if before is None else before.id)
            if before is None:
                self.tell(ChangeKind.ADDED, on, after=after)
            elif after is None:
                self.tell(ChangeKind.REMOVED, on, before=before)
            else:
                if self.meant(before.id) != after.id:
                    self.tell(ChangeKind.RENUMBERED, on, "id", before.id, after.id)
                self.record(before, after, on)

    def by_name(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Records of the same identifier, those that are new, and those that are gone."""
        held = dict(zip(counted(self.meant(each.id) for each in old), old, strict=True))
        for name, each in zip(counted(each.id for each in new), new, strict=True):
            yield held.pop(name, None), each
        for each in held.values():
            yield each, None

    def order(self, path: str, old: Sequence[str], new: Sequence[str], on: Subject) -> None:
        """Whether the members that both lists have stand in another order, told once."""
        before, after = [*counted(map(self.meant, old))], [*counted(new)]
        both = {*before} & {*after}
        kept, now = [name for name, _ in before if (name, _) in both], [name for name, _ in after if (name, _) in both]
        if kept != now:
            self.tell(ChangeKind.MOVED, on, path, *_span(kept, now))

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
        return record.replace(**changes) if changes else record

    def _translated(self, field: Field, value: Any) -> Any:
        if field.what in ("record", "records"):
            inner: Sequence[Record] = value if field.what == "records" else (value,)
            records = tuple(self.translated(each) for each in inner)
            return records if field.what == "records" else records[0]
        if field.refers is None:
            return value
        return tuple(self.meant(each) for each in value) if field.what == "values" else self.meant(value)


#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_SEVERAL: Any = tuple
_MAPPING: Any = dict


def _are_named(field: Field) -> bool:
    """Whether a field holds records with identifiers of their own."""
    return field.what == "records" and field.record is not None and "id" in field.record.model_fields


def _written(value: Any) -> Any:
    """A value as files write it; several as a tuple, and records as they are."""
    if isinstance(value, _SEVERAL):
        return tuple(map(_written, value))
    return value if isinstance(value, (Record, _MAPPING)) else plain(value)


def _prose(before: Any, after: Any) -> Words:
    """What became of the words, where both values are more than a word."""
    if not (isinstance(before, str) and isinstance(after, str) and " " in before.strip() and " " in after.strip()):
        return ()
    words = words_of(before, after)
    return words if any(op != "same" for op, _ in words) else ()


def _span(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The part of two orders in which they differ."""
    different = [index for index, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if not different:
        return tuple(old), tuple(new)
    return tuple(old[different[0] : different[-1] + 1]), tuple(new[different[0] : different[-1] + 1])


_MANDATE: tuple[Callable[[Mandate, str], Hashable], ...] = (
    lambda each, name: (name, each.verb, each.addressees),
    lambda each, _: (each.verb, each.addressees, each.action),
    lambda each, _: (each.verb, each.addressees),
    lambda _, name: name,
)
"""What makes two mandates one, the surest first."""


def _mandates(old: Sequence[Mandate], new: Sequence[Mandate], meant: Callable[[str], str]) -> Iterator[tuple[Any, Any]]:
    """Mandates of one provision: of one identifier, verb and addressees; else of one verb and addressees; else of one identifier."""
    found: dict[int, int] = {}
    for key in _MANDATE:
        taken = set(found.values())
        left = {key(each, meant(each.id)): index for index, each in reversed([*enumerate(old)]) if index not in taken}
        for index, each in enumerate(new):
            if index not in found and (other := left.pop(key(each, each.id), None)) is not None:
                found[index] = other
    for index, each in enumerate(new):
        yield old[found[index]] if index in found else None, each
    gone = set(range(len(old))) - set(found.values())
    for index in sorted(gone):
        yield old[index], None


def roadmaps(a: Roadmap, b: Roadmap) -> Walk:
    """Two versions of a road map."""
    walk = Walk()
    on = Subject(noun(Roadmap), b.id, f"road map {b.id}", a.id)
    if a.id != b.id:
        walk.renamed = {each: b.id + each.removeprefix(a.id) for each in _identifiers(a) if each == a.id or each.startswith(f"{a.id}/")}
        walk.value(a.id, b.id, on, "id")
    walk.record(a, b, on)
    return walk


def _identifiers(record: Record) -> Iterator[str]:
    """Of a record and all that it holds."""
    yield getattr(record, "id", "")
    for field in shape_of(type(record)):
        if _are_named(field):
            for each in getattr(record, field.name):
                yield from _identifiers(each)
