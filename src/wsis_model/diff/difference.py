"""What changed between two versions of a road map, or two texts of a document.

**Documents.** Headings, paragraphs and notes are matched by their words: first texts that are the
same, however they are printed; then texts that are alike, the most alike first, and among equals
those with the same number. So an inserted paragraph changes the numbers of those after it, and
nothing else. If there is no official text, summaries are compared; then identifiers. Mandates are
matched within a paragraph by identifier with verb and addressees, then by verb and addressees, then
by identifier.

**Road maps.** Objectives, activities, milestones and indicators are matched by identifier with
title; then by a title that is unique in both versions, because in some files identifiers are only
row numbers; then by identifier. Milestones are matched within an activity; the others by identifier
in another activity. Targets, observations, resources, updates and other records without identifiers
are matched if they are equal, then by the field that distinguishes them (the date of a target, the
concept of an alignment).

Fields come from `shape_of`: a new field of a record is compared without a change here.

The time grows with the number of records and words. A text that is equal to no other is compared
with at most eight others, which takes the product of their lengths.
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
from .change import Change, ChangeKind, brief, is_position, plural
from .documents import compare_documents
from .roadmaps import compare_roadmaps

__all__ = ["Change", "ChangeKind", "Difference", "difference"]

_COLUMNS: dict[str, Callable[[Change], Any]] = {
    "kind": lambda change: change.kind.value,
    "where": lambda change: change.label,
    "field": lambda change: change.field,
    "before": lambda change: brief(change.before),
    "after": lambda change: brief(change.after),
}


#: Not counted: there is only one of each.
_ONLY_ONE = ("document", "road map")


@attrs.frozen
class Difference:
    """What changed between two versions. It is true if anything changed; its length is the number
    of changes.
    """

    a: str
    """Name of the earlier version: symbol of a document, identifier and version of a road map, or
    the given name.
    """
    b: str
    """Name of the later version."""
    changes: Table[Change]
    """The changes, in the order of the later version."""
    same: tuple[tuple[str, int], ...] = ()
    """How many records of each kind did not change, e.g. `(("paragraph", 109),)`."""
    language: str | None = None
    """The language in which texts of documents were compared; None for road maps, which are
    compared in all.
    """
    not_compared: tuple[str, ...] = ()
    """Fields that only one of two documents has, e.g. `("summary", "mandates")` if the other holds
    only official text.
    """
    wordless: tuple[tuple[str, int], ...] = ()
    """How many records of each kind are in both documents without words to compare, so that they
    may or may not be the same, e.g. `(("paragraph", 134),)` if one holds official text and the
    other summaries.
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
        kinds = dict.fromkeys(change.what for change in self.changes)
        counts = [self._counts_of(what, same) for what in kinds]
        rest = ", ".join(
            plural(count, what) for what, count in same.items() if what not in _ONLY_ONE
        )
        only_one = ", ".join(self.not_compared)
        wordless = self._wordless()
        parts = (
            wordless,
            *(counts or ([] if wordless else ["no change"])),
            f"{rest} the same" if rest else "",
            f"not compared, being in one of them only: {only_one}" if only_one else "",
        )
        return "; ".join(filter(None, parts))

    def _wordless(self) -> str:
        """How much of two documents could not be compared, and why."""
        if not self.wordless:
            return ""
        counts = ", ".join(plural(count, what) for what, count in self.wordless)
        why = "one side holds no text" if "text" in self.not_compared else "not both hold any"
        return f"{counts} in both, of which no words could be compared: {why} ({self.language})"

    def _counts_of(self, what: str, same: dict[str, int]) -> str:
        """How many records of a kind changed, in which way; takes their number out of *same*."""
        if what in _ONLY_ONE:
            return f"the {what} itself changed"
        changes = [change for change in self.changes if change.what == what]

        def count(kind: ChangeKind, *, field: bool | None = False) -> int:
            return sum(
                change.count
                for change in changes
                if change.kind is kind and field in (None, bool(change.field))
            )

        changed = {
            (change.record, change.was)
            for change in changes
            if change.field and not is_position(change)
        }
        elsewhere = sum(
            change.count
            for change in changes
            if is_position(change) and change.kind is ChangeKind.MOVED
        )
        parts = [
            (len(changed), "changed"),
            (count(ChangeKind.ADDED), "added"),
            (count(ChangeKind.REMOVED), "removed"),
            (count(ChangeKind.MOVED), "moved"),
            (count(ChangeKind.RENUMBERED, field=None), "renumbered"),
            (elsewhere, "under another heading"),
            (same.pop(what, 0), "the same"),
        ]
        (number, word), *others = [(number, word) for number, word in parts if number]
        first = f"{plural(number, what)} {word}"
        return ", ".join((first, *(f"{number} {word}" for number, word in others)))

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
        """The changes as Markdown: ~~deleted~~ and **inserted** words in their texts.

        Args:
            context: Keep only so many words before and after each change; without it, texts are
                whole.
        """
        return render.markdown(self._content(), context)

    def to_html(self, *, context: int | None = None) -> str:
        """The changes as HTML, a section for a page of your own.

        Deletions and insertions are elements (`del`, `ins`), struck through and underlined, so that
        they differ without colour, and named for people who use a screen reader.

        Args:
            context: Keep only so many words before and after each change; without it, texts are
                whole.
        """
        return render.fragment(self._content(), context)

    def to_page(self, *, context: int | None = None) -> str:
        """The changes as a complete HTML page, which needs no other file.

        Args:
            context: As for `to_html`.
        """
        return render.page(self._content(), context)

    def _content(self) -> render.Content:
        return render.Content(self.a, self.b, self.summary(), self.changes, self.language)

    def _repr_html_(self) -> str:
        return self.to_html(context=render.NEAR)

    def __str__(self) -> str:
        return render.plain_text(self._content())


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
    and the adopted text).

    Symbol, dates, addresses and the like are compared in two versions of one record (the same
    identifier), but not in a document and its draft. Fields that only one of the two has are not
    compared, and named: the official text if the other has summaries, or mandates if the other was
    read from an official file.

    Args:
        a: The earlier version.
        b: The later version.
        language: The language in which to compare the texts of documents. If the two have no text
            in it, a language that both have is taken. Road maps are compared in all languages.
        names: Names of the two for the heading, e.g. `("old.xlsx", "new.xlsx")`. Without it,
            documents have their symbol, road maps identifier and version; if both have the same
            name, "(earlier)" and "(later)" are added.

    Raises:
        TypeError: The two are not of the same kind.

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
    missing: tuple[str, ...] = ()
    if isinstance(a, Document) and isinstance(b, Document):
        comparison, missing = compare_documents(a, b, language)
        names = names or _distinct(a.symbol or a.id, b.symbol or b.id)
    elif isinstance(a, Roadmap) and isinstance(b, Roadmap):
        comparison = compare_roadmaps(a, b)
        names = names or _distinct(_version(a), _version(b))
    else:
        kinds = " and ".join(excerpt(type(each).__name__) for each in (a, b))
        msg = f"give two documents or two road maps, not {kinds}"
        raise TypeError(msg)
    return Difference(
        *names,
        Table(tuple(comparison.changes), _COLUMNS),
        _counts(comparison.same),
        comparison.language,
        missing,
        _counts(comparison.wordless),
    )


def _distinct(a: str, b: str) -> tuple[str, str]:
    return (f"{a} (earlier)", f"{b} (later)") if a == b else (a, b)


def _version(roadmap: Roadmap) -> str:
    return f"{roadmap.id}, version {roadmap.version}" if roadmap.version else roadmap.id


def _counts(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((what, count) for what, count in counted.items() if count)
