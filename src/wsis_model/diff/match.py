"""Matching the members of two lists: by their words, by their names, or by distinguishing fields.

Everything is looked up in an index: the time grows with the number of members and words. Only texts
that are equal to no other are compared with each other, and each with a few only.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from enum import Enum
from itertools import pairwise
from typing import Any, TypeVar

import attrs

from ..model import Record
from ..model.fields import Field, shape_of
from .words import Keys, likeness

__all__ = [
    "NEARBY",
    "Entry",
    "Paired",
    "counted",
    "kept_order",
    "pair_named",
    "pair_records",
    "pair_same",
    "pair_texts",
    "runs",
]

ANYWHERE = 0.5
"""Two texts with this likeness are matched, wherever they stand."""
NEARBY = 0.25
"""Two texts between the same neighbours are matched with this likeness."""
COMMON = 8
"""Words that occur in more than one of so many texts are ignored when candidates are looked up."""
SHORT = 3
"""Words of so many letters or fewer are ignored too."""
SEEN = 12
"""A pair of words that occurs more often is not looked up."""
TRIED = 4
"""A text is compared with so many others that share most pairs of words with it, and with so many
between the same neighbours.
"""

Name = Hashable
T = TypeVar("T")


@attrs.frozen
class Entry:
    """A member of a list of texts."""

    name: Name
    """Its name, which both lists have in common."""
    text: Keys
    """Its words; empty if there is nothing to compare."""


def counted(names: Iterable[T]) -> Iterator[tuple[T, int]]:
    """Names, each with its number among the same names: 1 for the first, 2 for the second.

    Examples:
        >>> list(counted("aab"))
        [('a', 1), ('a', 2), ('b', 1)]
    """
    seen: Counter[T] = Counter()
    for name in names:
        seen[name] += 1
        yield name, seen[name]


def kept_order(numbers: Sequence[int], preferred: Set[int] = frozenset()) -> frozenset[int]:
    """The longest increasing subsequence of *numbers*: the others have been moved. Of several that
    are equally long, the one with most of *preferred*.

    Examples:
        >>> sorted(kept_order([0, 3, 1, 2, 4]))
        [0, 1, 2, 4]
        >>> sorted(kept_order([2, 1, 0], preferred={1}))
        [1]
    """
    ranks = sorted(numbers)
    nothing = (0, 0, 1)
    # Length, number of preferred ones, and end (negative) of the best subsequence in a range of
    # ranks, held as in a Fenwick tree.
    best: list[tuple[int, int, int]] = [nothing] * (len(ranks) + 1)
    before: dict[int, int] = {}
    longest = nothing
    for number in numbers:
        rank = bisect.bisect_left(ranks, number)
        behind, at = nothing, rank
        while at:
            behind = max(behind, best[at])
            at &= at - 1
        before[number] = -behind[2]
        here = (behind[0] + 1, behind[1] + (number in preferred), -number)
        longest, at = max(longest, here), rank + 1
        while at < len(best):
            best[at] = max(best[at], here)
            at += at & -at
    kept: list[int] = []
    step = -longest[2]
    while step >= 0:
        kept.append(step)
        step = before[step]
    return frozenset(kept)


def runs(steps: Iterable[tuple[int, int, Any]]) -> Iterator[list[tuple[int, int]]]:
    """Groups of members that follow each other in both lists and have the same third value.

    Examples:
        >>> list(runs([(1, 0, "a"), (2, 1, "a"), (3, 2, "b"), (5, 3, "b")]))
        [[(1, 0), (2, 1)], [(3, 2)], [(5, 3)]]
    """
    run: list[tuple[int, int]] = []
    common: Any = None
    for old, new, shared in steps:
        if run and ((old - 1, new - 1) != run[-1] or shared != common):
            yield run
            run = []
        run.append((old, new))
        common = shared
    if run:
        yield run


# --- texts ----------------------------------------------------------------------------------------


def pair_texts(old: Sequence[Entry], new: Sequence[Entry], *, by_name: bool) -> dict[int, int]:
    """The texts of *new* matched with those of *old*, as indexes.

    First texts that are the same, those with the same name first; then texts that are alike, the
    most alike first; then members with the same name, if names identify members (*by_name*) or one
    of the two has no words.
    """
    found = pair_same(old, new)
    _alike(old, new, found)
    taken = set(found.values())
    named = {entry.name: index for index, entry in enumerate(old) if index not in taken}
    for index, entry in enumerate(new):
        other = named.get(entry.name)
        if (
            index not in found
            and other is not None
            and (by_name or not entry.text or not old[other].text)
        ):
            found[index] = other
    return found


def pair_same(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """The texts of *new* matched with the same texts of *old*, those with the same name first."""
    exact = {entry: index for index, entry in enumerate(old)}
    found = {index: exact[entry] for index, entry in enumerate(new) if entry in exact}
    taken = set(found.values())
    by_text: defaultdict[Keys, deque[int]] = defaultdict(deque)
    for index, entry in enumerate(old):
        if index not in taken and entry.text:
            by_text[entry.text].append(index)
    for index, entry in enumerate(new):
        if index not in found and by_text.get(entry.text):
            found[index] = by_text[entry.text].popleft()
    return found


def _alike(old: Sequence[Entry], new: Sequence[Entry], found: dict[int, int]) -> None:
    """Add pairs of texts that are alike to *found*."""
    taken = set(found.values())
    significant = _significant([entry.text for entry in (*old, *new)])
    old_words = {
        index: significant(entry.text)
        for index, entry in enumerate(old)
        if index not in taken and entry.text
    }
    new_words = {
        index: significant(entry.text)
        for index, entry in enumerate(new)
        if index not in found and entry.text
    }
    before_old, before_new = _neighbours(old, new, found)
    scored: list[tuple[float, bool, bool, int, int]] = []
    for index, other in _candidates(old_words, new_words, before_old, before_new):
        score = likeness(old_words[other], new_words[index])
        near = before_new[index] == before_old[other]
        if score >= (NEARBY if near else ANYWHERE):
            scored.append((-score, not near, old[other].name != new[index].name, index, other))
    for _, _, _, index, other in sorted(scored):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)


def _significant(texts: Sequence[Keys]) -> Callable[[Keys], Keys]:
    """A function that gives the significant words of a text: without frequent words, punctuation
    marks, and short words such as "the" and "of".
    """
    often = Counter(word for text in texts for word in set(text))
    limit = max(COMMON, len(texts) // COMMON)

    def is_significant(word: str) -> bool:
        # Not in scripts without capital letters, where one character can be a word.
        short = len(word) <= SHORT and word.lower() != word.upper()
        return often[word] <= limit and not short and any(map(str.isalnum, word))

    return lambda text: tuple(filter(is_significant, text)) or text


def _neighbours(
    old: Sequence[Entry], new: Sequence[Entry], found: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    """For each member of either list the last matched member before it, as an index in *old*; -1 if
    there is none.
    """
    taken = set(found.values())
    before_old = _last(index if index in taken else None for index in range(len(old)))
    return before_old, _last(map(found.get, range(len(new))))


def _last(indexes: Iterable[int | None]) -> list[int]:
    """For each place the last index before it; -1 if there is none."""
    last, found = -1, list[int]()
    for index in indexes:
        found.append(last)
        last = last if index is None else index
    return found


def _candidates(
    old_words: Mapping[int, Keys],
    new_words: Mapping[int, Keys],
    before_old: Sequence[int],
    before_new: Sequence[int],
) -> Iterator[tuple[int, int]]:
    """The pairs of texts that are worth comparing."""
    having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    between: defaultdict[int, list[int]] = defaultdict(list)
    for other, text in old_words.items():
        between[before_old[other]].append(other)
        for two in set(pairwise(text)):
            having[two].append(other)
    turn: Counter[int] = Counter()
    for index, text in new_words.items():
        shared = Counter(
            other
            for two in set(pairwise(text))
            if len(having.get(two, ())) <= SEEN
            for other in having.get(two, ())
        )
        gap = between[before_new[index]]
        # Of many that were rewritten, those at about the same place.
        start = max(0, turn[before_new[index]] - TRIED // 2)
        turn[before_new[index]] += 1
        for other in {
            *(other for other, _ in shared.most_common(TRIED)),
            *gap[start : start + TRIED],
        }:
            yield index, other


# --- records --------------------------------------------------------------------------------------


def pair_named(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Records with identifiers matched, as indexes; names are unique in *old* and in *new*.

    First records with the same name and title; then those whose title is unique in both lists; then
    those with the same name.

    Examples:
        >>> maps, visits, talks = (("Draw", "maps"), ("Visit",), ("Talk",))
        >>> pair_named(
        ...     [Entry(1, maps), Entry(2, visits), Entry(3, talks)],
        ...     [Entry(1, visits), Entry(2, talks)],
        ... )
        {0: 1, 1: 2}
        >>> pair_named([Entry(1, maps), Entry(2, visits)], [Entry(1, talks), Entry(2, visits)])
        {1: 1, 0: 0}
    """
    exact = {entry: index for index, entry in enumerate(old)}
    found = {index: exact[entry] for index, entry in enumerate(new) if entry in exact}
    unique = _unique(old)
    for text, index in _unique(new).items():
        if index not in found and text in unique:
            found[index] = unique[text]
    taken = set(found.values())
    named = {entry.name: index for index, entry in enumerate(old) if index not in taken}
    for index, entry in enumerate(new):
        if index not in found and entry.name in named:
            found[index] = named[entry.name]
    return found


