"""Names for records that own others and have no identifier: what tells them apart in their list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .cells import spaced

__all__ = ["NAME", "NATURAL_KEYS", "names_for", "natural_key"]

#: The kinds of record that own others and may have no identifier: the field that tells those of one
#: list apart, as far as it does.
NATURAL_KEYS: dict[str, str] = {"updates": "date", "notes": "mark", "tables": ""}
NAME = 100
"""A name made of such a field has so many characters at most."""
_PLACE = re.compile(r"[a-z]+/[0-9]+ of [0-9]+")
"""How such a record is named by its place in a list where nothing tells it apart."""


def natural_key(text: str) -> str:
    """What a record is called by such a field, as names are compared; empty where that could be the
    place of another.
    """
    said = spaced(text)
    return "" if _PLACE.fullmatch(said) else said


def names_for(table: str, keys: Sequence[str]) -> list[str]:
    """A name for each of the records of a list that have no identifier: what tells it from the
    others, else which of how many it is.

    Args:
        table: Their table.
        keys: What the field says that tells them apart.

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
