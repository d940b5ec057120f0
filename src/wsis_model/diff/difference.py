"""What changed between two versions of a road map, or two texts of a document.

**Documents.** Headings, paragraphs and notes are matched by what they say: texts that are the same,
whatever way they are printed; then texts that are alike, the most alike first, their numbers
deciding between equals. So a paragraph that was inserted shifts the numbers behind it, and nothing
else. Where there is no official text, summaries are held against each other; then identifiers.
Mandates are matched within a paragraph by identifier with verb and addressees, then by verb and
addressees, then by identifier.

**Road maps.** Objectives, activities, milestones and indicators are matched by identifier with
title; then by a title that no other of theirs has, in either version, for a file may only count its
rows; then by identifier. Milestones are matched within an activity; what is left of them, by
identifier in another. Targets, observations, resources, updates and whatever else has no
identifier, by being equal, then by what tells them apart (the date of a target, the concept of an
alignment).

Fields come from `shape_of`: a field that a record gains is
compared without a change here.

The time grows with the number of records and words. Of texts that no other text equals, each is
held against at most eight others, which takes the product of their lengths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, overload

import attrs

from ..errors import excerpt
from ..model import Document, Roadmap
from ..tables import Table
from . import render
from .change import Change, ChangeKind, brief, plural, tells_place
from .documents import two_texts
from .roadmaps import roadmaps

__all__ = ["Change", "ChangeKind", "Difference", "difference"]

_COLUMNS: dict[str, Callable[[Change], Any]] = {
    "kind": lambda change: change.kind.value,
    "where": lambda change: change.label,
    "field": lambda change: change.field,
    "before": lambda change: brief(change.before),
    "after": lambda change: brief(change.after),
}


#: There is one of each, and its records are counted instead.
_WHOLE = ("document", "road map")


@attrs.frozen
class Difference:
    """What changed between two versions. It is true if anything did, and as long as its list of
    changes.
    """

    a: str
    """Name of the earlier version: symbol of a document, identifier and version of a road map, or
    what it was called.
    """
    b: str
    """Name of the later version."""
    changes: Table[Change]
    """What changed, in the order of the later version."""
    same: tuple[tuple[str, int], ...] = ()
    """How many records of each kind say the same, e.g. `(("paragraph", 109),)`."""
    language: str | None = None
    """The language in which texts of documents were compared; None for road maps, which are
    compared in all.
    """
    not_compared: tuple[str, ...] = ()
    """What only one of two documents says anything of, e.g. `("summary", "mandates")` where one
    holds official text alone.
    """
    wordless: tuple[tuple[str, int], ...] = ()
    """How many records of each kind are in both documents, of which no words could be compared: of
    these nobody can say that they are the same. E.g. `(("paragraph", 134),)` where one holds
    official text and the other summaries.
    """

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def summary(self) -> str:
        """The difference in one line.

        Examples:
            >>> from wsis_model.testing import a_roadmap
            >>> difference(a_roadmap(), a_roadmap(objectives=())).summary()
            '1 objective removed; 2 activities, 1 milestone, 1 indicator the same'
        """
        same = dict(self.same)
        told = [
            self._told(what, same) for what in dict.fromkeys(change.what for change in self.changes)
        ]
        rest = ", ".join(plural(count, what) for what, count in same.items() if what not in _WHOLE)
        without = (
            f"not compared, being in one of them only: {', '.join(self.not_compared)}"
            if self.not_compared
            else ""
        )
        wordless = self._wordless()
        return "; ".join(
            filter(
                None,
                (
                    wordless,
                    *(told or ([] if wordless else ["no change"])),
                    f"{rest} the same" if rest else "",
                    without,
                ),
            )
        )

    def _wordless(self) -> str:
        """How much of two documents could not be compared, and why."""
        counts = ", ".join(plural(count, what) for what, count in self.wordless)
        why = "one side holds no text" if "text" in self.not_compared else "not both hold any"
        return (
            f"{counts} in both, of which no words could be compared: {why} ({self.language})"
            if counts
            else ""
        )

    def _told(self, what: str, same: dict[str, int]) -> str:
        """What became of the records of a kind; takes their number out of *same*."""
        mine = [change for change in self.changes if change.what == what]
        if what in _WHOLE:
            return f"the {what} itself changed"
        alone = [change for change in mine if not change.field]
        count = {
            kind: sum(change.count for change in alone if change.kind is kind)
            for kind in ChangeKind
        }
        changed = len(
            {
                (change.record, change.was)
                for change in mine
                if change.field and not tells_place(change)
            }
        )
        numbered = sum(change.count for change in mine if change.kind is ChangeKind.RENUMBERED)
        elsewhere = sum(
            change.count
            for change in mine
            if tells_place(change) and change.kind is ChangeKind.MOVED
        )
        parts = [
            (changed, "changed"),
            (count[ChangeKind.ADDED], "added"),
            (count[ChangeKind.REMOVED], "removed"),
            (count[ChangeKind.MOVED], "moved"),
            (numbered, "renumbered"),
            (elsewhere, "under another heading"),
            (same.pop(what, 0), "the same"),
        ]
        shown = [(number, word) for number, word in parts if number]
        first = f"{plural(shown[0][0], what)} {shown[0][1]}"
        return ", ".join((first, *(f"{number} {word}" for number, word in shown[1:])))

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain data, for JSON."""
        return {
            "a": self.a,
            "b": self.b,
            "summary": self.summary(),
            "language": self.language,
            "not_compared": list(self.not_compared),
            "same": dict(self.same),
            "wordless": dict(self.wordless),
            "changes": [change.to_dict() for change in self.changes],
        }

    def to_markdown(self, *, context: int | None = None) -> str:
        """Minutes of what changed, as Markdown: ~~deleted~~ and **inserted** words in their texts.

        Args:
            context: Keep only so many words before and after each change; without it, texts are
                whole.
        """
        return render.markdown(self.a, self.b, self.summary(), self.changes, context=context)

    def to_html(self, *, context: int | None = None) -> str:
        """The same as HTML, a section for a page of yours.

        Deletions and insertions are elements (`del`, `ins`), struck through and underlined, told
        apart without colour, and named for those who hear the page.

        Args:
            context: Keep only so many words before and after each change; without it, texts are
                whole.
        """
        return render.fragment(
            self.a, self.b, self.summary(), self.changes, self.language, context=context
        )

    def to_page(self, *, context: int | None = None) -> str:
        """The same as an HTML page of its own, which needs no other file.

        Args:
            context: As for `to_html`.
        """
        return render.page(
            self.a, self.b, self.summary(), self.changes, self.language, context=context
        )

    def _repr_html_(self) -> str:
        return self.to_html(context=render.NEAR)

    def __str__(self) -> str:
        return render.text(self.a, self.b, self.summary(), self.changes)