def _unique(entries: Sequence[Entry]) -> dict[Keys, int]:
    """The texts that occur once, with their index."""
    often = Counter(entry.text for entry in entries)
    return {
        entry.text: index
        for index, entry in enumerate(entries)
        if entry.text and often[entry.text] == 1
    }


@attrs.frozen
class Paired:
    """A record of a list before and after; `None` if it was added or removed."""

    old: Record | None
    new: Record | None
    key: str
    """What distinguishes it from the others, e.g. `"2030"` of a target."""
    place: int = -1
    """Its index in the old list; -1 if it was added."""


def pair_records(old: Sequence[Record], new: Sequence[Record]) -> list[Paired]:
    """Records without identifiers matched, in the order of *new*, with the removed ones last.

    First records that are equal; then those with the same value in a required field (the concept of
    an alignment; of a target its date, then its value), if both lists have the same number of them.
    """
    found = _equal(old, new)
    shape = _distinguishing_fields(type((*old, *new)[0]))
    taken = set(found.values())
    for field in shape:
        _by_field(field, old, new, found, taken)
    made = [
        Paired(
            old[found[i]] if i in found else None,
            record,
            _key_of(shape, record, i),
            found.get(i, -1),
        )
        for i, record in enumerate(new)
    ]
    return made + [
        Paired(record, None, _key_of(shape, record, i), i)
        for i, record in enumerate(old)
        if i not in taken
    ]


