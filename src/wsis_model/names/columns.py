"""How concepts are written in a column of one kind: `9.c` under SDG targets, `21(a)` under Compact
commitments. A column is known by the beginning of the identifiers in it.
"""

from __future__ import annotations

import functools
import re

from .._messages import LANGUAGES, in_language
from ..errors import NotAReference
from ..model import parse_reference
from .labels import unlabelled

__all__ = [
    "ITEM",
    "PREFIXES",
    "column_of",
    "head_of",
    "in_column",
    "read_in_column",
    "write_in_column",
]

#: The columns of tables that take concepts, by the letters of their headings: the beginning of the
#: identifiers that belong there.
_COLUMNS = {
    "actionlines": "action-lines/",
    "sdgtargets": "sdg/",
    "commitments": "gdc/",
    "compactcommitments": "gdc/",
    "themes": "",
    "otheralignments": "",
}
#: The columns for concepts of one kind, by the beginning of their identifiers, in tables of
#: programs and of people.
_COLUMNS_OF = {
    "action-lines/": ("action_lines", "Action Lines"),
    "sdg/": ("sdg_targets", "SDG targets"),
    "gdc/": ("commitments", "Compact commitments"),
    "": ("themes", "Other alignments"),
}
#: What stands before a number of that column where it stands elsewhere.
PREFIXES = {"action-lines/": "C", "sdg/": "SDG ", "gdc/": "GDC "}
#: An item of the Compact as people shorten it: 21a.
ITEM = re.compile(r"(?:GDC\s*)?(\d{1,3})\s*[.-]?\s*([a-z])", re.IGNORECASE)


def head_of(heading: str) -> str | None:
    """How the identifiers under a heading begin; None for a heading that takes no concepts.

    Examples:
        >>> head_of("SDG targets"), head_of("themes"), head_of("Lead")
        ('sdg/', '', None)
    """
    found = _COLUMNS.get(re.sub(r"[^a-z]", "", heading[:100].lower()))
    return _heads_in_languages().get(_letters(heading[:100])) if found is None else found


def _letters(heading: str) -> str:
    return "".join(filter(str.isalpha, heading.casefold()))


@functools.cache
def _heads_in_languages() -> dict[str, str]:
    """How the identifiers begin under each heading in other languages, given in letters alone."""
    return {
        _letters(in_language(label, language, "heading")): head
        for language in LANGUAGES[1:]
        for head, (_, label) in _COLUMNS_OF.items()
    }


def column_of(identifier: str, *, human: bool) -> str:
    """The column of alignments in which a concept belongs.

    Examples:
        >>> column_of("sdg/9.c", human=True), column_of("themes/igf", human=False)
        ('SDG targets', 'themes')
    """
    head = next(head for head in _COLUMNS_OF if identifier.startswith(head))
    return _COLUMNS_OF[head][human]


def in_column(part: str, head: str, *, full: bool = False) -> str:
    """A concept as it is written in the column of *head*, or, in *full*, as it is elsewhere."""
    prefix = PREFIXES.get(head, "")
    if head == "gdc/" and (item := ITEM.fullmatch(part)):
        part = f"{item[1]}({item[2].lower()})"
    bare = part.removeprefix(prefix)
    if head != "action-lines/":
        return f"{prefix}{bare}" if full and bare[:1].isdigit() else bare
    return f"{prefix}{part}" if part.isdecimal() else part


def write_in_column(head: str, concept: str) -> str:
    """A concept as people write it in a column, which `read_in_column` reads back.

    Examples:
        >>> (
        ...     write_in_column("action-lines/", "action-lines/c7-e-health"),
        ...     write_in_column("gdc/", "gdc/21-a"),
        ...     write_in_column("", "themes/igf"),
        ... )
        ('C7: e-health', '21(a)', 'themes/igf')
    """
    code = concept.rpartition("/")[2]
    number, _, sub = code.partition("-")
    line = f"{number.upper()}: {sub}" if sub else number.upper()
    short = {"action-lines/": line, "gdc/": re.sub(r"-([a-z])$", r"(\1)", code)}.get(head, code)
    return short if head and read_in_column(head, short) == concept else concept


def read_in_column(head: str, text: str) -> str:
    """The identifier of what people write in a column of alignments; where there is none, the text
    in full.

    Examples:
        >>> (
        ...     read_in_column("action-lines/", "c7 e-health"),
        ...     read_in_column("sdg/", "9.c | access"),
        ...     read_in_column("action-lines/", "Media"),
        ... )
        ('action-lines/c7-e-health', 'sdg/9.c', 'Media')
    """
    full = said = unlabelled(text)
    if "/" not in said:
        if head == "action-lines/":
            full = (
                said.upper()
                if re.match(r"c\s?[0-9]", said, re.IGNORECASE)
                else f"C7: {said}"
                if said.lower().startswith("e-")
                else said
            )
        elif head == "sdg/" and said[:1].isdigit():
            full = f"SDG {said}"
        elif head == "gdc/" and re.match(r"[0-9]|para|§|¶", said, re.IGNORECASE):
            full = f"GDC {said}"
    try:
        found = parse_reference(full)
    except NotAReference:
        return full
    # A word alone has the form of an identifier and is a name: with a capital it is looked up.
    return found if "/" in found or not head else said.capitalize()
