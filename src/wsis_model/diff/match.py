"""Which member of one list is which of another: by what they say, by their names, or by what tells
them apart.

Everything here looks up what it has indexed: the time grows with the number of members and words.
Only texts that no other text equals are held against each other, and each of them against a few
only.
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
"""Two texts of which this much is the same are one text, wherever they stand."""
NEARBY = 0.25
"""So are two that stand between the same neighbours, of which this much is the same."""
COMMON = 8
"""Words in more than one text of this many say nothing about likeness: all paragraphs recognize the
importance of something.
"""
SHORT = 3
"""Nor do words of so few letters."""
SEEN = 12
"""So often a pair of words may occur before it is no longer looked up."""
TRIED = 4
"""A text is held against so many others: those that share most pairs of words with it, and those
between the same neighbours.
"""

Name = Hashable
T = TypeVar("T")


@attrs.frozen
class Entry:
    """A member of a list of texts: what it is called, and what it says."""

    name: Name
    """Its name, comparable between the lists."""
    text: Keys
    """Its words; empty where it says nothing that can be compared."""


def counted(names: Iterable[T]) -> Iterator[tuple[T, int]]:
    """Names with how often each has occurred: of several of one name, the first, the second and so
    on.

    Examples:
        >>> list(counted("aab"))
        [('a', 1), ('a', 2), ('b', 1)]
    """
    seen: Counter[T] = Counter()
    for name in names:
        seen[name] += 1
        yield name, seen[name]


def kept_order(numbers: Sequence[int], preferred: Set[int] = frozenset()) -> frozenset[int]:
    """The longest part of *numbers* that rises: what is not in it has been moved. Of equally long
    ones, that with most of *preferred*.

    Examples:
        >>> sorted(kept_order([0, 3, 1, 2, 4]))
        [0, 1, 2, 4]
        >>> sorted(kept_order([2, 1, 0], preferred={1}))
        [1]
    """
    ranks = sorted(numbers)
    nothing = (0, 0, 1)
    # How long, how many preferred, and, negative, where it ends: the best of a stretch of ranks, as
    # a Fenwick tree holds sums.
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
    """Members that follow each other in both lists and have something in common, together.

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
    """Which text of *new* is which of *old*, as indexes.

    Texts that are the same, first of the same name, then of any; then texts that are alike, the
    most alike first; then, where names are what a member is known by (*by_name*) or a member says
    nothing, members of the same name.
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
    """Which text of *new* is the same as which of *old*, first of the same name, then of any."""
    exact = {entry: index for index, entry in enumerate(old)}
    found = {index: exact[entry] for index, entry in enumerate(new) if entry in exact}
    taken = set(found.values())
    said: defaultdict[Keys, deque[int]] = defaultdict(deque)
    for index, entry in enumerate(old):
        if index not in taken and entry.text:
            said[entry.text].append(index)
    for index, entry in enumerate(new):
        if index not in found and said.get(entry.text):
            found[index] = said[entry.text].popleft()
    return found


def _alike(old: Sequence[Entry], new: Sequence[Entry], found: dict[int, int]) -> None:
    """Add the pairs of texts that are alike to *found*."""
    taken = set(found.values())
    telling = _telling([entry.text for entry in (*old, *new)])
    mine = {
        index: telling(entry.text)
        for index, entry in enumerate(old)
        if index not in taken and entry.text
    }
    theirs = {
        index: telling(entry.text)
        for index, entry in enumerate(new)
        if index not in found and entry.text
    }
    behind_old, behind_new = _neighbours(old, new, found)
    scored: list[tuple[float, bool, bool, int, int]] = []
    for index, other in _candidates(mine, theirs, behind_old, behind_new):
        score = likeness(mine[other], theirs[index])
        near = behind_new[index] == behind_old[other]
        if score >= (NEARBY if near else ANYWHERE):
            scored.append((-score, not near, old[other].name != new[index].name, index, other))
    for _, _, _, index, other in sorted(scored):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)


def _telling(texts: Sequence[Keys]) -> Callable[[Keys], Keys]:
    """What gives the words of a text that say what it is about: not those of most texts, no marks,
    no short words of "the" and "of".
    """
    often = Counter(word for text in texts for word in set(text))
    limit = max(COMMON, len(texts) // COMMON)

    def says(word: str) -> bool:
        short = (
            len(word) <= SHORT and word.lower() != word.upper()
        )  # scripts without capitals say much in one sign
        return often[word] <= limit and not short and any(map(str.isalnum, word))

    return lambda text: tuple(filter(says, text)) or text


def _neighbours(
    old: Sequence[Entry], new: Sequence[Entry], found: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    """For each member of either list the last one before it that both have, as an index in *old*;
    -1 where there is none.
    """
    taken = set(found.values())
    return _last(index if index in taken else None for index in range(len(old))), _last(
        found.get(index) for index in range(len(new))
    )


def _last(indexes: Iterable[int | None]) -> list[int]:
    """For each place the last index before it; -1 where there is none."""
    last, found = -1, list[int]()
    for index in indexes:
        found.append(last)
        last = last if index is None else index
    return found


def _candidates(
    mine: Mapping[int, Keys],
    theirs: Mapping[int, Keys],
    behind_old: Sequence[int],
    behind_new: Sequence[int],
) -> Iterator[tuple[int, int]]:
    """Which texts are worth holding against each other."""
    having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    between: defaultdict[int, list[int]] = defaultdict(list)
    for other, text in mine.items():
        between[behind_old[other]].append(other)
        for two in set(pairwise(text)):
            having[two].append(other)
    turn: Counter[int] = Counter()
    for index, text in theirs.items():
        shared = Counter(
            other
            for two in set(pairwise(text))
            if len(having.get(two, ())) <= SEEN
            for other in having.get(two, ())
        )
        gap = between[behind_new[index]]
        start = max(
            0, turn[behind_new[index]] - TRIED // 2
        )  # of many that were rewritten, those at about the same place
        turn[behind_new[index]] += 1
        for other in {
            *(other for other, _ in shared.most_common(TRIED)),
            *gap[start : start + TRIED],
        }:
            yield index, other


# --- records --------------------------------------------------------------------------------------


def pair_named(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Which record with an identifier is which, as indexes; no two of *old* have one name, and no
    two of *new*.

    Records of the same name and title; then those whose title no other has, in either list; then
    those of the same name, whatever their title.

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
    mine = _alone(old)
    for text, index in _alone(new).items():
        if index not in found and text in mine:
            found[index] = mine[text]
    taken = set(found.values())
    named = {entry.name: index for index, entry in enumerate(old) if index not in taken}
    for index, entry in enumerate(new):
        if index not in found and entry.name in named:
            found[index] = named[entry.name]
    return found


def _alone(entries: Sequence[Entry]) -> dict[Keys, int]:
    """The texts that occur once, with their index."""
    often = Counter(entry.text for entry in entries)
    return {
        entry.text: index
        for index, entry in enumerate(entries)
        if entry.text and often[entry.text] == 1
    }


@attrs.frozen
class Paired:
    """A record of a list before and after, and what tells it from the others; `None` where it is
    not.
    """

    old: Record | None
    new: Record | None
    told_by: str
    place: int = -1
    """Where it stood in the old list; -1 where it did not."""


def pair_records(old: Sequence[Record], new: Sequence[Record]) -> list[Paired]:
    """Which record without an identifier is which, in the order of *new*, with the removed ones
    last.

    Records that are equal; then those of the same words in what a record of their class cannot do
    without (an alignment's concept, a target's date, before its value), if there are as many of
    them on both sides.
    """
    found = _equal(old, new)
    shape = _tells(type((*old, *new)[0]))
    taken = set(found.values())
    for field in shape:
        _by_field(field, old, new, found, taken)
    made = [
        Paired(
            old[found[i]] if i in found else None, record, _told(shape, record, i), found.get(i, -1)
        )
        for i, record in enumerate(new)
    ]
    return made + [
        Paired(record, None, _told(shape, record, i), i)
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
    mine, theirs = _left(field, old, taken), _left(field, new, found.keys())
    for value, indexes in theirs.items():
        others = mine.get(value, ())
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


def _tells(record: type[Record]) -> tuple[Field, ...]:
    """The fields that tell records of a class apart, the best first: an identifier that some have,
    then what is required, dates before values; else the first two.
    """
    fields = [
        field
        for field in shape_of(record)
        if not (isinstance(field.type, type) and issubclass(field.type, (Enum, bool)))
    ]
    required = [field for field in fields if record.model_fields[field.name].is_required()]
    named = [field for field in fields if field.name == "id"]
    return (*named, *reversed(required)) if required else tuple(fields[:2])


def _told(shape: Sequence[Field], record: Record, index: int) -> str:
    for field in shape:
        value = getattr(record, field.name)
        if isinstance(value, (str, int)) or hasattr(value, "isoformat"):
            return str(value)
    return str(index)
