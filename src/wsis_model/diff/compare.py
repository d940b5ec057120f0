"""Two versions of a record compared field by field, for any kind of record."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

import attrs

from ..model import Mandate, Note, Provision, Record, Roadmap, Section, Translations
from ..model.fields import Field, shape_of
from ..model.record import identified
from .change import WHOLE, Change, ChangeKind, Place, brief, noun, plain, text_of, with_title
from .match import Paired, counted, pair_records
from .words import Words, keys_of, words_of

__all__ = ["FORMER", "Comparison", "Member", "Subject", "kind_of", "lists_of", "span"]

R = TypeVar("R", bound=Record)
Fields = frozenset[tuple[type[Record], str]]
"""Fields of records, by class and name."""

FORMER = "former "
"""Stands before the name of a removed record whose identifier another record has now."""


@attrs.frozen
class Subject:
    """The record that changes are about."""

    what: str
    """The kind of record, e.g. `"activity"`."""
    record: str
    """Its identifier now, or before if it was removed."""
    label: str
    """Its name for people."""
    was: str
    """Its identifier before; empty if it was added."""
    title: str = ""
    """Its title; empty if its label is enough."""
    within: str = ""
    """Title of the activity that it belongs to."""


@attrs.frozen
class Member:
    """A record and the record that holds it."""

    record: Any
    owner: Any


@attrs.define
class Comparison:
    """Two versions of records, compared field by field; collects the changes."""

    language: str | None = None
    """The only language to compare, ignoring how the text is printed; None for all, exactly."""
    left_out: Fields = frozenset()
    """Fields that are not compared."""
    renamed: dict[str, str] = attrs.field(factory=dict[str, str])
    """Old identifier to new identifier."""
    moved: dict[str, tuple[Member, Member]] = attrs.field(factory=dict[str, tuple[Member, Member]])
    """Records that another record holds now, before and after, by their new identifier."""
    changes: list[Change] = attrs.field(factory=list[Change])
    same: Counter[str] = attrs.field(factory=Counter[str])
    """How many records of each kind did not change."""
    wordless: Counter[str] = attrs.field(factory=Counter[str])
    """How many records of each kind did not change, but had no words that could be compared."""

    def add(
        self,
        kind: ChangeKind,
        subject: Subject,
        place: Place = WHOLE,
        before: Any = None,
        after: Any = None,
        *,
        words: Words = (),
        count: int = 1,
    ) -> None:
        """Add one change."""
        self.changes.append(
            Change(
                kind,
                subject.what,
                subject.record,
                subject.label,
                place.path,
                before,
                after,
                words,
                subject.was,
                count,
                place.heading,
                subject.title,
                subject.within,
            )
        )

    def add_renumbering(
        self,
        what: str,
        before: Sequence[Any],
        after: Sequence[Any],
        label: Callable[..., str],
        key: str,
    ) -> None:
        """Add that records in a row have other numbers or identifiers, under the field *key*."""
        title = text_of(after[0]) if key == "id" and len(after) == 1 else ""
        subject = Subject(what, after[0].id, label(*after), before[0].id, title)
        self.add(
            ChangeKind.RENUMBERED,
            subject,
            WHOLE.at(key),
            label(*before),
            subject.label,
            count=len(after),
        )

    def compare(self, old: Record, new: Record, subject: Subject) -> None:
        """Compare two versions of a record, and the records in it."""
        old = self.with_new_names(old)
        if old == new:
            self.count_unchanged(new, subject.what)
            return
        changes = len(self.changes)
        lists = lists_of(new)
        self.compare_fields(old, new, subject, WHOLE, ("id", *(field.name for field in lists)))
        compared = [
            (field, getattr(old, field.name), getattr(new, field.name))
            for field in lists
            if (type(new), field.name) not in self.left_out
        ]
        for field, before, after in compared:
            self.compare_order(
                field.key, [each.id for each in before], [each.id for each in after], subject
            )
        if len(self.changes) == changes:
            self.count_same(old, new, subject.what)
        within = "" if isinstance(new, Roadmap) else subject.title
        for field, before, after in compared:
            self.compare_members(field.record, before, after, within)

    def count_unchanged(self, record: Record, what: str) -> None:
        """Count a record that is the same, and all records in it."""
        self.count_same(record, record, what)
        for field in lists_of(record):
            if (type(record), field.name) not in self.left_out:
                for each in getattr(record, field.name):
                    self.count_unchanged(each, kind_of(each))

    def count_same(self, old: Record, new: Record, what: str) -> None:
        """Count a record in which nothing changed."""
        (self.same if self.has_words(old, new) else self.wordless)[what] += 1

    def has_words(self, old: Record, new: Record) -> bool:
        """Whether both versions of a part of a document have words that can be compared: its text,
        or our summary.
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

    def compare_fields(
        self, old: Record, new: Record, subject: Subject, place: Place, skip: Sequence[str] = ()
    ) -> None:
        """Compare the fields of two records at a place; the changes are those of *subject*."""
        for field in shape_of(type(new)):
            before, after = getattr(old, field.name), getattr(new, field.name)
            left_out = field.name in skip or (type(new), field.name) in self.left_out
            if before != after and not left_out:
                self.compare_field(field, before, after, subject, place.at(field.key))

    def compare_field(
        self, field: Field, old: Any, new: Any, subject: Subject, place: Place
    ) -> None:
        """Compare two different values of a field."""
        if field.what == "translations":
            self.compare_texts(old, new, subject, place)
        elif field.what == "extensions":
            for key in dict.fromkeys((*old, *new)):
                if key not in old or key not in new or old[key] != new[key]:
                    where = place.extension(key)
                    self.add(ChangeKind.CHANGED, subject, where, old.get(key), new.get(key))
        elif field.what == "records":
            self.compare_items(old, new, subject, place)
        elif field.what == "record" and old is not None and new is not None:
            self.compare_fields(old, new, subject, place)
        else:
            self.compare_values(old, new, subject, place)

    def compare_values(self, old: Any, new: Any, subject: Subject, place: Place) -> None:
        """Compare two values of a field that holds one."""
        before, after = _as_in_files(old), _as_in_files(new)
        if before != after:
            words = _prose(before, after)
            self.add(ChangeKind.CHANGED, subject, place, before, after, words=words)

    def compare_texts(
        self, old: Translations, new: Translations, subject: Subject, place: Place
    ) -> None:
        """Compare two texts in the language that is compared; in each if there is none."""
        if self.language is None:
            for language in sorted({*old, *new}):
                where = place.language(language)
                self.compare_values(old.get(language), new.get(language), subject, where)
            return
        before, after = old.get(self.language), new.get(self.language)
        other_language = (before is None and old) or (after is None and new)
        if not other_language and keys_of(before or "") != keys_of(after or ""):
            where = place.language(self.language)
            words = words_of(before or "", after or "")
            self.add(ChangeKind.CHANGED, subject, where, before, after, words=words)

    def compare_items(
        self, old: Sequence[Record], new: Sequence[Record], subject: Subject, place: Place
    ) -> None:
        """Compare lists of records without identifiers."""
        pairs = pair_records(old, new)
        for pair in pairs:
            where = place.item(pair.key)
            if pair.old is None:
                self.add(ChangeKind.ADDED, subject, where, after=pair.new)
            elif pair.new is None:
                self.add(ChangeKind.REMOVED, subject, where, before=pair.old)
            elif pair.old != pair.new:
                self.compare_fields(pair.old, pair.new, subject, where)
        both = [pair for pair in pairs if pair.old is not None and pair.new is not None]
        self.compare_places(both, subject, place)

    def compare_places(self, kept: Sequence[Paired], subject: Subject, place: Place) -> None:
        """Add one change if the items that both of two lists hold have another order: named by
        their keys, or by all their values if keys occur twice.
        """
        before = sorted(kept, key=lambda pair: pair.place)
        if all(one is other for one, other in zip(before, kept, strict=True)):
            return
        unclear = len({pair.key for pair in kept}) < len(kept)
        was, now = (
            [f"({brief(pair.new)})" if unclear else pair.key for pair in pairs]
            for pairs in (before, kept)
        )
        # Otherwise the items became alike, and that change is there already.
        if was != now or all(pair.old == pair.new for pair in kept):
            self.add(ChangeKind.MOVED, subject, place, *_differing(was, now))

    def compare_members(
        self, kind: type[Record] | None, old: Sequence[Any], new: Sequence[Any], within: str
    ) -> None:
        """Compare lists of records with identifiers."""
        for before, after in (
            _mandates(old, new, self.new_name) if kind is Mandate else self.by_name(old, new)
        ):
            one = before if after is None else after
            if before is None and one.id in self.moved:
                self.compare_moved(*self.moved[one.id])
                continue
            what = kind_of(one)
            was = "" if before is None else before.id
            label = self.label(what, before, after)
            subject = Subject(what, one.id, label, was, text_of(one), within)
            if before is None:
                self.add(ChangeKind.ADDED, subject, after=after)
                for field in lists_of(one):
                    moved = [each for each in getattr(one, field.name) if each.id in self.moved]
                    self.compare_members(field.record, (), moved, subject.title)
            elif after is None:
                if self.new_name(before.id) not in self.moved:
                    self.add(ChangeKind.REMOVED, subject, before=before)
            else:
                if self.new_name(before.id) != after.id:
                    place = WHOLE.at("id")
                    self.add(ChangeKind.RENUMBERED, subject, place, before.id, after.id)
                self.compare(before, after, subject)

    def compare_moved(self, old: Member, new: Member) -> None:
        """Compare a record that another record holds now."""
        before, after = old.record, new.record
        what, was, now = map(kind_of, (after, old.owner, new.owner))
        label = self.label(what, before, after)
        subject = Subject(what, after.id, label, before.id, text_of(after))
        name = self.new_name(old.owner.id)
        former = name == FORMER + old.owner.id
        was = f"{FORMER}{was} {old.owner.id}" if former else f"{was} {name}"
        self.add(
            ChangeKind.MOVED,
            subject,
            before=with_title(was, text_of(old.owner)),
            after=with_title(f"{now} {new.owner.id}", text_of(new.owner)),
        )
        self.compare(before, after, subject)

    def label(self, what: str, before: Any, after: Any) -> str:
        """The name of a record for people; no other record has the same."""
        if after is None:  # another record may have its identifier now
            former = self.new_name(before.id) == FORMER + before.id
            return f"{FORMER if former else ''}{what} {before.id}"
        was, now = ("" if each is None else each.id.rpartition("/")[2] for each in (before, after))
        return f"{what} {after.id} (was {was})" if was not in ("", now) else f"{what} {after.id}"

    def by_name(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Records with the same identifier, those that are new, and those that were removed."""
        left = dict(zip(counted(self.new_name(each.id) for each in old), old, strict=True))
        for name, each in zip(counted(each.id for each in new), new, strict=True):
            yield left.pop(name, None), each
        for each in left.values():
            yield each, None

    def compare_order(
        self, key: str, old: Sequence[str], new: Sequence[str], subject: Subject
    ) -> None:
        """Add one change if the members that both lists have stand in another order."""
        before, after = [*counted(map(self.new_name, old))], [*counted(new)]
        both = {*before} & {*after}
        was, now = ([each[0] for each in names if each in both] for names in (before, after))
        if was != now:
            self.add(ChangeKind.MOVED, subject, WHOLE.at(key), *_differing(was, now))

    def new_name(self, identifier: str) -> str:
        """The new identifier of a record, given the old one."""
        return self.renamed.get(identifier, identifier)

    def with_new_names(self, record: R) -> R:
        """An old record whose references are the new identifiers."""
        if not self.renamed:
            return record
        changes: dict[str, Any] = {}
        for field in shape_of(type(record)):
            value = getattr(record, field.name)
            if value in (None, ()) or _is_list_of_identified(field):
                continue
            now = self._with_new_names(field, value)
            if now != value:
                changes[field.name] = now
        # Not validated: the name of a removed record may be no identifier ("former ...").
        return record.model_copy(update=changes) if changes else record

    def _with_new_names(self, field: Field, value: Any) -> Any:
        if field.what == "records":
            records: Sequence[Record] = value
            return tuple(map(self.with_new_names, records))
        if field.what == "record":
            return self.with_new_names(value)
        if field.refers is None:
            return value
        return tuple(map(self.new_name, value)) if field.what == "values" else self.new_name(value)


#: Typed `Any`, so that `isinstance` does not narrow the value.
_SEVERAL: Any = tuple
_MAPPING: Any = dict


def _is_list_of_identified(field: Field) -> bool:
    """Whether a field holds records with identifiers of their own."""
    return field.what == "records" and field.record is not None and identified(field.record)


def kind_of(record: Record) -> str:
    """The name of the kind of a record, for people."""
    return noun(type(record))


def lists_of(record: Record) -> tuple[Field, ...]:
    """The fields of a record that list records with identifiers."""
    return _lists_of(type(record))


@functools.cache
def _lists_of(record: type[Record]) -> tuple[Field, ...]:
    return tuple(filter(_is_list_of_identified, shape_of(record)))


def _as_in_files(value: Any) -> Any:
    """A value as in files; several values as a tuple, and records unchanged."""
    if isinstance(value, _SEVERAL):
        return tuple(map(_as_in_files, value))
    return value if isinstance(value, (Record, _MAPPING)) else plain(value)


def _prose(before: Any, after: Any) -> Words:
    """The words that are the same, deleted or inserted, if both values are more than a word."""
    if not all(isinstance(each, str) and " " in each.strip() for each in (before, after)):
        return ()
    words = words_of(before, after)
    return words if any(op != "same" for op, _ in words) else ()


def span(*names: str) -> str:
    """Names in a row by the first and the last.

    Examples:
        >>> span("18", "19", "20"), span("18")
        ('18 to 20', '18')
    """
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The part of two orders in which they differ."""
    different = [index for index, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    part = slice(different[0], different[-1] + 1) if different else slice(None)
    return tuple(old[part]), tuple(new[part])


_MANDATE: tuple[Callable[[Mandate, str], Hashable], ...] = (
    lambda each, name: (name, each.verb, each.addressees),
    lambda each, _: (each.verb, each.addressees, each.action),
    lambda each, _: (each.verb, each.addressees),
    lambda _, name: name,
)
"""The keys by which mandates are matched, the most reliable first."""


def _mandates(
    old: Sequence[Mandate], new: Sequence[Mandate], new_name: Callable[[str], str]
) -> Iterator[tuple[Any, Any]]:
    """Mandates of one provision, matched by identifier, verb and addressees; else by verb and
    addressees; else by identifier.
    """
    found: dict[int, int] = {}
    for key in _MANDATE:
        taken = set(found.values())
        left = {
            key(each, new_name(each.id)): index
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