@overload
def difference(
    a: Document, b: Document, *, language: str = "en", names: tuple[str, str] | None = None
) -> Difference: ...
@overload
def difference(a: Roadmap, b: Roadmap, *, names: tuple[str, str] | None = None) -> Difference: ...
def difference(
    a: Document | Roadmap,
    b: Document | Roadmap,
    *,
    language: str = "en",
    names: tuple[str, str] | None = None,
) -> Difference:
    """What changed from *a* to *b*: two versions of a road map, or two texts of a document (a draft
    and what was adopted).

    Of a document and its draft, symbol, dates, addresses and the like tell which document it is and
    are not compared; of two versions of one record (the same identifier), they are. What only one
    of the two says anything of is not compared, and named: the official text where the other has
    summaries, mandates where the other is a file as it was read.

    Args:
        a: The earlier version.
        b: The later version.
        language: In which language to compare the texts of documents. If the two have none in it,
            one that both have is taken. Road maps are compared in all languages.
        names: What to call the two in the heading, e.g. `("old.xlsx", "new.xlsx")`. Without it,
            documents are called by their symbol, road maps by identifier and version; two that
            would have one name are told apart as the earlier and the later.

    Raises:
        TypeError: The two are not of one kind.

    Examples:
        >>> from wsis_model.testing import a_document, a_provision
        >>> before = a_document(
        ...     provisions=[
        ...         a_provision(number="1", text="Asks for maps"),
        ...         a_provision(number="2", text="Thanks all"),
        ...     ]
        ... )
        >>> after = a_document(
        ...     provisions=[
        ...         a_provision(number="1", text="Asks for new maps"),
        ...         *before.provisions[1:],
        ...     ]
        ... )
        >>> found = difference(before, after)
        >>> found.summary()
        '1 paragraph changed, 1 the same; 2 headings, 1 note the same'
        >>> found.changes[0].words
        (('same', 'Asks for'), ('inserted', ' new'), ('same', ' maps'))
    """
    if isinstance(a, Document) and isinstance(b, Document):
        found = two_texts(a, b, language)
        walk = found.walk
        called = names or _told_apart(a.symbol or a.id, b.symbol or b.id)
        return Difference(
            *called,
            Table(tuple(walk.changes), _COLUMNS),
            _counts(walk.same),
            found.language,
            found.missing,
            _counts(walk.wordless),
        )
    if isinstance(a, Roadmap) and isinstance(b, Roadmap):
        walk = roadmaps(a, b)
        return Difference(
            *(names or _told_apart(_version(a), _version(b))),
            Table(tuple(walk.changes), _COLUMNS),
            _counts(walk.same),
        )
    msg = f"give two documents or two road maps, not {excerpt(type(a).__name__)} and {excerpt(type(b).__name__)}"
    raise TypeError(msg)


def _told_apart(a: str, b: str) -> tuple[str, str]:
    return (f"{a} (earlier)", f"{b} (later)") if a == b else (a, b)


def _version(roadmap: Roadmap) -> str:
    return f"{roadmap.id}, version {roadmap.version}" if roadmap.version else roadmap.id


def _counts(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((what, count) for what, count in counted.items() if count)
