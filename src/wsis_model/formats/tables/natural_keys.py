"""Names for records that have no identifier and own others: what tells them apart in their list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from .._hints import day_meant
from .._text import is_day
from .cells import spaced

__all__ = ["NAME", "TOLD_APART", "forms_of", "names_for", "with_iso_day"]

#: The kinds of record that own others and have no identifier: the fields that tell those of one
#: list apart, as far as they do.
TOLD_APART: dict[str, tuple[str, ...]] = {
    "updates": ("date", "about"),
    "notes": ("mark",),
    "tables": (),
}
NAME = 100
"""A name made of such fields has so many characters at most."""
_PLACE = re.compile(r"[a-z]+/[0-9]+ of [0-9]+")
"""How such a record is named by its place in a list where nothing tells it apart."""


def forms_of(first: str, ways: Iterable[str]) -> set[str]:
    """How a record without identifier may be called: by what comes first, alone or beside what else
    is said of it, in any of its ways.
    """
    listed = [way for way in ways if way]
    said = (first, *(f"{first} {way}" for way in listed), *(f"{way} {first}" for way in listed))
    return {form for form in map(spaced, said) if form and not _PLACE.fullmatch(form)}


def with_iso_day(text: str) -> str:
    """A name with its day as ISO 8601 writes it, where that is plain.

    Examples:
        >>> (
        ...     with_iso_day("25/11/2026"),
        ...     with_iso_day("25 November 2026"),
        ...     with_iso_day("25.11.2026 a1"),
        ...     with_iso_day("4/5/2026"),
        ... )
        ('2026-11-25', '2026-11-25', '2026-11-25 a1', '4/5/2026')
    """
    if is_day(text) or len(text) > NAME:
        return text
    return day_meant(text) or " ".join(day_meant(word) or word for word in text.split())


def _is_name(text: str) -> bool:
    """Whether a text is read back from a cell as it is, and could not be the place of a record in a
    list.
    """
    plain = text.isprintable() and text == " ".join(text.split()) and "|" not in text
    return plain and 0 < len(text) <= NAME and not _PLACE.fullmatch(spaced(text))


def names_for(table: str, siblings: Sequence[tuple[str, str, Set[str]]]) -> list[str]:
    """A name for each of the records of a list that have no identifier: what tells it from the
    others, else which of how many it is.

    Args:
        table: Their table.
        siblings: Of each what comes first in its name, what is added where that does not do, and
            all the ways to say that.

    Examples:
        >>> names_for(
        ...     "updates",
        ...     [
        ...         ("2027-01-01", "a1", {"a1"}),
        ...         ("2027-02-01", "a1", {"a1"}),
        ...         ("2027-02-01", "a2", {"a2"}),
        ...     ],
        ... )
        ['2027-01-01', '2027-02-01 a1', '2027-02-01 a2']
        >>> names_for("notes", [("*", "", set()), ("*", "", set()), ("1", "", set())])
        ['notes/1 of 3', 'notes/2 of 3', '1']
    """
    counts = Counter(form for first, _, ways in siblings for form in forms_of(first, ways))
    made: list[str] = []
    for number, (first, more, _) in enumerate(siblings, 1):
        names = (first, *([f"{first} {more}"] if more else []))
        place = f"{table}/{number} of {len(siblings)}"
        made.append(
            next((each for each in names if _is_name(each) and counts[spaced(each)] == 1), place)
        )
    return made
