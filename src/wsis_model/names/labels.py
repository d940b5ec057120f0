"""Labels after identifiers, and identifiers made from other text."""

from __future__ import annotations

import contextlib
import re
import unicodedata

from ..errors import NotAReference
from ..model import is_identifier, parse_reference

__all__ = ["folded", "identifier_for", "unlabelled"]

#: At the end of a label: a second choice, or something that people wrote after it.
_MORE = re.compile(
    r" \| |[,;&]\s*(?:[A-Z][A-Z0-9-]{1,11}|(?:SDGs?|GDC|C\d|paras?\b|A/|UN |\d)[^,]{0,60})$"
)


def unlabelled(text: str) -> str:
    """A choice from a list, without the label that follows it.

    If more was written after the label, the text stays whole, so that nothing is lost in silence.

    Examples:
        >>> (
        ...     unlabelled("ITU | International Telecommunication Union"),
        ...     unlabelled("ITU | International Telecommunication Union, UNESCO"),
        ... )
        ('ITU', 'ITU | International Telecommunication Union, UNESCO')
    """
    said, mark, label = text.partition(" | ")
    return text if mark and _MORE.search(label.strip()) else said.strip()


_BETWEEN = re.compile(r"[^a-z0-9/]+")


def identifier_for(text: str) -> str | None:
    """The identifier to write for a text that is none; None for a text not in Latin letters.

    Examples:
        >>> identifier_for("BDT"), identifier_for("Ministère de l'ICT"), identifier_for("МСЭ")
        ('bdt', 'ministere-de-l-ict', None)
    """
    for each in (text, text.lower(), "-".join(text.lower().split())):
        with contextlib.suppress(NotAReference):
            if is_identifier(found := parse_reference(each)):
                return found
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    if not letters.isascii():
        return None  # the half of a name that is in Latin letters is not the name
    joined = _BETWEEN.sub(lambda found: "." if found[0] == "." else "-", letters)
    segments = (each.strip("-.") for each in joined.split("/"))
    first, slash, rest = "/".join(each for each in segments if each).partition("/")
    slug = first.replace(".", "-") + slash + rest
    return slug if is_identifier(slug) else None


def folded(text: str) -> str:
    """A name as it is compared: without case, extra spaces and the article."""
    return " ".join(text.split()).casefold().removeprefix("the ")
