"""Labels for the reader, behind what is chosen from a list."""

from __future__ import annotations

import re

__all__ = ["unlabelled"]

#: At the end of a label: a second choice, or something that people wrote after it.
_GOES_ON = re.compile(
    r" \| |[,;&]\s*(?:[A-Z][A-Z0-9-]{1,11}|(?:SDGs?|GDC|C\d|paras?\b|A/|UN |\d)[^,]{0,60})$"
)


def unlabelled(text: str) -> str:
    """What is chosen from a list, without the label that follows it.

    Where something else follows the label nothing is taken off, or it would be lost in silence.

    Examples:
        >>> (
        ...     unlabelled("ITU | International Telecommunication Union"),
        ...     unlabelled("ITU | International Telecommunication Union, UNESCO"),
        ... )
        ('ITU', 'ITU | International Telecommunication Union, UNESCO')
    """
    said, mark, label = text.partition(" | ")
    return text if mark and _GOES_ON.search(label.strip()) else said.strip()
