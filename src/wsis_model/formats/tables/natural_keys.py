"""Names for records that own others and have no identifier."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .cells import spaced

__all__ = ["NAME", "NATURAL_KEYS", "names_for", "natural_key"]

#: The kinds of record that own others and may have no identifier, with the field that distinguishes
#: those of one list, if there is one.
NATURAL_KEYS: dict[str, str] = {"updates": "date", "notes": "mark", "tables": ""}
NAME = 100
"""The longest name made of such a field."""
_PLACE = re.compile(r"[a-z]+/[0-9]+ of [0-9]+")
"""The name of such a record by its place in the list, if nothing else distinguishes it."""


def natural_key(text: str) -> str:
    """What a record is called by such a field, as names are compared; empty where that could be the
    place of another.
    """
    said = spaced(text)
    return "" if _PLACE.fullmatch(said) else said


def names_for(table: str, keys: Sequence[str]) -> list[str]:
    """A name for each of the records of a list that have no identifier: its own key, or
    its number and that of all.

    Args:
        table: Their table.
        keys: The values of the field that distinguishes them.

    Examples:
        >>> names_for("updates", ["2027-01-01", "2027-02-01", "2027-02-01"])
        ['2027-01-01', 'updates/2 of 3', 'updates/3 of 3']
    """
    counts = Counter(map(spaced, keys))
    return [
        key if _is_name(key) and counts[spaced(key)] == 1 else f"{table}/{number} of {len(keys)}"
        for number, key in enumerate(keys, 1)
    ]


def _is_name(text: str) -> bool:
    """Whether a text is read back from a cell as it is, and could not be the place of a record in a
    list.
    """
    plain = text.isprintable() and text == " ".join(text.split()) and "|" not in text
    return plain and len(text) <= NAME and bool(natural_key(text))