def _equal(old: Sequence[Record], new: Sequence[Record]) -> dict[int, int]:
    left: defaultdict[Record, deque[int]] = defaultdict(deque)
    for index, record in enumerate(old):
        left[record].append(index)
    return {index: left[record].popleft() for index, record in enumerate(new) if left.get(record)}


def _by_field(
    field: Field,
    old: Sequence[Record],
    new: Sequence[Record],
    found: dict[int, int],
    taken: set[int],
) -> None:
    old_values, new_values = _left(field, old, taken), _left(field, new, found.keys())
    for value, indexes in new_values.items():
        others = old_values.get(value, ())
        if len(indexes) == len(others):
            found.update(zip(indexes, others, strict=True))
            taken.update(others)


def _left(field: Field, records: Sequence[Record], taken: Iterable[int]) -> dict[Any, list[int]]:
    done = frozenset(taken)
    left: defaultdict[Any, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        value = getattr(record, field.name)
        if index not in done and value not in (None, ()):
            left[value].append(index)
    return left


def _distinguishing_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields that distinguish records of a class, the best first: an identifier that some have,
    then required fields, dates before values; else the first two.
    """
    fields = [
        field
        for field in shape_of(record)
        if not (isinstance(field.type, type) and issubclass(field.type, (Enum, bool)))
    ]
    required = [field for field in fields if record.model_fields[field.name].is_required()]
    named = [field for field in fields if field.name == "id"]
    return (*named, *reversed(required)) if required else tuple(fields[:2])


def _key_of(shape: Sequence[Field], record: Record, index: int) -> str:
    for field in shape:
        value = getattr(record, field.name)
        if isinstance(value, (str, int)) or hasattr(value, "isoformat"):
            return str(value)
    return str(index)
