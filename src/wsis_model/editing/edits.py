"""What fixes change in the text of a file, and the text with these changes."""

from __future__ import annotations

import abc
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from ..errors import Finding, Fix
from ..positions import Path
from .text import NotInPlace, Splice
from .values import DICT, LIST, changed, same

__all__ = ["Document", "Edit", "Made", "Meaning", "back", "differing", "make", "spliced"]

FAILURES = 64
"""A text is read again at most this often for changes that it turns out not to allow."""
Meaning = Callable[[str], str | None]
"""Gives the identifier of the record that a text names, if it names one."""


@attrs.frozen
class Edit:
    """What a fix changes: in the text, and in what the text says."""

    finding: Finding
    """What is wrong, with its fix."""
    path: Path
    """Where, in the content of the file."""
    splices: tuple[Splice, ...]
    """The changes of the text."""
    new: Any
    """What stands there then, as it is read."""

    @property
    def fix(self) -> Fix:
        """The fix."""
        assert self.finding.fix is not None
        return self.finding.fix


@attrs.frozen(eq=False)
class Document(abc.ABC):
    """A file as text in which values can be changed, and nothing else changes."""

    text: str
    """The text, without a byte order mark."""
    file: str
    """The name of the file."""
    means: Meaning
    """What names in it mean."""

    @functools.cached_property
    def content(self) -> Any:
        """What the text says, as plain data: the same of two texts that are read alike."""
        return self.read()

    @abc.abstractmethod
    def read(self) -> Any:
        """The content.

        Raises:
            ValueError: The text cannot be read.
        """

    @abc.abstractmethod
    def edit(self, finding: Finding) -> Edit:
        """What the fix of a finding changes.

        Raises:
            NotInPlace: It cannot be made: something else stands there, or comments would be lost.
        """

    def again(self, text: str) -> Document:
        """The same file with another text.

        Raises:
            ValueError: It cannot be read.
        """
        return type(self)(text, self.file, self.means)

    def place(self, finding: Finding) -> Path:
        """The path of what a fix changes from the top of the file. A rule says it from the record.

        Raises:
            NotInPlace: There is no record of that name, or several.
        """
        assert finding.fix is not None
        if not finding.record:
            return finding.fix.path
        found = self._records.get(finding.record, ())
        if len(found) != 1:
            raise NotInPlace
        return (*found[0], *finding.fix.path)

    @functools.cached_property
    def _records(self) -> dict[str, list[Path]]:
        """The paths of what has an identifier in the file."""
        found: dict[str, list[Path]] = {}
        queue: list[tuple[Any, Path]] = [(self.content, ())]
        for here, path in queue:
            if isinstance(here, DICT):
                if isinstance(here.get("id"), str):
                    found.setdefault(here["id"], []).append(path)
                queue += ((each, (*path, key)) for key, each in here.items() if key != "extensions")
            elif isinstance(here, LIST):
                queue += ((each, (*path, index)) for index, each in enumerate(here))
        return found

    def check_stands(self, path: Path, fix: Fix, old: Any) -> None:
        """Refuse a change of what is not there any more, or is something else.

        Raises:
            NotInPlace: It is.
        """
        try:
            here: Any = self.content
            for step in path[:-1]:
                here = here[step]
            there = here[path[-1]]
        except (KeyError, IndexError, TypeError):
            raise NotInPlace from None
        if fix.key or same(there, old):
            return
        texts = isinstance(there, str) and isinstance(old, str)
        if not (texts and (there.strip() == old.strip() or self.means(there) == old)):
            raise NotInPlace


@attrs.frozen
class Made:
    """A text with changes."""

    document: Document
    """The text."""
    edits: tuple[Edit, ...] = ()
    """What was changed."""
    refused: tuple[Finding, ...] = ()
    """The findings whose fixes the text does not allow."""


def make(document: Document, findings: Iterable[Finding]) -> Made:
    """A text with the changes of some fixes. Of two that touch the same place the first is made;
    the other is neither made nor refused, since what it is about has changed.

    Args:
        document: The text.
        findings: Findings with fixes, those that come first in the file first.
    """
    ready: list[Edit] = []
    refused: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in findings:
        try:
            edit = document.edit(finding)
        except (NotInPlace, ValueError):
            refused.append(finding)
            continue
        spans = [(start, end) for start, end, _ in edit.splices]
        if not any(start <= last and first <= end for start, end in spans for first, last in taken):
            ready.append(edit)
            taken += spans
    made = _attempt(document, ready, [FAILURES])
    return attrs.evolve(made, refused=(*refused, *made.refused))


def _attempt(document: Document, edits: Sequence[Edit], failures: list[int]) -> Made:
    """The text with some changes, if it says then what it should; else with the first half of them
    that can be made. Where that has failed often, all that is left is refused.
    """
    if not edits:
        return Made(document)
    text = spliced(document.text, [splice for edit in edits for splice in edit.splices])
    try:
        after = document.again(text)
        wanted = functools.reduce(_with, sorted(edits, key=_order), document.content)
        if same(after.content, wanted):
            return Made(after, tuple(edits))
    except (ValueError, NotInPlace):
        pass
    failures[0] -= 1
    if len(edits) == 1 or failures[0] < 0:
        return Made(document, (), tuple(each.finding for each in edits))
    half = len(edits) // 2
    made = _attempt(document, edits[:half], failures)
    if made.edits:
        return made
    rest = _attempt(document, edits[half:], failures)
    return attrs.evolve(rest, refused=(*made.refused, *rest.refused))


def _order(edit: Edit) -> tuple[int, tuple[int, ...]]:
    """The order in which changes leave the paths of those that follow as they are."""
    indexes = tuple(-step for step in edit.path if isinstance(step, int))
    return (2 if edit.fix.key else 1 if edit.fix.several else 0), indexes


def _with(content: Any, edit: Edit) -> Any:
    """The content of a file with a change."""
    *above, last = edit.path

    def change(holder: Any) -> None:
        if edit.fix.several and isinstance(last, int):
            holder[last : last + 1] = edit.new
        elif edit.fix.key and isinstance(holder, DICT):
            if edit.new in holder:
                raise NotInPlace  # another field has got the name
            holder[edit.new] = holder.pop(last)
        elif edit.new is None and isinstance(holder, DICT):
            del holder[last]
        else:
            holder[last] = edit.new

    return changed(content, tuple(above), change)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """A text with parts of it replaced.

    Examples:
        >>> spliced("abc", [(1, 2, "x"), (3, 3, "d")])
        'axcd'
    """
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(splices):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def back(splices: Iterable[Splice], at: int) -> int:
    """The offset in the text before a change for one in the text after it.

    Examples:
        >>> [back([(1, 2, "xyz")], at) for at in (0, 2, 4, 5)]
        [0, 1, 2, 3]
    """
    shift = 0
    for start, end, new in sorted(splices):
        if at < start + shift:
            break
        if at < start + shift + len(new):
            return start
        shift += len(new) - (end - start)
    return at - shift


def differing(before: str, after: str) -> Splice:
    """The one splice that makes a text of another.

    Examples:
        >>> differing("[a, b]", "[a, x, b]")
        (4, 4, 'x, ')
    """
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    tail = 0
    while tail < least - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, len(before) - tail, after[head : len(after) - tail]
